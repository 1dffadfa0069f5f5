/** The peak of a product's type on a target: that of the target's own multiply-adds, sampled on this CPU. */
import { sampleLoop } from '../measure/peak-loop.ts'
import type { Spread } from '../measure/spread.ts'
import { multiplyLoop } from '../microkernel/multiply-loop.ts'
import { type TargetName, targetNamed } from '../microkernel/targets/index.ts'
import type { ProductType } from '../schedule/product-type.ts'

/**
 * What a target's multiply-adds for a type reach on one core, in GFLOP/s (for integers 10⁹ operations a second), now: the
 * spread of a few samples, 1.3 ms in all. RangeError when this CPU lacks the target, or the target the type.
 */
export function sampleProductPeaks(target: TargetName, type: ProductType): Spread {
  return sampleLoop(`${target} ${type}`, () => multiplyLoop(targetNamed(target), type))
}

/** The median of sampleProductPeaks(). */
export function sampleProductPeak(target: TargetName, type: ProductType): number {
  return sampleProductPeaks(target, type).median
}
