/** Says why operands fit no form of an instruction: the EncodeError of form selection. */
import type { EncodableForm } from './encodable.ts'
import { EncodeError } from './errors.ts'
import { formatOperand } from './format-operand.ts'
import { type Mismatch, mismatch } from './mismatch.ts'
import { Mem, type Operand, shapeOf } from './operands.ts'
import { Reg } from './registers.ts'
import { WRONG } from './shape.ts'
import { slotFits } from './slot-fits.ts'
import { nearestNames } from './spelling.ts'

/** Forms named in an error. */
const NEAREST = 3
/** How far a missing or superfluous operand puts a form off, in units of Mismatch.distance. */
const COUNT_DISTANCE = 8

function opmaskProblem(opmask: Reg | null): string | null {
  if (opmask === null) return null
  if (opmask.kind !== 'k') return `its mask is ${opmask}; a mask is an opmask register, k1 to k7`
  return opmask.id === 0 ? 'k0 cannot be a write mask: its code means no mask; allowed are k1 to k7' : null
}

function addressProblem(mem: Mem): string {
  const { base, disp, index, scale } = mem
  if (!Number.isInteger(disp) || (disp | 0) !== disp) {
    return `the displacement ${disp} is not an integer of 32 bits, −2147483648 to 2147483647`
  }
  if (mem.label !== null) return 'a label stands alone: no base or index can be added to it'
  if (base !== null && base.kind !== 'r64' && base.kind !== 'r32')
    return `the base ${base} is not a 64-bit or 32-bit register`
  if (index === null) return `${mem.width} bits is no size of memory operands`
  if (![1, 2, 4, 8].includes(scale)) return `the scale is ${scale}; allowed are 1, 2, 4 and 8`
  if (/^r(32|64)$/.test(index.kind)) {
    if (index.id === 4) return `${index} cannot be an index: its code means no index`
    return base !== null && base.kind !== index.kind
      ? `base ${base} and index ${index} differ in width`
      : `${mem.width} bits is no size of memory operands`
  }
  if (/^[xyz]mm$/.test(index.kind)) return 'an address with a vector index cannot be broadcast'
  return `${index} cannot be an index`
}

/** What is wrong with an operand whatever the instruction. */
function ownProblem(operand: Operand): string | null {
  const shape = shapeOf(operand)
  if (shape === 0) return 'is missing'
  if ((shape & WRONG) === 0) return null
  if (operand instanceof Reg) {
    const unmasked = operand.zeroing && operand.opmask === null ? '{z} needs a mask' : 'does not exist'
    return opmaskProblem(operand.opmask) ?? unmasked
  }
  if (operand instanceof Mem) return opmaskProblem(operand.opmask) ?? addressProblem(operand)
  if (typeof operand === 'bigint') return 'does not fit in 64 bits'
  if (typeof operand !== 'number') return 'is not an operand'
  return Number.isInteger(operand)
    ? 'is beyond 2⁵³, where a number is not exact; write it as a bigint'
    : 'is not an integer'
}

/** The error for a mnemonic that no table has; it names those that are spelt alike. */
export function explainMnemonic(mnemonic: string, given: string, known: readonly string[]): EncodeError {
  return new EncodeError(
    mnemonic,
    given,
    'there is no such instruction in the tables',
    nearestNames(mnemonic, known),
  )
}

interface Candidate {
  readonly form: EncodableForm
  readonly distance: number
  /** The operands that do not fit. */
  readonly misfits: readonly { readonly index: number; readonly mismatch: Mismatch }[]
}

function judge(form: EncodableForm, operands: readonly Operand[]): Candidate {
  const misfits = operands.flatMap((operand, index) => {
    const slot = form.slots[index]
    if (slot === undefined || slotFits(slot, shapeOf(operand))) return []
    const found = mismatch(slot, form.operands[index]!, operand)
    return found === null ? [] : [{ index, mismatch: found }]
  })
  const distances = misfits.reduce((sum, misfit) => sum + misfit.mismatch.distance, 0)
  return {
    form,
    misfits,
    distance: distances + COUNT_DISTANCE * Math.abs(form.slots.length - operands.length),
  }
}

function countReason(forms: readonly EncodableForm[], operands: readonly Operand[]): string | null {
  const counts = [...new Set(forms.map((form) => form.slots.length))].sort()
  if (counts.includes(operands.length)) return null
  return `${operands.length} operand${operands.length === 1 ? '' : 's'} given, ${counts.join(' or ')} needed`
}

function positioned(index: number, operand: Operand, reason: string): string {
  return `operand ${index + 1}, ${formatOperand(operand)}, ${reason}`
}

function reasonFor(best: Candidate, operands: readonly Operand[]): string {
  const reasons = best.misfits.map(({ index, mismatch }) =>
    positioned(index, operands[index]!, mismatch.reason),
  )
  // What is nearest may be a form with another number of operands.
  return reasons.length === 0 ? (countReason([best.form], operands) ?? 'no form fits') : reasons.join('; ')
}

/**
 * The error for operands that no form fits. `doubt` says why more than one does, when that is the trouble. Forms
 * are ranked by how many operands are off and how far; ties as the forms are ordered.
 */
export function explain(
  mnemonic: string,
  operands: readonly Operand[],
  forms: readonly EncodableForm[],
  doubt: string | null,
): EncodeError {
  const given = operands.map(formatOperand).join(', ')
  if (forms.length === 0)
    return new EncodeError(mnemonic, given, 'there is no such instruction in the tables')
  const ranked = forms.map((form) => judge(form, operands)).sort((a, b) => a.distance - b.distance)
  const nearest = [...new Set(ranked.map(({ form }) => form.text))].slice(0, NEAREST)
  const wrong = operands.findIndex((operand) => ownProblem(operand) !== null)
  const own = wrong < 0 ? null : positioned(wrong, operands[wrong]!, ownProblem(operands[wrong]!)!)
  if (own !== null) return new EncodeError(mnemonic, given, own, nearest, { operand: wrong })
  if (doubt !== null) {
    // Only memory leaves its size or its repeat count to the other operands.
    const operand = operands.findIndex((each) => each instanceof Mem)
    return new EncodeError(mnemonic, given, doubt, nearest, { operand })
  }
  const count = countReason(forms, operands)
  if (count !== null) return new EncodeError(mnemonic, given, count, nearest)
  const place = { operand: ranked[0]!.misfits[0]?.index ?? -1 }
  return new EncodeError(mnemonic, given, reasonFor(ranked[0]!, operands), nearest, place)
}
