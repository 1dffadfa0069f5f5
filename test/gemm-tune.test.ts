/** Plans by measuring: what is searched, what is saved and picked up, and what of foreign files is believed. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { resolveTarget } from '../src/gemm/cpu.ts'
import { compileGemm } from '../src/gemm/kernel.ts'
import { tuneGemm } from '../src/gemm/tune.ts'
import { forgetTunedPlan, rereadTunedPlans, saveTunedPlan, tunedFolder } from '../src/gemm/tuned-plans.ts'
import { fillRandom } from '../src/gemm/verify.ts'
import { GENERIC_CPU } from '../src/microkernel/cpu-model.ts'
import { decisionsOf, readDecisions } from '../src/microkernel/decisions.ts'
import { generateGemm } from '../src/microkernel/generate.ts'
import { ASPECTS, neighbours } from '../src/microkernel/neighbours.ts'
import { planGemm } from '../src/microkernel/plan.ts'
import { completeProblem, type GemmProblem } from '../src/microkernel/problem.ts'
import { errorBound, referenceGemm } from '../src/microkernel/reference.ts'
import { PREFERENCES } from '../src/microkernel/targets/index.ts'
import { NATIVE, runChild } from './native-support.ts'
import { skip } from './skips.ts'

const tuning = suite('plans by measuring')

const PROBLEMS: readonly GemmProblem[] = [
  { m: 32, n: 32, k: 32 },
  { m: 100, n: 100, k: 100 },
  { m: 7, n: 13, k: 29 },
  { m: 8, n: 1024, k: 1024 },
  { m: 1, n: 4096, k: 4096 },
  { m: 1024, n: 1024, k: 1024, type: 'f64' },
  { m: 512, n: 512, k: 512, transA: true, transB: true },
  { m: 48, n: 40, k: 24, order: 'column', batch: { count: 3 } },
]

tuning('the decisions of a plan make that plan again', () => {
  for (const target of PREFERENCES.f32) {
    for (const problem of PROBLEMS) {
      const plan = planGemm(problem, { target })
      const decisions = decisionsOf(plan)
      assert.ok(decisions)
      assert.equal(planGemm(problem, { ...decisions, target }), plan)
      assert.equal(readDecisions(JSON.parse(JSON.stringify(decisions))), decisions)
    }
  }
  assert.is(decisionsOf(planGemm({ m: 'runtime', n: 8, k: 8 }, { target: 'avx2' })), null)
  assert.is(decisionsOf(planGemm({ m: 8, n: 8, k: 8 }, { target: 'avx2', packB: 'beforehand' })), null)
})

tuning('narrow types: decisions make the plan again, and neighbours of all kinds are there', () => {
  for (const target of ['avx2', 'avx512_vnni', 'avx512_bf16'] as const) {
    for (const type of ['bf16', 'u8s8', 's8s8', 'e4m3'] as const) {
      for (const sizes of [
        { m: 1, n: 4096, k: 4096 },
        { m: 60, n: 100, k: 300 },
        { m: 40, n: 48, k: 64, transA: true, transB: true },
      ]) {
        const plan = planGemm({ type, ...sizes }, { target })
        assert.equal(planGemm(plan.problem, { ...decisionsOf(plan)!, target }), plan)
        for (const aspect of ['tile', 'block k', 'unroll'] as const) {
          const plans = neighbours(plan, aspect, GENERIC_CPU)
          assert.ok(plans.length > 0, `${plans.length} by ${aspect}`)
        }
      }
    }
  }
})

tuning('what has not the form of decisions is none', () => {
  const good = decisionsOf(planGemm({ m: 8, n: 8, k: 8 }, { target: 'avx2' }))!
  for (const wrong of [
    null,
    7,
    [],
    {},
    { ...good, tile: null },
    { ...good, tile: { m: '6', n: 16 } },
    { ...good, unroll: 1.5 },
    { ...good, pairs: 1 },
    { ...good, block: { m: null, n: null } },
    { ...good, block: { m: 'runtime', n: null, k: null } },
    { ...good, packB: 'beforehand' },
    { ...good, packA: null },
    { ...good, leadColumns: Number.NaN },
  ]) {
    assert.is(readDecisions(wrong), null)
  }
})

tuning('blocks and tails that cannot be are refused by name', () => {
  const plan = (options: object) => () => planGemm({ m: 64, n: 64, k: 64 }, { target: 'avx2', ...options })
  assert.throws(plan({ block: { m: 0 } }), /block.m must be a whole number of at least 1 or null, given 0/)
  assert.throws(plan({ block: { k: 2.5 } }), /block.k must be .* given 2.5/)
  assert.throws(plan({ tailInLanes: 3 }), /tailInLanes must be 0 for this product and target, given 3/)
  assert.throws(
    () => planGemm({ m: 64, n: 67, k: 64 }, { target: 'avx512', tailInLanes: 2 }),
    /tailInLanes must be 0 or 3 for this product, given 2/,
  )
})

tuning('neighbours differ from the plan and from each other, and code can be made of them', () => {
  for (const target of PREFERENCES.f32) {
    for (const problem of [
      { m: 40, n: 52, k: 70 },
      { m: 33, n: 20, k: 96, transA: true, transB: true },
    ]) {
      const plan = planGemm(problem, { target })
      for (const aspect of ASPECTS) {
        const plans = neighbours(plan, aspect, GENERIC_CPU)
        const keys = new Set([plan, ...plans].map((one) => JSON.stringify(decisionsOf(one))))
        assert.is(keys.size, plans.length + 1)
        for (const one of plans.slice(0, 2)) assert.ok(generateGemm(one).code.bytes.length > 0)
      }
      assert.ok(neighbours(plan, 'tile', GENERIC_CPU).length > 4)
    }
  }
})

/** Runs with a cache folder of its own, and saved plans taken. */
async function withCache(body: () => void | Promise<void>): Promise<void> {
  const { XDG_CACHE_HOME, TILEWRIGHT_TUNED } = process.env
  const folder = mkdtempSync(join(tmpdir(), 'tilewright-'))
  Object.assign(process.env, { XDG_CACHE_HOME: folder, TILEWRIGHT_TUNED: 'on' })
  rereadTunedPlans()
  try {
    await body()
  } finally {
    for (const [name, value] of Object.entries({ XDG_CACHE_HOME, TILEWRIGHT_TUNED })) {
      if (value === undefined) delete process.env[name]
      else process.env[name] = value
    }
    rereadTunedPlans()
    rmSync(folder, { recursive: true })
  }
}

