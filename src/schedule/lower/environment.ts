/** What lowering knows at one point of a program: current sizes, where each matrix's current part lies. */
import { mem } from '../../encoder/operands.ts'
import type { V } from '../../regalloc/function.ts'
import type { Recorder } from '../../regalloc/recorder.ts'
import type { Machine, Nanokernel, Product } from '../machine.ts'
import type { MaskKind, VectorKind } from '../operand-kinds.ts'
import type { Storage } from '../product-type.ts'
import { advance, type Quantity } from '../quantity.ts'
import type { Dim, OperandName, Size, TileProgram } from '../tile-program.ts'

/**
 * Index vectors for paired steps. `interleave[h]`: elements of two rows in turn; `halves`: those
 * of one vector's halves; `evens`, `odds`: every other element of two vectors.
 */
export interface PairIndices<K extends VectorKind> {
  readonly interleave: readonly V<K>[]
  readonly halves: V<K>
  readonly evens: V<K>
  readonly odds: V<K>
}

/** How a block of B is shared out: each tile copies a piece of a few neighbouring rows. */
export interface RelayShare {
  /** Rows of a piece, and vectors of each in each iteration over k. */
  readonly rows: number
  readonly vectors: number
  /** Pieces side by side, and vectors from the begin of one to that of the next: they may overlap, never reach beyond the row. */
  readonly pieces: number
  readonly apart: number
}

/** Where the next piece of B's next block is copied from and to, how many are left, and how many in these rows; tiles move them on. */
export interface Relay {
  readonly share: RelayShare
  readonly from: V<'r64'>
  readonly to: V<'r64'>
  readonly left: V<'r64'>
  readonly inRow: V<'r64'>
  /** Bytes from one row to the next, in B and where it is copied. */
  readonly strides: { readonly from: number; readonly to: number }
}

/** The fixed companions of one lowering. */
export interface Lowering<K extends VectorKind, M extends MaskKind> {
  readonly f: Recorder
  readonly machine: Machine<K, M>
  readonly program: TileProgram
  /** How the machine computes the program's type, and its vocabulary with the operands in this order. */
  readonly product: Product<K, M>
  readonly kernel: Nanokernel<K, M>
  /** What A, B and C hold. */
  readonly storage: Readonly<Record<OperandName, Storage>>
  /** Index vectors, when a tile takes its K-steps in pairs. */
  readonly indices: PairIndices<K> | null
  /** The call's `pack`: whether there are panels, for programs that leave it open. */
  readonly packs: V<'r64'> | null
  /** A field of the argument block. */
  readonly parameter: (name: string) => V<'r64'>
  /** The workspace's address. */
  readonly workspace: () => V<'r64'>
  /** A size as a number, or read from the argument block. */
  readonly size: (value: Size, name: string) => Quantity
  /** Bytes of a unit, and of a sum. */
  readonly elementBytes: number
  /** Units, and sums, in one vector. */
  readonly lanes: number
}

/**
 * What cursors point at: the matrices; in the workspace `P`, the panels of B, and `Q`, those of A; `next`, the part of B's
 * next block that a tile asks for; and what is added to integer sums of a row or a column, or multiplied by.
 */
export type Place = OperandName | 'P' | 'Q' | 'next' | Terms
type Terms = 'rowTerms' | 'columnTerms' | 'scales' | 'bias'

/**
 * The first element of a matrix's current part: base + offset bytes. `strides` are bytes per step of a
 * dimension; a panel has none along k, where a step is the current tile's own width.
 */
export interface Cursor {
  readonly base: V<'r64'>
  readonly offset: number
  readonly strides: Readonly<Partial<Record<Dim, Quantity>>>
  /** Bytes from one k to the next inside a unit. */
  readonly step?: Quantity | undefined
  /** Whether the last unit is filled up with zeros. */
  readonly isPadded?: boolean | undefined
  /** Bytes to the upper plane of what is staged in two; a row's flag is the last half of the gap behind it. */
  readonly plane?: number | undefined
}

/** The cursor with another place. Property by property: of what is added to a copy V8 makes hidden classes anew each time. */
export const placedAt = (
  { strides, step, isPadded, plane }: Cursor,
  base: V<'r64'>,
  offset: number,
): Cursor => ({
  base,
  offset,
  strides,
  step,
  isPadded,
  plane,
})

/** A factor that is known, or whose bits (in the element type) are in a register. */
export type Factor = number | V<'r64'>

