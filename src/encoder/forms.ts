/** The forms of every instruction, read from the tables when a mnemonic is first asked for. */
import type { EncodableForm } from './encodable.ts'
import { explainMnemonic } from './explain.ts'
import type { Form } from './form.ts'
import { aliases } from './tables/aliases.ts'
import { expandRows } from './tables/expand.ts'
import { prefixedForms, splitPrefix } from './tables/prefixed.ts'
import { mnemonics, rowsOf } from './tables/rows.ts'

export { mnemonics }

const expanded = new Map<string, readonly EncodableForm[]>()

/** The table's name of an instruction: `jz` is `je`. Names that no table has are returned as they are. */
export function canonicalMnemonic(mnemonic: string): string {
  if (Object.hasOwn(aliases, mnemonic)) return (aliases as Readonly<Record<string, string>>)[mnemonic]!
  const prefix = splitPrefix(mnemonic)
  return prefix === null ? mnemonic : `${prefix.word} ${canonicalMnemonic(prefix.rest)}`
}

/** The forms of a mnemonic or alias with their bits, the preferred first; none when it is unknown. */
export function encodableForms(mnemonic: string): readonly EncodableForm[] {
  const name = canonicalMnemonic(mnemonic)
  let forms = expanded.get(name)
  if (forms === undefined) {
    const prefix = splitPrefix(name)
    if (prefix !== null) forms = prefixedForms(prefix.word, encodableForms(prefix.rest))
    else forms = expandRows(name, rowsOf(name))
    expanded.set(name, forms)
  }
  return forms
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
