/** What goes into an object file: named machine code and the argument block it takes. */
import type { MachineCode } from '../encoder/machine-code.ts'

/** C types of argument-block fields; pointers are written like `const float *`. */
export type CType = 'int32_t' | 'uint32_t' | 'float' | 'int64_t' | 'uint64_t' | 'double' | `${string}*`

/** One field of a function's argument block. */
export interface ArgumentField {
  /** A C identifier. */
  readonly name: string
  readonly type: CType
  /** Bytes from the start of the block; a multiple of the field's size. */
  readonly offset: number
  readonly comment?: string
}

/** One function `void name(uint64_t argblock)` of an object file. */
export interface ExportedFunction {
  /** The symbol: a C identifier. */
  readonly name: string
  readonly code: MachineCode
  /** For the header. */
  readonly comment?: string
  /** The argument block's fields in order of offset, for the header; without them it is a plain address. */
  readonly fields?: readonly ArgumentField[]
}

const IDENTIFIER = /^[A-Za-z_][A-Za-z0-9_]*$/

/** RangeError when a name is no C identifier or stands twice, or when there is nothing to export. */
export function checkExports(functions: readonly ExportedFunction[]): void {
  if (functions.length === 0) throw new RangeError('functions: expected at least one, got none')
  const seen = new Set<string>()
  for (const { name, code } of functions) {
    if (!IDENTIFIER.test(name)) throw new RangeError(`function name: expected a C identifier, got '${name}'`)
    if (seen.has(name)) throw new RangeError(`function name: expected distinct names, got '${name}' twice`)
    if (code.bytes.length === 0) throw new RangeError(`${name}: expected code, got no bytes`)
    seen.add(name)
  }
}
