/**
 * Binary floating point by integers: every operation in every format, rounding mode and environment, with its
 * exceptions, as IEEE 754 and the SDM (Vol. 1, 4.9 and 11.5) define it. Slow and plain; float-lanes.ts takes short
 * cuts where numbers of JavaScript give the same.
 */
import {
  DENORMAL,
  DIVIDE,
  DOWN,
  type FloatUnit,
  INEXACT,
  INVALID,
  NEAREST,
  OVERFLOW,
  type RoundingMode,
  UNDERFLOW,
  UP,
} from './float-unit.ts'

/** A binary interchange format; bits are BigInts. */
export interface Format {
  readonly bits: number
  /** Fraction bits that are stored. */
  readonly fraction: number
  readonly bias: number
  /** Exponent of a subnormal's lowest bit. */
  readonly least: number
  readonly signBit: bigint
  readonly infinity: bigint
  readonly quietBit: bigint
  /** The NaN that an invalid operation gives: quiet, negative, no payload. */
  readonly indefinite: bigint
}

function format(bits: number, fraction: number): Format {
  const exponentBits = bits - 1 - fraction
  const bias = 2 ** (exponentBits - 1) - 1
  const signBit = 1n << BigInt(bits - 1)
  const infinity = ((1n << BigInt(exponentBits)) - 1n) << BigInt(fraction)
  const quietBit = 1n << BigInt(fraction - 1)
  const indefinite = signBit | infinity | quietBit
  return Object.freeze({
    bits,
    fraction,
    bias,
    least: 1 - bias - fraction,
    signBit,
    infinity,
    quietBit,
    indefinite,
  })
}

export const F16: Format = format(16, 10)
export const BF16: Format = format(16, 7)
export const F32: Format = format(32, 23)
export const F64: Format = format(64, 52)

export const isNegative = (f: Format, a: bigint): boolean => (a & f.signBit) !== 0n
export const magnitude = (f: Format, a: bigint): bigint => a & (f.signBit - 1n)
export const isNotANumber = (f: Format, a: bigint): boolean => magnitude(f, a) > f.infinity
export const isSignalling = (f: Format, a: bigint): boolean => isNotANumber(f, a) && (a & f.quietBit) === 0n
export const isInfinite = (f: Format, a: bigint): boolean => magnitude(f, a) === f.infinity
export const isZero = (f: Format, a: bigint): boolean => magnitude(f, a) === 0n
export const isDenormal = (f: Format, a: bigint): boolean =>
  magnitude(f, a) !== 0n && magnitude(f, a) < 1n << BigInt(f.fraction)
const signed = (f: Format, negative: boolean, a: bigint): bigint => (negative ? a | f.signBit : a)

/** significand · 2^exponent; the sign apart. */
interface Parts {
  readonly significand: bigint
  readonly exponent: number
}

/** A finite number's parts; the significand of zero is 0. */
export function partsOf(f: Format, a: bigint): Parts {
  const biased = Number(magnitude(f, a) >> BigInt(f.fraction))
  const stored = a & ((1n << BigInt(f.fraction)) - 1n)
  return biased === 0
    ? { significand: stored, exponent: f.least }
    : { significand: stored | (1n << BigInt(f.fraction)), exponent: f.least + biased - 1 }
}

export const lengthOf = (value: bigint): number => (value === 0n ? 0 : value.toString(2).length)

/** An operand as the environment sees it: with DAZ, denormals are zeros. */
function seen(unit: FloatUnit, f: Format, a: bigint): bigint {
  return unit.daz && isDenormal(f, a) ? a & f.signBit : a
}

/** DE, when an operand that is seen is denormal. */
function noteDenormals(unit: FloatUnit, f: Format, ...operands: readonly bigint[]): void {
  if (operands.some((a) => isDenormal(f, a))) unit.raise(DENORMAL)
}

/** The integer significand / 2^drop, rounded; and whether that was inexact. */
function roundedShift(
  significand: bigint,
  drop: number,
  negative: boolean,
  mode: RoundingMode,
): readonly [bigint, boolean] {
  if (drop <= 0) return [significand << BigInt(-drop), false]
  const kept = significand >> BigInt(drop)
  const rest = significand - (kept << BigInt(drop))
  if (rest === 0n) return [kept, false]
  const half = 1n << BigInt(drop - 1)
  const up =
    mode === NEAREST ? rest > half || (rest === half && (kept & 1n) === 1n) : mode === (negative ? DOWN : UP)
  return [up ? kept + 1n : kept, true]
}

/**
 * ±significand · 2^exponent in a format, rounded once. `sticky`: the exact value is a little further from zero, by less
 * than the significand's last bit, which then lies below what rounding looks at.
 */
