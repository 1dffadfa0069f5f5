/** A plan: every decision about one product as plain data that can be printed, edited, saved and handed back. */
import { type Machine, productOf } from '../schedule/machine.ts'
import { deepFreeze, type Size } from '../schedule/tile-program.ts'
import {
  askingForBPays,
  canAskForB,
  chooseBlocking,
  K_UNIT,
  type Packing,
  packsWherever,
  workspaceBytes,
} from './blocking.ts'
import { combOfRows, refuseComb } from './comb-rows.ts'
import { type CpuModel, GENERIC_CPU } from './cpu-model.ts'
import { checkBlock, checkedReadAhead, checkTail, columnsForLanes } from './decisions.ts'
import { chooseLeadColumns } from './lead-columns.ts'
import { packsA, wayOfA } from './left-operand.ts'
import { planTiles } from './plan-tiles.ts'
import {
  type CompleteProblem,
  completeProblem,
  type GemmProblem,
  type RowMajorView,
  refuseRows,
  refuseUnpackable,
  rowMajorView,
  shapeText,
} from './problem.ts'
import { chooseRegisterTile, prefetchingPays, rowsThatFit } from './register-tile.ts'
import { refuseRelay, relayBlocks, relayingPays } from './relay-blocks.ts'
import { type TargetName, targetNamed } from './targets/index.ts'
import { type TilePlan, tilesText } from './tile-plan.ts'
import { planUnits, unitBlocksAtCall } from './unit-plan.ts'

/** How a product is computed. Sizes in elements. */
export interface GemmPlan {
  readonly problem: CompleteProblem
  readonly target: TargetName
  /** Rows (mr) and columns (nr) of C that stay in registers for all of a k block. */
  readonly tile: { readonly m: number; readonly n: number }
  /** K-steps in one iteration of the microkernel's loop. */
  readonly unroll: number
  /** Whether each tile asks for its part of C, and for the beginning of the next rows of A, before its K-steps. */
  readonly prefetch: boolean
  /** Bytes ahead of each line of B that tiles ask for while they read it; 0 for none. */
  readonly readAhead: number
  /** Whether tiles ask for the next block of B as well; B must be packed ahead, and all sizes known. */
  readonly prefetchB: boolean
  /** Columns of a narrower first tile, so that the others begin on cache lines; 0 for none. */
  readonly leadColumns: number
  /** Whether that tile is made only where it lets the others begin on lines, which each call finds out. */
  readonly leadsToLines: boolean
  /** The last columns, computed apart with K-steps in lanes; 0 for none. */
  readonly tailInLanes: number
  /** Whether two K-steps lie side by side in a vector. */
  readonly pairs: boolean
  /** Cache blocks mc, nc, kc; null where a dimension is not cut; 'runtime' when each call brings them (see blocksAtCall). */
  readonly block: Readonly<Record<'m' | 'n' | 'k', Size | null>>
  /** Whether a block of k takes rows of B ⌊k / kc⌋ apart, each going on where the block before left off, instead of neighbours. */
  readonly comb: boolean
  /** Whether bytes of B are multiplied as they are, by nibbles of A, where tiles have one row and whole vectors. */
  readonly nibbles: boolean
  /** Whether unsigned bytes of the left operand are staged in two planes, of which the upper one is often left out. */
  readonly planes: boolean
  /**
   * How B comes into contiguous panels: not at all, by the first tiles of rows on their way, in a pass ahead, or
   * ahead when the call says so.
   */
  readonly packB: Packing | 'at the call'
  /**
   * Columns from one row of B to the next where what was packed beforehand are its rows, as they are; null where those are
   * panels, and for any other B.
   */
  readonly rowsOfB: number | null
  /** Bytes from the workspace's begin to A's panels; null when A is read in place. Only a transposed A is packed. */
  readonly packA: number | null
  /**
   * Bytes from the workspace's begin to where blocks of the left and the right operand are brought together, into units; null
   * for operands that are not; 'runtime' when each call brings them.
   */
  readonly stages: Readonly<Record<'left' | 'right', Size | null>>
  /** How tile registers are used; null where there are none. */
  readonly tiles: TilePlan | null
  /**
   * The same of a requantised product, or one that flips the right operand: to where a tile's sums and the terms of rows are
   * kept, and those of columns; null for others.
   */
  readonly terms: Readonly<Record<'left' | 'right', Size>> | null
  /** Bytes of scratch memory that the kernel needs; 'runtime' when that depends on the call. */
  readonly workspaceBytes: Size
}

