/** Rows of the broadcasts, gathers and scatters. */

export const broadcastGather = {
  /** `dst ← src in every element`, packed f32. */
  vbroadcastss: [
    ['w:xy, r:m32', 'RM', 'VEX.66.0F38.W0 18 /r', 'AVX'],
    ['w:xy, r:x', 'RM', 'VEX.66.0F38.W0 18 /r', 'AVX2'],
    ['w:xyz{kz}, r:x/m32', 'RM', 'EVEX.66.0F38.W0 18 /r t1s', 'AVX512F'],
  ],
  /** `dst ← src in every element`, packed f64. */
  vbroadcastsd: [
    ['w:y, r:m64', 'RM', 'VEX.256.66.0F38.W0 19 /r', 'AVX'],
    ['w:y, r:x', 'RM', 'VEX.256.66.0F38.W0 19 /r', 'AVX2'],
    ['w:yz{kz}, r:x/m64', 'RM', 'EVEX.66.0F38.W1 19 /r t1s', 'AVX512F'],
  ],
  /** `dst ← [src] in both lanes`, 128 bits. */
  vbroadcastf128: [['w:y, r:m128', 'RM', 'VEX.256.66.0F38.W0 1A /r', 'AVX']],
  /** `dst ← [src] in both lanes`, 128 bits. */
  vbroadcasti128: [['w:y, r:m128', 'RM', 'VEX.256.66.0F38.W0 5A /r', 'AVX2']],
  /** `dst ← the low 64 bits of src, repeated`, masked by f32. */
  vbroadcastf32x2: [['w:yz{kz}, r:x/m64', 'RM', 'EVEX.66.0F38.W0 19 /r t2', 'AVX512DQ']],
  /** `dst ← [src], repeated`, 128 bits, masked by f32. */
  vbroadcastf32x4: [['w:yz{kz}, r:m128', 'RM', 'EVEX.66.0F38.W0 1A /r t4', 'AVX512F']],
  /** `dst ← [src], repeated`, 128 bits, masked by f64. */
  vbroadcastf64x2: [['w:yz{kz}, r:m128', 'RM', 'EVEX.66.0F38.W1 1A /r t2', 'AVX512DQ']],
  /** `dst ← [src], repeated`, 256 bits, masked by f32. */
  vbroadcastf32x8: [['w:z{kz}, r:m256', 'RM', 'EVEX.66.0F38.W0 1B /r t8', 'AVX512DQ']],
  /** `dst ← [src], repeated`, 256 bits, masked by f64. */
  vbroadcastf64x4: [['w:z{kz}, r:m256', 'RM', 'EVEX.66.0F38.W1 1B /r t4', 'AVX512F']],
  /** `dst ← the low 64 bits of src, repeated`, masked by i32. */
  vbroadcasti32x2: [['w:xyz{kz}, r:x/m64', 'RM', 'EVEX.66.0F38.W0 59 /r t2', 'AVX512DQ']],
  /** `dst ← [src], repeated`, 128 bits, masked by i32. */
  vbroadcasti32x4: [['w:yz{kz}, r:m128', 'RM', 'EVEX.66.0F38.W0 5A /r t4', 'AVX512F']],
  /** `dst ← [src], repeated`, 128 bits, masked by i64. */
  vbroadcasti64x2: [['w:yz{kz}, r:m128', 'RM', 'EVEX.66.0F38.W1 5A /r t2', 'AVX512DQ']],
  /** `dst ← [src], repeated`, 256 bits, masked by i32. */
  vbroadcasti32x8: [['w:z{kz}, r:m256', 'RM', 'EVEX.66.0F38.W0 5B /r t8', 'AVX512DQ']],
  /** `dst ← [src], repeated`, 256 bits, masked by i64. */
  vbroadcasti64x4: [['w:z{kz}, r:m256', 'RM', 'EVEX.66.0F38.W1 5B /r t4', 'AVX512F']],
  /** `dst ← src in every element`, packed i8. */
  vpbroadcastb: [
    ['w:xy, r:x/m8', 'RM', 'VEX.66.0F38.W0 78 /r', 'AVX2'],
    ['w:xyz{kz}, r:x/m8', 'RM', 'EVEX.66.0F38.W0 78 /r t1s', 'AVX512BW'],
    ['w:xyz{kz}, r:r32', 'RM', 'EVEX.66.0F38.W0 7A /r', 'AVX512BW'],
  ],
  /** `dst ← src in every element`, packed i16. */
  vpbroadcastw: [
    ['w:xy, r:x/m16', 'RM', 'VEX.66.0F38.W0 79 /r', 'AVX2'],
    ['w:xyz{kz}, r:x/m16', 'RM', 'EVEX.66.0F38.W0 79 /r t1s', 'AVX512BW'],
    ['w:xyz{kz}, r:r32', 'RM', 'EVEX.66.0F38.W0 7B /r', 'AVX512BW'],
  ],
  /** `dst ← src in every element`, packed i32. */
  vpbroadcastd: [
    ['w:xy, r:x/m32', 'RM', 'VEX.66.0F38.W0 58 /r', 'AVX2'],
    ['w:xyz{kz}, r:x/m32', 'RM', 'EVEX.66.0F38.W0 58 /r t1s', 'AVX512F'],
    ['w:xyz{kz}, r:r32', 'RM', 'EVEX.66.0F38.W0 7C /r', 'AVX512F'],
  ],
  /** `dst ← src in every element`, packed i64. */
  vpbroadcastq: [
    ['w:xy, r:x/m64', 'RM', 'VEX.66.0F38.W0 59 /r', 'AVX2'],
    ['w:xyz{kz}, r:x/m64', 'RM', 'EVEX.66.0F38.W1 59 /r t1s', 'AVX512F'],
    ['w:xyz{kz}, r:r64', 'RM', 'EVEX.66.0F38.W1 7C /r', 'AVX512F'],
  ],
  /** `dst ← the low 8 bits of the opmask in every element`, packed i64. */
  vpbroadcastmb2q: [['w:xyz, r:k', 'RM', 'EVEX.F3.0F38.W1 2A /r', 'AVX512CD']],
  /** `dst ← the low 16 bits of the opmask in every element`, packed i32. */
  vpbroadcastmw2d: [['w:xyz, r:k', 'RM', 'EVEX.F3.0F38.W0 3A /r', 'AVX512CD']],
  /** `dst ← elements at base + index · scale + disp`, i32 indices, packed f32; the mask is cleared as they arrive. */
  vgatherdps: [
    ['rw:xy, r:vm32xy, rw:xy', 'RMV', 'VEX.66.0F38.W0 92 /r', 'AVX2', 'distinct'],
    ['rw:xyz{k}, r:vm32xyz', 'RM', 'EVEX.66.0F38.W0 92 /r t1s', 'AVX512F', 'distinct'],
  ],
  /** `dst ← elements at base + index · scale + disp`, i64 indices, packed f32; the mask is cleared as they arrive. */
  vgatherqps: [
    ['rw:xx, r:vm64xy, rw:xx', 'RMV', 'VEX.66.0F38.W0 93 /r', 'AVX2', 'distinct'],
    ['rw:xxy{k}, r:vm64xyz', 'RM', 'EVEX.66.0F38.W0 93 /r t1s', 'AVX512F', 'distinct'],
  ],
  /** `dst ← elements at base + index · scale + disp`, i32 indices, packed f64; the mask is cleared as they arrive. */
  vgatherdpd: [
    ['rw:xy, r:vm32x, rw:xy', 'RMV', 'VEX.66.0F38.W1 92 /r', 'AVX2', 'distinct'],
    ['rw:xyz{k}, r:vm32xxy', 'RM', 'EVEX.66.0F38.W1 92 /r t1s', 'AVX512F', 'distinct'],
  ],
  /** `dst ← elements at base + index · scale + disp`, i64 indices, packed f64; the mask is cleared as they arrive. */
  vgatherqpd: [
    ['rw:xy, r:vm64xy, rw:xy', 'RMV', 'VEX.66.0F38.W1 93 /r', 'AVX2', 'distinct'],
    ['rw:xyz{k}, r:vm64xyz', 'RM', 'EVEX.66.0F38.W1 93 /r t1s', 'AVX512F', 'distinct'],
  ],
  /** `dst ← elements at base + index · scale + disp`, i32 indices, packed i32; the mask is cleared as they arrive. */
  vpgatherdd: [
    ['rw:xy, r:vm32xy, rw:xy', 'RMV', 'VEX.66.0F38.W0 90 /r', 'AVX2', 'distinct'],
    ['rw:xyz{k}, r:vm32xyz', 'RM', 'EVEX.66.0F38.W0 90 /r t1s', 'AVX512F', 'distinct'],
  ],
  /** `dst ← elements at base + index · scale + disp`, i64 indices, packed i32; the mask is cleared as they arrive. */
  vpgatherqd: [
    ['rw:xx, r:vm64xy, rw:xx', 'RMV', 'VEX.66.0F38.W0 91 /r', 'AVX2', 'distinct'],
    ['rw:xxy{k}, r:vm64xyz', 'RM', 'EVEX.66.0F38.W0 91 /r t1s', 'AVX512F', 'distinct'],
  ],
  /** `dst ← elements at base + index · scale + disp`, i32 indices, packed i64; the mask is cleared as they arrive. */
  vpgatherdq: [
    ['rw:xy, r:vm32x, rw:xy', 'RMV', 'VEX.66.0F38.W1 90 /r', 'AVX2', 'distinct'],
    ['rw:xyz{k}, r:vm32xxy', 'RM', 'EVEX.66.0F38.W1 90 /r t1s', 'AVX512F', 'distinct'],
  ],
  /** `dst ← elements at base + index · scale + disp`, i64 indices, packed i64; the mask is cleared as they arrive. */
  vpgatherqq: [
    ['rw:xy, r:vm64xy, rw:xy', 'RMV', 'VEX.66.0F38.W1 91 /r', 'AVX2', 'distinct'],
    ['rw:xyz{k}, r:vm64xyz', 'RM', 'EVEX.66.0F38.W1 91 /r t1s', 'AVX512F', 'distinct'],
  ],
  /** `elements at base + index · scale + disp ← src`, i32 indices, packed f32; the mask is cleared as they leave. */
  vscatterdps: [['w:vm32xyz{k}, r:xyz', 'MR', 'EVEX.66.0F38.W0 A2 /r t1s', 'AVX512F']],
  /** `elements at base + index · scale + disp ← src`, i64 indices, packed f32; the mask is cleared as they leave. */
  vscatterqps: [['w:vm64xyz{k}, r:xxy', 'MR', 'EVEX.66.0F38.W0 A3 /r t1s', 'AVX512F']],
  /** `elements at base + index · scale + disp ← src`, i32 indices, packed f64; the mask is cleared as they leave. */
  vscatterdpd: [['w:vm32xxy{k}, r:xyz', 'MR', 'EVEX.66.0F38.W1 A2 /r t1s', 'AVX512F']],
  /** `elements at base + index · scale + disp ← src`, i64 indices, packed f64; the mask is cleared as they leave. */
  vscatterqpd: [['w:vm64xyz{k}, r:xyz', 'MR', 'EVEX.66.0F38.W1 A3 /r t1s', 'AVX512F']],
  /** `elements at base + index · scale + disp ← src`, i32 indices, packed i32; the mask is cleared as they leave. */
  vpscatterdd: [['w:vm32xyz{k}, r:xyz', 'MR', 'EVEX.66.0F38.W0 A0 /r t1s', 'AVX512F']],
  /** `elements at base + index · scale + disp ← src`, i64 indices, packed i32; the mask is cleared as they leave. */
  vpscatterqd: [['w:vm64xyz{k}, r:xxy', 'MR', 'EVEX.66.0F38.W0 A1 /r t1s', 'AVX512F']],
  /** `elements at base + index · scale + disp ← src`, i32 indices, packed i64; the mask is cleared as they leave. */
  vpscatterdq: [['w:vm32xxy{k}, r:xyz', 'MR', 'EVEX.66.0F38.W1 A0 /r t1s', 'AVX512F']],
  /** `elements at base + index · scale + disp ← src`, i64 indices, packed i64; the mask is cleared as they leave. */
  vpscatterqq: [['w:vm64xyz{k}, r:xyz', 'MR', 'EVEX.66.0F38.W1 A1 /r t1s', 'AVX512F']],
} as const
