/** A product on several threads: single-thread kernels on slices of C, handed out in one native call. */
import { ARGUMENT_BLOCK_BYTES } from '../microkernel/argument-block.ts'
import type { CpuModel } from '../microkernel/cpu-model.ts'
import { expectedCycles } from '../microkernel/expected-cycles.ts'
import { generateGemm } from '../microkernel/generate.ts'
import { type GemmPlan, type PlanOptions, planGemm } from '../microkernel/plan.ts'
import { type CompleteProblem, rowMajorView } from '../microkernel/problem.ts'
import { targetNamed } from '../microkernel/targets/index.ts'
import { ArgumentBlock } from '../runtime/argument-block.ts'
import { DispatchRecord, loadDispatch } from '../runtime/dispatch.ts'
import type { HostName } from '../runtime/hosts/host.ts'
import type { NativeKernel } from '../runtime/kernel.ts'
import type { Workspace } from '../runtime/workspace.ts'
import { ELEMENT_BYTES } from '../schedule/tile-program.ts'
import { type Compiled, loadPart, type Part } from './compiled.ts'
import { cpuModel } from './cpu.ts'
import { CallBlocks, type Frame, type Sizes, setWord, wordAt, wordOf } from './frame.ts'
import { chooseSlices, type Extent, type Slice } from './slices.ts'

/** What the plans of parts are told. */
export type PartOptions = Omit<PlanOptions, 'target'>

/** What the plans of parts take over from options, or from a plan given: its blocks are of the whole's size. */
export function partOptions({
  plan,
  cpu,
  tile,
  unroll,
  block,
  packB,
}: Partial<PartOptions> & { readonly plan?: GemmPlan }): PartOptions {
  const packing = plan === undefined || plan.packB === 'at the call' ? packB : plan.packB
  const chosen = {
    cpu,
    tile: plan?.tile ?? tile,
    unroll: plan?.unroll ?? unroll,
    block: plan === undefined ? block : undefined,
    packB: packing,
  }
  return Object.fromEntries(Object.entries(chosen).filter(([, value]) => value !== undefined))
}

/** Sizes and strides, wherever they are known. */
type ProblemSizes = Readonly<Record<keyof Sizes, number | 'runtime'>>

function sizesOf({ m, n, k, lda, ldb, ldc, batch }: CompleteProblem): ProblemSizes {
  return {
    ...{ m, n, k, lda, ldb, ldc },
    batch: batch?.count ?? 1,
    strideA: batch?.strideA ?? 0,
    strideB: batch?.strideB ?? 0,
    strideC: batch?.strideC ?? 0,
  }
}

/** The same product on so much of it: rows and columns by rows are columns and rows of a column-major problem. */
function shrunk(problem: CompleteProblem, extent: Extent): CompleteProblem {
  const [m, n] = problem.order === 'row' ? [extent.m, extent.n] : [extent.n, extent.m]
  const { batch } = problem
  return { ...problem, m, n, batch: batch === null ? null : { ...batch, count: extent.batch } }
}

/** How the slices of a problem are chosen, once its sizes are known. */
function slicesOf(
  plan: GemmPlan,
  problem: CompleteProblem,
  threads: number,
  /** Whether the code is already there, so that it can be cut only where a call says how much there is. */
  compiled: boolean,
  cpu: CpuModel,
  cycles: (problem: CompleteProblem) => number,
): readonly Slice[] {
  const view = rowMajorView(plan.problem)
  const { m, n } = rowMajorView(problem)
  const cut = (size: number | 'runtime'): boolean => !compiled || size === 'runtime'
  const byPointers = problem.batch?.kind === 'pointers'
  return chooseSlices({
    extent: { m: m as number, n: n as number, batch: (problem.batch?.count ?? 1) as number },
    cuttable: {
      m: cut(view.m) && !byPointers,
      n: cut(view.n) && !byPointers,
      batch: problem.batch !== null && cut(plan.problem.batch?.count ?? 1),
    },
    threads,
    tile: plan.tile,
    vector: targetNamed(plan.target).vectorBytes / ELEMENT_BYTES[problem.type],
    cycles: (extent) => cycles(shrunk(problem, extent)),
    dispatchCycles: cpu.dispatchCycles,
  })
}

/**
 * Compiles a product for at most so many threads. With m, n and batch known it is cut now, and every shape of slice
 * gets a plan and a kernel of its own; otherwise all parts run one kernel, and each call cuts what it left open.
 * Null when one thread is expected to be as fast.
 */
