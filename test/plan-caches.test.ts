/** What plans make of a CPU's caches and overheads: small L1, narrow panels, chained tiles; C asked for early. */
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { compileGemm } from '../src/gemm/kernel.ts'
import { type CpuModel, GENERIC_CPU, ZEN_3 } from '../src/microkernel/cpu-model.ts'
import { generateGemm } from '../src/microkernel/generate.ts'
import { blocksAtCall, planGemm } from '../src/microkernel/plan.ts'
import type { GemmProblem } from '../src/microkernel/problem.ts'

const plans = suite('plans and caches')

const zen3: CpuModel = {
  ...GENERIC_CPU,
  ...ZEN_3,
  name: 'Zen 3',
  l1: { bytes: 32 << 10, ways: 8, lineBytes: 64 },
  l2: { bytes: 512 << 10, ways: 8, lineBytes: 64 },
  tlbEntries: 64,
}
const plan = (size: number, cpu: CpuModel, target: 'avx2' | 'avx512', more: Partial<GemmProblem> = {}) =>
  planGemm({ m: size, n: size, k: size, ...more }, { target, cpu })

plans('chained tiles where the CPU gains by them and all is in L1', () => {
  assert.equal(plan(32, zen3, 'avx2').tile, { m: 4, n: 16 })
  assert.equal(plan(32, GENERIC_CPU, 'avx2').tile, { m: 6, n: 16 })
  assert.equal(plan(32, zen3, 'avx2', { type: 'f64' }).tile, { m: 4, n: 8 })
  assert.equal(
    plan(64, zen3, 'avx2', { type: 'f64' }).tile,
    { m: 4, n: 12 },
    'A and a panel are too much for L1',
  )
})

plans('a narrow panel that collides in L1 is packed, one at a time while A fits beside it', () => {
  for (const [size, type] of [
    [128, 'f32'],
    [256, 'f32'],
    [128, 'f64'],
  ] as const) {
    const { packB, block, tile, workspaceBytes } = plan(size, zen3, 'avx2', { type })
    assert.is(packB, 'on the way', `${size} ${type}`)
    assert.is(block.m, null)
    assert.is(block.k, null)
    assert.is(workspaceBytes, size * tile.n * (type === 'f64' ? 8 : 4))
  }
  assert.is(plan(96, zen3, 'avx2').packB, 'no')
  assert.is(plan(256, GENERIC_CPU, 'avx512').packB, 'no')
  assert.is(plan(2048, zen3, 'avx2').block.m === null, false)
})

plans('panels beyond L1: tiles of few instructions, and each asks early for what comes next', () => {
  for (const size of [512, 1024, 2048]) {
    const { tile, prefetch, block } = plan(size, zen3, 'avx2')
    assert.equal(tile, { m: 4, n: 24 })
    assert.ok(prefetch)
    assert.ok((block.m as number) * size * 4 <= zen3.l2.bytes * 0.75)
  }
  assert.not(plan(512, GENERIC_CPU, 'avx2').prefetch)
  assert.not(planGemm({ m: 4, n: 4096, k: 4096 }, { target: 'avx2', cpu: zen3 }).prefetch, 'no next rows')
  const asked = (prefetch: boolean): number =>
    generateGemm(planGemm({ m: 8, n: 24, k: 200 }, { target: 'avx2', tile: { m: 4, n: 24 }, prefetch }))
      .listing.split('\n')
      .filter((line) => line.includes('prefetcht0')).length
  assert.is(asked(false), 0)
  // One loop over both tiles of rows: two lines of C and one of A for each of four rows.
  assert.is(asked(true), 12)
})

