/** Lowers what becomes of integer sums: terms of rows and columns ahead, then each tile's sums scaled and narrowed. */
import { mem } from '../../encoder/operands.ts'
import type { V } from '../../regalloc/function.ts'
import type { NarrowingOptions } from '../conversion.ts'
import type { Address, MaskKind, VectorKind } from '../operand-kinds.ts'
import { STORAGE_BYTES } from '../product-type.ts'
import { advance, copy, type Quantity } from '../quantity.ts'
import { type Requantisation, ScheduleError, type Terms } from '../tile-program.ts'
import { type Cursor, counted, type Environment, type Lowering } from './environment.ts'
import { elementsOf } from './interleave.ts'
import { LineSums } from './line-sums.ts'

const SUM_BYTES = 4
/** What inverting its highest bit adds to an s8 and takes from a u8. */
const FLIPPED = 128

/** Terms, scales and bias that come with the call: where they begin, for the whole of C. */
export function requantisationCursors<K extends VectorKind, M extends MaskKind>({
  parameter,
  program,
  product,
}: Pick<Lowering<K, M>, 'parameter' | 'program' | 'product'>): Environment<M>['cursors'] | object {
  const { requantise, matrices } = program
  if (requantise === null) return {}
  // Columns of C as the problem has them are B's; those of a column-major C are rows here.
  const isTurned = matrices.A.argument === 'b'
  const cursor = (name: 'scale' | 'bias'): Cursor => ({
    base: parameter(name),
    offset: 0,
    strides: { [isTurned ? 'm' : 'n']: SUM_BYTES },
  })
  const { bias, scale, zeroA } = requantise
  const hasSums = zeroA || (isTurned && product.flipsRight === true)
  return {
    ...(scale === 'column' ? { scales: cursor('scale') } : {}),
    // Without sums to add it to, the bias is the term.
    ...(bias ? { [hasSums ? 'bias' : isTurned ? 'rowTerms' : 'columnTerms']: cursor('bias') } : {}),
  }
}

function requantisationOf<K extends VectorKind, M extends MaskKind>({
  program,
}: Lowering<K, M>): Requantisation {
  if (program.requantise === null) throw new ScheduleError(`${program.name}: nothing says what C holds`)
  return program.requantise
}

/** Where in the workspace a tile's sums go, and the terms of rows or columns. */
function placeOf<K extends VectorKind, M extends MaskKind>(
  cx: Lowering<K, M>,
  what: 'sums' | 'rowTerms' | 'columnTerms',
): V<'r64'> {
  const { f } = cx
  const { terms } = cx.program
  if (terms === null) throw new ScheduleError(`${cx.program.name}: terms have no place in the workspace`)
  const { columns, rows, tileBytes } = terms
  const to = f.gp(what)
  f.mov(to, cx.workspace())
  advance(f, to, what === 'columnTerms' ? cx.size(columns, 'terms_right') : cx.size(rows, 'terms_left'))
  if (what === 'rowTerms') f.add(to, tileBytes)
  return to
}

/** Emits the terms of the current block's rows or columns; the environment returned says where they are. */
export function lowerTerms<K extends VectorKind, M extends MaskKind>(
  cx: Lowering<K, M>,
  { operand, result }: Terms,
  env: Environment<M>,
): Environment<M> {
  const { f, machine, parameter, program } = cx
  const storage = cx.storage[operand]
  if (storage !== 's8' && storage !== 'u8')
    throw new ScheduleError(`${program.name}: elements of ${storage} have no terms`)
  const matrix = program.matrices[operand]
  const across = operand === 'A' ? 'm' : 'n'
  const cursor = env.cursors[operand]
  const k = elementsOf(cx, env)
  const count = env.extents[across]
  const alongK = matrix.dims[1] === 'k'
  const isGiven = program.panels === 'given' && operand === 'B'
  const from = f.gp('sums.from')
  if (isGiven) f.mov(from, parameter('sums_b'))
  else f.lea(from, mem(cursor.base, cursor.offset))
  const place = operand === 'A' ? 'rowTerms' : 'columnTerms'
  const base = result === null ? placeOf(cx, place) : parameter('c')
  if (result !== null) advance(f, base, result)
  const { bias } = env.cursors
  const ownBias = matrix.argument === 'b' && result === null && bias !== undefined ? f.gp('bias') : null
  if (ownBias !== null && bias !== undefined) f.lea(ownBias, mem(bias.base, bias.offset))
  const sums = new LineSums(f, machine, storage, {
    from,
    to: copy(f, base, 'terms.to'),
    lines: copy(f, alongK ? count : k, 'sums.lines'),
    width: copy(f, alongK && !isGiven ? k : count, 'sums.width'),
    ld: copy(f, (alongK ? cursor.strides[across] : cursor.step) ?? 0, 'sums.ld'),
    ...(result === null ? factors(cx, operand, k) : raw(cx)),
    bias: ownBias,
  })
  if (isGiven) sums.made()
  else if (alongK) sums.along()
  else sums.across()
  if (result !== null) return env
  return {
    ...env,
    cursors: { ...env.cursors, [place]: { base, offset: 0, strides: { [across]: SUM_BYTES } } },
  }
}

interface Factors {
  readonly factor: V<'r64'>
  readonly constant: V<'r64'>
}

/** The sums themselves. */
const raw = <K extends VectorKind, M extends MaskKind>({ f }: Lowering<K, M>): Factors => ({
  factor: copy(f, 1, 'factor'),
  constant: copy(f, 0, 'constant'),
})

