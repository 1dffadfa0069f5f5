/** Products in the emulator: the same call, the same checks, and where this CPU can, the same bits as native. */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { compileGemm } from '../src/gemm/kernel.ts'
import { verifyGemm } from '../src/gemm/verify.ts'
import type { Batch, GemmProblem } from '../src/microkernel/problem.ts'
import { bestTarget, PREFERENCES } from '../src/microkernel/targets/index.ts'
import { cpuFeatures } from '../src/runtime/features.ts'
import type { ProductType } from '../src/schedule/product-type.ts'
import { NATIVE } from './native-support.ts'
import { skip } from './skips.ts'

const emulated = suite('emulated products')

const fill = (length: number, seed: number): Float32Array =>
  Float32Array.from({ length }, (_, i) => Math.sin(i * 12.9898 + seed) * 3)

type Loose = ((...operands: unknown[]) => void) & { dispose(): void; packB(b: unknown): unknown }
const compile = (problem: GemmProblem, options: Parameters<typeof compileGemm>[1]): Loose =>
  compileGemm(problem, options) as unknown as Loose

const PROBLEMS: readonly (readonly [GemmProblem, readonly object[]])[] = [
  [{ m: 1, n: 1, k: 1 }, []],
  [{ m: 13, n: 37, k: 21 }, []],
  [{ m: 7, n: 9, k: 0, alpha: 2, beta: 3 }, []],
  [{ m: 20, n: 18, k: 11, transA: true, beta: 1, alpha: -2, ldc: 25 }, []],
  [{ m: 9, n: 35, k: 33, transB: true, order: 'column' }, []],
  [
    { m: 'runtime', n: 'runtime', k: 'runtime', alpha: 'runtime', beta: 'runtime' },
    [{ m: 14, n: 40, k: 23, alpha: 1.5, beta: 0.5 }],
  ],
]

emulated('the bits that this CPU computes', () => {
  const target = NATIVE ? bestTarget(cpuFeatures().features) : null
  if (target === null) {
    skip('emulated products against native ones: no target runs here')
    return
  }
  for (const [problem, extra] of PROBLEMS) {
    const [a, b, c] = [fill(1500, 1), fill(1500, 2), fill(1500, 3)]
    const other = c.slice()
    compile(problem, { target, threads: 1 })(a, b, c, ...extra)
    compile(problem, { target, run: 'emulated' })(a, b, other, ...extra)
    assert.equal(other, c, JSON.stringify(problem))
  }
})

emulated('any target on any CPU, f32 and f64', () => {
  for (const target of ['avx2', 'avx512'] as const) {
    for (const type of ['f32', 'f64'] as const) {
      const [m, n, k] = [11, 23, 8]
      const array = (length: number): Float32Array | Float64Array => {
        const numbers = Array.from({ length }, (_, i) => ((i * 7) % 11) - 5)
        return type === 'f32' ? Float32Array.from(numbers) : Float64Array.from(numbers)
      }
      const [a, b, c] = [array(m * k), array(k * n), array(m * n)]
      const kernel = compile({ type, m, n, k }, { target, run: 'emulated' })
      kernel(a, b, c)
      for (let i = 0; i < m; i++) {
        for (let j = 0; j < n; j++) {
          let sum = 0
          for (let p = 0; p < k; p++) sum += a[i * k + p]! * b[p * n + j]!
          assert.is(c[i * n + j], sum)
        }
      }
    }
  }
})

emulated('batches, by strides and by pointers', () => {
  const [m, n, k] = [5, 6, 7]
  const batch = (kind: Batch['kind']): GemmProblem =>
    ({ m, n, k, batch: { count: 3, kind } }) as unknown as GemmProblem
  const [a, b, c] = [fill(3 * m * k, 1), fill(3 * k * n, 2), new Float32Array(3 * m * n)]
  compile(batch('strided'), { target: 'avx512', run: 'emulated' })(a, b, c)
  const cut = (whole: Float32Array): Float32Array[] =>
    [0, 1, 2].map((i) => whole.slice((i * whole.length) / 3, ((i + 1) * whole.length) / 3))
  const apart = cut(new Float32Array(3 * m * n))
  compile(batch('pointers'), { target: 'avx512', run: 'emulated' })(cut(a), cut(b), apart)
  assert.equal(apart, cut(c))
  assert.ok(c.every((x) => x !== 0))
})

emulated('packed B, on the layout of its target', () => {
  const problem = { m: 6, n: 50, k: 12 }
  const [a, b] = [fill(72, 1), fill(600, 2)]
  const [plain, packed] = [new Float32Array(300), new Float32Array(300)]
  for (const target of ['avx2', 'avx512'] as const) {
    compile(problem, { target, run: 'emulated' })(a, b, plain)
    const kernel = compile(problem, { target, run: 'emulated', packedB: true })
    kernel(a, kernel.packB(b), packed)
    assert.equal(packed, plain)
    assert.throws(() => kernel(a, b, packed), /b: expected a PackedB/)
  }
})

