/** Plans a product for several threads: slices of C, and the single-thread code that computes each. */
import type { CpuModel } from '../microkernel/cpu-model.ts'
import { expectedCycles } from '../microkernel/expected-cycles.ts'
import { type GeneratedGemm, generateGemm } from '../microkernel/generate.ts'
import { type GemmPlan, type PlanOptions, planGemm } from '../microkernel/plan.ts'
import type { CompleteProblem } from '../microkernel/problem.ts'
import { targetNamed } from '../microkernel/targets/index.ts'
import { evenTiles } from '../schedule/lower/tile-loop.ts'
import { productOf } from '../schedule/machine.ts'
import type { Size } from '../schedule/tile-program.ts'
import type { Sizes } from './frame.ts'
import { chooseSlices, type Extent, type Slice } from './slices.ts'

/** Code that computes a slice of C, or all of it. */
export interface Part {
  /** Null where it is all of C, or each call decides anew. */
  readonly slice: Slice | null
  readonly generated: GeneratedGemm
}

/** What the plans of parts are told. */
export type PartOptions = Omit<PlanOptions, 'target' | 'cpu' | 'panelWidth' | 'rowsOfB'>

/**
 * What parts take over from options, or from a plan given: not its blocks, which are of the whole's size, so that no rows are copied
 * meanwhile either, and no lead columns, which follow from where B's rows begin.
 */
export function partOptions(options: PartOptions & { readonly plan?: GemmPlan }): PartOptions {
  const { tile, unroll, prefetch, prefetchB, readAhead, pairs, planes, block, packA, packB, plan, stageA } =
    options
  const relays = packB === 'meanwhile'
  const chosen =
    plan === undefined
      ? {
          ...{ tile, unroll, prefetch, prefetchB, readAhead, pairs, planes, packA, stageA },
          ...(relays ? {} : { block, packB }),
        }
      : {
          ...{ tile: plan.tile, unroll: plan.unroll, prefetch: plan.prefetch, pairs: plan.pairs },
          planes: plan.planes,
          packB: plan.packB === 'at the call' || plan.packB === 'meanwhile' ? undefined : plan.packB,
        }
  return Object.fromEntries(Object.entries(chosen).filter(([, value]) => value !== undefined))
}

/** Whether each call says how much there is to share out. */
export function isSharedAtCall({ m, n, batch }: CompleteProblem): boolean {
  return m === 'runtime' || n === 'runtime' || batch?.count === 'runtime'
}

/** Column-major C is computed as its row-major transpose: rows for columns. */
function turned<T extends Record<'m' | 'n', unknown>>({ order }: CompleteProblem, value: T): T {
  return order === 'row' ? value : { ...value, m: value.n, n: value.m }
}

/** Columns of C in one vector. */
function sumsInVector({ target, problem }: GemmPlan): number {
  const machine = targetNamed(target)
  return machine.vectorBytes / productOf(machine, problem.type).unitBytes
}

/**
 * Columns of every panel of a B that was packed beforehand; null when some are narrower: then a part's own even tiles
 * would not be these panels, and columns are not cut.
 */
function panelColumns(plan: GemmPlan): number | null {
  const { problem, tile, tiles } = plan
  // Of tile registers all panels but the last have the plan's width, in parts as in the whole.
  if (tiles !== null) return tile.n
  const lanes = sumsInVector(plan)
  const panels = evenTiles(Math.ceil((problem.n as number) / lanes), tile.n / lanes)
  return panels.length === 1 ? panels[0]!.units * lanes : null
}

interface Question {
  /** The problem, every size known. */
  readonly problem: CompleteProblem
  /** A plan for the whole. */
  readonly plan: GemmPlan
  readonly threads: number
  readonly cpu: CpuModel
  readonly cuttable: Readonly<Record<'m' | 'n' | 'batch', boolean>>
  /** Columns that only whole multiples of are cut off; null for any vectors. */
  readonly panel: number | null
  /** The plan of a part of the problem. */
  readonly planFor: (part: CompleteProblem) => GemmPlan
}

/** The same product on so much of it. */
function shrunk(problem: CompleteProblem, { m, n, batch: count }: Extent): CompleteProblem {
  return { ...problem, m, n, batch: problem.batch && { ...problem.batch, count } }
}

/**
 * Where columns are cut, every row of C has a line that both neighbours write: arrays begin at any multiple of 16 bytes.
 * Parts one tile wide come to it at the same time, and wait for each other; others find it elsewhere, but free.
 * Measured with C on lines and beside them: 10 to 30 ns a row for 48³, 64³ and 96³ on two threads, 3 for 128³.
 */
function sharingCycles(part: Extent, tile: GemmPlan['tile'], cpu: CpuModel): number {
  return part.m * (part.n <= tile.n ? cpu.sharedLineCycles : cpu.sharedLineCycles / 16)
}

