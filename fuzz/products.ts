/** Random products between guard pages: every element within the rounding bound, no byte outside touched. */
import * as fc from 'fast-check'
import { cpuModel } from '../src/gemm/cpu.ts'
import { type CompileOptions, compileGemm } from '../src/gemm/kernel.ts'
import { planGemm } from '../src/microkernel/plan.ts'
import { type GemmProblem, storedShape } from '../src/microkernel/problem.ts'
import { errorBound, type ReferenceMatrix, referenceGemm } from '../src/microkernel/reference.ts'
import { type TargetName, targetNamed } from '../src/microkernel/targets/index.ts'
import { cpuFeatures } from '../src/runtime/features.ts'
import { type GuardedEdge, guardedArray } from '../src/runtime/guarded-array.ts'

type Type = 'f32' | 'f64'
type Floats = Float32Array | Float64Array
type Name = 'a' | 'b' | 'c'

/** One random product. Leading dimensions and strides are the least ones plus a pad. */
interface Case {
  readonly type: Type
  readonly m: number
  readonly n: number
  readonly k: number
  readonly order: 'row' | 'column'
  readonly transA: boolean
  readonly transB: boolean
  readonly pad: Readonly<Record<Name, number>>
  readonly alpha: number
  readonly beta: number
  readonly batch:
    | { readonly count: number; readonly kind: 'strided' | 'pointers'; readonly pad: number }
    | undefined
  /** Whether sizes, factors and strides are given at the call. */
  readonly runtime: boolean
  readonly edges: Readonly<Record<Name, GuardedEdge>>
  readonly packB: 'no' | 'on the way' | 'ahead' | undefined
  readonly block:
    | { readonly m: number | null; readonly n: number | null; readonly k: number | null }
    | undefined
  readonly threads: number
  readonly packA: true | undefined
  readonly stageA: true | undefined
  readonly prefetchB: true | undefined
  /** A CPU with tiny caches, for which small products are planned as large ones are. */
  readonly tinyCaches: boolean
  /** Decisions of the plan that are tried, where sizes are known and the product can keep them. */
  readonly decisions:
    | (Readonly<Record<'rows' | 'vectors' | 'unroll' | 'leadColumns' | 'readAhead', number>> &
        Readonly<Record<'leadsToLines' | 'comb', boolean>>)
    | undefined
  readonly seed: number
}

// As many threads as are asked for, on any machine.
process.env.TILEWRIGHT_CPUS ??= '4'

/** Most elements of one operand. Regions are mapped once and cut to size: mapping is slow, cutting is not. */
const MOST = 1 << 18
const regions = new Map<string, Floats>()
function guarded(name: string, type: Type, length: number, edge: GuardedEdge): Floats {
  const key = `${name} ${type} ${edge}`
  const region = regions.get(key) ?? (guardedArray(type, MOST, edge) as Floats)
  regions.set(key, region)
  return edge === 'start' ? region.subarray(0, length) : region.subarray(MOST - length)
}

const bits = (array: Floats): BigUint64Array | Uint32Array =>
  array instanceof Float64Array
    ? new BigUint64Array(array.buffer, array.byteOffset, array.length)
    : new Uint32Array(array.buffer, array.byteOffset, array.length)

const TINY_CACHES = {
  l1: { bytes: 2 << 10, ways: 4, lineBytes: 64 },
  l2: { bytes: 4 << 10, ways: 4, lineBytes: 64 },
  l3: { bytes: 32 << 10, ways: 8, lineBytes: 64 },
}

type AnyKernel = ((a: unknown, b: unknown, c: unknown, open?: object) => void) & { dispose(): void }

/** Kernels with everything open; compiled once a combination of what cannot be, of which the last are kept. */
const general = new Map<string, AnyKernel>()
const MOST_GENERAL = 100

function kernelFor(problem: GemmProblem, runtime: boolean, options: CompileOptions): AnyKernel {
  if (!runtime) return compileGemm(problem, options) as unknown as AnyKernel
  const { type, order, transA, transB, batch } = problem
  const key = JSON.stringify([type, order, transA, transB, batch?.kind, options])
  const known = general.get(key)
  if (known !== undefined) return known
  const open = 'runtime' as const
  const sizes = { m: open, n: open, k: open, lda: open, ldb: open, ldc: open, alpha: open, beta: open }
  const made = compileGemm(
    {
      ...problem,
      ...sizes,
      batch: batch ? { count: open, kind: batch.kind!, strideA: open, strideB: open, strideC: open } : null,
    },
    options,
  ) as unknown as AnyKernel
  general.set(key, made)
  const [oldest] = general
  if (general.size > MOST_GENERAL && oldest !== undefined) {
    oldest[1].dispose()
    general.delete(oldest[0])
  }
  return made
}

