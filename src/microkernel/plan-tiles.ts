/** Products on tile registers: the plan of a problem, and the rewrites that a plan means. */
import { arrangementOf } from '../schedule/lower/tmul-order.ts'
import { type BlockLevel, block } from '../schedule/primitives/block.ts'
import { termsAhead } from '../schedule/primitives/terms.ts'
import { tilePack, tileRegions, tmulTiles } from '../schedule/primitives/tile-regions.ts'
import { PRODUCT_TYPES } from '../schedule/product-type.ts'
import { TILE_ROWS, TILE_UNITS } from '../schedule/tile-machine.ts'
import { deepFreeze, type Primitive, type Size, type TilePack } from '../schedule/tile-program.ts'
import { type CpuModel, GENERIC_CPU } from './cpu-model.ts'
import type { GemmPlan, PlanOptions } from './plan.ts'
import { type CompleteProblem, refuseRows, refuseUnpackable, rowMajorView } from './problem.ts'
import { placeTerms, termsOf } from './terms.ts'
import { cutUnits, decideTiles, type TilePlan, type TileQuestion, tileCycles } from './tile-plan.ts'

/** Decides how to compute a product on tile registers. RangeError when a given decision cannot be kept, or a size is open. */
export function planTiles(problem: CompleteProblem, options: PlanOptions): GemmPlan {
  const cpu = options.cpu ?? GENERIC_CPU
  const { m, n, k, transLeft, transRight } = rowMajorView(problem)
  if (m === 'runtime' || n === 'runtime' || k === 'runtime') {
    throw new RangeError(
      `target '${options.target}' needs m, n and k known when compiling: tiles are configured for them; given ${m}×${n}×${k}. ` +
        "Compile a kernel for each size, or take target 'auto', which has others for open sizes",
    )
  }
  refuseOptions(problem, options)
  const { group, sum } = PRODUCT_TYPES[problem.type]
  const { alpha, beta, out } = problem
  const depth = alpha === 0 ? 0 : k
  const packB = packingOf(options, transRight)
  const question: TileQuestion = {
    ...{ m, n, units: Math.ceil(depth / group), rest: depth % group, transposedA: transLeft, packB },
    isPlain: alpha === 1 && (beta === 0 || beta === 1) && out === sum,
    keepsSums: out === sum,
    ...asked(options, group),
  }
  const { tiles, tile, block: blocks, placeOfA, workspaceBytes } = decideTiles(question, cpu)
  const { terms: termsAt, end } = placeTerms(problem, {}, tile, workspaceBytes, (dim) =>
    dim === 'm' ? m : n,
  )
  return deepFreeze({
    ...{ problem, target: options.target, tile, tiles, packB, packA: placeOfA },
    ...{ terms: termsAt, workspaceBytes: end },
    ...{ unroll: 1, prefetch: false, prefetchB: false, readAhead: 0, pairs: false, comb: false },
    ...{ nibbles: false, planes: false, rowsOfB: null, tailInLanes: 0, leadColumns: 0, leadsToLines: false },
    block: { m: blocks.m, n: null, k: blocks.k === null ? null : blocks.k * group },
    stages: { left: null, right: null },
  } satisfies GemmPlan)
}

/** B comes into panels while products run, or in a pass ahead, as a transposed B must; or the caller has made them. */
function packingOf({ packB }: PlanOptions, transposed: boolean): TileQuestion['packB'] {
  if (packB === 'no' || packB === 'meanwhile')
    throw new RangeError(`packB must not be '${packB}' on tile registers: B is always read from panels`)
  if (packB === 'on the way' && transposed)
    throw new RangeError("packB must be 'ahead' or 'beforehand' for a transposed B, given 'on the way'")
  return packB ?? (transposed ? 'ahead' : 'on the way')
}

