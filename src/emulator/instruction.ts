/** What the semantics of an instruction are given, and what they make of it. */
import type { EncodableForm } from '../encoder/encodable.ts'
import type { Operand } from '../encoder/operands.ts'
import type { State } from './state.ts'

/** One decoded instruction at its address. */
export interface Instruction {
  readonly form: EncodableForm
  readonly operands: readonly Operand[]
  /** Its own address, and that of the next. */
  readonly address: number
  readonly next: number
}

/** Executes one instruction. */
export type Step = () => void

/** Executes an instruction that ends a block, and says at what address to go on. */
export type Exit = () => number

/** Compiles an instruction of a known mnemonic, once for each place in the code. */
export type Semantics = (state: State, instruction: Instruction) => Step
export type ControlSemantics = (state: State, instruction: Instruction) => Exit

/** Semantics by the mnemonics of the instruction table. */
export type SemanticsTable = Readonly<Record<string, Semantics>>

/** The steps one after another. */
export function sequence(...steps: readonly (Step | null)[]): Step {
  const [first, second, third, ...rest] = steps.filter((step) => step !== null)
  if (first === undefined) return () => {}
  if (second === undefined) return first
  if (third === undefined) {
    return () => {
      first()
      second()
    }
  }
  const last = rest.length === 0 ? third : sequence(third, ...rest)
  return () => {
    first()
    second()
    last()
  }
}

/** Thrown while compiling: the mnemonic is known, but not with these operands. */
export class NoSemantics extends Error {
  override readonly name = 'NoSemantics'
}

/** The same semantics for the legacy instruction and the one with v. */
export const withAndWithoutV = (name: string, semantics: Semantics): Record<string, Semantics> => ({
  [name]: semantics,
  [`v${name}`]: semantics,
})
