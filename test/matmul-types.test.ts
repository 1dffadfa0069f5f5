/** matmul on arrays of every type: what it infers, what it refuses, and its results' types. */
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { randomArray, valuesOf } from '../src/gemm/elements.ts'
import { matmul } from '../src/gemm/matmul.ts'
import { outputBound, referenceGemm } from '../src/microkernel/reference.ts'
import { bestTarget } from '../src/microkernel/targets/index.ts'
import { cpuFeatures } from '../src/runtime/features.ts'
import { PRODUCT_TYPES, type ProductType } from '../src/schedule/product-type.ts'
import { NATIVE } from './native-support.ts'
import { skip } from './skips.ts'

const types = suite('matmul of every type')
const sizes = { m: 5, n: 7, k: 6 } as const
const runs = (type: ProductType): boolean => NATIVE && bestTarget(cpuFeatures().features, type) !== null

for (const type of Object.keys(PRODUCT_TYPES) as ProductType[]) {
  types(`${type}: the product of named types`, () => {
    if (!runs(type)) return skip(`this CPU has no products of ${type}`)
    const { m, n, k } = sizes
    const facts = PRODUCT_TYPES[type]
    const a = randomArray(facts.a, m * k, 3)
    const b = randomArray(facts.b, k * n, 4)
    const multiply = matmul as (a: unknown, b: unknown, sizes: object) => ArrayLike<number>
    const c = multiply(a, b, { ...sizes, type })
    const expected = referenceGemm({
      ...sizes,
      a: { data: valuesOf(facts.a, a), rowStride: k, columnStride: 1 },
      b: { data: valuesOf(facts.b, b), rowStride: n, columnStride: 1 },
    })
    for (let at = 0; at < m * n; at++) {
      const bound = outputBound({ type, out: facts.sum }, k, expected.value[at]!, expected.magnitude[at]!)
      assert.ok(Math.abs(c[at]! - expected.value[at]!) <= bound, `${c[at]} for ${expected.value[at]}`)
    }
  })
}

types('arrays of numbers tell their type, in types too', () => {
  if (!runs('u8s8')) return skip('this CPU has no integer products')
  const u8 = Uint8Array.of(1, 255)
  const s8 = Int8Array.of(-128, 2)
  const one = { m: 1, n: 1, k: 2 }
  const mixed: Int32Array = matmul(u8, s8, one)
  const signed: Int32Array = matmul(s8, s8, one)
  const unsigned: Int32Array = matmul(u8, u8, one)
  const single: Float32Array = matmul(Float32Array.of(1, 2), Float32Array.of(3, 4), one)
  const double: Float64Array = matmul(Float64Array.of(1, 2), Float64Array.of(3, 4), one)
  assert.equal([mixed[0], signed[0], unsigned[0], single[0], double[0]], [382, 16388, 65026, 11, 11])
  const codes: Float32Array = matmul(Uint16Array.of(0x3f80, 0x4000), Uint16Array.of(0x4040, 0x4080), {
    ...one,
    type: 'bf16',
  })
  assert.equal([...codes], [11])
})

types('what arrays do not tell, and pairs that no product has, are refused with what there is', () => {
  const one = { m: 1, n: 1, k: 1 }
  const bits = new Uint16Array(1)
  // @ts-expect-error: bf16 or f16?
  assert.throws(() => matmul(bits, bits, one), /sizes\.type: a Uint16Array does not tell .* 'bf16' or 'f16'/)
  assert.throws(
    // @ts-expect-error: no product of s8 and u8
    () => matmul(new Int8Array(1), new Uint8Array(1), one),
    /b: no product is of Int8Array · Uint8Array; there are .*Uint8Array · Int8Array \(u8s8\)/,
  )
  // @ts-expect-error: a list is no array of a type
  assert.throws(() => matmul([1], [1], one), /a: expected a Float64Array, .* got Array/)
  assert.throws(
    // @ts-expect-error: bf16 lies in a Uint16Array
    () => matmul(new Float32Array(1), bits, { ...one, type: 'bf16' }),
    /a: expected a Uint16Array/,
  )
})

types.run()
