/** Floating-point operations beside arithmetic: rounding, horizontal sums, exponents, mantissas, classes, ranges. */
import { roundingOf } from './convert.ts'
import { FLOAT_SUFFIXES, floating } from './float.ts'
import { LANES_32, LANES_64, type Lanes, unaryLanes } from './float-lanes.ts'
import { DENORMAL, type FloatUnit, INEXACT, INVALID } from './float-unit.ts'
import { type Semantics, type SemanticsTable, withAndWithoutV } from './instruction.ts'
import type { Format } from './soft-float.ts'
import * as soft from './soft-float.ts'
import type { State } from './state.ts'
import { intoOpmask, type LaneRun, laneBits, packed, scalar } from './vector.ts'

type Unary = (unit: FloatUnit, f: Format, a: bigint, immediate: number) => bigint

/** roundps: to an integer by the immediate's rounding or MXCSR's; bit 3 keeps quiet about inexactness. */
const round: Unary = (unit, f, a, immediate) =>
  soft.roundToIntegral(unit, f, a, roundingOf(unit, immediate), (immediate & 8) === 0)

/** vrndscale: the same to multiples of a power of two. */
const roundScaled: Unary = (unit, f, a, immediate) =>
  soft.roundToIntegral(unit, f, a, roundingOf(unit, immediate), (immediate & 8) === 0, immediate >> 4)

/** vreduce: what vrndscale takes away. Inexact only where the difference itself is, for all that CPUs report. */
const reduce: Unary = (unit, f, raw, immediate) => {
  const a = unit.daz && soft.isDenormal(f, raw) ? raw & f.signBit : raw
  if (soft.isNotANumber(f, a)) return soft.add(unit, f, a, a)
  const mode = roundingOf(unit, immediate)
  if (soft.isInfinite(f, a)) return 0n
  const quiet = (immediate & 8) !== 0
  const rounded = soft.roundToIntegral(unit, f, a, mode, false, immediate >> 4)
  const { flags, mode: own } = unit
  unit.mode = mode
  const rest = soft.subtract(unit, f, a, rounded)
  unit.mode = own
  unit.flags = flags | (quiet ? 0 : unit.flags & INEXACT)
  return rest
}

/** vgetexp: the exponent as a number; of zero −∞. */
const exponentOf: Unary = (unit, f, raw) => {
  if (soft.isNotANumber(f, raw)) return soft.add(unit, f, raw, raw)
  if (soft.isInfinite(f, raw)) return f.infinity
  if (soft.isZero(f, raw) || (unit.daz && soft.isDenormal(f, raw))) return f.signBit | f.infinity
  if (soft.isDenormal(f, raw)) unit.raise(DENORMAL)
  const { exponent, significand } = soft.partsOf(f, raw)
  return soft.fromInteger(unit, f, BigInt(exponent + soft.lengthOf(significand) - 1))
}

/** vgetmant: the mantissa in [1, 2), [½, 2), [½, 1) or [¾, 1½), with a sign by the immediate's bits 3:2. */
const mantissaOf: Unary = (unit, f, raw, immediate) => {
  if (soft.isNotANumber(f, raw)) return soft.add(unit, f, raw, raw)
  const a = unit.daz && soft.isDenormal(f, raw) ? raw & f.signBit : raw
  const negative = soft.isNegative(f, a)
  const isPositive = (immediate & 4) !== 0
  const sign = negative && !isPositive ? f.signBit : 0n
  const one = BigInt(f.bias) << BigInt(f.fraction)
  if (negative && (immediate & 8) !== 0 && !soft.isZero(f, a)) {
    unit.raise(INVALID)
    return f.indefinite
  }
  if (soft.isZero(f, a) || soft.isInfinite(f, a)) return sign | one
  if (soft.isDenormal(f, a)) unit.raise(DENORMAL)
  const { exponent, significand } = soft.partsOf(f, a)
  const length = soft.lengthOf(significand)
  const fraction = (significand << BigInt(f.fraction + 1 - length)) & ((1n << BigInt(f.fraction)) - 1n)
  const power = exponent + length - 1
  const isUpper = (fraction & f.quietBit) !== 0n
  const interval = immediate & 3
  const down =
    interval === 0 ? 0 : interval === 1 ? Math.abs(power % 2) : interval === 2 ? 1 : isUpper ? 1 : 0
  return sign | ((BigInt(f.bias - down) << BigInt(f.fraction)) | fraction)
}

