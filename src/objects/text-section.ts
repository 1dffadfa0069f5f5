/** The code of several functions laid out one behind the other. */
import { ByteWriter } from './byte-writer.ts'
import type { ExportedFunction } from './exported-function.ts'

/** int3 between functions. */
const TRAP = 0xcc

export interface PlacedFunction {
  readonly function: ExportedFunction
  /** Bytes from the start of the section. */
  readonly offset: number
}

export interface TextSection {
  readonly bytes: Uint8Array
  readonly alignment: number
  readonly functions: readonly PlacedFunction[]
}

/** Places each function at its alignment, in the given order. */
export function layOutText(functions: readonly ExportedFunction[]): TextSection {
  const out = new ByteWriter()
  const placed: PlacedFunction[] = []
  for (const each of functions) {
    out.align(each.code.alignment, TRAP)
    placed.push({ function: each, offset: out.length })
    out.bytes(each.code.bytes)
  }
  const alignment = Math.max(...functions.map(({ code }) => code.alignment))
  return { bytes: out.finish(), alignment, functions: placed }
}
