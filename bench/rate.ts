/** How rates are measured: many short rounds, of which the fastest counts, since other work on the machine only slows one. */

/** Rounds at least, and for so long at least. */
const ROUNDS = 30
const MILLISECONDS = 1500

export interface Rate {
  readonly name: string
  /** Things a second. */
  readonly rate: number
}

/** Things a second in the fastest round; a round says how many it did, and should take a few milliseconds. */
export function fastest(round: () => number): number {
  const end = performance.now() + MILLISECONDS
  let best = 0
  for (let i = 0; i < ROUNDS || performance.now() < end; i++) {
    const start = performance.now()
    const count = round()
    best = Math.max(best, count / (performance.now() - start))
  }
  return 1000 * best
}

export function printRates(rates: readonly Rate[]): void {
  const width = Math.max(...rates.map(({ name }) => name.length))
  for (const { name, rate } of rates) {
    console.log(`${name.padEnd(width)}  ${(rate / 1e6).toFixed(2).padStart(6)} M/s`)
  }
}
