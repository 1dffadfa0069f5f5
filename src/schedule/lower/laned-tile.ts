/** Lowers the last few columns with K-steps in lanes (see primitives/tail-in-lanes.ts): their panel and their tiles. */
import { mem } from '../../encoder/operands.ts'
import type { V } from '../../regalloc/function.ts'
import type { LanedSteps } from '../machine.ts'
import type { MaskKind, VectorKind } from '../operand-kinds.ts'
import { addressable, isKnown, type Quantity } from '../quantity.ts'
import { ScheduleError } from '../tile-program.ts'
import { Lines } from './addresses.ts'
import { counted, type Environment, type Lowering } from './environment.ts'
import { lowerEpilogue } from './epilogue.ts'

function vocabulary<K extends VectorKind, M extends MaskKind>(
  { kernel, program }: Lowering<K, M>,
  { extents, cursors }: Environment<M>,
): { readonly lanes: LanedSteps<K, M>; readonly k: number; readonly n: number; readonly panel: V<'r64'> } {
  const { lanes } = kernel
  if (lanes === undefined || !isKnown(extents.k) || !isKnown(extents.n) || cursors.P === undefined) {
    throw new ScheduleError(
      `${program.name}: K-steps in lanes need k and n known, and a target that has them`,
    )
  }
  return { lanes, k: extents.k, n: extents.n, panel: cursors.P.base }
}

/** The panel: a vector for each group of K-steps, steps behind the last zero. */
export function lowerLanedPack<K extends VectorKind, M extends MaskKind>(
  cx: Lowering<K, M>,
  env: Environment<M>,
): void {
  const { f, machine, kernel } = cx
  const { lanes, k, n, panel } = vocabulary(cx, env)
  const { B } = env.cursors
  const stride = addressable(f, B.strides.k as Quantity, lanes.steps, 'B.stride')
  const from = new Lines(f, 'B', B, stride, lanes.steps, true)
  const to = f.gp('panel.to')
  f.mov(to, panel)
  const mask = machine.mask(f, n, cx.elementBytes)
  const group = (steps: number): void => {
    const rows = Array.from({ length: lanes.steps }, (_, step) => {
      const row = f.reg(machine.vector, `row${step}`)
      if (step < steps) kernel.loadMasked(f, row, from.at(step, 0), mask)
      else kernel.zero(f, row)
      return row
    })
    kernel.store(f, mem(to), lanes.gather(f, rows))
    from.moveLines(lanes.steps)
    f.add(to, machine.vectorBytes)
  }
  counted(f, 'lanes.pack', Math.floor(k / lanes.steps), false, () => group(lanes.steps))
  if (k % lanes.steps > 0) group(k % lanes.steps)
}

/** Rows of C by the cut-off columns: one multiply-add a row for each group of K-steps. */
export function lowerLanedTile<K extends VectorKind, M extends MaskKind>(
  cx: Lowering<K, M>,
  env: Environment<M>,
  columns: number,
): void {
  const { f, machine, kernel, elementBytes } = cx
  const { lanes, k, panel } = vocabulary(cx, env)
  const { A, C } = env.cursors
  const { rows } = env.tile
  const sums = Array.from({ length: rows }, (_, i) => f.reg(machine.vector, `c${i}`))
  for (const sum of sums) kernel.zero(f, sum)
  const a = new Lines(f, 'A', A, addressable(f, A.strides.m as Quantity, rows, 'A.stride'), rows, true)
  const b = f.gp('lanes')
  f.mov(b, panel)
  const group = (mask: V<M> | null): void => {
    const column = f.reg(machine.vector, 'b')
    kernel.load(f, column, mem(b))
    for (const [i, sum] of sums.entries()) {
      const steps = f.reg(machine.vector, `a${i}`)
      lanes.broadcast(f, steps, a.at(i, 0), mask)
      kernel.multiplyAdd(f, sum, steps, column)
    }
    a.moveBytes(lanes.steps * elementBytes)
    f.add(b, machine.vectorBytes)
  }
  counted(f, 'lanes.k', Math.floor(k / lanes.steps), true, () => group(null))
  if (k % lanes.steps > 0) group(lanes.mask(f, k % lanes.steps))

  const totals: V<K>[] = []
  for (let first = 0; first < rows; first += lanes.steps) {
    const four = Array.from({ length: lanes.steps }, (_, i) => sums[first + i] ?? sums[rows - 1]!)
    totals.push(...lanes.total(f, four).slice(0, rows - first))
  }
  const mask = machine.mask(f, columns, elementBytes)
  const stride = addressable(f, C.strides.m as Quantity, rows, 'ldc')
  const tile = { ...env, tile: { ...env.tile, vectors: 1, mask } }
  lowerEpilogue(
    cx,
    tile,
    totals.map((total) => [total]),
    new Lines(f, 'C', C, stride, rows, false),
  )
}
