/** The draft: a function while it is being allocated, with what spilling has added so far. */
import type { RegKind } from '../encoder/registers.ts'
import type { VFunction, VItem } from './function.ts'
import { FIRST_VIRTUAL_UNIT, physicalUnitName } from './units.ts'

export interface Draft {
  readonly source: VFunction
  readonly body: readonly VItem[]
  /** For each item of the body, its index in the source's body; −1: added. */
  readonly origins: Int32Array
  /** Kinds and names of virtual registers: the source's, then those that spilling added, which cannot be spilled. */
  readonly kinds: readonly RegKind[]
  readonly names: readonly string[]
  /**
   * Operands that stand for a spilled register's stack slot, and the register's unit: it lives on
   * under that unit, in memory. The addresses are filled in when the frame is laid out.
   */
  readonly slots: ReadonlyMap<object, number>
  /** Units that live in memory or are recomputed at each use. */
  readonly spilled: ReadonlySet<number>
}

/** The name of virtual register `index` in messages and listings: `%acc0`, `%zmm7`. */
export function virtualName(kinds: readonly RegKind[], names: readonly string[], index: number): string {
  const name = names[index]
  return name === undefined || name === '' ? `%${kinds[index] ?? 'register'}${index}` : `%${name}`
}

/** The name of a unit in messages. */
export function unitName(draft: Draft, unit: number): string {
  return unit < FIRST_VIRTUAL_UNIT
    ? physicalUnitName(unit)
    : virtualName(draft.kinds, draft.names, unit - FIRST_VIRTUAL_UNIT)
}
