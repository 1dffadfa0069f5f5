/** Dot products of int8, int16 and bf16, and conversions between bf16, f16 and f32 that ignore MXCSR. */
import { flushedMultiplyAdd } from './flushed.ts'
import type { Semantics, SemanticsTable } from './instruction.ts'
import { clamp, lanewise, SHIFT } from './integer-lanes.ts'
import type { State } from './state.ts'
import { type LaneRun, packed } from './vector.ts'

type View = 'i8' | 'u8' | 'i16' | 'u16'

/** d ← d + Σ a·b over the narrow elements of each 32-bit element, wrapping or saturated once at the end. */
function dot(a: View, b: View, saturates: boolean): Semantics {
  const shift = SHIFT[a]
  const count = 4 >> shift
  const [least, most] = a.startsWith('u') && b.startsWith('u') ? [0, 2 ** 32 - 1] : [-(2 ** 31), 2 ** 31 - 1]
  const make = (state: State): LaneRun => {
    const left = state.vectors[a]
    const right = state.vectors[b]
    const sums = least === 0 ? state.vectors.u32 : state.vectors.i32
    return (d, aAt, bAt, lanes) => {
      for (let i = 0; i < lanes; i++) {
        const x = (aAt >> shift) + i * count
        const y = (bAt >> shift) + i * count
        let sum = sums[(d >> 2) + i]!
        for (let j = 0; j < count; j++) sum += left[x + j]! * right[y + j]!
        sums[(d >> 2) + i] = saturates ? clamp(sum, least, most) : sum
      }
    }
  }
  return lanewise(4, make, true)
}

function dots(): Record<string, Semantics> {
  const result: Record<string, Semantics> = {}
  const views = { s: 'i', u: 'u' } as const
  for (const [bits, letter] of [
    [8, 'b'],
    [16, 'w'],
  ] as const) {
    for (const [x, left] of Object.entries(views)) {
      for (const [y, right] of Object.entries(views)) {
        for (const saturates of [false, true]) {
          // vpdpwssd and vpdpbusd are the oldest; vpdpws…, wu… and b… came with AVX-VNNI-INT16 and -INT8.
          const name = `vpdp${letter}${x}${y}d${saturates ? 's' : ''}`
          result[name] = dot(`${left}${bits}` as View, `${right}${bits}` as View, saturates)
        }
      }
    }
  }
  return result
}

const singles = new Float32Array(1)
const words = new Int32Array(singles.buffer)

/** A bf16's bits as a number. */
export function bf16Value(bits: number): number {
  words[0] = bits << 16
  return singles[0]!
}

/** Products of two pairs: the odd ones' first, then the even ones', each added with one rounding. */
function dotOfPairs(value: (bits: number) => number): Semantics {
  const make = (state: State): LaneRun => {
    const { u16, f32 } = state.vectors
    const unit = state.float
    return (d, a, b, lanes, active) => {
      for (let i = 0; i < lanes; i++) {
        if (((active >>> i) & 1) === 0) continue
        const x = (a >> 1) + 2 * i
        const y = (b >> 1) + 2 * i
        const to = (d >> 2) + i
        const odd = flushedMultiplyAdd(unit, value(u16[x + 1]!), value(u16[y + 1]!), f32[to]!)
        f32[to] = flushedMultiplyAdd(unit, value(u16[x]!), value(u16[y]!), odd)
      }
    }
  }
  return lanewise(4, make, true)
}

/** f16, denormals included: f32 has them as normal numbers. NaNs keep their payload, and become quiet when used. */
export function f16Value(bits: number): number {
  const exponent = (bits >> 10) & 31
  const fraction = bits & 0x3ff
  if (exponent === 0) return (bits >= 0x8000 ? -1 : 1) * fraction * 2 ** -24
  words[0] = ((bits & 0x8000) << 16) | ((exponent === 31 ? 255 : exponent + 112) << 23) | (fraction << 13)
  return singles[0]!
}

/** An f32's bits as bf16, to nearest even; denormals become zeros, NaNs quiet. */
export function toBf16(bits: number): number {
  const size = bits & 0x7fff_ffff
  if (size > 0x7f80_0000) return (bits >>> 16) | 0x40
  if (size < 0x0080_0000) return (bits >>> 16) & 0x8000
  return ((bits >>> 0) + 0x7fff + ((bits >>> 16) & 1)) >>> 16
}

/** vcvtneps2bf16. */
const toBf16Lanes: Semantics = packed({
  element: 2,
  sourceElement: 4,
  lanewise: true,
  make: (state) => {
    const { u16, u32 } = state.vectors
    return (d, a, _b, lanes) => {
      for (let i = 0; i < lanes; i++) u16[(d >> 1) + i] = toBf16(u32[(a >> 2) + i]!)
    }
  },
})

/** vcvtne2ps2bf16: b's elements in the low half, a's in the high one. */
const twoToBf16: Semantics = packed({
  element: 2,
  sourceElement: 4,
  make: (state) => {
    const { u16, u32 } = state.vectors
    return (d, a, b, lanes) => {
      const half = lanes >> 1
      for (let i = 0; i < lanes; i++) {
        u16[(d >> 1) + i] = toBf16(i < half ? u32[(b >> 2) + i]! : u32[(a >> 2) + i - half]!)
      }
    }
  },
})

/** An f16's bits as f32 bits: exact, denormals included; NaNs become quiet and nothing is reported. */
export function halfToSingle(bits: number): number {
  const isNotANumber = (bits & 0x7fff) > 0x7c00
  if (!isNotANumber) {
    singles[0] = f16Value(bits)
    return words[0]!
  }
  return ((bits & 0x8000) << 16) | 0x7fc0_0000 | ((bits & 0x3ff) << 13)
}

/** vcvtnee…, vcvtneo…, vbcstne…: 16-bit elements, every second one or one for all, as f32. */
function widen(isBf16: boolean, index: (lane: number) => number): Semantics {
  return packed({
    element: 4,
    make: (state) => {
      const { u16, u32 } = state.vectors
      return (d, a, _b, lanes) => {
        for (let i = 0; i < lanes; i++) {
          const bits = u16[(a >> 1) + index(i)]!
          u32[(d >> 2) + i] = isBf16 ? bits << 16 : halfToSingle(bits)
        }
      }
    },
  })
}

export const lowPrecisionSemantics: SemanticsTable = {
  ...dots(),
  vdpbf16ps: dotOfPairs(bf16Value),
  vdpphps: dotOfPairs(f16Value),
  vcvtneps2bf16: toBf16Lanes,
  vcvtne2ps2bf16: twoToBf16,
  vcvtneebf162ps: widen(true, (lane) => 2 * lane),
  vcvtneobf162ps: widen(true, (lane) => 2 * lane + 1),
  vcvtneeph2ps: widen(false, (lane) => 2 * lane),
  vcvtneoph2ps: widen(false, (lane) => 2 * lane + 1),
  vbcstnebf162ps: widen(true, () => 0),
  vbcstnesh2ps: widen(false, () => 0),
}
