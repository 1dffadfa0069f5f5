/** Lowers a register tile: C's tile into registers, nanokernels over k, and back. */
import { mem } from '../../encoder/operands.ts'
import type { V } from '../../regalloc/function.ts'
import type { Address, MaskKind, Nanokernel, VectorKind } from '../machine.ts'
import { STORAGE_BYTES } from '../product-type.ts'
import { addressable, copy, inRegister, isKnown, type Quantity } from '../quantity.ts'
import { type RegisterTile, ScheduleError } from '../tile-program.ts'
import { Lines } from './addresses.ts'
import { type Cursor, counted, type Environment, type Lowering } from './environment.ts'
import { lowerEpilogue } from './epilogue.ts'
import { wholeUnits, withKnown } from './interleave.ts'
import { prefetchA, prefetchC } from './prefetch.ts'
import { lowerRequantise } from './requantise.ts'

/** Up to this many K-steps the k loop is unrolled whole. */
const WHOLE_UNROLL = 8

export function lowerMicrokernel<K extends VectorKind, M extends MaskKind>(
  cx: Lowering<K, M>,
  tile: RegisterTile,
  env: Environment<M>,
): void {
  const { f } = cx
  const { rows, vectors } = env.tile
  const sums: V<K>[][] = []
  for (let i = 0; i < rows; i++) {
    const row: V<K>[] = []
    for (let j = 0; j < vectors; j++) row.push(f.reg(cx.machine.vector, `c${i}.${j}`))
    sums.push(row)
  }
  beginSums(cx, env, sums)
  if (env.beta !== 0 || tile.prefetches) prefetchC(cx, env)
  if (tile.prefetches && !tile.aPacked) prefetchA(cx, env)
  overK(cx, tile, env, sums)
  if (cx.program.requantise !== null) {
    lowerRequantise(cx, env, sums)
    return
  }
  const { C } = env.cursors
  const stride = addressable(f, C.strides.m as Quantity, rows, 'ldc')
  lowerEpilogue(cx, env, sums, new Lines(f, 'C', C, stride, rows, false))
}

/** Zero, or what flipped bytes of B are to be put right by. */
function beginSums<K extends VectorKind, M extends MaskKind>(
  { f, kernel, program }: Lowering<K, M>,
  { cursors: { rowTerms } }: Environment<M>,
  sums: Sums<K>,
): void {
  for (const [i, row] of sums.entries()) {
    for (const sum of row) {
      if (rowTerms === undefined || program.requantise !== null) kernel.zero(f, sum)
      else kernel.broadcast(f, sum, mem(rowTerms.base, rowTerms.offset + i * SUM_BYTES))
    }
  }
}

const SUM_BYTES = 4

/** The k loop: `unroll` nanokernels an iteration, then the rest one by one, then a unit that k does not fill. */
function overK<K extends VectorKind, M extends MaskKind>(
  cx: Lowering<K, M>,
  tile: RegisterTile,
  env: Environment<M>,
  sums: Sums<K>,
): void {
  const { f } = cx
  const { unroll } = tile
  // What was staged is filled up with zeros.
  const rest = env.cursors.A.isPadded === true ? 0 : env.kRest
  const k = wholeUnits(cx, { ...env, kRest: rest })
  const last = (steps: Steps, step: number): void => lastUnit(cx, env, sums, steps, step, rest)
  if (isKnown(k) && k <= Math.max(unroll, WHOLE_UNROLL)) {
    const steps = operands(cx, env, tile, k + 1, false)
    for (let step = 0; step < k; step++) nanokernel(cx, env, sums, steps, step)
    last(steps, k)
    return
  }
  const steps = operands(cx, env, tile, unroll, true)
  if (isKnown(k)) {
    counted(f, 'k', Math.floor(k / unroll), true, () => iteration(cx, env, sums, steps, unroll))
    for (let step = 0; step < k % unroll; step++) nanokernel(cx, env, sums, steps, step)
    last(steps, k % unroll)
    return
  }
  const whole = f.gp('k.whole')
  f.mov(whole, k)
  f.shr(whole, Math.log2(unroll))
  counted(f, 'k', whole, true, () => iteration(cx, env, sums, steps, unroll))
  if (unroll > 1) {
    const rest = f.gp('k.rest')
    f.mov(rest, k)
    f.and(rest, unroll - 1)
    counted(f, 'k.rest', rest, true, () => iteration(cx, env, sums, steps, 1))
  }
  last(steps, 0)
}

