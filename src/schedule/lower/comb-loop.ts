/** Lowers blocks of k that are combs: elements ⌊k / size⌋ apart, so that each line of B goes on where the last block left its own. */
import type { MaskKind, VectorKind } from '../operand-kinds.ts'
import { advance, isKnown, scale } from '../quantity.ts'
import { type BlockLoop, ScheduleError } from '../tile-program.ts'
import { type Cursor, counted, type Environment, type Lowering, ownCursors, shifted } from './environment.ts'

/**
 * k = tooth · teeth + rest: a block has `size` elements, one of each run of `teeth` neighbours, and the next block their
 * neighbours. What is left over is a block of its own, of neighbours.
 */
export function lowerCombLoop<K extends VectorKind, M extends MaskKind>(
  cx: Lowering<K, M>,
  { size, dim }: Pick<BlockLoop, 'size' | 'dim'>,
  env: Environment<M>,
  body: (env: Environment<M>) => void,
): void {
  const { f, product, program } = cx
  const { group } = product
  const units = env.extents.k
  if (dim !== 'k' || !isKnown(units) || size === 'runtime' || !isKnown(env.kRest) || size % group !== 0)
    throw new ScheduleError(`${program.name}: a comb needs k known, and whole units`)
  const k = env.kRest === 0 ? units * group : (units - 1) * group + env.kRest
  const run = Math.floor(k / size)
  const left = k - run * size
  const apart = (cursor: Cursor): Cursor => ({
    ...cursor,
    step: scale(f, cursor.step!, run, 'comb.step'),
    strides: { ...cursor.strides, k: scale(f, cursor.strides.k!, run, 'comb.stride') },
  })
  const tooth = (at: Environment<M>): Environment<M> => ({
    ...at,
    kRest: 0,
    extents: { ...at.extents, k: size / group },
    cursors: { ...at.cursors, A: apart(at.cursors.A), B: apart(at.cursors.B) },
  })
  if (run > 0) {
    body(tooth(env))
    const own = { ...ownCursors(f, env, 'k', 'comb'), beta: 1 }
    const next = (): void => {
      for (const { base, step } of [own.cursors.A, own.cursors.B]) advance(f, base, step!)
    }
    if (run > 1) {
      counted(f, 'comb', run - 1, false, () => {
        next()
        body(tooth(own))
      })
    }
  }
  if (left === 0 && run > 0) return
  body({
    ...shifted(f, env, 'k', (run * size) / group),
    ...{ beta: run > 0 ? 1 : env.beta, kRest: left % group },
    extents: { ...env.extents, k: Math.ceil(left / group) },
  })
}
