/** Products of bf16, f16, 8-bit floats and integers: random problems natively and, for every target, emulated. */
import * as fc from 'fast-check'
import { suite } from 'uvu'
import { featuresFor, TARGET_NAMES, TARGETS, targetNamed } from '../src/microkernel/targets/index.ts'
import { cpuFeatures } from '../src/runtime/features.ts'
import type { ProductType } from '../src/schedule/product-type.ts'
import { checkNarrow, type NarrowCase, narrowCases } from './narrow-products.ts'
import { NATIVE } from './native-support.ts'
import { skip } from './skips.ts'

const TYPES: readonly ProductType[] = ['bf16', 'f16', 'u8s8', 's8s8', 'u8u8', 'e4m3', 'e5m2']
const NATIVE_RUNS = Number(process.env.TILEWRIGHT_RUNS ?? 40)
/** Problems for each target, shared out to its types; or, asked for, as many for each type of each target. */
const SHARED_RUNS = 42
const ASKED_RUNS = process.env.TILEWRIGHT_EMULATED_RUNS

process.env.TILEWRIGHT_CPUS ??= '4'

const narrow = suite('products of narrow types')

for (const target of TARGET_NAMES) {
  const { products, tiles, vector } = targetNamed(target)
  const base = TARGETS[vector === 'zmm' ? 'avx512' : 'avx2']
  // What a target takes over from another is tried there.
  const own = TYPES.filter((type) => products[type] !== undefined && products[type] !== base.products[type])
  const types = own.length === 0 ? TYPES : own
  // Tiles are configured for sizes known when compiling, and blocks end where they end.
  const fitting = (given: NarrowCase): NarrowCase =>
    tiles === undefined ? given : { ...given, runtime: false, block: undefined }
  narrow(`${target}: ${NATIVE_RUNS} problems of each type on this CPU`, () => {
    if (!NATIVE) return skip('no native code here')
    const { features } = cpuFeatures()
    for (const type of types) {
      if (!featuresFor(target, type).every((feature) => features.has(feature))) {
        skip(`this CPU has no ${target}`)
        continue
      }
      fc.assert(
        fc.property(narrowCases(130), (given) => checkNarrow(type, fitting(given), { target })),
        { numRuns: NATIVE_RUNS, includeErrorInReport: true },
      )
    }
  })

  const runs = ASKED_RUNS === undefined ? Math.ceil(SHARED_RUNS / types.length) : Number(ASKED_RUNS)
  narrow(`${target}: ${runs} problems of each type emulated, no byte outside the operands touched`, () => {
    for (const type of types) {
      fc.assert(
        fc.property(narrowCases(48), (given) =>
          checkNarrow(type, fitting(given), { target, run: 'emulated' }),
        ),
        { numRuns: runs, includeErrorInReport: true },
      )
    }
  })
}

for (const [type, target] of [
  ['bf16', 'avx512_bf16'],
  ['u8s8', 'avx512_vnni'],
] as const) {
  narrow(`${type} on ${target}: panels as wide as blocks of vectors that are interleaved at once`, () => {
    for (const n of [32, 48, 64, 65, 100]) {
      const sizes = { m: 2, n, k: 7, order: 'row', transA: false, transB: false, alpha: 1, beta: 0 } as const
      const plain = { pad: { a: 1, b: 3, c: 2 }, batch: undefined, block: undefined, threads: 1 }
      const given = { ...sizes, ...plain, runtime: false, packedB: n === 64, seed: n }
      checkNarrow(type, given, { target, run: 'emulated' })
      checkNarrow(type, { ...given, m: n, n: 3, transA: true }, { target, run: 'emulated' })
    }
  })
}

narrow.run()
