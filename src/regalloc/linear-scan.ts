/**
 * Linear scan: gives every unit a register for all its live ranges (holes included), in one pass over the
 * units in order of their first position. Which unit may be thrown out when nothing is free is the caller's say.
 */

import { WISH_ADDRESS, WISH_LOW } from './form-facts.ts'
import type { LiveRanges } from './liveness.ts'
import type { Preference } from './preference.ts'
import type { References } from './references.ts'
import { RegistersOverTime } from './registers-over-time.ts'
import { int16s, int32s } from './scratch.ts'
import { BANK_COUNT, BANK_START, FIRST_VIRTUAL_UNIT } from './units.ts'

const WISHES = WISH_LOW | WISH_ADDRESS

/** Which unit is copied into and out of each unit: sharing a register makes the copy vanish. */
interface Hints {
  readonly from: Int32Array
  readonly to: Int32Array
}

/** Of several copies the last in the body counts: in a loop that is the one that repeats. */
function findHints(references: References): Hints {
  const from = int32s(references.unitCount, -1)
  const to = int32s(references.unitCount, -1)
  for (const copy of references.copies) {
    from[copy.to] = copy.from
    to[copy.from] = copy.to
  }
  return { from, to }
}

/** How a scan chooses. */
export interface Strategy {
  /** Banks to do, as bits. */
  readonly banks: number
  /**
   * Best fit: of the free registers take the one that is needed again soonest, so that long gaps stay whole.
   * Otherwise the first in order of preference.
   */
  readonly tight: boolean
  /** Units to place before all others. */
  readonly early: readonly number[]
  /** What spilling a unit costs, or null when nothing may be spilled. Infinity: cannot be. */
  readonly costs: Float64Array | null
}

export interface ScanResult {
  /** Physical unit of each unit; −1 for those that have none. Physical units stand for themselves. */
  readonly assigned: Int16Array
  /** Of each bank the unit for which there was no register, or −1; the scan of the bank ended there. */
  readonly failed: Int32Array
  /** Units to be spilled. */
  readonly spilled: readonly number[]
}

export class LinearScan {
  readonly #references: References
  readonly #ranges: LiveRanges
  readonly #preference: Preference
  readonly #hints: Hints
  /** Units in order of their first position. */
  readonly #order: Int32Array

  /** Units in `skipped` (they live in memory) get no register. */
  constructor(
    references: References,
    ranges: LiveRanges,
    preference: Preference,
    positions: number,
    skipped: ReadonlySet<number>,
  ) {
    this.#references = references
    this.#ranges = ranges
    this.#preference = preference
    this.#hints = findHints(references)
    this.#order = inOrder(references.unitCount, ranges, positions, skipped)
  }

