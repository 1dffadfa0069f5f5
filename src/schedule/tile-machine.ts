/** What an instruction set with tile registers (AMX) is to the scheduler: its tiles, its products, its configuration. */
import type { P } from '../encoder/registers.ts'
import type { Recorder } from '../regalloc/recorder.ts'
import type { Storage } from './product-type.ts'

/** Rows of a tile register (SDM Vol. 1, 18.2, palette 1). */
export const TILE_ROWS = 16
/** Bytes of a row. */
export const TILE_ROW_BYTES = 64
/** Tile registers. */
export const TILE_COUNT = 8
/** Elements of C in a row of a tile, and units of A: both have 32 bits. */
export const TILE_UNITS = 16
export const UNIT_BYTES = 4
export const TILE_BYTES: number = TILE_ROWS * TILE_ROW_BYTES

/** C ← C + A·B on tile registers. */
export type TileMultiply = (f: Recorder, c: P<'tmm'>, a: P<'tmm'>, b: P<'tmm'>) => void

/** What tile registers add to a machine with vectors. */
export interface TileMachine {
  /** By what the left and the right operand hold: `'u8 s8'`. */
  readonly products: Readonly<Partial<Record<`${Storage} ${Storage}`, TileMultiply>>>
}

/** Rows and bytes a row of each tile register that is used. */
export type TileShapes = readonly { readonly rows: number; readonly rowBytes: number }[]

const CONFIGURATION_BYTES = 64
const PALETTE = 1

/**
 * The operand of LDTILECFG (SDM Vol. 1, 18.4):
 *
 *     byte  0        1          2–15      16 + 2t, two bytes     32–47     48 + t
 *           palette  start row  reserved  bytes a row of tile t  reserved  rows of tile t
 */
export function tileConfiguration(shapes: TileShapes): Uint8Array {
  const bytes = new Uint8Array(CONFIGURATION_BYTES)
  const view = new DataView(bytes.buffer)
  bytes[0] = PALETTE
  for (const [tile, { rows, rowBytes }] of shapes.entries()) {
    view.setUint16(16 + 2 * tile, rowBytes, true)
    bytes[48 + tile] = rows
  }
  return bytes
}
