/**
 * Plans products on tile registers, by counting cycles.
 *
 * A block of R × S tiles of C takes R·S + R + S of the eight tile registers at least. One K-step of 16 units issues R·S products,
 * one every 16 cycles, and loads R + S tiles, one every 8 cycles; and a sum cannot be added to again before a product's
 * latency has passed:
 *
 *     cycles(R, S) = max(16·R·S, 8·(R + S), 52)
 *
 *     2 × 2: 64 for 4 tiles     1 × 3: 52 for 3     1 × 2: 52 for 2     1 × 1: 52 for 1
 *
 * So 2 × 2 is best wherever there are rows and columns for it, and three in a row where one of the two has at most 16. A block
 * costs, besides, its first loads, the last product's latency, and its stores. Tiles that are not full take as long as full
 * ones. The figures are those of Sapphire Rapids (Intel's optimization manual, volume 1, chapter on AMX; uops.info): nothing here was
 * measured.
 *
 * k is cut into K-steps of equal length, ⌈units / ⌈units / 16⌉⌉ units, so that few zeros are needed at its end.
 */

import { rowBytesOfA } from '../schedule/lower/tile-pack-a.ts'
import { allArrangements } from '../schedule/lower/tmul-order.ts'
import { cutColumns, cutRows } from '../schedule/primitives/tile-regions.ts'
import { TILE_BYTES, TILE_ROW_BYTES, TILE_ROWS, TILE_UNITS, UNIT_BYTES } from '../schedule/tile-machine.ts'
import { type CpuModel, GENERIC_CPU } from './cpu-model.ts'

/** Everything about a product on tile registers that a plan decides. */
export interface TilePlan {
  /** Tiles of C in a block, down and across. */
  readonly rows: number
  readonly columns: number
  /** Units of 32 bits in a K-step, and K-steps in all of k. */
  readonly units: number
  readonly steps: number
  /** How A is prepared: transposed into rows, or the ends of its rows padded; null where it is read as it is. */
  readonly packA: 'A' | 'tails of A' | null
  /** What of B's panels the workspace holds. */
  readonly panels: 'block' | 'one' | 'slots' | 'given'
  /** Bytes from the workspace's begin to where tiles pass on their way to C; null when they go there directly. */
  readonly scratch: number | null
}

/** What it depends on; sizes in elements, k in units of 32 bits, `rest` elements in the last one if it is not whole. */
export interface TileQuestion {
  readonly m: number
  readonly n: number
  readonly units: number
  readonly rest: number
  readonly transposedA: boolean
  /** How B comes into panels. */
  readonly packB: 'on the way' | 'ahead' | 'beforehand'
  /** Whether C is alpha = 1 times the sums, with beta 0 or 1, in their own type: then tiles go there directly. */
  readonly isPlain: boolean
  /** Whether C can hold the sums of a part of k. */
  readonly keepsSums: boolean
  /** Tiles down and across, when that is decided already. */
  readonly rows?: number
  readonly columns?: number
  /** Blocks of rows, and of k in units, when they are. */
  readonly block?: { readonly m?: number | null; readonly k?: number | null }
}

export interface TileDecision {
  readonly tiles: TilePlan
  /** Rows and columns of a block. */
  readonly tile: { readonly m: number; readonly n: number }
  /** Blocks of rows, and of k in units. */
  readonly block: { readonly m: number | null; readonly k: number | null }
  /** Where A lies in the workspace once it is prepared. */
  readonly placeOfA: number | null
  readonly workspaceBytes: number
}

/** Cycles that a K-step of a block takes. */
export function stepCycles({ tiles }: CpuModel, rows: number, columns: number): number {
  return Math.max(
    tiles.multiplyCycles * rows * columns,
    tiles.loadCycles * (rows + columns),
    tiles.multiplyLatency,
  )
}

/** Cycles of a product in blocks of so many tiles. */
export function tileCycles(
  cpu: CpuModel,
  { m, n, steps }: { readonly m: number; readonly n: number; readonly steps: number },
  rows: number,
  columns: number,
): number {
  const { loadCycles, storeCycles, multiplyLatency } = cpu.tiles
  let cycles = 0
  for (const down of cutRows(m, rows)) {
    for (const across of cutColumns(n, columns)) {
      const [r, s] = [down.sizes.length, across.sizes.length]
      const height = down.sizes.reduce((sum, size) => sum + size, 0)
      const width = across.sizes.reduce((sum, size) => sum + size, 0)
      const blocks = Math.ceil(down.count / height) * Math.ceil(across.count / width)
      const apart = loadCycles * (r + s) + multiplyLatency + storeCycles * r * s
      cycles += blocks * (steps * stepCycles(cpu, r, s) + apart)
    }
  }
  return cycles
}

/** The tiles of a plan for people: what a K-step loads and multiplies, and what it takes by the model. */
export function tilesText(
  { rows, columns, units, steps, packA }: TilePlan,
  tile: { readonly m: number; readonly n: number },
): string {
  const cycles = stepCycles(GENERIC_CPU, rows, columns)
  return (
    `${rows}×${columns} tile registers of C, blocks of ${tile.m}×${tile.n}; ${steps} K-steps of ${units} units: ` +
    `${rows * columns} products and ${rows + columns} tile loads in ${cycles} cycles` +
    (packA === null ? '' : packA === 'A' ? '; A transposed into rows ahead' : '; the ends of A padded ahead')
  )
}