/**
 * The last unit, of which A has `rest` elements: they are put together in a general register, above them zeros, as
 * there are in B's panel. Nothing behind them is read.
 */
function lastUnit<K extends VectorKind, M extends MaskKind>(
  cx: Lowering<K, M>,
  env: Environment<M>,
  sums: Sums<K>,
  steps: Steps,
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
    if (kernel.elements !== undefined) {
      for (const [index, load] of kernel.elements.slice(0, count).entries())
        elementStep(cx, env, sums, steps, step, index, load)
      return
    }
    const bytes = count * STORAGE_BYTES[cx.storage.A]
    nanokernel(cx, env, sums, steps, step, (i) => {
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
    })
  })
  f.bind(end)
}

/** Where the next K-steps lie. */
interface Steps {
  readonly a: Lines
  /** Whether A's lines are the rows of the tile, each along k; else they are K-steps, each along the rows (transposed A). */
  readonly aAlongK: boolean
  /** Bytes from one of A's values to the next. */
  readonly aBytes: number
  /** B's lines are K-steps, in place or in a panel. */
  readonly b: Lines
  /** Where B's vectors are left on the way, or null. */
  readonly copy: Lines | null
  /** Whether a partial last vector must be masked when it is loaded: panels are padded. */
  readonly masksB: boolean
}

function operands<K extends VectorKind, M extends MaskKind>(
  cx: Lowering<K, M>,
  env: Environment<M>,
  { b: source, aPacked }: RegisterTile,
  steps: number,
  moves: boolean,
): Steps {
  const { A, B, P } = env.cursors
  const width = env.tile.vectors * cx.machine.vectorBytes
  const panel = (): Lines => {
    if (P === undefined)
      throw new ScheduleError(`${cx.program.name}: the tile wants a panel of B, there is none`)
    return lines(cx, 'P', P, width, steps, moves)
  }
  const inPlace = (): Lines => {
    if (cx.program.matrices.B.dims[0] !== 'k') {
      throw new ScheduleError(`${cx.program.name}: a transposed B must be packed ahead`)
    }
    return lines(cx, 'B', B, B.strides.k as Quantity, steps, moves)
  }
  const aAlongK = cx.program.matrices.A.dims[1] === 'k'
  const element = elementBroadcast(cx, env)
  const { Q } = env.cursors
  if (aPacked && Q === undefined)
    throw new ScheduleError(`${cx.program.name}: the tile wants a panel of A, there is none`)
  return {
    a:
      aPacked && Q !== undefined
        ? lines(cx, 'Q', Q, env.tile.rows * cx.elementBytes, steps, moves)
        : aAlongK
          ? lines(cx, 'A', A, A.strides.m as Quantity, env.tile.rows, moves)
          : lines(cx, 'A', A, A.strides.k as Quantity, steps, moves),
    aAlongK,
    ...(element === null ? { aBytes: cx.elementBytes } : { aBytes: STORAGE_BYTES[cx.storage.A] }),
    b: source === 'panel' ? panel() : source === 'either' ? either(cx, env, width, steps, moves) : inPlace(),
    copy: source === 'copying' ? panel() : null,
    masksB: source !== 'panel',
  }
}

/** B's lines where the call says: the panel and its width, or B in place and its stride. */
function either<K extends VectorKind, M extends MaskKind>(
  cx: Lowering<K, M>,
  env: Environment<M>,
  width: number,
  steps: number,
  moves: boolean,
): Lines {
  const { f, packs } = cx
  const { B, P } = env.cursors
  if (packs === null || P === undefined)
    throw new ScheduleError(`${cx.program.name}: no parameter says where B is`)
  const stride = copy(f, B.strides.k as Quantity, 'B.stride')
  const base = f.gp('B.base')
  f.lea(base, mem(B.base, B.offset))
  const panelStride = inRegister(f, width, 'P.stride')
  const panelBase = f.gp('P.base')
  f.lea(panelBase, mem(P.base, P.offset))
  f.test(packs, packs)
  f.cmovne(stride, panelStride)
  f.cmovne(base, panelBase)
  return lines(cx, 'B', { base, offset: 0, strides: {} }, stride, steps, moves)
}

