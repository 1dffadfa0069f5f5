/** A process that holds contenders: opens, prepares, checks and times them as it is told. */
import { sampleProductPeak } from '../../src/gemm/peak.ts'
import { timeWarm } from '../../src/measure/index.ts'
import type { ProductType } from '../../src/schedule/product-type.ts'
import {
  type Contender,
  Declined,
  EnvironmentWish,
  type Prepared,
  type Setting,
} from '../contenders/contender.ts'
import { KINDS } from '../contenders/registry.ts'
import { setsFor } from '../native/operand-sets.ts'
import { createOperands, type Operands } from '../native/operands.ts'
import { Judge } from '../verification.ts'
import { type Timed, timeUndisturbed } from './presence.ts'
import type {
  Answers,
  CompileAnswer,
  CompileRequest,
  OpenAnswer,
  OpenRequest,
  PrepareAnswer,
  PrepareRequest,
  Request,
  Sample,
  SampleRequest,
  ShapeAnswer,
  ShapeRequest,
} from './protocol.ts'

/** A contender at work on the current shape. */
interface Ready {
  readonly prepared: Prepared
  /** Calls in one sample; a multiple of those that go over every problem once. */
  readonly calls: number
  readonly pass: number
}

/** The current shape. */
interface Work {
  readonly type: ProductType
  readonly operands: Operands
  readonly judge: Judge
  readonly ready: Map<string, Ready>
}

const contenders = new Map<string, Contender>()
let setting: Setting | null = null
let work: Work | null = null

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

async function open({ entry, setting: asked }: OpenRequest): Promise<OpenAnswer> {
  setting = asked
  try {
    const contender = await KINDS[entry.kind]!.open(entry.path, asked)
    contenders.set(entry.name, contender)
    return { kind: 'opened', version: contender.version, kernels: contender.kernels }
  } catch (error) {
    if (error instanceof EnvironmentWish) return { kind: 'wish', variables: error.variables }
    return { kind: 'missing', reason: reasonOf(error) }
  }
}

function startShape({ shape, type, transA, transB, alignment, coldBytes }: ShapeRequest): ShapeAnswer {
  for (const { prepared } of work?.ready.values() ?? []) prepared.dispose()
  work = null
  const sets = setsFor(shape, type, coldBytes)
  const operands = createOperands(shape, { type, transA, transB, alignment, sets })
  work = { type, operands, judge: new Judge(operands), ready: new Map() }
  return { kind: 'shape' }
}

function current(): Work {
  if (work === null) throw new Error('no shape has been set')
  return work
}

async function prepare({ name, sampleMilliseconds }: PrepareRequest): Promise<PrepareAnswer> {
  const { operands, judge, ready } = current()
  let prepared: Prepared
  try {
    prepared = await contenders.get(name)!.prepare(operands)
  } catch (error) {
    if (error instanceof Declined) return { kind: 'declined', reason: error.message }
    throw error
  }
  const pass = operands.problems / prepared.problemsPerCall
  operands.c.fillUnwritten()
  await prepared.time(pass)
  const multiplies = prepared.bytesPerCall === undefined
  const verification = multiplies ? judge.judge(prepared.result?.() ?? null) : null
  ready.set(name, { prepared, pass, calls: await callsFor(prepared, pass, sampleMilliseconds * 1e6) })
  return {
    kind: 'prepared',
    verification,
    packed: prepared.packed,
    timing: prepared.timing,
    bytesPerCall: prepared.bytesPerCall ?? null,
  }
}

/** Whole passes over the problems that together take that long. */
async function callsFor(prepared: Prepared, pass: number, nanoseconds: number): Promise<number> {
  let passes = 1
  for (;;) {
    const taken = (await prepared.time(passes * pass)) * passes * pass
    if (taken >= nanoseconds / 2) return Math.max(1, Math.round((passes * nanoseconds) / taken)) * pass
    passes *= 2
  }
}

/** Waiting for threads of one's own would look like waiting for the core: then the clock alone counts. */
async function timeOnce(prepared: Prepared, calls: number, pass: number): Promise<Timed> {
  if (prepared.synchronous && setting!.threads === 1) return timeUndisturbed(prepared.time, calls, pass)
  return { nanoseconds: await prepared.time(calls), presence: 1 }
}

async function sample({ name, fromJavaScript }: SampleRequest): Promise<Sample> {
  const { type, ready } = current()
  const { prepared, calls, pass } = ready.get(name)!
  const { target } = setting!
  const before = sampleProductPeak(target, type)
  // The contender before left its own data in the caches; a first go puts this one's there, as far as it fits.
  await prepared.time(Math.max(1, Math.ceil(calls / 10)))
  const { nanoseconds, presence } = await timeOnce(prepared, calls, pass)
  const peakGflops = (before + sampleProductPeak(target, type)) / 2
  const timeFromJavaScript = fromJavaScript ? prepared.timeFromJavaScript : undefined
  return {
    kind: 'sample',
    nanoseconds: nanoseconds / prepared.problemsPerCall,
    nanosecondsPerCall: nanoseconds,
    fromJavaScriptNanoseconds:
      timeFromJavaScript === undefined ? null : timeUndisturbed(timeFromJavaScript, calls, pass).nanoseconds,
    peakGflops,
    presence,
  }
}

function compile({ name }: CompileRequest): CompileAnswer {
  const { prepared } = current().ready.get(name)!
  const task = prepared.compile
  if (task === undefined) throw new Error(`${name} compiles nothing`)
  return { kind: 'compile', microseconds: timeWarm(task).microseconds.median }
}

function answer(request: Request): Answers[Request['kind']] | Promise<Answers[Request['kind']]> {
  switch (request.kind) {
    case 'open':
      return open(request)
    case 'shape':
      return startShape(request)
    case 'prepare':
      return prepare(request)
    case 'sample':
      return sample(request)
    case 'compile':
      return compile(request)
  }
}

process.on('message', async (request: Request) => {
  try {
    process.send!(await answer(request))
  } catch (error) {
    process.send!({ kind: 'failure', message: reasonOf(error) })
  }
})
