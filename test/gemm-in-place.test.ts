/** Narrow products whose tiles make units of B from B's own lines: every target that can, all edges, emulated and natively. */
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { newArray } from '../src/gemm/arrays.ts'
import { compileGemm } from '../src/gemm/kernel.ts'
import { GENERIC_CPU, ZEN_3 } from '../src/microkernel/cpu-model.ts'
import { generateGemm } from '../src/microkernel/generate.ts'
import { planGemm } from '../src/microkernel/plan.ts'
import type { GemmProblem } from '../src/microkernel/problem.ts'
import {
  featuresFor,
  TARGET_NAMES,
  TARGETS,
  type TargetName,
  targetNamed,
} from '../src/microkernel/targets/index.ts'
import { cpuFeatures } from '../src/runtime/features.ts'
import { PRODUCT_TYPES, type ProductType } from '../src/schedule/product-type.ts'
import { instructionsOf } from './decoded-loops.ts'
import { checkNarrow, type NarrowCase } from './narrow-products.ts'
import { NATIVE } from './native-support.ts'
import { skip } from './skips.ts'

const TYPES: readonly ProductType[] = ['bf16', 'f16', 'u8s8', 's8s8', 'u8u8', 'e4m3', 'e5m2']

const inPlace = suite('B of narrow types in place')

const given = (sizes: Pick<NarrowCase, 'm' | 'n' | 'k'>, seed: number): NarrowCase => ({
  ...{ ...sizes, order: 'row', transA: seed % 3 === 0, transB: false, pad: { a: 1, b: seed % 4, c: 2 } },
  ...{ alpha: 1, beta: seed % 2, batch: undefined, runtime: false, packedB: false, threads: 1, seed },
  block: seed % 2 === 0 ? undefined : { m: 5, n: 32, k: 8 },
})

/** What targets take over from others is tried there. */
const ownTypes = (target: TargetName): readonly ProductType[] => {
  const { products, tiles, vector } = targetNamed(target)
  const base = TARGETS[vector === 'zmm' ? 'avx512' : 'avx2']
  if (tiles !== undefined) return []
  const own = TYPES.filter((type) => products[type] !== base.products[type])
  return own.length === 0 ? TYPES : own
}

for (const target of TARGET_NAMES) {
  const { products } = targetNamed(target)
  if (ownTypes(target).length === 0) continue
  inPlace(`${target}: whole and partial vectors, units and tiles of rows`, () => {
    for (const type of ownTypes(target)) {
      const product = products[type]!
      const { features } = cpuFeatures()
      const isNative = NATIVE && featuresFor(target, type).every((feature) => features.has(feature))
      let seed = 1
      for (const packB of ['no', 'on the way'] as const) {
        if (packB === 'on the way' && product.kernel.elements !== undefined) continue
        for (const [m, n, k] of [
          [1, 64, 9],
          [7, 50, 7],
        ] as const) {
          const options = { target, packB, run: isNative ? 'native' : 'emulated' } as const
          checkNarrow(type, given({ m, n, k }, seed++), options)
        }
      }
    }
  })
}

inPlace(
  'rows of B far apart, read side by side and asked for ahead: what k leaves over, edges, factors',
  () => {
    for (const target of ['avx2', 'avx512'] as const) {
      const { products, features } = targetNamed(target)
      const isNative = NATIVE && features.every((feature) => cpuFeatures().features.has(feature))
      for (const type of TYPES.filter((name) => products[name]?.native === false)) {
        for (const [m, n, k] of [
          [1, 64, 48],
          [1, 83, 61],
          [3, 40, 17],
          [2, 16, 5],
        ] as const) {
          const one = { ...given({ m, n, k }, 2 * k), transA: false, block: { m: 5, n: 32, k: 8 } }
          const options = { target, packB: 'no', comb: true, readAhead: 64 * (k % 3) } as const
          for (const alpha of [1, -2])
            checkNarrow(type, { ...one, alpha }, { ...options, run: isNative ? 'native' : 'emulated' })
        }
      }
    }
  },
)

const isNative = NATIVE && featuresFor('avx2', 'u8s8').every((feature) => cpuFeatures().features.has(feature))

inPlace('bytes of B by nibbles of A: whole and partial groups of columns, odd k, factors', () => {
  for (const type of ['u8s8', 's8s8', 'u8u8'] as const) {
    for (const [n, k] of [
      [64, 16],
      [96, 29],
      [101, 45],
      [32, 7],
      [256, 83],
    ] as const) {
      for (const comb of [false, true]) {
        const one = { ...given({ m: 1, n, k }, k), transA: false, block: { m: 5, n: 32, k: 8 } }
        const options = { target: 'avx2', tile: { m: 1, n: 64 }, packB: 'no', nibbles: true, comb } as const
        const alpha = (n + k) % 2 === 0 ? 1 : -3
        checkNarrow(type, { ...one, alpha }, { ...options, run: isNative ? 'native' : 'emulated' })
      }
    }
  }
})

