/** Products of unsigned bytes by two planes of A (machine.ts, PlaneSteps): exact whatever bytes there are, on both paths. */
import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { type CompileOptions, compileGemm } from '../src/gemm/kernel.ts'
import { GENERIC_CPU } from '../src/microkernel/cpu-model.ts'
import { planGemm } from '../src/microkernel/plan.ts'
import { targetNamed } from '../src/microkernel/targets/index.ts'
import { cpuFeatures } from '../src/runtime/features.ts'
import { instructionsOf } from './decoded-loops.ts'
import { NATIVE } from './native-support.ts'

const planes = suite('products by planes')

const isNative =
  NATIVE && targetNamed('avx2').features.every((feature) => cpuFeatures().features.has(feature))
const run = isNative ? 'native' : 'emulated'

type Type = 'u8s8' | 'u8u8'
type Fill = (index: number) => number

interface Case {
  readonly type: Type
  readonly m: number
  readonly n: number
  readonly k: number
  readonly a: Fill
  /** Elements of B; 128 more for u8u8, whose bytes are flipped. */
  readonly b: Fill
  readonly beta?: number
  readonly pad?: number
}

const newB = { u8s8: Int8Array, u8u8: Uint8Array }

/** Compiles, runs and compares with exact sums modulo 2³². Returns the kernel's plan and the packed B, if any. */
function check({ type, m, n, k, a: fillA, b: fillB, beta = 0, pad = 0 }: Case, options: CompileOptions) {
  const [lda, ldb, ldc] = [k + pad, n + pad, n + pad]
  const a = Uint8Array.from({ length: m * lda }, (_, i) => fillA(i))
  const b = new newB[type](k * ldb).map((_, i) => fillB(i) + (type === 'u8u8' ? 128 : 0))
  const c = new Int32Array(m * ldc).fill(7)
  const kernel = compileGemm(
    { type, m, n, k, lda, ldb, ldc, beta },
    { target: 'avx2', planes: true, run, ...options },
  )
  const packed = options.packedB === undefined ? null : kernel.packB(b as Int8Array & Uint8Array)
  kernel(a, packed ?? (b as Int8Array & Uint8Array), c)
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < ldc; j++) {
      let sum = j < n ? beta * 7 : 7
      if (j < n) for (let step = 0; step < k; step++) sum += a[i * lda + step]! * b[step * ldb + j]!
      assert.is(c[i * ldc + j], sum | 0, `element ${i}, ${j} of ${type} ${m}×${n}×${k}`)
    }
  }
  kernel.dispose()
  return { plan: kernel.plan, packed }
}

/** Bytes that look random, from `least` on, `count` of them. */
const bytes =
  (least: number, count: number, seed = 1): Fill =>
  (i) =>
    least + ((Math.imul(i + seed, 0x9e37_79b1) >>> 8) % count)

const seven = bytes(0, 128)
const all = bytes(0, 256)
const signed = bytes(-128, 256, 5)
/** As weights of 7 bits. */
const small = bytes(-64, 129, 3)

const FILLS = { seven, all, rare: (i: number) => (i % 97 === 41 ? 200 : seven(i)), full: () => 255 } as const

planes('any bytes, sizes and decisions, natively or emulated', () => {
  const most = isNative ? 70 : 20
  const size = fc.integer({ min: 1, max: most })
  fc.assert(
    fc.property(
      fc.record({
        type: fc.constantFrom<Type>('u8s8', 'u8u8'),
        ...{ m: size, n: size, pad: fc.integer({ min: 0, max: 5 }), beta: fc.constantFrom(0, 1) },
        k: fc.oneof({ weight: 8, arbitrary: size }, fc.integer({ min: 480, max: isNative ? 1100 : 520 })),
      }),
      fc.constantFrom(...(Object.keys(FILLS) as (keyof typeof FILLS)[])),
      fc.boolean(),
      fc.constantFrom<CompileOptions>(
        ...[
          {},
          { unroll: 1 },
          { unroll: 7 },
          { unroll: 64 },
          { block: { k: 36 } },
          { packB: 'ahead' as const },
        ],
        ...[{ packedB: true }, { packedB: true, unroll: 3 }],
      ),
      (sizes, a, isSmall, options) => {
        check({ ...sizes, a: FILLS[a], b: isSmall ? small : signed }, options)
      },
    ),
    { numRuns: isNative ? 300 : 25, includeErrorInReport: true },
  )
})

planes('the largest products: 255 · −128 and 255 · 127, at depths around what words hold', () => {
  for (const k of [4, 504, 505, 508, 509, 512, 1015, 1016, 1017, 1524]) {
    for (const b of [-128, 127]) {
      check({ type: 'u8s8', m: 6, n: 17, k, a: () => 255, b: () => b }, {})
      check({ type: 'u8s8', m: 6, n: 17, k, a: () => 127, b: () => b }, {})
    }
  }
})

planes('sums wrap at k = 65,536 of 255 · 127', () => {
  check({ type: 'u8s8', m: 2, n: 8, k: isNative ? 2 ** 17 : 2 ** 12, a: () => 255, b: () => 127 }, {})
})

planes('one byte of 128 in one row counts, and no other row takes the upper plane', () => {
  for (const at of [0, 3, 63, 64, 2 * 65 + 17, 12 * 65 + 64]) {
    const a: Fill = (i) => (i === at ? 128 : seven(i))
    check({ type: 'u8s8', m: 13, n: 24, k: 65, a, b: signed }, {})
    check({ type: 'u8u8', m: 13, n: 24, k: 65, a, b: signed }, {})
  }
})

