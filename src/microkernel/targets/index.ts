/** Every target, best first. A new instruction set is one record here. */
import { avx2 } from './avx2.ts'
import { avx512 } from './avx512.ts'

export const TARGETS: { readonly avx512: typeof avx512; readonly avx2: typeof avx2 } = {
  avx512: avx512,
  avx2: avx2,
}

export type TargetName = keyof typeof TARGETS

/** Names in the order in which they are preferred. */
export const TARGET_NAMES: readonly TargetName[] = ['avx512', 'avx2']

/** The record of a target. RangeError lists the names there are. */
export function targetNamed(name: TargetName): (typeof TARGETS)[TargetName] {
  if (!Object.hasOwn(TARGETS, name)) {
    throw new RangeError(`target must be one of ${TARGET_NAMES.join(', ')}, given ${String(name)}`)
  }
  return TARGETS[name]
}

/** The best target whose features are all there, or null. */
export function bestTarget(features: ReadonlySet<string>): TargetName | null {
  return TARGET_NAMES.find((name) => TARGETS[name].features.every((feature) => features.has(feature))) ?? null
}
