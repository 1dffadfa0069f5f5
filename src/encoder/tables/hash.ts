/** Rows of SHA-512, SM3 and SM4. */

export const hash = {
  /** `dst ← state after two SHA-512 rounds`. */
  vsha512rnds2: [['rw:y, r:y, r:x', 'RVM', 'VEX.256.F2.0F38.W0 CB /r', 'SHA512']],
  /** `dst ← first step of the next SHA-512 message words`. */
  vsha512msg1: [['rw:y, r:x', 'RM', 'VEX.256.F2.0F38.W0 CC /r', 'SHA512']],
  /** `dst ← last step of the next SHA-512 message words`. */
  vsha512msg2: [['rw:y, r:y', 'RM', 'VEX.256.F2.0F38.W0 CD /r', 'SHA512']],
  /** `dst ← first step of the next SM3 message words`. */
  vsm3msg1: [['rw:x, r:x, r:x/mx', 'RVM', 'VEX.128.NP.0F38.W0 DA /r', 'SM3']],
  /** `dst ← last step of the next SM3 message words`. */
  vsm3msg2: [['rw:x, r:x, r:x/mx', 'RVM', 'VEX.128.66.0F38.W0 DA /r', 'SM3']],
  /** `dst ← state after two SM3 rounds`, round number in imm8. */
  vsm3rnds2: [['rw:x, r:x, r:x/mx, imm8', 'RVMI', 'VEX.128.66.0F3A.W0 DE /r', 'SM3']],
  /** `dst ← four round keys of SM4`. */
  vsm4key4: [
    ['w:xy, r:xy, r:xy/mxy', 'RVM', 'VEX.F3.0F38.W0 DA /r', 'SM4'],
    ['w:xyz, r:xyz, r:xyz/mxyz', 'RVM', 'EVEX.F3.0F38.W0 DA /r fullmem', 'SM4 AVX10_2'],
  ],
  /** `dst ← state after four SM4 rounds`. */
  vsm4rnds4: [
    ['w:xy, r:xy, r:xy/mxy', 'RVM', 'VEX.F2.0F38.W0 DA /r', 'SM4'],
    ['w:xyz, r:xyz, r:xyz/mxyz', 'RVM', 'EVEX.F2.0F38.W0 DA /r fullmem', 'SM4 AVX10_2'],
  ],
} as const
