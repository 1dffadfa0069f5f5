/**
 * The language of the instruction tables: what a row may say, and its reader, which refuses only what it cannot read;
 * check-row.ts says whether a row makes sense.
 *
 * A row is `[operands, roles, encoding, features, attributes?]`, five columns of plain text:
 *
 * - **operands**: `access:token/token…`, separated by `, `. Access is r, w, rw, or n for an address that is
 *   never accessed; immediates and labels have none. Each alternative after a `/` becomes a form of its own.
 *   Implicit operands come last, in angle brackets: `rw:<eax>, w:<edx>`.
 *   Tokens:
 *   - sets of parallel letters, one form group a letter: vector registers `x y z`, general registers `r`+`w d q`,
 *     memory `m`+`b w d q x y z`, immediates `i`+`b w d s q` (s: imm32, sign-extended), VSIB `vm32`+`x y z`.
 *     All sets of a row that have more than one letter have the same number of them, and variant i
 *     takes letter i of each: `w:xyz, r:xxy/mqxy` is xmm←xmm/m64, ymm←xmm/m128, zmm←ymm/m256.
 *   - constants: r8 r16 r32 r64, m8…m512, `m` (any size), k, tmm, `rel8` `rel32` (a label at that reach),
 *     `imm8` (a control byte, −128…255), `ib` (the 8-bit value of an 8-bit operation; same range, written
 *     signed), `simm8` (−128…127, sign-extended), `imm4` (0…15, beside a register in an is4 byte), imm16, imm32, simm32, imm64, sibmem (an address that must
 *     have a SIB byte), b16 b32 b64 (one element, repeated), mm, st, sreg, cr, dr, `si8`…`si64` and `di8`…`di64` (what
 *     rsi and rdi point to, in string instructions), `moffs8`…`moffs64` (a 64-bit address in place of an
 *     immediate), dfv (the flags that a conditional comparison sets where it is not done: OF SF ZF CF), and
 *     the fixed ones: al ax eax rax cl dx xmm0 st0 fs gs 1.
 *   - decorations: `{k}` or `{kz}` on the destination (masking, masking or zeroing; in a gather or scatter the
 *     mask is mandatory), `{er}` or `{sae}` on the register they belong to. The latter exist only at
 *     the longest vector length of the row, or for scalars, where the row has one variant.
 * - **roles**: a letter for each explicit operand, of which there are up to five: R ModRM.reg, V VEX.vvvv, M ModRM.rm, O the low three bits of
 *   the opcode, I immediate, J a second one of a byte, S bits 7:4 of an immediate byte (is4), D displacement, `-` named
 *   by the opcode.
 * - **encoding**: the SDM's notation, see notation.ts.
 * - **features**: CPUID names, all needed. AVX512VL is added to the x and y variants of EVEX rows.
 * - **attributes**: `w:OSZAPC` and `r:C`, status flags written and read (D is the direction flag); `zero-idiom`;
 *   `jump branch call return trap`; `distinct` (no two register operands may be the same),
 *   `distinct-destination` (the first may not be one of the others); `lock` (may be locked),
 *   `rep` (may be repeated), `repne` (may be repeated while equal or not), `notrack` (may be a branch that CET does
 *   not track): prefixes that make instructions of their own, `lock add` and so on (prefixed.ts);
 *   `d64` (64 bits without REX.W); `commutative` (the last two registers may be exchanged for a shorter prefix);
 *   `predicate:float`, `predicate:integer` or `predicate:xop` (the immediate is a comparison that text writes into the mnemonic:
 *   vcmpps …, 1 is vcmpltps); `blend` (the mask chooses between the sources: a merge keeps nothing of the
 *   destination); `as:NAME` (what text calls it, where LLVM has another name for the form); `unsized` (text leaves
 *   out how large the memory operand is); `address-register` (the first operand is an address, as wide as those of
 *   the memory operand); `norex2` (r16 to r31 are not to be had); `late`
 *   (comes after all other forms, which take the same operands: for decoding only).
 */
import type { Access, Control } from '../form.ts'
import { oncePerText } from './once.ts'

/** Columns: operands, roles, encoding, features, attributes. */
export type Row =
  | readonly [operands: string, roles: string, encoding: string, features: string]
  | readonly [operands: string, roles: string, encoding: string, features: string, attributes: string]

/** What a table file exports. */
export type Table = Readonly<Record<string, readonly Row[]>>

export const ROLES = ['R', 'V', 'M', 'O', 'I', 'J', 'S', 'D', '-'] as const
export type Role = (typeof ROLES)[number]
const DECORATIONS = ['', 'k', 'kz', 'er', 'sae'] as const
export type Decoration = (typeof DECORATIONS)[number]

/** One alternative of an operand, as a row writes it. */
export interface TokenSet {
  /** What the letters choose from: `x`… are of the family `v`; constants are of the family `=`. */
  readonly family: 'v' | 'r' | 'm' | 'i' | 'vm32' | 'vm64' | '='
  /** The letters; for a constant, the whole token. */
  readonly letters: string
  readonly decoration: Decoration
}

