/** `tilewright gemm`: generates a kernel for one shape, runs it, checks it, and prints how fast it was. */
import { writeFileSync } from 'node:fs'
import type { PlanSource } from '../gemm/choose-plan.ts'
import { RUNS, type Run } from '../gemm/cpu.ts'
import { compileGemm, type GemmKernel } from '../gemm/kernel.ts'
import { measureCompile, measureGemm } from '../gemm/measure.ts'
import { listingOf, planParts, sliceText, textOf } from '../gemm/parts.ts'
import { TUNED_SWITCH } from '../gemm/tuned-plans.ts'
import { compiledProblem, type Verification, type VerifiedProblem, verifyGemm } from '../gemm/verify.ts'
import { GENERIC_CPU } from '../microkernel/cpu-model.ts'
import type { GeneratedGemm } from '../microkernel/generate.ts'
import { multiplyLoop } from '../microkernel/multiply-loop.ts'
import { planGemm, printPlan } from '../microkernel/plan.ts'
import { TARGET_NAMES, type TargetName, targetNamed } from '../microkernel/targets/index.ts'
import { availableCpus, type Threads } from '../runtime/thread-count.ts'
import { printProgram } from '../schedule/print-program.ts'
import { PRODUCT_TYPES, type ProductType } from '../schedule/product-type.ts'
import { choice, readArguments, readShape, UsageError } from './arguments.ts'
import { readProduct, TYPE_NAMES } from './product-options.ts'
import { Progress, strong } from './terminal.ts'

export const GEMM_HELP: string = `tilewright gemm MxNxK [options]

Generates machine code for C = A·B (A is M×K, B is K×N), runs it, checks it against a reference and
prints its speed and percent of the peak of this CPU's own instruction for it, measured in the same run.

  --type TYPE             what A and B hold (f32): ${TYPE_NAMES.join(', ')}
  --out TYPE              what C holds: what sums are kept in unless said; bf16 of bf16, f16 of f16,
                          s8, u8, f32 or bf16 of integers, requantised with one scale
  --isa NAME              instruction set (auto: the best that this CPU runs; avx512 for --emit):
                          ${['auto', ...TARGET_NAMES].join(', ')}
  --threads N|all         CPUs to share the product out to (1); fewer are used where they do as well
  --run native|emulated   run on this CPU (native), or in the emulator: any target on any CPU, checked but not timed
  --check                 check every element against the reference (large shapes: else a sample of rows)
  --no-tuned              the model's plan, even where \`tilewright tune\` has saved one for this CPU
  --json                  print one JSON object
  --emit asm|bin|plan     print the listing, the bytes or the plan, and run nothing
  -o FILE                 write what --emit prints to a file
`

export async function gemmCommand(args: readonly string[]): Promise<void> {
  const { values, words } = readArguments(args, {
    type: { type: 'string' },
    out: { type: 'string' },
    isa: { type: 'string' },
    threads: { type: 'string' },
    json: { type: 'boolean' },
    'no-tuned': { type: 'boolean' },
    emit: { type: 'string' },
    check: { type: 'boolean' },
    run: { type: 'string' },
    output: { type: 'string', short: 'o' },
  })
  if (words.length !== 1)
    throw new UsageError(`gemm: expected one shape such as 1024x1024x1024; given ${words.length}`)
  const shape = readShape(words[0])
  const { isa, type, out } = readProduct({ type: values.type, out: values.out, isa: values.isa })
  const problem: VerifiedProblem = { ...shape, type, out }
  const threads = readThreads(values.threads)
  const run = choice('run', values.run, RUNS)
  if (values.emit !== undefined) {
    const what = choice('emit', values.emit, ['asm', 'bin', 'plan'])
    emit(what, problem, isa, threads, values.output)
    return
  }

  if (run === 'emulated') {
    emulate(problem, isa, values.check === true, values.json === true)
    return
  }

  const progress = new Progress()
  // For all that this process compiles: what is measured, and what is checked.
  if (values['no-tuned'] === true) process.env[TUNED_SWITCH] = 'off'
  const kernel = compileGemm(compiledProblem(problem), { target: isa, threads })
  const name = kernel.plan.target
  kernel.dispose()
  const show = (text: string): void => progress.show(text)
  const result = await measureGemm(problem, name, threads, show)
  const verified = verifyGemm(problem, name, threads, values.check === true, show)
  progress.clear()
  const report: Report = {
    ...problem,
    isa: name,
    run,
    threads: result.threads,
    gflops: result.gflops.median,
    peakGflops: result.peakGflops,
    percentOfPeak: result.percentOfPeak,
    maxError: verified.maxError,
    verified: verified.ok,
    planSource: kernel.planSource,
    compileMicroseconds: result.compileMicroseconds,
    milliseconds: null,
  }
  if (values.json === true) console.log(JSON.stringify(report))
  else {
    console.log(printPlan(kernel.plan).trimEnd())
    if (kernel.planSource === 'tuned')
      console.log("  a plan that tilewright tune has found; --no-tuned for the model's")
    for (const { slice } of kernel.parts) if (slice !== null) console.log(`  a thread: ${sliceText(slice)}`)
    console.log(
      `  ${kernel.code.bytes.length} bytes of code, compiled in ${result.compileMicroseconds.toFixed(0)} µs`,
    )
    const unit = unitOf(type)
    const ofCores = result.threads === 1 ? '' : ` of ${result.threads} cores`
    console.log(
      strong(
        `${result.gflops.median.toFixed(1)} ${unit}, ${result.percentOfPeak.toFixed(1)} % of the ${result.peakGflops.toFixed(1)} ${unit} ${peakName(name, type)} peak${ofCores}`,
      ) +
        ` (median of ${result.rounds} rounds, ${result.gflops.min.toFixed(1)} … ${result.gflops.max.toFixed(1)})`,
    )
    console.log(verdict(type, verified))
  }
  if (!verified.ok) process.exitCode = 1
}

