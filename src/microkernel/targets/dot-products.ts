/** Targets that multiply and add several narrow elements in one instruction: their records are those of AVX2 and AVX-512 with other products. */
import type { Machine, Nanokernel } from '../../schedule/machine.ts'
import { avx2, f32 as f32Ymm, s32Sums as s32Ymm } from './avx2.ts'
import * as ymm from './avx2-units.ts'
import { avx512, f32Sums as f32Zmm, s32Sums as s32Zmm } from './avx512.ts'
import * as zmm from './avx512-units.ts'
import { dotProduct, inHalves } from './products.ts'

type Ymm = Machine<'ymm', 'ymm'>
type Zmm = Machine<'zmm', 'k'>
type Multiply<K extends 'ymm' | 'zmm', M extends 'ymm' | 'k'> = Nanokernel<K, M>['multiplyAdd']
type FromMemory = NonNullable<Nanokernel<'zmm', 'k'>['multiplyAddBroadcast']>

/** Every CPU with the dot products of AVX-512 has these, too. */
const WITH_BYTES = [...avx512.features, 'AVX512BW', 'AVX512VL']

/** Sums of f32; with `fromMemory`, also of an element of A straight from memory. */
const floats = (multiplyAdd: Multiply<'zmm', 'k'>, fromMemory: FromMemory): Nanokernel<'zmm', 'k'> => ({
  ...f32Zmm,
  multiplyAdd,
  multiplyAddBroadcast: fromMemory,
})

const integers = (multiplyAdd: Multiply<'zmm', 'k'>, fromMemory?: FromMemory): Nanokernel<'zmm', 'k'> => ({
  ...s32Zmm,
  multiplyAdd,
  ...(fromMemory === undefined ? {} : { multiplyAddBroadcast: fromMemory }),
})

const integersYmm = (multiplyAdd: Multiply<'ymm', 'ymm'>): Nanokernel<'ymm', 'ymm'> => ({
  ...s32Ymm,
  multiplyAdd,
})

/** Cycles from sum to sum: vdpbf16ps on Zen 5 (uops.info), taken for vdpphps too; integers as multiply-adds on words. */
const FLOAT_LATENCY = 6
const INTEGER_LATENCY = 4

export const avx512Bf16: Zmm = {
  ...avx512,
  name: 'avx512_bf16',
  features: [...WITH_BYTES, 'AVX512_BF16'],
  products: {
    ...avx512.products,
    bf16: dotProduct(
      floats(
        (f, sum, a, b) => f.vdpbf16ps(sum, a, b),
        (f, sum, b, a) => f.vdpbf16ps(sum, b, a.broadcast()),
      ),
      zmm.raw16,
      { latency: FLOAT_LATENCY, features: [] },
    ),
  },
}

/** u8·s8 as they are; of the others, whose elements are of one kind, B's are flipped into the other. */
export const avx512Vnni: Zmm = {
  ...avx512,
  name: 'avx512_vnni',
  features: [...WITH_BYTES, 'AVX512_VNNI'],
  products: {
    ...avx512.products,
    u8s8: dotProduct(
      integers((f, sum, a, b) => f.vpdpbusd(sum, a, b)),
      zmm.raw8,
      {
        latency: INTEGER_LATENCY,
        features: [],
        swapped: integers(
          (f, sum, a, b) => f.vpdpbusd(sum, b, a),
          (f, sum, b, a) => f.vpdpbusd(sum, b, a.broadcast()),
        ),
      },
    ),
    s8s8: dotProduct(
      integers(
        (f, sum, a, b) => f.vpdpbusd(sum, b, a),
        (f, sum, b, a) => f.vpdpbusd(sum, b, a.broadcast()),
      ),
      zmm.raw8,
      { latency: INTEGER_LATENCY, features: [], flipsRight: true },
    ),
    u8u8: dotProduct(
      integers((f, sum, a, b) => f.vpdpbusd(sum, a, b)),
      zmm.raw8,
      { latency: INTEGER_LATENCY, features: [], flipsRight: true },
    ),
  },
}

/** As avx512_vnni with half the width. */
export const avxVnni: Ymm = {
  ...avx2,
  name: 'avx_vnni',
  features: [...avx2.features, 'AVX_VNNI'],
  products: {
    ...avx2.products,
    u8s8: dotProduct(
      integersYmm((f, sum, a, b) => f.vex_vpdpbusd(sum, a, b)),
      ymm.raw8,
      {
        latency: INTEGER_LATENCY,
        features: [],
        swapped: integersYmm((f, sum, a, b) => f.vex_vpdpbusd(sum, b, a)),
      },
    ),
    s8s8: dotProduct(
      integersYmm((f, sum, a, b) => f.vex_vpdpbusd(sum, b, a)),
      ymm.raw8,
      { latency: INTEGER_LATENCY, features: [], flipsRight: true },
    ),
    u8u8: dotProduct(
      integersYmm((f, sum, a, b) => f.vex_vpdpbusd(sum, a, b)),
      ymm.raw8,
      { latency: INTEGER_LATENCY, features: [], flipsRight: true },
    ),
  },
}

