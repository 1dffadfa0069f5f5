/** Words of assembly text that mean something to every text, found by their characters without cutting them out. */
import type { MemWidth } from './operands.ts'
import { type Meaning, meaningsOf } from './parse-names.ts'
import { registerNamed } from './parse-registers.ts'
import type { Reg } from './registers.ts'

/** Operand sizes as LLVM, objdump and nasm name them. */
const SIZES: ReadonlyMap<string, MemWidth> = new Map([
  ['byte', 8],
  ['word', 16],
  ['dword', 32],
  ['fword', 48],
  ['qword', 64],
  ['mmword', 64],
  ['tbyte', 80],
  ['tword', 80],
  ['xword', 80],
  ['oword', 128],
  ['xmmword', 128],
  ['yword', 256],
  ['ymmword', 256],
  ['zword', 512],
  ['zmmword', 512],
])
const KEYWORDS: ReadonlySet<string> = new Set(['ptr', 'rip', 'bcst', 'short', 'near'])

/** What a word can be, wherever it stands. */
export class Word {
  /** As it was written. */
  readonly text: string
  readonly lower: string
  readonly reg: Reg | undefined
  /** As a size before memory; −1 when it is none. */
  readonly size: MemWidth | -1
  /** As a mnemonic. */
  readonly meanings: readonly Meaning[] | undefined

  constructor(
    text: string,
    lower: string,
    reg: Reg | undefined,
    size: MemWidth | -1,
    meanings: readonly Meaning[] | undefined,
  ) {
    this.text = text
    this.lower = lower
    this.reg = reg
    this.size = size
    this.meanings = meanings
  }

  /** Whether it means the same in every text. Labels do not, and there is no end of them. */
  get isVocabulary(): boolean {
    return this.reg !== undefined || this.size >= 0 || this.meanings !== undefined || KEYWORDS.has(this.lower)
  }
}

/** Every way to write a word in capitals is one of its own: so there are no more than these. */
const MOST_WORDS = 1 << 13
const FIRST_SLOTS = 1 << 9

/** By hash, with open addressing; never more than half full. */
let slots: (Word | undefined)[] = []
let count = 0

/** Starts and steps of the hash by which words are found (FNV-1a). */
export const HASH_START: number = 0x811c9dc5 | 0
export const HASH_FACTOR = 0x01000193

function isAt(word: string, text: string, start: number): boolean {
  for (let i = 0; i < word.length; i++) if (word.charCodeAt(i) !== text.charCodeAt(start + i)) return false
  return true
}

/** The word in `text` from `start` to `end`, whose characters have this hash. */
export function wordAt(text: string, start: number, end: number, hash: number): Word {
  const length = end - start
  const mask = slots.length - 1
  for (let slot = (hash ^ (hash >>> 15)) & mask; ; slot = (slot + 1) & mask) {
    const known = slots[slot]
    if (known === undefined) return unknownWord(text.slice(start, end))
    if (known.text.length === length && isAt(known.text, text, start)) return known
  }
}

function unknownWord(text: string): Word {
  const word = wordNamed(text)
  if (count === MOST_WORDS || !word.isVocabulary) return word
  if (2 * (count + 1) > slots.length) {
    const old = slots
    slots = new Array<Word | undefined>(Math.max(FIRST_SLOTS, 2 * old.length)).fill(undefined)
    for (const each of old) if (each !== undefined) insert(each)
  }
  insert(word)
  count++
  return word
}

function insert(word: Word): void {
  let hash = HASH_START
  for (let i = 0; i < word.text.length; i++) hash = Math.imul(hash ^ word.text.charCodeAt(i), HASH_FACTOR)
  const mask = slots.length - 1
  let slot = (hash ^ (hash >>> 15)) & mask
  while (slots[slot] !== undefined) slot = (slot + 1) & mask
  slots[slot] = word
}

/** A word that is at hand as a string. */
export function wordNamed(text: string): Word {
  const lower = text.toLowerCase()
  return new Word(text, lower, registerNamed(lower), SIZES.get(lower) ?? -1, meaningsOf(lower))
}

/** What stands where there is no word. */
export const NO_WORD: Word = new Word('', '', undefined, -1, undefined)
