/** What requantisation reads beside the sums, as cursors that move along rows and columns of C. */
import type { V } from '../../regalloc/function.ts'
import type { MaskKind } from '../machine.ts'
import type { TileProgram } from '../tile-program.ts'
import type { Cursor, Environment } from './environment.ts'

/** Where scales and terms lie, 4 bytes each; a column-major product's rows are the problem's columns. */
export function requantisationCursors(
  { requantise, sizeParameters }: TileProgram,
  parameter: (name: string) => V<'r64'>,
): Pick<Environment<MaskKind>['cursors'], 'S' | 'X' | 'Y'> {
  if (requantise === null) return {}
  const cursor = (name: string, strides: Cursor['strides']): Cursor => ({
    ...{ base: parameter(name), offset: 0, strides },
  })
  const terms = (dim: 'm' | 'n'): Cursor =>
    cursor(sizeParameters[dim] === 'm' ? 'row_terms' : 'column_terms', { [dim]: 4 })
  const { scale } = requantise
  return {
    S: cursor('scales', scale === 'tensor' ? {} : { [scale]: 4 }),
    ...(requantise.terms.m ? { X: terms('m') } : {}),
    ...(requantise.terms.n ? { Y: terms('n') } : {}),
  }
}
