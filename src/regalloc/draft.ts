/** The draft: a function while it is being allocated, with what spilling has added so far. */
import type { RegKind } from '../encoder/registers.ts'
import type { Abi } from './abi.ts'
import { AllocationError } from './errors.ts'
import type { VFunction, VItem } from './function.ts'
import { copy } from './moves.ts'
import { int32s } from './scratch.ts'
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
   * Whether there are operands that stand for a spilled register's stack slot (slot-access.ts): it lives on under its
   * unit, in memory. The addresses are filled in when the frame is laid out.
   */
  readonly hasSlots: boolean
  /** Units that live in memory or are recomputed at each use. */
  readonly spilled: ReadonlySet<number>
}

/** What spilling makes of a draft. */
export interface Edit {
  /** The body before. */
  readonly before: readonly VItem[]
  /** The draft after. */
  readonly draft: Draft
  /**
   * For each item of the body before, where in the body after begins what has taken its place, and where in that
   * the instruction itself is (anywhere, when there is none); one longer than the body before.
   */
  readonly first: Int32Array
  readonly own: Int32Array
  /** Units that are recomputed from now on, and so live nowhere. */
  readonly gone: readonly number[]
}

/** The draft that a function starts as: its arguments moved from where the convention puts them. */
export function startDraft(source: VFunction, abi: Abi): Draft {
  const moves = source.params.map((param, index) => {
    const arrives = abi.params[index]
    if (arrives === undefined) {
      throw new AllocationError(
        source.name,
        `${source.params.length} parameters, but ${abi.name} passes ${abi.params.length} in registers; put the rest in an argument block`,
      )
    }
    return copy(param, arrives, 'legacy')
  })
  const origins = int32s(moves.length + source.body.length)
  // One by one: for frozen arrays, which bodies are, V8 has no quick way to join them.
  const body: VItem[] = new Array(origins.length)
  for (let i = 0; i < moves.length; i++) {
    origins[i] = -1
    body[i] = moves[i]!
  }
  for (let i = 0; i < source.body.length; i++) {
    origins[moves.length + i] = i
    body[moves.length + i] = source.body[i]!
  }
  return {
    source,
    body,
    origins,
    kinds: source.kinds,
    names: source.names,
    hasSlots: false,
    spilled: new Set(),
  }
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