function native(name: string, body: () => void | Promise<void>): void {
  tuning(name, () => (NATIVE ? withCache(body) : skip('native code needs linux-x64')))
}

const problem = { m: 37, n: 45, k: 50 } as const
const target = NATIVE ? resolveTarget('auto') : 'avx2'
const other = (): ReturnType<typeof planGemm> =>
  planGemm(problem, { target, tile: { m: 3, n: 16 }, unroll: 2, packB: 'ahead', block: { k: 24 } })

/** Where the plan comes from, once the product is found to be right. */
function source(options: Parameters<typeof compileGemm>[1] = {}): string {
  const { m, n, k } = problem
  const kernel = compileGemm(problem, options)
  const [a, b, c] = [new Float32Array(m * k), new Float32Array(k * n), new Float32Array(m * n)]
  fillRandom(a, 1)
  fillRandom(b, 2)
  kernel(a, b, c)
  kernel.dispose()
  const expected = referenceGemm({
    ...{ m, n, k },
    a: { data: a, rowStride: k, columnStride: 1 },
    b: { data: b, rowStride: n, columnStride: 1 },
  })
  const isRight = c.every(
    (value, at) => Math.abs(value - expected.value[at]!) <= errorBound('f32', k, expected.magnitude[at]!),
  )
  assert.ok(isRight)
  return kernel.planSource
}

native('a saved plan is taken for exactly its problem, unless told otherwise', () => {
  assert.is(source(), 'model')
  const file = saveTunedPlan(other(), 1.07)
  assert.ok(file.startsWith(tunedFolder()))
  assert.is(source(), 'tuned')
  assert.equal(decisionsOf(compileGemm(problem).plan), decisionsOf(other()))
  assert.is(source({ tuned: false }), 'model')
  assert.is(source({ unroll: 8 }), 'given')
  assert.is(source({ plan: planGemm(problem, { target }) }), 'given')
  assert.is(compileGemm({ ...problem, beta: 1 }).planSource, 'model')
  assert.is(compileGemm({ ...problem, alpha: 2.5 }).planSource, 'model')
  assert.is(compileGemm({ ...problem, lda: 64 }).planSource, 'model')
  assert.is(compileGemm(problem, { packedB: true }).planSource, 'given')
  process.env.TILEWRIGHT_TUNED = 'off'
  assert.is(source(), 'model')
  process.env.TILEWRIGHT_TUNED = 'on'
  assert.is(source(), 'tuned')
  assert.is(source({ threads: 2 }), 'tuned')
  forgetTunedPlan(completeProblem(problem), target)
  assert.not(existsSync(file))
  assert.is(source(), 'model')
})

