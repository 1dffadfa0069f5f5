/** Shares a product out: slices of C, or runs of a batch, that different threads compute without touching each other's. */

/** `count` rows, columns or products from `start` on. */
export interface Run {
  readonly start: number
  readonly count: number
}

/** One thread's share: rows (m) and columns (n) of C as stored by rows, and products of the batch. */
export interface Slice {
  readonly m: Run
  readonly n: Run
  readonly batch: Run
}

export type Dimension = keyof Slice

/** A size in each dimension. */
export type Extent = Readonly<Record<Dimension, number>>

/** Cuts `size` into at most `parts` runs at multiples of `unit`; larger ones first. */
export function cut(size: number, parts: number, unit: number): readonly Run[] {
  const units = Math.ceil(size / unit)
  const count = Math.max(1, Math.min(parts, units))
  const least = Math.floor(units / count)
  const larger = units - least * count
  const runs: Run[] = []
  for (let index = 0, at = 0; index < count; index++) {
    const end = Math.min(size, at + (least + (index < larger ? 1 : 0)) * unit)
    runs.push({ start: at, count: end - at })
    at = end
  }
  return runs
}

/** Every combination of the runs, first the one with the first of each. */
function grid(m: readonly Run[], n: readonly Run[], batch: readonly Run[]): readonly Slice[] {
  return batch.flatMap((b) => m.flatMap((rows) => n.map((columns) => ({ m: rows, n: columns, batch: b }))))
}

export interface SliceQuestion {
  readonly extent: Extent
  /** Which dimensions may be cut. */
  readonly cuttable: Readonly<Record<Dimension, boolean>>
  readonly threads: number
  /** Where to cut m and n: at multiples of the register tile if that balances, at the finer ones otherwise. */
  readonly tile: { readonly m: number; readonly n: number }
  readonly vector: number
  /** Cycles that one thread takes for so much of it, with another thread computing the columns beside or not. */
  readonly cycles: (extent: Extent, hasNeighbour: boolean) => number
  /** Cycles that sharing out costs by itself. */
  readonly dispatchCycles: number
}

/** Numbers of parts worth a look: all threads, half of them, and so on down to one. */
function partCounts(threads: number): readonly number[] {
  const counts: number[] = []
  for (let parts = threads; parts > 1; parts = Math.ceil(parts / 2)) counts.unshift(parts)
  return [1, ...counts]
}

/** The ways to write `parts` as a product of cuts; those with more cuts of n first, since then each packs less of B. */
function factorings(parts: number, cuttable: SliceQuestion['cuttable']): readonly Extent[] {
  const divisors = (value: number): readonly number[] =>
    Array.from({ length: value }, (_, index) => value - index).filter((d) => value % d === 0)
  return divisors(parts)
    .flatMap((batch) => divisors(parts / batch).map((n) => ({ batch, n, m: parts / batch / n })))
    .filter((cuts) => (['m', 'n', 'batch'] as const).every((dim) => cuts[dim] === 1 || cuttable[dim]))
}

/**
 * The slices whose slowest is fastest. Of equal ones, those with the fewest parts; then those that cut the batch,
 * then n, then m; then those at multiples of tiles.
 */
export function chooseSlices({
  extent,
  cuttable,
  threads,
  tile,
  vector,
  cycles,
  dispatchCycles,
}: SliceQuestion): readonly Slice[] {
  const whole = grid(
    [{ start: 0, count: extent.m }],
    [{ start: 0, count: extent.n }],
    [{ start: 0, count: extent.batch }],
  )
  const known = new Map<string, number>()
  const cyclesOf = (slowest: Extent, hasNeighbour: boolean): number => {
    const key = `${slowest.m} ${slowest.n} ${slowest.batch} ${hasNeighbour}`
    const value = known.get(key) ?? cycles(slowest, hasNeighbour)
    known.set(key, value)
    return value
  }
  let best = whole
  let least = cyclesOf(extent, false)
  // What takes no longer than sharing it out needs no search.
  if (least <= dispatchCycles) return best
  for (const parts of partCounts(threads)) {
    for (const cuts of parts === 1 ? [] : factorings(parts, cuttable)) {
      for (const [mUnit, nUnit] of [
        [tile.m, tile.n],
        [1, tile.n],
        [tile.m, vector],
        [1, vector],
      ] as const) {
        const m = cut(extent.m, cuts.m, mUnit)
        const n = cut(extent.n, cuts.n, nUnit)
        const batch = cut(extent.batch, cuts.batch, 1)
        // Fewer than asked for: another number of parts says the same.
        if (m.length * n.length * batch.length < parts) continue
        const slowest = { m: m[0]!.count, n: n[0]!.count, batch: batch[0]!.count }
        const total = cyclesOf(slowest, n.length > 1) + dispatchCycles
        if (total < least) {
          least = total
          best = grid(m, n, batch)
        }
      }
    }
  }
  return best
}
