/** Which CPUID features an instruction needs: those of its form, and APX for registers that it brings along. */
import type { Form } from './form.ts'
import { type Operand, shapeOf } from './operands.ts'
import { APX } from './shape.ts'

/** The feature that r16 to r31 need, in instructions that are older too. */
export const HIGH_REGISTER_FEATURE = 'APX_F'

const isHigh = (operand: Operand): boolean => (shapeOf(operand) & APX) !== 0

const withHighRegisters = new Map<Form, readonly string[]>()

/**
 * The CPUID features that the instruction needs, all of them. r16 to r31, as operands or in an address, need APX_F
 * whatever the form.
 */
export function featuresOf(form: Form, operands: readonly Operand[]): readonly string[] {
  if (form.features.includes(HIGH_REGISTER_FEATURE) || !operands.some(isHigh)) return form.features
  let features = withHighRegisters.get(form)
  if (features === undefined) {
    features = Object.freeze([...form.features, HIGH_REGISTER_FEATURE])
    withHighRegisters.set(form, features)
  }
  return features
}
