/** What one instruction form is, after its table row has been expanded. */
import type { Operand } from './operands.ts'
import type { Reg } from './registers.ts'

/** How an operand's value is used. `none` is an address that is never accessed (lea, nop, prefetch). */
export type Access = 'r' | 'w' | 'rw' | 'none'

/** One operand slot of a form: exactly one kind (an `a/b` alternative of a row becomes two forms). */
export interface OperandSpec {
  readonly access: Access
  /** The token as the table writes it, letters resolved: `zmm{kz}`, `m512`, `b32`, `imm8`, `rel`, `<eax>`. */
  readonly token: string
  /** Implicit operands (`<eax>`) are not written in text nor given to methods. */
  readonly implicit: boolean
  /** The one register this slot allows (`cl`, `<rdx>`), or null. */
  readonly fixed: Reg | null
}

/** Where control goes after an instruction. */
export type Control = 'next' | 'jump' | 'branch' | 'call' | 'return' | 'trap'

/** The part of a form that everything outside the encoder may rely on. */
export interface Form {
  readonly mnemonic: string
  /** Explicit operands first, in Intel order, then the implicit ones. */
  readonly operands: readonly OperandSpec[]
  /** The row's operand string and opcode, for messages and the reference. */
  readonly text: string
  /** CPUID features, all needed. */
  readonly features: readonly string[]
  /** Status flags, letters of OSZAPCD. */
  readonly flagsRead: string
  readonly flagsWritten: string
  readonly control: Control
  /** With equal sources the result does not depend on them (vpxord z,z,z): then nothing is read. */
  readonly zeroIdiom: boolean
}

/** One instruction: a form and its explicit operands, in Intel order. */
export interface Inst {
  readonly form: Form
  readonly operands: readonly Operand[]
}
