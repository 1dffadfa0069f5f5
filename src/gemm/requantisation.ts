/** Scales, zero points and bias of a call: checked, copied, and written to the argument block. */
import type { ArgumentName } from '../microkernel/argument-block.ts'
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

/** n values that the call's code reads, in memory of their own: what the caller does with his array later is his affair. */
class Column {
  readonly #operand: MatrixOperand
  readonly #word: number
  #block: ArgumentBlock | null = null

  constructor(name: 'scale' | 'bias', type: 'f32' | 's32') {
    this.#operand = new MatrixOperand(name, type)
    this.#word = wordOf(name)
  }

  /** Takes the first n values. TypeError or RangeError that names the argument. */
  take(values: unknown, n: number, engine: Engine): Float32Array | Int32Array {
    const { name, type } = this.#operand
    this.#operand.shape(1, n, Math.max(1, n)).check(values)
    if (this.#block === null || this.#block.byteLength < 4 * n) {
      this.#block = new ArgumentBlock(8 * Math.max(1, Math.ceil(n / 2)))
    }
    const own = this.#block[type === 'f32' ? 'f32' : 'i32']
    own.set((values as Float32Array | Int32Array).subarray(0, n))
    engine.block.u64[this.#word] = this.#block.bits
    engine.reads?.({ name, address: this.#block.address, view: own, bytes: 4 * n })
    return own
  }
}

/** Takes these arguments of every call of one kernel. */
export class RequantisationOfCalls {
  readonly #engine: Engine
  readonly #given: NonNullable<CompleteProblem['requantise']>
  readonly #storage: Readonly<Record<'zeroA' | 'zeroB' | 'zeroC', string>>
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
    this.#storage = { zeroA: a, zeroB: b, zeroC: out }
  }

  /** Checks the values and writes them down, for n columns. TypeError or RangeError that names the argument. */
  take(values: RequantisationArguments | undefined, n: number): void {
    if (typeof values !== 'object' || values === null) {
      throw new TypeError(
        `requantise: expected { ${this.#expected().join(', ')} } after the operands, got ${describe(values)}`,
      )
    }
    for (const name of REQUANTISATION_NAMES) {
      if (name === 'scale' || this.#given[name] || values[name] === undefined) continue
      throw new TypeError(`${name}: this kernel was compiled without; set requantise.${name}`)
    }
    this.#takeScale(values.scale, n)
    this.#takeZero('zeroA', 'zero_a', values.zeroA)
    this.#takeZero('zeroB', 'zero_b', values.zeroB)
    this.#takeZero('zeroC', 'zero_c', values.zeroC)
    if (this.#given.bias) this.#bias.take(values.bias, n, this.#engine)
  }

  #expected(): readonly string[] {
    return REQUANTISATION_NAMES.filter((name) => name === 'scale' || this.#given[name])
  }

  #takeScale(scale: unknown, n: number): void {
    if (this.#given.scale === 'column') {
      const own = this.#scales.take(scale, n, this.#engine)
      for (let j = 0; j < n; j++) {
        if (!Number.isFinite(own[j]))
          throw new RangeError(`scale[${j}]: expected a finite number, got ${own[j]}`)
      }
      return
    }
    if (typeof scale !== 'number') throw new TypeError(`scale: expected a number, got ${describe(scale)}`)
    if (!Number.isFinite(Math.fround(scale))) {
      throw new RangeError(`scale: expected a number that is finite as f32, got ${scale}`)
    }
    this.#engine.block.f32[2 * wordOf('scale')] = scale
  }

  #takeZero(name: 'zeroA' | 'zeroB' | 'zeroC', field: ArgumentName, value: unknown = 0): void {
    if (!this.#given[name]) return
    if (typeof value !== 'number') throw new TypeError(`${name}: expected a number, got ${describe(value)}`)
    const storage = this.#storage[name]
    const [least, largest] = RANGE[storage as 's8' | 'u8']
    if (!Number.isInteger(value) || value < least || value > largest) {
      throw new RangeError(`${name}: expected a whole number from ${least} to ${largest}, got ${value}`)
    }
    this.#engine.block.i32[2 * wordOf(field)] = value
  }
}
