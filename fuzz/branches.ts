/** Jumps and calls at every distance that matters: their samples are distances to a label, and texts have numbers. */

import type { EncodableForm } from '../src/encoder/encodable.ts'
import { encodableForms } from '../src/encoder/forms.ts'
import { Assembler } from '../src/encoder/index.ts'
import { toHex } from './encode.ts'
import { isBranchForm } from './samples.ts'

/** One jump, encoded. */
export interface BranchCase {
  readonly form: EncodableForm
  /** With the displacement, as llvm-mc prints what it decodes: `jne -128`. */
  readonly text: string
  readonly hex: string
  /** Bytes that the displacement takes, and the fewest that it could. */
  readonly size: number
  readonly fewest: number
}

/** Bytes between a jump and a label behind it, and between a label and a jump behind it: both sides of rel8. */
const AHEAD = [0, 1, 126, 127, 128, 129, 40_000]
const BACK = [0, 1, 125, 126, 127, 128, 40_000]

function encodeBranch(mnemonic: string, filler: number, isAhead: boolean): BranchCase {
  const assembler = new Assembler()
  const target = assembler.label()
  const skipped = new Uint8Array(filler)
  if (isAhead) assembler.emit(mnemonic, [target]).bytes(skipped).bind(target)
  else assembler.bind(target).bytes(skipped).emit(mnemonic, [target])
  const { bytes, instructions, symbols } = assembler.finish()
  const { inst, length, offset } = instructions[0]!
  const form = inst.form as EncodableForm
  const displacement = symbols[0]!.offset - (offset + length)
  const forms = encodableForms(mnemonic).filter(isBranchForm)
  // A backward rel8 would begin nearer to its target than the rel32 that stands there.
  const short = forms.find((each) => each.displacementBytes === 1)
  const asShort = isAhead ? filler : -filler - (short?.cost ?? 0)
  return {
    form,
    text: `${mnemonic} ${displacement}`,
    hex: toHex(bytes.subarray(offset, offset + length)),
    size: form.displacementBytes,
    fewest: short !== undefined && asShort >= -128 && asShort <= 127 ? 1 : 4,
  }
}

/** Every distance at which a jump's encoding could change; those that it cannot reach are left out. */
export function branchCases(mnemonic: string): BranchCase[] {
  const forms = encodableForms(mnemonic).filter(isBranchForm)
  if (forms.length === 0) return []
  const shortOnly = forms.every((form) => form.displacementBytes === 1)
  const reach = shortOnly ? 120 : Number.POSITIVE_INFINITY
  return [
    ...AHEAD.filter((filler) => filler < reach).map((filler) => encodeBranch(mnemonic, filler, true)),
    ...BACK.filter((filler) => filler < reach).map((filler) => encodeBranch(mnemonic, filler, false)),
  ]
}
