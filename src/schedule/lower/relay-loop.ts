/** Lowers blocks of k whose rows of B are copied together in the workspace, each block while the one before is multiplied. */
import { mem } from '../../encoder/operands.ts'
import type { V } from '../../regalloc/function.ts'
import type { MaskKind, VectorKind } from '../operand-kinds.ts'
import { advance, copy, isKnown, type Quantity } from '../quantity.ts'
import { type BlockLoop, ScheduleError } from '../tile-program.ts'
import {
  type Cursor,
  counted,
  type Environment,
  type Lowering,
  moveCursors,
  ownCursors,
  type Relay,
  type RelayShare,
} from './environment.ts'
import { evenTiles } from './tile-loop.ts'

/** Bytes behind each copied row: neighbouring rows fall into different sets of caches. */
export const RELAY_GAP = 64
const LINE_BYTES = 64
/** Rows ahead of the one that is copied that memory is asked for. */
const ROWS_AHEAD = 1

/** What is known of a block when it is shared out; `row` in vectors. */
export interface RelayBlock {
  readonly tile: { readonly m: number; readonly vectors: number }
  readonly m: number
  readonly row: number
  readonly steps: number
  readonly unroll: number
}

const count = (units: number, size: number): number =>
  evenTiles(units, size).reduce((sum, run) => sum + run.count, 0)

/** Rows that a piece may have, in the order in which they are tried. */
const ROWS = [4, 2, 1]

/** The fewest vectors an iteration with which the tiles of a block copy the next one; null when there is no way. */
export function relayShare({ tile, m, row, steps, unroll }: RelayBlock): RelayShare | null {
  const tiles = count(m, tile.m) * count(row, tile.vectors)
  const iterations = Math.floor(steps / unroll)
  let best: RelayShare | null = null
  for (const rows of ROWS) {
    if (steps % rows !== 0) continue
    for (let vectors = 1; iterations > 1 && iterations * vectors <= row; vectors++) {
      const piece = iterations * vectors
      const pieces = Math.ceil(row / piece)
      const apart = pieces === 1 ? 0 : (row - piece) / (pieces - 1)
      if (!Number.isInteger(apart) || (steps / rows) * pieces > tiles) continue
      if (best === null || rows * vectors < best.rows * best.vectors) best = { rows, vectors, pieces, apart }
      break
    }
  }
  return best
}

/** Bytes that a row takes where it is copied. */
export const relayedRow = (rowBytes: number): number =>
  Math.ceil(rowBytes / LINE_BYTES) * LINE_BYTES + RELAY_GAP

export function lowerRelayLoop<K extends VectorKind, M extends MaskKind>(
  cx: Lowering<K, M>,
  { dim, size, relays }: Pick<BlockLoop, 'dim' | 'size' | 'relays'>,
  env: Environment<M>,
  /** What is done once for all blocks of the same steps, and for each block. */
  {
    before,
    body,
  }: {
    readonly before: (env: Environment<M>) => Environment<M>
    readonly body: (env: Environment<M>) => void
  },
): void {
  const { f, elementBytes, lanes, program } = cx
  const { m, n, k } = env.extents
  const { B } = env.cursors
  const ld = B.strides.k as Quantity
  if (
    relays === null ||
    dim !== 'k' ||
    size === 'runtime' ||
    !isKnown(m) ||
    !isKnown(n) ||
    !isKnown(k) ||
    !isKnown(ld)
  )
    throw new ScheduleError(`${program.name}: rows can be copied meanwhile only where all sizes are known`)
  if (k === 0) {
    body(before(env))
    return
  }
  const { tile, unroll } = relays
  const columns = relays.columns ?? n
  const share = relayShare({
    ...{ m, steps: size, unroll, row: columns / lanes },
    tile: { m: tile.m, vectors: tile.n / lanes },
  })
  if (k % size !== 0 || n % columns !== 0 || columns % lanes !== 0 || share === null)
    throw new ScheduleError(`${program.name}: blocks of ${size}×${columns} cannot be shared out`)
  const stride = relayedRow(columns * elementBytes)
  const bytes = size * stride
  const across = n / columns
  const down = k / size
  const current = f.gp('relay.current')
  f.mov(current, cx.workspace())
  if (relays.place > 0) f.add(current, relays.place)
  const other = f.gp('relay.other')
  f.lea(other, mem(current, bytes))
  copyRows(cx, { B, ld, stride, rows: size, row: columns / lanes }, current)
  const from = f.gp('relay.from')
  const relay: Relay = {
    ...{ share, from, to: f.gp('relay.to'), left: f.gp('relay.left'), inRow: f.gp('relay.in-row') },
    strides: { from: ld, to: stride },
  }
  // Blocks lie side by side along n, and begin anew one step further along k.
  const [right, below] = [columns * elementBytes, size * ld]
  const start = f.gp('relay.start')
  f.lea(start, mem(B.base, B.offset))
  const end = copy(f, start, 'relay.end')
  advance(f, end, down * below)
  const block = (at: Environment<M>): void => {
    const here = f.gp('relay.here')
    f.lea(here, mem(at.cursors.B.base, at.cursors.B.offset))
    f.mov(from, here)
    advance(f, from, right)
    const next = copy(f, start, 'relay.next')
    advance(f, next, below)
    // The last block of all has none behind it: it copies itself, which nobody reads.
    f.cmp(next, end)
    f.cmove(next, here)
    const last = copy(f, start, 'relay.last')
    advance(f, last, (across - 1) * right)
    f.cmp(here, last)
    f.cmove(from, next)
    f.mov(relay.to, other)
    f.mov(relay.left, (size / share.rows) * share.pieces)
    f.mov(relay.inRow, share.pieces)
    const copied: Cursor = { base: current, offset: 0, strides: { n: elementBytes, k: stride } }
    body({
      ...at,
      relay,
      extents: { ...at.extents, k: size, n: columns },
      cursors: { ...at.cursors, B: copied },
    })
    const swapped = copy(f, current, 'relay.swap')
    f.mov(current, other)
    f.mov(other, swapped)
  }
  const row = (at: Environment<M>): void => {
    const staged = before({ ...at, extents: { ...at.extents, k: size } })
    const own = across > 1 ? ownCursors(f, staged, 'n', 'relay.n') : staged
    counted(f, 'relay.n', across, false, () => {
      block(own)
      if (across > 1) moveCursors(f, own, 'n', columns)
    })
  }
  row(env)
  if (down === 1) return
  const own = { ...ownCursors(f, env, 'k', 'relay.k'), beta: 1 }
  counted(f, 'relay.k', down - 1, false, () => {
    moveCursors(f, own, 'k', size)
    advance(f, start, below)
    row(own)
  })
}