/** The options with the decisions that the product can keep, added one by one. */
function decided(
  problem: GemmProblem,
  options: CompileOptions,
  target: TargetName,
  { decisions }: Case,
): CompileOptions {
  if (decisions === undefined) return options
  const lanes = targetNamed(target).vectorBytes / (problem.type === 'f64' ? 8 : 4)
  const { rows, vectors, unroll, leadColumns, leadsToLines, comb, readAhead } = decisions
  let kept = options
  const tile = { m: rows, n: vectors * lanes }
  for (const more of [{ tile }, { unroll }, { leadColumns, leadsToLines }, { comb }, { readAhead }]) {
    const tried = { ...kept, ...more }
    try {
      planGemm(problem, { ...tried, target })
      kept = tried
    } catch (error) {
      if (!(error instanceof RangeError)) throw error
    }
  }
  return kept
}

function check(given: Case, target: TargetName, run: Run): void {
  const { type, m, n, k, order, transA, transB, pad, alpha, beta, edges, runtime } = given
  let state = given.seed | 1
  const random = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0
    return state / 2 ** 31
  }
  const count = given.batch?.count ?? 1
  const pointers = given.batch?.kind === 'pointers'
  const shape = (name: Name) => {
    const { lines, width } = storedShape(name, { order, transA, transB }, { m, n, k })
    const ld = Math.max(1, width) + pad[name]
    const one = lines === 0 || width === 0 ? 0 : (lines - 1) * ld + width
    return { lines, width, ld, one, stride: one + (given.batch?.pad ?? 0) }
  }
  const shapes = { a: shape('a'), b: shape('b'), c: shape('c') }
  // Between the lines lies NaN: an element read from there spoils the result, one written there is seen.
  const make = (
    name: Name,
  ): { readonly all: Floats; readonly offsets: readonly number[]; readonly own: Uint8Array } => {
    const { lines, width, ld, one, stride } = shapes[name]
    const all = guarded(name, type, Math.max(1, (count - 1) * stride + one), edges[name])
    all.fill(Number.NaN)
    const own = new Uint8Array(all.length)
    const offsets = Array.from({ length: count }, (_, index) => index * stride)
    for (const offset of offsets) {
      for (let i = 0; i < lines; i++) {
        for (let j = 0; j < width; j++) {
          all[offset + i * ld + j] = random()
          own[offset + i * ld + j] = 1
        }
      }
    }
    return { all, offsets, own }
  }
  const a = make('a')
  const b = make('b')
  const c = make('c')
  // Factors of 0 mean that the operand is not looked at.
  if (beta === 0) for (let at = 0; at < c.all.length; at++) if (c.own[at] === 1) c.all[at] = Number.NaN
  if (alpha === 0) a.all.fill(Number.NaN)
  const before = { a: bits(a.all).slice(), b: bits(b.all).slice(), c: bits(c.all).slice() }
  const old = c.all.slice()

  const problem: GemmProblem = {
    ...{ type, m, n, k, order, transA, transB, alpha, beta },
    ...{ lda: shapes.a.ld, ldb: shapes.b.ld, ldc: shapes.c.ld },
    batch: given.batch
      ? {
          count,
          kind: given.batch.kind,
          ...{ strideA: shapes.a.stride, strideB: shapes.b.stride, strideC: shapes.c.stride },
        }
      : null,
  }
  // What is packed must have bounded blocks.
  const block =
    given.block && runtime ? { ...given.block, n: given.block.n ?? 48, k: given.block.k ?? 30 } : given.block
  const asks = given.packB === 'ahead' && typeof block?.k === 'number' && !(order === 'row' ? transB : transA)
  const options: CompileOptions = {
    target,
    run,
    threads: run === 'native' ? given.threads : 1,
    // However small the product, threads are worth it.
    cpu: { ...cpuModel(), dispatchCycles: 0, ...(given.tinyCaches ? TINY_CACHES : {}) },
    ...(given.packB === undefined ? {} : { packB: given.packB }),
    ...(given.packA && !runtime && (order === 'row' ? transA : transB) ? { packA: true } : {}),
    ...(given.stageA && !runtime && !(order === 'row' ? transA : transB) ? { stageA: true } : {}),
    ...(given.prefetchB && !runtime && asks ? { prefetchB: true } : {}),
    ...(block === undefined ? {} : { block }),
  }
  const kernel = kernelFor(problem, runtime, runtime ? options : decided(problem, options, target, given))
  const operand = ({ all, offsets }: typeof a, one: number): unknown =>
    pointers ? offsets.map((offset) => all.subarray(offset, offset + one)) : all
  const sizes = { m, n, k, lda: shapes.a.ld, ldb: shapes.b.ld, ldc: shapes.c.ld, alpha, beta }
  const strides = {
    batch: count,
    strideA: shapes.a.stride,
    strideB: shapes.b.stride,
    strideC: shapes.c.stride,
  }
  const open = runtime ? [{ ...sizes, ...(given.batch ? strides : {}) }] : []
  kernel(operand(a, shapes.a.one), operand(b, shapes.b.one), operand(c, shapes.c.one), ...open)
  if (!runtime) kernel.dispose()

  const view = (name: Name, data: Floats, offset: number): ReferenceMatrix => {
    const byRows = (order === 'row') !== { a: transA, b: transB, c: false }[name]
    const { ld } = shapes[name]
    return { data, offset, rowStride: byRows ? ld : 1, columnStride: byRows ? 1 : ld }
  }
  for (let index = 0; index < count; index++) {
    const inC = view('c', old, c.offsets[index]!)
    const expected = referenceGemm({
      ...{ m, n, k, alpha, beta },
      a: view('a', a.all, a.offsets[index]!),
      b: view('b', b.all, b.offsets[index]!),
      c: inC,
    })
    for (let i = 0; i < m; i++) {
      for (let j = 0; j < n; j++) {
        const got = c.all[inC.offset! + i * inC.rowStride + j * inC.columnStride]!
        const error = Math.abs(got - expected.value[i * n + j]!)
        const bound = errorBound(type, k, expected.magnitude[i * n + j]!)
        if (!(error <= bound))
          throw new Error(`problem ${index}: c[${i}, ${j}] is ${got}, off by ${error}, allowed ${bound}`)
      }
    }
  }
  for (const [name, now, then] of [
    ['A', bits(a.all), before.a],
    ['B', bits(b.all), before.b],
  ] as const) {
    if (now.some((word, at) => word !== then[at])) throw new Error(`${name} changed`)
  }
  const after = bits(c.all)
  for (let at = 0; at < after.length; at++) {
    if (c.own[at] === 0 && after[at] !== before.c[at])
      throw new Error(`C changed at ${at}, between its lines`)
  }
}

