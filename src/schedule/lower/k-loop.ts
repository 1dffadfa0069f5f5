/** The k loop of a register tile: nanokernels, what streams and what stays, and the last unit. */
import type { V } from '../../regalloc/function.ts'
import type { Nanokernel } from '../machine.ts'
import type { Address, MaskKind, VectorKind } from '../operand-kinds.ts'
import { STORAGE_BYTES } from '../product-type.ts'
import { isKnown, type Quantity } from '../quantity.ts'
import type { RegisterTile } from '../tile-program.ts'
import { counted, countedDown, type Environment, type Lowering } from './environment.ts'
import { wholeUnits, withKnown } from './interleave.ts'
import { askingForB } from './prefetch.ts'
import { type RelayedPiece, relayedPiece } from './relay-loop.ts'
import {
  addressOfA,
  elementBroadcast,
  elementsOfB,
  type LoadsOfB,
  loadsOfB,
  operands,
  readsLines,
  type Steps,
  vectorsOfB,
} from './tile-operands.ts'

/** Up to this many K-steps the k loop is unrolled whole. */
const WHOLE_UNROLL = 8

/** The k loop: `unroll` nanokernels an iteration, then the rest one by one, then a unit that k does not fill. */
export function overK<K extends VectorKind, M extends MaskKind>(
  cx: Lowering<K, M>,
  tile: RegisterTile,
  env: Environment<M>,
  sums: Sums<K>,
): void {
  const { f } = cx
  const unroll = stepsOfIteration(cx, tile, env)
  // What was staged is filled up with zeros, and so are panels.
  const isPadded = env.cursors.A.isPadded === true && !readsLines(cx, tile)
  const rest = isPadded ? 0 : env.kRest
  const k = wholeUnits(cx, { ...env, kRest: rest })
  const last = (steps: Steps<K, M>, step: number): void => lastUnit(cx, env, sums, steps, step, rest)
  if (isKnown(k) && k <= Math.max(unroll, WHOLE_UNROLL) && env.relay === null) {
    const steps = operands(cx, env, tile, k + 1, false)
    for (let step = 0; step < k; step++) nanokernel(cx, env, sums, steps, step)
    last(steps, k)
    return
  }
  const steps = operands(cx, env, tile, unroll, true)
  if (isKnown(k)) {
    const iterations = Math.floor(k / unroll)
    const ask = askingForB(cx, env, iterations)
    const piece = relayedPiece(cx, env, unroll)
    counted(f, 'k', iterations, true, () => {
      ask()
      iteration(cx, env, sums, steps, unroll, piece)
    })
    piece?.done()
    for (let step = 0; step < k % unroll; step++) nanokernel(cx, env, sums, steps, step)
    last(steps, k % unroll)
    return
  }
  if (unroll === 1) counted(f, 'k', k, true, () => iteration(cx, env, sums, steps, 1))
  else {
    // Shift and mask leave in the flags whether there is anything.
    const whole = f.gp('k.whole')
    f.mov(whole, k)
    f.shr(whole, Math.log2(unroll))
    countedDown(f, 'k', whole, false, true, () => iteration(cx, env, sums, steps, unroll))
    const rest = f.gp('k.rest')
    f.mov(rest, k)
    f.and(rest, unroll - 1)
    countedDown(f, 'k.rest', rest, false, true, () => iteration(cx, env, sums, steps, 1))
  }
  last(steps, 0)
}

/**
 * K-steps of an iteration. A kernel for all sizes has code for dozens of tiles, and much of it was K-steps of tiles that
 * gain nothing by being unrolled: those whose last vector is partial, where masks are dear and that has code of its own,
 * and those of one vector, whose few sums wait for one another. Step by step they ran as fast (Zen 3, f32), and the kernel
 * has a quarter fewer instructions to compile; tiles of few rows by two vectors, which read B from afar, lost 3 %.
 */
function stepsOfIteration<K extends VectorKind, M extends MaskKind>(
  { machine, product, program }: Lowering<K, M>,
  { unroll }: RegisterTile,
  { extents, tile: { lastLanes, mask, vectors } }: Environment<M>,
): number {
  if (isKnown(extents.k)) return unroll
  const isPartial = mask !== null && !isKnown(lastLanes) && machine.maskRegisters > 0
  const { m, n } = program.sizes
  const isOneOfMany = m === 'runtime' && n === 'runtime' && product.parts === null
  return isPartial || (isOneOfMany && vectors === 1) ? 1 : unroll
}

/**
 * The last unit, which has `rest` elements: A's are put together in a general register, above them zeros, as there are in
 * B's panel. Nothing behind them is read.
 */
