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
import type { Reg, Rounding } from './registers.ts'

const B = 0x10
const GENERAL = /^r\d/

/** L′L and b for a rounding decoration. {sae} alone leaves L′L without meaning; it is written as 0, as LLVM does. */
const ROUNDING_BITS: Readonly<Record<Rounding, number>> = {
  sae: B,
  'rn-sae': B | (0 << 5),
  'rd-sae': B | (1 << 5),
  'ru-sae': B | (2 << 5),
  'rz-sae': B | (3 << 5),
}

/** z and aaa of the operand that may be masked. */
function maskBits(operand: Reg | Mem): number {
  const opmask = operand.opmask
  if (opmask === null) return 0
  return opmask.id | ((operand as Reg).zeroing === true ? 0x80 : 0)
}

/**
 * Writes prefix, opcode, ModRM, SIB and displacement of an EVEX form. `masked` is the operand that may have an
 * opmask, `rounded` the register that may have {er} or {sae}. Returns the position after them.
 */
export function packEvex(
  out: CodeBuffer,
  form: EncodableForm,
  reg: number,
  vvvvNumber: number,
  rm: Operand | undefined,
  masked: Operand | undefined,
  rounded: Operand | undefined,
): number {
  const bytes = out.bytes
  let at = out.length
  let vvvv = vvvvNumber
  let extension = 0
  let b4 = 0
  let x4 = 4
  let isMemory = false
  if (rm instanceof Mem) {
    isMemory = true
    at = writeAddressPrefixes(bytes, at, rm)
    extension = addressExtension(rm)
    const extension4 = addressExtension4(rm)
    b4 = (extension4 & 1) << 3
    if (form.vsib) vvvv |= rm.index!.id & 16
    else x4 = (~extension4 & 2) << 1
  } else if (rm !== undefined) {
    const { id, kind } = rm as Reg
    extension = id >> 3
    if (id >= 16 && GENERAL.test(kind)) {
      extension &= 1
      b4 = 8
    }
  }
  // Bit 3 of a condition is where V′ is, and comes with vvvv.
  let control = (form.length << 5) | (form.evexControl & ~8)
  if (form.broadcast) control |= B
  if (rounded !== undefined) {
    const rounding = (rounded as Reg).rounding
    if (rounding !== null) control = ROUNDING_BITS[rounding]
  }
  if (masked !== undefined) control |= maskBits(masked as Reg | Mem)
  bytes[at] = 0x62
  bytes[at + 1] = ((~reg & 8) << 4) | ((~extension & 3) << 5) | (~reg & 16) | b4 | form.map
  bytes[at + 2] = (form.w << 7) | ((~vvvv & 15) << 3) | x4 | form.pp
  bytes[at + 3] = control | ((~vvvv & 16) >> 1)
  bytes[at + 4] = form.opcode
  at += 5
  if (isMemory) return writeMemoryModRM(out, at, reg, rm as Mem, form.disp8Shift, form.needsSib)
  return writeRegisterModRM(bytes, at, reg, rm === undefined ? 0 : (rm as Reg).id)
}
