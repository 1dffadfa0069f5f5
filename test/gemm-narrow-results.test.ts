/** What C holds besides sums: rounded to bf16 and f16, requantised; and the values that decide whether sums are right. */
import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { newArray } from '../src/gemm/arrays.ts'
import { compileGemm } from '../src/gemm/kernel.ts'
import { matmul } from '../src/gemm/matmul.ts'
import { narrowBits, widenBits } from '../src/microkernel/number-formats.ts'
import type { GemmProblem } from '../src/microkernel/problem.ts'
import { requantise } from '../src/microkernel/requantise.ts'
import { featuresFor, PREFERENCES, type TargetName } from '../src/microkernel/targets/index.ts'
import { cpuFeatures } from '../src/runtime/features.ts'
import { PRODUCT_TYPES, type ProductType } from '../src/schedule/product-type.ts'
import { numberOf } from './narrow-products.ts'
import { NATIVE } from './native-support.ts'

type AnyKernel = ((a: unknown, b: unknown, c: unknown, open?: object) => void) & {
  packB(b: unknown): unknown
  dispose(): void
}

const results = suite('results of narrow products')

const runsHere = (target: TargetName, type: ProductType): boolean =>
  NATIVE && featuresFor(target, type).every((feature) => cpuFeatures().features.has(feature))

/** Natively where this CPU can, else emulated. */
const compile = (problem: GemmProblem, target: TargetName, options: object = {}): AnyKernel =>
  compileGemm(problem, {
    target,
    run: runsHere(target, problem.type ?? 'f32') ? 'native' : 'emulated',
    ...options,
  }) as unknown as AnyKernel

const f32Bits = (value: number): number => new Uint32Array(Float32Array.of(value).buffer)[0]!
const code = (value: number, type: 'bf16' | 'f16' | 'e4m3' | 'e5m2'): number =>
  narrowBits(f32Bits(value), type)

for (const type of ['u8s8', 's8s8', 'u8u8'] as const) {
  for (const target of PREFERENCES[type]) {
    results(`${type} on ${target}: nothing saturates between the extremes and their sum`, () => {
      const { a: inA, b: inB } = PRODUCT_TYPES[type]
      const extremes = { u8: [255, 255], s8: [-128, 127], s32: [0, 0] } as const
      const k = 13
      for (const x of extremes[inA as 'u8']) {
        for (const y of extremes[inB as 'u8']) {
          const a = newArray(inA, 2 * k).fill(x)
          const b = newArray(inB, k * 3).fill(y)
          const c = new Int32Array(6)
          const kernel = compile({ type, m: 2, n: 3, k }, target)
          kernel(a, b, c)
          kernel.dispose()
          assert.equal([...c], Array(6).fill(k * x * y), `${x}·${y}`)
        }
      }
    })
  }

  results(`${type}: sums of 65,536 products of the largest wrap modulo 2³² or are exact`, () => {
    const { a: inA, b: inB } = PRODUCT_TYPES[type]
    const k = 65_536
    const [x, y] = [inA === 'u8' ? 255 : 127, inB === 'u8' ? 255 : 127]
    const target = NATIVE ? 'avx2' : 'avx512_vnni'
    const c = new Int32Array(2)
    const kernel = compile({ type, m: 1, n: 2, k }, target)
    kernel(newArray(inA, k).fill(x), newArray(inB, 2 * k).fill(y), c)
    kernel.dispose()
    assert.equal([...c], [(k * x * y) | 0, (k * x * y) | 0])
  })
}

for (const type of ['bf16', 'f16', 'e4m3', 'e5m2', 'u8s8', 's8s8', 'u8u8'] as const) {
  results(`${type}: odd tails of k, with NaN or garbage behind every line`, () => {
    const facts = PRODUCT_TYPES[type]
    const one = facts.sum === 's32' ? 1 : code(1, type as 'bf16')
    const garbage =
      facts.sum === 's32' ? 77 : { bf16: 0x7fc0, f16: 0x7e00, e4m3: 0x7f, e5m2: 0x7e }[type as 'bf16']
    for (const target of PREFERENCES[type]) {
      for (const k of [1, 2, 3, 5, 6, 7]) {
        const [lda, ldb] = [k + 3, 6]
        const a = newArray(facts.a, 2 * lda).fill(garbage)
        const b = newArray(facts.b, (k + 1) * ldb).fill(garbage)
        for (let p = 0; p < k; p++) {
          a[p] = a[lda + p] = one
          for (let j = 0; j < 5; j++) b[p * ldb + j] = one
        }
        const c = newArray(facts.sum, 10)
        const kernel = compile({ type, m: 2, n: 5, k, lda, ldb }, target)
        kernel(a, b, c)
        kernel.dispose()
        assert.equal([...c], Array(10).fill(k), `${target}, k ${k}`)
      }
    }
  })
}