export function compileParallel(
  plan: GemmPlan,
  threads: number,
  options: PartOptions,
  host: HostName | undefined,
): Compiled | null {
  const { problem, target } = plan
  const cpu = options.cpu ?? cpuModel()
  const sizes = sizesOf(problem)
  if (sizes.m === 'runtime' || sizes.n === 'runtime' || sizes.batch === 'runtime') {
    const generated = generateGemm(plan)
    const slices: Slicing = (given) =>
      slicesOf(plan, withSizes(problem, given), threads, true, cpu, (part) => expectedCycles(plan, part, cpu))
    return assembleParts([{ slice: null, generated }], plan, threads, slices, host)
  }
  const planFor = (part: CompleteProblem): GemmPlan => planGemm(part, { ...options, cpu, target })
  const slices = slicesOf(plan, problem, threads, false, cpu, (part) =>
    expectedCycles(planFor(part), part, cpu),
  )
  if (slices.length === 1) return null
  const byShape = new Map<string, Part['generated']>()
  const parts = slices.map((slice) => {
    const extent = { m: slice.m.count, n: slice.n.count, batch: slice.batch.count }
    const key = JSON.stringify(extent)
    const generated = byShape.get(key) ?? generateGemm(planFor(shrunk(problem, extent)))
    byShape.set(key, generated)
    return { slice, generated }
  })
  return assembleParts(parts, plan, slices.length, () => slices, host)
}

/** The slices for the sizes of a call. */
type Slicing = (sizes: Sizes) => readonly Slice[]

function withSizes(problem: CompleteProblem, sizes: Sizes): CompleteProblem {
  const { m, n, k, lda, ldb, ldc, batch, strideA, strideB, strideC } = sizes
  return {
    ...{ ...problem, m, n, k, lda, ldb, ldc },
    batch: problem.batch && { ...problem.batch, count: batch, strideA, strideB, strideC },
  }
}

/** What dispatch code runs, by address: kept for as long as somebody can enter it. */
const needs = new WeakMap<NativeKernel, readonly unknown[]>()

function assembleParts(
  parts: readonly Part[],
  plan: GemmPlan,
  threads: number,
  slicing: Slicing,
  host: HostName | undefined,
): Compiled {
  const loaded = new Map<Part['generated'], NativeKernel>()
  for (const { generated } of parts) {
    if (!loaded.has(generated)) loaded.set(generated, loadPart(generated, host))
  }
  const native = loadDispatch(threads, host)
  const kernels = Array.from({ length: threads }, (_, index) => {
    const { generated } = parts[index] ?? parts[0]!
    return { plan: generated.plan, code: loaded.get(generated)!.address }
  })
  const frame = (record: DispatchRecord): Frame => new PartsFrame(plan.problem, kernels, slicing, record)
  const ownFrame = frame(new DispatchRecord(threads, native.block))
  needs.set(native, [ownFrame, loaded])
  return {
    native,
    parts,
    threads,
    ownFrame,
    newFrame: () => frame(new DispatchRecord(threads)),
    dispose() {
      native.dispose()
      for (const kernel of loaded.values()) kernel.dispose()
    },
  }
}

const WORD = {
  a: wordOf('a'),
  b: wordOf('b'),
  c: wordOf('c'),
  workspace: wordOf('workspace'),
  m: wordOf('m'),
  n: wordOf('n'),
  batch: wordOf('batch'),
} as const

/** Fields that every part takes over from the whole. */
const SHARED_FIELDS = ['k', 'lda', 'ldb', 'ldc', 'alpha', 'beta', 'stride_a', 'stride_b', 'stride_c'] as const

const PAGE_BYTES = 4096
const POINTER_BYTES = 8

/** What one part is entered with. */
interface PartFrame {
  readonly block: ArgumentBlock
  readonly blocks: CallBlocks
  /** Bytes from the whole's operands to this part's. */
  readonly offset: { a: number; b: number; c: number }
}

/** The frame of a call whose parts each have a block of their own, and a share of the workspace. */
class PartsFrame implements Frame {
  readonly block: ArgumentBlock = new ArgumentBlock(ARGUMENT_BLOCK_BYTES)
  readonly argument: bigint
  readonly #problem: CompleteProblem
  readonly #slicing: Slicing
  readonly #record: DispatchRecord
  readonly #frames: readonly PartFrame[]
  /** Words to copy into every part's block: what the problem left open, but for sizes that are cut. */
  readonly #shared: readonly number[]
  #count = 0
  #last: Sizes | null = null

