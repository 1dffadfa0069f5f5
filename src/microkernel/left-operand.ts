/** How blocks of A are read: where they lie, from panels of a transposed one, or brought together first; and the room it takes. */
import { STAGE_GAP } from '../schedule/lower/stage.ts'
import type { Machine } from '../schedule/machine.ts'
import type { Size } from '../schedule/tile-program.ts'
import { type Blocking, isFar } from './blocking.ts'
import { type CpuModel, linesHeld } from './cpu-model.ts'
import type { PlanOptions } from './plan.ts'
import type { RowMajorView } from './problem.ts'
import type { RegisterTileSize } from './register-tile.ts'

/** Bytes from the workspace's begin to A's panels, or to its lines brought together, null for not; and how many they take. */
export interface WayOfA {
  readonly packed: number | null
  readonly staged: number | null
  readonly bytes: number
}

/** Whether panels of A are made. */
export const packsA = (
  view: RowMajorView,
  { packA }: Pick<PlanOptions, 'packA'>,
  elementBytes: number,
  cpu: CpuModel,
): boolean => packA ?? packingPays(view, elementBytes, cpu)

/** Decides it. RangeError when a given decision cannot be kept. */
export function wayOfA(
  view: RowMajorView,
  block: Blocking,
  options: Pick<PlanOptions, 'packA' | 'stageA'>,
  {
    tile,
    elementBytes,
    cpu,
    machine,
    open,
    at,
  }: {
    readonly tile: RegisterTileSize
    readonly elementBytes: number
    readonly cpu: CpuModel
    readonly machine: Machine
    /** Whether blocks are decided at the call. */
    readonly open: boolean
    /** Bytes of the workspace that B takes. */
    readonly at: number
  },
): WayOfA {
  const isKnown = view.m !== 'runtime' && view.k !== 'runtime'
  const packs = !open && packsA(view, options, elementBytes, cpu)
  if (packs && !(view.transLeft && isKnown)) {
    throw new RangeError('packA needs a transposed A, and m and k known')
  }
  const stages = !open && (options.stageA ?? stagingPays(view, block, elementBytes, cpu))
  if (stages && (view.transLeft || !isKnown)) {
    throw new RangeError('stageA needs an A whose rows lie along k, and m and k known')
  }
  if (packs) return { packed: at, staged: null, bytes: panelBytes(view, block, tile, elementBytes, machine) }
  if (stages) return { packed: null, staged: at, bytes: stagedBytes(view, block, elementBytes) }
  return { packed: null, staged: null, bytes: 0 }
}

/**
 * A tile wants a few elements of each line of a transposed A. When lines are far apart, every K-step is another page,
 * and at powers of two another claim on the same set of L1; then A is copied, block by block. Measured 512³, 1024³
 * (f32): 94 and 74 % of peak in place, 89 and 90 packed; on Zen 3 (upper quartiles) f32 384³ 71 and 79, 512³ 63
 * and 71, f64 256³ 66 and 80, but f64 128³ 90 and 79.
 */
function packingPays(
  { m, n, k, transLeft, ldLeft }: RowMajorView,
  elementBytes: number,
  cpu: CpuModel,
): boolean {
  if (!transLeft || m === 'runtime' || k === 'runtime' || n === 'runtime' || ldLeft === 'runtime')
    return false
  const stride = ldLeft * elementBytes
  return stride >= cpu.packsA.from && k * cpu.l1.lineBytes >= cpu.l1.bytes / 2 && n >= 64
}

/** What a block has of a size that is known. */
const atMost = (size: Size, block: number | null): number =>
  Math.min(size as number, block ?? Number.POSITIVE_INFINITY)

/** The panels of one block of A, and room for the last store, which writes whole vectors. */
function panelBytes(
  { m, k }: RowMajorView,
  block: Blocking,
  tile: RegisterTileSize,
  elementBytes: number,
  { vectorBytes }: Machine,
): number {
  const rows = atMost(m, block.m)
  const elements = Math.ceil(rows / tile.m) * tile.m * atMost(k, block.k)
  return elements * elementBytes + 2 * vectorBytes
}

/** The lines of one block of A, brought together (lower/stage.ts). */
function stagedBytes({ m, k }: RowMajorView, block: Blocking, elementBytes: number): number {
  return atMost(m, block.m) * (atMost(k, block.k) * elementBytes + STAGE_GAP)
}

/** What of L1 the rows of A may claim before they are brought together: B and C need their lines at the same time. */
const SHARE_OF_A = 0.25

/**
 * Whether a block of A is brought together before it is used: where there are few rows and B lies beyond L2, every
 * block of k is used up in little time, and rows that fall into few sets of L1 are not there any more when the next
 * tile of columns wants them.
 */
function stagingPays(
  { m, n, k, transLeft, ldLeft }: RowMajorView,
  block: Blocking,
  elementBytes: number,
  cpu: CpuModel,
): boolean {
  if (m === 'runtime' || n === 'runtime' || k === 'runtime' || ldLeft === 'runtime') return false
  if (!cpu.farB.stagesA || transLeft || block.k === null || m * block.k * elementBytes > cpu.l2.bytes / 4)
    return false
  if (!isFar({ n, k }, elementBytes, cpu)) return false
  const run = block.k * elementBytes
  const lines = m * Math.ceil(run / cpu.l1.lineBytes)
  return lines > linesHeld(cpu.l1, ldLeft * elementBytes, run) * SHARE_OF_A
}
