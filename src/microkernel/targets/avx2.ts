/** AVX2 with FMA: 16 vectors of 256 bits; edges by vmaskmov, whose masks are vectors. */
import { mem } from '../../encoder/operands.ts'
import type { V } from '../../regalloc/function.ts'
import type { Recorder } from '../../regalloc/recorder.ts'
import type { Machine, Nanokernel } from '../../schedule/machine.ts'
import type { Address } from '../../schedule/operand-kinds.ts'
import { isKnown, type Quantity } from '../../schedule/quantity.ts'
import { avx2Conversions } from './avx2-conversion.ts'
import { nibbles } from './avx2-nibbles.ts'
import { planes } from './avx2-planes.ts'
import { merge, raw8, wordsOfTwoLines } from './avx2-units.ts'
import { directly, throughFloat, throughPlanes, throughWords } from './products.ts'
import { type ChunkInsert, loadTransposed } from './transpose.ts'

const VECTOR_BYTES = 32

const chunks: ChunkInsert<'ymm'> = {
  kind: 'ymm',
  vectorBytes: VECTOR_BYTES,
  insert: (f, to, chunk, lane) => f.vinsertf128(to, to, chunk, lane),
}

/**
 * A masked store is many instructions inside a Zen 3; these are at most four. Measured, before and after:
 * 7×13×29 23 and 30 % of peak, 17×31×63 78 and 84.
 */
function storeFirst(f: Recorder, to: Address, from: V<'ymm'>, bytes: number): void {
  let part = from.as('xmm')
  let at = 0
  if (bytes >= 16) {
    f.vmovups(to, part)
    at = 16
    if (bytes === 16) return
    part = f.xmm('upper')
    f.vextractf128(part, from, 1)
  }
  if (bytes - at < 8) {
    f.vmovss(to.plus(at).sized(32), part)
    return
  }
  f.vmovlps(to.plus(at).sized(64), part)
  if (bytes - at > 8) f.vextractps(to.plus(at + 8).sized(32), part, 2)
}

/** Sums of f32, elements of f32. */
export const f32: Nanokernel<'ymm', 'ymm'> = {
  zero: (f, to) => f.vpxor(to, to, to),
  load: (f, to, from) => f.vmovups(to, from),
  loadMasked: (f, to, from, mask) => f.vmaskmovps(to, mask, from),
  store: (f, to, from) => f.vmovups(to, from),
  storeMasked: (f, to, from, mask) => f.vmaskmovps(to, mask, from),
  storeFirst,
  broadcast: (f, to, from) => f.vbroadcastss(to, from),
  splat: (f, to, bits) => {
    const low = f.xmm('bits')
    f.vmovd(low, bits.as('r32'))
    f.vpbroadcastd(to, low)
  },
  add: (f, to, a, b) => f.vaddps(to, a, b),
  multiply: (f, to, a, b) => f.vmulps(to, a, b),
  loadTransposed: (f, row, single) => loadTransposed(f, chunks, 4, row, single),
  addScaled: (f, sum, old, factor) => f.vfmadd231ps(sum, old, factor),
  multiplyAdd: (f, sum, a, b) => f.vfmadd231ps(sum, a, b),
}

/** Sums of s32, for any dot product. */
export const s32Sums: Omit<Nanokernel<'ymm', 'ymm'>, 'multiplyAdd'> = {
  ...f32,
  add: (f, to, a, b) => f.vpaddd(to, a, b),
  multiply: (f, to, a, b) => f.vpmulld(to, a, b),
  addScaled: (f, sum, old, factor) => {
    const scaled = f.ymm('scaled')
    f.vpmulld(scaled, old, factor)
    f.vpaddd(sum, sum, scaled)
  },
}

/** Units are pairs of s16. Two products of u8 or s8 fit 32 bits, so nothing saturates. */
const pairs16: Nanokernel<'ymm', 'ymm'> = {
  ...s32Sums,
  multiplyAdd: (f, sum, a, b) => {
    const products = f.ymm('products')
    f.vpmaddwd(products, a, b)
    f.vpaddd(sum, sum, products)
  },
}

const f64: Nanokernel<'ymm', 'ymm'> = {
  zero: (f, to) => f.vpxor(to, to, to),
  load: (f, to, from) => f.vmovupd(to, from),
  loadMasked: (f, to, from, mask) => f.vmaskmovpd(to, mask, from),
  store: (f, to, from) => f.vmovupd(to, from),
  storeMasked: (f, to, from, mask) => f.vmaskmovpd(to, mask, from),
  storeFirst,
  broadcast: (f, to, from) => f.vbroadcastsd(to, from),
  splat: (f, to, bits) => {
    const low = f.xmm('bits')
    f.vmovq(low, bits)
    f.vpbroadcastq(to, low)
  },
  add: (f, to, a, b) => f.vaddpd(to, a, b),
  multiply: (f, to, a, b) => f.vmulpd(to, a, b),
  loadTransposed: (f, row, single) => loadTransposed(f, chunks, 8, row, single),
  addScaled: (f, sum, old, factor) => f.vfmadd231pd(sum, old, factor),
  multiplyAdd: (f, sum, a, b) => f.vfmadd231pd(sum, a, b),
}

/** A vector whose first `count` lanes are all ones: a window into ones followed by zeros. */
function mask(f: Recorder, count: Quantity, elementBytes: number): V<'ymm'> {
  const window = new Uint8Array(2 * VECTOR_BYTES).fill(0xff, 0, VECTOR_BYTES)
  const table = f.constant(window, VECTOR_BYTES)
  const to = f.ymm('mask')
  if (isKnown(count)) {
    f.vmovups(to, mem(table, VECTOR_BYTES - count * elementBytes))
    return to
  }
  const at = f.gp('mask.at')
  const bytes = f.gp('mask.bytes')
  f.lea(at, mem(table, VECTOR_BYTES))
  f.mov(bytes, count)
  f.shl(bytes, Math.log2(elementBytes))
  f.sub(at, bytes)
  f.vmovups(to, mem(at))
  return to
}

const byWords = throughWords(pairs16, avx2Conversions, VECTOR_BYTES, wordsOfTwoLines, nibbles)

export const avx2: Machine<'ymm', 'ymm'> = {
  name: 'avx2',
  features: ['AVX2', 'FMA'],
  vector: 'ymm',
  vectorBytes: VECTOR_BYTES,
  registers: 16,
  maskRegisters: 1,
  mask,
  merge,
  f32,
  products: {
    f32: directly(f32, 4),
    f64: directly(f64, 8),
    ...throughFloat(f32, avx2Conversions, VECTOR_BYTES),
    ...byWords,
    u8s8: { ...byWords.u8s8, byPlanes: throughPlanes(pairs16, planes, raw8, false) },
    u8u8: { ...byWords.u8u8, byPlanes: throughPlanes(pairs16, planes, raw8, true) },
  },
  conversions: avx2Conversions,
}