export const avxVnniInt8: Ymm = {
  ...avx2,
  name: 'avx_vnni_int8',
  features: [...avx2.features, 'AVX_VNNI_INT8'],
  products: {
    ...avx2.products,
    u8s8: dotProduct(
      integersYmm((f, sum, a, b) => f.vpdpbsud(sum, b, a)),
      ymm.raw8,
      {
        latency: INTEGER_LATENCY,
        features: [],
        swapped: integersYmm((f, sum, a, b) => f.vpdpbsud(sum, a, b)),
      },
    ),
    s8s8: dotProduct(
      integersYmm((f, sum, a, b) => f.vpdpbssd(sum, a, b)),
      ymm.raw8,
      { latency: INTEGER_LATENCY, features: [] },
    ),
    u8u8: dotProduct(
      integersYmm((f, sum, a, b) => f.vpdpbuud(sum, a, b)),
      ymm.raw8,
      { latency: INTEGER_LATENCY, features: [] },
    ),
  },
}

/** Even and odd elements of units become f32 on the way from memory, B's by vectors and A's one by one. */
export const avxNeConvert: Ymm = {
  ...avx2,
  name: 'avx_ne_convert',
  features: [...avx2.features, 'AVX_NE_CONVERT'],
  products: {
    ...avx2.products,
    bf16: inHalves(f32Ymm, ymm.raw16, {
      even: (f, to, from) => f.vcvtneebf162ps(to, from),
      odd: (f, to, from) => f.vcvtneobf162ps(to, from),
      broadcast: (f, to, from) => f.vbcstnebf162ps(to, from.sized(16)),
      features: [],
    }),
    f16: inHalves(f32Ymm, ymm.raw16, {
      even: (f, to, from) => f.vcvtneeph2ps(to, from),
      odd: (f, to, from) => f.vcvtneoph2ps(to, from),
      broadcast: (f, to, from) => f.vbcstnesh2ps(to, from.sized(16)),
      features: avx2.conversions.features,
    }),
  },
}

/** f16 are converted on their way from memory: A's one by one, B's when it is packed. */
export const avx512Fp16: Zmm = {
  ...avx512,
  name: 'avx512_fp16',
  features: [...WITH_BYTES, 'AVX512_FP16'],
  products: {
    ...avx512.products,
    f16: {
      ...avx512.products.f16!,
      broadcastElement: (f, to, from) => f.vcvtph2psx(to, from.broadcast()),
    },
  },
}

export const avx10v2: Zmm = {
  ...avx512,
  name: 'avx10_2',
  features: [...WITH_BYTES, 'AVX512_BF16', 'AVX10_2'],
  products: {
    ...avx512.products,
    bf16: avx512Bf16.products.bf16!,
    f16: dotProduct(
      floats(
        (f, sum, a, b) => f.vdpphps(sum, a, b),
        (f, sum, b, a) => f.vdpphps(sum, b, a.broadcast()),
      ),
      zmm.raw16,
      { latency: FLOAT_LATENCY, features: [] },
    ),
    u8s8: dotProduct(
      integers(
        (f, sum, a, b) => f.vpdpbsud(sum, b, a),
        (f, sum, b, a) => f.vpdpbsud(sum, b, a.broadcast()),
      ),
      zmm.raw8,
      {
        latency: INTEGER_LATENCY,
        features: [],
        swapped: integers((f, sum, a, b) => f.vpdpbsud(sum, a, b)),
      },
    ),
    s8s8: dotProduct(
      integers(
        (f, sum, a, b) => f.vpdpbssd(sum, a, b),
        (f, sum, b, a) => f.vpdpbssd(sum, b, a.broadcast()),
      ),
      zmm.raw8,
      { latency: INTEGER_LATENCY, features: [] },
    ),
    u8u8: dotProduct(
      integers(
        (f, sum, a, b) => f.vpdpbuud(sum, a, b),
        (f, sum, b, a) => f.vpdpbuud(sum, b, a.broadcast()),
      ),
      zmm.raw8,
      { latency: INTEGER_LATENCY, features: [] },
    ),
  },
}
