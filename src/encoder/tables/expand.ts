/** Expands a row into its forms: one for each variant of the parallel letters and each choice of alternatives. */
import type { EncodableForm, Slot } from '../encodable.ts'
import type { OperandSpec } from '../form.ts'
import { physical, type Reg, type RegKind, registerName } from '../registers.ts'
import { KIND_CODE, NUMBER_HIGH, NUMBER_LOW, RANGE, VSIB_X, VSIB_Y, VSIB_Z } from '../shape.ts'
import {
  type ParsedOperand,
  type ParsedRow,
  parseRow,
  type Role,
  type Row,
  type RowPlace,
  rowError,
  type TokenSet,
} from './grammar.ts'
import { type Notation, parseNotation, type Tuple } from './notation.ts'

const VECTOR_NAMES: Readonly<Record<string, string>> = { x: 'xmm', y: 'ymm', z: 'zmm' }
const REGISTER_NAMES: Readonly<Record<string, string>> = { w: 'r16', d: 'r32', q: 'r64' }
const MEMORY_BITS: Readonly<Record<string, number>> = { b: 8, w: 16, d: 32, q: 64, x: 128, y: 256, z: 512 }
const IMMEDIATE_NAMES: Readonly<Record<string, string>> = {
  b: 'ib',
  w: 'imm16',
  d: 'imm32',
  s: 'simm32',
  q: 'imm64',
}

/** A token with its letter chosen. */
interface Token {
  /** As OperandSpec.token without decoration. */
  readonly name: string
  readonly decoration: TokenSet['decoration']
  readonly letter: string
}

function chooseLetter(set: TokenSet, variant: number): Token {
  const { decoration, family, letters } = set
  if (family === '=') return { name: letters, decoration, letter: '' }
  const letter = letters.length === 1 ? letters : letters[variant]!
  switch (family) {
    case 'v':
      return { name: VECTOR_NAMES[letter]!, decoration, letter }
    case 'r':
      return { name: REGISTER_NAMES[letter]!, decoration, letter }
    case 'm':
      return { name: `m${MEMORY_BITS[letter]}`, decoration, letter }
    case 'i':
      return { name: IMMEDIATE_NAMES[letter]!, decoration, letter }
    default:
      return { name: `${family}${letter}`, decoration, letter }
  }
}

const FIXED_KINDS: readonly RegKind[] = ['r8', 'r16', 'r32', 'r64', 'xmm', 'k', 'tmm']
const FIXED = new Map<string, Reg>()
for (const kind of FIXED_KINDS) {
  for (let id = 0; id < (kind === 'k' || kind === 'tmm' ? 8 : 16); id++)
    FIXED.set(registerName(kind, id), physical(kind, id))
}

/** Vector length that a token's letter implies, or −1. */
function tokenLength(token: Token): number {
  if (/^[xyz]mm$/.test(token.name)) return 'xyz'.indexOf(token.name[0]!)
  return token.name.startsWith('vm') ? 'xyz'.indexOf(token.name.at(-1)!) : -1
}

function vectorLength(operands: readonly ParsedOperand[], notation: Notation, variant: number): number {
  if (notation.length !== 'letter') return notation.length
  const tokens = operands.flatMap((operand) => operand.alternatives.map((set) => chooseLetter(set, variant)))
  return Math.max(...tokens.map(tokenLength))
}

const bit = (code: number): number => 1 << code
const RANGES_8 = bit(RANGE.one) | bit(RANGE.signed8)
const RANGES_16 = RANGES_8 | bit(RANGE.unsigned8) | bit(RANGE.negative16)
const RANGES_S32 =
  RANGES_16 | bit(RANGE.unsigned16) | bit(RANGE.top16) | bit(RANGE.negative32) | bit(RANGE.positive32)
const RANGES_32 = RANGES_S32 | bit(RANGE.unsigned32) | bit(RANGE.top32)

