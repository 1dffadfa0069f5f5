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

function isByte(word: string | undefined): word is string {
  return word !== undefined && /^[0-9A-F]{2}$/.test(word)
}

/** The words after the prefix: opcode bytes, then how ModRM is used, then the tuple. */
function readOpcode(words: string[], fail: (reason: string) => Error) {
  const opcode: number[] = []
  // A ModRM byte that belongs to the opcode, with any r/m: E8*.
  const anyRm = words.some((word) => /^[0-9A-F]{2}\*$/.test(word))
  if (anyRm) words.splice(0, words.length, ...words.map((word) => word.replace('*', '')))
  while (isByte(words[0])) opcode.push(Number.parseInt(words.shift()!, 16))
  if (opcode.length === 0) throw fail('no opcode byte')
  let digit = -1
  let hasModRM = false
  let anyDigit = false
  let opcodeRegister = false
  const use: string = words[0] ?? ''
  if (use === '+r') {
    opcodeRegister = true
    words.shift()
  } else if (/^\/(r|[0-7]\*?)$/.test(use)) {
    hasModRM = true
    anyDigit = use.endsWith('*')
    if (use !== '/r') digit = Number(use[1])
    words.shift()
  }
  return { opcode, digit, anyDigit, anyRm, hasModRM, opcodeRegister }
}

function readLegacy(words: string[], fail: (reason: string) => Error): Notation {
  // Where a mandatory prefix follows, the address size comes before it and REX after.
  const address32 = words[0] === '67' && words[1] !== undefined && words[1] in PREFIXES
  if (address32) words.shift()
  let prefix = 0
  const noPrefix = words[0] === 'NP'
  if (noPrefix) words.shift()
  // A lone '66 0F …' starts with the prefix; 'F2' and 'F3' are never opcodes of their own rows.
  if (words[0] !== undefined && words[0] !== 'osz' && words[0] in PREFIXES && words.length > 1)
    prefix = PREFIXES[words.shift()!]!
  const rex = /^REX(2?)(\.W)?$/.exec(words[0] ?? '')
  const w = rex?.[2] === undefined ? 0 : 1
  const rex2 = rex?.[1] === '2'
  if (rex !== null) words.shift()
  let osz = false
  if (words[0] === 'osz') {
    osz = true
    words.shift()
  }
  const opcode = readOpcode(words, fail)
  const suffix = opcode.hasModRM && isByte(words[0]) ? Number.parseInt(words.shift()!, 16) : -1
  if (words.length > 0) throw fail(`'${words[0]}' not understood`)
  const fixed = {
    suffix,
    anyW: false,
    anyLength: false,
    length: 0,
    map: 0,
    tuple: null,
    evexControl: 0,
  } as const
  return { scheme: 'legacy', prefix, noPrefix, w, osz, rex2, address32, ...fixed, ...opcode }
}

function readVex(words: string[], fail: (reason: string) => Error): Notation {
  const parts = words.shift()!.split('.')
  const scheme = parts.shift() === 'EVEX' ? 'evex' : 'vex'
  const lengthName = parts.length === 4 ? parts.shift()! : undefined
  const length = lengthName === undefined ? 'letter' : LENGTHS[lengthName]
  const [prefixName = '', mapName = '', wName = ''] = parts
  const prefix = PREFIXES[prefixName]
  const map = MAPS[mapName]
  const w = WS[wName]
  if (parts.length !== 3) throw fail('expected [length.]prefix.map.W')
  if (length === undefined) throw fail(`unknown length '${lengthName}'`)
  if (prefix === undefined) throw fail(`unknown prefix '${prefixName}'`)
  if (map === undefined) throw fail(`unknown map '${mapName}'`)
  if (w === undefined) throw fail(`unknown W '${wName}'`)
  const opcode = readOpcode(words, fail)
  let tuple: Tuple | null = null
  if (scheme === 'evex' && words[0] !== undefined) {
    tuple = TUPLES.find((name) => name === words[0]) ?? null
    if (tuple === null) throw fail(`unknown tuple '${words[0]}'`)
    words.shift()
  }
  let evexControl = 0
  for (; scheme === 'evex' && words[0] !== undefined; words.shift()) {
    const scc = /^scc:(\d+)$/.exec(words[0])
    if (words[0] === 'nd') evexControl |= 0x10
    else if (words[0] === 'nf') evexControl |= 4
    else if (scc !== null && Number(scc[1]) < 16) evexControl |= Number(scc[1])
    else break
  }
  if (words.length > 0) throw fail(`'${words[0]}' not understood`)
  const ignored = { anyW: wName === 'WIG', anyLength: lengthName === 'LIG' }
  const osz = prefixName === 'osz'
  const fixed = { osz, tuple, evexControl, suffix: -1, rex2: false, address32: false }
  return { scheme, prefix, noPrefix: prefix === 0, map, w, length, ...fixed, ...ignored, ...opcode }
}

/** Reads an encoding column. Throws RowError naming the row when it is not of the notation above. */
export function parseNotation(text: string, place: RowPlace): Notation {
  const fail = (reason: string) => rowError(place, 'encoding', text, reason)
  const words = text.split(' ')
  const isVex = /^(VEX|XOP|EVEX)\./.test(words[0] ?? '')
  return isVex ? readVex(words, fail) : readLegacy(words, fail)
}
