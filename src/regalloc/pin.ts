/**
 * Pins: an operand that only one register can be (the cl of a shift) is written through that register, so that
 * a virtual register may stand there.
 */
import type { EncodableForm } from '../encoder/encodable.ts'
import { Reg } from '../encoder/registers.ts'
import type { Draft } from './draft.ts'
import type { VInst, VItem } from './function.ts'
import { copy, inst } from './moves.ts'

/** Replaces virtual registers at fixed operands of the instructions at `pinned` by the registers themselves. */
export function pinFixedOperands(draft: Draft, pinned: readonly number[]): Draft {
  const body: VItem[] = []
  const origins: number[] = []
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
      if (access !== 'w') add(copy(fixed, operand, scheme), -1)
      if (access !== 'r') after.push(copy(operand, fixed, scheme))
      return fixed
    })
    add(inst(item.form.mnemonic, operands), draft.origins[i]!)
    for (const move of after) add(move, -1)
  }
  return { ...draft, body, origins: Int32Array.from(origins) }
}
