/** What repeated samples amount to. */

/** Least, median and greatest of some samples. */
export interface Spread {
  readonly min: number
  readonly median: number
  readonly max: number
}

/** RangeError when there are no samples. */
export function spreadOf(samples: readonly number[]): Spread {
  if (samples.length === 0) throw new RangeError('samples: expected at least one, got none')
  const sorted = [...samples].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  const median = sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
  return { min: sorted[0]!, median, max: sorted.at(-1)! }
}