  /** Places the units of the strategy's banks; `assigned` holds those of other banks and is not changed. */
  run(strategy: Strategy, assigned: Int16Array): ScanResult {
    const { bank } = this.#references
    const placed = int16s(assigned.length)
    placed.set(assigned)
    const registers = new RegistersOverTime(this.#ranges)
    const spilled: number[] = []
    const failed = int32s(BANK_COUNT, -1)
    let banks = strategy.banks
    for (const unit of strategy.early) {
      const choice = this.#choose(unit, strategy, placed, registers)
      if (choice < 0) continue
      placed[unit] = choice
      registers.takeEarly(choice, unit)
    }
    for (let index = 0; index < this.#order.length; index++) {
      const unit = this.#order[index]!
      if (((banks >> bank[unit]!) & 1) === 0 || placed[unit]! >= 0) continue
      registers.advance(this.#ranges.from[this.#ranges.first[unit]!]!)
      let choice = this.#choose(unit, strategy, placed, registers)
      if (choice < 0) {
        choice =
          strategy.costs === null ? NO_ROOM : this.#makeRoom(unit, strategy.costs, placed, registers, spilled)
        if (choice === NO_ROOM) {
          failed[bank[unit]!] = unit
          banks &= ~(1 << bank[unit]!)
        }
        if (choice < 0) continue
      }
      placed[unit] = choice
      registers.take(choice, unit)
    }
    return { assigned: placed, failed, spilled }
  }

  #allows(unit: number, physical: number): boolean {
    const { allowed, bank } = this.#references
    return ((allowed[unit]! >>> (physical - BANK_START[bank[unit] as 0])) & 1) === 1
  }

  #choose(unit: number, strategy: Strategy, placed: Int16Array, registers: RegistersOverTime): number {
    const { allowed, bank, wishes } = this.#references
    for (let which = 0; which < 2; which++) {
      const partner = (which === 0 ? this.#hints.from : this.#hints.to)[unit]!
      const physical = partner < 0 ? -1 : placed[partner]!
      if (physical < 0 || bank[physical] !== bank[unit]) continue
      if (this.#allows(unit, physical) && registers.isFree(physical, unit)) return physical
    }
    const candidates = this.#preference[bank[unit]!]![wishes[unit]! & WISHES]!
    const bankStart = BANK_START[bank[unit] as 0]
    const mask = allowed[unit]!
    const begin = this.#ranges.from[this.#ranges.first[unit]!]!
    let best = -1
    let bestUntil = 0
    for (let c = 0; c < candidates.length; c++) {
      const physical = candidates[c]!
      if (registers.isTakenAt(physical, begin) || ((mask >>> (physical - bankStart)) & 1) === 0) continue
      if (!registers.isFree(physical, unit)) continue
      if (!strategy.tight) return physical
      const until = registers.freeUntil(physical)
      if (best < 0 || until < bestUntil) {
        best = physical
        bestUntil = until
      }
    }
    return best
  }

  /** Spills what is cheapest: the unit itself (SPILLED_ITSELF), or all that keep it out of one register, which is returned. */
  #makeRoom(
    unit: number,
    costs: Float64Array,
    placed: Int16Array,
    registers: RegistersOverTime,
    spilled: number[],
  ): number {
    const { bank, wishes } = this.#references
    let best = SPILLED_ITSELF
    let bestCost = costs[unit]!
    const candidates = this.#preference[bank[unit]!]![wishes[unit]! & WISHES]!
    for (let c = 0; c < candidates.length; c++) {
      const physical = candidates[c]!
      if (!this.#allows(unit, physical)) continue
      const { blockers } = registers
      const count = registers.findBlockers(physical, unit)
      let cost = 0
      for (let b = 0; b < count; b++) {
        const blocker = blockers[b]!
        cost += blocker < FIRST_VIRTUAL_UNIT ? Infinity : costs[blocker]!
      }
      if (cost < bestCost) {
        best = physical
        bestCost = cost
      }
    }
    if (bestCost === Infinity) return NO_ROOM
    if (best === SPILLED_ITSELF) {
      spilled.push(unit)
      return best
    }
    const count = registers.findBlockers(best, unit)
    for (const blocker of registers.blockers.slice(0, count)) {
      spilled.push(blocker)
      placed[blocker] = -1
      registers.evict(best, blocker)
    }
    return best
  }
}

/** Virtual units in order of their first position, those that begin together by number; sorted by counting. */
function inOrder(
  unitCount: number,
  ranges: LiveRanges,
  positions: number,
  skipped: ReadonlySet<number>,
): Int32Array {
  const place = int32s(positions + 1)
  const begin = int32s(unitCount, -1)
  let count = 0
  for (let unit = FIRST_VIRTUAL_UNIT; unit < unitCount; unit++) {
    const range = ranges.first[unit]!
    if (range < 0 || (skipped.size > 0 && skipped.has(unit))) continue
    begin[unit] = ranges.from[range]!
    place[begin[unit]! + 1]!++
    count++
  }
  for (let position = 1; position <= positions; position++) place[position]! += place[position - 1]!
  const order = int32s(count)
  for (let unit = FIRST_VIRTUAL_UNIT; unit < unitCount; unit++) {
    if (begin[unit]! >= 0) order[place[begin[unit]!]!++] = unit
  }
  return order
}

const SPILLED_ITSELF = -1
const NO_ROOM = -2