/** vscalef: a · 2^⌊b⌋. */
const scale: soft.Binary = (unit, f, rawA, rawB) => {
  const a = unit.daz && soft.isDenormal(f, rawA) ? rawA & f.signBit : rawA
  const b = unit.daz && soft.isDenormal(f, rawB) ? rawB & f.signBit : rawB
  if (soft.isNotANumber(f, a) || soft.isNotANumber(f, b)) {
    // A quiet NaN to the power of ±∞ is what the power alone would be.
    const isQuiet = soft.isNotANumber(f, a) && !soft.isSignalling(f, a)
    if (isQuiet && soft.isInfinite(f, b)) return soft.isNegative(f, b) ? 0n : f.infinity
    return soft.add(unit, f, a, b)
  }
  const sign = a & f.signBit
  if (soft.isInfinite(f, b)) {
    const isUndefined = soft.isNegative(f, b) ? soft.isInfinite(f, a) : soft.isZero(f, a)
    if (isUndefined) {
      unit.raise(INVALID)
      return f.indefinite
    }
    return sign | (soft.isNegative(f, b) ? 0n : f.infinity)
  }
  if (soft.isInfinite(f, a) || soft.isZero(f, a)) return a
  if (soft.isDenormal(f, a)) unit.raise(DENORMAL)
  const { exponent, significand } = soft.partsOf(f, a)
  // Beyond twice the range of exponents, the result is the same.
  const parts = soft.partsOf(f, b)
  const size =
    parts.exponent >= 0
      ? parts.significand << BigInt(Math.min(parts.exponent, 40))
      : parts.significand >> BigInt(-parts.exponent)
  const isWhole = parts.exponent >= 0 || size << BigInt(-parts.exponent) === parts.significand
  const floor = soft.isNegative(f, b) ? -size - (isWhole ? 0n : 1n) : size
  const limit = BigInt(4 * f.bias + 4 * f.fraction)
  const power = Number(floor > limit ? limit : floor < -limit ? -limit : floor)
  return soft.pack(unit, f, sign !== 0n, { significand, exponent: exponent + power })
}

/** vrange: the least or greatest, by value or by size, with a sign chosen by the immediate's bits 3:2. */
function range(lanes: Lanes): (state: State) => LaneRun {
  const { element, format: f } = lanes
  return (state) => (d, a, b, count, active, immediate) => {
    const unit = state.float
    for (let i = 0; i < count; i++) {
      if (((active >>> i) & 1) === 0) continue
      const x = lanes.read(state, a / element + i)
      const y = lanes.read(state, b / element + i)
      lanes.write(state, d / element + i, rangeOf(unit, f, x, y, immediate))
    }
  }
}

function rangeOf(unit: FloatUnit, f: Format, rawA: bigint, rawB: bigint, immediate: number): bigint {
  if (soft.isSignalling(f, rawA) || soft.isSignalling(f, rawB)) {
    unit.raise(INVALID)
    return (soft.isSignalling(f, rawA) ? rawA : rawB) | f.quietBit
  }
  const seen = (x: bigint): bigint => (unit.daz && soft.isDenormal(f, x) ? x & f.signBit : x)
  const a = seen(rawA)
  const b = seen(rawB)
  let chosen: bigint
  if (soft.isNotANumber(f, a)) {
    chosen = soft.isNotANumber(f, b) ? a : b
  } else if (soft.isNotANumber(f, b)) chosen = a
  else {
    if (soft.isDenormal(f, a) || soft.isDenormal(f, b)) unit.raise(DENORMAL)
    const bySize = (immediate & 2) !== 0
    const wantsGreater = (immediate & 1) !== 0
    const key = (x: bigint): bigint => {
      const size = soft.magnitude(f, x)
      // −0 is less than +0 here.
      return bySize || !soft.isNegative(f, x) ? size : -size - 1n
    }
    const [left, right] = [key(a), key(b)]
    if (bySize && left === right) {
      const [lower, upper] = soft.isNegative(f, a) ? [a, b] : [b, a]
      chosen = wantsGreater ? upper : lower
    } else chosen = left < right === wantsGreater ? b : a
  }
  const size = soft.magnitude(f, chosen)
  switch ((immediate >> 2) & 3) {
    case 0:
      return size | (a & f.signBit)
    case 1:
      return chosen
    case 2:
      return size
    default:
      return size | f.signBit
  }
}

/** vfpclass: quiet NaN, +0, −0, +∞, −∞, denormal, negative, signalling NaN. */
function isOfClass(unit: FloatUnit, f: Format, raw: bigint, immediate: number): boolean {
  const a = unit.daz && soft.isDenormal(f, raw) ? raw & f.signBit : raw
  const negative = soft.isNegative(f, a)
  const isNumber = !soft.isNotANumber(f, a)
  const classes = [
    !isNumber && !soft.isSignalling(f, a),
    soft.isZero(f, a) && !negative,
    soft.isZero(f, a) && negative,
    soft.isInfinite(f, a) && !negative,
    soft.isInfinite(f, a) && negative,
    soft.isDenormal(f, a),
    negative && isNumber && !soft.isZero(f, a) && !soft.isInfinite(f, a),
    soft.isSignalling(f, a),
  ]
  return classes.some((holds, bit) => holds && ((immediate >> bit) & 1) === 1)
}

