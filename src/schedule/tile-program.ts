/** The loop program of one matrix product: plain frozen data that primitives rewrite, with its printer. */

import type { ProductType, Storage } from './product-type.ts'

/** The three index spaces of C[m, n] += A[m, k] · B[k, n]. */
export type Dim = 'm' | 'n' | 'k'

export type OperandName = 'A' | 'B' | 'C'

/** A size in elements: known when compiling, or read from the argument block at each call. */
export type Size = number | 'runtime'

/** Where a run-time value lives in the argument block, in bytes. */
export interface Parameter {
  readonly name: string
  readonly offset: number
}

/** A factor: known when compiling, or read from the argument block at each call in the element type. */
export type Scalar = number | 'runtime'

/** A matrix in memory. */
export interface MatrixRef {
  readonly name: OperandName
  /** The parameter that holds its address; its leading dimension is `ld` and that. */
  readonly argument: 'a' | 'b' | 'c'
  /** Outer and inner dimension as stored: `dims[1]` runs along contiguous memory. */
  readonly dims: readonly [Dim, Dim]
  /** Elements from one line of `dims[0]` to the next. */
  readonly ld: Size
}

/** Many products of one shape, one after another. */
export interface BatchLoop {
  readonly kind: 'batch'
  readonly count: Size
  /** Elements from each matrix to the next; or `pointers`: a, b and c are addresses of `count` addresses each. */
  readonly matrices: Readonly<Record<OperandName, Size>> | 'pointers'
  readonly body: readonly Statement[]
}

/** Which steps a loop takes: all of them, only the first, or all but the first (which stands just before). */
export type Part = 'all' | 'first' | 'rest'

/**
 * Where B is read: in place; in place, leaving a copy in its panel on the way; from that panel; or wherever the
 * call's `pack` says (`either`).
 * Panels are `[k][width]`, contiguous, the last vector of columns padded with zeros.
 */
export type SourceOfB = 'in place' | 'copying' | 'panel' | 'either'

/** Walks one dimension in cache blocks of at most `size`; inside, the dimension is one block. */
export interface BlockLoop {
  readonly kind: 'block'
  readonly part: Part
  readonly dim: Dim
  /** `'runtime'`: read from the parameter `block_` and the dimension's name. */
  readonly size: Size
  /** Block boundaries fall on multiples of this. */
  readonly unit: number
  /** Whether a block of k takes elements ⌊k / size⌋ apart, and the next one their neighbours; otherwise blocks are of neighbours. */
  readonly isComb: boolean
  /**
   * Of k: rows of B are copied together in the workspace, so many bytes behind its begin, those of a block while the block
   * before is multiplied, by register tiles of that size; null where B is read by other ways.
   */
  readonly relays: {
    readonly place: number
    /** Columns of a block; null for all. */
    readonly columns: number | null
    readonly tile: { readonly m: number; readonly n: number }
    readonly unroll: number
  } | null
  readonly body: readonly Statement[]
}

/**
 * Copies the current block of an operand into panels, in a pass of its own: B's of `width` columns, A's (which must be
 * transposed) of `width` rows.
 */
export interface Pack {
  readonly kind: 'pack'
  readonly operand: 'A' | 'B'
  /** Whether it is done only when the parameter `pack` is not 0. */
  readonly optional: boolean
  /** Panels of columns side by side, or (`lanes`) of columns in 128-bit lanes, several K-steps each. */
  readonly layout: 'panels' | 'lanes'
  /** Columns of a panel; 0 until `registerTile` has decided it. */
  readonly width: number
  /** Whether tiles ask for the operand's next block along k while they use this one. */
  readonly asks: boolean
}

/**
 * Brings the current block of an operand into units in the workspace, where it is read from then on: narrow elements
 * converted, or those of several k put side by side. The last unit is filled up with zeros. An operand whose lines lie
 * along k keeps its orientation; others become [k in units][m].
 */
export interface Stage {
  readonly kind: 'stage'
  readonly operand: 'A' | 'B'
  /** Whether nibbles of A are left behind its row as well. */
  readonly nibbles: boolean
}

