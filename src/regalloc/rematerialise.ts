/** Rematerialisation: a register whose only definition is a constant is computed again instead of stored. */
import type { OperandSpec } from '../encoder/form.ts'
import { Mem, type Operand } from '../encoder/operands.ts'
import { Reg } from '../encoder/registers.ts'
import type { Draft } from './draft.ts'
import type { Constant, VInst } from './function.ts'
import { inst } from './moves.ts'
import type { References } from './references.ts'
import { unitOf } from './units.ts'

/**
 * The instruction that computes again what `definition` left in its first operand, whatever has happened since;
 * null when there is none. It reads no register and changes no flag.
 */
export function recomputation(definition: VInst, constants: readonly Constant[]): VInst | null {
  const { form, operands } = definition
  const target = operands[0]
  if (!(target instanceof Reg) || target.opmask !== null || form.flagsRead !== '') return null
  if (form.operands.length !== operands.length || form.control !== 'next') return null
  if (form.zeroIdiom) {
    const unit = unitOf(target)
    const isZero = operands.every((source) => source instanceof Reg && unitOf(source) === unit)
    if (!isZero || operands.length === 1) return null
    // xor r, r changes flags that may be in use; mov does not.
    if (form.flagsWritten === '') return definition
    return target.kind === 'r32' || target.kind === 'r64' ? inst('mov', [target.as('r32'), 0]) : null
  }
  if (form.flagsWritten !== '' || form.operands[0]!.access !== 'w' || operands.length === 1) return null
  for (let index = 1; index < operands.length; index++) {
    if (!isConstant(operands[index]!, form.operands[index]!, constants)) return null
  }
  return definition
}

function isConstant(source: Operand, spec: OperandSpec, constants: readonly Constant[]): boolean {
  if (typeof source !== 'object') return true
  if (!(source instanceof Mem) || source.label === null) return false
  return spec.access === 'none' || constants.some(({ label }) => label === source.label)
}

/** Where in the body the one definition of a unit is, if that is a constant; −1 otherwise. */
export function constantDefinition(draft: Draft, references: References, unit: number): number {
  const at = references.definition[unit]!
  const item = at < 0 ? undefined : draft.body[at]
  return item?.kind === 'inst' && recomputation(item, draft.source.constants) !== null ? at : -1
}
