/** Register allocation, whole, on one page: VFunction in, PFunction out. */
import { type Abi, systemV } from './abi.ts'
import { assignRegisters } from './assign.ts'
import { startDraft } from './draft.ts'
import { checkEntry } from './entry.ts'
import { findFlow } from './flow.ts'
import { layOutFrame } from './frame.ts'
import type { PFunction, VFunction } from './function.ts'
import { findLiveRanges } from './liveness.ts'
import { pinFixedOperands } from './pin.ts'
import { collectReferences } from './references.ts'
import { rewrite } from './rewrite.ts'
import { placeSlots } from './slots.ts'
import { spill } from './spill.ts'

/**
 * Gives every virtual register a physical one, spilling where they do not all fit, and adds prologue and
 * epilogues. The same function gives the same result. AllocationError when a register is read before it is
 * written, or when nothing that may be spilled would make room.
 */
export function allocate(fn: VFunction, abi: Abi = systemV): PFunction {
  let draft = startDraft(fn, abi)
  for (;;) {
    // What each instruction reads, writes and demands.
    const references = collectReferences(draft, abi)
    // Where each register is live.
    const flow = findFlow(draft.body, fn.labelCount, fn.name)
    const ranges = findLiveRanges(flow, references)
    if (references.pinned.length > 0) {
      draft = pinFixedOperands(draft, ranges, references.pinned)
      continue
    }
    checkEntry(draft, flow, references, ranges, abi)
    // Which physical register it gets; or what has to go to memory, and then everything once more.
    const { assigned, spilled } = assignRegisters(draft, flow, references, ranges, abi)
    if (spilled.length > 0) {
      draft = spill(draft, references, spilled)
      continue
    }
    // The frame around it, and physical operands.
    const slots = placeSlots(draft, references, ranges)
    const frame = layOutFrame(references, ranges, assigned, slots.bytes, abi)
    return rewrite(draft, references, { assigned, slotOf: slots.slotOf }, frame)
  }
}
