/** Rows of AVX10.2: arithmetic on bf16, minima and maxima with a choice, comparisons that set all flags. */

export const bfloat = {
  /** `dst ← a + b`, packed bf16. */
  vaddbf16: [['w:xyz{kz}, r:xyz, r:xyz/mxyz/b16', 'RVM', 'EVEX.66.MAP5.W0 58 /r full', 'AVX10_2']],
  /** `dst ← a · b`, packed bf16. */
  vmulbf16: [['w:xyz{kz}, r:xyz, r:xyz/mxyz/b16', 'RVM', 'EVEX.66.MAP5.W0 59 /r full', 'AVX10_2']],
  /** `dst ← a − b`, packed bf16. */
  vsubbf16: [['w:xyz{kz}, r:xyz, r:xyz/mxyz/b16', 'RVM', 'EVEX.66.MAP5.W0 5C /r full', 'AVX10_2']],
  /** `dst ← min(a, b)`, packed bf16. */
  vminbf16: [['w:xyz{kz}, r:xyz, r:xyz/mxyz/b16', 'RVM', 'EVEX.66.MAP5.W0 5D /r full', 'AVX10_2']],
  /** `dst ← a / b`, packed bf16. */
  vdivbf16: [['w:xyz{kz}, r:xyz, r:xyz/mxyz/b16', 'RVM', 'EVEX.66.MAP5.W0 5E /r full', 'AVX10_2']],
  /** `dst ← max(a, b)`, packed bf16. */
  vmaxbf16: [['w:xyz{kz}, r:xyz, r:xyz/mxyz/b16', 'RVM', 'EVEX.66.MAP5.W0 5F /r full', 'AVX10_2']],
  /** `dst ← √src`, packed bf16. */
  vsqrtbf16: [['w:xyz{kz}, r:xyz/mxyz/b16', 'RM', 'EVEX.66.MAP5.W0 51 /r full', 'AVX10_2']],
  /** `dst ← a · 2^⌊b⌋`, packed bf16. */
  vscalefbf16: [['w:xyz{kz}, r:xyz, r:xyz/mxyz/b16', 'RVM', 'EVEX.NP.MAP6.W0 2C /r full', 'AVX10_2']],
  /** `dst ← exponent of src`, packed bf16. */
  vgetexpbf16: [['w:xyz{kz}, r:xyz/mxyz/b16', 'RM', 'EVEX.NP.MAP6.W0 42 /r full', 'AVX10_2']],
  /** `dst ← approximately 1 / src`, packed bf16. */
  vrcpbf16: [['w:xyz{kz}, r:xyz/mxyz/b16', 'RM', 'EVEX.NP.MAP6.W0 4C /r full', 'AVX10_2']],
  /** `dst ← approximately 1 / √src`, packed bf16. */
  vrsqrtbf16: [['w:xyz{kz}, r:xyz/mxyz/b16', 'RM', 'EVEX.NP.MAP6.W0 4E /r full', 'AVX10_2']],
  /** `dst ← dst · b + a`, packed bf16, rounded once. */
  vfmadd132bf16: [['rw:xyz{kz}, r:xyz, r:xyz/mxyz/b16', 'RVM', 'EVEX.NP.MAP6.W0 98 /r full', 'AVX10_2']],
  /** `dst ← dst · b − a`, packed bf16, rounded once. */
  vfmsub132bf16: [['rw:xyz{kz}, r:xyz, r:xyz/mxyz/b16', 'RVM', 'EVEX.NP.MAP6.W0 9A /r full', 'AVX10_2']],
  /** `dst ← −(dst · b) + a`, packed bf16, rounded once. */
  vfnmadd132bf16: [['rw:xyz{kz}, r:xyz, r:xyz/mxyz/b16', 'RVM', 'EVEX.NP.MAP6.W0 9C /r full', 'AVX10_2']],
  /** `dst ← −(dst · b) − a`, packed bf16, rounded once. */
  vfnmsub132bf16: [['rw:xyz{kz}, r:xyz, r:xyz/mxyz/b16', 'RVM', 'EVEX.NP.MAP6.W0 9E /r full', 'AVX10_2']],
  /** `dst ← a · dst + b`, packed bf16, rounded once. */
  vfmadd213bf16: [['rw:xyz{kz}, r:xyz, r:xyz/mxyz/b16', 'RVM', 'EVEX.NP.MAP6.W0 A8 /r full', 'AVX10_2']],
  /** `dst ← a · dst − b`, packed bf16, rounded once. */
  vfmsub213bf16: [['rw:xyz{kz}, r:xyz, r:xyz/mxyz/b16', 'RVM', 'EVEX.NP.MAP6.W0 AA /r full', 'AVX10_2']],
  /** `dst ← −(a · dst) + b`, packed bf16, rounded once. */
  vfnmadd213bf16: [['rw:xyz{kz}, r:xyz, r:xyz/mxyz/b16', 'RVM', 'EVEX.NP.MAP6.W0 AC /r full', 'AVX10_2']],
  /** `dst ← −(a · dst) − b`, packed bf16, rounded once. */
  vfnmsub213bf16: [['rw:xyz{kz}, r:xyz, r:xyz/mxyz/b16', 'RVM', 'EVEX.NP.MAP6.W0 AE /r full', 'AVX10_2']],
  /** `dst ← a · b + dst`, packed bf16, rounded once. */
  vfmadd231bf16: [['rw:xyz{kz}, r:xyz, r:xyz/mxyz/b16', 'RVM', 'EVEX.NP.MAP6.W0 B8 /r full', 'AVX10_2']],
  /** `dst ← a · b − dst`, packed bf16, rounded once. */
  vfmsub231bf16: [['rw:xyz{kz}, r:xyz, r:xyz/mxyz/b16', 'RVM', 'EVEX.NP.MAP6.W0 BA /r full', 'AVX10_2']],
  /** `dst ← −(a · b) + dst`, packed bf16, rounded once. */
  vfnmadd231bf16: [['rw:xyz{kz}, r:xyz, r:xyz/mxyz/b16', 'RVM', 'EVEX.NP.MAP6.W0 BC /r full', 'AVX10_2']],
  /** `dst ← −(a · b) − dst`, packed bf16, rounded once. */
  vfnmsub231bf16: [['rw:xyz{kz}, r:xyz, r:xyz/mxyz/b16', 'RVM', 'EVEX.NP.MAP6.W0 BE /r full', 'AVX10_2']],
  /** `dst ← src rounded to imm8[7:4] fraction bits`, packed bf16. */
  vrndscalebf16: [['w:xyz{kz}, r:xyz/mxyz/b16, imm8', 'RMI', 'EVEX.F2.0F3A.W0 08 /r full', 'AVX10_2']],
  /** `dst ← significand of src`, packed bf16. */
  vgetmantbf16: [['w:xyz{kz}, r:xyz/mxyz/b16, imm8', 'RMI', 'EVEX.F2.0F3A.W0 26 /r full', 'AVX10_2']],
  /** `dst ← src less itself rounded to imm8[7:4] fraction bits`, packed bf16. */
  vreducebf16: [['w:xyz{kz}, r:xyz/mxyz/b16, imm8', 'RMI', 'EVEX.F2.0F3A.W0 56 /r full', 'AVX10_2']],
  /** `dst ← src is of a class in imm8`, packed bf16, a bit an element. */
  vfpclassbf16: [['w:k{k}, r:xyz/mxyz/b16, imm8', 'RMI', 'EVEX.F2.0F3A.W0 66 /r full', 'AVX10_2']],
  /** Sets ZF, PF, CF by comparing a with b, bf16. */
  vcomisbf16: [['r:x, r:x/m16', 'RM', 'EVEX.LIG.66.MAP5.W0 2F /r t1s', 'AVX10_2', 'w:OSZAPC']],
  /** `dst ← minimum or maximum of a and b`, as imm8 says, packed f16. */
  vminmaxph: [['w:xyz{kz}, r:xyz, r:xyz{sae}/mxyz/b16, imm8', 'RVMI', 'EVEX.NP.0F3A.W0 52 /r full', 'AVX10_2']],
  /** `dst ← minimum or maximum of a and b`, as imm8 says, packed f32. */
  vminmaxps: [['w:xyz{kz}, r:xyz, r:xyz{sae}/mxyz/b32, imm8', 'RVMI', 'EVEX.66.0F3A.W0 52 /r full', 'AVX10_2']],
  /** `dst ← minimum or maximum of a and b`, as imm8 says, packed f64. */
  vminmaxpd: [['w:xyz{kz}, r:xyz, r:xyz{sae}/mxyz/b64, imm8', 'RVMI', 'EVEX.66.0F3A.W1 52 /r full', 'AVX10_2']],
  /** `dst ← minimum or maximum of a and b`, as imm8 says, packed bf16. */
  vminmaxbf16: [['w:xyz{kz}, r:xyz, r:xyz/mxyz/b16, imm8', 'RVMI', 'EVEX.F2.0F3A.W0 52 /r full', 'AVX10_2']],
  /** `dst ← minimum or maximum of a and b`, as imm8 says, f16. */
  vminmaxsh: [['w:x{kz}, r:x, r:x{sae}/m16, imm8', 'RVMI', 'EVEX.LIG.NP.0F3A.W0 53 /r t1s', 'AVX10_2']],
  /** `dst ← minimum or maximum of a and b`, as imm8 says, f32. */
  vminmaxss: [['w:x{kz}, r:x, r:x{sae}/m32, imm8', 'RVMI', 'EVEX.LIG.66.0F3A.W0 53 /r t1s', 'AVX10_2']],
  /** `dst ← minimum or maximum of a and b`, as imm8 says, f64. */
  vminmaxsd: [['w:x{kz}, r:x, r:x{sae}/m64, imm8', 'RVMI', 'EVEX.LIG.66.0F3A.W1 53 /r t1s', 'AVX10_2']],
  /** Sets OF, SF, ZF, PF, CF by comparing a with b, f16; quiet NaNs raise nothing. */
  vucomxsh: [['r:x, r:x{sae}/m16', 'RM', 'EVEX.LIG.F3.MAP5.W0 2E /r t1s', 'AVX10_2', 'w:OSZAPC']],
  /** Sets OF, SF, ZF, PF, CF by comparing a with b, f32; quiet NaNs raise nothing. */
  vucomxss: [['r:x, r:x{sae}/m32', 'RM', 'EVEX.LIG.F3.0F.W0 2E /r t1s', 'AVX10_2', 'w:OSZAPC']],
  /** Sets OF, SF, ZF, PF, CF by comparing a with b, f64; quiet NaNs raise nothing. */
  vucomxsd: [['r:x, r:x{sae}/m64', 'RM', 'EVEX.LIG.F2.0F.W1 2E /r t1s', 'AVX10_2', 'w:OSZAPC']],
  /** Sets OF, SF, ZF, PF, CF by comparing a with b, f16. */
  vcomxsh: [['r:x, r:x{sae}/m16', 'RM', 'EVEX.LIG.F3.MAP5.W0 2F /r t1s', 'AVX10_2', 'w:OSZAPC']],
  /** Sets OF, SF, ZF, PF, CF by comparing a with b, f32. */
  vcomxss: [['r:x, r:x{sae}/m32', 'RM', 'EVEX.LIG.F3.0F.W0 2F /r t1s', 'AVX10_2', 'w:OSZAPC']],
  /** Sets OF, SF, ZF, PF, CF by comparing a with b, f64. */
  vcomxsd: [['r:x, r:x{sae}/m64', 'RM', 'EVEX.LIG.F2.0F.W1 2F /r t1s', 'AVX10_2', 'w:OSZAPC']],
  /** `dst ← a ⋈ b`, the predicate in imm8, packed bf16, a bit an element. */
  vcmpbf16: [['w:k{k}, r:xyz, r:xyz/mxyz/b16, imm8', 'RVMI', 'EVEX.F2.0F3A.W0 C2 /r full', 'AVX10_2']],
} as const
