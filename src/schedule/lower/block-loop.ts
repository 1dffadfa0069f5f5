/** Lowers cache-block loops: known sizes are cut when compiling, others at each call. */
import { mem } from '../../encoder/operands.ts'
import type { MaskKind, VectorKind } from '../machine.ts'
import { ceilDiv, copy, divide, inRegister, isKnown, minimum, scale } from '../quantity.ts'
import type { BlockLoop } from '../tile-program.ts'
import { counted, type Environment, type Lowering, moveCursors, ownCursors, shifted } from './environment.ts'

/** Even cuts: as few blocks as `size` allows, all but the last equal and multiples of `unit`. */
export function evenBlock(extent: number, size: number, unit: number): number {
  const blocks = Math.max(1, Math.ceil(extent / size))
  return Math.ceil(extent / blocks / unit) * unit
}

export function lowerBlockLoop<K extends VectorKind, M extends MaskKind>(
  cx: Lowering<K, M>,
  loop: BlockLoop,
  env: Environment<M>,
  body: (env: Environment<M>) => void,
): void {
  const { f } = cx
  const { dim } = loop
  const extent = env.extents[dim]
  const name = `block.${dim}`
  if (isKnown(extent)) {
    const step = evenBlock(extent, loop.size, loop.unit)
    const whole = Math.floor(extent / step)
    const rest = extent - whole * step
    const inside = (at: Environment<M>, size: number): Environment<M> => ({
      ...at,
      extents: { ...at.extents, [dim]: size },
    })
    if (dim === 'k' && whole + (rest > 0 ? 1 : 0) > 1) {
      // The first block of k starts the sums, the others add to what C holds by then.
      body(inside(env, step))
      const later = { ...ownCursors(f, shifted(f, env, 'k', step), 'k', name), accumulate: true }
      counted(f, name, whole - 1, false, () => {
        body(inside(later, step))
        moveCursors(f, later, 'k', step)
      })
      if (rest > 0) body(inside(later, rest))
      return
    }
    if (whole === 1) {
      body(inside(env, step))
      if (rest > 0) body(inside(shifted(f, env, dim, step), rest))
      return
    }
    const own = ownCursors(f, env, dim, name)
    counted(f, name, whole, false, () => {
      body(inside(own, step))
      moveCursors(f, own, dim, step)
    })
    if (rest > 0) body(inside(own, rest))
    return
  }

  // The same cuts at run time: blocks = ⌈extent / size⌉, step = ⌈⌈extent / blocks⌉ / unit⌉ · unit.
  const blocks = inRegister(f, ceilDiv(f, extent, loop.size, `${name}.count`), `${name}.count`)
  const sum = f.gp(`${name}.sum`)
  f.lea(sum, mem(extent, blocks, 1, -1))
  const even = divide(f, sum, blocks, `${name}.even`).quotient
  const step = scale(f, ceilDiv(f, even, loop.unit, `${name}.units`), loop.unit, `${name}.step`)
  const own = ownCursors(f, env, dim, name)
  const left = copy(f, extent, `${name}.left`)
  const flag = dim === 'k' ? f.gp('accumulate') : null
  if (flag !== null) {
    if (typeof env.accumulate === 'boolean') f.mov(flag, env.accumulate ? 1 : 0)
    else f.mov(flag, env.accumulate)
  }
  f.enterLoop(name)
  const top = f.label(name)
  f.bind(top)
  const size = minimum(f, left, step, `${name}.size`)
  body({ ...own, extents: { ...own.extents, [dim]: size }, accumulate: flag ?? own.accumulate })
  moveCursors(f, own, dim, step)
  if (flag !== null) f.mov(flag, 1)
  f.sub(left, inRegister(f, step, name))
  f.ja(top)
  f.exitLoop()
}