/** What a plan may be told instead of deciding it. */
export interface PlanOptions {
  readonly target: TargetName
  /** The CPU to plan for; a generic one by default, so that the same input gives the same plan anywhere. */
  readonly cpu?: CpuModel
  readonly tile?: GemmPlan['tile']
  readonly unroll?: number
  readonly prefetch?: boolean
  readonly readAhead?: number
  readonly prefetchB?: boolean
  readonly pairs?: boolean
  readonly tailInLanes?: number
  readonly leadColumns?: number
  readonly leadsToLines?: boolean
  readonly block?: Readonly<Partial<Record<'m' | 'n' | 'k', number | null>>>
  readonly comb?: boolean
  readonly nibbles?: boolean
  readonly planes?: boolean
  readonly packB?: Packing
  /** Columns of the panels of a B that was packed beforehand; the register tile gets as many. */
  readonly panelWidth?: number
  /** The same of a B whose rows were packed beforehand as they are, and how many columns those have; null for panels. */
  readonly rowsOfB?: number | null
  /** Whether a transposed A is packed. */
  readonly packA?: boolean
  /** Whether blocks of an A whose rows lie along k are brought together before they are used. */
  readonly stageA?: boolean
}

/** Decides how to compute a product. Pure: runs on any platform. RangeError when a given decision cannot be kept. */
export function planGemm(given: GemmProblem, options: PlanOptions): GemmPlan {
  const problem = completeProblem(given)
  const machine = targetNamed(options.target)
  const cpu = options.cpu ?? GENERIC_CPU
  const product = productOf(machine, problem.type)
  if (machine.tiles !== undefined) return planTiles(problem, options)
  if (product.parts !== null) return planUnits(problem, options, product)
  const elementBytes = product.unitBytes
  const lanes = machine.vectorBytes / elementBytes

  const whole = rowMajorView(problem)
  const inLanes =
    options.packB === 'beforehand' || options.packB === 'meanwhile'
      ? 0
      : columnsForLanes(machine, problem, whole)
  const tailInLanes = options.tailInLanes ?? lanedTail(whole, inLanes)
  checkTail(tailInLanes, inLanes)
  checkBlock(options.block)
  // Columns cut off are no concern of all that follows.
  const view = tailInLanes === 0 ? whole : { ...whole, n: (whole.n as number) - tailInLanes }
  const bytes = (ld: Size): number | null => (ld === 'runtime' ? null : ld * elementBytes)

  const tile =
    options.tile ??
    chooseRegisterTile(machine, cpu, {
      // Not by spreading the view: of what is added to a copy V8 makes hidden classes anew each time.
      m: view.m,
      n: view.n,
      k: view.k,
      elementBytes,
      // A transposed left operand is read along its lines: no rows to keep apart.
      aStride: view.transLeft ? 0 : bytes(view.ldLeft),
      bStride: bytes(view.ldRight),
      isPacked: options.packB === undefined && packsWherever(view, elementBytes, cpu),
      vectors: options.panelWidth === undefined ? undefined : options.panelWidth / lanes,
    })
  if (options.packB === 'beforehand') refuseUnpackable(problem, options.block)
  refuseRows(problem, options)
  if (!Number.isInteger(tile.m) || tile.m < 1 || tile.n < 1 || tile.n % lanes !== 0) {
    throw new RangeError(
      `tile must be whole rows by a multiple of ${lanes} columns, given ${tile.m}×${tile.n}`,
    )
  }
  const masked = view.n === 'runtime' || view.n % lanes !== 0
  const most = rowsThatFit(machine, tile.n / lanes, masked)
  if (tile.m > most) {
    throw new RangeError(
      `tile ${tile.m}×${tile.n} does not fit the ${machine.registers} registers of ${machine.name}: ` +
        `with ${tile.n} columns at most ${most} rows`,
    )
  }

  // Sizes that are not known yet are blocked when they are, unless the caller has decided.
  const open =
    [view.m, view.n, view.k].includes('runtime') && options.packB === undefined && options.block === undefined
  const unroll = options.unroll ?? 4
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
  const question = { view, machine, tile, unroll, elementBytes, cpu }
  const relay =
    options.packB === undefined && options.block === undefined && tailInLanes === 0 && relayingPays(question)
  const blocking =
    (options.packB === 'meanwhile' || relay ? relayBlocks(question) : null) ??
    chooseBlocking(view, tile, elementBytes, cpu, options.packB, packsA(view, options, elementBytes, cpu))
  const model = { n: blocking.n, k: blocking.k, m: blocking.m }
  const block = options.block === undefined ? model : { ...model, ...options.block }
  if (options.packB === 'meanwhile' || blocking.packB === 'meanwhile') refuseRelay(question, block)
  // Only the very last vector of columns may be partial: its mask is set up once.
  if (block.n !== null && block.n % lanes !== 0) {
    throw new RangeError(`block.n must be a multiple of ${lanes} columns (a vector), given ${block.n}`)
  }
  const canPair = pairsPossible(machine, problem, view, lanes) && blocking.packB === 'no' && !open
  const pairs = options.pairs ?? (canPair && pairsPay(cpu, tile, view.n as number, lanes, elementBytes))
  if (pairs && !canPair) {
    throw new RangeError(
      `pairs needs m, n and k known, at most ${lanes} columns, at most ${MOST_PAIRED_STEPS} K-steps, B in place and a target that has them (avx512)`,
    )
  }
  const blocks = { n: block.n, k: block.k, m: block.m, packB: blocking.packB }
  const panelBytes = open
    ? 0
    : Math.ceil(
        Math.max(
          workspaceBytes(view, blocks, tile, elementBytes),
          lanedPanelBytes(machine, problem, tailInLanes),
        ) / 64,
      ) * 64
  const comb =
    open || options.comb === false || options.stageA === false
      ? null
      : combOfRows(view, blocks, elementBytes, cpu)
  if (options.comb === true) refuseComb(view, blocks, options.stageA)
  const staging = (options.comb ?? comb !== null) ? { ...options, stageA: true } : options
  const left = wayOfA(view, blocks, staging, { tile, elementBytes, cpu, machine, open, at: panelBytes })
  const prefetchB = !open && (options.prefetchB ?? askingForBPays(view, blocks, elementBytes, cpu))
  if (prefetchB && !canAskForB(view, blocks)) {
    throw new RangeError(
      "prefetchB needs packB 'ahead', blocks of k, a B whose rows lie along n, and all sizes known",
    )
  }
  return deepFreeze({
    problem,
    target: options.target,
    tile: { m: tile.m, n: tile.n },
    unroll,
    prefetch: options.prefetch ?? prefetchingPays(cpu, view.m, tile.m),
    readAhead: checkedReadAhead(options.readAhead ?? comb?.readAhead ?? 0),
    prefetchB,
    pairs,
    comb: options.comb ?? comb !== null,
    nibbles: false,
    planes: false,
    rowsOfB: null,
    tailInLanes,
    stages: { left: left.staged, right: null },
    tiles: null,
    terms: null,
    leadColumns: chooseLeadColumns(
      { view, machine, tile, elementBytes, cpu, block, packB: blocking.packB },
      options.leadColumns,
    ),
    leadsToLines: options.leadsToLines ?? cpu.farB.leadsToLines,
    block: open ? { m: 'runtime', n: 'runtime', k: 'runtime' } : { m: block.m, n: block.n, k: block.k },
    packB: open ? (view.transRight ? 'ahead' : 'at the call') : blocking.packB,
    packA: open ? null : left.packed,
    workspaceBytes: open ? 'runtime' : panelBytes + left.bytes,
  } satisfies GemmPlan)
}

