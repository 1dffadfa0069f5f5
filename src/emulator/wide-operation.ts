/** Integer operations on BigInts, one line each whatever the width, for instructions that code uses rarely. */
import { isEven, PF, SF, ZF } from './flags.ts'
import { placeOf, reader, writer } from './general-operand.ts'
import { type Semantics, sequence } from './instruction.ts'

export const ones = (bits: number): bigint => (1n << BigInt(bits)) - 1n
export const wrap = (bits: number, value: bigint): bigint => BigInt.asUintN(bits, value)
export const signed = (bits: number, value: bigint): bigint => BigInt.asIntN(bits, value)
export const bitOf = (value: bigint, index: number): number => Number((value >> BigInt(index)) & 1n)

/** ZF, SF and PF of a result. */
export function resultFlags(bits: number, result: bigint): number {
  return (
    (result === 0n ? ZF : 0) |
    (bitOf(result, bits - 1) === 1 ? SF : 0) |
    (isEven(Number(result & 0xffn)) ? PF : 0)
  )
}

/** What an operation leaves: a result (undefined: the destination stays), and the flags of `mask`. */
export interface Result {
  readonly value?: bigint
  readonly mask?: number
  readonly flags?: number
}

export interface Inputs {
  readonly bits: number
  /** The value that the destination had. */
  readonly a: bigint
  readonly b: bigint
  readonly c: bigint
  readonly carry: number
  readonly status: number
}

export type Compute = (inputs: Inputs) => Result

/**
 * First operand ← compute(its old value, the second, the third). Where the first is only written, `a` and `b` are
 * the second and third. Immediates are as wide as the first operand.
 */
export function wide(compute: Compute): Semantics {
  return (state, instruction) => {
    const { form, operands } = instruction
    const places = operands.map((_, index) =>
      placeOf(state, instruction, index, { scratch: index, bytes: 8 }),
    )
    const to = places[0]!
    const bits = 8 * to.bytes
    const reads = form.operands[0]!.access !== 'w'
    const sources = (reads ? places : places.slice(1)).map((place) => reader(state, place))
    const write = form.operands[0]!.access === 'r' ? null : writer(state, to)
    const { flags } = state
    const zero = (): bigint => 0n
    const [a = zero, b = zero, c = zero] = sources
    const run = (): void => {
      const {
        value,
        mask = 0,
        flags: set = 0,
      } = compute({
        bits,
        a: a(),
        b: b(),
        c: c(),
        carry: flags.carry(),
        status: flags.status,
      })
      if (value !== undefined && write !== null) write(value)
      if (mask !== 0) flags.change(mask, set)
    }
    return sequence(...places.map((place) => place.before), run, to.after)
  }
}

/** The result alone. */
export const withoutFlags =
  (compute: (inputs: Inputs) => bigint): Compute =>
  (inputs) => ({ value: compute(inputs) })
