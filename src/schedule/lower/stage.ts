/** Lowers staging: the current block of A or B into units in the workspace, converted where that is needed. */
import { mem } from '../../encoder/operands.ts'
import type { V } from '../../regalloc/function.ts'
import type { NarrowFloat, NarrowInteger } from '../conversion.ts'
import type { PlaneSteps } from '../machine.ts'
import type { Address, MaskKind, VectorKind } from '../operand-kinds.ts'
import { STORAGE_BYTES } from '../product-type.ts'
import { advance, copy, isKnown, type Quantity, scale, times } from '../quantity.ts'
import { ScheduleError, type Stage } from '../tile-program.ts'
import { copyPieces } from './copy-pieces.ts'
import { type Cursor, counted, type Environment, type Lowering } from './environment.ts'
import { elementsOf, interleave, partsOf } from './interleave.ts'
import { stageNibbles } from './nibble-tile.ts'
import { lowerTileLoop } from './tile-loop.ts'

/** Bytes behind each staged line: room for the last store, and neighbouring lines fall into different sets of caches. */
export const STAGE_GAP = 64
/** Vectors of units that are made side by side. */
const VECTORS = 4

/** Bytes from one staged line of `units` units to the next. */
function lineBytes<K extends VectorKind, M extends MaskKind>(cx: Lowering<K, M>, units: Quantity): Quantity {
  const bytes = scale(cx.f, units, cx.elementBytes, 'stage.line')
  if (isKnown(bytes)) return bytes + STAGE_GAP
  const to = cx.f.gp('stage.line')
  cx.f.lea(to, mem(bytes, STAGE_GAP))
  return to
}

/** Emits the staging; the environment returned reads the operand where it is staged. */
export function lowerStage<K extends VectorKind, M extends MaskKind>(
  cx: Lowering<K, M>,
  { operand, nibbles }: Stage,
  env: Environment<M>,
): Environment<M> {
  const { f, program, elementBytes } = cx
  const place = program.stages[operand]
  if (place === null) throw new ScheduleError(`${program.name}: ${operand} has no place in the workspace`)
  const base = f.gp(`${operand}.stage`)
  f.mov(base, cx.workspace())
  advance(f, base, cx.size(place, operand === 'A' ? 'stage_left' : 'stage_right'))
  if (operand === 'A' && program.planes !== null) f.add(base, program.planes)
  const across = operand === 'A' ? 'm' : 'n'
  const isPadded = cx.product.parts !== null
  const staged = (strides: Cursor['strides'], plane?: number): Environment<M> => ({
    ...env,
    cursors: {
      ...env.cursors,
      [operand]: { base, offset: 0, strides, step: undefined, isPadded, plane },
    },
  })
  if (program.matrices[operand].dims[1] === 'k') {
    const line = lineBytes(cx, env.extents.k)
    if (operand === 'A' && cx.product.planes !== undefined) {
      if (!isKnown(line)) throw new ScheduleError(`${program.name}: planes need a known k`)
      stageLines(cx, env, inPlanes(cx, cx.product.planes, line), base, 2 * line, env.extents.m)
      return staged({ m: 2 * line, k: elementBytes }, line)
    }
    stageLines(cx, env, lineCopy(cx, operand), base, line, env.extents[across])
    if (nibbles) stageNibbles(cx, env, base)
    return staged({ [across]: line, k: elementBytes })
  }
  if (operand === 'B') throw new ScheduleError(`${program.name}: B's lines across k are packed, not staged`)
  // A's lines are to the left what B's are to the right.
  const vectors = ceilLanes(cx, env.extents.m)
  const stride = lineBytes(cx, vectors)
  const { A, B, C } = env.cursors
  const turned: Environment<M> = {
    ...env,
    extents: { ...env.extents, n: env.extents.m },
    cursors: {
      A: B,
      B: { ...A, strides: { n: A.strides.m!, k: A.strides.k! } },
      C: { ...C, base, offset: 0, strides: { n: elementBytes } },
    },
  }
  const mirror = {
    ...cx,
    storage: { ...cx.storage, B: cx.storage.A },
  }
  const parts = partsOf(cx, 'A')
  const loop = { dim: 'n', size: VECTORS * cx.lanes, lead: 0, leadsToLines: false, part: 'all' } as const
  lowerTileLoop(mirror, loop, turned, (tile) => interleave(mirror, tile, parts, tile.cursors.C, stride))
  return staged({ m: elementBytes, k: stride })
}

