/**
 * Lowers register-tile loops. A dimension of u units (rows of m, vectors of n) is cut into t = ⌈u / size⌉
 * tiles of ⌈u / t⌉ or ⌊u / t⌋ units: no thin remainders. The code inside is specialised to each tile size.
 */
import { type Label, mem } from '../../encoder/operands.ts'
import type { V } from '../../regalloc/function.ts'
import type { MaskKind, VectorKind } from '../operand-kinds.ts'
import { ceilDiv, copy, divide, inRegister, isKnown, minimum, type Quantity, scale } from '../quantity.ts'
import type { Part, TileLoop } from '../tile-program.ts'
import { counted, type Environment, type Lowering, moveCursors, ownCursors, shifted } from './environment.ts'

/** A run of equal tiles. */
export interface Run {
  readonly units: number
  readonly count: number
}

/** Cuts `units` into as few tiles of at most `size` as possible, larger ones first, sizes differing by at most 1. */
export function evenTiles(units: number, size: number): readonly Run[] {
  if (units === 0) return []
  const tiles = Math.ceil(units / size)
  const small = Math.floor(units / tiles)
  const larger = units - small * tiles
  const runs: Run[] = []
  if (larger > 0) runs.push({ units: small + 1, count: larger })
  runs.push({ units: small, count: tiles - larger })
  return runs
}

type Body<M extends MaskKind> = (env: Environment<M>) => void

export function lowerTileLoop<K extends VectorKind, M extends MaskKind>(
  cx: Lowering<K, M>,
  { dim, size, part, lead, leadsToLines }: Pick<TileLoop, 'dim' | 'size' | 'part' | 'lead' | 'leadsToLines'>,
  env: Environment<M>,
  body: Body<M>,
): void {
  const extent = env.extents[dim]
  const unit = dim === 'n' ? cx.lanes : 1
  const cut = { dim, part, unit, largest: Math.ceil(size / unit) }
  if (isKnown(extent) && lead > 0 && part === 'all' && extent > lead) {
    if (!leadsToLines) ledTiles(cx, cut, lead, extent, env, body)
    else {
      const plain = cx.f.label(`tile.${dim}.plain`)
      const end = cx.f.label(`tile.${dim}.end`)
      unlessOnLines(cx, lead, env, plain)
      ledTiles(cx, cut, lead, extent, env, body)
      cx.f.jmp(end)
      cx.f.bind(plain)
      knownTiles(cx, cut, extent, env, body)
      cx.f.bind(end)
    }
  } else if (isKnown(extent)) knownTiles(cx, cut, extent, env, body)
  else if (dim === 'm' && part !== 'first') runtimeRows(cx, cut, extent, env, body)
  else runtimeTiles(cx, cut, extent, env, body)
}

const LINE_BYTES = 64

/** A narrower tile of `lead` columns, then the others. */
function ledTiles<K extends VectorKind, M extends MaskKind>(
  cx: Lowering<K, M>,
  cut: Cut,
  lead: number,
  extent: number,
  env: Environment<M>,
  body: Body<M>,
): void {
  const { dim, unit } = cut
  const units = Math.ceil(lead / unit)
  const lastLanes = lead - (units - 1) * unit
  const mask = lastLanes < unit ? cx.machine.mask(cx.f, lastLanes, cx.elementBytes) : null
  body({ ...tileOf(env, dim, units, unit, mask, lastLanes), extents: { ...env.extents, [dim]: lead } })
  knownTiles(cx, cut, extent - lead, shifted(cx.f, env, dim, lead), body)
}

/** Jumps where the columns behind the lead do not begin on a line of B. */
function unlessOnLines<K extends VectorKind, M extends MaskKind>(
  { f, elementBytes }: Lowering<K, M>,
  lead: number,
  { cursors }: Environment<M>,
  plain: Label,
): void {
  const { base, offset } = cursors.B
  const begin = f.gp('lead.end')
  f.lea(begin, mem(base, offset + lead * elementBytes))
  f.test(begin.as('r32'), LINE_BYTES - 1)
  f.jne(plain)
}

/** How a dimension is cut: tiles of at most `largest` units of `unit` elements. */
interface Cut {
  readonly dim: 'm' | 'n'
  readonly part: Part
  readonly unit: number
  readonly largest: number
}