/**
 * What zero points, a bias, and bytes of B that are flipped, add to every row (of operand A) or column (of B) of the current
 * block, one s32 each, from sums of its elements; into the workspace. With `result`, B's sums alone, so many bytes behind C's address.
 */
export interface Terms {
  readonly kind: 'terms'
  readonly operand: 'A' | 'B'
  readonly result: number | null
}

/** Cuts the last `tail` columns off: `body` computes the others, `rest` those. */
export interface ColumnSplit {
  readonly kind: 'split'
  readonly tail: number
  readonly body: readonly Statement[]
  readonly rest: readonly Statement[]
}

/** C += A · B over the whole of the current m, n and k: what is to be tiled. */
export interface Contract {
  readonly kind: 'contract'
  readonly b: SourceOfB
}

/** Walks one dimension in register tiles of at most `size`, split evenly; code is specialised to each tile size. */
export interface TileLoop {
  readonly kind: 'tiles'
  readonly part: Part
  readonly dim: 'm' | 'n'
  readonly size: number
  /** Columns of a narrower first tile, so that the others begin on cache lines; 0 for none. */
  readonly lead: number
  /** Whether the lead is made only where it lets the other tiles begin on cache lines of B, which each call finds out. */
  readonly leadsToLines: boolean
  readonly body: readonly Statement[]
}

/** The microkernel: one register tile of C, all of the current k, as unrolled nanokernels. */
export interface RegisterTile {
  readonly kind: 'tile'
  readonly m: number
  readonly n: number
  readonly b: SourceOfB
  /** Whether A is read from its panels, [k][rows]. */
  readonly aPacked: boolean
  /**
   * How K-steps are laid in vectors: one at a time; two side by side, for few columns or few sums; or several in
   * 128-bit lanes, a column each, for very few columns. Or bytes of B as they are, by nibbles of A.
   */
  readonly steps: 'single' | 'pairs' | 'lanes' | 'nibbles'
  /** Nanokernels (K-steps) in one iteration of the k loop. */
  readonly unroll: number
  /** Whether it asks, before its K-steps, for its part of C and for where the rows of A begin that come next. */
  readonly prefetches: boolean
  /** Bytes behind each line of B that it asks for while it reads the line; 0 for none. */
  readonly readsAhead: number
}

/**
 * A rectangle of C, cut into equal blocks of tile registers under one configuration: `rows` of each tile down, `columns`
 * of each tile across, `units` of 32 bits in a K-step. Regions that stand side by side compute the contraction together.
 */
export interface TileRegion {
  readonly kind: 'region'
  readonly m: Extent
  readonly n: Extent
  readonly rows: readonly number[]
  readonly columns: readonly number[]
  readonly units: number
  readonly body: readonly Statement[]
}

/** `count` rows or columns from `start` on. */
export interface Extent {
  readonly start: number
  readonly count: number
}

/** One block of tile registers: as many tiles as the region around it says, all of the current k. */
export interface TmulTile {
  readonly kind: 'tmul'
  readonly m: number
  readonly n: number
  /** Where B is read: panels of units, [unit][column], or in place, re-laid on the way. */
  readonly b: 'copying' | 'panel'
  /** Bytes from the workspace's begin to where tiles pass on their way to C; null when they need not. */
  readonly scratch: number | null
}

/** Brings an operand of tile registers into the form that they want, in a pass of its own. */
export interface TilePack {
  readonly kind: 'tile-pack'
  /** B into panels; A transposed into rows; the last units of A's rows, padded with zeros. */
  readonly what: 'B' | 'A' | 'tails of A'
  /** Units of a K-step, and K-steps: together as many units as panels and rows have, padded with zeros. */
  readonly units: number
  readonly steps: number
  /** Columns of a panel of B but the last. */
  readonly width: number
}

export type Statement =
  | BatchLoop
  | ColumnSplit
  | BlockLoop
  | Pack
  | Stage
  | Terms
  | Contract
  | TileLoop
  | RegisterTile
  | TileRegion
  | TmulTile
  | TilePack

/** From integer sums to what C holds. What there is comes with the call. */
export interface Requantisation {
  readonly scale: 'tensor' | 'column'
  readonly zeroA: boolean
  readonly zeroB: boolean
  readonly zeroC: boolean
  readonly bias: boolean
}

