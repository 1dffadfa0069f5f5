/** Conversions between floating-point formats and integers, packed and scalar. */

import { halvesToSingles, singlesToHalves } from './convert-half.ts'
import { LANES_16, LANES_32, LANES_64, type Lanes } from './float-lanes.ts'
import type { FloatUnit, RoundingMode } from './float-unit.ts'
import { TRUNCATE } from './float-unit.ts'
import { operandBytes } from './general-operand.ts'
import { type Instruction, type Semantics, type SemanticsTable, withAndWithoutV } from './instruction.ts'
import { elementAccess, type NarrowView, type WideView } from './integer-lanes.ts'
import { convert, fromInteger, toInteger } from './soft-float.ts'
import type { State } from './state.ts'
import { type LaneRun, packed, scalar } from './vector.ts'
import type { ElementBytes } from './vector-operand.ts'

/** An integer type of elements. */
interface IntegerType {
  readonly view: NarrowView | WideView
  readonly bytes: ElementBytes
  readonly isSigned: boolean
}

const integer = (view: NarrowView | WideView, bytes: ElementBytes): IntegerType => ({
  view,
  bytes,
  isSigned: view.startsWith('i'),
})
const I16 = integer('i16', 2)
const U16 = integer('u16', 2)
const I32 = integer('i32', 4)
const U32 = integer('u32', 4)
const I64 = integer('i64', 8)
const U64 = integer('u64', 8)

/** Lanes of d ← f(a) through BigInt bits; only wanted lanes, for what is not wanted raises nothing. */
function lanesOf(
  read: (state: State, lane: number) => bigint,
  from: number,
  write: (state: State, lane: number, value: bigint) => void,
  to: number,
  f: (unit: FloatUnit, x: bigint, immediate: number) => bigint,
): (state: State) => LaneRun {
  return (state) => (d, a, _b, lanes, active, immediate) => {
    for (let i = 0; i < lanes; i++) {
      if (((active >>> i) & 1) === 1)
        write(state, d / to + i, f(state.float, read(state, a / from + i), immediate))
    }
  }
}

const integerRead =
  ({ view }: IntegerType) =>
  (state: State, lane: number): bigint =>
    elementAccess(state, view)[0](lane)
const integerWrite =
  ({ view }: IntegerType) =>
  (state: State, lane: number, value: bigint): void =>
    elementAccess(state, view)[1](lane, value)

/** The rounding of vcvtps2ph and vrndscale: the immediate's, or MXCSR's. */
export const roundingOf = (unit: FloatUnit, immediate: number): RoundingMode =>
  (immediate & 4) !== 0 ? unit.mode : ((immediate & 3) as RoundingMode)

/** Short cut for what is done most: 32-bit integers to f32. */
function integersToSingles(state: State): LaneRun {
  const slow = lanesOf(integerRead(I32), 4, LANES_32.write, 4, (unit, x) =>
    fromInteger(unit, LANES_32.format, x),
  )(state)
  const { i32, f32 } = state.vectors
  return (d, a, b, lanes, active, immediate, c) => {
    for (let i = 0; i < lanes; i++) {
      const x = i32[(a >> 2) + i]!
      if (Math.abs(x) <= 2 ** 24) {
        if (((active >>> i) & 1) === 1) f32[(d >> 2) + i] = x
      } else slow(d + 4 * i, a + 4 * i, b, 1, (active >>> i) & 1, immediate, c)
    }
  }
}

const MAGIC = 1.5 * 2 ** 52

