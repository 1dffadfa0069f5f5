/** A plan: every decision about one product as plain data that can be printed, edited, saved and handed back. */
import { deepFreeze, ELEMENT_BYTES, type Size } from '../schedule/tile-program.ts'
import { chooseBlocking, type Packing, workspaceBytes } from './blocking.ts'
import { type CpuModel, GENERIC_CPU } from './cpu-model.ts'
import {
  type CompleteProblem,
  completeProblem,
  type GemmProblem,
  rowMajorView,
  shapeText,
} from './problem.ts'
import { chooseRegisterTile, rowsThatFit } from './register-tile.ts'
import { type TargetName, targetNamed } from './targets/index.ts'

/** How a product is computed. Sizes in elements. */
export interface GemmPlan {
  readonly problem: CompleteProblem
  readonly target: TargetName
  /** Rows (mr) and columns (nr) of C that stay in registers for all of a k block. */
  readonly tile: { readonly m: number; readonly n: number }
  /** K-steps in one iteration of the microkernel's loop. */
  readonly unroll: number
  /** Cache blocks mc, nc, kc; null where a dimension is not cut. */
  readonly block: { readonly m: number | null; readonly n: number | null; readonly k: number | null }
  /** How B comes into contiguous panels: not at all, by the first tiles of rows on their way, or in a pass ahead. */
  readonly packB: Packing
  /** Bytes of scratch memory that the kernel needs. */
  readonly workspaceBytes: number
}

/** What a plan may be told instead of deciding it. */
export interface PlanOptions {
  readonly target: TargetName
  /** The CPU to plan for; a generic one by default, so that the same input gives the same plan anywhere. */
  readonly cpu?: CpuModel
  readonly tile?: GemmPlan['tile']
  readonly unroll?: number
  readonly block?: Partial<GemmPlan['block']>
  readonly packB?: Packing
}

/** Decides how to compute a product. Pure: runs on any platform. RangeError when a given decision cannot be kept. */
export function planGemm(given: GemmProblem, options: PlanOptions): GemmPlan {
  const problem = completeProblem(given)
  const machine = targetNamed(options.target)
  const cpu = options.cpu ?? GENERIC_CPU
  const elementBytes = ELEMENT_BYTES[problem.type]
  const lanes = machine.vectorBytes / elementBytes

  const view = rowMajorView(problem)
  const bytes = (ld: Size): number | null => (ld === 'runtime' ? null : ld * elementBytes)

  const tile =
    options.tile ??
    chooseRegisterTile(machine, cpu, {
      ...view,
      elementBytes,
      // A transposed left operand is read along its lines: no rows to keep apart.
      aStride: view.transLeft ? 0 : bytes(view.ldLeft),
      bStride: bytes(view.ldRight),
    })
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

  const blocking = chooseBlocking(view, tile, elementBytes, cpu, options.packB)
  const { packB } = blocking
  const block = { n: blocking.n, k: blocking.k, m: blocking.m, ...options.block }
  // Only the very last vector of columns may be partial: its mask is set up once.
  if (block.n !== null && block.n % lanes !== 0) {
    throw new RangeError(`block.n must be a multiple of ${lanes} columns (a vector), given ${block.n}`)
  }
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
  return deepFreeze({
    problem,
    target: options.target,
    tile: { m: tile.m, n: tile.n },
    unroll,
    block: { m: block.m, n: block.n, k: block.k },
    packB,
    workspaceBytes: workspaceBytes(view, { ...block, packB }, tile, elementBytes),
  })
}

/** A kernel's name: its contract in one word. */
export function kernelName({ problem, target, tile }: GemmPlan): string {
  const { type, m, n, k, transA, transB, order } = problem
  const shape = [m, n, k].map((size) => (size === 'runtime' ? 'x' : size)).join('_')
  const layout = `${order === 'row' ? 'r' : 'c'}${transA ? 't' : 'n'}${transB ? 't' : 'n'}`
  return `gemm_${type}_${target}_${layout}_${shape}_${tile.m}x${tile.n}`
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
    problem.batch === null ? '' : `batch of ${problem.batch.count}`,
  ]
    .filter((text) => text !== '')
    .join(', ')
  const blocks = (['n', 'k', 'm'] as const)
    .filter((dim) => block[dim] !== null)
    .map((dim) => `${dim}c ${block[dim]}`)
    .join(', ')
  return [
    `${problem.type} ${shapeText(problem)}${options === '' ? '' : ` (${options})`} on ${target}`,
    `  register tile ${tile.m}×${tile.n}, k unrolled by ${unroll}`,
    `  cache blocks: ${blocks === '' ? 'none' : blocks}`,
    `  B ${packB === 'no' ? 'read where it is' : `packed ${packB} into panels of ${tile.n} columns, ${plan.workspaceBytes} bytes of workspace`}`,
    '',
  ].join('\n')
}
