/** One call of a compiled product: open values completed, operands checked, the argument block filled. */
import type { ArgumentName } from '../microkernel/argument-block.ts'
import { type CompleteProblem, checkScalar, storedShape } from '../microkernel/problem.ts'
import { checkSize, MatrixOperand } from '../runtime/checks.ts'
import type { Located } from '../runtime/located.ts'
import { PRODUCT_TYPES } from '../schedule/product-type.ts'
import type { Engine } from './engine.ts'
import { type Sizes, setWord, wordOf } from './frame.ts'
import { type PackedPlaces, panelElement } from './packed.ts'
import { locateAll, PointerTable } from './pointer-table.ts'
import {
  REQUANTISATION_NAMES,
  type RequantisationArguments,
  RequantisationOfCalls,
} from './requantisation.ts'
import { refuseUnfinished, type Touched, unfinished } from './unfinished.ts'

/** Values that a problem left open, sizes in elements. Leading dimensions and strides default as in GemmProblem. */
export interface CallArguments extends RequantisationArguments {
  readonly m?: number
  readonly n?: number
  readonly k?: number
  readonly lda?: number
  readonly ldb?: number
  readonly ldc?: number
  readonly alpha?: number
  readonly beta?: number
  /** Products in the batch. */
  readonly batch?: number
  readonly strideA?: number
  readonly strideB?: number
  readonly strideC?: number
}

const SIZE_FIELDS: readonly (readonly [keyof Sizes, ArgumentName])[] = [
  ['m', 'm'],
  ['n', 'n'],
  ['k', 'k'],
  ['lda', 'lda'],
  ['ldb', 'ldb'],
  ['ldc', 'ldc'],
  ['batch', 'batch'],
  ['strideA', 'stride_a'],
  ['strideB', 'stride_b'],
  ['strideC', 'stride_c'],
]

const A = wordOf('a')
const B = wordOf('b')
const C = wordOf('c')
const SUMS_B = wordOf('sums_b')
const SMALL_B = wordOf('small_b')

/** The function that a user calls. */
export type Call = (a: unknown, b: unknown, c: unknown, open?: CallArguments) => void

/** The problem's own values, 'runtime' where they are open; the fixed half of every call. */
type Given = Readonly<Record<keyof Sizes | 'alpha' | 'beta', number | 'runtime'>>

function given(problem: CompleteProblem): Given {
  const { m, n, k, lda, ldb, ldc, alpha, beta, batch } = problem
  return {
    ...{ m, n, k, lda, ldb, ldc, alpha, beta },
    batch: batch?.count ?? 1,
    strideA: batch?.strideA ?? 0,
    strideB: batch?.strideB ?? 0,
    strideC: batch?.strideC ?? 0,
  }
}

/**
 * Makes the call of a kernel: the fast path when nothing is open, the general one otherwise. `packed`: what is
 * in a B that comes as panels.
 */
