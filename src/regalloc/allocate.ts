/** Register allocation, whole, on one page: VFunction in, PFunction out. */
import { type Abi, systemV } from './abi.ts'
import { assignRegisters, type Start, startAgain } from './assign.ts'
import { carryReferences, collectReferences } from './collect-references.ts'
import { type Draft, type Edit, startDraft } from './draft.ts'
import { checkEntry } from './entry.ts'
import { carryFlow, type Flow, findFlow } from './flow.ts'
import { layOutFrame } from './frame.ts'
import type { PFunction, VFunction } from './function.ts'
import { carryRanges, findLiveRanges, type LiveRanges } from './liveness.ts'
import { pinFixedOperands } from './pin.ts'
import type { References } from './references.ts'
import { rewrite } from './rewrite.ts'
import { withScratch } from './scratch.ts'
import { placeSlots } from './slots.ts'
import { spill } from './spill.ts'

/**
 * Gives every virtual register a physical one, spilling where they do not all fit, and adds prologue and
 * epilogues. The same function gives the same result. AllocationError when a register is read before it is
 * written, or when nothing that may be spilled would make room.
 */
export function allocate(fn: VFunction, abi: Abi = systemV): PFunction {
  return withScratch(() => allocated(fn, abi))
}

function allocated(fn: VFunction, abi: Abi): PFunction {
  let draft = startDraft(fn, abi)
  let found = analyse(draft, abi)
  const { pinned } = found.references
  if (pinned.length > 0) {
    draft = pinFixedOperands(draft, found.ranges, pinned)
    found = analyse(draft, abi)
  }
  checkEntry(draft, found.flow, found.references, found.ranges, abi)
  let start: Start | undefined
  for (;;) {
    const { flow, references, ranges } = found
    // Which physical register each unit gets; or what has to go to memory, and then once more.
    const assignment = assignRegisters(draft, flow, references, ranges, abi, start)
    const { assigned, spilled } = assignment
    if (spilled.length > 0) {
      const edit = spill(draft, references, spilled)
      draft = edit.draft
      found = carryOver(found, edit, abi)
      start = startAgain(assignment, references, found.references)
      continue
    }
    // The frame around it, and physical operands.
    const slots = placeSlots(draft, references, ranges)
    const frame = layOutFrame(references, ranges, assigned, slots.bytes, abi)
    return rewrite(draft, references, { assigned, slotOf: slots.slotOf }, frame)
  }
}

/** What assignment needs to know of a draft. */
interface Analysis {
  /** What each instruction reads, writes and demands. */
  readonly references: References
  readonly flow: Flow
  /** Where each register is live. */
  readonly ranges: LiveRanges
}

function analyse(draft: Draft, abi: Abi): Analysis {
  const references = collectReferences(draft, abi)
  const flow = findFlow(draft.body, draft.source.labelCount, draft.source.name)
  return { references, flow, ranges: findLiveRanges(flow, references) }
}

/** The analysis of a draft that spilling has made: it changes little, so little is looked at anew. */
function carryOver({ references, flow, ranges }: Analysis, edit: Edit, abi: Abi): Analysis {
  const carried = carryReferences(references, edit, abi)
  return { references: carried, flow: carryFlow(flow, edit), ranges: carryRanges(ranges, carried, edit) }
}
