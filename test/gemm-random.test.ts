/** Random products between guard pages: every element within the rounding bound, no byte outside touched. */
import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { compileGemm, type GemmKernel } from '../src/gemm/kernel.ts'
import { errorBound, referenceGemm } from '../src/microkernel/reference.ts'
import { TARGET_NAMES, type TargetName, targetNamed } from '../src/microkernel/targets/index.ts'
import { cpuFeatures } from '../src/runtime/features.ts'
import { type GuardedEdge, guardedArray } from '../src/runtime/guarded-array.ts'
import { skip } from './skips.ts'

type Type = 'f32' | 'f64'
type Floats = Float32Array | Float64Array

/** One random product. Leading dimensions are the least ones plus a pad. */
interface Case {
  readonly type: Type
  readonly m: number
  readonly n: number
  readonly k: number
  readonly padA: number
  readonly padB: number
  readonly padC: number
  readonly accumulate: boolean
  readonly runtime: boolean
  readonly edges: readonly [GuardedEdge, GuardedEdge, GuardedEdge]
  readonly packB: 'no' | 'on the way' | 'ahead' | undefined
  readonly block:
    | { readonly m: number | null; readonly n: number | null; readonly k: number | null }
    | undefined
  readonly seed: number
}

/** Most elements of one operand. Regions are mapped once and cut to size: mapping is slow, cutting is not. */
const MOST = 1 << 17
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

/** General sizes for kernels that take them at the call; compiled once a combination. */
const general = new Map<string, GemmKernel>()

function kernelFor(problem: Case, target: TargetName): GemmKernel {
  const { type, m, n, k, padA, padB, padC, accumulate, packB, block } = problem
  // What is packed must have bounded blocks.
  const bounded = { m: block?.m ?? null, n: block?.n ?? 48, k: block?.k ?? 30 }
  const plan = {
    ...(packB === undefined ? {} : { packB }),
    ...(block === undefined ? {} : { block: problem.runtime ? bounded : block }),
  }
  if (!problem.runtime) {
    const fixed = { type, m, n, k, lda: k + padA, ldb: n + padB, ldc: n + padC, accumulate }
    return compileGemm(fixed, { target, ...plan }) as unknown as GemmKernel
  }
  const key = JSON.stringify([type, accumulate, target, plan])
  const known = general.get(key)
  if (known !== undefined) return known
  const made = compileGemm(
    {
      type,
      m: 'runtime',
      n: 'runtime',
      k: 'runtime',
      lda: 'runtime',
      ldb: 'runtime',
      ldc: 'runtime',
      accumulate,
    },
    { target, ...plan },
  ) as unknown as GemmKernel
  general.set(key, made)
  return made
}

function check(problem: Case, target: TargetName): void {
  const { type, m, n, k, padA, padB, padC, accumulate, edges, seed } = problem
  const lda = k + padA
  const ldb = n + padB
  const ldc = n + padC
  let state = seed | 1
  const random = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0
    return state / 2 ** 31
  }
  // Between the rows lies NaN: an element read from there spoils the result, one written there is seen.
  const make = (name: string, lines: number, width: number, ld: number, edge: GuardedEdge): Floats => {
    const array = guarded(name, type, (lines - 1) * ld + width, edge)
    array.fill(Number.NaN)
    for (let i = 0; i < lines; i++) for (let j = 0; j < width; j++) array[i * ld + j] = random()
    return array
  }
  const a = make('a', m, k, lda, edges[0])
  const b = make('b', k, n, ldb, edges[1])
  const c = make('c', m, n, ldc, edges[2])
  // C = A·B must not depend on what C held.
  if (!accumulate) for (let i = 0; i < m; i++) c.fill(Number.NaN, i * ldc, i * ldc + n)
  const before = { a: bits(a).slice(), b: bits(b).slice(), c: bits(c).slice() }
  const expected = referenceGemm({
    m,
    n,
    k,
    a: { data: a, ld: lda },
    b: { data: b, ld: ldb },
    ...(accumulate ? { c: { data: c.slice(), ld: ldc } } : {}),
  })

  const kernel = kernelFor(problem, target)
  const call = kernel as unknown as (a: Floats, b: Floats, c: Floats, sizes?: object) => void
  if (problem.runtime) call(a, b, c, { m, n, k, lda, ldb, ldc })
  else {
    call(a, b, c)
    kernel.dispose()
  }

  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      const error = Math.abs(c[i * ldc + j]! - expected.value[i * n + j]!)
      const bound = errorBound(type, k, expected.magnitude[i * n + j]!)
      assert.ok(error <= bound, `c[${i}, ${j}] is ${c[i * ldc + j]}, off by ${error}, allowed ${bound}`)
    }
  }
  assert.equal(bits(a), before.a, 'A changed')
  assert.equal(bits(b), before.b, 'B changed')
  const after = bits(c)
  for (let at = 0; at < after.length; at++) {
    if (at % ldc >= n && after[at] !== before.c[at])
      assert.unreachable(`C changed at ${at}, between its rows`)
  }
}

const size = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 1, max: 40 }) },
  { weight: 2, arbitrary: fc.integer({ min: 1, max: 130 }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(1, 7, 8, 15, 16, 17, 31, 32, 33, 47, 48, 49, 63, 64, 65, 128, 200),
  },
)
const pad = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 20 }))
const edge = fc.constantFrom<GuardedEdge>('start', 'end')
const blockColumns = fc.option(fc.constantFrom(16, 32, 48, 64))
const blockSize = fc.option(fc.integer({ min: 1, max: 60 }))
const cases: fc.Arbitrary<Case> = fc.record({
  type: fc.oneof(
    { weight: 3, arbitrary: fc.constant<Type>('f32') },
    { weight: 1, arbitrary: fc.constant<Type>('f64') },
  ),
  m: size,
  n: size,
  k: size,
  padA: pad,
  padB: pad,
  padC: pad,
  accumulate: fc.boolean(),
  runtime: fc.boolean(),
  edges: fc.tuple(edge, edge, edge),
  packB: fc.option(fc.constantFrom('no', 'on the way', 'ahead'), { nil: undefined }),
  block: fc.option(fc.record({ m: blockSize, n: blockColumns, k: blockSize }), { nil: undefined, freq: 3 }),
  seed: fc.integer(),
})

const RUNS = Number(process.env.TILEWRIGHT_RUNS ?? 2000)
const random = suite('random products between guard pages')

for (const target of TARGET_NAMES) {
  random(`${target}: ${RUNS} problems`, () => {
    const { features } = cpuFeatures()
    if (!targetNamed(target).features.every((feature) => features.has(feature))) {
      skip(`this CPU has no ${target}`)
      return
    }
    fc.assert(
      fc.property(cases, (problem) => check(problem, target)),
      { numRuns: RUNS, includeErrorInReport: true },
    )
  })
}

random.run()
