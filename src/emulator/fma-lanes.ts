/** Fused multiply-add on lanes: one rounding, by error-free transformations where they hold. */

import { LANES_32, LANES_64, type Lanes, sumError } from './float-lanes.ts'
import { INEXACT } from './float-unit.ts'
import * as soft from './soft-float.ts'
import { F32, F64 } from './soft-float.ts'
import type { State } from './state.ts'
import type { LaneRun } from './vector.ts'

const { abs, fround, min } = Math
const LEAST_32 = 2 ** -126
const MOST_32 = fround(3.4028234663852886e38)

/** Which operand is which: in `231` the product is of the second and third, in `132` of the first and third. */
export type FmaOrder = '132' | '213' | '231'

/** Signs: ±(a·b) ± c; `alternate`: c is negated in even (subtract first) or odd lanes. */
export interface FmaSigns {
  readonly negateProduct: boolean
  readonly negateAddend: (lane: number) => boolean
}

const double = new Float64Array(1)
/** Its low and high word: x86 and every other machine that Node runs on store the low one first. */
const words = new Int32Array(double.buffer)

/** The next number from x towards `direction`, where x has an even last bit and must not keep it (round to odd). */
function towards(x: number, direction: number): number {
  double[0] = x
  const low = words[0]!
  if ((low & 1) === 1) return x
  if (direction > 0 === x > 0) words[0] = low | 1
  else {
    words[0] = low - 1
    if (low === 0) words[1] = words[1]! - 1
  }
  return double[0]!
}

const isOrdinary = (x: number): boolean => x === 0 || (abs(x) >= LEAST_32 && abs(x) <= MOST_32)

/** x·y + z in f32, or NaN where soft-float.ts must decide. Sets `lost` when something was rounded away. */
let lost = false
function fused32(x: number, y: number, z: number, wantsLost: boolean): number {
  // 24 by 24 bits: the product is exact.
  const product = x * y
  const total = product + z
  let r = fround(total)
  const rest = total - r
  const doubled = total + rest
  if (rest !== 0 && fround(doubled) === doubled) {
    // `total` is half-way between two neighbours: what it lost itself decides.
    const error = sumError(product, z, total)
    if (error !== 0) r = fround(towards(total, error))
  }
  const size = abs(r)
  if (!((size > LEAST_32 && size <= MOST_32) || (r === 0 && total === 0))) return Number.NaN
  if (wantsLost) lost = rest !== 0 || sumError(product, z, total) !== 0
  return r
}

const SPLIT = 2 ** 27 + 1

/** x·y − product, exactly (Dekker), for factors and a product far from the ends of the range. */
function productError(x: number, y: number, product: number): number {
  const xBig = SPLIT * x
  const xHigh = xBig - (xBig - x)
  const xLow = x - xHigh
  const yBig = SPLIT * y
  const yHigh = yBig - (yBig - y)
  const yLow = y - yHigh
  return xLow * yLow - (product - xHigh * yHigh - xLow * yHigh - xHigh * yLow)
}

const isMiddling = (x: number): boolean => abs(x) < 2 ** 450 && abs(x) > 2 ** -450

/** x·y + z in f64 (Boldo and Melquiond 2008: round to odd, then to nearest), or NaN. */
function fused64(x: number, y: number, z: number): number {
  if (!(isMiddling(x) && isMiddling(y) && (z === 0 || (abs(z) < 2 ** 900 && abs(z) > 2 ** -900))))
    return Number.NaN
  const product = x * y
  const low = productError(x, y, product)
  const tHigh = z + low
  const tLow = sumError(z, low, tHigh)
  const vHigh = product + tHigh
  const vLow = sumError(product, tHigh, vHigh)
  let odd = tLow + vLow
  const oddError = sumError(tLow, vLow, odd)
  if (oddError !== 0) odd = towards(odd, oddError)
  const r = vHigh + odd
  // Cancellation may have left few bits; soft-float.ts knows the signs of zeros.
  if (!(abs(r) > 2 ** -900)) return Number.NaN
  lost = oddError !== 0 || sumError(vHigh, odd, r) !== 0
  return r
}

