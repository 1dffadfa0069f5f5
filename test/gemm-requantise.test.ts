/** Requantised products: random problems natively and, for every target, emulated; saturation, zero points and bad input by name. */
import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { compileGemm } from '../src/gemm/kernel.ts'
import type { GemmProblem } from '../src/microkernel/problem.ts'
import { featuresFor, TARGET_NAMES, targetNamed } from '../src/microkernel/targets/index.ts'
import { cpuFeatures } from '../src/runtime/features.ts'
import { NATIVE } from './native-support.ts'
import { checkRequantised, requantisedCases } from './requantised-products.ts'
import { skip } from './skips.ts'

const TYPES = ['u8s8', 's8s8', 'u8u8'] as const
const NATIVE_RUNS = Number(process.env.TILEWRIGHT_RUNS ?? 40)
const EMULATED_RUNS = Number(process.env.TILEWRIGHT_EMULATED_RUNS ?? 18)

process.env.TILEWRIGHT_CPUS ??= '4'

const requantised = suite('requantised products')

for (const target of TARGET_NAMES) {
  const types = TYPES.filter((type) => targetNamed(target).products[type] !== undefined)
  requantised(`${target}: ${NATIVE_RUNS} problems of each type on this CPU`, () => {
    if (!NATIVE) return skip('no native code here')
    const { features } = cpuFeatures()
    for (const type of types) {
      if (!featuresFor(target, type).every((feature) => features.has(feature))) {
        skip(`this CPU has no ${target}`)
        continue
      }
      fc.assert(
        fc.property(requantisedCases(90), (given) => checkRequantised(type, given, { target })),
        { numRuns: NATIVE_RUNS, includeErrorInReport: true },
      )
    }
  })

  requantised(`${target}: ${EMULATED_RUNS} problems emulated, no byte outside the operands touched`, () => {
    for (const type of types) {
      fc.assert(
        fc.property(requantisedCases(40), (given) =>
          checkRequantised(type, given, { target, run: 'emulated' }),
        ),
        { numRuns: Math.ceil(EMULATED_RUNS / types.length), includeErrorInReport: true },
      )
    }
  })
}

type AnyKernel = ((a: unknown, b: unknown, c: unknown, open?: unknown) => void) & {
  async(a: unknown, b: unknown, c: unknown, open?: unknown): Promise<void>
  dispose(): void
}

const compile = (problem: object, options: object = {}): AnyKernel =>
  compileGemm({ type: 'u8s8', out: 'u8', m: 1, n: 2, k: 2, requantise: {}, ...problem } as GemmProblem, {
    ...{ target: 'avx2', run: NATIVE ? 'native' : 'emulated' },
    ...options,
  }) as unknown as AnyKernel

requantised('saturation at both bounds of u8 and s8, and ties to even', () => {
  for (const [out, C, values] of [
    ['u8', Uint8Array, [255, 0, 2, 2, 0]],
    ['s8', Int8Array, [127, -128, 2, 2, 0]],
  ] as const) {
    const n = 5
    const c = new C(n)
    const kernel = compile({ out, n, k: 1 })
    // Sums of 1000, −1000, 5, 3 and 1, halved.
    kernel(Uint8Array.of(1), Int8Array.of(127, -128, 5, 3, 1), c, { scale: 0.5 })
    assert.equal([...c], out === 'u8' ? [64, 0, 2, 2, 0] : [64, -64, 2, 2, 0])
    kernel(Uint8Array.of(200), Int8Array.of(127, -128, 0, 0, 0), c, { scale: 0.5 })
    assert.equal([c[0], c[1]], [values[0], values[1]])
    kernel.dispose()
  }
})

requantised(
  'zero points: what stands for nothing gives the zero point of C, whatever the other operand holds',
  () => {
    const [n, k] = [20, 13]
    const kernel = compile({
      ...{ type: 'u8u8', n, k },
      requantise: { scale: 'tensor', zeroA: true, zeroB: true, zeroC: true },
    })
    const c = new Uint8Array(n)
    const b = new Uint8Array(k * n).map((_, i) => i * 7)
    kernel(new Uint8Array(k).fill(128), b, c, { scale: 1, zeroA: 128, zeroB: 3, zeroC: 77 })
    assert.equal([...c], Array(n).fill(77))
    const a = new Uint8Array(k).map((_, i) => i * 19)
    kernel(a, new Uint8Array(k * n).fill(255), c, { scale: 1, zeroA: 5, zeroB: 255, zeroC: 9 })
    assert.equal([...c], Array(n).fill(9))
    // Left out, they are 0.
    kernel(new Uint8Array(k), b, c, { scale: 1 })
    assert.equal([...c], Array(n).fill(0))
    kernel.dispose()
  },
)

requantised('k of 65,536: sums of the largest stay whole until they are scaled', () => {
  const k = 65_536
  const c = new Float32Array(1)
  const kernel = compile({ out: 'f32', n: 1, k })
  kernel(new Uint8Array(k).fill(255), new Int8Array(k).fill(127), c, { scale: 2 ** -16 })
  assert.is(c[0], Math.fround(255 * 127))
  kernel.dispose()
})

