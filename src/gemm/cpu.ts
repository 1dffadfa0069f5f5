/** This machine as the planner sees it: the CPU's own caches in the place of generic ones. */
import { type CpuModel, GENERIC_CPU } from '../microkernel/cpu-model.ts'
import { bestTarget, TARGET_NAMES, type TargetName, targetNamed } from '../microkernel/targets/index.ts'
import { cpuFeatures } from '../runtime/features.ts'
import { runsNative } from '../runtime/hosts/select.ts'

let detected: CpuModel | null = null

/** The model of this CPU, found once; a generic one where no native code runs. */
export function cpuModel(): CpuModel {
  if (!runsNative()) return GENERIC_CPU
  if (detected === null) {
    const { brand, caches } = cpuFeatures()
    const level = (wanted: number, generic: CpuModel['l1']): CpuModel['l1'] => {
      const cache = caches.find((c) => c.level === wanted && c.kind !== 'instruction')
      return cache === undefined
        ? generic
        : { bytes: cache.bytes, ways: cache.ways, lineBytes: cache.lineBytes }
    }
    detected = {
      ...GENERIC_CPU,
      name: brand,
      l1: level(1, GENERIC_CPU.l1),
      l2: level(2, GENERIC_CPU.l2),
      l3: level(3, GENERIC_CPU.l3),
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
function emulatedTarget(asked: TargetName | 'auto'): TargetName {
  if (asked !== 'auto') return targetNamed(asked) && asked
  return (runsNative() ? bestTarget(cpuFeatures().features) : null) ?? TARGET_NAMES[0]!
}

const OFFER = "{ run: 'emulated' } (--run emulated) runs it on any CPU, slowly"

/** The target asked for, or with 'auto' the best that this CPU runs. RangeError names what is missing. */
export function resolveTarget(asked: TargetName | 'auto', run: Run = 'native'): TargetName {
  if (run === 'emulated') return emulatedTarget(asked)
  const { features, brand } = cpuFeatures()
  if (asked === 'auto') {
    const best = bestTarget(features)
    if (best === null)
      throw new RangeError(
        `target: this CPU (${brand}) has neither AVX2 with FMA nor AVX-512; name a target, and ${OFFER}`,
      )
    return best
  }
  const missing = targetNamed(asked).features.filter((feature) => !features.has(feature))
  if (missing.length > 0) {
    throw new RangeError(
      `target: '${asked}' needs ${missing.join(', ')}, which this CPU (${brand}) lacks; ${OFFER}`,
    )
  }
  return asked
}
