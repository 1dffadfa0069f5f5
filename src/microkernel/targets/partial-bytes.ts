/**
 * Loads and stores of the first few 1- or 2-byte elements of 16 bytes, without masks: AVX2 masks 4- and 8-byte elements only.
 *
 * A count is a sum of powers of two, and each is one access: with 7 bytes, 4 at 0, 2 at 4 and 1 at 6. A piece of `size`
 * bytes begins where the larger ones end, at `bytes & −2·size`.
 */
import { mem } from '../../encoder/operands.ts'
import type { V } from '../../regalloc/function.ts'
import type { Recorder } from '../../regalloc/recorder.ts'
import type { Address } from '../../schedule/operand-kinds.ts'
import { isKnown, type Quantity, scale } from '../../schedule/quantity.ts'

type Piece = 1 | 2 | 4 | 8 | 16
const PIECES: readonly Piece[] = [16, 8, 4, 2, 1]

/** Which elements: `count` of `elementBytes`, at most `most` of them, which fit 16 bytes. */
export interface Elements {
  readonly count: Quantity
  readonly elementBytes: 1 | 2
  readonly most: number
}

/** Pieces of a known number of bytes, with their offsets, in order. */
function piecesOf(bytes: number): readonly (readonly [Piece, number])[] {
  return PIECES.filter((size) => (bytes & size) !== 0).map((size) => [size, bytes & (-2 * size)] as const)
}

/** Puts a piece from memory into the vector at an offset that is a multiple of its size. */
function insert(f: Recorder, to: V<'xmm'>, from: Address, size: Piece, offset: number): void {
  if (size === 16) f.vmovups(to, from)
  else if (size === 8) f.vpinsrq(to, to, from, offset / 8)
  else if (size === 4) f.vpinsrd(to, to, from, offset / 4)
  else if (size === 2) f.vpinsrw(to, to, from, offset / 2)
  else f.vpinsrb(to, to, from, offset)
}

/** Stores a piece of the vector that begins at an offset that is a multiple of its size. */
function extract(f: Recorder, to: Address, from: V<'xmm'>, size: Piece, offset: number): void {
  if (size === 16) f.vmovups(to, from)
  else if (size === 8) f.vmovq(to.sized(64), from)
  else if (size === 4) f.vpextrd(to, from, offset / 4)
  else if (size === 2) f.vpextrw(to, from, offset / 2)
  else f.vpextrb(to, from, offset)
}

/** The elements at `from`, in order, and zeros behind them. */
export function loadElements(f: Recorder, from: Address, elements: Elements): V<'xmm'> {
  const { count, elementBytes } = elements
  const to = f.xmm('part')
  if (isKnown(count)) {
    const [first, ...others] = piecesOf(count * elementBytes)
    const [size, at] = first!
    // These two clear what is behind them.
    if (size === 8) f.vmovq(to, from.sized(64))
    else if (size === 4) f.vmovd(to, from.sized(32))
    else {
      if (size < 4) f.vpxor(to, to, to)
      insert(f, to, from, size, at)
    }
    for (const [piece, offset] of others) insert(f, to, from.plus(offset), piece, offset)
    return to
  }
  f.vpxor(to, to, to)
  // From the last piece to the first: what is there moves up and makes room.
  walk(f, from, elements, 'up', (piece, size) => {
    if (size > elementBytes && size < 16) f.vpslldq(to, to, size)
    insert(f, to, piece, size, 0)
  })
  return to
}

/** Stores the first elements of a vector, which is left as it is. */
export function storeElements(f: Recorder, to: Address, from: V<'xmm'>, elements: Elements): void {
  const { count, elementBytes } = elements
  if (isKnown(count)) {
    for (const [size, offset] of piecesOf(count * elementBytes)) {
      extract(f, to.plus(offset), from, size, offset)
    }
    return
  }
  const left = f.xmm('left')
  f.vmovaps(left, from)
  walk(f, to, elements, 'down', (piece, size) => {
    extract(f, piece, left, size, 0)
    if (size > elementBytes && size < 16) f.vpsrldq(left, left, size)
  })
}

/** Code for each piece that the count at run time may have, passed over where it has not. */
function walk(
  f: Recorder,
  at: Address,
  { count, elementBytes, most }: Elements,
  direction: 'up' | 'down',
  piece: (address: Address, size: Piece) => void,
): void {
  const bytes = scale(f, count, elementBytes, 'part.bytes') as V<'r64'>
  const base = f.gp('part.at')
  f.lea(base, at)
  const sizes = PIECES.filter((size) => size >= elementBytes && size <= most * elementBytes)
  for (const size of direction === 'down' ? sizes : sizes.toReversed()) {
    const without = f.label(`part.without${size}`)
    const offset = f.gp('part.offset')
    f.test(bytes.as('r32'), size)
    f.je(without)
    f.mov(offset, bytes)
    f.and(offset, -2 * size)
    piece(mem(base, offset, 1), size)
    f.bind(without)
  }
}
