/** `tailInLanes`: the last few columns, with several K-steps of each in one vector. */
import { type Primitive, rewrite, ScheduleError, type Statement } from '../tile-program.ts'

/**
 * Cuts the last `columns` off and computes them apart, K-steps in 128-bit lanes, by tiles of at most `rows` rows: a
 * masked vector would spend as many multiply-adds on them as on a whole vector of columns. Applied
 * before `block`, so that the others are blocked alone.
 */
export function tailInLanes(columns: number, rows: number): Primitive {
  const name = `tailInLanes(${columns})`
  return {
    name,
    apply: (program) => {
      const { n } = program.sizes
      if (n === 'runtime' || n <= columns || columns < 1) {
        throw new ScheduleError(`${name}: n must be known and greater, is ${n}`)
      }
      const rest: readonly Statement[] = [
        { kind: 'pack', operand: 'B', optional: false, layout: 'lanes', width: columns, asks: false },
        {
          kind: 'tiles',
          part: 'all',
          dim: 'n',
          size: columns,
          lead: 0,
          leadsToLines: false,
          body: [
            {
              kind: 'tiles',
              part: 'all',
              dim: 'm',
              size: rows,
              lead: 0,
              leadsToLines: false,
              body: [
                {
                  kind: 'tile',
                  m: rows,
                  n: columns,
                  b: 'panel',
                  aPacked: false,
                  steps: 'lanes',
                  unroll: 1,
                  prefetches: false,
                  readsAhead: 0,
                },
              ],
            },
          ],
        },
      ]
      return {
        ...program,
        body: rewrite(program.body, (s) =>
          s.kind === 'contract' ? [{ kind: 'split', tail: columns, body: [s], rest }] : [s],
        ),
      }
    },
  }
}
