/** The tile instructions: configuration, loads, stores, and products of int8, bf16, f16, complex f16 and fp8. */
import { Mem } from '../encoder/operands.ts'
import { Reg } from '../encoder/registers.ts'
import { compileAddress } from './address.ts'
import { RaisedFault } from './fault.ts'
import type { FloatUnit } from './float-unit.ts'
import { type Instruction, NoSemantics, type Semantics, type SemanticsTable } from './instruction.ts'
import { bf16Value, flushedMultiplyAdd, halfToSingle } from './low-precision.ts'
import { NOWHERE, type Region } from './memory.ts'
import type { State } from './state.ts'
import { ROW_BYTES, TILE_BYTES } from './tile-file.ts'

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
    const { rows, columnBytes } = state.tiles.shape(tile)
    const first = tile * TILE_BYTES
    const [start, step] = [base(), stride()]
    const locate = (row: number): number => {
      const at = start + row * step
      if (at < region.start || at + columnBytes > region.end || !region.readable)
        region = state.memory.find(at, columnBytes, 'read')
      return at - region.bias
    }
    for (let row = 0; row < rows; row++) {
      const from = locate(row)
      const to = first + row * ROW_BYTES
      for (let i = 0; i < columnBytes; i++) u8[to + i] = region.u8[from + i]!
      u8.fill(0, to + columnBytes, to + ROW_BYTES)
    }
    u8.fill(0, first + rows * ROW_BYTES, first + TILE_BYTES)
  }
}

const storeTile: Semantics = (state, instruction) => {
  const tile = tileAt(instruction, 1)
  const { base, stride } = rowsOf(state, instruction, 0)
  const { u8 } = state.tiles
  let region: Region = NOWHERE
  return () => {
    const { rows, columnBytes } = state.tiles.shape(tile)
    const [start, step] = [base(), stride()]
    for (let row = 0; row < rows; row++) {
      const at = start + row * step
      if (at < region.start || at + columnBytes > region.end || !region.writable)
        region = state.memory.find(at, columnBytes, 'write')
      const from = tile * TILE_BYTES + row * ROW_BYTES
      for (let i = 0; i < columnBytes; i++) region.u8[at - region.bias + i] = u8[from + i]!
    }
  }
}

/** Products of a tile's row with columns of groups of four bytes: `C[m][n] ← cell(A's row, B's columns, C[m][n])`. */
type Cell = (state: State, a: number, b: number, groups: number, c: number) => void

/**
 * C ← C + A·B. `a` is the byte offset of row m of A, `b` that of column n in B's first row, `c` that of C[m][n]; the
 * k-th group of four bytes is `4k` further in A, and `k` rows further in B.
 */
function product(cell: Cell): Semantics {
  return (state, instruction) => {
    const [c, a, b] = [tileAt(instruction, 0), tileAt(instruction, 1), tileAt(instruction, 2)]
    const { tiles } = state
    return () => {
      const [cShape, aShape, bShape] = [tiles.shape(c), tiles.shape(a), tiles.shape(b)]
      const fail = (reason: string): RaisedFault => new RaisedFault('#UD', `tile product: ${reason}`)
      if (c === a || c === b || a === b) throw fail('the tiles must differ')
      for (const { columnBytes } of [cShape, aShape, bShape])
        if (columnBytes % 4 !== 0) throw fail(`${columnBytes} bytes a row are no multiple of 4`)
      if (cShape.rows !== aShape.rows) throw fail(`C has ${cShape.rows} rows, A ${aShape.rows}`)
      if (cShape.columnBytes !== bShape.columnBytes)
        throw fail(`C has ${cShape.columnBytes} bytes a row, B ${bShape.columnBytes}`)
      const groups = aShape.columnBytes / 4
      if (groups !== bShape.rows) throw fail(`A has ${groups} groups a row, B ${bShape.rows} rows`)
      const columns = cShape.columnBytes / 4
      for (let m = 0; m < cShape.rows; m++) {
        for (let n = 0; n < columns; n++) {
          const place = c * TILE_BYTES + m * ROW_BYTES + 4 * n
          cell(state, a * TILE_BYTES + m * ROW_BYTES, b * TILE_BYTES + 4 * n, groups, place)
        }
        const row = c * TILE_BYTES + m * ROW_BYTES
        tiles.u8.fill(0, row + cShape.columnBytes, row + ROW_BYTES)
      }
      tiles.u8.fill(0, c * TILE_BYTES + cShape.rows * ROW_BYTES, (c + 1) * TILE_BYTES)
    }
  }
}