plans('few rows and a B beyond L2: read along its rows, whole lines at once', () => {
  const skinny = (m: number, size: number, cpu: CpuModel, type: 'f32' | 'f64' = 'f32') =>
    planGemm({ m, n: size, k: size, type }, { target: 'avx2', cpu })
  for (const [m, rows, columns] of [
    [1, 1, 32],
    [3, 3, 32],
    [4, 4, 24],
    [6, 6, 16],
    [8, 3, 32],
  ] as const) {
    const { tile, block, packB, leadColumns, leadsToLines, comb } = skinny(m, 1024, zen3)
    assert.equal({ tile, packB }, { tile: { m: rows, n: columns }, packB: 'no' })
    // Lines begin 12 columns in, where arrays lie as JavaScript's do.
    assert.equal({ leadColumns, leadsToLines, comb }, { leadColumns: 12, leadsToLines: true, comb: true })
    assert.equal(block, { m: null, n: null, k: 8 })
  }
  assert.equal(skinny(1, 1024, zen3, 'f64').tile, { m: 1, n: 16 })
  assert.equal(
    [skinny(8, 4096, zen3), skinny(8, 4096, GENERIC_CPU)].map(({ comb }) => comb),
    [true, false],
  )
  // From memory it is read in place for more rows than from L3.
  assert.equal(
    [skinny(18, 1024, zen3), skinny(18, 4096, zen3), skinny(24, 4096, zen3)].map(({ packB }) => packB),
    ['meanwhile', 'no', 'meanwhile'],
  )
  const { packB, block, prefetchB, workspaceBytes } = skinny(104, 4096, zen3)
  assert.equal(
    { packB, block, prefetchB },
    { packB: 'ahead', block: { m: null, n: 768, k: 96 }, prefetchB: true },
  )
  assert.ok((workspaceBytes as number) <= zen3.l2.bytes * 0.7)
  assert.is(skinny(32, 1024, GENERIC_CPU).packB, 'on the way')
  assert.is(skinny(64, 256, zen3).packB, 'on the way', 'B in L2')
})

plans('rows of A that fall into few sets of L1 are brought together, where they are few', () => {
  const staged = (m: number, k: number, cpu: CpuModel = zen3) =>
    planGemm({ m, n: 2048, k }, { target: 'avx2', cpu }).stages.left !== null
  assert.equal(
    [8, 16, 64].map((m) => staged(m, 2048)),
    [true, true, true],
  )
  assert.equal([staged(20, 1999), staged(1024, 2048), staged(8, 2048, GENERIC_CPU)], [false, false, false])
  assert.ok(staged(1, 2000), 'for the comb')
  const { stages, workspaceBytes } = planGemm({ m: 8, n: 2048, k: 2048 }, { target: 'avx2', cpu: zen3 })
  // Eight lines of eight steps, each with a gap behind it.
  assert.equal({ left: stages.left, workspaceBytes }, { left: 0, workspaceBytes: 8 * (32 + 64) })
})

plans('the next block of B: every line of it is asked for, and nearly none twice', () => {
  const [m, n, k] = [12, 96, 64]
  const options = {
    target: 'avx2',
    tile: { m: 4, n: 24 },
    packB: 'ahead',
    block: { m: null, n: null, k: 32 },
  } as const
  const asked = (prefetchB: boolean) => {
    const { listing } = generateGemm(
      planGemm({ m, n, k, beta: 0 }, { ...options, prefetch: false, prefetchB }),
    )
    return [...listing.matchAll(/prefetcht0/g)].length
  }
  assert.is(asked(false), 0)
  // Two copies of the tile's loop over 8 iterations of 4 steps; 32 rows among 12 rows of C are 3 for each, so 12 for a
  // tile: 2 rows of two lines in an iteration.
  assert.is(asked(true), 2 * 4)
})

plans('decisions about A and the next block of B that cannot be kept are refused', () => {
  const problem = { m: 8, n: 64, k: 64 }
  assert.throws(
    () => planGemm({ ...problem, transA: true }, { target: 'avx2', stageA: true }),
    /stageA needs an A whose rows lie along k/,
  )
  assert.throws(
    () => planGemm({ ...problem, m: 'runtime' }, { target: 'avx2', stageA: true, packB: 'no' }),
    /stageA needs/,
  )
  for (const options of [
    { packB: 'no' },
    { packB: 'ahead' },
    { packB: 'on the way', block: { k: 8 } },
  ] as const)
    assert.throws(
      () => planGemm(problem, { target: 'avx2', prefetchB: true, ...options }),
      /prefetchB needs packB 'ahead'/,
    )
  assert.throws(
    () => planGemm({ ...problem, type: 'u8s8' }, { target: 'avx2', stageA: false }),
    /stageA is true for type u8s8/,
  )
  assert.throws(
    () => planGemm({ ...problem, type: 'bf16' }, { target: 'avx2', prefetchB: true }),
    /prefetchB is not for type bf16/,
  )
})

