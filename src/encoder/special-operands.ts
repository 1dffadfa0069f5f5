/** Operands that have a place of their own: addresses outside of ModRM, address registers, default flags. */
import type { EncodableForm } from './encodable.ts'
import { isAddress32 } from './modrm.ts'
import { Mem, type Operand } from './operands.ts'
import type { Reg } from './registers.ts'

type Maybe = Operand | undefined

/**
 * The memory operand whose prefixes speak for all that no ModRM byte holds: of a string instruction what rsi points
 * to, which may have a segment, before what rdi points to. A string is the reason when the operands contradict each other.
 */
export function specialAddress(form: EncodableForm, operands: readonly Maybe[]): Mem | string {
  const mems = operands.filter((operand) => operand instanceof Mem)
  const [first, second] = mems
  if (second !== undefined && isAddress32(first!) !== isAddress32(second)) {
    return 'both addresses must be of the same width'
  }
  const source = mems.find((mem) => mem.base?.id === SOURCE)
  if (source !== undefined || form.immediateIndex >= 0) return source ?? first!
  // The es of the destination goes without saying.
  const { base, width } = first!
  return first!.segment === null ? first! : new Mem(width, base, null, 1, 0, null, false, null)
}

/** Number of rsi and esi. */
const SOURCE = 6

/** Why an address in a register does not go with the memory operand, or null. */
export function addressRegisterProblem(register: Reg, rm: Maybe): string | null {
  if (!(rm instanceof Mem) || isAddress32(rm) === (register.kind === 'r32')) return null
  return `the address in ${register} and that of the memory operand must be of the same width`
}

/**
 * EVEX.V′vvvv of a conditional comparison, as a register number would give it: the default flags, which are not
 * stored inverted, and the upper bit of the condition. −1 when the flags are out of range.
 */
export function conditionalVvvv(flags: number, condition: number): number {
  if (flags < 0 || flags > 15) return -1
  return (~flags & 15) | (condition & 8 ? 0 : 16)
}