for (const type of ['bf16', 'f16', 'e5m2'] as const) {
  results(`${type}: NaN, infinities and −0 come through as documented`, () => {
    for (const target of PREFERENCES[type]) {
      const product = (x: number, y: number): number => {
        const c = new Float32Array(1)
        const kernel = compile({ type, m: 1, n: 1, k: 1 }, target)
        kernel(newArray(type, 1).fill(code(x, type)), newArray(type, 1).fill(code(y, type)), c)
        kernel.dispose()
        return c[0]!
      }
      assert.ok(Number.isNaN(product(Number.NaN, 1)), `${target}: NaN`)
      assert.ok(Number.isNaN(product(Number.POSITIVE_INFINITY, 0)), `${target}: ∞·0`)
      assert.is(product(Number.NEGATIVE_INFINITY, 2), Number.NEGATIVE_INFINITY, target)
      // Sums begin with +0, so that −0 is never a result.
      assert.is(product(-0, 1), 0, `${target}: −0`)
    }
  })
}

results(
  'f16 and 8-bit denormals are multiplied exactly; bf16 ones too, except by vdpbf16ps and tdpbf16ps, which take them for zeros',
  () => {
    const least = { bf16: 2 ** -133, f16: 2 ** -24, e4m3: 2 ** -9, e5m2: 2 ** -16 } as const
    for (const type of ['bf16', 'f16', 'e4m3', 'e5m2'] as const) {
      for (const target of PREFERENCES[type]) {
        const c = new Float32Array(1)
        const kernel = compile({ type, m: 1, n: 1, k: 1 }, target)
        kernel(newArray(type, 1).fill(1), newArray(type, 1).fill(code(8, type)), c)
        kernel.dispose()
        const flushes = target === 'avx512_bf16' || target === 'amx_bf16'
        assert.is(c[0]!, flushes ? 0 : 8 * least[type], `${type} on ${target}`)
      }
    }
  },
)

const shapes = fc.record({
  ...{
    m: fc.integer({ min: 1, max: 20 }),
    n: fc.integer({ min: 1, max: 40 }),
    k: fc.integer({ min: 1, max: 30 }),
  },
  order: fc.constantFrom('row' as const, 'column' as const),
  seed: fc.integer(),
})

const generator = (seed: number) => {
  let state = seed | 1
  return (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0
    return state >>> 8
  }
}

for (const type of ['bf16', 'f16'] as const) {
  for (const target of PREFERENCES[type]) {
    results(`${type} on ${target}: C of ${type} is the sums rounded once, alpha and beta applied`, () => {
      fc.assert(
        fc.property(shapes, ({ m, n, k, order, seed }) => {
          const random = generator(seed)
          // Small whole numbers: every sum is exact, whatever the order, so the rounded result is known.
          const small = (length: number) =>
            newArray(type, length).map(() => code((random() % 17) - 8, type)) as Uint16Array
          const [a, b, c] = [small(m * k), small(k * n), small(m * n)]
          const old = c.slice()
          const kernel = compile({ type, out: type, m, n, k, order, alpha: 3, beta: -2 }, target)
          kernel(a, b, c)
          kernel.dispose()
          const value = (x: number): number => numberOf(type, x)
          const at = (i: number, j: number): number => (order === 'row' ? i * n + j : j * m + i)
          for (let i = 0; i < m; i++) {
            for (let j = 0; j < n; j++) {
              let sum = 0
              for (let p = 0; p < k; p++) {
                sum +=
                  value(a[order === 'row' ? i * k + p : p * m + i]!) *
                  value(b[order === 'row' ? p * n + j : j * k + p]!)
              }
              const exact = 3 * sum - 2 * value(old[at(i, j)]!)
              // −0 and 0 are one number here.
              assert.is(value(c[at(i, j)]!) + 0, value(code(exact, type)) + 0)
            }
          }
        }),
        { numRuns: runsHere(target, type) ? 30 : 10, includeErrorInReport: true },
      )
    })
  }
}

