/** The decisions of a plan as plain data: what a search varies, what is saved, and what comes back from a file. */
import { lanesOf, type Machine, productOf } from '../schedule/machine.ts'
import type { Packing } from './blocking.ts'
import type { GemmPlan, PlanOptions } from './plan.ts'
import type { CompleteProblem, RowMajorView } from './problem.ts'

/** Changes whenever the same decisions come to mean something else, so that saved ones are not taken for these. */
export const DECISIONS_FORMAT = 5

const FLAGS = [
  'prefetch',
  'prefetchB',
  'pairs',
  'comb',
  'nibbles',
  'planes',
  'leadsToLines',
  'packA',
  'stageA',
] as const
const COUNTS = ['unroll', 'readAhead', 'tailInLanes', 'leadColumns'] as const

/** Everything that planGemm decides about a product of known sizes whose B is not packed beforehand. */
export type PlanDecisions = Readonly<Record<(typeof FLAGS)[number], boolean>> &
  Readonly<Record<(typeof COUNTS)[number], number>> & {
    readonly tile: GemmPlan['tile']
    readonly block: Readonly<Record<'m' | 'n' | 'k', number | null>>
    readonly packB: Exclude<Packing, 'beforehand'>
  }

/** The names of all decisions. */
export const DECISIONS: readonly (keyof PlanDecisions)[] = [...FLAGS, ...COUNTS, 'tile', 'block', 'packB']

const PACKINGS: readonly PlanDecisions['packB'][] = ['no', 'on the way', 'ahead', 'meanwhile']

/** These of the values, by name. */
const pick = <T, N extends keyof T>(names: readonly N[], values: T): Pick<T, N> =>
  Object.fromEntries(names.map((name) => [name, values[name]])) as Pick<T, N>

/** What planGemm decided: given back to it, they make the same plan. Null where decisions are left to the call. */
export function decisionsOf(plan: GemmPlan): PlanDecisions | null {
  const { m, n, k } = plan.block
  const packB = PACKINGS.find((packing) => packing === plan.packB)
  if (packB === undefined || m === 'runtime' || n === 'runtime' || k === 'runtime') return null
  const flags = { ...plan, packA: plan.packA !== null, stageA: plan.stages.left !== null }
  return { ...pick(FLAGS, flags), ...pick(COUNTS, plan), tile: plan.tile, block: { m, n, k }, packB }
}

const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isSafeInteger(value)

/** Decisions from data of unknown origin; null when it has not their form. Whether they can be kept, planGemm says. */
export function readDecisions(value: unknown): PlanDecisions | null {
  if (typeof value !== 'object' || value === null) return null
  const given = value as Record<string, unknown>
  const { tile, block, packB } = given
  if (typeof tile !== 'object' || tile === null || typeof block !== 'object' || block === null) return null
  const { m, n } = tile as Record<string, unknown>
  const blocks = block as Record<string, unknown>
  const size = (dim: 'm' | 'n' | 'k'): number | null | undefined =>
    blocks[dim] === null || isNumber(blocks[dim]) ? (blocks[dim] as number | null) : undefined
  const [blockM, blockN, blockK] = [size('m'), size('n'), size('k')]
  const packing = PACKINGS.find((name) => name === packB)
  if (!isNumber(m) || !isNumber(n)) return null
  if (!COUNTS.every((name) => isNumber(given[name]))) return null
  if (!FLAGS.every((name) => typeof given[name] === 'boolean')) return null
  if (blockM === undefined || blockN === undefined || blockK === undefined || packing === undefined)
    return null
  return {
    ...pick(FLAGS, given as Record<(typeof FLAGS)[number], boolean>),
    ...pick(COUNTS, given as Record<(typeof COUNTS)[number], number>),
    tile: { m, n },
    block: { m: blockM, n: blockN, k: blockK },
    packB: packing,
  }
}

/** Displacements have 32 bits, and lines of B some share of them. */
const FARTHEST_AHEAD = 2 ** 24

/** RangeError when a block is no size; planGemm looks at what else blocks must be. */
export function checkBlock(block: PlanOptions['block'] = {}): void {
  for (const dim of ['m', 'n', 'k'] as const) {
    const size = block[dim]
    if (size !== undefined && size !== null && !(Number.isSafeInteger(size) && size >= 1)) {
      throw new RangeError(`block.${dim} must be a whole number of at least 1 or null, given ${size}`)
    }
  }
}

/** Columns that may be computed apart with K-steps in lanes: those behind the last whole vector, if they fit; else 0. */
export function columnsForLanes(machine: Machine, { type }: CompleteProblem, view: RowMajorView): number {
  const { m, n, k, ldLeft, transLeft, transRight } = view
  const { kernel, unitBytes } = productOf(machine, type)
  const { lanes } = kernel
  if (lanes === undefined || m === 'runtime' || n === 'runtime' || k === 'runtime') return 0
  if (ldLeft === 'runtime' || transLeft || transRight) return 0
  const tail = n % lanesOf(machine, unitBytes)
  return tail <= lanes.columns && n > tail ? tail : 0
}

/** RangeError when tiles are to ask for what lies no distance ahead, or further than an address reaches. */
export function checkedReadAhead(bytes: number): number {
  if (Number.isSafeInteger(bytes) && bytes >= 0 && bytes <= FARTHEST_AHEAD) return bytes
  throw new RangeError(`readAhead must be a whole number of 0 to ${FARTHEST_AHEAD} bytes, given ${bytes}`)
}

/** RangeError when a tail is asked for that is not the one which this product can have. */
export function checkTail(columns: number, possible: number): void {
  if (columns === 0 || columns === possible) return
  const allowed = possible === 0 ? '0 for this product and target' : `0 or ${possible} for this product`
  throw new RangeError(`tailInLanes must be ${allowed}, given ${columns}`)
}
