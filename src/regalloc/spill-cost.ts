/** What it costs to spill each unit: its uses weighted by loop depth, over how much room it would free. */
import type { Draft } from './draft.ts'
import { type Flow, MAX_DEPTH, type MarkedLoop } from './flow.ts'
import type { LiveRanges } from './liveness.ts'
import { READS, REF_SHIFT, type References, WRITES } from './references.ts'
import { constantDefinition } from './rematerialise.ts'
import { float64s, uint8s } from './scratch.ts'
import { FIRST_VIRTUAL_UNIT } from './units.ts'

/** What a use costs by its depth, up to the deepest that is told apart (flow.ts). */
const WEIGHTS: readonly number[] = Array.from({ length: MAX_DEPTH + 1 }, (_, depth) => 10 ** depth)

/** The innermost hot loop around a body index, if any. */
export function hotLoopAt(loops: readonly MarkedLoop[], at: number): MarkedLoop | undefined {
  return loops.findLast((loop) => loop.hot && loop.start <= at && at < loop.end)
}

/**
 * Cost of each unit of a bank: (loads + stores that spilling would add, each times 10^depth) / positions freed.
 * Infinite for units used inside a hot loop, and for those that spilling itself has made.
 */
export function spillCosts(
  draft: Draft,
  flow: Flow,
  references: References,
  ranges: LiveRanges,
  bank: number,
): Float64Array {
  const { unitCount, start, refs } = references
  const costs = float64s(unitCount)
  const stores = float64s(unitCount)
  const hot = uint8s(draft.body.length)
  for (const loop of flow.loops) if (loop.hot) hot.fill(1, loop.start, loop.end)
  for (let block = 0; block < flow.blockCount; block++) {
    const weight = WEIGHTS[flow.depth[block]!]!
    for (let i = flow.start[block]!; i < flow.start[block + 1]!; i++) {
      const cost = hot[i] === 1 ? Number.POSITIVE_INFINITY : weight
      const end = start[i + 1]!
      for (let r = start[i]!; r < end; r++) {
        const ref = refs[r]!
        if ((ref & READS) !== 0 || hot[i] === 1) costs[ref >> REF_SHIFT]! += cost
        if ((ref & WRITES) !== 0) stores[ref >> REF_SHIFT]! += weight
      }
    }
  }
  for (let unit = FIRST_VIRTUAL_UNIT; unit < unitCount; unit++) {
    if (references.bank[unit] !== bank) continue
    if (unit - FIRST_VIRTUAL_UNIT >= draft.source.kinds.length) costs[unit] = Number.POSITIVE_INFINITY
    if (costs[unit] === Number.POSITIVE_INFINITY) continue
    if (constantDefinition(draft, references, unit) < 0) costs[unit]! += stores[unit]!
    let length = 0
    for (let r = ranges.first[unit]!; r >= 0; r = ranges.next[r]!) length += ranges.to[r]! - ranges.from[r]!
    if (length > 0) costs[unit]! /= length
  }
  return costs
}
