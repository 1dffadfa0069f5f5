/** `prefetch`: lets every register tile ask for what will be needed once its K-steps are done. */
import { type Primitive, rewrite } from '../tile-program.ts'

/** C's part of each tile, and the first lines of the rows of A that the next tile of rows reads. */
export function prefetch(): Primitive {
  return {
    name: 'prefetch()',
    apply: (program) => ({
      ...program,
      body: rewrite(program.body, (s) => (s.kind === 'tile' ? [{ ...s, prefetches: true }] : [s])),
    }),
  }
}
