/** Which registers an instruction reads and writes: what liveness analysis and emulation need to know. */
import type { EncodableForm } from './encodable.ts'
import type { Form } from './form.ts'
import { Mem, type Operand } from './operands.ts'
import { Reg } from './registers.ts'

export type RegisterAccess = 'r' | 'w' | 'rw'

/** Called for each register; `operandIndex` is −1 for one that the instruction does not name. */
export type RegisterVisitor = (reg: Reg, access: RegisterAccess, operandIndex: number) => void

/** True for `vpxord z, z, z`: all sources are one register, and the result does not depend on it. */
function isZeroIdiom(form: Form, operands: readonly Operand[]): boolean {
  let first: Reg | null = null
  for (let index = 0; index < operands.length; index++) {
    const { access } = form.operands[index]!
    if (access !== 'r' && access !== 'rw') continue
    const source = operands[index]!
    if (!(source instanceof Reg)) return false
    first ??= source
    if (source.kind !== first.kind || source.id !== first.id) return false
  }
  return first !== null
}

function visitAddress(mem: Mem, isGather: boolean, visit: RegisterVisitor, operandIndex: number): void {
  if (mem.base !== null) visit(mem.base, 'r', operandIndex)
  if (mem.index !== null) visit(mem.index, 'r', operandIndex)
  // Gathers and scatters clear the mask bit of every element they finish.
  if (mem.opmask !== null) visit(mem.opmask, isGather ? 'rw' : 'r', operandIndex)
}

/**
 * Visits every register that the instruction reads or writes: operands in order, each followed by its opmask;
 * address registers as read; then implicit registers with index −1. A destination that is masked without
 * zeroing keeps some of its elements, so it is visited as `rw` even where the form only writes it. A zero idiom
 * reads nothing, unless a merging mask keeps old elements.
 */
export function visitRegisters(form: Form, operands: readonly Operand[], visit: RegisterVisitor): void {
  const isGather = (form as EncodableForm).vsib === true
  const idiom = form.zeroIdiom && isZeroIdiom(form, operands)
  for (let index = 0; index < operands.length; index++) {
    const operand = operands[index]!
    const spec = form.operands[index]!
    if (operand instanceof Mem) {
      visitAddress(operand, isGather, visit, index)
      continue
    }
    if (!(operand instanceof Reg) || spec.access === 'none') continue
    const merges = (form as EncodableForm).merges && operand.opmask !== null && !operand.zeroing
    let access: RegisterAccess = spec.access
    if (idiom && access === 'rw') access = 'w'
    if (merges && access === 'w') access = 'rw'
    if (!(idiom && access === 'r')) visit(operand, access, index)
    if (operand.opmask !== null) visit(operand.opmask, isGather ? 'rw' : 'r', index)
  }
  // Implicit operands come last.
  for (let index = operands.length; index < form.operands.length; index++) {
    const spec = form.operands[index]!
    if (spec.fixed !== null && spec.access !== 'none') visit(spec.fixed, spec.access, -1)
  }
}
