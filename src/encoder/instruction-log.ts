/** The instructions that an assembler has taken, in parallel arrays: recording one allocates nothing. */
import type { EncodableForm } from './encodable.ts'
import type { Inst } from './form.ts'
import type { Operand } from './operands.ts'

/** Operands kept for each instruction; no form has more explicit ones. */
export const MAX_OPERANDS = 4

/** An instruction's place in the packed buffer is `start · PLACE_UNIT + length`. */
const PLACE_UNIT = 16

export class InstructionLog {
  readonly forms: EncodableForm[] = []
  readonly #operands: (Operand | undefined)[] = []
  readonly #places: number[] = []

  add(
    form: EncodableForm,
    start: number,
    length: number,
    a: Operand | undefined,
    b: Operand | undefined,
    c: Operand | undefined,
    d: Operand | undefined,
  ): void {
    this.forms.push(form)
    this.#operands.push(a, b, c, d)
    this.#places.push(start * PLACE_UNIT + length)
  }

  /** Position in the packed buffer. */
  start(index: number): number {
    return Math.floor(this.#places[index]! / PLACE_UNIT)
  }

  /** Bytes in the packed buffer: 0 for a branch whose length is yet to be chosen. */
  length(index: number): number {
    return this.#places[index]! % PLACE_UNIT
  }

  operands(index: number): Operand[] {
    const from = index * MAX_OPERANDS
    return this.#operands.slice(from, from + this.forms[index]!.slots.length) as Operand[]
  }

  inst(index: number): Inst {
    return Object.freeze({ form: this.forms[index]!, operands: Object.freeze(this.operands(index)) })
  }
}
