/** The whole way from a problem to machine code, on one page. */
import { listing, type MachineCode } from '../encoder/index.ts'
import { allocate, assemble, type PFunction, type VFunction } from '../regalloc/index.ts'
import { compose, composed } from '../schedule/compose.ts'
import { lower } from '../schedule/lower.ts'
import { lowerTiles, withTiles } from '../schedule/lower-tiles.ts'
import { type BlockLevel, block } from '../schedule/primitives/block.ts'
import { nibbles } from '../schedule/primitives/nibbles.ts'
import { pack, packA, packedBeforehand, packOnTheWay } from '../schedule/primitives/pack.ts'
import { pairSteps } from '../schedule/primitives/pair-steps.ts'
import { askForB, prefetch } from '../schedule/primitives/prefetch.ts'
import { readAhead } from '../schedule/primitives/read-ahead.ts'
import { registerTile } from '../schedule/primitives/register-tile.ts'
import { stage } from '../schedule/primitives/stage.ts'
import { tailInLanes } from '../schedule/primitives/tail-in-lanes.ts'
import { terms } from '../schedule/primitives/terms.ts'
import { unroll } from '../schedule/primitives/unroll.ts'
import { deepFreeze, type Primitive, type Statement, type TileProgram } from '../schedule/tile-program.ts'
import { ARGUMENTS } from './argument-block.ts'
import { K_UNIT } from './blocking.ts'
import { type GemmPlan, kernelName } from './plan.ts'
import { panelPass, panelUnits, tilePipe } from './plan-tiles.ts'
import { rowMajorView } from './problem.ts'
import { targetNamed } from './targets/index.ts'
import { hasSumsBehindPanels, termsOf, tileSumsBytes } from './terms.ts'
import { packerBytes, planesBytes, productOfPlan } from './unit-plan.ts'

/** Everything that generation passes through, for those who want to look. */
export interface GeneratedGemm {
  readonly plan: GemmPlan
  readonly program: TileProgram
  readonly code: MachineCode
  /** Intel syntax with offsets and bytes. */
  readonly listing: string
}

/** Rows of a tile whose K-steps lie in lanes: their sums, one vector of B and one of A stay below 32. */
const LANED_ROWS = 24

/** The product as one contraction, before any scheduling. */
export function gemmProgram(plan: GemmPlan): TileProgram {
  const { problem } = plan
  const { type, out, alpha, beta, batch, ldc } = problem
  const { m, n, k, left, right, transLeft, transRight, ldLeft, ldRight } = rowMajorView(problem)
  // With alpha = 0 neither A nor B is read, whatever they hold.
  const sizes = { m, n, k: alpha === 0 ? 0 : k }
  const contract: Statement = { kind: 'contract', b: 'in place' }
  const batchStride = { a: batch?.strideA ?? 0, b: batch?.strideB ?? 0, c: batch?.strideC ?? 0 }
  return {
    name: kernelName(plan),
    ...{ type, output: out, sizes },
    sizeParameters: problem.order === 'row' ? { m: 'm', n: 'n', k: 'k' } : { m: 'n', n: 'm', k: 'k' },
    matrices: {
      A: { name: 'A', argument: left, dims: transLeft ? ['k', 'm'] : ['m', 'k'], ld: ldLeft },
      B: {
        name: 'B',
        argument: right,
        dims: transRight ? ['n', 'k'] : ['k', 'n'],
        ld: plan.rowsOfB ?? ldRight,
      },
      C: { name: 'C', argument: 'c', dims: ['m', 'n'], ld: ldc },
    },
    alpha,
    beta,
    parameters: ARGUMENTS,
    panels: plan.tiles?.panels ?? 'block',
    panelsOfA: plan.tiles === null ? null : plan.packA,
    stages: { A: plan.stages.left, B: plan.stages.right },
    planes: planesBytes(plan),
    requantise: problem.requantise,
    terms: termPlaces(plan),
    body:
      batch === null
        ? [contract]
        : [
            {
              kind: 'batch',
              count: batch.count,
              matrices:
                batch.kind === 'pointers'
                  ? 'pointers'
                  : { A: batchStride[left], B: batchStride[right], C: batchStride.c },
              body: [contract],
            },
          ],
  }
}

function termPlaces(plan: GemmPlan): TileProgram['terms'] {
  const { terms: at } = plan
  return at === null ? null : { rows: at.left, columns: at.right, tileBytes: tileSumsBytes(plan) }
}

