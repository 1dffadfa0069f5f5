/** A seeded random source: the same seed gives the same cases on every machine. */

export interface Random {
  /** An integer from 0 to below `limit`. */
  below(limit: number): number
  /** One of the choices. */
  pick<T>(choices: readonly T[]): T
  /** True once in `times`. */
  oneIn(times: number): boolean
}

/** mulberry32: 32 bits of state, plenty for choosing operands. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0
  const below = (limit: number): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 0x100000000) * limit)
  }
  return {
    below,
    pick: (choices) => choices[below(choices.length)]!,
    oneIn: (times) => below(times) === 0,
  }
}
