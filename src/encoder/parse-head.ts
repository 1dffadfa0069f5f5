/** Reads what stands before the operands: pseudo prefixes in braces, prefix words, and the mnemonic. */
import type { EncodableForm } from './encodable.ts'
import { encodableForms } from './forms.ts'
import { ParseFault } from './parse-errors.ts'
import type { Acceptance } from './parse-instruction.ts'
import { type Meaning, meaningsOf, textNames } from './parse-names.ts'
import { CHAR, type Scanner } from './parse-scanner.ts'
import { nearestNames } from './spelling.ts'

/** An instruction's name in text. */
export interface Head {
  readonly meanings: readonly Meaning[]
  /** What a pseudo prefix asks of the form; null when any will do. */
  readonly accepts: Acceptance | null
}

/** Words that may stand before a mnemonic; the two make the name of an instruction of its own, `lock add`. */
const PREFIX_WORDS: ReadonlySet<string> = new Set([
  'lock',
  'rep',
  'repe',
  'repz',
  'repne',
  'repnz',
  'notrack',
])
const SCHEMES: ReadonlyMap<string, EncodableForm['scheme']> = new Map([
  ['vex', 'vex'],
  ['evex', 'evex'],
])

/** Whether the word in lower case, or the brace that comes where there is none, begins a longer name. */
export function isHeadStart(scanner: Scanner, word: string): boolean {
  return word === '' ? scanner.peek() === CHAR.openBrace : PREFIX_WORDS.has(word)
}

/** `lock add` for add and lock, where there is such an instruction. */
function prefixedMeanings(prefix: string, meanings: readonly Meaning[]): readonly Meaning[] {
  return meanings
    .map((meaning) => ({ ...meaning, mnemonic: `${prefix} ${meaning.mnemonic}`, facts: null }))
    .filter(({ mnemonic }) => encodableForms(mnemonic).length > 0)
}

/** Reads on from a first word, at `start`, that begins a longer name. Throws ParseFault. */
export function readHead(scanner: Scanner, first: string, start: number): Head {
  const fault = (reason: string, nearest: readonly string[] = []) =>
    new ParseFault(start, scanner.text.slice(start, scanner.at).trim(), reason, nearest)
  const words: string[] = []
  let braces = ''
  let word = first.toLowerCase()
  for (;;) {
    if (word === '' && scanner.peek() === CHAR.openBrace) braces = scanner.braces()
    else if (PREFIX_WORDS.has(word)) words.push(word)
    else break
    word = scanner.word().toLowerCase()
  }
  if (word === '') throw scanner.unexpected('an instruction behind its prefix')
  // A table may have the name with its braces: `{vex} vpdpbusd` is not vpdpbusd.
  const whole = braces === '' ? undefined : meaningsOf(`{${braces}} ${word}`)
  const plain = whole ?? meaningsOf(word)
  if (plain === undefined) throw fault('there is no such instruction', nearestNames(word, textNames()))
  const meanings = words.length === 0 ? plain : prefixedMeanings(words.join(' '), plain)
  if (meanings.length === 0) throw fault(`${word} cannot have the prefix ${words.join(' ')}`)
  if (braces === '' || whole !== undefined) return { meanings, accepts: null }
  const scheme = SCHEMES.get(braces)
  if (scheme === undefined) {
    throw fault(
      `{${braces}} cannot be asked for here: encodings are the shortest; there are {vex} and {evex}`,
    )
  }
  const accepts: Acceptance = (form) => form.scheme === scheme
  const able = meanings.filter(({ mnemonic }) => encodableForms(mnemonic).some(accepts))
  if (able.length === 0) throw fault(`${word} has no form with ${braces.toUpperCase()}`)
  return { meanings: able, accepts }
}