inPlace('nibbles do not saturate: the largest and smallest bytes, alike and in turn', () => {
  const extremes = { u8: [0, 15, 16, 127, 240, 255], s8: [-128, -127, -16, -1, 0, 15, 127] }
  const [n, k] = [32, 40]
  for (const type of ['u8s8', 's8s8', 'u8u8'] as const) {
    const facts = PRODUCT_TYPES[type]
    const kernel = compileGemm(
      { type, m: 1, n, k },
      {
        target: 'avx2',
        tile: { m: 1, n: 32 },
        packB: 'no',
        nibbles: true,
        comb: true,
        block: { k: 8 },
        run: isNative ? 'native' : 'emulated',
      },
    ) as unknown as (a: object, b: object, c: Int32Array) => void
    for (const x of extremes[facts.a as 'u8']) {
      for (const y of extremes[facts.b as 'u8']) {
        for (const other of [x, extremes[facts.a as 'u8'].at(-1)!]) {
          const a = newArray(facts.a, k)
          for (let i = 0; i < k; i++) a[i] = i % 2 === 0 ? x : other
          const b = newArray(facts.b, k * n).fill(y)
          const c = new Int32Array(n)
          kernel(a, b, c)
          const expected = (k / 2) * (x + other) * y
          assert.equal(
            [...c],
            Array(n).fill(expected === 0 ? 0 : expected),
            `${type}: ${x} and ${other} by ${y}`,
          )
        }
      }
    }
  }
})

inPlace('one row of a large B takes such rows on Zen 3, where C holds sums', () => {
  const cpu = { ...GENERIC_CPU, ...ZEN_3, l2: { ...GENERIC_CPU.l2, bytes: 1 << 19 } }
  const plan = (problem: Partial<GemmProblem>, model = cpu) =>
    planGemm({ type: 'bf16', m: 1, n: 4096, k: 4096, ...problem }, { target: 'avx2', cpu: model })
  const { comb, block, tile, readAhead } = plan({})
  assert.equal({ comb, k: block.k, tile }, { comb: true, k: 8, tile: { m: 1, n: 64 } })
  assert.ok(readAhead > 0)
  assert.equal(plan({ type: 'u8s8' }).tile, { m: 1, n: 64 })
  for (const other of [{ m: 2 }, { out: 'bf16' }, { transB: true }, { n: 64, k: 64 }] as const)
    assert.not(plan(other).comb, JSON.stringify(other))
  assert.not(plan({}, GENERIC_CPU).comb)
  assert.ok(plan({ type: 's8s8' }).nibbles)
  const panels = (m: number, k: number, model = cpu): number =>
    planGemm({ type: 'bf16', m, n: 1024, k }, { target: 'avx2', cpu: model, packB: 'beforehand' }).readAhead
  assert.ok(panels(8, 1024) > 0)
  for (const bytes of [panels(8, 64), panels(256, 1024), panels(8, 1024, GENERIC_CPU as typeof cpu)])
    assert.is(bytes, 0)
  assert.not(plan({}).nibbles, 'bf16 has none')
  assert.throws(
    () => planGemm({ type: 'u8s8', m: 2, n: 64, k: 64 }, { target: 'avx2', nibbles: true, packB: 'no' }),
    /nibbles needs a target that has them, one row/,
  )
  const asked = (problem: GemmProblem, block?: { k: number }) => () =>
    planGemm(problem, { target: 'avx2', comb: true, packB: 'no', ...(block === undefined ? {} : { block }) })
  assert.throws(asked({ type: 'bf16', m: 1, n: 64, k: 64 }), /comb needs k known and cut/)
  assert.throws(asked({ type: 'bf16', m: 2, n: 64, k: 64, transA: true }, { k: 8 }), /comb needs/)
})

inPlace('one row reads B once and packs nothing; a few rows leave one panel at a time', () => {
  for (const type of TYPES) {
    const row = planGemm({ type, m: 1, n: 4096, k: 4096 }, { target: 'avx2' })
    assert.is(row.packB, 'no')
    assert.ok((row.workspaceBytes as number) < 1024, `${row.workspaceBytes} bytes of workspace`)
    const rows = planGemm({ type, m: 40, n: 1024, k: 256 }, { target: 'avx2' })
    assert.is(rows.packB, 'on the way')
    assert.ok((rows.workspaceBytes as number) < 2 ** 18, `${rows.workspaceBytes} bytes of workspace`)
  }
})

inPlace('a tile of rows makes units without spilling, whatever its columns', () => {
  for (const target of TARGET_NAMES) {
    const { vectorBytes } = targetNamed(target)
    for (const type of ownTypes(target)) {
      for (const vectors of [1, 2, 3, 6]) {
        for (const odd of [0, 3]) {
          const n = (vectors * vectorBytes) / 4 - odd
          const { code } = generateGemm(planGemm({ type, m: 40, n, k: 64 }, { target, packB: 'no' }))
          assert.ok(instructionsOf(code).length > 0)
        }
      }
    }
  }
})

if (!NATIVE) skip('no native code here: emulated')
inPlace.run()