/** Four products of bytes a group, summed without saturation. */
const bytes = (a: 'i8' | 'u8', b: 'i8' | 'u8'): Semantics =>
  product(({ tiles }, aAt, bAt, groups, c) => {
    const left = tiles[a]
    const right = tiles[b]
    let sum = tiles.i32[c >> 2]!
    for (let k = 0; k < groups; k++) {
      const x = aAt + 4 * k
      const y = bAt + ROW_BYTES * k
      for (let j = 0; j < 4; j++) sum = (sum + left[x + j]! * right[y + j]!) | 0
    }
    tiles.i32[c >> 2] = sum
  })

/**
 * Sums of products of f32 values, one running sum for each of the `parts` of a group, each product added with one
 * rounding; the sums are then added by pairs, and to C last. Denormals are zeros, MXCSR does not count.
 */
function singles(
  parts: 2 | 4,
  value: (state: State, at: number, part: number, isLeft: boolean) => number,
  cross?: 'imaginary',
): Semantics {
  const sums = new Float32Array(parts)
  return product((state, aAt, bAt, groups, c) => {
    const unit = state.float
    sums.fill(0)
    for (let k = 0; k < groups; k++) {
      for (let part = 0; part < parts; part++) {
        const x = value(state, aAt + 4 * k, cross === 'imaginary' ? 1 - part : part, true)
        const y = value(state, bAt + ROW_BYTES * k, part, false)
        sums[part] = flushedMultiplyAdd(unit, x, y, sums[part]!)
      }
    }
    const low = plus(unit, sums[0]!, sums[1]!)
    const sum = parts === 2 ? low : plus(unit, low, plus(unit, sums[2]!, sums[3]!))
    const { f32 } = state.tiles
    f32[c >> 2] = plus(unit, f32[c >> 2]!, sum)
  })
}

/** A sum under the same rules. */
const plus = (unit: FloatUnit, x: number, y: number): number => flushedMultiplyAdd(unit, x, 1, y)

const view = new DataView(new ArrayBuffer(4))
const numberOf = (bits: number): number => {
  view.setUint32(0, bits)
  return view.getFloat32(0)
}

const HALVES: Float32Array = new Float32Array(65536)
let halvesAreKnown = false

/** An f16's bits as a number, by a table. */
function half(unit: FloatUnit, bits: number): number {
  if (!halvesAreKnown) {
    for (let i = 0; i < HALVES.length; i++) HALVES[i] = numberOf(halfToSingle(unit, i))
    halvesAreKnown = true
  }
  return HALVES[bits]!
}

const halfAt = (state: State, at: number, part: number): number =>
  half(state.float, state.tiles.u16[(at >> 1) + part]!)

/** e5m2 is the upper byte of f16. */
const bf8 = (unit: FloatUnit, bits: number): number => half(unit, bits << 8)

/** e4m3 (OCP 8-bit floating point, 5.3.1): bias 7, no infinities, NaN where all bits are ones. */
function hf8(bits: number): number {
  const sign = bits >= 128 ? -1 : 1
  const exponent = (bits >> 3) & 15
  const fraction = bits & 7
  if (exponent === 15 && fraction === 7) return Number.NaN
  return sign * (exponent === 0 ? fraction * 2 ** -9 : (8 + fraction) * 2 ** (exponent - 10))
}

const fp8 = (left: 'b' | 'h', right: 'b' | 'h'): Semantics =>
  singles(4, ({ float, tiles }, at, part, isLeft) => {
    const bits = tiles.u8[at + part]!
    return (isLeft ? left : right) === 'b' ? bf8(float, bits) : hf8(bits)
  })

/** Real parts: the product of the imaginary parts counts negative. */
const realParts: Semantics = singles(2, (state, at, part, isLeft) => {
  const x = halfAt(state, at, part)
  return part === 1 && !isLeft ? -x : x
})

export const amxSemantics: SemanticsTable = {
  ldtilecfg: loadConfiguration,
  sttilecfg: storeConfiguration,
  tilerelease: (state) => () => state.tiles.release(),
  tilezero: (state, instruction) => {
    const tile = tileAt(instruction, 0)
    return () => {
      state.tiles.shape(tile)
      state.tiles.u8.fill(0, tile * TILE_BYTES, (tile + 1) * TILE_BYTES)
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
  tdpbf16ps: singles(2, ({ tiles }, at, part) => bf16Value(tiles.u16[(at >> 1) + part]!)),
  tdpfp16ps: singles(2, (state, at, part) => halfAt(state, at, part)),
  tcmmrlfp16ps: realParts,
  tcmmimfp16ps: singles(2, (state, at, part) => halfAt(state, at, part), 'imaginary'),
  tdpbf8ps: fp8('b', 'b'),
  tdpbhf8ps: fp8('b', 'h'),
  tdphbf8ps: fp8('h', 'b'),
  tdphf8ps: fp8('h', 'h'),
}
