/**
 * Assignment: tries ever harder to give every unit a register, then decides what is spilled.
 *
 * 1. Linear scan, first fit: what nearly every function needs, in linear time.
 * 2. Per bank, while the values alive at once do fit its registers: best fit; then best fit again with the units
 *    that found nothing placed first. Ranges with holes can make first fit fail where a packing exists.
 * 3. Linear scan that throws out whatever is cheapest.
 */
import type { Abi } from './abi.ts'
import type { Draft } from './draft.ts'
import type { Flow } from './flow.ts'
import { LinearScan, type ScanResult } from './linear-scan.ts'
import type { LiveRanges } from './liveness.ts'
import { preferenceOf } from './preference.ts'
import { capacityOf, highestPressure, noRegistersLeft } from './pressure.ts'
import type { References } from './references.ts'
import { int16s } from './scratch.ts'
import { spillCosts } from './spill-cost.ts'
import { BANK_COUNT, FIRST_VIRTUAL_UNIT } from './units.ts'

/** How often a bank is packed anew with one more unit placed first. */
const EARLY_ATTEMPTS = 12

export interface Assignment {
  /** Physical unit of each unit; −1 for those without. */
  readonly assigned: Int16Array
  /** Units that have to be spilled before another attempt. */
  readonly spilled: readonly number[]
}

/** Registers that stay from an attempt before, and the banks, as bits, whose units are to be given registers. */
export interface Start {
  readonly assigned: Int16Array
  readonly banks: number
}

/** What stays of an attempt whose units in these banks are now in memory: what nothing has changed for. */
export function startAgain(
  { assigned, spilled }: Assignment,
  before: References,
  { bank, allowed, wishes, unitCount }: References,
): Start {
  let banks = 0
  for (const unit of spilled) banks |= 1 << bank[unit]!
  for (let unit = before.unitCount; unit < unitCount; unit++) banks |= 1 << bank[unit]!
  for (let unit = FIRST_VIRTUAL_UNIT; unit < before.unitCount; unit++) {
    if (allowed[unit] !== before.allowed[unit] || wishes[unit] !== before.wishes[unit])
      banks |= 1 << bank[unit]!
  }
  const kept = int16s(unitCount, -1)
  for (let unit = 0; unit < before.unitCount; unit++) {
    if (unit < FIRST_VIRTUAL_UNIT || ((banks >> bank[unit]!) & 1) === 0) kept[unit] = assigned[unit]!
  }
  return { assigned: kept, banks }
}

function startAfresh(references: References): Start {
  const assigned = int16s(references.unitCount, -1)
  for (let physical = 0; physical < FIRST_VIRTUAL_UNIT; physical++) assigned[physical] = physical
  return { assigned, banks: (1 << BANK_COUNT) - 1 }
}

export function assignRegisters(
  draft: Draft,
  flow: Flow,
  references: References,
  ranges: LiveRanges,
  abi: Abi,
  start: Start = startAfresh(references),
): Assignment {
  const positions = 2 * draft.body.length
  const scan = new LinearScan(references, ranges, preferenceOf(abi), positions, draft.spilled)
  let { assigned } = start
  const { banks } = start
  const simple = scan.run({ banks, tight: false, early: [], costs: null }, assigned)
  if (simple.failed.every((unit) => unit < 0)) return simple

  assigned = simple.assigned
  const spilled: number[] = []
  for (let bank = 0; bank < BANK_COUNT; bank++) {
    if (simple.failed[bank]! < 0) continue
    for (let unit = FIRST_VIRTUAL_UNIT; unit < references.unitCount; unit++) {
      if (references.bank[unit] === bank) assigned[unit] = -1
    }
    const packed = pack(scan, bank, references, ranges, positions, assigned, draft)
    if (packed !== null) {
      assigned = packed.assigned
      continue
    }
    const costs = spillCosts(draft, flow, references, ranges, bank)
    const spilling = scan.run({ banks: 1 << bank, tight: true, early: [], costs }, assigned)
    if (spilling.failed[bank]! >= 0) {
      throw noRegistersLeft(draft, flow, references, ranges, spilling.failed[bank]!)
    }
    spilled.push(...spilling.spilled)
  }
  return { assigned, spilled }
}

/** Step 2, for one bank; null when its values do not fit, or no packing was found. */
function pack(
  scan: LinearScan,
  bank: number,
  references: References,
  ranges: LiveRanges,
  positions: number,
  assigned: Int16Array,
  draft: Draft,
): ScanResult | null {
  if (highestPressure(draft, references, ranges, bank, positions) > capacityOf(references, bank)) return null
  const early: number[] = []
  for (let attempt = 0; attempt <= EARLY_ATTEMPTS; attempt++) {
    const result = scan.run({ banks: 1 << bank, tight: true, early, costs: null }, assigned)
    const failed = result.failed[bank]!
    if (failed < 0) return result
    if (early.includes(failed)) return null
    early.push(failed)
  }
  return null
}
