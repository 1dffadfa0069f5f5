/** Register allocation, whole: VFunction in, PFunction out. */
import type { P } from '../encoder/registers.ts'
import { type Abi, systemV } from './abi.ts'
import { checkEntry } from './entry.ts'
import { AllocationError } from './errors.ts'
import { findFlow } from './flow.ts'
import { layOutFrame } from './frame.ts'
import type { PFunction, VFunction } from './function.ts'
import { findHints, scanRegisters } from './linear-scan.ts'
import { findLiveRanges, type LiveRanges } from './liveness.ts'
import { pinFixedOperands, startDraft } from './pin.ts'
import { preferenceOf } from './preference.ts'
import { collectReferences, type References } from './references.ts'
import { rewrite } from './rewrite.ts'
import { FIRST_VIRTUAL_UNIT, unitOf } from './units.ts'

/** Gives every virtual register a physical one, spilling where they do not fit, and adds prologue and epilogues. */
export function allocate(fn: VFunction, abi: Abi = systemV): PFunction {
  let draft = startDraft(fn, abi)
  for (;;) {
    const references = collectReferences(draft, abi)
    if (references.pinned.length > 0) {
      draft = pinFixedOperands(draft, references.pinned)
      continue
    }
    const flow = findFlow(draft.body, fn.labelCount, fn.name)
    const ranges = findLiveRanges(flow, references)
    checkEntry(draft, flow, references, ranges, abi)
    const assignment = scanRegisters(
      references,
      ranges,
      preferenceOf(abi),
      findHints(references),
      2 * draft.body.length,
      draft.spilled,
    )
    if (assignment.failedBanks !== 0) throw new AllocationError(fn.name, 'no registers left')
    const places = { unit: assignment.unit, slotOf: new Map<number, number>() }
    const saved = savedRegisters(references, ranges, assignment.unit, abi)
    const frame = layOutFrame(
      { saved, slotBytes: [], makesCalls: references.makesCalls, dirtiesUppers: references.dirtiesUppers },
      abi,
    )
    return rewrite(draft, references, places, frame)
  }
}

/** Callee-saved registers that something lives in, in the convention's order. */
function savedRegisters(
  references: References,
  ranges: LiveRanges,
  assigned: Int16Array,
  abi: Abi,
): readonly P<'r64'>[] {
  const used = new Uint8Array(FIRST_VIRTUAL_UNIT)
  for (let unit = 0; unit < references.unitCount; unit++) {
    if (assigned[unit]! >= 0 && ranges.first[unit]! >= 0) used[assigned[unit]!] = 1
  }
  return abi.calleeSaved.filter((reg) => used[unitOf(reg)] === 1)
}
