/** The options of `gemm` and `js`: what is measured, against whom, how. */
import { choice, readArguments, UsageError } from '../../src/cli/arguments.ts'
import { refuseMissing, TYPE_NAMES } from '../../src/cli/product-options.ts'
import { TARGET_NAMES, type TargetName } from '../../src/microkernel/targets/index.ts'
import type { ProductType } from '../../src/schedule/product-type.ts'
import { type Entry, KINDS, peersFrom } from '../contenders/registry.ts'
import { readShapes, type Shape } from './shapes.ts'

export interface GemmOptions {
  readonly shapes: readonly Shape[]
  readonly types: readonly ProductType[]
  readonly isa: TargetName | 'auto'
  readonly threads: number
  readonly transA: boolean
  readonly transB: boolean
  readonly packed: boolean
  readonly openSizes: boolean
  readonly cold: boolean
  readonly alignment: number
  readonly rounds: number
  readonly sampleMilliseconds: number
  readonly peers: readonly Entry[]
  readonly json: boolean
  readonly svg: string | null
}

const OPTIONS = {
  shapes: { type: 'string' },
  type: { type: 'string' },
  isa: { type: 'string' },
  threads: { type: 'string' },
  trans: { type: 'string' },
  packed: { type: 'boolean' },
  open: { type: 'boolean' },
  cold: { type: 'boolean' },
  align: { type: 'string' },
  rounds: { type: 'string' },
  milliseconds: { type: 'string' },
  peers: { type: 'string' },
  'peer-path': { type: 'string', multiple: true },
  json: { type: 'boolean' },
  svg: { type: 'string' },
} as const

/** Everything that --peers takes without a list. */
const ALL = 'all'

/** Reads the options of one command, whose own peers and shapes are taken unless others are given. */
export function readGemmOptions(
  args: readonly string[],
  defaults: {
    readonly shapes: string
    readonly peers: readonly string[]
    readonly alignments: readonly ['16' | '32' | '64', ...string[]]
  },
): GemmOptions {
  // An option's value may be left out only here.
  const spelled = args.map((arg) => (arg === '--peers' ? `--peers=${ALL}` : arg))
  const { values, lists, words } = readArguments(spelled, OPTIONS)
  if (words.length > 0) throw new UsageError(`expected options only; given '${words.join(' ')}'`)
  const text = (name: string): string | undefined => {
    const value = values[name]
    return typeof value === 'string' ? value : undefined
  }
  const trans = choice('trans', text('trans'), ['nn', 'nt', 'tn', 'tt'])
  const type = choice('type', text('type'), [...TYPE_NAMES, 'both'])
  const types: readonly ProductType[] = type === 'both' ? ['f32', 'f64'] : [type]
  const isa = choice('isa', text('isa'), ['auto', ...TARGET_NAMES])
  for (const each of types) refuseMissing(isa, each)
  return {
    shapes: readShapes(text('shapes') ?? defaults.shapes),
    types,
    isa,
    threads: wholeNumber('threads', text('threads'), 1, 1, 1024),
    transA: trans.startsWith('t'),
    transB: trans.endsWith('t'),
    packed: values.packed === true,
    openSizes: values.open === true,
    cold: values.cold === true,
    alignment: Number(choice('align', text('align'), defaults.alignments)),
    rounds: wholeNumber('rounds', text('rounds'), 9, 1, 1000),
    sampleMilliseconds: wholeNumber('milliseconds', text('milliseconds'), 10, 1, 10_000),
    peers: readPeers(text('peers'), lists['peer-path'] ?? [], defaults.peers),
    json: values.json === true,
    svg: text('svg') ?? null,
  }
}

function wholeNumber(
  name: string,
  value: string | undefined,
  fallback: number,
  least: number,
  most: number,
): number {
  if (value === undefined) return fallback
  const number = Number(value)
  if (!Number.isInteger(number) || number < least || number > most) {
    throw new UsageError(`--${name}: expected a whole number from ${least} to ${most}; given '${value}'`)
  }
  return number
}

/**
 * Peers by name, each once and more with paths: `openblas=/path` says where one lies, `openblas@next=/path` adds
 * a second one of a kind under that name.
 */
function readPeers(
  list: string | undefined,
  given: readonly string[],
  own: readonly string[],
): readonly Entry[] {
  const kinds = [...peersFrom('native'), ...peersFrom('package')]
  const known = (kind: string, option: string): void => {
    if (!kinds.includes(kind)) {
      throw new UsageError(`--${option}: no peer is called '${kind}'; there are ${kinds.join(', ')}`)
    }
  }
  const named = list === undefined ? own : list === ALL ? kinds : list.split(',').map((name) => name.trim())
  const entries = new Map<string, Entry>()
  for (const name of named) {
    if (!Object.hasOwn(KINDS, name)) known(name, 'peers')
    entries.set(name, { name, kind: name, path: null })
  }
  for (const word of given) {
    const [name = '', path] = split(word, '=')
    const [kind = ''] = split(name, '@')
    known(kind, 'peer-path')
    if (path === undefined || path === '') {
      throw new UsageError(
        `--peer-path: expected name=path such as openblas=/opt/libopenblas.so; given '${word}'`,
      )
    }
    entries.set(name, { name, kind, path })
  }
  return [...entries.values()]
}

function split(text: string, separator: string): readonly [string, string?] {
  const at = text.indexOf(separator)
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)]
}