/** The environment of one tile of `units`; its extent counts whole vectors, the mask cuts the last one. */
function tileOf<M extends MaskKind>(
  env: Environment<M>,
  dim: 'm' | 'n',
  units: number,
  unit: number,
  mask: V<M> | null,
  lastLanes: Quantity = unit,
): Environment<M> {
  const tile = dim === 'm' ? { ...env.tile, rows: units } : { ...env.tile, vectors: units, mask, lastLanes }
  return { ...env, tile, extents: { ...env.extents, [dim]: units * unit } }
}

function knownTiles<K extends VectorKind, M extends MaskKind>(
  cx: Lowering<K, M>,
  { dim, part, unit, largest }: Cut,
  extent: number,
  env: Environment<M>,
  body: Body<M>,
): void {
  const { f } = cx
  const partial = extent % unit
  const runs = evenTiles(Math.ceil(extent / unit), largest).map((run) => ({ ...run }))
  const first = runs[0]
  const last = runs.at(-1)
  if (first === undefined || last === undefined) return
  if (part === 'first') {
    const alone = runs.length === 1 && first.count === 1
    const mask = alone && partial > 0 ? cx.machine.mask(f, partial, cx.elementBytes) : null
    body(tileOf(env, dim, first.units, unit, mask, mask === null ? unit : partial))
    return
  }
  let at = env
  if (part === 'rest') {
    first.count--
    at = shifted(f, at, dim, first.units * unit)
    if (runs.every((run) => run.count === 0)) return
  }
  // Only the very last tile has a partial vector; it gets code of its own.
  if (partial > 0) last.count--
  let owned = false
  for (const { units, count } of runs) {
    if (count === 0) continue
    if (count > 1 && !owned) {
      at = ownCursors(f, at, dim, `tile.${dim}`)
      owned = true
    }
    const here = at
    counted(f, `tile.${dim}.${units}`, count, false, () => {
      body(tileOf(here, dim, units, unit, null))
      if (count > 1) moveCursors(f, here, dim, units * unit)
    })
    if (count === 1) at = shifted(f, at, dim, units * unit)
  }
  if (partial > 0) {
    body(tileOf(at, dim, last.units, unit, cx.machine.mask(f, partial, cx.elementBytes), partial))
  }
}

function runtimeTiles<K extends VectorKind, M extends MaskKind>(
  cx: Lowering<K, M>,
  { dim, part, unit, largest }: Cut,
  extent: V<'r64'>,
  env: Environment<M>,
  body: Body<M>,
): void {
  const { f } = cx
  const name = `tile.${dim}`
  const units = inRegister(f, ceilDiv(f, extent, unit, `${name}.units`), name)
  const end = f.label(`${name}.end`)
  f.test(units, units)
  f.je(end)
  const tiles = ceilDiv(f, units, largest, `${name}.count`)
  const { quotient, remainder } = divide(f, units, tiles, name)
  // The first `larger` tiles have one unit more.
  const larger = copy(f, remainder, `${name}.larger`)
  const sizeOfNext = (): V<'r64'> => {
    const size = copy(f, quotient, `${name}.size`)
    f.cmp(larger, 1)
    f.sbb(size, -1)
    return size
  }
  const own = part === 'first' ? env : ownCursors(f, env, dim, name)
  // Columns that follow the current tile's first one, to find the partial last vector.
  const columns = dim === 'n' ? copy(f, extent, `${name}.columns`) : null
  const next = f.label(`${name}.next`)
  const oneTile = (): void => {
    const size = sizeOfNext()
    const lanesLeft = columns === null ? null : lanesOfLastVector(cx, columns, size)
    dispatch(cx, size, largest, `${name}.case`, (count) => {
      const tile = (mask: V<M> | null): void => {
        body(tileOf(own, dim, count, unit, mask, mask === null ? unit : (lanesLeft ?? unit)))
        if (part !== 'first') moveCursors(f, own, dim, count * unit)
        if (columns !== null) f.sub(columns, count * unit)
        f.jmp(next)
      }
      if (lanesLeft === null) return tile(null)
      if (cx.machine.maskRegisters > 0) {
        // Masks are dear here, so whole tiles get code without them.
        const partial = f.label(`${name}.partial`)
        f.cmp(lanesLeft, unit)
        f.jb(partial)
        tile(null)
        f.bind(partial)
      }
      tile(cx.machine.mask(f, lanesLeft, cx.elementBytes))
    })
  }
  if (part === 'first') {
    oneTile()
    f.bind(next)
    f.bind(end)
    return
  }

  const left = copy(f, tiles, `${name}.left`)
  const countDown = (): void => {
    f.sub(larger, 1)
    const positive = f.label(`${name}.larger`)
    f.jns(positive)
    f.xor(larger.as('r32'), larger.as('r32'))
    f.bind(positive)
    f.sub(left, 1)
  }
  if (part === 'rest') {
    const size = scale(f, sizeOfNext(), unit, `${name}.first`)
    moveCursors(f, own, dim, size)
    if (columns !== null) f.sub(columns, inRegister(f, size, name))
    countDown()
    f.je(end)
  }
  f.enterLoop(name)
  const top = f.label(name)
  f.bind(top)
  oneTile()
  f.bind(next)
  countDown()
  f.jne(top)
  f.exitLoop()
  f.bind(end)
}

