/** Reads the command line: options by util.parseArgs, values checked by name. */
import { type ParseArgsConfig, parseArgs } from 'node:util'

/** A mistake in how the command was called: printed without a stack, exit status 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

type Options = NonNullable<ParseArgsConfig['options']>
type Values = Readonly<Record<string, string | boolean | undefined>>

/** A command line taken apart. */
interface Arguments {
  readonly values: Values
  /** Options that may be given several times. */
  readonly lists: Readonly<Record<string, readonly string[]>>
  /** What stands between the options. */
  readonly words: readonly string[]
}

/** Options and the words between them. UsageError for what is not known. */
export function readArguments(args: readonly string[], options: Options): Arguments {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true })
    const lists: Record<string, readonly string[]> = {}
    const single: Record<string, string | boolean | undefined> = {}
    for (const [name, value] of Object.entries(values)) {
      if (Array.isArray(value)) lists[name] = value.map(String)
      else single[name] = value
    }
    return { values: single, lists, words: positionals }
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}

/** One of a few words; the first is the default. */
export function choice<const T extends string>(
  name: string,
  value: string | boolean | undefined,
  allowed: readonly [T, ...T[]],
): T {
  if (value === undefined) return allowed[0]
  const found = allowed.find((word) => word === value)
  if (found === undefined) {
    throw new UsageError(`--${name}: expected one of ${allowed.join(', ')}; given '${String(value)}'`)
  }
  return found
}

/** `1024x512x256` or with ×: m, n, k. */
export function readShape(word: string | undefined): {
  readonly m: number
  readonly n: number
  readonly k: number
} {
  const match = /^(\d+)[x×](\d+)[x×](\d+)$/i.exec(word ?? '')
  if (match === null) {
    throw new UsageError(`expected a shape m×n×k such as 1024x1024x1024; given '${word ?? ''}'`)
  }
  const [m, n, k] = match.slice(1).map(Number) as [number, number, number]
  for (const [name, size] of Object.entries({ m, n, k })) {
    if (size < 1 || size >= 2 ** 31) {
      throw new UsageError(`${name} must be from 1 to ${2 ** 31 - 1}; given ${size}`)
    }
  }
  return { m, n, k }
}
