/** Products of tiles: elements decoded once into numbers, B by columns, then one loop over k a sum. */
import { flushed, flushedMultiplyAdd, LEAST, narrowMultiplyAdd } from './flushed.ts'
import type { State } from './state.ts'
import { ROW_BYTES, TILE_BYTES, type TileFile } from './tile-file.ts'

const { fround } = Math
const ROWS = 16
const MOST_ELEMENTS = ROWS * ROW_BYTES
/** Elements of a tile as numbers. */
export interface Elements {
  /** Element j of the line of `line` is at `line * width + j`. */
  readonly values: Float64Array
  /** A power of two that every product with one more such bound is a multiple of; 0 where nobody need know. */
  unit: number
}

const elements = (): Elements => ({ values: new Float64Array(MOST_ELEMENTS), unit: 0 })

/** Decodes `count` elements of a tile: from the tile's element `from` to `values[to]`, and on by the two steps. */
export type Decode = (
  tiles: TileFile,
  from: number,
  step: number,
  out: Elements,
  to: number,
  count: number,
) => void

const word = new Int32Array(1)
const asSingle = new Float32Array(word.buffer)

/** bf16 is the upper half of f32; denormals are zeros. */
export const decodeBf16: Decode = (tiles, from, step, out, to, count) => {
  const { u16 } = tiles
  const { values } = out
  let least = 0xff
  for (let i = 0; i < count; i++) {
    const bits = u16[from + ((i >> 1) * step + (i & 1))]!
    const exponent = (bits >> 7) & 0xff
    word[0] = (exponent === 0 ? bits & 0x8000 : bits) << 16
    values[to + i] = asSingle[0]!
    if (exponent !== 0 && exponent < least) least = exponent
  }
  const unit = 2 ** (least - 127 - 7)
  if (unit < out.unit) out.unit = unit
}

/** By a table of all values; `perGroup`: elements that lie together, 2 halves or 4 bytes. */
export function decodeBy(table: () => Float64Array, perGroup: 2 | 4): Decode {
  const shift = perGroup >> 1
  const mask = perGroup - 1
  return (tiles, from, step, { values }, to, count) => {
    const view = perGroup === 2 ? tiles.u16 : tiles.u8
    const known = table()
    for (let i = 0; i < count; i++) values[to + i] = known[view[from + ((i >> shift) * step + (i & mask))]!]!
  }
}

/** What a product of tiles is made of. */
export interface ProductShape {
  readonly rows: number
  readonly columns: number
  /** Groups of four bytes along k. */
  readonly groups: number
}

const left = elements()
const right = elements()

function sumOfTwo(a: Float64Array, at: number, b: Float64Array, bt: number, width: number): number {
  let s0 = 0
  let s1 = 0
  for (let j = 0; j < width; j += 2) {
    s0 = fround(a[at + j]! * b[bt + j]! + s0)
    s1 = fround(a[at + j + 1]! * b[bt + j + 1]! + s1)
  }
  return flushed(fround(s0 + s1))
}

function checkedSumOfTwo(a: Float64Array, at: number, b: Float64Array, bt: number, width: number): number {
  let s0 = 0
  let s1 = 0
  for (let j = 0; j < width; j += 2) {
    s0 = narrowMultiplyAdd(a[at + j]!, b[bt + j]!, s0)
    s1 = narrowMultiplyAdd(a[at + j + 1]!, b[bt + j + 1]!, s1)
  }
  return flushed(fround(s0 + s1))
}

function sumOfFour(a: Float64Array, at: number, b: Float64Array, bt: number, width: number): number {
  let s0 = 0
  let s1 = 0
  let s2 = 0
  let s3 = 0
  for (let j = 0; j < width; j += 4) {
    s0 = fround(a[at + j]! * b[bt + j]! + s0)
    s1 = fround(a[at + j + 1]! * b[bt + j + 1]! + s1)
    s2 = fround(a[at + j + 2]! * b[bt + j + 2]! + s2)
    s3 = fround(a[at + j + 3]! * b[bt + j + 3]! + s3)
  }
  return fround(fround(s0 + s1) + fround(s2 + s3))
}

