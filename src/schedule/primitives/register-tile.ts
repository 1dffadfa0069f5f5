/** `registerTile`: cuts the contraction into tiles of C that stay in registers for all of k. */
import { type Primitive, rewrite, ScheduleError, type SourceOfB, type Statement } from '../tile-program.ts'

/**
 * Replaces the contraction by loops over register tiles of at most `m` rows and `n` columns.
 * A narrower first tile of `leadColumns` lets the others begin on cache lines; with `leadsToLines` it is made only where it does.
 * `order` names the outer of the two tile loops: 'n' keeps a panel of B near while A streams past it.
 */
export function registerTile(tile: {
  readonly m: number
  readonly n: number
  readonly order?: 'm' | 'n'
  readonly leadColumns?: number
  readonly leadsToLines?: boolean
}): Primitive {
  const { m, n, order = 'n', leadColumns = 0, leadsToLines = false } = tile
  return {
    name: `registerTile(${m}×${n})`,
    apply: (program) => {
      if (!(Number.isInteger(m) && m > 0 && Number.isInteger(n) && n > 0)) {
        throw new ScheduleError(`registerTile: m and n must be positive integers, given ${m}×${n}`)
      }
      const inner = order === 'n' ? 'm' : 'n'
      const size = { m, n }
      const lead = { m: 0, n: leadColumns }
      const tiles = (b: SourceOfB): Statement => ({
        kind: 'tiles',
        part: 'all',
        dim: order,
        size: size[order],
        lead: lead[order],
        leadsToLines,
        body: [
          {
            kind: 'tiles',
            part: 'all',
            dim: inner,
            size: size[inner],
            lead: lead[inner],
            leadsToLines,
            body: [
              {
                kind: 'tile',
                m,
                n,
                b,
                aPacked: program.panelsOfA !== null,
                steps: 'single',
                unroll: 1,
                prefetches: false,
                readsAhead: 0,
              },
            ],
          },
        ],
      })
      return {
        ...program,
        body: rewrite(program.body, (s) => {
          if (s.kind === 'contract') return [tiles(s.b)]
          return s.kind === 'pack' && s.width === 0 ? [{ ...s, width: s.operand === 'A' ? m : n }] : [s]
        }),
      }
    },
  }
}
