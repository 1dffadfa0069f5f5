/** compileGemm: a problem becomes a function on typed arrays. */
import type { MachineCode } from '../encoder/index.ts'
import { type GemmPlan, type PlanOptions, planGemm } from '../microkernel/plan.ts'
import type { GemmProblem } from '../microkernel/problem.ts'
import type { TargetName } from '../microkernel/targets/index.ts'
import type { HostName } from '../runtime/hosts/host.ts'
import type { NativeKernel } from '../runtime/kernel.ts'
import { defaultThreads, resolveThreads, type Threads } from '../runtime/thread-count.ts'
import type { ProductType, Storage } from '../schedule/product-type.ts'
import type { TileProgram } from '../schedule/tile-program.ts'
import type { ArrayOfA, ArrayOfB, ArrayOfC } from './arrays.ts'
import type { Call, CallArguments } from './call.ts'
import { choosePlan, type PlanSource } from './choose-plan.ts'
import { compileSingle } from './compiled.ts'
import { checkedRun, cpuModel, type Run, resolveTarget } from './cpu.ts'
import { runEmulated } from './emulated.ts'
import { layoutOf, type PackedB, type PackedLayout, packB, panelsOf, placesOf } from './packed.ts'
import { compileParallel } from './parallel.ts'
import { listingOf, type Part, partOptions } from './parts.ts'
import { type Running, runNatively } from './running.ts'

type TypeOf<P extends GemmProblem> = P extends { readonly type: infer T extends ProductType } ? T : 'f32'

type ResultOf<P extends GemmProblem> = P extends { readonly out: infer S extends Storage }
  ? ArrayOfC<TypeOf<P>, S>
  : ArrayOfC<TypeOf<P>>

/** B of a kernel whose B is packed beforehand is a PackedB. */
export type BOf<Operand> = Operand | PackedB

/** What a call takes for one operand: an array, or for a batch by pointers one array a problem. */
type OperandOf<P extends GemmProblem, Elements> = P extends { readonly batch: { readonly kind: 'pointers' } }
  ? readonly Elements[]
  : Elements

/** The kernel of a problem. */
export type KernelOf<P extends GemmProblem> = GemmKernel<
  TypeOf<P>,
  OperandOf<P, ArrayOfA<TypeOf<P>>>,
  OperandOf<P, ArrayOfB<TypeOf<P>>>,
  OperandOf<P, ResultOf<P>>
>

/** A compiled product. Belongs to the thread that compiled it. */
export interface GemmKernel<
  T extends ProductType = 'f32',
  A = ArrayOfA<T>,
  B = ArrayOfB<T>,
  C = ArrayOfC<T>,
> {
  /**
   * C = alpha·op(A)·op(B) + beta·C. What the problem left open ('runtime') is given in the last argument.
   * @throws TypeError or RangeError, before anything is written, for a wrong type, too few elements, a detached
   * array, C overlapping A or B, or sizes that do not fit; Error once disposed.
   */
  (a: A, b: BOf<B>, c: C, open?: CallArguments): void
  /**
   * The same without blocking the event loop: the operands are checked now, the product is computed on another thread,
   * a few calls at a time, and the promise resolves when C is complete. Until then other calls may not
   * write to A or B, nor touch C, and their buffers may not be transferred or resized.
   * Rejects with the errors of the call, and RangeError when it overlaps a call that has not finished.
   */
  async(a: A, b: BOf<B>, c: C, open?: CallArguments): Promise<void>
  /**
   * Packs a B once for many calls of this kernel, or of any that shares its layout; only with `packedB`.
   * @throws Error for kernels that take B as it is; TypeError or RangeError when b is no B of this problem.
   */
  packB(b: ArrayOfB<T>): PackedB
  readonly plan: GemmPlan
  /** Whether the plan, or a decision in it, was given, was found on this CPU by measuring, or is the model's. */
  readonly planSource: PlanSource
  /** Most threads that a call uses: as many as asked for, unless fewer are as fast. */
  readonly threads: number
  /** What each thread runs: one part for one thread, or where every call shares out what the problem left open. */
  readonly parts: readonly Part[]
  /** The schedule that the plan became; with several threads, the first part's, and so is `code`. */
  readonly program: TileProgram
  /** Bytes, relocations, symbols and the CPU features needed. */
  readonly code: MachineCode
  /** Intel syntax with offsets and bytes; of every shape of part. */
  readonly listing: string
  /**
   * The native code, for measuring: its argument block leads to the operands of the last call. Ask for it anew after
   * calling other kernels: the workspace that all share may have grown, and lie elsewhere.
   */
  readonly native: NativeKernel
  /**
   * Unmaps the code. Calling the kernel afterwards is an Error; disposing again does nothing.
   * @throws Error while asynchronous calls have not finished.
   */
  dispose(): void
}

