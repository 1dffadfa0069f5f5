/** Searches for a faster plan by measuring: neighbours of the model's plan, interleaved with it, the best kept. */
import { timeKernel } from '../measure/repeat.ts'
import { spreadOf } from '../measure/spread.ts'
import type { CpuModel } from '../microkernel/cpu-model.ts'
import { ASPECTS, neighbours } from '../microkernel/neighbours.ts'
import { type GemmPlan, planGemm } from '../microkernel/plan.ts'
import {
  type CompleteProblem,
  completeProblem,
  type GemmProblem,
  storedShape,
} from '../microkernel/problem.ts'
import { outputBound } from '../microkernel/reference.ts'
import type { TargetName } from '../microkernel/targets/index.ts'
import { PRODUCT_TYPES, type Storage } from '../schedule/product-type.ts'
import { type AnyArray, newArray } from './arrays.ts'
import type { CallArguments } from './call.ts'
import { tunedPlan } from './choose-plan.ts'
import { cpuModel, resolveTarget } from './cpu.ts'
import { fillRandomElements, numberOf } from './elements.ts'
import { compileGemm, type GemmKernel } from './kernel.ts'
import { sampleProductPeak } from './peak.ts'
import { forgetTunedPlan, saveTunedPlan } from './tuned-plans.ts'
import type { AnyKernel } from './verify.ts'

export interface TuneOptions {
  /** Instruction set; 'auto' (default) takes the best that this CPU runs. */
  readonly target?: TargetName | 'auto'
  /** Seconds after which the search ends, about. Default 10. */
  readonly seconds?: number
  /** Whether a plan that is faster than the model's is saved, and a saved one that is not is removed. Default true. */
  readonly save?: boolean
  /** Told what is being measured. */
  readonly progress?: (text: string) => void
}

export interface TuneResult {
  readonly target: TargetName
  /** The fastest plan found; the model's where none was faster by one percent. */
  readonly plan: GemmPlan
  readonly modelPlan: GemmPlan
  /** GFLOP/s in the final rounds, median; the same figures where the model's plan stands. */
  readonly gflops: number
  readonly modelGflops: number
  /** GFLOP/s of the peak of the type's own multiply-adds in the same rounds, one core. */
  readonly peakGflops: number
  /** How much faster than the model's plan, median of the rounds' ratios; 1 where it stands. */
  readonly speedup: number
  /** Plans that were measured. */
  readonly candidates: number
  readonly seconds: number
  /** The file that holds the plan for later runs; null when nothing was saved. */
  readonly savedAs: string | null
}

const DEFAULT_SECONDS = 10
/** What one try takes, at least, and how often a sample tries: the best try is one that nothing else interrupted. */
const TRY_NANOSECONDS = 4e5
const TRIES = 3
/** Calls that take so long are tried once a sample. */
const LONG_NANOSECONDS = 5e6
/** A candidate that is so much slower in its first sample is not looked at again; later, less is enough. */
const HOPELESS = 1.15
const LOSING = 1.02
const ROUNDS = 7
const FINAL_ROUNDS = 15
/** What a plan must gain in a race to take the lead, and over the model's plan to be saved. */
const LEAD = 1.004
const WORTH_SAVING = 1.01
/** The share of the time that is kept for the last comparison. */
const FINAL_SHARE = 0.15

/**
 * Measures plans around the model's for so many seconds, one thread, kernel time on one set of operands, and saves the
 * fastest for later runs on this CPU.
 * @throws RangeError when a size is left open, the batch is one of pointers, or the CPU lacks the target.
 */
