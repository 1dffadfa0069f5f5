/** This machine as the planner sees it: the CPU's own caches in the place of generic ones. */
import { type CpuModel, GENERIC_CPU, ZEN_3 } from '../microkernel/cpu-model.ts'
import {
  bestTarget,
  featuresFor,
  TARGET_NAMES,
  type TargetName,
  targetNamed,
} from '../microkernel/targets/index.ts'
import { cpuFeatures } from '../runtime/features.ts'
import { runsNative } from '../runtime/hosts/select.ts'
import type { Machine } from '../schedule/machine.ts'
import type { ProductType } from '../schedule/product-type.ts'

let detected: CpuModel | null = null

/** The model of this CPU, found once; a generic one where no native code runs. */
export function cpuModel(): CpuModel {
  if (!runsNative()) return GENERIC_CPU
  if (detected === null) {
    const { vendor, family, features, brand, caches, tlbEntries } = cpuFeatures()
    const isZen3 = vendor === 'AuthenticAMD' && family === 25 && !features.has('AVX512F')
    const level = (wanted: number, generic: CpuModel['l1']): CpuModel['l1'] => {
      const cache = caches.find((c) => c.level === wanted && c.kind !== 'instruction')
      return cache === undefined
        ? generic
        : { bytes: cache.bytes, ways: cache.ways, lineBytes: cache.lineBytes }
    }
    detected = {
      ...GENERIC_CPU,
      ...(isZen3 ? ZEN_3 : {}),
      name: brand,
      l1: level(1, GENERIC_CPU.l1),
      l2: level(2, GENERIC_CPU.l2),
      l3: level(3, GENERIC_CPU.l3),
      tlbEntries: tlbEntries ?? GENERIC_CPU.tlbEntries,
    }
  }
  return detected
}

/** Where a kernel runs: on this CPU, or in the emulator, which knows every target. */
export type Run = 'native' | 'emulated'
export const RUNS = ['native', 'emulated'] as const

/** Run's default and check. TypeError for anything else. */
export function checkedRun(run: unknown = 'native'): Run {
  if (run === 'native' || run === 'emulated') return run
  throw new TypeError(`run: expected ${RUNS.map((name) => `'${name}'`).join(' or ')}, got ${String(run)}`)
}

/** The target of an emulated kernel: any; with 'auto' the best that this CPU runs too, or else the first. */
function emulatedTarget(asked: TargetName | 'auto', type: ProductType, sizesKnown: boolean): TargetName {
  if (asked !== 'auto') {
    featuresFor(asked, type)
    return asked
  }
  const best = runsNative() ? bestTarget(cpuFeatures().features, type, sizesKnown) : null
  const fits = ({ products, tiles }: Machine): boolean =>
    products[type] !== undefined && (sizesKnown || tiles === undefined)
  return best ?? TARGET_NAMES.find((name) => fits(targetNamed(name)))!
}

const OFFER = "{ run: 'emulated' } (--run emulated) runs it on any CPU, slowly"

/** The target asked for, or with 'auto' the best that this CPU runs for a type. RangeError names what is missing. */
export function resolveTarget(
  asked: TargetName | 'auto',
  run: Run = 'native',
  type: ProductType = 'f32',
  sizesKnown = true,
): TargetName {
  if (run === 'emulated') return emulatedTarget(asked, type, sizesKnown)
  const { features, brand } = cpuFeatures()
  if (asked === 'auto') {
    const best = bestTarget(features, type, sizesKnown)
    if (best === null)
      throw new RangeError(
        `target: this CPU (${brand}) runs no target for ${type} (the least needs AVX2 and FMA); name a target, and ${OFFER}`,
      )
    return best
  }
  const missing = featuresFor(asked, type).filter((feature) => !features.has(feature))
  if (missing.length > 0) {
    throw new RangeError(
      `target: '${asked}' needs ${missing.join(', ')}, which this CPU (${brand}) lacks; ${OFFER}`,
    )
  }
  return asked
}
