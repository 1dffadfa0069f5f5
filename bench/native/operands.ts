/** The matrices that contenders multiply: one memory for all of them, random numbers, alignment as asked. */
import { fillRandomElements, fillUnwritten } from '../../src/gemm/elements.ts'
import { host } from '../../src/runtime/hosts/select.ts'
import {
  PRODUCT_TYPES,
  type ProductType,
  STORAGE_BYTES,
  type Storage,
} from '../../src/schedule/product-type.ts'
import type { Shape } from '../gemm/shapes.ts'

export type Floats = Float32Array<ArrayBuffer> | Float64Array<ArrayBuffer>
export type FloatType = 'f32' | 'f64'
/** An array of elements of any storage. */
export type Elements =
  | Floats
  | Int32Array<ArrayBuffer>
  | Uint16Array<ArrayBuffer>
  | Int8Array<ArrayBuffer>
  | Uint8Array<ArrayBuffer>

/** Elements over a buffer, from an offset on. */
function elementsOver(storage: Storage, buffer: ArrayBuffer, offset: number, length: number): Elements {
  switch (storage) {
    case 'f64':
      return new Float64Array(buffer, offset, length)
    case 'f32':
      return new Float32Array(buffer, offset, length)
    case 's32':
      return new Int32Array(buffer, offset, length)
    case 'bf16':
    case 'f16':
      return new Uint16Array(buffer, offset, length)
    case 's8':
      return new Int8Array(buffer, offset, length)
    default:
      return new Uint8Array(buffer, offset, length)
  }
}

/** What is computed and on which memory; row-major, lines without gaps. */
export interface OperandOptions {
  readonly type: ProductType
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
export class Operand<E extends Elements = Elements> {
  readonly storage: Storage
  readonly elementBytes: number
  readonly lines: number
  /** Elements of a line: the leading dimension. */
  readonly width: number
  readonly #batch: number
  readonly #setElements: number
  readonly #all: E
  readonly #address: number

  constructor(
    storage: Storage,
    lines: number,
    width: number,
    batch: number,
    place: number,
    options: OperandOptions,
  ) {
    const { sets, alignment } = options
    this.storage = storage
    this.lines = lines
    this.width = width
    this.#batch = batch
    this.elementBytes = STORAGE_BYTES[storage]
    const unit = alignment / this.elementBytes
    this.#setElements = Math.ceil((lines * width * batch) / unit) * unit
    const length = this.#setElements * sets
    const buffer = new ArrayBuffer(length * this.elementBytes + 3 * PAGE_BYTES)
    const base = host().addressOf(new Uint8Array(buffer))
    // Below 64 on that boundary and on no larger one, as JavaScript's own arrays lie.
    const within = place * STAGGER_BYTES + (alignment < 64 ? alignment : 0)
    const offset = ((PAGE_BYTES - (base % PAGE_BYTES)) % PAGE_BYTES) + within
    this.#address = base + offset
    this.#all = elementsOver(storage, buffer, offset, length) as E
  }

  /**
   * Every problem differs from the others. u8 are below 128: oneDNN's and onnxruntime's kernels for AVX2 add two products of
   * u8 and s8 in 16 bits, where larger ones saturate, and a wrong product's time says nothing.
   */
  fillRandom(seed: number): void {
    fillRandomElements(this.storage, this.#all, seed)
    if (this.storage === 'u8') for (let i = 0; i < this.#all.length; i++) this.#all[i]! &= 0x7f
  }

  /** What no right result is likely to be. */
  fillUnwritten(): void {
    fillUnwritten(this.storage, this.#all)
  }

  #start(problem: number): number {
    const within = (problem % this.#batch) * this.lines * this.width
    return Math.floor(problem / this.#batch) * this.#setElements + within
  }

  /** The elements of one problem. */
  problem(index: number): E {
    const start = this.#start(index)
    return this.#all.subarray(start, start + this.lines * this.width) as E
  }

  /** The elements of a whole set. */
  set(index: number): E {
    const start = index * this.#setElements
    return this.#all.subarray(start, start + this.lines * this.width * this.#batch) as E
  }

  /** Where a problem's first element lies. */
  addressOf(problem: number): bigint {
    return BigInt(this.#address + this.#start(problem) * this.elementBytes)
  }
}

/** A, B and C of all problems of one shape. */
export interface Operands<E extends Elements = Elements> extends OperandOptions {
  readonly shape: Shape
  /** Distinct problems: sets × batch. */
  readonly problems: number
  readonly a: Operand<E>
  readonly b: Operand<E>
  readonly c: Operand<E>
}

/** Operands of a product of floats as JavaScript has them. */
export type FloatOperands = Operands<Floats> & { readonly type: FloatType }

/** Allocates and fills; C is NaN, or a pattern, until something is written. */
export function createOperands(shape: Shape, options: OperandOptions): Operands {
  const { m, n, k, batch } = shape
  const { transA, transB } = options
  const of = PRODUCT_TYPES[options.type]
  const a = transA ? new Operand(of.a, k, m, batch, 0, options) : new Operand(of.a, m, k, batch, 0, options)
  const b = transB ? new Operand(of.b, n, k, batch, 1, options) : new Operand(of.b, k, n, batch, 1, options)
  const c = new Operand(of.sum, m, n, batch, 2, options)
  a.fillRandom(1)
  b.fillRandom(2)
  c.fillUnwritten()
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
export function forProblems<T>({ problems }: Pick<Operands, 'problems'>, make: (problem: number) => T): T[] {
  return Array.from({ length: problems }, (_, problem) => make(problem))
}
