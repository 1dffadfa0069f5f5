/** Expands a row into its forms: one for each variant of the parallel letters and each choice of alternatives. */
import type { EncodableForm, Slot } from '../encodable.ts'
import type { OperandSpec } from '../form.ts'
import { KIND_CODE } from '../shape.ts'
import {
  type ParsedOperand,
  type ParsedRow,
  parseRow,
  type Role,
  type Row,
  type RowPlace,
  rowError,
} from './grammar.ts'
import { type Notation, parseNotation } from './notation.ts'
import { slotOf } from './slots.ts'
import { chooseLetter, FIXED, operationBits, type Token, undecorated } from './tokens.ts'
import { broadcastCount, disp8Shift } from './tuples.ts'

function vectorLength(operands: readonly ParsedOperand[], notation: Notation, variant: number): number {
  if (notation.length !== 'letter') return notation.length
  let length = -1
  for (const { alternatives } of operands) {
    for (const set of alternatives) length = Math.max(length, chooseLetter(set, variant).length)
  }
  return length
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

/** Where all registers must differ, those that the opcode names are not for the other operands. */
function takenNumbers(tokens: readonly Token[], roles: readonly Role[]): number {
  return tokens.reduce(
    (numbers, token, index) => (roles[index] === '-' ? numbers | (1 << FIXED.get(token.name)!.id) : numbers),
    0,
  )
}

/**
 * Whether REX2 can stand before a legacy row (APX specification, 3.1.2.2): maps 0 and 1 have it, but for the opcodes
 * below, which are REX itself, relative jumps, and others that the prefix makes something else of.
 */
function takesRex2({ opcode, rex2, scheme }: Notation, { noRex2 }: ParsedRow['attributes']): boolean {
  if (scheme !== 'legacy' || noRex2) return false
  if (rex2) return true
  // Rows for one address size begin with 67, and what is mandatory behind it.
  const [first = 0, second = 0] =
    opcode[0] === 0x67 ? opcode.filter((byte) => byte !== 0x67 && byte !== 0xf3) : opcode
  const row = (first === 0x0f ? second : first) >> 4
  if (first === 0x0f) return second !== 0x38 && second !== 0x3a && row !== 0x3 && row !== 0x8
  return row !== 0x4 && row !== 0x7 && row !== 0xa && row !== 0xe
}

/** A row taken apart: what all of its forms have in common. */
interface RowFacts {
  readonly mnemonic: string
  readonly row: Row
  readonly place: RowPlace
  readonly parsed: ParsedRow
  readonly notation: Notation
  /** REX2 can stand before it. */
  readonly rex2: boolean
  /** Opcode bytes as one number, the first byte highest. */
  readonly opcode: number
}

/** Operand size and W, as notation and letter give them. */
function sizes(
  { notation, parsed, place, row }: RowFacts,
  tokens: readonly Token[],
): {
  readonly w: 0 | 1
  readonly size16: boolean
} {
  const letter = tokens.find((token) => token.sizeLetter !== '')?.sizeLetter ?? ''
  if ((notation.osz || notation.w === 'dq') && letter === '') {
    throw rowError(place, 'encoding', row[2], 'osz and Wdq need a w, d or q letter among the operands')
  }
  if (notation.osz && notation.scheme === 'legacy') {
    return { w: letter === 'q' && !parsed.attributes.default64 ? 1 : 0, size16: letter === 'w' }
  }
  // Under EVEX the operand-size prefix is one of the values of pp.
  return {
    w: notation.w === 'dq' ? (letter === 'q' ? 1 : 0) : notation.w,
    size16: notation.osz && letter === 'w',
  }
}

function formSlots(
  { notation, parsed, rex2 }: RowFacts,
  tokens: readonly Token[],
  length: number,
  w: number,
  operandBits: number,
): Slot[] {
  const { attributes, operands, roles } = parsed
  const taken = attributes.distinct ? takenNumbers(tokens, roles) : 0
  const evex = notation.scheme === 'evex'
  const context = { evex, highGeneral: evex || rex2, w, operandBits }
  const maskNeed = tokens.some((token) => token.name.startsWith('vm')) ? 'needed' : 'allowed'
  return roles.map((role, index) => {
    const token = tokens[index]!
    const isMasked = token.decoration === 'k' || token.decoration === 'kz'
    const slot = slotOf(token, role, operands[index]!.access, context, isMasked ? maskNeed : 'none')
    if (slot.broadcast) return { ...slot, repeats: broadcastCount(notation, slot, length) }
    return role === '-' || taken === 0 ? slot : { ...slot, numbers: slot.numbers & ~taken }
  })
}

/** What all slots of a form say together. */
function slotFacts(slots: readonly Slot[]) {
  const facts = {
    roundingIndex: -1,
    maskIndex: -1,
    broadcast: false,
    vsib: false,
    needsSib: false,
    specialAddress: false,
    byteRegisters: false,
  }
  for (let index = slots.length - 1; index >= 0; index--) {
    const slot = slots[index]!
    if (slot.rounding !== 'none') facts.roundingIndex = index
    if (slot.mask !== 'none') facts.maskIndex = index
    facts.broadcast ||= slot.broadcast
    facts.vsib ||= slot.vsib !== 0
    facts.needsSib ||= slot.needsSib
    facts.specialAddress ||= slot.special !== 0
    facts.byteRegisters ||= ((slot.kinds >> KIND_CODE.r8) & 1) === 1
  }
  return facts
}

const ACCESSES = { none: 0, r: 1, w: 2, rw: 3 } as const
const knownSpecs = new Map<Token, Map<number, OperandSpec>>()

function operandSpecs({ parsed, place, row }: RowFacts, tokens: readonly Token[]): OperandSpec[] {
  return tokens.map((token, index) => {
    const { access, implicit } = parsed.operands[index]!
    const isFixed = implicit || parsed.roles[index] === '-'
    let specs = knownSpecs.get(token)
    if (specs === undefined) {
      specs = new Map()
      knownSpecs.set(token, specs)
    }
    const question = ACCESSES[access] | (implicit ? 4 : 0) | (isFixed ? 8 : 0)
    let spec = specs.get(question)
    if (spec === undefined) {
      const decoration = token.decoration === '' ? '' : `{${token.decoration}}`
      const fixed = isFixed ? (FIXED.get(token.name) ?? null) : null
      if (implicit && fixed === null) {
        throw rowError(place, 'operands', row[0], `'<${token.name}>' is no register that can be implicit`)
      }
      const text = implicit ? `<${token.name}>` : token.name + decoration
      spec = Object.freeze({ access, implicit, fixed, token: text })
      specs.set(question, spec)
    }
    return spec
  })
}

/** Bytes of prefixes and opcode, at the shortest. */
function prefixBytes(notation: Notation, w: number, size16: boolean): number {
  const opcode = notation.opcode.length
  if (notation.scheme === 'evex') return 4 + opcode
  if (notation.scheme === 'vex') return (notation.map === 1 && w === 0 ? 2 : 3) + opcode
  return opcode + (notation.prefix === 0 ? 0 : 1) + (size16 ? 1 : 0) + (notation.rex2 ? 2 : w)
}

const IMMEDIATE_BYTES: Readonly<Record<string, 1 | 2 | 4 | 8>> = {
  imm4: 1,
  imm8: 1,
  simm8: 1,
  ib: 1,
  imm16: 2,
  imm32: 4,
  simm32: 4,
  imm64: 8,
  moffs8: 8,
  moffs16: 8,
  moffs32: 8,
  moffs64: 8,
}

/** By their code in pp. */
const PREFIXES: readonly number[] = [0, 0x66, 0xf3, 0xf2]

let serials = 0

/** A number that no other form has. */
export function nextSerial(): number {
  return serials++
}

/** The form of a row with one choice of tokens, of vector length L'L. */
function expandOne(common: RowFacts, tokens: readonly Token[], length: number): EncodableForm {
  const { mnemonic, notation, opcode, parsed, place, rex2, row } = common
  const { attributes, roles } = parsed
  const { size16, w } = sizes(common, tokens)
  const operandBits = operationBits(tokens)
  const slots = formSlots(common, tokens, length, w, operandBits)
  const facts = slotFacts(slots)
  const specs = operandSpecs(common, tokens)
  const rmIndex = roles.indexOf('M')
  const immediateIndex = roles.indexOf('I')
  const is4Index = roles.indexOf('S')
  const immediateBytes =
    immediateIndex < 0 ? (is4Index < 0 ? 0 : 1) : IMMEDIATE_BYTES[tokens[immediateIndex]!.name]!
  const secondImmediateIndex = roles.indexOf('J')
  const displacementIndex = roles.indexOf('D')
  const displacementBytes = displacementIndex < 0 ? 0 : tokens[displacementIndex]!.name === 'rel8' ? 1 : 4
  const evex = notation.scheme === 'evex'
  const prefix = evex && size16 ? 0x66 : notation.prefix
  const needsVL = notation.scheme === 'evex' && notation.length === 'letter' && length < 2
  return {
    mnemonic,
    operands: Object.freeze(specs),
    text: `${mnemonic} ${specs.map((spec) => spec.token).join(', ')}`.trim(),
    features: needsVL ? withVL(parsed.features) : parsed.features,
    flagsRead: attributes.flagsRead,
    flagsWritten: attributes.flagsWritten,
    control: attributes.control,
    zeroIdiom: attributes.zeroIdiom,
    serial: nextSerial(),
    scheme: notation.scheme,
    slots: Object.freeze(slots),
    prefix,
    pp: PREFIXES.indexOf(prefix),
    noPrefix: notation.noPrefix,
    operandSize16: size16 && !evex,
    prefixByte: 0,
    rex2: notation.rex2,
    address32: notation.address32,
    takesRex2: rex2,
    evexControl: notation.evexControl,
    sizedBy66: notation.osz,
    map: notation.map,
    opcode,
    opcodeLength: notation.opcode.length,
    w,
    anyW: notation.anyW,
    anyLength: notation.anyLength,
    length: length as 0 | 1 | 2,
    hasModRM: notation.hasModRM,
    suffix: notation.suffix,
    digit: Math.max(0, notation.digit),
    anyDigit: notation.anyDigit,
    anyRm: notation.anyRm,
    regIndex: roles.indexOf('R'),
    vvvvIndex: roles.indexOf('V'),
    rmIndex,
    opcodeIndex: roles.indexOf('O'),
    immediateIndex,
    immediateBytes,
    secondImmediateIndex,
    is4Index,
    displacementIndex,
    displacementBytes,
    defaultFlagsIndex: tokens.findIndex((token) => token.name === 'dfv'),
    roundingIndex: facts.roundingIndex,
    maskIndex: facts.maskIndex,
    merges: !attributes.blend && specs[0]?.token !== 'k{k}',
    disp8Shift: disp8Shift(row, place, notation, slots[rmIndex], length, w),
    broadcast: facts.broadcast,
    broadcastCount: broadcastCount(notation, slots[rmIndex], length),
    vsib: facts.vsib,
    needsSib: facts.needsSib,
    specialAddress: facts.specialAddress,
    addressRegister: attributes.addressRegister,
    byteRegisters: facts.byteRegisters,
    distinct: attributes.distinct,
    distinctDestination: attributes.distinctDestination,
    lockable: attributes.lockable,
    prefixes: attributes.prefixes,
    unsized: attributes.unsized,
    commutative: attributes.commutative,
    mirror: null,
    operandBits,
    predicate: attributes.predicate,
    late: attributes.late,
    printedAs: attributes.printedAs ?? mnemonic,
    cost:
      prefixBytes(notation, w, size16) +
      (notation.hasModRM ? 1 : 0) +
      immediateBytes +
      displacementBytes +
      (secondImmediateIndex < 0 ? 0 : 1) +
      (notation.suffix < 0 ? 0 : 1),
  }
}

const longer = new Map<readonly string[], readonly string[]>()

/** The features that the shorter vectors of EVEX need. */
function withVL(features: readonly string[]): readonly string[] {
  let all = longer.get(features)
  if (all === undefined) {
    all = Object.freeze([...features, 'AVX512VL'])
    longer.set(features, all)
  }
  return all
}

/** Every choice of one alternative for each operand, the first operand's slowest. */
function combinations(operands: readonly ParsedOperand[], variant: number): readonly (readonly Token[])[] {
  let choices: Token[][] = [[]]
  for (const { alternatives } of operands) {
    if (alternatives.length === 1) {
      const token = chooseLetter(alternatives[0]!, variant)
      for (const chosen of choices) chosen.push(token)
    } else {
      const tokens = alternatives.map((set) => chooseLetter(set, variant))
      choices = choices.flatMap((chosen) => tokens.map((token) => [...chosen, token]))
    }
  }
  return choices
}

const isRounded = ({ decoration }: Token): boolean => decoration === 'er' || decoration === 'sae'

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
  const common: RowFacts = {
    ...{ mnemonic, row, place, parsed, notation },
    rex2: takesRex2(notation, parsed.attributes),
    opcode: notation.opcode.reduce((word, byte) => word * 256 + byte, 0),
  }
  const forms: EncodableForm[] = []
  for (let variant = 0; variant < parsed.variants; variant++) {
    const length = lengths[variant]!
    if (length < 0 && notation.scheme !== 'legacy') {
      throw rowError(place, 'encoding', row[2], 'no vector length, and no x, y or z among the operands')
    }
    for (const tokens of combinations(parsed.operands, variant)) {
      // {er} and {sae} take the place of L'L, and so exist at one length only.
      const isShort = length < longest && tokens.some(isRounded)
      const here = isShort ? tokens.map((token) => (isRounded(token) ? undecorated(token) : token)) : tokens
      forms.push(expandOne(common, here, Math.max(0, length)))
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

/** All forms of a mnemonic, the shortest first, EVEX and what is only decoded last; ties as the table has them. Throws RowError. */
export function expandRows(mnemonic: string, rows: readonly Row[]): readonly EncodableForm[] {
  const plain = rows.flatMap((row, index) => expandRow(mnemonic, row, index + 1))
  const forms = plain.map((form): EncodableForm => {
    const mirror = form.scheme === 'vex' ? plain.find((other) => mirrors(form, other)) : undefined
    return Object.freeze(mirror === undefined ? form : { ...form, mirror: Object.freeze(mirror) })
  })
  const rank = (form: EncodableForm) => (form.late ? 2 : form.scheme === 'evex' ? 1 : 0)
  return Object.freeze(forms.sort((a, b) => rank(a) - rank(b) || a.cost - b.cost))
}