/** The equal cut of k. */
export function cutUnits(units: number): { readonly units: number; readonly steps: number } {
  const steps = Math.max(1, Math.ceil(units / TILE_UNITS))
  return { units: Math.max(1, Math.ceil(units / steps)), steps }
}

/** Decides tiles, blocks, and what the workspace holds. */
export function decideTiles(question: TileQuestion, cpu: CpuModel): TileDecision {
  const { m, n, packB, isPlain } = question
  const { rows, columns } = chooseTiles(question, cpu)
  const width = columns * TILE_UNITS
  const height = cutRows(m, rows)[0]?.sizes.reduce((sum, size) => sum + size, 0) ?? TILE_ROWS
  const decided = { ...chooseBlocks(question, height, width, cpu), ...question.block }
  // Blocks end where tiles end.
  const rowsInBlock = decided.m === null ? m : Math.ceil(decided.m / height) * height
  const block = {
    m: rowsInBlock < m ? rowsInBlock : null,
    k: decided.k !== null && decided.k < question.units ? decided.k : null,
  }
  const { units, steps } =
    block.k === null
      ? cutUnits(question.units)
      : { units: TILE_UNITS, steps: Math.ceil(question.units / TILE_UNITS) }
  const isPadded = steps * units !== question.units || question.rest > 0
  const packA = question.units === 0 ? null : question.transposedA ? 'A' : isPadded ? 'tails of A' : null
  const panels =
    packB === 'beforehand'
      ? 'given'
      : packB === 'ahead' || block.m !== null || m % height !== 0
        ? 'block'
        : m > height
          ? 'one'
          : 'slots'
  const perColumn = steps * units * UNIT_BYTES
  const panelBytes = {
    given: 0,
    block: Math.ceil(n / TILE_UNITS) * TILE_UNITS * perColumn,
    one: width * perColumn,
    slots: 2 * units * width * UNIT_BYTES,
  }[panels]
  const rowBytes = packA === 'A' ? rowBytesOfA(steps * units) : TILE_ROW_BYTES
  const bytesOfA = packA === null ? 0 : m * rowBytes
  return {
    tiles: {
      ...{ rows, columns, units, steps, packA, panels },
      scratch: isPlain ? null : panelBytes + bytesOfA,
    },
    tile: { m: height, n: width },
    block,
    placeOfA: packA === null ? null : panelBytes,
    workspaceBytes: panelBytes + bytesOfA + (isPlain ? 0 : rows * columns * TILE_BYTES),
  }
}

/** The arrangement with the fewest cycles; ties go to the one preferred by tmul-order.ts. */
function chooseTiles(
  { m, n, units, rows, columns }: TileQuestion,
  cpu: CpuModel,
): { readonly rows: number; readonly columns: number } {
  const { steps } = cutUnits(units)
  let best = { rows: rows ?? 1, columns: columns ?? 1 }
  let least = Number.POSITIVE_INFINITY
  for (const arrangement of allArrangements()) {
    if (rows !== undefined && arrangement.rows !== rows) continue
    if (columns !== undefined && arrangement.columns !== columns) continue
    const cycles = tileCycles(cpu, { m, n, steps }, arrangement.rows, arrangement.columns)
    if (cycles >= least) continue
    least = cycles
    best = { rows: arrangement.rows, columns: arrangement.columns }
  }
  // No more tiles than there are.
  return {
    rows: Math.max(1, Math.min(best.rows, Math.ceil(m / TILE_ROWS))),
    columns: columns ?? Math.max(1, Math.min(best.columns, Math.ceil(n / TILE_UNITS))),
  }
}

/** Blocks of rows that share what they read of B. */
const LEAST_BLOCKS = 4

/**
 * A panel of B is read again by every block of rows, a block of A by every panel. All of k in one pass while a panel
 * and four blocks of rows fit half of L2 each: with fewer rows B would come from L3 faster than that delivers (four take
 * 2 KiB in 256 cycles). Rows of A in half of L2, so that they are there for the next panel. Where C cannot hold sums they
 * cannot be taken up again, and panels made beforehand hold all of k: then k is not cut.
 */
function chooseBlocks(
  { m, n, units, keepsSums, packB }: TileQuestion,
  height: number,
  width: number,
  cpu: CpuModel,
): TileDecision['block'] {
  const half = cpu.l2.bytes / 2
  const down = (size: number, unit: number): number => Math.max(unit, Math.floor(size / unit) * unit)
  const beside = Math.max(width, Math.min(m, LEAST_BLOCKS * height))
  const kMost = down(half / (beside * UNIT_BYTES), TILE_UNITS)
  const k = keepsSums && packB !== 'beforehand' && units > kMost ? kMost : null
  const mMost = down(half / (Math.min(units, k ?? units) * UNIT_BYTES), height)
  return { k, m: m > mMost && n > width ? mMost : null }
}
