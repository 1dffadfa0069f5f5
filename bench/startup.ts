/** `startup`: what a fresh process pays until it has its first product, above one that does nothing. */
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readArguments, UsageError } from '../src/cli/arguments.ts'
import { Progress } from '../src/cli/terminal.ts'
import { spreadOf } from '../src/measure/spread.ts'
import { short, tableLines } from './gemm/table.ts'

const RUNS = 15
const SIZE = 256

export const STARTUP_HELP: string = `npm run bench -- startup [--runs N] [--json]

Starts processes that import the built package, compile a ${SIZE}³ product and compute it, in turn with
processes that do nothing (node -e 0), and prints medians. Needs npm run build.
`

/**
 * What the fresh process runs; it prints the moments that it passes, in milliseconds of its own clock. Without
 * `performance` and `console`, which Node loads when they are first used: 8 ms that are no part of the work.
 */
const SCRIPT = `
import { writeSync } from 'node:fs'
const now = () => Number(process.hrtime.bigint()) / 1e6
const started = now()
const { compileGemm } = await import(process.argv[1])
const imported = now()
const kernel = compileGemm({ m: ${SIZE}, n: ${SIZE}, k: ${SIZE} })
const compiled = now()
const [a, b, c] = [0, 0, 0].map(() => new Float32Array(${SIZE * SIZE}))
a.fill(1)
b.fill(2)
kernel(a, b, c)
for (const at of [0, ${(SIZE * SIZE) / 2}, ${SIZE * SIZE - 1}]) if (c[at] !== ${2 * SIZE}) throw new Error('wrong result')
const end = now()
writeSync(1, JSON.stringify([imported - started, compiled - imported, end - compiled]))
`

interface Run {
  readonly whole: number
  readonly parts: readonly [number, number, number]
}

function time(args: readonly string[]): { milliseconds: number; output: string } {
  const start = performance.now()
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  const milliseconds = performance.now() - start
  if (status !== 0) throw new Error(`node ended with status ${status}: ${stderr.trim()}`)
  return { milliseconds, output: stdout }
}

/** The newest modification of a folder's files, in milliseconds. */
function newest(folder: string, ending: string): number {
  return readdirSync(folder, { recursive: true })
    .map(String)
    .filter((file) => file.endsWith(ending))
    .reduce((latest, file) => Math.max(latest, statSync(join(folder, file)).mtimeMs), 0)
}

function builtEntry(): string {
  const path = (name: string): string => fileURLToPath(new URL(`../${name}`, import.meta.url))
  const entry = path('dist/index.js')
  if (!existsSync(entry)) throw new UsageError('there is no dist/: run npm run build first')
  if (newest(path('dist'), '.js') < newest(path('src'), '.ts')) {
    throw new UsageError('dist/ is older than src/: run npm run build first')
  }
  return entry
}

export async function startupCommand(args: readonly string[]): Promise<void> {
  const { values, words } = readArguments(args, { runs: { type: 'string' }, json: { type: 'boolean' } })
  if (words.length > 0) throw new UsageError(`expected options only; given '${words.join(' ')}'`)
  const runs = Number(values.runs ?? RUNS)
  if (!Number.isInteger(runs) || runs < 1) {
    throw new UsageError(`--runs: expected a whole number of at least 1; given '${String(values.runs)}'`)
  }
  const entry = builtEntry()
  const progress = new Progress()
  const nothing: number[] = []
  const measured: Run[] = []
  for (let run = 0; run < runs; run++) {
    progress.show(`run ${run + 1} of ${runs}`)
    nothing.push(time(['-e', '0']).milliseconds)
    const { milliseconds, output } = time(['--input-type=module', '-e', SCRIPT, entry])
    measured.push({ whole: milliseconds, parts: JSON.parse(output) as Run['parts'] })
  }
  progress.clear()
  const part = (index: 0 | 1 | 2) => spreadOf(measured.map(({ parts }) => parts[index]))
  const result = {
    aboveNothing: spreadOf(measured.map(({ whole }, run) => whole - nothing[run]!)),
    whole: spreadOf(measured.map(({ whole }) => whole)),
    nothing: spreadOf(nothing),
    import: part(0),
    compile: part(1),
    firstResult: part(2),
  }
  if (values.json === true) {
    console.log(JSON.stringify({ runs, ...result }))
    return
  }
  const row = (name: string, { min, median, max }: typeof result.whole): string[] => [
    name,
    short(median),
    `${short(min)} … ${short(max)}`,
  ]
  const rows = [
    row('a fresh process, above node -e 0', result.aboveNothing),
    row('  the whole process', result.whole),
    row('  node -e 0', result.nothing),
    row('  within it: import', result.import),
    row(`  compile ${SIZE}³`, result.compile),
    row('  first call, and looking at the result', result.firstResult),
  ]
  for (const line of tableLines(['milliseconds', 'median', `least … most of ${runs}`], rows)) {
    console.log(line)
  }
}
