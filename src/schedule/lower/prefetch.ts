/** Asks early for what a register tile will need at its end, and the next tile of rows at its beginning. */
import { mem } from '../../encoder/operands.ts'
import type { V } from '../../regalloc/function.ts'
import type { Recorder } from '../../regalloc/recorder.ts'
import type { MaskKind, VectorKind } from '../operand-kinds.ts'
import { advance, isKnown, type Quantity } from '../quantity.ts'
import { ScheduleError } from '../tile-program.ts'
import { Lines } from './addresses.ts'
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
  if (isKnown(k) && k < LEAST_STEPS && env.relay === null) return
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

/**
 * Where B's next block along k lies. Tiles share it out: each asks for its own columns in rows that belong to its rows
 * of C. In each iteration over k it asks for whole rows, so where its share is less than a row for each, neighbours ask for
 * some rows as well.
 */
export function withNextOfB<K extends VectorKind, M extends MaskKind>(
  { elementBytes, program }: Lowering<K, M>,
  env: Environment<M>,
): Environment<M> {
  const { m, k } = env.extents
  const { base, offset, strides } = env.cursors.B
  const stride = strides.k as Quantity
  if (program.matrices.B.dims[0] !== 'k' || !isKnown(m) || !isKnown(k) || !isKnown(stride))
    throw new ScheduleError(
      `${program.name}: the next block of B can be asked for only where sizes are known`,
    )
  const next = {
    ...{ base, offset: offset + k * stride, step: stride },
    strides: { n: elementBytes, m: Math.ceil(k / Math.max(1, m)) * stride },
  }
  if (next.offset > FARTHEST || next.strides.m > FARTHEST) return env
  return { ...env, cursors: { ...env.cursors, next } }
}

/** What to emit in each of so many iterations over k, for a tile's share of B's next block to have been asked for. */
export function askingForB<K extends VectorKind, M extends MaskKind>(
  { f, machine }: Lowering<K, M>,
  env: Environment<M>,
  iterations: number,
): () => void {
  const { next } = env.cursors
  if (next === undefined) return () => {}
  const { rows, vectors } = env.tile
  const stride = next.step as number
  const lines = Math.ceil((rows * (next.strides.m as number)) / stride / iterations)
  const at = f.gp('next.at')
  f.lea(at, mem(next.base, next.offset))
  return () => {
    askFor(f, at, 0, stride, lines, vectors * machine.vectorBytes)
    advance(f, at, stride, lines)
  }
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
  const lines = new Lines(f, 'ahead', { base, offset }, stride, count, false)
  for (let i = 0; i < count; i++) {
    for (let at = 0; at < bytes; at += LINE_BYTES) f.prefetcht0(lines.at(i, at).sized(8))
  }
}
