/** This CPU's FMA peak: the fastest that any matrix kernel could be, sampled in a millisecond. */
import { Assembler } from '../encoder/assembler.ts'
import type { MachineCode } from '../encoder/machine-code.ts'
import { mem, qword } from '../encoder/operands.ts'
import { physical, rcx, rdi } from '../encoder/registers.ts'
import { sampleLoop } from './peak-loop.ts'
import type { Spread } from './spread.ts'
import { storeTicks } from './ticks.ts'

export type PeakVector = 'ymm' | 'zmm'
export type PeakType = 'f32' | 'f64'

/** Independent sums: enough for two units of five cycles' latency, and registers are left for the factors. */
const ACCUMULATORS = 12
/** FMAs in one turn of the loop: its counter and branch are then hidden behind twelve cycles of work. */
const UNROLLED = 2 * ACCUMULATORS
const BLOCK = { iterations: 0, start: 8, end: 16 } as const

const BYTES = { ymm: 32, zmm: 64 } as const
const ELEMENT_BYTES = { f32: 4, f64: 8 } as const

const lanes = (vector: PeakVector, type: PeakType): number => BYTES[vector] / ELEMENT_BYTES[type]

/**
 * Factors of all lanes. Neither zeros nor equal lanes, so that the units switch as with real data and draw
 * their real power; of alternating sign, so that the sums stay small: no lane meets infinity or a denormal.
 */
function factors(vector: PeakVector, type: PeakType, seed: number): Uint8Array {
  const values = Array.from({ length: lanes(vector, type) }, (_, lane) => {
    const fraction = ((lane + seed) * 0.618_033_988_749) % 1
    return (lane % 2 === 0 ? 1 : -1) * (0.5 + fraction / 2)
  })
  return new Uint8Array(type === 'f32' ? Float32Array.from(values).buffer : Float64Array.from(values).buffer)
}

/** A loop of independent FMAs on registers; its block holds iterations → start and end ticks. Pure. */
export function peakCode(vector: PeakVector, type: PeakType): MachineCode {
  const a = new Assembler()
  const loop = a.label('loop')
  const register = (id: number) => physical(vector, id)
  const suffix = type === 'f32' ? 'ps' : 'pd'
  const x = register(ACCUMULATORS)
  const y = register(ACCUMULATORS + 1)
  for (let id = 0; id < ACCUMULATORS; id++) {
    a.emit(vector === 'zmm' ? 'vpxord' : 'vpxor', [register(id), register(id), register(id)])
  }
  a.emit(`vmovu${suffix}`, [x, mem(a.constant(factors(vector, type, 1)))])
  a.emit(`vmovu${suffix}`, [y, mem(a.constant(factors(vector, type, 7)))])
  a.mov(rcx, qword(rdi, BLOCK.iterations))
  storeTicks(a, rdi, BLOCK.start)
  a.align(64).bind(loop)
  // Alternately + x·y and − x·y: every second turn the sums are back where they were.
  for (let index = 0; index < UNROLLED; index++) {
    const mnemonic = `${index < ACCUMULATORS ? 'vfmadd231' : 'vfnmadd231'}${suffix}`
    a.emit(mnemonic, [register(index % ACCUMULATORS), x, y])
  }
  a.dec(rcx)
  a.jne(loop)
  storeTicks(a, rdi, BLOCK.end)
  a.vzeroupper()
  a.ret()
  return a.finish()
}

/**
 * The peak of fused multiply-adds on one core, in GFLOP/s, now: the spread of a few samples, 1.3 ms in all.
 * RangeError when this CPU lacks the vectors.
 */
export function samplePeaks(vector: PeakVector, type: PeakType): Spread {
  return sampleLoop(`${vector} ${type}`, () => ({
    code: peakCode(vector, type),
    operations: 2 * UNROLLED * lanes(vector, type),
  }))
}

/**
 * The median of samplePeaks(): cheap enough to take in each round of a benchmark, so that both see the
 * same clock.
 */
export function samplePeak(vector: PeakVector, type: PeakType): number {
  return samplePeaks(vector, type).median
}
