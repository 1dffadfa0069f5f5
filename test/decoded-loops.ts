/** Instructions of generated code, and its loops: what tests of hot loops look at. */
import { decode } from '../src/encoder/decode.ts'
import type { MachineCode } from '../src/encoder/machine-code.ts'
import { Displacement, type Operand } from '../src/encoder/operands.ts'

export interface Decoded {
  readonly offset: number
  readonly end: number
  readonly mnemonic: string
  readonly operands: readonly Operand[]
}

export function instructionsOf(code: MachineCode): readonly Decoded[] {
  const instructions: Decoded[] = []
  for (let offset = 0; offset < code.poolOffset; ) {
    const found = decode(code.bytes, offset)
    if (found.form === null) break
    const end = offset + found.length
    instructions.push({ offset, end, mnemonic: found.form.mnemonic, operands: found.operands })
    offset = end
  }
  return instructions
}

/** Loops from their first instruction to the branch back, inner ones before those around them. */
export function loopsOf(instructions: readonly Decoded[]): readonly (readonly Decoded[])[] {
  return instructions.flatMap(({ offset, end, operands: [to] }) => {
    const target = to instanceof Displacement ? end + to.value : offset
    if (target >= offset) return []
    return [instructions.filter((each) => each.offset >= target && each.offset <= offset)]
  })
}
