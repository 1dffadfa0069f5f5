/** B packed beforehand: right results for any shape, layouts that are shared or refused, errors by name. */
import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { compileGemm } from '../src/gemm/kernel.ts'
import { PackedB } from '../src/gemm/packed.ts'
import { errorBound, referenceGemm } from '../src/microkernel/reference.ts'
import { PREFERENCES, targetNamed } from '../src/microkernel/targets/index.ts'
import { cpuFeatures } from '../src/runtime/features.ts'
import { NATIVE } from './native-support.ts'
import { skip } from './skips.ts'

const packedTests = suite('gemm with B packed beforehand')
const targets = NATIVE
  ? PREFERENCES.f32.filter((name) => targetNamed(name).features.every((f) => cpuFeatures().features.has(f)))
  : []
if (targets.length === 0) skip('this CPU runs no target')

const fill = (length: number, seed: number): Float32Array =>
  Float32Array.from({ length }, (_, i) => Math.sin(i * 12.9898 + seed))

for (const target of targets) {
  packedTests(`${target}: random shapes`, () => {
    const size = fc.integer({ min: 1, max: 150 })
    fc.assert(
      fc.property(size, size, size, fc.boolean(), fc.integer({ min: 0, max: 9 }), (m, n, k, transB, pad) => {
        const ldb = (transB ? k : n) + pad
        const kernel = compileGemm({ m, n, k, transB, ldb }, { target, packedB: true })
        const a = fill(m * k, 1)
        const b = fill(ldb * (transB ? n : k), 2)
        const c = new Float32Array(m * n).fill(Number.NaN)
        const packed = kernel.packB(b)
        kernel(a, packed, c)
        kernel.dispose()
        const expected = referenceGemm({
          ...{ m, n, k },
          a: { data: a, rowStride: k, columnStride: 1 },
          b: { data: b, rowStride: transB ? 1 : ldb, columnStride: transB ? ldb : 1 },
        })
        for (let i = 0; i < m * n; i++) {
          const error = Math.abs(c[i]! - expected.value[i]!)
          assert.ok(error <= errorBound('f32', k, expected.magnitude[i]!), `element ${i} is off by ${error}`)
        }
      }),
      { numRuns: 150, includeErrorInReport: true },
    )
  })

  packedTests(`${target}: one layout serves kernels of other heights, rows given at the call too`, () => {
    const [n, k] = [200, 64]
    const tall = compileGemm({ m: 100, n, k }, { target, packedB: true })
    const packed = tall.packB(fill(k * n, 3))
    const flat = compileGemm({ m: 3, n, k }, { target, packedB: packed.layout })
    const any = compileGemm({ m: 'runtime', n, k }, { target, packedB: packed.layout })
    const a = fill(100 * k, 4)
    const [c, few, open] = [100, 3, 3].map((rows) => new Float32Array(rows * n)) as [
      Float32Array,
      Float32Array,
      Float32Array,
    ]
    tall(a, packed, c)
    flat(a, packed, few)
    any(a, packed, open, { m: 3 })
    assert.equal(few, c.slice(0, 3 * n))
    assert.equal(open, c.slice(0, 3 * n))
    for (const kernel of [tall, flat, any]) kernel.dispose()
  })
}

if (targets.length > 0) {
  const kernel = compileGemm({ m: 4, n: 32, k: 5 }, { packedB: true })
  const a = new Float32Array(20)
  const c = new Float32Array(128)

  packedTests('refuses a B that is not packed', () => {
    assert.throws(() => kernel(a, new Float32Array(160), c), /^b: expected a PackedB .* got Float32Array/)
  })
  packedTests('refuses another layout', () => {
    const other = compileGemm({ m: 4, n: 32, k: 6 }, { packedB: true })
    const packed = other.packB(new Float32Array(192))
    assert.throws(() => kernel(a, packed, c), /^b: expected f32 5×32 for .*, got f32 6×32 for/)
    other.dispose()
  })
  packedTests('packB refuses what is no B of the problem', () => {
    assert.throws(() => kernel.packB(new Float32Array(159)), /^b: expected at least 160 elements/)
  })
  packedTests('only kernels for packed B pack', () => {
    const plain = compileGemm({ m: 4, n: 32, k: 5 })
    assert.throws(() => plain.packB(new Float32Array(160)), /compile it with \{ packedB: true \}/)
    plain.dispose()
  })
  packedTests('refuses problems whose B cannot be packed beforehand', () => {
    assert.throws(() => compileGemm({ m: 4, n: 'runtime', k: 5 }, { packedB: true }), /needs n and k known/)
    assert.throws(
      () => compileGemm({ m: 4, n: 4, k: 5, order: 'column' }, { packedB: true }),
      /needs order 'row'/,
    )
    assert.throws(
      () => compileGemm({ m: 4, n: 4, k: 5, batch: { count: 2 } }, { packedB: true }),
      /needs no batch/,
    )
  })
  packedTests('a PackedB starts on a cache line and keeps what b held', () => {
    const b = fill(160, 5)
    const packed = kernel.packB(b)
    assert.instance(packed, PackedB)
    const before = packed.data.slice()
    b.fill(0)
    assert.equal(packed.data, before)
  })
}

packedTests.run()
