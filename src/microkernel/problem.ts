/** What product is to be computed: the public description, checked and completed. */
import { PRODUCT_TYPES, type ProductFacts, type ProductType, type Storage } from '../schedule/product-type.ts'
import type { Scalar, Size } from '../schedule/tile-program.ts'

/**
 * C = alpha·op(A)·op(B) + beta·C, as BLAS defines it. op(A) is m × k, op(B) is k × n, C is m × n.
 * Sizes and strides are in elements. `'runtime'` leaves a value open: it is then given at each call.
 */
export interface GemmProblem {
  /** What A and B hold. Default f32. */
  readonly type?: ProductType
  /** What C holds: by default what sums are kept in, f32 for floats of up to 32 bits and s32 for integers. */
  readonly out?: Storage
  readonly m: Size
  readonly n: Size
  readonly k: Size
  /** How all three matrices are stored: `row` (default), lines are rows; `column`, lines are columns. */
  readonly order?: 'row' | 'column'
  /** Whether A is stored transposed, as k × m. Default false. */
  readonly transA?: boolean
  /** Whether B is stored transposed, as n × k. Default false. */
  readonly transB?: boolean
  /** Elements from one line of A to the next; by default lines follow one another without a gap. */
  readonly lda?: Size
  readonly ldb?: Size
  readonly ldc?: Size
  /**
   * How integer sums become a C of f32, bf16, s8 or u8 (requantise.ts says it bit by bit); what it names is given at each
   * call. Default null; without it C holds s32.
   */
  readonly requantise?: Requantise | null
  /** Factor of the product. Default 1. With 0, A and B are not read. */
  readonly alpha?: Scalar
  /** Factor of what C held. Default 0: then C is written and never read. 1 adds to C. */
  readonly beta?: Scalar
  /** Many products of this shape in one call. Default null: one. */
  readonly batch?: Batch | null
}

/**
 * From sums of 8-bit integers to u8, s8, f32 or bf16, as `requantise.ts` defines it. Which values there are is said here,
 * the values come with each call: `kernel(a, b, c, { scale, zeroA, … })`. alpha must be 1 and beta 0.
 */
export interface Requantise {
  /** One scale for all of C (default), or one for each of its n columns. */
  readonly scale?: 'tensor' | 'column'
  /** Whether A, B and C (only u8 and s8) have zero points. Default false: they are 0. */
  readonly zeroA?: boolean
  readonly zeroB?: boolean
  readonly zeroC?: boolean
  /** Whether a bias is added to each column's sums, n integers of 32 bits, before they are scaled. Default false. */
  readonly bias?: boolean
}

/** Many products of one shape, in one native call. */
export interface Batch {
  readonly count: Size
  /** `strided` (default): one array each, matrices a fixed stride apart. `pointers`: arrays of arrays. */
  readonly kind?: 'strided' | 'pointers'
  /** Elements from one matrix to the next; by default they follow one another. 0 repeats the same one. */
  readonly strideA?: Size
  readonly strideB?: Size
  /** As strideA; matrices of C must not overlap. */
  readonly strideC?: Size
}

/** A problem with every default filled in. */
export type CompleteProblem = Required<Omit<GemmProblem, 'batch' | 'requantise'>> & {
  readonly batch: Required<Batch> | null
  readonly requantise: Required<Requantise> | null
}

const KEYS: ReadonlySet<string> = new Set(
  'type out m n k order transA transB lda ldb ldc alpha beta batch requantise'.split(' '),
)
const BATCH_KEYS: ReadonlySet<string> = new Set(['count', 'kind', 'strideA', 'strideB', 'strideC'])
const REQUANTISE_KEYS: ReadonlySet<string> = new Set(['scale', 'zeroA', 'zeroB', 'zeroC', 'bias'])
/** Above this, products of sizes would leave the 32-bit divisions of generated code. */
const MAX_SIZE = 2 ** 31 - 1

function show(value: unknown): string {
  return typeof value === 'string' ? `'${value}'` : String(value)
}

function checkSize(name: string, value: unknown, least: number, most = MAX_SIZE): void {
  if (value === 'runtime') return
  if (typeof value !== 'number') {
    throw new TypeError(`${name} must be a whole number or 'runtime', given ${show(value)}`)
  }
  if (!Number.isInteger(value) || value < least || value > most) {
    throw new RangeError(`${name} must be a whole number from ${least} to ${most}, given ${show(value)}`)
  }
}

/** A factor: any number, for sums of integers a whole one. TypeError or RangeError that names it otherwise. */
export function checkScalar(name: string, value: unknown, sum: ProductFacts['sum']): void {
  if (value === 'runtime') return
  if (typeof value !== 'number') {
    throw new TypeError(`${name} must be a number or 'runtime', given ${show(value)}`)
  }
  if (sum === 's32' && !(Number.isInteger(value) && Math.abs(value) < 2 ** 31)) {
    throw new RangeError(`${name} must be a whole number of 32 bits where sums are integers, given ${value}`)
  }
}

