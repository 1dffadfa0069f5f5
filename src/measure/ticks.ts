/** The time-stamp counter: how generated code reads it, and how long a tick is. */
import { Assembler } from '../encoder/assembler.ts'
import { qword } from '../encoder/operands.ts'
import { type P, rax, rdi, rdx } from '../encoder/registers.ts'
import { loadKernel } from '../runtime/kernel.ts'

/**
 * Appends `[block + offset] ← ticks`, overwriting rax and rdx. The first lfence lets earlier instructions
 * complete, the second keeps later ones from starting before the reading (SDM 2B, RDTSC).
 */
export function storeTicks(a: Assembler, block: P<'r64'>, offset: number): void {
  a.lfence().rdtsc().lfence()
  a.shl(rdx, 32).or(rax, rdx)
  a.mov(qword(block, offset), rax)
}

/** A moment on both clocks. */
interface Moment {
  readonly nanoseconds: bigint
  readonly ticks: bigint
}

/** The reading among several that lay most tightly between two of the system clock. */
function readMoment(ticks: () => bigint): Moment {
  let best: Moment = { nanoseconds: 0n, ticks: 0n }
  let tightest = 2n ** 63n
  for (let attempt = 0; attempt < 20; attempt++) {
    const before = process.hrtime.bigint()
    const now = ticks()
    const after = process.hrtime.bigint()
    if (after - before >= tightest) continue
    tightest = after - before
    best = { nanoseconds: (before + after) / 2n, ticks: now }
  }
  return best
}

const CALIBRATION_NANOSECONDS = 10_000_000n

/**
 * Measures how many nanoseconds one tick of the time-stamp counter takes, against the system's monotonic
 * clock, for 10 ms. Good to about 10⁻⁵: each end is uncertain by the 50–100 ns of a clock reading.
 */
export function calibrateTsc(): number {
  const a = new Assembler()
  storeTicks(a, rdi, 0)
  const kernel = loadKernel(a.ret().finish(), { argumentBytes: 8 })
  const ticks = (): bigint => {
    kernel.run()
    return kernel.block.u64[0]!
  }
  for (let round = 0; round < 100; round++) readMoment(ticks)
  const start = readMoment(ticks)
  while (process.hrtime.bigint() - start.nanoseconds < CALIBRATION_NANOSECONDS);
  const end = readMoment(ticks)
  kernel.dispose()
  return Number(end.nanoseconds - start.nanoseconds) / Number(end.ticks - start.ticks)
}

let calibrated: number | undefined

/** calibrateTsc(), measured once a thread. */
export function nanosecondsPerTick(): number {
  calibrated ??= calibrateTsc()
  return calibrated
}
