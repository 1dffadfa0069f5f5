/** Lowers packing ahead: the current block of B into panels [k][width] in the workspace, last columns zero-padded. */
import { mem } from '../../encoder/operands.ts'
import type { V } from '../../regalloc/function.ts'
import type { MaskKind, VectorKind } from '../operand-kinds.ts'
import { addressable, advance, copy, isKnown, type Quantity, times } from '../quantity.ts'
import { type Pack, ScheduleError } from '../tile-program.ts'
import { Lines } from './addresses.ts'
import { counted, type Environment, type Lowering, moveCursors, ownCursors } from './environment.ts'
import { interleave, partsOf } from './interleave.ts'
import { withNextOfB } from './prefetch.ts'
import { evenTiles, lowerTileLoop } from './tile-loop.ts'

/** Rows of B copied in one iteration. */
const ROWS = 4

/** Emits the copy of the current block into its panels; the environment returned knows where the next one is, if it is asked for. */
export function lowerPack<K extends VectorKind, M extends MaskKind>(
  cx: Lowering<K, M>,
  pack: Pack,
  env: Environment<M>,
): Environment<M> {
  const panels = env.cursors.P
  if (panels === undefined) throw new ScheduleError('pack: the program has no panels')
  const { f, packs } = cx
  const end = f.label('pack.end')
  if (pack.optional && packs !== null) {
    f.test(packs, packs)
    f.je(end)
  }
  const to = copy(f, panels.base, 'panel')
  const { n, k } = env.extents
  const isRowMajor = cx.program.matrices.B.dims[0] === 'k'
  const copies = cx.product.parts === null ? copyPanel : packUnits
  const make = isRowMajor ? copies : transposePanel
  if (make === copyPanel && isKnown(n) && isKnown(k)) copyPanels(cx, pack.width, env, to, { n, k })
  else {
    const tiles = { dim: 'n', size: pack.width, lead: 0, leadsToLines: false, part: 'all' } as const
    lowerTileLoop(cx, tiles, env, (tile) => make(cx, tile, to))
  }
  f.bind(end)
  return pack.asks ? withNextOfB(cx, env) : env
}

/** What is done to vectors of a panel's units before they are stored. */
const flipOf =
  <K extends VectorKind, M extends MaskKind>({ f, machine, product }: Lowering<K, M>) =>
  (units: V<K>): void => {
    if (product.flipsRight === true) machine.conversions.integers.flip(f, units, units)
  }

/** Panels that are made side by side. */
const PANELS = 8

/**
 * Makes all panels of a block of known size, several at once: each row of B is read along as many panels as there are
 * in a group, since short pieces of rows far apart come slowly from memory. Measured on Zen 3, one panel at a time and
 * eight: 32×4096×4096 40.5 and 47.7 % of peak, 128×768×3072 63.4 and 68.8 (medians, in turn).
 */
function copyPanels<K extends VectorKind, M extends MaskKind>(
  cx: Lowering<K, M>,
  width: number,
  env: Environment<M>,
  to: V<'r64'>,
  { n, k }: { readonly n: number; readonly k: number },
): void {
  const { f, lanes } = cx
  const partial = n % lanes
  const runs = evenTiles(Math.ceil(n / lanes), Math.ceil(width / lanes))
  const at = ownCursors(f, env, 'n', 'pack')
  for (const [index, { units: vectors, count }] of runs.entries()) {
    // The very last vector of columns may be partial.
    const whole = partial > 0 && index === runs.length - 1 ? count - 1 : count
    const group = (panels: number): void => {
      dealOut(cx, at, { vectors, panels, k }, to)
      moveCursors(f, at, 'n', panels * vectors * lanes)
    }
    counted(f, `pack.${vectors}`, Math.floor(whole / PANELS), false, () => group(PANELS))
    if (whole % PANELS > 0) group(whole % PANELS)
  }
  const last = runs.at(-1)
  if (partial === 0 || last === undefined) return
  const tile = {
    ...env.tile,
    ...{ vectors: last.units, lastLanes: partial, mask: cx.machine.mask(f, partial, cx.elementBytes) },
  }
  copyPanel(cx, { ...at, extents: { ...env.extents, n: last.units * lanes }, tile }, to)
}

