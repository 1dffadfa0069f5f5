/** Times what JavaScript does over and over: once V8 has compiled it for good, which takes it a second or two. */
import { type Spread, spreadOf } from './spread.ts'

/** Warm is when the least time has for so long, and so many runs, not fallen by FALL, or after the longest wait. */
const SETTLED_MILLISECONDS = 400
const SETTLED_RUNS = 30
const LONGEST_MILLISECONDS = 3000
const FALL = 0.03
/** What is timed then: so many runs, or as many as fit, and a few at least. */
const MOST_RUNS = 400
const RUN_MILLISECONDS = 400
const LEAST_RUNS = 15

export interface WarmTimes {
  /** Microseconds of the very first run. */
  readonly first: number
  /** Microseconds of a run, warm: over all runs that were timed. */
  readonly microseconds: Spread
  readonly runs: number
}

/**
 * Microseconds that a synchronous task takes, each run timed by itself: the first; and, after runs until the least
 * time no longer falls (3 % within 0.4 s and 30 runs) or 3 s have passed, the spread of the next 400, or of those that fit in
 * 0.4 s. Collections of garbage are part of the runs they fall into.
 */
export function timeWarm(task: () => void): WarmTimes {
  const once = (): number => {
    const start = performance.now()
    task()
    return (performance.now() - start) * 1000
  }
  const first = once()
  const begin = performance.now()
  let least = first
  let fallen = begin
  let runs = 0
  for (let now = begin; now - begin < LONGEST_MILLISECONDS; ) {
    if (runs >= SETTLED_RUNS && now - fallen >= SETTLED_MILLISECONDS) break
    const time = once()
    now = performance.now()
    runs++
    if (time >= least * (1 - FALL)) continue
    least = time
    fallen = now
    runs = 0
  }
  const times: number[] = []
  const start = performance.now()
  while (
    times.length < LEAST_RUNS ||
    (times.length < MOST_RUNS && performance.now() - start < RUN_MILLISECONDS)
  ) {
    times.push(once())
  }
  return { first, microseconds: spreadOf(times), runs: times.length }
}
