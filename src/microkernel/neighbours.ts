/** The plans around one: for each kind of decision the others that are worth measuring. Pure. */
import { productOf } from '../schedule/machine.ts'
import type { CpuModel } from './cpu-model.ts'
import { columnsForLanes, decisionsOf, type PlanDecisions } from './decisions.ts'
import { type GemmPlan, type PlanOptions, planGemm } from './plan.ts'
import { type CompleteProblem, rowMajorView } from './problem.ts'
import { productCycles, rowsThatFit } from './register-tile.ts'
import { targetNamed } from './targets/index.ts'
import { unitQuestion } from './unit-plan.ts'

/** The kinds of decision, in the order in which they are worth trying: tiles and packing change most. */
export const ASPECTS = ['tile', 'packing', 'block k', 'block m', 'block n', 'unroll', 'edges'] as const
export type Aspect = (typeof ASPECTS)[number]

/** Tiles that the cycle model thinks so much slower than the best are left out. */
const SLOWEST_TILE = 1.3
const MOST_TILES = 14
const UNROLLS = [1, 2, 3, 4, 6, 8, 12, 16]
const BLOCKS = {
  k: [48, 64, 96, 128, 192, 256, 384, 512, 768, 1024, 1536, 2048],
  m: [24, 48, 72, 96, 144, 192, 288, 384, 576, 768],
  n: [48, 96, 192, 384, 512, 768, 1024, 1536, 2048],
}
/** K-steps that block boundaries are multiples of. */
const K_UNIT = 8

/**
 * Plans that differ from this one in one kind of decision, or in what follows from it. None equals it, all can be kept.
 * Sizes must be known, and B not packed beforehand; otherwise there are none.
 */
export function neighbours(plan: GemmPlan, aspect: Aspect, cpu: CpuModel): readonly GemmPlan[] {
  const own = decisionsOf(plan)
  // Tile registers leave few decisions, and those to the model.
  if (own === null || plan.tiles !== null) return []
  const { problem, target } = plan
  const make = (options: Omit<PlanOptions, 'target'>): readonly GemmPlan[] => {
    try {
      return [planGemm(problem, { ...options, target, cpu })]
    } catch (error) {
      if (error instanceof RangeError) return []
      throw error
    }
  }
  const seen = new Set([JSON.stringify(own)])
  return variants(plan, own, aspect, cpu)
    .flatMap(make)
    .filter((candidate) => {
      const key = JSON.stringify(decisionsOf(candidate))
      if (seen.has(key)) return false
      seen.add(key)
      return true
    })
}

type Variant = Omit<PlanOptions, 'target' | 'cpu'>

function variants(plan: GemmPlan, own: PlanDecisions, aspect: Aspect, cpu: CpuModel): readonly Variant[] {
  const { problem } = plan
  const withBlock = (dim: 'm' | 'n' | 'k', size: number | null): Variant => ({
    ...own,
    block: { ...own.block, [dim]: size },
  })
  const blocks = (dim: 'm' | 'n' | 'k', extent: number, unit: number): readonly Variant[] => {
    const current = own.block[dim]
    const around = current === null ? [] : [current / 2, current * 0.75, current * 1.5, current * 2]
    const sizes = [...BLOCKS[dim], ...around].map((size) => Math.max(unit, Math.round(size / unit) * unit))
    const cut = [...new Set(sizes)].filter((size) => size < extent).map((size) => withBlock(dim, size))
    return [withBlock(dim, null), ...cut]
  }
  const view = rowMajorView(problem)
  switch (aspect) {
    case 'tile':
      // With the rest as it is, and with what the model makes of the tile.
      return tiles(plan, cpu).flatMap((tile) => [{ ...own, tile }, { tile }])
    case 'packing':
      return (['no', 'on the way', 'ahead', 'meanwhile'] as const).flatMap((packB) => [
        { ...own, packB },
        { ...own, packB, leadColumns: 0 },
        { tile: own.tile, unroll: own.unroll, packB },
      ])
    case 'block k':
      return blocks('k', view.k as number, K_UNIT)
    case 'block m':
      return blocks('m', view.m as number, own.tile.m)
    case 'block n':
      return blocks('n', view.n as number, own.tile.n)
    case 'unroll':
      return [
        ...UNROLLS.map((unroll) => ({ ...own, unroll })),
        { ...own, prefetch: !own.prefetch },
        { ...own, prefetchB: !own.prefetchB },
        { ...own, stageA: !own.stageA },
      ]
    case 'edges':
      return edges(problem, own, plan)
  }
}

function edges(problem: CompleteProblem, own: PlanDecisions, { target }: GemmPlan): readonly Variant[] {
  const machine = targetNamed(target)
  const tail = columnsForLanes(machine, problem, rowMajorView(problem))
  // Where lines begin behind an array's begin: nowhere, or so many bytes before a line.
  const leads = [0, 16, 32, 48].map((bytes) => bytes / productOf(machine, problem.type).unitBytes)
  return [
    ...leads.map((leadColumns) => ({ ...own, leadColumns })),
    ...[0, tail].map((tailInLanes) => ({ ...own, tailInLanes })),
    { ...own, pairs: !own.pairs },
    { ...own, packA: !own.packA },
  ]
}

/** The register tiles that the cycle model thinks best, best first. */
function tiles(
  { problem, target, planes, tailInLanes }: GemmPlan,
  cpu: CpuModel,
): readonly GemmPlan['tile'][] {
  const machine = targetNamed(target)
  const product = productOf(machine, problem.type, planes)
  const elementBytes = product.unitBytes
  const lanes = machine.vectorBytes / elementBytes
  const view = rowMajorView(problem)
  const n = (view.n as number) - tailInLanes
  const bytes = (ld: number | 'runtime'): number | null => (ld === 'runtime' ? null : ld * elementBytes)
  const model =
    product.parts !== null
      ? unitQuestion(problem, product, machine, cpu)
      : {
          ...{ machine, cpu },
          question: {
            ...{ m: view.m, n, k: view.k, elementBytes },
            aStride: view.transLeft ? 0 : bytes(view.ldLeft),
            bStride: bytes(view.ldRight),
          },
        }
  const found: { readonly tile: GemmPlan['tile']; readonly cycles: number }[] = []
  const mostVectors = Math.ceil(n / lanes)
  for (
    let vectors = 1;
    vectors <= mostVectors && rowsThatFit(model.machine, vectors, false) >= 1;
    vectors++
  ) {
    const mostRows = Math.min(rowsThatFit(model.machine, vectors, n % lanes !== 0), view.m as number)
    for (let rows = 1; rows <= mostRows; rows++) {
      const cycles = productCycles(model.machine, model.cpu, model.question, rows, vectors)
      found.push({ tile: { m: rows, n: vectors * lanes }, cycles })
    }
  }
  found.sort((x, y) => x.cycles - y.cycles)
  const most = (found[0]?.cycles ?? 0) * SLOWEST_TILE
  return found
    .filter(({ cycles }) => cycles <= most)
    .slice(0, MOST_TILES)
    .map(({ tile }) => tile)
}