/** Short cut for f32 to 32-bit integers, to nearest even or cut off, where they fit and nothing else can happen. */
function singlesToIntegers(truncates: boolean): (state: State) => LaneRun {
  const slow = lanesOf(LANES_32.read, 4, integerWrite(I32), 4, (unit, x) =>
    toInteger(unit, LANES_32.format, x, 32, true, truncates ? TRUNCATE : unit.mode),
  )
  return (state) => {
    const slowly = slow(state)
    const { i32, f32 } = state.vectors
    const unit = state.float
    return (d, a, b, lanes, active, immediate, c) => {
      for (let i = 0; i < lanes; i++) {
        if (((active >>> i) & 1) === 0) continue
        const x = f32[(a >> 2) + i]!
        // Adding 1.5 · 2⁵² rounds to an integer, to nearest even as f64 addition does.
        const r = truncates ? Math.trunc(x) : x + MAGIC - MAGIC
        if (unit.isPlain && Math.abs(x) < 2 ** 30 && (r === x || (unit.flags & 0x20) !== 0))
          i32[(d >> 2) + i] = r
        else slowly(d + 4 * i, a + 4 * i, b, 1, 1, immediate, c)
      }
    }
  }
}

function floats(
  from: Lanes,
  to: Lanes,
  more: { readonly immediate?: boolean } = {},
): (state: State) => LaneRun {
  return lanesOf(from.read, from.element, to.write, to.element, (unit, x, immediate) => {
    if (more.immediate !== true) return convert(unit, from.format, to.format, x)
    // vcvtps2ph: FTZ does not count (SDM Vol. 2C, VCVTPS2PH).
    const { ftz, mode } = unit
    unit.mode = roundingOf(unit, immediate)
    unit.ftz = false
    const result = convert(unit, from.format, to.format, x)
    unit.mode = mode
    unit.ftz = ftz
    return result
  })
}

const fromIntegers = (from: IntegerType, to: Lanes): ((state: State) => LaneRun) =>
  from === I32 && to === LANES_32
    ? integersToSingles
    : lanesOf(integerRead(from), from.bytes, to.write, to.element, (unit, x) =>
        fromInteger(unit, to.format, x),
      )

const toIntegers = (from: Lanes, to: IntegerType, truncates: boolean): ((state: State) => LaneRun) =>
  from === LANES_32 && to === I32
    ? singlesToIntegers(truncates)
    : lanesOf(from.read, from.element, integerWrite(to), to.bytes, (unit, x) =>
        toInteger(unit, from.format, x, 8 * to.bytes, to.isSigned, truncates ? TRUNCATE : unit.mode),
      )

function vectors(to: ElementBytes, from: ElementBytes, make: (state: State) => LaneRun): Semantics {
  return packed({ element: to, sourceElement: from, lanewise: true, floating: true, make })
}

/** All packed conversions between a format and integers, by their names' letters. */
function packedIntegers(): Record<string, Semantics> {
  const result: Record<string, Semantics> = {}
  const formats = [
    ['ps', LANES_32],
    ['pd', LANES_64],
    ['ph', LANES_16],
  ] as const
  const integers = [
    ['dq', I32],
    ['udq', U32],
    ['qq', I64],
    ['uqq', U64],
    ['w', I16],
    ['uw', U16],
  ] as const
  for (const [format, lanes] of formats) {
    for (const [name, type] of integers) {
      // Words go with half precision only.
      if (type.bytes === 2 && lanes !== LANES_16) continue
      const to = vectors(type.bytes, lanes.element, toIntegers(lanes, type, false))
      const cut = vectors(type.bytes, lanes.element, toIntegers(lanes, type, true))
      const from = vectors(lanes.element, type.bytes, fromIntegers(type, lanes))
      result[`vcvt${format}2${name}`] = to
      result[`vcvtt${format}2${name}`] = cut
      result[`vcvt${name}2${format}`] = from
      if (name !== 'dq' || format === 'ph') continue
      result[`cvt${format}2dq`] = to
      result[`cvtt${format}2dq`] = cut
      result[`cvtdq2${format}`] = from
    }
  }
  return result
}

