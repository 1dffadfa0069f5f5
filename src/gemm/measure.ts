/** Times a product as JavaScript sees it, in rounds that each hold a sample of the FMA peak. */
import { samplePeak } from '../measure/fma-peak.ts'
import { type Spread, spreadOf } from '../measure/spread.ts'
import { generateGemm } from '../microkernel/generate.ts'
import { planGemm } from '../microkernel/plan.ts'
import { type TargetName, targetNamed } from '../microkernel/targets/index.ts'
import type { Threads } from '../runtime/thread-count.ts'
import { cpuModel } from './cpu.ts'
import { compileGemm } from './kernel.ts'
import { fillRandom, type VerifiedProblem } from './verify.ts'

export interface GemmMeasurement {
  readonly gflops: Spread
  /** Most threads that a call used. */
  readonly threads: number
  /** Median of the rounds' samples of the peak of the target's own vectors, on one core, times threads. */
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
/** Compilations timed, and the milliseconds after which no further one starts. */
const COMPILATIONS = 200
const COMPILE_MILLISECONDS = 250

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
  const options = { target, cpu: cpuModel() }
  const firstStart = performance.now()
  generateGemm(planGemm({ type, m, n, k }, options))
  const firstCompileMicroseconds = (performance.now() - firstStart) * 1000
  const compilations: number[] = []
  const compileStart = performance.now()
  while (compilations.length < COMPILATIONS && performance.now() - compileStart < COMPILE_MILLISECONDS) {
    const start = performance.now()
    generateGemm(planGemm({ type, m, n, k }, options))
    compilations.push((performance.now() - start) * 1000)
  }
  // Warm means after the just-in-time compiler has seen the code: the second half.
  const warm = compilations.slice(compilations.length >> 1)

  const kernel = compileGemm({ type, m, n, k }, { target, threads }) as unknown as Multiply
  const make = (length: number): Float32Array | Float64Array =>
    type === 'f64' ? new Float64Array(length) : new Float32Array(length)
  const a = make(m * k)
  const b = make(k * n)
  const c = make(m * n)
  fillRandom(a, 1)
  fillRandom(b, 2)

  const run = (calls: number): number => {
    const start = performance.now()
    for (let i = 0; i < calls; i++) kernel(a, b, c)
    return performance.now() - start
  }
  run(1)
  let calls = 1
  while (run(calls) < ROUND_MILLISECONDS) calls *= 2

  const vector = targetNamed(target).vector
  const gflops: number[] = []
  const peaks: number[] = []
  const ratios: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const before = samplePeak(vector, type)
    const milliseconds = run(calls)
    // The clock moves: the peak is the mean of the samples on either side.
    const peak = (kernel.threads * (before + samplePeak(vector, type))) / 2
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
    compileMicroseconds: spreadOf(warm.length > 0 ? warm : [firstCompileMicroseconds]).median,
    firstCompileMicroseconds,
  }
}

type Multiply = ((a: unknown, b: unknown, c: unknown) => void) & {
  readonly threads: number
  dispose(): void
}
