/** Reads assembly text character by character: spaces, comments, words, numbers and strings. */
import type { Immediate } from './operands.ts'
import { ParseFault } from './parse-errors.ts'
import { HASH_FACTOR, HASH_START, NO_WORD, type Word, wordAt } from './parse-words.ts'

/** Character codes that the readers of operands and lines ask for. */
export const CHAR = {
  newline: 10,
  space: 32,
  quote: 34,
  hash: 35,
  dollar: 36,
  percent: 37,
  ampersand: 38,
  apostrophe: 39,
  open: 40,
  close: 41,
  star: 42,
  plus: 43,
  comma: 44,
  minus: 45,
  dot: 46,
  slash: 47,
  zero: 48,
  nine: 57,
  colon: 58,
  semicolon: 59,
  less: 60,
  equals: 61,
  greater: 62,
  openBracket: 91,
  closeBracket: 93,
  caret: 94,
  openBrace: 123,
  bar: 124,
  closeBrace: 125,
  tilde: 126,
} as const

const SPACE = 1
const WORD_START = 2
const DIGIT = 4
const WORD = WORD_START | DIGIT

/** What each of the first 128 characters can be part of; all others are letters. */
const CLASS = new Uint8Array(128)
for (const character of ' \t\r\f\v') CLASS[character.charCodeAt(0)] = SPACE
for (const character of '_.$@?abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ') {
  CLASS[character.charCodeAt(0)] = WORD_START
}
for (const character of '0123456789') CLASS[character.charCodeAt(0)] = DIGIT

const END = -1
/** A number that a double holds exactly with another digit behind it. */
const EXACT = 2 ** 49

/** So many hexadecimal digits too. */
const EXACT_HEX_DIGITS = 13
/** Makes a letter small. */
const LOWER = 0x20
const LOWER_A = 97
const LOWER_X = 120

/** The value of a hexadecimal digit; −1 when it is none. */
function hexDigit(code: number): number {
  const digit = code - CHAR.zero
  if (digit >= 0 && digit <= 9) return digit
  const letter = (code | LOWER) - LOWER_A
  return letter >= 0 && letter < 6 ? letter + 10 : -1
}

/** Notations of numbers, tried in order on a word in lower case without underscores. */
const NOTATIONS: readonly (readonly [RegExp, string])[] = [
  [/^0x([0-9a-f]+)$/, '0x'],
  [/^0b([01]+)$/, '0b'],
  [/^0[oq]([0-7]+)$/, '0o'],
  [/^([0-9][0-9a-f]*)h$/, '0x'],
  [/^([01]+)[by]$/, '0b'],
  [/^([0-7]+)[oq]$/, '0o'],
  [/^([0-9]+)d?$/, ''],
]

const ESCAPES: Readonly<Record<string, number>> = { n: 10, t: 9, r: 13, b: 8, f: 12, '0': 0 }

/** An integer as a number where that is exact, else as a bigint. */
export function narrow(value: bigint): Immediate {
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : value
}

/** A place in assembly text, moved on by everything that reads. */
export class Scanner {
  readonly text: string
  at = 0

  constructor(text: string) {
    this.text = text
  }

  /** The next character that is no space, without reading it: END at the end of the text. */
  peek(): number {
    const code = this.at < this.text.length ? this.text.charCodeAt(this.at) : END
    // No space is beyond the space itself, and mostly there is none.
    return code > CHAR.space && code !== CHAR.slash ? code : this.#skipSpaces(code)
  }