export function pack(
  unit: FloatUnit,
  f: Format,
  negative: boolean,
  { significand, exponent }: Parts,
  sticky = false,
): bigint {
  const exact = sticky ? (significand << 2n) | 1n : significand
  const scale = sticky ? exponent - 2 : exponent
  const top = scale + lengthOf(exact) - 1
  const precise = top - f.fraction
  const lowest = Math.max(precise, f.least)
  const [kept, inexact] = roundedShift(exact, lowest - scale, negative, unit.mode)
  const leastNormal = 1 - f.bias
  let tiny = top < leastNormal
  if (tiny && top === leastNormal - 1) {
    // Tininess is found after rounding, as if the exponent had no bounds (SDM Vol. 1, 4.9.1.5).
    const [unbounded] = roundedShift(exact, precise - scale, negative, unit.mode)
    tiny = lengthOf(unbounded) <= f.fraction + 1
  }
  if (tiny && unit.ftz && (unit.unmasked & UNDERFLOW) === 0) {
    unit.raise(UNDERFLOW | INEXACT)
    return signed(f, negative, 0n)
  }
  if (inexact) unit.raise(INEXACT)
  if (tiny && (inexact || (unit.unmasked & UNDERFLOW) !== 0)) unit.raise(UNDERFLOW)
  // Carries run from the fraction into the exponent by themselves.
  const encoded = lowest === f.least ? kept : kept + (BigInt(lowest - f.least) << BigInt(f.fraction))
  if (encoded < f.infinity) return signed(f, negative, encoded)
  unit.raise(OVERFLOW | INEXACT)
  const away = unit.mode === NEAREST || unit.mode === (negative ? DOWN : UP)
  return signed(f, negative, away ? f.infinity : f.infinity - 1n)
}

/** The NaN of an operation: the first operand that is one, made quiet. Null when none is. */
function pickNaN(unit: FloatUnit, f: Format, ...operands: readonly bigint[]): bigint | null {
  const first = operands.find((a) => isNotANumber(f, a))
  if (first === undefined) return null
  if (operands.some((a) => isSignalling(f, a))) unit.raise(INVALID)
  return first | f.quietBit
}

function invalid(unit: FloatUnit, f: Format): bigint {
  unit.raise(INVALID)
  return f.indefinite
}

/** The zero of a sum that cancels: −0 only when rounding down. */
const cancelled = (unit: FloatUnit, f: Format): bigint => signed(f, unit.mode === DOWN, 0n)

export type Binary = (unit: FloatUnit, f: Format, a: bigint, b: bigint) => bigint

export const add: Binary = (unit, f, rawA, rawB) => {
  const nan = pickNaN(unit, f, rawA, rawB)
  if (nan !== null) return nan
  const a = seen(unit, f, rawA)
  const b = seen(unit, f, rawB)
  const [aNegative, bNegative] = [isNegative(f, a), isNegative(f, b)]
  if (isInfinite(f, a) && isInfinite(f, b) && aNegative !== bNegative) return invalid(unit, f)
  noteDenormals(unit, f, a, b)
  if (isInfinite(f, a)) return a
  if (isInfinite(f, b)) return b
  if (isZero(f, a) && isZero(f, b)) return aNegative === bNegative ? a : cancelled(unit, f)
  return sum(unit, f, aNegative, partsOf(f, a), bNegative, partsOf(f, b))
}

/** ±a ± b, of which not both are zero. */
function sum(unit: FloatUnit, f: Format, aNegative: boolean, a: Parts, bNegative: boolean, b: Parts): bigint {
  const exponent = Math.min(a.exponent, b.exponent)
  const left = (a.significand << BigInt(a.exponent - exponent)) * (aNegative ? -1n : 1n)
  const right = (b.significand << BigInt(b.exponent - exponent)) * (bNegative ? -1n : 1n)
  const total = left + right
  if (total === 0n) return cancelled(unit, f)
  return pack(unit, f, total < 0n, { significand: total < 0n ? -total : total, exponent })
}

export const subtract: Binary = (unit, f, a, b) => add(unit, f, a, isNotANumber(f, b) ? b : b ^ f.signBit)

export const multiply: Binary = (unit, f, rawA, rawB) => {
  const nan = pickNaN(unit, f, rawA, rawB)
  if (nan !== null) return nan
  const a = seen(unit, f, rawA)
  const b = seen(unit, f, rawB)
  const negative = isNegative(f, a) !== isNegative(f, b)
  if ((isInfinite(f, a) && isZero(f, b)) || (isZero(f, a) && isInfinite(f, b))) return invalid(unit, f)
  noteDenormals(unit, f, a, b)
  if (isInfinite(f, a) || isInfinite(f, b)) return signed(f, negative, f.infinity)
  if (isZero(f, a) || isZero(f, b)) return signed(f, negative, 0n)
  return pack(unit, f, negative, productOf(f, a, b))
}