/** What the options decide of a question. */
function asked(
  { tile, panelWidth, block: given }: PlanOptions,
  group: number,
): Pick<TileQuestion, 'rows' | 'columns' | 'block'> {
  const columns = panelWidth ?? tile?.n
  const rows = tile?.m
  if (columns !== undefined && (columns % TILE_UNITS !== 0 || columns < TILE_UNITS))
    throw new RangeError(`tile must be a multiple of ${TILE_UNITS} columns, given ${columns}`)
  const across = columns === undefined ? undefined : columns / TILE_UNITS
  const down = rows === undefined ? undefined : Math.ceil(rows / TILE_ROWS)
  if (arrangementOf(down ?? 1, across ?? 1) === null) {
    throw new RangeError(
      `tile ${rows ?? TILE_ROWS}×${columns ?? TILE_UNITS} takes more than the eight tile registers; at most 32×32, 16×48 or 48×16`,
    )
  }
  if (given?.n !== undefined && given.n !== null)
    throw new RangeError(`block.n must be null on tile registers, given ${given.n}`)
  const { k, m } = given ?? {}
  const kUnit = TILE_UNITS * group
  if (k !== undefined && k !== null && k % kUnit !== 0)
    throw new RangeError(`block.k must be a multiple of ${kUnit}, the K-step of full tiles, given ${k}`)
  return {
    ...(across === undefined ? {} : { columns: across }),
    ...(down === undefined ? {} : { rows: down }),
    block: {
      ...(m === undefined ? {} : { m }),
      ...(k === undefined ? {} : { k: k === null ? null : (k / kUnit) * TILE_UNITS }),
    },
  }
}

function refuseOptions(problem: CompleteProblem, options: PlanOptions): void {
  const { packB, pairs, tailInLanes, leadColumns, unroll = 1, block: blocks } = options
  if (packB === 'beforehand') refuseUnpackable(problem)
  refuseRows(problem, options)
  const given = Object.entries({ pairs, tailInLanes, leadColumns }).find(([, value]) => Boolean(value))
  if (given !== undefined)
    throw new RangeError(`${given[0]} is not for tile registers, given ${String(given[1])}`)
  if (unroll !== 1)
    throw new RangeError(`unroll must be 1 on tile registers: a K-step is a whole tile; given ${unroll}`)
  const { out, type } = problem
  const { k = null } = blocks ?? {}
  if (k !== null && (out !== PRODUCT_TYPES[type].sum || packB === 'beforehand'))
    throw new RangeError(
      `block.k must be null where C cannot hold the sums or B is packed beforehand, given ${k}`,
    )
}

/** The decisions of a plan on tile registers as rewrites, in the order in which they are applied. */
export function tilePipe(plan: GemmPlan, tiles: TilePlan): readonly Primitive[] {
  const { packB, tile } = plan
  const has = termsOf(plan.problem, {})
  const { group } = PRODUCT_TYPES[plan.problem.type]
  const levels: BlockLevel[] = (['k', 'm'] as const).flatMap((dim) => {
    const size: Size | null = plan.block[dim]
    return size === null ? [] : [{ dim, size, unit: dim === 'k' ? TILE_UNITS * group : tile.m }]
  })
  return [
    tileRegions(tiles),
    ...(packB === 'ahead' ? [tilePack(panelPass(plan, tiles))] : []),
    ...(tiles.packA !== null ? [tilePack({ ...panelPass(plan, tiles), what: tiles.packA })] : []),
    ...(has.left ? [termsAhead('A')] : []),
    ...(has.right ? [termsAhead('B')] : []),
    ...(levels.length > 0 ? [block(...levels)] : []),
    tmulTiles({ b: packB === 'on the way' ? packB : 'panel', scratch: tiles.scratch }),
  ]
}

/** The pass that makes all panels of B. */
export function panelPass({ tile }: GemmPlan, { units, steps }: TilePlan): Omit<TilePack, 'kind'> {
  return { what: 'B', units, steps, width: tile.n }
}

/** Units that panels have along k, zeros included. */
export function panelUnits(k: number, group: number): number {
  const { units, steps } = cutUnits(Math.ceil(k / group))
  return units * steps
}

/** Cycles of the products and what is around them, for a plan's tile. */
export function expectedTileCycles(problem: CompleteProblem, tile: GemmPlan['tile'], cpu: CpuModel): number {
  const { m, n, k } = rowMajorView(problem)
  const { group } = PRODUCT_TYPES[problem.type]
  const { steps } = cutUnits(Math.ceil((k as number) / group))
  const rows = Math.ceil(tile.m / TILE_ROWS)
  return tileCycles(cpu, { m: m as number, n: n as number, steps }, rows, tile.n / TILE_UNITS)
}
