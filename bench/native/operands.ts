/** The matrices that contenders multiply: one memory for all of them, random numbers, alignment as asked. */
import { fillRandom } from '../../src/gemm/verify.ts'
import { host } from '../../src/runtime/hosts/select.ts'
import type { Shape } from '../gemm/shapes.ts'

export type Floats = Float32Array<ArrayBuffer> | Float64Array<ArrayBuffer>
export type FloatType = 'f32' | 'f64'

export const FLOAT_BYTES: Readonly<Record<FloatType, number>> = { f32: 4, f64: 8 }

/** What is computed and on which memory; row-major, lines without gaps. */
export interface OperandOptions {
  readonly type: FloatType
  /** A stored transposed, as k × m; B as n × k. */
  readonly transA: boolean
  readonly transB: boolean
  /** Sets of operands that calls take in turn; each holds as many problems as the shape's batch. */
  readonly sets: number
  /** The boundary that each set starts on: 64, or 16 as JavaScript's own arrays. */
  readonly alignment: number
}

const PAGE_BYTES = 4096
/**
 * From one operand to the next, beyond a page's start: at equal places within pages, loads of A and B would seem to
 * depend on stores to C, which looks at the low 12 bits of addresses first. No allocator places arrays so.
 */
const STAGGER_BYTES = 1344

/** One operand of all problems. Those of a set follow each other without a gap. */
export class Operand {
  readonly lines: number
  /** Elements of a line: the leading dimension. */
  readonly width: number
  readonly #batch: number
  readonly #setElements: number
  readonly #bytes: number
  readonly #all: Floats
  readonly #address: number

  constructor(lines: number, width: number, batch: number, place: number, options: OperandOptions) {
    const { type, sets, alignment } = options
    this.lines = lines
    this.width = width
    this.#batch = batch
    this.#bytes = FLOAT_BYTES[type]
    const unit = alignment / this.#bytes
    this.#setElements = Math.ceil((lines * width * batch) / unit) * unit
    const length = this.#setElements * sets
    const buffer = new ArrayBuffer(length * this.#bytes + 3 * PAGE_BYTES)
    const base = host().addressOf(new Uint8Array(buffer))
    // Below 64 on that boundary and on no larger one, as JavaScript's own arrays lie.
    const within = place * STAGGER_BYTES + (alignment < 64 ? alignment : 0)
    const offset = ((PAGE_BYTES - (base % PAGE_BYTES)) % PAGE_BYTES) + within
    this.#address = base + offset
    this.#all =
      type === 'f64' ? new Float64Array(buffer, offset, length) : new Float32Array(buffer, offset, length)
  }

  /** Every problem differs from the others. */
  fillRandom(seed: number): void {
    fillRandom(this.#all, seed)
  }

  fill(value: number): void {
    this.#all.fill(value)
  }

  #start(problem: number): number {
    const within = (problem % this.#batch) * this.lines * this.width
    return Math.floor(problem / this.#batch) * this.#setElements + within
  }

  /** The elements of one problem. */
  problem(index: number): Floats {
    const start = this.#start(index)
    return this.#all.subarray(start, start + this.lines * this.width) as Floats
  }

  /** The elements of a whole set. */
  set(index: number): Floats {
    const start = index * this.#setElements
    return this.#all.subarray(start, start + this.lines * this.width * this.#batch) as Floats
  }

  /** Where a problem's first element lies. */
  addressOf(problem: number): bigint {
    return BigInt(this.#address + this.#start(problem) * this.#bytes)
  }
}

/** A, B and C of all problems of one shape. */
export interface Operands extends OperandOptions {
  readonly shape: Shape
  /** Distinct problems: sets × batch. */
  readonly problems: number
  readonly a: Operand
  readonly b: Operand
  readonly c: Operand
}

/** Allocates and fills; C is NaN until something is written. */
export function createOperands(shape: Shape, options: OperandOptions): Operands {
  const { m, n, k, batch } = shape
  const { transA, transB } = options
  const a = transA ? new Operand(k, m, batch, 0, options) : new Operand(m, k, batch, 0, options)
  const b = transB ? new Operand(n, k, batch, 1, options) : new Operand(k, n, batch, 1, options)
  const c = new Operand(m, n, batch, 2, options)
  a.fillRandom(1)
  b.fillRandom(2)
  c.fill(Number.NaN)
  return { ...options, shape, problems: batch * options.sets, a, b, c }
}

/** Goes round a list, one element a call. */
export function inTurn<T>(list: readonly T[]): () => T {
  if (list.length === 1) return () => list[0]!
  let next = 0
  return () => {
    const element = list[next]!
    next = next + 1 === list.length ? 0 : next + 1
    return element
  }
}

/** Makes something for each problem. */
export function forProblems<T>({ problems }: Operands, make: (problem: number) => T): T[] {
  return Array.from({ length: problems }, (_, problem) => make(problem))
}