const size = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 1, max: 40 }) },
  { weight: 2, arbitrary: fc.integer({ min: 1, max: 130 }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(0, 1, 7, 8, 15, 16, 17, 31, 32, 33, 47, 48, 49, 63, 64, 65, 128, 200),
  },
)
const pad = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 20 }))
const edge = fc.constantFrom<GuardedEdge>('start', 'end')
const factor = fc.constantFrom(1, 0, -1, 0.5, -2.25)
const blockColumns = fc.option(fc.constantFrom(16, 32, 48, 64))
const blockSize = fc.option(fc.integer({ min: 1, max: 60 }))
const three = <T>(one: fc.Arbitrary<T>): fc.Arbitrary<Record<Name, T>> =>
  fc.record({ a: one, b: one, c: one })
const cases: fc.Arbitrary<Case> = fc.record({
  type: fc.oneof(
    { weight: 3, arbitrary: fc.constant<Type>('f32') },
    { weight: 1, arbitrary: fc.constant<Type>('f64') },
  ),
  m: size,
  n: size,
  k: size,
  order: fc.constantFrom('row', 'column'),
  transA: fc.boolean(),
  transB: fc.boolean(),
  pad: three(pad),
  alpha: fc.oneof(fc.constant(1), factor),
  beta: fc.oneof(fc.constant(0), factor),
  batch: fc.option(
    fc.record({
      count: fc.integer({ min: 0, max: 4 }),
      kind: fc.constantFrom('strided', 'pointers'),
      pad: fc.integer({ min: 0, max: 5 }),
    }),
    { nil: undefined, freq: 4 },
  ),
  runtime: fc.boolean(),
  edges: three(edge),
  packA: fc.option(fc.constant(true), { nil: undefined, freq: 3 }),
  stageA: fc.option(fc.constant(true), { nil: undefined, freq: 3 }),
  prefetchB: fc.option(fc.constant(true), { nil: undefined, freq: 3 }),
  packB: fc.option(fc.constantFrom('no', 'on the way', 'ahead'), { nil: undefined }),
  block: fc.option(fc.record({ m: blockSize, n: blockColumns, k: blockSize }), { nil: undefined, freq: 3 }),
  threads: fc.integer({ min: 1, max: 4 }),
  tinyCaches: fc.boolean(),
  decisions: fc.option(
    fc.record({
      rows: fc.integer({ min: 1, max: 14 }),
      vectors: fc.integer({ min: 1, max: 5 }),
      unroll: fc.constantFrom(1, 2, 3, 4, 5, 8, 16),
      leadColumns: fc.constantFrom(0, 0, 4, 6, 12, 15),
      leadsToLines: fc.boolean(),
      comb: fc.boolean(),
      readAhead: fc.constantFrom(0, 0, 256),
    }),
    { nil: undefined },
  ),
  seed: fc.integer(),
})

export type Run = 'native' | 'emulated'

/** How a target's code is run here: by the CPU, or by the emulator where the CPU lacks something. */
export function runOf(target: TargetName): Run {
  const { features } = cpuFeatures()
  return targetNamed(target).features.every((feature) => features.has(feature)) ? 'native' : 'emulated'
}

/** Of so many problems the emulator, which takes its time, gets one. */
const SHARE_OF_EMULATOR = 20

/** How many of `runs` problems a target gets. */
export function runsFor(target: TargetName, runs: number): number {
  return runOf(target) === 'native' ? runs : Math.ceil(runs / SHARE_OF_EMULATOR)
}

/** Throws, with the least failing problem and the seed, unless that many random products are right. */
export function checkProducts(target: TargetName, runs: number, seed?: number): void {
  const run = runOf(target)
  fc.assert(
    fc.property(cases, (problem) => check(problem, target, run)),
    { numRuns: runs, includeErrorInReport: true, ...(seed === undefined ? {} : { seed }) },
  )
}
