/** Decides whether few rows read a B in place in many runs of rows at once, each from end to end (lower/comb-loop.ts). */
import { type Blocking, isFar } from './blocking.ts'
import type { CpuModel } from './cpu-model.ts'
import type { RowMajorView } from './problem.ts'

/** What stands against a comb; null when nothing does. */
function refusal({ m, k, transLeft }: RowMajorView, { packB, k: steps }: Blocking): string | null {
  return packB !== 'no' || steps === null || m === 'runtime' || k === 'runtime' || transLeft
    ? 'm and k known, k cut, B read in place, and an A whose rows lie along k'
    : null
}

/** RangeError where a comb is asked for that cannot be. */
export function refuseComb(view: RowMajorView, block: Blocking, stageA: boolean | undefined): void {
  const reason = refusal(view, block) ?? (stageA === false ? 'stageA' : null)
  if (reason !== null) throw new RangeError(`comb needs ${reason}`)
}

/**
 * The comb of elements that are multiplied as they are; null for none. B then comes in as many streams as memory serves best, none
 * of which ends with a row. Measured on Zen 3, f32, arrays 16 bytes behind a line, speed against neighbouring rows, medians of
 * ratios in turn: 1×4096×4096 1.18, 8×4096×4096 1.05, 16×4096×4096 1.05; from L3, not asked for ahead and asked for: 8×1024×1024
 * 1.07 and 1.01, 8×768×3072 1.55 and 1.64, 8×3072×768 1.06 and 1.10, 16×1024×1024 1.07 and 0.99.
 */
export function combOfRows(
  view: RowMajorView,
  block: Blocking,
  elementBytes: number,
  cpu: CpuModel,
): CpuModel['farB']['comb'] {
  const { comb, combRows } = cpu.farB
  const { m, n, k } = view
  if (comb === null || combRows === null || refusal(view, block) !== null || block.k !== comb.teeth)
    return null
  if (m === 'runtime' || n === 'runtime' || k === 'runtime' || !isFar({ n, k }, elementBytes, cpu))
    return null
  const inMemory = k * n * elementBytes > cpu.l3.bytes / 2
  if (m > (inMemory ? combRows.memory : combRows.l3) || k < 2 * comb.teeth) return null
  return inMemory || m <= combRows.asking ? comb : { ...comb, readAhead: 0 }
}
