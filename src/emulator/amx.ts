/** The tile instructions: configuration, loads, stores, and products of int8, bf16, f16, complex f16 and fp8. */
import { Mem } from '../encoder/operands.ts'
import { Reg } from '../encoder/registers.ts'
import { compileAddress } from './address.ts'
import { RaisedFault } from './fault.ts'
import { type Instruction, NoSemantics, type Semantics, type SemanticsTable } from './instruction.ts'
import { f16Value } from './low-precision.ts'
import { NOWHERE, type Region } from './memory.ts'
import type { State } from './state.ts'
import { ROW_BYTES, TILE_BYTES } from './tile-file.ts'
import {
  addIntegerProduct,
  addProduct,
  type Decode,
  decodeBf16,
  decodeBy,
  type ProductShape,
} from './tile-product.ts'

const CONFIGURATION_BYTES = 64

function tileAt({ operands }: Instruction, index: number): number {
  const operand = operands[index]
  if (!(operand instanceof Reg) || operand.kind !== 'tmm')
    throw new NoSemantics(`operand ${index + 1} is no tile`)
  return operand.id
}

function memoryAt({ operands }: Instruction, index: number): Mem {
  const operand = operands[index]
  if (!(operand instanceof Mem)) throw new NoSemantics(`operand ${index + 1} is no memory`)
  return operand
}

const loadConfiguration: Semantics = (state, instruction) => {
  const address = compileAddress(state, memoryAt(instruction, 0), instruction)
  return () => {
    const at = address()
    const { u8, bias } = state.memory.find(at, CONFIGURATION_BYTES, 'read')
    state.tiles.configure(u8.subarray(at - bias, at - bias + CONFIGURATION_BYTES))
  }
}

const storeConfiguration: Semantics = (state, instruction) => {
  const address = compileAddress(state, memoryAt(instruction, 0), instruction)
  return () => {
    const at = address()
    const { u8, bias } = state.memory.find(at, CONFIGURATION_BYTES, 'write')
    u8.set(state.tiles.configuration(), at - bias)
  }
}

/** Where row 0 of a tile lies in memory, and the bytes from one row to the next: index · scale; none without index. */
function rowsOf(
  state: State,
  instruction: Instruction,
  index: number,
): { base: () => number; stride: () => number } {
  const mem = memoryAt(instruction, index)
  const base = compileAddress(
    state,
    new Mem(mem.width, mem.base, null, 1, mem.disp, null, false, null, 0, mem.segment),
    instruction,
  )
  const id = mem.index?.id
  const { i32, u32 } = state.general
  const { scale } = mem
  const stride = id === undefined ? () => 0 : () => (i32[2 * id + 1]! * 2 ** 32 + u32[2 * id]!) * scale
  return { base, stride }
}

const loadTile: Semantics = (state, instruction) => {
  const tile = tileAt(instruction, 0)
  const { base, stride } = rowsOf(state, instruction, 1)
  const { u8 } = state.tiles
  let region: Region = NOWHERE
  return () => {
    const { tiles } = state
    const { rows, columnBytes } = tiles.movableShape(tile)
    const first = tile * TILE_BYTES
    const [start, step] = [base(), stride()]
    for (; tiles.startRow < rows; tiles.startRow++) {
      const row = tiles.startRow
      const at = start + row * step
      // A fault leaves the rows so far, and says in startRow where to go on.
      if (at < region.start || at + columnBytes > region.end || !region.readable)
        region = state.memory.find(at, columnBytes, 'read')
      const from = at - region.bias
      const to = first + row * ROW_BYTES
      const source = region.u8
      for (let i = 0; i < columnBytes; i++) u8[to + i] = source[from + i]!
      if (columnBytes < ROW_BYTES) u8.fill(0, to + columnBytes, to + ROW_BYTES)
    }
    u8.fill(0, first + rows * ROW_BYTES, first + TILE_BYTES)
    tiles.startRow = 0
  }
}

const storeTile: Semantics = (state, instruction) => {
  const tile = tileAt(instruction, 1)
  const { base, stride } = rowsOf(state, instruction, 0)
  const { u8 } = state.tiles
  let region: Region = NOWHERE
  return () => {
    const { tiles } = state
    const { rows, columnBytes } = tiles.movableShape(tile)
    const [start, step] = [base(), stride()]
    for (; tiles.startRow < rows; tiles.startRow++) {
      const row = tiles.startRow
      const at = start + row * step
      if (at < region.start || at + columnBytes > region.end || !region.writable)
        region = state.memory.find(at, columnBytes, 'write')
      const from = tile * TILE_BYTES + row * ROW_BYTES
      for (let i = 0; i < columnBytes; i++) region.u8[at - region.bias + i] = u8[from + i]!
    }
    tiles.startRow = 0
  }
}

