/** Where the operands of a register tile lie, K-step by K-step, and how vectors of B are loaded or made on the way. */
import { mem } from '../../encoder/operands.ts'
import type { V } from '../../regalloc/function.ts'
import type { NarrowFloat } from '../conversion.ts'
import type { Nanokernel } from '../machine.ts'
import type { Address, MaskKind, VectorKind } from '../operand-kinds.ts'
import { STORAGE_BYTES } from '../product-type.ts'
import { addressable, copy, inRegister, type Quantity } from '../quantity.ts'
import { type RegisterTile, ScheduleError } from '../tile-program.ts'
import { Lines } from './addresses.ts'
import type { Cursor, Environment, Lowering } from './environment.ts'
import { partsOf, UnitsOfB } from './interleave.ts'

/** Where the next K-steps lie. */
export interface Steps<K extends VectorKind, M extends MaskKind> {
  readonly a: Lines
  /** Whether A's lines are the rows of the tile, each along k; else they are K-steps, each along the rows (transposed A). */
  readonly aAlongK: boolean
  /** Bytes from one of A's values to the next. */
  readonly aBytes: number
  /** B's lines are K-steps, in a panel or in place; where those hold narrow elements, each is one of a unit's. */
  readonly b: Lines
  /** How units are made of B's own lines; null where they lie in a panel, or are elements. */
  readonly units: UnitsOfB<K, M> | null
  /** Where B's vectors are left on the way, or null. */
  readonly copy: Lines | null
  /** Whether a partial last vector must be masked when it is loaded: panels are padded. */
  readonly masksB: boolean
  /** Asks for what lies behind B's lines of a K-step, if the tile does so. */
  readonly askAhead: (step: number) => void
}

export function operands<K extends VectorKind, M extends MaskKind>(
  cx: Lowering<K, M>,
  env: Environment<M>,
  tile: RegisterTile,
  steps: number,
  moves: boolean,
): Steps<K, M> {
  const { b: source, aPacked } = tile
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
    return isMade
      ? lines(cx, 'B', B, B.step as Quantity, steps * cx.product.group, moves)
      : lines(cx, 'B', B, B.strides.k as Quantity, steps, moves)
  }
  const isMade = readsLines(cx, tile)
  const aAlongK = cx.program.matrices.A.dims[1] === 'k'
  const element = elementBroadcast(cx, env)
  const { Q } = env.cursors
  if (aPacked && Q === undefined)
    throw new ScheduleError(`${cx.program.name}: the tile wants a panel of A, there is none`)
  const b =
    source === 'panel' ? panel() : source === 'either' ? either(cx, env, width, steps, moves) : inPlace()
  return {
    a:
      aPacked && Q !== undefined
        ? lines(cx, 'Q', Q, env.tile.rows * cx.elementBytes, steps, moves)
        : aAlongK
          ? lines(cx, 'A', A, A.strides.m as Quantity, env.tile.rows, moves)
          : lines(cx, 'A', A, A.strides.k as Quantity, steps, moves),
    aAlongK,
    ...(element === null ? { aBytes: cx.elementBytes } : { aBytes: STORAGE_BYTES[cx.storage.A] }),
    b,
    units: isMade ? new UnitsOfB(cx, env, partsOf(cx, 'B'), (line, bytes) => b.at(line, bytes)) : null,
    copy: source === 'copying' ? panel() : null,
    masksB: source !== 'panel',
    askAhead: askingAhead(cx, tile, b, { isMade, width }),
  }
}

const LINE_BYTES = 64

