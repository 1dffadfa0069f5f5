/** Plans products of narrow types: B in panels of units, A in place or staged; sizes of k counted in units. */
import { STAGE_GAP } from '../schedule/lower/stage.ts'
import { type Machine, type Product, productOf } from '../schedule/machine.ts'
import { PRODUCT_TYPES, STORAGE_BYTES } from '../schedule/product-type.ts'
import { deepFreeze, type Size } from '../schedule/tile-program.ts'
import { chooseBlocking, K_UNIT, type Packing, workspaceBytes } from './blocking.ts'
import { type CpuModel, GENERIC_CPU } from './cpu-model.ts'
import { checkedReadAhead } from './decisions.ts'
import type { BlocksAtCall, GemmPlan, PlanOptions } from './plan.ts'
import {
  type CompleteProblem,
  type RowMajorView,
  refuseRows,
  refuseUnpackable,
  rowMajorView,
} from './problem.ts'
import {
  chooseRegisterTile,
  prefetchingPays,
  rowsThatFit,
  type TileQuestion,
  type TileRegisters,
} from './register-tile.ts'
import { targetNamed } from './targets/index.ts'
import { hasTerms, placeTerms } from './terms.ts'
import {
  type Blocks,
  type Decisions,
  decidesPlanes,
  fits,
  isNumber,
  refuseBlocks,
  refuseComb,
  refuseNibbles,
  refuseOptions,
  refuseTile,
  stagesOf,
} from './unit-checks.ts'
import {
  combOf,
  packingOf,
  panelsAhead,
  reasonAgainst,
  registersInPlace,
  stepsOfFewRows,
  vectorsOfComb,
} from './units-in-place.ts'

const UNIT_BYTES = 4
/** What nibbles of a row take behind it. */
const NIBBLE_BYTES = 64
const LINE_BYTES = 64

const toUnits = (k: Size, group: number): Size => (k === 'runtime' ? k : Math.ceil(k / group))

/** What the model of register tiles is asked for a narrow type, of a machine and a CPU as its dot product sees them. */
export function unitQuestion(
  problem: CompleteProblem,
  product: Product,
  machine: Machine,
  cpu: CpuModel,
): { readonly machine: Machine; readonly cpu: CpuModel; readonly question: TileQuestion } {
  const view = rowMajorView(problem)
  const k = toUnits(view.k, product.group)
  const { left } = stagesOf(problem, product)
  const bytes = STORAGE_BYTES[PRODUCT_TYPES[problem.type][view.left]]
  const inPlace = view.ldLeft === 'runtime' ? null : view.ldLeft * bytes
  const planes = product.planes === undefined ? 1 : 2
  const staged = view.transLeft ? 0 : k === 'runtime' ? null : planes * (k * UNIT_BYTES + STAGE_GAP)
  return {
    machine: { ...machine, registers: machine.registers - product.temporaries },
    cpu: {
      ...cpu,
      fmaPerCycle: cpu.fmaPerCycle / product.instructions,
      fmaLatency: product.latency ?? cpu.fmaLatency,
      // Where a product is several instructions, dispatch is what it waits for, wherever operands are.
      ...(product.instructions === 1
        ? {}
        : { dispatchShare: { ...cpu.dispatchShare, inL1: cpu.dispatchShare.beyondL1 } }),
    },
    question: {
      ...{ m: view.m, n: view.n, k, elementBytes: UNIT_BYTES },
      aStride: left ? staged : inPlace,
      // Panels are contiguous.
      bStride: null,
    },
  }
}

/** Decides how to compute a product of a narrow type. RangeError when a given decision cannot be kept. */
export function planUnits(problem: CompleteProblem, options: PlanOptions, whole: Product): GemmPlan {
  const planes = decidesPlanes(problem, options, whole)
  const plan = planUnitsBy(problem, options, planes ? whole.byPlanes! : whole)
  return planes ? deepFreeze({ ...plan, planes }) : plan
}

