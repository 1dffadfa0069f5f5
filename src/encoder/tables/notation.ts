/**
 * Reads the encoding column of a row: the SDM's notation (Vol. 2A, 3.1.1.1 and 3.1.1.2) without ib/iw/id.
 *
 * - legacy: `[NP] [66|F3|F2] [REX.W] [osz] bytes [/r|/0…/7|+r] [byte]`; `osz`: a 66 prefix, nothing or REX.W,
 *   by the variant's w, d or q. A byte at the end is part of the opcode and stands behind the address, where others have an
 *   immediate (3DNow!). `/0*` and a last byte `E8*` are written so; ModRM.reg and r/m are ignored when decoding.
 * - `VEX[.128|.256|.LIG|.LZ|.L0|.L1].{NP|66|F3|F2}.{0F|0F38|0F3A|MAPn}.{W0|W1|WIG|Wdq} op [modrm byte] [/r|/0…/7]`;
 *   without a length the variant's letter gives it (x 0, y 1, z 2); `Wdq`: by the variant's d or q.
 * - `XOP…` as VEX, with MAP8, MAP9 and MAPA (AMD64 manual Vol. 3, 1.2.7).
 * - `EVEX…` the same, and the tuple at the end, from which disp8*N follows (SDM Vol. 2A, 2.7.5). Of APX: `osz` for the
 *   prefix (66, nothing or W1 by the letter, with Wdq), the tuple `plain` (disp8 counts bytes), then `nd` (a new
 *   destination, or zeroing of the upper bits), `nf` (no flags), `scc:0`…`scc:15` (the condition).
 * - legacy rows may say `REX2` or `REX2.W` for REX.W: they exist with that prefix only.
 */
import { type RowPlace, rowError } from './grammar.ts'
import { oncePerText } from './once.ts'

export const TUPLES = [
  'full',
  'half',
  'quarter',
  'fullmem',
  'halfmem',
  'quartermem',
  'eighthmem',
  't1s',
  't1s8',
  't1s16',
  't1f',
  't2',
  't4',
  't8',
  'mem128',
  'movddup',
  'plain',
] as const
/** How many bytes a memory operand has, in terms of the vector length; SDM tables 2-34 and 2-35. */
export type Tuple = (typeof TUPLES)[number]

export type Scheme = 'legacy' | 'vex' | 'evex'

/** The encoding column as data. */
export interface Notation {
  readonly scheme: Scheme
  /** Mandatory prefix: 0, 0x66, 0xf3 or 0xf2. */
  readonly prefix: number
  /** Opcode map of VEX and EVEX: 1 0F, 2 0F38, 3 0F3A, 4–7 MAPn; 8–10 of XOP; 0 in legacy rows, whose bytes have it. */
  readonly map: number
  /** Opcode bytes; in legacy rows with their escapes. */
  readonly opcode: readonly number[]
  /** `dq`: by the variant's letter. */
  readonly w: 0 | 1 | 'dq'
  /** WIG: either W means the same. */
  readonly anyW: boolean
  /** Vector length 0, 1, 2, or by the variant's letter. */
  readonly length: 0 | 1 | 2 | 'letter'
  /** LIG: every vector length means the same. */
  readonly anyLength: boolean
  /** Operand size by the variant's letter: 66, nothing, REX.W. */
  readonly osz: boolean
  /** NP: with a prefix 66, F2 or F3 it would not be this instruction. */
  readonly noPrefix: boolean
  /** A byte of the opcode behind ModRM and the address, or −1. */
  readonly suffix: number
  /** `/0`…`/7`, or −1. */
  readonly digit: number
  /** `/0*`: what is in ModRM.reg does not matter. */
  readonly anyDigit: boolean
  /** `E8*`: what is in r/m of the ModRM byte that belongs to the opcode does not matter. */
  readonly anyRm: boolean
  readonly hasModRM: boolean
  /** `+r`. */
  readonly opcodeRegister: boolean
  readonly tuple: Tuple | null
  /** What APX puts into the last EVEX byte: ND (10), NF (4), the condition (0–F). */
  readonly evexControl: number
  /** 67 comes first: the register is an address of 32 bits. */
  readonly address32: boolean
  /** The row exists with the REX2 prefix only. */
  readonly rex2: boolean
}

