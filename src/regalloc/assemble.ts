/** PFunction → MachineCode: the assembler gets the instructions, labels and constants in order. */
import { Assembler } from '../encoder/assembler.ts'
import type { MachineCode } from '../encoder/machine-code.ts'
import { Label, Mem, type Operand } from '../encoder/operands.ts'
import { LABEL_SHAPE, RIP_RELATIVE, TAG_MASK, TAG_MEMORY } from '../encoder/shape.ts'
import type { PFunction } from './function.ts'
import { readdress } from './readdress.ts'

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
  const translate = (operand: Operand): Operand => {
    if (operand instanceof Label) return own(operand)
    if (!(operand instanceof Mem) || operand.label === null) return operand
    return readdress(operand, null, null, operand.opmask, operand.disp, own(operand.label))
  }
  const entry = assembler.label(fn.name)
  assembler.bind(entry)
  // By index: iterators over frozen arrays allocate at every step.
  for (let i = 0; i < fn.body.length; i++) {
    const item = fn.body[i]!
    switch (item.kind) {
      case 'inst':
        assembler.emit(item.mnemonic, hasLabel(item.operands) ? item.operands.map(translate) : item.operands)
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

function hasLabel(operands: readonly Operand[]): boolean {
  for (let index = 0; index < operands.length; index++) {
    const operand = operands[index]!
    if (typeof operand === 'object' && namesLabel(operand.shape)) return true
  }
  return false
}

const namesLabel = (shape: number): boolean =>
  shape === LABEL_SHAPE || (shape & (TAG_MASK | RIP_RELATIVE)) === (TAG_MEMORY | RIP_RELATIVE)