function planUnitsBy(problem: CompleteProblem, options: PlanOptions, product: Product): GemmPlan {
  const rows = rowsGiven(problem, options, product)
  if (rows === null) return planInUnits(problem, options, product)
  const plan = planInUnits(problem, { ...options, packB: 'no' }, product)
  return deepFreeze({ ...plan, packB: 'beforehand', rowsOfB: rows })
}

/**
 * Columns of the rows that a B packed beforehand is, null for panels. One row of A reads each element once: nothing earns
 * back that panels are of wider elements.
 */
function rowsGiven(problem: CompleteProblem, options: PlanOptions, product: Product): number | null {
  const { packB, rowsOfB, panelWidth, cpu = GENERIC_CPU } = options
  if (packB !== 'beforehand') {
    refuseRows(problem, options)
    return null
  }
  const pays = (): boolean =>
    panelWidth === undefined &&
    reasonAgainst(problem, product) === null &&
    combOf(problem, product, cpu, 'no') !== null
  const rows = rowsOfB === undefined ? (pays() ? (problem.n as number) : null) : rowsOfB
  refuseUnpackable(problem, rows === null ? options.block : {})
  return rows
}

function planInUnits(problem: CompleteProblem, options: PlanOptions, product: Product): GemmPlan {
  const cpu = options.cpu ?? GENERIC_CPU
  const machine = targetNamed(options.target) as Machine
  const lanes = machine.vectorBytes / UNIT_BYTES
  refuseOptions(problem, options, product)
  const view = rowMajorView(problem)
  const model = unitQuestion(problem, product, machine, cpu)
  const isPartial = view.n === 'runtime' || view.n % lanes !== 0
  const ways = {
    packed: model.machine,
    inPlace: { ...machine, besideSums: registersInPlace(problem, product, isPartial) },
  }
  const tileOn = (registers: Machine & TileRegisters, k: Size = model.question.k): GemmPlan['tile'] =>
    options.tile ??
    chooseRegisterTile(registers, model.cpu, {
      ...{ ...model.question, k },
      ...(options.panelWidth === undefined ? {} : { vectors: options.panelWidth / lanes }),
    })
  const open =
    [view.m, view.n, view.k].includes('runtime') && options.packB === undefined && options.block === undefined
  const small = tileOn(ways.inPlace)
  const packB =
    options.packB ??
    (open || !fits(ways.inPlace, small, isPartial, lanes) ? 'ahead' : packingOf(problem, product, small))
  const registers = ways[packB === 'no' || packB === 'on the way' ? 'inPlace' : 'packed']
  const steps = stepsOfFewRows(problem, cpu, packB)
  const comb = options.block?.k === undefined ? combOf(problem, product, cpu, packB) : null
  // Panels are as deep as blocks of k.
  const tile =
    comb === null || options.tile !== undefined
      ? tileOn(registers, isNumber(steps) ? toUnits(steps, product.group) : undefined)
      : { m: 1, n: lanes * vectorsOfComb(problem, lanes, cpu.farB.width, mostVectors(registers, isPartial)) }
  refuseTile(registers, tile, view, lanes)
  const { unroll = 4 } = options
  if (
    !Number.isInteger(unroll) ||
    unroll < 1 ||
    unroll > 64 ||
    (problem.k === 'runtime' && unroll & (unroll - 1))
  ) {
    throw new RangeError(
      `unroll must be 1 to 64, and a power of two when k is given at the call; given ${unroll}`,
    )
  }
  const decided = {
    ...{ problem, target: options.target, tile: { m: tile.m, n: tile.n }, unroll },
    prefetch: options.prefetch ?? prefetchingPays(cpu, view.m, tile.m),
    readAhead: checkedReadAhead(
      options.readAhead ?? comb?.readAhead ?? panelsAhead(problem, product, cpu, packB),
    ),
    comb: options.comb ?? comb !== null,
    planes: false,
    nibbles: options.nibbles ?? (comb !== null && comb.teeth <= (product.nibbles?.steps ?? 0)),
    ...{
      rowsOfB: null,
      prefetchB: false,
      pairs: false,
      tailInLanes: 0,
      leadColumns: 0,
      leadsToLines: false,
      packA: null,
      tiles: null,
    },
  }
  const stages = stagesOf(problem, product)
  if (open) {
    const place = (isStaged: boolean): Size | null => (isStaged ? 'runtime' : null)
    return deepFreeze({
      ...decided,
      block: { m: 'runtime', n: 'runtime', k: 'runtime' },
      packB,
      stages: { left: place(stages.left), right: place(stages.right) },
      terms: !hasTerms(problem, product) ? null : { left: 'runtime', right: 'runtime' },
      workspaceBytes: 'runtime',
    } satisfies GemmPlan)
  }
  const chosen = blocksOf(problem, product, tile, cpu, packB)
  const block = { ...(comb === null ? chosen : { ...chosen, k: comb.teeth }), ...options.block }
  refuseBlocks(problem, product, block, lanes)
  if (decided.comb) refuseComb(problem, product, { block, packB })
  if (decided.nibbles) refuseNibbles(problem, product, { block, packB })
  const places = placesOf(problem, product, { tile, block, packB, nibbles: decided.nibbles }, machine)
  return deepFreeze({ ...decided, block, packB, ...places } satisfies GemmPlan)
}

