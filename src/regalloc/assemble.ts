/** PFunction → MachineCode: the assembler gets the instructions, labels and constants in order. */
import { Assembler, emitEach, forgetfulAssembler } from '../encoder/assembler.ts'
import { EncodeError } from '../encoder/errors.ts'
import type { Form } from '../encoder/form.ts'
import type { MachineCode } from '../encoder/machine-code.ts'
import type { Label, Operand } from '../encoder/operands.ts'
import { selectorOfForm } from '../encoder/select.ts'
import type { Added } from './frame.ts'
import type { Mark, PFunction } from './function.ts'
import { type PassingSink, passInto, rewriteInto, type Sink } from './rewrite.ts'

/** Encodes a function. The same function gives the same bytes. */
export function assemble(fn: PFunction): MachineCode {
  // Mostly bytes are all that is wanted; where each instruction is can be found out later, by doing it again.
  const again = (): MachineCode => {
    const keeping = new Keeping(fn, new Assembler())
    rewriteInto(fn, keeping)
    return keeping.assembler.finish()
  }
  const passing = new Passing(fn, forgetfulAssembler(again))
  try {
    if (passInto(fn, passing)) return passing.assembler.finish()
  } catch (error) {
    // It comes once more, and then says of which instruction.
    if (!(error instanceof EncodeError)) throw error
  }
  return again()
}

/** What is common to both ways: labels and marks. */
abstract class Encoding {
  readonly assembler: Assembler
  /** The assembler's label for each of the function's. */
  readonly #labels: (Label | undefined)[]

  constructor(fn: PFunction, assembler: Assembler) {
    this.assembler = assembler
    this.#labels = new Array<Label | undefined>(fn.labelCount)
    for (const { label, bytes, alignment } of fn.constants) {
      this.#labels[label.id] = assembler.constant(bytes, alignment)
    }
    assembler.bind(assembler.label(fn.name))
  }

  label(label: Label): Label {
    this.#labels[label.id] ??= this.assembler.label(label.name)
    return this.#labels[label.id]!
  }

  mark(mark: Mark): void {
    if (mark.kind === 'label') this.assembler.bind(this.label(mark.label))
    else if (mark.kind === 'align') this.assembler.align(mark.bytes)
    // Loop marks and comments leave no bytes.
  }
}

class Keeping extends Encoding implements Sink {
  instruction(mnemonic: string, operands: readonly Operand[]): void {
    this.assembler.emit(mnemonic, operands)
  }
}

class Passing extends Encoding implements PassingSink {
  instruction(form: Form, a?: Operand, b?: Operand, c?: Operand, d?: Operand, e?: Operand): void {
    emitEach(this.assembler, selectorOfForm(form), a, b, c, d, e)
  }

  added({ mnemonic, operands }: Added): void {
    this.assembler.emit(mnemonic, operands)
  }
}
