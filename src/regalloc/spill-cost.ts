/** What it costs to spill each unit: its uses weighted by loop depth, over how much room it would free. */
import type { Draft } from './draft.ts'
import type { Flow, MarkedLoop } from './flow.ts'
import type { LiveRanges } from './liveness.ts'
import { READS, REF_SHIFT, type References, WRITES } from './references.ts'
import { rematerialisable } from './rematerialise.ts'
import { FIRST_VIRTUAL_UNIT } from './units.ts'

/** The innermost hot loop around a body index, if any. */
export function hotLoopAt(loops: readonly MarkedLoop[], at: number): MarkedLoop | undefined {
  return loops.findLast((loop) => loop.hot && loop.start <= at && at < loop.end)
}

/**
 * Cost of each unit: (loads + stores that spilling would add, each times 10^depth) / positions freed. Infinite for
 * units used inside a hot loop, and for those that spilling itself has made.
 */
export function spillCosts(
  draft: Draft,
  flow: Flow,
  references: References,
  ranges: LiveRanges,
): Float64Array {
  const { unitCount, start, refs } = references
  const costs = new Float64Array(unitCount)
  const constants = rematerialisable(draft, references)
  const hot = new Uint8Array(draft.body.length)
  for (const loop of flow.loops) if (loop.hot) hot.fill(1, loop.start, loop.end)
  for (let block = 0; block < flow.blockCount; block++) {
    const weight = 10 ** flow.depth[block]!
    for (let i = flow.start[block]!; i < flow.start[block + 1]!; i++) {
      const end = start[i + 1]!
      for (let r = start[i]!; r < end; r++) {
        const ref = refs[r]!
        const unit = ref >> REF_SHIFT
        if (unit < FIRST_VIRTUAL_UNIT) continue
        const stores = (ref & WRITES) !== 0 && !constants.has(unit) ? 1 : 0
        costs[unit]! += hot[i] === 1 ? Infinity : weight * (((ref & READS) !== 0 ? 1 : 0) + stores)
      }
    }
  }
  for (let unit = FIRST_VIRTUAL_UNIT; unit < unitCount; unit++) {
    if (unit - FIRST_VIRTUAL_UNIT >= draft.source.kinds.length) costs[unit] = Infinity
    let length = 0
    for (let r = ranges.first[unit]!; r >= 0; r = ranges.next[r]!) length += ranges.to[r]! - ranges.from[r]!
    if (length > 0) costs[unit]! /= length
  }
  return costs
}
