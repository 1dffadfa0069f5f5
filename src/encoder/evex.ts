/**
 * The EVEX prefix (SDM Vol. 2A, 2.7.1, table 2-30). R, X, B, R′, vvvv and V′ are stored inverted.
 *
 * ```
 * 62   7 6 5 4   3   2 1 0     7   6 5 4 3   2   1 0     7   6 5   4   3   2 1 0
 *      R̄ X̄ B̄ R̄′  0    map      W    v̄v̄v̄v̄     1    pp     z   L′L   b   V̄′   aaa
 *
 * R′R  ModRM.reg bits 4 and 3          V′vvvv  the second source; V′ also bit 4 of a VSIB index
 * XB   a register in ModRM.rm: bits 4 and 3; an address: SIB.index and base bit 3
 * L′L  0 xmm, 1 ymm, 2 zmm; with b and a register in ModRM.rm: the rounding mode
 * b    broadcast of a memory operand; {er} or {sae}        z  zeroing        aaa  opmask, 0 for none
 * ```
 */
import type { CodeBuffer } from './code-buffer.ts'
import type { EncodableForm } from './encodable.ts'
import { addressExtension, isAddress32, writeMemoryModRM, writeRegisterModRM } from './modrm.ts'
import { Mem, type Operand } from './operands.ts'
import type { Reg, Rounding } from './registers.ts'

const B = 0x10

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
  let isMemory = false
  if (rm instanceof Mem) {
    isMemory = true
    if (isAddress32(rm)) bytes[at++] = 0x67
    extension = addressExtension(rm)
    if (form.vsib) vvvv |= rm.index!.id & 16
  } else if (rm !== undefined) extension = (rm as Reg).id >> 3
  let control = form.length << 5
  if (form.broadcast) control |= B
  if (rounded !== undefined) {
    const rounding = (rounded as Reg).rounding
    if (rounding !== null) control = ROUNDING_BITS[rounding]
  }
  if (masked !== undefined) control |= maskBits(masked as Reg | Mem)
  bytes[at] = 0x62
  bytes[at + 1] = ((~reg & 8) << 4) | ((~extension & 3) << 5) | (~reg & 16) | form.map
  bytes[at + 2] = (form.w << 7) | ((~vvvv & 15) << 3) | 4 | form.pp
  bytes[at + 3] = control | ((~vvvv & 16) >> 1)
  bytes[at + 4] = form.opcode
  at += 5
  if (isMemory) return writeMemoryModRM(out, at, reg, rm as Mem, form.disp8Shift, form.needsSib)
  return writeRegisterModRM(bytes, at, reg, rm === undefined ? 0 : (rm as Reg).id)
}
