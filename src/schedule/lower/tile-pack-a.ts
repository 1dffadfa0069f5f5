/** Lowers the passes that make A fit for tile registers: transposing it, and padding the ends of its rows. */
import { mem } from '../../encoder/operands.ts'
import type { V } from '../../regalloc/function.ts'
import { addressable, advance, copy, isKnown, type Quantity } from '../quantity.ts'
import { TILE_ROW_BYTES, TILE_UNITS, UNIT_BYTES } from '../tile-machine.ts'
import { ScheduleError, type TilePack } from '../tile-program.ts'
import { Lines } from './addresses.ts'
import { counted } from './environment.ts'
import { interleaveLines, transposeUnits } from './tile-units.ts'
import { knownUnits, type TileEnvironment, type TileWork } from './tile-work.ts'

/** Rows whose ends are copied in one iteration. */
const ROWS = 4

/** Bytes of one of A's rows, transposed and padded: an odd number of lines, so that rows fall into all sets of a cache. */
export function rowBytesOfA(units: number): number {
  const lines = Math.ceil(units / TILE_UNITS)
  return TILE_ROW_BYTES * (lines % 2 === 0 ? lines + 1 : lines)
}

/** Elements of k. */
export function elementsOf(work: TileWork, env: TileEnvironment): number {
  const { units, rest } = knownUnits(work, env)
  return rest > 0 ? (units - 1) * work.group + rest : units * work.group
}

export function known(work: TileWork, env: TileEnvironment, dim: 'm' | 'n'): number {
  const size = env.extents[dim]
  if (!isKnown(size)) throw new ScheduleError(`${work.cx.program.name}: packing for tiles needs ${dim} known`)
  return size
}

/** Where A's panels begin in the workspace. */
function placeOfA({ cx }: TileWork): V<'r64'> {
  const { f, program } = cx
  if (program.panelsOfA === null) throw new ScheduleError(`${program.name}: A has no place in the workspace`)
  const base = f.gp('Q')
  f.mov(base, cx.workspace())
  advance(f, base, program.panelsOfA)
  return base
}

/** A mask of the first `count` bytes of a vector. */
export function byteMask({ cx: { f } }: TileWork, count: number): V<'k'> {
  const mask = f.k('bytes')
  const bits = f.gp('bytes.bits')
  f.mov(bits, (1n << BigInt(count)) - 1n)
  f.kmovq(mask, bits)
  return mask
}

/** The last, partial K-step of every row: [row][64 bytes]. */
export function copyTails(work: TileWork, { units }: TilePack, env: TileEnvironment): TileEnvironment {
  const { cx, bytes, group } = work
  const { f } = cx
  const { A } = env.cursors
  const m = known(work, env, 'm')
  const k = elementsOf(work, env)
  const base = placeOfA(work)
  const tail = k % (units * group)
  const mask = byteMask(work, tail * bytes.A)
  const stride = addressable(f, A.strides.m as Quantity, ROWS, 'A.stride')
  const from = new Lines(f, 'A', { ...A, offset: A.offset + (k - tail) * bytes.A }, stride, ROWS, true)
  const to = new Lines(f, 'Q', { base, offset: 0 }, TILE_ROW_BYTES, ROWS, true)
  const some = (count: number): void => {
    for (let row = 0; row < count; row++) {
      const vector = f.zmm('tail')
      f.vmovdqu8(vector.mask(mask).zero(), from.at(row, 0))
      f.vmovdqu32(to.at(row, 0), vector)
    }
    from.moveLines(count)
    to.moveLines(count)
  }
  counted(f, 'tails', Math.floor(m / ROWS), false, () => some(ROWS))
  if (m % ROWS > 0) some(m % ROWS)
  return { ...env, cursors: { ...env.cursors, Q: { base, offset: 0, strides: { m: TILE_ROW_BYTES } } } }
}

/**
 * A stored by columns of m elements: 16 rows × 16 units at a time, the lines of each unit interleaved, the units of
 * each row then brought side by side.
 */
export function transposeA(
  work: TileWork,
  { units, steps }: TilePack,
  env: TileEnvironment,
): TileEnvironment {
  const { cx, bytes, group } = work
  const { f } = cx
  const { A } = env.cursors
  const m = known(work, env, 'm')
  const k = elementsOf(work, env)
  const base = placeOfA(work)
  const rowBytes = rowBytesOfA(units * steps)
  const stride = addressable(f, A.step as Quantity, group, 'A.stride')
  const start = f.gp('A.rows')
  f.lea(start, mem(A.base, A.offset))
  const target = copy(f, base, 'Q.rows')
  const chunkSteps = TILE_UNITS * group

  const rows = (count: number): void => {
    const mask = count < TILE_UNITS ? cx.machine.mask(f, count, UNIT_BYTES) : null
    const lines = new Lines(f, 'A', { base: start, offset: 0 }, stride, group, true)
    const to = copy(f, target, 'Q.units')
    const chunk = (present: number): void => {
      const vectors = Array.from({ length: TILE_UNITS }, (_, unit) => {
        const here = Math.min(group, present - unit * group)
        if (here <= 0) return zero(work)
        const at = Array.from({ length: here }, (_, line) => lines.at(line, 0))
        const vector = interleaveLines(f, at, bytes.A, mask)
        lines.moveLines(here)
        return vector
      })
      for (const [row, vector] of transposeUnits(f, vectors).slice(0, count).entries())
        f.vmovdqu32(mem(to, row * rowBytes), vector)
      f.add(to, TILE_ROW_BYTES)
    }
    counted(f, 'transpose', Math.floor(k / chunkSteps), false, () => chunk(chunkSteps))
    if (k % chunkSteps > 0) chunk(k % chunkSteps)
    // Steps may end up to one chunk behind k.
    const chunks = Math.ceil(k / chunkSteps)
    for (let more = chunks; more < Math.ceil((units * steps) / TILE_UNITS); more++) {
      const nothing = zero(work)
      for (let row = 0; row < count; row++) f.vmovdqu32(mem(to, row * rowBytes), nothing)
      f.add(to, TILE_ROW_BYTES)
    }
    f.add(start, TILE_UNITS * bytes.A)
    f.add(target, TILE_UNITS * rowBytes)
  }
  counted(f, 'transpose.rows', Math.floor(m / TILE_UNITS), false, () => rows(TILE_UNITS))
  if (m % TILE_UNITS > 0) rows(m % TILE_UNITS)
  const packed = { base, offset: 0, strides: { m: rowBytes, k: UNIT_BYTES } }
  return { ...env, cursors: { ...env.cursors, A: packed } }
}

export function zero({ cx: { f } }: TileWork): V<'zmm'> {
  const vector = f.zmm('zero')
  f.vpxord(vector, vector, vector)
  return vector
}