/** Rounded up to whole vectors. */
function ceilLanes<K extends VectorKind, M extends MaskKind>(
  { f, lanes }: Lowering<K, M>,
  columns: Quantity,
): Quantity {
  if (isKnown(columns)) return Math.ceil(columns / lanes) * lanes
  const to = f.gp('stage.columns')
  f.lea(to, mem(columns, lanes - 1))
  f.and(to, -lanes)
  return to
}

/** How elements get from a line to its staged one. */
interface LineCopy<K extends VectorKind> {
  /** Bytes of an element in the line, and staged. */
  readonly bytes: { readonly from: number; readonly to: number }
  /** Elements of a vector, and how it is loaded. */
  readonly per: number
  load(vector: V<K>, from: Address): void
  store(to: Address, vector: V<K>): void
  /** Fewer than a vector's worth; may write as much. */
  few(from: Address, to: Address, count: Quantity): void
  /** Bytes to where else a line lies. */
  readonly copies: readonly number[]
  /** What is done before a line, and once it lies where it begins. */
  begin(): void
  end(line: V<'r64'>): void
}

function lineCopy<K extends VectorKind, M extends MaskKind>(
  cx: Lowering<K, M>,
  operand: 'A' | 'B',
): LineCopy<K> & { readonly operand: 'A' | 'B' } {
  const { f, kernel, machine, product, program, elementBytes, lanes } = cx
  const bytes = STORAGE_BYTES[cx.storage[operand]]
  const once = {
    ...{ operand, copies: [], begin: () => {}, end: () => {} },
    store: (to: Address, vector: V<K>) => kernel.store(f, to, vector),
  }
  if (product.parts === null)
    return {
      ...once,
      bytes: { from: bytes, to: elementBytes },
      per: lanes,
      load: (vector, from) => kernel.load(f, vector, from),
      few: (from, to, count) => {
        if (!isKnown(count))
          throw new ScheduleError(`${program.name}: ${operand} is staged for a known k only`)
        copyPieces(f, from, to, count * bytes)
      },
    }
  const parts = partsOf(cx, operand)
  return {
    ...once,
    bytes: { from: bytes, to: parts.bytes },
    per: parts.alongElements,
    load: (vector, from) => parts.along.load(f, vector, from),
    few: (from, to, count) => {
      const vector = f.reg(machine.vector, 'wide')
      const laneBytes = parts.bytes === 4 ? 4 : 2
      parts.along.loadPart(f, vector, from, machine.conversions.part(f, count, laneBytes))
      kernel.store(f, to, vector)
    },
  }
}

/** A's lines in two planes `plane` bytes apart, behind which a word says whether the upper one has anything. */
function inPlanes<K extends VectorKind, M extends MaskKind>(
  cx: Lowering<K, M>,
  { bits: bitsOf, split }: PlaneSteps<K>,
  plane: number,
): LineCopy<K> & { readonly operand: 'A' } {
  const { f, kernel, machine, program } = cx
  let isSmall: V<'r64'> | null = null
  if (program.panels === 'given') {
    isSmall = f.gp('B.small')
    f.mov(isSmall.as('r32'), mem(cx.parameter('small_b')))
  }
  const bits = bitsOf(f, isSmall)
  /** All ones where flags count, 0 where they do not. */
  const counting = isSmall === null ? null : f.gp('B.counting').as('r32')
  if (counting !== null && isSmall !== null) f.lea(counting, mem(isSmall, -1))
  const whole = lineCopy(cx, 'A')
  const any = f.gp('A.upper').as('r32')
  const store = (to: Address, bytes: V<K>): void => {
    const { lower, some, upper } = split(f, bytes, bits)
    kernel.store(f, to, lower)
    kernel.store(f, to.plus(plane), upper)
    f.or(any, some.as('r32'))
  }
  return {
    ...whole,
    ...{ operand: 'A', copies: [plane], store },
    few: (from, to, count) => {
      const vector = f.reg(machine.vector, 'few')
      const { along } = partsOf(cx, 'A')
      along.loadPart(f, vector, from, machine.conversions.part(f, count, 2))
      store(to, vector)
    },
    begin: () => f.xor(any, any),
    end: (line) => {
      if (counting !== null) f.and(any, counting)
      f.mov(mem(line, flagOfLine(plane)), any)
    },
  }
}

/** Bytes from the begin of a line in planes to its flag: behind what the last store of the upper plane may write. */
export const flagOfLine = (plane: number): number => 2 * plane - STAGE_GAP / 2

