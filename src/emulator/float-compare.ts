/** Floating-point comparisons: into vectors, opmasks and flags. */
import { CF, PF, STATUS, ZF } from './flags.ts'
import { FLOAT_SUFFIXES } from './float.ts'
import type { Lanes } from './float-lanes.ts'
import { type Semantics, type SemanticsTable, sequence, withAndWithoutV } from './instruction.ts'
import { compare, type Relation } from './soft-float.ts'
import { type State, VECTOR_BYTES } from './state.ts'
import { intoOpmask, type LaneRun, laneBits, packed, scalar } from './vector.ts'
import { inFloatUnit, vectorAt, vectorSource } from './vector-operand.ts'

const L = 1
const E = 2
const G = 4
const U = 8
const RELATION: Readonly<Record<Relation, number>> = { less: L, equal: E, greater: G, unordered: U }

/** For which relations each of the sixteen predicates holds (SDM Vol. 2A, table 3-1); 16–31 are the same. */
const HOLDS = [
  E,
  L,
  L | E,
  U,
  L | G | U,
  E | G | U,
  G | U,
  L | E | G,
  E | U,
  L | U,
  L | E | U,
  0,
  L | G,
  E | G,
  G,
  15,
] as const
/** Whether they complain about quiet NaNs; 16–31 do the opposite. */
const SIGNALS = [0, 1, 1, 0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 1, 1, 0] as const

/** Tests one lane. */
type LaneTest = (a: number, b: number, immediate: number) => boolean

function laneTest(state: State, { element, format, read }: Lanes, most: number): LaneTest {
  return (a, b, immediate) => {
    const predicate = immediate & most
    const signalling = (SIGNALS[predicate & 15] === 1) !== predicate >= 16
    const relation = compare(
      state.float,
      format,
      read(state, a / element),
      read(state, b / element),
      signalling,
    )
    return (HOLDS[predicate & 15]! & RELATION[relation]) !== 0
  }
}

function byPredicate(lanes: Lanes, isScalar: boolean): Semantics {
  const { element } = lanes
  const make =
    (most: number) =>
    (state: State): LaneRun => {
      const test = laneTest(state, lanes, most)
      const { u8 } = state.vectors
      return (d, a, b, count, active, immediate) => {
        for (let i = 0; i < count; i++) {
          if (((active >>> i) & 1) === 0) continue
          const at = i * element
          u8.fill(test(a + at, b + at, immediate) ? 0xff : 0, d + at, d + at + element)
        }
      }
    }
  const asMask = intoOpmask({
    element,
    floating: true,
    isScalar,
    make: (state) => {
      const test = laneTest(state, lanes, 31)
      return (a, b, count, active, immediate) =>
        laneBits(
          count,
          (i) => ((active >>> i) & 1) === 1 && test(a + i * element, b + i * element, immediate),
        )
    },
  })
  const vector = (most: number): Semantics =>
    isScalar
      ? scalar({ element, floating: true, make: make(most) })
      : packed({ element, lanewise: true, floating: true, make: make(most) })
  // Legacy encodings have eight predicates.
  const [legacy, vex] = [vector(7), vector(31)]
  return (state, instruction) => {
    const { operands, scheme } = instruction.form
    const semantics = operands[0]!.token.startsWith('k') ? asMask : scheme === 'legacy' ? legacy : vex
    return semantics(state, instruction)
  }
}

/** comiss and ucomiss: the relation as the flags of an unsigned comparison, PF for unordered. */
function intoFlags({ element, format, read }: Lanes, signalling: boolean): Semantics {
  return (state, instruction) => {
    const a = vectorAt(instruction, 0).id * VECTOR_BYTES
    const b = vectorSource(state, instruction, 1, element, element, null)
    const run = (): void => {
      const relation = compare(
        state.float,
        format,
        read(state, a / element),
        read(state, b.at / element),
        signalling,
      )
      const flags = { less: CF, equal: ZF, greater: 0, unordered: CF | ZF | PF }[relation]
      state.flags.change(STATUS, flags)
    }
    return sequence(b.before, inFloatUnit(state, instruction, run))
  }
}

function table(): Record<string, Semantics> {
  const result: Record<string, Semantics> = {}
  for (const [packedSuffix, scalarSuffix, lanes] of FLOAT_SUFFIXES) {
    Object.assign(result, withAndWithoutV(`cmp${packedSuffix}`, byPredicate(lanes, false)))
    Object.assign(result, withAndWithoutV(`cmp${scalarSuffix}`, byPredicate(lanes, true)))
    Object.assign(result, withAndWithoutV(`comi${scalarSuffix}`, intoFlags(lanes, true)))
    Object.assign(result, withAndWithoutV(`ucomi${scalarSuffix}`, intoFlags(lanes, false)))
  }
  return result
}

export const floatCompareSemantics: SemanticsTable = table()