export function makeCall(problem: CompleteProblem, engine: Engine, packed: PackedPlaces | null = null): Call {
  const values = given(problem)
  const open = Object.keys(values).filter(
    (name) => values[name as keyof Given] === 'runtime',
  ) as (keyof Given)[]
  const operands = new Operands(problem, packed)
  const enter =
    problem.batch?.kind === 'pointers'
      ? enterPointers(problem, engine, operands)
      : enterArrays(engine, operands, behindPanels(problem, packed))
  const requantisation =
    problem.requantise === null ? null : new RequantisationOfCalls(problem, problem.requantise, engine)
  if (open.length === 0) {
    operands.setSizes(values as Sizes)
    if (requantisation !== null) {
      return (a, b, c, extra) => {
        refuseOthers(extra)
        requantisation.take(extra, values.n as number)
        enter(a, b, c)
      }
    }
    return (a, b, c, extra) => {
      if (extra !== undefined)
        throw new TypeError('this kernel left nothing open; expected three operands, got four')
      enter(a, b, c)
    }
  }
  const { u32, u64, f32, f64 } = engine.block
  const { sum } = PRODUCT_TYPES[problem.type]
  const openSizes = SIZE_FIELDS.filter(([name]) => values[name] === 'runtime')
  const scalars = (['alpha', 'beta'] as const).filter((name) => values[name] === 'runtime')
  const last = new LastArguments()
  return (a, b, c, extra) => {
    if (last.areSame(extra)) {
      // Arrays of scales may hold other values than last time.
      requantisation?.take(extra, last.columns)
      enter(a, b, c)
      return
    }
    last.forget()
    const sizes = completeSizes(problem, values, open, extra)
    operands.setSizes(sizes)
    for (const [name, field] of openSizes) u64[wordOf(field)] = BigInt(sizes[name])
    engine.setSizes(sizes)
    for (const name of scalars) {
      const value = extra?.[name] ?? (name === 'alpha' ? 1 : 0)
      if (sum === 'f64') f64[wordOf(name)] = value
      else if (sum === 'f32') f32[2 * wordOf(name)] = value
      else {
        checkScalar(name, value, sum)
        u32[2 * wordOf(name)] = value
      }
    }
    requantisation?.take(extra, sizes.n)
    last.remember(extra, sizes.n)
    enter(a, b, c)
  }
}

/**
 * The open values of the last call that had good ones: a call with the same finds the block filled. Checking and
 * completing them takes some microseconds, comparing some tens of nanoseconds.
 */
class LastArguments {
  /** Columns of C. */
  columns = 0
  #values: CallArguments | null = null
  #count = 0

  areSame(extra: CallArguments | undefined): boolean {
    const values = this.#values
    if (values === null || typeof extra !== 'object' || extra === null) return false
    let count = 0
    for (const name in extra) {
      if (REQUANTISATION.has(name)) continue
      if (extra[name as keyof CallArguments] !== values[name as keyof CallArguments]) return false
      count++
    }
    return count === this.#count
  }

  remember(extra: CallArguments | undefined, columns: number): void {
    const sizes = Object.entries({ ...extra }).filter(([name]) => !REQUANTISATION.has(name))
    this.#values = Object.fromEntries(sizes)
    this.#count = sizes.length
    this.columns = columns
  }

  forget(): void {
    this.#values = null
  }
}

/** What only requantised products take. */
const REQUANTISATION: ReadonlySet<string> = new Set(REQUANTISATION_NAMES)

/** TypeError for values that only other kernels take. */
function refuseOthers(extra: CallArguments | undefined): void {
  for (const name in extra) {
    if (!REQUANTISATION.has(name)) throw new TypeError(`sizes.${name}: this kernel left no sizes open`)
  }
}

/** The three operands' shapes, as they lie in memory. */
class Operands {
  readonly a: MatrixOperand
  readonly b: MatrixOperand
  readonly c: MatrixOperand
  /** Where the operands of the last call lie; C was found apart from A and B. null when there was none of these sizes. */
  #apartA: Located | null = null
  #apartB: Located | null = null
  #apartC: Located | null = null
  readonly #problem: CompleteProblem
  readonly #strided: boolean
  readonly #packed: PackedPlaces | null

  constructor(problem: CompleteProblem, packed: PackedPlaces | null) {
    this.#packed = packed
    const { a, b } = PRODUCT_TYPES[problem.type]
    this.a = new MatrixOperand('a', a)
    this.b = new MatrixOperand('b', packed === null ? b : panelElement(problem.type))
    this.c = new MatrixOperand('c', problem.out)
    this.#problem = problem
    this.#strided = problem.batch?.kind === 'strided'
  }

  /** RangeError when matrices of C would overlap one another. */
  setSizes(sizes: Sizes): void {
    this.#apartC = null
    this.#shape('a', sizes, sizes.lda, sizes.strideA)
    this.#shape('b', sizes, sizes.ldb, sizes.strideB)
    this.#shape('c', sizes, sizes.ldc, sizes.strideC)
  }