/** Copies every row of B into `panels` panels of equal width, and leaves `to` behind them. */
function dealOut<K extends VectorKind, M extends MaskKind>(
  cx: Lowering<K, M>,
  env: Environment<M>,
  { vectors, panels, k }: { readonly vectors: number; readonly panels: number; readonly k: number },
  to: V<'r64'>,
): void {
  const { f, machine, kernel } = cx
  const width = vectors * machine.vectorBytes
  const cursor = env.cursors.B
  const stride = addressable(f, cursor.strides.k as Quantity, 1, 'B.stride')
  const from = new Lines(f, 'B', cursor, stride, 1, true)
  counted(f, 'pack', k, false, () => {
    for (let panel = 0; panel < panels; panel++) {
      for (let at = 0; at < width; at += machine.vectorBytes) {
        const vector = f.reg(machine.vector, 'copy')
        kernel.load(f, vector, from.at(0, panel * width + at))
        kernel.store(f, mem(to, panel * k * width + at), vector)
      }
    }
    from.moveLines(1)
    f.add(to, width)
  })
  advance(f, to, (panels - 1) * k * width)
}

/** Makes a panel of units and leaves `to` behind it. */
function packUnits<K extends VectorKind, M extends MaskKind>(
  cx: Lowering<K, M>,
  env: Environment<M>,
  to: V<'r64'>,
): void {
  const stride = env.tile.vectors * cx.machine.vectorBytes
  interleave(cx, env, partsOf(cx, 'B'), { base: to, offset: 0, finish: flipOf(cx) }, stride)
  advance(cx.f, to, times(cx.f, env.extents.k, stride, 'panel.bytes'))
}

/** Copies one panel and leaves `to` behind it. */
function copyPanel<K extends VectorKind, M extends MaskKind>(
  cx: Lowering<K, M>,
  env: Environment<M>,
  to: V<'r64'>,
): void {
  const { f, machine, kernel } = cx
  const { vectors, mask } = env.tile
  const width = vectors * machine.vectorBytes
  const k = env.extents.k
  const cursor = env.cursors.B
  const stride = addressable(f, cursor.strides.k as Quantity, ROWS, 'B.stride')
  const from = new Lines(f, 'B', cursor, stride, ROWS, true)
  const target = new Lines(f, 'panel', { base: to, offset: 0 }, width, ROWS, false)
  const copyRows = (rows: number): void => {
    for (let row = 0; row < rows; row++) {
      for (let j = 0; j < vectors; j++) {
        const vector = f.reg(machine.vector, 'copy')
        const source = from.at(row, j * machine.vectorBytes)
        if (mask !== null && j === vectors - 1) kernel.loadMasked(f, vector, source, mask)
        else kernel.load(f, vector, source)
        kernel.store(f, target.at(row, j * machine.vectorBytes), vector)
      }
    }
    from.moveLines(rows)
    advance(f, to, rows * width)
  }
  const { whole, rest } = cutSteps(cx, k, ROWS)
  counted(f, 'pack', whole, false, () => copyRows(ROWS))
  counted(f, 'pack.rest', rest, false, () => copyRows(1))
}

/** k as whole groups of `group` (a power of two) and what remains. */
function cutSteps<K extends VectorKind, M extends MaskKind>(
  { f }: Lowering<K, M>,
  k: Quantity,
  group: number,
): { readonly whole: Quantity; readonly rest: Quantity } {
  if (isKnown(k)) return { whole: Math.floor(k / group), rest: k % group }
  const whole = f.gp('pack.whole')
  f.mov(whole, k)
  f.shr(whole, Math.log2(group))
  const rest = f.gp('pack.rest')
  f.mov(rest, k)
  f.and(rest, group - 1)
  return { whole, rest }
}

