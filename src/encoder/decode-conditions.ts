/** What each form asks of prefixes and ModRM, as bits of the key by which the decoder chooses among forms. */
import type { EncodableForm } from './encodable.ts'
import { KIND_CODE } from './shape.ts'

/*
 * What the decoder knows of an instruction before it chooses the form, as one integer:
 *
 * 23 22 21   20    19   18   17  16     15    14  13  12 11  10   9   8 7   6       5 4 3  2 1 0
 * aaa        REX2  67   B    V′  vvvv   mask  z   b   L′L    W   66   pp    mod 11  reg    r/m
 *
 * vvvv and mask: not zero. B: bit 3 of a register in the opcode. 66: in legacy maps, where pp holds F3 (2) or F2 (3)
 * alone.
 */
export const KEY_RM = 0x7
export const KEY_REG = 0x38
export const REG_SHIFT = 3
export const KEY_REGISTER = 0x40
export const KEY_PP = 0x180
export const PP_SHIFT = 7
export const KEY_SIZE = 0x200
export const KEY_W = 0x400
export const KEY_LENGTH = 0x1800
export const LENGTH_SHIFT = 11
export const KEY_B = 0x2000
export const KEY_Z = 0x4000
export const KEY_MASK = 0x8000
export const KEY_VVVV = 0x10000
export const KEY_V4 = 0x20000
export const KEY_REX_B = 0x40000
export const KEY_ADDRESS = 0x80000
export const KEY_REX2 = 0x100000
export const KEY_AAA = 0xe00000
export const AAA_SHIFT = 21

/** Where a form is found. */
export interface Place {
  /** As FIRST_MAP of decode-scan.ts numbers them. */
  readonly map: number
  readonly opcode: number
  /** A ModRM byte that belongs to the opcode, or −1. */
  readonly literal: number
  /** The address size prefix belongs to the opcode. */
  readonly needs67: boolean
}

/** A mask over the key, and what it must let through. */
export interface Condition {
  readonly mask: number
  readonly match: number
}

class ConditionBuilder {
  mask = 0
  match = 0

  /** These bits have this value. */
  require(bits: number, value: number): void {
    this.mask |= bits
    this.match |= value
  }

  flag(bit: number, isSet: boolean): void {
    this.require(bit, isSet ? bit : 0)
  }

  done(): Condition {
    return { mask: this.mask, match: this.match }
  }
}

/** Moves to and from control and debug registers take ModRM.rm for a register whatever mod says (SDM Vol. 2B, MOV). */
function ignoresMod(form: EncodableForm): boolean {
  const special = (1 << KIND_CODE.cr) | (1 << KIND_CODE.dr)
  return form.slots.some(({ kinds }) => (kinds & special) !== 0)
}

function requireModRM(condition: ConditionBuilder, form: EncodableForm, literal: number): void {
  if (literal >= 0) {
    condition.flag(KEY_REGISTER, literal >= 0xc0)
    condition.require(KEY_REG, literal & KEY_REG)
    // D8 C0 +r: the low bits are an operand.
    if (form.opcodeIndex < 0 && !form.anyRm) condition.require(KEY_RM, literal & KEY_RM)
    return
  }
  if (!form.hasModRM) return
  if (form.regIndex < 0 && !form.anyDigit) condition.require(KEY_REG, form.digit << REG_SHIFT)
  if (form.rmIndex < 0) {
    condition.flag(KEY_REGISTER, true)
    condition.require(KEY_RM, 0)
  } else if (!ignoresMod(form)) {
    condition.flag(KEY_REGISTER, form.slots[form.rmIndex]!.type === 'register')
  }
}

/** Whether 66 in a form chooses the operand size, and is no mandatory prefix: then there is the same without it. */
function choosesSize(
  form: EncodableForm,
  literal: number,
  isOneByteMap: boolean,
  siblings: readonly EncodableForm[],
): boolean {
  if (form.prefix !== 0x66) return false
  const isSame = (other: EncodableForm): boolean =>
    literal >= 0
      ? other.opcode === form.opcode
      : form.regIndex >= 0 || other.regIndex >= 0 || other.digit === form.digit
  return isOneByteMap || siblings.some((other) => other.prefix === 0 && !other.noPrefix && isSame(other))
}

