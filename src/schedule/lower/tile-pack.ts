/** Lowers the passes that make operands fit for tile registers. */
import type { TilePack } from '../tile-program.ts'
import { copyTails, transposeA } from './tile-pack-a.ts'
import { packB } from './tile-pack-b.ts'
import type { TileEnvironment, TileWork } from './tile-work.ts'

/** Emits the pass; the environment returned knows where its result is. */
export function lowerTilePack(work: TileWork, pack: TilePack, env: TileEnvironment): TileEnvironment {
  switch (pack.what) {
    case 'B':
      packB(work, pack, env)
      return env
    case 'A':
      return transposeA(work, pack, env)
    case 'tails of A':
      return copyTails(work, pack, env)
  }
}
