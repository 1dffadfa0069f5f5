/** Stack slots: registers in memory share a slot when they are never live at once. */
import type { Draft } from './draft.ts'
import type { LiveRanges } from './liveness.ts'
import type { References } from './references.ts'
import { slotBytes } from './slot-access.ts'

export interface Slots {
  /** Bytes of each slot. */
  readonly bytes: readonly number[]
  readonly slotOf: ReadonlyMap<number, number>
}

function overlap(ranges: LiveRanges, a: number, b: number): boolean {
  const { first, from, to, next } = ranges
  let r = first[a]!
  let s = first[b]!
  while (r >= 0 && s >= 0) {
    if (to[r]! <= from[s]!) r = next[r]!
    else if (to[s]! <= from[r]!) s = next[s]!
    else return true
  }
  return false
}

/** First fit, in order of unit, among the slots of the same size. */
export function placeSlots(draft: Draft, references: References, ranges: LiveRanges): Slots {
  const bytes: number[] = []
  const tenants: number[][] = []
  const slotOf = new Map<number, number>()
  for (const unit of [...draft.spilled].sort((a, b) => a - b)) {
    if (ranges.first[unit]! < 0) continue
    const size = slotBytes(references.bank[unit]!, references.bits[unit]!)
    let slot = bytes.findIndex(
      (each, index) => each === size && !tenants[index]!.some((tenant) => overlap(ranges, tenant, unit)),
    )
    if (slot < 0) {
      slot = bytes.push(size) - 1
      tenants.push([])
    }
    tenants[slot]!.push(unit)
    slotOf.set(unit, slot)
  }
  return { bytes, slotOf }
}