/** Which immediates a token takes in an operation of so many bits; negative numbers have unsigned twins. */
function immediateRanges(name: string, operandBits: number): number {
  switch (name) {
    case '1':
      return bit(RANGE.one)
    case 'imm8':
    case 'ib':
      return RANGES_8 | bit(RANGE.unsigned8)
    case 'simm8':
      if (operandBits === 16) return RANGES_8 | bit(RANGE.top16)
      if (operandBits === 32) return RANGES_8 | bit(RANGE.top32)
      return RANGES_8 | bit(RANGE.top64Small)
    case 'imm16':
      return RANGES_16 | bit(RANGE.unsigned16) | bit(RANGE.top16)
    case 'imm32':
      return RANGES_32
    case 'simm32':
      return RANGES_S32 | bit(RANGE.top64) | bit(RANGE.top64Small)
    default:
      return RANGES_32 | bit(RANGE.wide) | bit(RANGE.top64) | bit(RANGE.top64Small)
  }
}

const EMPTY_SLOT: Slot = {
  type: 'register',
  kinds: 0,
  numbers: 0,
  mask: 'none',
  zeroing: false,
  rounding: 'none',
  width: 0,
  broadcast: false,
  repeats: 0,
  vsib: 0,
  highIndex: false,
  needsSib: false,
  ranges: 0,
}
const LOW_NUMBERS = bit(0) | bit(1) | bit(2) | bit(NUMBER_LOW)
const VSIB: Readonly<Record<string, number>> = { x: VSIB_X, y: VSIB_Y, z: VSIB_Z }

function memorySlot(token: Token, evex: boolean, w: number, mask: Slot['mask']): Slot | null {
  const slot: Slot = { ...EMPTY_SLOT, type: 'memory', mask }
  if (token.name === 'sibmem') return { ...slot, needsSib: true }
  if (token.name.startsWith('vm')) {
    // The token says how wide the indices are; the elements that are loaded or stored have the size that W says.
    return { ...slot, width: 32 << w, vsib: VSIB[token.letter]!, highIndex: evex, needsSib: true }
  }
  const match = /^(m|b)(\d*)$/.exec(token.name)
  return match === null ? null : { ...slot, width: Number(match[2]), broadcast: match[1] === 'b' }
}

function makeSlot(
  token: Token,
  role: Role,
  evex: boolean,
  w: number,
  operandBits: number,
  mask: Slot['mask'],
): Slot {
  const memory = memorySlot(token, evex, w, mask)
  if (memory !== null) return memory
  if (role === 'D') return { ...EMPTY_SLOT, type: 'label' }
  if (role === 'I' || token.name === '1') {
    return { ...EMPTY_SLOT, type: 'immediate', ranges: immediateRanges(token.name, operandBits) }
  }
  const fixed = role === '-' ? FIXED.get(token.name)! : null
  const kind = fixed?.kind ?? (token.name as RegKind)
  const kinds = bit(KIND_CODE[kind]) | (kind === 'r8' && fixed === null ? bit(KIND_CODE.r8h) : 0)
  const numbers =
    fixed !== null ? bit(fixed.id) : LOW_NUMBERS | (evex && /^.mm$/.test(kind) ? bit(NUMBER_HIGH) : 0)
  const rounding = token.decoration === 'er' || token.decoration === 'sae' ? token.decoration : 'none'
  return { ...EMPTY_SLOT, kinds, numbers, mask, zeroing: token.decoration === 'kz', rounding }
}

/** Bytes that disp8 counts in, as the tuple says; the checker holds them against the memory token. */
function tupleBytes(tuple: Tuple, length: number, w: number, tokenBytes: number): number {
  const vector = 16 << length
  switch (tuple) {
    case 'full':
    case 'fullmem':
      return vector
    case 'half':
    case 'halfmem':
      return vector / 2
    case 'quarter':
    case 'quartermem':
      return vector / 4
    case 'eighthmem':
      return vector / 8
    case 't1s':
      return tokenBytes === 0 || tokenBytes > 8 ? 4 << w : tokenBytes
    case 't1s8':
      return 1
    case 't1s16':
      return 2
    case 't1f':
      return Math.min(tokenBytes, 8)
    case 't2':
      return 8 << w
    case 't4':
      return 16 << w
    case 't8':
      return 32
    case 'mem128':
      return 16
    case 'movddup':
      return length === 0 ? 8 : vector
  }
}

