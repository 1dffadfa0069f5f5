/** Asks early for what a register tile will need at its end, and the next tile of rows at its beginning. */
import { byte, mem } from '../../encoder/operands.ts'
import type { V } from '../../regalloc/function.ts'
import type { Recorder } from '../../regalloc/recorder.ts'
import type { MaskKind, VectorKind } from '../machine.ts'
import { advance, copy, isKnown, type Quantity } from '../quantity.ts'
import type { Environment, Lowering } from './environment.ts'

/** With fewer K-steps memory is busy anyway, and asking early for C is in the way. */
const LEAST_STEPS = 128
const LINE_BYTES = 64
/** Displacements are 32 bits; lines further apart are left to come when they come. */
const FARTHEST = 2 ** 30

/**
 * Asks for the tile of C, so that it comes while the sums are computed. Measured on Zen 3, f32, beta = 1: 512³ 64 % of
 * peak without and 72 with, 1024³ in blocks of 256 K-steps 62 and 68, 512×512×64 78 and 61. With beta = 0, when stores
 * alone wait for it, with the rows of A below: 512³ 85.3 and 86.2, 1024³ 79.9 and 80.6, 64³ no difference (medians, in
 * turn).
 */
export function prefetchC<K extends VectorKind, M extends MaskKind>(
  { f, machine }: Lowering<K, M>,
  env: Environment<M>,
): void {
  const { rows, vectors } = env.tile
  const { k } = env.extents
  if (isKnown(k) && k < LEAST_STEPS) return
  const { C } = env.cursors
  askFor(f, C.base, C.offset, C.strides.m as Quantity, rows, vectors * machine.vectorBytes)
}

/**
 * Asks for the first line of each of the rows of A below the tile's, which the next tile of rows begins with: from there
 * on prefetchers follow by themselves. On Zen 3 two lines or four brought no more, nor did B's panel.
 */
export function prefetchA<K extends VectorKind, M extends MaskKind>(
  { f, program }: Lowering<K, M>,
  env: Environment<M>,
): void {
  const { A } = env.cursors
  const stride = A.strides.m as Quantity
  const { rows } = env.tile
  if (program.matrices.A.dims[1] !== 'k' || (isKnown(env.extents.k) && env.extents.k === 0)) return
  if (isKnown(stride)) {
    if (2 * rows * stride < FARTHEST) askFor(f, A.base, A.offset + rows * stride, stride, rows, 1)
    return
  }
  const below = f.gp('A.below')
  f.lea(below, mem(A.base, A.offset))
  advance(f, below, stride, rows)
  askFor(f, below, 0, stride, rows, 1)
}

/** `count` lines of `bytes` bytes, a stride apart. */
function askFor(
  f: Recorder,
  base: V<'r64'>,
  offset: number,
  stride: Quantity,
  count: number,
  bytes: number,
): void {
  const line = isKnown(stride) ? base : copy(f, base, 'ahead')
  for (let i = 0; i < count; i++) {
    const start = isKnown(stride) ? offset + i * stride : offset
    for (let at = 0; at < bytes; at += LINE_BYTES) f.prefetcht0(byte(line, start + at))
    if (!isKnown(stride) && i < count - 1) f.add(line, stride)
  }
}