/** Fewer rows or K-steps do not earn the panel of the columns cut off. */
const LEAST_LANED = { m: 8, k: 16 }

/** Columns to cut off, as few as would waste most of a vector; 0 for none. */
function lanedTail({ m, k }: RowMajorView, possible: number): number {
  return typeof m === 'number' && typeof k === 'number' && m >= LEAST_LANED.m && k >= LEAST_LANED.k
    ? possible
    : 0
}

function lanedPanelBytes(machine: Machine, { type, k }: CompleteProblem, tail: number): number {
  const { lanes } = productOf(machine, type).kernel
  if (tail === 0 || lanes === undefined) return 0
  return Math.ceil((k as number) / lanes.steps) * machine.vectorBytes
}

/** Paired K-steps are unrolled whole, so k must be small. */
const MOST_PAIRED_STEPS = 64

function pairsPossible(
  machine: Machine,
  { type }: CompleteProblem,
  view: RowMajorView,
  lanes: number,
): boolean {
  const { m, n, k, transLeft, transRight } = view
  return (
    productOf(machine, type).kernel.pairs !== undefined &&
    m !== 'runtime' &&
    n !== 'runtime' &&
    k !== 'runtime' &&
    n <= lanes &&
    k <= MOST_PAIRED_STEPS &&
    !transLeft &&
    !transRight
  )
}

/**
 * With half a vector of columns, pairs halve the multiply-adds. With more they keep their number and double
 * the sums, which pays when there are too few to hide the latency; measured 7×13×29: 62 % of peak without,
 * 66 % with. In f64 the repeated pair is 128 bits, which costs more than it brings (7×5×29: 49 and 43 %).
 */
function pairsPay(
  cpu: CpuModel,
  tile: GemmPlan['tile'],
  n: number,
  lanes: number,
  elementBytes: number,
): boolean {
  return n <= lanes / 2 || (tile.m < cpu.fmaPerCycle * cpu.fmaLatency && elementBytes === 4)
}

