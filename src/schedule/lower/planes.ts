/** Multiplies a tile whose rows of A are staged in two planes (machine.ts, PlaneSteps): the lower one, and the upper one if need be. */
import { mem } from '../../encoder/operands.ts'
import type { Nanokernel, PlaneSteps } from '../machine.ts'
import type { MaskKind, VectorKind } from '../operand-kinds.ts'
import { addressable, advance, isKnown, type Quantity } from '../quantity.ts'
import { type RegisterTile, ScheduleError } from '../tile-program.ts'
import { Lines } from './addresses.ts'
import { counted, type Environment, type Lowering, placedAt } from './environment.ts'
import { wholeUnits } from './interleave.ts'
import { iteration, lastUnit, nanokernel, overK, type Sums } from './k-loop.ts'
import { flagOfLine } from './stage.ts'
import { operands, readsLines } from './tile-operands.ts'

/** The k loop over the lower plane of A, then over the upper one where some row of the tile has anything there. */
export function overPlanes<K extends VectorKind, M extends MaskKind>(
  cx: Lowering<K, M>,
  planes: PlaneSteps<K>,
  tile: RegisterTile,
  env: Environment<M>,
  sums: Sums<K>,
): void {
  const { f, program } = cx
  const { A } = env.cursors
  const { plane } = A
  if (plane === undefined) throw new ScheduleError(`${program.name}: A is not staged in planes`)
  const multiplyingBy = (multiplyAdd: Nanokernel<K, M>['multiplyAdd']): Lowering<K, M> => ({
    ...cx,
    kernel: { ...cx.kernel, multiplyAdd },
  })
  const ones = planes.ones(f)
  const lower = multiplyingBy((_, sum, a, b) => planes.multiplyLower(f, sum, a, b, ones))
  overK(lower, tile, env, sums)
  const end = f.label('planes.end')
  ifNothingAbove(cx, A.strides.m as Quantity, env, sums.length, end)
  // What the first pass has left on the way is a panel now.
  const again: RegisterTile = tile.b === 'copying' ? { ...tile, b: 'panel' } : tile
  const above: Environment<M> = {
    ...env,
    cursors: { ...env.cursors, A: placedAt(A, A.base, A.offset + plane) },
  }
  overUpper(multiplyingBy(planes.multiplyUpper), planes, again, above, sums)
  f.bind(end)
}

/** Jumps to `end` where the upper planes of all rows are 0. */
function ifNothingAbove<K extends VectorKind, M extends MaskKind>(
  { f }: Lowering<K, M>,
  stride: Quantity,
  { cursors: { A } }: Environment<M>,
  rows: number,
  end: ReturnType<Lowering<K, M>['f']['label']>,
): void {
  const any = f.gp('above').as('r32')
  const flags = new Lines(f, 'A', A, addressable(f, stride, rows, 'A.flags'), rows, false)
  for (let i = 0; i < rows; i++) {
    const flag = flags.at(i, flagOfLine(A.plane as number))
    if (i === 0) f.mov(any, flag)
    else f.or(any, flag)
  }
  f.test(any, any)
  f.je(end)
}

/**
 * The k loop over the upper plane. Its products are small, so they are added up as words in the sums' own registers, while
 * the sums wait in the workspace, and widened every `units` K-steps at the latest.
 */
function overUpper<K extends VectorKind, M extends MaskKind>(
  cx: Lowering<K, M>,
  { units, widen }: PlaneSteps<K>,
  tile: RegisterTile,
  env: Environment<M>,
  sums: Sums<K>,
): void {
  const { f, kernel, machine, program } = cx
  const rest = readsLines(cx, tile) ? env.kRest : 0
  const k = wholeUnits(cx, { ...env, kRest: rest })
  if (!isKnown(k) || program.stages.A === null)
    throw new ScheduleError(`${program.name}: planes need a known k and a place in the workspace`)
  const place = f.gp('sums')
  f.mov(place, cx.workspace())
  advance(f, place, cx.size(program.stages.A, 'stage_left'))
  const inWords = (body: () => void): void => {
    const all = sums.flat()
    for (const [i, sum] of all.entries()) kernel.store(f, mem(place, i * machine.vectorBytes), sum)
    for (const sum of all) kernel.zero(f, sum)
    body()
    for (const [i, sum] of all.entries()) widen(f, sum, mem(place, i * machine.vectorBytes))
  }
  if (k < units) {
    inWords(() => overK(cx, tile, env, sums))
    return
  }
  const { unroll } = tile
  const iterations = Math.floor(k / unroll)
  // So many that what is left at the end is no more than `units` either.
  const atOnce = Math.max(1, Math.floor((units - unroll - 1) / unroll))
  const steps = operands(cx, env, tile, unroll, true)
  const turns = (count: number): void =>
    counted(f, 'k.above', count, true, () => iteration(cx, env, sums, steps, unroll))
  counted(f, 'above', Math.floor(iterations / atOnce), false, () => inWords(() => turns(atOnce)))
  if (k % (atOnce * unroll) === 0 && rest === 0) return
  inWords(() => {
    turns(iterations % atOnce)
    for (let step = 0; step < k % unroll; step++) nanokernel(cx, env, sums, steps, step)
    lastUnit(cx, env, sums, steps, k % unroll, rest)
  })
}
