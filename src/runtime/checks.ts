/** Checks of a kernel's operands before native code sees them; each error names operand, given and needed. */
import { ELEMENT_TYPES, type ElementType } from './element-type.ts'
import { type Located, lengthOf, locate, recall, tagOf } from './located.ts'
import { forgetAtCollection } from './recent.ts'

/** What was given, for a message: `Float32Array(12)`, `an Array of 3`, `undefined`. */
export function describe(value: unknown): string {
  if (value === null || value === undefined) return String(value)
  const tag = tagOf(value)
  if (tag !== undefined) return `${tag}(${lengthOf(value as object)})`
  if (Array.isArray(value)) return `an Array of ${value.length}`
  if (typeof value === 'object')
    return `an object of class ${Object.prototype.toString.call(value).slice(8, -1)}`
  return `a ${typeof value}`
}

/** Detached buffers refuse new views; `ArrayBuffer.prototype.detached` is younger than Node 20. */
export function isDetached(buffer: ArrayBufferLike): boolean {
  try {
    new Uint8Array(buffer)
    return false
  } catch {
    return true
  }
}

/** In place of the array that an operand remembers, where there is none. */
const NO_ARRAY = Object.freeze({})

/** A whole number of at least `least`. RangeError or TypeError that names it otherwise. */
export function checkSize(name: string, value: unknown, least: number): asserts value is number {
  if (typeof value !== 'number') throw new TypeError(`${name}: expected a number, got ${describe(value)}`)
  if (!Number.isSafeInteger(value) || value < least) {
    throw new RangeError(`${name}: expected a whole number of at least ${least}, got ${value}`)
  }
}

/**
 * One matrix operand of a kernel: its name in messages, its type and shape. Made once a kernel;
 * check() runs at every call and costs about 5 ns for an array that it has seen before.
 */
export class MatrixOperand {
  readonly name: string
  readonly type: ElementType
  /** Bytes that the first element's address must be a multiple of; a power of two up to 4096. */
  readonly alignment: number
  readonly #tag: string
  /** Another class that holds the same elements. */
  readonly #otherTag: string
  readonly #elementBytes: number
  #lines = 0
  #width = 0
  #ld = 0
  #elements = 0
  #bytes = 0
  /** The array that last passed, for calls with the same one: its class and alignment need no second look. */
  #recent: object = NO_ARRAY
  #recentPlace: Located | null = null

  constructor(name: string, type: ElementType, alignment: number = ELEMENT_TYPES[type].bytes) {
    if (!(alignment >= 1 && alignment <= 4096 && Number.isInteger(Math.log2(alignment)))) {
      throw new RangeError(`${name}: expected an alignment of 1, 2, 4 … 4096 bytes, got ${alignment}`)
    }
    this.name = name
    this.type = type
    this.alignment = alignment
    this.#tag = ELEMENT_TYPES[type].tag
    this.#otherTag = type === 'f16' ? 'Float16Array' : this.#tag
    this.#elementBytes = ELEMENT_TYPES[type].bytes
  }

  /** Elements from the first to the last one that the kernel may touch. */
  get elements(): number {
    return this.#elements
  }

  /** The same in bytes. */
  get bytes(): number {
    return this.#bytes
  }