/**
 * The same for rows, of which no tile is partial: the larger tiles, then the others, each in a loop of its own that
 * knows their size. Measured on Zen 3 by a kernel for all sizes, of the speed of those for the size, before and after:
 * f32 64³ 93 and 95 %, 96³ 98 and 99, 192³ 97 and 98, and no gain at 256³.
 */
function runtimeRows<K extends VectorKind, M extends MaskKind>(
  cx: Lowering<K, M>,
  { dim, part, unit, largest }: Cut,
  rows: V<'r64'>,
  env: Environment<M>,
  body: Body<M>,
): void {
  const { f } = cx
  const name = `tile.${dim}`
  const end = f.label(`${name}.end`)
  f.test(rows, rows)
  f.je(end)
  const tiles = ceilDiv(f, rows, largest, `${name}.count`)
  const { quotient, remainder } = divide(f, rows, tiles, name)
  const count = copy(f, remainder, `${name}.larger`)
  const others = copy(f, tiles, `${name}.others`)
  f.sub(others, inRegister(f, remainder, name))
  const own = ownCursors(f, env, dim, name)
  if (part === 'rest') {
    const first = copy(f, quotient, `${name}.first`)
    f.cmp(count, 1)
    f.sbb(first, -1)
    moveCursors(f, own, dim, first)
    const isLarger = f.label(`${name}.first.larger`)
    f.sub(count, 1)
    f.jns(isLarger)
    f.xor(count.as('r32'), count.as('r32'))
    f.sub(others, 1)
    f.bind(isLarger)
  }
  const size = f.gp(`${name}.size`)
  f.lea(size, mem(inRegister(f, quotient, name), 1))
  const run = f.label(`${name}.run`)
  const next = f.label(`${name}.next`)
  f.enterLoop(`${name}.runs`)
  f.test(count, count)
  f.jne(run)
  f.bind(next)
  f.mov(count, others)
  f.mov(size, inRegister(f, quotient, name))
  f.xor(others.as('r32'), others.as('r32'))
  f.test(count, count)
  f.je(end)
  f.bind(run)
  dispatch(cx, size, largest, `${name}.case`, (units) => {
    f.enterLoop(name)
    const top = f.label(name)
    f.bind(top)
    body(tileOf(own, dim, units, unit, null))
    moveCursors(f, own, dim, units * unit)
    f.sub(count, 1)
    f.jne(top)
    f.exitLoop()
    f.jmp(next)
  })
  f.exitLoop()
  f.bind(end)
}

/** Columns in the tile's last vector: min(lanes, columns − (size − 1)·lanes). */
function lanesOfLastVector<K extends VectorKind, M extends MaskKind>(
  cx: Lowering<K, M>,
  columns: V<'r64'>,
  size: V<'r64'>,
): V<'r64'> {
  const { f, lanes } = cx
  const before = f.gp('mask.before')
  f.mov(before, size)
  f.shl(before, Math.log2(lanes))
  const count = f.gp('mask.lanes')
  f.lea(count, mem(columns, lanes))
  f.sub(count, before)
  return minimum(f, count, lanes, 'mask.lanes') as V<'r64'>
}

/** Jumps to the copy of the code for `value`, 1 … largest, by a balanced tree of compares; each must jump on. */
export function dispatch<K extends VectorKind, M extends MaskKind>(
  cx: Lowering<K, M>,
  value: V<'r64'>,
  largest: number,
  name: string,
  emit: (value: number) => void,
): void {
  const { f } = cx
  const tree = (low: number, high: number): void => {
    if (low === high) {
      emit(low)
      return
    }
    const middle = (low + high + 1) >> 1
    const upper = f.label(`${name}.${middle}`)
    f.cmp(value, middle)
    f.jae(upper)
    tree(low, middle - 1)
    f.bind(upper)
    tree(middle, high)
  }
  tree(1, largest)
}
