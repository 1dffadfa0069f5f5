/** Lowers a register tile: C's tile into registers, nanokernels over k, and back. */
import { mem } from '../../encoder/operands.ts'
import type { V } from '../../regalloc/function.ts'
import type { MaskKind, VectorKind } from '../operand-kinds.ts'
import { STORAGE_BYTES } from '../product-type.ts'
import { addressable, type Quantity } from '../quantity.ts'
import type { RegisterTile } from '../tile-program.ts'
import { Lines } from './addresses.ts'
import type { Environment, Lowering } from './environment.ts'
import { canGoOn, lowerEpilogue } from './epilogue.ts'
import { overK, type Sums } from './k-loop.ts'
import { overPlanes } from './planes.ts'
import { prefetchA, prefetchC } from './prefetch.ts'
import { lowerRequantise } from './requantise.ts'
import { loadsOfC } from './result.ts'

export function lowerMicrokernel<K extends VectorKind, M extends MaskKind>(
  cx: Lowering<K, M>,
  tile: RegisterTile,
  env: Environment<M>,
): void {
  const { f } = cx
  const { rows, vectors } = env.tile
  const sums: V<K>[][] = []
  for (let i = 0; i < rows; i++) {
    const row: V<K>[] = []
    for (let j = 0; j < vectors; j++) row.push(f.reg(cx.machine.vector, `c${i}.${j}`))
    sums.push(row)
  }
  const c = (): Lines => {
    const { C } = env.cursors
    return new Lines(f, 'C', C, addressable(f, C.strides.m as Quantity, rows, 'ldc'), rows, false)
  }
  const goesOn = tile.readsAhead > 0 && canGoOn(cx, env)
  if (goesOn) loadSums(cx, env, sums, c())
  else beginSums(cx, env, sums)
  if ((env.beta !== 0 && !goesOn) || tile.prefetches) prefetchC(cx, env)
  if (tile.prefetches && !tile.aPacked) prefetchA(cx, env)
  if (cx.product.planes === undefined) overK(cx, tile, env, sums)
  else overPlanes(cx, cx.product.planes, tile, env, sums)
  if (cx.program.requantise !== null) lowerRequantise(cx, env, sums)
  else lowerEpilogue(cx, goesOn ? { ...env, beta: 0 } : env, sums, c())
}

function loadSums<K extends VectorKind, M extends MaskKind>(
  cx: Lowering<K, M>,
  env: Environment<M>,
  sums: Sums<K>,
  c: Lines,
): void {
  const load = loadsOfC(cx, env)
  for (const [i, row] of sums.entries()) {
    for (const [j, sum] of row.entries())
      load(sum, c.at(i, j * cx.lanes * STORAGE_BYTES[cx.storage.C]), j === row.length - 1)
  }
}

/** Zero, or what flipped bytes of B are to be put right by. */
function beginSums<K extends VectorKind, M extends MaskKind>(
  { f, kernel, program }: Lowering<K, M>,
  { cursors: { rowTerms } }: Environment<M>,
  sums: Sums<K>,
): void {
  for (const [i, row] of sums.entries()) {
    for (const sum of row) {
      if (rowTerms === undefined || program.requantise !== null) kernel.zero(f, sum)
      else kernel.broadcast(f, sum, mem(rowTerms.base, rowTerms.offset + i * SUM_BYTES))
    }
  }
}

const SUM_BYTES = 4