/** Lines along k, one by one: whole vectors, then the last elements once more with those before them. */
function stageLines<K extends VectorKind, M extends MaskKind>(
  cx: Lowering<K, M>,
  env: Environment<M>,
  way: LineCopy<K> & { readonly operand: 'A' | 'B' },
  base: V<'r64'>,
  stride: Quantity,
  lines: Quantity,
): void {
  const { f, product } = cx
  const { group } = product
  const { operand } = way
  const cursor = env.cursors[operand]
  const line = f.gp(`${operand}.line`)
  f.lea(line, mem(cursor.base, cursor.offset))
  const target = copy(f, base, `${operand}.staged`)
  const elements = elementsOf(cx, env)
  counted(f, `stage.${operand}`, lines, false, () => {
    way.begin()
    const from = copy(f, line, 'stage.from')
    const to = copy(f, target, 'stage.to')
    if (cursor.step === way.bytes.from) copyLine(cx, way, from, to, elements)
    else gather(cx, operand, cursor.step!, from, to, elements)
    // What the last unit lacks.
    if (group > 1 && env.kRest !== 0) {
      const end = times(f, elements, way.bytes.to, 'stage.end')
      const zeros = isKnown(end) ? mem(target, end) : mem(target, end, 1)
      const zero = f.gp('zero')
      f.xor(zero.as('r32'), zero.as('r32'))
      for (const at of [0, ...way.copies]) f.mov(zeros.plus(at), zero.as('r32'))
    }
    way.end(target)
    advance(f, line, cursor.strides[operand === 'A' ? 'm' : 'n']!)
    advance(f, target, stride)
  })
}

/** The same of elements that lie `step` bytes apart, of which there are few: one by one, whole vectors of each. */
function gather<K extends VectorKind, M extends MaskKind>(
  cx: Lowering<K, M>,
  operand: 'A' | 'B',
  step: Quantity,
  from: V<'r64'>,
  to: V<'r64'>,
  elements: Quantity,
): void {
  const { f, kernel, machine, product, storage } = cx
  const { toFloat, toWords } = machine.conversions
  const plain = product.parts === null
  const widening = plain
    ? null
    : product.group === 1
      ? toFloat[storage[operand] as NarrowFloat]
      : toWords[storage[operand] as NarrowInteger]
  const bytes = plain ? cx.elementBytes : partsOf(cx, operand).bytes
  if (!isKnown(elements) || !isKnown(step))
    throw new ScheduleError(`${cx.program.name}: ${operand} lies apart by an open stride`)
  for (let element = 0; element < elements; element++) {
    const vector = f.reg(machine.vector, 'wide')
    if (widening === null) kernel.broadcast(f, vector, mem(from, element * step))
    else widening.broadcast(f, vector, mem(from, element * step))
    kernel.store(f, mem(to, element * bytes), vector)
  }
}

/** Brings `elements` elements over; the pointers move. May write up to a vector behind the last. */
function copyLine<K extends VectorKind, M extends MaskKind>(
  cx: Lowering<K, M>,
  { bytes, per, load, store, few }: LineCopy<K>,
  from: V<'r64'>,
  to: V<'r64'>,
  elements: Quantity,
): void {
  const { f, machine } = cx
  const whole = (source: Address, target: Address): void => {
    const vector = f.reg(machine.vector, 'wide')
    load(vector, source)
    store(target, vector)
  }
  const next = (): void => {
    whole(mem(from), mem(to))
    f.add(from, per * bytes.from)
    f.add(to, per * bytes.to)
  }
  /** The last vector's worth of elements, some of which are there already. */
  const again = (rest: Quantity): void => {
    advance(f, from, rest, bytes.from)
    advance(f, to, rest, bytes.to)
    whole(mem(from, -per * bytes.from), mem(to, -per * bytes.to))
  }
  if (isKnown(elements)) {
    const rest = elements % per
    counted(f, 'stage.vectors', Math.floor(elements / per), false, next)
    if (rest === 0) return
    if (elements < per) few(mem(from), mem(to), rest)
    else again(rest)
    return
  }
  const vectors = copy(f, elements, 'stage.whole')
  f.shr(vectors, Math.log2(per))
  const rest = copy(f, elements, 'stage.rest')
  f.and(rest, per - 1)
  const end = f.label('stage.end')
  const short = f.label('stage.few')
  f.test(vectors, vectors)
  f.je(short)
  counted(f, 'stage.vectors', vectors, false, next)
  f.test(rest, rest)
  f.je(end)
  again(rest)
  f.jmp(end)
  f.bind(short)
  f.test(rest, rest)
  f.je(end)
  few(mem(from), mem(to), rest)
  f.bind(end)
}