  /** RangeError when C overlaps A or B. What lies where it lay at the last call needs no second look. */
  refuseOverlap(a: Located, b: Located, c: Located): void {
    if (a !== this.#apartA || b !== this.#apartB || c !== this.#apartC) this.#compareOverlap(a, b, c)
  }

  #compareOverlap(a: Located, b: Located, c: Located): void {
    this.c.refuseOverlap(c, this.a, a)
    this.c.refuseOverlap(c, this.b, b)
    this.#apartA = a
    this.#apartB = b
    this.#apartC = c
  }

  #shape(name: 'a' | 'b' | 'c', sizes: Sizes, ld: number, stride: number): void {
    const { lines, width } = storedShape(name, this.#problem, sizes)
    const operand = this[name]
    if (name === 'b' && this.#packed !== null) {
      const { elements } = this.#packed
      operand.shape(1, elements, Math.max(1, elements))
      return
    }
    if (!this.#strided) {
      operand.shape(lines, width, ld)
      return
    }
    const one = lines === 0 || width === 0 ? 0 : (lines - 1) * ld + width
    const sideBySide = stride >= width && (sizes.batch - 1) * stride + width <= ld
    if (name === 'c' && sizes.batch > 1 && stride < one && !sideBySide) {
      throw new RangeError(
        `strideC must be at least ${one}, the elements from a matrix's first to its last, so that none overlap; given ${stride}`,
      )
    }
    const all = one === 0 || sizes.batch === 0 ? 0 : (sizes.batch - 1) * stride + one
    operand.shape(all === 0 ? 0 : 1, all, Math.max(all, 1))
  }
}

type Enter = (a: unknown, b: unknown, c: unknown) => void

/** What kernels are told of what lies behind panels: words of the block, and bytes from the panels' begin. */
type BehindPanels = readonly (readonly [word: number, bytes: number])[]

function behindPanels({ requantise }: CompleteProblem, packed: PackedPlaces | null): BehindPanels | null {
  const { small = null, sums = null } = packed ?? {}
  const found = [
    ...(sums === null || requantise?.zeroA !== true ? [] : [[SUMS_B, 4 * sums] as const]),
    ...(small === null ? [] : [[SMALL_B, 4 * small] as const]),
  ]
  return found.length === 0 ? null : found
}

/** Small on purpose: V8 inlines so many bytecodes into a caller, and all of a call's way should be among them. */
function enterArrays(engine: Engine, operands: Operands, behind: BehindPanels | null): Enter {
  const { a: opA, b: opB, c: opC } = operands
  const { u64 } = engine.block
  const touchAll = (atA: Located, atB: Located, atC: Located): void =>
    touch(engine, {
      reads: [
        { operand: opA, at: atA },
        { operand: opB, at: atB },
      ],
      writes: [{ operand: opC, at: atC }],
    })
  return (a, b, c) => {
    const atA = opA.check(a)
    const atB = opB.check(b)
    const atC = opC.check(c)
    operands.refuseOverlap(atA, atB, atC)
    if (engine.touched !== undefined || unfinished.size > 0) touchAll(atA, atB, atC)
    u64[A] = atA.bits
    u64[B] = atB.bits
    u64[C] = atC.bits
    if (behind !== null) for (const [word, bytes] of behind) setWord(engine.block, word, atB.address + bytes)
    engine.run(a, b, c, true)
  }
}

function touch(engine: Engine, touched: Touched): void {
  refuseUnfinished(touched)
  engine.touched?.(touched)
}