function slicesOf({ problem, plan, threads, cpu, cuttable, panel, planFor }: Question): readonly Slice[] {
  const { m, n, batch } = problem
  const byPointers = batch?.kind === 'pointers'
  const cut = { m: cuttable.m && !byPointers, n: cuttable.n && !byPointers, batch: cuttable.batch }
  const extent = { m: m as number, n: n as number, batch: (batch?.count ?? 1) as number }
  const slices = chooseSlices({
    extent: turned(problem, extent),
    cuttable: turned(problem, cut),
    threads,
    tile: { m: plan.tile.m, n: panel ?? plan.tile.n },
    vector: panel ?? sumsInVector(plan),
    cycles: (part, hasNeighbour) => {
      const its = shrunk(problem, turned(problem, part))
      const own = planFor(its)
      const cycles = expectedCycles(own, its, cpu)
      return cycles + (hasNeighbour ? part.batch * sharingCycles(part, own.tile, cpu) : 0)
    },
    dispatchCycles: cpu.dispatchCycles,
  })
  return slices.map((slice) => turned(problem, slice))
}

/**
 * The parts of a product whose m, n and batch are known, for at most so many threads. Every shape of slice gets a plan
 * of its own, slices of one shape the same code. One part where further threads would not make it faster. Pure.
 */
export function planParts(
  plan: GemmPlan,
  threads: number,
  options: PartOptions,
  cpu: CpuModel,
): readonly Part[] {
  const { problem, target } = plan
  const { packB, rowsOfB } = plan
  const isPanels = packB === 'beforehand' && rowsOfB === null
  const panel = isPanels ? panelColumns(plan) : null
  const packing = isPanels
    ? ({ packB: 'beforehand', planes: plan.planes, panelWidth: panel ?? plan.tile.n, rowsOfB: null } as const)
    : rowsOfB === null
      ? {}
      : ({ packB: 'beforehand', rowsOfB } as const)
  const planFor = (part: CompleteProblem): GemmPlan => planGemm(part, { ...options, ...packing, cpu, target })
  const slices = slicesOf({
    ...{ problem, plan, threads, cpu, panel },
    cuttable: { m: true, n: !isPanels || panel !== null, batch: problem.batch !== null },
    planFor,
  })
  if (slices.length === 1) return [{ slice: null, generated: generateGemm(plan) }]
  const byShape = new Map<string, GeneratedGemm>()
  return slices.map((slice) => {
    const extent = { m: slice.m.count, n: slice.n.count, batch: slice.batch.count }
    const key = JSON.stringify(extent)
    const generated = byShape.get(key) ?? generateGemm(planFor(shrunk(problem, extent)))
    byShape.set(key, generated)
    return { slice, generated }
  })
}

/** The slices for the sizes of a call, along what the problem left open: the code is the same for all of them. */
export function slicesAtCall(plan: GemmPlan, threads: number, sizes: Sizes, cpu: CpuModel): readonly Slice[] {
  const { m, n, k, lda, ldb, ldc, batch, strideA, strideB, strideC } = sizes
  const { problem } = plan
  const open = (size: Size | undefined): boolean => size === 'runtime'
  return slicesOf({
    ...{ plan, threads, cpu, panel: null },
    problem: {
      ...{ ...problem, m, n, k, lda, ldb, ldc },
      batch: problem.batch && { ...problem.batch, count: batch, strideA, strideB, strideC },
    },
    cuttable: { m: open(problem.m), n: open(problem.n), batch: open(problem.batch?.count) },
    planFor: () => plan,
  })
}

/** The listings of the distinct codes, each below the slices that it computes. */
export function listingOf(parts: readonly Part[]): string {
  return textOf(parts, ({ listing }) => listing)
}

/** A text for each of the distinct codes, below the slices that it computes. */
export function textOf(parts: readonly Part[], text: (generated: GeneratedGemm) => string): string {
  const slices = new Map<GeneratedGemm, string[]>()
  for (const { slice, generated } of parts) {
    const texts = slices.get(generated) ?? []
    slices.set(generated, texts)
    if (slice !== null) texts.push(sliceText(slice))
  }
  return [...slices]
    .map(([code, texts]) => (texts.length === 0 ? '' : `; ${texts.join('; ')}\n`) + text(code))
    .join('\n')
}

/** `rows 0–511, columns 0–1023`. */
export function sliceText({ m, n, batch }: Slice): string {
  const range = (name: string, { start, count }: Slice['m']): string =>
    `${name} ${start}–${start + count - 1}`
  return [
    ...(batch.count > 1 || batch.start > 0 ? [range('products', batch)] : []),
    range('rows', m),
    range('columns', n),
  ].join(', ')
}
