/** PFunction → MachineCode: the assembler gets the instructions, labels and constants in order. */
import { Assembler } from '../encoder/assembler.ts'
import type { MachineCode } from '../encoder/machine-code.ts'
import { Label, Mem, type Operand } from '../encoder/operands.ts'
import type { PFunction } from './function.ts'

/** Encodes a function. The same function gives the same bytes. */
export function assemble(fn: PFunction): MachineCode {
  const assembler = new Assembler()
  const labels = new Array<Label | undefined>(fn.labelCount)
  for (const { label, bytes, alignment } of fn.constants) {
    labels[label.id] = assembler.constant(bytes, alignment)
  }
  const own = (label: Label): Label => {
    labels[label.id] ??= assembler.label(label.name)
    return labels[label.id]!
  }
  const entry = assembler.label(fn.name)
  assembler.bind(entry)
  // By index: iterators over frozen arrays allocate at every step.
  for (let i = 0; i < fn.body.length; i++) {
    const item = fn.body[i]!
    switch (item.kind) {
      case 'inst':
        assembler.emit(item.mnemonic, translated(item.operands, own))
        break
      case 'label':
        assembler.bind(own(item.label))
        break
      case 'align':
        assembler.align(item.bytes)
        break
      default: // Loop marks and comments leave no bytes.
    }
  }
  return assembler.finish()
}

/** The operands with the function's labels replaced by the assembler's. */
function translated(operands: readonly Operand[], own: (label: Label) => Label): readonly Operand[] {
  for (let index = 0; index < operands.length; index++) {
    const operand = operands[index]!
    if (operand instanceof Label || (operand instanceof Mem && operand.label !== null)) {
      return operands.map((each) => translate(each, own))
    }
  }
  return operands
}

function translate(operand: Operand, own: (label: Label) => Label): Operand {
  if (operand instanceof Label) return own(operand)
  if (!(operand instanceof Mem) || operand.label === null) return operand
  return new Mem(
    operand.width,
    null,
    null,
    1,
    operand.disp,
    own(operand.label),
    operand.isBroadcast,
    operand.opmask,
    operand.repeats,
  )
}