/** The same from a transposed B, whose lines are columns: by strips of one vector of columns. */
function transposePanel<K extends VectorKind, M extends MaskKind>(
  cx: Lowering<K, M>,
  env: Environment<M>,
  to: V<'r64'>,
): void {
  const { f, machine, lanes } = cx
  const { vectors, mask, lastLanes } = env.tile
  const B = env.cursors.B
  const stride = addressable(f, B.strides.n as Quantity, lanes, 'B.stride')
  const from = f.gp('strip')
  f.lea(from, mem(B.base, B.offset))
  for (let j = 0; j < vectors; j++) {
    const strip = { from, stride, offset: j * machine.vectorBytes, width: vectors * machine.vectorBytes }
    if (j < vectors - 1 || mask === null) transposeStrip(cx, env, strip, to)
    else if (isKnown(lastLanes)) copyColumns(cx, env, strip, to, lastLanes)
    else {
      const columns = f.label('strip.columns')
      const done = f.label('strip.done')
      f.cmp(lastLanes, lanes)
      f.jb(columns)
      transposeStrip(cx, env, strip, to)
      f.jmp(done)
      f.bind(columns)
      copyColumns(cx, env, strip, to, lastLanes)
      f.bind(done)
    }
    if (j < vectors - 1) advance(f, from, stride, lanes)
  }
  const bytes = times(f, env.extents.k, vectors * machine.vectorBytes, 'panel.bytes')
  advance(f, to, bytes)
}

/** One vector of columns of a panel: where its lines begin, and where in each K-step of the panel it goes. */
interface Strip {
  readonly from: V<'r64'>
  readonly stride: Quantity
  readonly offset: number
  readonly width: number
}

const CHUNK_BYTES = 16
/** The highest bit of each of four bytes, as an immediate of 32 bits. */
const FLIP = 0x8080_8080 | 0

function transposeStrip<K extends VectorKind, M extends MaskKind>(
  cx: Lowering<K, M>,
  env: Environment<M>,
  { from, stride, offset, width }: Strip,
  to: V<'r64'>,
): void {
  const { f, kernel, elementBytes, lanes } = cx
  const flip = flipOf(cx)
  const source = new Lines(f, 'strip', { base: from, offset: 0 }, stride, lanes, true)
  const target = f.gp('strip.to')
  f.mov(target, to)
  const steps = (single: boolean): void => {
    const columns = kernel.loadTransposed(f, (row) => source.at(row, 0), single)
    for (const [step, column] of columns.entries()) {
      flip(column)
      kernel.store(f, mem(target, step * width + offset), column)
    }
    source.moveBytes(columns.length * elementBytes)
    advance(f, target, columns.length * width)
  }
  const { whole, rest } = cutSteps(cx, env.extents.k, CHUNK_BYTES / elementBytes)
  counted(f, 'transpose', whole, false, () => steps(false))
  counted(f, 'transpose.rest', rest, false, () => steps(true))
}

/** The partial last vector: element by element, after zeros; rows behind the last column are not touched. */
function copyColumns<K extends VectorKind, M extends MaskKind>(
  cx: Lowering<K, M>,
  env: Environment<M>,
  { from, stride, offset, width }: Strip,
  to: V<'r64'>,
  count: Quantity,
): void {
  const { f, kernel, elementBytes } = cx
  const k = env.extents.k
  const zero = f.reg(cx.machine.vector, 'zero')
  kernel.zero(f, zero)
  const target = f.gp('column.to')
  f.lea(target, mem(to, offset))
  const row = copy(f, target, 'zero.to')
  counted(f, 'column.zero', k, false, () => {
    kernel.store(f, mem(row), zero)
    f.add(row, width)
  })
  const line = copy(f, from, 'column')
  counted(f, 'column', count, false, () => {
    const source = copy(f, line, 'column.at')
    const place = copy(f, target, 'column.place')
    counted(f, 'column.element', k, false, () => {
      const element = f.gp('element')
      if (elementBytes === 4) {
        f.mov(element.as('r32'), mem(source))
        if (cx.product.flipsRight === true) f.xor(element.as('r32'), FLIP)
        f.mov(mem(place), element.as('r32'))
      } else {
        f.mov(element, mem(source))
        f.mov(mem(place), element)
      }
      f.add(source, elementBytes)
      f.add(place, width)
    })
    advance(f, line, stride)
    f.add(target, elementBytes)
  })
}
