/** What a requantised product takes besides its operands: scales, and what zero points add to rows and columns. */
import type { ArgumentName } from '../microkernel/argument-block.ts'
import type { CompleteProblem } from '../microkernel/problem.ts'
import { lineTerm } from '../microkernel/requantise.ts'
import type { Sizes } from './frame.ts'

/** Values that a problem with `requantise` leaves to each call. */
export interface RequantiseArguments {
  /** scaleA·scaleB (/ scaleC), as f32: a number, or with 'column' a Float32Array of one a column. */
  readonly scale?: number | Float32Array
  /** Zero points, 0 unless given; only those that the problem names. */
  readonly zeroA?: number
  readonly zeroB?: number
  readonly zeroC?: number
}

export const REQUANTISE_ARGUMENTS: readonly (keyof RequantiseArguments)[] = [
  'scale',
  'zeroA',
  'zeroB',
  'zeroC',
]

/** Fields of the argument block that lead to arrays, and those arrays. */
export type RequantiseFields = ReadonlyMap<ArgumentName, Float32Array | Int32Array>

/** Sums of the columns of B's panels, which do not show them any more. */
const sumsOfPanels = new WeakMap<object, Int32Array>()

export function rememberColumnSums(panels: object, sums: Int32Array): void {
  sumsOfPanels.set(panels, sums)
}

/** Places of a line's elements: start, step. */
interface Line {
  readonly data: ArrayLike<number>
  readonly start: number
  readonly step: number
  readonly count: number
}

function* elements({ data, start, step, count }: Line): Generator<number> {
  for (let i = 0; i < count; i++) yield data[start + i * step]!
}

type Shaped = Pick<CompleteProblem, 'order' | 'transA' | 'transB'>

/** Σ over k of each column of op(B). */
export function columnSums(
  { order, transB }: Shaped,
  { n, k, ldb }: Pick<Sizes, 'n' | 'k' | 'ldb'>,
  b: ArrayLike<number>,
): Int32Array {
  const byRows = (order === 'row') !== transB
  const [next, step] = byRows ? [1, ldb] : [ldb, 1]
  return Int32Array.from({ length: n }, (_, j) =>
    lineTerm(elements({ data: b, start: j * next, step, count: k }), 1),
  )
}

/** −zeroB·Σ over k of each row of op(A). */
function rowTerms(
  { order, transA }: Shaped,
  { m, k, lda }: Sizes,
  a: ArrayLike<number>,
  zeroB: number,
): Int32Array {
  const byRows = (order === 'row') !== transA
  const [next, step] = byRows ? [lda, 1] : [1, lda]
  return Int32Array.from({ length: m }, (_, i) =>
    lineTerm(elements({ data: a, start: i * next, step, count: k }), -zeroB),
  )
}

function zeroPoint(name: 'zeroA' | 'zeroB' | 'zeroC', value: unknown, isThere: boolean): number {
  if (value === undefined) return 0
  if (!isThere) throw new TypeError(`${name}: the problem's requantise does not name it`)
  if (typeof value !== 'number') throw new TypeError(`${name}: expected a number, got ${String(value)}`)
  if (!Number.isInteger(value) || value < -128 || value > 255)
    throw new RangeError(`${name}: expected a whole number from -128 to 255, got ${value}`)
  return value
}

/**
 * Checks what a call gives and makes arrays of it. The operands have been checked.
 * @throws TypeError or RangeError that names the argument.
 */
export function requantiseFields(
  problem: CompleteProblem & { readonly requantise: object },
  sizes: Sizes,
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  given: RequantiseArguments,
  isPacked: boolean,
): { readonly fields: RequantiseFields; readonly zeroC: number } {
  const { scale: kind, ...has } = problem.requantise
  const zeroA = zeroPoint('zeroA', given.zeroA, has.zeroA)
  const zeroB = zeroPoint('zeroB', given.zeroB, has.zeroB)
  const zeroC = zeroPoint('zeroC', given.zeroC, has.zeroC)
  const fields = new Map<ArgumentName, Float32Array | Int32Array>()
  fields.set('scales', scales(kind, given.scale, sizes.n))
  if (has.zeroB) fields.set('row_terms', rowTerms(problem, sizes, a, zeroB))
  if (has.zeroA) {
    const sums = isPacked ? sumsOfPanels.get(b) : columnSums(problem, sizes, b)
    if (sums === undefined)
      throw new RangeError(
        'b: expected a PackedB made by a kernel whose requantise names zeroA, got another one',
      )
    const constant = Math.imul(sizes.k, Math.imul(zeroA, zeroB))
    fields.set(
      'column_terms',
      sums.map((sum) => (Math.imul(sum, -zeroA) + constant) | 0),
    )
  }
  return { fields, zeroC }
}

function scales(kind: 'tensor' | 'column', scale: unknown, n: number): Float32Array {
  if (kind === 'tensor') {
    if (typeof scale !== 'number') throw new TypeError(`scale: expected a number, got ${String(scale)}`)
    return Float32Array.of(scale)
  }
  if (!(scale instanceof Float32Array))
    throw new TypeError(`scale: expected a Float32Array of one scale a column, got ${String(scale)}`)
  if (scale.length < n) throw new RangeError(`scale: expected at least ${n} elements, got ${scale.length}`)
  // As they are now: an asynchronous call may run later.
  return scale.slice(0, n)
}
