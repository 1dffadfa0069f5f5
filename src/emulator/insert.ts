/** Insertion, extraction, and blends by an immediate or by signs. */
import { Mem } from '../encoder/operands.ts'
import { type Semantics, type SemanticsTable, withAndWithoutV } from './instruction.ts'
import { elementMover } from './integer-lanes.ts'
import { pickFromTwo } from './shuffle.ts'
import type { State } from './state.ts'
import { type LaneRun, packed } from './vector.ts'
import { copyVector, type ElementBytes, vectorAt, vectorBytes } from './vector-operand.ts'

/** A narrower vector (or element) in one of its places within a; the immediate counts modulo the places. */
function insert(element: ElementBytes, part: number): Semantics {
  const make = (state: State): LaneRun => {
    const { u8 } = state.vectors
    return (d, a, b, lanes, _active, immediate) => {
      const bytes = lanes * element
      u8.copyWithin(d, a, a + bytes)
      const place = (immediate % (bytes / part)) * part
      u8.copyWithin(d + place, b, b + part)
    }
  }
  return packed({ element, make })
}

/** One of the places of a, by the immediate. `whole` bytes are looked at; 0: the source's own width. */
function extract(element: ElementBytes, part: number, whole = 0): Semantics {
  return (state, instruction) => {
    const bytes = whole > 0 ? whole : vectorBytes(vectorAt(instruction, 1))
    const make = (): LaneRun => (d, a, _b, _lanes, _active, immediate) => {
      const place = a + (immediate % (bytes / part)) * part
      state.vectors.u8.copyWithin(d, place, place + part)
    }
    return packed({ element, make })(state, instruction)
  }
}

/** insertps: one element of the source (chosen, unless it is memory) into one place, then zeros where told. */
const insertSingle: Semantics = (state, instruction) => {
  const isMemory = instruction.operands.some((operand) => operand instanceof Mem)
  const make = (): LaneRun => {
    const { i32 } = state.vectors
    return (d, a, b, _lanes, _active, immediate) => {
      const value = i32[(b >> 2) + (isMemory ? 0 : immediate >> 6)]!
      copyVector(state, d, a, 16)
      i32[(d >> 2) + ((immediate >> 4) & 3)] = value
      for (let i = 0; i < 4; i++) if (((immediate >> i) & 1) === 1) i32[(d >> 2) + i] = 0
    }
  }
  return packed({ element: 4, make })(state, instruction)
}

/** Elements of b where the immediate's bit is set (bits repeat every eight), of a elsewhere. */
const blendByImmediate = (element: ElementBytes): Semantics =>
  pickFromTwo(element, (i, immediate, lanes) => (((immediate >> (i & 7)) & 1) === 1 ? lanes + i : i))

/** Elements of b where the third source's sign bit is set, of a elsewhere. */
const blendBySigns = (element: ElementBytes): Semantics =>
  packed({
    element,
    make: (state) => {
      const move = elementMover(state, element)
      const { u8 } = state.vectors
      return (d, a, b, lanes, _active, _immediate, c) => {
        for (let i = 0; i < lanes; i++) {
          const chosen = u8[c + (i + 1) * element - 1]! >= 128 ? b : a
          move(d / element + i, chosen / element + i)
        }
      }
    },
  })

function table(): Record<string, Semantics> {
  const result: Record<string, Semantics> = {}
  const elements = { b: 1, w: 2, d: 4, q: 8 } as const
  for (const [letter, element] of Object.entries(elements)) {
    Object.assign(result, withAndWithoutV(`pinsr${letter}`, insert(element, element)))
    Object.assign(result, withAndWithoutV(`pextr${letter}`, extract(element, element, 16)))
  }
  for (const [suffix, element] of Object.entries({ ps: 4, pd: 8 } as const)) {
    Object.assign(result, withAndWithoutV(`blend${suffix}`, blendByImmediate(element)))
    Object.assign(result, withAndWithoutV(`blendv${suffix}`, blendBySigns(element)))
  }
  for (const kind of ['f', 'i']) {
    result[`vinsert${kind}128`] = insert(8, 16)
    result[`vextract${kind}128`] = extract(8, 16)
    const parts = [
      [4, 4],
      [8, 2],
      [4, 8],
      [8, 4],
    ] as const
    for (const [element, count] of parts) {
      result[`vinsert${kind}${8 * element}x${count}`] = insert(element, element * count)
      result[`vextract${kind}${8 * element}x${count}`] = extract(element, element * count)
    }
  }
  return result
}

export const insertSemantics: SemanticsTable = {
  ...table(),
  ...withAndWithoutV('insertps', insertSingle),
  ...withAndWithoutV('extractps', extract(4, 4, 16)),
  ...withAndWithoutV('pblendw', blendByImmediate(2)),
  ...withAndWithoutV('pblendvb', blendBySigns(1)),
  vpblendd: blendByImmediate(4),
}
