/** What each physical register holds, now and later, while units are placed in order of their first position. */
import type { LiveRanges } from './liveness.ts'
import { int32s } from './scratch.ts'
import { FIRST_VIRTUAL_UNIT } from './units.ts'

/**
 * The present of a register is one number, `until`; its known future (physical operands, later ranges of
 * units with holes) is a list of reserved ranges, ascending. Both remember their owner.
 */
export class RegistersOverTime {
  readonly #ranges: LiveRanges
  readonly #until: Int32Array = int32s(FIRST_VIRTUAL_UNIT)
  readonly #occupant: Int32Array = int32s(FIRST_VIRTUAL_UNIT, -1)
  /** First reserved range of each register; those that have passed are dropped. */
  readonly #reserved: Int32Array = int32s(FIRST_VIRTUAL_UNIT, -1)
  readonly #from: Int32Array
  readonly #to: Int32Array
  readonly #next: Int32Array
  readonly #owner: Int32Array
  #count = 0
  /** What findBlockers found last. Longer, mostly: to shorten an array takes V8 longer than to fill it. */
  readonly blockers: number[] = []
  /** Where the walk is: everything that ended before may be forgotten. */
  #now = 0

  constructor(ranges: LiveRanges) {
    this.#ranges = ranges
    this.#from = int32s(ranges.count)
    this.#to = int32s(ranges.count)
    this.#next = int32s(ranges.count)
    this.#owner = int32s(ranges.count)
    for (let physical = 0; physical < FIRST_VIRTUAL_UNIT; physical++) {
      this.#reserve(physical, physical, ranges.first[physical]!)
    }
  }

  /** Adds a unit's ranges, from `range` on, to the future of a register. */
  #reserve(physical: number, unit: number, range: number): void {
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
      this.#owner[added] = unit
      this.#next[added] = after
      if (before < 0) this.#reserved[physical] = added
      else this.#next[before] = added
      before = added
    }
  }

  /** From now on only units that begin at `position` or later are asked about. */
  advance(position: number): void {
    this.#now = position
  }

  /** The first reserved range of a register that has not passed. */
  #firstReserved(physical: number): number {
    let taken = this.#reserved[physical]!
    if (taken < 0 || this.#to[taken]! > this.#now) return taken
    while (taken >= 0 && this.#to[taken]! <= this.#now) taken = this.#next[taken]!
    this.#reserved[physical] = taken
    return taken
  }

  /** True when a value that began before `position` is still in the register. Quick; isFree is the whole truth. */
  isTakenAt(physical: number, position: number): boolean {
    return this.#until[physical]! > position
  }

  /** True when the register is free in all ranges of the unit. */
  isFree(physical: number, unit: number): boolean {
    const { first, from, to, next } = this.#ranges
    let range = first[unit]!
    if (this.#until[physical]! > from[range]!) return false
    let taken = this.#firstReserved(physical)
    for (; range >= 0; range = next[range]!) {
      while (taken >= 0 && this.#to[taken]! <= from[range]!) taken = this.#next[taken]!
      if (taken < 0) return true
      if (this.#from[taken]! < to[range]!) return false
    }
    return true
  }

  /** Where the next reserved range of a register begins. Only after isFree said yes. */
  freeUntil(physical: number): number {
    const taken = this.#firstReserved(physical)
    return taken < 0 ? Number.MAX_SAFE_INTEGER : this.#from[taken]!
  }

  /** Puts a unit into a register that is free for it. */
  take(physical: number, unit: number): void {
    const range = this.#ranges.first[unit]!
    this.#until[physical] = this.#ranges.to[range]!
    this.#occupant[physical] = unit
    this.#reserve(physical, unit, this.#ranges.next[range]!)
  }

  /** Puts a unit into a register before the walk begins, when nothing has passed yet. */
  takeEarly(physical: number, unit: number): void {
    this.#reserve(physical, unit, this.#ranges.first[unit]!)
  }

  /** Finds the units (physical ones, too) that keep a unit out of a register; how many, that begin `blockers`. */
  findBlockers(physical: number, unit: number): number {
    const { first, from, to, next } = this.#ranges
    let range = first[unit]!
    let count = 0
    if (this.#until[physical]! > from[range]!) count = this.#block(this.#occupant[physical]!, count)
    let taken = this.#firstReserved(physical)
    while (range >= 0 && taken >= 0) {
      if (this.#to[taken]! <= from[range]!) taken = this.#next[taken]!
      else if (to[range]! <= this.#from[taken]!) range = next[range]!
      else {
        count = this.#block(this.#owner[taken]!, count)
        taken = this.#next[taken]!
      }
    }
    return count
  }

  /** Notes a unit, if it is not among the `count` noted so far; how many there are then. */
  #block(unit: number, count: number): number {
    for (let b = 0; b < count; b++) if (this.blockers[b] === unit) return count
    this.blockers[count] = unit
    return count + 1
  }

  /** Takes a unit out of its register again. */
  evict(physical: number, unit: number): void {
    if (this.#occupant[physical] === unit) {
      this.#occupant[physical] = -1
      this.#until[physical] = 0
    }
    let before = -1
    for (let taken = this.#reserved[physical]!; taken >= 0; taken = this.#next[taken]!) {
      if (this.#owner[taken] !== unit) before = taken
      else if (before < 0) this.#reserved[physical] = this.#next[taken]!
      else this.#next[before] = this.#next[taken]!
    }
  }
}
