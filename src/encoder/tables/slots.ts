/** What each token takes, as the slot that operands' shapes are held against. */
import type { Slot } from '../encodable.ts'
import type { Access } from '../form.ts'
import type { Reg, RegKind } from '../registers.ts'
import { KIND_CODE, NUMBER_GS, NUMBER_HIGH, NUMBER_LOW, RANGE, SPECIAL_OFFSET, SPECIAL_RDI, SPECIAL_RSI, VSIB_X, VSIB_Y, VSIB_Z } from '../shape.ts'
import type { Role } from './grammar.ts'
import { fixedRegister, type Token } from './tokens.ts'

const bit = (code: number): number => 1 << code
const RANGES_8 = bit(RANGE.one) | bit(RANGE.signed8)
const RANGES_16 = RANGES_8 | bit(RANGE.unsigned8) | bit(RANGE.negative16)
const RANGES_S32 = RANGES_16 | bit(RANGE.unsigned16) | bit(RANGE.top16) | bit(RANGE.negative32) | bit(RANGE.positive32)
const RANGES_32 = RANGES_S32 | bit(RANGE.unsigned32) | bit(RANGE.top32)

/** Which immediates a token takes in an operation of so many bits; negative numbers have unsigned twins. */
function immediateRanges(name: string, operandBits: number): number {
  switch (name) {
    case '1':
      return bit(RANGE.one)
    case 'dfv':
    case 'imm4':
      return bit(RANGE.one) | bit(RANGE.signed8)
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
  special: 0,
  highBase: false,
  highIndex: false,
  needsSib: false,
  ranges: 0,
}
const LOW_NUMBERS = bit(0) | bit(1) | bit(2) | bit(NUMBER_LOW)
const VSIB: Readonly<Record<string, number>> = { x: VSIB_X, y: VSIB_Y, z: VSIB_Z }

/** By how the names of their tokens begin. */
const SPECIAL_ADDRESSES: readonly (readonly [start: string, address: number])[] = [
  ['si', SPECIAL_RSI],
  ['di', SPECIAL_RDI],
  ['moffs', SPECIAL_OFFSET],
]

/** What of the whole form decides what its operands take. */
export interface SlotContext {
  readonly evex: boolean
  /** General registers 16–31 can be encoded. */
  readonly highGeneral: boolean
  readonly w: number
  readonly operandBits: number
}

function memorySlot(token: Token, { evex, highGeneral, w }: SlotContext, mask: Slot['mask']): Slot | null {
  const slot: Slot = { ...EMPTY_SLOT, type: 'memory', mask, highBase: highGeneral }
  if (token.name === 'sibmem') return { ...slot, needsSib: true }
  if (token.name.startsWith('vm')) {
    // The token says how wide the indices are; the elements that are loaded or stored have the size that W says.
    return { ...slot, width: 32 << w, vsib: VSIB[token.letter]!, highIndex: evex, needsSib: true }
  }
  if (token.width < 0) return null
  const special = SPECIAL_ADDRESSES.find(([start]) => token.name.startsWith(start))
  if (special !== undefined) return { ...slot, width: token.width, special: special[1], highBase: false }
  return { ...slot, width: token.width, broadcast: token.name.startsWith('b') }
}

/** The classes of numbers that a register of a kind can have. */
function numberClasses(kind: RegKind, { evex, highGeneral }: SlotContext, access: Access): number {
  // cs is written by jumps alone (SDM Vol. 2B, MOV).
  if (kind === 'sreg') return (LOW_NUMBERS & (access === 'w' ? ~bit(1) : -1)) | bit(NUMBER_HIGH) | bit(NUMBER_GS)
  const isVector = kind === 'xmm' || kind === 'ymm' || kind === 'zmm'
  const isHigh = isVector ? evex : kind.startsWith('r') && highGeneral
  return LOW_NUMBERS | (isHigh ? bit(NUMBER_HIGH) : 0)
}

/** The class of the number of a register that the opcode names. */
function fixedClass(fixed: Reg): number {
  return bit(fixed.kind === 'sreg' && fixed.id === 5 ? NUMBER_GS : fixed.id)
}

const MASKS = { none: 0, allowed: 1, needed: 2 } as const
const ROLES: Readonly<Partial<Record<Role, number>>> = { D: 1, I: 2, J: 2, '-': 3 }

const known = new Map<Token, Map<number, Slot>>()

/**
 * What an operand must look like to stand where this token is. The same slot each time: hundreds of forms share one. It is
 * not frozen, since decoding is a fifth slower where slots are of several hidden classes.
 */
export function slotOf(token: Token, role: Role, access: Access, context: SlotContext, mask: Slot['mask']): Slot {
  // All that makeSlot looks at besides the token.
  const question =
    (context.evex ? 1 : 0) |
    (context.highGeneral ? 2 : 0) |
    (access === 'w' ? 4 : 0) |
    (context.w << 3) |
    ((ROLES[role] ?? 0) << 4) |
    (MASKS[mask] << 6) |
    (context.operandBits << 8)
  let slots = known.get(token)
  if (slots === undefined) {
    slots = new Map()
    known.set(token, slots)
  }
  let slot = slots.get(question)
  if (slot === undefined) {
    slot = makeSlot(token, role, access, context, mask)
    slots.set(question, slot)
  }
  return slot
}

function makeSlot(token: Token, role: Role, access: Access, context: SlotContext, mask: Slot['mask']): Slot {
  const memory = memorySlot(token, context, mask)
  if (memory !== null) return memory
  if (role === 'D') return { ...EMPTY_SLOT, type: 'label' }
  if (role === 'I' || role === 'J' || token.name === '1' || token.name === 'dfv') {
    return { ...EMPTY_SLOT, type: 'immediate', ranges: immediateRanges(token.name, context.operandBits) }
  }
  const fixed = role === '-' ? fixedRegister(token.name)! : null
  const kind = fixed?.kind ?? (token.name as RegKind)
  // ah, ch, dh and bh have no numbers under EVEX.
  const takesHighBytes = kind === 'r8' && fixed === null && !context.evex
  const kinds = bit(KIND_CODE[kind]) | (takesHighBytes ? bit(KIND_CODE.r8h) : 0)
  const numbers = fixed !== null ? fixedClass(fixed) : numberClasses(kind, context, access)
  const rounding = token.decoration === 'er' || token.decoration === 'sae' ? token.decoration : 'none'
  return { ...EMPTY_SLOT, kinds, numbers, mask, zeroing: token.decoration === 'kz', rounding }
}
