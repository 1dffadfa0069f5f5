/**
 * The limit of memory-bound shapes: reading B once, by the fastest of several emitted loops, from the same cache
 * state. Its GFLOP/s are those of a product that takes exactly the time of reading A and B once at that rate.
 */
import type { PeakVector } from '../../src/measure/fma-peak.ts'
import { targetNamed } from '../../src/microkernel/targets/index.ts'
import { ArgumentBlock } from '../../src/runtime/argument-block.ts'
import { cpuFeatures } from '../../src/runtime/features.ts'
import { loadKernel } from '../../src/runtime/kernel.ts'
import { CallLoop } from '../native/call-loop.ts'
import type { Operands } from '../native/operands.ts'
import { READ_PATTERNS, type ReadPattern, readBytes, readLoopCode, SUM_BYTES } from '../native/read-loop.ts'
import { type Contender, Declined, offer, type Prepared, type Setting } from './contender.ts'

export const BANDWIDTH = 'read bandwidth'

/** Rows or columns of C up to which a product does so little with each element of B that memory may limit it. */
const FEW = 8
/** Nanoseconds that a pattern is tried for. */
const TRIAL = 20e6

export function openBandwidth(setting: Setting): Contender {
  const { vector } = targetNamed(setting.target)
  return {
    version: 'emitted',
    kernels: vector,
    prepare(operands) {
      offer(setting, operands, { transposed: true, packed: true })
      return prepare(operands, vector)
    },
  }
}

interface Reader {
  readonly loop: CallLoop
  readonly bytes: number
  dispose(): void
}

function reader(pattern: ReadPattern, operands: Operands, vector: PeakVector, sum: ArgumentBlock): Reader {
  const { b, problems } = operands
  const kernel = loadKernel(readLoopCode(vector, pattern))
  const bytes = readBytes(pattern, b.lines * b.width * b.elementBytes)
  const loop = new CallLoop({
    passing: { integers: 3, scalars: 0 },
    address: kernel.address,
    recordBytes: 24,
    records: problems,
    kept: [kernel, operands, sum],
  })
  for (let problem = 0; problem < problems; problem++) {
    loop.setInteger(problem, 0, b.addressOf(problem))
    loop.setInteger(problem, 1, BigInt(bytes / pattern.streams))
    loop.setInteger(problem, 2, sum.bits)
  }
  return {
    loop,
    bytes,
    dispose() {
      loop.dispose()
      kernel.dispose()
    },
  }
}

function prepare(operands: Operands, vector: PeakVector): Prepared {
  const { shape, problems, a, b } = operands
  const sum = new ArgumentBlock(SUM_BYTES)
  const l1 = cpuFeatures().caches.find(({ level, kind }) => level === 1 && kind !== 'instruction')?.bytes ?? 0
  const inL1 = b.lines * b.width * b.elementBytes * problems <= l1
  const isAligned = (b.lines * b.width * b.elementBytes) % 4 === 0
  if (Math.min(shape.m, shape.n) > FEW || inL1 || !isAligned) throw new Declined('not limited by memory')
  let best: { readonly reader: Reader; readonly rate: number } | null = null
  for (const pattern of READ_PATTERNS) {
    const candidate = reader(pattern, operands, vector, sum)
    if (candidate.bytes === 0) {
      candidate.dispose()
      continue
    }
    candidate.loop.time(problems)
    check(candidate, operands, sum)
    const first = candidate.loop.time(problems)
    const calls = Math.max(1, Math.ceil(TRIAL / (first * problems))) * problems
    const rate = candidate.bytes / candidate.loop.time(calls)
    if (best === null || rate > best.rate) {
      best?.reader.dispose()
      best = { reader: candidate, rate }
    } else candidate.dispose()
  }
  if (best === null) throw new Declined('B is too small')
  const { loop, bytes, dispose } = best.reader
  const bytesOfProblem = a.lines * a.width * a.elementBytes + b.lines * b.width * b.elementBytes
  return {
    packed: false,
    problemsPerCall: 1,
    timing: 'kernel',
    bytesPerCall: bytesOfProblem,
    synchronous: true,
    time: (calls) => (loop.time(calls) * bytesOfProblem) / bytes,
    dispose,
  }
}

/** The loop's sum against one made here: nothing was left out. Error otherwise. */
function check({ bytes }: Reader, { b, problems }: Operands, sum: ArgumentBlock): void {
  const last = b.problem(problems - 1)
  const words = new Int32Array(last.buffer, last.byteOffset, bytes / 4)
  let expected = 0
  for (let index = 0; index < words.length; index++) expected = (expected + words[index]!) | 0
  const found = sum.i32.reduce((total, lane) => (total + lane) | 0, 0)
  if (found !== expected) throw new Error(`read loop: expected the sum ${expected}, got ${found}`)
}
