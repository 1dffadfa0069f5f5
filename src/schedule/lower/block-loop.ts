/** Lowers cache-block loops: known sizes are cut when compiling, others at each call. */
import { mem } from '../../encoder/operands.ts'
import type { V } from '../../regalloc/function.ts'
import type { MaskKind, VectorKind } from '../operand-kinds.ts'
import { PRODUCT_TYPES } from '../product-type.ts'
import { ceilDiv, copy, divide, inRegister, isKnown, minimum, type Quantity, scale } from '../quantity.ts'
import type { BlockLoop } from '../tile-program.ts'
import { counted, type Environment, type Lowering, moveCursors, ownCursors, shifted } from './environment.ts'
import { factorBits, factorInRegister } from './epilogue.ts'

/** Even cuts: as few blocks as `size` allows, all but the last equal and multiples of `unit`. */
export function evenBlock(extent: number, size: number, unit: number): number {
  const blocks = Math.max(1, Math.ceil(extent / size))
  return Math.ceil(extent / blocks / unit) * unit
}

type Body<M extends MaskKind> = (env: Environment<M>) => void

export function lowerBlockLoop<K extends VectorKind, M extends MaskKind>(
  cx: Lowering<K, M>,
  loop: BlockLoop,
  env: Environment<M>,
  body: Body<M>,
): void {
  const extent = env.extents[loop.dim]
  // k is walked in units.
  const group = loop.dim === 'k' ? cx.product.group : 1
  const size = ceilDiv(cx.f, cx.size(loop.size, `block_${loop.dim}`), group, `block.${loop.dim}.units`)
  const unit = Math.max(1, loop.unit / group)
  if (isKnown(extent) && isKnown(size)) knownBlocks(cx, { ...loop, size, unit }, extent, env, body)
  else
    runtimeBlocks(
      cx,
      { ...loop, unit },
      size,
      inRegister(cx.f, extent, `block.${loop.dim}.extent`),
      env,
      body,
    )
}

function inside<M extends MaskKind>(
  env: Environment<M>,
  dim: BlockLoop['dim'],
  size: Quantity,
  kRest: Quantity = dim === 'k' ? 0 : env.kRest,
): Environment<M> {
  return { ...env, kRest, extents: { ...env.extents, [dim]: size } }
}

function knownBlocks<K extends VectorKind, M extends MaskKind>(
  cx: Lowering<K, M>,
  { dim, size, unit, part }: BlockLoop & { readonly size: number },
  extent: number,
  env: Environment<M>,
  body: Body<M>,
): void {
  const { f } = cx
  const step = Math.min(evenBlock(extent, size, unit), extent)
  // A last unit that is not whole sets its block apart from the others.
  const isCut = dim === 'k' && env.kRest !== 0
  const whole = step === 0 ? 1 : isCut ? Math.ceil(extent / step) - 1 : Math.floor(extent / step)
  const last = extent - whole * step
  if (whole === 0) {
    if (part !== 'rest') body(env)
    return
  }
  // The first block of k starts the sums and the others add to what C holds by then, so they differ too.
  const apart = part !== 'all' || dim === 'k'
  if (part !== 'rest' && (apart || whole === 1)) body(inside(env, dim, step))
  if (part === 'first') return
  const done = apart || whole === 1 ? 1 : 0
  let at: Environment<M> = shifted(f, env, dim, done * step)
  if (dim === 'k') at = { ...at, beta: 1 }
  if (whole - done > 1) at = ownCursors(f, at, dim, `block.${dim}`)
  counted(f, `block.${dim}`, whole - done, false, () => {
    body(inside(at, dim, step))
    if (whole - done > 1) moveCursors(f, at, dim, step)
  })
  if (whole - done === 1) at = shifted(f, at, dim, step)
  if (last > 0) body(inside(at, dim, last, env.kRest))
}

function runtimeBlocks<K extends VectorKind, M extends MaskKind>(
  cx: Lowering<K, M>,
  { dim, unit, part }: BlockLoop,
  size: Quantity,
  extent: V<'r64'>,
  env: Environment<M>,
  body: Body<M>,
): void {
  const { f } = cx
  const name = `block.${dim}`
  // The same cuts: blocks = ⌈extent / size⌉, step = ⌈⌈extent / blocks⌉ / unit⌉ · unit.
  const blocks = copy(f, blockCount(cx, extent, size, `${name}.count`), `${name}.count`)
  // k = 0 is one empty block: C still gets its beta.
  f.cmp(blocks, 1)
  f.adc(blocks, 0)
  const sum = f.gp(`${name}.sum`)
  f.lea(sum, mem(extent, blocks, 1, -1))
  const even = divide(f, sum, blocks, `${name}.even`).quotient
  const step = inRegister(f, scale(f, ceilDiv(f, even, unit, `${name}.units`), unit, `${name}.step`), name)
  if (part === 'first') {
    body(inside(env, dim, minimum(f, extent, step, `${name}.size`), env.kRest))
    return
  }

  const own = ownCursors(f, env, dim, name)
  const left = copy(f, extent, `${name}.left`)
  const end = f.label(`${name}.end`)
  if (part === 'rest') {
    moveCursors(f, own, dim, step)
    f.sub(left, step)
    f.jbe(end)
  }
  const beta = dim === 'k' ? factorInRegister(cx, env.beta, 'beta') : null
  f.enterLoop(name)
  const top = f.label(name)
  f.bind(top)
  const current = minimum(f, left, step, `${name}.size`)
  const rest = dim === 'k' ? restOfBlock(cx, env.kRest, left, step) : env.kRest
  body({ ...inside(own, dim, current, rest), beta: beta ?? own.beta })
  moveCursors(f, own, dim, step)
  if (beta !== null) f.mov(beta, factorBits(1, PRODUCT_TYPES[cx.program.type].sum))
  f.sub(left, step)
  f.ja(top)
  f.exitLoop()
  f.bind(end)
}

/** Elements in the last unit of a block that is the last one, else 0. */
function restOfBlock<K extends VectorKind, M extends MaskKind>(
  { f }: Lowering<K, M>,
  rest: Quantity,
  left: V<'r64'>,
  step: V<'r64'>,
): Quantity {
  if (rest === 0) return 0
  const of = copy(f, 0, 'block.rest')
  const last = inRegister(f, rest, 'block.rest')
  f.cmp(left, step)
  f.cmovbe(of, last)
  return of
}

/** ⌈extent / size⌉. */
function blockCount<K extends VectorKind, M extends MaskKind>(
  { f }: Lowering<K, M>,
  extent: V<'r64'>,
  size: Quantity,
  name: string,
): Quantity {
  if (isKnown(size)) return ceilDiv(f, extent, size, name)
  const up = f.gp(name)
  f.lea(up, mem(extent, size, 1, -1))
  return divide(f, up, size, name).quotient
}