planes('what bytes of B a packed B knows to be small', () => {
  const smallOf = (b: Fill, type: Type = 'u8s8'): number => {
    // Where units and vectors are whole: what fills up flipped ones is not small.
    const { packed } = check({ type, m: 14, n: 24, k: 24, a: all, b }, { packedB: true })
    return packed!.data.at(-1)!
  }
  assert.is(smallOf(small), 1)
  assert.is(smallOf(small, 'u8u8'), 1)
  assert.is(
    smallOf(() => 64),
    1,
  )
  assert.is(
    smallOf(() => -64),
    1,
  )
  assert.is(smallOf(signed), 0)
  assert.is(
    smallOf(() => 65),
    0,
  )
  assert.is(
    smallOf(() => -65),
    0,
  )
  // Neighbours in k of opposite signs take nothing from each other.
  assert.is(
    smallOf((i) => (Math.floor(i / 24) % 2 === 0 ? 100 : -100)),
    1,
  )
})

planes('on threads, parts share a packed B and what is known of it', () => {
  if (!isNative) return
  const cpu = { ...GENERIC_CPU, dispatchCycles: 0 }
  for (const b of [small, signed])
    check({ type: 'u8s8', m: 64, n: 256, k: 130, a: all, b }, { packedB: true, threads: 2, cpu })
})

planes('what is decided about planes reaches the parts of several threads', () => {
  if (!isNative) return
  const cpu = { ...GENERIC_CPU, dispatchCycles: 0 }
  const problem = { type: 'u8s8', m: 64, n: 256, k: 130 } as const
  const asked = compileGemm(problem, { target: 'avx2', planes: true, threads: 2, cpu })
  const given = compileGemm(problem, { plan: asked.plan, threads: 2, cpu })
  for (const { parts, threads } of [asked, given]) {
    assert.ok(threads > 1)
    for (const { generated } of parts) assert.is(generated.plan.planes, true)
  }
  check({ ...problem, a: all, b: signed }, { threads: 2, cpu })
})

planes('requantised products by planes are those by words', () => {
  const [m, n, k] = [20, 24, 70]
  const a = Uint8Array.from({ length: m * k }, (_, i) => all(i))
  const b = Int8Array.from({ length: k * n }, (_, i) => signed(i))
  const results = [true, false].map((by) => {
    const problem = { type: 'u8s8', out: 'u8', m, n, k, requantise: { zeroA: true, zeroB: true } } as const
    const kernel = compileGemm(problem, { target: 'avx2', run, planes: by, packedB: true })
    const c = new Uint8Array(m * n)
    kernel(a, kernel.packB(b), c, { scale: 0.002, zeroA: 117, zeroB: -3 })
    return c
  })
  assert.equal(results[0], results[1])
  assert.ok(new Set(results[0]).size > 50)
})

planes(
  'the loop over k multiplies bytes: four instructions an operand of three, none of them of words',
  () => {
    const kernel = compileGemm(
      { type: 'u8s8', m: 64, n: 64, k: 512 },
      { target: 'avx2', run: 'emulated', packedB: true },
    )
    assert.is(kernel.plan.planes, true)
    const names = instructionsOf(kernel.code).map(({ mnemonic }) => mnemonic)
    const count = (name: string): number => names.filter((each) => each === name).length
    assert.ok(count('vpmaddubsw') >= 80)
    assert.ok(count('vpmaddwd') < count('vpmaddubsw'))
  },
)

planes('where they cannot be they are refused, by name', () => {
  const problem = { type: 'u8s8', m: 16, n: 16, k: 16 } as const
  const plan = (more: object, options: object = {}) =>
    planGemm({ ...problem, ...more }, { target: 'avx2', planes: true, ...options })
  assert.throws(
    () => plan({ transA: true }),
    /^planes needs a left operand of u8 whose lines lie along k for type u8s8$/,
  )
  assert.throws(() => plan({ order: 'column' }), /planes needs a left operand of u8/)
  assert.throws(() => plan({ type: 's8s8' }), /planes needs a target that has them \(avx2\) for type s8s8/)
  assert.throws(() => plan({ k: 'runtime' }), /planes needs m, n and k known when compiling/)
  assert.throws(() => plan({}, { target: 'avx_vnni' }), /planes needs a target that has them/)
  for (const more of [{ transA: true }, { order: 'column' }, { m: 'runtime' }, { m: 1 }] as const)
    assert.is(planGemm({ ...problem, ...more }, { target: 'avx2' }).planes, false)
  assert.is(planGemm(problem, { target: 'avx2' }).planes, false)
  assert.is(planGemm(problem, { target: 'avx2', packB: 'beforehand' }).planes, true)
})

planes('panels for one way are refused by kernels of the other', () => {
  const problem = { type: 'u8s8', m: 16, n: 16, k: 16 } as const
  const kernelBy = (way: boolean) => compileGemm(problem, { target: 'avx2', run, packedB: true, planes: way })
  const packed = kernelBy(true).packB(new Int8Array(256))
  const byWords = kernelBy(false)
  assert.throws(
    () => byWords(new Uint8Array(256), packed, new Int32Array(256)),
    /got u8s8 16×16 for avx2 in panels of \d+, for A in planes/,
  )
})

planes.run()
