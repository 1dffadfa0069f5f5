/** Short cuts between f16 and f32 for what conversions are mostly of: normal numbers and zeros. */
import { INEXACT, NEAREST, type RoundingMode } from './float-unit.ts'
import type { State } from './state.ts'
import type { LaneRun } from './vector.ts'

/** The exponent's bias in f32 over that in f16. */
const REBIAS = 112

/** f16 to f32, exact; denormals, infinities and NaNs by `slow`. */
export const halvesToSingles =
  (slow: (state: State) => LaneRun) =>
  (state: State): LaneRun => {
    const slowly = slow(state)
    const { i32, u16 } = state.vectors
    return (d, a, b, lanes, active, immediate, c) => {
      for (let i = 0; i < lanes; i++) {
        if (((active >>> i) & 1) === 0) continue
        const bits = u16[(a >> 1) + i]!
        const exponent = (bits >> 10) & 31
        const sign = (bits & 0x8000) << 16
        if (exponent !== 0 && exponent !== 31)
          i32[(d >> 2) + i] = sign | (((bits & 0x7fff) << 13) + (REBIAS << 23))
        else if ((bits & 0x7fff) === 0) i32[(d >> 2) + i] = sign
        else slowly(d + 4 * i, a + 2 * i, b, 1, 1, immediate, c)
      }
    }
  }

const LEAST = 0x3880_0000 // 2^-14, the least normal f16
const MOST = 0x477f_e000 // 65504, the greatest

/** f32 to f16 to nearest even; the rest by `slow`. `modeOf`: the rounding that the immediate asks for. */
export const singlesToHalves =
  (slow: (state: State) => LaneRun, modeOf: (state: State, immediate: number) => RoundingMode) =>
  (state: State): LaneRun => {
    const slowly = slow(state)
    const { i32, u16 } = state.vectors
    const unit = state.float
    return (d, a, b, lanes, active, immediate, c) => {
      const isNearest = modeOf(state, immediate) === NEAREST
      for (let i = 0; i < lanes; i++) {
        if (((active >>> i) & 1) === 0) continue
        const bits = i32[(a >> 2) + i]!
        const size = bits & 0x7fff_ffff
        const sign = (bits >>> 16) & 0x8000
        if (isNearest && size >= LEAST && size <= MOST) {
          if ((bits & 0x1fff) !== 0) unit.flags |= INEXACT
          const rounded = size + 0xfff + ((bits >>> 13) & 1) - (REBIAS << 23)
          u16[(d >> 1) + i] = sign | (rounded >> 13)
        } else if (size === 0) u16[(d >> 1) + i] = sign
        else slowly(d + 2 * i, a + 4 * i, b, 1, 1, immediate, c)
      }
    }
  }
