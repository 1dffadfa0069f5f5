/** The decisions of a plan as plain data: what a search varies, what is saved, and what comes back from a file. */
import { lanesOf, type Machine, productOf } from '../schedule/machine.ts'
import type { Packing } from './blocking.ts'
import type { GemmPlan, PlanOptions } from './plan.ts'
import type { CompleteProblem, RowMajorView } from './problem.ts'

/** Changes whenever the same decisions come to mean something else, so that saved ones are not taken for these. */
export const DECISIONS_FORMAT = 5

/** Everything that planGemm decides about a product of known sizes whose B is not packed beforehand. */
export interface PlanDecisions {
  readonly tile: GemmPlan['tile']
  readonly unroll: number
  readonly prefetch: boolean
  readonly readAhead: number
  readonly pairs: boolean
  readonly comb: boolean
  readonly nibbles: boolean
  readonly planes: boolean
  readonly tailInLanes: number
  readonly leadColumns: number
  readonly leadsToLines: boolean
  readonly block: Readonly<Record<'m' | 'n' | 'k', number | null>>
  readonly packB: Exclude<Packing, 'beforehand'>
  readonly packA: boolean
  readonly stageA: boolean
  readonly prefetchB: boolean
}

const PACKINGS: readonly PlanDecisions['packB'][] = ['no', 'on the way', 'ahead', 'meanwhile']

/** What planGemm decided: given back to it, they make the same plan. Null where decisions are left to the call. */
export function decisionsOf(plan: GemmPlan): PlanDecisions | null {
  const {
    tile,
    unroll,
    prefetch,
    prefetchB,
    readAhead,
    pairs,
    comb,
    nibbles,
    planes,
    tailInLanes,
    leadColumns,
    leadsToLines,
  } = plan
  const { packA, stages } = plan
  const { m, n, k } = plan.block
  const packB = PACKINGS.find((packing) => packing === plan.packB)
  if (packB === undefined || m === 'runtime' || n === 'runtime' || k === 'runtime') return null
  return {
    ...{
      tile,
      unroll,
      prefetch,
      readAhead,
      pairs,
      comb,
      nibbles,
      planes,
      tailInLanes,
      leadColumns,
      leadsToLines,
      packB,
    },
    block: { m, n, k },
    packA: packA !== null,
    stageA: stages.left !== null,
    prefetchB,
  }
}

const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isSafeInteger(value)

/** Decisions from data of unknown origin; null when it has not their form. Whether they can be kept, planGemm says. */
export function readDecisions(value: unknown): PlanDecisions | null {
  if (typeof value !== 'object' || value === null) return null
  const given = value as Record<string, unknown>
  const {
    tile,
    unroll,
    prefetch,
    readAhead,
    pairs,
    comb,
    nibbles,
    planes,
    tailInLanes,
    leadColumns,
    leadsToLines,
    block,
  } = given
  const { packB, packA, stageA, prefetchB } = given
  if (typeof tile !== 'object' || tile === null || typeof block !== 'object' || block === null) return null
  const { m, n } = tile as Record<string, unknown>
  const blocks = block as Record<string, unknown>
  const size = (dim: 'm' | 'n' | 'k'): number | null | undefined =>
    blocks[dim] === null || isNumber(blocks[dim]) ? (blocks[dim] as number | null) : undefined
  const [blockM, blockN, blockK] = [size('m'), size('n'), size('k')]
  const packing = PACKINGS.find((name) => name === packB)
  if (!isNumber(m) || !isNumber(n) || !isNumber(unroll) || !isNumber(tailInLanes)) return null
  if (
    !isNumber(leadColumns) ||
    !isNumber(readAhead) ||
    typeof leadsToLines !== 'boolean' ||
    typeof prefetch !== 'boolean' ||
    typeof pairs !== 'boolean' ||
    typeof comb !== 'boolean' ||
    typeof nibbles !== 'boolean' ||
    typeof planes !== 'boolean' ||
    typeof packA !== 'boolean' ||
    typeof stageA !== 'boolean' ||
    typeof prefetchB !== 'boolean'
  )
    return null
  if (blockM === undefined || blockN === undefined || blockK === undefined || packing === undefined)
    return null
  return {
    ...{
      tile: { m, n },
      unroll,
      prefetch,
      readAhead,
      pairs,
      comb,
      nibbles,
      planes,
      tailInLanes,
      leadColumns,
      leadsToLines,
    },
    ...{ packA, stageA, prefetchB },
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
