/** What may be read before the function has written it: arguments, and nothing else. */
import type { Abi } from './abi.ts'
import { type Draft, unitName } from './draft.ts'
import { AllocationError } from './errors.ts'
import type { Flow } from './flow.ts'
import type { LiveRanges } from './liveness.ts'
import { printItem } from './print.ts'
import { MERGES, READS, REF_SHIFT, type References, WRITES } from './references.ts'
import { uint8s } from './scratch.ts'
import { BANK, FIRST_VIRTUAL_UNIT, unitOf } from './units.ts'

/** AllocationError when some path reads a register before writing it. */
export function checkEntry(
  draft: Draft,
  flow: Flow,
  references: References,
  ranges: LiveRanges,
  abi: Abi,
): void {
  for (const unit of ranges.liveAtEntry) {
    // A spilled register was looked at before it was spilled.
    if (draft.spilled.has(unit)) continue
    // Segment registers and the like hold what the machine's state is.
    if (references.bank[unit] === BANK.other) continue
    if (unit < FIRST_VIRTUAL_UNIT && abi.params.some((reg) => unitOf(reg) === unit)) continue
    const at = findUndefinedRead(unit, flow, references)
    if (at < 0) continue
    const item = draft.body[at]!
    const name = unitName(draft, unit)
    throw new AllocationError(
      draft.source.name,
      `${name} is read at item ${draft.origins[at]} (${printItem(item, draft)}) before it is written, on some path from the entry`,
      [name],
    )
  }
}

/**
 * The first item, in the order of a walk from the entry, that reads a unit no instruction on the way has
 * written; −1 when there is none. A write that merges into a part of the register counts as a write.
 */
function findUndefinedRead(unit: number, flow: Flow, references: References): number {
  const seen = uint8s(flow.blockCount)
  const pending = [0]
  seen[0] = 1
  for (let block = pending.shift(); block !== undefined; block = pending.shift()) {
    let written = false
    for (let i = flow.start[block]!; i < flow.start[block + 1]! && !written; i++) {
      for (let r = references.start[i]!; r < references.start[i + 1]!; r++) {
        const ref = references.refs[r]!
        if (ref >> REF_SHIFT !== unit) continue
        if ((ref & READS) !== 0 && (ref & MERGES) === 0) return i
        if ((ref & WRITES) !== 0) written = true
      }
    }
    if (written) continue
    for (const next of [flow.successors[2 * block]!, flow.successors[2 * block + 1]!]) {
      if (next >= 0 && seen[next] === 0) {
        seen[next] = 1
        pending.push(next)
      }
    }
  }
  return -1
}