/** A general register from the lowest element, or the lowest element from a general register. */
function scalarIntegers(): Record<string, Semantics> {
  const result: Record<string, Semantics> = {}
  const widthOf = (instruction: Instruction, index: number, isSigned: boolean): IntegerType =>
    operandBytes(instruction, index) === 8 ? (isSigned ? I64 : U64) : isSigned ? I32 : U32
  const from =
    (lanes: Lanes, truncates: boolean, isSigned: boolean): Semantics =>
    (state, instruction) => {
      const to = widthOf(instruction, 0, isSigned)
      return vectors(to.bytes, lanes.element, toIntegers(lanes, to, truncates))(state, instruction)
    }
  const into =
    (lanes: Lanes, isSigned: boolean): Semantics =>
    (state, instruction) => {
      const type = widthOf(instruction, instruction.operands.length - 1, isSigned)
      const make = fromIntegers(type, lanes)
      return scalar({
        element: lanes.element,
        sourceElement: type.bytes,
        floating: true,
        isUnary: true,
        make,
      })(state, instruction)
    }
  for (const [name, lanes] of [
    ['ss', LANES_32],
    ['sd', LANES_64],
    ['sh', LANES_16],
  ] as const) {
    result[`vcvt${name}2usi`] = from(lanes, false, false)
    result[`vcvtt${name}2usi`] = from(lanes, true, false)
    result[`vcvtusi2${name}`] = into(lanes, false)
    Object.assign(result, withAndWithoutV(`cvt${name}2si`, from(lanes, false, true)))
    Object.assign(result, withAndWithoutV(`cvtt${name}2si`, from(lanes, true, true)))
    Object.assign(result, withAndWithoutV(`cvtsi2${name}`, into(lanes, true)))
  }
  return result
}

function scalarFloats(from: Lanes, to: Lanes): Semantics {
  return scalar({
    element: to.element,
    sourceElement: from.element,
    floating: true,
    isUnary: true,
    make: floats(from, to),
  })
}

const between = (from: Lanes, to: Lanes): Semantics => vectors(to.element, from.element, floats(from, to))

/** vcvtph2ps reads denormals as they are, and says nothing about them. */
const quietHalves = lanesOf(LANES_16.read, 2, LANES_32.write, 4, (unit, x) => {
  const { daz } = unit
  unit.daz = false
  const before = unit.flags
  const result = convert(unit, LANES_16.format, LANES_32.format, x)
  unit.daz = daz
  unit.flags = before | (unit.flags & 1)
  return result
})

export const convertSemantics: SemanticsTable = {
  ...packedIntegers(),
  ...scalarIntegers(),
  ...withAndWithoutV('cvtps2pd', between(LANES_32, LANES_64)),
  ...withAndWithoutV('cvtpd2ps', between(LANES_64, LANES_32)),
  ...withAndWithoutV('cvtss2sd', scalarFloats(LANES_32, LANES_64)),
  ...withAndWithoutV('cvtsd2ss', scalarFloats(LANES_64, LANES_32)),
  vcvtph2ps: vectors(4, 2, halvesToSingles(quietHalves)),
  vcvtps2ph: vectors(
    2,
    4,
    singlesToHalves(floats(LANES_32, LANES_16, { immediate: true }), ({ float }, immediate) =>
      roundingOf(float, immediate),
    ),
  ),
  vcvtph2psx: vectors(4, 2, halvesToSingles(floats(LANES_16, LANES_32))),
  vcvtps2phx: vectors(
    2,
    4,
    singlesToHalves(floats(LANES_32, LANES_16), ({ float }) => float.mode),
  ),
  vcvtph2pd: between(LANES_16, LANES_64),
  vcvtpd2ph: between(LANES_64, LANES_16),
  vcvtsh2ss: scalarFloats(LANES_16, LANES_32),
  vcvtss2sh: scalarFloats(LANES_32, LANES_16),
  vcvtsh2sd: scalarFloats(LANES_16, LANES_64),
  vcvtsd2sh: scalarFloats(LANES_64, LANES_16),
}
