/** What planUnits refuses: decisions that a product of a narrow type cannot keep. */
import type { Machine, Product } from '../schedule/machine.ts'
import { PRODUCT_TYPES } from '../schedule/product-type.ts'
import type { Packing } from './blocking.ts'
import type { GemmPlan, PlanOptions } from './plan.ts'
import { type CompleteProblem, type RowMajorView, rowMajorView } from './problem.ts'
import { rowsThatFit, type TileRegisters } from './register-tile.ts'
import { reasonAgainst } from './units-in-place.ts'

/** A size that is known. */
export const isNumber = (value: unknown): value is number => typeof value === 'number'

/** Cache blocks in elements. */
export type Blocks = Readonly<Record<'m' | 'n' | 'k', number | null>>

/** What of a plan decides where things lie. */
export interface Decisions {
  readonly tile: GemmPlan['tile']
  readonly block: Blocks
  readonly packB: Packing
  readonly nibbles?: boolean
}

/** Which operands are brought into units ahead of their use, or of their packing. */
export function stagesOf(
  problem: CompleteProblem,
  product: Product,
): Readonly<Record<'left' | 'right', boolean>> {
  const { transLeft, transRight, k } = rowMajorView(problem)
  const isWhole = k !== 'runtime' && k % product.group === 0
  return {
    left: (!product.native && product.broadcastElement === undefined) || transLeft,
    // Units that lie in memory as they are can be transposed from there.
    right: transRight && !(product.native && isWhole),
  }
}

/** Why the left operand cannot come in planes, as the end of a message; null where it can. */
function reasonAgainstPlanes(problem: CompleteProblem, { byPlanes }: Product): string | null {
  const { m, n, k, left, transLeft } = rowMajorView(problem)
  if (byPlanes === undefined) return 'a target that has them (avx2)'
  if (m === 'runtime' || n === 'runtime' || k === 'runtime') return 'm, n and k known when compiling'
  if (PRODUCT_TYPES[problem.type][left] !== 'u8' || transLeft)
    return 'a left operand of u8 whose lines lie along k'
  return null
}

/**
 * Whether the left operand comes in planes: unless something else is said, where B is packed beforehand. Then there is one
 * plane for weights of 7 bits whatever A holds; else bytes of A beyond 127 would cost more than the others save (Zen 3,
 * 256³ to 1024³, GOP/s: by words 137, one plane 175, two planes 112). RangeError when they are asked for and cannot be.
 */
export function decidesPlanes(problem: CompleteProblem, options: PlanOptions, product: Product): boolean {
  const reason = reasonAgainstPlanes(problem, product)
  const planes =
    options.planes ?? (reason === null && options.packB === 'beforehand' && (problem.m as number) > 1)
  if (planes && reason !== null) throw new RangeError(`planes needs ${reason} for type ${problem.type}`)
  return planes
}

export function refuseOptions(problem: CompleteProblem, options: PlanOptions, product: Product): void {
  const { packB, pairs, tailInLanes, leadColumns, packA, stageA, prefetchB } = options
  if (packB === 'meanwhile')
    throw new RangeError(
      `packB must not be 'meanwhile' for type ${problem.type}: its panels are made of units`,
    )
  if (packB === 'no' || packB === 'on the way') {
    const needs =
      packB === 'on the way' && product.kernel.elements !== undefined
        ? 'a target that multiplies units'
        : reasonAgainst(problem, product)
    if (needs !== null)
      throw new RangeError(`packB '${packB}' needs ${needs} for type ${problem.type} on this target`)
  }
  const { left } = stagesOf(problem, product)
  if (stageA !== undefined && stageA !== left)
    throw new RangeError(`stageA is ${left} for type ${problem.type} on this target, given ${stageA}`)
  const asked = Object.entries({ pairs, tailInLanes, leadColumns, packA, prefetchB }).find(([, value]) =>
    Boolean(value),
  )
  if (asked !== undefined)
    throw new RangeError(`${asked[0]} is not for type ${problem.type}, given ${String(asked[1])}`)
}

export function refuseTile(
  machine: Machine & TileRegisters,
  tile: GemmPlan['tile'],
  { n }: RowMajorView,
  lanes: number,
): void {
  if (!Number.isInteger(tile.m) || tile.m < 1 || tile.n < 1 || tile.n % lanes !== 0) {
    throw new RangeError(
      `tile must be whole rows by a multiple of ${lanes} columns, given ${tile.m}×${tile.n}`,
    )
  }
  const isPartial = n === 'runtime' || n % lanes !== 0
  if (!fits(machine, tile, isPartial, lanes)) {
    const most = rowsThatFit(machine, tile.n / lanes, isPartial)
    throw new RangeError(
      `tile ${tile.m}×${tile.n} does not fit the ${machine.registers} registers that ${machine.name} has for it: ` +
        `with ${tile.n} columns at most ${most} rows`,
    )
  }
}

export const fits = (
  machine: TileRegisters,
  tile: GemmPlan['tile'],
  isPartial: boolean,
  lanes: number,
): boolean => tile.m <= rowsThatFit(machine, tile.n / lanes, isPartial)

export function refuseBlocks(
  problem: CompleteProblem,
  { group }: Product,
  block: Blocks,
  lanes: number,
): void {
  if (block.n !== null && block.n % lanes !== 0) {
    throw new RangeError(`block.n must be a multiple of ${lanes} columns (a vector), given ${block.n}`)
  }
  if (block.k !== null && block.k % group !== 0) {
    throw new RangeError(`block.k must be a multiple of ${group} (a unit), given ${block.k}`)
  }
  if (block.k !== null && problem.out !== PRODUCT_TYPES[problem.type].sum) {
    throw new RangeError(`block.k must be null where C cannot hold the sums, given ${block.k}`)
  }
}

export function refuseComb(
  problem: CompleteProblem,
  product: Product,
  { block, packB }: Pick<Decisions, 'block' | 'packB'>,
): void {
  const { k, transLeft } = rowMajorView(problem)
  if (packB !== 'no' || block.k === null || k === 'runtime' || transLeft || !stagesOf(problem, product).left)
    throw new RangeError(
      `comb needs k known and cut, B read in place, and an A along k that is brought into units, for type ${problem.type}`,
    )
}

export function refuseNibbles(
  problem: CompleteProblem,
  { nibbles }: Product,
  { block, packB }: Pick<Decisions, 'block' | 'packB'>,
): void {
  const { m, k, transLeft } = rowMajorView(problem)
  const steps = isNumber(k) ? Math.min(k, block.k ?? k) : Number.POSITIVE_INFINITY
  if (nibbles === undefined || m !== 1 || packB !== 'no' || transLeft || steps > nibbles.steps)
    throw new RangeError(
      `nibbles needs a target that has them, one row, B read in place, and blocks of at most ${nibbles?.steps ?? 8} elements of k, for type ${problem.type}`,
    )
}
