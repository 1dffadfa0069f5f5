/** B's rows copied block by block, each while the one before is multiplied. */
import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { type CompileOptions, compileGemm } from '../src/gemm/kernel.ts'
import { fillRandom } from '../src/gemm/verify.ts'
import { GENERIC_CPU, ZEN_3 } from '../src/microkernel/cpu-model.ts'
import { decisionsOf } from '../src/microkernel/decisions.ts'
import { type PlanOptions, planGemm } from '../src/microkernel/plan.ts'
import { errorBound, referenceGemm } from '../src/microkernel/reference.ts'
import { PREFERENCES, targetNamed } from '../src/microkernel/targets/index.ts'
import { cpuFeatures } from '../src/runtime/features.ts'
import { type GuardedEdge, guardedArray } from '../src/runtime/guarded-array.ts'
import { relayShare } from '../src/schedule/lower/relay-loop.ts'
import { NATIVE } from './native-support.ts'

const relay = suite('rows of B copied meanwhile')

const zen3 = {
  ...{ ...GENERIC_CPU, ...ZEN_3 },
  l1: { bytes: 32 << 10, ways: 8, lineBytes: 64 },
  l2: { bytes: 512 << 10, ways: 8, lineBytes: 64 },
}

type Floats = Float32Array<ArrayBuffer>
/** Beside a page that nobody may touch, where native code runs; in the emulator arrays have no neighbours. */
const make = (type: 'f32' | 'f64', length: number, edge: GuardedEdge): Floats =>
  (NATIVE
    ? guardedArray(type, length, edge)
    : new { f32: Float32Array, f64: Float64Array }[type](length)) as unknown as Floats

/** -1, or where the first element lies that is wrong; the gaps between lines must stay as they were. */
function firstWrong(
  {
    type,
    m,
    n,
    k,
    pad,
    beta,
    edge,
  }: Readonly<Record<'m' | 'n' | 'k' | 'pad' | 'beta', number>> & { type: 'f32' | 'f64'; edge: GuardedEdge },
  options: CompileOptions,
): number {
  const [lda, ldb, ldc] = [k + pad, n + pad, n + pad]
  const matrix = (lines: number, width: number, ld: number): Floats =>
    make(type, (lines - 1) * ld + width, edge)
  const [a, b, c] = [matrix(m, k, lda), matrix(k, n, ldb), matrix(m, n, ldc)]
  for (const [seed, array] of [a, b, c].entries()) fillRandom(array, seed + 1)
  const before = c.slice()
  const expected = referenceGemm({
    ...{ m, n, k, beta },
    a: { data: a, rowStride: lda, columnStride: 1 },
    b: { data: b, rowStride: ldb, columnStride: 1 },
    c: { data: before, rowStride: ldc, columnStride: 1 },
  })
  compileGemm({ type, m, n, k, lda, ldb, ldc, beta }, options)(a, b, c)
  return c.findIndex((value, at) => {
    const [row, column] = [Math.floor(at / ldc), at % ldc]
    if (column >= n) return value !== before[at]
    const i = row * n + column
    return !(Math.abs(value - expected.value[i]!) <= errorBound(type, k, expected.magnitude[i]!))
  })
}

