/**
 * Instructions with a prefix that makes another instruction of them: `lock add`, `rep movsb`, `notrack jmp`.
 *
 * Which instructions have them is said in their rows (`lock`, `rep`, `repne`, `notrack`); the lists below are for the
 * types of the methods (`lock_add`), and the tests hold them against the rows.
 */
import type { EncodableForm } from '../encodable.ts'
import type { OperandSpec } from '../form.ts'
import type { FormSet } from './expand.ts'
import type { PrefixWord } from './grammar.ts'
import { takeSerials } from './make-form.ts'
import { fixedRegister } from './tokens.ts'

/** Mnemonics that can follow each prefix. */
export const prefixed = {
  lock: ['adc', 'add', 'and', 'btc', 'btr', 'bts', 'cmpxchg', 'cmpxchg16b', 'cmpxchg8b', 'dec', 'inc', 'neg', 'not', 'or', 'sbb', 'sub', 'xadd', 'xchg', 'xor'],
  rep: [
    'cmpsb',
    'cmpsd',
    'cmpsq',
    'cmpsw',
    'insb',
    'insd',
    'insw',
    'lodsb',
    'lodsd',
    'lodsq',
    'lodsw',
    'montmul',
    'movsb',
    'movsd',
    'movsq',
    'movsw',
    'outsb',
    'outsd',
    'outsw',
    'scasb',
    'scasd',
    'scasq',
    'scasw',
    'stosb',
    'stosd',
    'stosq',
    'stosw',
    'xcryptcbc',
    'xcryptcfb',
    'xcryptctr',
    'xcryptecb',
    'xcryptofb',
    'xsha1',
    'xsha256',
    'xstorerng',
  ],
  repne: ['cmpsb', 'cmpsd', 'cmpsq', 'cmpsw', 'scasb', 'scasd', 'scasq', 'scasw'],
  notrack: ['call', 'jmp'],
} as const

const PREFIX_BYTES: Readonly<Record<PrefixWord, number>> = { lock: 0xf0, rep: 0xf3, repne: 0xf2, notrack: 0x3e }
/** Other words for the same prefixes. */
const SYNONYMS: Readonly<Record<string, PrefixWord>> = { repe: 'rep', repz: 'rep', repnz: 'repne' }

/** The parts of `lock add` or `repe cmpsb`; null where the first word is no prefix. */
export function splitPrefix(mnemonic: string): { readonly word: PrefixWord; readonly rest: string } | null {
  const end = mnemonic.indexOf(' ')
  if (end < 0) return null
  const first = mnemonic.slice(0, end)
  const word = Object.hasOwn(SYNONYMS, first) ? SYNONYMS[first]! : (first as PrefixWord)
  return Object.hasOwn(PREFIX_BYTES, word) ? { word, rest: mnemonic.slice(end + 1) } : null
}

/** Whether the form can have the prefix: lock wants memory as the destination. */
function takesPrefix(form: EncodableForm, word: PrefixWord): boolean {
  if (!form.prefixes.includes(word)) return false
  return word !== 'lock' || form.slots[0]?.type === 'memory' || form.slots[form.rmIndex]?.type === 'memory'
}

/** Repeated instructions count in rcx. */
const counter = (): OperandSpec => ({ access: 'rw', implicit: true, token: '<rcx>', fixed: fixedRegister('rcx')! })

/** The forms with a prefix, of the forms without. */
class PrefixedForms implements FormSet {
  readonly #word: PrefixWord
  readonly #plain: FormSet
  readonly #made = new Map<EncodableForm, EncodableForm>()
  #all: readonly EncodableForm[] | null = null

  constructor(word: PrefixWord, plain: FormSet) {
    this.#word = word
    this.#plain = plain
  }

  all(): readonly EncodableForm[] {
    this.#all ??= Object.freeze(this.#prefixed(this.#plain.all()))
    return this.#all
  }

  likely(classes: readonly number[]): readonly EncodableForm[] {
    return this.#prefixed(this.#plain.likely(classes))
  }

  #prefixed(forms: readonly EncodableForm[]): EncodableForm[] {
    return forms.filter((form) => takesPrefix(form, this.#word)).map((form) => this.#form(form))
  }

  #form(plain: EncodableForm): EncodableForm {
    let form = this.#made.get(plain)
    if (form === undefined) {
      const word = this.#word
      const repeats = word === 'rep' || word === 'repne'
      form = Object.freeze({
        ...plain,
        serial: takeSerials(1),
        mnemonic: `${word} ${plain.mnemonic}`,
        printedAs: `${word} ${plain.printedAs}`,
        text: `${word} ${plain.text}`,
        operands: repeats ? Object.freeze([...plain.operands, Object.freeze(counter())]) : plain.operands,
        prefixByte: PREFIX_BYTES[word],
        cost: plain.cost + 1,
      })
      this.#made.set(plain, form)
    }
    return form
  }
}

/** The forms with the prefix, of the forms without; the repeated ones count in rcx. */
export function prefixedForms(word: PrefixWord, plain: FormSet): FormSet {
  return new PrefixedForms(word, plain)
}
