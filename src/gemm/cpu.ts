/** This machine as the planner sees it: the CPU's own caches in the place of generic ones. */
import { type CpuModel, GENERIC_CPU } from '../microkernel/cpu-model.ts'
import { bestTarget, type TargetName, targetNamed } from '../microkernel/targets/index.ts'
import { cpuFeatures } from '../runtime/features.ts'

let detected: CpuModel | null = null

/** The model of this CPU, found once. */
export function cpuModel(): CpuModel {
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

/** The target asked for, or with 'auto' the best that this CPU runs. RangeError names what is missing. */
export function resolveTarget(asked: TargetName | 'auto'): TargetName {
  const { features, brand } = cpuFeatures()
  if (asked === 'auto') {
    const best = bestTarget(features)
    if (best === null)
      throw new RangeError(`target: this CPU (${brand}) has neither AVX2 with FMA nor AVX-512`)
    return best
  }
  const missing = targetNamed(asked).features.filter((feature) => !features.has(feature))
  if (missing.length > 0) {
    throw new RangeError(`target: '${asked}' needs ${missing.join(', ')}, which this CPU (${brand}) lacks`)
  }
  return asked
}
