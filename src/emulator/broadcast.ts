/** Broadcasts of elements and blocks, gathers and scatters. */
import { Mem } from '../encoder/operands.ts'
import { compileAddress } from './address.ts'
import {
  type Instruction,
  NoSemantics,
  type Semantics,
  type SemanticsTable,
  sequence,
} from './instruction.ts'
import { NOWHERE, type Region } from './memory.ts'
import type { State } from './state.ts'
import { VECTOR_BYTES } from './state.ts'
import type { LaneTest } from './transfer.ts'
import { type LaneRun, packed } from './vector.ts'
import {
  clearAbove,
  type ElementBytes,
  isVector,
  maskOf,
  opmaskTest,
  vectorAt,
  vectorBytes,
} from './vector-operand.ts'

/** A block of `block` bytes over all of the destination, masked by elements. A register or memory is its source. */
function broadcast(element: ElementBytes, block: number): Semantics {
  const make = (state: State): LaneRun => {
    const { i32, u8 } = state.vectors
    if (block < 4) {
      return (d, a, _b, lanes) => {
        for (let i = 0; i < lanes * element; i++) u8[d + i] = u8[a + (i & (block - 1))]!
      }
    }
    const within = (block >> 2) - 1
    return (d, a, _b, lanes) => {
      const to = d >> 2
      const from = a >> 2
      const words = (lanes * element) >> 2
      for (let i = 0; i < words; i++) i32[to + i] = i32[from + (i & within)]!
    }
  }
  return packed({ element, make, repeats: true })
}

const ELEMENT_LETTERS = { b: 1, w: 2, d: 4, q: 8 } as const

/** Where the lanes of a gather or scatter lie. */
interface Scattered {
  readonly lanes: number
  readonly address: (lane: number) => number
}

function scattered(state: State, instruction: Instruction, mem: Mem, index: 4 | 8, lanes: number): Scattered {
  const base = compileAddress(state, mem, instruction)
  if (mem.index === null) throw new NoSemantics('no vector of indices')
  const { i32, i64 } = state.vectors
  const at = mem.index.id * VECTOR_BYTES
  const { scale } = mem
  return {
    lanes: Math.min(lanes, vectorBytes(mem.index) / index),
    address:
      index === 4
        ? (lane) => base() + i32[(at >> 2) + lane]! * scale
        : (lane) => base() + Number(i64[(at >> 3) + lane]!) * scale,
  }
}

/** AVX-512: lanes whose mask bit is set, which is cleared when they are done. AVX2: the mask is a vector's sign bits. */
function gather(element: 4 | 8, index: 4 | 8): Semantics {
  return (state, instruction) => {
    const [, from, last] = instruction.operands
    const to = vectorAt(instruction, 0)
    if (!(from instanceof Mem)) throw new NoSemantics('no memory operand')
    const bytes = vectorBytes(to)
    const d = to.id * VECTOR_BYTES
    const { u8 } = state.vectors
    const { lanes, address } = scattered(state, instruction, from, index, bytes / element)
    const mask = maskOf(to)
    const maskAt = isVector(last) ? last.id * VECTOR_BYTES : -1
    let test: LaneTest
    let done: (lane: number) => void
    if (mask !== null) {
      test = opmaskTest(state, mask)
      done = (lane) => {
        state.opmasks[2 * mask.register + (lane >> 5)]! &= ~(1 << (lane & 31))
      }
    } else if (maskAt >= 0) {
      test = (lane) => u8[maskAt + (lane + 1) * element - 1]! >= 128
      done = (lane) => {
        u8.fill(0, maskAt + lane * element, maskAt + (lane + 1) * element)
      }
    } else throw new NoSemantics('no mask')
    let region: Region = NOWHERE
    const run = (): void => {
      for (let lane = 0; lane < lanes; lane++) {
        if (test(lane)) {
          const at = address(lane)
          if (at < region.start || at + element > region.end || !region.readable)
            region = state.memory.find(at, element, 'read')
          for (let i = 0; i < element; i++) u8[d + lane * element + i] = region.u8[at - region.bias + i]!
        }
        done(lane)
      }
      if (mask !== null) {
        state.opmasks[2 * mask.register] = 0
        state.opmasks[2 * mask.register + 1] = 0
      } else u8.fill(0, maskAt, maskAt + VECTOR_BYTES)
      u8.fill(0, d + lanes * element, d + Math.max(16, lanes * element))
    }
    return sequence(run, clearAbove(state, instruction, to.id, Math.max(16, lanes * element)))
  }
}

function scatter(element: 4 | 8, index: 4 | 8): Semantics {
  return (state, instruction) => {
    const [to] = instruction.operands
    if (!(to instanceof Mem)) throw new NoSemantics('no memory operand')
    const from = vectorAt(instruction, 1)
    const mask = maskOf(to)
    if (mask === null) throw new NoSemantics('no mask')
    const { lanes, address } = scattered(state, instruction, to, index, vectorBytes(from) / element)
    const test = opmaskTest(state, mask)
    const { u8 } = state.vectors
    const s = from.id * VECTOR_BYTES
    let region: Region = NOWHERE
    return () => {
      for (let lane = 0; lane < lanes; lane++) {
        if (!test(lane)) continue
        const at = address(lane)
        if (at < region.start || at + element > region.end || !region.writable)
          region = state.memory.find(at, element, 'write')
        for (let i = 0; i < element; i++) region.u8[at - region.bias + i] = u8[s + lane * element + i]!
        state.opmasks[2 * mask.register + (lane >> 5)]! &= ~(1 << (lane & 31))
      }
      state.opmasks[2 * mask.register] = 0
      state.opmasks[2 * mask.register + 1] = 0
    }
  }
}

function table(): Record<string, Semantics> {
  const result: Record<string, Semantics> = {
    vbroadcastss: broadcast(4, 4),
    vbroadcastsd: broadcast(8, 8),
    vbroadcastf128: broadcast(8, 16),
    vbroadcasti128: broadcast(8, 16),
  }
  for (const kind of ['f', 'i']) {
    for (const [element, count] of [
      [4, 2],
      [4, 4],
      [4, 8],
      [8, 2],
      [8, 4],
    ] as const) {
      result[`vbroadcast${kind}${8 * element}x${count}`] = broadcast(element, element * count)
    }
  }
  for (const [letter, element] of Object.entries(ELEMENT_LETTERS)) {
    result[`vpbroadcast${letter}`] = broadcast(element, element)
  }
  for (const [letter, index] of [
    ['d', 4],
    ['q', 8],
  ] as const) {
    for (const [name, element] of [
      ['ps', 4],
      ['pd', 8],
    ] as const) {
      result[`vgather${letter}${name}`] = gather(element, index)
      result[`vscatter${letter}${name}`] = scatter(element, index)
    }
    for (const [name, element] of [
      ['d', 4],
      ['q', 8],
    ] as const) {
      result[`vpgather${letter}${name}`] = gather(element, index)
      result[`vpscatter${letter}${name}`] = scatter(element, index)
    }
  }
  return result
}

export const broadcastSemantics: SemanticsTable = table()