function disp8Shift(
  row: Row,
  place: RowPlace,
  notation: Notation,
  slot: Slot | undefined,
  length: number,
  w: number,
) {
  if (notation.scheme !== 'evex' || slot === undefined || slot.type !== 'memory') return 0
  if (notation.tuple === null) throw rowError(place, 'encoding', row[2], 'a memory operand needs a tuple')
  const bytes = slot.width / 8
  if (slot.broadcast) {
    if (!/^(full|half|quarter)$/.test(notation.tuple)) {
      throw rowError(place, 'encoding', row[2], `tuple '${notation.tuple}' has no broadcast`)
    }
    return Math.log2(bytes)
  }
  const n = tupleBytes(notation.tuple, length, w, bytes)
  // Expand and compress touch up to a whole vector, but disp8 counts their elements.
  const countsElements = slot.vsib !== 0 || (notation.tuple.startsWith('t1s') && bytes > 8)
  if (!countsElements && n !== bytes) {
    throw rowError(
      place,
      'encoding',
      row[2],
      `tuple '${notation.tuple}' means ${n} bytes, the token m${slot.width}`,
    )
  }
  return Math.log2(n)
}

/** N of {1toN}: as many elements as the whole operand would have. */
function broadcastCount(notation: Notation, slot: Slot | undefined, length: number): number {
  if (slot === undefined || !slot.broadcast || notation.tuple === null) return 0
  return tupleBytes(notation.tuple, length, 0, 0) / (slot.width / 8)
}

function checkModRM(row: Row, place: RowPlace, roles: readonly Role[], notation: Notation): void {
  const fail = (reason: string) => rowError(place, 'encoding', row[2], reason)
  const usesR = roles.includes('R')
  if ((usesR || roles.includes('M')) && !notation.hasModRM) throw fail('roles R and M need /r or /0…/7')
  if (usesR && notation.digit >= 0) throw fail(`/${notation.digit} occupies ModRM.reg, which role R wants`)
  if (notation.hasModRM && notation.digit < 0 && !usesR) throw fail('/r needs an operand with role R')
  if (roles.includes('O') !== notation.opcodeRegister) throw fail('role O and +r go together')
  if (roles.includes('V') && notation.scheme === 'legacy') throw fail('role V needs VEX or EVEX')
}

const IMMEDIATE_BYTES: Readonly<Record<string, 1 | 2 | 4 | 8>> = {
  imm8: 1,
  simm8: 1,
  ib: 1,
  imm16: 2,
  imm32: 4,
  simm32: 4,
  imm64: 8,
}

/** Size of the operation in bits, as its general registers and memory say; 64 when there are none (push imm). */
function operationBits(tokens: readonly Token[]): number {
  for (const { name } of tokens) {
    const isSized = /^[rm]\d+$/.test(name)
    const match = /^[rm](8|16|32|64)$/.exec(isSized ? name : (FIXED.get(name)?.kind ?? ''))
    if (match !== null) return Number(match[1])
  }
  return 64
}

/** Where all registers must differ, those that the opcode names are not for the other operands. */
function takenNumbers(tokens: readonly Token[], roles: readonly Role[]): number {
  return tokens.reduce(
    (numbers, token, index) => (roles[index] === '-' ? numbers | bit(FIXED.get(token.name)!.id) : numbers),
    0,
  )
}

function legacyBytes(notation: Notation, size16: boolean, w: number): number {
  return notation.opcode.length + (notation.prefix === 0 ? 0 : 1) + (size16 ? 1 : 0) + w
}