function classify({ element, format, read }: Lanes, isScalar: boolean): Semantics {
  return intoOpmask({
    element,
    isScalar,
    make: (state) => (a, _b, count, _active, immediate) =>
      laneBits(count, (i) => isOfClass(state.float, format, read(state, a / element + i), immediate)),
  })
}

/** Sums (differences) of neighbours within blocks of 128 bits: a's, then b's. */
function horizontal({ element, format, read, write }: Lanes, operation: soft.Binary): Semantics {
  const half = 8 / element
  return packed({
    element,
    floating: true,
    make: (state) => (d, a, b, count) => {
      for (let i = 0; i < count; i++) {
        const within = i % (2 * half)
        const from = (within < half ? a : b) / element + (i - within) + 2 * (within % half)
        write(
          state,
          d / element + i,
          operation(state.float, format, read(state, from), read(state, from + 1)),
        )
      }
    },
  })
}

/** addsub: differences in even lanes, sums in odd ones. */
function alternating({ element, format, read, write }: Lanes): Semantics {
  return packed({
    element,
    lanewise: true,
    floating: true,
    make: (state) => (d, a, b, count) => {
      for (let i = 0; i < count; i++) {
        const operation = i % 2 === 0 ? soft.subtract : soft.add
        const x = read(state, a / element + i)
        write(state, d / element + i, operation(state.float, format, x, read(state, b / element + i)))
      }
    },
  })
}

/** dpps: products that the immediate's high bits ask for, summed by pairs, to the places of its low bits. */
function dotProduct({ element, format, read, write }: Lanes): Semantics {
  const perBlock = 16 / element
  return packed({
    element,
    floating: true,
    make: (state) => (d, a, b, count, _active, immediate) => {
      const unit = state.float
      for (let block = 0; block < count; block += perBlock) {
        const products = Array.from({ length: perBlock }, (_, i) =>
          ((immediate >> (4 + i)) & 1) === 1
            ? soft.multiply(
                unit,
                format,
                read(state, a / element + block + i),
                read(state, b / element + block + i),
              )
            : 0n,
        )
        const [p0 = 0n, p1 = 0n, p2 = 0n, p3 = 0n] = products
        const low = soft.add(unit, format, p0, p1)
        const sum = perBlock === 2 ? low : soft.add(unit, format, low, soft.add(unit, format, p2, p3))
        for (let i = 0; i < perBlock; i++) {
          write(state, d / element + block + i, ((immediate >> i) & 1) === 1 ? sum : 0n)
        }
      }
    },
  })
}

function byFormat(): Record<string, Semantics> {
  const result: Record<string, Semantics> = {}
  const unary: Readonly<Record<string, Unary>> = {
    vrndscale: roundScaled,
    vreduce: reduce,
    vgetexp: exponentOf,
    vgetmant: mantissaOf,
  }
  for (const [packedSuffix, scalarSuffix, lanes] of FLOAT_SUFFIXES) {
    for (const [name, operation] of Object.entries(unary)) {
      const vector = floating(lanes, unaryLanes(lanes, operation))
      result[name + packedSuffix] = packed(vector)
      result[name + scalarSuffix] = scalar({ ...vector, isUnary: true })
    }
    const scaling = floating(lanes, binaryOf(lanes, scale))
    result[`vscalef${packedSuffix}`] = packed(scaling)
    result[`vscalef${scalarSuffix}`] = scalar(scaling)
    result[`vfpclass${packedSuffix}`] = classify(lanes, false)
    result[`vfpclass${scalarSuffix}`] = classify(lanes, true)
    if (lanes !== LANES_32 && lanes !== LANES_64) continue
    result[`vrange${packedSuffix}`] = packed(floating(lanes, range(lanes)))
    result[`vrange${scalarSuffix}`] = scalar(floating(lanes, range(lanes)))
    const rounding = floating(lanes, unaryLanes(lanes, round))
    Object.assign(result, withAndWithoutV(`round${packedSuffix}`, packed(rounding)))
    Object.assign(result, withAndWithoutV(`round${scalarSuffix}`, scalar({ ...rounding, isUnary: true })))
    Object.assign(result, withAndWithoutV(`hadd${packedSuffix}`, horizontal(lanes, soft.add)))
    Object.assign(result, withAndWithoutV(`hsub${packedSuffix}`, horizontal(lanes, soft.subtract)))
    Object.assign(result, withAndWithoutV(`addsub${packedSuffix}`, alternating(lanes)))
    Object.assign(result, withAndWithoutV(`dp${packedSuffix}`, dotProduct(lanes)))
  }
  return result
}

function binaryOf(
  { element, format, read, write }: Lanes,
  operation: soft.Binary,
): (state: State) => LaneRun {
  return (state) => (d, a, b, count, active) => {
    for (let i = 0; i < count; i++) {
      if (((active >>> i) & 1) === 0) continue
      const x = read(state, a / element + i)
      write(state, d / element + i, operation(state.float, format, x, read(state, b / element + i)))
    }
  }
}

export const floatSpecialSemantics: SemanticsTable = byFormat()
