/** Comparisons and tests of integer elements: into vectors, opmasks or flags. */
import { CF, STATUS, ZF } from './flags.ts'
import { type Semantics, type SemanticsTable, sequence, withAndWithoutV } from './instruction.ts'
import { bytesOf, lanewise, type NarrowView, type WideView } from './integer-lanes.ts'
import { type State, VECTOR_BYTES } from './state.ts'
import { intoOpmask, laneBits } from './vector.ts'
import { type ElementBytes, vectorAt, vectorBytes, vectorSource } from './vector-operand.ts'

/** The eight integer predicates (SDM, VPCMPD). */
const PREDICATES: readonly ((order: number) => boolean)[] = [
  (o) => o === 0,
  (o) => o < 0,
  (o) => o <= 0,
  () => false,
  (o) => o !== 0,
  (o) => o >= 0,
  (o) => o > 0,
  () => true,
]

function order(state: State, view: NarrowView | WideView): (x: number, y: number) => number {
  if (view === 'u64' || view === 'i64') {
    const v = state.vectors[view]
    return (x, y) => (v[x]! < v[y]! ? -1 : v[x]! > v[y]! ? 1 : 0)
  }
  const v = state.vectors[view]
  return (x, y) => v[x]! - v[y]!
}

/** A comparison: all ones or zeros in the destination, or bits of an opmask. `predicate` null: the immediate's. */
function compare(view: NarrowView | WideView, predicate: number | null): Semantics {
  const bytes = bytesOf(view)
  const asMask = intoOpmask({
    element: bytes,
    make: (state) => {
      const orderOf = order(state, view)
      return (a, b, lanes, _active, immediate) => {
        const holds = PREDICATES[predicate ?? immediate & 7]!
        return laneBits(lanes, (i) => holds(orderOf(a / bytes + i, b / bytes + i)))
      }
    },
  })
  const asVector = lanewise(bytes, (state) => {
    const orderOf = order(state, view)
    const { u8 } = state.vectors
    return (d, a, b, lanes) => {
      const holds = PREDICATES[predicate ?? 0]!
      for (let i = 0; i < lanes; i++) {
        const value = holds(orderOf(a / bytes + i, b / bytes + i)) ? 0xff : 0
        u8.fill(value, d + i * bytes, d + (i + 1) * bytes)
      }
    }
  })
  return (state, instruction) =>
    (instruction.form.operands[0]!.token.startsWith('k') ? asMask : asVector)(state, instruction)
}

/** vptestm, vptestnm: elements with a & b not zero, or zero. */
function bitTest(bytes: ElementBytes, wantsZero: boolean): Semantics {
  return intoOpmask({
    element: bytes,
    make: (state) => {
      const { u8 } = state.vectors
      return (a, b, lanes) =>
        laneBits(lanes, (i) => {
          let any = 0
          for (let j = i * bytes; j < (i + 1) * bytes; j++) any |= u8[a + j]! & u8[b + j]!
          return (any === 0) === wantsZero
        })
    },
  })
}

function comparisons(): Record<string, Semantics> {
  const result: Record<string, Semantics> = {}
  const views = [
    ['b', 'i8', 'u8', 1],
    ['w', 'i16', 'u16', 2],
    ['d', 'i32', 'u32', 4],
    ['q', 'i64', 'u64', 8],
  ] as const
  for (const [letter, signed, unsigned, bytes] of views) {
    Object.assign(
      result,
      withAndWithoutV(`pcmpeq${letter}`, compare(signed, 0)),
      withAndWithoutV(`pcmpgt${letter}`, compare(signed, 6)),
    )
    result[`vpcmp${letter}`] = compare(signed, null)
    result[`vpcmpu${letter}`] = compare(unsigned, null)
    result[`vptestm${letter}`] = bitTest(bytes, false)
    result[`vptestnm${letter}`] = bitTest(bytes, true)
  }
  return result
}

/** ptest, vtestps: ZF where no bit of `bits` is in both, CF where all of b's are in a. Nothing is written. */
function wholeTest(bytes: ElementBytes): Semantics {
  return (state, instruction) => {
    const a = vectorAt(instruction, 0)
    const length = vectorBytes(a)
    const b = vectorSource(state, instruction, 1, length, 4, null)
    const { u8 } = state.vectors
    const at = a.id * VECTOR_BYTES
    const run = (): void => {
      let inBoth = 0
      let onlyB = 0
      for (let i = 0; i < length; i++) {
        const keep = bytes === 1 ? 0xff : i % bytes === bytes - 1 ? 0x80 : 0
        inBoth |= u8[at + i]! & u8[b.at + i]! & keep
        onlyB |= ~u8[at + i]! & u8[b.at + i]! & keep
      }
      state.flags.change(STATUS, (inBoth === 0 ? ZF : 0) | (onlyB === 0 ? CF : 0))
    }
    return sequence(b.before, run)
  }
}

/** vpshufbitqmb: bit b[i] of a's quadword, for each byte of b. */
const gatherBits: Semantics = intoOpmask({
  element: 1,
  make: (state) => {
    const { u8 } = state.vectors
    return (a, b, lanes) =>
      laneBits(lanes, (i) => {
        const bit = u8[b + i]! & 63
        return ((u8[a + (i & ~7) + (bit >> 3)]! >> (bit & 7)) & 1) === 1
      })
  },
})

export const vectorCompareSemantics: SemanticsTable = {
  ...comparisons(),
  ...withAndWithoutV('ptest', wholeTest(1)),
  vtestps: wholeTest(4),
  vtestpd: wholeTest(8),
  vpshufbitqmb: gatherBits,
}