function expandOne(
  mnemonic: string,
  row: Row,
  place: RowPlace,
  parsed: ParsedRow,
  notation: Notation,
  tokens: readonly Token[],
  length: number,
): EncodableForm {
  const { roles, attributes, operands } = parsed
  const letter =
    tokens.find((token) => /[wdq]/.test(token.letter) && /^(r|m|s?imm)\d/.test(token.name))?.letter ?? ''
  if ((notation.osz || notation.w === 'dq') && letter === '') {
    throw rowError(place, 'encoding', row[2], 'osz and Wdq need a w, d or q letter among the operands')
  }
  const wide = letter === 'q' && !attributes.default64
  const w = notation.w === 'dq' ? (letter === 'q' ? 1 : 0) : notation.osz ? (wide ? 1 : 0) : notation.w
  const size16 = notation.osz && letter === 'w'
  const evex = notation.scheme === 'evex'
  const operandBits = operationBits(tokens)
  const isVsib = tokens.some((token) => token.name.startsWith('vm'))
  const taken = attributes.distinct ? takenNumbers(tokens, roles) : 0
  const slots = roles.map((role, index) => {
    const token = tokens[index]!
    const masked = token.decoration === 'k' || token.decoration === 'kz'
    const slot = makeSlot(
      token,
      role,
      evex,
      w,
      operandBits,
      masked ? (isVsib ? 'needed' : 'allowed') : 'none',
    )
    if (slot.broadcast) return { ...slot, repeats: broadcastCount(notation, slot, length) }
    return role === '-' ? slot : { ...slot, numbers: slot.numbers & ~taken }
  })
  const rmIndex = roles.indexOf('M')
  const immediateIndex = roles.indexOf('I')
  const is4Index = roles.indexOf('S')
  const immediateBytes =
    immediateIndex >= 0 ? IMMEDIATE_BYTES[tokens[immediateIndex]!.name]! : is4Index >= 0 ? 1 : 0
  const displacementIndex = roles.indexOf('D')
  const displacementBytes = displacementIndex < 0 ? 0 : tokens[displacementIndex]!.name === 'rel8' ? 1 : 4
  const shortVex = notation.map === 1 && w === 0
  const prefixBytes =
    notation.scheme === 'legacy'
      ? legacyBytes(notation, size16, w)
      : (evex ? 4 : shortVex ? 2 : 3) + notation.opcode.length
  const specs = tokens.map((token, index): OperandSpec => {
    const { access, implicit } = operands[index]!
    const decoration = token.decoration === '' ? '' : `{${token.decoration}}`
    const fixed = implicit || roles[index] === '-' ? (FIXED.get(token.name) ?? null) : null
    if (implicit && fixed === null) {
      throw rowError(place, 'operands', row[0], `'<${token.name}>' is no register that can be implicit`)
    }
    return { access, implicit, fixed, token: implicit ? `<${token.name}>` : token.name + decoration }
  })
  const needsVL = evex && notation.length === 'letter' && length < 2
  const rounds = (token: Token) => token.decoration === 'er' || token.decoration === 'sae'
  return {
    mnemonic,
    operands: specs,
    text: `${mnemonic} ${specs.map((spec) => spec.token).join(', ')}`.trim(),
    features: needsVL ? [...parsed.features, 'AVX512VL'] : parsed.features,
    flagsRead: attributes.flagsRead,
    flagsWritten: attributes.flagsWritten,
    control: attributes.control,
    zeroIdiom: attributes.zeroIdiom,
    serial: 0,
    scheme: notation.scheme,
    slots,
    prefix: notation.prefix,
    pp: [0, 0x66, 0xf3, 0xf2].indexOf(notation.prefix),
    operandSize16: size16,
    map: notation.map,
    opcode: notation.opcode.reduce((word, byte) => word * 256 + byte, 0),
    opcodeLength: notation.opcode.length,
    w: w as 0 | 1,
    length: length as 0 | 1 | 2,
    hasModRM: notation.hasModRM,
    digit: Math.max(0, notation.digit),
    regIndex: roles.indexOf('R'),
    vvvvIndex: roles.indexOf('V'),
    rmIndex,
    opcodeIndex: roles.indexOf('O'),
    immediateIndex,
    immediateBytes,
    is4Index,
    displacementIndex,
    displacementBytes,
    roundingIndex: tokens.findIndex(rounds),
    maskIndex: slots.findIndex((slot) => slot.mask !== 'none'),
    merges: !attributes.blend && specs[0]?.token !== 'k{k}',
    disp8Shift: disp8Shift(row, place, notation, slots[rmIndex], length, w),
    broadcast: slots.some((slot) => slot.broadcast),
    broadcastCount: broadcastCount(notation, slots[rmIndex], length),
    vsib: isVsib,
    needsSib: slots.some((slot) => slot.needsSib),
    byteRegisters: slots.some((slot) => (slot.kinds & bit(KIND_CODE.r8)) !== 0),
    distinct: attributes.distinct,
    lockable: attributes.lockable,
    commutative: attributes.commutative,
    mirror: null,
    operandBits,
    predicate: attributes.predicate,
    printedAs: attributes.printedAs ?? mnemonic,
    cost: prefixBytes + (notation.hasModRM ? 1 : 0) + immediateBytes + displacementBytes,
  }
}

