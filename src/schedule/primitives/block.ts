/** `block`: walks dimensions in cache-sized blocks around the contraction. */
import {
  type BlockLoop,
  type Dim,
  type Primitive,
  rewrite,
  ScheduleError,
  type Size,
  type Statement,
} from '../tile-program.ts'

/** One level of blocking: at most `size` elements, cut at multiples of `unit` (1 when left out). */
export interface BlockLevel {
  readonly dim: Dim
  readonly size: Size
  readonly unit?: number
  /** Of k: elements far apart instead of neighbours, false when left out. */
  readonly isComb?: boolean
  /** Of k: how rows of B are copied together, null when left out. */
  readonly relays?: BlockLoop['relays']
}

/**
 * Wraps the contraction in block loops, the first level outermost.
 * `block({ dim: 'n', size: 512 }, { dim: 'k', size: 1024 })`.
 */
export function block(...levels: readonly BlockLevel[]): Primitive {
  return {
    name: `block(${levels.map((level) => `${level.dim}: ${level.size}`).join(', ')})`,
    apply: (program) => {
      const dims = levels.map((level) => level.dim)
      if (new Set(dims).size !== dims.length) {
        throw new ScheduleError(`block: each dimension once, given ${dims.join(', ')}`)
      }
      const nest = (statement: Statement): Statement =>
        [...levels].reverse().reduce<Statement>(
          (body, { dim, size, unit = 1, isComb = false, relays = null }) => ({
            kind: 'block',
            part: 'all',
            dim,
            size,
            unit,
            isComb,
            relays,
            body: [body],
          }),
          statement,
        )
      return {
        ...program,
        body: rewrite(program.body, (s) => (s.kind === 'contract' ? [nest(s)] : [s])),
      }
    },
  }
}
