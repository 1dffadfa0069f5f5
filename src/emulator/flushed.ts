/**
 * Arithmetic of the low-precision units in numbers: f32, to nearest even, denormals as zeros, MXCSR aside.
 *
 * Why numbers are enough. A product of two narrow elements has at most 22 significant bits (one by 1 at most 24), so it is
 * exact, and is an f32 but for its range. Its sum with an f32 rounds to a number first and to f32 then. The first rounding
 * changes something only where one of the two is some 2²⁸ times smaller than the other; then the sum lies so near the
 * larger, which is an f32 itself, that no f32 tie (half a unit away at least) is between or reached: both roundings
 * together are one. Sums of two f32 are safe by Figueroa's bound (53 ≥ 2·24 + 2).
 */
import type { FloatUnit } from './float-unit.ts'
import { F32, fusedMultiplyAdd } from './soft-float.ts'

const { abs, fround } = Math
/** The least normal f32. */
export const LEAST: number = 2 ** -126
/** From here on a result rounds to LEAST, with 24 bits whatever the exponent: x86 calls it tiny only below. */
const NOT_TINY = 2 ** -126 - 2 ** -151

/** Denormals become zeros of their sign. */
export const flushed = (x: number): number => (abs(x) < LEAST ? x * 0 : x)

/** x · y + z with one rounding, for operands that are no denormals. */
export function narrowMultiplyAdd(x: number, y: number, z: number): number {
  const sum = x * y + z
  return abs(sum) < NOT_TINY ? sum * 0 : fround(sum)
}

const single = new DataView(new ArrayBuffer(4))
const bitsOf = (x: number): bigint => {
  single.setFloat32(0, x)
  return BigInt(single.getUint32(0))
}

/** The same for any operands, with the payloads of NaNs, which numbers alone do not keep. */
export function flushedMultiplyAdd(unit: FloatUnit, x: number, y: number, z: number): number {
  const result = narrowMultiplyAdd(flushed(x), flushed(y), flushed(z))
  if (!Number.isNaN(result)) return result
  let bits = 0n
  const [xBits, yBits, zBits] = [bitsOf(x), bitsOf(y), bitsOf(z)]
  unit.flushing(() => {
    bits = fusedMultiplyAdd(unit, F32, xBits, yBits, zBits, false, false, [xBits, yBits, zBits])
  })
  single.setUint32(0, Number(bits))
  return single.getFloat32(0)
}
