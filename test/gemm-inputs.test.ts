/** A compiled product refuses every bad input by name, writes nothing, and works afterwards. */
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { compileGemm } from '../src/gemm/kernel.ts'
import { targetNamed } from '../src/microkernel/targets/index.ts'
import { cpuFeatures } from '../src/runtime/index.ts'
import { NATIVE } from './native-support.ts'
import { skip } from './skips.ts'

const inputs = suite('gemm inputs')
const runs = NATIVE && targetNamed('avx2').features.every((feature) => cpuFeatures().features.has(feature))

function test(name: string, body: () => void): void {
  if (runs) inputs(name, body)
  else skip('this CPU runs no target')
}

const SIZE = { m: 4, n: 6, k: 5 } as const

interface Operands {
  a: unknown
  b: unknown
  c: unknown
}

/** Each changes good operands into bad ones. */
const BAD: readonly (readonly [
  what: string,
  spoil: (good: { a: Float32Array; b: Float32Array; c: Float32Array }) => Partial<Operands>,
  type: typeof TypeError | typeof RangeError,
  message: RegExp,
])[] = [
  [
    'a of another type',
    () => ({ a: new Float64Array(20) }),
    TypeError,
    /^a: expected a Float32Array, got Float64Array\(20\)/,
  ],
  ['b that is no array', () => ({ b: 'matrix' }), TypeError, /^b: expected a Float32Array, got a string/],
  ['no c', () => ({ c: undefined }), TypeError, /^c: expected a Float32Array, got undefined/],
  [
    'a too short',
    ({ a }) => ({ a: a.subarray(1) }),
    RangeError,
    /^a: expected at least 20 elements \(4 × 5.*got Float32Array\(19\)/,
  ],
  ['b too short', ({ b }) => ({ b: b.subarray(1) }), RangeError, /^b: expected at least 30 elements \(5 × 6/],
  ['c too short', ({ c }) => ({ c: c.subarray(1) }), RangeError, /^c: expected at least 24 elements \(4 × 6/],
  [
    'a detached a',
    () => {
      const a = new Float32Array(20)
      structuredClone(a.buffer, { transfer: [a.buffer] })
      return { a }
    },
    TypeError,
    /^a: the Float32Array is detached/,
  ],
  [
    'b on a buffer that shrank',
    () => {
      const buffer = new ArrayBuffer(120, { maxByteLength: 240 })
      const b = new Float32Array(buffer, 0, 30)
      buffer.resize(116)
      return { b }
    },
    RangeError,
    /^b: expected at least 30 elements .* \(its resizable buffer now has 116 bytes\)/,
  ],
  ['c that is a', ({ c }) => ({ a: c }), RangeError, /^c: expected memory apart from a's/],
  [
    'c that overlaps b by one element',
    ({ c }) => {
      const both = new Float32Array(30 + 23)
      both.set(c, 29)
      return { b: both.subarray(0, 30), c: both.subarray(29, 53) }
    },
    RangeError,
    /^c: expected memory apart from b's, got arrays that share 4 bytes/,
  ],
]

test('every bad input is an error that names it, and c stays as it was', () => {
  const kernel = compileGemm(SIZE) as (a: unknown, b: unknown, c: unknown) => void
  for (const [what, spoil, type, message] of BAD) {
    const good = {
      a: new Float32Array(20).fill(1),
      b: new Float32Array(30).fill(2),
      c: new Float32Array(24).fill(-7),
    }
    const { a, b, c } = { ...good, ...spoil(good) }
    try {
      kernel(a, b, c)
      assert.unreachable(what)
    } catch (error) {
      assert.instance(error, type, what)
      assert.match((error as Error).message, message, what)
    }
    assert.ok(
      good.c.every((element) => element === -7),
      what,
    )
    if (c instanceof Float32Array)
      assert.ok(
        c.every((element) => element === -7),
        what,
      )
    kernel(good.a, good.b, good.c)
    assert.ok(
      good.c.every((element) => element === 10),
      what,
    )
  }
})

test('an instruction set that this CPU lacks is a RangeError that says what is missing', () => {
  if (targetNamed('avx512').features.every((feature) => cpuFeatures().features.has(feature))) {
    return skip('this CPU has AVX-512, so its absence cannot be tested')
  }
  assert.throws(() => compileGemm(SIZE, { target: 'avx512' }), /'avx512' needs AVX512F.*which this CPU/)
})

test('a disposed kernel refuses, and its own operands stay usable', () => {
  const kernel = compileGemm(SIZE)
  const c = new Float32Array(24).fill(-7)
  kernel.dispose()
  kernel.dispose()
  assert.throws(() => kernel(new Float32Array(20), new Float32Array(30), c), /this kernel has been disposed/)
  assert.ok(c.every((element) => element === -7))
})

test('both hosts compute the same product', () => {
  const a = Float32Array.from({ length: 20 }, (_, index) => index / 8)
  const b = Float32Array.from({ length: 30 }, (_, index) => 3 - index / 4)
  const [koffi, ffi] = (['koffi', 'ffi-rs'] as const).map((host) => {
    const kernel = compileGemm(SIZE, { host })
    const c = new Float32Array(24)
    kernel(a, b, c)
    kernel.dispose()
    return c
  })
  assert.equal(koffi, ffi)
  assert.ok(koffi!.some((element) => element !== 0))
})

test('open values are checked anew unless they are those of the call before', () => {
  const open = 'runtime' as const
  const kernel = compileGemm({ m: open, n: open, k: open, alpha: open, beta: open })
  const a = new Float32Array(20).fill(1)
  const b = new Float32Array(30).fill(2)
  const c = new Float32Array(24)
  const sizes = { m: 4, n: 6, k: 5 }
  const filled = (from: number, to: number, value: number): boolean =>
    c.subarray(from, to).every((x) => x === value)
  for (let time = 0; time < 3; time++) {
    c.fill(-7)
    kernel(a, b, c, { ...sizes })
    assert.ok(filled(0, 24, 10))
  }
  // The same sizes, other arrays: still looked at.
  assert.throws(() => kernel(a.subarray(1), b, c, { ...sizes }), /a: expected at least 20 elements/)
  kernel(a, b, c, { ...sizes, alpha: 2 })
  assert.ok(filled(0, 24, 20))
  kernel(a, b, c, { ...sizes, alpha: 2, beta: 1 })
  assert.ok(filled(0, 24, 40))
  kernel(a, b, c, { ...sizes, alpha: 2, beta: 1 })
  assert.ok(filled(0, 24, 60))
  kernel(a, b, c, sizes)
  assert.ok(filled(0, 24, 10))
  // A refused call leaves nothing behind that a later one could take for its own.
  assert.throws(() => kernel(a, b, c, { ...sizes, m: -1 }), /sizes.m: expected a whole number/)
  assert.throws(() => kernel(a, b, c, { ...sizes, m: -1 }), /sizes.m: expected a whole number/)
  assert.throws(() => kernel(a, b, c, { ...sizes, rows: 4 } as typeof sizes), /sizes.rows is not known/)
  c.fill(-7)
  kernel(a, b, c, { ...sizes, m: 2 })
  assert.ok(filled(0, 12, 10) && filled(12, 24, -7))
  kernel(a, b, c, { ...sizes, m: 2 })
  assert.ok(filled(0, 12, 10) && filled(12, 24, -7))
  // The caller's own object may change between calls.
  const own = { ...sizes }
  kernel(a, b, c, own)
  own.m = 1
  c.fill(-7)
  kernel(a, b, c, own)
  assert.ok(filled(0, 6, 10) && filled(6, 24, -7))
  kernel.dispose()
})

inputs.run()
