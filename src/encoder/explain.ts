/** Says why operands fit no form of an instruction, in words that help: the EncodeError of form selection. */
import type { EncodableForm } from './encodable.ts'
import { EncodeError } from './errors.ts'
import { formatOperand } from './format-operand.ts'
import type { Operand } from './operands.ts'

/** The error for operands that no form fits, or that more than one does. */
export function explain(
  mnemonic: string,
  operands: readonly Operand[],
  forms: readonly EncodableForm[],
  reason: string,
): EncodeError {
  const given = operands.map(formatOperand).join(', ')
  return new EncodeError(
    mnemonic,
    given,
    reason,
    forms.slice(0, 3).map((form) => form.text),
  )
}
