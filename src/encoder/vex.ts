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
import { BASE_3, INDEX_3, UNUSUAL } from './address-bits.ts'
import type { CodeBuffer } from './code-buffer.ts'
import type { EncodableForm } from './encodable.ts'
import { writeAddressPrefixes, writeMemoryModRM, writeRegisterModRM } from './modrm.ts'
import type { Mem, Operand } from './operands.ts'
import type { Recipe } from './recipe.ts'
import type { Reg } from './registers.ts'

/** From here on maps are of XOP. */
const FIRST_XOP_MAP = 8
/** R̄, X̄ and B̄ of register 0. */
const NO_EXTENSION = 0xe0
const NO_VVVV = 0x78

const lastByte = (form: EncodableForm): number => NO_VVVV | (form.length << 2) | form.pp
const firstOpcodeByte = (form: EncodableForm): number => form.opcode >>> (8 * (form.opcodeLength - 1))

/** VEX3 (or XOP) and the first byte of the opcode, the first byte lowest. */
export function vex3Template(form: EncodableForm): number {
  const first = form.map < FIRST_XOP_MAP ? 0xc4 : 0x8f
  const last = (form.w << 7) | lastByte(form)
  return first | ((NO_EXTENSION | form.map) << 8) | (last << 16) | (firstOpcodeByte(form) << 24)
}

/** VEX2 and the first byte of the opcode; 0 where VEX2 does not reach. */
export function vex2Template(form: EncodableForm): number {
  if (form.map !== 1 || form.w !== 0) return 0
  return 0xc5 | ((0x80 | lastByte(form)) << 8) | (firstOpcodeByte(form) << 16)
}

/** Writes the prefix and opcode; `extension` has X and B as an address has them. Returns the position after them. */
function writePrefix(
  out: CodeBuffer,
  start: number,
  recipe: Recipe,
  reg: number,
  extension: number,
  vvvv: number,
): number {
  const r = (reg & 8) << 12
  let at = start
  if (extension === 0 && recipe.template2 !== 0) {
    out.view.setInt32(at, recipe.template2 ^ r ^ (vvvv << 11), true)
    at += 3
  } else {
    out.view.setInt32(at, recipe.template ^ r ^ (extension << 4) ^ (vvvv << 19), true)
    at += 4
  }
  if (recipe.opcodeLength === 2) out.bytes[at++] = recipe.opcode >> 8
  return at
}

/** Writes a form of registers only. VEX2 has no B: if rm is 8–15, the same in another order may be shorter. */
function packRegisters(
  out: CodeBuffer,
  start: number,
  recipe: Recipe,
  reg: number,
  vvvv: number,
  rm: number,
  swappable: boolean,
): number {
  const { bytes } = out
  if (rm >= 8) {
    const { mirror } = recipe.form
    if (mirror !== null && reg < 8) {
      out.view.setInt32(start, vex2Template(mirror) ^ (8 << 12) ^ (vvvv << 11), true)
      return writeRegisterModRM(bytes, start + 3, rm, reg)
    }
    if (swappable && vvvv < 8 && recipe.template2 !== 0) {
      return writeRegisterModRM(bytes, writePrefix(out, start, recipe, reg, 0, rm), reg, vvvv)
    }
  }
  return writeRegisterModRM(bytes, writePrefix(out, start, recipe, reg, (rm & 8) << 6, vvvv), reg, rm)
}

/**
 * Writes prefix, opcode, ModRM, SIB and displacement of a VEX form; `swappable`: the operands in VEX.vvvv and ModRM.rm
 * may be exchanged. Returns the position after them.
 */
export function packVex(
  out: CodeBuffer,
  recipe: Recipe,
  reg: number,
  vvvv: number,
  rm: Operand | undefined,
  swappable: boolean,
): number {
  let at = out.length
  if (recipe.rmIsMemory) {
    const mem = rm as Mem
    const { address } = mem
    if ((address & UNUSUAL) !== 0) at = writeAddressPrefixes(out.bytes, at, mem)
    at = writePrefix(out, at, recipe, reg, address & (BASE_3 | INDEX_3), vvvv)
    return writeMemoryModRM(out, at, reg, mem, 0, recipe.needsSib)
  }
  if (rm !== undefined) return packRegisters(out, at, recipe, reg, vvvv, (rm as Reg).id, swappable)
  at = writePrefix(out, at, recipe, reg, 0, vvvv)
  return recipe.hasModRM ? writeRegisterModRM(out.bytes, at, reg, 0) : at
}
