/** `pack`: copies blocks of B into contiguous panels before they are used. */
import { type Dim, type Primitive, ScheduleError, type Statement } from '../tile-program.ts'

function mentions(statement: Statement, dim: Dim): boolean {
  return (
    'body' in statement &&
    ((statement.kind === 'block' && statement.dim === dim) || statement.body.some((s) => mentions(s, dim)))
  )
}

/**
 * Packs B at the outermost place where its block is fixed: inside every block loop over k or n,
 * outside those over m, so that one packed block serves all rows.
 */
export function pack(operand: 'B'): Primitive {
  const place = (body: readonly Statement[]): readonly Statement[] => {
    const [only, ...others] = body
    if (only === undefined || others.length > 0) {
      throw new ScheduleError(`pack(${operand}): the program is already packed; pack once`)
    }
    if (only.kind === 'block' && (mentions(only, 'n') || mentions(only, 'k'))) {
      return [{ ...only, body: place(only.body) }]
    }
    return [{ kind: 'pack', operand, width: 0 }, only]
  }
  return { name: `pack(${operand})`, apply: (program) => ({ ...program, body: place(program.body) }) }
}