function productOf(f: Format, a: bigint, b: bigint): Parts {
  const left = partsOf(f, a)
  const right = partsOf(f, b)
  return { significand: left.significand * right.significand, exponent: left.exponent + right.exponent }
}

export const divide: Binary = (unit, f, rawA, rawB) => {
  const nan = pickNaN(unit, f, rawA, rawB)
  if (nan !== null) return nan
  const a = seen(unit, f, rawA)
  const b = seen(unit, f, rawB)
  const negative = isNegative(f, a) !== isNegative(f, b)
  if ((isInfinite(f, a) && isInfinite(f, b)) || (isZero(f, a) && isZero(f, b))) return invalid(unit, f)
  if (isZero(f, b) && !isInfinite(f, a)) {
    unit.raise(DIVIDE)
    return signed(f, negative, f.infinity)
  }
  noteDenormals(unit, f, a, b)
  if (isInfinite(f, a)) return signed(f, negative, f.infinity)
  if (isZero(f, a) || isInfinite(f, b)) return signed(f, negative, 0n)
  const top = partsOf(f, a)
  const bottom = partsOf(f, b)
  // Enough bits for the quotient to have a few more than the format, whatever the lengths.
  const more = 2 * f.fraction + 4
  const scaled = top.significand << BigInt(more)
  const significand = scaled / bottom.significand
  const exponent = top.exponent - bottom.exponent - more
  return pack(unit, f, negative, { significand, exponent }, significand * bottom.significand !== scaled)
}

function integerRoot(value: bigint): bigint {
  let root = 1n << BigInt((lengthOf(value) + 1) >> 1)
  for (;;) {
    const next = (root + value / root) >> 1n
    if (next >= root) return root
    root = next
  }
}

export function squareRoot(unit: FloatUnit, f: Format, rawA: bigint): bigint {
  const nan = pickNaN(unit, f, rawA)
  if (nan !== null) return nan
  const a = seen(unit, f, rawA)
  if (isZero(f, a)) return a
  if (isNegative(f, a)) return invalid(unit, f)
  noteDenormals(unit, f, a)
  if (isInfinite(f, a)) return a
  const { significand, exponent } = partsOf(f, a)
  const more = 2 * f.fraction + 6 + ((exponent - (2 * f.fraction + 6)) & 1)
  const scaled = significand << BigInt(more)
  const root = integerRoot(scaled)
  return pack(unit, f, false, { significand: root, exponent: (exponent - more) / 2 }, root * root !== scaled)
}

/** ±a·b ± c with one rounding. NaNs are chosen in the order of `order`: operands as the instruction names them. */
export function fusedMultiplyAdd(
  unit: FloatUnit,
  f: Format,
  rawA: bigint,
  rawB: bigint,
  rawC: bigint,
  negateProduct: boolean,
  negateAddend: boolean,
  order: readonly [bigint, bigint, bigint],
): bigint {
  const nan = pickNaN(unit, f, ...order)
  const a = seen(unit, f, rawA)
  const b = seen(unit, f, rawB)
  const c = seen(unit, f, rawC)
  const isUndefinedProduct = (isInfinite(f, a) && isZero(f, b)) || (isZero(f, a) && isInfinite(f, b))
  if (nan !== null) return nan
  if (isUndefinedProduct) return invalid(unit, f)
  const negative = (isNegative(f, a) !== isNegative(f, b)) !== negateProduct
  const cNegative = isNegative(f, c) !== negateAddend
  const isInfiniteProduct = isInfinite(f, a) || isInfinite(f, b)
  if (isInfiniteProduct && isInfinite(f, c) && negative !== cNegative) return invalid(unit, f)
  noteDenormals(unit, f, a, b, c)
  if (isInfiniteProduct) return signed(f, negative, f.infinity)
  if (isInfinite(f, c)) return signed(f, cNegative, f.infinity)
  const product = productOf(f, a, b)
  const addend = partsOf(f, c)
  if (product.significand === 0n && addend.significand === 0n) {
    return negative === cNegative ? signed(f, negative, 0n) : cancelled(unit, f)
  }
  return sum(unit, f, negative, product, cNegative, addend)
}

/** min and max: the second operand unless the first is truly less (greater); any NaN is invalid. */
function extreme(isBetter: (order: number) => boolean): Binary {
  return (unit, f, rawA, rawB) => {
    const a = seen(unit, f, rawA)
    const b = seen(unit, f, rawB)
    if (isNotANumber(f, a) || isNotANumber(f, b)) {
      unit.raise(INVALID)
      return b
    }
    noteDenormals(unit, f, a, b)
    return isBetter(order(f, a, b)) ? a : b
  }
}