/** Every choice of one alternative for each operand, the first operand's slowest. */
function* combinations(operands: readonly ParsedOperand[], variant: number): Generator<readonly Token[]> {
  const [first, ...rest] = operands
  if (first === undefined) {
    yield []
    return
  }
  for (const set of first.alternatives) {
    for (const tail of combinations(rest, variant)) yield [chooseLetter(set, variant), ...tail]
  }
}

/** The forms of one row, in the order of its variants and alternatives. Throws RowError. */
export function expandRow(mnemonic: string, row: Row, number: number): EncodableForm[] {
  const place: RowPlace = { mnemonic, row: number }
  const parsed = parseRow(row, place)
  const notation = parseNotation(row[2], place)
  checkModRM(row, place, parsed.roles, notation)
  const lengths = Array.from({ length: parsed.variants }, (_, variant) =>
    vectorLength(parsed.operands, notation, variant),
  )
  const longest = Math.max(...lengths)
  const forms: EncodableForm[] = []
  for (let variant = 0; variant < parsed.variants; variant++) {
    const length = lengths[variant]!
    if (length < 0 && notation.scheme !== 'legacy') {
      throw rowError(place, 'encoding', row[2], 'no vector length, and no x, y or z among the operands')
    }
    for (const tokens of combinations(parsed.operands, variant)) {
      // {er} and {sae} take the place of L'L, and so exist at one length only.
      const here = tokens.map((token) =>
        length < longest && (token.decoration === 'er' || token.decoration === 'sae')
          ? { ...token, decoration: '' as const }
          : token,
      )
      forms.push(expandOne(mnemonic, row, place, parsed, notation, here, Math.max(0, length)))
    }
  }
  return forms
}

/** Whether `other` does the same as `form` between registers, with ModRM.reg and ModRM.rm exchanged, and has VEX2. */
function mirrors(form: EncodableForm, other: EncodableForm): boolean {
  return (
    form !== other &&
    form.scheme === 'vex' &&
    other.scheme === 'vex' &&
    form.regIndex >= 0 &&
    form.rmIndex >= 0 &&
    form.slots[form.rmIndex]!.type === 'register' &&
    form.regIndex === other.rmIndex &&
    form.rmIndex === other.regIndex &&
    form.vvvvIndex === other.vvvvIndex &&
    form.text === other.text &&
    form.length === other.length &&
    other.map === 1 &&
    other.w === 0
  )
}

let nextSerial = 0

/** All forms of a mnemonic, the shortest first, EVEX last; ties as the table has them. Throws RowError. */
export function expandRows(mnemonic: string, rows: readonly Row[]): readonly EncodableForm[] {
  const plain = rows.flatMap((row, index) => expandRow(mnemonic, row, index + 1))
  const forms = plain.map((form): EncodableForm => {
    const mirror = plain.find((other) => mirrors(form, other)) ?? null
    return Object.freeze({ ...form, serial: nextSerial++, mirror: mirror && Object.freeze(mirror) })
  })
  const isEvex = (form: EncodableForm) => (form.scheme === 'evex' ? 1 : 0)
  return Object.freeze(forms.sort((a, b) => isEvex(a) - isEvex(b) || a.cost - b.cost))
}