requantised('asynchronous calls keep the scales that they were given', async () => {
  if (!NATIVE) return skip('no native code here')
  const kernel = compile({ out: 'f32', requantise: { scale: 'column', bias: true } })
  const [scale, bias, c] = [Float32Array.of(1, 2), Int32Array.of(10, 20), new Float32Array(2)]
  const done = kernel.async(Uint8Array.of(1, 1), Int8Array.of(1, 2, 3, 4), c, { scale, bias })
  scale.fill(100)
  bias.fill(1000)
  await done
  kernel.dispose()
  assert.equal([...c], [14, 52])
})

requantised('calls of one size after another take the scales, zero points and bias of each', () => {
  const open = { m: 'runtime', n: 'runtime', k: 'runtime' } as const
  const given = { scale: 'column', zeroA: true, bias: true } as const
  const kernel = compile({ out: 'f32', ...open, requantise: given })
  const c = new Float32Array(400)
  for (const n of [2, 2, 2, 400, 400, 2]) {
    for (const factor of [1, 3]) {
      const scale = new Float32Array(n).fill(factor)
      const bias = new Int32Array(n).map((_, j) => j * factor)
      const b = new Int8Array(2 * n).fill(2)
      const sizes = { m: 1, n, k: 2 }
      kernel(Uint8Array.of(9, 7), b, c, { ...sizes, scale, bias, zeroA: factor })
      const expected = (j: number): number => factor * (2 * (16 - 2 * factor) + j * factor)
      for (const j of [0, 1, n - 1]) assert.is(c[j], expected(j), `column ${j} of ${n}`)
      scale[n - 1] = Number.POSITIVE_INFINITY
      assert.throws(
        () => kernel(Uint8Array.of(9, 7), b, c, { ...sizes, scale, bias }),
        new RegExp(`scale\\[${n - 1}\\]: expected a finite number, got Infinity`),
      )
    }
  }
  kernel.dispose()
})

requantised('bad input is refused by name, before anything is written', () => {
  const [a, b, c] = [new Uint8Array(2), new Int8Array(4), new Uint8Array(2)]
  const kernel = compile({ requantise: { scale: 'column', zeroA: true, bias: true } })
  const scale = new Float32Array(2)
  const bias = new Int32Array(2)
  const refused = (values: unknown, expected: RegExp): void => {
    assert.throws(() => kernel(a, b, c, values), expected)
  }
  refused(undefined, /requantise: expected \{ scale, zeroA, bias \} after the operands, got undefined/)
  refused({ bias }, /scale: expected a Float32Array, got undefined/)
  refused({ scale: 1, bias }, /scale: expected a Float32Array, got a number/)
  refused({ scale: new Float32Array(1), bias }, /scale: expected at least 2 elements/)
  refused({ scale: Float32Array.of(1, Number.NaN), bias }, /scale\[1\]: expected a finite number, got NaN/)
  refused({ scale, bias: new Float32Array(2) }, /bias: expected a Int32Array, got Float32Array/)
  refused({ scale, bias, zeroA: 256 }, /zeroA: expected a whole number from 0 to 255, got 256/)
  refused({ scale, bias, zeroA: '1' }, /zeroA: expected a number/)
  refused({ scale, bias, zeroB: 1 }, /zeroB: this kernel was compiled without; set requantise.zeroB/)
  refused({ scale, bias, m: 1 }, /sizes.m: this kernel left no sizes open/)
  kernel.dispose()
  const one = compile({})
  assert.throws(() => one(a, b, c, { scale }), /scale: expected a number, got Float32Array/)
  assert.throws(() => one(a, b, c, { scale: 1e300 }), /scale: expected a number that is finite as f32/)
  one.dispose()
  const problem = (problem: object, expected: RegExp): void => {
    assert.throws(() => compile(problem), expected)
  }
  problem({ requantise: null }, /out 'u8' of integer sums needs requantise/)
  problem({ out: 's32' }, /out must be one of 'u8', 's8', 'f32', 'bf16' with requantise, given 's32'/)
  problem({ type: 'bf16', out: 'f32' }, /requantise is for types u8s8, s8s8, u8u8, given type bf16/)
  problem({ alpha: 2 }, /alpha must be 1 with requantise, given 2/)
  problem({ beta: 1 }, /beta must be 0 with requantise, given 1/)
  problem({ requantise: { scale: 'row' } }, /requantise.scale must be one of 'tensor', 'column', given 'row'/)
  problem({ requantise: { zeroD: true } }, /requantise.zeroD is not known/)
  problem({ requantise: { zeroA: 3 } }, /requantise.zeroA must be one of true, false, given 3/)
  problem({ out: 'f32', requantise: { zeroC: true } }, /requantise.zeroC must be false where C holds f32/)
  assert.throws(
    () => compile({ k: 64 }, { block: { k: 8 } }),
    /block.k must be null where C cannot hold the sums/,
  )
})

requantised.run()
