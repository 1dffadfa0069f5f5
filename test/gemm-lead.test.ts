/** A narrower first tile: as many vectors as its columns need, where a mask finds a register. */
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { compileGemm } from '../src/gemm/kernel.ts'
import { fillRandom } from '../src/gemm/verify.ts'
import { GENERIC_CPU } from '../src/microkernel/cpu-model.ts'
import { planGemm } from '../src/microkernel/plan.ts'
import { errorBound, referenceGemm } from '../src/microkernel/reference.ts'
import { PREFERENCES, targetNamed } from '../src/microkernel/targets/index.ts'
import { cpuFeatures } from '../src/runtime/features.ts'

const lead = suite('lead columns')

/** Products of this kind are streamed, and so planned with a lead, as 8×1024×1024 is for real caches. */
const cpu = { ...GENERIC_CPU, l2: { ...GENERIC_CPU.l2, bytes: 4 << 10 } }

for (const target of PREFERENCES.f32) {
  for (const type of ['f32', 'f64'] as const) {
    for (const m of [1, 3, 8, 13]) {
      lead(`${target} ${type}, ${m} rows: every element is right`, () => {
        const { features } = cpuFeatures()
        const isHere = targetNamed(target).features.every((feature) => features.has(feature))
        const run = isHere ? 'native' : 'emulated'
        const [n, k] = [416, 32]
        const [a, b, c] = [m * k, k * n, m * n].map((length) =>
          type === 'f64' ? new Float64Array(length) : new Float32Array(length),
        ) as [Float32Array, Float32Array, Float32Array]
        fillRandom(a, 1)
        fillRandom(b, 2)
        const expected = referenceGemm({
          ...{ m, n, k },
          a: { data: a, rowStride: k, columnStride: 1 },
          b: { data: b, rowStride: n, columnStride: 1 },
        })
        for (const options of [{}, { tile: { m: 2, n: target === 'avx2' ? 16 : 32 }, leadColumns: 12 }]) {
          c.fill(Number.NaN)
          compileGemm({ type, m, n, k }, { target, cpu, run, ...options })(a, b, c)
          const wrong = c.findIndex(
            (value, at) =>
              !(Math.abs(value - expected.value[at]!) <= errorBound(type, k, expected.magnitude[at]!)),
          )
          assert.is(wrong, -1)
        }
      })
    }
  }
}

/** So many bytes behind wherever its buffer begins. */
function placed(type: 'f32' | 'f64', length: number, bytes: number): Float32Array {
  const buffer = new ArrayBuffer(length * (type === 'f64' ? 8 : 4) + bytes)
  return (
    type === 'f64' ? new Float64Array(buffer, bytes, length) : new Float32Array(buffer, bytes, length)
  ) as Float32Array
}

for (const type of ['f32', 'f64'] as const) {
  for (const comb of [false, true]) {
    lead(
      `${type}, ${comb ? 'by a comb, ' : ''}a lead where B begins so: every element is right at every place`,
      () => {
        const [m, n, k] = [7, 416, 37]
        const [a, b, c] = [placed(type, m * k, 0), placed(type, k * n, 0), placed(type, m * n, 0)]
        fillRandom(a, 1)
        fillRandom(b, 2)
        const expected = referenceGemm({
          ...{ m, n, k },
          a: { data: a, rowStride: k, columnStride: 1 },
          b: { data: b, rowStride: n, columnStride: 1 },
        })
        const isHere = targetNamed('avx2').features.every((feature) => cpuFeatures().features.has(feature))
        const kernel = compileGemm(
          { type, m, n, k },
          {
            ...{
              target: 'avx2',
              run: isHere ? 'native' : 'emulated',
              comb,
              leadsToLines: true,
              block: { k: 8 },
            },
            ...{ tile: { m: 3, n: type === 'f32' ? 32 : 16 }, leadColumns: type === 'f32' ? 12 : 6 },
          },
        )
        for (const bytes of [0, 16, 32, 48]) {
          const there = placed(type, k * n, bytes)
          there.set(b)
          c.fill(Number.NaN)
          kernel(a, there, c)
          const wrong = c.findIndex(
            (value, at) =>
              !(Math.abs(value - expected.value[at]!) <= errorBound(type, k, expected.magnitude[at]!)),
          )
          assert.is(wrong, -1, `${bytes} bytes behind`)
        }
      },
    )
  }
}

lead('a lead that cannot be kept is refused, and not chosen', () => {
  const problem = { m: 8, n: 1024, k: 1024 }
  assert.is(planGemm(problem, { target: 'avx512' }).leadColumns, 12)
  assert.is(planGemm(problem, { target: 'avx512', packB: 'ahead' }).leadColumns, 0)
  const refused = (options: object, reason: RegExp) =>
    assert.throws(() => planGemm(problem, { target: 'avx512', leadColumns: 12, ...options }), reason)
  refused({ packB: 'ahead' }, /leadColumns needs a B that is neither transposed nor packed ahead/)
  refused({ block: { n: 96 } }, /n in one block, given 12/)
  refused(
    { packB: 'on the way', block: { m: 4, n: null } },
    /m in one block where B is packed on the way, given 12/,
  )
  refused({ leadColumns: 2.5 }, /leadColumns needs a whole number of columns, given 2.5/)
  refused({ tile: { m: 4, n: 16 }, leadColumns: 17 }, /leadColumns needs fewer than 17 columns, given 17/)
  refused(
    { target: 'avx2', tile: { m: 4, n: 24 }, leadColumns: 20 },
    /leadColumns needs a tile of at most 3 rows, beside a mask, given 20/,
  )
})

lead.run()
