/** Compression and expansion under a mask, and blends by one. */
import { Mem } from '../encoder/operands.ts'
import { Reg } from '../encoder/registers.ts'
import { compileAddress } from './address.ts'
import { NoSemantics, type Semantics, type SemanticsTable, sequence } from './instruction.ts'
import { elementClearer, elementMover } from './integer-lanes.ts'
import { NOWHERE, type Region } from './memory.ts'
import { RESULT, VECTOR_BYTES } from './state.ts'
import {
  clearAbove,
  copyVector,
  type ElementBytes,
  maskOf,
  mergeMasked,
  opmaskTest,
  vectorAt,
  vectorBytes,
  vectorSource,
} from './vector-operand.ts'

/** vblendm: elements of b where the mask's bit is set, of a (or zero) elsewhere. */
function blendByMask(element: ElementBytes): Semantics {
  return (state, instruction) => {
    const to = vectorAt(instruction, 0)
    const bytes = vectorBytes(to)
    const mask = maskOf(to)
    const a = vectorAt(instruction, 1).id * VECTOR_BYTES
    const b = vectorSource(state, instruction, 2, bytes, element, mask)
    const d = to.id * VECTOR_BYTES
    const target = RESULT * VECTOR_BYTES
    return sequence(
      b.before,
      () => copyVector(state, target, b.at, bytes),
      () => copyVector(state, d, a, bytes),
      mask === null
        ? () => copyVector(state, d, target, bytes)
        : mergeMasked(state, d, target, element, bytes / element, mask),
      clearAbove(state, instruction, to.id, bytes),
    )
  }
}

/** Elements whose mask bit is set, packed to the low end; of a register the rest becomes zero or stays. */
function compress(element: ElementBytes): Semantics {
  return (state, instruction) => {
    const [to] = instruction.operands
    const from = vectorAt(instruction, 1)
    const bytes = vectorBytes(from)
    const lanes = bytes / element
    const mask = maskOf(to)
    const test = mask === null ? () => true : opmaskTest(state, mask)
    const move = elementMover(state, element)
    const a = (from.id * VECTOR_BYTES) / element
    const target = RESULT * VECTOR_BYTES
    const { u8 } = state.vectors
    const pack = (): number => {
      let count = 0
      for (let i = 0; i < lanes; i++) if (test(i)) move(target / element + count++, a + i)
      return count
    }
    if (to instanceof Mem) {
      const address = compileAddress(state, to, instruction)
      let region: Region = NOWHERE
      return () => {
        const size = pack() * element
        if (size === 0) return
        const at = address()
        if (at < region.start || at + size > region.end || !region.writable)
          region = state.memory.find(at, size, 'write')
        for (let i = 0; i < size; i++) region.u8[at - region.bias + i] = u8[target + i]!
      }
    }
    if (!(to instanceof Reg)) throw new NoSemantics('a destination of this kind')
    const d = to.id * VECTOR_BYTES
    const run = (): void => {
      const size = pack() * element
      u8.copyWithin(d, target, target + size)
      if (to.zeroing) u8.fill(0, d + size, d + bytes)
    }
    return sequence(run, clearAbove(state, instruction, to.id, bytes))
  }
}

/** The source's low elements to the places whose mask bit is set. Of memory, only as many as those are read. */
function expand(element: ElementBytes): Semantics {
  return (state, instruction) => {
    const to = vectorAt(instruction, 0)
    const bytes = vectorBytes(to)
    const lanes = bytes / element
    const mask = maskOf(to)
    const test = mask === null ? () => true : opmaskTest(state, mask)
    const move = elementMover(state, element)
    const clear = elementClearer(state, element)
    const d = (to.id * VECTOR_BYTES) / element
    const scratch = RESULT * VECTOR_BYTES
    const { u8 } = state.vectors
    const from = instruction.operands[1]
    let load: () => void
    if (from instanceof Mem) {
      const address = compileAddress(state, from, instruction)
      let region: Region = NOWHERE
      load = () => {
        let count = 0
        for (let i = 0; i < lanes; i++) if (test(i)) count++
        const size = count * element
        if (size === 0) return
        const at = address()
        if (at < region.start || at + size > region.end || !region.readable)
          region = state.memory.find(at, size, 'read')
        for (let i = 0; i < size; i++) u8[scratch + i] = region.u8[at - region.bias + i]!
      }
    } else {
      const a = vectorAt(instruction, 1).id * VECTOR_BYTES
      load = () => copyVector(state, scratch, a, bytes)
    }
    const run = (): void => {
      let next = 0
      for (let i = 0; i < lanes; i++) {
        if (test(i)) move(d + i, scratch / element + next++)
        else if (to.zeroing) clear(d + i)
      }
    }
    return sequence(load, run, clearAbove(state, instruction, to.id, bytes))
  }
}

function table(): Record<string, Semantics> {
  const result: Record<string, Semantics> = {}
  const elements = { b: 1, w: 2, d: 4, q: 8 } as const
  for (const [letter, element] of Object.entries(elements)) {
    result[`vpblendm${letter}`] = blendByMask(element)
    result[`vpcompress${letter}`] = compress(element)
    result[`vpexpand${letter}`] = expand(element)
  }
  for (const [suffix, element] of Object.entries({ ps: 4, pd: 8 } as const)) {
    result[`vblendm${suffix}`] = blendByMask(element)
    result[`vcompress${suffix}`] = compress(element)
    result[`vexpand${suffix}`] = expand(element)
  }
  return result
}

export const compressSemantics: SemanticsTable = table()
