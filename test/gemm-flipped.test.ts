/** Products of one 8-bit type by instructions that multiply u8 by s8: the hot loop of u8·s8, and sums that wrap. */
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { compileGemm } from '../src/gemm/kernel.ts'
import { generateGemm } from '../src/microkernel/generate.ts'
import { planGemm } from '../src/microkernel/plan.ts'
import { instructionsOf, loopsOf } from './decoded-loops.ts'

const flipped = suite('products of 8-bit integers of one kind')

const TARGETS = ['avx512_vnni', 'avx_vnni'] as const

flipped('the hot loop of s8·s8 and u8·u8 is that of u8·s8, instruction by instruction', () => {
  for (const target of TARGETS) {
    for (const [m, n, k] of [
      [256, 256, 256],
      [64, 96, 1000],
    ] as const) {
      const [expected, ...others] = (['u8s8', 's8s8', 'u8u8'] as const).map((type) => {
        const { code } = generateGemm(planGemm({ type, m, n, k }, { target, packB: 'beforehand' }))
        const isProduct = ({ mnemonic }: { readonly mnemonic: string }): boolean =>
          mnemonic.endsWith('vpdpbusd')
        const loop = loopsOf(instructionsOf(code)).find((body) => body.some(isProduct))!
        return loop.map(({ mnemonic }) => mnemonic)
      })
      for (const mnemonics of others) assert.equal(mnemonics, expected)
      const products = expected!.filter((mnemonic) => mnemonic.endsWith('vpdpbusd')).length
      assert.ok(products > expected!.length / 2, expected!.join(' '))
    }
  }
})

flipped('k of 65,536 of the largest: sums wrap as those of 32 bits do', () => {
  const k = 65_536
  for (const [target, type, Elements, a, b] of [
    ['avx512_vnni', 'u8u8', Uint8Array, 255, 255],
    ['avx512_vnni', 's8s8', Int8Array, -128, 127],
    ['avx_vnni', 's8s8', Int8Array, -128, -128],
  ] as const) {
    const kernel = compileGemm({ type, m: 1, n: 1, k }, { target, run: 'emulated' })
    const c = new Int32Array(1)
    ;(kernel as (a: unknown, b: unknown, c: unknown) => void)(
      new Elements(k).fill(a),
      new Elements(k).fill(b),
      c,
    )
    assert.is(c[0], Math.imul(a * b, k), `${type} on ${target}: ${a}·${b}`)
    kernel.dispose()
  }
})

flipped.run()