/** C ← C + A·B on tiles of shapes that fit; what is beyond them becomes zero. */
function product(
  run: (state: State, tiles: readonly [c: number, a: number, b: number], shape: ProductShape) => void,
): Semantics {
  return (state, instruction) => {
    const [c, a, b] = [tileAt(instruction, 0), tileAt(instruction, 1), tileAt(instruction, 2)]
    const { tiles } = state
    return () => {
      const [cShape, aShape, bShape] = [tiles.shape(c), tiles.shape(a), tiles.shape(b)]
      const fail = (reason: string): RaisedFault => new RaisedFault('#UD', `tile product: ${reason}`)
      if (c === a || c === b || a === b) throw fail('the tiles must differ')
      if (cShape.rows !== aShape.rows) throw fail(`C has ${cShape.rows} rows, A ${aShape.rows}`)
      if (cShape.columnBytes !== bShape.columnBytes)
        throw fail(`C has ${cShape.columnBytes} bytes a row, B ${bShape.columnBytes}`)
      const groups = aShape.columnBytes / 4
      if (groups !== bShape.rows) throw fail(`A has ${groups} groups a row, B ${bShape.rows} rows`)
      run(state, [c, a, b], { rows: cShape.rows, columns: cShape.columnBytes / 4, groups })
      const { rows, columnBytes } = cShape
      const first = c * TILE_BYTES
      if (columnBytes < ROW_BYTES) {
        for (let m = 0; m < rows; m++)
          tiles.u8.fill(0, first + m * ROW_BYTES + columnBytes, first + (m + 1) * ROW_BYTES)
      }
      tiles.u8.fill(0, first + rows * ROW_BYTES, first + TILE_BYTES)
      tiles.startRow = 0
    }
  }
}

const bytes = (a: 'i8' | 'u8', b: 'i8' | 'u8'): Semantics =>
  product((state, tiles, shape) => addIntegerProduct(state, tiles, shape, a, b))

const singles = (parts: 2 | 4, left: Decode, right: Decode = left): Semantics =>
  product((state, tiles, shape) => addProduct(state, tiles, shape, parts, left, right))

/** A table that is made when it is first needed. */
function lazily(size: number, valueAt: (bits: number) => number): () => Float64Array {
  let table: Float64Array | null = null
  return () => {
    table ??= Float64Array.from({ length: size }, (_, bits) => valueAt(bits))
    return table
  }
}

/** e4m3 (OCP 8-bit floating point, 5.3.1): bias 7, no infinities, NaN where all bits are ones. */
function hf8(bits: number): number {
  const sign = bits >= 128 ? -1 : 1
  const exponent = (bits >> 3) & 15
  const fraction = bits & 7
  if (exponent === 15 && fraction === 7) return Number.NaN
  return sign * (exponent === 0 ? fraction * 2 ** -9 : (8 + fraction) * 2 ** (exponent - 10))
}

const halves = decodeBy(lazily(65536, f16Value), 2)
/** The imaginary parts negative: their product counts so in a real part. */
const conjugates: Decode = (tiles, from, step, out, to, count) => {
  halves(tiles, from, step, out, to, count)
  for (let i = 1; i < count; i += 2) out.values[to + i] = -out.values[to + i]!
}
/** Imaginary parts before real ones. */
const exchanged: Decode = (tiles, from, step, out, to, count) => {
  halves(tiles, from, step, out, to, count)
  const { values } = out
  for (let i = to; i < to + count; i += 2) {
    const real = values[i]!
    values[i] = values[i + 1]!
    values[i + 1] = real
  }
}
/** e5m2 is the upper byte of f16. */
const bf8s = decodeBy(
  lazily(256, (bits) => f16Value(bits << 8)),
  4,
)
const hf8s = decodeBy(lazily(256, hf8), 4)

export const amxSemantics: SemanticsTable = {
  ldtilecfg: loadConfiguration,
  sttilecfg: storeConfiguration,
  tilerelease: (state) => () => state.tiles.release(),
  tilezero: (state, instruction) => {
    const tile = tileAt(instruction, 0)
    return () => {
      state.tiles.configuredShape(tile)
      state.tiles.u8.fill(0, tile * TILE_BYTES, (tile + 1) * TILE_BYTES)
      state.tiles.startRow = 0
    }
  },
  tileloadd: loadTile,
  tileloaddt1: loadTile,
  tileloaddrs: loadTile,
  tileloaddrst1: loadTile,
  tilestored: storeTile,
  tdpbssd: bytes('i8', 'i8'),
  tdpbsud: bytes('i8', 'u8'),
  tdpbusd: bytes('u8', 'i8'),
  tdpbuud: bytes('u8', 'u8'),
  tdpbf16ps: singles(2, decodeBf16),
  tdpfp16ps: singles(2, halves),
  tcmmrlfp16ps: singles(2, halves, conjugates),
  tcmmimfp16ps: singles(2, exchanged, halves),
  // Intel's words leave the order of the sums open, and other emulators differ: four sums a column here, as Intel's
  // patent EP 4 398 097 has them, and as the 16-bit products have two.
  tdpbf8ps: singles(4, bf8s),
  tdpbhf8ps: singles(4, bf8s, hf8s),
  tdphbf8ps: singles(4, hf8s, bf8s),
  tdphf8ps: singles(4, hf8s),
}
