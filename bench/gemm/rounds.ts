/** Measures one shape: every contender checked, then sampled in turn, in rounds whose order moves on. */
import { setTimeout as sleep } from 'node:timers/promises'
import { type Spread, spreadOf } from '../../src/measure/spread.ts'
import type { Timing } from '../contenders/contender.ts'
import { OURS } from '../contenders/registry.ts'
import type { FloatType } from '../native/operands.ts'
import { ProcessEnded } from '../processes/link.ts'
import type { Answers, PrepareAnswer, Request, Sample } from '../processes/protocol.ts'
import { type Arena, ContenderLost, type OpenContender } from './arena.ts'
import { flopsOf, type Shape } from './shapes.ts'

/** How each shape of a run is measured. */
export interface RoundOptions {
  readonly type: FloatType
  readonly threads: number
  readonly transA: boolean
  readonly transB: boolean
  readonly rounds: number
  readonly sampleMilliseconds: number
  readonly alignment: number
  readonly coldBytes: number
}

/** One contender's figures for one shape. */
export interface Measurement {
  readonly contender: string
  readonly version: string
  readonly kernels: string
  readonly packed: boolean
  readonly timing: Timing
  readonly verified: boolean
  /** Largest |result − reference| / Σ|a||b|; null for what computes no product. */
  readonly maxError: number | null
  readonly gflops: Spread
  readonly nanoseconds: Spread
  readonly peakGflops: number
  /** Median of the rounds' ratios, each against its own samples of the peak, times the threads. */
  readonly percentOfPeak: number
  /** Median share of the time that the contender had a core, from 0 to 1. */
  readonly presence: number
  readonly fromJavaScript: FromJavaScript | null
  readonly compileMicroseconds: number | null
  /** How fast A and B would be read once in that time; with the bandwidth of the same rounds. */
  readonly memory: { readonly gigabytesPerSecond: number; readonly percentOfBandwidth: number } | null
}

/** One call of ours with everything around it, beside kernel time. */
export interface FromJavaScript {
  readonly gflops: Spread
  /** Of kernel time, median of the rounds' ratios. */
  readonly percentOfKernel: number
  /** What a call costs above kernel time, median of the rounds' differences. */
  readonly callNanoseconds: number
}

export interface ShapeResult {
  readonly shape: Shape
  readonly measurements: readonly Measurement[]
  readonly declined: readonly { readonly contender: string; readonly reason: string }[]
}

type PreparedAnswer = Extract<PrepareAnswer, { readonly kind: 'prepared' }>

/** Threads of the contender before may spin for a while after their work; OpenMP's do so for some milliseconds. */
const SETTLING_MILLISECONDS = 30

async function ask<R extends Request>(contender: OpenContender, request: R): Promise<Answers[R['kind']]> {
  try {
    return await contender.link.ask(request)
  } catch (error) {
    if (error instanceof ProcessEnded) throw new ContenderLost(contender.name, error.message)
    throw error
  }
}

/** Measures a shape, again without a contender whose process ends over it. */
export async function measureShape(
  arena: Arena,
  shape: Shape,
  options: RoundOptions,
  progress: (text: string) => void,
): Promise<ShapeResult> {
  for (;;) {
    try {
      return await attempt(arena, shape, options, progress)
    } catch (error) {
      if (!(error instanceof ContenderLost)) throw error
      await arena.dismiss(error)
    }
  }
}

