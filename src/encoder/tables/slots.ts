/** What each token takes, as the slot that operands' shapes are held against. */
import type { Slot } from '../encodable.ts'
import type { RegKind } from '../registers.ts'
import { KIND_CODE, NUMBER_HIGH, NUMBER_LOW, RANGE, VSIB_X, VSIB_Y, VSIB_Z } from '../shape.ts'
import type { Role } from './grammar.ts'
import { FIXED, type Token } from './tokens.ts'

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

/** What an operand must look like to stand where this token is, in a form with W and operand size as given. */
export function makeSlot(token: Token, role: Role, evex: boolean, w: number, operandBits: number, mask: Slot['mask']): Slot {
  const memory = memorySlot(token, evex, w, mask)
  if (memory !== null) return memory
  if (role === 'D') return { ...EMPTY_SLOT, type: 'label' }
  if (role === 'I' || token.name === '1') {
    return { ...EMPTY_SLOT, type: 'immediate', ranges: immediateRanges(token.name, operandBits) }
  }
  const fixed = role === '-' ? FIXED.get(token.name)! : null
  const kind = fixed?.kind ?? (token.name as RegKind)
  const kinds = bit(KIND_CODE[kind]) | (kind === 'r8' && fixed === null ? bit(KIND_CODE.r8h) : 0)
  const numbers = fixed !== null ? bit(fixed.id) : LOW_NUMBERS | (evex && /^.mm$/.test(kind) ? bit(NUMBER_HIGH) : 0)
  const rounding = token.decoration === 'er' || token.decoration === 'sae' ? token.decoration : 'none'
  return { ...EMPTY_SLOT, kinds, numbers, mask, zeroing: token.decoration === 'kz', rounding }
}
