/**
 * Legacy instructions and the REX prefix (SDM Vol. 2A, 2.1.1 and 2.2.1).
 *
 * ```
 * [67] [66] [66|F2|F3] [REX] opcode…      REX   7 6 5 4   3   2   1   0
 *  |    |    mandatory                          0 1 0 0   W   R   X   B
 *  |    16-bit operands                                   |   |   |   ModRM.rm, SIB.base or +r, bit 3
 *  32-bit address                                         |   |   SIB.index, bit 3
 *                                                         |   ModRM.reg, bit 3
 *                                                         64-bit operands
 * ```
 *
 * With registers 16–31 (APX) REX2 takes its place, and that of the escape 0F (APX specification, 3.1.1):
 *
 * ```
 * REX2   D5   7   6  5  4   3 2 1 0
 *             M0  R4 X4 B4  W R X B        M0: the opcode is of map 0F    R4, X4, B4: bits 4 of the same numbers
 * ```
 *
 * REX without bits (40) makes numbers 4–7 of a byte register spl, bpl, sil, dil; without it they are ah, ch, dh, bh.
 */
import { UNUSUAL } from './address-bits.ts'
import type { CodeBuffer } from './code-buffer.ts'
import type { EncodableForm } from './encodable.ts'
import { writeAddressPrefixes, writeMemoryModRM, writeRegisterModRM } from './modrm.ts'
import type { Mem, Operand } from './operands.ts'
import type { Recipe } from './recipe.ts'
import type { Reg } from './registers.ts'

const REX = 0x40
/** What packLegacy returns when an operand forbids the REX prefix that another needs. */
export const REX_CONFLICT = -1

/** The prefixes 66 and mandatory ahead of REX, the first byte lowest. */
export function legacyTemplate(form: EncodableForm): number {
  if (!form.operandSize16) return form.prefix
  return form.prefix === 0 ? 0x66 : 0x66 | (form.prefix << 8)
}

/** The bytes of an opcode, the first lowest. */
export function opcodeWord({ opcode, opcodeLength }: EncodableForm): number {
  let word = 0
  for (let shift = 0; shift < 8 * opcodeLength; shift += 8) word = (word << 8) | ((opcode >>> shift) & 0xff)
  return word
}

/** REX where it must be there for spl, bpl, sil or dil; `operands` are those that byte registers have, as bits. */
function byteRegisterRex(
  operands: number,
  a: Operand | undefined,
  b: Operand | undefined,
  c: Operand | undefined,
  d: Operand | undefined,
): number {
  if ((operands & 1) !== 0 && (a as Reg).id >= 4) return REX
  if ((operands & 2) !== 0 && (b as Reg).id >= 4) return REX
  if ((operands & 4) !== 0 && (c as Reg).id >= 4) return REX
  return (operands & 8) !== 0 && (d as Reg).id >= 4 ? REX : 0
}

/** Writes REX2 and the opcode. Returns the position after them. */
function writeRex2(bytes: Uint8Array, start: number, form: EncodableForm, rex: number, high: number): number {
  let escapes = form.opcodeLength - 1
  const map = escapes > 0 && form.opcode >>> (8 * escapes) === 0x0f ? 0x80 : 0
  if (map !== 0) escapes--
  let at = start
  bytes[at++] = 0xd5
  bytes[at++] = map | high | (rex & 15)
  for (let shift = 8 * escapes; shift >= 0; shift -= 8) bytes[at++] = form.opcode >>> shift
  return at
}

/**
 * Writes prefixes, opcode, ModRM, SIB and displacement of a legacy form; `special` is a memory operand that is not in
 * ModRM, and a to d are all operands. Returns the position after them, or REX_CONFLICT.
 */
export function packLegacy(
  out: CodeBuffer,
  recipe: Recipe,
  reg: number,
  rm: Operand | undefined,
  opcodeRegister: number,
  special: Mem | null,
  a: Operand | undefined,
  b: Operand | undefined,
  c: Operand | undefined,
  d: Operand | undefined,
): number {
  const { bytes } = out
  const { rmIsMemory, template } = recipe
  let at = out.length
  // Bits 3 of all numbers, and bits 4 where REX2 has them.
  let rex = recipe.template2 | ((reg >> 1) & 4) | ((opcodeRegister >> 3) & 1)
  let high = ((reg & 16) << 2) | (opcodeRegister & 16)
  if (recipe.leads) {
    const { address32, prefixByte } = recipe.form
    if (prefixByte !== 0) bytes[at++] = prefixByte
    if (address32) bytes[at++] = 0x67
  }
  if (rmIsMemory) {
    const { address } = rm as Mem
    if ((address & UNUSUAL) !== 0) at = writeAddressPrefixes(bytes, at, rm as Mem)
    // Where the address has them: B and X from bit 9 on, B4 and X4 from bit 11 on.
    rex |= (address >> 9) & 3
    high |= (address >> 7) & 0x30
  } else if (rm !== undefined) {
    const { id } = rm as Reg
    rex |= (id >> 3) & 1
    high |= id & 16
  } else if (special !== null) at = writeAddressPrefixes(bytes, at, special)
  if (rex !== 0) rex |= REX
  if (recipe.byteRegisters !== 0) rex |= byteRegisterRex(recipe.byteRegisters, a, b, c, d)
  if (recipe.hasHighByte && (rex | high) !== 0) return REX_CONFLICT
  if (template !== 0) {
    bytes[at++] = template
    if (template > 0xff) bytes[at++] = template >> 8
  }
  if (high !== 0 || recipe.isRex2) at = writeRex2(bytes, at, recipe.form, rex, high)
  else {
    if (rex !== 0) bytes[at++] = rex
    out.view.setInt32(at, recipe.opcode, true)
    at += recipe.opcodeLength
  }
  if (opcodeRegister !== 0) bytes[at - 1]! |= opcodeRegister & 7
  if (rmIsMemory) return writeMemoryModRM(out, at, reg, rm as Mem, 0, recipe.needsSib)
  if (rm !== undefined) return writeRegisterModRM(bytes, at, reg, (rm as Reg).id)
  return recipe.hasModRM ? writeRegisterModRM(bytes, at, reg, 0) : at
}
