/** What an instruction's operands, rather than its form, say about its references. */
import type { Operand } from '../encoder/operands.ts'
import { Reg } from '../encoder/registers.ts'
import { MASKED } from '../encoder/shape.ts'

/** True when some operand is under an opmask. */
export function hasOpmask(operands: readonly Operand[]): boolean {
  for (let index = 0; index < operands.length; index++) {
    const operand = operands[index]!
    if (typeof operand === 'object' && (operand.shape & MASKED) !== 0) return true
  }
  return false
}

/** True when a virtual register stands where only one register can be. */
export const isPinned = (operands: readonly Operand[], fixed: readonly number[]): boolean =>
  fixed.some((index) => {
    const operand = operands[index]
    return operand instanceof Reg && operand.isVirtual
  })
