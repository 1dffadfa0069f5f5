/** Lowers the packing of a transposed A: the current block into panels [k][rows of a tile] in the workspace. */
import { mem } from '../../encoder/operands.ts'
import type { MaskKind, VectorKind } from '../operand-kinds.ts'
import { addressable, isKnown, type Quantity } from '../quantity.ts'
import { type Pack, ScheduleError } from '../tile-program.ts'
import { Lines } from './addresses.ts'
import { copyPieces } from './copy-pieces.ts'
import { counted, type Environment, type Lowering } from './environment.ts'
import { evenTiles } from './tile-loop.ts'

/**
 * Emits the copy; the environment returned knows where the panels are. Each line of A is read once, along all rows
 * of the block, and dealt out to the panels: lines are pages apart, so coming back to one for every panel would
 * miss the cache each time.
 */
export function lowerPackA<K extends VectorKind, M extends MaskKind>(
  cx: Lowering<K, M>,
  pack: Pack,
  env: Environment<M>,
): Environment<M> {
  const { f, machine, kernel, lanes, elementBytes, program } = cx
  const { m, k } = env.extents
  if (program.panelsOfA === null || !isKnown(m) || !isKnown(k)) {
    throw new ScheduleError(`${program.name}: packing A needs a place in the workspace, and m and k known`)
  }
  const base = f.gp('Q')
  f.mov(base, cx.workspace())
  if (program.panelsOfA > 0) f.add(base, program.panelsOfA)

  const { A } = env.cursors
  const from = new Lines(f, 'A', A, addressable(f, A.strides.k as Quantity, 1, 'A.stride'), 1, true)
  // Tiles of equal height have panels of equal stride, walked by one pointer.
  let row = 0
  const runs = evenTiles(m, pack.width).map(({ units, count }) => {
    const to = f.gp('Q.to')
    f.lea(to, mem(base, row * k * elementBytes))
    const partial = units % lanes
    // Where masks are vectors, masked stores take many instructions inside the CPU: pieces are stored instead.
    const isMasked = partial > 0 && machine.maskRegisters === 0
    const run = { units, count, row, to, mask: isMasked ? machine.mask(f, partial, elementBytes) : null }
    row += units * count
    return run
  })
  counted(f, 'packA', k, false, () => {
    for (const { units, count, row: first, to, mask } of runs) {
      for (let tile = 0; tile < count; tile++) {
        for (let element = 0; element < units; element += lanes) {
          const source = from.at(0, (first + tile * units + element) * elementBytes)
          const target = mem(to, (tile * units * k + element) * elementBytes)
          const isPartial = element + lanes > units
          if (isPartial && mask === null) {
            copyPieces(f, source, target, (units - element) * elementBytes)
            continue
          }
          const vector = f.reg(machine.vector, 'copy')
          if (isPartial && mask !== null) {
            kernel.loadMasked(f, vector, source, mask)
            kernel.storeMasked(f, target, vector, mask)
          } else {
            kernel.load(f, vector, source)
            kernel.store(f, target, vector)
          }
        }
      }
    }
    from.moveLines(1)
    for (const { units, to } of runs) f.add(to, units * elementBytes)
  })
  const Q = { base, offset: 0, strides: { m: k * elementBytes } }
  return { ...env, cursors: { ...env.cursors, Q } }
}