/** Lanes of d ← ±(a·b) ± c, operands in one of the three orders. */
export function fmaLanes(lanes: Lanes, order: FmaOrder, signs: FmaSigns): (state: State) => LaneRun {
  const { element, format } = lanes
  const { negateAddend, negateProduct } = signs
  return (state) => {
    const { f32, f64 } = state.vectors
    const unit = state.float
    const slowly = (d: number, a: number, b: number, lane: number): void => {
      const first = lanes.read(state, d / element + lane)
      const second = lanes.read(state, a / element + lane)
      const third = lanes.read(state, b / element + lane)
      const [x, y, z] =
        order === '132'
          ? [first, third, second]
          : order === '213'
            ? [second, first, third]
            : [second, third, first]
      const r = soft.fusedMultiplyAdd(unit, format, x, y, z, negateProduct, negateAddend(lane), [x, y, z])
      lanes.write(state, d / element + lane, r)
    }
    // Which of d, a and b are the factors and the addend.
    const product = negateProduct ? -1 : 1
    const addends = [0, 1].map((lane) => (negateAddend(lane) ? -1 : 1))
    const [evenAddend, oddAddend] = addends as [number, number]
    if (format === F32 && lanes === LANES_32) {
      return (d, a, b, count, active) => {
        const to = d >> 2
        const xAt = order === '132' ? to : a >> 2
        const yAt = order === '213' ? to : b >> 2
        const zAt = order === '132' ? a >> 2 : order === '213' ? b >> 2 : to
        const plain = unit.isPlain
        const isKnownInexact = plain && (unit.flags & INEXACT) !== 0
        for (let i = 0; i < count; i++) {
          if (((active >>> i) & 1) === 0) continue
          const x = product * f32[xAt + i]!
          const y = f32[yAt + i]!
          const z = ((i & 1) === 0 ? evenAddend : oddAddend) * f32[zAt + i]!
          if (isKnownInexact && min(abs(x), abs(y), abs(z)) >= LEAST_32) {
            // All normal or infinite, and nothing to report: fused32 once more, without its questions.
            const total = x * y + z
            const r = fround(total)
            const rest = total - r
            const neighbour = total + rest
            const size = abs(r)
            if (size > LEAST_32 && size <= MOST_32 && (rest === 0 || fround(neighbour) !== neighbour)) {
              f32[to + i] = r
              continue
            }
          }
          if (plain && isOrdinary(x) && isOrdinary(y) && isOrdinary(z)) {
            const wantsLost = (unit.flags & INEXACT) === 0
            const r = fused32(x, y, z, wantsLost)
            if (!Number.isNaN(r)) {
              if (wantsLost && lost) unit.flags |= INEXACT
              f32[to + i] = r
              continue
            }
          }
          slowly(d, a, b, i)
        }
      }
    }
    if (format === F64 && lanes === LANES_64) {
      return (d, a, b, count, active) => {
        const to = d >> 3
        const xAt = order === '132' ? to : a >> 3
        const yAt = order === '213' ? to : b >> 3
        const zAt = order === '132' ? a >> 3 : order === '213' ? b >> 3 : to
        const plain = unit.isPlain
        for (let i = 0; i < count; i++) {
          if (((active >>> i) & 1) === 0) continue
          const x = product * f64[xAt + i]!
          const z = ((i & 1) === 0 ? evenAddend : oddAddend) * f64[zAt + i]!
          const r = plain ? fused64(x, f64[yAt + i]!, z) : Number.NaN
          if (!Number.isNaN(r)) {
            if (lost) unit.flags |= INEXACT
            f64[to + i] = r
          } else slowly(d, a, b, i)
        }
      }
    }
    return (d, a, b, count, active) => {
      for (let i = 0; i < count; i++) if (((active >>> i) & 1) === 1) slowly(d, a, b, i)
    }
  }
}