function enterPointers(problem: CompleteProblem, engine: Engine, operands: Operands): Enter {
  const { u64 } = engine.block
  const tables = { a: new PointerTable(), b: new PointerTable(), c: new PointerTable() }
  return (a, b, c) => {
    const count =
      problem.batch?.count === 'runtime' ? Number(u64[wordOf('batch')]) : (problem.batch?.count ?? 0)
    const located = {
      a: locateAll(operands.a, 'a', a, count),
      b: locateAll(operands.b, 'b', b, count),
      c: locateAll(operands.c, 'c', c, count),
    }
    refuseSharing(operands, located)
    if (engine.touched !== undefined || unfinished.size > 0) {
      const places = (name: 'a' | 'b' | 'c') => located[name].map((at) => ({ operand: operands[name], at }))
      touch(engine, { reads: [...places('a'), ...places('b')], writes: places('c') })
    }
    u64[A] = tables.a.fill(located.a)
    u64[B] = tables.b.fill(located.b)
    u64[C] = tables.c.fill(located.c)
    engine.run(a, b, c, false)
  }
}

/** No C may share memory with an A, a B, or another C: sorted by address, neighbours tell. */
function refuseSharing(
  operands: Operands,
  located: Readonly<Record<'a' | 'b' | 'c', readonly Located[]>>,
): void {
  const all = (['a', 'b', 'c'] as const)
    .flatMap((name) =>
      located[name].map((at, index) => ({ name, at, index, end: at.address + operands[name].bytes })),
    )
    .sort((x, y) => x.at.address - y.at.address)
  let written: (typeof all)[number] | null = null
  let read: (typeof all)[number] | null = null
  for (const next of all) {
    const clash =
      written !== null && written.end > next.at.address
        ? written
        : next.name === 'c' && read !== null && read.end > next.at.address
          ? read
          : null
    if (clash !== null) {
      throw new RangeError(
        `${next.name}[${next.index}]: expected memory apart from ${clash.name}[${clash.index}]'s, got arrays that overlap`,
      )
    }
    if (next.name === 'c') written = next
    else if (read === null || next.end > read.end) read = next
  }
}

/** The sizes of one call: fixed ones from the problem, open ones from the call, defaults for what may be left out. */
function completeSizes(
  problem: CompleteProblem,
  values: Given,
  open: readonly string[],
  extra: CallArguments | undefined,
): Sizes {
  if (typeof extra !== 'object' || extra === null) {
    throw new TypeError(
      `sizes: this kernel left values open; expected { ${open.join(', ')} } after the operands, got ${extra}`,
    )
  }
  for (const name of Object.keys(extra)) {
    if (problem.requantise !== null && REQUANTISATION.has(name)) continue
    if (!Object.hasOwn(values, name)) {
      throw new TypeError(`sizes.${name} is not known; this kernel left open ${open.join(', ')}`)
    }
    const fixed = values[name as keyof Given]
    const value = extra[name as keyof Given]
    if (fixed !== 'runtime' && value !== undefined && value !== fixed) {
      throw new RangeError(`sizes.${name}: this kernel was compiled for ${fixed}, got ${value}`)
    }
  }
  const size = (name: keyof Sizes, least: number, fallback?: number): number => {
    const fixed = values[name]
    if (fixed !== 'runtime') return fixed
    const value = extra[name] ?? fallback
    checkSize(`sizes.${name}`, value, least)
    return value
  }
  const m = size('m', 0)
  const n = size('n', 0)
  const k = size('k', 0)
  const shape = (name: 'a' | 'b' | 'c') => storedShape(name, problem, { m, n, k })
  const lda = size('lda', 1, Math.max(1, shape('a').width))
  const ldb = size('ldb', 1, Math.max(1, shape('b').width))
  const ldc = size('ldc', 1, Math.max(1, shape('c').width))
  const batch = size('batch', 0)
  for (const name of ['alpha', 'beta'] as const) {
    const value = extra[name]
    if (value !== undefined && typeof value !== 'number') {
      throw new TypeError(`sizes.${name}: expected a number, got ${String(value)}`)
    }
  }
  return {
    ...{ m, n, k, lda, ldb, ldc, batch },
    strideA: size('strideA', 0, shape('a').lines * lda),
    strideB: size('strideB', 0, shape('b').lines * ldb),
    strideC: size('strideC', 0, shape('c').lines * ldc),
  }
}
