/**
 * Floating-point formats narrower than f32, and the conversions that all generated code is held to, bit by bit.
 *
 * | format | sign · exponent · mantissa | bias | largest | least normal | least | infinities | NaN                  |
 * | ------ | -------------------------- | ---- | ------- | ------------ | ----- | ---------- | -------------------- |
 * | bf16   | 1 · 8 · 7                  | 127  | 3.39e38 | 2⁻¹²⁶        | 2⁻¹³³ | yes        | exponent all ones    |
 * | f16    | 1 · 5 · 10                 | 15   | 65504   | 2⁻¹⁴         | 2⁻²⁴  | yes        | exponent all ones    |
 * | e5m2   | 1 · 5 · 2                  | 15   | 57344   | 2⁻¹⁴         | 2⁻¹⁶  | yes        | exponent all ones    |
 * | e4m3   | 1 · 4 · 3                  | 7    | 448     | 2⁻⁶          | 2⁻⁹   | no         | 0x7f and 0xff alone  |
 *
 * The 8-bit formats are those of the OCP 8-bit Floating Point Specification (OFP8), revision 1.0.
 *
 * **From f32** values are rounded once, to nearest, ties to even. Denormals are results like any others, never flushed, and
 * denormal f32 are converted by the same rule. Signs stay, that of zero and of NaN too. What rounds to more than the
 * largest number becomes an infinity; in e4m3 NaN (OFP8's non-saturating mode). With `saturate`, e4m3 and e5m2
 * take the largest number instead, for infinities too (OFP8's saturating mode). NaN stays NaN: the mantissa's upper bits
 * are kept and its highest, which makes it quiet, is set.
 *
 * **To f32** every value is exact. A NaN's mantissa becomes the upper bits of f32's. f16 and e5m2 are quieted on the
 * way, as CPUs do; bf16 keeps all of its bits, so that a signalling NaN remains one until it is computed with.
 */
import type { NarrowFloat } from '../schedule/conversion.ts'

/** f32 and the formats that are converted to and from it. */
export type FloatFormat = 'f32' | NarrowFloat
export const FLOAT_FORMATS: readonly FloatFormat[] = ['f32', 'bf16', 'f16', 'e4m3', 'e5m2']

interface Format {
  readonly exponentBits: number
  readonly mantissaBits: number
  readonly bias: number
  /** Codes without sign. */
  readonly largest: number
  readonly overflow: number
  /** Set in every NaN that a conversion makes. */
  readonly nan: number
  /** NaN has a code above this one. */
  readonly aboveAreNan: number
}

export const FORMATS: Readonly<Record<NarrowFloat, Format>> = {
  bf16: ieee(8, 7),
  f16: ieee(5, 10),
  e5m2: ieee(5, 2),
  e4m3: {
    ...{ exponentBits: 4, mantissaBits: 3, bias: 7 },
    ...{ largest: 0x7e, overflow: 0x7f, nan: 0x7f, aboveAreNan: 0x7e },
  },
}

function ieee(exponentBits: number, mantissaBits: number): Format {
  const infinity = (2 ** exponentBits - 1) << mantissaBits
  return {
    ...{ exponentBits, mantissaBits, bias: 2 ** (exponentBits - 1) - 1 },
    ...{ largest: infinity - 1, overflow: infinity, aboveAreNan: infinity },
    nan: infinity | (1 << (mantissaBits - 1)),
  }
}

const F32_MANTISSA = 23
const F32_BIAS = 127
const QUIET = 0x0040_0000

/** The code that an f32, given by its bits, is rounded to. */
export function narrowBits(bits: number, type: NarrowFloat, saturate = false): number {
  const { exponentBits, mantissaBits, bias, largest, overflow, nan } = FORMATS[type]
  const sign = (bits >>> 31) << (exponentBits + mantissaBits)
  const magnitude = bits & 0x7fff_ffff
  const codes = (1 << (exponentBits + mantissaBits)) - 1
  if (magnitude > 0x7f80_0000) return sign | nan | ((magnitude >> (F32_MANTISSA - mantissaBits)) & codes)
  const isSaturating = saturate && (type === 'e4m3' || type === 'e5m2')
  const tooLarge = sign | (isSaturating ? largest : overflow)
  if (magnitude === 0x7f80_0000) return tooLarge
  // The value is significand · 2^exponent; the result will be a multiple of 2^quantum.
  const biased = magnitude >>> F32_MANTISSA
  const significand = (magnitude & 0x7f_ffff) | (biased === 0 ? 0 : 0x80_0000)
  const exponent = Math.max(biased, 1) - F32_BIAS - F32_MANTISSA
  const least = 1 - bias - mantissaBits
  const quantum = Math.max(exponent + F32_MANTISSA - mantissaBits, least)
  // Beyond 25 bits nothing is left to round up.
  const dropped = Math.min(quantum - exponent, 26)
  const floor = significand >>> dropped
  const rest = significand & ((1 << dropped) - 1)
  const half = 1 << (dropped - 1)
  const rounded = floor + (rest > half || (rest === half && (floor & 1) === 1) ? 1 : 0)
  // Counting quanta carries from denormals to normals, and from one exponent to the next.
  const code = ((quantum - least) << mantissaBits) + rounded
  return code > largest ? tooLarge : sign | code
}

/** The bits, unsigned, of the f32 that a code stands for. Bits above the format's are ignored. */
export function widenBits(code: number, type: NarrowFloat): number {
  const { exponentBits, mantissaBits, bias, aboveAreNan } = FORMATS[type]
  const signAt = exponentBits + mantissaBits
  const sign = ((code >>> signAt) & 1) << 31
  const magnitude = code & ((1 << signAt) - 1)
  const mantissa = magnitude & ((1 << mantissaBits) - 1)
  const upper = mantissa << (F32_MANTISSA - mantissaBits)
  if (magnitude > aboveAreNan) return (sign | 0x7f80_0000 | upper | (type === 'bf16' ? 0 : QUIET)) >>> 0
  const biased = magnitude >>> mantissaBits
  const hasInfinities = type !== 'e4m3'
  if (hasInfinities && biased === (1 << exponentBits) - 1) return (sign | 0x7f80_0000) >>> 0
  if (biased !== 0) return (sign | ((biased - bias + F32_BIAS) << F32_MANTISSA) | upper) >>> 0
  // bf16's denormals are f32's; the others' are normal there.
  if (mantissa === 0 || bias === F32_BIAS) return (sign | upper) >>> 0
  const lead = 31 - Math.clz32(mantissa)
  const power = 1 - bias - mantissaBits + lead
  const below = (mantissa << (F32_MANTISSA - lead)) & 0x7f_ffff
  return (sign | ((power + F32_BIAS) << F32_MANTISSA) | below) >>> 0
}

/**
 * Converts every element of `source` to the same place of `target`, in TypeScript; f32 are given as their bits. What
 * generated code gives, more than a hundred times slower.
 */
export function convertBits(
  source: ArrayLike<number>,
  from: FloatFormat,
  target: Uint8Array | Uint16Array | Uint32Array,
  to: FloatFormat,
  saturate = false,
): void {
  for (let i = 0; i < source.length; i++) {
    const bits = from === 'f32' ? source[i]! : widenBits(source[i]!, from)
    target[i] = to === 'f32' ? bits : narrowBits(bits, to, saturate)
  }
}
