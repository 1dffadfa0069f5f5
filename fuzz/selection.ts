/** Which forms a run is about: what `--only` leaves. */
import type { EncodableForm } from '../src/encoder/encodable.ts'
import { encodableForms, mnemonics } from '../src/encoder/forms.ts'

/** As people write the names of extensions: avx512, AVX10.2, sse4.1. */
const plain = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '')

function isMeant(form: EncodableForm, only: string): boolean {
  if (form.mnemonic.includes(only)) return true
  const extension = plain(only)
  if (extension === 'base') return form.features.length === 0
  return extension !== '' && form.features.some((feature) => plain(feature).includes(extension))
}

/** The forms whose mnemonic has this text in it, or that need a CPUID feature whose name has; all for no text. */
export function formsOnly(only: string): EncodableForm[] {
  const lower = only.toLowerCase()
  return mnemonics().flatMap((mnemonic) => encodableForms(mnemonic).filter((form) => isMeant(form, lower)))
}

/** The same, and the forms with lock, rep, repne and notrack. */
export function formsWithPrefixes(only: string): EncodableForm[] {
  const forms = formsOnly(only)
  const words = new Set(
    forms.flatMap(({ mnemonic, prefixes }) => prefixes.map((word) => `${word} ${mnemonic}`)),
  )
  return [...forms, ...[...words].flatMap((name) => encodableForms(name))]
}
