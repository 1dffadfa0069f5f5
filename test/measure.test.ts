/** Measuring: the figures must fit together, whatever the machine. */
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { Assembler } from '../src/encoder/assembler.ts'
import { mem, qword } from '../src/encoder/operands.ts'
import { rax, rcx, rdi } from '../src/encoder/registers.ts'
import {
  calibrateTsc,
  coreGigahertz,
  nanosecondsPerTick,
  type PeakType,
  type PeakVector,
  peakCode,
  samplePeaks,
  spreadOf,
  timeKernel,
  timeWarm,
} from '../src/measure/index.ts'
import { cpuFeatures, loadKernel, missingFeatures } from '../src/runtime/index.ts'
import { NATIVE } from './native-support.ts'
import { skip } from './skips.ts'

const measure = suite('measure')

function test(name: string, body: () => void | Promise<void>): void {
  if (NATIVE) measure(name, body)
  else skip('native code needs linux-x64')
}

/** True when the body succeeds in one of several attempts: other processes may take the core away. */
function eventually(body: () => boolean): boolean {
  for (let attempt = 0; attempt < 8; attempt++) if (body()) return true
  return false
}

measure('what is timed warm has run before, and often', () => {
  let runs = 0
  const {
    first,
    microseconds,
    runs: timed,
  } = timeWarm(() => {
    runs++
  })
  assert.ok(first >= 0 && microseconds.min >= 0 && microseconds.median <= microseconds.max)
  assert.ok(timed >= 15 && runs > timed + 1)
})

measure('a spread is least, median and greatest', () => {
  assert.equal(spreadOf([3, 1, 2]), { min: 1, median: 2, max: 3 })
  assert.equal(spreadOf([4, 1, 2, 3]), { min: 1, median: 2.5, max: 4 })
  assert.equal(spreadOf([7]), { min: 7, median: 7, max: 7 })
  assert.throws(() => spreadOf([]), /expected at least one/)
})

test('the tick is the same twice, and what CPUID says where it says something', () => {
  if (!cpuFeatures().tsc.invariant) return skip('the time-stamp counter is not invariant')
  const first = nanosecondsPerTick()
  assert.ok(eventually(() => Math.abs(calibrateTsc() / first - 1) < 1e-3))
  assert.is(nanosecondsPerTick(), first)
  const { hertz } = cpuFeatures().tsc
  if (hertz !== null) assert.ok(Math.abs((first * hertz) / 1e9 - 1) < 1e-2)
})

/** A kernel that counts its calls and makes a chain of `length` one-cycle additions. */
function chain(length: number) {
  const a = new Assembler()
  a.inc(qword(rdi))
  a.mov(rcx, mem(rdi, 8))
  for (let index = 0; index < length; index++) a.add(rax, rcx)
  return loadKernel(a.ret().finish())
}

test('a kernel is called exactly as often as asked', () => {
  const kernel = chain(1)
  for (const count of [1, 2, 1000]) {
    kernel.block.u64[0] = 0n
    assert.ok(timeKernel(kernel, count) > 0)
    assert.is(kernel.block.u64[0], BigInt(count))
  }
  for (const count of [0, -1, 1.5]) assert.throws(() => timeKernel(kernel, count), /count: expected/)
  kernel.dispose()
  assert.throws(() => timeKernel(kernel, 1), /disposed/)
})

test('kernel time is what the core clock says it must be', () => {
  const short = chain(100)
  const long = chain(1100)
  const fits = (): boolean => {
    const nanoseconds = timeKernel(long, 2000) - timeKernel(short, 2000)
    const cycles = nanoseconds * coreGigahertz()
    return cycles > 900 && cycles < 1100
  }
  assert.ok(eventually(fits))
  short.dispose()
  long.dispose()
})

test('both hosts time alike', () => {
  const a = new Assembler()
  for (let index = 0; index < 1000; index++) a.add(rax, rcx)
  const code = a.ret().finish()
  const [koffi, ffi] = (['koffi', 'ffi-rs'] as const).map((host) => loadKernel(code, { host }))
  assert.ok(eventually(() => Math.abs(timeKernel(koffi!, 5000) / timeKernel(ffi!, 5000) - 1) < 0.2))
  koffi!.dispose()
  ffi!.dispose()
})

test('the FMA peak is a small whole number of FMAs a cycle', () => {
  for (const vector of ['ymm', 'zmm'] as const) {
    for (const type of ['f32', 'f64'] as const) {
      if (missingFeatures(peakCode(vector, type)).length > 0) {
        skip(`this CPU lacks ${vector} FMA`)
        continue
      }
      assert.ok(
        eventually(() => perCycleIsPlausible(vector, type)),
        `${vector} ${type}`,
      )
    }
  }
})

function perCycleIsPlausible(vector: PeakVector, type: PeakType): boolean {
  const flopsOfOne = ((vector === 'zmm' ? 512 : 256) / (type === 'f32' ? 32 : 64)) * 2
  const { min, median, max } = samplePeaks(vector, type)
  assert.ok(min <= median && median <= max)
  const perCycle = median / coreGigahertz() / flopsOfOne
  // ½: 512-bit operations split in two on units of 256 bits that come once.
  return [0.5, 1, 2].some((expected) => Math.abs(perCycle / expected - 1) < 0.1)
}

test('a vector is two of half its length, or as fast', () => {
  if (missingFeatures(peakCode('zmm', 'f32')).length > 0) return skip('this CPU lacks zmm FMA')
  const fits = (): boolean => {
    const ratio = samplePeaks('zmm', 'f32').median / samplePeaks('zmm', 'f64').median
    return Math.abs(ratio / 2 - 1) < 0.1
  }
  assert.ok(eventually(fits))
})

measure.run()
