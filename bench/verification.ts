/** Checks what a contender computed against the reference, element by element, within the rounding bound. */

import { valuesOf } from '../src/gemm/elements.ts'
import { productBound, type ReferenceMatrix, referenceGemm } from '../src/microkernel/reference.ts'
import { PRODUCT_TYPES } from '../src/schedule/product-type.ts'
import type { Operands } from './native/operands.ts'

export interface Verification {
  readonly ok: boolean
  /** Elements compared. */
  readonly checked: number
  readonly wrong: number
  /** Largest |result − reference| / Σ|a||b|. */
  readonly maxError: number
}

/** Multiply-adds that the reference does for one shape: a fraction of a second. */
const MOST_WORK = 2 ** 26
/** Spreads the rows that are checked over all positions within tiles, whatever their height. */
const GOLDEN = 0.618_033_988_749_895

type Strides = Pick<ReferenceMatrix, 'rowStride' | 'columnStride'>

interface ExpectedRow {
  readonly problem: number
  readonly row: number
  readonly value: Float64Array
  readonly magnitude: Float64Array
}

const strides = (width: number, transposed: boolean): Strides =>
  transposed ? { rowStride: 1, columnStride: width } : { rowStride: width, columnStride: 1 }

/** The reference for one shape, made once and held against every contender. */
export class Judge {
  readonly #operands: Operands
  readonly #rows: readonly ExpectedRow[]

  /** Every row of every problem where that is quickly done, else as many as are, the last one always. */
  constructor(operands: Operands) {
    const { shape, problems, a, b, transA, transB } = operands
    const { m, n, k } = shape
    this.#operands = operands
    const total = m * problems
    const most = Math.max(2, Math.min(total, Math.floor(MOST_WORK / (n * k))))
    const picked = new Set<number>()
    if (most >= total) for (let index = 0; index < total; index++) picked.add(index)
    else {
      picked.add(0).add(total - 1)
      for (let index = 1; picked.size < most; index++) picked.add(Math.floor(((index * GOLDEN) % 1) * total))
    }
    // Converted once a problem, not once a row.
    let last: { readonly problem: number; readonly values: ArrayLike<number> } | null = null
    const valuesIn = (problem: number): ArrayLike<number> => {
      if (last?.problem !== problem) last = { problem, values: valuesOf(b.storage, b.problem(problem)) }
      return last.values
    }
    this.#rows = [...picked].map((index) => {
      const row = index % m
      const problem = Math.floor(index / m)
      const { value, magnitude } = referenceGemm({
        m: 1,
        n,
        k,
        a: {
          data: valuesOf(a.storage, a.problem(problem)),
          ...strides(a.width, transA),
          offset: row * (transA ? 1 : k),
        },
        b: { data: valuesIn(problem), ...strides(b.width, transB) },
      })
      return { problem, row, value, magnitude }
    })
  }

  /** Judges the operands' C, or a first problem's result that lies elsewhere. */
  judge(first: ArrayLike<number> | null): Verification {
    const { shape, type, c } = this.#operands
    const { n, k } = shape
    // Modulo 2³².
    const isInteger = PRODUCT_TYPES[type].sum === 's32'
    let checked = 0
    let wrong = 0
    let maxError = 0
    for (const { problem, row, value, magnitude } of this.#rows) {
      if (first !== null && problem > 0) continue
      const result = first ?? c.problem(problem)
      for (let j = 0; j < n; j++) {
        const error = Math.abs(result[row * n + j]! - (isInteger ? value[j]! | 0 : value[j]!))
        // Written so that NaN counts as wrong.
        if (!(error <= productBound(type, k, magnitude[j]!))) wrong++
        const relative = error / magnitude[j]!
        if (relative > maxError || Number.isNaN(relative)) maxError = relative
      }
      checked += n
    }
    return { ok: wrong === 0, checked, wrong, maxError }
  }
}