plans('a transposed A is packed from the distance of its lines that the CPU says', () => {
  const packed = (size: number, cpu: CpuModel) =>
    planGemm({ m: size, n: size, k: size, transA: true }, { target: 'avx2', cpu }).packA !== null
  assert.equal(
    [128, 256, 384, 1024].map((size) => packed(size, zen3)),
    [false, false, true, true],
  )
  assert.equal(
    [512, 1024].map((size) => packed(size, GENERIC_CPU)),
    [false, true],
  )
  // Wide and shallow blocks, so that A is not packed often.
  const blockOf = (size: number, transA: boolean) =>
    planGemm({ m: size, n: size, k: size, transA }, { target: 'avx2', cpu: zen3, tile: { m: 4, n: 24 } })
      .block
  assert.equal(blockOf(2048, true), { m: 48, n: 1152, k: 512 })
  assert.equal(blockOf(2048, false).n, 384)
  assert.is(blockOf(512, true).k, null)
  // Masks in vectors make stores slow there: pieces of 16, 8 and 4 bytes instead.
  const { listing } = generateGemm(
    planGemm(
      { m: 35, n: 64, k: 64, transA: true },
      { target: 'avx2', cpu: zen3, tile: { m: 7, n: 8 }, packA: true },
    ),
  )
  assert.not.match(listing, /vmaskmovps/)
})

plans('ragged columns on AVX2: no masked stores, and rows of B that begin anywhere fill L1 sooner', () => {
  const { listing } = generateGemm(planGemm({ m: 17, n: 31, k: 63 }, { target: 'avx2', cpu: zen3 }))
  assert.not.match(listing, /vmaskmovps (y|x)?mmword ptr/)
  assert.match(listing, /vmaskmovps ymm/)
  // 300 rows of a line each, or of two.
  const cpu = { ...zen3, packsB: null }
  const packing = (n: number) => planGemm({ m: 333, n, k: 300 }, { target: 'avx2', cpu }).packB
  assert.equal([77, 80].map(packing), ['on the way', 'no'])
})

plans(
  'a B that L1 does not hold is packed on the way on Zen 3, and read by wide tiles, given rows enough',
  () => {
    const of = (m: number, size: number, cpu: CpuModel) => {
      const { tile, packB } = planGemm({ m, n: size, k: size }, { target: 'avx2', cpu })
      return `${tile.m}×${tile.n} ${packB}`
    }
    assert.equal(
      [104, 208, 256].map((size) => of(size, size, zen3)),
      Array(3).fill('4×24 on the way'),
    )
    assert.is(of(96, 96, zen3), '4×24 no')
    assert.is(of(64, 208, zen3), '4×24 no')
    assert.is(of(208, 208, { ...zen3, packsB: null }), '4×24 no')
  },
)

plans('sizes given at the call: blocks of columns bound the workspace, however wide B is', () => {
  const open = { m: 'runtime', n: 'runtime', k: 'runtime' } as const
  for (const [cpu, target] of [
    [zen3, 'avx2'],
    [GENERIC_CPU, 'avx512'],
  ] as const) {
    const at = blocksAtCall(
      planGemm(open, { target, cpu }),
      { m: 100, n: 1 << 20, k: 256, lda: 256, ldb: 1 << 20 },
      cpu,
    )
    assert.ok(at.pack)
    assert.ok(at.workspaceBytes <= 2 << 20, `${at.workspaceBytes}`)
  }
})

plans('C is asked for at the begin of a long tile that will read it', () => {
  const prefetches = (problem: Partial<GemmProblem>): number =>
    generateGemm(plan(256, GENERIC_CPU, 'avx2', problem)).listing.match(/prefetcht0/g)?.length ?? 0
  assert.is(prefetches({}), 0)
  assert.ok(prefetches({ beta: 1 }) >= 6)
  assert.is(prefetches({ beta: 1, k: 64 }), 0)
  assert.ok(prefetches({ beta: 1, m: 'runtime', n: 'runtime', k: 'runtime', ldc: 'runtime' }) > 0)
})

plans('the last columns in lanes, and the others in pairs: each tile keeps its own way', () => {
  for (const [m, n, k] of [
    [8, 17, 16],
    [12, 18, 30],
  ] as const) {
    const problem = { m, n, k } as const
    const kernel = compileGemm(problem, {
      target: 'avx512',
      run: 'emulated',
      tile: { m: 2, n: 16 },
      pairs: true,
    })
    assert.is(kernel.plan.tailInLanes, n - 16)
    const a = Float32Array.from({ length: m * k }, (_, index) => (index % 5) - 2)
    const b = Float32Array.from({ length: k * n }, (_, index) => (index % 7) - 3)
    const c = new Float32Array(m * n)
    kernel(a, b, c)
    for (let at = 0; at < m * n; at++) {
      const [i, j] = [Math.floor(at / n), at % n]
      let sum = 0
      for (let step = 0; step < k; step++) sum += a[i * k + step]! * b[step * n + j]!
      assert.is(c[at], sum)
    }
  }
})

plans.run()