export async function tuneGemm(problem: GemmProblem, options: TuneOptions = {}): Promise<TuneResult> {
  const { seconds = DEFAULT_SECONDS, save = true, progress = () => {} } = options
  if (!(typeof seconds === 'number' && seconds > 0 && seconds < 1e6)) {
    throw new RangeError(`seconds: expected a positive number, got ${String(seconds)}`)
  }
  const complete = completeProblem(problem)
  const target = resolveTarget(options.target ?? 'auto', 'native', complete.type)
  const search = new Search(complete, target, cpuModel(), seconds, progress)
  try {
    const { plan, speedup, ...figures } = await search.run(tunedPlan(problem, target))
    const isFaster = plan !== search.modelPlan
    if (save && !isFaster) forgetTunedPlan(plan.problem, target)
    return {
      ...{ target, plan, modelPlan: search.modelPlan, speedup, ...figures },
      savedAs: save && isFaster ? saveTunedPlan(plan, speedup) : null,
    }
  } finally {
    search.dispose()
  }
}

type Operands = readonly [AnyArray, AnyArray, AnyArray]

type Found = Omit<TuneResult, 'target' | 'modelPlan' | 'savedAs'>

/** A plan that is being measured: nanoseconds a call of each round. */
interface Runner {
  readonly plan: GemmPlan
  readonly kernel: AnyKernel & Pick<GemmKernel, 'native'>
  samples: number[]
}

/** The operands of one problem, as they are stored. */
function operandsOf(problem: CompleteProblem): Operands {
  const { type, out, m, n, k, lda, ldb, ldc, batch } = problem
  const storage = { ...PRODUCT_TYPES[type], c: out }
  if ([m, n, k, lda, ldb, ldc, batch?.count ?? 1].includes('runtime')) {
    throw new RangeError('problem: tuning needs every size, leading dimension and count known')
  }
  if (batch?.kind === 'pointers') throw new RangeError("problem: tuning takes no batch of kind 'pointers'")
  const make = (name: 'a' | 'b' | 'c', ld: number, stride: number): AnyArray => {
    const { lines, width } = storedShape(name, problem, { m, n, k } as { m: number; n: number; k: number })
    const one = lines === 0 || width === 0 ? 0 : (lines - 1) * ld + width
    const length = one + Math.max(0, (batch === null ? 1 : (batch.count as number)) - 1) * stride
    return newArray(storage[name], length)
  }
  const stride = (name: 'strideA' | 'strideB' | 'strideC'): number => (batch?.[name] ?? 0) as number
  const a = make('a', lda as number, stride('strideA'))
  const b = make('b', ldb as number, stride('strideB'))
  fillRandomElements(storage.a, a, 1)
  fillRandomElements(storage.b, b, 2)
  return [a, b, make('c', ldc as number, stride('strideC'))]
}

/** The largest element, in magnitude. */
function largestOf(storage: Storage, array: AnyArray): number {
  let most = 0
  for (const element of array) most = Math.max(most, Math.abs(numberOf(storage, element)))
  return most
}

/** What calls of a requantised problem are given: moderate values, of which none is better or worse to compute with. */
function argumentsOf({ requantise, n, k, type, out }: CompleteProblem): readonly CallArguments[] {
  if (requantise === null) return []
  const { scale, zeroA, zeroB, zeroC, bias } = requantise
  const { a, b } = PRODUCT_TYPES[type]
  const one = 2 ** -Math.ceil(8 + Math.log2(Math.max(1, k as number)) / 2)
  const zero = (storage: Storage): number => (storage === 'u8' ? 128 : 3)
  return [
    {
      scale: scale === 'column' ? new Float32Array(n as number).fill(one) : one,
      ...(zeroA ? { zeroA: zero(a) } : {}),
      ...(zeroB ? { zeroB: zero(b) } : {}),
      ...(zeroC ? { zeroC: zero(out) } : {}),
      ...(bias ? { bias: new Int32Array(n as number) } : {}),
    },
  ]
}

class Search {
  readonly modelPlan: GemmPlan
  readonly #problem: CompleteProblem
  readonly #arguments: readonly CallArguments[]
  /** The largest product of elements of A and B, in magnitude. */
  readonly #largest: number
  readonly #target: TargetName
  readonly #cpu: CpuModel
  readonly #progress: (text: string) => void
  #started = 0
  readonly #milliseconds: number
  readonly #operands: Operands
  /** What the model's plan computes, at a few places. */
  readonly #expected: readonly (readonly [number, number])[]
  readonly #model: Runner
  #best: Runner
  #calls = 1
  #tries = TRIES
  #candidates = 1

