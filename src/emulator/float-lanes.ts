/** Floating-point operations on lanes: numbers of JavaScript where those are exact enough, soft-float.ts elsewhere. */
import { type FloatUnit, INEXACT } from './float-unit.ts'
import type * as soft from './soft-float.ts'
import { BF16, F16, F32, F64, type Format } from './soft-float.ts'
import type { State } from './state.ts'
import type { LaneRun } from './vector.ts'
import type { ElementBytes } from './vector-operand.ts'

const { abs, fround } = Math
const LEAST_32 = 2 ** -126
const MOST_32 = fround(3.4028234663852886e38)
const LEAST_64 = 2 ** -1022
const MOST_64 = Number.MAX_VALUE

/** Zero or normal, of f32: what the short cuts take. Not so NaN. */
const isOrdinary32 = (x: number): boolean => x === 0 || (abs(x) >= LEAST_32 && abs(x) <= MOST_32)
const isOrdinary64 = (x: number): boolean => x === 0 || (abs(x) >= LEAST_64 && abs(x) <= MOST_64)

/** At most 24 significant bits: products of two such are exact. */
const isShort = (x: number): boolean => fround(x) === x

/** What was lost in r = RN(x + y) (Knuth's TwoSum): exact as long as nothing overflows. */
export function sumError(x: number, y: number, r: number): number {
  const yPart = r - x
  return x - (r - yPart) + (y - yPart)
}

/** Bits of one lane of a format, as soft-float.ts takes them. */
export interface Lanes {
  readonly format: Format
  readonly element: ElementBytes
  read(state: State, lane: number): bigint
  write(state: State, lane: number, value: bigint): void
}

const sixteen = (format: Format): Lanes => ({
  format,
  element: 2,
  read: (state, lane) => BigInt(state.vectors.u16[lane]!),
  write: (state, lane, value) => {
    state.vectors.u16[lane] = Number(value)
  },
})

export const LANES_16: Lanes = sixteen(F16)
export const LANES_B16: Lanes = sixteen(BF16)
export const LANES_32: Lanes = {
  format: F32,
  element: 4,
  read: (state, lane) => BigInt(state.vectors.u32[lane]!),
  write: (state, lane, value) => {
    state.vectors.u32[lane] = Number(value)
  },
}
export const LANES_64: Lanes = {
  format: F64,
  element: 8,
  read: (state, lane) => state.vectors.u64[lane]!,
  write: (state, lane, value) => {
    state.vectors.u64[lane] = value
  },
}

/** A short cut for two operands. */
interface Shortcut {
  /** In f64 arithmetic; rounded to f32 afterwards where that is the format. Twice rounded is once rounded (Figueroa). */
  readonly compute: (x: number, y: number) => number
  /** A zero from operands that are not zeros is exact. */
  readonly zeroIsExact: boolean
  /** For f32: whether r lost something. */
  readonly inexact32: (x: number, y: number, r: number) => boolean
  /** For f64: null where only soft-float.ts can tell. */
  readonly inexact64: (x: number, y: number, r: number) => boolean | null
}

export const ADDITION: Shortcut = {
  compute: (x, y) => x + y,
  zeroIsExact: true,
  inexact32: (x, y, r) => sumError(x, y, r) !== 0,
  inexact64: (x, y, r) => (abs(r) < 2 ** 1000 ? sumError(x, y, r) !== 0 : null),
}
export const SUBTRACTION: Shortcut = {
  compute: (x, y) => x - y,
  zeroIsExact: true,
  inexact32: (x, y, r) => sumError(x, -y, r) !== 0,
  inexact64: (x, y, r) => (abs(r) < 2 ** 1000 ? sumError(x, -y, r) !== 0 : null),
}
export const MULTIPLICATION: Shortcut = {
  compute: (x, y) => x * y,
  zeroIsExact: false,
  inexact32: (x, y, r) => x * y !== r,
  inexact64: (x, y) => (isShort(x) && isShort(y) ? false : null),
}
export const DIVISION: Shortcut = {
  compute: (x, y) => x / y,
  zeroIsExact: false,
  inexact32: (x, y, r) => r * y !== x,
  inexact64: (x, y, r) => (isShort(r) && isShort(y) ? r * y !== x : null),
}