export function lastUnit<K extends VectorKind, M extends MaskKind>(
  cx: Lowering<K, M>,
  env: Environment<M>,
  sums: Sums<K>,
  steps: Steps<K, M>,
  step: number,
  rest: Quantity,
): void {
  if (rest === 0) return
  const { f, product, kernel } = cx
  const end = f.label('k.last.end')
  if (!isKnown(rest)) {
    f.test(rest, rest)
    f.je(end)
  }
  withKnown(cx, rest, product.group - 1, 'k.last', (count) => {
    if (env.cursors.A.isPadded === true) {
      nanokernel(cx, env, sums, steps, step, { rows: count })
      return
    }
    if (kernel.elements !== undefined) {
      for (const [index, load] of kernel.elements.slice(0, count).entries())
        elementStep(cx, env, sums, steps, step, index, load)
      return
    }
    const bytes = count * STORAGE_BYTES[cx.storage.A]
    const unitOfA = (i: number): V<K> => {
      const at = (offset: number): Address => addressOfA(steps, step)(i).plus(offset)
      const unit = f.gp('unit')
      if (bytes === 1) f.movzx(unit.as('r32'), at(0).sized(8))
      else f.movzx(unit.as('r32'), at(0).sized(16))
      if (bytes === 3) {
        const third = f.gp('third')
        f.movzx(third.as('r32'), at(2).sized(8))
        f.shl(third.as('r32'), 16)
        f.or(unit.as('r32'), third.as('r32'))
      }
      const vector = f.reg(cx.machine.vector, `a${i}`)
      cx.kernel.splat(f, vector, unit)
      return vector
    }
    nanokernel(cx, env, sums, steps, step, { unitOfA, rows: count })
  })
  f.bind(end)
}

export function iteration<K extends VectorKind, M extends MaskKind>(
  cx: Lowering<K, M>,
  env: Environment<M>,
  sums: Sums<K>,
  steps: Steps<K, M>,
  count: number,
  piece: RelayedPiece | null = null,
): void {
  for (let step = 0; step < count; step++) {
    nanokernel(cx, env, sums, steps, step)
    piece?.step(step)
  }
  piece?.next()
  if (steps.aAlongK) steps.a.moveBytes(count * steps.aBytes)
  else steps.a.moveLines(count)
  steps.b.moveLines(steps.units === null ? count : count * cx.product.group)
  steps.copy?.moveLines(count)
}

/** One K-step: a dot product of units, or their elements one after another. */
export function nanokernel<K extends VectorKind, M extends MaskKind>(
  cx: Lowering<K, M>,
  env: Environment<M>,
  sums: Sums<K>,
  steps: Steps<K, M>,
  step: number,
  {
    unitOfA = null,
    rows = cx.product.group,
  }: {
    /** Row i's unit of A, when it is not to be broadcast from memory. */
    readonly unitOfA?: ((i: number) => V<K>) | null
    /** Lines of B that a unit has. */
    readonly rows?: number
  } = {},
): void {
  const { kernel } = cx
  const aAt = addressOfA(steps, step)
  steps.askAhead(step)
  if (kernel.elements === undefined) {
    multiplyTile(cx, env, sums, { loadB: loadsOfB(cx, env, steps, step, rows), aAt, unitOfA })
    return
  }
  for (const [index, load] of kernel.elements.slice(0, rows).entries())
    elementStep(cx, env, sums, steps, step, index, load)
}

/** One element of the units of a K-step. */
function elementStep<K extends VectorKind, M extends MaskKind>(
  cx: Lowering<K, M>,
  env: Environment<M>,
  sums: Sums<K>,
  steps: Steps<K, M>,
  step: number,
  index: number,
  load: Nanokernel<K, M>['load'],
): void {
  const unit = addressOfA(steps, step)
  const aAt = (i: number): Address => unit(i).plus(index * STORAGE_BYTES[cx.storage.A])
  const loadB =
    steps.units === null
      ? vectorsOfB(cx, env, steps, step, load)
      : elementsOfB(cx, env, steps, step * cx.product.group + index)
  multiplyTile(cx, env, sums, { loadB, aAt, unitOfA: null })
}

/** A tile's sums, row by row. */
export type Sums<K extends VectorKind> = readonly (readonly V<K>[])[]

/** Where a tile's operands come from. */
interface Sources<K extends VectorKind> {
  readonly loadB: LoadsOfB<K>
  readonly aAt: (i: number) => Address
  readonly unitOfA: ((i: number) => V<K>) | null
}

/**
 * Whichever of the two operands has fewer values is loaded first and stays; the other is streamed through one
 * register, each value used up before the next comes. So min(rows, vectors) + 1 registers are needed besides the sums.
 */
function multiplyTile<K extends VectorKind, M extends MaskKind>(
  cx: Lowering<K, M>,
  env: Environment<M>,
  sums: Sums<K>,
  { loadB, aAt, unitOfA }: Sources<K>,
): void {
  const { f, machine, kernel } = cx
  const { rows, vectors } = env.tile
  const element = elementBroadcast(cx, env)
  const broadcast = element ?? kernel.broadcast
  const broadcastA = (i: number): V<K> => {
    if (unitOfA !== null) return unitOfA(i)
    const vector = f.reg(machine.vector, `a${i}`)
    broadcast(f, vector, aAt(i))
    return vector
  }

  if (rows < vectors) {
    const a = sums.map((_, i) => broadcastA(i))
    for (let j = 0; j < vectors; ) {
      for (const b of loadB(j)) {
        for (let i = 0; i < rows; i++) kernel.multiplyAdd(f, sums[i]![j]!, a[i]!, b)
        j++
      }
    }
    return
  }
  const b: V<K>[] = []
  while (b.length < vectors) b.push(...loadB(b.length))
  for (let i = 0; i < rows; i++) {
    const row = sums[i]!
    // A lone vector takes A's element straight from memory; with more, each would load it once again.
    if (vectors === 1 && kernel.multiplyAddBroadcast !== undefined && element === null && unitOfA === null) {
      kernel.multiplyAddBroadcast(f, row[0]!, b[0]!, aAt(i))
      continue
    }
    const a = broadcastA(i)
    for (let j = 0; j < vectors; j++) kernel.multiplyAdd(f, row[j]!, a, b[j]!)
  }
}
