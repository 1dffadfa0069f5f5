/** PFunction → MachineCode: the assembler gets the instructions, labels and constants in order. */
import { Assembler } from '../encoder/assembler.ts'
import type { MachineCode } from '../encoder/machine-code.ts'
import type { Label, Operand } from '../encoder/operands.ts'
import type { Mark, PFunction } from './function.ts'
import { rewriteInto, type Sink } from './rewrite.ts'

/** Encodes a function. The same function gives the same bytes. */
export function assemble(fn: PFunction): MachineCode {
  const encoding = new Encoding(fn)
  rewriteInto(fn, encoding)
  return encoding.assembler.finish()
}

class Encoding implements Sink {
  readonly assembler: Assembler = new Assembler()
  /** The assembler's label for each of the function's. */
  readonly #labels: (Label | undefined)[]

  constructor(fn: PFunction) {
    this.#labels = new Array<Label | undefined>(fn.labelCount)
    for (const { label, bytes, alignment } of fn.constants) {
      this.#labels[label.id] = this.assembler.constant(bytes, alignment)
    }
    this.assembler.bind(this.assembler.label(fn.name))
  }

  label(label: Label): Label {
    this.#labels[label.id] ??= this.assembler.label(label.name)
    return this.#labels[label.id]!
  }

  instruction(mnemonic: string, operands: readonly Operand[]): void {
    this.assembler.emit(mnemonic, operands)
  }

  mark(mark: Mark): void {
    if (mark.kind === 'label') this.assembler.bind(this.label(mark.label))
    else if (mark.kind === 'align') this.assembler.align(mark.bytes)
    // Loop marks and comments leave no bytes.
  }
}
