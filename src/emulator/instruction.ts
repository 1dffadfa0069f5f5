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

const parts = new WeakMap<Step, readonly Step[]>()

/** The steps that sequence() put together: a block runs them one by one, which saves a call each. */
export function partsOf(step: Step): readonly Step[] {
  return parts.get(step) ?? [step]
}

/** The steps one after another. */
export function sequence(...steps: readonly (Step | null)[]): Step {
  const all = steps.filter((step) => step !== null).flatMap(partsOf)
  const joined = join(all)
  if (all.length > 1) parts.set(joined, all)
  return joined
}

function join([first, second, third, ...rest]: readonly Step[]): Step {
  if (first === undefined) return () => {}
  if (second === undefined) return first
  if (third === undefined) {
    return () => {
      first()
      second()
    }
  }
  const last = rest.length === 0 ? third : join([third, ...rest])
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