/** Prefixes of a legacy form (SDM Vol. 2A, 2.1.1, 2.2.1.2, 3.1.1.1): F2 and F3 win over 66, and REX.W over 66 as a size. */
function requireLegacyPrefixes(
  condition: ConditionBuilder,
  form: EncodableForm,
  isSize: boolean,
  has16Bits: boolean,
): void {
  const { noPrefix, operandBits, operandSize16, pp, prefix, sizedBy66, w } = form
  const has16 = operandSize16 || isSize
  if (prefix === 0xf3 || prefix === 0xf2 || noPrefix) {
    condition.require(KEY_PP, (prefix === 0x66 ? 0 : pp) << PP_SHIFT)
  }
  if (!form.takesRex2) condition.flag(KEY_REX2, false)
  else if (form.rex2) condition.flag(KEY_REX2, true)
  if (prefix === 0x66 && !isSize) {
    condition.flag(KEY_SIZE, true)
    condition.require(KEY_PP, 0)
  }
  if (noPrefix && (prefix !== 0 || !sizedBy66 || !has16Bits)) condition.flag(KEY_SIZE, false)
  if (w === 1) condition.flag(KEY_W, true)
  else if (has16) {
    condition.flag(KEY_W, false)
    condition.flag(KEY_SIZE, true)
  } else if (sizedBy66 && operandBits !== 64) {
    // With 64 bits by default W changes nothing, and 66 has a form of its own.
    condition.flag(KEY_W, false)
    // A form with a mandatory prefix and without one for 16 bits ignores 66.
    if (prefix === 0) condition.flag(KEY_SIZE, false)
  }
}

/** ND stands where other instructions have b (APX specification, 3.1.2.3). */
const ND = 0x10

function requireEvex(condition: ConditionBuilder, form: EncodableForm): void {
  const masked = form.maskIndex < 0 ? null : form.slots[form.maskIndex]!
  if (form.defaultFlagsIndex >= 0) condition.flag(KEY_V4, (form.evexControl & 8) === 0)
  else if (form.vvvvIndex < 0 && !form.vsib) condition.require(KEY_V4, 0)
  condition.flag(KEY_B, form.broadcast || (form.evexControl & ND) !== 0)
  if (masked?.zeroing !== true) condition.require(KEY_Z, 0)
  if (masked === null) condition.require(KEY_AAA, (form.evexControl & 7) << AAA_SHIFT)
  else if (masked.mask === 'needed') condition.flag(KEY_MASK, true)
}

/**
 * The conditions under which bytes are this form: mostly one. `siblings` are all forms with the same opcode byte in the
 * same map.
 */
export function conditionsOf(
  form: EncodableForm,
  { literal, map, needs67 }: Place,
  siblings: readonly EncodableForm[],
): Condition[] {
  const condition = new ConditionBuilder()
  requireModRM(condition, form, literal)
  if (needs67) condition.flag(KEY_ADDRESS, true)
  if (form.addressRegister) condition.flag(KEY_ADDRESS, ((form.slots[0]!.kinds >> KIND_CODE.r32) & 1) === 1)
  if (form.scheme === 'legacy') {
    const isSize = choosesSize(form, literal, map === 0, siblings)
    const has16Bits = siblings.some((other) => other.operandSize16 && other.mnemonic === form.mnemonic)
    requireLegacyPrefixes(condition, form, isSize, has16Bits)
    // 90 is nop, but 41 90 exchanges r8 with the accumulator.
    const isWhole = literal < 0 && !form.hasModRM && form.opcodeIndex < 0
    if (isWhole && siblings.some((other) => other.opcodeIndex >= 0)) condition.require(KEY_REX_B, 0)
    return [condition.done()]
  }
  // REX.W wins over 66 as a size, which is pp here.
  const pp = form.sizedBy66 && form.w === 1 ? KEY_PP & ~(1 << PP_SHIFT) : KEY_PP
  condition.require(pp, form.pp << PP_SHIFT)
  if (!form.anyW) condition.flag(KEY_W, form.w === 1)
  if (!form.anyLength) condition.require(KEY_LENGTH, form.length << LENGTH_SHIFT)
  if (form.vvvvIndex < 0 && form.defaultFlagsIndex < 0) condition.require(KEY_VVVV, 0)
  if (form.scheme === 'vex') return [condition.done()]
  requireEvex(condition, form)
  const plain = condition.done()
  if (form.roundingIndex < 0) return [plain]
  // With b, L′L is the rounding mode and the length is the longest (SDM Vol. 2A, 2.7.10).
  const rounded = { mask: plain.mask & ~KEY_LENGTH, match: (plain.match & ~KEY_LENGTH) | KEY_B }
  return [plain, rounded]
}
