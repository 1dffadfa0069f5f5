/** Measures one shape: every contender checked, then sampled in turn, in rounds whose order moves on. */
import { setTimeout as sleep } from 'node:timers/promises'
import { type Spread, spreadOf } from '../../src/measure/spread.ts'
import type { ProductType } from '../../src/schedule/product-type.ts'
import type { Timing } from '../contenders/contender.ts'
import { isOwn, OURS } from '../contenders/registry.ts'
import { ProcessEnded } from '../processes/link.ts'
import type { Answers, PrepareAnswer, Request, Sample } from '../processes/protocol.ts'
import { type Arena, ContenderLost, type OpenContender } from './arena.ts'
import { flopsOf, type Shape } from './shapes.ts'

/** How each shape of a run is measured. */
export interface RoundOptions {
  readonly type: ProductType
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

/** A failure of a peer is its own; one of ours, or of the bench, ends the run. */
class ContenderFailed extends Error {
  override readonly name = 'ContenderFailed'
}

async function ask<R extends Request>(contender: OpenContender, request: R): Promise<Answers[R['kind']]> {
  try {
    return await contender.link.ask(request)
  } catch (error) {
    if (error instanceof ProcessEnded) throw new ContenderLost(contender.name, error.message)
    if (isOwn(contender.name) || !(error instanceof Error)) throw error
    throw new ContenderFailed(error.message, { cause: error })
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
      // Where ours was at work, or nobody was, whoever spoilt the process is unknown: no figure could be trusted.
      if (!(error instanceof ContenderLost) || isOwn(error.contender)) throw error
      await arena.dismiss(error)
    }
  }
}

/** A contender that takes part in the rounds. */
interface Participant {
  readonly contender: OpenContender
  readonly answer: PreparedAnswer
  readonly samples: Sample[]
}

type Declining = ShapeResult['declined'][number]

/** The answer to a request; null when a peer fails, which is noted. */
async function askOrDecline<R extends Request>(
  contender: OpenContender,
  request: R,
  declined: Declining[],
): Promise<Answers[R['kind']] | null> {
  try {
    return await ask(contender, request)
  } catch (error) {
    if (!(error instanceof ContenderFailed)) throw error
    declined.push({ contender: contender.name, reason: `failed: ${error.message}` })
    return null
  }
}

async function attempt(
  arena: Arena,
  shape: Shape,
  options: RoundOptions,
  progress: (text: string) => void,
): Promise<ShapeResult> {
  const { type, transA, transB, alignment, coldBytes, sampleMilliseconds } = options
  for (const link of arena.links) {
    const holder = arena.contenders.find((contender) => contender.link === link)!
    await ask(holder, { kind: 'shape', shape, type, transA, transB, alignment, coldBytes })
  }
  const declined: Declining[] = []
  const prepared: Participant[] = []
  for (const contender of arena.contenders) {
    progress(`checking ${contender.name}`)
    const request = { kind: 'prepare', name: contender.name, sampleMilliseconds } as const
    const answer = await askOrDecline(contender, request, declined)
    if (answer?.kind === 'prepared') prepared.push({ contender, answer, samples: [] })
    else if (answer !== null) declined.push({ contender: contender.name, reason: answer.reason })
  }
  const participants = await sampleInTurn(prepared, options, declined, progress)
  const bandwidth = participants.find(({ answer }) => answer.bytesPerCall !== null)
  const measurements: Measurement[] = []
  for (const participant of participants) {
    const { name } = participant.contender
    if (name === OURS) progress('compiling')
    const compiled = name === OURS ? await ask(participant.contender, { kind: 'compile', name }) : null
    measurements.push({
      ...measurementOf(participant, flopsOf(shape), options.threads),
      compileMicroseconds: compiled?.microseconds ?? null,
      memory: bandwidth === undefined ? null : memoryFigures(participant, bandwidth),
    })
  }
  return { shape, measurements, declined }
}

/** All rounds; those who took part to the end. */
async function sampleInTurn(
  prepared: readonly Participant[],
  { rounds, threads }: RoundOptions,
  declined: Declining[],
  progress: (text: string) => void,
): Promise<readonly Participant[]> {
  let participants = prepared
  for (let round = 0; round < rounds; round++) {
    const order = participants.map((_, turn) => participants[(round + turn) % participants.length]!)
    for (const participant of order) {
      const { contender, samples } = participant
      progress(`round ${round + 1} of ${rounds}: ${contender.name}`)
      if (threads > 1) await sleep(SETTLING_MILLISECONDS)
      const fromJavaScript = contender.name === OURS
      const request = { kind: 'sample', name: contender.name, fromJavaScript } as const
      const sample = await askOrDecline(contender, request, declined)
      if (sample === null) participants = participants.filter((other) => other !== participant)
      else samples.push(sample)
    }
  }
  return participants
}

function measurementOf(
  { contender, answer, samples }: Participant,
  flops: number,
  threads: number,
): Omit<Measurement, 'compileMicroseconds' | 'memory'> {
  const { name, version, kernels } = contender
  const { packed, timing, verification } = answer
  return {
    ...{ contender: name, version, kernels, packed, timing },
    verified: verification?.ok ?? true,
    maxError: verification?.maxError ?? null,
    ...figures(samples, flops, threads),
  }
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

/** What a contender's times mean for A and B read once, beside reading alone in the same rounds. */
function memoryFigures(
  { samples }: Participant,
  { samples: limits, answer }: Participant,
): NonNullable<Measurement['memory']> {
  const bytes = answer.bytesPerCall!
  const ratios = samples.map(({ nanoseconds }, round) => limits[round]!.nanoseconds / nanoseconds)
  return {
    gigabytesPerSecond: spreadOf(samples.map(({ nanoseconds }) => bytes / nanoseconds)).median,
    percentOfBandwidth: 100 * spreadOf(ratios).median,
  }
}
