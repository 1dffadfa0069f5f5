/** The instructions that an assembler has taken, packed into few long arrays: recording one allocates nothing. */
import type { EncodableForm } from './encodable.ts'
import type { Operand } from './operands.ts'

/** No form has more explicit operands. */
export const MAX_OPERANDS = 5

/** References in a chunk. Chunks never grow, so nothing is ever copied. */
const CHUNK = 4096
/** References in the first chunk, since many assemblers see only few instructions. */
const FIRST_CHUNK = 64
/** So many forms are searched one by one; beyond, a byte for each form says whether it was seen. */
const FEW_FORMS = 8

const LEAST_SERIALS = 8192
const NONE_SEEN = new Uint8Array(0)

type Reference = EncodableForm | Operand

/** What `walk` calls for each instruction. */
export type LogVisitor = (
  form: EncodableForm,
  operands: readonly Operand[],
  length: number,
  index: number,
) => void

export class InstructionLog {
  /** Each instruction's form, then its operands; an instruction lies in one chunk. */
  readonly #chunks: Reference[][] = []
  #chunk: Reference[] = []
  #used = 0
  /** Bytes in the packed buffer: 0 for a branch whose length is yet to be chosen. */
  #lengths = new Uint8Array(32)
  #count = 0
  /** Forms that occur, by serial number, as soon as there are more than a few. */
  #seen = NONE_SEEN
  readonly #forms: EncodableForm[] = []
  /** Some operand is, or has in its address, one of r16 to r31. */
  hasHighRegisters = false

  /** How many instructions there are. */
  get count(): number {
    return this.#count
  }

  /** The forms that occur, each once. */
  get forms(): readonly EncodableForm[] {
    return this.#forms
  }

  add(
    form: EncodableForm,
    length: number,
    a: Operand | undefined,
    b: Operand | undefined,
    c: Operand | undefined,
    d: Operand | undefined,
    e: Operand | undefined,
  ): void {
    if (this.#used > this.#chunk.length - 1 - MAX_OPERANDS) this.#newChunk()
    const chunk = this.#chunk
    let used = this.#used
    chunk[used++] = form
    if (a !== undefined) chunk[used++] = a
    if (b !== undefined) chunk[used++] = b
    if (c !== undefined) chunk[used++] = c
    if (d !== undefined) chunk[used++] = d
    if (e !== undefined) chunk[used++] = e
    this.#used = used
    if (this.#count === this.#lengths.length) this.#growLengths()
    this.#lengths[this.#count++] = length
    if (this.#seen[form.serial] !== 1) this.#note(form)
  }

  #newChunk(): void {
    this.#chunk = new Array<Reference>(this.#chunks.length === 0 ? FIRST_CHUNK : CHUNK)
    this.#chunks.push(this.#chunk)
    this.#used = 0
  }

  #growLengths(): void {
    const grown = new Uint8Array(2 * this.#lengths.length)
    grown.set(this.#lengths)
    this.#lengths = grown
  }

  #note(form: EncodableForm): void {
    const forms = this.#forms
    if (forms.length < FEW_FORMS) {
      if (!forms.includes(form)) forms.push(form)
      return
    }
    if (form.serial >= this.#seen.length) {
      const grown = new Uint8Array(Math.max(2 * form.serial, LEAST_SERIALS))
      grown.set(this.#seen)
      this.#seen = grown
      for (const { serial } of forms) if (serial < grown.length) grown[serial] = 1
      if (grown[form.serial] === 1) return
    }
    this.#seen[form.serial] = 1
    forms.push(form)
  }

  /** Visits all instructions in order. */
  walk(visit: LogVisitor): void {
    let chunkIndex = 0
    let at = 0
    for (let index = 0; index < this.#count; index++) {
      let chunk = this.#chunks[chunkIndex]!
      if (at > chunk.length - 1 - MAX_OPERANDS) {
        chunk = this.#chunks[++chunkIndex]!
        at = 0
      }
      const form = chunk[at] as EncodableForm
      const end = at + 1 + form.slots.length
      visit(form, chunk.slice(at + 1, end) as Operand[], this.#lengths[index]!, index)
      at = end
    }
  }
}