/** −zeroB for sums of A; for those of B −zeroA, and k·zeroA·zeroB. Less what was added to flipped bytes. */
function factors<K extends VectorKind, M extends MaskKind>(
  cx: Lowering<K, M>,
  operand: 'A' | 'B',
  k: Quantity,
): Factors {
  const { f, parameter, product, program, storage } = cx
  const { requantise, matrices } = program
  const ofB = matrices[operand].argument === 'b'
  const has = { zeroA: requantise?.zeroA === true, zeroB: requantise?.zeroB === true }
  const factor = has[ofB ? 'zeroA' : 'zeroB'] ? parameter(ofB ? 'zero_a' : 'zero_b') : copy(f, 0, 'factor')
  const both = ofB && has.zeroA && has.zeroB
  const constant = copy(f, both ? k : 0, 'constant')
  if (both) {
    f.imul(constant.as('r32'), factor.as('r32'))
    f.imul(constant.as('r32'), parameter('zero_b').as('r32'))
  }
  f.neg(factor.as('r32'))
  if (operand === 'A' && product.flipsRight === true)
    f.sub(factor.as('r32'), storage.B === 's8' ? FLIPPED : -FLIPPED)
  return { factor, constant }
}

/**
 * The end of a tile. Its sums pass through the workspace, so that they leave the registers to the conversions, and
 * there is one loop over rows instead of the same code for each vector.
 */
export function lowerRequantise<K extends VectorKind, M extends MaskKind>(
  cx: Lowering<K, M>,
  env: Environment<M>,
  sums: readonly (readonly V<K>[])[],
): void {
  const { f, kernel, machine } = cx
  const { vectors } = env.tile
  const at = placeOf(cx, 'sums')
  for (const [i, row] of sums.entries()) {
    for (const [j, sum] of row.entries())
      kernel.store(f, mem(at, (i * vectors + j) * machine.vectorBytes), sum)
  }
  requantiseRows(cx, env, at, sums.length)
}

/** Rows of sums in memory, whole vectors of them side by side from `at` on, to C. Moves `at`. */
export function requantiseRows<K extends VectorKind, M extends MaskKind>(
  cx: Lowering<K, M>,
  env: Environment<M>,
  at: V<'r64'>,
  rows: number,
): void {
  const { f, lanes, machine, parameter, program } = cx
  const { conversions, f32, vector, vectorBytes } = machine
  const { mask, vectors, lastLanes } = env.tile
  const { C, columnTerms, rowTerms, scales } = env.cursors
  const output = cx.storage.C
  if (output !== 's8' && output !== 'u8' && output !== 'bf16' && output !== 'f32')
    throw new ScheduleError(`${program.name}: sums cannot be requantised to ${output}`)
  const { scale: scaleOf, zeroC } = requantisationOf(cx)
  const own = (cursor: Cursor, name: string): V<'r64'> => {
    const base = f.gp(name)
    f.lea(base, mem(cursor.base, cursor.offset))
    return base
  }
  const to = own(C, 'C.row')
  const terms = rowTerms === undefined ? null : own(rowTerms, 'row.terms')
  const byRow = scales?.strides.m === undefined ? null : own(scales, 'row.scales')
  const one = f.reg(vector, 'scale')
  if (scaleOf === 'tensor') f32.splat(f, one, parameter('scale'))
  const options: NarrowingOptions<K> = zeroC ? { zero: conversions.zeroPoint(f, parameter('zero_c')) } : {}
  const part = mask === null ? null : conversions.part(f, lastLanes, 4)
  const ofColumns = (cursor: Cursor | undefined, j: number, name: string): V<K> | null => {
    if (cursor?.strides.n === undefined) return null
    const values = f.reg(vector, name)
    const from = mem(cursor.base, cursor.offset + j * vectorBytes)
    if (mask !== null && j === vectors - 1) f32.loadMasked(f, values, from, mask)
    else f32.load(f, values, from)
    return values
  }
  const store = (j: number, scaled: V<K>): void => {
    const place: Address = mem(to, j * lanes * STORAGE_BYTES[output])
    const isPartial = part !== null && j === vectors - 1
    if (output === 'f32') {
      if (isPartial && mask !== null) f32.storeMasked(f, place, scaled, mask)
      else f32.store(f, place, scaled)
    } else if (isPartial) conversions.fromFloat[output].storePart(f, place, scaled, part, options)
    else conversions.fromFloat[output].store(f, place, scaled, options)
  }
  const everywhere = (from: V<'r64'> | null, name: string): V<K> | null => {
    if (from === null) return null
    const value = f.reg(vector, name)
    f32.broadcast(f, value, mem(from))
    return value
  }
  counted(f, 'requantise', rows, false, () => {
    const row = everywhere(terms, 'row')
    const scaleOfRow = everywhere(byRow, 'row.scale')
    for (let j = 0; j < vectors; j++) {
      const sum = f.reg(vector, 'sum')
      const scaled = f.reg(vector, 'scaled')
      f32.load(f, sum, mem(at, j * vectorBytes))
      const column = ofColumns(columnTerms, j, 'column')
      const scale = scaleOfRow ?? ofColumns(scales, j, 'column.scale') ?? one
      conversions.integers.scaled(f, scaled, sum, { row, column, scale })
      store(j, scaled)
    }
    if (rows === 1) return
    advance(f, at, vectors * vectorBytes)
    advance(f, to, C.strides.m as Quantity)
    if (terms !== null) f.add(terms, SUM_BYTES)
    if (byRow !== null) f.add(byRow, SUM_BYTES)
  })
}
