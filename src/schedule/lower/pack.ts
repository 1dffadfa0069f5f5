/** Lowers packing: the current block of B into panels [k][width] in the workspace, last columns zero-padded. */
import type { V } from '../../regalloc/function.ts'
import type { MaskKind, VectorKind } from '../machine.ts'
import { addressable, advance, isKnown, type Quantity } from '../quantity.ts'
import { type Pack, ScheduleError } from '../tile-program.ts'
import { Lines } from './addresses.ts'
import { counted, type Environment, type Lowering } from './environment.ts'
import { lowerTileLoop } from './tile-loop.ts'

/** Rows of B copied in one iteration. */
const ROWS = 4

/** Emits the copy of the current block into its panels. */
export function lowerPack<K extends VectorKind, M extends MaskKind>(
  cx: Lowering<K, M>,
  pack: Pack,
  env: Environment<M>,
): void {
  const panels = env.cursors.P
  if (panels === undefined) throw new ScheduleError('pack: the program has no panels')
  const to = cx.f.gp('panel')
  cx.f.mov(to, panels.base)
  lowerTileLoop(cx, { dim: 'n', size: pack.width, part: 'all' }, env, (tile) => copyPanel(cx, tile, to))
}

/** Copies one panel and leaves `to` behind it. */
function copyPanel<K extends VectorKind, M extends MaskKind>(
  cx: Lowering<K, M>,
  env: Environment<M>,
  to: V<'r64'>,
): void {
  const { f, machine } = cx
  const kernel = machine.nanokernels[cx.program.type]
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
  let whole: Quantity
  let rest: Quantity
  if (isKnown(k)) {
    whole = Math.floor(k / ROWS)
    rest = k % ROWS
  } else {
    whole = f.gp('pack.whole')
    f.mov(whole, k)
    f.shr(whole, Math.log2(ROWS))
    rest = f.gp('pack.rest')
    f.mov(rest, k)
    f.and(rest, ROWS - 1)
  }
  counted(f, 'pack', whole, false, () => copyRows(ROWS))
  counted(f, 'pack.rest', rest, false, () => copyRows(1))
}
