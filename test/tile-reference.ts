/** Products of tile registers as the SDM's pseudocode has them, element by element; shares nothing with the emulator. */
import type { Storage } from '../src/schedule/product-type.ts'

const double = new Float64Array(1)
const words = new BigInt64Array(double.buffer)
const single = new Float32Array(1)
const bits = new Uint32Array(single.buffer)

/** The f32 nearest to x + y, rounded once: the f64 sum is made odd where it is not exact, so that no tie appears. */
export function roundedSum(x: number, y: number): number {
  const sum = x + y
  if (!Number.isFinite(sum)) return Math.fround(sum)
  const part = sum - x
  const error = x - (sum - part) + (y - part)
  if (error === 0) return Math.fround(sum)
  double[0] = sum
  if ((words[0]! & 1n) === 0n) words[0] = words[0]! + (error > 0 === sum > 0 ? 1n : -1n)
  return Math.fround(double[0]!)
}

/** DAZ and FTZ: denormals are zeros of their sign. */
function flushed(value: number): number {
  return Math.abs(value) < 2 ** -126 ? (value < 0 || Object.is(value, -0) ? -0 : 0) : value
}

/** x · y + z with one rounding. Products of the narrow types are exact in f64. */
const multiplyAdd = (x: number, y: number, z: number): number =>
  flushed(roundedSum(flushed(x) * flushed(y), flushed(z)))

const add = (x: number, y: number): number => flushed(Math.fround(flushed(x) + flushed(y)))

/** Sign, exponent and fraction of a small float, as IEEE 754 has them. */
function small(value: number, exponentBits: number, fractionBits: number): number {
  const sign = value >> (exponentBits + fractionBits) === 0 ? 1 : -1
  const most = 2 ** exponentBits - 1
  const exponent = (value >> fractionBits) & most
  const fraction = (value & (2 ** fractionBits - 1)) / 2 ** fractionBits
  const bias = 2 ** (exponentBits - 1) - 1
  if (exponent === most) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN
  return exponent === 0 ? sign * fraction * 2 ** (1 - bias) : sign * (1 + fraction) * 2 ** (exponent - bias)
}

/** The value of an element's bits. */
export function elementValue(storage: Storage, value: number): number {
  switch (storage) {
    case 'bf16':
      bits[0] = value << 16
      return single[0]!
    case 'f16':
      return small(value, 5, 10)
    case 'e5m2':
      return small(value, 5, 2)
    case 'e4m3':
      // No infinities: all ones is the only NaN, the other values of that exponent are numbers.
      if ((value & 127) === 127) return Number.NaN
      return ((value >> 3) & 15) === 15
        ? (value & 128 ? -1 : 1) * (1 + (value & 7) / 8) * 2 ** 8
        : small(value, 4, 3)
    case 's8':
      return (value << 24) >> 24
    default:
      return value
  }
}

/** One product of tiles as one element of C sees it: values of a row of A and a column of B, from k = `from` on. */
export interface TileRow {
  readonly sum: 'f32' | 's32'
  readonly group: number
  readonly units: number
  readonly a: Float64Array
  readonly b: Float64Array
  readonly from: number
}

/**
 * One element of C after a tile product. Floats: a sum for each place in a unit, from +0, each product added with one
 * rounding; the places' sums are added by pairs, and that to C. bf16 elements that are denormal count as zeros, f16 and
 * fp8 have none in f32. Integers wrap.
 */
export function tileProduct({ sum, group, units, a, b, from }: TileRow, c: number): number {
  if (sum === 's32') {
    let total = c
    for (let k = from; k < from + units * group; k++) total = (total + a[k]! * b[k]!) | 0
    return total
  }
  const places = [0, 0, 0, 0]
  for (let unit = 0; unit < units; unit++) {
    for (let place = 0; place < group; place++) {
      const k = from + unit * group + place
      places[place] = multiplyAdd(a[k]!, b[k]!, places[place]!)
    }
  }
  const low = add(places[0]!, places[1]!)
  return add(c, group === 2 ? low : add(low, add(places[2]!, places[3]!)))
}