/** The plan's decisions as rewrites, in the order in which they are applied. */
export function schedulePipe(plan: GemmPlan): readonly Primitive[] {
  if (plan.tiles !== null) return tilePipe(plan, plan.tiles)
  const { tile, packB } = plan
  // Blocks end where tiles end, if they can; else columns at whole vectors, so that only the last is partial.
  const { vectorBytes } = targetNamed(plan.target)
  const product = productOfPlan(plan)
  const { unitBytes, group } = product
  const hasTerms = termsOf(plan.problem, product)
  const preferred = { n: tile.n, k: K_UNIT * group, m: tile.m }
  const least = { n: vectorBytes / unitBytes, k: group, m: 1 }
  const levels: BlockLevel[] = (['n', 'k', 'm'] as const).flatMap((dim) => {
    const size = plan.block[dim]
    if (size === null || (dim === 'n' && packB === 'meanwhile')) return []
    const unit = size === 'runtime' || size % preferred[dim] === 0 ? preferred[dim] : least[dim]
    return [
      {
        dim,
        size,
        unit,
        isComb: dim === 'k' && plan.comb,
        relays:
          dim === 'k' && packB === 'meanwhile'
            ? { place: 0, columns: plan.block.n as number | null, tile, unroll: plan.unroll }
            : null,
      },
    ]
  })
  return [
    ...(plan.tailInLanes > 0 ? [tailInLanes(plan.tailInLanes, LANED_ROWS)] : []),
    ...(levels.length > 0 ? [block(...levels)] : []),
    ...(packB === 'ahead' || packB === 'at the call' ? [pack('B', packB === 'at the call')] : []),
    ...(plan.prefetchB ? [askForB()] : []),
    ...(packB === 'beforehand' && plan.rowsOfB === null ? [packedBeforehand('B')] : []),
    ...(hasTerms.right ? [terms('B')] : []),
    ...(hasTerms.left ? [terms('A')] : []),
    ...(plan.stages.right !== null ? [stage('B')] : []),
    ...(plan.stages.left !== null ? [stage('A')] : []),
    ...(plan.packA !== null ? [packA(plan.packA)] : []),
    registerTile({ m: tile.m, n: tile.n, leadColumns: plan.leadColumns, leadsToLines: plan.leadsToLines }),
    ...(packB === 'on the way' ? [packOnTheWay('B')] : []),
    ...(plan.pairs ? [pairSteps()] : []),
    unroll('k', plan.unroll),
    ...(plan.prefetch ? [prefetch()] : []),
    ...(plan.nibbles ? [nibbles()] : []),
    ...(plan.readAhead > 0 ? [readAhead(plan.readAhead)] : []),
  ]
}

/** A program's code on the plan's machine: on its tile registers, where it has them. */
function lowered(program: TileProgram, { target }: GemmPlan): VFunction {
  const machine = targetNamed(target)
  const tiles = withTiles(machine)
  return tiles === null ? lower(program, machine) : lowerTiles(program, tiles)
}

/** The getters are shared: those of a literal would keep everything from being collected soon (encoder/link.ts says why). */
class Generated implements GeneratedGemm {
  readonly plan: GemmPlan
  declare readonly program: TileProgram
  readonly code: MachineCode
  declare readonly listing: string
  readonly #program: TileProgram

  static readonly #shared: PropertyDescriptorMap & ThisType<Generated> = {
    program: {
      enumerable: true,
      get() {
        return deepFreeze(this.#program)
      },
    },
    listing: {
      enumerable: true,
      get() {
        return listing(this.code)
      },
    },
  }

  constructor(plan: GemmPlan, program: TileProgram, code: MachineCode) {
    this.plan = plan
    this.#program = program
    this.code = code
    Object.defineProperties(this, Generated.#shared)
  }
}

/** plan → TileProgram → VFunction → PFunction → MachineCode. Pure: runs on any platform. */
export function generateGemm(plan: GemmPlan): GeneratedGemm {
  const program = composed(gemmProgram(plan), schedulePipe(plan))
  const virtual: VFunction = lowered(program, plan)
  const physical: PFunction = allocate(virtual)
  const code = assemble(physical)
  return Object.freeze(new Generated(plan, program, code))
}

/** Code that makes the panels which a plan with B packed beforehand takes: from b to where c says. */
export interface GeneratedPacker {
  readonly code: MachineCode
  readonly workspaceBytes: number
}

/** Bytes from where panels made beforehand begin to the sums of their columns; null where there are none. */
function sumsBehindPanels(plan: GemmPlan): number | null {
  if (!hasSumsBehindPanels(plan.problem)) return null
  const { group, unitBytes } = productOfPlan(plan)
  const [n, k] = [plan.problem.n as number, plan.problem.k as number]
  const lanes = targetNamed(plan.target).vectorBytes / unitBytes
  const units = plan.tiles === null ? Math.ceil(k / group) : panelUnits(k, group)
  return Math.ceil(n / lanes) * lanes * units * unitBytes
}

export function generatePacker(plan: GemmPlan): GeneratedPacker {
  const whole = gemmProgram(plan)
  const bytes = packerBytes(plan)
  const sumsAt = sumsBehindPanels(plan)
  const program = compose({
    ...whole,
    name: `${kernelName(plan)}_pack_b`,
    panels: 'result',
    stages: { A: null, B: bytes === null ? null : 0 },
    ...{ requantise: null, terms: null },
    body: [
      ...(sumsAt === null ? [] : [{ kind: 'terms', operand: 'B', result: sumsAt } as const]),
      ...(bytes === null ? [] : [{ kind: 'stage', operand: 'B', nibbles: false } as const]),
      plan.tiles !== null
        ? { kind: 'tile-pack', ...panelPass(plan, plan.tiles) }
        : { kind: 'pack', operand: 'B', optional: false, layout: 'panels', width: plan.tile.n, asks: false },
    ],
  })
  return {
    code: assemble(allocate(lowered(program, plan))),
    workspaceBytes: bytes ?? 0,
  }
}