/** Lanes of a binary operation. */
export function binaryLanes(
  lanes: Lanes,
  exact: soft.Binary,
  shortcut: Shortcut | null,
): (state: State) => LaneRun {
  if (shortcut !== null && lanes === LANES_32) return binary32(exact, shortcut)
  if (shortcut !== null && lanes === LANES_64) return binary64(exact, shortcut)
  const { element, format } = lanes
  return (state) => (d, a, b, count, active) => {
    for (let i = 0; i < count; i++) {
      if (((active >>> i) & 1) === 0) continue
      const x = lanes.read(state, a / element + i)
      const y = lanes.read(state, b / element + i)
      lanes.write(state, d / element + i, exact(state.float, format, x, y))
    }
  }
}

function binary32(
  exact: soft.Binary,
  { compute, inexact32, zeroIsExact }: Shortcut,
): (state: State) => LaneRun {
  return (state) => {
    const { f32, u32 } = state.vectors
    const unit = state.float
    return (d, a, b, count, active) => {
      const plain = unit.isPlain
      const [to, left, right] = [d >> 2, a >> 2, b >> 2]
      for (let i = 0; i < count; i++) {
        if (((active >>> i) & 1) === 0) continue
        const x = f32[left + i]!
        const y = f32[right + i]!
        const r = fround(compute(x, y))
        const size = abs(r)
        const isEasy =
          plain &&
          ((size > LEAST_32 && size <= MOST_32) || (r === 0 && (zeroIsExact || x === 0 || y === 0))) &&
          isOrdinary32(x) &&
          isOrdinary32(y)
        if (isEasy) {
          if ((unit.flags & INEXACT) === 0 && inexact32(x, y, r)) unit.flags |= INEXACT
          f32[to + i] = r
        } else {
          u32[to + i] = Number(exact(unit, F32, BigInt(u32[left + i]!), BigInt(u32[right + i]!)))
        }
      }
    }
  }
}

function binary64(
  exact: soft.Binary,
  { compute, inexact64, zeroIsExact }: Shortcut,
): (state: State) => LaneRun {
  return (state) => {
    const { f64, u64 } = state.vectors
    const unit = state.float
    return (d, a, b, count, active) => {
      const plain = unit.isPlain
      const [to, left, right] = [d >> 3, a >> 3, b >> 3]
      for (let i = 0; i < count; i++) {
        if (((active >>> i) & 1) === 0) continue
        const x = f64[left + i]!
        const y = f64[right + i]!
        const r = compute(x, y)
        const size = abs(r)
        let isEasy =
          plain &&
          ((size > LEAST_64 && size <= MOST_64) || (r === 0 && (zeroIsExact || x === 0 || y === 0))) &&
          isOrdinary64(x) &&
          isOrdinary64(y)
        if (isEasy && (unit.flags & INEXACT) === 0) {
          const inexact = inexact64(x, y, r)
          if (inexact === true) unit.flags |= INEXACT
          isEasy = inexact !== null
        }
        if (isEasy) f64[to + i] = r
        else u64[to + i] = exact(unit, F64, u64[left + i]!, u64[right + i]!)
      }
    }
  }
}

/** Lanes of a unary operation, by soft-float.ts alone. */
export function unaryLanes(
  lanes: Lanes,
  exact: (unit: FloatUnit, f: Format, a: bigint, immediate: number) => bigint,
): (state: State) => LaneRun {
  const { element, format } = lanes
  return (state) => (d, a, _b, count, active, immediate) => {
    for (let i = 0; i < count; i++) {
      if (((active >>> i) & 1) === 0) continue
      const x = lanes.read(state, a / element + i)
      lanes.write(state, d / element + i, exact(state.float, format, x, immediate))
    }
  }
}
