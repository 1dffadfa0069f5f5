/** Every target, best first. A new instruction set is one record here. */
import { type Machine, productOf } from '../../schedule/machine.ts'
import type { ProductType } from '../../schedule/product-type.ts'
import { avx2 } from './avx2.ts'
import { avx512 } from './avx512.ts'

/** Names of instruction sets. */
export type TargetName = 'avx512' | 'avx2'

// A record's vectors and masks are its own business: whoever takes a target from here takes any.
export const TARGETS: Readonly<Record<TargetName, Machine>> = {
  avx512: avx512 as unknown as Machine,
  avx2: avx2 as unknown as Machine,
}

/** Names in the order in which they are preferred, whatever the type. */
export const TARGET_NAMES: readonly TargetName[] = ['avx512', 'avx2']

/** The record of a target. RangeError lists the names there are. */
export function targetNamed(name: TargetName): Machine {
  if (!Object.hasOwn(TARGETS, name)) {
    throw new RangeError(`target must be one of ${TARGET_NAMES.join(', ')}, given ${String(name)}`)
  }
  return TARGETS[name]
}

/** CPUID features that a target's code for a type needs. RangeError when it has none for the type. */
export function featuresFor(name: TargetName, type: ProductType): readonly string[] {
  const machine = targetNamed(name)
  return [...machine.features, ...productOf(machine, type).features]
}

/** The best target for a type whose features are all there, or null. */
export function bestTarget(features: ReadonlySet<string>, type: ProductType = 'f32'): TargetName | null {
  return (
    TARGET_NAMES.find(
      (name) =>
        TARGETS[name].products[type] !== undefined &&
        featuresFor(name, type).every((feature) => features.has(feature)),
    ) ?? null
  )
}