async function attempt(
  arena: Arena,
  shape: Shape,
  options: RoundOptions,
  progress: (text: string) => void,
): Promise<ShapeResult> {
  const { type, transA, transB, alignment, coldBytes, sampleMilliseconds, rounds } = options
  for (const link of arena.links) {
    const [contender] = arena.contenders.filter((candidate) => candidate.link === link)
    await ask(contender!, { kind: 'shape', shape, type, transA, transB, alignment, coldBytes })
  }
  const declined: { contender: string; reason: string }[] = []
  const ready: { readonly contender: OpenContender; readonly answer: PreparedAnswer }[] = []
  for (const contender of arena.contenders) {
    progress(`checking ${contender.name}`)
    const answer = await ask(contender, { kind: 'prepare', name: contender.name, sampleMilliseconds })
    if (answer.kind === 'declined') declined.push({ contender: contender.name, reason: answer.reason })
    else ready.push({ contender, answer })
  }

  const samples = new Map(ready.map(({ contender }) => [contender.name, [] as Sample[]]))
  for (let round = 0; round < rounds; round++) {
    for (let turn = 0; turn < ready.length; turn++) {
      const { contender } = ready[(round + turn) % ready.length]!
      progress(`round ${round + 1} of ${rounds}: ${contender.name}`)
      if (options.threads > 1) await sleep(SETTLING_MILLISECONDS)
      const request = {
        kind: 'sample',
        name: contender.name,
        fromJavaScript: contender.name === OURS,
      } as const
      samples.get(contender.name)!.push(await ask(contender, request))
    }
  }

  const bandwidth = ready.find(({ answer }) => answer.bytesPerCall !== null)
  const measurements: Measurement[] = []
  for (const { contender, answer } of ready) {
    const ours = contender.name === OURS
    if (ours) progress('compiling')
    const compiled = ours ? await ask(contender, { kind: 'compile', name: contender.name }) : null
    measurements.push({
      contender: contender.name,
      version: contender.version,
      kernels: contender.kernels,
      packed: answer.packed,
      timing: answer.timing,
      verified: answer.verification?.ok ?? true,
      maxError: answer.verification?.maxError ?? null,
      ...figures(samples.get(contender.name)!, flopsOf(shape), options.threads),
      compileMicroseconds: compiled?.microseconds ?? null,
      memory:
        bandwidth === undefined
          ? null
          : memoryFigures(
              samples.get(contender.name)!,
              samples.get(bandwidth.contender.name)!,
              bandwidth.answer.bytesPerCall!,
            ),
    })
  }
  return { shape, measurements, declined }
}

function figures(
  samples: readonly Sample[],
  flops: number,
  threads: number,
): Pick<
  Measurement,
  'gflops' | 'nanoseconds' | 'peakGflops' | 'percentOfPeak' | 'presence' | 'fromJavaScript'
> {
  return {
    gflops: spreadOf(samples.map(({ nanoseconds }) => flops / nanoseconds)),
    nanoseconds: spreadOf(samples.map(({ nanoseconds }) => nanoseconds)),
    peakGflops: spreadOf(samples.map(({ peakGflops }) => threads * peakGflops)).median,
    percentOfPeak: spreadOf(
      samples.map(({ nanoseconds, peakGflops }) => (100 * flops) / nanoseconds / (threads * peakGflops)),
    ).median,
    presence: spreadOf(samples.map(({ presence }) => presence)).median,
    fromJavaScript: javaScriptFigures(samples, flops),
  }
}

function javaScriptFigures(samples: readonly Sample[], flops: number): FromJavaScript | null {
  const pairs = samples.flatMap(({ nanoseconds, nanosecondsPerCall, fromJavaScriptNanoseconds }) =>
    fromJavaScriptNanoseconds === null
      ? []
      : [
          {
            perCall: nanosecondsPerCall,
            problems: nanosecondsPerCall / nanoseconds,
            js: fromJavaScriptNanoseconds,
          },
        ],
  )
  if (pairs.length === 0) return null
  return {
    gflops: spreadOf(pairs.map(({ js, problems }) => (flops * problems) / js)),
    percentOfKernel: spreadOf(pairs.map(({ js, perCall }) => (100 * perCall) / js)).median,
    callNanoseconds: spreadOf(pairs.map(({ js, perCall }) => js - perCall)).median,
  }
}

function memoryFigures(
  samples: readonly Sample[],
  limits: readonly Sample[],
  bytes: number,
): NonNullable<Measurement['memory']> {
  const ratios = samples.map(({ nanoseconds }, round) => limits[round]!.nanoseconds / nanoseconds)
  return {
    gigabytesPerSecond: spreadOf(samples.map(({ nanoseconds }) => bytes / nanoseconds)).median,
    percentOfBandwidth: 100 * spreadOf(ratios).median,
  }
}