/** What a call brings when its plan left blocks open: the argument block's fields, and the scratch memory. */
export interface BlocksAtCall {
  readonly m: number
  readonly n: number
  readonly k: number
  readonly pack: boolean
  /** Bytes from the workspace's begin to where operands are staged; 0 where they are not. */
  readonly stages: Readonly<Record<'left' | 'right', number>>
  /** As in GemmPlan; 0 where there are none. */
  readonly terms: Readonly<Record<'left' | 'right', number>>
  readonly workspaceBytes: number
}

/** Decides the blocks of a call from its sizes, as planGemm does for known ones. */
export function blocksAtCall(
  plan: GemmPlan,
  sizes: {
    readonly m: number
    readonly n: number
    readonly k: number
    readonly lda: number
    readonly ldb: number
  },
  cpu: CpuModel,
): BlocksAtCall {
  const view = rowMajorView({ ...plan.problem, ...sizes })
  const product = productOf(targetNamed(plan.target), plan.problem.type, plan.planes)
  if (product.parts !== null) return unitBlocksAtCall(plan, view, product, cpu)
  const elementBytes = product.unitBytes
  const blocking = chooseBlocking(
    view,
    plan.tile,
    elementBytes,
    cpu,
    plan.packB === 'ahead' ? 'ahead' : undefined,
  )
  const packB = blocking.packB === 'no' ? 'no' : 'ahead'
  const whole = (size: Size, unit: number): number => Math.ceil(Math.max(1, size as number) / unit) * unit
  const block = {
    m: blocking.m ?? whole(view.m, plan.tile.m),
    n: blocking.n ?? whole(view.n, plan.tile.n),
    k: blocking.k ?? whole(view.k, K_UNIT),
  }
  return {
    ...block,
    pack: packB === 'ahead',
    ...{ stages: { left: 0, right: 0 }, terms: { left: 0, right: 0 } },
    workspaceBytes: workspaceBytes(view, { ...block, packB }, plan.tile, elementBytes),
  }
}

/** A kernel's name: its contract in one word. */
export function kernelName({ problem, target, tile }: GemmPlan): string {
  const { type, out, m, n, k, transA, transB, order, requantise } = problem
  const shape = [m, n, k].map((size) => (size === 'runtime' ? 'x' : size)).join('_')
  const layout = `${order === 'row' ? 'r' : 'c'}${transA ? 't' : 'n'}${transB ? 't' : 'n'}`
  const types = requantise === null ? type : `${type}_${out}`
  return `gemm_${types}_${target}_${layout}_${shape}_${tile.m}x${tile.n}`
}

/** The plan in a few lines for people. */
export function printPlan(plan: GemmPlan): string {
  const { problem, target, tile, unroll, block, packB } = plan
  const options = [
    problem.order === 'column' ? 'column-major' : '',
    problem.transA ? 'A transposed' : '',
    problem.transB ? 'B transposed' : '',
    problem.alpha === 1 ? '' : `alpha ${problem.alpha}`,
    problem.beta === 0 ? '' : `beta ${problem.beta}`,
    problem.requantise === null ? '' : `requantised to ${problem.out}`,
    problem.batch === null ? '' : `batch of ${problem.batch.count}`,
  ]
    .filter((text) => text !== '')
    .join(', ')
  const blocks = (['n', 'k', 'm'] as const)
    .filter((dim) => block[dim] !== null)
    .map((dim) => `${dim}c ${block[dim]}`)
    .join(', ')
  const registers =
    plan.tiles === null
      ? `register tile ${tile.m}×${tile.n}, k unrolled by ${unroll}${plan.pairs ? ', in pairs' : ''}${plan.planes ? ', bytes of A in two planes' : ''}` +
        (plan.tailInLanes > 0 ? `; the last ${plan.tailInLanes} columns apart, k in lanes` : '')
      : tilesText(plan.tiles, tile)
  return [
    `${problem.type} ${shapeText(problem)}${options === '' ? '' : ` (${options})`} on ${target}`,
    `  ${registers}`,
    `  cache blocks: ${blocks === '' ? 'none' : block.m === 'runtime' ? 'decided at each call' : blocks}`,
    `  B ${packB === 'no' ? 'read where it is' : plan.rowsOfB !== null ? 'packed beforehand as its rows are' : packB === 'meanwhile' ? `copied by rows, each block while the one before is multiplied, ${plan.workspaceBytes} bytes of workspace` : `packed ${packB === 'at the call' ? 'ahead, if the call says so,' : packB} into panels of ${tile.n} columns${plan.workspaceBytes === 'runtime' ? '' : `, ${plan.workspaceBytes} bytes of workspace`}`}`,
    '',
  ].join('\n')
}
