/** Runs of integer lanes: one function of elements for all of a vector, through the view of its type. */
import type { Semantics } from './instruction.ts'
import type { State } from './state.ts'
import { type LaneRun, packed } from './vector.ts'
import type { ElementBytes } from './vector-operand.ts'

/** Views whose elements are numbers, and those whose elements are BigInts. */
export type NarrowView = 'u8' | 'i8' | 'u16' | 'i16' | 'u32' | 'i32'
export type WideView = 'u64' | 'i64'

export const SHIFT: Readonly<Record<NarrowView | WideView, number>> = {
  u8: 0,
  i8: 0,
  u16: 1,
  i16: 1,
  u32: 2,
  i32: 2,
  u64: 3,
  i64: 3,
}

/** d ← f(a), element by element. */
export function map1(
  view: NarrowView,
  f: (x: number, immediate: number) => number,
): (state: State) => LaneRun {
  const shift = SHIFT[view]
  return (state) => {
    const v = state.vectors[view]
    return (d, a, _b, lanes, _active, immediate) => {
      const to = d >> shift
      const from = a >> shift
      for (let i = 0; i < lanes; i++) v[to + i] = f(v[from + i]!, immediate)
    }
  }
}

/** d ← f(a, b), element by element. */
export function map2(
  view: NarrowView,
  f: (x: number, y: number, immediate: number) => number,
): (state: State) => LaneRun {
  const shift = SHIFT[view]
  return (state) => {
    const v = state.vectors[view]
    return (d, a, b, lanes, _active, immediate) => {
      const to = d >> shift
      const left = a >> shift
      const right = b >> shift
      for (let i = 0; i < lanes; i++) v[to + i] = f(v[left + i]!, v[right + i]!, immediate)
    }
  }
}

/** d ← f(a), elements of 64 bits. */
export function wideMap1(
  view: WideView,
  f: (x: bigint, immediate: number) => bigint,
): (state: State) => LaneRun {
  return (state) => {
    const v = state.vectors[view]
    return (d, a, _b, lanes, _active, immediate) => {
      for (let i = 0; i < lanes; i++) v[(d >> 3) + i] = f(v[(a >> 3) + i]!, immediate)
    }
  }
}

/** d ← f(a, b), elements of 64 bits. */
export function wideMap2(
  view: WideView,
  f: (x: bigint, y: bigint, immediate: number) => bigint,
): (state: State) => LaneRun {
  return (state) => {
    const v = state.vectors[view]
    return (d, a, b, lanes, _active, immediate) => {
      for (let i = 0; i < lanes; i++) v[(d >> 3) + i] = f(v[(a >> 3) + i]!, v[(b >> 3) + i]!, immediate)
    }
  }
}

/** d ← f(a, b) in words of 32 bits, whatever the element: logic. */
export function words2(element: number, f: (x: number, y: number) => number): (state: State) => LaneRun {
  return (state) => {
    const v = state.vectors.i32
    return (d, a, b, lanes) => {
      const words = (lanes * element) >> 2
      const to = d >> 2
      const left = a >> 2
      const right = b >> 2
      for (let i = 0; i < words; i++) v[to + i] = f(v[left + i]!, v[right + i]!)
    }
  }
}

/** d ← f(d, a, b) in words of 32 bits. */
export function words3(
  element: number,
  f: (x: number, y: number, z: number, immediate: number) => number,
): (state: State) => LaneRun {
  return (state) => {
    const v = state.vectors.i32
    return (d, a, b, lanes, _active, immediate) => {
      const words = (lanes * element) >> 2
      for (let i = 0; i < words; i++) {
        v[(d >> 2) + i] = f(v[(d >> 2) + i]!, v[(a >> 2) + i]!, v[(b >> 2) + i]!, immediate)
      }
    }
  }
}

/** Moves one element of a size within the vector file, by element numbers. */
export function elementMover(state: State, element: number): (to: number, from: number) => void {
  const { i32, u16, u8 } = state.vectors
  if (element === 8) {
    return (to, from) => {
      i32[2 * to] = i32[2 * from]!
      i32[2 * to + 1] = i32[2 * from + 1]!
    }
  }
  const view = element === 4 ? i32 : element === 2 ? u16 : u8
  return (to, from) => {
    view[to] = view[from]!
  }
}

/** Clears one element of a size. */
export function elementClearer(state: State, element: number): (to: number) => void {
  const { u8 } = state.vectors
  return (to) => {
    u8.fill(0, to * element, (to + 1) * element)
  }
}

export const clamp = (value: number, least: number, most: number): number =>
  value < least ? least : Math.min(value, most)

export type Make = (state: State) => LaneRun

/** An operation whose elements depend on those at their own place only. */
export const lanewise = (element: ElementBytes, make: Make, accumulates = false): Semantics =>
  packed({ element, lanewise: true, accumulates, make })

/** An operation whose results take elements of other places. */
export const across = (element: ElementBytes, make: Make): Semantics => packed({ element, make })

export const bytesOf = (view: NarrowView | WideView): ElementBytes => (1 << SHIFT[view]) as ElementBytes

/** Reads and writes an element of a view as a BigInt. */
export function elementAccess(
  state: State,
  view: NarrowView | WideView,
): [(i: number) => bigint, (i: number, x: bigint) => void] {
  if (view === 'u64' || view === 'i64') {
    const v = state.vectors[view]
    return [
      (i) => v[i]!,
      (i, x) => {
        v[i] = x
      },
    ]
  }
  const v = state.vectors[view]
  return [
    (i) => BigInt(v[i]!),
    (i, x) => {
      v[i] = Number(BigInt.asIntN(32, x))
    },
  ]
}
