/** The instructions that an assembler has taken, packed into few long arrays: recording one allocates nothing. */
import type { EncodableForm } from './encodable.ts'
import type { Operand } from './operands.ts'
import type { Recipe } from './recipe.ts'

let logs = 0

/** No form has more explicit operands. */
export const MAX_OPERANDS = 5
/** Entries of an instruction at most: its form, length and operands. */
const MOST_ENTRIES = 2 + MAX_OPERANDS

/** Entries of a chunk. Chunks never grow, so nothing is ever copied. */
const CHUNK = 4096
/** Entries of the first chunk, since many assemblers see only few instructions. */
const FIRST_CHUNK = 64
/**
 * Of each instruction: its form, its bytes in the packed buffer (0 for a branch whose length is yet to be chosen), and
 * its operands.
 */
type Entry = EncodableForm | Operand

/** What `walk` calls for each instruction. */
export type LogVisitor = (
  form: EncodableForm,
  operands: readonly Operand[],
  length: number,
  index: number,
) => void

export class InstructionLog {
  /** Counts all logs, from 1 on. */
  readonly number: number = ++logs
  /** An instruction lies in one chunk. */
  readonly #chunks: Entry[][] = []
  #chunk: Entry[] = []
  #used = 0
  /** Entries of the chunk from here on may be too few for an instruction. */
  #limit = -1
  #count = 0
  /** Lists of features, each once: forms share them. */
  readonly #features = new Set<readonly string[]>()
  /** Some operand is, or has in its address, one of r16 to r31. */
  hasHighRegisters = false
  /** Whether instructions can be visited; else they are only counted, and what they need noted. */
  readonly keeps: boolean

  constructor(keeps: boolean) {
    this.keeps = keeps
  }

  /** How many instructions there are. */
  get count(): number {
    return this.#count
  }

  /** The features that each form needs which occurs. */
  get features(): Iterable<readonly string[]> {
    return this.#features
  }

  /** Takes an instruction of so many bytes, as the recipe encodes it or, for branches of another length, in `form`. */
  add(
    recipe: Recipe,
    form: EncodableForm,
    length: number,
    a: Operand | undefined,
    b: Operand | undefined,
    c: Operand | undefined,
    d: Operand | undefined,
    e: Operand | undefined,
  ): void {
    this.#count++
    if (recipe.lastLog !== this.number) this.#note(recipe, form)
    if (!this.keeps) return
    if (this.#used > this.#limit) this.#newChunk()
    const chunk = this.#chunk
    let used = this.#used
    chunk[used] = form
    chunk[used + 1] = length
    used += 2
    if (a !== undefined) {
      chunk[used++] = a
      if (b !== undefined) {
        chunk[used++] = b
        if (c !== undefined) {
          chunk[used++] = c
          if (d !== undefined) {
            chunk[used++] = d
            if (e !== undefined) chunk[used++] = e
          }
        }
      }
    }
    this.#used = used
  }

  #newChunk(): void {
    const size = this.#chunks.length === 0 ? FIRST_CHUNK : CHUNK
    this.#chunk = new Array<Entry>(size)
    this.#chunks.push(this.#chunk)
    this.#used = 0
    this.#limit = size - MOST_ENTRIES
  }

  #note(recipe: Recipe, form: EncodableForm): void {
    recipe.lastLog = this.number
    this.#features.add(form.features)
    if (recipe.hasHigh) this.hasHighRegisters = true
  }

  /** Visits all instructions in order; none of a log that does not keep them. */
  walk(visit: LogVisitor): void {
    if (!this.keeps) return
    let chunkIndex = 0
    let at = 0
    for (let index = 0; index < this.#count; index++) {
      let chunk = this.#chunks[chunkIndex]!
      if (at > chunk.length - MOST_ENTRIES) {
        chunk = this.#chunks[++chunkIndex]!
        at = 0
      }
      const form = chunk[at] as EncodableForm
      const end = at + 2 + form.slots.length
      visit(form, chunk.slice(at + 2, end) as Operand[], chunk[at + 1] as number, index)
      at = end
    }
  }
}
