/** References: which unit every instruction reads and writes, as flat integers, and what is demanded or wished of each unit. */
import type { FormFacts } from './form-facts.ts'

/** A reference is unit << REF_SHIFT | bits. */
export const REF_SHIFT = 4
export { READS, WRITES } from './form-facts.ts'
/** Written while operands are still being read: must not share a register with any of them. */
export const EARLY = 4
/** Reads only because a write to a part keeps the rest; what that rest holds may not matter. */
export const MERGES = 8

export const NO_DEFINITION = -1
export const SEVERAL = -2

/** A copy between two units, at a body index. */
export interface Copy {
  readonly at: number
  readonly to: number
  readonly from: number
}

export interface References {
  readonly unitCount: number
  /** References of body item i are refs[start[i]] … refs[start[i + 1] − 1]. */
  readonly start: Int32Array
  readonly refs: Int32Array
  /** How many there are; refs may be longer. */
  readonly refCount: number
  /** Bank of each unit. */
  readonly bank: Uint8Array
  /** Width in bits of the widest view of each unit. */
  readonly bits: Uint16Array
  /** Registers of its bank that each virtual unit may be given, as a bit set of their numbers. */
  readonly allowed: Int32Array
  readonly wishes: Uint8Array
  readonly copies: readonly Copy[]
  /** Body index of the only instruction that writes each unit; NO_DEFINITION, or SEVERAL. */
  readonly definition: Int32Array
  /** Body indices of instructions with a virtual register where only one physical one can be. */
  readonly pinned: readonly number[]
  /** CPU features that the function needs as it was given; nothing that is added may ask for others. */
  readonly features: ReadonlySet<string>
  /** What is known of the forms that occur. */
  readonly facts: readonly FormFacts[]
  readonly makesCalls: boolean
  /** Some ymm or zmm register is written: the upper halves must be cleared before a return. */
  readonly dirtiesUppers: boolean
}