export interface ParsedOperand {
  readonly access: Access
  readonly implicit: boolean
  readonly alternatives: readonly TokenSet[]
}

/** Prefixes that text writes as words before the mnemonic. */
export type PrefixWord = 'lock' | 'rep' | 'repne' | 'notrack'

/** What the immediate of a comparison means, when it is one. */
export type Predicate = 'none' | 'float' | 'integer' | 'xop'

export interface Attributes {
  readonly flagsRead: string
  readonly flagsWritten: string
  readonly control: Control
  readonly zeroIdiom: boolean
  readonly distinct: boolean
  readonly distinctDestination: boolean
  readonly lockable: boolean
  /** Which prefixes make instructions of their own out of it. */
  readonly prefixes: readonly PrefixWord[]
  readonly unsized: boolean
  readonly addressRegister: boolean
  readonly noRex2: boolean
  /** Only decoded, since other forms take the same operands. */
  readonly late: boolean
  readonly default64: boolean
  readonly commutative: boolean
  readonly blend: boolean
  readonly predicate: Predicate
  /** The name in text; null when it is the mnemonic. */
  readonly printedAs: string | null
}

/** A row taken apart; the encoding column is read by notation.ts. */
export interface ParsedRow {
  readonly operands: readonly ParsedOperand[]
  readonly roles: readonly Role[]
  /** How many forms the parallel letters stand for. */
  readonly variants: number
  readonly encoding: string
  readonly features: readonly string[]
  readonly attributes: Attributes
}

/** A row that the grammar does not allow: which mnemonic, row and column, and what is wrong there. */
export class RowError extends Error {
  override readonly name = 'RowError'
}

/** Where a row stands, for messages. */
export interface RowPlace {
  readonly mnemonic: string
  /** Counted from 1. */
  readonly row: number
}

const COLUMNS = ['operands', 'roles', 'encoding', 'features', 'attributes'] as const
export type Column = (typeof COLUMNS)[number]

export function rowError(place: RowPlace, column: Column, text: string, reason: string): RowError {
  const number = COLUMNS.indexOf(column) + 1
  return new RowError(
    `${place.mnemonic}, row ${place.row}, column ${number} (${column}) '${text}': ${reason}`,
  )
}

const LETTERS: Readonly<Record<string, string>> = {
  v: 'xyz',
  r: 'wdq',
  m: 'bwdqxyz',
  i: 'bwdsq',
  vm32: 'xyz',
  vm64: 'xyz',
}
const CONSTANTS: ReadonlySet<string> = new Set(
  (
    'r8 r16 r32 r64 m m8 m16 m32 m48 m64 m80 m128 m256 m512 k tmm rel8 rel32 imm8 simm8 imm4 imm16 imm32 simm32 imm64 ' +
    'sibmem b16 b32 b64 mm st sreg cr dr si8 si16 si32 si64 di8 di16 di32 di64 moffs8 moffs16 moffs32 moffs64 dfv ' +
    'al ax eax rax cl dx xmm0 st0 fs gs 1'
  ).split(' '),
)
const ACCESS: Readonly<Record<string, Access>> = { r: 'r', w: 'w', rw: 'rw', n: 'none' }
const PREFIX_WORDS: readonly PrefixWord[] = ['lock', 'rep', 'repne', 'notrack']
const CONTROLS: ReadonlySet<string> = new Set(['jump', 'branch', 'call', 'return', 'trap'])

/** Constants without access; sets of immediates have none either. */
const LITERALS: ReadonlySet<string> = new Set(
  'rel8 rel32 imm8 simm8 imm4 imm16 imm32 simm32 imm64 dfv 1'.split(' '),
)
const ATTRIBUTES: ReadonlySet<string> = new Set(
  (
    'zero-idiom distinct distinct-destination lock rep repne notrack d64 commutative blend unsized address-register ' +
    'norex2 late predicate:float predicate:integer predicate:xop'
  ).split(' '),
)

/** Immediates and labels, which have no access. */
export function isLiteralToken({ family, letters }: TokenSet): boolean {
  return family === 'i' || (family === '=' && LITERALS.has(letters))
}

function familyOf(name: string): TokenSet['family'] {
  const [first] = name
  if (first === 'r' || first === 'm' || first === 'i') return first
  return name.startsWith('vm32') ? 'vm32' : name.startsWith('vm64') ? 'vm64' : 'v'
}

const parseToken = oncePerText((text): TokenSet | null => {
  const brace = text.indexOf('{')
  const name = brace < 0 ? text : text.slice(0, brace)
  const decoration = (brace < 0 ? '' : text.slice(brace + 1, -1)) as Decoration
  if (brace >= 0 && (decoration === '' || !DECORATIONS.includes(decoration) || !text.endsWith('}')))
    return null
  if (CONSTANTS.has(name)) return { family: '=', letters: name, decoration }
  const family = familyOf(name)
  const letters = family === 'v' ? name : name.slice(family.length)
  for (let i = 0; i < letters.length; i++) if (!LETTERS[family]!.includes(letters[i]!)) return null
  return letters === '' ? null : { family, letters, decoration }
})

