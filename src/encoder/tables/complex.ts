/** Rows of complex f16 arithmetic and of intersections. */

export const complex = {
  /** `dst ← dst + a · b`, packed complex f16. */
  vfmaddcph: [['rw:xyz{kz}, r:xyz, r:xyz{er}/mxyz/b32', 'RVM', 'EVEX.F3.MAP6.W0 56 /r full', 'AVX512_FP16', 'distinct-destination']],
  /** `dst ← dst + a · b`, complex f16 in element 0. */
  vfmaddcsh: [['rw:x{kz}, r:x, r:x{er}/m32', 'RVM', 'EVEX.LIG.F3.MAP6.W0 57 /r t1s', 'AVX512_FP16', 'distinct-destination']],
  /** `dst ← dst + a · conj(b)`, packed complex f16. */
  vfcmaddcph: [['rw:xyz{kz}, r:xyz, r:xyz{er}/mxyz/b32', 'RVM', 'EVEX.F2.MAP6.W0 56 /r full', 'AVX512_FP16', 'distinct-destination']],
  /** `dst ← dst + a · conj(b)`, complex f16 in element 0. */
  vfcmaddcsh: [['rw:x{kz}, r:x, r:x{er}/m32', 'RVM', 'EVEX.LIG.F2.MAP6.W0 57 /r t1s', 'AVX512_FP16', 'distinct-destination']],
  /** `dst ← a · b`, packed complex f16. */
  vfmulcph: [['w:xyz{kz}, r:xyz, r:xyz{er}/mxyz/b32', 'RVM', 'EVEX.F3.MAP6.W0 D6 /r full', 'AVX512_FP16', 'distinct-destination']],
  /** `dst ← a · b`, complex f16 in element 0. */
  vfmulcsh: [['w:x{kz}, r:x, r:x{er}/m32', 'RVM', 'EVEX.LIG.F3.MAP6.W0 D7 /r t1s', 'AVX512_FP16', 'distinct-destination']],
  /** `dst ← a · conj(b)`, packed complex f16. */
  vfcmulcph: [['w:xyz{kz}, r:xyz, r:xyz{er}/mxyz/b32', 'RVM', 'EVEX.F2.MAP6.W0 D6 /r full', 'AVX512_FP16', 'distinct-destination']],
  /** `dst ← a · conj(b)`, complex f16 in element 0. */
  vfcmulcsh: [['w:x{kz}, r:x, r:x{er}/m32', 'RVM', 'EVEX.LIG.F2.MAP6.W0 D7 /r t1s', 'AVX512_FP16', 'distinct-destination']],
  /** `dst, its neighbour ← elements of a that are in b, and the reverse`, a bit an element; dst is even. */
  vp2intersectd: [['w:k, r:xyz, r:xyz/mxyz/b32', 'RVM', 'EVEX.F2.0F38.W0 68 /r full', 'AVX512_VP2INTERSECT']],
  /** `dst, its neighbour ← elements of a that are in b, and the reverse`, a bit an element; dst is even. */
  vp2intersectq: [['w:k, r:xyz, r:xyz/mxyz/b64', 'RVM', 'EVEX.F2.0F38.W1 68 /r full', 'AVX512_VP2INTERSECT']],
} as const
