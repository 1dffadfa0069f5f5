/** The forms of every instruction, read from the tables when a mnemonic is first asked for. */
import type { EncodableForm } from './encodable.ts'
import { explainMnemonic } from './explain.ts'
import type { Form } from './form.ts'
import { classOfShape } from './operand-class.ts'
import { aliases } from './tables/aliases.ts'
import { type FormSet, formSet } from './tables/expand.ts'
import { prefixedForms, splitPrefix } from './tables/prefixed.ts'
import { mnemonics, rowsOf } from './tables/rows.ts'

export { mnemonics }

const sets = new Map<string, FormSet>()

/** The table's name of an instruction: `jz` is `je`. Names that no table has are returned as they are. */
export function canonicalMnemonic(mnemonic: string): string {
  if (Object.hasOwn(aliases, mnemonic)) return (aliases as Readonly<Record<string, string>>)[mnemonic]!
  const prefix = splitPrefix(mnemonic)
  return prefix === null ? mnemonic : `${prefix.word} ${canonicalMnemonic(prefix.rest)}`
}

function setOf(mnemonic: string): FormSet {
  let set = sets.get(mnemonic)
  if (set === undefined) {
    const name = canonicalMnemonic(mnemonic)
    const prefix = splitPrefix(name)
    if (name !== mnemonic) set = setOf(name)
    else if (prefix !== null) set = prefixedForms(prefix.word, setOf(prefix.rest))
    else set = formSet(name, rowsOf(name))
    sets.set(mnemonic, set)
  }
  return set
}

/** The forms of a mnemonic or alias with their bits, the preferred first; none when it is unknown. */
export function encodableForms(mnemonic: string): readonly EncodableForm[] {
  return setOf(mnemonic).all()
}

/**
 * Of these forms, in the same order, all that operands of these shapes fit, and maybe others: what takes operands of
 * another kind is left out, without that such forms are made.
 */
export function likelyForms(mnemonic: string, shapes: readonly number[]): readonly EncodableForm[] {
  return setOf(mnemonic).likely(shapes.map(classOfShape))
}

/** The forms of a mnemonic or alias, the preferred (shortest) first. EncodeError when it is unknown. */
export function formsOf(mnemonic: string): readonly Form[] {
  const forms = encodableForms(mnemonic)
  if (forms.length === 0) throw explainMnemonic(mnemonic, '', mnemonics())
  return forms
}

/** Every form of every instruction. */
export function forms(): readonly Form[] {
  return mnemonics().flatMap((mnemonic) => encodableForms(mnemonic))
}
