/** Times a product as JavaScript sees it, in rounds that each hold a sample of the peak. */
import { type Spread, spreadOf } from '../measure/spread.ts'
import { timeWarm } from '../measure/warm.ts'
import { generateGemm } from '../microkernel/generate.ts'
import { planGemm } from '../microkernel/plan.ts'
import type { TargetName } from '../microkernel/targets/index.ts'
import type { Threads } from '../runtime/thread-count.ts'
import { cpuModel } from './cpu.ts'
import { compileGemm } from './kernel.ts'
import { sampleProductPeak } from './peak.ts'
import { type AnyKernel, compiledProblem, randomCall, type VerifiedProblem } from './verify.ts'

export interface GemmMeasurement {
  readonly gflops: Spread
  /** Most threads that a call used. */
  readonly threads: number
  /** Median of the rounds' samples of the peak of the target's own multiply-adds, on one core, times threads. */
  readonly peakGflops: number
  /** Median of the rounds' ratios, each against its own sample. */
  readonly percentOfPeak: number
  readonly rounds: number
  /** Plan and generation, warm, median. */
  readonly compileMicroseconds: number
  /** The first time in this process. */
  readonly firstCompileMicroseconds: number
}

/** Milliseconds that the timed calls of one round take, at least. */
const ROUND_MILLISECONDS = 10
const ROUNDS = 15

/**
 * Microseconds that plan and generation take, for one thread: the first time here, and warm, the median of many once
 * V8 is done with the code (timeWarm says when that is).
 */
export function measureCompile(
  given: VerifiedProblem,
  target: TargetName,
): { readonly first: number; readonly warm: number } {
  const problem = compiledProblem(given)
  const options = { target, cpu: cpuModel() }
  const { first, microseconds } = timeWarm(() => generateGemm(planGemm(problem, options)))
  return { first, warm: microseconds.median }
}

/**
 * Measures `kernel(a, b, c)` with everything around it, on random operands. Compilation is measured of the kernel for
 * one thread.
 */
export async function measureGemm(
  problem: VerifiedProblem,
  target: TargetName,
  threads: Threads,
  progress: (text: string) => void = () => {},
): Promise<GemmMeasurement> {
  const { m, n, k, type } = problem
  const compile = measureCompile(problem, target)
  const kernel = compileGemm(compiledProblem(problem), { target, threads }) as unknown as AnyKernel
  const { a, b, c, open } = randomCall(problem)

  const run = (calls: number): number => {
    const start = performance.now()
    for (let i = 0; i < calls; i++) kernel(a, b, c, ...open)
    return performance.now() - start
  }
  run(1)
  let calls = 1
  while (run(calls) < ROUND_MILLISECONDS) calls *= 2

  const gflops: number[] = []
  const peaks: number[] = []
  const ratios: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const before = sampleProductPeak(target, type)
    const milliseconds = run(calls)
    // The clock moves: the peak is the mean of the samples on either side.
    const peak = (kernel.threads * (before + sampleProductPeak(target, type))) / 2
    const speed = (2 * m * n * k * calls) / milliseconds / 1e6
    gflops.push(speed)
    peaks.push(peak)
    ratios.push((100 * speed) / peak)
    progress(`measuring: round ${round + 1} of ${ROUNDS}`)
    await new Promise((resolve) => setImmediate(resolve))
  }
  kernel.dispose()
  return {
    gflops: spreadOf(gflops),
    threads: kernel.threads,
    peakGflops: spreadOf(peaks).median,
    percentOfPeak: spreadOf(ratios).median,
    rounds: ROUNDS,
    compileMicroseconds: compile.warm,
    firstCompileMicroseconds: compile.first,
  }
}
