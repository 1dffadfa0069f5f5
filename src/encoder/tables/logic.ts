/** Rows of the bitwise logic of vectors. */

export const logic = {
  /** `dst ← a & b`, packed f32. */
  andps: [['rw:x, r:x/mx', 'RM', 'NP 0F 54 /r', 'SSE']],
  /** `dst ← a & b`, packed f32. */
  vandps: [
    ['w:xy, r:xy, r:xy/mxy', 'RVM', 'VEX.NP.0F.WIG 54 /r', 'AVX', 'commutative'],
    ['w:xyz{kz}, r:xyz, r:xyz/mxyz/b32', 'RVM', 'EVEX.NP.0F.W0 54 /r full', 'AVX512DQ'],
  ],
  /** `dst ← a & b`, packed f64. */
  andpd: [['rw:x, r:x/mx', 'RM', '66 0F 54 /r', 'SSE2']],
  /** `dst ← a & b`, packed f64. */
  vandpd: [
    ['w:xy, r:xy, r:xy/mxy', 'RVM', 'VEX.66.0F.WIG 54 /r', 'AVX', 'commutative'],
    ['w:xyz{kz}, r:xyz, r:xyz/mxyz/b64', 'RVM', 'EVEX.66.0F.W1 54 /r full', 'AVX512DQ'],
  ],
  /** `dst ← ~a & b`, packed f32. */
  andnps: [['rw:x, r:x/mx', 'RM', 'NP 0F 55 /r', 'SSE', 'zero-idiom']],
  /** `dst ← ~a & b`, packed f32. */
  vandnps: [
    ['w:xy, r:xy, r:xy/mxy', 'RVM', 'VEX.NP.0F.WIG 55 /r', 'AVX', 'zero-idiom'],
    ['w:xyz{kz}, r:xyz, r:xyz/mxyz/b32', 'RVM', 'EVEX.NP.0F.W0 55 /r full', 'AVX512DQ', 'zero-idiom'],
  ],
  /** `dst ← ~a & b`, packed f64. */
  andnpd: [['rw:x, r:x/mx', 'RM', '66 0F 55 /r', 'SSE2', 'zero-idiom']],
  /** `dst ← ~a & b`, packed f64. */
  vandnpd: [
    ['w:xy, r:xy, r:xy/mxy', 'RVM', 'VEX.66.0F.WIG 55 /r', 'AVX', 'zero-idiom'],
    ['w:xyz{kz}, r:xyz, r:xyz/mxyz/b64', 'RVM', 'EVEX.66.0F.W1 55 /r full', 'AVX512DQ', 'zero-idiom'],
  ],
  /** `dst ← a | b`, packed f32. */
  orps: [['rw:x, r:x/mx', 'RM', 'NP 0F 56 /r', 'SSE']],
  /** `dst ← a | b`, packed f32. */
  vorps: [
    ['w:xy, r:xy, r:xy/mxy', 'RVM', 'VEX.NP.0F.WIG 56 /r', 'AVX', 'commutative'],
    ['w:xyz{kz}, r:xyz, r:xyz/mxyz/b32', 'RVM', 'EVEX.NP.0F.W0 56 /r full', 'AVX512DQ'],
  ],
  /** `dst ← a | b`, packed f64. */
  orpd: [['rw:x, r:x/mx', 'RM', '66 0F 56 /r', 'SSE2']],
  /** `dst ← a | b`, packed f64. */
  vorpd: [
    ['w:xy, r:xy, r:xy/mxy', 'RVM', 'VEX.66.0F.WIG 56 /r', 'AVX', 'commutative'],
    ['w:xyz{kz}, r:xyz, r:xyz/mxyz/b64', 'RVM', 'EVEX.66.0F.W1 56 /r full', 'AVX512DQ'],
  ],
  /** `dst ← a ^ b`, packed f32. */
  xorps: [['rw:x, r:x/mx', 'RM', 'NP 0F 57 /r', 'SSE', 'zero-idiom']],
  /** `dst ← a ^ b`, packed f32. */
  vxorps: [
    ['w:xy, r:xy, r:xy/mxy', 'RVM', 'VEX.NP.0F.WIG 57 /r', 'AVX', 'zero-idiom commutative'],
    ['w:xyz{kz}, r:xyz, r:xyz/mxyz/b32', 'RVM', 'EVEX.NP.0F.W0 57 /r full', 'AVX512DQ', 'zero-idiom'],
  ],
  /** `dst ← a ^ b`, packed f64. */
  xorpd: [['rw:x, r:x/mx', 'RM', '66 0F 57 /r', 'SSE2', 'zero-idiom']],
  /** `dst ← a ^ b`, packed f64. */
  vxorpd: [
    ['w:xy, r:xy, r:xy/mxy', 'RVM', 'VEX.66.0F.WIG 57 /r', 'AVX', 'zero-idiom commutative'],
    ['w:xyz{kz}, r:xyz, r:xyz/mxyz/b64', 'RVM', 'EVEX.66.0F.W1 57 /r full', 'AVX512DQ', 'zero-idiom'],
  ],
  /** `dst ← a & b`, all bits. */
  pand: [
    ['rw:x, r:x/mx', 'RM', '66 0F DB /r', 'SSE2'],
    ['rw:mm, r:mm/m64', 'RM', 'NP 0F DB /r', 'MMX'],
  ],
  /** `dst ← a & b`, all bits. */
  vpand: [
    ['w:x, r:x, r:x/mx', 'RVM', 'VEX.128.66.0F.WIG DB /r', 'AVX', 'commutative'],
    ['w:y, r:y, r:y/my', 'RVM', 'VEX.256.66.0F.WIG DB /r', 'AVX2', 'commutative'],
  ],
  /** `dst ← a & b`, packed i32. */
  vpandd: [['w:xyz{kz}, r:xyz, r:xyz/mxyz/b32', 'RVM', 'EVEX.66.0F.W0 DB /r full', 'AVX512F']],
  /** `dst ← a & b`, packed i64. */
  vpandq: [['w:xyz{kz}, r:xyz, r:xyz/mxyz/b64', 'RVM', 'EVEX.66.0F.W1 DB /r full', 'AVX512F']],
  /** `dst ← ~a & b`, all bits. */
  pandn: [
    ['rw:x, r:x/mx', 'RM', '66 0F DF /r', 'SSE2', 'zero-idiom'],
    ['rw:mm, r:mm/m64', 'RM', 'NP 0F DF /r', 'MMX'],
  ],
  /** `dst ← ~a & b`, all bits. */
  vpandn: [
    ['w:x, r:x, r:x/mx', 'RVM', 'VEX.128.66.0F.WIG DF /r', 'AVX', 'zero-idiom'],
    ['w:y, r:y, r:y/my', 'RVM', 'VEX.256.66.0F.WIG DF /r', 'AVX2', 'zero-idiom'],
  ],
  /** `dst ← ~a & b`, packed i32. */
  vpandnd: [['w:xyz{kz}, r:xyz, r:xyz/mxyz/b32', 'RVM', 'EVEX.66.0F.W0 DF /r full', 'AVX512F', 'zero-idiom']],
  /** `dst ← ~a & b`, packed i64. */
  vpandnq: [['w:xyz{kz}, r:xyz, r:xyz/mxyz/b64', 'RVM', 'EVEX.66.0F.W1 DF /r full', 'AVX512F', 'zero-idiom']],
  /** `dst ← a | b`, all bits. */
  por: [
    ['rw:x, r:x/mx', 'RM', '66 0F EB /r', 'SSE2'],
    ['rw:mm, r:mm/m64', 'RM', 'NP 0F EB /r', 'MMX'],
  ],
  /** `dst ← a | b`, all bits. */
  vpor: [
    ['w:x, r:x, r:x/mx', 'RVM', 'VEX.128.66.0F.WIG EB /r', 'AVX', 'commutative'],
    ['w:y, r:y, r:y/my', 'RVM', 'VEX.256.66.0F.WIG EB /r', 'AVX2', 'commutative'],
  ],
  /** `dst ← a | b`, packed i32. */
  vpord: [['w:xyz{kz}, r:xyz, r:xyz/mxyz/b32', 'RVM', 'EVEX.66.0F.W0 EB /r full', 'AVX512F']],
  /** `dst ← a | b`, packed i64. */
  vporq: [['w:xyz{kz}, r:xyz, r:xyz/mxyz/b64', 'RVM', 'EVEX.66.0F.W1 EB /r full', 'AVX512F']],
  /** `dst ← a ^ b`, all bits. */
  pxor: [
    ['rw:x, r:x/mx', 'RM', '66 0F EF /r', 'SSE2', 'zero-idiom'],
    ['rw:mm, r:mm/m64', 'RM', 'NP 0F EF /r', 'MMX', 'zero-idiom'],
  ],
  /** `dst ← a ^ b`, all bits. */
  vpxor: [
    ['w:x, r:x, r:x/mx', 'RVM', 'VEX.128.66.0F.WIG EF /r', 'AVX', 'zero-idiom commutative'],
    ['w:y, r:y, r:y/my', 'RVM', 'VEX.256.66.0F.WIG EF /r', 'AVX2', 'zero-idiom commutative'],
  ],
  /** `dst ← a ^ b`, packed i32. */
  vpxord: [['w:xyz{kz}, r:xyz, r:xyz/mxyz/b32', 'RVM', 'EVEX.66.0F.W0 EF /r full', 'AVX512F', 'zero-idiom']],
  /** `dst ← a ^ b`, packed i64. */
  vpxorq: [['w:xyz{kz}, r:xyz, r:xyz/mxyz/b64', 'RVM', 'EVEX.66.0F.W1 EF /r full', 'AVX512F', 'zero-idiom']],
  /** `dst ← the function imm8 of the bits of dst, a and b`, masked by i32. */
  vpternlogd: [['rw:xyz{kz}, r:xyz, r:xyz/mxyz/b32, imm8', 'RVMI', 'EVEX.66.0F3A.W0 25 /r full', 'AVX512F']],
  /** `dst ← the function imm8 of the bits of dst, a and b`, masked by i64. */
  vpternlogq: [['rw:xyz{kz}, r:xyz, r:xyz/mxyz/b64, imm8', 'RVMI', 'EVEX.66.0F3A.W1 25 /r full', 'AVX512F']],
} as const
