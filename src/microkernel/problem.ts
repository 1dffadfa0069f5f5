/** What product is to be computed: the public description, checked and completed. */
import type { ElementType, Size } from '../schedule/tile-program.ts'

/** Sizes in elements. `'runtime'` leaves a size open: it is then given at each call. */
export interface GemmProblem {
  /** Element type of A, B and C. Default f32. */
  readonly type?: ElementType
  /** Rows of A and C. */
  readonly m: Size
  /** Columns of B and C. */
  readonly n: Size
  /** Columns of A, rows of B. */
  readonly k: Size
  /** Elements from one row of A to the next; default k. */
  readonly lda?: Size
  /** Elements from one row of B to the next; default n. */
  readonly ldb?: Size
  /** Elements from one row of C to the next; default n. */
  readonly ldc?: Size
  /** C += A·B instead of C = A·B. Default false: then C is written and never read. */
  readonly accumulate?: boolean
}

/** A problem with every default filled in. */
export type CompleteProblem = Required<GemmProblem>

const KEYS: ReadonlySet<string> = new Set(['type', 'm', 'n', 'k', 'lda', 'ldb', 'ldc', 'accumulate'])
/** Above this, products of sizes would leave the 32-bit divisions of generated code. */
const MAX_SIZE = 2 ** 31 - 1

function show(value: unknown): string {
  return typeof value === 'string' ? `'${value}'` : String(value)
}

function checkSize(name: string, value: Size): void {
  if (value === 'runtime') return
  if (typeof value !== 'number') {
    throw new TypeError(`${name} must be a whole number or 'runtime', given ${show(value)}`)
  }
  if (!Number.isInteger(value) || value < 1 || value > MAX_SIZE) {
    throw new RangeError(`${name} must be a whole number from 1 to ${MAX_SIZE}, given ${show(value)}`)
  }
}

/** Fills in defaults. TypeError or RangeError names the field, what was given and what is allowed. */
export function completeProblem(problem: GemmProblem): CompleteProblem {
  if (typeof problem !== 'object' || problem === null) {
    throw new TypeError(`problem must be an object such as { m, n, k }, given ${show(problem)}`)
  }
  for (const key of Object.keys(problem)) {
    if (!KEYS.has(key))
      throw new TypeError(`problem.${key} is not known; allowed are ${[...KEYS].join(', ')}`)
  }
  const { type = 'f32', m, n, k, accumulate = false } = problem
  const { lda = k, ldb = n, ldc = n } = problem
  if (type !== 'f32' && type !== 'f64') {
    throw new RangeError(`type must be 'f32' or 'f64', given ${show(type)}`)
  }
  if (typeof accumulate !== 'boolean') {
    throw new TypeError(`accumulate must be true or false, given ${show(accumulate)}`)
  }
  for (const [name, value] of Object.entries({ m, n, k, lda, ldb, ldc })) checkSize(name, value)
  const least = (name: string, ld: Size, columns: Size, of: string): void => {
    if (typeof ld === 'number' && typeof columns === 'number' && ld < columns) {
      throw new RangeError(`${name} must be at least ${of} = ${columns}, given ${ld}`)
    }
  }
  least('lda', lda, k, 'k')
  least('ldb', ldb, n, 'n')
  least('ldc', ldc, n, 'n')
  return { type, m, n, k, lda, ldb, ldc, accumulate }
}

/** `1024×1024×1024`, with ? for sizes given at the call. */
export function shapeText({ m, n, k }: Pick<CompleteProblem, 'm' | 'n' | 'k'>): string {
  return [m, n, k].map((size) => (size === 'runtime' ? '?' : size)).join('×')
}
