/** Operations a second of a loop of independent multiply-adds: how every peak is sampled. */
import type { MachineCode } from '../encoder/machine-code.ts'
import { loadKernel, type NativeKernel } from '../runtime/kernel.ts'
import { timeKernel } from './repeat.ts'
import { type Spread, spreadOf } from './spread.ts'

/** A function whose block's first word says how often its loop runs. */
export interface PeakLoop {
  readonly code: MachineCode
  /** Multiplications and additions in one turn of the loop. */
  readonly operations: number
}

/** Samples within one call of sampleLoop, and about how long each takes. */
const SAMPLES = 5
const SAMPLE_NANOSECONDS = 250_000

interface Prober {
  readonly kernel: NativeKernel
  readonly iterations: number
  readonly operations: number
}

const probers = new Map<string, Prober>()

/** Operations a nanosecond. */
function run({ kernel, operations }: Prober, iterations: number): number {
  kernel.block.u64[0] = BigInt(iterations)
  return (operations * iterations) / timeKernel(kernel, 1)
}

function proberOf(name: string, make: () => PeakLoop): Prober {
  const existing = probers.get(name)
  if (existing !== undefined) return existing
  const { code, operations } = make()
  const prober = { kernel: loadKernel(code), iterations: 1, operations }
  // The first two milliseconds only wake the wide units up; then as many iterations as fill a sample.
  const speed = Math.max(...Array.from({ length: 8 }, () => run(prober, 20_000)))
  const iterations = Math.ceil((SAMPLE_NANOSECONDS * speed) / operations)
  const ready = { ...prober, iterations }
  probers.set(name, ready)
  return ready
}

/**
 * What a loop reaches on one core, in 10⁹ operations a second, now: the spread of a few samples, 1.3 ms in all. The loop
 * is made, loaded and warmed up once a name. RangeError when this CPU lacks an instruction of it.
 */
export function sampleLoop(name: string, make: () => PeakLoop): Spread {
  const prober = proberOf(name, make)
  return spreadOf(Array.from({ length: SAMPLES }, () => run(prober, prober.iterations)))
}
