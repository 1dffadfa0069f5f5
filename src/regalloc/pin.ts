/**
 * Pins: an operand that only one register can be (the cl of a shift) is written through that register, so that
 * a virtual register may stand there. What that register holds by name meanwhile is kept aside.
 */
import type { EncodableForm } from '../encoder/encodable.ts'
import { FIRST_VIRTUAL_ID, Reg, type RegKind } from '../encoder/registers.ts'
import type { Draft } from './draft.ts'
import type { VInst, VItem } from './function.ts'
import { type LiveRanges, readPosition, writePosition } from './liveness.ts'
import { copy, inst } from './moves.ts'
import { unitOf } from './units.ts'

/** Replaces virtual registers at fixed operands of the instructions at `pinned` by the registers themselves. */
export function pinFixedOperands(draft: Draft, ranges: LiveRanges, pinned: readonly number[]): Draft {
  const body: VItem[] = []
  const origins: number[] = []
  const kinds: RegKind[] = [...draft.kinds]
  const names: string[] = [...draft.names]
  const add = (item: VItem, origin: number): void => {
    body.push(item)
    origins.push(origin)
  }
  const at = new Set(pinned)
  for (const [i, item] of draft.body.entries()) {
    if (item.kind !== 'inst' || !at.has(i)) {
      add(item, draft.origins[i]!)
      continue
    }
    const { scheme } = item.form as EncodableForm
    const after: VInst[] = []
    const operands = item.operands.map((operand, index) => {
      const { fixed, access } = item.form.operands[index]!
      if (fixed === null || !(operand instanceof Reg) || !operand.isVirtual) return operand
      if (isLiveAcross(ranges, unitOf(fixed), i)) {
        const aside = new Reg(operand.kind, FIRST_VIRTUAL_ID + kinds.length, null, false, null)
        kinds.push(operand.kind)
        names.push(`${fixed} aside`)
        add(copy(aside, fixed, scheme), -1)
        after.unshift(copy(fixed, aside, scheme))
      }
      if (access !== 'w') add(copy(fixed, operand, scheme), -1)
      if (access !== 'r') after.unshift(copy(operand, fixed, scheme))
      return fixed
    })
    add(inst(item.form.mnemonic, operands), draft.origins[i]!)
    for (const move of after) add(move, -1)
  }
  return { ...draft, body, origins: Int32Array.from(origins), kinds, names }
}

/** True when a physical unit holds, before and after an instruction, a value that is needed later. */
function isLiveAcross(ranges: LiveRanges, unit: number, item: number): boolean {
  for (let r = ranges.first[unit]!; r >= 0; r = ranges.next[r]!) {
    if (ranges.from[r]! <= readPosition(item) && ranges.to[r]! > writePosition(item)) return true
  }
  return false
}
