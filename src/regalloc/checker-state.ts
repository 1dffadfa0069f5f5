/**
 * What the checker knows at one point: which values each register and stack slot holds for certain.
 *
 * A value is named by the variable of the VFunction that has it at that point: a virtual register, or a physical
 * one that the function names. Other values matter to the frame: `rbx on entry`, stack pointers, constants.
 */
import type { Mem } from '../encoder/operands.ts'
import { BANK, BANK_START, bankOfUnit, RSP_UNIT, unitOf } from './units.ts'

/** A value's name: `%7` a virtual register, `rcx` a physical one, `rbx on entry`, `rsp on entry − 16`, `= 64`. */
export type Value = string
/** The values in one place, each with how many of its low bits are there for certain. */
export type Values = Map<Value, number>

/** All bits, whatever the register's width. */
export const ALL_BITS: number = Number.MAX_SAFE_INTEGER

/** rsp, relative to what it was on entry; or, below an `and rsp`, to where that led. */
export interface StackPointer {
  readonly base: 'entry' | 'aligned'
  readonly offset: number
}

export interface StackRange {
  readonly base: StackPointer['base']
  readonly offset: number
  readonly bytes: number
}

/** A physical unit, or a piece of stack. */
export type Place = number | StackRange

const sameRange = (a: StackRange, b: StackRange): boolean =>
  a.base === b.base && a.offset === b.offset && a.bytes === b.bytes
const overlaps = (a: StackRange, b: StackRange): boolean =>
  a.base === b.base && a.offset < b.offset + b.bytes && b.offset < a.offset + a.bytes

const NOTHING: ReadonlyMap<Value, number> = new Map()

export class State {
  #units = new Map<number, Values>()
  #stack: { range: StackRange; values: Values }[] = []
  stackPointer: StackPointer = { base: 'entry', offset: 0 }
  /** Once rsp has been aligned: to how much, and how many bytes above it are the frame's. */
  alignment = 8
  room = 0
  /** Some ymm or zmm register may have been written since the last vzeroupper. */
  dirtyUppers = false
  /** Variables that some path has written; the others hold nothing that could be lost. */
  readonly written: Set<Value> = new Set()

  /** The values at a place. A narrower read of a slot sees the low bits. */
  at(place: Place): ReadonlyMap<Value, number> {
    if (typeof place === 'number') return this.#units.get(place) ?? NOTHING
    const slot = this.#stack.find(
      ({ range }) => range.base === place.base && range.offset === place.offset && range.bytes >= place.bytes,
    )
    return slot === undefined ? NOTHING : low(slot.values, 8 * place.bytes)
  }

  /** Puts values into a place, which loses what it had. */
  put(place: Place, values: ReadonlyMap<Value, number>): void {
    if (typeof place === 'number') {
      this.#units.set(place, new Map(values))
      return
    }
    this.#stack = this.#stack.filter(({ range }) => !overlaps(range, place))
    this.#stack.push({ range: place, values: low(values, 8 * place.bytes) })
  }

  /** rsp moves; what lies below it may be overwritten at any time. */
  moveStackPointer(to: StackPointer): void {
    this.stackPointer = to
    this.#stack = this.#stack.filter(({ range }) => range.base !== to.base || range.offset >= to.offset)
    if (to.base === 'entry') this.#stack = this.#stack.filter(({ range }) => range.base === 'entry')
  }

  /** The variable has got another value: what is somewhere else is no longer it. */
  forget(value: Value): void {
    for (const values of this.#units.values()) values.delete(value)
    for (const { values } of this.#stack) values.delete(value)
  }

  /** `copy` now has the value that `original` has, in its low `bits`. */
  alias(original: Value, copy: Value, bits: number): void {
    if (original === copy) return
    this.forget(copy)
    for (const values of [...this.#units.values(), ...this.#stack.map((slot) => slot.values)]) {
      const known = values.get(original)
      if (known !== undefined) values.set(copy, Math.min(known, bits))
    }
  }

  /** vzeroupper: everything above the low 128 bits of vector registers 0–15 is gone. */
  clearUppers(): void {
    this.dirtyUppers = false
    for (const [unit, values] of this.#units) {
      if (bankOfUnit(unit) === BANK.vector && unit < BANK_START[BANK.vector] + 16) {
        this.#units.set(unit, low(values, 128))
      }
    }
  }

  clone(): State {
    const copy = new State()
    copy.stackPointer = this.stackPointer
    copy.alignment = this.alignment
    copy.room = this.room
    copy.dirtyUppers = this.dirtyUppers
    for (const value of this.written) copy.written.add(value)
    for (const [unit, values] of this.#units) copy.#units.set(unit, new Map(values))
    copy.#stack = this.#stack.map(({ range, values }) => ({ range, values: new Map(values) }))
    return copy
  }

  /** Keeps only what the other state knows, too. True when something was lost. */
  meet(other: State): boolean {
    let lost = other.dirtyUppers && !this.dirtyUppers
    this.dirtyUppers ||= other.dirtyUppers
    for (const value of other.written) {
      if (!this.written.has(value)) lost = true
      this.written.add(value)
    }
    for (const [unit, values] of this.#units) lost = intersect(values, other.at(unit)) || lost
    for (const { range, values } of this.#stack) {
      const same = other.#stack.find((slot) => sameRange(slot.range, range))
      lost = intersect(values, same?.values ?? NOTHING) || lost
    }
    return lost
  }
}

function low(values: ReadonlyMap<Value, number>, bits: number): Values {
  return new Map([...values].map(([value, known]) => [value, Math.min(known, bits)]))
}

function intersect(values: Values, other: ReadonlyMap<Value, number>): boolean {
  let lost = false
  for (const [value, known] of values) {
    const also = other.get(value)
    if (also === undefined) {
      values.delete(value)
      lost = true
    } else if (also < known) {
      values.set(value, also)
      lost = true
    }
  }
  return lost
}

/** The piece of stack that [rsp + disp] is, or null for any other address. */
export function slotAt(state: State, mem: Mem): StackRange | null {
  if (mem.base === null || mem.base.isVirtual || unitOf(mem.base) !== RSP_UNIT || mem.index !== null)
    return null
  const { base, offset } = state.stackPointer
  return { base, offset: offset + mem.disp, bytes: mem.width / 8 }
}
