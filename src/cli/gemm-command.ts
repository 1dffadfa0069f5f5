/** `tilewright gemm`: generates a kernel for one shape, runs it, checks it, and prints how fast it was. */
import { writeFileSync } from 'node:fs'
import type { MachineCode } from '../encoder/index.ts'
import { RUNS } from '../gemm/cpu.ts'
import { compileGemm } from '../gemm/kernel.ts'
import { measureGemm } from '../gemm/measure.ts'
import { listingOf, planParts, sliceText, textOf } from '../gemm/parts.ts'
import { TUNED_SWITCH } from '../gemm/tuned-plans.ts'
import { type Verification, type VerifiedProblem, verifyGemm } from '../gemm/verify.ts'
import { GENERIC_CPU } from '../microkernel/cpu-model.ts'
import type { GeneratedGemm } from '../microkernel/generate.ts'
import { type GemmPlan, planGemm, printPlan } from '../microkernel/plan.ts'
import { TARGET_NAMES, type TargetName } from '../microkernel/targets/index.ts'
import { availableCpus, type Threads } from '../runtime/thread-count.ts'
import { printProgram } from '../schedule/tile-program.ts'
import { choice, readArguments, readShape, UsageError } from './arguments.ts'
import { Progress, strong } from './terminal.ts'

export const GEMM_HELP: string = `tilewright gemm MxNxK [options]

Generates machine code for C = A·B (A is M×K, B is K×N), runs it, checks it against a reference and
prints its speed and percent of this CPU's FMA peak, measured in the same run.

  --type f32|f64          element type (f32)
  --isa auto|${TARGET_NAMES.join('|')}   instruction set (auto: the best that this CPU runs)
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
  const type = choice('type', values.type, ['f32', 'f64'])
  const isa = choice('isa', values.isa, ['auto', ...TARGET_NAMES])
  const threads = readThreads(values.threads)
  const run = choice('run', values.run, RUNS)
  if (values.emit !== undefined) {
    const what = choice('emit', values.emit, ['asm', 'bin', 'plan'])
    emit(what, { ...shape, type }, isa, threads, values.output)
    return
  }

  if (run === 'emulated') {
    emulate({ ...shape, type }, isa, values.check === true, values.json === true)
    return
  }

  const progress = new Progress()
  // For all that this process compiles: what is measured, and what is checked.
  if (values['no-tuned'] === true) process.env[TUNED_SWITCH] = 'off'
  const kernel = compileGemm({ ...shape, type }, { target: isa, threads })
  const name = kernel.plan.target
  kernel.dispose()
  const show = (text: string): void => progress.show(text)
  const result = await measureGemm({ ...shape, type }, name, threads, show)
  const verified = verifyGemm({ ...shape, type }, name, threads, values.check === true, show)
  progress.clear()
  const report = {
    ...shape,
    type,
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
  }
  if (values.json === true) console.log(JSON.stringify(report))
  else {
    console.log(printPlan(kernel.plan).trimEnd())
    if (kernel.planSource === 'tuned')
      console.log("  a plan that tilewright tune has found; --no-tuned for the model's")
    for (const { slice } of kernel.parts) if (slice !== null) console.log(`  a thread: ${sliceText(slice)}`)
    console.log(
      `  ${kernel.code.bytes.length} bytes of code, compiled in ${report.compileMicroseconds.toFixed(0)} µs`,
    )
    console.log(
      strong(
        `${report.gflops.toFixed(1)} GFLOP/s, ${report.percentOfPeak.toFixed(1)} % of the ${report.peakGflops.toFixed(1)} GFLOP/s FMA peak${result.threads === 1 ? '' : ` of ${result.threads} cores`}`,
      ) +
        ` (median of ${result.rounds} rounds, ${result.gflops.min.toFixed(1)} … ${result.gflops.max.toFixed(1)})`,
    )
    console.log(verdict(verified))
  }
  if (!verified.ok) process.exitCode = 1
}

function verdict({ checked, maxError, ok, wrong }: Verification): string {
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
  const kernel = compileGemm(problem, { target: isa, run: 'emulated' })
  const { code, plan } = kernel as { readonly code: MachineCode; readonly plan: GemmPlan }
  kernel.dispose()
  const show = (text: string): void => progress.show(text)
  show('running in the emulator')
  const verified = verifyGemm(problem, plan.target, 1, everything, show, 'emulated')
  progress.clear()
  const report = {
    ...problem,
    isa: plan.target,
    run: 'emulated',
    threads: 1,
    milliseconds: verified.milliseconds,
    maxError: verified.maxError,
    verified: verified.ok,
  }
  if (json) console.log(JSON.stringify(report))
  else {
    console.log(printPlan(plan).trimEnd())
    console.log(`  ${code.bytes.length} bytes of code, emulated in ${report.milliseconds.toFixed(0)} ms`)
    console.log(verdict(verified))
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
  problem: { readonly m: number; readonly n: number; readonly k: number; readonly type: 'f32' | 'f64' },
  isa: TargetName | 'auto',
  threads: Threads,
  output: string | boolean | undefined,
): void {
  // Pure: nothing here needs the CPU that the code is for.
  const whole = planGemm(problem, { target: isa === 'auto' ? 'avx512' : isa })
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
