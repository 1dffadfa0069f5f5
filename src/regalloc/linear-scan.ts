/**
 * Linear scan: gives every unit a register for all its live ranges, in one pass over the units by where they
 * begin. It never spills; a bank in which some unit finds nothing free is left to colouring (colour.ts).
 *
 * Units come in order of their first position, so what a register holds now is one number, `until`. What is
 * known of the future (physical operands, later ranges of units with holes) is a list of reserved ranges.
 */
import type { LiveRanges } from './liveness.ts'
import type { Preference } from './preference.ts'
import type { References } from './references.ts'
import { WISH_BASE, WISH_LOW } from './references.ts'
import { BANK_START, FIRST_VIRTUAL_UNIT } from './units.ts'

const WISHES = WISH_LOW | WISH_BASE

/** Where each unit lives. */
export interface Assignment {
  /** Physical unit of each unit; −1 for those that have none. Physical units stand for themselves. */
  readonly unit: Int16Array
  /** Banks (as bits) in which not every unit found a register. */
  readonly failedBanks: number
}

/** Which units are copied into and out of each unit: sharing a register makes the copy vanish. */
export interface Hints {
  readonly from: Int32Array
  readonly to: Int32Array
}

/** Hints from the copies; of several, the last in the body counts, which in loops is the one that repeats. */
export function findHints(references: References): Hints {
  const from = new Int32Array(references.unitCount).fill(-1)
  const to = new Int32Array(references.unitCount).fill(-1)
  for (const copy of references.copies) {
    from[copy.to] = copy.from
    to[copy.from] = copy.to
  }
  return { from, to }
}

/** Virtual units in order of their first position, as linked buckets. */
class ByStart {
  readonly first: Int32Array
  readonly next: Int32Array

  constructor(ranges: LiveRanges, unitCount: number, positions: number) {
    this.first = new Int32Array(positions).fill(-1)
    this.next = new Int32Array(unitCount)
    for (let unit = unitCount - 1; unit >= FIRST_VIRTUAL_UNIT; unit--) {
      const range = ranges.first[unit]!
      if (range < 0) continue
      const position = ranges.from[range]!
      this.next[unit] = this.first[position]!
      this.first[position] = unit
    }
  }
}

class Scan {
  readonly #ranges: LiveRanges
  /** Where the value in each physical unit ends. */
  readonly #until: Int32Array
  /** Reserved ranges of each physical unit, ascending; those that have passed are dropped. */
  readonly #reserved: Int32Array
  readonly #from: Int32Array
  readonly #to: Int32Array
  readonly #next: Int32Array
  #count = 0

  constructor(ranges: LiveRanges) {
    this.#ranges = ranges
    this.#until = new Int32Array(FIRST_VIRTUAL_UNIT)
    this.#reserved = new Int32Array(FIRST_VIRTUAL_UNIT).fill(-1)
    this.#from = new Int32Array(ranges.count)
    this.#to = new Int32Array(ranges.count)
    this.#next = new Int32Array(ranges.count)
    for (let physical = 0; physical < FIRST_VIRTUAL_UNIT; physical++) {
      this.#reserve(physical, ranges.first[physical]!)
    }
  }

  /** Adds a unit's ranges, from `range` on, to what is reserved of a register. */
  #reserve(physical: number, range: number): void {
    let before = -1
    let after = this.#reserved[physical]!
    for (let r = range; r >= 0; r = this.#ranges.next[r]!) {
      while (after >= 0 && this.#from[after]! < this.#ranges.from[r]!) {
        before = after
        after = this.#next[after]!
      }
      const added = this.#count++
      this.#from[added] = this.#ranges.from[r]!
      this.#to[added] = this.#ranges.to[r]!
      this.#next[added] = after
      if (before < 0) this.#reserved[physical] = added
      else this.#next[before] = added
      before = added
    }
  }

  isFree(physical: number, unit: number): boolean {
    const { first, from, to, next } = this.#ranges
    let range = first[unit]!
    const begin = from[range]!
    if (this.#until[physical]! > begin) return false
    let taken = this.#reserved[physical]!
    if (taken < 0) return true
    while (taken >= 0 && this.#to[taken]! <= begin) taken = this.#next[taken]!
    this.#reserved[physical] = taken
    for (; range >= 0; range = next[range]!) {
      while (taken >= 0 && this.#to[taken]! <= from[range]!) taken = this.#next[taken]!
      if (taken < 0) return true
      if (this.#from[taken]! < to[range]!) return false
    }
    return true
  }

  take(physical: number, unit: number): void {
    const range = this.#ranges.first[unit]!
    this.#until[physical] = this.#ranges.to[range]!
    this.#reserve(physical, this.#ranges.next[range]!)
  }
}

/** `skipped` units (those in memory) get no register. */
export function scanRegisters(
  references: References,
  ranges: LiveRanges,
  preference: Preference,
  hints: Hints,
  positions: number,
  skipped: ReadonlySet<number>,
): Assignment {
  const { unitCount, bank, allowed, wishes } = references
  const assigned = new Int16Array(unitCount).fill(-1)
  for (let physical = 0; physical < FIRST_VIRTUAL_UNIT; physical++) assigned[physical] = physical
  const order = new ByStart(ranges, unitCount, positions)
  const scan = new Scan(ranges)
  let failedBanks = 0

  /** The register of a hint's partner, if this unit can have it; −1 if not. */
  const hinted = (partner: number, unit: number): number => {
    if (partner < 0) return -1
    const physical = assigned[partner]!
    if (physical < 0 || bank[physical] !== bank[unit]) return -1
    const number = physical - BANK_START[bank[unit] as 0]
    return ((allowed[unit]! >>> number) & 1) === 1 && scan.isFree(physical, unit) ? physical : -1
  }

  for (let position = 0; position < positions; position++) {
    for (let unit = order.first[position]!; unit >= 0; unit = order.next[unit]!) {
      const ownBank = bank[unit]!
      if (((failedBanks >> ownBank) & 1) === 1 || (skipped.size > 0 && skipped.has(unit))) continue
      let choice = hinted(hints.from[unit]!, unit)
      if (choice < 0) choice = hinted(hints.to[unit]!, unit)
      if (choice < 0) {
        const candidates = preference[ownBank]![wishes[unit]! & WISHES]!
        const bankStart = BANK_START[ownBank as 0]
        const mask = allowed[unit]!
        for (let c = 0; c < candidates.length; c++) {
          const physical = candidates[c]!
          if (((mask >>> (physical - bankStart)) & 1) === 1 && scan.isFree(physical, unit)) {
            choice = physical
            break
          }
        }
      }
      if (choice < 0) {
        failedBanks |= 1 << ownBank
        continue
      }
      assigned[unit] = choice
      scan.take(choice, unit)
    }
  }
  return { unit: assigned, failedBanks }
}