function oneOf<T>(name: string, value: T, allowed: readonly T[]): void {
  if (!allowed.includes(value)) {
    throw new RangeError(`${name} must be one of ${allowed.map(show).join(', ')}, given ${show(value)}`)
  }
}

function knownKeys(name: string, value: object, keys: ReadonlySet<string>): void {
  for (const key of Object.keys(value)) {
    if (!keys.has(key)) {
      throw new TypeError(`${name}.${key} is not known; allowed are ${[...keys].join(', ')}`)
    }
  }
}

/** The lines of a stored matrix: how many, and how many elements each has. */
export interface StoredShape<S = Size> {
  readonly lines: S
  readonly width: S
}

/** How a matrix lies in memory, from the sizes and the options that decide it. */
export function storedShape<S>(
  name: 'a' | 'b' | 'c',
  { order, transA, transB }: Pick<CompleteProblem, 'order' | 'transA' | 'transB'>,
  { m, n, k }: { readonly m: S; readonly n: S; readonly k: S },
): StoredShape<S> {
  const [rows, columns, transposed] = { a: [m, k, transA], b: [k, n, transB], c: [m, n, false] }[name] as [
    S,
    S,
    boolean,
  ]
  return (order === 'row') !== transposed ? { lines: rows, width: columns } : { lines: columns, width: rows }
}

/** Fills in defaults. TypeError or RangeError names the field, what was given and what is allowed. */
export function completeProblem(problem: GemmProblem): CompleteProblem {
  if (typeof problem !== 'object' || problem === null) {
    throw new TypeError(`problem must be an object such as { m, n, k }, given ${show(problem)}`)
  }
  knownKeys('problem', problem, KEYS)
  const {
    type = 'f32',
    m,
    n,
    k,
    order = 'row',
    transA = false,
    transB = false,
    alpha = 1,
    beta = 0,
  } = problem
  oneOf('type', type, Object.keys(PRODUCT_TYPES) as ProductType[])
  const { sum, outputs } = PRODUCT_TYPES[type]
  const { out = sum } = problem
  oneOf('out', out, outputs)
  oneOf('order', order, ['row', 'column'])
  oneOf('transA', transA, [true, false])
  oneOf('transB', transB, [true, false])
  for (const [name, value] of Object.entries({ m, n, k })) checkSize(name, value, 0)
  checkScalar('alpha', alpha, sum)
  checkScalar('beta', beta, sum)

  const options = { order, transA, transB }
  const sizes = { m, n, k }
  const leading = (of: 'a' | 'b' | 'c', given: Size | undefined): Size => {
    const { width } = storedShape(of, options, sizes)
    if (given === undefined) return width === 0 ? 1 : width
    checkSize(`ld${of}`, given, 1)
    if (typeof given === 'number' && typeof width === 'number' && given < width) {
      throw new RangeError(
        `ld${of} must be at least ${width}, the length of a line of ${of.toUpperCase()}, given ${given}`,
      )
    }
    return given
  }
  const lda = leading('a', problem.lda)
  const ldb = leading('b', problem.ldb)
  const ldc = leading('c', problem.ldc)
  const requantise = completeRequantise(problem.requantise ?? null, { type, out, alpha, beta })
  // Not put together from parts: V8 gives what a literal spreads hidden classes of its own.
  const complete: { -readonly [Key in keyof CompleteProblem]: CompleteProblem[Key] } = {
    type,
    out,
    m,
    n,
    k,
    order,
    transA,
    transB,
    lda,
    ldb,
    ldc,
    alpha,
    beta,
    requantise,
    batch: null,
  }
  complete.batch = completeBatch(problem.batch ?? null, complete)
  return complete
}