/** −1, 0, 1 for less, equal, greater; neither is NaN. */
function order(f: Format, a: bigint, b: bigint): number {
  const value = (x: bigint): bigint => (isNegative(f, x) ? -magnitude(f, x) : magnitude(f, x))
  const [left, right] = [value(a), value(b)]
  return left < right ? -1 : left > right ? 1 : 0
}

export const minimum: Binary = extreme((o) => o < 0)
export const maximum: Binary = extreme((o) => o > 0)

/** What a comparison finds. */
export type Relation = 'less' | 'equal' | 'greater' | 'unordered'

/** Compares. A signalling comparison is invalid for any NaN, a quiet one for signalling NaNs only. */
export function compare(
  unit: FloatUnit,
  f: Format,
  rawA: bigint,
  rawB: bigint,
  signalling: boolean,
): Relation {
  const a = seen(unit, f, rawA)
  const b = seen(unit, f, rawB)
  if (isNotANumber(f, a) || isNotANumber(f, b)) {
    if (signalling || isSignalling(f, a) || isSignalling(f, b)) unit.raise(INVALID)
    return 'unordered'
  }
  noteDenormals(unit, f, a, b)
  const found = order(f, a, b)
  return found < 0 ? 'less' : found > 0 ? 'greater' : 'equal'
}

/** The value in another format, rounded once. NaNs keep the upper part of their payload, and become quiet. */
export function convert(unit: FloatUnit, from: Format, to: Format, rawA: bigint): bigint {
  const negative = isNegative(from, rawA)
  if (isNotANumber(from, rawA)) {
    if (isSignalling(from, rawA)) unit.raise(INVALID)
    const payload = rawA & ((1n << BigInt(from.fraction)) - 1n)
    const more = to.fraction - from.fraction
    const moved = more >= 0 ? payload << BigInt(more) : payload >> BigInt(-more)
    return signed(to, negative, to.infinity | moved | to.quietBit)
  }
  const a = seen(unit, from, rawA)
  if (isInfinite(from, a)) return signed(to, negative, to.infinity)
  if (isZero(from, a)) return signed(to, negative, 0n)
  noteDenormals(unit, from, a)
  return pack(unit, to, negative, partsOf(from, a))
}

/** An integer in a format. */
export function fromInteger(unit: FloatUnit, f: Format, value: bigint): bigint {
  if (value === 0n) return 0n
  return pack(unit, f, value < 0n, { significand: value < 0n ? -value : value, exponent: 0 })
}

/**
 * An integer of so many bits, rounded by `mode`. What does not fit is invalid and gives the integer indefinite: the
 * most negative number, or all ones for unsigned ones (SDM Vol. 1, 4.8.3.7).
 */
export function toInteger(
  unit: FloatUnit,
  f: Format,
  rawA: bigint,
  bits: number,
  isSigned: boolean,
  mode: RoundingMode,
): bigint {
  const indefinite = isSigned ? 1n << BigInt(bits - 1) : (1n << BigInt(bits)) - 1n
  const a = seen(unit, f, rawA)
  if (isNotANumber(f, a) || isInfinite(f, a)) {
    unit.raise(INVALID)
    return indefinite
  }
  const negative = isNegative(f, a)
  const { significand, exponent } = partsOf(f, a)
  const [size, inexact] = roundedShift(significand, -exponent, negative, mode)
  const value = negative ? -size : size
  const fits = isSigned ? value === BigInt.asIntN(bits, value) : value === BigInt.asUintN(bits, value)
  if (!fits) {
    unit.raise(INVALID)
    return indefinite
  }
  if (inexact) unit.raise(INEXACT)
  return BigInt.asUintN(bits, value)
}

/** Rounded to a multiple of 2^−places in the same format; INEXACT only when `precision` says so. */
export function roundToIntegral(
  unit: FloatUnit,
  f: Format,
  rawA: bigint,
  mode: RoundingMode,
  precision: boolean,
  places = 0,
): bigint {
  const nan = pickNaN(unit, f, rawA)
  if (nan !== null) return nan
  const a = seen(unit, f, rawA)
  if (isInfinite(f, a) || isZero(f, a)) return a
  const negative = isNegative(f, a)
  const { significand, exponent } = partsOf(f, a)
  if (exponent + places >= 0) return a
  const [size, inexact] = roundedShift(significand, -(exponent + places), negative, mode)
  if (inexact && precision) unit.raise(INEXACT)
  if (size === 0n) return signed(f, negative, 0n)
  return pack(unit, f, negative, { significand: size, exponent: -places })
}
