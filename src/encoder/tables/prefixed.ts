/**
 * Instructions with a prefix that makes another instruction of them: `lock add`, `rep movsb`, `notrack jmp`.
 *
 * Which instructions have them is said in their rows (`lock`, `rep`, `repne`, `notrack`); the lists below are for the
 * types of the methods (`lock_add`), and the tests hold them against the rows.
 */
import type { EncodableForm } from '../encodable.ts'
import { nextSerial } from './expand.ts'
import type { PrefixWord } from './grammar.ts'
import { FIXED } from './tokens.ts'

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
  const [first = '', ...rest] = mnemonic.split(' ')
  const word = Object.hasOwn(SYNONYMS, first) ? SYNONYMS[first]! : (first as PrefixWord)
  return rest.length > 0 && Object.hasOwn(PREFIX_BYTES, word) ? { word, rest: rest.join(' ') } : null
}

/** Whether the form can have the prefix: lock wants memory as the destination. */
function takesPrefix(form: EncodableForm, word: PrefixWord): boolean {
  if (!form.prefixes.includes(word)) return false
  return word !== 'lock' || form.slots[0]?.type === 'memory' || form.slots[form.rmIndex]?.type === 'memory'
}

const COUNTER = Object.freeze({ access: 'rw', implicit: true, token: '<rcx>', fixed: FIXED.get('rcx')! } as const)

/** The forms with the prefix, of the forms without; the repeated ones count in rcx. */
export function prefixedForms(word: PrefixWord, forms: readonly EncodableForm[]): readonly EncodableForm[] {
  const repeats = word === 'rep' || word === 'repne'
  return Object.freeze(
    forms
      .filter((form) => takesPrefix(form, word))
      .map((form) =>
        Object.freeze({
          ...form,
          serial: nextSerial(),
          mnemonic: `${word} ${form.mnemonic}`,
          printedAs: `${word} ${form.printedAs}`,
          text: `${word} ${form.text}`,
          operands: repeats ? Object.freeze([...form.operands, COUNTER]) : form.operands,
          prefixByte: PREFIX_BYTES[word],
          cost: form.cost + 1,
        }),
      ),
  )
}
