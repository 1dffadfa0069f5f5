/** `unroll`: puts several nanokernels into one iteration of the microkernel's k loop. */
import { changedTile } from '../changed-tile.ts'
import { type Primitive, rewrite, ScheduleError } from '../tile-program.ts'

/** Unrolls the k loop of every register tile by `factor`; the remainder of k runs one step at a time. */
export function unroll(dim: 'k', factor: number): Primitive {
  return {
    name: `unroll(${dim}, ${factor})`,
    apply: (program) => {
      if (!(Number.isInteger(factor) && factor > 0)) {
        throw new ScheduleError(`unroll: the factor must be a positive integer, given ${factor}`)
      }
      return {
        ...program,
        body: rewrite(program.body, (s) => (s.kind === 'tile' ? [changedTile(s, { unroll: factor })] : [s])),
      }
    },
  }
}
