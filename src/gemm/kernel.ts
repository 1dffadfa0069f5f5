/** compileGemm: a problem becomes a function on typed arrays. */
import type { MachineCode } from '../encoder/index.ts'
import { ARGUMENT_BLOCK_BYTES } from '../microkernel/argument-block.ts'
import { generateGemm } from '../microkernel/generate.ts'
import { type GemmPlan, type PlanOptions, planGemm } from '../microkernel/plan.ts'
import type { GemmProblem } from '../microkernel/problem.ts'
import type { TargetName } from '../microkernel/targets/index.ts'
import type { HostName } from '../runtime/hosts/host.ts'
import { loadKernel, type NativeKernel } from '../runtime/kernel.ts'
import type { TileProgram } from '../schedule/tile-program.ts'
import { type CallArguments, makeCall } from './call.ts'
import { cpuModel, resolveTarget } from './cpu.ts'
import { SingleEngine } from './engine.ts'

/** The typed array of an element type. */
export interface ArrayOf {
  readonly f32: Float32Array
  readonly f64: Float64Array
}

type TypeOf<P extends GemmProblem> = P extends { readonly type: infer T extends keyof ArrayOf } ? T : 'f32'

/** What a call takes for one operand: an array, or for a batch by pointers one array a problem. */
type OperandOf<P extends GemmProblem> = P extends { readonly batch: { readonly kind: 'pointers' } }
  ? readonly ArrayOf[TypeOf<P>][]
  : ArrayOf[TypeOf<P>]

/** A compiled product. Belongs to the thread that compiled it. */
export interface GemmKernel<T extends keyof ArrayOf = 'f32', Operand = ArrayOf[T]> {
  /**
   * C = alpha·op(A)·op(B) + beta·C. What the problem left open ('runtime') is given in the last argument.
   * @throws TypeError or RangeError, before anything is written, for a wrong type, too few elements, a detached
   * array, C overlapping A or B, or sizes that do not fit; Error once disposed.
   */
  (a: Operand, b: Operand, c: Operand, open?: CallArguments): void
  readonly plan: GemmPlan
  /** The schedule that the plan became. */
  readonly program: TileProgram
  /** Bytes, relocations, symbols and the CPU features needed. */
  readonly code: MachineCode
  /** Intel syntax with offsets and bytes. */
  readonly listing: string
  /** The native code, for measuring: its argument block holds the operands of the last call. */
  readonly native: NativeKernel
  /** Unmaps the code. Calling the kernel afterwards is an Error; disposing again does nothing. */
  dispose(): void
}

export interface CompileOptions extends Partial<Omit<PlanOptions, 'target'>> {
  /** Instruction set; 'auto' takes the best that this CPU runs. */
  readonly target?: TargetName | 'auto'
  /** A plan made before, used as it is. Then problem and target come from it. */
  readonly plan?: GemmPlan
  /** Which foreign-function library enters the code; TILEWRIGHT_HOST or koffi unless said. */
  readonly host?: HostName
}

/** Compiles a product for this CPU. RangeError when the CPU lacks the target's features. */
export function compileGemm<const P extends GemmProblem>(
  problem: P,
  options: CompileOptions = {},
): GemmKernel<TypeOf<P>, OperandOf<P>> {
  const plan =
    options.plan ??
    planGemm(problem, { cpu: cpuModel(), ...options, target: resolveTarget(options.target ?? 'auto') })
  const generated = generateGemm(plan)
  const native = loadKernel(generated.code, {
    argumentBytes: ARGUMENT_BLOCK_BYTES,
    ...(options.host === undefined ? {} : { host: options.host }),
  })
  const call = makeCall(plan.problem, new SingleEngine(plan, native))
  Object.defineProperties(call, {
    name: { value: 'gemm' },
    plan: { value: plan, enumerable: true },
    program: { value: generated.program, enumerable: true },
    code: { value: generated.code, enumerable: true },
    listing: { get: () => generated.listing, enumerable: true },
    native: { value: native },
    dispose: { value: () => native.dispose() },
  })
  return call as unknown as GemmKernel<TypeOf<P>, OperandOf<P>>
}
