/** Moves bytes between memory and the register files; each site remembers the region that it touched last. */
import type { Address } from './address.ts'
import type { Step } from './instruction.ts'
import { NOWHERE, type Region } from './memory.ts'
import { type State, VECTOR_BYTES } from './state.ts'

export type GeneralBytes = 1 | 2 | 4 | 8

/** Memory into the low bytes of a general register; the others stay. */
export function loadGeneral(state: State, address: Address, bytes: GeneralBytes, register: number): Step {
  const { memory } = state
  const { i32, i16, i8 } = state.general
  let region: Region = NOWHERE
  const locate = (at: number): number => {
    if (at < region.start || at + bytes > region.end || !region.readable)
      region = memory.find(at, bytes, 'read')
    return at - region.bias
  }
  switch (bytes) {
    case 1:
      return () => {
        const at = locate(address())
        i8[8 * register] = region.u8[at]!
      }
    case 2:
      return () => {
        const at = locate(address())
        i16[4 * register] = region.view.getInt16(at, true)
      }
    case 4:
      return () => {
        const at = locate(address())
        i32[2 * register] = region.view.getInt32(at, true)
      }
    case 8:
      return () => {
        const at = locate(address())
        i32[2 * register] = region.view.getInt32(at, true)
        i32[2 * register + 1] = region.view.getInt32(at + 4, true)
      }
  }
}

/** The low bytes of a general register into memory. */
export function storeGeneral(state: State, address: Address, bytes: GeneralBytes, register: number): Step {
  const { memory } = state
  const { i32, i16, u8 } = state.general
  let region: Region = NOWHERE
  const locate = (at: number): number => {
    if (at < region.start || at + bytes > region.end || !region.writable)
      region = memory.find(at, bytes, 'write')
    return at - region.bias
  }
  switch (bytes) {
    case 1:
      return () => {
        const at = locate(address())
        region.u8[at] = u8[8 * register]!
      }
    case 2:
      return () => {
        const at = locate(address())
        region.view.setInt16(at, i16[4 * register]!, true)
      }
    case 4:
      return () => {
        const at = locate(address())
        region.view.setInt32(at, i32[2 * register]!, true)
      }
    case 8:
      return () => {
        const at = locate(address())
        region.view.setInt32(at, i32[2 * register]!, true)
        region.view.setInt32(at + 4, i32[2 * register + 1]!, true)
      }
  }
}

/** #PF unless all the bytes can be accessed: what a read-modify-write instruction finds out before it does anything. */
export function requireWritable(state: State, address: Address, bytes: number): Step {
  let region: Region = NOWHERE
  return () => {
    const at = address()
    if (at < region.start || at + bytes > region.end || !region.writable)
      region = state.memory.find(at, bytes, 'write')
  }
}

/** Memory into the low bytes of a vector register (or scratch). */
export function loadVector(state: State, address: Address, bytes: number, vector: number): Step {
  const { memory } = state
  const { i32, u8 } = state.vectors
  const first = vector * VECTOR_BYTES
  const firstWord = first >> 2
  const words = bytes >> 2
  let region: Region = NOWHERE
  return () => {
    const at = address()
    if (at < region.start || at + bytes > region.end || !region.readable)
      region = memory.find(at, bytes, 'read')
    const from = at - region.bias
    if ((from & 3) === 0 && (bytes & 3) === 0) {
      const source = region.i32
      const word = from >>> 2
      for (let i = 0; i < words; i++) i32[firstWord + i] = source[word + i]!
    } else {
      const source = region.u8
      for (let i = 0; i < bytes; i++) u8[first + i] = source[from + i]!
    }
  }
}

/** The low bytes of a vector register (or scratch) into memory. `offset`: where in the register they begin. */
export function storeVector(state: State, address: Address, bytes: number, vector: number, offset = 0): Step {
  const { memory } = state
  const { i32, u8 } = state.vectors
  const first = vector * VECTOR_BYTES + offset
  const firstWord = first >> 2
  const words = bytes >> 2
  let region: Region = NOWHERE
  return () => {
    const at = address()
    if (at < region.start || at + bytes > region.end || !region.writable)
      region = memory.find(at, bytes, 'write')
    const to = at - region.bias
    if ((to & 3) === 0 && (bytes & 3) === 0 && (first & 3) === 0) {
      const target = region.i32
      const word = to >>> 2
      for (let i = 0; i < words; i++) target[word + i] = i32[firstWord + i]!
    } else {
      const target = region.u8
      for (let i = 0; i < bytes; i++) target[to + i] = u8[first + i]!
    }
  }
}

/** Which lanes take part: the bit of a lane, whose mask bits lie in an opmask or a vector. */
export type LaneTest = (lane: number) => boolean

/**
 * As loadVector, but lanes that take no part are neither read (they may lie outside all regions) nor kept: they
 * become zero.
 */
export function loadLanes(
  state: State,
  address: Address,
  laneBytes: number,
  lanes: number,
  takesPart: LaneTest,
  vector: number,
): Step {
  const { memory } = state
  const { u8 } = state.vectors
  const first = vector * VECTOR_BYTES
  let region: Region = NOWHERE
  return () => {
    const start = address()
    for (let lane = 0; lane < lanes; lane++) {
      const to = first + lane * laneBytes
      if (!takesPart(lane)) {
        u8.fill(0, to, to + laneBytes)
        continue
      }
      const at = start + lane * laneBytes
      if (at < region.start || at + laneBytes > region.end || !region.readable)
        region = memory.find(at, laneBytes, 'read')
      const from = at - region.bias
      for (let i = 0; i < laneBytes; i++) u8[to + i] = region.u8[from + i]!
    }
  }
}

/** As storeVector, for lanes that take part; the others' memory is not touched and may lie outside all regions. */
export function storeLanes(
  state: State,
  address: Address,
  laneBytes: number,
  lanes: number,
  takesPart: LaneTest,
  vector: number,
): Step {
  const { memory } = state
  const { u8 } = state.vectors
  const first = vector * VECTOR_BYTES
  let region: Region = NOWHERE
  const locate = (at: number): number => {
    if (at < region.start || at + laneBytes > region.end || !region.writable)
      region = memory.find(at, laneBytes, 'write')
    return at - region.bias
  }
  return () => {
    const start = address()
    // All checks come first: a store that faults has stored nothing.
    for (let lane = 0; lane < lanes; lane++) if (takesPart(lane)) locate(start + lane * laneBytes)
    for (let lane = 0; lane < lanes; lane++) {
      if (!takesPart(lane)) continue
      const to = locate(start + lane * laneBytes)
      const from = first + lane * laneBytes
      for (let i = 0; i < laneBytes; i++) region.u8[to + i] = u8[from + i]!
    }
  }
}