emulated('operands that overlap where they may', () => {
  const kernel = compile({ m: 8, n: 8, k: 8 }, { target: 'avx2', run: 'emulated' })
  const memory = fill(100, 1)
  const [c, expected] = [new Float32Array(64), new Float32Array(64)]
  kernel(memory, memory.subarray(10), c)
  kernel(memory.slice(0, 64), memory.slice(10, 74), expected)
  assert.equal(c, expected)
  kernel(memory, memory, c)
  // Column blocks of one larger matrix: A beside C.
  const large = fill(8 * 16, 4)
  const [left, right] = [large, large.subarray(8)]
  const beside = compile({ m: 8, n: 8, k: 8, lda: 16, ldc: 16 }, { target: 'avx2', run: 'emulated' })
  const a = Float32Array.from({ length: 64 }, (_, i) => large[16 * (i >> 3) + (i & 7)]!)
  kernel(a, memory, c)
  beside(left, memory, right)
  for (let i = 0; i < 64; i++) assert.is(large[16 * (i >> 3) + 8 + (i & 7)], c[i])
})

emulated('the same checks, and what is different says so', async () => {
  const kernel = compileGemm({ m: 2, n: 2, k: 2 }, { target: 'avx512', run: 'emulated' })
  const [a, b, c] = [fill(4, 1), fill(4, 2), new Float32Array(4)]
  assert.throws(() => kernel(a, b, new Float32Array(3)), /c: expected at least 4 elements/)
  assert.throws(() => kernel(a, a, a), /c: expected memory apart from a's/)
  assert.throws(() => kernel.native, /this kernel is emulated: it has no native code/)
  assert.is(kernel.threads, 1)
  assert.is(kernel.plan.target, 'avx512')
  assert.match(kernel.listing, /vfmadd/)
  await kernel.async(a, b, c)
  assert.ok(c.every((x) => x !== 0))
  kernel.dispose()
  assert.throws(() => kernel(a, b, c), /this kernel has been disposed/)
  assert.throws(
    () => compileGemm({ m: 1, n: 1, k: 1 }, { run: 'slowly' as 'native' }),
    /run: expected 'native' or 'emulated', got slowly/,
  )
})

emulated('a CPU that lacks the target is told of the emulator', () => {
  if (!NATIVE || cpuFeatures().features.has('AVX512F')) {
    skip('the message for a target that this CPU lacks: it has them all')
    return
  }
  assert.throws(
    () => compileGemm({ m: 1, n: 1, k: 1 }, { target: 'avx512' }),
    /needs AVX512.* lacks; \{ run: 'emulated' \} \(--run emulated\) runs it on any CPU, slowly/,
  )
})

emulated('every type on every target that has it is right', () => {
  for (const [type, targets] of Object.entries(PREFERENCES)) {
    for (const target of targets) {
      const { ok, wrong } = verifyGemm(
        { m: 9, n: 21, k: 14, type: type as ProductType },
        target,
        1,
        true,
        () => {},
        'emulated',
      )
      assert.ok(ok, `${type} on ${target}: ${wrong} wrong`)
    }
  }
})

emulated('a machine that runs no x86-64 code', () => {
  const script = `
    Object.defineProperty(process, 'platform', { value: 'darwin' })
    const { compileGemm } = await import('./src/index.ts')
    const kernel = compileGemm({ m: 2, n: 3, k: 4, beta: 1 }, { target: 'avx512', run: 'emulated' })
    const c = new Float32Array(6).fill(1)
    kernel(new Float32Array(8).fill(2), new Float32Array(12).fill(3), c)
    let overlap = ''
    try { kernel(c, new Float32Array(12), c) } catch (error) { overlap = error.message }
    let native = ''
    try { compileGemm({ m: 1, n: 1, k: 1 }) } catch (error) { native = error.message }
    console.log(JSON.stringify({ c: [...c], overlap, native }))`
  const { status, stderr, stdout } = spawnSync(
    process.execPath,
    ['--import', 'tsx', '--input-type=module', '-e', script],
    { cwd: fileURLToPath(new URL('..', import.meta.url)), encoding: 'utf8' },
  )
  assert.is(status, 0, stderr)
  const { c, native, overlap } = JSON.parse(stdout)
  assert.equal(c, Array(6).fill(25))
  assert.match(overlap, /a: expected at least 8 elements/)
  assert.match(
    native,
    /native code runs on linux-x64, this is darwin-.*\{ run: 'emulated' \} work everywhere/,
  )
})

emulated('tilewright gemm --run emulated', () => {
  const command = fileURLToPath(new URL('../src/cli/main.ts', import.meta.url))
  const args = [
    'gemm',
    '48x40x70',
    '--type',
    'bf16',
    '--isa',
    'amx_bf16',
    '--run',
    'emulated',
    '--check',
    '--json',
  ]
  const { status, stderr, stdout } = spawnSync(process.execPath, ['--import', 'tsx', command, ...args], {
    encoding: 'utf8',
  })
  assert.is(status, 0, stderr)
  const { isa, run, type, verified } = JSON.parse(stdout)
  assert.equal(
    { isa, run, type, verified },
    { isa: 'amx_bf16', run: 'emulated', type: 'bf16', verified: true },
  )
})

emulated.run()