/** The first block, in a pass of its own. */
function copyRows<K extends VectorKind, M extends MaskKind>(
  { f, kernel, machine }: Lowering<K, M>,
  {
    B,
    ld,
    stride,
    rows,
    row,
  }: {
    readonly B: Cursor
    readonly ld: number
    readonly stride: number
    readonly rows: number
    readonly row: number
  },
  to: V<'r64'>,
): void {
  const from = f.gp('relay.row')
  f.lea(from, mem(B.base, B.offset))
  const target = copy(f, to, 'relay.target')
  const rowBytes = row * machine.vectorBytes
  counted(f, 'relay.rows', rows, false, () => {
    counted(f, 'relay.vectors', row, false, () => {
      const vector = f.reg(machine.vector, 'copy')
      kernel.load(f, vector, mem(from))
      kernel.store(f, mem(target), vector)
      f.add(from, machine.vectorBytes)
      f.add(target, machine.vectorBytes)
    })
    advance(f, from, ld - rowBytes)
    advance(f, target, stride - rowBytes)
  })
}

/** A tile's part in copying: what to emit with each K-step of an iteration, at its end, and when the tile is done. */
export interface RelayedPiece {
  step(index: number): void
  next(): void
  done(): void
}

export function relayedPiece<K extends VectorKind, M extends MaskKind>(
  { f, kernel, machine }: Lowering<K, M>,
  { relay }: Environment<M>,
  unroll: number,
): RelayedPiece | null {
  if (relay === null) return null
  const { share, strides } = relay
  const { rows, vectors, pieces, apart } = share
  const { vectorBytes } = machine
  const from = copy(f, relay.from, 'piece.from')
  const to = copy(f, relay.to, 'piece.to')
  const bytes = vectors * vectorBytes
  const all = vectors * rows
  const ahead = ROWS_AHEAD * rows * strides.from
  return {
    step(index) {
      const end = Math.floor(((index + 1) * all) / unroll)
      for (let i = Math.floor((index * all) / unroll); i < end; i++) {
        const row = Math.floor(i / vectors)
        const at = (i % vectors) * vectorBytes
        if (at % LINE_BYTES === 0) f.prefetcht0(mem(from, row * strides.from + ahead + at).sized(8))
        const vector = f.reg(machine.vector, 'copy')
        kernel.load(f, vector, mem(from, row * strides.from + at))
        kernel.store(f, mem(to, row * strides.to + at), vector)
      }
    },
    next() {
      f.add(from, bytes)
      f.add(to, bytes)
    },
    done() {
      const end = f.label('relay.end')
      f.cmp(relay.left, 1)
      f.jbe(end)
      f.sub(relay.left, 1)
      const step = apart * vectorBytes
      if (pieces > 1) {
        f.add(relay.from, step)
        f.add(relay.to, step)
        f.sub(relay.inRow, 1)
        f.jne(end)
        f.mov(relay.inRow, pieces)
      }
      advance(f, relay.from, rows * strides.from - (pieces > 1 ? pieces * step : 0))
      advance(f, relay.to, rows * strides.to - (pieces > 1 ? pieces * step : 0))
      f.bind(end)
    },
  }
}
