/** How many threads kernels use: asked for, set as a default, and never more than there are CPUs. */
import { checkSize } from './checks.ts'
import { nodeOs } from './node-modules.ts'

/** More than this a pool never has, whatever the machine. */
export const MOST_THREADS = 1024

/** CPUs that this process may use, or what TILEWRIGHT_CPUS says (where a container's quota is smaller). */
export function availableCpus(): number {
  const given = process.env.TILEWRIGHT_CPUS
  if (given === undefined || given === '') return nodeOs().availableParallelism()
  const cpus = Number(given)
  if (!Number.isInteger(cpus) || cpus < 1 || cpus > MOST_THREADS) {
    throw new RangeError(`TILEWRIGHT_CPUS: expected a whole number from 1 to ${MOST_THREADS}, got '${given}'`)
  }
  return cpus
}

/** How many threads: a number, or as many as there are CPUs. */
export type Threads = number | 'all'

/** The threads that a kernel gets: never more than CPUs. RangeError or TypeError for what is no number of threads. */
export function resolveThreads(asked: Threads, name = 'threads'): number {
  if (asked === 'all') return availableCpus()
  if (typeof asked === 'string') {
    throw new TypeError(`${name}: expected a whole number of at least 1 or 'all', got '${asked}'`)
  }
  checkSize(name, asked, 1)
  return Math.min(asked, availableCpus())
}

let preset: Threads = 1

/**
 * Sets how many threads kernels use that are compiled from now on, in this JavaScript thread, without saying it
 * themselves; 1 until then. More than there are CPUs means as many as there are.
 */
export function setThreads(threads: Threads): void {
  resolveThreads(threads)
  preset = threads
}

/** What setThreads has set, at most the number of CPUs. */
export function defaultThreads(): number {
  return preset === 1 ? 1 : resolveThreads(preset)
}