/** Where terms are kept. */
export interface TermPlaces {
  /** Bytes from the workspace's begin to room for a tile's sums, and behind it for the terms of rows. */
  readonly rows: Size
  /** The same for the terms of columns. */
  readonly columns: Size
  /** Bytes of a tile's sums. */
  readonly tileBytes: number
}

/** A whole product, C = alpha·A·B + beta·C. With beta = 0 C is written and never read. */
export interface TileProgram {
  readonly name: string
  readonly type: ProductType
  /** What C holds. */
  readonly output: Storage
  /** How integer sums become elements of a C that does not hold them; null where they are converted or stored as they are. */
  readonly requantise: Requantisation | null
  /** Where terms of rows and columns are kept, and requantised sums; null where there are none. */
  readonly terms: TermPlaces | null
  readonly sizes: Readonly<Record<Dim, Size>>
  /** The parameters that hold sizes given at the call: a column-major product has its m and n exchanged. */
  readonly sizeParameters: Readonly<Record<Dim, string>>
  readonly matrices: Readonly<Record<OperandName, MatrixRef>>
  readonly alpha: Scalar
  readonly beta: Scalar
  /**
   * Whether the workspace holds all panels of a block of B, or one that is used up before the next is written, or of
   * that one only two K-steps of tile registers; or B itself is `given` as panels; or they are the `result`, made
   * where C's address says.
   */
  readonly panels: 'block' | 'one' | 'slots' | 'given' | 'result'
  /** Bytes from the workspace's begin to A's panels; null when A is not packed. */
  readonly panelsOfA: number | null
  /** Bytes from the workspace's begin to where blocks are staged; null for operands that are not. */
  readonly stages: Readonly<Record<'A' | 'B', Size | null>>
  /**
   * Bytes for a tile's sums ahead of where A is staged in planes, by which it is multiplied (machine.ts, PlaneSteps); null
   * where it is not.
   */
  readonly planes: number | null
  readonly parameters: readonly Parameter[]
  readonly body: readonly Statement[]
}

/** A primitive: one rewrite of a program. `name` appears in messages and printed schedules. */
export interface Primitive {
  readonly name: string
  apply(program: TileProgram): TileProgram
}

/** A program that cannot be rewritten or lowered as asked. */
export class ScheduleError extends Error {
  override readonly name = 'ScheduleError'
}

/** Freezes plain data all the way down. */
export function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    for (const part of Object.values(value)) deepFreeze(part)
  }
  return value
}

/** Rewrites statements depth first, children before parents; `change` may return several or none. */
export function rewrite(
  body: readonly Statement[],
  change: (statement: Statement) => readonly Statement[],
): readonly Statement[] {
  return body.flatMap((statement) => {
    if (!('body' in statement)) return change(statement)
    return change(withBody(statement, rewrite(statement.body, change), change))
  })
}

/** Each kind in a place of its own, loops over tiles by name: else V8 makes a hidden class for each copy. */
function withBody(
  statement: Extract<Statement, { readonly body: unknown }>,
  body: readonly Statement[],
  change: (statement: Statement) => readonly Statement[],
): Statement {
  switch (statement.kind) {
    case 'tiles': {
      const { kind, part, dim, size, lead, leadsToLines } = statement
      return { kind, part, dim, size, lead, leadsToLines, body }
    }
    case 'block':
      return { ...statement, body }
    case 'split':
      return { ...statement, body, rest: rewrite(statement.rest, change) }
    default:
      return { ...statement, body }
  }
}

type Loop = BatchLoop | BlockLoop | TileLoop | TileRegion

/** Every statement with the loops around it, outermost first. */
export function* walk(
  body: readonly Statement[],
  outer: readonly Loop[] = [],
): Generator<readonly [Statement, readonly Loop[]]> {
  for (const statement of body) {
    yield [statement, outer]
    if (statement.kind === 'split') {
      yield* walk(statement.body, outer)
      yield* walk(statement.rest, outer)
    } else if ('body' in statement) yield* walk(statement.body, [...outer, statement])
  }
}
