/** The sums of a block of tile registers: how they begin, and their way to C. */
import { mem } from '../../encoder/operands.ts'
import { addressable, type Quantity } from '../quantity.ts'
import { TILE_ROW_BYTES } from '../tile-machine.ts'
import { ScheduleError, type TileRegion, type TmulTile } from '../tile-program.ts'
import { Lines } from './addresses.ts'
import { type Cursor, counted, moveCursors, ownCursors } from './environment.ts'
import { lowerEpilogue } from './epilogue.ts'
import { requantiseRows } from './requantise.ts'
import { starts, TileColumn, type TileEnvironment, type TileWork, tileRegister } from './tile-work.ts'
import { type TileArrangement, tileOfC } from './tmul-order.ts'

/** Where sums go when the products are done. */
export type SumsEnd =
  | { readonly kind: 'C'; readonly tiles: TileColumn }
  | { readonly kind: 'scratch'; readonly place: Cursor }

/** Rows that go from the scratch to C at a time. */
const ROWS = 4

/**
 * Tiles begin as zeros, or with what C holds when nothing but their sums is to be added to it. Anything else, a factor
 * or another type, needs vectors, which only memory leads to.
 */
export function startSums(
  { cx, isDirect }: TileWork,
  { scratch }: TmulTile,
  { rows }: TileRegion,
  arrangement: TileArrangement,
  { alpha, beta, cursors }: TileEnvironment,
): SumsEnd {
  const { f, program } = cx
  const isPlain = isDirect && alpha === 1 && (beta === 0 || beta === 1)
  if (!isPlain && scratch === null)
    throw new ScheduleError(`${program.name}: alpha, beta or C's type needs a scratch in the workspace`)
  const { C } = cursors
  const end: SumsEnd = isPlain
    ? { kind: 'C', tiles: new TileColumn(f, 'C', C, C.strides.m as Quantity, starts(rows), false) }
    : { kind: 'scratch', place: { base: cx.workspace(), offset: scratch!, strides: {} } }
  for (let i = 0; i < arrangement.rows; i++) {
    for (let j = 0; j < arrangement.columns; j++) {
      const tile = tileRegister(tileOfC(arrangement, i, j))
      if (end.kind === 'C' && beta === 1) f.tileloadd(tile, end.tiles.at(i, j * TILE_ROW_BYTES))
      else f.tilezero(tile)
    }
  }
  return end
}

export function storeSums(
  work: TileWork,
  { rows }: TileRegion,
  arrangement: TileArrangement,
  env: TileEnvironment,
  end: SumsEnd,
): void {
  const { cx } = work
  const { f } = cx
  const width = arrangement.columns * TILE_ROW_BYTES
  const to =
    end.kind === 'C' ? end.tiles : new TileColumn(f, 'scratch', end.place, width, starts(rows), false)
  for (let i = 0; i < arrangement.rows; i++) {
    for (let j = 0; j < arrangement.columns; j++)
      f.tilestored(to.at(i, j * TILE_ROW_BYTES), tileRegister(tileOfC(arrangement, i, j)))
  }
  if (end.kind === 'scratch') {
    const total = rows.reduce((sum, count) => sum + count, 0)
    scratchToC(work, env, end.place, { rows: total, vectors: arrangement.columns })
  }
}

/** The scratch, row by row, through the epilogue that sums in vectors have, too. */
function scratchToC(
  { cx }: TileWork,
  env: TileEnvironment,
  place: Cursor,
  { rows, vectors }: { readonly rows: number; readonly vectors: number },
): void {
  const { f } = cx
  const width = vectors * TILE_ROW_BYTES
  if (cx.program.requantise !== null) {
    const at = f.gp('scratch')
    f.lea(at, mem(place.base, place.offset))
    requantiseRows(cx, env, at, rows)
    return
  }
  // Of what moves along rows, C alone; A and its tails stay.
  const { A, B, C } = env.cursors
  const cursors = { A: { ...A, strides: {} }, B: { ...B, strides: {} }, C }
  const own = ownCursors(f, { ...env, cursors }, 'm', 'end')
  const stride = addressable(f, C.strides.m as Quantity, ROWS, 'ldc')
  const from = new Lines(f, 'scratch', place, width, ROWS, true)
  const some = (count: number): void => {
    const sums = Array.from({ length: count }, (_, i) =>
      Array.from({ length: vectors }, (_, j) => {
        const sum = f.zmm('sum')
        f.vmovdqu32(sum, from.at(i, j * TILE_ROW_BYTES))
        return sum
      }),
    )
    lowerEpilogue(cx, own, sums, new Lines(f, 'C', own.cursors.C, stride, count, false))
    from.moveLines(count)
    moveCursors(f, own, 'm', count)
  }
  counted(f, 'c.rows', Math.floor(rows / ROWS), false, () => some(ROWS))
  if (rows % ROWS > 0) some(rows % ROWS)
}
