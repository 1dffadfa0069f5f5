/** compileGemm: a problem becomes a function on typed arrays, every argument checked before native code runs. */
import type { MachineCode } from '../encoder/index.ts'
import { ARGUMENT_BLOCK_BYTES, type ArgumentName, argumentOffset } from '../microkernel/argument-block.ts'
import { generateGemm } from '../microkernel/generate.ts'
import { type GemmPlan, type PlanOptions, planGemm } from '../microkernel/plan.ts'
import type { CompleteProblem, GemmProblem } from '../microkernel/problem.ts'
import type { TargetName } from '../microkernel/targets/index.ts'
import { checkSize, MatrixOperand } from '../runtime/checks.ts'
import type { HostName } from '../runtime/hosts/host.ts'
import { loadKernel, type NativeKernel } from '../runtime/kernel.ts'
import { Workspace } from '../runtime/workspace.ts'
import type { TileProgram } from '../schedule/tile-program.ts'
import { cpuModel, resolveTarget } from './cpu.ts'

/** The typed array of an element type. */
export interface ArrayOf {
  readonly f32: Float32Array
  readonly f64: Float64Array
}

type TypeOf<P extends GemmProblem> = P extends { readonly type: infer T extends keyof ArrayOf } ? T : 'f32'

/** Sizes for a call of a kernel that left them open, in elements. Leading dimensions default as in GemmProblem. */
export interface CallSizes {
  readonly m?: number
  readonly n?: number
  readonly k?: number
  readonly lda?: number
  readonly ldb?: number
  readonly ldc?: number
}

/** A compiled product. Belongs to the thread that compiled it. */
export interface GemmKernel<T extends keyof ArrayOf = 'f32'> {
  /**
   * C = A·B or C += A·B, row-major. Sizes are given exactly when the problem left them open ('runtime').
   * @throws TypeError or RangeError, before anything is written, for a wrong type, too few elements, a detached
   * array, C overlapping A or B, or sizes that do not fit; Error once disposed.
   */
  (a: ArrayOf[T], b: ArrayOf[T], c: ArrayOf[T], sizes?: CallSizes): void
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

/** Panels of packed B; one for all kernels of this thread, since only one runs at a time. */
let workspace: Workspace | null = null

type SizeName = 'm' | 'n' | 'k' | 'lda' | 'ldb' | 'ldc'
const SIZE_NAMES: readonly SizeName[] = ['m', 'n', 'k', 'lda', 'ldb', 'ldc']

const word = (name: ArgumentName): number => argumentOffset(name) / 8
const WORD = { a: word('a'), b: word('b'), c: word('c'), workspace: word('workspace') }

/** Compiles a product for this CPU. RangeError when the CPU lacks the target's features. */
export function compileGemm<const P extends GemmProblem>(
  problem: P,
  options: CompileOptions = {},
): GemmKernel<TypeOf<P>> {
  const plan =
    options.plan ??
    planGemm(problem, { cpu: cpuModel(), ...options, target: resolveTarget(options.target ?? 'auto') })
  const generated = generateGemm(plan)
  const native = loadKernel(generated.code, {
    argumentBytes: ARGUMENT_BLOCK_BYTES,
    ...(options.host === undefined ? {} : { host: options.host }),
  })
  const type = plan.problem.type
  const operands = {
    a: new MatrixOperand('a', type),
    b: new MatrixOperand('b', type),
    c: new MatrixOperand('c', type),
  }
  const call = caller(plan, native, operands)
  Object.defineProperties(call, {
    name: { value: 'gemm' },
    plan: { value: plan, enumerable: true },
    program: { value: generated.program, enumerable: true },
    code: { value: generated.code, enumerable: true },
    listing: { get: () => generated.listing, enumerable: true },
    native: { value: native },
    dispose: { value: () => native.dispose() },
  })
  return call as unknown as GemmKernel<TypeOf<P>>
}

interface Operands {
  readonly a: MatrixOperand
  readonly b: MatrixOperand
  readonly c: MatrixOperand
}

function setShapes(operands: Operands, sizes: Readonly<Record<SizeName, number>>): void {
  operands.a.shape(sizes.m, sizes.k, sizes.lda)
  operands.b.shape(sizes.k, sizes.n, sizes.ldb)
  operands.c.shape(sizes.m, sizes.n, sizes.ldc)
}

function caller(
  plan: GemmPlan,
  native: NativeKernel,
  { a: A, b: B, c: C }: Operands,
): (a: unknown, b: unknown, c: unknown, sizes?: CallSizes) => void {
  const { u64 } = native.block
  const needed = plan.workspaceBytes
  const enter = (a: unknown, b: unknown, c: unknown): void => {
    const atA = A.check(a)
    const atB = B.check(b)
    const atC = C.check(c)
    C.refuseOverlap(atC, A, atA)
    C.refuseOverlap(atC, B, atB)
    u64[WORD.a] = atA.bits
    u64[WORD.b] = atB.bits
    u64[WORD.c] = atC.bits
    if (needed > 0) {
      workspace ??= new Workspace()
      u64[WORD.workspace] = BigInt(workspace.reserve(needed))
    }
    native.run(a, b, c)
  }

  const { problem } = plan
  const open = SIZE_NAMES.filter((name) => problem[name] === 'runtime')
  if (open.length === 0) {
    setShapes({ a: A, b: B, c: C }, problem as Readonly<Record<SizeName, number>>)
    return (a, b, c, sizes) => {
      if (sizes !== undefined) {
        throw new TypeError('sizes: this kernel was compiled for fixed sizes; expected none, got some')
      }
      enter(a, b, c)
    }
  }
  return (a, b, c, sizes) => {
    const complete = completeSizes(problem, sizes)
    setShapes({ a: A, b: B, c: C }, complete)
    for (const name of open) u64[word(name)] = BigInt(complete[name])
    enter(a, b, c)
  }
}

/** The sizes of one call: fixed ones from the problem, open ones from the call, leading dimensions by default. */
function completeSizes(
  problem: CompleteProblem,
  given: CallSizes | undefined,
): Readonly<Record<SizeName, number>> {
  if (typeof given !== 'object' || given === null) {
    const open = (['m', 'n', 'k'] as const).filter((name) => problem[name] === 'runtime').join(', ')
    throw new TypeError(`sizes: this kernel takes its sizes at the call; expected { ${open} }, got ${given}`)
  }
  const size = (name: SizeName, fallback: () => number): number => {
    const fixed = problem[name]
    const value = given[name]
    if (fixed !== 'runtime') {
      if (value !== undefined && value !== fixed) {
        throw new RangeError(`sizes.${name}: this kernel was compiled for ${fixed}, got ${value}`)
      }
      return fixed
    }
    if (value === undefined) return fallback()
    checkSize(`sizes.${name}`, value, 1)
    return value
  }
  const required = (name: SizeName) => (): number => {
    throw new TypeError(`sizes.${name}: expected a whole number of at least 1, got undefined`)
  }
  const m = size('m', required('m'))
  const n = size('n', required('n'))
  const k = size('k', required('k'))
  return {
    m,
    n,
    k,
    lda: size('lda', () => k),
    ldb: size('ldb', () => n),
    ldc: size('ldc', () => n),
  }
}