export interface Environment<M extends MaskKind> {
  /** Elements of each dimension that are left to the statement; of k, units. */
  readonly extents: Readonly<Record<Dim, Quantity>>
  /** Elements in the last unit of k; 0 when it is whole. */
  readonly kRest: Quantity
  /** `P` and `Q` are there when the program packs B and A. */
  readonly cursors: Readonly<
    Record<OperandName, Cursor> & Partial<Record<Exclude<Place, OperandName>, Cursor>>
  >
  /** The product's factor. */
  readonly alpha: Factor
  /** What C is multiplied by before the product is added: beta at first, then 1, as C holds partial sums by then. */
  readonly beta: Factor
  /** What tiles copy of B's next block; null where they copy none. */
  readonly relay: Relay | null
  /** Inside tile loops: the register tile that this copy of the code is for. */
  readonly tile: {
    readonly rows: number
    readonly vectors: number
    /** Columns in the last vector, and their mask, or null when it is whole. */
    readonly lastLanes: Quantity
    readonly mask: V<M> | null
  }
}

/** The environment with other cursors, written out for the same reason. */
const withCursors = <M extends MaskKind>(
  { extents, kRest, alpha, beta, relay, tile }: Environment<M>,
  cursors: Environment<M>['cursors'],
): Environment<M> => ({ extents, kRest, cursors, alpha, beta, relay, tile })

const PLACES: readonly Place[] = [
  ...(['A', 'B', 'C', 'P', 'Q', 'next'] as const),
  ...(['rowTerms', 'columnTerms', 'scales', 'bias'] as const),
]

/** Gives every matrix that depends on `dim` a pointer of its own, which a loop may move. */
export function ownCursors<M extends MaskKind>(
  f: Recorder,
  env: Environment<M>,
  dim: Dim,
  label: string,
): Environment<M> {
  const cursors = { ...env.cursors }
  for (const place of PLACES) {
    const cursor = env.cursors[place]
    if (cursor?.strides[dim] === undefined) continue
    const base = f.gp(`${place}.${label}`)
    if (cursor.offset === 0) f.mov(base, cursor.base)
    else f.lea(base, mem(cursor.base, cursor.offset))
    cursors[place] = placedAt(cursor, base, 0)
  }
  return withCursors(env, cursors)
}

/** Moves the pointers made by `ownCursors` on by `steps` along `dim`, in place. */
export function moveCursors<M extends MaskKind>(
  f: Recorder,
  env: Environment<M>,
  dim: Dim,
  steps: Quantity,
): void {
  for (const place of PLACES) {
    const cursor = env.cursors[place]
    const stride = cursor?.strides[dim]
    if (cursor === undefined || stride === undefined) continue
    const { base } = cursor
    if (typeof steps === 'number') advance(f, base, stride, steps)
    else {
      const bytes = f.gp(`${place}.move`)
      f.mov(bytes, steps)
      if (typeof stride === 'number') f.imul(bytes, bytes, stride)
      else f.imul(bytes, stride)
      f.add(base, bytes)
    }
  }
}

/** The environment `steps` (known) further along `dim`: by displacement where that is possible. */
export function shifted<M extends MaskKind>(
  f: Recorder,
  env: Environment<M>,
  dim: Dim,
  steps: number,
): Environment<M> {
  if (steps === 0) return env
  const cursors = { ...env.cursors }
  for (const place of PLACES) {
    const cursor = env.cursors[place]
    const stride = cursor?.strides[dim]
    if (cursor === undefined || stride === undefined) continue
    if (typeof stride === 'number' && cursor.offset + stride * steps < 2 ** 30) {
      cursors[place] = placedAt(cursor, cursor.base, cursor.offset + stride * steps)
    } else {
      const base = f.gp(`${place}.shifted`)
      f.mov(base, cursor.base)
      advance(f, base, stride, steps)
      cursors[place] = placedAt(cursor, base, cursor.offset)
    }
  }
  return withCursors(env, cursors)
}

/** Runs `body` `count` times; a run-time count of 0 skips it, a known count of 1 is no loop. */
export function counted(f: Recorder, name: string, count: Quantity, hot: boolean, body: () => void): void {
  if (count === 0) return
  if (count === 1) {
    body()
    return
  }
  const left = f.gp(`${name}.left`)
  const isKnown = typeof count === 'number'
  if (isKnown) f.mov(left, count)
  else {
    f.mov(left, count)
    f.test(left, left)
  }
  countedDown(f, name, left, isKnown, hot, body)
}

/**
 * Runs `body` as often as `left`, which the loop owns, says: at least once where `isSome`, else not at all where the zero
 * flag is set.
 */
export function countedDown(
  f: Recorder,
  name: string,
  left: V<'r64'>,
  isSome: boolean,
  hot: boolean,
  body: () => void,
): void {
  const end = f.label(`${name}.end`)
  if (!isSome) f.je(end)
  f.enterLoop(name, { hot })
  f.align(hot ? 64 : 16)
  const top = f.label(name)
  f.bind(top)
  body()
  f.sub(left, 1)
  f.jne(top)
  f.exitLoop()
  f.bind(end)
}
