/** AVX-512: 32 vectors of 512 bits, opmasks for edges, memory broadcasts. */
import { mem } from '../../encoder/operands.ts'
import type { V } from '../../regalloc/function.ts'
import type { Recorder } from '../../regalloc/recorder.ts'
import type { LanedSteps, Machine, Nanokernel, PairedSteps } from '../../schedule/machine.ts'
import { isKnown, type Quantity } from '../../schedule/quantity.ts'
import { avx512Conversions } from './avx512-conversion.ts'
import { merge, wordsOfTwoLines } from './avx512-units.ts'
import { directly, throughFloat, throughWords } from './products.ts'
import { type ChunkInsert, loadTransposed } from './transpose.ts'

const chunks: ChunkInsert<'zmm'> = {
  kind: 'zmm',
  vectorBytes: 64,
  insert: (f, to, chunk, lane) => f.vinsertf32x4(to, to, chunk, lane),
}

/** A constant opmask. */
function constantMask(f: Recorder, bits: number): V<'k'> {
  const to = f.k('evens')
  const value = f.gp('evens.bits')
  f.mov(value.as('r32'), bits)
  f.kmovw(to, value.as('r32'))
  return to
}

function constantVector(f: Recorder, bytes: ArrayBufferLike): V<'zmm'> {
  const to = f.zmm('indices')
  f.vmovups(to, mem(f.constant(new Uint8Array(bytes), 64)))
  return to
}

function upperHalf(f: Recorder, a: V<'zmm'>): V<'zmm'> {
  const to = f.zmm('upper')
  f.vextractf64x4(to.as('ymm'), a, 1)
  return to
}

const pairs32: PairedSteps<'zmm', 'k'> = {
  broadcast: (f, to, from) => f.vbroadcastsd(to, from),
  // vpermt2 overwrites its first table.
  pick: (f, index, a, b) => {
    const to = f.zmm('picked')
    f.vmovaps(to, a)
    f.vpermt2ps(to, index, b)
    return to
  },
  permute: (f, index, a) => {
    const to = f.zmm('permuted')
    f.vpermps(to, index, a)
    return to
  },
  upper: upperHalf,
  indices: (f, values) => constantVector(f, Int32Array.from(values).buffer),
  evens: (f) => constantMask(f, 0x5555),
  multiplyAddMasked: (f, sum, a, b, mask) => f.vfmadd231ps(sum.mask(mask), a, b),
}

/** 4 × 4 f32 in the lowest lane (or in every lane): rows to columns. */
function transpose4(f: Recorder, rows: readonly V<'zmm'>[]): readonly V<'zmm'>[] {
  const [r0, r1, r2, r3] = rows as [V<'zmm'>, V<'zmm'>, V<'zmm'>, V<'zmm'>]
  const [low01, high01, low23, high23] = [f.zmm(), f.zmm(), f.zmm(), f.zmm()]
  f.vunpcklps(low01, r0, r1)
  f.vunpckhps(high01, r0, r1)
  f.vunpcklps(low23, r2, r3)
  f.vunpckhps(high23, r2, r3)
  const columns = [f.zmm(), f.zmm(), f.zmm(), f.zmm()] as const
  f.vunpcklpd(columns[0], low01, low23)
  f.vunpckhpd(columns[1], low01, low23)
  f.vunpcklpd(columns[2], high01, high23)
  f.vunpckhpd(columns[3], high01, high23)
  return columns
}

const lanes32: LanedSteps<'zmm', 'k'> = {
  steps: 4,
  columns: 4,
  gather: (f, rows) => {
    const [to, ...columns] = transpose4(f, rows)
    for (const [i, column] of columns.entries()) f.vinsertf32x4(to!, to!, column.as('xmm'), i + 1)
    return to!
  },
  broadcast: (f, to, from, mask) => f.vbroadcastf32x4(mask === null ? to : to.mask(mask).zero(), from),
  mask: (f, count) => constantMask(f, (2 ** count - 1) * 0x1111),
  total: (f, sums) => {
    // In every lane, that is for every column: element i becomes the total of sum i.
    const [a, b, c, d] = transpose4(f, sums) as [V<'zmm'>, V<'zmm'>, V<'zmm'>, V<'zmm'>]
    f.vaddps(a, a, b)
    f.vaddps(c, c, d)
    f.vaddps(a, a, c)
    // Lanes to elements: element i of lane c becomes element c of lane i.
    const index = constantVector(
      f,
      Int32Array.from({ length: 16 }, (_, at) => 4 * (at % 4) + (at >> 2)).buffer,
    )
    const rows = f.zmm('rows')
    f.vpermps(rows, index, a)
    return sums.map((_, i) => {
      if (i === 0) return rows
      const row = f.zmm('row')
      f.vextractf32x4(row.as('xmm'), rows, i)
      return row
    })
  },
}

const pairs64: PairedSteps<'zmm', 'k'> = {
  broadcast: (f, to, from) => f.vbroadcastf32x4(to, from),
  pick: (f, index, a, b) => {
    const to = f.zmm('picked')
    f.vmovaps(to, a)
    f.vpermt2pd(to, index, b)
    return to
  },
  permute: (f, index, a) => {
    const to = f.zmm('permuted')
    f.vpermpd(to, index, a)
    return to
  },
  upper: upperHalf,
  indices: (f, values) => constantVector(f, BigInt64Array.from(values, BigInt).buffer),
  evens: (f) => constantMask(f, 0x55),
  multiplyAddMasked: (f, sum, a, b, mask) => f.vfmadd231pd(sum.mask(mask), a, b),
}

