/** Requantised products: random problems natively and, for every target, emulated; saturation, zero points and bad input by name. */
import * as fc from 'fast-check'
import { suite } from 'uvu'
import { featuresFor, TARGET_NAMES, targetNamed } from '../src/microkernel/targets/index.ts'
import { cpuFeatures } from '../src/runtime/features.ts'
import { NATIVE } from './native-support.ts'
import { checkRequantised, requantisedCases } from './requantised-products.ts'
import { skip } from './skips.ts'

const TYPES = ['u8s8', 's8s8', 'u8u8'] as const
const NATIVE_RUNS = Number(process.env.TILEWRIGHT_RUNS ?? 40)
const EMULATED_RUNS = Number(process.env.TILEWRIGHT_EMULATED_RUNS ?? 18)

process.env.TILEWRIGHT_CPUS ??= '4'

const requantised = suite('requantised products')

for (const target of TARGET_NAMES) {
  const types = TYPES.filter((type) => targetNamed(target).products[type] !== undefined)
  requantised(`${target}: ${NATIVE_RUNS} problems of each type on this CPU`, () => {
    if (!NATIVE) return skip('no native code here')
    const { features } = cpuFeatures()
    for (const type of types) {
      if (!featuresFor(target, type).every((feature) => features.has(feature))) {
        skip(`this CPU has no ${target}`)
        continue
      }
      fc.assert(
        fc.property(requantisedCases(90), (given) => checkRequantised(type, given, { target })),
        { numRuns: NATIVE_RUNS, includeErrorInReport: true },
      )
    }
  })

  requantised(`${target}: ${EMULATED_RUNS} problems emulated, no byte outside the operands touched`, () => {
    for (const type of types) {
      fc.assert(
        fc.property(requantisedCases(40), (given) =>
          checkRequantised(type, given, { target, run: 'emulated' }),
        ),
        { numRuns: Math.ceil(EMULATED_RUNS / types.length), includeErrorInReport: true },
      )
    }
  })
}

requantised.run()
