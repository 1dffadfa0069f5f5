/**
 * The EVEX prefix (SDM Vol. 2A, 2.7.1, table 2-30). R, X, B, R′, vvvv and V′ are stored inverted.
 *
 * ```
 * 62   7 6 5 4   3   2 1 0     7   6 5 4 3   2   1 0     7   6 5   4   3   2 1 0
 *      R̄ X̄ B̄ R̄′  B4   map      W    v̄v̄v̄v̄     X̄4   pp     z   L′L   b   V̄′   aaa
 *                                                        0   0 0   ND  V̄′   NF 0 0     map 4 and others of APX
 *                                                        0   0 0   ND    scc           ccmp, ctest; vvvv: OF SF ZF CF
 *
 * R′R  ModRM.reg bits 4 and 3          V′vvvv  the second source; V′ also bit 4 of a VSIB index
 * XB   a vector register in ModRM.rm: bits 4 and 3; otherwise SIB.index, and base or register, bit 3
 * X4B4 bit 4 of those (APX specification, 3.1.2.3)
 * L′L  0 xmm, 1 ymm, 2 zmm; with b and a register in ModRM.rm: the rounding mode
 * b    broadcast of a memory operand; {er} or {sae}        z  zeroing        aaa  opmask, 0 for none
 * ```
 */
import { BASE_3, BASE_4, INDEX_3, INDEX_4, UNUSUAL } from './address-bits.ts'
import type { CodeBuffer } from './code-buffer.ts'
import type { EncodableForm } from './encodable.ts'
import { writeAddressPrefixes, writeMemoryModRM, writeRegisterModRM } from './modrm.ts'
import type { Mem, Operand } from './operands.ts'
import type { Recipe } from './recipe.ts'
import type { Reg, Rounding } from './registers.ts'

const B = 0x10
/** R̄, X̄, B̄ and R̄′ of register 0. */
const NO_EXTENSION = 0xf0
const NO_VVVV = 0x78
const NO_X4 = 0x04
const NO_V4 = 0x08

/** L′L and b for a rounding decoration. {sae} alone leaves L′L without meaning; it is written as 0, as LLVM does. */
const ROUNDING_BITS: Readonly<Record<Rounding, number>> = {
  sae: B,
  'rn-sae': B | (0 << 5),
  'rd-sae': B | (1 << 5),
  'ru-sae': B | (2 << 5),
  'rz-sae': B | (3 << 5),
}

/** The last byte without V̄′, z and aaa; bit 3 of a condition is where V̄′ is, and comes with vvvv. */
const control = (form: EncodableForm): number =>
  (form.length << 5) | (form.evexControl & ~NO_V4) | (form.broadcast ? B : 0)

/** EVEX for registers of number 0, without decorations, the first byte lowest. */
export function evexTemplate(form: EncodableForm): number {
  const second = (form.w << 7) | NO_VVVV | NO_X4 | form.pp
  return 0x62 | ((NO_EXTENSION | form.map) << 8) | (second << 16) | ((NO_V4 | control(form)) << 24)
}

/** z and aaa of the operand that may be masked. */
function maskBits(operand: Reg | Mem): number {
  const { opmask } = operand
  if (opmask === null) return 0
  return opmask.id | ((operand as Reg).zeroing === true ? 0x80 : 0)
}

/**
 * What decorations change in the last byte. `masked` is the operand that may have an opmask, `rounded` the register
 * that may have {er} or {sae}.
 */
export function decorationBits(
  form: EncodableForm,
  masked: Operand | undefined,
  rounded: Operand | undefined,
): number {
  const rounding = rounded === undefined ? null : (rounded as Reg).rounding
  const mask = masked === undefined ? 0 : maskBits(masked as Reg | Mem)
  return rounding === null ? mask : mask | (control(form) ^ ROUNDING_BITS[rounding])
}

/**
 * Writes prefix, opcode, ModRM, SIB and displacement of an EVEX form; `decoration` are the bits to change in its last
 * byte. Returns the position after them.
 */
export function packEvex(
  out: CodeBuffer,
  recipe: Recipe,
  reg: number,
  vvvv: number,
  rm: Operand | undefined,
  decoration: number,
): number {
  const { bytes } = out
  let at = out.length
  let word = recipe.template ^ (decoration << 24) ^ ((reg & 8) << 12) ^ ((reg & 16) << 8)
  word ^= ((vvvv & 15) << 19) ^ ((vvvv & 16) << 23)
  if (recipe.rmIsMemory) {
    const mem = rm as Mem
    const { address } = mem
    if ((address & UNUSUAL) !== 0) at = writeAddressPrefixes(bytes, at, mem)
    word ^= ((address & (BASE_3 | INDEX_3)) << 4) | (address & BASE_4)
    // Bit 4 of a vector index is V′; INDEX_4 is bit 12, V′ bit 27 and X4 bit 18.
    word ^= (address & INDEX_4) << (recipe.vsib ? 15 : 6)
    out.view.setInt32(at, word, true)
    bytes[at + 4] = recipe.opcode
    return writeMemoryModRM(out, at + 5, reg, mem, recipe.disp8Shift, recipe.needsSib)
  }
  const id = rm === undefined ? 0 : (rm as Reg).id
  // X, or B4 of a general register.
  word ^= ((id & 8) << 10) ^ ((id & 16) << (recipe.rmIsGeneral ? 7 : 10))
  out.view.setInt32(at, word, true)
  bytes[at + 4] = recipe.opcode
  return writeRegisterModRM(bytes, at + 5, reg, id)
}