const PREFIXES: Readonly<Record<string, number>> = { NP: 0, osz: 0, '66': 0x66, F3: 0xf3, F2: 0xf2 }
const MAPS: Readonly<Record<string, number>> = {
  '0F': 1,
  '0F38': 2,
  '0F3A': 3,
  MAP4: 4,
  MAP5: 5,
  MAP6: 6,
  MAP7: 7,
  MAP8: 8,
  MAP9: 9,
  MAPA: 10,
}
const LENGTHS: Readonly<Record<string, 0 | 1 | 2>> = {
  '128': 0,
  '256': 1,
  '512': 2,
  LIG: 0,
  LZ: 0,
  L0: 0,
  L1: 1,
}
const WS: Readonly<Record<string, 0 | 1 | 'dq'>> = { W0: 0, W1: 1, WIG: 0, Wdq: 'dq' }

const UPPER_HEX = '0123456789ABCDEF'

/** The value of two capital hex digits, or −1. */
function byteOf(word: string | undefined): number {
  if (word === undefined || word.length !== 2) return -1
  const high = UPPER_HEX.indexOf(word[0]!)
  const low = UPPER_HEX.indexOf(word[1]!)
  return high < 0 || low < 0 ? -1 : high * 16 + low
}

/** The words of an encoding column, read one after the other. */
class Words {
  readonly #words: readonly string[]
  readonly #place: RowPlace
  #at = 0

  constructor(text: string, place: RowPlace) {
    this.#words = text.split(' ')
    this.#place = place
  }

  /** The next word, or one behind it; undefined behind the last. */
  peek(ahead = 0): string | undefined {
    return this.#words[this.#at + ahead]
  }

