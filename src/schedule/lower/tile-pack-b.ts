/** Lowers the pass that brings B into panels of units, [unit][column], rows and columns padded with zeros. */
import { mem } from '../../encoder/operands.ts'
import type { V } from '../../regalloc/function.ts'
import type { Address } from '../operand-kinds.ts'
import { addressable, advance, type Quantity, scale } from '../quantity.ts'
import { TILE_ROW_BYTES, TILE_UNITS, UNIT_BYTES } from '../tile-machine.ts'
import { ScheduleError, type TilePack } from '../tile-program.ts'
import { Lines } from './addresses.ts'
import { counted } from './environment.ts'
import { byteMask, elementsOf, known, zero } from './tile-pack-a.ts'
import { interleaveLines, transposeUnits } from './tile-units.ts'
import { elementsOfUnit, knownUnits, type TileEnvironment, type TileWork } from './tile-work.ts'

export function packB(work: TileWork, pack: TilePack, env: TileEnvironment): void {
  if (work.cx.program.matrices.B.dims[0] === 'n') transposeB(work, pack, env)
  else interleaveB(work, pack, env)
}

/** B stored by rows: the rows of a unit interleaved, 16 columns at a time. */
function interleaveB(work: TileWork, { units, steps, width }: TilePack, env: TileEnvironment): void {
  const { cx, bytes, group } = work
  const { f } = cx
  const { B, P } = env.cursors
  if (P === undefined) throw new ScheduleError(`${cx.program.name}: B has no panels`)
  const n = known(work, env, 'n')
  const k = knownUnits(work, env)
  const stride = addressable(f, B.step as Quantity, group, 'B.stride')
  const from = f.gp('B.columns')
  f.lea(from, mem(B.base, B.offset))
  const to = f.gp('P.panel')
  f.lea(to, mem(P.base, P.offset))
  const partial = n % TILE_UNITS
  const mask = partial > 0 ? cx.machine.mask(f, partial, UNIT_BYTES) : null

  const panel = (columns: number): void => {
    const vectors = Math.ceil(columns / TILE_UNITS)
    const lines = new Lines(f, 'B', { base: from, offset: 0 }, stride, group, true)
    const unit = (count: number): void => {
      for (let j = 0; j < vectors; j++) {
        const at = Array.from({ length: count }, (_, line) => lines.at(line, j * TILE_UNITS * bytes.B))
        const masked = (j + 1) * TILE_UNITS > columns ? mask : null
        const vector = count === 0 ? zero(work) : interleaveLines(f, at, bytes.B, masked)
        f.vmovdqu32(mem(to, j * TILE_ROW_BYTES), vector)
      }
      if (count > 0) lines.moveLines(count)
      f.add(to, vectors * TILE_ROW_BYTES)
    }
    const whole = k.rest > 0 ? k.units - 1 : k.units
    counted(f, 'units', whole, false, () => unit(group))
    if (k.rest > 0) unit(elementsOfUnit(work, k, k.units - 1))
    counted(f, 'units.padding', units * steps - k.units, false, () => unit(0))
    f.add(from, columns * bytes.B)
  }
  counted(f, 'panels', Math.floor(n / width), false, () => panel(width))
  if (n % width > 0) panel(n % width)
}

/** B stored by columns of k elements, whose units lie side by side already: 16 columns × 16 units at a time. */
function transposeB(work: TileWork, { units, steps, width }: TilePack, env: TileEnvironment): void {
  const { cx, bytes } = work
  const { f } = cx
  const { B, P } = env.cursors
  if (P === undefined) throw new ScheduleError(`${cx.program.name}: B has no panels`)
  const n = known(work, env, 'n')
  const k = elementsOf(work, env)
  const stride = addressable(f, B.strides.n as Quantity, TILE_UNITS, 'B.stride')
  const rest = k % (TILE_ROW_BYTES / bytes.B)
  const mask = rest > 0 ? byteMask(work, rest * bytes.B) : null
  const from = f.gp('B.columns')
  f.lea(from, mem(B.base, B.offset))
  const to = f.gp('P.panel')
  f.lea(to, mem(P.base, P.offset))

  /** 16 columns, or as many as are left, of a panel of `panelBytes` a unit. */
  const strip = (columns: number, place: number, panelBytes: number): void => {
    const lines = new Lines(f, 'B', { base: from, offset: 0 }, stride, TILE_UNITS, true)
    const target = f.gp('P.strip')
    f.lea(target, mem(to, place))
    const store = (count: number, unit: (index: number) => V<'zmm'>): void => {
      for (let index = 0; index < count; index++) f.vmovdqu32(mem(target, index * panelBytes), unit(index))
      advance(f, target, count * panelBytes)
    }
    const chunk = (present: V<'k'> | null, count: number): void => {
      const load = (line: Address): V<'zmm'> => {
        const vector = f.zmm('column')
        if (present === null) f.vmovdqu32(vector, line)
        else f.vmovdqu8(vector.mask(present).zero(), line)
        return vector
      }
      const vectors = Array.from({ length: TILE_UNITS }, (_, line) =>
        line < columns ? load(lines.at(line, 0)) : zero(work),
      )
      const transposed = transposeUnits(f, vectors)
      store(count, (index) => transposed[index]!)
      lines.moveBytes(TILE_ROW_BYTES)
    }
    const wholeChunks = Math.floor((k * bytes.B) / TILE_ROW_BYTES)
    counted(f, 'transpose', wholeChunks, false, () => chunk(null, TILE_UNITS))
    let left = units * steps - wholeChunks * TILE_UNITS
    if (mask !== null) {
      const count = Math.min(left, TILE_UNITS)
      chunk(mask, count)
      left -= count
    }
    if (left > 0) {
      const nothing = zero(work)
      store(left, () => nothing)
    }
    advance(f, from, scale(f, stride, columns, 'B.strip'))
  }
  const panel = (columns: number): void => {
    const panelBytes = Math.ceil(columns / TILE_UNITS) * TILE_ROW_BYTES
    for (let at = 0; at < columns; at += TILE_UNITS)
      strip(Math.min(TILE_UNITS, columns - at), at * UNIT_BYTES, panelBytes)
    advance(f, to, panelBytes * units * steps)
  }
  counted(f, 'panels', Math.floor(n / width), false, () => panel(width))
  if (n % width > 0) panel(n % width)
}
