/** `pairSteps`: two K-steps side by side in one vector. */
import { type Primitive, rewrite, ScheduleError } from '../tile-program.ts'

/**
 * Puts K-steps k and k + 1 into the even and odd elements of vectors that few columns would leave half empty, or that
 * would make too few sums to hide a multiply-add's latency. Even and odd steps are summed apart and added
 * at the end. B is read in place and C has one vector of columns.
 */
export function pairSteps(): Primitive {
  return {
    name: 'pairSteps',
    apply: (program) => ({
      ...program,
      body: rewrite(program.body, (s) => {
        if (s.kind !== 'tile' || s.steps === 'lanes') return [s]
        if (s.b !== 'in place') throw new ScheduleError(`pairSteps: B must be read in place, is read ${s.b}`)
        return [{ ...s, steps: 'pairs' }]
      }),
    }),
  }
}
