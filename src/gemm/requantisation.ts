/** Scales, zero points and bias of a call: checked, copied, and written to the argument block. */
import type { CompleteProblem } from '../microkernel/problem.ts'
import { ArgumentBlock } from '../runtime/argument-block.ts'
import { describe, MatrixOperand } from '../runtime/checks.ts'
import { PRODUCT_TYPES } from '../schedule/product-type.ts'
import type { Engine } from './engine.ts'
import { wordOf } from './frame.ts'

/** What a product with `requantise` is given at each call, as the problem says which there are. */
export interface RequantisationArguments {
  /** With scale 'tensor' a number, taken as f32; with 'column' one for each column of C. All finite. */
  readonly scale?: number | Float32Array
  /** Zero points: integers that the operand itself can hold. Default 0. */
  readonly zeroA?: number
  readonly zeroB?: number
  readonly zeroC?: number
  /** One integer for each column of C, in units of the sums (scaleA·scaleB). */
  readonly bias?: Int32Array
}

export const REQUANTISATION_NAMES: readonly (keyof RequantisationArguments)[] = [
  ...(['scale', 'zeroA', 'zeroB', 'zeroC', 'bias'] as const),
]

const RANGE: Readonly<Record<'s8' | 'u8', readonly [number, number]>> = { s8: [-128, 127], u8: [0, 255] }

/** Words of the argument block. */
const SCALE = wordOf('scale')
const ZEROS = { zeroA: wordOf('zero_a'), zeroB: wordOf('zero_b'), zeroC: wordOf('zero_c') }

/** n values that the call's code reads, in memory of their own: what the caller does with his array later is his affair. */
class Column {
  readonly #operand: MatrixOperand
  readonly #word: number
  #count = -1
  #block: ArgumentBlock | null = null
  #own: Float32Array | Int32Array

  constructor(name: 'scale' | 'bias', type: 'f32' | 's32') {
    this.#operand = new MatrixOperand(name, type)
    this.#word = wordOf(name)
    this.#own = type === 'f32' ? new Float32Array(0) : new Int32Array(0)
  }

  /** Takes the first n values. TypeError or RangeError that names the argument. */
  take(values: unknown, n: number, engine: Engine): void {
    const { name } = this.#operand
    if (n !== this.#count) {
      this.#operand.shape(1, n, Math.max(1, n))
      this.#count = n
    }
    this.#operand.checkCopied(values)
    const block = this.#reserve(n, engine)
    if (!copyFinite(values as Float32Array | Int32Array, this.#own, n)) {
      const at = this.#own.findIndex((value) => !Number.isFinite(value))
      throw new RangeError(`${name}[${at}]: expected a finite number, got ${this.#own[at]}`)
    }
    engine.reads?.({ name, address: block.address, view: this.#own, bytes: 4 * n })
  }

  /** Memory of as many values, which the argument block leads to. */
  #reserve(n: number, engine: Engine): ArgumentBlock {
    if (this.#block === null || this.#block.byteLength < 4 * n) {
      this.#block = new ArgumentBlock(8 * Math.max(1, Math.ceil(n / 2)))
      this.#own = this.#operand.type === 'f32' ? this.#block.f32 : this.#block.i32
      engine.block.u64[this.#word] = this.#block.bits
    }
    return this.#block
  }
}

/** Below this, a view for set() costs more than a loop. */
const LEAST_SET = 256

/** Copies the first n values; whether all are finite. */
function copyFinite(from: Float32Array | Int32Array, to: Float32Array | Int32Array, n: number): boolean {
  if (n >= LEAST_SET) to.set(from.subarray(0, n))
  // x − x is 0 for finite x, and NaN for all others.
  let odd = 0
  if (n < LEAST_SET) {
    for (let j = 0; j < n; j++) {
      const value = from[j] as number
      to[j] = value
      odd += value - value
    }
  } else if (to instanceof Float32Array)
    for (let j = 0; j < n; j++) odd += (to[j] as number) - (to[j] as number)
  return odd === 0
}

/** Takes these arguments of every call of one kernel. */
export class RequantisationOfCalls {
  readonly #engine: Engine
  readonly #given: NonNullable<CompleteProblem['requantise']>
  readonly #ranges: Readonly<Record<'zeroA' | 'zeroB' | 'zeroC', readonly [number, number]>>
  readonly #scales: Column = new Column('scale', 'f32')
  readonly #bias: Column = new Column('bias', 's32')

  constructor(
    { type, out }: CompleteProblem,
    requantise: NonNullable<CompleteProblem['requantise']>,
    engine: Engine,
  ) {
    const { a, b } = PRODUCT_TYPES[type]
    this.#engine = engine
    this.#given = requantise
    const range = (storage: string): readonly [number, number] => RANGE[storage as 's8' | 'u8']
    this.#ranges = { zeroA: range(a), zeroB: range(b), zeroC: range(out) }
  }

  /** Checks the values and writes them down, for n columns. TypeError or RangeError that names the argument. */
  take(values: RequantisationArguments | undefined, n: number): void {
    if (typeof values !== 'object' || values === null) {
      throw new TypeError(
        `requantise: expected { ${this.#expected().join(', ')} } after the operands, got ${describe(values)}`,
      )
    }
    const { scale, zeroA, zeroB, zeroC, bias } = values
    this.#takeScale(scale, n)
    this.#takeZero('zeroA', zeroA)
    this.#takeZero('zeroB', zeroB)
    this.#takeZero('zeroC', zeroC)
    if (this.#given.bias) this.#bias.take(bias, n, this.#engine)
    else if (bias !== undefined) this.#refuse('bias')
  }

  #expected(): readonly string[] {
    return REQUANTISATION_NAMES.filter((name) => name === 'scale' || this.#given[name])
  }

  #refuse(name: keyof RequantisationArguments): never {
    throw new TypeError(`${name}: this kernel was compiled without; set requantise.${name}`)
  }

  #takeScale(scale: unknown, n: number): void {
    if (this.#given.scale === 'column') {
      this.#scales.take(scale, n, this.#engine)
      return
    }
    if (typeof scale !== 'number') throw new TypeError(`scale: expected a number, got ${describe(scale)}`)
    if (!Number.isFinite(Math.fround(scale))) {
      throw new RangeError(`scale: expected a number that is finite as f32, got ${scale}`)
    }
    this.#engine.block.f32[2 * SCALE] = scale
  }

  #takeZero(name: 'zeroA' | 'zeroB' | 'zeroC', value: unknown): void {
    if (!this.#given[name]) {
      if (value !== undefined) this.#refuse(name)
      return
    }
    const zero = value ?? 0
    if (typeof zero !== 'number') throw new TypeError(`${name}: expected a number, got ${describe(value)}`)
    const [least, largest] = this.#ranges[name]
    if (!Number.isInteger(zero) || zero < least || zero > largest) {
      throw new RangeError(`${name}: expected a whole number from ${least} to ${largest}, got ${value}`)
    }
    this.#engine.block.i32[2 * ZEROS[name]] = zero
  }
}
