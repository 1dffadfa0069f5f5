/** `readAhead`: lets every register tile ask for what lies behind the lines of B that it reads. */
import { changedTile } from '../changed-tile.ts'
import { type Primitive, rewrite } from '../tile-program.ts'

/** So many bytes ahead, for a B that comes from far and is read once. */
export function readAhead(bytes: number): Primitive {
  return {
    name: `readAhead(${bytes})`,
    apply: (program) => ({
      ...program,
      body: rewrite(program.body, (s) => (s.kind === 'tile' ? [changedTile(s, { readsAhead: bytes })] : [s])),
    }),
  }
}
