/**
 * Rows of the floating-point arithmetic, all lengths and precisions; fused forms are in fma.ts.
 *
 * Packed sums and products are marked commutative, as LLVM has them: exchanging the sources for a shorter
 * prefix changes nothing but which payload comes out when both are NaNs.
 */

export const floatArithmetic = {
  /** `dst ← a + b`, packed f32. */
  addps: [['rw:x, r:x/mx', 'RM', 'NP 0F 58 /r', 'SSE']],
  /** `dst ← a + b`, packed f32. */
  vaddps: [
    ['w:xy, r:xy, r:xy/mxy', 'RVM', 'VEX.NP.0F.WIG 58 /r', 'AVX', 'commutative'],
    ['w:xyz{kz}, r:xyz, r:xyz{er}/mxyz/b32', 'RVM', 'EVEX.NP.0F.W0 58 /r full', 'AVX512F'],
  ],
  /** `dst ← a + b`, packed f64. */
  addpd: [['rw:x, r:x/mx', 'RM', '66 0F 58 /r', 'SSE2']],
  /** `dst ← a + b`, packed f64. */
  vaddpd: [
    ['w:xy, r:xy, r:xy/mxy', 'RVM', 'VEX.66.0F.WIG 58 /r', 'AVX', 'commutative'],
    ['w:xyz{kz}, r:xyz, r:xyz{er}/mxyz/b64', 'RVM', 'EVEX.66.0F.W1 58 /r full', 'AVX512F'],
  ],
  /** `dst ← a + b`, scalar f32. The upper elements are kept. */
  addss: [['rw:x, r:x/m32', 'RM', 'F3 0F 58 /r', 'SSE']],
  /** `dst ← a + b`, scalar f32. The upper elements come from the first source. */
  vaddss: [
    ['w:x, r:x, r:x/m32', 'RVM', 'VEX.LIG.F3.0F.WIG 58 /r', 'AVX'],
    ['w:x{kz}, r:x, r:x{er}/m32', 'RVM', 'EVEX.LIG.F3.0F.W0 58 /r t1s', 'AVX512F'],
  ],
  /** `dst ← a + b`, scalar f64. The upper elements are kept. */
  addsd: [['rw:x, r:x/m64', 'RM', 'F2 0F 58 /r', 'SSE2']],
  /** `dst ← a + b`, scalar f64. The upper elements come from the first source. */
  vaddsd: [
    ['w:x, r:x, r:x/m64', 'RVM', 'VEX.LIG.F2.0F.WIG 58 /r', 'AVX'],
    ['w:x{kz}, r:x, r:x{er}/m64', 'RVM', 'EVEX.LIG.F2.0F.W1 58 /r t1s', 'AVX512F'],
  ],
  /** `dst ← a + b`, packed f16. */
  vaddph: [['w:xyz{kz}, r:xyz, r:xyz{er}/mxyz/b16', 'RVM', 'EVEX.NP.MAP5.W0 58 /r full', 'AVX512_FP16']],
  /** `dst ← a + b`, scalar f16. The upper elements come from the first source. */
  vaddsh: [['w:x{kz}, r:x, r:x{er}/m16', 'RVM', 'EVEX.LIG.F3.MAP5.W0 58 /r t1s', 'AVX512_FP16']],
  /** `dst ← a · b`, packed f32. */
  mulps: [['rw:x, r:x/mx', 'RM', 'NP 0F 59 /r', 'SSE']],
  /** `dst ← a · b`, packed f32. */
  vmulps: [
    ['w:xy, r:xy, r:xy/mxy', 'RVM', 'VEX.NP.0F.WIG 59 /r', 'AVX', 'commutative'],
    ['w:xyz{kz}, r:xyz, r:xyz{er}/mxyz/b32', 'RVM', 'EVEX.NP.0F.W0 59 /r full', 'AVX512F'],
  ],
  /** `dst ← a · b`, packed f64. */
  mulpd: [['rw:x, r:x/mx', 'RM', '66 0F 59 /r', 'SSE2']],
  /** `dst ← a · b`, packed f64. */
  vmulpd: [
    ['w:xy, r:xy, r:xy/mxy', 'RVM', 'VEX.66.0F.WIG 59 /r', 'AVX', 'commutative'],
    ['w:xyz{kz}, r:xyz, r:xyz{er}/mxyz/b64', 'RVM', 'EVEX.66.0F.W1 59 /r full', 'AVX512F'],
  ],
  /** `dst ← a · b`, scalar f32. The upper elements are kept. */
  mulss: [['rw:x, r:x/m32', 'RM', 'F3 0F 59 /r', 'SSE']],
  /** `dst ← a · b`, scalar f32. The upper elements come from the first source. */
  vmulss: [
    ['w:x, r:x, r:x/m32', 'RVM', 'VEX.LIG.F3.0F.WIG 59 /r', 'AVX'],
    ['w:x{kz}, r:x, r:x{er}/m32', 'RVM', 'EVEX.LIG.F3.0F.W0 59 /r t1s', 'AVX512F'],
  ],
  /** `dst ← a · b`, scalar f64. The upper elements are kept. */
  mulsd: [['rw:x, r:x/m64', 'RM', 'F2 0F 59 /r', 'SSE2']],
  /** `dst ← a · b`, scalar f64. The upper elements come from the first source. */
  vmulsd: [
    ['w:x, r:x, r:x/m64', 'RVM', 'VEX.LIG.F2.0F.WIG 59 /r', 'AVX'],
    ['w:x{kz}, r:x, r:x{er}/m64', 'RVM', 'EVEX.LIG.F2.0F.W1 59 /r t1s', 'AVX512F'],
  ],
  /** `dst ← a · b`, packed f16. */
  vmulph: [['w:xyz{kz}, r:xyz, r:xyz{er}/mxyz/b16', 'RVM', 'EVEX.NP.MAP5.W0 59 /r full', 'AVX512_FP16']],
  /** `dst ← a · b`, scalar f16. The upper elements come from the first source. */
  vmulsh: [['w:x{kz}, r:x, r:x{er}/m16', 'RVM', 'EVEX.LIG.F3.MAP5.W0 59 /r t1s', 'AVX512_FP16']],
  /** `dst ← a − b`, packed f32. */
  subps: [['rw:x, r:x/mx', 'RM', 'NP 0F 5C /r', 'SSE']],
  /** `dst ← a − b`, packed f32. */
  vsubps: [
    ['w:xy, r:xy, r:xy/mxy', 'RVM', 'VEX.NP.0F.WIG 5C /r', 'AVX'],
    ['w:xyz{kz}, r:xyz, r:xyz{er}/mxyz/b32', 'RVM', 'EVEX.NP.0F.W0 5C /r full', 'AVX512F'],
  ],
  /** `dst ← a − b`, packed f64. */
  subpd: [['rw:x, r:x/mx', 'RM', '66 0F 5C /r', 'SSE2']],
  /** `dst ← a − b`, packed f64. */
  vsubpd: [
    ['w:xy, r:xy, r:xy/mxy', 'RVM', 'VEX.66.0F.WIG 5C /r', 'AVX'],
    ['w:xyz{kz}, r:xyz, r:xyz{er}/mxyz/b64', 'RVM', 'EVEX.66.0F.W1 5C /r full', 'AVX512F'],
  ],
  /** `dst ← a − b`, scalar f32. The upper elements are kept. */
  subss: [['rw:x, r:x/m32', 'RM', 'F3 0F 5C /r', 'SSE']],
  /** `dst ← a − b`, scalar f32. The upper elements come from the first source. */
  vsubss: [
    ['w:x, r:x, r:x/m32', 'RVM', 'VEX.LIG.F3.0F.WIG 5C /r', 'AVX'],
    ['w:x{kz}, r:x, r:x{er}/m32', 'RVM', 'EVEX.LIG.F3.0F.W0 5C /r t1s', 'AVX512F'],
  ],
  /** `dst ← a − b`, scalar f64. The upper elements are kept. */
  subsd: [['rw:x, r:x/m64', 'RM', 'F2 0F 5C /r', 'SSE2']],
  /** `dst ← a − b`, scalar f64. The upper elements come from the first source. */
  vsubsd: [
    ['w:x, r:x, r:x/m64', 'RVM', 'VEX.LIG.F2.0F.WIG 5C /r', 'AVX'],
    ['w:x{kz}, r:x, r:x{er}/m64', 'RVM', 'EVEX.LIG.F2.0F.W1 5C /r t1s', 'AVX512F'],
  ],
  /** `dst ← a − b`, packed f16. */
  vsubph: [['w:xyz{kz}, r:xyz, r:xyz{er}/mxyz/b16', 'RVM', 'EVEX.NP.MAP5.W0 5C /r full', 'AVX512_FP16']],
  /** `dst ← a − b`, scalar f16. The upper elements come from the first source. */
  vsubsh: [['w:x{kz}, r:x, r:x{er}/m16', 'RVM', 'EVEX.LIG.F3.MAP5.W0 5C /r t1s', 'AVX512_FP16']],
  /** `dst ← a / b`, packed f32. */
  divps: [['rw:x, r:x/mx', 'RM', 'NP 0F 5E /r', 'SSE']],
  /** `dst ← a / b`, packed f32. */
  vdivps: [
    ['w:xy, r:xy, r:xy/mxy', 'RVM', 'VEX.NP.0F.WIG 5E /r', 'AVX'],
    ['w:xyz{kz}, r:xyz, r:xyz{er}/mxyz/b32', 'RVM', 'EVEX.NP.0F.W0 5E /r full', 'AVX512F'],
  ],
  /** `dst ← a / b`, packed f64. */
  divpd: [['rw:x, r:x/mx', 'RM', '66 0F 5E /r', 'SSE2']],
  /** `dst ← a / b`, packed f64. */
  vdivpd: [
    ['w:xy, r:xy, r:xy/mxy', 'RVM', 'VEX.66.0F.WIG 5E /r', 'AVX'],
    ['w:xyz{kz}, r:xyz, r:xyz{er}/mxyz/b64', 'RVM', 'EVEX.66.0F.W1 5E /r full', 'AVX512F'],
  ],
  /** `dst ← a / b`, scalar f32. The upper elements are kept. */
  divss: [['rw:x, r:x/m32', 'RM', 'F3 0F 5E /r', 'SSE']],
  /** `dst ← a / b`, scalar f32. The upper elements come from the first source. */
  vdivss: [
    ['w:x, r:x, r:x/m32', 'RVM', 'VEX.LIG.F3.0F.WIG 5E /r', 'AVX'],
    ['w:x{kz}, r:x, r:x{er}/m32', 'RVM', 'EVEX.LIG.F3.0F.W0 5E /r t1s', 'AVX512F'],
  ],
  /** `dst ← a / b`, scalar f64. The upper elements are kept. */
  divsd: [['rw:x, r:x/m64', 'RM', 'F2 0F 5E /r', 'SSE2']],
  /** `dst ← a / b`, scalar f64. The upper elements come from the first source. */
  vdivsd: [
    ['w:x, r:x, r:x/m64', 'RVM', 'VEX.LIG.F2.0F.WIG 5E /r', 'AVX'],
    ['w:x{kz}, r:x, r:x{er}/m64', 'RVM', 'EVEX.LIG.F2.0F.W1 5E /r t1s', 'AVX512F'],
  ],
  /** `dst ← a / b`, packed f16. */
  vdivph: [['w:xyz{kz}, r:xyz, r:xyz{er}/mxyz/b16', 'RVM', 'EVEX.NP.MAP5.W0 5E /r full', 'AVX512_FP16']],
  /** `dst ← a / b`, scalar f16. The upper elements come from the first source. */
  vdivsh: [['w:x{kz}, r:x, r:x{er}/m16', 'RVM', 'EVEX.LIG.F3.MAP5.W0 5E /r t1s', 'AVX512_FP16']],
  /** `dst ← a < b ? a : b`, packed f32. */
  minps: [['rw:x, r:x/mx', 'RM', 'NP 0F 5D /r', 'SSE']],
  /** `dst ← a < b ? a : b`, packed f32. */
  vminps: [
    ['w:xy, r:xy, r:xy/mxy', 'RVM', 'VEX.NP.0F.WIG 5D /r', 'AVX'],
    ['w:xyz{kz}, r:xyz, r:xyz{sae}/mxyz/b32', 'RVM', 'EVEX.NP.0F.W0 5D /r full', 'AVX512F'],
  ],
  /** `dst ← a < b ? a : b`, packed f64. */
  minpd: [['rw:x, r:x/mx', 'RM', '66 0F 5D /r', 'SSE2']],
  /** `dst ← a < b ? a : b`, packed f64. */
  vminpd: [
    ['w:xy, r:xy, r:xy/mxy', 'RVM', 'VEX.66.0F.WIG 5D /r', 'AVX'],
    ['w:xyz{kz}, r:xyz, r:xyz{sae}/mxyz/b64', 'RVM', 'EVEX.66.0F.W1 5D /r full', 'AVX512F'],
  ],
  /** `dst ← a < b ? a : b`, scalar f32. The upper elements are kept. */
  minss: [['rw:x, r:x/m32', 'RM', 'F3 0F 5D /r', 'SSE']],
  /** `dst ← a < b ? a : b`, scalar f32. The upper elements come from the first source. */
  vminss: [
    ['w:x, r:x, r:x/m32', 'RVM', 'VEX.LIG.F3.0F.WIG 5D /r', 'AVX'],
    ['w:x{kz}, r:x, r:x{sae}/m32', 'RVM', 'EVEX.LIG.F3.0F.W0 5D /r t1s', 'AVX512F'],
  ],
  /** `dst ← a < b ? a : b`, scalar f64. The upper elements are kept. */
  minsd: [['rw:x, r:x/m64', 'RM', 'F2 0F 5D /r', 'SSE2']],
  /** `dst ← a < b ? a : b`, scalar f64. The upper elements come from the first source. */
  vminsd: [
    ['w:x, r:x, r:x/m64', 'RVM', 'VEX.LIG.F2.0F.WIG 5D /r', 'AVX'],
    ['w:x{kz}, r:x, r:x{sae}/m64', 'RVM', 'EVEX.LIG.F2.0F.W1 5D /r t1s', 'AVX512F'],
  ],
  /** `dst ← a < b ? a : b`, packed f16. */
  vminph: [['w:xyz{kz}, r:xyz, r:xyz{sae}/mxyz/b16', 'RVM', 'EVEX.NP.MAP5.W0 5D /r full', 'AVX512_FP16']],
  /** `dst ← a < b ? a : b`, scalar f16. The upper elements come from the first source. */
  vminsh: [['w:x{kz}, r:x, r:x{sae}/m16', 'RVM', 'EVEX.LIG.F3.MAP5.W0 5D /r t1s', 'AVX512_FP16']],
  /** `dst ← a > b ? a : b`, packed f32. */
  maxps: [['rw:x, r:x/mx', 'RM', 'NP 0F 5F /r', 'SSE']],
  /** `dst ← a > b ? a : b`, packed f32. */
  vmaxps: [
    ['w:xy, r:xy, r:xy/mxy', 'RVM', 'VEX.NP.0F.WIG 5F /r', 'AVX'],
    ['w:xyz{kz}, r:xyz, r:xyz{sae}/mxyz/b32', 'RVM', 'EVEX.NP.0F.W0 5F /r full', 'AVX512F'],
  ],
  /** `dst ← a > b ? a : b`, packed f64. */
  maxpd: [['rw:x, r:x/mx', 'RM', '66 0F 5F /r', 'SSE2']],
  /** `dst ← a > b ? a : b`, packed f64. */
  vmaxpd: [
    ['w:xy, r:xy, r:xy/mxy', 'RVM', 'VEX.66.0F.WIG 5F /r', 'AVX'],
    ['w:xyz{kz}, r:xyz, r:xyz{sae}/mxyz/b64', 'RVM', 'EVEX.66.0F.W1 5F /r full', 'AVX512F'],
  ],
  /** `dst ← a > b ? a : b`, scalar f32. The upper elements are kept. */
  maxss: [['rw:x, r:x/m32', 'RM', 'F3 0F 5F /r', 'SSE']],
  /** `dst ← a > b ? a : b`, scalar f32. The upper elements come from the first source. */
  vmaxss: [
    ['w:x, r:x, r:x/m32', 'RVM', 'VEX.LIG.F3.0F.WIG 5F /r', 'AVX'],
    ['w:x{kz}, r:x, r:x{sae}/m32', 'RVM', 'EVEX.LIG.F3.0F.W0 5F /r t1s', 'AVX512F'],
  ],
  /** `dst ← a > b ? a : b`, scalar f64. The upper elements are kept. */
  maxsd: [['rw:x, r:x/m64', 'RM', 'F2 0F 5F /r', 'SSE2']],
  /** `dst ← a > b ? a : b`, scalar f64. The upper elements come from the first source. */
  vmaxsd: [
    ['w:x, r:x, r:x/m64', 'RVM', 'VEX.LIG.F2.0F.WIG 5F /r', 'AVX'],
    ['w:x{kz}, r:x, r:x{sae}/m64', 'RVM', 'EVEX.LIG.F2.0F.W1 5F /r t1s', 'AVX512F'],
  ],
  /** `dst ← a > b ? a : b`, packed f16. */
  vmaxph: [['w:xyz{kz}, r:xyz, r:xyz{sae}/mxyz/b16', 'RVM', 'EVEX.NP.MAP5.W0 5F /r full', 'AVX512_FP16']],
  /** `dst ← a > b ? a : b`, scalar f16. The upper elements come from the first source. */
  vmaxsh: [['w:x{kz}, r:x, r:x{sae}/m16', 'RVM', 'EVEX.LIG.F3.MAP5.W0 5F /r t1s', 'AVX512_FP16']],
  /** `dst ← √src`, packed f32. */
  sqrtps: [['w:x, r:x/mx', 'RM', 'NP 0F 51 /r', 'SSE']],
  /** `dst ← √src`, packed f32. */
  vsqrtps: [
    ['w:xy, r:xy/mxy', 'RM', 'VEX.NP.0F.WIG 51 /r', 'AVX'],
    ['w:xyz{kz}, r:xyz{er}/mxyz/b32', 'RM', 'EVEX.NP.0F.W0 51 /r full', 'AVX512F'],
  ],
  /** `dst ← √src`, packed f64. */
  sqrtpd: [['w:x, r:x/mx', 'RM', '66 0F 51 /r', 'SSE2']],
  /** `dst ← √src`, packed f64. */
  vsqrtpd: [
    ['w:xy, r:xy/mxy', 'RM', 'VEX.66.0F.WIG 51 /r', 'AVX'],
    ['w:xyz{kz}, r:xyz{er}/mxyz/b64', 'RM', 'EVEX.66.0F.W1 51 /r full', 'AVX512F'],
  ],
  /** `dst ← √src`, scalar f32. The upper elements are kept. */
  sqrtss: [['rw:x, r:x/m32', 'RM', 'F3 0F 51 /r', 'SSE']],
  /** `dst ← √src`, scalar f32. The upper elements come from the first source. */
  vsqrtss: [
    ['w:x, r:x, r:x/m32', 'RVM', 'VEX.LIG.F3.0F.WIG 51 /r', 'AVX'],
    ['w:x{kz}, r:x, r:x{er}/m32', 'RVM', 'EVEX.LIG.F3.0F.W0 51 /r t1s', 'AVX512F'],
  ],
  /** `dst ← √src`, scalar f64. The upper elements are kept. */
  sqrtsd: [['rw:x, r:x/m64', 'RM', 'F2 0F 51 /r', 'SSE2']],
  /** `dst ← √src`, scalar f64. The upper elements come from the first source. */
  vsqrtsd: [
    ['w:x, r:x, r:x/m64', 'RVM', 'VEX.LIG.F2.0F.WIG 51 /r', 'AVX'],
    ['w:x{kz}, r:x, r:x{er}/m64', 'RVM', 'EVEX.LIG.F2.0F.W1 51 /r t1s', 'AVX512F'],
  ],
  /** `dst ← √src`, packed f16. */
  vsqrtph: [['w:xyz{kz}, r:xyz{er}/mxyz/b16', 'RM', 'EVEX.NP.MAP5.W0 51 /r full', 'AVX512_FP16']],
  /** `dst ← √src`, scalar f16. The upper elements come from the first source. */
  vsqrtsh: [['w:x{kz}, r:x, r:x{er}/m16', 'RVM', 'EVEX.LIG.F3.MAP5.W0 51 /r t1s', 'AVX512_FP16']],
  /** `dst ← ≈ 1 / src` (12 bits), packed f32. */
  rcpps: [['w:x, r:x/mx', 'RM', 'NP 0F 53 /r', 'SSE']],
  /** `dst ← ≈ 1 / src` (12 bits), scalar f32. The upper elements are kept. */
  rcpss: [['rw:x, r:x/m32', 'RM', 'F3 0F 53 /r', 'SSE']],
  /** `dst ← ≈ 1 / src` (12 bits), packed f32. */
  vrcpps: [['w:xy, r:xy/mxy', 'RM', 'VEX.NP.0F.WIG 53 /r', 'AVX']],
  /** `dst ← ≈ 1 / src` (12 bits), scalar f32. The upper elements come from the first source. */
  vrcpss: [['w:x, r:x, r:x/m32', 'RVM', 'VEX.LIG.F3.0F.WIG 53 /r', 'AVX']],
  /** `dst ← ≈ 1 / √src` (12 bits), packed f32. */
  rsqrtps: [['w:x, r:x/mx', 'RM', 'NP 0F 52 /r', 'SSE']],
  /** `dst ← ≈ 1 / √src` (12 bits), scalar f32. The upper elements are kept. */
  rsqrtss: [['rw:x, r:x/m32', 'RM', 'F3 0F 52 /r', 'SSE']],
  /** `dst ← ≈ 1 / √src` (12 bits), packed f32. */
  vrsqrtps: [['w:xy, r:xy/mxy', 'RM', 'VEX.NP.0F.WIG 52 /r', 'AVX']],
  /** `dst ← ≈ 1 / √src` (12 bits), scalar f32. The upper elements come from the first source. */
  vrsqrtss: [['w:x, r:x, r:x/m32', 'RVM', 'VEX.LIG.F3.0F.WIG 52 /r', 'AVX']],
  /** `dst ← ≈ 1 / src` (14 bits), packed f32. */
  vrcp14ps: [['w:xyz{kz}, r:xyz/mxyz/b32', 'RM', 'EVEX.66.0F38.W0 4C /r full', 'AVX512F']],
  /** `dst ← ≈ 1 / src` (14 bits), packed f64. */
  vrcp14pd: [['w:xyz{kz}, r:xyz/mxyz/b64', 'RM', 'EVEX.66.0F38.W1 4C /r full', 'AVX512F']],
  /** `dst ← ≈ 1 / src` (14 bits), scalar f32. The upper elements come from the first source. */
  vrcp14ss: [['w:x{kz}, r:x, r:x/m32', 'RVM', 'EVEX.LIG.66.0F38.W0 4D /r t1s', 'AVX512F']],
  /** `dst ← ≈ 1 / src` (14 bits), scalar f64. The upper elements come from the first source. */
  vrcp14sd: [['w:x{kz}, r:x, r:x/m64', 'RVM', 'EVEX.LIG.66.0F38.W1 4D /r t1s', 'AVX512F']],
  /** `dst ← ≈ 1 / √src` (14 bits), packed f32. */
  vrsqrt14ps: [['w:xyz{kz}, r:xyz/mxyz/b32', 'RM', 'EVEX.66.0F38.W0 4E /r full', 'AVX512F']],
  /** `dst ← ≈ 1 / √src` (14 bits), packed f64. */
  vrsqrt14pd: [['w:xyz{kz}, r:xyz/mxyz/b64', 'RM', 'EVEX.66.0F38.W1 4E /r full', 'AVX512F']],
  /** `dst ← ≈ 1 / √src` (14 bits), scalar f32. The upper elements come from the first source. */
  vrsqrt14ss: [['w:x{kz}, r:x, r:x/m32', 'RVM', 'EVEX.LIG.66.0F38.W0 4F /r t1s', 'AVX512F']],
  /** `dst ← ≈ 1 / √src` (14 bits), scalar f64. The upper elements come from the first source. */
  vrsqrt14sd: [['w:x{kz}, r:x, r:x/m64', 'RVM', 'EVEX.LIG.66.0F38.W1 4F /r t1s', 'AVX512F']],
  /** `dst ← ≈ 1 / src` (11 bits), packed f16. */
  vrcpph: [['w:xyz{kz}, r:xyz/mxyz/b16', 'RM', 'EVEX.66.MAP6.W0 4C /r full', 'AVX512_FP16']],
  /** `dst ← ≈ 1 / src` (11 bits), scalar f16. The upper elements come from the first source. */
  vrcpsh: [['w:x{kz}, r:x, r:x/m16', 'RVM', 'EVEX.LIG.66.MAP6.W0 4D /r t1s', 'AVX512_FP16']],
  /** `dst ← ≈ 1 / √src` (11 bits), packed f16. */
  vrsqrtph: [['w:xyz{kz}, r:xyz/mxyz/b16', 'RM', 'EVEX.66.MAP6.W0 4E /r full', 'AVX512_FP16']],
  /** `dst ← ≈ 1 / √src` (11 bits), scalar f16. The upper elements come from the first source. */
  vrsqrtsh: [['w:x{kz}, r:x, r:x/m16', 'RVM', 'EVEX.LIG.66.MAP6.W0 4F /r t1s', 'AVX512_FP16']],
  /** `dst ← ⌊log2 |src|⌋` as a float, packed f32. */
  vgetexpps: [['w:xyz{kz}, r:xyz{sae}/mxyz/b32', 'RM', 'EVEX.66.0F38.W0 42 /r full', 'AVX512F']],
  /** `dst ← ⌊log2 |src|⌋` as a float, packed f64. */
  vgetexppd: [['w:xyz{kz}, r:xyz{sae}/mxyz/b64', 'RM', 'EVEX.66.0F38.W1 42 /r full', 'AVX512F']],
  /** `dst ← ⌊log2 |src|⌋` as a float, scalar f32. The upper elements come from the first source. */
  vgetexpss: [['w:x{kz}, r:x, r:x{sae}/m32', 'RVM', 'EVEX.LIG.66.0F38.W0 43 /r t1s', 'AVX512F']],
  /** `dst ← ⌊log2 |src|⌋` as a float, scalar f64. The upper elements come from the first source. */
  vgetexpsd: [['w:x{kz}, r:x, r:x{sae}/m64', 'RVM', 'EVEX.LIG.66.0F38.W1 43 /r t1s', 'AVX512F']],
  /** `dst ← ⌊log2 |src|⌋` as a float, packed f16. */
  vgetexpph: [['w:xyz{kz}, r:xyz{sae}/mxyz/b16', 'RM', 'EVEX.66.MAP6.W0 42 /r full', 'AVX512_FP16']],
  /** `dst ← ⌊log2 |src|⌋` as a float, scalar f16. The upper elements come from the first source. */
  vgetexpsh: [['w:x{kz}, r:x, r:x{sae}/m16', 'RVM', 'EVEX.LIG.66.MAP6.W0 43 /r t1s', 'AVX512_FP16']],
  /** `dst ← a · 2^⌊b⌋`, packed f32. */
  vscalefps: [['w:xyz{kz}, r:xyz, r:xyz{er}/mxyz/b32', 'RVM', 'EVEX.66.0F38.W0 2C /r full', 'AVX512F']],
  /** `dst ← a · 2^⌊b⌋`, packed f64. */
  vscalefpd: [['w:xyz{kz}, r:xyz, r:xyz{er}/mxyz/b64', 'RVM', 'EVEX.66.0F38.W1 2C /r full', 'AVX512F']],
  /** `dst ← a · 2^⌊b⌋`, scalar f32. The upper elements come from the first source. */
  vscalefss: [['w:x{kz}, r:x, r:x{er}/m32', 'RVM', 'EVEX.LIG.66.0F38.W0 2D /r t1s', 'AVX512F']],
  /** `dst ← a · 2^⌊b⌋`, scalar f64. The upper elements come from the first source. */
  vscalefsd: [['w:x{kz}, r:x, r:x{er}/m64', 'RVM', 'EVEX.LIG.66.0F38.W1 2D /r t1s', 'AVX512F']],
  /** `dst ← a · 2^⌊b⌋`, packed f16. */
  vscalefph: [['w:xyz{kz}, r:xyz, r:xyz{er}/mxyz/b16', 'RVM', 'EVEX.66.MAP6.W0 2C /r full', 'AVX512_FP16']],
  /** `dst ← a · 2^⌊b⌋`, scalar f16. The upper elements come from the first source. */
  vscalefsh: [['w:x{kz}, r:x, r:x{er}/m16', 'RVM', 'EVEX.LIG.66.MAP6.W0 2D /r t1s', 'AVX512_FP16']],
  /** `dst ← mantissa of src`, normalized as imm8 says, packed f32. */
  vgetmantps: [['w:xyz{kz}, r:xyz{sae}/mxyz/b32, imm8', 'RMI', 'EVEX.66.0F3A.W0 26 /r full', 'AVX512F']],
  /** `dst ← mantissa of src`, normalized as imm8 says, packed f64. */
  vgetmantpd: [['w:xyz{kz}, r:xyz{sae}/mxyz/b64, imm8', 'RMI', 'EVEX.66.0F3A.W1 26 /r full', 'AVX512F']],
  /** `dst ← mantissa of src`, normalized as imm8 says, scalar f32. The upper elements come from the first source. */
  vgetmantss: [['w:x{kz}, r:x, r:x{sae}/m32, imm8', 'RVMI', 'EVEX.LIG.66.0F3A.W0 27 /r t1s', 'AVX512F']],
  /** `dst ← mantissa of src`, normalized as imm8 says, scalar f64. The upper elements come from the first source. */
  vgetmantsd: [['w:x{kz}, r:x, r:x{sae}/m64, imm8', 'RVMI', 'EVEX.LIG.66.0F3A.W1 27 /r t1s', 'AVX512F']],
  /** `dst ← mantissa of src`, normalized as imm8 says, packed f16. */
  vgetmantph: [['w:xyz{kz}, r:xyz{sae}/mxyz/b16, imm8', 'RMI', 'EVEX.NP.0F3A.W0 26 /r full', 'AVX512_FP16']],
  /** `dst ← mantissa of src`, normalized as imm8 says, scalar f16. The upper elements come from the first source. */
  vgetmantsh: [['w:x{kz}, r:x, r:x{sae}/m16, imm8', 'RVMI', 'EVEX.LIG.NP.0F3A.W0 27 /r t1s', 'AVX512_FP16']],
  /** `dst ← src − src rounded to imm8[7:4] fraction bits`, packed f32. */
  vreduceps: [['w:xyz{kz}, r:xyz{sae}/mxyz/b32, imm8', 'RMI', 'EVEX.66.0F3A.W0 56 /r full', 'AVX512DQ']],
  /** `dst ← src − src rounded to imm8[7:4] fraction bits`, packed f64. */
  vreducepd: [['w:xyz{kz}, r:xyz{sae}/mxyz/b64, imm8', 'RMI', 'EVEX.66.0F3A.W1 56 /r full', 'AVX512DQ']],
  /** `dst ← src − src rounded to imm8[7:4] fraction bits`, scalar f32. The upper elements come from the first source. */
  vreducess: [['w:x{kz}, r:x, r:x{sae}/m32, imm8', 'RVMI', 'EVEX.LIG.66.0F3A.W0 57 /r t1s', 'AVX512DQ']],
  /** `dst ← src − src rounded to imm8[7:4] fraction bits`, scalar f64. The upper elements come from the first source. */
  vreducesd: [['w:x{kz}, r:x, r:x{sae}/m64, imm8', 'RVMI', 'EVEX.LIG.66.0F3A.W1 57 /r t1s', 'AVX512DQ']],
  /** `dst ← src − src rounded to imm8[7:4] fraction bits`, packed f16. */
  vreduceph: [['w:xyz{kz}, r:xyz{sae}/mxyz/b16, imm8', 'RMI', 'EVEX.NP.0F3A.W0 56 /r full', 'AVX512_FP16']],
  /** `dst ← src − src rounded to imm8[7:4] fraction bits`, scalar f16. The upper elements come from the first source. */
  vreducesh: [['w:x{kz}, r:x, r:x{sae}/m16, imm8', 'RVMI', 'EVEX.LIG.NP.0F3A.W0 57 /r t1s', 'AVX512_FP16']],
  /** `dst ← src rounded to imm8[7:4] fraction bits`, packed f32. */
  vrndscaleps: [['w:xyz{kz}, r:xyz{sae}/mxyz/b32, imm8', 'RMI', 'EVEX.66.0F3A.W0 08 /r full', 'AVX512F']],
  /** `dst ← src rounded to imm8[7:4] fraction bits`, packed f64. */
  vrndscalepd: [['w:xyz{kz}, r:xyz{sae}/mxyz/b64, imm8', 'RMI', 'EVEX.66.0F3A.W1 09 /r full', 'AVX512F']],
  /** `dst ← src rounded to imm8[7:4] fraction bits`, scalar f32. The upper elements come from the first source. */
  vrndscaless: [['w:x{kz}, r:x, r:x{sae}/m32, imm8', 'RVMI', 'EVEX.LIG.66.0F3A.W0 0A /r t1s', 'AVX512F']],
  /** `dst ← src rounded to imm8[7:4] fraction bits`, scalar f64. The upper elements come from the first source. */
  vrndscalesd: [['w:x{kz}, r:x, r:x{sae}/m64, imm8', 'RVMI', 'EVEX.LIG.66.0F3A.W1 0B /r t1s', 'AVX512F']],
  /** `dst ← src rounded to imm8[7:4] fraction bits`, packed f16. */
  vrndscaleph: [['w:xyz{kz}, r:xyz{sae}/mxyz/b16, imm8', 'RMI', 'EVEX.NP.0F3A.W0 08 /r full', 'AVX512_FP16']],
  /** `dst ← src rounded to imm8[7:4] fraction bits`, scalar f16. The upper elements come from the first source. */
  vrndscalesh: [['w:x{kz}, r:x, r:x{sae}/m16, imm8', 'RVMI', 'EVEX.LIG.NP.0F3A.W0 0A /r t1s', 'AVX512_FP16']],
  /** `dst ← minimum or maximum of a and b, by value or magnitude`, chosen by imm8, packed f32. */
  vrangeps: [['w:xyz{kz}, r:xyz, r:xyz{sae}/mxyz/b32, imm8', 'RVMI', 'EVEX.66.0F3A.W0 50 /r full', 'AVX512DQ']],
  /** `dst ← minimum or maximum of a and b, by value or magnitude`, chosen by imm8, packed f64. */
  vrangepd: [['w:xyz{kz}, r:xyz, r:xyz{sae}/mxyz/b64, imm8', 'RVMI', 'EVEX.66.0F3A.W1 50 /r full', 'AVX512DQ']],
  /** `dst ← minimum or maximum of a and b, by value or magnitude`, chosen by imm8, scalar f32. The upper elements come from the first source. */
  vrangess: [['w:x{kz}, r:x, r:x{sae}/m32, imm8', 'RVMI', 'EVEX.LIG.66.0F3A.W0 51 /r t1s', 'AVX512DQ']],
  /** `dst ← minimum or maximum of a and b, by value or magnitude`, chosen by imm8, scalar f64. The upper elements come from the first source. */
  vrangesd: [['w:x{kz}, r:x, r:x{sae}/m64, imm8', 'RVMI', 'EVEX.LIG.66.0F3A.W1 51 /r t1s', 'AVX512DQ']],
  /** `dst ← special values of dst and a replaced as table b says`, packed f32. */
  vfixupimmps: [['rw:xyz{kz}, r:xyz, r:xyz{sae}/mxyz/b32, imm8', 'RVMI', 'EVEX.66.0F3A.W0 54 /r full', 'AVX512F']],
  /** `dst ← special values of dst and a replaced as table b says`, packed f64. */
  vfixupimmpd: [['rw:xyz{kz}, r:xyz, r:xyz{sae}/mxyz/b64, imm8', 'RVMI', 'EVEX.66.0F3A.W1 54 /r full', 'AVX512F']],
  /** `dst ← special values of dst and a replaced as table b says`, scalar f32. The upper elements come from the first source. */
  vfixupimmss: [['rw:x{kz}, r:x, r:x{sae}/m32, imm8', 'RVMI', 'EVEX.LIG.66.0F3A.W0 55 /r t1s', 'AVX512F']],
  /** `dst ← special values of dst and a replaced as table b says`, scalar f64. The upper elements come from the first source. */
  vfixupimmsd: [['rw:x{kz}, r:x, r:x{sae}/m64, imm8', 'RVMI', 'EVEX.LIG.66.0F3A.W1 55 /r t1s', 'AVX512F']],
  /** `dst ← src rounded to an integer`, mode in imm8, packed f32. */
  roundps: [['w:x, r:x/mx, imm8', 'RMI', '66 0F 3A 08 /r', 'SSE4_1']],
  /** `dst ← src rounded to an integer`, mode in imm8, packed f32. */
  vroundps: [['w:xy, r:xy/mxy, imm8', 'RMI', 'VEX.66.0F3A.WIG 08 /r', 'AVX']],
  /** `dst ← src rounded to an integer`, mode in imm8, packed f64. */
  roundpd: [['w:x, r:x/mx, imm8', 'RMI', '66 0F 3A 09 /r', 'SSE4_1']],
  /** `dst ← src rounded to an integer`, mode in imm8, packed f64. */
  vroundpd: [['w:xy, r:xy/mxy, imm8', 'RMI', 'VEX.66.0F3A.WIG 09 /r', 'AVX']],
  /** `dst ← src rounded to an integer`, mode in imm8, scalar f32. The upper elements are kept. */
  roundss: [['rw:x, r:x/m32, imm8', 'RMI', '66 0F 3A 0A /r', 'SSE4_1']],
  /** `dst ← src rounded to an integer`, mode in imm8, scalar f32. The upper elements come from the first source. */
  vroundss: [['w:x, r:x, r:x/m32, imm8', 'RVMI', 'VEX.LIG.66.0F3A.WIG 0A /r', 'AVX']],
  /** `dst ← src rounded to an integer`, mode in imm8, scalar f64. The upper elements are kept. */
  roundsd: [['rw:x, r:x/m64, imm8', 'RMI', '66 0F 3A 0B /r', 'SSE4_1']],
  /** `dst ← src rounded to an integer`, mode in imm8, scalar f64. The upper elements come from the first source. */
  vroundsd: [['w:x, r:x, r:x/m64, imm8', 'RVMI', 'VEX.LIG.66.0F3A.WIG 0B /r', 'AVX']],
  /** `dst ← sums of neighbours`, packed f32. */
  haddps: [['rw:x, r:x/mx', 'RM', 'F2 0F 7C /r', 'SSE3']],
  /** `dst ← sums of neighbours`, packed f32. */
  vhaddps: [['w:xy, r:xy, r:xy/mxy', 'RVM', 'VEX.F2.0F.WIG 7C /r', 'AVX']],
  /** `dst ← sums of neighbours`, packed f64. */
  haddpd: [['rw:x, r:x/mx', 'RM', '66 0F 7C /r', 'SSE3']],
  /** `dst ← sums of neighbours`, packed f64. */
  vhaddpd: [['w:xy, r:xy, r:xy/mxy', 'RVM', 'VEX.66.0F.WIG 7C /r', 'AVX']],
  /** `dst ← differences of neighbours`, packed f32. */
  hsubps: [['rw:x, r:x/mx', 'RM', 'F2 0F 7D /r', 'SSE3']],
  /** `dst ← differences of neighbours`, packed f32. */
  vhsubps: [['w:xy, r:xy, r:xy/mxy', 'RVM', 'VEX.F2.0F.WIG 7D /r', 'AVX']],
  /** `dst ← differences of neighbours`, packed f64. */
  hsubpd: [['rw:x, r:x/mx', 'RM', '66 0F 7D /r', 'SSE3']],
  /** `dst ← differences of neighbours`, packed f64. */
  vhsubpd: [['w:xy, r:xy, r:xy/mxy', 'RVM', 'VEX.66.0F.WIG 7D /r', 'AVX']],
  /** `dst ← a − b in even elements, a + b in odd ones`, packed f32. */
  addsubps: [['rw:x, r:x/mx', 'RM', 'F2 0F D0 /r', 'SSE3']],
  /** `dst ← a − b in even elements, a + b in odd ones`, packed f32. */
  vaddsubps: [['w:xy, r:xy, r:xy/mxy', 'RVM', 'VEX.F2.0F.WIG D0 /r', 'AVX']],
  /** `dst ← a − b in even elements, a + b in odd ones`, packed f64. */
  addsubpd: [['rw:x, r:x/mx', 'RM', '66 0F D0 /r', 'SSE3']],
  /** `dst ← a − b in even elements, a + b in odd ones`, packed f64. */
  vaddsubpd: [['w:xy, r:xy, r:xy/mxy', 'RVM', 'VEX.66.0F.WIG D0 /r', 'AVX']],
  /** `dst ← dot product of each 128-bit lane`, elements chosen by imm8, packed f32. */
  dpps: [['rw:x, r:x/mx, imm8', 'RMI', '66 0F 3A 40 /r', 'SSE4_1']],
  /** `dst ← dot product of each 128-bit lane`, elements chosen by imm8, packed f32. */
  vdpps: [['w:xy, r:xy, r:xy/mxy, imm8', 'RVMI', 'VEX.66.0F3A.WIG 40 /r', 'AVX']],
  /** `dst ← dot product of each 128-bit lane`, elements chosen by imm8, packed f64. */
  dppd: [['rw:x, r:x/mx, imm8', 'RMI', '66 0F 3A 41 /r', 'SSE4_1']],
  /** `dst ← dot product of each 128-bit lane`, elements chosen by imm8, packed f64. */
  vdppd: [['w:x, r:x, r:x/mx, imm8', 'RVMI', 'VEX.66.0F3A.WIG 41 /r', 'AVX']],
} as const