/** An operand taken apart, or what is wrong with it. */
const readOperand = oncePerText((text): ParsedOperand | string => {
  const colon = text.indexOf(':')
  const accessText = colon < 0 ? '' : text.slice(0, colon)
  const body = text.slice(colon + 1)
  const access = accessText === '' ? 'none' : ACCESS[accessText]
  if (access === undefined) return `access is '${accessText}'; allowed are r, w, rw, n`
  if (body.startsWith('<') && body.endsWith('>')) {
    if (accessText === '') return 'an implicit operand needs an access'
    return {
      access,
      implicit: true,
      alternatives: [{ family: '=', letters: body.slice(1, -1), decoration: '' }],
    }
  }
  const alternatives: TokenSet[] = []
  for (const token of body.split('/')) {
    const parsed = parseToken(token)
    if (parsed === null) return `unknown token '${token}'`
    if ((accessText === '') !== isLiteralToken(parsed)) {
      return accessText === ''
        ? `'${token}' needs an access: r, w, rw or n`
        : `'${token}' is an immediate or label and has no access`
    }
    alternatives.push(parsed)
  }
  return { access, implicit: false, alternatives }
})

function parseOperand(text: string, place: RowPlace): ParsedOperand {
  const read = readOperand(text)
  if (typeof read === 'string') throw rowError(place, 'operands', text, read)
  return read
}

/** How many forms the parallel letters of a row stand for. */
export function variantCount(operands: readonly ParsedOperand[], row: Row, place: RowPlace): number {
  let count = 1
  for (const { alternatives } of operands) {
    for (const { family, letters } of alternatives) {
      if (family === '=' || letters.length === 1 || letters.length === count) continue
      if (count !== 1) {
        const reason = `set '${letters}' has ${letters.length} letters, another ${count}`
        throw rowError(place, 'operands', row[0], reason)
      }
      count = letters.length
    }
  }
  return count
}

const readRoles = oncePerText((text) => text.split('') as readonly string[] as readonly Role[])

/** The attributes taken apart, or the first word that is none. */
const readAttributes = oncePerText((text): Attributes | string => {
  let flagsRead = ''
  let flagsWritten = ''
  let control: Control = 'next'
  let predicate: Predicate = 'none'
  let printedAs: string | null = null
  const words = new Set<string>()
  for (const word of text === '' ? [] : text.split(' ')) {
    if (word.startsWith('r:')) flagsRead = word.slice(2)
    else if (word.startsWith('w:')) flagsWritten = word.slice(2)
    else if (word.startsWith('as:')) printedAs = word.slice(3)
    else if (CONTROLS.has(word)) control = word as Control
    else if (!ATTRIBUTES.has(word)) return word
    else if (word.startsWith('predicate:')) predicate = word.slice(10) as Predicate
    else words.add(word)
  }
  return {
    flagsRead,
    flagsWritten,
    control,
    zeroIdiom: words.has('zero-idiom'),
    distinct: words.has('distinct') || words.has('distinct-destination'),
    distinctDestination: words.has('distinct-destination'),
    lockable: words.has('lock'),
    prefixes: PREFIX_WORDS.filter((word) => words.has(word) || (word === 'rep' && words.has('repne'))),
    unsized: words.has('unsized'),
    addressRegister: words.has('address-register'),
    noRex2: words.has('norex2'),
    late: words.has('late'),
    default64: words.has('d64'),
    commutative: words.has('commutative'),
    blend: words.has('blend'),
    predicate,
    printedAs,
  }
})

function parseAttributes(text: string, place: RowPlace): Attributes {
  const read = readAttributes(text)
  if (typeof read === 'string') throw rowError(place, 'attributes', text, `unknown attribute '${read}'`)
  return read
}

const readFeatures = oncePerText((text): readonly string[] =>
  Object.freeze(text === '' ? [] : text.split(' ')),
)

/** The operand column taken apart; equal texts give the same objects. Throws RowError. */
export function parseOperands(row: Row, place: RowPlace): ParsedOperand[] {
  return row[0] === '' ? [] : row[0].split(', ').map((text) => parseOperand(text, place))
}

/** Takes a row apart, of which the operands are read already. Throws RowError, naming row and column, where it cannot be read. */
export function parseRow(row: Row, place: RowPlace, operands: readonly ParsedOperand[]): ParsedRow {
  return {
    operands,
    roles: readRoles(row[1]),
    variants: variantCount(operands, row, place),
    encoding: row[2],
    features: readFeatures(row[3]),
    attributes: parseAttributes(row[4] ?? '', place),
  }
}
