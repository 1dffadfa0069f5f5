/** B packed beforehand: right results for any shape, layouts that are shared or refused, errors by name. */
import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { compileGemm } from '../src/gemm/kernel.ts'
import { PackedB } from '../src/gemm/packed.ts'
import { GENERIC_CPU, ZEN_3 } from '../src/microkernel/cpu-model.ts'
import { planGemm } from '../src/microkernel/plan.ts'
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

  packedTests(`${target}: rows as they are, for one row of a narrow type, on one thread and two`, () => {
    const [n, k] = [1000, 1100]
    for (const type of ['u8s8', 'bf16'] as const) {
      const zen3 = { ...GENERIC_CPU, ...ZEN_3, l2: { ...GENERIC_CPU.l2, bytes: 1 << 19 }, dispatchCycles: 0 }
      const Elements = { u8s8: Int8Array, bf16: Uint16Array }[type]
      const pad = 3
      const b = new Elements(k * (n + pad))
      for (let i = 0; i < b.length; i++) b[i] = type === 'bf16' ? 0x3f80 + (i % 5) * 16 : (i * 7) % 256
      const a = new (type === 'bf16' ? Uint16Array : Uint8Array)(k)
      for (let i = 0; i < k; i++) a[i] = type === 'bf16' ? 0x3f80 + (i % 3) * 32 : (i * 11) % 256
      const results = [{ packedB: false }, { packedB: true }, { packedB: true, threads: 2 }].map(
        ({ packedB, threads = 1 }) => {
          const kernel = compileGemm(
            { type, m: 1, n, k, ldb: n + pad },
            { target, packedB, threads, ...(target === 'avx2' ? { cpu: zen3 } : {}) },
          ) as unknown as { packB(b: object): PackedB; dispose(): void } & ((...matrices: object[]) => void)
          const c = type === 'bf16' ? new Float32Array(n) : new Int32Array(n)
          const operand = packedB ? kernel.packB(b) : b
          if (packedB && target === 'avx2') {
            const { as, width } = (operand as PackedB).layout
            assert.equal({ as, width }, { as: 'rows', width: n })
            assert.is(
              (operand as PackedB).data.byteLength,
              Math.ceil((n * k * Elements.BYTES_PER_ELEMENT) / 4) * 4,
            )
            const other = compileGemm({ type, m: 3, n, k }, { target, packedB: (operand as PackedB).layout })
            other.dispose()
          }
          kernel(a, operand, c)
          kernel.dispose()
          return [...c]
        },
      )
      for (const [index, value] of results[0]!.entries()) {
        for (const other of results.slice(1))
          assert.ok(Math.abs(other[index]! - value) <= Math.abs(value) * 1e-4, `${type}: column ${index}`)
      }
    }
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

packedTests('blocks of n and k are refused: panels hold all of both', () => {
  for (const type of ['f32', 'u8s8', 'bf16'] as const) {
    for (const dim of ['n', 'k'] as const) {
      assert.throws(
        () =>
          planGemm(
            { type, m: 20, n: 64, k: 64 },
            { target: 'avx2', packB: 'beforehand', block: { [dim]: 32 } },
          ),
        new RegExp(`^block\\.${dim} must be null where panels of B are made beforehand, given 32$`),
      )
    }
    const cut = planGemm(
      { type, m: 20, n: 64, k: 64 },
      { target: 'avx2', packB: 'beforehand', block: { m: 8 } },
    )
    assert.is(cut.block.m, 8)
  }
})

packedTests.run()
