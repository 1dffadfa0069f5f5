/** `tileRegions` and `tmulTiles`: C cut into regions of one tile configuration each, and those into blocks of tiles. */
import { TILE_ROWS, TILE_UNITS } from '../tile-machine.ts'
import {
  type Extent,
  type Primitive,
  rewrite,
  ScheduleError,
  type Statement,
  type TilePack,
  type TileProgram,
  type TileRegion,
} from '../tile-program.ts'

/** A run of equal blocks of tiles along one dimension: `sizes` of the tiles in a block. */
export interface TileRun {
  readonly start: number
  readonly count: number
  readonly sizes: readonly number[]
}

const total = (sizes: readonly number[]): number => sizes.reduce((sum, size) => sum + size, 0)

/** `size` as so many nearly equal parts, larger ones first. */
function even(size: number, parts: number): readonly number[] {
  const least = Math.floor(size / parts)
  return Array.from({ length: parts }, (_, index) => (index < size % parts ? least + 1 : least))
}

/** Rows in as few blocks of at most `tiles` tiles as there can be, all but the last equal. */
export function cutRows(m: number, tiles: number): readonly TileRun[] {
  if (m === 0) return []
  const height = Math.ceil(m / Math.ceil(m / (tiles * TILE_ROWS)))
  const whole = Math.floor(m / height) * height
  const run = (start: number, count: number, block: number): TileRun => ({
    ...{ start, count },
    sizes: even(block, Math.ceil(block / TILE_ROWS)),
  })
  return [run(0, whole, height), ...(m > whole ? [run(whole, m - whole, m - whole)] : [])]
}

/** Columns in whole blocks of `tiles` tiles, and a narrower one: whole tiles lie on cache lines in panels. */
export function cutColumns(n: number, tiles: number): readonly TileRun[] {
  const width = tiles * TILE_UNITS
  const whole = Math.floor(n / width) * width
  const widths = (columns: number): readonly number[] =>
    Array.from({ length: Math.ceil(columns / TILE_UNITS) }, (_, j) =>
      Math.min(TILE_UNITS, columns - j * TILE_UNITS),
    )
  return [
    ...(whole > 0 ? [{ start: 0, count: whole, sizes: widths(width) }] : []),
    ...(n > whole ? [{ start: whole, count: n - whole, sizes: widths(n - whole) }] : []),
  ]
}

export interface TileGrid {
  /** Tiles down and across a block. */
  readonly rows: number
  readonly columns: number
  /** Units of a K-step. */
  readonly units: number
}

/**
 * Cuts C into at most four regions: whole blocks, those of the last columns, of the last rows, and the corner. Each is
 * configured once. Applied before `block`.
 */
export function tileRegions({ rows, columns, units }: TileGrid): Primitive {
  return {
    name: `tileRegions(${rows}×${columns} tiles, ${units} units)`,
    apply: (program) => {
      const { m, n } = program.sizes
      if (m === 'runtime' || n === 'runtime')
        throw new ScheduleError('tileRegions: m and n must be known when compiling')
      const extent = ({ start, count }: TileRun): Extent => ({ start, count })
      const regions = (contract: Statement): readonly Statement[] =>
        cutRows(m, rows).flatMap((down) =>
          cutColumns(n, columns).map(
            (across): TileRegion => ({
              kind: 'region',
              ...{ m: extent(down), n: extent(across) },
              ...{ rows: down.sizes, columns: across.sizes, units },
              body: [contract],
            }),
          ),
        )
      return {
        ...program,
        body: rewrite(program.body, (s) => (s.kind === 'contract' ? regions(s) : [s])),
      }
    },
  }
}

/** Puts a pass that prepares an operand before the regions. Applied after `tileRegions`. */
export function tilePack(pack: Omit<TilePack, 'kind'>): Primitive {
  return {
    name: `tilePack(${pack.what})`,
    apply: (program) => {
      const before = (body: readonly Statement[]): readonly Statement[] => {
        const [only] = body
        if (only?.kind === 'batch') return [{ ...only, body: before(only.body) }]
        return [{ kind: 'tile-pack', ...pack }, ...body]
      }
      return { ...program, body: before(program.body) }
    },
  }
}

/**
 * Replaces each region's contraction by loops over its blocks of tiles. With B re-laid on the way, the first rows of every
 * panel do that, and leave it behind for the others. Applied last.
 */
export function tmulTiles({
  b,
  scratch,
}: {
  readonly b: 'on the way' | 'panel'
  readonly scratch: number | null
}): Primitive {
  return {
    name: `tmulTiles(B ${b})`,
    apply: (program) => ({
      ...program,
      body: rewrite(program.body, (s) => (s.kind === 'region' ? [tileRegion(program, s, b, scratch)] : [s])),
    }),
  }
}

function tileRegion(
  program: TileProgram,
  region: TileRegion,
  b: 'on the way' | 'panel',
  scratch: number | null,
): TileRegion {
  const [m, n] = [total(region.rows), total(region.columns)]
  const tile = (source: 'copying' | 'panel'): Statement => ({ kind: 'tmul', m, n, b: source, scratch })
  const rowsLoop = (part: 'all' | 'first' | 'rest', source: 'copying' | 'panel'): Statement => ({
    ...{ kind: 'tiles', part, dim: 'm', size: m, lead: 0, leadsToLines: false },
    body: [tile(source)],
  })
  const columnsLoop = (body: readonly Statement[]): Statement => ({
    ...{ kind: 'tiles', part: 'all', dim: 'n', size: n, lead: 0, leadsToLines: false },
    body,
  })
  const lays = b === 'on the way' && region.m.start === 0
  const first: readonly Statement[] = !lays
    ? [rowsLoop('all', 'panel')]
    : region.m.count === m
      ? [rowsLoop('all', 'copying')]
      : [rowsLoop('first', 'copying'), rowsLoop('rest', 'panel')]
  if (program.panels === 'slots' && first.length + (lays ? 0 : 1) > 1)
    throw new ScheduleError('tmulTiles: two slots are used up by the rows that fill them, and there are more')
  const body = rewrite(region.body, (s) => {
    if (s.kind === 'contract') return [columnsLoop(first)]
    if (s.kind !== 'block' || s.dim !== 'm' || !lays) return [s]
    const others: Statement = columnsLoop([rowsLoop('all', 'panel')])
    return [
      { ...s, part: 'first' },
      { ...s, part: 'rest', body: [others] },
    ]
  })
  return { ...region, body }
}
