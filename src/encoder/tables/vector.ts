/** A few vector moves and operations. */
export const vector = {
  /** Packed f32, any alignment. */
  vmovups: [
    ['w:xy, r:xy/mxy', 'RM', 'VEX.NP.0F.WIG 10 /r', 'AVX'],
    ['w:xy/mxy, r:xy', 'MR', 'VEX.NP.0F.WIG 11 /r', 'AVX'],
    ['w:xyz{kz}, r:xyz/mxyz', 'RM', 'EVEX.NP.0F.W0 10 /r fullmem', 'AVX512F'],
    ['w:mxyz{k}, r:xyz', 'MR', 'EVEX.NP.0F.W0 11 /r fullmem', 'AVX512F'],
  ],
  /** One f32 into every element. */
  vbroadcastss: [
    ['w:xy, r:md', 'RM', 'VEX.66.0F38.W0 18 /r', 'AVX'],
    ['w:xy, r:x', 'RM', 'VEX.66.0F38.W0 18 /r', 'AVX2'],
    ['w:xyz{kz}, r:x/md', 'RM', 'EVEX.66.0F38.W0 18 /r t1s', 'AVX512F'],
  ],
  /** Bitwise xor of 32-bit elements. */
  vpxord: [['w:xyz{kz}, r:xyz, r:xyz/mxyz/b32', 'RVM', 'EVEX.66.0F.W0 EF /r full', 'AVX512F', 'zero-idiom']],
  /** `dst ← src1 + src2`, packed f32. */
  vaddps: [
    ['w:xy, r:xy, r:xy/mxy', 'RVM', 'VEX.NP.0F.WIG 58 /r', 'AVX', 'commutative'],
    ['w:xyz{kz}, r:xyz, r:xyz{er}/mxyz/b32', 'RVM', 'EVEX.NP.0F.W0 58 /r full', 'AVX512F'],
  ],
  /** Gathers f32 by 32-bit indices. */
  vgatherdps: [['w:xyz{k}, r:vm32xyz', 'RM', 'EVEX.66.0F38.W0 92 /r t1s', 'AVX512F', 'distinct']],
  /** Zeroes the upper bits of all ymm registers. */
  vzeroupper: [['', '', 'VEX.128.NP.0F.WIG 77', 'AVX']],
  /** Low 16 bits of a general register into an opmask, or between opmasks. */
  kmovw: [
    ['w:k, r:k/m16', 'RM', 'VEX.L0.NP.0F.W0 90 /r', 'AVX512F'],
    ['w:m16, r:k', 'MR', 'VEX.L0.NP.0F.W0 91 /r', 'AVX512F'],
    ['w:k, r:r32', 'RM', 'VEX.L0.NP.0F.W0 92 /r', 'AVX512F'],
    ['w:r32, r:k', 'RM', 'VEX.L0.NP.0F.W0 93 /r', 'AVX512F'],
  ],
} as const
