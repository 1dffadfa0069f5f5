/** Makes a form of a row, once a token has been chosen for each operand. */
import type { EncodableForm, Slot } from '../encodable.ts'
import type { Access, OperandSpec } from '../form.ts'
import { CLASS_VSIB } from '../operand-class.ts'
import { KIND_CODE } from '../shape.ts'
import { type Role, rowError } from './grammar.ts'
import type { Notation } from './notation.ts'
import type { RowFacts } from './row-facts.ts'
import { slotOf } from './slots.ts'
import { fixedRegister, operationBits, type Token, undecorated } from './tokens.ts'
import { broadcastCount, disp8Shift } from './tuples.ts'

/** Where all registers must differ, those that the opcode names are not for the other operands. */
function takenNumbers(tokens: readonly Token[], roles: readonly Role[]): number {
  return tokens.reduce((numbers, token, index) => (roles[index] === '-' ? numbers | (1 << fixedRegister(token.name)!.id) : numbers), 0)
}

/** Operand size and W, as notation and letter give them. */
function sizes(
  { notation, parsed, place, row }: RowFacts,
  tokens: readonly Token[],
): {
  readonly w: 0 | 1
  readonly size16: boolean
} {
  let letter = ''
  for (let i = 0; letter === '' && i < tokens.length; i++) letter = tokens[i]!.sizeLetter
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

function isMasked({ decoration }: Token): boolean {
  return decoration === 'k' || decoration === 'kz'
}

function formSlots({ notation, parsed, rex2 }: RowFacts, tokens: readonly Token[], length: number, w: number, operandBits: number): Slot[] {
  const { attributes, operands, roles } = parsed
  const taken = attributes.distinct ? takenNumbers(tokens, roles) : 0
  const evex = notation.scheme === 'evex'
  const context = { evex, highGeneral: evex || rex2, w, operandBits }
  let maskNeed: Slot['mask'] = 'allowed'
  for (const { takes } of tokens) if (takes === CLASS_VSIB) maskNeed = 'needed'
  const slots: Slot[] = []
  for (let index = 0; index < roles.length; index++) {
    const role = roles[index]!
    const token = tokens[index]!
    const slot = slotOf(token, role, operands[index]!.access, context, isMasked(token) ? maskNeed : 'none')
    if (slot.broadcast) slots.push({ ...slot, repeats: broadcastCount(notation, slot, length) })
    else slots.push(role === '-' || taken === 0 ? slot : { ...slot, numbers: slot.numbers & ~taken })
  }
  return slots
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
const knownSpecs = new Map<Token, (OperandSpec | undefined)[]>()

function makeSpec({ place, row }: RowFacts, token: Token, access: Access, implicit: boolean, isFixed: boolean): OperandSpec {
  const decoration = token.decoration === '' ? '' : `{${token.decoration}}`
  const fixed = isFixed ? (fixedRegister(token.name) ?? null) : null
  if (implicit && fixed === null) {
    throw rowError(place, 'operands', row[0], `'<${token.name}>' is no register that can be implicit`)
  }
  const text = implicit ? `<${token.name}>` : token.name + decoration
  return Object.freeze({ access, implicit, fixed, token: text })
}

function operandSpecs(common: RowFacts, tokens: readonly Token[]): OperandSpec[] {
  const { operands, roles } = common.parsed
  const all: OperandSpec[] = []
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index]!
    const { access, implicit } = operands[index]!
    const isFixed = implicit || roles[index] === '-'
    let specs = knownSpecs.get(token)
    if (specs === undefined) {
      specs = []
      knownSpecs.set(token, specs)
    }
    const question = ACCESSES[access] | (implicit ? 4 : 0) | (isFixed ? 8 : 0)
    specs[question] ??= makeSpec(common, token, access, implicit, isFixed)
    all.push(specs[question])
  }
  return all
}

/** The mnemonic and its operands. */
function textOf(mnemonic: string, specs: readonly OperandSpec[]): string {
  let text = mnemonic
  for (let index = 0; index < specs.length; index++) text += `${index === 0 ? ' ' : ', '}${specs[index]!.token}`
  return text
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

/** Takes so many numbers that no other form has, one after the other, and returns the first. */
export function takeSerials(count: number): number {
  const first = serials
  serials += count
  return first
}

const isRounded = ({ decoration }: Token): boolean => decoration === 'er' || decoration === 'sae'

/** The form of a row in one variant with one choice of tokens, not yet frozen. Throws RowError. */
export function makeForm(common: RowFacts, variant: number, chosen: readonly Token[], serial: number): EncodableForm {
  const written = common.lengths[variant]!
  // {er} and {sae} take the place of L'L, and so exist at one length only.
  const isShort = written < common.longest && chosen.some(isRounded)
  const tokens = isShort ? chosen.map((token) => (isRounded(token) ? undecorated(token) : token)) : chosen
  const length = Math.max(0, written)
  const { mnemonic, notation, opcode, parsed, place, places, rex2, row } = common
  const { attributes } = parsed
  const { size16, w } = sizes(common, tokens)
  const operandBits = operationBits(tokens)
  const slots = formSlots(common, tokens, length, w, operandBits)
  const facts = slotFacts(slots)
  const specs = operandSpecs(common, tokens)
  const rmIndex = places.rm
  const immediateIndex = places.immediate
  const immediateBytes = immediateIndex < 0 ? (places.is4 < 0 ? 0 : 1) : IMMEDIATE_BYTES[tokens[immediateIndex]!.name]!
  const displacementBytes = places.displacement < 0 ? 0 : tokens[places.displacement]!.name === 'rel8' ? 1 : 4
  const evex = notation.scheme === 'evex'
  const prefix = evex && size16 ? 0x66 : notation.prefix
  const needsVL = notation.scheme === 'evex' && notation.length === 'letter' && length < 2
  return {
    mnemonic,
    operands: Object.freeze(specs),
    text: textOf(mnemonic, specs),
    features: needsVL ? withVL(parsed.features) : parsed.features,
    flagsRead: attributes.flagsRead,
    flagsWritten: attributes.flagsWritten,
    control: attributes.control,
    zeroIdiom: attributes.zeroIdiom,
    serial,
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
    regIndex: places.reg,
    vvvvIndex: places.vvvv,
    rmIndex,
    opcodeIndex: places.opcode,
    immediateIndex,
    immediateBytes,
    secondImmediateIndex: places.secondImmediate,
    is4Index: places.is4,
    displacementIndex: places.displacement,
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
      (places.secondImmediate < 0 ? 0 : 1) +
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
