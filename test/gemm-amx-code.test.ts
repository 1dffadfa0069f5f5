/** The code of kernels for tile registers: configuration outside of everything, loads and products as promised. */
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Operand } from '../src/encoder/operands.ts'
import { Reg } from '../src/encoder/registers.ts'
import { planParts } from '../src/gemm/parts.ts'
import { GENERIC_CPU } from '../src/microkernel/cpu-model.ts'
import { generateGemm } from '../src/microkernel/generate.ts'
import { type PlanOptions, planGemm, printPlan } from '../src/microkernel/plan.ts'
import { bestTarget, featuresFor } from '../src/microkernel/targets/index.ts'
import { PRODUCT_TYPES } from '../src/schedule/product-type.ts'
import { AMX_TARGETS, AMX_TYPES } from './amx-types.ts'
import { type Decoded, instructionsOf, loopsOf } from './decoded-loops.ts'

const amx = suite('gemm-amx-code')

const isProduct = ({ mnemonic }: Decoded): boolean => mnemonic.startsWith('tdp')
const tileOf = (operand: Operand | undefined): number => (operand instanceof Reg ? operand.id : -1)

amx(
  'the hot loop of 32×32 loads four tiles for four products, none of which waits for the load before it',
  () => {
    for (const type of AMX_TYPES) {
      const k = 1024 * PRODUCT_TYPES[type].group
      const { code } = generateGemm(
        planGemm({ type, m: 64, n: 64, k }, { target: AMX_TARGETS[type], packB: 'ahead' }),
      )
      const loop = loopsOf(instructionsOf(code)).find((body) => body.some(isProduct))!
      const tiles = loop.filter(({ mnemonic }) => mnemonic.startsWith('t'))
      const products = tiles.filter(isProduct)
      assert.is(products.length, 4)
      assert.is(tiles.filter(({ mnemonic }) => mnemonic === 'tileloadd').length, 4)
      // Beside them, pointers and the counter move.
      assert.is(tiles.length, 8)
      assert.ok(loop.length - tiles.length <= 4, loop.map(({ mnemonic }) => mnemonic).join(' '))
      // Once around: what was loaded since the last product is read by none before the next.
      const fresh = new Set<number>()
      for (const { mnemonic, operands } of [...tiles, ...tiles]) {
        if (mnemonic === 'tileloadd') fresh.add(tileOf(operands[0]))
        else {
          assert.not.ok(fresh.has(tileOf(operands[1])) || fresh.has(tileOf(operands[2])))
          fresh.clear()
        }
      }
      // No tile of C comes again before three others.
      assert.is(new Set(products.map(({ operands }) => tileOf(operands[0]))).size, 4)
    }
  },
)

const generate = (m: number, n: number, k: number, options: Partial<PlanOptions> = {}) =>
  generateGemm(planGemm({ type: 'bf16', m, n, k }, { target: 'amx_bf16', ...options }))

amx('a call configures tiles once for whole blocks and at most four times in all, never in a loop', () => {
  for (const [m, n, times] of [
    [64, 64, 1],
    [64, 72, 2],
    [65, 64, 2],
    [65, 72, 4],
    [8, 40, 2],
    [8, 96, 1],
  ] as const) {
    const tile = { m: Math.min(m, 32), n: Math.min(n, 32) }
    const instructions = instructionsOf(generate(m, n, 256, { tile }).code)
    const configures = ({ mnemonic }: Decoded): boolean => mnemonic === 'ldtilecfg'
    assert.is(instructions.filter(configures).length, times, `${m}×${n}`)
    for (const loop of loopsOf(instructions)) assert.not.ok(loop.some(configures))
    assert.is(instructions.filter(({ mnemonic }) => mnemonic === 'tilerelease').length, 1)
  }
})

