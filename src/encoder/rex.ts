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
import type { CodeBuffer } from './code-buffer.ts'
import type { EncodableForm } from './encodable.ts'
import {
  addressExtension,
  addressExtension4,
  writeAddressPrefixes,
  writeMemoryModRM,
  writeRegisterModRM,
} from './modrm.ts'
import { Mem, type Operand } from './operands.ts'
import type { Reg } from './registers.ts'

const REX = 0x40
/** What byteRegisterRule says when the prefix is both needed and forbidden. */
export const REX_CONFLICT = -1

/**
 * REX as the byte registers among the operands want it: the prefix must be there for spl, bpl, sil, dil and must
 * not for ah, bh, ch, dh; REX_CONFLICT when there is both.
 */
function withByteRegisters(rex: number, operands: readonly (Operand | undefined)[]): number {
  let needed = rex
  let hasHighByte = false
  for (const operand of operands) {
    const kind = (operand as Reg | undefined)?.kind
    if (kind === 'r8h') hasHighByte = true
    else if (kind === 'r8' && (operand as Reg).id >= 4) needed |= REX
  }
  return hasHighByte && needed !== 0 ? REX_CONFLICT : needed
}

/**
 * Writes prefixes, opcode, ModRM, SIB and displacement of a legacy form; `special` is a memory operand that is not in
 * ModRM. Returns the position after them,
 * or REX_CONFLICT when an operand forbids the REX prefix that another needs.
 */
export function packLegacy(
  out: CodeBuffer,
  form: EncodableForm,
  reg: number,
  rm: Operand | undefined,
  opcodeRegister: number,
  operands: readonly (Operand | undefined)[] | null,
  special: Mem | null,
): number {
  const bytes = out.bytes
  let at = out.length
  let rex = (form.w << 3) | ((reg >> 1) & 4) | ((opcodeRegister >> 3) & 1)
  // R4, X4 and B4, where REX2 has them.
  let high = ((reg & 16) << 2) | (opcodeRegister & 16)
  if (form.prefixByte !== 0) bytes[at++] = form.prefixByte
  if (form.address32) bytes[at++] = 0x67
  if (rm !== undefined) {
    if (rm instanceof Mem) {
      at = writeAddressPrefixes(bytes, at, rm)
      rex |= addressExtension(rm)
      high |= addressExtension4(rm) << 4
    } else {
      const { id } = rm as Reg
      rex |= (id >> 3) & 1
      high |= id & 16
    }
  } else if (special !== null) at = writeAddressPrefixes(bytes, at, special)
  if (rex !== 0) rex |= REX
  if (operands !== null) {
    rex = withByteRegisters(rex | (high === 0 ? 0 : REX), operands)
    if (rex === REX_CONFLICT) return REX_CONFLICT
  }
  if (form.operandSize16) bytes[at++] = 0x66
  if (form.prefix !== 0) bytes[at++] = form.prefix
  let escapes = form.opcodeLength - 1
  if (high !== 0 || form.rex2) {
    const map = escapes > 0 && form.opcode >>> (8 * escapes) === 0x0f ? 0x80 : 0
    if (map !== 0) escapes--
    bytes[at++] = 0xd5
    bytes[at++] = map | high | (rex & 15)
  } else if (rex !== 0) bytes[at++] = rex
  for (let shift = 8 * escapes; shift > 0; shift -= 8) bytes[at++] = form.opcode >>> shift
  bytes[at++] = form.opcode | (opcodeRegister & 7)
  if (rm === undefined) return form.hasModRM ? writeRegisterModRM(bytes, at, reg, 0) : at
  if (rm instanceof Mem) return writeMemoryModRM(out, at, reg, rm, 0, form.needsSib)
  return writeRegisterModRM(bytes, at, reg, (rm as Reg).id)
}