native('files that are not what was saved here count as none', () => {
  const file = saveTunedPlan(other(), 1.07)
  const good = readFileSync(file, 'utf8')
  const edited = (change: (saved: Record<string, unknown>) => object): string =>
    JSON.stringify(change(JSON.parse(good)))
  const decisions = (change: object): string =>
    edited((saved) => ({ ...saved, decisions: { ...(saved.decisions as object), ...change } }))
  for (const content of [
    '',
    'null',
    '[]',
    good.slice(0, 100),
    '\u0000\u0001',
    good + ' '.repeat(1 << 15),
    edited((saved) => ({ ...saved, format: 0 })),
    edited((saved) => ({ ...saved, cpu: 'GenuineIntel-6-85-7' })),
    edited((saved) => ({ ...saved, problem: 'another' })),
    decisions({ tile: { m: 31, n: 16 } }),
    decisions({ tile: { m: -1, n: 16 } }),
    decisions({ tile: { m: 3, n: 17 } }),
    decisions({ unroll: 1e9 }),
    decisions({ block: { m: null, n: 7, k: null } }),
    decisions({ block: { m: 0, n: null, k: null } }),
    decisions({ tailInLanes: 5 }),
    decisions({ leadColumns: 1e6 }),
    decisions({ packA: true }),
    decisions({ pairs: true }),
  ]) {
    writeFileSync(file, content)
    assert.is(source(), 'model', content.slice(0, 300))
  }
  // A folder, and a link to nowhere, are no files.
  rmSync(file)
  mkdirSync(file)
  assert.is(source(), 'model')
  rmSync(file, { recursive: true })
  writeFileSync(file, good)
  assert.is(source(), 'tuned')
})

native('several processes save and read at once', () => {
  const script = (seed: number): string => `
    const { compileGemm } = await import('../src/gemm/kernel.ts')
    const { saveTunedPlan, rereadTunedPlans } = await import('../src/gemm/tuned-plans.ts')
    const { planGemm } = await import('../src/microkernel/plan.ts')
    const problem = { m: 37, n: 45, k: 50 }
    for (let round = 0; round < 25; round++) {
      saveTunedPlan(planGemm(problem, { target: '${target}', unroll: 1 + (round + ${seed}) % 7 }), 1.1)
      rereadTunedPlans()
      const { planSource } = compileGemm(problem)
      if (planSource !== 'tuned') throw new Error('read ' + planSource)
    }
    console.log('done')`
  const command = `${[1, 2, 3].map((seed) => `"$NODE" --import tsx --input-type=module -e "$SCRIPT${seed}" &`).join(' ')} wait`
  const { stdout, stderr } = spawnSync('bash', ['-c', command], {
    cwd: fileURLToPath(new URL('.', import.meta.url)),
    env: {
      ...process.env,
      NODE: process.execPath,
      ...Object.fromEntries([1, 2, 3].map((seed) => [`SCRIPT${seed}`, script(seed)])),
    },
    encoding: 'utf8',
  })
  assert.is(stdout, 'done\ndone\ndone\n', stderr)
  assert.is(readdirSync(tunedFolder()).length, 1)
})

native('a cache folder that cannot be written to is an error of saving alone', () => {
  const file = join(process.env.XDG_CACHE_HOME!, 'file')
  writeFileSync(file, '')
  process.env.XDG_CACHE_HOME = file
  assert.is(source(), 'model')
  assert.throws(() => saveTunedPlan(other(), 1.1), /ENOTDIR|EEXIST/)
})

