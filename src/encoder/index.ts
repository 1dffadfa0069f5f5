/** The encoder's public surface: operands, instruction tables, assembler, text, decoder. */
export { Assembler } from './assembler.ts'
export {
  type Decoded,
  type DecodedInst,
  decode,
  type Prefix,
  type Undecodable,
  type UndecodableReason,
} from './decode.ts'
export {
  type DisassembledLine,
  type DisassembleOptions,
  disassemble,
  formatDisassembly,
} from './disassemble.ts'
export { type RegisterAccess, type RegisterVisitor, visitRegisters } from './effects.ts'
export { EncodeError } from './errors.ts'
export { featuresOf } from './features.ts'
export type { Access, Control, Form, Inst, OperandSpec } from './form.ts'
export { format, listing } from './format.ts'
export { canonicalMnemonic, forms, formsOf, mnemonics } from './forms.ts'
export type { CodeSymbol, MachineCode, PlacedInst, Relocation } from './machine-code.ts'
export { defineMethods, type InstructionMethods, type Methods } from './methods.ts'
export {
  byte,
  Displacement,
  dword,
  type Immediate,
  Label,
  Mem,
  type MemDecoration,
  type MemFactory,
  type MemWidth,
  mem,
  type Operand,
  qword,
  type Repeats,
  word,
  xmmword,
  ymmword,
  zmmword,
} from './operands.ts'
export { type AssembleOptions, assemble, parseInst } from './parse.ts'
export { AssemblyError, type AssemblyProblem } from './parse-errors.ts'
export * from './registers.ts'
export { selectForm } from './select.ts'
