/** Lowers the way between sums and what C holds: loads and stores of any storage, and requantisation of integer sums. */
import { mem } from '../../encoder/operands.ts'
import type { V } from '../../regalloc/function.ts'
import type { Part } from '../conversion.ts'
import type { Address, MaskKind, VectorKind } from '../machine.ts'
import { PRODUCT_TYPES } from '../product-type.ts'
import { inRegister } from '../quantity.ts'
import { Lines } from './addresses.ts'
import type { Environment, Lowering } from './environment.ts'

type Loads<K extends VectorKind> = (to: V<K>, from: Address, isLast: boolean) => void
type Stores<K extends VectorKind> = (to: Address, sum: V<K>, row: number, column: number) => void

const holdsSums = <K extends VectorKind, M extends MaskKind>({ storage, program }: Lowering<K, M>): boolean =>
  storage.C === PRODUCT_TYPES[program.type].sum

/** The columns of a tile's last vector; null when it is whole. */
function partOf<K extends VectorKind, M extends MaskKind>(
  { machine }: Lowering<K, M>,
  { tile: { mask, lastLanes } }: Environment<M>,
): Part<M> | null {
  // Masks that are vectors cannot leave out elements of less than 32 bits.
  return mask === null ? null : { count: lastLanes, mask: machine.maskRegisters === 0 ? mask : null }
}

/** Loads vectors of C as sums. */
export function loadsOfC<K extends VectorKind, M extends MaskKind>(
  cx: Lowering<K, M>,
  env: Environment<M>,
): Loads<K> {
  const { f, kernel, machine, storage } = cx
  const { mask } = env.tile
  if (holdsSums(cx)) {
    return (to, from, isLast) => {
      if (mask !== null && isLast) kernel.loadMasked(f, to, from, mask)
      else kernel.load(f, to, from)
    }
  }
  const widening = machine.conversions.toFloat[storage.C as 'bf16']
  const part = partOf(cx, env)
  return (to, from, isLast) => {
    if (part !== null && isLast) widening.loadPart(f, to, from, part)
    else widening.load(f, to, from)
  }
}

/** Stores sums as what C holds. `vectors`: of a row. */
export function storesOfC<K extends VectorKind, M extends MaskKind>(
  cx: Lowering<K, M>,
  env: Environment<M>,
  rows: number,
  vectors: number,
): Stores<K> {
  const { f, kernel, machine, storage } = cx
  const { mask } = env.tile
  const direct: Stores<K> = (to, sum, _row, column) => {
    if (mask !== null && column === vectors - 1) kernel.storeMasked(f, to, sum, mask)
    else kernel.store(f, to, sum)
  }
  if (holdsSums(cx)) return direct
  const scaled = scaledSums(cx, env, rows, vectors)
  if (storage.C === 'f32')
    return (to, sum, row, column) => direct(to, scaled.value(sum, row, column), row, column)
  const narrowing = machine.conversions.fromFloat[storage.C as 'bf16']
  const part = partOf(cx, env)
  return (to, sum, row, column) => {
    const value = scaled.value(sum, row, column)
    if (part !== null && column === vectors - 1) narrowing.storePart(f, to, value, part, scaled.options)
    else narrowing.store(f, to, value, scaled.options)
  }
}

interface ScaledSums<K extends VectorKind> {
  readonly value: (sum: V<K>, row: number, column: number) => V<K>
  readonly options: { readonly zero?: V<K> }
}

/** f32 of integer sums, with terms added and scaled; sums of floats as they are. */
function scaledSums<K extends VectorKind, M extends MaskKind>(
  cx: Lowering<K, M>,
  env: Environment<M>,
  rows: number,
  vectors: number,
): ScaledSums<K> {
  const { f, machine, program } = cx
  const { requantise } = program
  if (requantise === null) return { value: (sum) => sum, options: {} }
  const { mask } = env.tile
  const { S, X, Y } = env.cursors
  const lines = (name: 'S' | 'X', cursor: NonNullable<typeof S>): Lines =>
    new Lines(f, name, cursor, 4, rows, false)
  /** Neighbouring columns' values. */
  const acrossColumns = (cursor: NonNullable<typeof S>, column: number): V<K> => {
    const to = f.reg(machine.vector, 'columns')
    const from = mem(cursor.base, cursor.offset + column * machine.vectorBytes)
    if (mask !== null && column === vectors - 1) machine.f32.loadMasked(f, to, from, mask)
    else machine.f32.load(f, to, from)
    return to
  }
  const ofRow = (from: Lines, row: number): V<K> => {
    const to = f.reg(machine.vector, 'row')
    machine.f32.broadcast(f, to, from.at(row, 0))
    return to
  }
  const scalesOfRows = requantise.scale === 'm' && S !== undefined ? lines('S', S) : null
  const termsOfRows = X === undefined ? null : lines('X', X)
  const one = f.reg(machine.vector, 'scale')
  if (requantise.scale === 'tensor' && S !== undefined) machine.f32.broadcast(f, one, mem(S.base, S.offset))
  const value = (sum: V<K>, row: number, column: number): V<K> => {
    const to = f.reg(machine.vector, 'scaled')
    machine.conversions.integers.scaled(f, to, sum, {
      row: termsOfRows === null ? null : ofRow(termsOfRows, row),
      column: Y === undefined ? null : acrossColumns(Y, column),
      scale:
        scalesOfRows !== null
          ? ofRow(scalesOfRows, row)
          : requantise.scale === 'n' && S !== undefined
            ? acrossColumns(S, column)
            : one,
    })
    return to
  }
  if (!requantise.zero) return { value, options: {} }
  const zero = inRegister(f, cx.size('runtime', 'zero_c'), 'zero_c')
  return { value, options: { zero: machine.conversions.zeroPoint(f, zero) } }
}
