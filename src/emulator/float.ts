/** Floating-point arithmetic, packed and scalar: sums, products, quotients, roots, extremes. */

import {
  ADDITION,
  binaryLanes,
  DIVISION,
  LANES_16,
  LANES_32,
  LANES_64,
  type Lanes,
  MULTIPLICATION,
  SUBTRACTION,
  unaryLanes,
} from './float-lanes.ts'
import { INEXACT } from './float-unit.ts'
import type { Semantics, SemanticsTable } from './instruction.ts'
import * as soft from './soft-float.ts'
import type { State } from './state.ts'
import { type LaneRun, packed, scalar, type VectorOperation } from './vector.ts'

/** The suffixes of a format's packed and scalar instructions. */
export const FLOAT_SUFFIXES: readonly (readonly [packed: string, scalar: string, lanes: Lanes])[] = [
  ['ps', 'ss', LANES_32],
  ['pd', 'sd', LANES_64],
  ['ph', 'sh', LANES_16],
]

/** A lanewise floating-point operation. */
export function floating(
  lanes: Lanes,
  make: (state: State) => LaneRun,
  accumulates = false,
): VectorOperation {
  return { element: lanes.element, lanewise: true, floating: true, accumulates, make }
}

const BINARY = {
  add: [soft.add, ADDITION],
  sub: [soft.subtract, SUBTRACTION],
  mul: [soft.multiply, MULTIPLICATION],
  div: [soft.divide, DIVISION],
  min: [soft.minimum, null],
  max: [soft.maximum, null],
} as const

/** Square roots: the short cut is exact for f32, and for f64 once INEXACT is known. */
function rootLanes(lanes: Lanes): (state: State) => LaneRun {
  const exact = unaryLanes(lanes, (unit, f, a) => soft.squareRoot(unit, f, a))
  if (lanes === LANES_16) return exact
  const isSingle = lanes === LANES_32
  return (state) => {
    const slow = exact(state)
    const { f32, f64 } = state.vectors
    const view = isSingle ? f32 : f64
    const least = isSingle ? 2 ** -126 : 2 ** -1022
    const unit = state.float
    const { element } = lanes
    return (d, a, b, count, active, immediate, c) => {
      for (let i = 0; i < count; i++) {
        if (((active >>> i) & 1) === 0) continue
        const x = view[a / element + i]!
        if (
          unit.isPlain &&
          x >= least &&
          x < Number.POSITIVE_INFINITY &&
          (isSingle || (unit.flags & INEXACT) !== 0)
        ) {
          const r = isSingle ? Math.fround(Math.sqrt(x)) : Math.sqrt(x)
          if (isSingle && r * r !== x) unit.flags |= INEXACT
          view[d / element + i] = r
        } else slow(d + i * element, a + i * element, b, 1, 1, immediate, c)
      }
    }
  }
}

function table(): Record<string, Semantics> {
  const result: Record<string, Semantics> = {}
  for (const [packedSuffix, scalarSuffix, lanes] of FLOAT_SUFFIXES) {
    for (const [name, [exact, shortcut]] of Object.entries(BINARY)) {
      const operation = floating(lanes, binaryLanes(lanes, exact, shortcut))
      for (const prefix of ['', 'v']) {
        result[prefix + name + packedSuffix] = packed(operation)
        result[prefix + name + scalarSuffix] = scalar(operation)
      }
    }
    const root = floating(lanes, rootLanes(lanes))
    for (const prefix of ['', 'v']) {
      result[`${prefix}sqrt${packedSuffix}`] = packed(root)
      result[`${prefix}sqrt${scalarSuffix}`] = scalar({ ...root, isUnary: true })
    }
  }
  return result
}

export const floatSemantics: SemanticsTable = table()
