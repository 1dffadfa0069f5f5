/** What stands in braces behind operands: roundings, repeat counts, default flags. */
import type { Repeats } from './operands.ts'
import { ParseFault } from './parse-errors.ts'
import type { Scanner } from './parse-scanner.ts'

export const ROUNDINGS: ReadonlySet<string> = new Set(['sae', 'rn-sae', 'rd-sae', 'ru-sae', 'rz-sae'])
export const REPEATS: ReadonlyMap<string, Repeats> = new Map([
  ['1to2', 2],
  ['1to4', 4],
  ['1to8', 8],
  ['1to16', 16],
  ['1to32', 32],
])
/** Of `{dfv=…}`. */
const DEFAULT_FLAGS: ReadonlyMap<string, number> = new Map([
  ['of', 8],
  ['sf', 4],
  ['zf', 2],
  ['cf', 1],
])
/** As LLVM writes them there are sixteen; whoever writes them otherwise is read anew each time. */
const MOST_SPELLINGS = 64
const spellings = new Map<string, number>()

/** The flags named in `{dfv=…}`, by their bits; −1 when one is none. */
export function defaultFlags(names: string): number {
  const known = spellings.get(names)
  if (known !== undefined) return known
  let flags = 0
  for (const name of names.split(',')) {
    const bit = name.trim() === '' ? 0 : DEFAULT_FLAGS.get(name.trim())
    if (bit === undefined) return -1
    flags |= bit
  }
  if (spellings.size < MOST_SPELLINGS) spellings.set(names, flags)
  return flags
}

/** The error for braces that hold nothing known. */
export function noDecoration({ at, text }: Scanner, start: number): ParseFault {
  const reason =
    'is no decoration; there are {k1} to {k7}, {z}, {1to2} to {1to32}, {sae} and {rn-sae} to {rz-sae}'
  return new ParseFault(start, text.slice(start, at), reason)
}
