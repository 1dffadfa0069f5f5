/** Counts what a machine cannot run (a missing CPU feature or tool), so that a skip is never silent. */
const reasons = new Map<string, number>()

/** Notes that a test, or one part of it, did not run here and why. */
export function skip(reason: string): void {
  reasons.set(reason, (reasons.get(reason) ?? 0) + 1)
}

export function skippedCount(): number {
  return [...reasons.values()].reduce((sum, count) => sum + count, 0)
}

export function skipReasons(): readonly (readonly [string, number])[] {
  return [...reasons.entries()].sort(([a], [b]) => (a < b ? -1 : 1))
}
