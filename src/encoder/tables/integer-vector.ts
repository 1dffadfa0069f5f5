/** Rows of the integer arithmetic of vectors; shifts are in vector-shift.ts, dot products in low-precision.ts. */

export const integerVector = {
  /** `dst ← a + b`, packed i8. */
  paddb: [
    ['rw:x, r:x/mx', 'RM', '66 0F FC /r', 'SSE2'],
    ['rw:mm, r:mm/m64', 'RM', 'NP 0F FC /r', 'MMX'],
  ],
  /** `dst ← a + b`, packed i8. */
  vpaddb: [
    ['w:x, r:x, r:x/mx', 'RVM', 'VEX.128.66.0F.WIG FC /r', 'AVX', 'commutative'],
    ['w:y, r:y, r:y/my', 'RVM', 'VEX.256.66.0F.WIG FC /r', 'AVX2', 'commutative'],
    ['w:xyz{kz}, r:xyz, r:xyz/mxyz', 'RVM', 'EVEX.66.0F.WIG FC /r fullmem', 'AVX512BW'],
  ],
  /** `dst ← a + b`, packed i16. */
  paddw: [
    ['rw:x, r:x/mx', 'RM', '66 0F FD /r', 'SSE2'],
    ['rw:mm, r:mm/m64', 'RM', 'NP 0F FD /r', 'MMX'],
  ],
  /** `dst ← a + b`, packed i16. */
  vpaddw: [
    ['w:x, r:x, r:x/mx', 'RVM', 'VEX.128.66.0F.WIG FD /r', 'AVX', 'commutative'],
    ['w:y, r:y, r:y/my', 'RVM', 'VEX.256.66.0F.WIG FD /r', 'AVX2', 'commutative'],
    ['w:xyz{kz}, r:xyz, r:xyz/mxyz', 'RVM', 'EVEX.66.0F.WIG FD /r fullmem', 'AVX512BW'],
  ],
  /** `dst ← a + b`, packed i32. */
  paddd: [
    ['rw:x, r:x/mx', 'RM', '66 0F FE /r', 'SSE2'],
    ['rw:mm, r:mm/m64', 'RM', 'NP 0F FE /r', 'MMX'],
  ],
  /** `dst ← a + b`, packed i32. */
  vpaddd: [
    ['w:x, r:x, r:x/mx', 'RVM', 'VEX.128.66.0F.WIG FE /r', 'AVX', 'commutative'],
    ['w:y, r:y, r:y/my', 'RVM', 'VEX.256.66.0F.WIG FE /r', 'AVX2', 'commutative'],
    ['w:xyz{kz}, r:xyz, r:xyz/mxyz/b32', 'RVM', 'EVEX.66.0F.W0 FE /r full', 'AVX512F'],
  ],
  /** `dst ← a + b`, packed i64. */
  paddq: [
    ['rw:x, r:x/mx', 'RM', '66 0F D4 /r', 'SSE2'],
    ['rw:mm, r:mm/m64', 'RM', 'NP 0F D4 /r', 'SSE2'],
  ],
  /** `dst ← a + b`, packed i64. */
  vpaddq: [
    ['w:x, r:x, r:x/mx', 'RVM', 'VEX.128.66.0F.WIG D4 /r', 'AVX', 'commutative'],
    ['w:y, r:y, r:y/my', 'RVM', 'VEX.256.66.0F.WIG D4 /r', 'AVX2', 'commutative'],
    ['w:xyz{kz}, r:xyz, r:xyz/mxyz/b64', 'RVM', 'EVEX.66.0F.W1 D4 /r full', 'AVX512F'],
  ],
  /** `dst ← a − b`, packed i8. */
  psubb: [
    ['rw:x, r:x/mx', 'RM', '66 0F F8 /r', 'SSE2', 'zero-idiom'],
    ['rw:mm, r:mm/m64', 'RM', 'NP 0F F8 /r', 'MMX'],
  ],
  /** `dst ← a − b`, packed i8. */
  vpsubb: [
    ['w:x, r:x, r:x/mx', 'RVM', 'VEX.128.66.0F.WIG F8 /r', 'AVX', 'zero-idiom'],
    ['w:y, r:y, r:y/my', 'RVM', 'VEX.256.66.0F.WIG F8 /r', 'AVX2', 'zero-idiom'],
    ['w:xyz{kz}, r:xyz, r:xyz/mxyz', 'RVM', 'EVEX.66.0F.WIG F8 /r fullmem', 'AVX512BW', 'zero-idiom'],
  ],
  /** `dst ← a − b`, packed i16. */
  psubw: [
    ['rw:x, r:x/mx', 'RM', '66 0F F9 /r', 'SSE2', 'zero-idiom'],
    ['rw:mm, r:mm/m64', 'RM', 'NP 0F F9 /r', 'MMX'],
  ],
  /** `dst ← a − b`, packed i16. */
  vpsubw: [
    ['w:x, r:x, r:x/mx', 'RVM', 'VEX.128.66.0F.WIG F9 /r', 'AVX', 'zero-idiom'],
    ['w:y, r:y, r:y/my', 'RVM', 'VEX.256.66.0F.WIG F9 /r', 'AVX2', 'zero-idiom'],
    ['w:xyz{kz}, r:xyz, r:xyz/mxyz', 'RVM', 'EVEX.66.0F.WIG F9 /r fullmem', 'AVX512BW', 'zero-idiom'],
  ],
  /** `dst ← a − b`, packed i32. */
  psubd: [
    ['rw:x, r:x/mx', 'RM', '66 0F FA /r', 'SSE2', 'zero-idiom'],
    ['rw:mm, r:mm/m64', 'RM', 'NP 0F FA /r', 'MMX'],
  ],
  /** `dst ← a − b`, packed i32. */
  vpsubd: [
    ['w:x, r:x, r:x/mx', 'RVM', 'VEX.128.66.0F.WIG FA /r', 'AVX', 'zero-idiom'],
    ['w:y, r:y, r:y/my', 'RVM', 'VEX.256.66.0F.WIG FA /r', 'AVX2', 'zero-idiom'],
    ['w:xyz{kz}, r:xyz, r:xyz/mxyz/b32', 'RVM', 'EVEX.66.0F.W0 FA /r full', 'AVX512F', 'zero-idiom'],
  ],
  /** `dst ← a − b`, packed i64. */
  psubq: [
    ['rw:x, r:x/mx', 'RM', '66 0F FB /r', 'SSE2', 'zero-idiom'],
    ['rw:mm, r:mm/m64', 'RM', 'NP 0F FB /r', 'SSE2'],
  ],
  /** `dst ← a − b`, packed i64. */
  vpsubq: [
    ['w:x, r:x, r:x/mx', 'RVM', 'VEX.128.66.0F.WIG FB /r', 'AVX', 'zero-idiom'],
    ['w:y, r:y, r:y/my', 'RVM', 'VEX.256.66.0F.WIG FB /r', 'AVX2', 'zero-idiom'],
    ['w:xyz{kz}, r:xyz, r:xyz/mxyz/b64', 'RVM', 'EVEX.66.0F.W1 FB /r full', 'AVX512F', 'zero-idiom'],
  ],
  /** `dst ← a + b`, saturated, packed i8. */
  paddsb: [
    ['rw:x, r:x/mx', 'RM', '66 0F EC /r', 'SSE2'],
    ['rw:mm, r:mm/m64', 'RM', 'NP 0F EC /r', 'MMX'],
  ],
  /** `dst ← a + b`, saturated, packed i8. */
  vpaddsb: [
    ['w:x, r:x, r:x/mx', 'RVM', 'VEX.128.66.0F.WIG EC /r', 'AVX', 'commutative'],
    ['w:y, r:y, r:y/my', 'RVM', 'VEX.256.66.0F.WIG EC /r', 'AVX2', 'commutative'],
    ['w:xyz{kz}, r:xyz, r:xyz/mxyz', 'RVM', 'EVEX.66.0F.WIG EC /r fullmem', 'AVX512BW'],
  ],
  /** `dst ← a + b`, saturated, packed i16. */
  paddsw: [
    ['rw:x, r:x/mx', 'RM', '66 0F ED /r', 'SSE2'],
    ['rw:mm, r:mm/m64', 'RM', 'NP 0F ED /r', 'MMX'],
  ],
  /** `dst ← a + b`, saturated, packed i16. */
  vpaddsw: [
    ['w:x, r:x, r:x/mx', 'RVM', 'VEX.128.66.0F.WIG ED /r', 'AVX', 'commutative'],
    ['w:y, r:y, r:y/my', 'RVM', 'VEX.256.66.0F.WIG ED /r', 'AVX2', 'commutative'],
    ['w:xyz{kz}, r:xyz, r:xyz/mxyz', 'RVM', 'EVEX.66.0F.WIG ED /r fullmem', 'AVX512BW'],
  ],
  /** `dst ← a + b`, saturated, packed u8. */
  paddusb: [
    ['rw:x, r:x/mx', 'RM', '66 0F DC /r', 'SSE2'],
    ['rw:mm, r:mm/m64', 'RM', 'NP 0F DC /r', 'MMX'],
  ],
  /** `dst ← a + b`, saturated, packed u8. */
  vpaddusb: [
    ['w:x, r:x, r:x/mx', 'RVM', 'VEX.128.66.0F.WIG DC /r', 'AVX', 'commutative'],
    ['w:y, r:y, r:y/my', 'RVM', 'VEX.256.66.0F.WIG DC /r', 'AVX2', 'commutative'],
    ['w:xyz{kz}, r:xyz, r:xyz/mxyz', 'RVM', 'EVEX.66.0F.WIG DC /r fullmem', 'AVX512BW'],
  ],
  /** `dst ← a + b`, saturated, packed u16. */
  paddusw: [
    ['rw:x, r:x/mx', 'RM', '66 0F DD /r', 'SSE2'],
    ['rw:mm, r:mm/m64', 'RM', 'NP 0F DD /r', 'MMX'],
  ],
  /** `dst ← a + b`, saturated, packed u16. */
  vpaddusw: [
    ['w:x, r:x, r:x/mx', 'RVM', 'VEX.128.66.0F.WIG DD /r', 'AVX', 'commutative'],
    ['w:y, r:y, r:y/my', 'RVM', 'VEX.256.66.0F.WIG DD /r', 'AVX2', 'commutative'],
    ['w:xyz{kz}, r:xyz, r:xyz/mxyz', 'RVM', 'EVEX.66.0F.WIG DD /r fullmem', 'AVX512BW'],
  ],
  /** `dst ← a − b`, saturated, packed i8. */
  psubsb: [
    ['rw:x, r:x/mx', 'RM', '66 0F E8 /r', 'SSE2', 'zero-idiom'],
    ['rw:mm, r:mm/m64', 'RM', 'NP 0F E8 /r', 'MMX'],
  ],
  /** `dst ← a − b`, saturated, packed i8. */
  vpsubsb: [
    ['w:x, r:x, r:x/mx', 'RVM', 'VEX.128.66.0F.WIG E8 /r', 'AVX', 'zero-idiom'],
    ['w:y, r:y, r:y/my', 'RVM', 'VEX.256.66.0F.WIG E8 /r', 'AVX2', 'zero-idiom'],
    ['w:xyz{kz}, r:xyz, r:xyz/mxyz', 'RVM', 'EVEX.66.0F.WIG E8 /r fullmem', 'AVX512BW', 'zero-idiom'],
  ],
  /** `dst ← a − b`, saturated, packed i16. */
  psubsw: [
    ['rw:x, r:x/mx', 'RM', '66 0F E9 /r', 'SSE2', 'zero-idiom'],
    ['rw:mm, r:mm/m64', 'RM', 'NP 0F E9 /r', 'MMX'],
  ],
  /** `dst ← a − b`, saturated, packed i16. */
  vpsubsw: [
    ['w:x, r:x, r:x/mx', 'RVM', 'VEX.128.66.0F.WIG E9 /r', 'AVX', 'zero-idiom'],
    ['w:y, r:y, r:y/my', 'RVM', 'VEX.256.66.0F.WIG E9 /r', 'AVX2', 'zero-idiom'],
    ['w:xyz{kz}, r:xyz, r:xyz/mxyz', 'RVM', 'EVEX.66.0F.WIG E9 /r fullmem', 'AVX512BW', 'zero-idiom'],
  ],
  /** `dst ← a − b`, saturated, packed u8. */
  psubusb: [
    ['rw:x, r:x/mx', 'RM', '66 0F D8 /r', 'SSE2', 'zero-idiom'],
    ['rw:mm, r:mm/m64', 'RM', 'NP 0F D8 /r', 'MMX'],
  ],
  /** `dst ← a − b`, saturated, packed u8. */
  vpsubusb: [
    ['w:x, r:x, r:x/mx', 'RVM', 'VEX.128.66.0F.WIG D8 /r', 'AVX', 'zero-idiom'],
    ['w:y, r:y, r:y/my', 'RVM', 'VEX.256.66.0F.WIG D8 /r', 'AVX2', 'zero-idiom'],
    ['w:xyz{kz}, r:xyz, r:xyz/mxyz', 'RVM', 'EVEX.66.0F.WIG D8 /r fullmem', 'AVX512BW', 'zero-idiom'],
  ],
  /** `dst ← a − b`, saturated, packed u16. */
  psubusw: [
    ['rw:x, r:x/mx', 'RM', '66 0F D9 /r', 'SSE2', 'zero-idiom'],
    ['rw:mm, r:mm/m64', 'RM', 'NP 0F D9 /r', 'MMX'],
  ],
  /** `dst ← a − b`, saturated, packed u16. */
  vpsubusw: [
    ['w:x, r:x, r:x/mx', 'RVM', 'VEX.128.66.0F.WIG D9 /r', 'AVX', 'zero-idiom'],
    ['w:y, r:y, r:y/my', 'RVM', 'VEX.256.66.0F.WIG D9 /r', 'AVX2', 'zero-idiom'],
    ['w:xyz{kz}, r:xyz, r:xyz/mxyz', 'RVM', 'EVEX.66.0F.WIG D9 /r fullmem', 'AVX512BW', 'zero-idiom'],
  ],
  /** `dst ← low halves of a · b`, packed i16. */
  pmullw: [
    ['rw:x, r:x/mx', 'RM', '66 0F D5 /r', 'SSE2'],
    ['rw:mm, r:mm/m64', 'RM', 'NP 0F D5 /r', 'MMX'],
  ],
  /** `dst ← low halves of a · b`, packed i16. */
  vpmullw: [
    ['w:x, r:x, r:x/mx', 'RVM', 'VEX.128.66.0F.WIG D5 /r', 'AVX', 'commutative'],
    ['w:y, r:y, r:y/my', 'RVM', 'VEX.256.66.0F.WIG D5 /r', 'AVX2', 'commutative'],
    ['w:xyz{kz}, r:xyz, r:xyz/mxyz', 'RVM', 'EVEX.66.0F.WIG D5 /r fullmem', 'AVX512BW'],
  ],
  /** `dst ← high halves of a · b`, packed i16. */
  pmulhw: [
    ['rw:x, r:x/mx', 'RM', '66 0F E5 /r', 'SSE2'],
    ['rw:mm, r:mm/m64', 'RM', 'NP 0F E5 /r', 'MMX'],
  ],
  /** `dst ← high halves of a · b`, packed i16. */
  vpmulhw: [
    ['w:x, r:x, r:x/mx', 'RVM', 'VEX.128.66.0F.WIG E5 /r', 'AVX', 'commutative'],
    ['w:y, r:y, r:y/my', 'RVM', 'VEX.256.66.0F.WIG E5 /r', 'AVX2', 'commutative'],
    ['w:xyz{kz}, r:xyz, r:xyz/mxyz', 'RVM', 'EVEX.66.0F.WIG E5 /r fullmem', 'AVX512BW'],
  ],
  /** `dst ← high halves of a · b`, packed u16. */
  pmulhuw: [
    ['rw:x, r:x/mx', 'RM', '66 0F E4 /r', 'SSE2'],
    ['rw:mm, r:mm/m64', 'RM', 'NP 0F E4 /r', 'SSE'],
  ],
  /** `dst ← high halves of a · b`, packed u16. */
  vpmulhuw: [
    ['w:x, r:x, r:x/mx', 'RVM', 'VEX.128.66.0F.WIG E4 /r', 'AVX', 'commutative'],
    ['w:y, r:y, r:y/my', 'RVM', 'VEX.256.66.0F.WIG E4 /r', 'AVX2', 'commutative'],
    ['w:xyz{kz}, r:xyz, r:xyz/mxyz', 'RVM', 'EVEX.66.0F.WIG E4 /r fullmem', 'AVX512BW'],
  ],
  /** `dst ← (a · b + 2¹⁴) >> 15`, packed i16. */
  pmulhrsw: [
    ['rw:x, r:x/mx', 'RM', '66 0F 38 0B /r', 'SSSE3'],
    ['rw:mm, r:mm/m64', 'RM', 'NP 0F 38 0B /r', 'SSSE3'],
  ],
  /** `dst ← (a · b + 2¹⁴) >> 15`, packed i16. */
  vpmulhrsw: [
    ['w:x, r:x, r:x/mx', 'RVM', 'VEX.128.66.0F38.WIG 0B /r', 'AVX'],
    ['w:y, r:y, r:y/my', 'RVM', 'VEX.256.66.0F38.WIG 0B /r', 'AVX2'],
    ['w:xyz{kz}, r:xyz, r:xyz/mxyz', 'RVM', 'EVEX.66.0F38.WIG 0B /r fullmem', 'AVX512BW'],
  ],
  /** `dst ← low halves of a · b`, packed i32. */
  pmulld: [['rw:x, r:x/mx', 'RM', '66 0F 38 40 /r', 'SSE4_1']],
  /** `dst ← low halves of a · b`, packed i32. */
  vpmulld: [
    ['w:x, r:x, r:x/mx', 'RVM', 'VEX.128.66.0F38.WIG 40 /r', 'AVX'],
    ['w:y, r:y, r:y/my', 'RVM', 'VEX.256.66.0F38.WIG 40 /r', 'AVX2'],
    ['w:xyz{kz}, r:xyz, r:xyz/mxyz/b32', 'RVM', 'EVEX.66.0F38.W0 40 /r full', 'AVX512F'],
  ],
  /** `dst ← low halves of a · b`, packed i64. */
  vpmullq: [['w:xyz{kz}, r:xyz, r:xyz/mxyz/b64', 'RVM', 'EVEX.66.0F38.W1 40 /r full', 'AVX512DQ']],
  /** `dst ← a · b` of the even u32 elements, as u64. */
  pmuludq: [
    ['rw:x, r:x/mx', 'RM', '66 0F F4 /r', 'SSE2'],
    ['rw:mm, r:mm/m64', 'RM', 'NP 0F F4 /r', 'SSE2'],
  ],
  /** `dst ← a · b` of the even u32 elements, as u64. */
  vpmuludq: [
    ['w:x, r:x, r:x/mx', 'RVM', 'VEX.128.66.0F.WIG F4 /r', 'AVX', 'commutative'],
    ['w:y, r:y, r:y/my', 'RVM', 'VEX.256.66.0F.WIG F4 /r', 'AVX2', 'commutative'],
    ['w:xyz{kz}, r:xyz, r:xyz/mxyz/b64', 'RVM', 'EVEX.66.0F.W1 F4 /r full', 'AVX512F'],
  ],
  /** `dst ← a · b` of the even i32 elements, as i64. */
  pmuldq: [['rw:x, r:x/mx', 'RM', '66 0F 38 28 /r', 'SSE4_1']],
  /** `dst ← a · b` of the even i32 elements, as i64. */
  vpmuldq: [
    ['w:x, r:x, r:x/mx', 'RVM', 'VEX.128.66.0F38.WIG 28 /r', 'AVX'],
    ['w:y, r:y, r:y/my', 'RVM', 'VEX.256.66.0F38.WIG 28 /r', 'AVX2'],
    ['w:xyz{kz}, r:xyz, r:xyz/mxyz/b64', 'RVM', 'EVEX.66.0F38.W1 28 /r full', 'AVX512F'],
  ],
  /** `dst ← a₀ · b₀ + a₁ · b₁` of i16 pairs, packed i32. */
  pmaddwd: [
    ['rw:x, r:x/mx', 'RM', '66 0F F5 /r', 'SSE2'],
    ['rw:mm, r:mm/m64', 'RM', 'NP 0F F5 /r', 'MMX'],
  ],
  /** `dst ← a₀ · b₀ + a₁ · b₁` of i16 pairs, packed i32. */
  vpmaddwd: [
    ['w:x, r:x, r:x/mx', 'RVM', 'VEX.128.66.0F.WIG F5 /r', 'AVX', 'commutative'],
    ['w:y, r:y, r:y/my', 'RVM', 'VEX.256.66.0F.WIG F5 /r', 'AVX2', 'commutative'],
    ['w:xyz{kz}, r:xyz, r:xyz/mxyz', 'RVM', 'EVEX.66.0F.WIG F5 /r fullmem', 'AVX512BW'],
  ],
  /** `dst ← a₀ · b₀ + a₁ · b₁` of u8 · i8 pairs, saturated, packed i16. */
  pmaddubsw: [
    ['rw:x, r:x/mx', 'RM', '66 0F 38 04 /r', 'SSSE3'],
    ['rw:mm, r:mm/m64', 'RM', 'NP 0F 38 04 /r', 'SSSE3'],
  ],
  /** `dst ← a₀ · b₀ + a₁ · b₁` of u8 · i8 pairs, saturated, packed i16. */
  vpmaddubsw: [
    ['w:x, r:x, r:x/mx', 'RVM', 'VEX.128.66.0F38.WIG 04 /r', 'AVX'],
    ['w:y, r:y, r:y/my', 'RVM', 'VEX.256.66.0F38.WIG 04 /r', 'AVX2'],
    ['w:xyz{kz}, r:xyz, r:xyz/mxyz', 'RVM', 'EVEX.66.0F38.WIG 04 /r fullmem', 'AVX512BW'],
  ],
  /** `dst ← (a + b + 1) >> 1`, packed u8. */
  pavgb: [
    ['rw:x, r:x/mx', 'RM', '66 0F E0 /r', 'SSE2'],
    ['rw:mm, r:mm/m64', 'RM', 'NP 0F E0 /r', 'SSE'],
  ],
  /** `dst ← (a + b + 1) >> 1`, packed u8. */
  vpavgb: [
    ['w:x, r:x, r:x/mx', 'RVM', 'VEX.128.66.0F.WIG E0 /r', 'AVX', 'commutative'],
    ['w:y, r:y, r:y/my', 'RVM', 'VEX.256.66.0F.WIG E0 /r', 'AVX2', 'commutative'],
    ['w:xyz{kz}, r:xyz, r:xyz/mxyz', 'RVM', 'EVEX.66.0F.WIG E0 /r fullmem', 'AVX512BW'],
  ],
  /** `dst ← (a + b + 1) >> 1`, packed u16. */
  pavgw: [
    ['rw:x, r:x/mx', 'RM', '66 0F E3 /r', 'SSE2'],
    ['rw:mm, r:mm/m64', 'RM', 'NP 0F E3 /r', 'SSE'],
  ],
  /** `dst ← (a + b + 1) >> 1`, packed u16. */
  vpavgw: [
    ['w:x, r:x, r:x/mx', 'RVM', 'VEX.128.66.0F.WIG E3 /r', 'AVX', 'commutative'],
    ['w:y, r:y, r:y/my', 'RVM', 'VEX.256.66.0F.WIG E3 /r', 'AVX2', 'commutative'],
    ['w:xyz{kz}, r:xyz, r:xyz/mxyz', 'RVM', 'EVEX.66.0F.WIG E3 /r fullmem', 'AVX512BW'],
  ],
  /** `dst ← sums of |a − b|` over eight u8 elements each, as u64. */
  psadbw: [
    ['rw:x, r:x/mx', 'RM', '66 0F F6 /r', 'SSE2'],
    ['rw:mm, r:mm/m64', 'RM', 'NP 0F F6 /r', 'SSE'],
  ],
  /** `dst ← sums of |a − b|` over eight u8 elements each, as u64. */
  vpsadbw: [
    ['w:x, r:x, r:x/mx', 'RVM', 'VEX.128.66.0F.WIG F6 /r', 'AVX', 'commutative'],
    ['w:y, r:y, r:y/my', 'RVM', 'VEX.256.66.0F.WIG F6 /r', 'AVX2', 'commutative'],
    ['w:xyz, r:xyz, r:xyz/mxyz', 'RVM', 'EVEX.66.0F.WIG F6 /r fullmem', 'AVX512BW'],
  ],
  /** `dst ← min(a, b)`, packed u8. */
  pminub: [
    ['rw:x, r:x/mx', 'RM', '66 0F DA /r', 'SSE2'],
    ['rw:mm, r:mm/m64', 'RM', 'NP 0F DA /r', 'SSE'],
  ],
  /** `dst ← min(a, b)`, packed u8. */
  vpminub: [
    ['w:x, r:x, r:x/mx', 'RVM', 'VEX.128.66.0F.WIG DA /r', 'AVX', 'commutative'],
    ['w:y, r:y, r:y/my', 'RVM', 'VEX.256.66.0F.WIG DA /r', 'AVX2', 'commutative'],
    ['w:xyz{kz}, r:xyz, r:xyz/mxyz', 'RVM', 'EVEX.66.0F.WIG DA /r fullmem', 'AVX512BW'],
  ],
  /** `dst ← min(a, b)`, packed i16. */
  pminsw: [
    ['rw:x, r:x/mx', 'RM', '66 0F EA /r', 'SSE2'],
    ['rw:mm, r:mm/m64', 'RM', 'NP 0F EA /r', 'SSE'],
  ],
  /** `dst ← min(a, b)`, packed i16. */
  vpminsw: [
    ['w:x, r:x, r:x/mx', 'RVM', 'VEX.128.66.0F.WIG EA /r', 'AVX', 'commutative'],
    ['w:y, r:y, r:y/my', 'RVM', 'VEX.256.66.0F.WIG EA /r', 'AVX2', 'commutative'],
    ['w:xyz{kz}, r:xyz, r:xyz/mxyz', 'RVM', 'EVEX.66.0F.WIG EA /r fullmem', 'AVX512BW'],
  ],
  /** `dst ← max(a, b)`, packed u8. */
  pmaxub: [
    ['rw:x, r:x/mx', 'RM', '66 0F DE /r', 'SSE2'],
    ['rw:mm, r:mm/m64', 'RM', 'NP 0F DE /r', 'SSE'],
  ],
  /** `dst ← max(a, b)`, packed u8. */
  vpmaxub: [
    ['w:x, r:x, r:x/mx', 'RVM', 'VEX.128.66.0F.WIG DE /r', 'AVX', 'commutative'],
    ['w:y, r:y, r:y/my', 'RVM', 'VEX.256.66.0F.WIG DE /r', 'AVX2', 'commutative'],
    ['w:xyz{kz}, r:xyz, r:xyz/mxyz', 'RVM', 'EVEX.66.0F.WIG DE /r fullmem', 'AVX512BW'],
  ],
  /** `dst ← max(a, b)`, packed i16. */
  pmaxsw: [
    ['rw:x, r:x/mx', 'RM', '66 0F EE /r', 'SSE2'],
    ['rw:mm, r:mm/m64', 'RM', 'NP 0F EE /r', 'SSE'],
  ],
  /** `dst ← max(a, b)`, packed i16. */
  vpmaxsw: [
    ['w:x, r:x, r:x/mx', 'RVM', 'VEX.128.66.0F.WIG EE /r', 'AVX', 'commutative'],
    ['w:y, r:y, r:y/my', 'RVM', 'VEX.256.66.0F.WIG EE /r', 'AVX2', 'commutative'],
    ['w:xyz{kz}, r:xyz, r:xyz/mxyz', 'RVM', 'EVEX.66.0F.WIG EE /r fullmem', 'AVX512BW'],
  ],
  /** `dst ← min(a, b)`, packed i8. */
  pminsb: [['rw:x, r:x/mx', 'RM', '66 0F 38 38 /r', 'SSE4_1']],
  /** `dst ← min(a, b)`, packed i8. */
  vpminsb: [
    ['w:x, r:x, r:x/mx', 'RVM', 'VEX.128.66.0F38.WIG 38 /r', 'AVX'],
    ['w:y, r:y, r:y/my', 'RVM', 'VEX.256.66.0F38.WIG 38 /r', 'AVX2'],
    ['w:xyz{kz}, r:xyz, r:xyz/mxyz', 'RVM', 'EVEX.66.0F38.WIG 38 /r fullmem', 'AVX512BW'],
  ],
  /** `dst ← min(a, b)`, packed i32. */
  pminsd: [['rw:x, r:x/mx', 'RM', '66 0F 38 39 /r', 'SSE4_1']],
  /** `dst ← min(a, b)`, packed i32. */
  vpminsd: [
    ['w:x, r:x, r:x/mx', 'RVM', 'VEX.128.66.0F38.WIG 39 /r', 'AVX'],
    ['w:y, r:y, r:y/my', 'RVM', 'VEX.256.66.0F38.WIG 39 /r', 'AVX2'],
    ['w:xyz{kz}, r:xyz, r:xyz/mxyz/b32', 'RVM', 'EVEX.66.0F38.W0 39 /r full', 'AVX512F'],
  ],
  /** `dst ← min(a, b)`, packed u16. */
  pminuw: [['rw:x, r:x/mx', 'RM', '66 0F 38 3A /r', 'SSE4_1']],
  /** `dst ← min(a, b)`, packed u16. */
  vpminuw: [
    ['w:x, r:x, r:x/mx', 'RVM', 'VEX.128.66.0F38.WIG 3A /r', 'AVX'],
    ['w:y, r:y, r:y/my', 'RVM', 'VEX.256.66.0F38.WIG 3A /r', 'AVX2'],
    ['w:xyz{kz}, r:xyz, r:xyz/mxyz', 'RVM', 'EVEX.66.0F38.WIG 3A /r fullmem', 'AVX512BW'],
  ],
  /** `dst ← min(a, b)`, packed u32. */
  pminud: [['rw:x, r:x/mx', 'RM', '66 0F 38 3B /r', 'SSE4_1']],
  /** `dst ← min(a, b)`, packed u32. */
  vpminud: [
    ['w:x, r:x, r:x/mx', 'RVM', 'VEX.128.66.0F38.WIG 3B /r', 'AVX'],
    ['w:y, r:y, r:y/my', 'RVM', 'VEX.256.66.0F38.WIG 3B /r', 'AVX2'],
    ['w:xyz{kz}, r:xyz, r:xyz/mxyz/b32', 'RVM', 'EVEX.66.0F38.W0 3B /r full', 'AVX512F'],
  ],
  /** `dst ← max(a, b)`, packed i8. */
  pmaxsb: [['rw:x, r:x/mx', 'RM', '66 0F 38 3C /r', 'SSE4_1']],
  /** `dst ← max(a, b)`, packed i8. */
  vpmaxsb: [
    ['w:x, r:x, r:x/mx', 'RVM', 'VEX.128.66.0F38.WIG 3C /r', 'AVX'],
    ['w:y, r:y, r:y/my', 'RVM', 'VEX.256.66.0F38.WIG 3C /r', 'AVX2'],
    ['w:xyz{kz}, r:xyz, r:xyz/mxyz', 'RVM', 'EVEX.66.0F38.WIG 3C /r fullmem', 'AVX512BW'],
  ],
  /** `dst ← max(a, b)`, packed i32. */
  pmaxsd: [['rw:x, r:x/mx', 'RM', '66 0F 38 3D /r', 'SSE4_1']],
  /** `dst ← max(a, b)`, packed i32. */
  vpmaxsd: [
    ['w:x, r:x, r:x/mx', 'RVM', 'VEX.128.66.0F38.WIG 3D /r', 'AVX'],
    ['w:y, r:y, r:y/my', 'RVM', 'VEX.256.66.0F38.WIG 3D /r', 'AVX2'],
    ['w:xyz{kz}, r:xyz, r:xyz/mxyz/b32', 'RVM', 'EVEX.66.0F38.W0 3D /r full', 'AVX512F'],
  ],
  /** `dst ← max(a, b)`, packed u16. */
  pmaxuw: [['rw:x, r:x/mx', 'RM', '66 0F 38 3E /r', 'SSE4_1']],
  /** `dst ← max(a, b)`, packed u16. */
  vpmaxuw: [
    ['w:x, r:x, r:x/mx', 'RVM', 'VEX.128.66.0F38.WIG 3E /r', 'AVX'],
    ['w:y, r:y, r:y/my', 'RVM', 'VEX.256.66.0F38.WIG 3E /r', 'AVX2'],
    ['w:xyz{kz}, r:xyz, r:xyz/mxyz', 'RVM', 'EVEX.66.0F38.WIG 3E /r fullmem', 'AVX512BW'],
  ],
  /** `dst ← max(a, b)`, packed u32. */
  pmaxud: [['rw:x, r:x/mx', 'RM', '66 0F 38 3F /r', 'SSE4_1']],
  /** `dst ← max(a, b)`, packed u32. */
  vpmaxud: [
    ['w:x, r:x, r:x/mx', 'RVM', 'VEX.128.66.0F38.WIG 3F /r', 'AVX'],
    ['w:y, r:y, r:y/my', 'RVM', 'VEX.256.66.0F38.WIG 3F /r', 'AVX2'],
    ['w:xyz{kz}, r:xyz, r:xyz/mxyz/b32', 'RVM', 'EVEX.66.0F38.W0 3F /r full', 'AVX512F'],
  ],
  /** `dst ← min(a, b)`, packed i64. */
  vpminsq: [['w:xyz{kz}, r:xyz, r:xyz/mxyz/b64', 'RVM', 'EVEX.66.0F38.W1 39 /r full', 'AVX512F']],
  /** `dst ← min(a, b)`, packed u64. */
  vpminuq: [['w:xyz{kz}, r:xyz, r:xyz/mxyz/b64', 'RVM', 'EVEX.66.0F38.W1 3B /r full', 'AVX512F']],
  /** `dst ← max(a, b)`, packed i64. */
  vpmaxsq: [['w:xyz{kz}, r:xyz, r:xyz/mxyz/b64', 'RVM', 'EVEX.66.0F38.W1 3D /r full', 'AVX512F']],
  /** `dst ← max(a, b)`, packed u64. */
  vpmaxuq: [['w:xyz{kz}, r:xyz, r:xyz/mxyz/b64', 'RVM', 'EVEX.66.0F38.W1 3F /r full', 'AVX512F']],
  /** `dst ← |src|`, packed i8. */
  pabsb: [
    ['w:x, r:x/mx', 'RM', '66 0F 38 1C /r', 'SSSE3'],
    ['w:mm, r:mm/m64', 'RM', 'NP 0F 38 1C /r', 'SSSE3'],
  ],
  /** `dst ← |src|`, packed i8. */
  vpabsb: [
    ['w:x, r:x/mx', 'RM', 'VEX.128.66.0F38.WIG 1C /r', 'AVX'],
    ['w:y, r:y/my', 'RM', 'VEX.256.66.0F38.WIG 1C /r', 'AVX2'],
    ['w:xyz{kz}, r:xyz/mxyz', 'RM', 'EVEX.66.0F38.WIG 1C /r fullmem', 'AVX512BW'],
  ],
  /** `dst ← |src|`, packed i16. */
  pabsw: [
    ['w:x, r:x/mx', 'RM', '66 0F 38 1D /r', 'SSSE3'],
    ['w:mm, r:mm/m64', 'RM', 'NP 0F 38 1D /r', 'SSSE3'],
  ],
  /** `dst ← |src|`, packed i16. */
  vpabsw: [
    ['w:x, r:x/mx', 'RM', 'VEX.128.66.0F38.WIG 1D /r', 'AVX'],
    ['w:y, r:y/my', 'RM', 'VEX.256.66.0F38.WIG 1D /r', 'AVX2'],
    ['w:xyz{kz}, r:xyz/mxyz', 'RM', 'EVEX.66.0F38.WIG 1D /r fullmem', 'AVX512BW'],
  ],
  /** `dst ← |src|`, packed i32. */
  pabsd: [
    ['w:x, r:x/mx', 'RM', '66 0F 38 1E /r', 'SSSE3'],
    ['w:mm, r:mm/m64', 'RM', 'NP 0F 38 1E /r', 'SSSE3'],
  ],
  /** `dst ← |src|`, packed i32. */
  vpabsd: [
    ['w:x, r:x/mx', 'RM', 'VEX.128.66.0F38.WIG 1E /r', 'AVX'],
    ['w:y, r:y/my', 'RM', 'VEX.256.66.0F38.WIG 1E /r', 'AVX2'],
    ['w:xyz{kz}, r:xyz/mxyz/b32', 'RM', 'EVEX.66.0F38.W0 1E /r full', 'AVX512F'],
  ],
  /** `dst ← |src|`, packed i64. */
  vpabsq: [['w:xyz{kz}, r:xyz/mxyz/b64', 'RM', 'EVEX.66.0F38.W1 1F /r full', 'AVX512F']],
  /** `dst ← a` with the sign of b applied (0 where b is 0), packed i8. */
  psignb: [
    ['rw:x, r:x/mx', 'RM', '66 0F 38 08 /r', 'SSSE3'],
    ['rw:mm, r:mm/m64', 'RM', 'NP 0F 38 08 /r', 'SSSE3'],
  ],
  /** `dst ← a` with the sign of b applied (0 where b is 0), packed i8. */
  vpsignb: [
    ['w:x, r:x, r:x/mx', 'RVM', 'VEX.128.66.0F38.WIG 08 /r', 'AVX'],
    ['w:y, r:y, r:y/my', 'RVM', 'VEX.256.66.0F38.WIG 08 /r', 'AVX2'],
  ],
  /** `dst ← a` with the sign of b applied (0 where b is 0), packed i16. */
  psignw: [
    ['rw:x, r:x/mx', 'RM', '66 0F 38 09 /r', 'SSSE3'],
    ['rw:mm, r:mm/m64', 'RM', 'NP 0F 38 09 /r', 'SSSE3'],
  ],
  /** `dst ← a` with the sign of b applied (0 where b is 0), packed i16. */
  vpsignw: [
    ['w:x, r:x, r:x/mx', 'RVM', 'VEX.128.66.0F38.WIG 09 /r', 'AVX'],
    ['w:y, r:y, r:y/my', 'RVM', 'VEX.256.66.0F38.WIG 09 /r', 'AVX2'],
  ],
  /** `dst ← a` with the sign of b applied (0 where b is 0), packed i32. */
  psignd: [
    ['rw:x, r:x/mx', 'RM', '66 0F 38 0A /r', 'SSSE3'],
    ['rw:mm, r:mm/m64', 'RM', 'NP 0F 38 0A /r', 'SSSE3'],
  ],
  /** `dst ← a` with the sign of b applied (0 where b is 0), packed i32. */
  vpsignd: [
    ['w:x, r:x, r:x/mx', 'RVM', 'VEX.128.66.0F38.WIG 0A /r', 'AVX'],
    ['w:y, r:y, r:y/my', 'RVM', 'VEX.256.66.0F38.WIG 0A /r', 'AVX2'],
  ],
  /** `dst ← sums of neighbours`, packed i16. */
  phaddw: [
    ['rw:x, r:x/mx', 'RM', '66 0F 38 01 /r', 'SSSE3'],
    ['rw:mm, r:mm/m64', 'RM', 'NP 0F 38 01 /r', 'SSSE3'],
  ],
  /** `dst ← sums of neighbours`, packed i16. */
  vphaddw: [
    ['w:x, r:x, r:x/mx', 'RVM', 'VEX.128.66.0F38.WIG 01 /r', 'AVX'],
    ['w:y, r:y, r:y/my', 'RVM', 'VEX.256.66.0F38.WIG 01 /r', 'AVX2'],
  ],
  /** `dst ← sums of neighbours`, packed i32. */
  phaddd: [
    ['rw:x, r:x/mx', 'RM', '66 0F 38 02 /r', 'SSSE3'],
    ['rw:mm, r:mm/m64', 'RM', 'NP 0F 38 02 /r', 'SSSE3'],
  ],
  /** `dst ← sums of neighbours`, packed i32. */
  vphaddd: [
    ['w:x, r:x, r:x/mx', 'RVM', 'VEX.128.66.0F38.WIG 02 /r', 'AVX'],
    ['w:y, r:y, r:y/my', 'RVM', 'VEX.256.66.0F38.WIG 02 /r', 'AVX2'],
  ],
  /** `dst ← sums of neighbours`, saturated, packed i16. */
  phaddsw: [
    ['rw:x, r:x/mx', 'RM', '66 0F 38 03 /r', 'SSSE3'],
    ['rw:mm, r:mm/m64', 'RM', 'NP 0F 38 03 /r', 'SSSE3'],
  ],
  /** `dst ← sums of neighbours`, saturated, packed i16. */
  vphaddsw: [
    ['w:x, r:x, r:x/mx', 'RVM', 'VEX.128.66.0F38.WIG 03 /r', 'AVX'],
    ['w:y, r:y, r:y/my', 'RVM', 'VEX.256.66.0F38.WIG 03 /r', 'AVX2'],
  ],
  /** `dst ← differences of neighbours`, packed i16. */
  phsubw: [
    ['rw:x, r:x/mx', 'RM', '66 0F 38 05 /r', 'SSSE3'],
    ['rw:mm, r:mm/m64', 'RM', 'NP 0F 38 05 /r', 'SSSE3'],
  ],
  /** `dst ← differences of neighbours`, packed i16. */
  vphsubw: [
    ['w:x, r:x, r:x/mx', 'RVM', 'VEX.128.66.0F38.WIG 05 /r', 'AVX'],
    ['w:y, r:y, r:y/my', 'RVM', 'VEX.256.66.0F38.WIG 05 /r', 'AVX2'],
  ],
  /** `dst ← differences of neighbours`, packed i32. */
  phsubd: [
    ['rw:x, r:x/mx', 'RM', '66 0F 38 06 /r', 'SSSE3'],
    ['rw:mm, r:mm/m64', 'RM', 'NP 0F 38 06 /r', 'SSSE3'],
  ],
  /** `dst ← differences of neighbours`, packed i32. */
  vphsubd: [
    ['w:x, r:x, r:x/mx', 'RVM', 'VEX.128.66.0F38.WIG 06 /r', 'AVX'],
    ['w:y, r:y, r:y/my', 'RVM', 'VEX.256.66.0F38.WIG 06 /r', 'AVX2'],
  ],
  /** `dst ← differences of neighbours`, saturated, packed i16. */
  phsubsw: [
    ['rw:x, r:x/mx', 'RM', '66 0F 38 07 /r', 'SSSE3'],
    ['rw:mm, r:mm/m64', 'RM', 'NP 0F 38 07 /r', 'SSSE3'],
  ],
  /** `dst ← differences of neighbours`, saturated, packed i16. */
  vphsubsw: [
    ['w:x, r:x, r:x/mx', 'RVM', 'VEX.128.66.0F38.WIG 07 /r', 'AVX'],
    ['w:y, r:y, r:y/my', 'RVM', 'VEX.256.66.0F38.WIG 07 /r', 'AVX2'],
  ],
  /** `dst ← smallest u16 element, and its index`. */
  phminposuw: [['w:x, r:x/mx', 'RM', '66 0F 38 41 /r', 'SSE4_1']],
  /** `dst ← smallest u16 element, and its index`. */
  vphminposuw: [['w:x, r:x/mx', 'RM', 'VEX.128.66.0F38.WIG 41 /r', 'AVX']],
  /** `dst ← sums of |a − b|` of four u8 elements at sliding offsets, packed u16. */
  mpsadbw: [['rw:x, r:x/mx, imm8', 'RMI', '66 0F 3A 42 /r', 'SSE4_1']],
  /** `dst ← sums of |a − b|` of four u8 elements at sliding offsets, packed u16. */
  vmpsadbw: [
    ['w:x, r:x, r:x/mx, imm8', 'RVMI', 'VEX.128.66.0F3A.WIG 42 /r', 'AVX'],
    ['w:y, r:y, r:y/my, imm8', 'RVMI', 'VEX.256.66.0F3A.WIG 42 /r', 'AVX2'],
    ['w:xyz{kz}, r:xyz, r:xyz/mxyz, imm8', 'RVMI', 'EVEX.F3.0F3A.W0 42 /r fullmem', 'AVX10_2'],
  ],
  /** `dst ← sums of |a − b|` of four u8 elements at offsets chosen by imm8, packed u16. */
  vdbpsadbw: [['w:xyz{kz}, r:xyz, r:xyz/mxyz, imm8', 'RVMI', 'EVEX.66.0F3A.W0 42 /r fullmem', 'AVX512BW']],
  /** `dst ← which earlier elements are equal`, a bit each, packed i32. */
  vpconflictd: [['w:xyz{kz}, r:xyz/mxyz/b32', 'RM', 'EVEX.66.0F38.W0 C4 /r full', 'AVX512CD']],
  /** `dst ← number of leading zeros`, packed i32. */
  vplzcntd: [['w:xyz{kz}, r:xyz/mxyz/b32', 'RM', 'EVEX.66.0F38.W0 44 /r full', 'AVX512CD']],
  /** `dst ← number of set bits`, packed i32. */
  vpopcntd: [['w:xyz{kz}, r:xyz/mxyz/b32', 'RM', 'EVEX.66.0F38.W0 55 /r full', 'AVX512_VPOPCNTDQ']],
  /** `dst ← which earlier elements are equal`, a bit each, packed i64. */
  vpconflictq: [['w:xyz{kz}, r:xyz/mxyz/b64', 'RM', 'EVEX.66.0F38.W1 C4 /r full', 'AVX512CD']],
  /** `dst ← number of leading zeros`, packed i64. */
  vplzcntq: [['w:xyz{kz}, r:xyz/mxyz/b64', 'RM', 'EVEX.66.0F38.W1 44 /r full', 'AVX512CD']],
  /** `dst ← number of set bits`, packed i64. */
  vpopcntq: [['w:xyz{kz}, r:xyz/mxyz/b64', 'RM', 'EVEX.66.0F38.W1 55 /r full', 'AVX512_VPOPCNTDQ']],
  /** `dst ← number of set bits`, packed i8. */
  vpopcntb: [['w:xyz{kz}, r:xyz/mxyz', 'RM', 'EVEX.66.0F38.W0 54 /r fullmem', 'AVX512_BITALG']],
  /** `dst ← number of set bits`, packed i16. */
  vpopcntw: [['w:xyz{kz}, r:xyz/mxyz', 'RM', 'EVEX.66.0F38.W1 54 /r fullmem', 'AVX512_BITALG']],
  /** `dst ← dst + the low 52 bits of a · b`, packed u64. */
  vpmadd52luq: [['rw:xyz{kz}, r:xyz, r:xyz/mxyz/b64', 'RVM', 'EVEX.66.0F38.W1 B4 /r full', 'AVX512_IFMA']],
  /** `dst ← dst + the low 52 bits of a · b`, packed u64. */
  '{vex} vpmadd52luq': [['rw:xy, r:xy, r:xy/mxy', 'RVM', 'VEX.66.0F38.W1 B4 /r', 'AVX_IFMA']],
  /** `dst ← dst + the high 52 bits of a · b`, packed u64. */
  vpmadd52huq: [['rw:xyz{kz}, r:xyz, r:xyz/mxyz/b64', 'RVM', 'EVEX.66.0F38.W1 B5 /r full', 'AVX512_IFMA']],
  /** `dst ← dst + the high 52 bits of a · b`, packed u64. */
  '{vex} vpmadd52huq': [['rw:xy, r:xy, r:xy/mxy', 'RVM', 'VEX.66.0F38.W1 B5 /r', 'AVX_IFMA']],
} as const
