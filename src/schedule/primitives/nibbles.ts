/** `nibbles`: tiles of one row multiply bytes of B as they are by nibbles of A. */
import { type Primitive, rewrite, ScheduleError } from '../tile-program.ts'

/** Applied after `stage` and `registerTile`; blocks of k may have no more elements than the target says. */
export function nibbles(): Primitive {
  return {
    name: 'nibbles()',
    apply: (program) => ({
      ...program,
      body: rewrite(program.body, (s) => {
        if (s.kind === 'stage' && s.operand === 'A') return [{ ...s, nibbles: true }]
        if (s.kind !== 'tile') return [s]
        if (s.b !== 'in place' || s.m !== 1) throw new ScheduleError('nibbles: one row, and B in place')
        return [{ ...s, steps: 'nibbles' }]
      }),
    }),
  }
}
