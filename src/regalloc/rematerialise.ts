/** Rematerialisation: a register whose only definition is a constant is computed again instead of stored. */
import { Mem, type Operand } from '../encoder/operands.ts'
import { Reg } from '../encoder/registers.ts'
import type { Draft } from './draft.ts'
import type { Constant, VInst } from './function.ts'
import { inst } from './moves.ts'
import { REF_SHIFT, type References, WRITES } from './references.ts'
import { FIRST_VIRTUAL_UNIT, unitOf } from './units.ts'

/**
 * The instruction that computes again what `definition` left in its first operand, whatever has happened since;
 * null when there is none. It reads no register and changes no flag.
 */
export function recomputation(definition: VInst, constants: readonly Constant[]): VInst | null {
  const { form, operands } = definition
  const [target, ...sources] = operands
  if (!(target instanceof Reg) || target.opmask !== null || form.flagsRead !== '') return null
  if (form.operands.length !== operands.length || form.control !== 'next') return null
  if (form.zeroIdiom) {
    const isZero = sources.every((source) => source instanceof Reg && unitOf(source) === unitOf(target))
    if (!isZero || sources.length === 0) return null
    // xor r, r changes flags that may be in use; mov does not.
    if (form.flagsWritten === '') return definition
    return target.kind === 'r32' || target.kind === 'r64' ? inst('mov', [target.as('r32'), 0]) : null
  }
  if (form.flagsWritten !== '' || form.operands[0]!.access !== 'w' || sources.length === 0) return null
  const isConstant = (source: Operand, index: number): boolean => {
    if (typeof source === 'number' || typeof source === 'bigint') return true
    if (!(source instanceof Mem) || source.label === null) return false
    const isAddress = form.operands[index + 1]!.access === 'none'
    return isAddress || constants.some((constant) => constant.label === source.label)
  }
  return sources.every(isConstant) ? definition : null
}

/** Units with one definition that is a constant, and where it stands in the body. */
export function rematerialisable(draft: Draft, references: References): ReadonlyMap<number, number> {
  const { start, refs, unitCount } = references
  const definitions = new Int32Array(unitCount)
  const definedAt = new Int32Array(unitCount)
  for (let i = 0; i < draft.body.length; i++) {
    const end = start[i + 1]!
    for (let r = start[i]!; r < end; r++) {
      if ((refs[r]! & WRITES) === 0) continue
      const unit = refs[r]! >> REF_SHIFT
      definitions[unit]!++
      definedAt[unit] = i
    }
  }
  const found = new Map<number, number>()
  for (let unit = FIRST_VIRTUAL_UNIT; unit < unitCount; unit++) {
    if (definitions[unit] !== 1) continue
    const at = definedAt[unit]!
    const item = draft.body[at]!
    if (item.kind === 'inst' && recomputation(item, draft.source.constants) !== null) found.set(unit, at)
  }
  return found
}