native('a search measures plans, keeps what is faster and saves only that', async () => {
  const texts: string[] = []
  const slow = { m: 64, n: 64, k: 64, ...{ transA: true }, batch: { count: 2 } }
  const result = await tuneGemm(slow, { seconds: 0.4, progress: (text) => texts.push(text) })
  assert.ok(result.candidates > 1 && result.gflops > 0 && result.peakGflops > 0)
  assert.ok(texts.some((text) => text.startsWith('tile: ')))
  assert.is(result.savedAs !== null, result.plan !== result.modelPlan)
  assert.ok(result.speedup === 1 ? result.plan === result.modelPlan : result.speedup >= 1.01)
  assert.is(compileGemm(slow).planSource, result.savedAs === null ? 'model' : 'tuned')
  const dry = await tuneGemm({ m: 16, n: 16, k: 16, type: 'f64' }, { seconds: 0.2, save: false })
  assert.is(dry.savedAs, null)
  for (const narrow of [
    { type: 'u8s8', m: 20, n: 72, k: 30 },
    {
      type: 'u8u8',
      out: 'u8',
      requantise: { scale: 'column', zeroA: true, zeroB: true, zeroC: true, bias: true },
    },
    { type: 'bf16', out: 'bf16', transB: true },
    { type: 'e4m3', m: 1 },
  ] as const) {
    const given = { m: 24, n: 40, k: 17, ...narrow } as GemmProblem
    const { candidates, savedAs } = await tuneGemm(given, { seconds: 0.3 })
    assert.ok(candidates > 1, `${candidates} candidates of ${narrow.type}`)
    assert.is(compileGemm(given).planSource, savedAs === null ? 'model' : 'tuned')
  }
  const refused = async (given: GemmProblem, options: object, reason: RegExp) => {
    const error = await tuneGemm(given, options).then(
      () => null,
      (thrown: unknown) => thrown,
    )
    assert.match(String(error), reason)
  }
  await refused({ m: 'runtime', n: 8, k: 8 }, {}, /RangeError: problem: tuning needs every size/)
  await refused({ ...slow, batch: { count: 2, kind: 'pointers' } }, {}, /no batch of kind 'pointers'/)
  await refused(slow, { seconds: 0 }, /RangeError: seconds: expected a positive number, got 0/)
})

native('tilewright tune, and gemm that takes what it saved', () => {
  const command = fileURLToPath(new URL('../src/cli/main.ts', import.meta.url))
  const run = (...args: readonly string[]) =>
    spawnSync(process.execPath, ['--import', 'tsx', command, ...args], { encoding: 'utf8' })
  const json = run(
    'tune',
    '24x32x40',
    '8x16x8',
    '--json',
    '--seconds',
    '0.3',
    '--type',
    'f64',
    '--trans',
    'nt',
  )
  assert.is(json.status, 0, json.stderr)
  const reports = JSON.parse(json.stdout)
  assert.is(reports.length, 2)
  assert.equal(Object.keys(reports[0]).slice(0, 6), ['m', 'n', 'k', 'type', 'trans', 'isa'])
  const text = run('tune', '24x32x40', '--seconds', '0.2', '--dry')
  assert.match(text.stdout, /^24×32×40: .*(faster|stands).* % of the peak/)
  saveTunedPlan(other(), 1.07)
  assert.match(run('gemm', '37x45x50').stdout, /a plan that tilewright tune has found/)
  assert.is(JSON.parse(run('gemm', '37x45x50', '--json', '--no-tuned').stdout).planSource, 'model')
  for (const [args, reason] of [
    [[], /expected shapes such as 1024x1024x1024; given none/],
    [['8x8'], /expected a shape m×n×k/],
    [['8x8x8', '--seconds', 'soon'], /--seconds: expected a positive number; given 'soon'/],
    [['8x8x8', '--trans', 'x'], /--trans: expected one of nn, nt, tn, tt/],
  ] as const) {
    const { status, stderr } = run('tune', ...args)
    assert.is(status, 2)
    assert.match(stderr, reason)
  }
})

native('nothing is read where no plan was ever saved', () => {
  rmSync(process.env.XDG_CACHE_HOME!, { recursive: true })
  mkdirSync(process.env.XDG_CACHE_HOME!)
  assert.is(source(), 'model')
  assert.equal(readdirSync(process.env.XDG_CACHE_HOME!), [])
  const { stdout } = runChild(
    `const { compileGemm } = await import('../src/gemm/kernel.ts'); console.log(compileGemm({ m: 8, n: 8, k: 8 }).planSource)`,
    { HOME: '/nonexistent', XDG_CACHE_HOME: 'relative/is/ignored' },
  )
  assert.is(stdout, 'model\n')
})

tuning.run()