for (const type of ['u8s8', 's8s8', 'u8u8'] as const) {
  for (const target of PREFERENCES[type]) {
    results(`${type} on ${target}: requantised bit by bit as defined`, () => {
      const cases = fc.record({
        shape: shapes,
        out: fc.constantFrom('f32' as const, 'bf16' as const, 's8' as const, 'u8' as const),
        scale: fc.constantFrom('tensor' as const, 'column' as const),
        ...{ zeroA: fc.boolean(), zeroB: fc.boolean(), zeroC: fc.boolean(), packed: fc.boolean() },
      })
      fc.assert(
        fc.property(cases, ({ shape: { m, n, k, order, seed }, out, scale, packed, ...has }) => {
          const random = generator(seed)
          const facts = PRODUCT_TYPES[type]
          const make = (storage: 'u8' | 's8', length: number) =>
            newArray(storage, length).map(() => random() & 0xff) as Int8Array | Uint8Array
          const a = make(facts.a as 'u8', m * k)
          const b = make(facts.b as 'u8', k * n)
          const c = newArray(out, m * n)
          const zeroC = has.zeroC && (out === 's8' || out === 'u8')
          const zeros = {
            ...(has.zeroA ? { zeroA: 3 } : {}),
            ...(has.zeroB ? { zeroB: 5 } : {}),
            ...(zeroC ? { zeroC: 7 } : {}),
          }
          const scales = Float32Array.from({ length: n }, () => (random() % 1000) / 200_000)
          const isPacked = packed && order === 'row'
          const kernel = compile(
            {
              ...{ type, out, m, n, k, order },
              requantise: { scale, zeroA: has.zeroA, zeroB: has.zeroB, zeroC },
            },
            target,
            isPacked ? { packedB: true } : {},
          )
          const scaleGiven = scale === 'tensor' ? scales[0]! : scales
          kernel(a, isPacked ? kernel.packB(b) : b, c, { scale: scaleGiven, ...zeros })
          kernel.dispose()
          const { zeroA = 0, zeroB = 0 } = zeros
          for (let i = 0; i < m; i++) {
            for (let j = 0; j < n; j++) {
              let sum = 0
              for (let p = 0; p < k; p++) {
                const x = a[order === 'row' ? i * k + p : p * m + i]!
                const y = b[order === 'row' ? p * n + j : j * k + p]!
                sum += (x - zeroA) * (y - zeroB)
              }
              const expected = requantise(
                { sum, scale: scales[scale === 'tensor' ? 0 : j]!, zero: zeroC ? 7 : 0 },
                out,
              )
              assert.is(c[order === 'row' ? i * n + j : j * m + i]!, expected, `c[${i}, ${j}]`)
            }
          }
        }),
        { numRuns: runsHere(target, type) ? 40 : 12, includeErrorInReport: true },
      )
    })
  }
}

results('matmul takes a type, and arrays that go with it', () => {
  if (!NATIVE) return
  const sums = matmul(Uint8Array.of(1, 255), Int8Array.of(2, -128), { m: 1, n: 1, k: 2, type: 'u8s8' })
  assert.equal(sums, Int32Array.of(2 - 255 * 128))
  const floats = matmul(Uint16Array.of(0x3f80, 0x4000), Uint16Array.of(0x4040, 0x3f80), {
    ...{ m: 1, n: 1, k: 2 },
    type: 'bf16',
  })
  assert.equal(floats, Float32Array.of(5))
  assert.throws(
    () => matmul(new Int8Array(2) as never, new Int8Array(2), { m: 1, n: 1, k: 2, type: 'u8s8' }),
    /a: expected a Uint8Array, got Int8Array/,
  )
})

results('what a type cannot have is refused by name', () => {
  const problem = { type: 'u8s8', m: 2, n: 2, k: 2 } as const
  assert.throws(
    () => compile({ ...problem, out: 'f32' }, 'avx2'),
    /out 'f32' of integer sums needs requantise/,
  )
  assert.throws(() => compile({ ...problem, alpha: 0.5 }, 'avx2'), /alpha must be a whole number/)
  assert.throws(
    () => compile({ type: 'e4m3', out: 'bf16', m: 1, n: 1, k: 1 }, 'avx2'),
    /out must be one of 'f32'/,
  )
  assert.throws(
    () => compileGemm({ ...problem, transB: true }, { target: 'avx2', run: 'emulated', packB: 'no' }),
    /packB 'no' needs lines of B along n, not along k, for type u8s8/,
  )
  assert.throws(
    () => compileGemm({ ...problem, n: 'runtime' }, { target: 'avx2', run: 'emulated', packB: 'on the way' }),
    /packB 'on the way' needs n, k and the leading dimension of B known when compiling/,
  )
  assert.throws(
    () =>
      compileGemm(
        { ...problem, out: 'u8', requantise: { zeroA: true } },
        { target: 'avx2', run: 'emulated', packB: 'no' },
      ),
    /packB 'no' needs no zero point whose terms are sums of columns of B/,
  )
  assert.throws(
    () =>
      compileGemm(
        { ...problem, type: 'bf16' },
        { target: 'avx_ne_convert', run: 'emulated', packB: 'on the way' },
      ),
    /packB 'on the way' needs a target that multiplies units for type bf16/,
  )
  assert.is(widenBits(code(1, 'bf16'), 'bf16'), f32Bits(1))
})

results.run()
