/** `stage`: brings an operand into units before it is used. */
import { type Primitive, rewrite, ScheduleError } from '../tile-program.ts'

/**
 * Stages B just before it is packed, A where every block loop has fixed it. Applied after `block` and `pack`, before
 * `registerTile`.
 */
export function stage(operand: 'A' | 'B'): Primitive {
  const name = `stage(${operand})`
  return {
    name,
    apply: (program) => {
      if (program.stages[operand] === null)
        throw new ScheduleError(`${name}: the program has no place in the workspace for it`)
      const before = operand === 'A' ? 'contract' : 'pack'
      return {
        ...program,
        body: rewrite(program.body, (s) =>
          s.kind === before ? [{ kind: 'stage', operand, nibbles: false }, s] : [s],
        ),
      }
    },
  }
}
