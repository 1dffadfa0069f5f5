/** Timing on a machine that others use too: what the time was on the CPU, and what of it was taken away. */
import { spreadOf } from '../../src/measure/spread.ts'

/** A time, and how much of it this process spent on a CPU rather than waiting for one. */
export interface Timed {
  readonly nanoseconds: number
  /** From 0 to 1. */
  readonly presence: number
}

/** Below this, something else had the core for a noticeable time. */
const UNDISTURBED = 0.99
/** Pieces of a sample, each told apart; and how often all are done again when each was disturbed. */
const PIECES = 5
const ATTEMPTS = 3

/** Runs and watches: the system's accounting against the clock. Only for what computes all the while. */
function watched(run: () => number): Timed {
  const started = performance.now()
  const before = process.cpuUsage()
  const nanoseconds = run()
  const { user, system } = process.cpuUsage(before)
  const elapsed = (performance.now() - started) * 1e3
  return { nanoseconds, presence: Math.min(1, (user + system) / elapsed) }
}

/**
 * Nanoseconds a call of synchronous single-threaded work: the median of the pieces that had the core to
 * themselves. Where none had, the piece that had it most, less the time that was taken away; what others did
 * to the caches meanwhile cannot be taken back, so the presence is handed on for the report.
 */
export function timeUndisturbed(time: (calls: number) => number, calls: number, pass: number): Timed {
  const each = Math.max(pass, Math.round(calls / PIECES / pass) * pass)
  const pieces = Math.max(1, Math.round(calls / each))
  let best: Timed = { nanoseconds: 0, presence: -1 }
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const times = Array.from({ length: pieces }, () => watched(() => time(each)))
    const whole = times.filter(({ presence }) => presence >= UNDISTURBED)
    if (whole.length > 0) {
      return { nanoseconds: spreadOf(whole.map(({ nanoseconds }) => nanoseconds)).median, presence: 1 }
    }
    for (const timed of times) if (timed.presence > best.presence) best = timed
  }
  return { nanoseconds: best.nanoseconds * best.presence, presence: best.presence }
}