  #skipSpaces(first: number): number {
    const { text } = this
    let code = first
    for (;;) {
      if (code === CHAR.slash && text.charCodeAt(this.at + 1) === CHAR.star) this.#skipBlockComment()
      else if (code < 0 || code >= 128 || CLASS[code] !== SPACE) return code
      else this.at++
      code = this.at < text.length ? text.charCodeAt(this.at) : END
    }
  }

  #skipBlockComment(): void {
    const end = this.text.indexOf('*/', this.at + 2)
    const newline = this.text.indexOf('\n', this.at)
    if (end < 0 || (newline >= 0 && newline < end)) {
      throw new ParseFault(this.at, '/*', 'the comment does not end on its line')
    }
    this.at = end + 2
  }

  /** Whether nothing but a comment is left of the line. */
  isLineEnd(): boolean {
    const code = this.peek()
    if (code === CHAR.slash) return this.text.charCodeAt(this.at + 1) === CHAR.slash
    return code === CHAR.newline || code === CHAR.semicolon || code === CHAR.hash || code === END
  }

  /** Moves to the start of the next line. False when there is none. */
  nextLine(): boolean {
    const newline = this.text.indexOf('\n', this.at)
    this.at = newline < 0 ? this.text.length : newline + 1
    return newline >= 0
  }

  /** Reads the character if it comes next. */
  take(code: number): boolean {
    if (this.peek() !== code) return false
    this.at++
    return true
  }

  /** Reads the character. Throws ParseFault when another comes. */
  expect(code: number, what: string): void {
    if (!this.take(code)) throw this.unexpected(what)
  }

  /** True at a letter, underscore, dot, $, @ or ?. */
  isWord(): boolean {
    const code = this.peek()
    return code >= 128 || (code >= 0 && CLASS[code] === WORD_START)
  }

  isDigit(): boolean {
    const code = this.peek()
    return code >= CHAR.zero && code <= CHAR.nine
  }

  /** The word that starts here; '' when none does. */
  word(): string {
    if (!this.isWord()) return ''
    const start = this.at
    this.at = this.#wordEnd(start)
    return this.text.slice(start, this.at)
  }

  /** The word that starts here, with what it can mean; NO_WORD when none does. */
  known(): Word {
    const code = this.peek()
    if (code < 0 || (code < 128 && CLASS[code] !== WORD_START)) return NO_WORD
    const { text } = this
    const start = this.at
    let at = start + 1
    let hash = Math.imul(HASH_START ^ code, HASH_FACTOR)
    for (; at < text.length; at++) {
      const next = text.charCodeAt(at)
      if (next < 128 && (CLASS[next]! & WORD) === 0) break
      hash = Math.imul(hash ^ next, HASH_FACTOR)
    }
    this.at = at
    return wordAt(text, start, at, hash)
  }

  /** As `known`, for a name that braces and one space stand before, as in `{nf} add`; NO_WORD where there is none. */
  knownWithBraces(): Word {
    if (this.peek() !== CHAR.openBrace) return NO_WORD
    const { text } = this
    const start = this.at
    let at = start
    let hash = HASH_START
    // The braces and what is in them, the space, the name.
    for (const last of [CHAR.closeBrace, CHAR.space]) {
      for (let code = 0; code !== last; at++) {
        code = at < text.length ? text.charCodeAt(at) : CHAR.newline
        if (code === CHAR.newline || (last === CHAR.space && code !== last)) return NO_WORD
        hash = Math.imul(hash ^ code, HASH_FACTOR)
      }
    }
    const name = at
    for (; at < text.length; at++) {
      const code = text.charCodeAt(at)
      if (code < 128 && (CLASS[code]! & WORD) === 0) break
      hash = Math.imul(hash ^ code, HASH_FACTOR)
    }
    if (at === name) return NO_WORD
    const word = wordAt(text, start, at, hash)
    if (word.meanings === undefined) return NO_WORD
    this.at = at
    return word
  }

  #wordEnd(start: number): number {
    const { text } = this
    let at = start
    while (at < text.length) {
      const code = text.charCodeAt(at)
      if (code < 128 && (CLASS[code]! & WORD) === 0) break
      at++
    }
    return at
  }

  /** The number that starts here, if it has decimal digits and nothing else; −1 and nothing read when not. */
  decimal(): number {
    const { text } = this
    let { at } = this
    let value = 0
    while (at < text.length) {
      const digit = text.charCodeAt(at) - CHAR.zero
      if (digit < 0 || digit > 9 || value >= EXACT) break
      value = value * 10 + digit
      at++
    }
    const next = at < text.length ? text.charCodeAt(at) : CHAR.newline
    if (at === this.at || next >= 128 || (CLASS[next]! & WORD) !== 0) return -1
    this.at = at
    return value
  }

  /** The number that starts here, which must begin with a digit. Throws ParseFault when it is none. */
  number(): Immediate {
    const decimal = this.decimal()
    if (decimal >= 0) return decimal
    const { at: start, text } = this
    this.at = this.#wordEnd(start)
    if (text.charCodeAt(start) === CHAR.zero && (text.charCodeAt(start + 1) | LOWER) === LOWER_X) {
      const hex = this.#hex(start + 2)
      if (hex >= 0) return hex
    }
    return this.#notation(start, text.slice(start, this.at))
  }

  /** The hexadecimal digits from here to the end of the word; −1 when there is something else, or too many. */
  #hex(start: number): number {
    const { at: end, text } = this
    if (end === start || end - start > EXACT_HEX_DIGITS) return -1
    let value = 0
    for (let at = start; at < end; at++) {
      const digit = hexDigit(text.charCodeAt(at))
      if (digit < 0) return -1
      value = 16 * value + digit
    }
    return value
  }

  #notation(start: number, word: string): Immediate {
    const plain = word.toLowerCase().replaceAll('_', '')
    for (const [pattern, prefix] of NOTATIONS) {
      const match = pattern.exec(plain)
      if (match !== null) return narrow(BigInt(prefix + match[1]!))
    }
    throw new ParseFault(start, word, 'is no number; write 255, 0xff, 0ffh, 0b11111111 or 11111111b')
  }

  /** The bytes of a string that starts here with a quote. In double quotes a backslash escapes, unless `raw`. */
  string(raw: boolean): number[] {
    const { text } = this
    const start = this.at
    const quote = text.charCodeAt(start)
    const escapes = quote === CHAR.quote && !raw
    let at = start + 1
    const bytes: number[] = []
    let plain = at
    const flush = () => {
      if (at > plain) bytes.push(...new TextEncoder().encode(text.slice(plain, at)))
    }
    for (;;) {
      const code = at < text.length ? text.charCodeAt(at) : CHAR.newline
      if (code === CHAR.newline) {
        throw new ParseFault(start, text.slice(start, at), 'the string does not end on its line')
      }
      if (code === quote) break
      if (escapes && text[at] === '\\') {
        flush()
        const [byte, length] = this.#escape(at)
        bytes.push(byte)
        at += length
        plain = at
      } else at++
    }
    flush()
    this.at = at + 1
    return bytes
  }

  /** The byte that an escape stands for, and how many characters the escape has. */
  #escape(at: number): readonly [byte: number, length: number] {
    const match = /^\\(?:x([0-9a-f]{1,2})|([0-7]{1,3})|(.))/i.exec(this.text.slice(at, at + 4))
    if (match?.[1] !== undefined) return [Number.parseInt(match[1], 16), match[0].length]
    if (match?.[2] !== undefined) return [Number.parseInt(match[2], 8) & 255, match[0].length]
    const letter = match?.[3] ?? ''
    return [ESCAPES[letter] ?? letter.charCodeAt(0), 2]
  }

  /** The text within the braces that open here, in lower case. */
  braces(): string {
    const start = this.at
    const end = this.text.indexOf('}', start)
    const newline = this.text.indexOf('\n', start)
    if (end < 0 || (newline >= 0 && newline < end)) throw new ParseFault(start, '{', "the '}' is missing")
    this.at = end + 1
    return this.text
      .slice(start + 1, end)
      .trim()
      .toLowerCase()
  }

  /** What stands here, for messages: a word, or a character; at the end of a line, that. */
  here(): string {
    if (this.isLineEnd()) return 'end of line'
    const start = this.at
    const end = this.#wordEnd(start)
    return end > start ? this.text.slice(start, end) : this.text.slice(start, start + 1)
  }

  /** The error for something else than what may stand here. */
  unexpected(wanted: string): ParseFault {
    return new ParseFault(this.at, this.here(), `expected ${wanted}`)
  }
}