  constructor(
    problem: CompleteProblem,
    kernels: readonly { readonly plan: GemmPlan; readonly code: number }[],
    slicing: Slicing,
    record: DispatchRecord,
  ) {
    this.#problem = problem
    this.#slicing = slicing
    this.#record = record
    this.argument = record.argument
    this.#frames = kernels.map(({ plan, code }, index) => {
      const block = new ArgumentBlock(ARGUMENT_BLOCK_BYTES)
      record.setPart(index, code, block.bits)
      return { block, blocks: new CallBlocks(plan, block), offset: { a: 0, b: 0, c: 0 } }
    })
    const sizes = sizesOf(problem)
    const open = { ...sizes, alpha: problem.alpha, beta: problem.beta }
    const openFields = {
      ...open,
      stride_a: open.strideA,
      stride_b: open.strideB,
      stride_c: open.strideC,
    }
    this.#shared = SHARED_FIELDS.filter((name) => openFields[name] === 'runtime').map(wordOf)
    if (Object.values(sizes).every((size) => size !== 'runtime')) this.setSizes(sizes as Sizes)
  }

  setSizes(sizes: Sizes): void {
    const last = this.#last
    if (last !== null && (Object.keys(sizes) as (keyof Sizes)[]).every((name) => sizes[name] === last[name]))
      return
    this.#last = { ...sizes }
    const slices = this.#slicing(sizes)
    this.#count = slices.length
    this.#record.setCount(slices.length)
    for (const [index, slice] of slices.entries()) this.#place(this.#frames[index]!, slice, sizes)
  }

  #place({ block, blocks, offset }: PartFrame, slice: Slice, sizes: Sizes): void {
    const { order, batch, type } = this.#problem
    const [m, n] = order === 'row' ? [slice.m, slice.n] : [slice.n, slice.m]
    setWord(block, WORD.m, m.count)
    setWord(block, WORD.n, n.count)
    setWord(block, WORD.batch, slice.batch.count)
    blocks.setSizes({ ...sizes, m: m.count, n: n.count })
    if (batch?.kind === 'pointers') {
      offset.a = offset.b = offset.c = POINTER_BYTES * slice.batch.start
      return
    }
    const { left, right, transLeft, transRight } = rowMajorView(this.#problem)
    const ld = { a: sizes.lda, b: sizes.ldb }
    const first = slice.batch.start
    const bytes = ELEMENT_BYTES[type]
    offset.a = first * sizes.strideA * bytes
    offset.b = first * sizes.strideB * bytes
    offset.c = (first * sizes.strideC + slice.m.start * sizes.ldc + slice.n.start) * bytes
    offset[left] += slice.m.start * (transLeft ? 1 : ld[left]) * bytes
    offset[right] += slice.n.start * (transRight ? ld[right] : 1) * bytes
  }

  complete(workspace: Workspace): void {
    this.#record.summonThreads()
    const whole = this.block
    const a = wordAt(whole, WORD.a)
    const b = wordAt(whole, WORD.b)
    const c = wordAt(whole, WORD.c)
    let workspaceBytes = 0
    for (let index = 0; index < this.#count; index++) {
      const { block, blocks, offset } = this.#frames[index]!
      setWord(block, WORD.a, a + offset.a)
      setWord(block, WORD.b, b + offset.b)
      setWord(block, WORD.c, c + offset.c)
      for (const word of this.#shared) {
        block.u32[2 * word] = whole.u32[2 * word]!
        block.u32[2 * word + 1] = whole.u32[2 * word + 1]!
      }
      workspaceBytes += PAGE_BYTES * Math.ceil(blocks.workspaceBytes / PAGE_BYTES)
    }
    if (workspaceBytes === 0) return
    // Each part's share begins on a page of its own: the thread that first writes to it decides where the page lies.
    let at = workspace.reserve(workspaceBytes)
    for (let index = 0; index < this.#count; index++) {
      const { block, blocks } = this.#frames[index]!
      setWord(block, WORD.workspace, at)
      at += PAGE_BYTES * Math.ceil(blocks.workspaceBytes / PAGE_BYTES)
    }
  }
}
