/**
 * From sums of integer products to what they stand for: zero points, scales, rounding. What generated code does is exactly this.
 *
 * With A ≈ scaleA·(a − zeroA) and B ≈ scaleB·(b − zeroB) in 8-bit integers a and b, the product's element (m, n) is
 *
 *     C[m, n] = scaleA·scaleB · Σₖ (a[m, k] − zeroA)·(b[k, n] − zeroB)
 *             = scaleA·scaleB · (sum[m, n] + row[m] + column[n])
 *     sum[m, n]  = Σₖ a[m, k]·b[k, n]
 *     row[m]     = −zeroB · Σₖ a[m, k]
 *     column[n]  = k·zeroA·zeroB − zeroA · Σₖ b[k, n]
 *
 * In this order, each step rounded as it says:
 *
 * 1. d = sum + row + column in s32, modulo 2³². It is exact when the true value fits 32 bits, whatever its terms do.
 * 2. x = f32(d), to nearest, ties to even: exact up to 2²⁴.
 * 3. y = x · scale in f32, to nearest, ties to even. scale, one for all or one a column, is f32: scaleA·scaleB (/ scaleC).
 * 4. To f32: y. To bf16: y rounded as in number-formats.ts.
 *    To s8 and u8: y to an integer, to nearest, ties to even; plus zeroC, exact; then cut to −128 … 127 or 0 … 255.
 *    Infinities take the bounds. A y that is NaN (only a scale that is not finite makes one) takes the upper bound.
 */
import { narrowBits } from './number-formats.ts'

/** What a requantised product may hold. */
export type RequantisedStorage = 's8' | 'u8' | 'f32' | 'bf16'

const RANGE: Readonly<Record<'s8' | 'u8', readonly [number, number]>> = { s8: [-128, 127], u8: [0, 255] }

/** The integer nearest to a number, the even one of two. Infinities and NaN stay. */
export function nearestEven(value: number): number {
  const floor = Math.floor(value)
  const rest = value - floor
  if (rest !== 0.5) return rest > 0.5 ? floor + 1 : floor
  return floor % 2 === 0 ? floor : floor + 1
}

/** An f32 as an 8-bit integer, zero point added, saturated: step 4. */
export function quantise(value: number, storage: 's8' | 'u8', zero = 0): number {
  const [least, largest] = RANGE[storage]
  if (Number.isNaN(value)) return largest
  return Math.min(Math.max(nearestEven(value) + zero, least), largest)
}

/** −zeroB · Σₖ a[m, k], or −zeroA · Σₖ b[k, n] with the constant k·zeroA·zeroB: constant + factor·sum in s32. */
export function lineTerm(elements: Iterable<number>, factor: number, constant = 0): number {
  let sum = 0
  for (const element of elements) sum = (sum + element) | 0
  return (Math.imul(sum, factor) + constant) | 0
}

export interface RequantisedSum {
  readonly sum: number
  /** Terms of the element's row and column; default 0. */
  readonly row?: number
  readonly column?: number
  /** An f32. */
  readonly scale: number
  /** zeroC; s8 and u8 alone have one. Default 0. */
  readonly zero?: number
}

/** One element of C; for bf16 its code. */
export function requantise(
  { sum, row = 0, column = 0, scale, zero = 0 }: RequantisedSum,
  storage: RequantisedStorage,
): number {
  const d = (sum + row + column) | 0
  // The product of two f32 fits an f64, so that it is rounded once.
  const y = Math.fround(Math.fround(d) * Math.fround(scale))
  if (storage === 'f32') return y
  if (storage !== 'bf16') return quantise(y, storage, zero)
  return narrowBits(new Uint32Array(Float32Array.of(y).buffer)[0]!, 'bf16')
}