/** The same with the payloads of NaNs, which numbers do not keep. */
function withNaN(
  { float: unit, tiles }: State,
  at: number,
  bt: number,
  parts: 2 | 4,
  width: number,
  place: number,
): void {
  const sums = [0, 0, 0, 0]
  for (let j = 0; j < width; j++) {
    const part = j % parts
    sums[part] = flushedMultiplyAdd(unit, left.values[at + j]!, right.values[bt + j]!, sums[part]!)
  }
  const plus = (x: number, y: number): number => flushedMultiplyAdd(unit, x, 1, y)
  const low = plus(sums[0]!, sums[1]!)
  const { f32 } = tiles
  f32[place] = plus(f32[place]!, parts === 2 ? low : plus(low, plus(sums[2]!, sums[3]!)))
}

/**
 * C ← C + A·B in f32: for each of the `parts` places in a group a sum of its own from +0, each product added with one
 * rounding to nearest even; the sums are added by pairs, and to C last. Denormals are zeros, MXCSR does not count.
 */
export function addProduct(
  state: State,
  [c, a, b]: readonly [number, number, number],
  { rows, columns, groups }: ProductShape,
  parts: 2 | 4,
  decodeLeft: Decode,
  decodeRight: Decode,
): void {
  const { tiles } = state
  const width = groups * parts
  const bytes = 4 / parts
  const perRow = ROW_BYTES / bytes
  left.unit = right.unit = 1
  for (let m = 0; m < rows; m++) {
    decodeLeft(tiles, (a * TILE_BYTES) / bytes + m * perRow, parts, left, m * width, width)
  }
  for (let n = 0; n < columns; n++) {
    decodeRight(tiles, (b * TILE_BYTES) / bytes + n * parts, perRow, right, n * width, width)
  }
  // Sums of multiples of a unit are multiples of it: above LEAST none but zero is tiny.
  const sumOf = parts === 4 ? sumOfFour : left.unit * right.unit > LEAST ? sumOfTwo : checkedSumOfTwo
  const { f32 } = tiles
  for (let m = 0; m < rows; m++) {
    const row = (c * TILE_BYTES + m * ROW_BYTES) >> 2
    for (let n = 0; n < columns; n++) {
      const sum = sumOf(left.values, m * width, right.values, n * width, width)
      const result = flushed(fround(flushed(f32[row + n]!) + sum))
      if (Number.isNaN(result)) withNaN(state, m * width, n * width, parts, width, row + n)
      else f32[row + n] = result
    }
  }
}

const leftBytes = new Int32Array(MOST_ELEMENTS)
const rightBytes = new Int32Array(MOST_ELEMENTS)

/** C ← C + A·B in s32, four products of bytes a group; nothing saturates. */
export function addIntegerProduct(
  { tiles }: State,
  [c, a, b]: readonly [number, number, number],
  { rows, columns, groups }: ProductShape,
  leftView: 'i8' | 'u8',
  rightView: 'i8' | 'u8',
): void {
  const width = 4 * groups
  const [x, y] = [tiles[leftView], tiles[rightView]]
  for (let m = 0; m < rows; m++) {
    const from = a * TILE_BYTES + m * ROW_BYTES
    for (let j = 0; j < width; j++) leftBytes[m * width + j] = x[from + j]!
  }
  for (let n = 0; n < columns; n++) {
    const from = b * TILE_BYTES + 4 * n
    for (let j = 0; j < width; j++) rightBytes[n * width + j] = y[from + (j >> 2) * ROW_BYTES + (j & 3)]!
  }
  const { i32 } = tiles
  for (let m = 0; m < rows; m++) {
    const row = (c * TILE_BYTES + m * ROW_BYTES) >> 2
    const at = m * width
    for (let n = 0; n < columns; n++) {
      const bt = n * width
      let sum = i32[row + n]!
      for (let j = 0; j < width; j += 4) {
        sum =
          (sum +
            leftBytes[at + j]! * rightBytes[bt + j]! +
            leftBytes[at + j + 1]! * rightBytes[bt + j + 1]! +
            leftBytes[at + j + 2]! * rightBytes[bt + j + 2]! +
            leftBytes[at + j + 3]! * rightBytes[bt + j + 3]!) |
          0
      }
      i32[row + n] = sum
    }
  }
}
