/** Shifts and rotations of general registers. */
import { CF, OF, STATUS } from './flags.ts'
import type { SemanticsTable } from './instruction.ts'
import {
  bitOf,
  type Compute,
  type Inputs,
  resultFlags,
  signed,
  wide,
  withoutFlags,
  wrap,
} from './wide-operation.ts'

/** Shift counts are taken modulo 32, or 64 for 64 bits (SDM Vol. 2B, SAL/SAR/SHL/SHR). */
const countOf = ({ b, bits }: Inputs): number => Number(b & (bits === 64 ? 63n : 31n))

/** A shift: the result of a count other than zero, the bit that went out last, and OF. */
function shift(compute: (inputs: Inputs, count: number) => readonly [bigint, number, number]): Compute {
  return (inputs) => {
    const count = countOf(inputs)
    if (count === 0) return { value: inputs.a }
    const [wideValue, carry, overflow] = compute(inputs, count)
    const value = wrap(inputs.bits, wideValue)
    return {
      value,
      mask: STATUS,
      flags: resultFlags(inputs.bits, value) | carry | (overflow === 1 ? OF : 0),
    }
  }
}

const shiftLeft = shift(({ a, bits }, count) => {
  const value = a << BigInt(count)
  return [value, bitOf(value, bits), bitOf(value, bits) ^ bitOf(value, bits - 1)]
})
const shiftRight = shift(({ a, bits }, count) => [
  a >> BigInt(count),
  bitOf(a, count - 1),
  bitOf(a, bits - 1),
])
const shiftArithmetic = shift(({ a, bits }, count) => {
  const value = signed(bits, a)
  return [value >> BigInt(count), bitOf(value, count - 1), 0]
})

/** A rotation: CF and OF alone change, and only for a count other than zero. */
function rotate(compute: (inputs: Inputs, count: number) => readonly [bigint, number, number]): Compute {
  return (inputs) => {
    const count = countOf(inputs)
    if (count === 0) return { value: inputs.a }
    const [value, carry, overflow] = compute(inputs, count)
    return { value: wrap(inputs.bits, value), mask: CF | OF, flags: carry | (overflow === 1 ? OF : 0) }
  }
}

function rotateLeft(bits: number, value: bigint, count: number): bigint {
  const by = BigInt(count % bits)
  return wrap(bits, (value << by) | (value >> (BigInt(bits) - by)))
}

const rotations = {
  rol: rotate(({ a, bits }, count) => {
    const r = rotateLeft(bits, a, count)
    return [r, bitOf(r, 0), bitOf(r, 0) ^ bitOf(r, bits - 1)]
  }),
  ror: rotate(({ a, bits }, count) => {
    const r = rotateLeft(bits, a, bits - (count % bits))
    return [r, bitOf(r, bits - 1), bitOf(r, bits - 1) ^ bitOf(r, bits - 2)]
  }),
  // Through CF: one bit more takes part, and the count is taken modulo that.
  rcl: rotate(({ a, bits, carry }, count) => {
    const r = rotateLeft(bits + 1, (BigInt(carry) << BigInt(bits)) | a, count)
    return [r, bitOf(r, bits), bitOf(r, bits) ^ bitOf(r, bits - 1)]
  }),
  rcr: rotate(({ a, bits, carry }, count) => {
    const r = rotateLeft(bits + 1, (BigInt(carry) << BigInt(bits)) | a, bits + 1 - (count % (bits + 1)))
    return [r, bitOf(r, bits), bitOf(r, bits - 1) ^ bitOf(r, bits - 2)]
  }),
}

/** shld and shrd: bits come in from the second operand; the count is the third. */
function doubleShift(left: boolean): Compute {
  return ({ a, b, bits, c }) => {
    const count = Number(c & (bits === 64 ? 63n : 31n))
    if (count === 0) return { value: a }
    // 16 bits: counts above 16 are undefined; what real CPUs do is go on with the first operand.
    const joined = left
      ? (((a << BigInt(bits)) | b) << BigInt(bits)) | a
      : (a << BigInt(2 * bits)) | (b << BigInt(bits)) | a
    const value = left ? wrap(bits, joined >> BigInt(2 * bits - count)) : wrap(bits, joined >> BigInt(count))
    const carry = left ? bitOf(joined, 3 * bits - count) : bitOf(joined, count - 1)
    const overflow = bitOf(value, bits - 1) ^ bitOf(a, bits - 1)
    return { value, mask: STATUS, flags: resultFlags(bits, value) | carry | (overflow === 1 ? OF : 0) }
  }
}

export const shiftSemantics: SemanticsTable = {
  shl: wide(shiftLeft),
  shr: wide(shiftRight),
  sar: wide(shiftArithmetic),
  rol: wide(rotations.rol),
  ror: wide(rotations.ror),
  rcl: wide(rotations.rcl),
  rcr: wide(rotations.rcr),
  shld: wide(doubleShift(true)),
  shrd: wide(doubleShift(false)),
  shlx: wide(withoutFlags((inputs) => inputs.a << BigInt(countOf(inputs)))),
  shrx: wide(withoutFlags((inputs) => inputs.a >> BigInt(countOf(inputs)))),
  sarx: wide(withoutFlags((inputs) => signed(inputs.bits, inputs.a) >> BigInt(countOf(inputs)))),
  rorx: wide(
    withoutFlags((inputs) =>
      rotateLeft(inputs.bits, inputs.a, inputs.bits - (countOf(inputs) % inputs.bits)),
    ),
  ),
}
