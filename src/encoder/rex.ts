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
 * REX without bits (40) makes numbers 4–7 of a byte register spl, bpl, sil, dil; without it they are ah, ch, dh, bh.
 */
import type { CodeBuffer } from './code-buffer.ts'
import type { EncodableForm } from './encodable.ts'
import { addressExtension, isAddress32, writeMemoryModRM, writeRegisterModRM } from './modrm.ts'
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
 * Writes prefixes, opcode, ModRM, SIB and displacement of a legacy form. Returns the position after them,
 * or REX_CONFLICT when an operand forbids the REX prefix that another needs.
 */
export function packLegacy(
  out: CodeBuffer,
  form: EncodableForm,
  reg: number,
  rm: Operand | undefined,
  opcodeRegister: number,
  operands: readonly (Operand | undefined)[] | null,
): number {
  const bytes = out.bytes
  let at = out.length
  let rex = (form.w << 3) | ((reg >> 1) & 4) | ((opcodeRegister >> 3) & 1)
  if (rm !== undefined) {
    if (rm instanceof Mem) {
      rex |= addressExtension(rm)
      if (isAddress32(rm)) bytes[at++] = 0x67
    } else rex |= ((rm as Reg).id >> 3) & 1
  }
  if (rex !== 0) rex |= REX
  if (operands !== null) {
    rex = withByteRegisters(rex, operands)
    if (rex === REX_CONFLICT) return REX_CONFLICT
  }
  if (form.operandSize16) bytes[at++] = 0x66
  if (form.prefix !== 0) bytes[at++] = form.prefix
  if (rex !== 0) bytes[at++] = rex
  for (let shift = 8 * (form.opcodeLength - 1); shift > 0; shift -= 8) bytes[at++] = form.opcode >>> shift
  bytes[at++] = form.opcode | (opcodeRegister & 7)
  if (rm === undefined) return form.hasModRM ? writeRegisterModRM(bytes, at, reg, 0) : at
  if (rm instanceof Mem) return writeMemoryModRM(out, at, reg, rm, 0, form.needsSib)
  return writeRegisterModRM(bytes, at, reg, (rm as Reg).id)
}