  /**
   * Sets the shape as stored: `lines` runs of `width` contiguous elements, `ld` elements from one to the next
   * (a row-major m × n matrix: shape(m, n, ld)). RangeError when a size is no whole number or ld < width.
   */
  shape(lines: number, width: number, ld: number): this {
    checkSize(`${this.name}: rows`, lines, 0)
    checkSize(`${this.name}: columns`, width, 0)
    checkSize(`${this.name}: leading dimension`, ld, 1)
    if (ld < width) {
      throw new RangeError(
        `${this.name}: the leading dimension must be at least the ${width} elements of a line, got ${ld}`,
      )
    }
    const elements = lines === 0 || width === 0 ? 0 : (lines - 1) * ld + width
    checkSize(`${this.name}: bytes`, elements * this.#elementBytes, 0)
    this.#lines = lines
    this.#width = width
    this.#ld = ld
    this.#elements = elements
    this.#bytes = elements * this.#elementBytes
    return this
  }

  /**
   * Where the array lies, after every check: class, length (0 once detached or out of bounds), alignment. An array
   * with elements is then held by this operand, and the operand by recent.ts, until another array passes or until a
   * task of the event loop lets go: so native code may be entered with its address before that.
   * @throws TypeError for another class or a detached array; RangeError for too few elements or misalignment.
   */
  check(array: unknown): Located {
    // The element at the end is there or is not: typed arrays look for elements nowhere else, and no property can
    // stand in for one. It costs a third of what the length does. The rest is apart: V8 inlines what is small.
    return array === this.#recent && (array as ArrayLike<unknown>)[this.#elements - 1] !== undefined
      ? this.#recentPlace!
      : this.#checkAnother(array)
  }

  #checkAnother(array: unknown): Located {
    const located = recall(array)
    if (
      located !== undefined &&
      (located.tag === this.#tag || located.tag === this.#otherTag) &&
      lengthOf(array as object) >= this.#elements &&
      (located.pageOffset & (this.alignment - 1)) === 0
    ) {
      this.#remember(array, located)
      return located
    }
    return this.#checkSlowly(array)
  }

  /** check() for an array whose elements are copied, so that nobody asks where they lie. */
  checkCopied(array: unknown): void {
    if (tagOf(array) === this.#tag && lengthOf(array as object) >= this.#elements) return
    this.#checkSlowly(array)
  }

  #remember(array: unknown, located: Located): void {
    if (this.#recentPlace === null) forgetAtCollection(this)
    this.#recent = array as object
    this.#recentPlace = located
  }

  /** Lets go of the last array. */
  forget(): void {
    this.#recent = NO_ARRAY
    this.#recentPlace = null
  }

  #checkSlowly(array: unknown): Located {
    const tag = tagOf(array)
    if (tag !== this.#tag && tag !== this.#otherTag) {
      throw new TypeError(`${this.name}: expected a ${this.#tag}, got ${describe(array)}`)
    }
    const view = array as ArrayBufferView
    if (isDetached(view.buffer)) {
      throw new TypeError(
        `${this.name}: the ${this.#tag} is detached (transferred, or its WebAssembly memory grew); ` +
          `expected ${this.#elements} elements`,
      )
    }
    const length = lengthOf(view)
    if (length < this.#elements) {
      const shrunk =
        view.buffer instanceof ArrayBuffer && view.buffer.resizable
          ? ` (its resizable buffer now has ${view.buffer.byteLength} bytes)`
          : ''
      throw new RangeError(
        `${this.name}: expected at least ${this.#elements} elements (${this.#lines} × ${this.#width}, ` +
          `leading dimension ${this.#ld}), got ${describe(view)}${shrunk}`,
      )
    }
    const located = locate(view)
    if ((located.pageOffset & (this.alignment - 1)) !== 0) {
      throw new RangeError(
        `${this.name}: expected an address that is a multiple of ${this.alignment} bytes, ` +
          `got one with remainder ${located.pageOffset & (this.alignment - 1)}`,
      )
    }
    // One that is out of bounds now, which no elements are asked of, may come back elsewhere.
    if (length > 0) this.#remember(array, located)
    return located
  }

  /**
   * Refuses operands that share memory with what this one writes. Blocks of one larger matrix may interleave:
   * with equal leading dimensions, disjoint columns do not overlap.
   * @throws RangeError naming both.
   */
  refuseOverlap(own: Located, other: MatrixOperand, its: Located): void {
    if (own.address >= its.address + other.#bytes || its.address >= own.address + this.#bytes) return
    this.#refuseUnlessInterleaved(own, other, its)
  }

  #refuseUnlessInterleaved(own: Located, other: MatrixOperand, its: Located): void {
    const lineBytes = this.#ld * this.#elementBytes
    if (other.#ld * other.#elementBytes === lineBytes) {
      const distance = (((its.address - own.address) % lineBytes) + lineBytes) % lineBytes
      const ownWidth = this.#width * this.#elementBytes
      if (distance >= ownWidth && distance + other.#width * other.#elementBytes <= lineBytes) return
    }
    const bytes =
      Math.min(own.address + this.#bytes, its.address + other.#bytes) - Math.max(own.address, its.address)
    throw new RangeError(
      `${this.name}: expected memory apart from ${other.name}'s, got arrays that share ${bytes} bytes`,
    )
  }
}