/** Sums of f32, elements of f32. */
export const f32: Nanokernel<'zmm', 'k'> = {
  zero: (f, to) => f.vpxord(to, to, to),
  load: (f, to, from) => f.vmovups(to, from),
  loadMasked: (f, to, from, mask) => f.vmovups(to.mask(mask).zero(), from),
  store: (f, to, from) => f.vmovups(to, from),
  storeMasked: (f, to, from, mask) => f.vmovups(to.mask(mask), from),
  broadcast: (f, to, from) => f.vbroadcastss(to, from),
  splat: (f, to, bits) => f.vpbroadcastd(to, bits.as('r32')),
  add: (f, to, a, b) => f.vaddps(to, a, b),
  multiply: (f, to, a, b) => f.vmulps(to, a, b),
  loadTransposed: (f, row, single) => loadTransposed(f, chunks, 4, row, single),
  addScaled: (f, sum, old, factor) => f.vfmadd231ps(sum, old, factor),
  multiplyAdd: (f, sum, a, b) => f.vfmadd231ps(sum, a, b),
  multiplyAddBroadcast: (f, sum, b, a) => f.vfmadd231ps(sum, b, a.broadcast()),
  pairs: pairs32,
  lanes: lanes32,
}

const { pairs: _pairs, lanes: _lanes, multiplyAddBroadcast, ...units } = f32

/** The same without K-steps in pairs or lanes: units come from panels. */
export const narrowF32: Nanokernel<'zmm', 'k'> = { ...units, multiplyAddBroadcast: multiplyAddBroadcast! }

/** A nanokernel but for its products. */
type Sums = Omit<Nanokernel<'zmm', 'k'>, 'multiplyAdd' | 'multiplyAddBroadcast' | 'pairs' | 'lanes'>

/** Sums of f32, for any dot product. */
export const f32Sums: Sums = units

/** Sums of s32, for any dot product. */
export const s32Sums: Sums = {
  ...units,
  add: (f, to, a, b) => f.vpaddd(to, a, b),
  multiply: (f, to, a, b) => f.vpmulld(to, a, b),
  addScaled: (f, sum, old, factor) => {
    const scaled = f.zmm('scaled')
    f.vpmulld(scaled, old, factor)
    f.vpaddd(sum, sum, scaled)
  },
}

/** Units are pairs of s16. Two products of u8 or s8 fit 32 bits, so nothing saturates. */
const pairs16: Nanokernel<'zmm', 'k'> = {
  ...s32Sums,
  multiplyAdd: (f, sum, a, b) => {
    const products = f.zmm('products')
    f.vpmaddwd(products, a, b)
    f.vpaddd(sum, sum, products)
  },
}

const f64: Nanokernel<'zmm', 'k'> = {
  zero: (f, to) => f.vpxord(to, to, to),
  load: (f, to, from) => f.vmovupd(to, from),
  loadMasked: (f, to, from, mask) => f.vmovupd(to.mask(mask).zero(), from),
  store: (f, to, from) => f.vmovupd(to, from),
  storeMasked: (f, to, from, mask) => f.vmovupd(to.mask(mask), from),
  broadcast: (f, to, from) => f.vbroadcastsd(to, from),
  splat: (f, to, bits) => f.vpbroadcastq(to, bits),
  add: (f, to, a, b) => f.vaddpd(to, a, b),
  multiply: (f, to, a, b) => f.vmulpd(to, a, b),
  loadTransposed: (f, row, single) => loadTransposed(f, chunks, 8, row, single),
  addScaled: (f, sum, old, factor) => f.vfmadd231pd(sum, old, factor),
  multiplyAdd: (f, sum, a, b) => f.vfmadd231pd(sum, a, b),
  multiplyAddBroadcast: (f, sum, b, a) => f.vfmadd231pd(sum, b, a.broadcast()),
  pairs: pairs64,
}

/** Opmask with the low `count` bits set. */
function mask(f: Recorder, count: Quantity): V<'k'> {
  const to = f.k('mask')
  const bits = f.gp('mask.bits')
  if (isKnown(count)) f.mov(bits.as('r32'), 2 ** count - 1)
  else {
    f.mov(bits.as('r32'), -1)
    f.bzhi(bits.as('r32'), bits.as('r32'), count.as('r32'))
  }
  f.kmovw(to, bits.as('r32'))
  return to
}

export const avx512: Machine<'zmm', 'k'> = {
  name: 'avx512',
  features: ['AVX512F', 'BMI2'],
  vector: 'zmm',
  vectorBytes: 64,
  registers: 32,
  maskRegisters: 0,
  mask,
  merge,
  f32,
  products: {
    f32: directly(f32, 4),
    f64: directly(f64, 8),
    ...throughFloat(narrowF32, avx512Conversions, 64),
    ...throughWords(pairs16, avx512Conversions, 64, wordsOfTwoLines),
  },
  conversions: avx512Conversions,
}