/** What `--json` prints, the same keys for every run; speeds are null in the emulator, which has none to tell. */
interface Report extends VerifiedProblem {
  readonly isa: TargetName
  readonly run: Run
  readonly threads: number
  /** For integers, as everywhere, 10⁹ operations a second. */
  readonly gflops: number | null
  readonly peakGflops: number | null
  readonly percentOfPeak: number | null
  readonly maxError: number
  readonly verified: boolean
  readonly planSource: PlanSource
  readonly compileMicroseconds: number
  /** Of the one emulated call; null when native. */
  readonly milliseconds: number | null
}

const isInteger = (type: ProductType): boolean => PRODUCT_TYPES[type].sum === 's32'

const unitOf = (type: ProductType): string => (isInteger(type) ? 'GOP/s' : 'GFLOP/s')

/** The instruction whose peak it is. */
function peakName(target: TargetName, type: ProductType): string {
  const { mnemonics } = multiplyLoop(targetNamed(target), type)
  return mnemonics.every((mnemonic) => mnemonic.startsWith('vfmadd')) ? 'FMA' : mnemonics.join(', ')
}

function verdict(type: ProductType, { checked, maxError, ok, wrong }: Verification): string {
  if (isInteger(type)) {
    return ok ? `verified: ${checked} elements, all exact` : `WRONG: ${wrong} of ${checked} elements`
  }
  const largest = `largest error ${maxError.toExponential(2)}`
  return ok
    ? `verified: ${checked} elements within the rounding bound, ${largest}`
    : `WRONG: ${wrong} of ${checked} elements exceed the rounding bound, ${largest}`
}

/** `--run emulated`: one call in the emulator, checked; there is no speed of a CPU to tell. */
function emulate(
  problem: VerifiedProblem,
  isa: TargetName | 'auto',
  everything: boolean,
  json: boolean,
): void {
  const progress = new Progress()
  const kernel = compileGemm(compiledProblem(problem), { target: isa, run: 'emulated' })
  const { code, plan, planSource } = kernel as Pick<GemmKernel, 'code' | 'plan' | 'planSource'>
  kernel.dispose()
  const show = (text: string): void => progress.show(text)
  show('running in the emulator')
  const verified = verifyGemm(problem, plan.target, 1, everything, show, 'emulated')
  progress.clear()
  const report: Report = {
    ...problem,
    isa: plan.target,
    run: 'emulated',
    threads: 1,
    ...{ gflops: null, peakGflops: null, percentOfPeak: null },
    maxError: verified.maxError,
    verified: verified.ok,
    planSource,
    compileMicroseconds: measureCompile(problem, plan.target).warm,
    milliseconds: verified.milliseconds,
  }
  if (json) console.log(JSON.stringify(report))
  else {
    console.log(printPlan(plan).trimEnd())
    console.log(`  ${code.bytes.length} bytes of code, emulated in ${verified.milliseconds.toFixed(0)} ms`)
    console.log(verdict(problem.type, verified))
  }
  if (!verified.ok) process.exitCode = 1
}

/** `--threads`: a number or all. */
function readThreads(value: string | boolean | undefined): Threads {
  if (value === undefined) return 1
  if (value === 'all') return 'all'
  const threads = Number(value)
  if (!Number.isInteger(threads) || threads < 1) {
    throw new UsageError(`--threads: expected a whole number of at least 1 or all; given '${value}'`)
  }
  return threads
}

function emit(
  what: 'asm' | 'bin' | 'plan',
  problem: VerifiedProblem,
  isa: TargetName | 'auto',
  threads: Threads,
  output: string | boolean | undefined,
): void {
  // Pure: nothing here needs the CPU that the code is for.
  const whole = planGemm(compiledProblem(problem), { target: isa === 'auto' ? 'avx512' : isa })
  const parts = planParts(whole, threads === 'all' ? availableCpus() : threads, {}, GENERIC_CPU)
  const codes = new Set(parts.map(({ generated }) => generated))
  if (what === 'bin' && codes.size > 1) {
    throw new UsageError(`--emit bin: the ${parts.length} threads run ${codes.size} different kernels`)
  }
  const planText = ({ plan, program }: GeneratedGemm): string =>
    `${JSON.stringify(plan, null, 2)}\n\n${printPlan(plan)}\n${printProgram(program)}`
  const content =
    what === 'bin'
      ? parts[0]!.generated.code.bytes
      : what === 'asm'
        ? listingOf(parts)
        : textOf(parts, planText)
  if (typeof output === 'string') writeFileSync(output, content)
  else if (typeof content === 'string') process.stdout.write(content)
  else if (process.stdout.isTTY)
    throw new UsageError('--emit bin: refusing to write bytes to a terminal; use -o FILE or a pipe')
  else process.stdout.write(content)
}