export interface CompileOptions extends Partial<Omit<PlanOptions, 'target' | 'panelWidth' | 'rowsOfB'>> {
  /**
   * B comes packed, as kernel.packB(b) makes it: for weights that are used many times. A layout, to share what another
   * kernel has packed (`packed.layout`).
   */
  readonly packedB?: boolean | PackedLayout
  /** Instruction set; 'auto' takes the best that this CPU runs. */
  readonly target?: TargetName | 'auto'
  /** A plan made before, used as it is. Then problem and target come from it. */
  readonly plan?: GemmPlan
  /**
   * Whether a plan that `tilewright tune` saved for this problem on this CPU is taken. True unless the variable
   * TILEWRIGHT_TUNED is `off`. Whoever takes a decision of the plan gets the model's for the others.
   */
  readonly tuned?: boolean
  /**
   * 'native' unless said. 'emulated' computes the same bits by the same code in TypeScript, some thousand times slower, on
   * any machine, whatever its CPU: for trying a target that this CPU lacks, and for checking: every byte that the code
   * reads or writes outside the operands is a Fault that names the instruction. One thread, which async() blocks too.
   */
  readonly run?: Run
  /** Threads to share the product out to, or 'all' CPUs; what setThreads() set (at first 1) unless said. */
  readonly threads?: Threads
  /** Which foreign-function library enters the code; TILEWRIGHT_HOST or koffi unless said. */
  readonly host?: HostName
}

function packing(packedB: CompileOptions['packedB']): Pick<PlanOptions, 'packB' | 'panelWidth' | 'rowsOfB'> {
  if (packedB === undefined || packedB === false) return {}
  if (packedB === true) return { packB: 'beforehand' }
  const { as, planes, width } = packedB
  return {
    ...{ packB: 'beforehand', planes },
    ...(as === 'rows' ? { rowsOfB: width } : { panelWidth: width, rowsOfB: null }),
  }
}

function packFor(plan: GemmPlan, layout: PackedLayout | null, b: unknown, pack: Running['pack']): PackedB {
  if (layout === null)
    throw new Error('this kernel takes B as it is; compile it with { packedB: true } to pack B once')
  return packB(plan, layout, b, pack)
}

interface Made {
  readonly running: Running
  readonly plan: GemmPlan
  readonly layout: PackedLayout | null
  readonly planSource: PlanSource
}

function runningOf(
  plan: GemmPlan,
  options: CompileOptions,
  run: Run,
): Pick<Made, 'running' | 'plan' | 'layout'> {
  const layout = layoutOf(plan)
  const packed = layout === null ? null : placesOf(layout)
  if (run === 'emulated') return { running: runEmulated(plan, packed), plan, layout }
  const threads = options.threads === undefined ? defaultThreads() : resolveThreads(options.threads)
  const compiled =
    (threads > 1 && plan.problem.requantise === null
      ? compileParallel(plan, threads, partOptions(options), options.cpu ?? cpuModel(), options.host)
      : null) ?? compileSingle(plan, options.host)
  return { running: runNatively(plan, compiled, packed), plan, layout }
}

const areKnown = ({ m, n, k }: GemmProblem): boolean => ![m, n, k].includes('runtime')

function make(problem: GemmProblem, options: CompileOptions): Made {
  const run = checkedRun(options.run)
  if (options.plan !== undefined) return { ...runningOf(options.plan, options, run), planSource: 'given' }
  const asked = {
    ...options,
    ...packing(options.packedB),
    target: resolveTarget(options.target ?? 'auto', run, problem.type, areKnown(problem)),
  }
  const { plan, source } = choosePlan(problem, asked, options.tuned)
  if (source !== 'tuned') return { ...runningOf(plan, options, run), planSource: source }
  try {
    return { ...runningOf(plan, options, run), planSource: source }
  } catch (error) {
    // What was saved passed every check of a plan and still makes no code: the model's plan does.
    if (!(error instanceof Error)) throw error
    return {
      ...runningOf(planGemm(problem, { ...asked, cpu: cpuModel() }), options, run),
      planSource: 'model',
    }
  }
}

/** How a kernel's getters find what runs. */
const RUNNING = Symbol('running')

// Shared by all kernels: with getters of its own, a kernel would not be collected soon (encoder/link.ts says why).
const LISTING: PropertyDescriptor & ThisType<{ readonly [RUNNING]: Running }> = {
  enumerable: true,
  get() {
    return listingOf(this[RUNNING].parts)
  },
}
const PROGRAM: PropertyDescriptor & ThisType<{ readonly [RUNNING]: Running }> = {
  enumerable: true,
  get() {
    return this[RUNNING].parts[0]!.generated.program
  },
}
const NATIVE: PropertyDescriptor & ThisType<{ readonly [RUNNING]: Running }> = {
  get() {
    return this[RUNNING].native()
  },
}

/** Compiles a product for this CPU, or for the emulator. RangeError when the CPU lacks the target's features. */
export function compileGemm<const P extends GemmProblem>(
  problem: P,
  options: CompileOptions = {},
): KernelOf<P> {
  const { layout, plan, planSource, running } = make(problem, options)
  const { parts } = running
  const whole = running.call
  const call: Call = layout === null ? whole : (a, b, c, open) => whole(a, panelsOf(b, layout), c, open)
  const { code } = parts[0]!.generated
  Object.defineProperties(call, {
    name: { value: 'gemm' },
    plan: { value: plan, enumerable: true },
    planSource: { value: planSource, enumerable: true },
    threads: { value: running.threads, enumerable: true },
    parts: { value: parts, enumerable: true },
    program: PROGRAM,
    code: { value: code, enumerable: true },
    listing: LISTING,
    packB: { value: (b: unknown) => packFor(plan, layout, b, running.pack) },
    native: NATIVE,
    [RUNNING]: { value: running },
    async: {
      value: async (a: unknown, b: unknown, c: unknown, open?: CallArguments) =>
        running.async(a, layout === null ? b : panelsOf(b, layout), c, open),
    },
    dispose: { value: () => running.dispose() },
  })
  return call as unknown as KernelOf<P>
}