/** Cache blocks in elements. Sums that C cannot hold must be complete before they are stored, so k is whole then. */
function blocksOf(
  problem: CompleteProblem,
  product: Product,
  tile: GemmPlan['tile'],
  cpu: CpuModel,
  packB: Packing,
): Blocks {
  const view = rowMajorView(problem)
  const keepsSums = problem.out === PRODUCT_TYPES[problem.type].sum
  const skinny = stepsOfFewRows(problem, cpu, packB)
  if (skinny !== undefined) return { m: null, n: null, k: keepsSums ? skinny : null }
  const units = { ...view, k: toUnits(view.k, product.group) }
  const { m, n, k } = chooseBlocking(units, tile, UNIT_BYTES, cpu, packB)
  return { m, n, k: k === null || !keepsSums ? null : k * product.group }
}

/** Where in the workspace panels and staged blocks lie, one behind the other. */
function placesOf(
  problem: CompleteProblem,
  product: Product,
  { tile, block, packB, nibbles = false }: Decisions,
  machine: Machine,
): {
  readonly stages: Readonly<Record<'left' | 'right', number | null>>
  readonly terms: Readonly<Record<'left' | 'right', number>> | null
  readonly workspaceBytes: number
} {
  const view = rowMajorView(problem)
  const { group } = product
  const k = toUnits(view.k, group)
  const units = { ...block, k: block.k === null ? null : Math.ceil(block.k / group) }
  const panels = workspaceBytes({ n: view.n, k }, { ...units, packB }, tile, UNIT_BYTES)
  const bound = (dim: 'm' | 'n' | 'k'): number => {
    const size = dim === 'k' ? k : view[dim]
    const most = Math.min(
      units[dim] ?? Number.POSITIVE_INFINITY,
      size === 'runtime' ? Number.POSITIVE_INFINITY : size,
    )
    if (most !== Number.POSITIVE_INFINITY) return most
    throw new RangeError(
      `block.${dim} must be a number when an operand is staged and ${dim} is given at the call; given null`,
    )
  }
  const stages = stagesOf(problem, product)
  const { left } = stages
  // What comes as panels has been staged before.
  const right = stages.right && packB !== 'beforehand'
  const lines = (count: number, length: number): number => count * (length * UNIT_BYTES + STAGE_GAP)
  const lanes = machine.vectorBytes / UNIT_BYTES
  const leftBytes = !left
    ? 0
    : view.transLeft
      ? lines(bound('k'), Math.ceil(bound('m') / lanes) * lanes)
      : product.planes === undefined
        ? lines(bound('m'), bound('k')) + (nibbles ? NIBBLE_BYTES : 0)
        : tileBytes(tile) + 2 * lines(bound('m'), bound('k'))
  const rightBytes = right ? lines(bound('n'), bound('k')) : 0
  const toLine = (bytes: number): number => Math.ceil(bytes / LINE_BYTES) * LINE_BYTES
  const leftAt = toLine(panels)
  const rightAt = toLine(leftAt + leftBytes)
  // Columns that come as panels have their terms made all at once.
  const { terms, end } = placeTerms(problem, product, tile, rightAt + rightBytes, (dim) =>
    dim === 'n' && packB === 'beforehand' ? (view.n as number) : bound(dim),
  )
  const stagedAt = { left: left ? leftAt : null, right: right ? rightAt : null }
  return { stages: stagedAt, terms, workspaceBytes: toLine(end) }
}

