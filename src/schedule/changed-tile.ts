/** How rewrites change a register tile. */
import type { RegisterTile } from './tile-program.ts'

/** A register tile with some of its facts replaced; property by property, as is cheapest where many are changed. */
export function changedTile(tile: RegisterTile, change: Partial<RegisterTile>): RegisterTile {
  return {
    kind: 'tile',
    m: change.m ?? tile.m,
    n: change.n ?? tile.n,
    b: change.b ?? tile.b,
    aPacked: change.aPacked ?? tile.aPacked,
    steps: change.steps ?? tile.steps,
    unroll: change.unroll ?? tile.unroll,
    prefetches: change.prefetches ?? tile.prefetches,
    readsAhead: change.readsAhead ?? tile.readsAhead,
  }
}
