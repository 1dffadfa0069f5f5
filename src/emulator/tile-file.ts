/** The tile registers of AMX and their configuration (SDM Vol. 1, chapter 18). */
import { RaisedFault } from './fault.ts'

export const TILES = 8
const MOST_ROWS = 16
/** Bytes between rows of a tile in `u8`. */
export const ROW_BYTES = 64
export const TILE_BYTES: number = MOST_ROWS * ROW_BYTES
const CONFIGURATION_BYTES = 64
const ROWS_AT = 48
const COLUMNS_AT = 16
/** Reserved bytes of the configuration: 2–15, 32–47, 56–63. */
const RESERVED: readonly (readonly [number, number])[] = [
  [2, 16],
  [32, 48],
  [56, 64],
]

/** What of a tile is configured. */
export interface TileShape {
  readonly rows: number
  /** Bytes of a row. */
  readonly columnBytes: number
}

export class TileFile {
  /** 0 before LDTILECFG and after TILERELEASE. */
  palette = 0
  startRow = 0
  readonly #shapes: TileShape[] = Array.from({ length: TILES }, () => ({ rows: 0, columnBytes: 0 }))
  readonly u8: Uint8Array
  readonly i8: Int8Array
  readonly u16: Uint16Array
  readonly i32: Int32Array
  readonly u32: Uint32Array
  readonly f32: Float32Array

  constructor() {
    const buffer = new ArrayBuffer(TILES * TILE_BYTES)
    this.u8 = new Uint8Array(buffer)
    this.i8 = new Int8Array(buffer)
    this.u16 = new Uint16Array(buffer)
    this.i32 = new Int32Array(buffer)
    this.u32 = new Uint32Array(buffer)
    this.f32 = new Float32Array(buffer)
  }

  /** The shape of a tile that is configured at all; #UD else. */
  configuredShape(tile: number): TileShape {
    const shape = this.#shapes[tile]!
    if (this.palette === 0) throw new RaisedFault('#UD', 'the tiles are not configured')
    if (shape.rows === 0) throw new RaisedFault('#UD', `tmm${tile} is not configured`)
    return shape
  }

  /** The shape of a tile that is read or written by elements; #UD too where its rows end within four bytes. */
  shape(tile: number): TileShape {
    const shape = this.configuredShape(tile)
    if (shape.columnBytes % 4 !== 0)
      throw new RaisedFault(
        '#UD',
        `tmm${tile} has ${shape.columnBytes} bytes a row, which is no multiple of 4`,
      )
    return shape
  }

  /** The shape of a tile to load or store, from startRow on; #UD too where that is none of its rows. */
  movableShape(tile: number): TileShape {
    const shape = this.shape(tile)
    if (this.startRow >= shape.rows)
      throw new RaisedFault(
        '#UD',
        `start row ${this.startRow} is none of the ${shape.rows} rows of tmm${tile}`,
      )
    return shape
  }

  /** LDTILECFG: #GP for what palette 1 does not allow; every tile becomes zero. */
  configure(bytes: Uint8Array): void {
    const palette = bytes[0]!
    if (palette === 0) {
      this.release()
      return
    }
    const fail = (reason: string): RaisedFault => new RaisedFault('#GP', `tile configuration: ${reason}`)
    if (palette !== 1) throw fail(`palette is ${palette}; allowed are 0 and 1`)
    for (const [from, to] of RESERVED) {
      const wrong = bytes.subarray(from, to).findIndex((value) => value !== 0)
      if (wrong >= 0) throw fail(`reserved byte ${from + wrong} is ${bytes[from + wrong]}; it must be 0`)
    }
    const shapes = Array.from({ length: TILES }, (_, tile): TileShape => {
      const rows = bytes[ROWS_AT + tile]!
      const columnBytes = bytes[COLUMNS_AT + 2 * tile]! | (bytes[COLUMNS_AT + 2 * tile + 1]! << 8)
      if (rows > MOST_ROWS) throw fail(`tmm${tile} has ${rows} rows; allowed are 0 to ${MOST_ROWS}`)
      if (columnBytes > ROW_BYTES)
        throw fail(`tmm${tile} has ${columnBytes} bytes a row; allowed are 0 to ${ROW_BYTES}`)
      if ((rows === 0) !== (columnBytes === 0))
        throw fail(`tmm${tile} has ${rows} rows of ${columnBytes} bytes`)
      return { rows, columnBytes }
    })
    this.palette = 1
    this.startRow = bytes[1]!
    this.#shapes.splice(0, TILES, ...shapes)
    this.u8.fill(0)
  }

  /** STTILECFG. */
  configuration(): Uint8Array {
    const bytes = new Uint8Array(CONFIGURATION_BYTES)
    if (this.palette === 0) return bytes
    bytes[0] = this.palette
    bytes[1] = this.startRow
    for (const [tile, { rows, columnBytes }] of this.#shapes.entries()) {
      bytes[ROWS_AT + tile] = rows
      bytes[COLUMNS_AT + 2 * tile] = columnBytes
    }
    return bytes
  }

  release(): void {
    this.palette = 0
    this.startRow = 0
    this.#shapes.fill({ rows: 0, columnBytes: 0 })
    this.u8.fill(0)
  }
}
