/**
 * The order of tile loads and tile products, as plain data.
 *
 * R × S tiles of C stay in registers. A K-step multiplies each of R tiles of A by each of S tiles of B, row by row. The
 * tiles of A, step after step, take a few registers in turn, and so do those of B: tile number v of A lies in
 * register v mod nA. Its load stands right behind the last product that reads tile v − nA, which had the
 * register before. So loads run ahead of their use as far as registers allow, and with nA ≥ R, nB ≥ S none is read by
 * the product that follows it, except in step 0. For 2 × 2 and 2 + 2 registers:
 *
 *     C00 += A0·B0   C01 += A0·B1   load A0'   C10 += A1·B0   load B0'   C11 += A1·B1   load B1'   load A1'
 *
 * Two products of one tile of C are R·S products apart, which hides the latency of a product (52 cycles for 16 a product).
 */
import { TILE_COUNT } from '../tile-machine.ts'

/** How the eight tile registers are shared out. */
export interface TileArrangement {
  /** Tiles of C: rows and columns of tiles. */
  readonly rows: number
  readonly columns: number
  /** Registers for tiles of A and B: multiples of `rows` and of `columns`, so that a register keeps one shape. */
  readonly aTiles: number
  readonly bTiles: number
}

/** Arrangements in order of preference. */
const ARRANGEMENTS: readonly TileArrangement[] = [
  { rows: 2, columns: 2, aTiles: 2, bTiles: 2 },
  { rows: 1, columns: 3, aTiles: 2, bTiles: 3 },
  { rows: 3, columns: 1, aTiles: 3, bTiles: 2 },
  { rows: 1, columns: 2, aTiles: 2, bTiles: 4 },
  { rows: 2, columns: 1, aTiles: 4, bTiles: 2 },
  { rows: 1, columns: 1, aTiles: 2, bTiles: 2 },
]

/** The arrangement of so many tiles of C, or null when they and their operands do not fit. */
export function arrangementOf(rows: number, columns: number): TileArrangement | null {
  return ARRANGEMENTS.find((known) => known.rows === rows && known.columns === columns) ?? null
}

/** Every arrangement there is. */
export const allArrangements = (): readonly TileArrangement[] => ARRANGEMENTS

/** A tile of an operand: of row `index` of A or column `index` of B, in some K-step. */
export interface TileLoad {
  readonly kind: 'load'
  readonly operand: 'A' | 'B'
  readonly index: number
  readonly step: number
  /** Number of the tile register. */
  readonly tile: number
}

export interface TileProductEvent {
  readonly kind: 'multiply'
  /** Numbers of tile registers. */
  readonly c: number
  readonly a: number
  readonly b: number
}

export type TileEvent = TileLoad | TileProductEvent

/** Registers of C come first, then A's, then B's. */
export const tileOfC = ({ columns }: TileArrangement, row: number, column: number): number =>
  row * columns + column

/** The register of A's tile number `value` (step · rows + row), or B's (step · columns + column). */
export function operandTile(arrangement: TileArrangement, operand: 'A' | 'B', value: number): number {
  const { rows, columns, aTiles, bTiles } = arrangement
  return operand === 'A' ? rows * columns + (value % aTiles) : rows * columns + aTiles + (value % bTiles)
}

/** Steps after which the registers come round to the same tiles. */
export function periodOf({ rows, columns, aTiles, bTiles }: TileArrangement): number {
  let period = 1
  while ((period * rows) % aTiles !== 0 || (period * columns) % bTiles !== 0) period++
  return period
}

/** Steps by which loads run ahead of products, at most. */
export const stepsAhead = ({ rows, columns, aTiles, bTiles }: TileArrangement): number =>
  Math.max(aTiles / rows, bTiles / columns)

function loadOf(arrangement: TileArrangement, operand: 'A' | 'B', value: number): TileLoad {
  const each = operand === 'A' ? arrangement.rows : arrangement.columns
  const tile = operandTile(arrangement, operand, value)
  return { kind: 'load', operand, index: value % each, step: Math.floor(value / each), tile }
}

/** When within its step a tile is first read. */
const firstUse = ({ columns }: TileArrangement, { operand, index, step }: TileLoad): number =>
  step * TILE_COUNT ** 2 + (operand === 'A' ? index * columns : index)

/** Loads before step 0 of as many steps as there are, in the order of their use. */
export function firstLoads(arrangement: TileArrangement, steps: number): readonly TileLoad[] {
  const { rows, columns, aTiles, bTiles } = arrangement
  const loads = (operand: 'A' | 'B', count: number): TileLoad[] =>
    Array.from({ length: count }, (_, value) => loadOf(arrangement, operand, value))
  return [
    ...loads('A', Math.min(aTiles, steps * rows)),
    ...loads('B', Math.min(bTiles, steps * columns)),
  ].sort((x, y) => firstUse(arrangement, x) - firstUse(arrangement, y) || x.operand.localeCompare(y.operand))
}

/** Products of one step, each with the loads behind it; none of steps beyond the last. */
export function stepEvents(
  arrangement: TileArrangement,
  step: number,
  steps: number,
): readonly (readonly TileEvent[])[] {
  const { rows, columns, aTiles, bTiles } = arrangement
  const groups: TileEvent[][] = []
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      const a = step * rows + i
      const b = step * columns + j
      const loads = [
        ...(j === columns - 1 ? [loadOf(arrangement, 'A', a + aTiles)] : []),
        ...(i === rows - 1 ? [loadOf(arrangement, 'B', b + bTiles)] : []),
      ].filter((load) => load.step < steps)
      loads.sort((x, y) => firstUse(arrangement, x) - firstUse(arrangement, y))
      groups.push([
        {
          kind: 'multiply',
          c: tileOfC(arrangement, i, j),
          a: operandTile(arrangement, 'A', a),
          b: operandTile(arrangement, 'B', b),
        },
        ...loads,
      ])
    }
  }
  return groups
}
