/** `pack`, `packOnTheWay` and `packedBeforehand`: the ways to have B in contiguous panels. */
import { type Dim, type Primitive, rewrite, ScheduleError, type Statement } from '../tile-program.ts'

/** Whether these tiles are those of columns cut off, which have a panel of their own kind. */
function inLanes(statement: Statement): boolean {
  if (statement.kind === 'tile') return statement.steps === 'lanes'
  return 'body' in statement && statement.body.some(inLanes)
}

function mentions(statement: Statement, dim: Dim): boolean {
  if (!('body' in statement)) return false
  return (statement.kind === 'block' && statement.dim === dim) || statement.body.some((s) => mentions(s, dim))
}

/**
 * Packs B in a pass of its own, at the outermost place where its block is fixed: inside every block loop over
 * k or n, outside those over m, so that one packed block serves all rows. Applied before `registerTile`. When
 * `optional`, each call says whether it is done.
 */
export function pack(operand: 'B', optional = false): Primitive {
  const place = (body: readonly Statement[]): readonly Statement[] => {
    const [only, ...others] = body
    if (only === undefined || others.length > 0) {
      throw new ScheduleError(`pack(${operand}): the program is already packed; pack once`)
    }
    if (only.kind === 'split') return [{ ...only, body: place(only.body) }]
    if (only.kind === 'batch' || (only.kind === 'block' && (mentions(only, 'n') || mentions(only, 'k')))) {
      return [{ ...only, body: place(only.body) }]
    }
    const used = rewrite([only], (s) =>
      s.kind === 'contract' ? [{ ...s, b: optional ? 'either' : 'panel' }] : [s],
    )
    return [{ kind: 'pack', operand, optional, layout: 'panels', width: 0, asks: false }, ...used]
  }
  return {
    name: `pack(${operand}${optional ? ', optional' : ''})`,
    apply: (program) => ({ ...program, body: place(program.body) }),
  }
}

/**
 * Lets the first tile of rows leave its panel of B behind while it computes, and all further ones read it
 * there: the copy costs stores alone, which multiply-adds leave free. Applied after `registerTile`, whose
 * outer loop must be over n. Under a block loop over m, the first block's first tiles make the panels of all.
 */
export function packOnTheWay(operand: 'B'): Primitive {
  const name = `packOnTheWay(${operand})`
  const reading = (body: readonly Statement[], b: 'copying' | 'panel'): readonly Statement[] =>
    rewrite(body, (s) => (s.kind === 'tile' && s.steps === 'single' ? [{ ...s, b }] : [s]))
  /** Splits the loop over tiles of m into the first, which copies, and the rest. */
  const split = (body: readonly Statement[]): readonly Statement[] =>
    rewrite(body, (s) => {
      if (s.kind !== 'tiles' || s.dim !== 'm' || inLanes(s)) return [s]
      return [
        { ...s, part: 'first', body: reading(s.body, 'copying') },
        { ...s, part: 'rest', body: reading(s.body, 'panel') },
      ]
    })
  return {
    name,
    apply: (program) => {
      let blocks = false
      const body = rewrite(program.body, (s) => {
        if (s.kind === 'pack' && s.operand === 'B' && s.layout === 'panels')
          throw new ScheduleError(`${name}: B is packed already`)
        if (s.kind === 'tiles' && s.dim === 'm' && s.body.some((inner) => inner.kind === 'tiles')) {
          throw new ScheduleError(
            `${name}: the outer tile loop must be over n, so that a panel serves all rows`,
          )
        }
        if (s.kind !== 'block' || s.dim !== 'm') return [s]
        blocks = true
        return [
          { ...s, part: 'first', body: split(s.body) },
          { ...s, part: 'rest', body: reading(s.body, 'panel') },
        ]
      })
      return blocks ? { ...program, body, panels: 'block' } : { ...program, body: split(body), panels: 'one' }
    },
  }
}

/** Takes B as panels of the register tile's width that somebody has made before. Applied before `registerTile`. */
export function packedBeforehand(operand: 'B'): Primitive {
  return {
    name: `packedBeforehand(${operand})`,
    apply: (program) => ({
      ...program,
      panels: 'given',
      body: rewrite(program.body, (s) => (s.kind === 'contract' ? [{ ...s, b: 'panel' }] : [s])),
    }),
  }
}

/**
 * Packs a transposed A, block by block, where every block loop has fixed it: its lines are columns, far apart, of which
 * a tile wants a few elements each. `offset` is where its panels lie in the workspace. Applied after `block`, before
 * `registerTile`.
 */
export function packA(offset: number): Primitive {
  return {
    name: 'pack(A)',
    apply: (program) => {
      if (program.matrices.A.dims[0] !== 'k')
        throw new ScheduleError('pack(A): only a transposed A is packed')
      return {
        ...program,
        panelsOfA: offset,
        body: rewrite(program.body, (s) =>
          s.kind === 'contract'
            ? [{ kind: 'pack', operand: 'A', optional: false, layout: 'panels', width: 0, asks: false }, s]
            : [s],
        ),
      }
    },
  }
}