function lines<K extends VectorKind, M extends MaskKind>(
  cx: Lowering<K, M>,
  name: string,
  cursor: Cursor,
  stride: Quantity,
  count: number,
  moves: boolean,
): Lines {
  return new Lines(cx.f, name, cursor, addressable(cx.f, stride, count, `${name}.stride`), count, moves)
}

function iteration<K extends VectorKind, M extends MaskKind>(
  cx: Lowering<K, M>,
  env: Environment<M>,
  sums: Sums<K>,
  steps: Steps,
  count: number,
): void {
  for (let step = 0; step < count; step++) nanokernel(cx, env, sums, steps, step)
  if (steps.aAlongK) steps.a.moveBytes(count * steps.aBytes)
  else steps.a.moveLines(count)
  steps.b.moveLines(count)
  steps.copy?.moveLines(count)
}

/** One K-step: a dot product of units, or their elements one after another. */
function nanokernel<K extends VectorKind, M extends MaskKind>(
  cx: Lowering<K, M>,
  env: Environment<M>,
  sums: Sums<K>,
  steps: Steps,
  step: number,
  /** Row i's unit of A, when it is not to be broadcast from memory. */
  unitOfA: ((i: number) => V<K>) | null = null,
): void {
  const { kernel } = cx
  const aAt = addressOfA(steps, step)
  if (kernel.elements === undefined) {
    multiplyTile(cx, env, sums, steps, step, { load: kernel.load, aAt, unitOfA })
    return
  }
  for (const [index, load] of kernel.elements.entries()) elementStep(cx, env, sums, steps, step, index, load)
}

/** One element of the units of a K-step. */
function elementStep<K extends VectorKind, M extends MaskKind>(
  cx: Lowering<K, M>,
  env: Environment<M>,
  sums: Sums<K>,
  steps: Steps,
  step: number,
  index: number,
  load: Nanokernel<K, M>['load'],
): void {
  const unit = addressOfA(steps, step)
  const aAt = (i: number): Address => unit(i).plus(index * STORAGE_BYTES[cx.storage.A])
  multiplyTile(cx, env, sums, steps, step, { load, aAt, unitOfA: null })
}

/** How elements of A are broadcast where they lie; null when units are. */
function elementBroadcast<K extends VectorKind, M extends MaskKind>(
  { product }: Lowering<K, M>,
  { cursors }: Environment<M>,
): Nanokernel<K, M>['broadcast'] | null {
  return cursors.A.isPadded === true ? null : (product.broadcastElement ?? null)
}

const addressOfA =
  ({ a, aAlongK, aBytes }: Steps, step: number) =>
  (i: number): Address =>
    aAlongK ? a.at(i, step * aBytes) : a.at(step, i * aBytes)

type Sums<K extends VectorKind> = readonly (readonly V<K>[])[]

/** Where a tile's operands come from. */
interface Sources<K extends VectorKind, M extends MaskKind> {
  readonly load: Nanokernel<K, M>['load']
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
  steps: Steps,
  step: number,
  { load, aAt, unitOfA }: Sources<K, M>,
): void {
  const { f, machine, kernel } = cx
  const { rows, vectors, mask } = env.tile
  const element = elementBroadcast(cx, env)
  const broadcast = element ?? kernel.broadcast
  const loadB = (j: number): V<K> => {
    const vector = f.reg(machine.vector, `b${j}`)
    const from = steps.b.at(step, j * machine.vectorBytes)
    if (steps.masksB && mask !== null && j === vectors - 1) kernel.loadMasked(f, vector, from, mask)
    else load(f, vector, from)
    if (steps.copy !== null) kernel.store(f, steps.copy.at(step, j * machine.vectorBytes), vector)
    return vector
  }
  const broadcastA = (i: number): V<K> => {
    if (unitOfA !== null) return unitOfA(i)
    const vector = f.reg(machine.vector, `a${i}`)
    broadcast(f, vector, aAt(i))
    return vector
  }

  if (rows < vectors) {
    const a = sums.map((_, i) => broadcastA(i))
    for (let j = 0; j < vectors; j++) {
      const b = loadB(j)
      for (let i = 0; i < rows; i++) kernel.multiplyAdd(f, sums[i]![j]!, a[i]!, b)
    }
    return
  }
  const b: V<K>[] = []
  for (let j = 0; j < vectors; j++) b.push(loadB(j))
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
