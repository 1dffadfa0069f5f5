/** The loops that peaks are measured with: every target's own multiply-adds, counted right, running and sampled. */
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { Emulator } from '../src/emulator/emulate.ts'
import { sampleProductPeaks } from '../src/gemm/peak.ts'
import { verifyGemm } from '../src/gemm/verify.ts'
import { samplePeaks } from '../src/measure/index.ts'
import { type MultiplyLoop, multiplyLoop } from '../src/microkernel/multiply-loop.ts'
import { amxBf16, amxFp8, amxFp16, amxInt8 } from '../src/microkernel/targets/amx.ts'
import { bestTarget, TARGET_NAMES, TARGETS } from '../src/microkernel/targets/index.ts'
import { cpuFeatures } from '../src/runtime/features.ts'
import type { Machine } from '../src/schedule/machine.ts'
import { PRODUCT_TYPES, type ProductType } from '../src/schedule/product-type.ts'
import { NATIVE } from './native-support.ts'
import { skip } from './skips.ts'

const peaks = suite('multiply loops')
const TYPES = Object.keys(PRODUCT_TYPES) as readonly ProductType[]

/** Multiplications of the loop by the table's own mnemonics: at least one, and nothing faults. */
function runs({ code, operations, mnemonics }: MultiplyLoop): void {
  assert.ok(operations > 0)
  assert.ok(mnemonics.length > 0)
  const emulator = new Emulator(code)
  const block = BigUint64Array.of(2n)
  emulator.memory.map('the block', new Uint8Array(block.buffer), 'r', 2 ** 20)
  assert.equal(emulator.call({ arguments: [2 ** 20] }).violations, [])
}

peaks('every target has one for every type that it computes', () => {
  for (const name of TARGET_NAMES) {
    for (const type of TYPES) {
      if (TARGETS[name].products[type] === undefined) continue
      runs(multiplyLoop(TARGETS[name], type))
    }
  }
})

peaks('an instruction counts its lanes times what it adds to each, twice', () => {
  const operationsOf = (machine: object, type: ProductType): readonly [number, string] => {
    const { operations, mnemonics } = multiplyLoop(machine as Machine, type)
    return [operations, mnemonics.join(' ')]
  }
  assert.equal(operationsOf(TARGETS.avx2, 'f32'), [24 * 8 * 2, 'vfmadd231ps'])
  assert.equal(operationsOf(TARGETS.avx2, 'f64'), [24 * 4 * 2, 'vfmadd231pd'])
  assert.equal(operationsOf(TARGETS.avx2, 'bf16'), [24 * 8 * 2, 'vfmadd231ps'])
  assert.equal(operationsOf(TARGETS.avx2, 's8s8'), [24 * 8 * 2 * 2, 'vpmaddwd'])
  assert.equal(operationsOf(TARGETS.avx2, 'u8s8'), [20 * 8 * 4 * 2, 'vpmaddubsw'])
  assert.equal(operationsOf(TARGETS.avx512, 's8s8'), [24 * 16 * 2 * 2, 'vpmaddwd'])
})

peaks('tiles count 16 × 16 sums of 16 units', () => {
  const tiles = [
    [amxBf16, 'bf16', 'tdpbf16ps', 2],
    [amxFp16, 'f16', 'tdpfp16ps', 2],
    [amxInt8, 'u8s8', 'tdpbusd', 4],
    [amxInt8, 's8s8', 'tdpbssd', 4],
    [amxInt8, 'u8u8', 'tdpbuud', 4],
    [amxFp8, 'e4m3', 'tdphf8ps', 4],
    [amxFp8, 'e5m2', 'tdpbf8ps', 4],
  ] as const
  for (const [machine, type, mnemonic, group] of tiles) {
    const loop = multiplyLoop(machine as unknown as Machine, type)
    assert.equal(loop.mnemonics, [mnemonic])
    assert.is(loop.operations, 8 * 16 * 16 * 16 * group * 2)
    runs(loop)
  }
})

peaks('a target without the type is refused by name', () => {
  const bare = { ...TARGETS.avx2, name: 'bare', products: {} }
  assert.throws(() => multiplyLoop(bare, 'u8s8'), /target 'bare' has no products of type u8s8/)
})

peaks('what is converted to f32 has the peak of f32, as samplePeaks has it', () => {
  if (!NATIVE) return skip('no native code here')
  const target = bestTarget(cpuFeatures().features, 'f32')
  if (target === null) return skip('this CPU runs no target')
  const { mnemonics } = multiplyLoop(TARGETS[target], 'e4m3')
  if (mnemonics[0] !== 'vfmadd231ps') return skip(`${target} multiplies e4m3 as it is`)
  const { vector } = TARGETS[target]
  const fits = (): boolean => {
    const ratio = sampleProductPeaks(target, 'e4m3').max / samplePeaks(vector, 'f32').max
    return Math.abs(ratio - 1) < 0.1
  }
  assert.ok(Array.from({ length: 12 }, fits).includes(true))
})

peaks('verifyGemm: every type, and all that its C may hold, in the emulator', () => {
  for (const type of TYPES) {
    for (const out of PRODUCT_TYPES[type].outputs) {
      const problem = { m: 5, n: 9, k: 11, type, out }
      const { ok, checked, maxError } = verifyGemm(problem, 'auto', 1, true, () => {}, 'emulated')
      assert.equal({ type, out, ok, checked }, { type, out, ok: true, checked: 45 })
      if (PRODUCT_TYPES[type].sum === 's32') assert.is(maxError, 0)
    }
  }
})

peaks.run()