function completeRequantise(
  requantise: Requantise | null,
  { type, out, alpha, beta }: Pick<CompleteProblem, 'type' | 'out' | 'alpha' | 'beta'>,
): CompleteProblem['requantise'] {
  const isInteger = PRODUCT_TYPES[type].sum === 's32'
  if (requantise === null) {
    if (isInteger && out !== 's32') {
      throw new RangeError(
        `out '${out}' of integer sums needs requantise, such as { scale: 'tensor' }, given none`,
      )
    }
    return null
  }
  if (typeof requantise !== 'object') {
    throw new TypeError(
      `requantise must be an object such as { scale: 'tensor' } or null, given ${show(requantise)}`,
    )
  }
  knownKeys('requantise', requantise, REQUANTISE_KEYS)
  if (!isInteger) {
    const integers = Object.entries(PRODUCT_TYPES).filter(([, { sum }]) => sum === 's32')
    const names = integers.map(([name]) => name).join(', ')
    throw new RangeError(`requantise is for types ${names}, given type ${type}`)
  }
  if (out === 's32') {
    throw new RangeError(`out must be one of 'u8', 's8', 'f32', 'bf16' with requantise, given 's32'`)
  }
  if (alpha !== 1) throw new RangeError(`alpha must be 1 with requantise, given ${show(alpha)}`)
  if (beta !== 0) throw new RangeError(`beta must be 0 with requantise, given ${show(beta)}`)
  const { scale = 'tensor', zeroA = false, zeroB = false, zeroC = false, bias = false } = requantise
  oneOf('requantise.scale', scale, ['tensor', 'column'])
  for (const [name, value] of Object.entries({ zeroA, zeroB, zeroC, bias })) {
    oneOf(`requantise.${name}`, value, [true, false])
  }
  if (zeroC && out !== 'u8' && out !== 's8') {
    throw new RangeError(`requantise.zeroC must be false where C holds ${out}, given true`)
  }
  return { scale, zeroA, zeroB, zeroC, bias }
}

function completeBatch(
  batch: Batch | null,
  problem: Omit<CompleteProblem, 'batch' | 'requantise'>,
): CompleteProblem['batch'] {
  if (batch === null) return null
  knownKeys('batch', batch, BATCH_KEYS)
  const { count, kind = 'strided' } = batch
  checkSize('batch.count', count, 0)
  oneOf('batch.kind', kind, ['strided', 'pointers'])
  const tight = (name: 'a' | 'b' | 'c', ld: Size): Size => {
    const { lines } = storedShape(name, problem, problem)
    return lines === 'runtime' || ld === 'runtime' ? 'runtime' : lines * ld
  }
  const stride = (name: string, given: Size | undefined, fallback: Size): Size => {
    if (given === undefined) return fallback
    checkSize(`batch.${name}`, given, 0, Number.MAX_SAFE_INTEGER)
    return given
  }
  return {
    count,
    kind,
    strideA: stride('strideA', batch.strideA, tight('a', problem.lda)),
    strideB: stride('strideB', batch.strideB, tight('b', problem.ldb)),
    strideC: stride('strideC', batch.strideC, tight('c', problem.ldc)),
  }
}

/**
 * The same product on row-major matrices. Column-major C is row-major Cᵀ = op(B)ᵀ·op(A)ᵀ, and a column-major
 * matrix read by rows is its transpose, so the operands change places and keep their flags.
 */
export interface RowMajorView {
  readonly m: Size
  readonly n: Size
  readonly k: Size
  /** Which argument is the left operand, and so on. */
  readonly left: 'a' | 'b'
  readonly right: 'a' | 'b'
  readonly transLeft: boolean
  readonly transRight: boolean
  readonly ldLeft: Size
  readonly ldRight: Size
}

export function rowMajorView(problem: CompleteProblem): RowMajorView {
  const { m, n, k, transA, transB, lda, ldb } = problem
  return problem.order === 'row'
    ? { m, n, k, left: 'a', right: 'b', transLeft: transA, transRight: transB, ldLeft: lda, ldRight: ldb }
    : {
        m: n,
        n: m,
        k,
        left: 'b',
        right: 'a',
        transLeft: transB,
        transRight: transA,
        ldLeft: ldb,
        ldRight: lda,
      }
}

/** RangeError unless panels can be made of B: it is known, and on the right of row-major C. */
export function refuseUnpackable(
  { n, k, order, batch }: CompleteProblem,
  block: Readonly<Partial<Record<'m' | 'n' | 'k', number | null>>> = {},
): void {
  const reason =
    n === 'runtime' || k === 'runtime'
      ? 'n and k known when compiling'
      : order === 'column'
        ? "order 'row'"
        : batch !== null
          ? 'no batch'
          : null
  if (reason !== null) throw new RangeError(`packB 'beforehand' needs ${reason}`)
  for (const dim of ['n', 'k'] as const) {
    const size = block[dim] ?? null
    if (size !== null)
      throw new RangeError(`block.${dim} must be null where panels of B are made beforehand, given ${size}`)
  }
}

/** RangeError when rows of B are given as they are to a product that takes panels alone. */
export function refuseRows(
  { type }: CompleteProblem,
  { rowsOfB }: { readonly rowsOfB?: number | null },
): void {
  if (typeof rowsOfB === 'number')
    throw new RangeError(
      `rowsOfB is not for type ${type} on this target, which takes panels; given ${rowsOfB}`,
    )
}

/** `1024×1024×1024`, with ? for sizes given at the call. */
export function shapeText({ m, n, k }: Pick<CompleteProblem, 'm' | 'n' | 'k'>): string {
  return [m, n, k].map((size) => (size === 'runtime' ? '?' : size)).join('×')
}
