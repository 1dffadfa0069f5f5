/** Rows of AES, carry-less multiplication, Galois-field and SHA instructions. */

export const crypto = {
  /** `dst ← one AES encryption round of a with round key b`. */
  aesenc: [['rw:x, r:x/mx', 'RM', '66 0F 38 DC /r', 'AES']],
  /** `dst ← one AES encryption round of a with round key b`, each 128-bit lane. */
  vaesenc: [
    ['w:x, r:x, r:x/mx', 'RVM', 'VEX.128.66.0F38.WIG DC /r', 'AES AVX'],
    ['w:y, r:y, r:y/my', 'RVM', 'VEX.256.66.0F38.WIG DC /r', 'VAES'],
    ['w:xyz, r:xyz, r:xyz/mxyz', 'RVM', 'EVEX.66.0F38.WIG DC /r fullmem', 'VAES AVX512F'],
  ],
  /** `dst ← the last AES encryption round of a with round key b`. */
  aesenclast: [['rw:x, r:x/mx', 'RM', '66 0F 38 DD /r', 'AES']],
  /** `dst ← the last AES encryption round of a with round key b`, each 128-bit lane. */
  vaesenclast: [
    ['w:x, r:x, r:x/mx', 'RVM', 'VEX.128.66.0F38.WIG DD /r', 'AES AVX'],
    ['w:y, r:y, r:y/my', 'RVM', 'VEX.256.66.0F38.WIG DD /r', 'VAES'],
    ['w:xyz, r:xyz, r:xyz/mxyz', 'RVM', 'EVEX.66.0F38.WIG DD /r fullmem', 'VAES AVX512F'],
  ],
  /** `dst ← one AES decryption round of a with round key b`. */
  aesdec: [['rw:x, r:x/mx', 'RM', '66 0F 38 DE /r', 'AES']],
  /** `dst ← one AES decryption round of a with round key b`, each 128-bit lane. */
  vaesdec: [
    ['w:x, r:x, r:x/mx', 'RVM', 'VEX.128.66.0F38.WIG DE /r', 'AES AVX'],
    ['w:y, r:y, r:y/my', 'RVM', 'VEX.256.66.0F38.WIG DE /r', 'VAES'],
    ['w:xyz, r:xyz, r:xyz/mxyz', 'RVM', 'EVEX.66.0F38.WIG DE /r fullmem', 'VAES AVX512F'],
  ],
  /** `dst ← the last AES decryption round of a with round key b`. */
  aesdeclast: [['rw:x, r:x/mx', 'RM', '66 0F 38 DF /r', 'AES']],
  /** `dst ← the last AES decryption round of a with round key b`, each 128-bit lane. */
  vaesdeclast: [
    ['w:x, r:x, r:x/mx', 'RVM', 'VEX.128.66.0F38.WIG DF /r', 'AES AVX'],
    ['w:y, r:y, r:y/my', 'RVM', 'VEX.256.66.0F38.WIG DF /r', 'VAES'],
    ['w:xyz, r:xyz, r:xyz/mxyz', 'RVM', 'EVEX.66.0F38.WIG DF /r fullmem', 'VAES AVX512F'],
  ],
  /** `dst ← InvMixColumns of src`. */
  aesimc: [['w:x, r:x/mx', 'RM', '66 0F 38 DB /r', 'AES']],
  /** `dst ← InvMixColumns of src`. */
  vaesimc: [['w:x, r:x/mx', 'RM', 'VEX.128.66.0F38.WIG DB /r', 'AES AVX']],
  /** `dst ← material for the next round key`, round constant in imm8. */
  aeskeygenassist: [['w:x, r:x/mx, imm8', 'RMI', '66 0F 3A DF /r', 'AES']],
  /** `dst ← material for the next round key`, round constant in imm8. */
  vaeskeygenassist: [['w:x, r:x/mx, imm8', 'RMI', 'VEX.128.66.0F3A.WIG DF /r', 'AES AVX']],
  /** `dst ← carry-less product of 64-bit halves of a and b`, chosen by imm8. */
  pclmulqdq: [['rw:x, r:x/mx, imm8', 'RMI', '66 0F 3A 44 /r', 'PCLMULQDQ']],
  /** `dst ← carry-less product of 64-bit halves of a and b`, chosen by imm8, each 128-bit lane. */
  vpclmulqdq: [
    ['w:x, r:x, r:x/mx, imm8', 'RVMI', 'VEX.128.66.0F3A.WIG 44 /r', 'PCLMULQDQ AVX'],
    ['w:y, r:y, r:y/my, imm8', 'RVMI', 'VEX.256.66.0F3A.WIG 44 /r', 'VPCLMULQDQ'],
    ['w:xyz, r:xyz, r:xyz/mxyz, imm8', 'RVMI', 'EVEX.66.0F3A.WIG 44 /r fullmem', 'VPCLMULQDQ AVX512F'],
  ],
  /** `dst ← a · b in GF(2⁸)`, packed bytes. */
  gf2p8mulb: [['rw:x, r:x/mx', 'RM', '66 0F 38 CF /r', 'GFNI']],
  /** `dst ← a · b in GF(2⁸)`, packed bytes. */
  vgf2p8mulb: [
    ['w:xy, r:xy, r:xy/mxy', 'RVM', 'VEX.66.0F38.W0 CF /r', 'GFNI AVX'],
    ['w:xyz{kz}, r:xyz, r:xyz/mxyz', 'RVM', 'EVEX.66.0F38.W0 CF /r fullmem', 'GFNI AVX512F'],
  ],
  /** `dst ← matrix b · bytes of a + imm8` over GF(2). */
  gf2p8affineqb: [['rw:x, r:x/mx, imm8', 'RMI', '66 0F 3A CE /r', 'GFNI']],
  /** `dst ← matrix b · bytes of a + imm8` over GF(2). */
  vgf2p8affineqb: [
    ['w:xy, r:xy, r:xy/mxy, imm8', 'RVMI', 'VEX.66.0F3A.W1 CE /r', 'GFNI AVX'],
    ['w:xyz{kz}, r:xyz, r:xyz/mxyz/b64, imm8', 'RVMI', 'EVEX.66.0F3A.W1 CE /r full', 'GFNI AVX512F'],
  ],
  /** `dst ← matrix b · inverses of the bytes of a + imm8` over GF(2). */
  gf2p8affineinvqb: [['rw:x, r:x/mx, imm8', 'RMI', '66 0F 3A CF /r', 'GFNI']],
  /** `dst ← matrix b · inverses of the bytes of a + imm8` over GF(2). */
  vgf2p8affineinvqb: [
    ['w:xy, r:xy, r:xy/mxy, imm8', 'RVMI', 'VEX.66.0F3A.W1 CF /r', 'GFNI AVX'],
    ['w:xyz{kz}, r:xyz, r:xyz/mxyz/b64, imm8', 'RVMI', 'EVEX.66.0F3A.W1 CF /r full', 'GFNI AVX512F'],
  ],
  /** `dst ← state after four SHA-1 rounds`, function in imm8. */
  sha1rnds4: [['rw:x, r:x/mx, imm8', 'RMI', 'NP 0F 3A CC /r', 'SHA']],
  /** `dst ← next E of SHA-1 added to b`. */
  sha1nexte: [['rw:x, r:x/mx', 'RM', 'NP 0F 38 C8 /r', 'SHA']],
  /** `dst ← first step of the next SHA-1 message words`. */
  sha1msg1: [['rw:x, r:x/mx', 'RM', 'NP 0F 38 C9 /r', 'SHA']],
  /** `dst ← last step of the next SHA-1 message words`. */
  sha1msg2: [['rw:x, r:x/mx', 'RM', 'NP 0F 38 CA /r', 'SHA']],
  /** `dst ← first step of the next SHA-256 message words`. */
  sha256msg1: [['rw:x, r:x/mx', 'RM', 'NP 0F 38 CC /r', 'SHA']],
  /** `dst ← last step of the next SHA-256 message words`. */
  sha256msg2: [['rw:x, r:x/mx', 'RM', 'NP 0F 38 CD /r', 'SHA']],
  /** `dst ← state after two SHA-256 rounds`; message words and constants in xmm0. */
  sha256rnds2: [['rw:x, r:x/mx, r:xmm0', 'RM-', 'NP 0F 38 CB /r', 'SHA']],
} as const
