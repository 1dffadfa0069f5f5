/**
 * The VEX prefix (SDM Vol. 2A, 2.3.5). R, X, B and vvvv are stored inverted.
 *
 * ```
 * VEX2   C5   7   6 5 4 3   2   1 0        only map 0F, W 0, X 0, B 0
 *             R̄    v̄v̄v̄v̄     L    pp
 *
 * VEX3   C4   7 6 5   4 3 2 1 0     7   6 5 4 3   2   1 0
 *             R̄ X̄ B̄    map          W    v̄v̄v̄v̄     L    pp
 *
 * R: ModRM.reg bit 3    X: SIB.index bit 3    B: ModRM.rm or SIB.base bit 3
 * XOP    8F   as VEX3 (AMD64 manual Vol. 3, 1.2.7)
 *
 * map: 1 0F, 2 0F38, 3 0F3A, XOP 8 to 10    pp: 0 none, 1 66, 2 F3, 3 F2    L: 0 xmm or scalar, 1 ymm
 * ```
 */
import type { CodeBuffer } from './code-buffer.ts'
import type { EncodableForm } from './encodable.ts'
import { addressExtension, writeAddressPrefixes, writeMemoryModRM, writeRegisterModRM } from './modrm.ts'
import { Mem, type Operand } from './operands.ts'
import type { Reg } from './registers.ts'

/** From here on maps are of XOP. */
const FIRST_XOP_MAP = 8

/** Writes the prefix and opcode; r is bit 3 of ModRM.reg, extension X and B. Returns the position after them. */
function writePrefix(
  bytes: Uint8Array,
  start: number,
  form: EncodableForm,
  r: number,
  extension: number,
  vvvv: number,
): number {
  let at = start
  const low = ((~vvvv & 15) << 3) | (form.length << 2) | form.pp
  if (extension === 0 && form.map === 1 && form.w === 0) {
    bytes[at++] = 0xc5
    bytes[at++] = ((~r & 1) << 7) | low
  } else {
    bytes[at++] = form.map < FIRST_XOP_MAP ? 0xc4 : 0x8f
    bytes[at++] = ((~r & 1) << 7) | ((~extension & 3) << 5) | form.map
    bytes[at++] = (form.w << 7) | low
  }
  if (form.opcodeLength === 2) bytes[at++] = form.opcode >> 8
  bytes[at++] = form.opcode
  return at
}

/** Writes a form of registers only. VEX2 has no B: if rm is 8–15, the same in another order may be shorter. */
function packRegisters(
  bytes: Uint8Array,
  start: number,
  form: EncodableForm,
  reg: number,
  vvvv: number,
  rm: number,
  swappable: boolean,
): number {
  if (rm >= 8) {
    const { mirror } = form
    if (mirror !== null && reg < 8) {
      return writeRegisterModRM(bytes, writePrefix(bytes, start, mirror, 1, 0, vvvv), rm, reg)
    }
    if (swappable && vvvv < 8 && form.map === 1 && form.w === 0) {
      return writeRegisterModRM(bytes, writePrefix(bytes, start, form, reg >> 3, 0, rm), reg, vvvv)
    }
  }
  return writeRegisterModRM(bytes, writePrefix(bytes, start, form, reg >> 3, rm >> 3, vvvv), reg, rm)
}

/**
 * Writes prefix, opcode, ModRM, SIB and displacement of a VEX form; `swappable`: the operands in VEX.vvvv and ModRM.rm
 * may be exchanged. Returns the position after them.
 */
export function packVex(
  out: CodeBuffer,
  form: EncodableForm,
  reg: number,
  vvvv: number,
  rm: Operand | undefined,
  swappable: boolean,
): number {
  const bytes = out.bytes
  let at = out.length
  if (rm instanceof Mem) {
    at = writeAddressPrefixes(bytes, at, rm)
    at = writePrefix(bytes, at, form, reg >> 3, addressExtension(rm), vvvv)
    return writeMemoryModRM(out, at, reg, rm, 0, form.needsSib)
  }
  if (rm !== undefined) return packRegisters(bytes, at, form, reg, vvvv, (rm as Reg).id, swappable)
  at = writePrefix(bytes, at, form, reg >> 3, 0, vvvv)
  return form.hasModRM ? writeRegisterModRM(bytes, at, reg, 0) : at
}