  constructor(
    problem: CompleteProblem,
    target: TargetName,
    cpu: CpuModel,
    seconds: number,
    progress: (text: string) => void,
  ) {
    this.#problem = problem
    this.#target = target
    this.#cpu = cpu
    this.#milliseconds = seconds * 1000
    this.#progress = progress
    this.#operands = operandsOf(problem)
    this.#arguments = argumentsOf(problem)
    const { a, b } = PRODUCT_TYPES[problem.type]
    this.#largest = largestOf(a, this.#operands[0]) * largestOf(b, this.#operands[1])
    this.modelPlan = planGemm(problem, { target, cpu })
    this.#model = this.#runner(this.modelPlan)
    this.#best = this.#model
    const c = this.#operands[2]
    const places = Math.min(c.length, 4096)
    this.#expected = Array.from({ length: places }, (_, index) => {
      const at = Math.floor((index * c.length) / places)
      return [at, c[at]!] as const
    })
    // The first sample finds how many calls a try takes.
    const nanoseconds = Math.max(1, this.#sample(this.#model))
    this.#calls = Math.max(1, Math.ceil(TRY_NANOSECONDS / nanoseconds))
    if (nanoseconds > LONG_NANOSECONDS) this.#tries = 1
    this.#started = performance.now()
  }

  dispose(): void {
    this.#model.kernel.dispose()
    if (this.#best !== this.#model) this.#best.kernel.dispose()
  }

  /** Compiles a plan and runs it once. */
  #runner(plan: GemmPlan): Runner {
    const kernel = compileGemm(this.#problem, { plan, threads: 1 }) as unknown as Runner['kernel']
    const [a, b, c] = this.#operands
    if (this.#problem.beta !== 0) c.fill(0)
    kernel(a, b, c, ...this.#arguments)
    return { plan, kernel, samples: [] }
  }

  /** Nanoseconds that a call takes. */
  #sample({ kernel }: Runner): number {
    let least = Number.POSITIVE_INFINITY
    for (let run = 0; run < this.#tries; run++) {
      least = Math.min(least, timeKernel(kernel.native, this.#calls, this.#operands))
    }
    return least
  }

  #share(): number {
    return (performance.now() - this.#started) / this.#milliseconds
  }

  /** Whether a plan computes what the model's does, within what rounding may differ. */
  #isRight(plan: GemmPlan): boolean {
    const runner = this.#runner(plan)
    runner.kernel.dispose()
    const { alpha, k, out, type } = this.#problem
    const factor = typeof alpha === 'number' ? Math.max(1, Math.abs(alpha)) : 1
    const magnitude = ((k as number) * this.#largest + 1) * factor
    const c = this.#operands[2]
    return this.#expected.every(([at, value]) => {
      const expected = numberOf(out, value)
      const allowed = 2 * outputBound({ type, out }, k as number, expected, magnitude)
      return Math.abs(numberOf(out, c[at]!) - expected) <= allowed
    })
  }

  async run(saved: GemmPlan | null): Promise<Found> {
    if (saved !== null) await this.#race('the plan saved before', [saved])
    for (let improved = true; improved && this.#hasTime(); ) {
      improved = false
      for (const aspect of ASPECTS) {
        if (!this.#hasTime()) break
        const plans = neighbours(this.#best.plan, aspect, this.#cpu)
        if (await this.#race(aspect, plans)) improved = true
      }
    }
    return this.#decide()
  }

  #hasTime(): boolean {
    return this.#share() < 1 - FINAL_SHARE
  }

  /** Measures plans in turn with the best so far, drops losers early, and says whether one took the lead. */
  async #race(name: string, plans: readonly GemmPlan[]): Promise<boolean> {
    const best = this.#best
    let field: Runner[] = []
    const show = (text: string): void =>
      this.#progress(
        `${name}: ${text}; ${this.#candidates} plans so far, ${Math.round(100 * Math.min(1, this.#share()))} % of the time`,
      )
    for (const plan of plans) {
      if (!this.#hasTime()) break
      this.#candidates++
      const runner = this.#attempt(plan)
      if (runner === null) continue
      const ratio = this.#sample(runner) / this.#sample(best)
      if (ratio > HOPELESS) runner.kernel.dispose()
      else field.push(runner)
      show(`${field.length} of ${plans.length} to be looked at`)
      await new Promise((resolve) => setImmediate(resolve))
    }
    for (let round = 0; round < ROUNDS && field.length > 0; round++) {
      const own = this.#sample(best)
      for (const runner of field) runner.samples.push(this.#sample(runner) / own)
      const limit = round < 2 ? HOPELESS : LOSING
      field = field.filter((runner) => {
        const stays = spreadOf(runner.samples).median <= limit
        if (!stays) runner.kernel.dispose()
        return stays
      })
      show(`round ${round + 1} of ${ROUNDS}, ${field.length} left`)
      await new Promise((resolve) => setImmediate(resolve))
      if (round >= 2 && !this.#hasTime()) break
    }
    field.sort((x, y) => spreadOf(x.samples).median - spreadOf(y.samples).median)
    const [winner, ...others] = field
    for (const { kernel } of others) kernel.dispose()
    if (winner === undefined) return false
    const wins = winner.samples.filter((ratio) => ratio < 1).length
    const leads = spreadOf(winner.samples).median * LEAD <= 1 && wins * 3 >= winner.samples.length * 2
    if (!leads || winner.samples.length < 3 || !this.#isRight(winner.plan)) {
      winner.kernel.dispose()
      return false
    }
    if (best !== this.#model) best.kernel.dispose()
    winner.samples = []
    this.#best = winner
    return true
  }

  /** A plan that no code can be made for is no candidate. */
  #attempt(plan: GemmPlan): Runner | null {
    try {
      return this.#runner(plan)
    } catch (error) {
      if (error instanceof Error) return null
      throw error
    }
  }

  /** The last comparison: the best and the model's plan in turn, each round with a sample of the peak. */
  async #decide(): Promise<Found> {
    const { m, n, k, batch } = this.#problem
    const [own, models, ratios, peaks]: [number[], number[], number[], number[]] = [[], [], [], []]
    for (let round = 0; round < FINAL_ROUNDS; round++) {
      const model = this.#sample(this.#model)
      const best = this.#best === this.#model ? model : this.#sample(this.#best)
      // Once more the model's, so that a clock that rises or falls favours neither.
      const again = this.#best === this.#model ? model : this.#sample(this.#model)
      models.push((model + again) / 2)
      own.push(best)
      ratios.push((model + again) / 2 / best)
      peaks.push(sampleProductPeak(this.#target, this.#problem.type))
      this.#progress(`the last comparison: round ${round + 1} of ${FINAL_ROUNDS}`)
      await new Promise((resolve) => setImmediate(resolve))
      if (round >= 4 && this.#share() > 1) break
    }
    const flops = 2 * (m as number) * (n as number) * (k as number) * ((batch?.count ?? 1) as number)
    const speedup = spreadOf(ratios).median
    const isFaster = this.#best !== this.#model && speedup >= WORTH_SAVING
    const modelGflops = flops / spreadOf(models).median
    return {
      plan: isFaster ? this.#best.plan : this.modelPlan,
      speedup: isFaster ? speedup : 1,
      gflops: isFaster ? flops / spreadOf(own).median : modelGflops,
      modelGflops,
      peakGflops: spreadOf(peaks).median,
      candidates: this.#candidates,
      seconds: (performance.now() - this.#started) / 1000,
    }
  }
}