  /** Goes on to the next word if this is the next. */
  take(word: string): boolean {
    if (this.#words[this.#at] !== word) return false
    this.#at++
    return true
  }

  skip(): void {
    this.#at++
  }

  fail(reason: string): Error {
    return rowError(this.#place, 'encoding', this.#words.join(' '), reason)
  }

  /** Throws when something is left. */
  end(): void {
    const left = this.peek()
    if (left !== undefined) throw this.fail(`'${left}' not understood`)
  }
}

/** Opcode bytes, and how ModRM is used. */
function readOpcode(words: Words) {
  const opcode: number[] = []
  let anyRm = false
  for (;;) {
    const word = words.peek()
    // A ModRM byte that belongs to the opcode, with any r/m: E8*.
    const isAny = word !== undefined && word.length === 3 && word[2] === '*'
    const byte = byteOf(isAny ? word.slice(0, 2) : word)
    if (byte < 0) break
    opcode.push(byte)
    anyRm ||= isAny
    words.skip()
  }
  if (opcode.length === 0) throw words.fail('no opcode byte')
  if (words.take('+r')) {
    return { opcode, digit: -1, anyDigit: false, anyRm, hasModRM: false, opcodeRegister: true }
  }
  if (words.take('/r')) {
    return { opcode, digit: -1, anyDigit: false, anyRm, hasModRM: true, opcodeRegister: false }
  }
  const use = words.peek() ?? ''
  const anyDigit = use.length === 3 && use[2] === '*'
  const digit = use[0] === '/' && (use.length === 2 || anyDigit) ? '01234567'.indexOf(use[1]!) : -1
  if (digit >= 0) words.skip()
  return {
    opcode,
    digit,
    anyDigit: digit >= 0 && anyDigit,
    anyRm,
    hasModRM: digit >= 0,
    opcodeRegister: false,
  }
}

function readLegacy(words: Words): Notation {
  const isPrefix = (word: string | undefined): boolean => word !== undefined && Object.hasOwn(PREFIXES, word)
  // Where a mandatory prefix follows, the address size comes before it and REX after.
  const address32 = words.peek() === '67' && isPrefix(words.peek(1))
  if (address32) words.skip()
  const noPrefix = words.take('NP')
  let prefix = 0
  const first = words.peek()
  // A lone '66 0F …' starts with the prefix; 'F2' and 'F3' are never opcodes of their own rows.
  if (isPrefix(first) && first !== 'osz' && words.peek(1) !== undefined) {
    prefix = PREFIXES[first!]!
    words.skip()
  }
  let w: 0 | 1 = 0
  let rex2 = false
  const rex = words.peek()
  if (rex?.startsWith('REX') === true && REX_WORDS.includes(rex)) {
    w = rex.endsWith('.W') ? 1 : 0
    rex2 = rex.startsWith('REX2')
    words.skip()
  }
  const osz = words.take('osz')
  const { anyDigit, anyRm, digit, hasModRM, opcode, opcodeRegister } = readOpcode(words)
  const suffix = hasModRM ? byteOf(words.peek()) : -1
  if (suffix >= 0) words.skip()
  words.end()
  return {
    scheme: 'legacy',
    prefix,
    map: 0,
    opcode,
    w,
    anyW: false,
    length: 0,
    anyLength: false,
    osz,
    noPrefix,
    suffix,
    digit,
    anyDigit,
    anyRm,
    hasModRM,
    opcodeRegister,
    tuple: null,
    evexControl: 0,
    address32,
    rex2,
  }
}

const REX_WORDS: readonly string[] = ['REX', 'REX.W', 'REX2', 'REX2.W']

/** What the first word says of VEX, XOP or EVEX. */
type Head = Pick<Notation, 'scheme' | 'length' | 'prefix' | 'map' | 'w' | 'anyW' | 'anyLength' | 'osz'>

/** The same few words begin most rows. */
const readHead = oncePerText((word): Head | string => {
  const parts = word.split('.')
  const scheme = parts.shift() === 'EVEX' ? 'evex' : 'vex'
  const lengthName = parts.length === 4 ? parts.shift()! : undefined
  const length = lengthName === undefined ? 'letter' : LENGTHS[lengthName]
  const [prefixName = '', mapName = '', wName = ''] = parts
  const prefix = PREFIXES[prefixName]
  const map = MAPS[mapName]
  const w = WS[wName]
  if (parts.length !== 3) return 'expected [length.]prefix.map.W'
  if (length === undefined) return `unknown length '${lengthName}'`
  if (prefix === undefined) return `unknown prefix '${prefixName}'`
  if (map === undefined) return `unknown map '${mapName}'`
  if (w === undefined) return `unknown W '${wName}'`
  return {
    ...{ scheme, length, prefix, map, w, osz: prefixName === 'osz' },
    anyW: wName === 'WIG',
    anyLength: lengthName === 'LIG',
  }
})

/** ND, NF and the condition, as the last byte of EVEX has them. */
function readControl(words: Words): number {
  let control = 0
  for (;;) {
    const word = words.peek()
    if (word === undefined) return control
    const condition = word.startsWith('scc:') ? Number(word.slice(4)) : -1
    if (word === 'nd') control |= 0x10
    else if (word === 'nf') control |= 4
    else if (condition >= 0 && condition < 16) control |= condition
    else return control
    words.skip()
  }
}

function readVex(words: Words): Notation {
  const head = readHead(words.peek()!)
  if (typeof head === 'string') throw words.fail(head)
  words.skip()
  const { anyDigit, anyRm, digit, hasModRM, opcode, opcodeRegister } = readOpcode(words)
  const isEvex = head.scheme === 'evex'
  const name = isEvex ? words.peek() : undefined
  const tuple = name === undefined ? null : (name as Tuple)
  if (tuple !== null) {
    if (!TUPLES.includes(tuple)) throw words.fail(`unknown tuple '${name}'`)
    words.skip()
  }
  const evexControl = isEvex ? readControl(words) : 0
  words.end()
  return {
    scheme: head.scheme,
    prefix: head.prefix,
    map: head.map,
    opcode,
    w: head.w,
    anyW: head.anyW,
    length: head.length,
    anyLength: head.anyLength,
    osz: head.osz,
    noPrefix: head.prefix === 0,
    suffix: -1,
    digit,
    anyDigit,
    anyRm,
    hasModRM,
    opcodeRegister,
    tuple,
    evexControl,
    address32: false,
    rex2: false,
  }
}

/** Reads an encoding column. Throws RowError naming the row when it is not of the notation above. */
export function parseNotation(text: string, place: RowPlace): Notation {
  const words = new Words(text, place)
  const isVex = text.startsWith('VEX.') || text.startsWith('EVEX.') || text.startsWith('XOP.')
  return isVex ? readVex(words) : readLegacy(words)
}
