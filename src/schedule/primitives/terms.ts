/** `terms` and `termsAhead`: what zero points and bias add to rows and columns, made before they are used. */
import { type Primitive, rewrite, ScheduleError, type Statement, type TileProgram } from '../tile-program.ts'

const made = (operand: 'A' | 'B'): Statement => ({ kind: 'terms', operand, result: null })

function refuseWithout({ terms }: TileProgram, name: string): void {
  if (terms === null) throw new ScheduleError(`${name}: the program has no place for terms`)
}

/**
 * Makes the terms of A's rows where every block loop has fixed them, those of B's columns just before B is packed, or
 * ahead of everything when it comes as panels. Applied after `block` and `pack`, before `stage` and `registerTile`.
 */
export function terms(operand: 'A' | 'B'): Primitive {
  const name = `terms(${operand})`
  return {
    name,
    apply: (program) => {
      refuseWithout(program, name)
      if (operand === 'B' && program.panels === 'given') return termsAhead(operand).apply(program)
      const before = operand === 'A' ? 'contract' : 'pack'
      return {
        ...program,
        body: rewrite(program.body, (s) => (s.kind === before ? [made(operand), s] : [s])),
      }
    },
  }
}

/** Makes the terms of all rows or columns of a product before anything else. */
export function termsAhead(operand: 'A' | 'B'): Primitive {
  const name = `termsAhead(${operand})`
  const ahead = (body: readonly Statement[]): readonly Statement[] => {
    const [only] = body
    return only?.kind === 'batch' ? [{ ...only, body: ahead(only.body) }] : [made(operand), ...body]
  }
  return {
    name,
    apply: (program) => {
      refuseWithout(program, name)
      return { ...program, body: ahead(program.body) }
    },
  }
}
