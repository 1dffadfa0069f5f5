/** Fused multiply-add. */
export const fma = {
  /** `dst ← src1 · src2 + dst`, packed f32. */
  vfmadd231ps: [
    ['rw:xy, r:xy, r:xy/mxy', 'RVM', 'VEX.66.0F38.W0 B8 /r', 'FMA'],
    ['rw:xyz{kz}, r:xyz, r:xyz{er}/mxyz/b32', 'RVM', 'EVEX.66.0F38.W0 B8 /r full', 'AVX512F'],
  ],
} as const