function askingAhead<K extends VectorKind, M extends MaskKind>(
  { f, product, storage, elementBytes }: Lowering<K, M>,
  { readsAhead, b: source }: RegisterTile,
  b: Lines,
  { isMade, width }: { readonly isMade: boolean; readonly width: number },
): Steps<K, M>['askAhead'] {
  if (readsAhead === 0) return () => {}
  const lines = isMade ? product.group : 1
  const bytes = isMade ? (width / elementBytes) * STORAGE_BYTES[storage.B] : width
  return (step) => {
    for (let line = step * lines; line < (step + 1) * lines; line++) {
      // Steps of a panel follow one another, and may share a line.
      const begun = source === 'panel' ? (line * bytes) % LINE_BYTES : 0
      for (let at = (LINE_BYTES - begun) % LINE_BYTES; at < bytes; at += LINE_BYTES)
        f.prefetcht0(b.at(line, at).plus(readsAhead).sized(8))
    }
  }
}

/** Whether a tile makes its units of B from B's own lines. */
export const readsLines = <K extends VectorKind, M extends MaskKind>(
  { product }: Lowering<K, M>,
  { b }: RegisterTile,
): boolean => product.parts !== null && (b === 'in place' || b === 'copying')

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

/** How elements of A are broadcast where they lie; null when units are. */
export function elementBroadcast<K extends VectorKind, M extends MaskKind>(
  { product }: Lowering<K, M>,
  { cursors }: Environment<M>,
): Nanokernel<K, M>['broadcast'] | null {
  return cursors.A.isPadded === true ? null : (product.broadcastElement ?? null)
}

export const addressOfA =
  <K extends VectorKind, M extends MaskKind>({ a, aAlongK, aBytes }: Steps<K, M>, step: number) =>
  (i: number): Address =>
    aAlongK ? a.at(i, step * aBytes) : a.at(step, i * aBytes)

/** Loads vectors of B from number j on, those that come at once. */
export type LoadsOfB<K extends VectorKind> = (j: number) => readonly V<K>[]

/** Vectors of one line. */
export function vectorsOfB<K extends VectorKind, M extends MaskKind>(
  { f, kernel, machine }: Lowering<K, M>,
  { tile: { mask, vectors } }: Environment<M>,
  { b, copy, masksB }: Steps<K, M>,
  step: number,
  load: Nanokernel<K, M>['load'],
): LoadsOfB<K> {
  return (j) => {
    const vector = f.reg(machine.vector, `b${j}`)
    const from = b.at(step, j * machine.vectorBytes)
    if (masksB && mask !== null && j === vectors - 1) kernel.loadMasked(f, vector, from, mask)
    else load(f, vector, from)
    if (copy !== null) kernel.store(f, copy.at(step, j * machine.vectorBytes), vector)
    return [vector]
  }
}

/** Units, as they lie in a panel or made from `rows` lines of B, and left in a panel on the way. */
export function loadsOfB<K extends VectorKind, M extends MaskKind>(
  cx: Lowering<K, M>,
  env: Environment<M>,
  steps: Steps<K, M>,
  step: number,
  rows: number,
): LoadsOfB<K> {
  const { f, kernel, machine, product } = cx
  const { copy, units } = steps
  if (units === null) return vectorsOfB(cx, env, steps, step, kernel.load)
  return (first) => {
    const made = units.load(first, rows, step * product.group)
    for (const [index, vector] of made.entries()) {
      if (product.flipsRight === true) machine.conversions.integers.flip(f, vector, vector)
      if (copy !== null) kernel.store(f, copy.at(step, (first + index) * machine.vectorBytes), vector)
    }
    return made
  }
}

/** Elements of one line of B as f32. */
export function elementsOfB<K extends VectorKind, M extends MaskKind>(
  cx: Lowering<K, M>,
  { tile: { vectors, lastLanes, mask } }: Environment<M>,
  { b }: Steps<K, M>,
  line: number,
): LoadsOfB<K> {
  const { f, lanes, machine, storage } = cx
  const { load, loadPart } = machine.conversions.toFloat[storage.B as NarrowFloat]
  return (j) => {
    const vector = f.reg(machine.vector, `b${j}`)
    const from = b.at(line, j * lanes * STORAGE_BYTES[storage.B])
    if (mask === null || j < vectors - 1) load(f, vector, from)
    else loadPart(f, vector, from, machine.conversions.part(f, lastLanes, 4))
    return [vector]
  }
}