amx('B is re-laid between the products of the steps before, in two slots', () => {
  const { code, plan } = generate(32, 32, 1024)
  assert.is(plan.tiles?.panels, 'slots')
  const loop = loopsOf(instructionsOf(code)).find((body) => body.some(isProduct))!
  const products = loop.filter(isProduct).length
  assert.is(products, 8)
  // Stores of packed rows lie behind every product, not before all or behind all of them.
  let since = 0
  const stores: number[] = []
  for (const { mnemonic } of loop) {
    if (mnemonic.startsWith('tdp')) {
      stores.push(since)
      since = 0
    } else if (mnemonic === 'vmovdqu32') since++
  }
  assert.equal(stores, [0, 8, 8, 8, 8, 8, 8, 8])
})

amx('few rows or columns get tiles side by side, and the plan says what a K-step takes', () => {
  const tilesOf = (m: number, n: number): string => {
    const { tiles } = planGemm({ type: 'bf16', m, n, k: 512 }, { target: 'amx_bf16' })
    return `${tiles?.rows}×${tiles?.columns}`
  }
  assert.is(tilesOf(256, 256), '2×2')
  assert.is(tilesOf(16, 480), '1×3')
  assert.is(tilesOf(480, 16), '3×1')
  assert.is(tilesOf(16, 32), '1×2')
  assert.is(tilesOf(8, 8), '1×1')
  assert.match(
    printPlan(planGemm({ type: 'bf16', m: 256, n: 256, k: 512 }, { target: 'amx_bf16' })),
    /2×2 tile registers of C, blocks of 32×32; 16 K-steps of 16 units: 4 products and 4 tile loads in 64 cycles/,
  )
})

amx('auto takes tile registers where the CPU has them and sizes are known', () => {
  const features = new Set([...featuresFor('amx_bf16', 'bf16'), ...featuresFor('avx512_bf16', 'bf16')])
  assert.is(bestTarget(features, 'bf16'), 'amx_bf16')
  assert.is(bestTarget(features, 'bf16', false), 'avx512_bf16')
  assert.is(bestTarget(features, 'f32'), 'avx512')
})

amx('parts of columns begin where panels made beforehand do', () => {
  const problem = { type: 'bf16', m: 16, n: 4096 + 16, k: 512 } as const
  const plan = planGemm(problem, { target: 'amx_bf16', packB: 'beforehand' })
  assert.is(plan.tile.n, 48)
  const parts = planParts(plan, 4, {}, GENERIC_CPU)
  assert.ok(parts.length > 1)
  for (const { slice, generated } of parts) {
    assert.is(slice!.n.start % plan.tile.n, 0)
    assert.is(generated.plan.tile.n, plan.tile.n)
  }
})

amx('large products: rows and k are cut so that what is read again stays in L2', () => {
  const { block } = planGemm({ type: 'bf16', m: 2048, n: 2048, k: 20_000 }, { target: 'amx_bf16' })
  assert.equal(block, { m: 128, n: null, k: 2048 })
})

amx('what tile registers cannot have is refused by name', () => {
  const plan = (options: Partial<PlanOptions>, more = {}) =>
    planGemm({ type: 'bf16', m: 64, n: 64, k: 64, ...more }, { target: 'amx_bf16', ...options })
  assert.throws(
    () => plan({}, { m: 'runtime' }),
    /needs m, n and k known when compiling.*given runtime×64×64/,
  )
  assert.throws(() => plan({ packB: 'no' }), /packB must not be 'no'/)
  assert.throws(
    () => plan({ packB: 'on the way' }, { transB: true }),
    /packB must be 'ahead' or 'beforehand'/,
  )
  assert.throws(() => plan({ tile: { m: 64, n: 64 } }), /tile 64×64 takes more than the eight tile registers/)
  assert.throws(() => plan({ tile: { m: 32, n: 20 } }), /multiple of 16 columns, given 20/)
  assert.throws(() => plan({ unroll: 4 }), /unroll must be 1/)
  assert.throws(() => plan({ block: { k: 40 } }), /block.k must be a multiple of 32/)
  assert.throws(() => plan({ block: { n: 32 } }), /block.n must be null/)
  assert.throws(() => plan({ pairs: true }), /pairs is not for tile registers/)
  assert.throws(
    () => planGemm({ type: 'f16', m: 8, n: 8, k: 8 }, { target: 'amx_bf16' }),
    /target 'amx_bf16' has no products of type f16; it has bf16/,
  )
})

amx.run()