for (const target of PREFERENCES.f32.filter((name) => name === 'avx512' || name === 'avx2')) {
  relay(`${target}: every element is right, whatever the blocks`, () => {
    const isHere = targetNamed(target).features.every((feature) => cpuFeatures().features.has(feature))
    const run = isHere ? ('native' as const) : ('emulated' as const)
    let made = 0
    fc.assert(
      fc.property(
        fc.record({
          type: fc.constantFrom('f32' as const, 'f64' as const),
          m: fc.integer({ min: 1, max: 40 }),
          across: fc.integer({ min: 1, max: 3 }),
          vectors: fc.integer({ min: 1, max: 12 }),
          down: fc.integer({ min: 1, max: 3 }),
          iterations: fc.integer({ min: 2, max: 5 }),
          unroll: fc.constantFrom(1, 2, 3, 4, 8),
          tile: fc.record({ m: fc.integer({ min: 1, max: 4 }), vectors: fc.integer({ min: 1, max: 3 }) }),
          pad: fc.constantFrom(0, 3, 16),
          beta: fc.constantFrom(0, 1, -0.5),
          stageA: fc.boolean(),
          edge: fc.constantFrom<GuardedEdge>('start', 'end'),
        }),
        ({ type, m, across, vectors, down, iterations, unroll, tile, pad, beta, stageA, edge }) => {
          const lanes = targetNamed(target).vectorBytes / (type === 'f64' ? 8 : 4)
          const steps = iterations * unroll
          if (relayShare({ tile, m, row: vectors, steps, unroll }) === null) return
          made++
          const options = {
            ...{ target, run, unroll, stageA, packB: 'meanwhile' as const, threads: 1 },
            ...{
              tile: { m: tile.m, n: tile.vectors * lanes },
              block: { n: vectors * lanes, k: steps, m: null },
            },
          } as const
          const wrong = firstWrong(
            { type, m, n: across * vectors * lanes, k: down * steps, pad, beta, edge },
            options,
          )
          assert.is(wrong, -1)
        },
      ),
      { numRuns: isHere ? 120 : 25 },
    )
    assert.ok(made >= 8, `${made} products could be shared out`)
  })
}

relay('pieces of rows cover every row, and nothing beyond', () => {
  let shared = 0
  for (const m of [4, 12, 20, 32, 64])
    for (let row = 1; row <= 70; row++)
      for (const steps of [16, 64, 96, 128]) {
        const share = relayShare({ tile: { m: 4, vectors: 3 }, m, row, steps, unroll: 4 })
        if (share === null) continue
        shared++
        const { rows, vectors, pieces, apart } = share
        const piece = (steps / 4) * vectors
        assert.is(steps % rows, 0)
        assert.ok(pieces === 1 || apart <= piece, 'no gap')
        assert.is((pieces - 1) * apart + piece, row)
      }
  assert.ok(shared > 50)
})

relay('where they are planned: some rows and a B beyond L2 on Zen 3', () => {
  const plan = (m: number, size: number, type: 'f32' | 'f64' = 'f32') =>
    planGemm({ m, n: size, k: size, type }, { target: 'avx2', cpu: zen3 })
  assert.equal(
    [16, 24, 96, 104].map((m) => plan(m, 4096).packB),
    ['no', 'meanwhile', 'meanwhile', 'ahead'],
  )
  assert.equal([plan(48, 4096, 'f64').packB, plan(56, 4096, 'f64').packB], ['meanwhile', 'ahead'])
  assert.equal(
    [plan(32, 256).packB, plan(32, 1009).packB],
    ['on the way', 'ahead'],
    'B in L2; no blocks of equal length',
  )
  const { block, workspaceBytes, problem } = plan(32, 4096)
  assert.equal(block, { m: null, n: 256, k: 128 })
  assert.ok((workspaceBytes as number) <= zen3.l2.bytes * 0.6)
  const decisions = decisionsOf(plan(32, 4096))
  assert.equal(planGemm(problem, { ...decisions!, target: 'avx2', cpu: zen3 }), plan(32, 4096))
})

relay('blocks that cannot be copied so are refused', () => {
  const refused = (options: Partial<PlanOptions>, reason: RegExp, problem = {}) =>
    assert.throws(
      () =>
        planGemm({ m: 32, n: 512, k: 512, ...problem }, { target: 'avx2', packB: 'meanwhile', ...options }),
      reason,
    )
  refused({}, /packB 'meanwhile' needs m, n, k and the leading dimension of B known/, { transB: true })
  refused(
    { block: { n: 256, k: 100 } },
    /packB 'meanwhile' needs m in one block, and blocks of k and n of equal length/,
  )
  refused({ block: { n: 256, k: 128 } }, /packB 'meanwhile' needs tiles enough in a block/, { m: 2 })
  refused({}, /packB must not be 'meanwhile' for type bf16: its panels are made of units/, { type: 'bf16' })
})

relay.run()
