/** Whether the registers of an instruction that must differ do (gathers, tile products). */
import type { EncodableForm } from './encodable.ts'
import { Mem, type Operand } from './operands.ts'
import { Reg } from './registers.ts'

/** Registers of different width can be the same: the vector registers share a file. */
const isVector = (reg: Reg): boolean => reg.kind === 'xmm' || reg.kind === 'ymm' || reg.kind === 'zmm'

/** The first register operand, a vector index among them, that is the same as one before it; null when all differ. */
export function repeatedRegister(
  form: EncodableForm,
  operands: readonly (Operand | undefined)[],
): Reg | null {
  const seen: Reg[] = []
  for (const operand of operands) {
    const reg = operand instanceof Mem ? (form.vsib ? operand.index : null) : operand
    if (!(reg instanceof Reg)) continue
    const isSame = (other: Reg): boolean =>
      other.id === reg.id && (other.kind === reg.kind || (isVector(other) && isVector(reg)))
    if (seen.some(isSame)) return reg
    if (!form.distinctDestination || seen.length === 0) seen.push(reg)
  }
  return null
}