/** The blocks of a call, when its plan left them open. */
export function unitBlocksAtCall(
  plan: GemmPlan,
  sizes: Pick<RowMajorView, 'm' | 'n' | 'k'>,
  product: Product,
  cpu: CpuModel,
): BlocksAtCall {
  const { order } = plan.problem
  const own = order === 'row' ? sizes : { ...sizes, m: sizes.n, n: sizes.m }
  const problem = { ...plan.problem, m: own.m, n: own.n, k: own.k }
  const { tile } = plan
  const blocks = blocksOf(problem, product, tile, cpu, 'ahead')
  const whole = (size: Size, unit: number): number => Math.ceil(Math.max(1, size as number) / unit) * unit
  const block = {
    m: blocks.m ?? whole(sizes.m, tile.m),
    n: blocks.n ?? whole(sizes.n, tile.n),
    k: blocks.k ?? whole(sizes.k, K_UNIT * product.group),
  }
  // A call may come with another k than the problem that stages were decided for: any k is staged alike.
  const isStaged = { left: plan.stages.left !== null, right: plan.stages.right !== null }
  const machine = targetNamed(plan.target) as Machine
  const places = placesOf({ ...problem, k: 'runtime' }, product, { tile, block, packB: 'ahead' }, machine)
  return {
    ...block,
    pack: true,
    stages: {
      left: isStaged.left ? (places.stages.left ?? 0) : 0,
      right: isStaged.right ? (places.stages.right ?? 0) : 0,
    },
    terms: places.terms ?? { left: 0, right: 0 },
    workspaceBytes: places.workspaceBytes,
  }
}

/** Vectors of columns that fit beside one row. */
function mostVectors(machine: TileRegisters, isPartial: boolean): number {
  let vectors = 1
  while (rowsThatFit(machine, vectors + 1, isPartial) >= 1) vectors++
  return vectors
}

/** Bytes of a tile's sums. */
const tileBytes = ({ m, n }: GemmPlan['tile']): number => m * n * UNIT_BYTES

/** Bytes for a tile's sums ahead of where a plan stages A in planes; null where it does not. */
export const planesBytes = ({ planes, tile }: GemmPlan): number | null => (planes ? tileBytes(tile) : null)

/** Bytes of scratch memory that making panels beforehand takes; null where B is not staged for it. */
export function packerBytes(plan: GemmPlan): number | null {
  const product = productOfPlan(plan)
  const { n, k } = rowMajorView(plan.problem)
  if (plan.tiles !== null || product.parts === null || !stagesOf(plan.problem, product).right) return null
  return (n as number) * ((toUnits(k, product.group) as number) * UNIT_BYTES + STAGE_GAP)
}

/** How a plan's target computes its type. */
export const productOfPlan = ({
  target,
  problem,
  planes,
}: Pick<GemmPlan, 'target' | 'problem' | 'planes'>): Product =>
  productOf(targetNamed(target) as Machine, problem.type, planes)
