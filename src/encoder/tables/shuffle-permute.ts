/** Rows that rearrange elements: shuffles, permutes, blends, packs, inserts, extracts, expand and compress. */

export const shufflePermute = {
  /** `dst ← i32 elements of src`, chosen within each 128-bit lane by imm8. */
  pshufd: [['w:x, r:x/mx, imm8', 'RMI', '66 0F 70 /r', 'SSE2']],
  /** `dst ← i32 elements of src`, chosen within each 128-bit lane by imm8. */
  vpshufd: [
    ['w:x, r:x/mx, imm8', 'RMI', 'VEX.128.66.0F.WIG 70 /r', 'AVX'],
    ['w:y, r:y/my, imm8', 'RMI', 'VEX.256.66.0F.WIG 70 /r', 'AVX2'],
    ['w:xyz{kz}, r:xyz/mxyz/b32, imm8', 'RMI', 'EVEX.66.0F.W0 70 /r full', 'AVX512F'],
  ],
  /** `dst ← src` with the high four i16 elements of each lane chosen by imm8. */
  pshufhw: [['w:x, r:x/mx, imm8', 'RMI', 'F3 0F 70 /r', 'SSE2']],
  /** `dst ← src` with the high four i16 elements of each lane chosen by imm8. */
  vpshufhw: [
    ['w:x, r:x/mx, imm8', 'RMI', 'VEX.128.F3.0F.WIG 70 /r', 'AVX'],
    ['w:y, r:y/my, imm8', 'RMI', 'VEX.256.F3.0F.WIG 70 /r', 'AVX2'],
    ['w:xyz{kz}, r:xyz/mxyz, imm8', 'RMI', 'EVEX.F3.0F.WIG 70 /r fullmem', 'AVX512BW'],
  ],
  /** `dst ← src` with the low four i16 elements of each lane chosen by imm8. */
  pshuflw: [['w:x, r:x/mx, imm8', 'RMI', 'F2 0F 70 /r', 'SSE2']],
  /** `dst ← src` with the low four i16 elements of each lane chosen by imm8. */
  vpshuflw: [
    ['w:x, r:x/mx, imm8', 'RMI', 'VEX.128.F2.0F.WIG 70 /r', 'AVX'],
    ['w:y, r:y/my, imm8', 'RMI', 'VEX.256.F2.0F.WIG 70 /r', 'AVX2'],
    ['w:xyz{kz}, r:xyz/mxyz, imm8', 'RMI', 'EVEX.F2.0F.WIG 70 /r fullmem', 'AVX512BW'],
  ],
  /** `dst ← bytes of a`, chosen within each 128-bit lane by the bytes of b; 0 where its sign is set. */
  pshufb: [
    ['rw:x, r:x/mx', 'RM', '66 0F 38 00 /r', 'SSSE3'],
    ['rw:mm, r:mm/m64', 'RM', 'NP 0F 38 00 /r', 'SSSE3'],
  ],
  /** `dst ← bytes of a`, chosen within each 128-bit lane by the bytes of b; 0 where its sign is set. */
  vpshufb: [
    ['w:x, r:x, r:x/mx', 'RVM', 'VEX.128.66.0F38.WIG 00 /r', 'AVX'],
    ['w:y, r:y, r:y/my', 'RVM', 'VEX.256.66.0F38.WIG 00 /r', 'AVX2'],
    ['w:xyz{kz}, r:xyz, r:xyz/mxyz', 'RVM', 'EVEX.66.0F38.WIG 00 /r fullmem', 'AVX512BW'],
  ],
  /** `dst ← bits of the i64 elements of a`, chosen by the bytes of b. */
  vpshufbitqmb: [['w:k{k}, r:xyz, r:xyz/mxyz', 'RVM', 'EVEX.66.0F38.W0 8F /r fullmem', 'AVX512_BITALG']],
  /** `dst ← elements of a, then of b`, chosen within each lane by imm8, packed f32. */
  shufps: [['rw:x, r:x/mx, imm8', 'RMI', 'NP 0F C6 /r', 'SSE']],
  /** `dst ← elements of a, then of b`, chosen within each lane by imm8, packed f32. */
  vshufps: [
    ['w:xy, r:xy, r:xy/mxy, imm8', 'RVMI', 'VEX.NP.0F.WIG C6 /r', 'AVX'],
    ['w:xyz{kz}, r:xyz, r:xyz/mxyz/b32, imm8', 'RVMI', 'EVEX.NP.0F.W0 C6 /r full', 'AVX512F'],
  ],
  /** `dst ← elements of a, then of b`, chosen within each lane by imm8, packed f64. */
  shufpd: [['rw:x, r:x/mx, imm8', 'RMI', '66 0F C6 /r', 'SSE2']],
  /** `dst ← elements of a, then of b`, chosen within each lane by imm8, packed f64. */
  vshufpd: [
    ['w:xy, r:xy, r:xy/mxy, imm8', 'RVMI', 'VEX.66.0F.WIG C6 /r', 'AVX'],
    ['w:xyz{kz}, r:xyz, r:xyz/mxyz/b64, imm8', 'RVMI', 'EVEX.66.0F.W1 C6 /r full', 'AVX512F'],
  ],
  /** `dst ← low elements of a and b, interleaved`, packed f32. */
  unpcklps: [['rw:x, r:x/mx', 'RM', 'NP 0F 14 /r', 'SSE']],
  /** `dst ← low elements of a and b, interleaved`, packed f32. */
  vunpcklps: [
    ['w:xy, r:xy, r:xy/mxy', 'RVM', 'VEX.NP.0F.WIG 14 /r', 'AVX'],
    ['w:xyz{kz}, r:xyz, r:xyz/mxyz/b32', 'RVM', 'EVEX.NP.0F.W0 14 /r full', 'AVX512F'],
  ],
  /** `dst ← low elements of a and b, interleaved`, packed f64. */
  unpcklpd: [['rw:x, r:x/mx', 'RM', '66 0F 14 /r', 'SSE2']],
  /** `dst ← low elements of a and b, interleaved`, packed f64. */
  vunpcklpd: [
    ['w:xy, r:xy, r:xy/mxy', 'RVM', 'VEX.66.0F.WIG 14 /r', 'AVX'],
    ['w:xyz{kz}, r:xyz, r:xyz/mxyz/b64', 'RVM', 'EVEX.66.0F.W1 14 /r full', 'AVX512F'],
  ],
  /** `dst ← high elements of a and b, interleaved`, packed f32. */
  unpckhps: [['rw:x, r:x/mx', 'RM', 'NP 0F 15 /r', 'SSE']],
  /** `dst ← high elements of a and b, interleaved`, packed f32. */
  vunpckhps: [
    ['w:xy, r:xy, r:xy/mxy', 'RVM', 'VEX.NP.0F.WIG 15 /r', 'AVX'],
    ['w:xyz{kz}, r:xyz, r:xyz/mxyz/b32', 'RVM', 'EVEX.NP.0F.W0 15 /r full', 'AVX512F'],
  ],
  /** `dst ← high elements of a and b, interleaved`, packed f64. */
  unpckhpd: [['rw:x, r:x/mx', 'RM', '66 0F 15 /r', 'SSE2']],
  /** `dst ← high elements of a and b, interleaved`, packed f64. */
  vunpckhpd: [
    ['w:xy, r:xy, r:xy/mxy', 'RVM', 'VEX.66.0F.WIG 15 /r', 'AVX'],
    ['w:xyz{kz}, r:xyz, r:xyz/mxyz/b64', 'RVM', 'EVEX.66.0F.W1 15 /r full', 'AVX512F'],
  ],
  /** `dst ← low elements of a and b, interleaved`, packed i8. */
  punpcklbw: [
    ['rw:x, r:x/mx', 'RM', '66 0F 60 /r', 'SSE2'],
    ['rw:mm, r:mm/m32', 'RM', 'NP 0F 60 /r', 'MMX'],
  ],
  /** `dst ← low elements of a and b, interleaved`, packed i8. */
  vpunpcklbw: [
    ['w:x, r:x, r:x/mx', 'RVM', 'VEX.128.66.0F.WIG 60 /r', 'AVX'],
    ['w:y, r:y, r:y/my', 'RVM', 'VEX.256.66.0F.WIG 60 /r', 'AVX2'],
    ['w:xyz{kz}, r:xyz, r:xyz/mxyz', 'RVM', 'EVEX.66.0F.WIG 60 /r fullmem', 'AVX512BW'],
  ],
  /** `dst ← low elements of a and b, interleaved`, packed i16. */
  punpcklwd: [
    ['rw:x, r:x/mx', 'RM', '66 0F 61 /r', 'SSE2'],
    ['rw:mm, r:mm/m32', 'RM', 'NP 0F 61 /r', 'MMX'],
  ],
  /** `dst ← low elements of a and b, interleaved`, packed i16. */
  vpunpcklwd: [
    ['w:x, r:x, r:x/mx', 'RVM', 'VEX.128.66.0F.WIG 61 /r', 'AVX'],
    ['w:y, r:y, r:y/my', 'RVM', 'VEX.256.66.0F.WIG 61 /r', 'AVX2'],
    ['w:xyz{kz}, r:xyz, r:xyz/mxyz', 'RVM', 'EVEX.66.0F.WIG 61 /r fullmem', 'AVX512BW'],
  ],
  /** `dst ← low elements of a and b, interleaved`, packed i32. */
  punpckldq: [
    ['rw:x, r:x/mx', 'RM', '66 0F 62 /r', 'SSE2'],
    ['rw:mm, r:mm/m32', 'RM', 'NP 0F 62 /r', 'MMX'],
  ],
  /** `dst ← low elements of a and b, interleaved`, packed i32. */
  vpunpckldq: [
    ['w:x, r:x, r:x/mx', 'RVM', 'VEX.128.66.0F.WIG 62 /r', 'AVX'],
    ['w:y, r:y, r:y/my', 'RVM', 'VEX.256.66.0F.WIG 62 /r', 'AVX2'],
    ['w:xyz{kz}, r:xyz, r:xyz/mxyz/b32', 'RVM', 'EVEX.66.0F.W0 62 /r full', 'AVX512F'],
  ],
  /** `dst ← low elements of a and b, interleaved`, packed i64. */
  punpcklqdq: [['rw:x, r:x/mx', 'RM', '66 0F 6C /r', 'SSE2']],
  /** `dst ← low elements of a and b, interleaved`, packed i64. */
  vpunpcklqdq: [
    ['w:x, r:x, r:x/mx', 'RVM', 'VEX.128.66.0F.WIG 6C /r', 'AVX'],
    ['w:y, r:y, r:y/my', 'RVM', 'VEX.256.66.0F.WIG 6C /r', 'AVX2'],
    ['w:xyz{kz}, r:xyz, r:xyz/mxyz/b64', 'RVM', 'EVEX.66.0F.W1 6C /r full', 'AVX512F'],
  ],
  /** `dst ← high elements of a and b, interleaved`, packed i8. */
  punpckhbw: [
    ['rw:x, r:x/mx', 'RM', '66 0F 68 /r', 'SSE2'],
    ['rw:mm, r:mm/m64', 'RM', 'NP 0F 68 /r', 'MMX'],
  ],
  /** `dst ← high elements of a and b, interleaved`, packed i8. */
  vpunpckhbw: [
    ['w:x, r:x, r:x/mx', 'RVM', 'VEX.128.66.0F.WIG 68 /r', 'AVX'],
    ['w:y, r:y, r:y/my', 'RVM', 'VEX.256.66.0F.WIG 68 /r', 'AVX2'],
    ['w:xyz{kz}, r:xyz, r:xyz/mxyz', 'RVM', 'EVEX.66.0F.WIG 68 /r fullmem', 'AVX512BW'],
  ],
  /** `dst ← high elements of a and b, interleaved`, packed i16. */
  punpckhwd: [
    ['rw:x, r:x/mx', 'RM', '66 0F 69 /r', 'SSE2'],
    ['rw:mm, r:mm/m64', 'RM', 'NP 0F 69 /r', 'MMX'],
  ],
  /** `dst ← high elements of a and b, interleaved`, packed i16. */
  vpunpckhwd: [
    ['w:x, r:x, r:x/mx', 'RVM', 'VEX.128.66.0F.WIG 69 /r', 'AVX'],
    ['w:y, r:y, r:y/my', 'RVM', 'VEX.256.66.0F.WIG 69 /r', 'AVX2'],
    ['w:xyz{kz}, r:xyz, r:xyz/mxyz', 'RVM', 'EVEX.66.0F.WIG 69 /r fullmem', 'AVX512BW'],
  ],
  /** `dst ← high elements of a and b, interleaved`, packed i32. */
  punpckhdq: [
    ['rw:x, r:x/mx', 'RM', '66 0F 6A /r', 'SSE2'],
    ['rw:mm, r:mm/m64', 'RM', 'NP 0F 6A /r', 'MMX'],
  ],
  /** `dst ← high elements of a and b, interleaved`, packed i32. */
  vpunpckhdq: [
    ['w:x, r:x, r:x/mx', 'RVM', 'VEX.128.66.0F.WIG 6A /r', 'AVX'],
    ['w:y, r:y, r:y/my', 'RVM', 'VEX.256.66.0F.WIG 6A /r', 'AVX2'],
    ['w:xyz{kz}, r:xyz, r:xyz/mxyz/b32', 'RVM', 'EVEX.66.0F.W0 6A /r full', 'AVX512F'],
  ],
  /** `dst ← high elements of a and b, interleaved`, packed i64. */
  punpckhqdq: [['rw:x, r:x/mx', 'RM', '66 0F 6D /r', 'SSE2']],
  /** `dst ← high elements of a and b, interleaved`, packed i64. */
  vpunpckhqdq: [
    ['w:x, r:x, r:x/mx', 'RVM', 'VEX.128.66.0F.WIG 6D /r', 'AVX'],
    ['w:y, r:y, r:y/my', 'RVM', 'VEX.256.66.0F.WIG 6D /r', 'AVX2'],
    ['w:xyz{kz}, r:xyz, r:xyz/mxyz/b64', 'RVM', 'EVEX.66.0F.W1 6D /r full', 'AVX512F'],
  ],
  /** `dst ← elements of a, then of b, narrowed`: i16 → i8, signed saturation. */
  packsswb: [
    ['rw:x, r:x/mx', 'RM', '66 0F 63 /r', 'SSE2'],
    ['rw:mm, r:mm/m64', 'RM', 'NP 0F 63 /r', 'MMX'],
  ],
  /** `dst ← elements of a, then of b, narrowed`: i16 → i8, signed saturation. */
  vpacksswb: [
    ['w:x, r:x, r:x/mx', 'RVM', 'VEX.128.66.0F.WIG 63 /r', 'AVX'],
    ['w:y, r:y, r:y/my', 'RVM', 'VEX.256.66.0F.WIG 63 /r', 'AVX2'],
    ['w:xyz{kz}, r:xyz, r:xyz/mxyz', 'RVM', 'EVEX.66.0F.WIG 63 /r fullmem', 'AVX512BW'],
  ],
  /** `dst ← elements of a, then of b, narrowed`: i16 → u8, unsigned saturation. */
  packuswb: [
    ['rw:x, r:x/mx', 'RM', '66 0F 67 /r', 'SSE2'],
    ['rw:mm, r:mm/m64', 'RM', 'NP 0F 67 /r', 'MMX'],
  ],
  /** `dst ← elements of a, then of b, narrowed`: i16 → u8, unsigned saturation. */
  vpackuswb: [
    ['w:x, r:x, r:x/mx', 'RVM', 'VEX.128.66.0F.WIG 67 /r', 'AVX'],
    ['w:y, r:y, r:y/my', 'RVM', 'VEX.256.66.0F.WIG 67 /r', 'AVX2'],
    ['w:xyz{kz}, r:xyz, r:xyz/mxyz', 'RVM', 'EVEX.66.0F.WIG 67 /r fullmem', 'AVX512BW'],
  ],
  /** `dst ← elements of a, then of b, narrowed`: i32 → i16, signed saturation. */
  packssdw: [
    ['rw:x, r:x/mx', 'RM', '66 0F 6B /r', 'SSE2'],
    ['rw:mm, r:mm/m64', 'RM', 'NP 0F 6B /r', 'MMX'],
  ],
  /** `dst ← elements of a, then of b, narrowed`: i32 → i16, signed saturation. */
  vpackssdw: [
    ['w:x, r:x, r:x/mx', 'RVM', 'VEX.128.66.0F.WIG 6B /r', 'AVX'],
    ['w:y, r:y, r:y/my', 'RVM', 'VEX.256.66.0F.WIG 6B /r', 'AVX2'],
    ['w:xyz{kz}, r:xyz, r:xyz/mxyz/b32', 'RVM', 'EVEX.66.0F.W0 6B /r full', 'AVX512BW'],
  ],
  /** `dst ← elements of a, then of b, narrowed`: i32 → u16, unsigned saturation. */
  packusdw: [['rw:x, r:x/mx', 'RM', '66 0F 38 2B /r', 'SSE4_1']],
  /** `dst ← elements of a, then of b, narrowed`: i32 → u16, unsigned saturation. */
  vpackusdw: [
    ['w:x, r:x, r:x/mx', 'RVM', 'VEX.128.66.0F38.WIG 2B /r', 'AVX'],
    ['w:y, r:y, r:y/my', 'RVM', 'VEX.256.66.0F38.WIG 2B /r', 'AVX2'],
    ['w:xyz{kz}, r:xyz, r:xyz/mxyz/b32', 'RVM', 'EVEX.66.0F38.W0 2B /r full', 'AVX512BW'],
  ],
  /** `dst ← (a : b) >> 8 · imm8`, each 128-bit lane. */
  palignr: [
    ['rw:x, r:x/mx, imm8', 'RMI', '66 0F 3A 0F /r', 'SSSE3'],
    ['rw:mm, r:mm/m64, imm8', 'RMI', 'NP 0F 3A 0F /r', 'SSSE3'],
  ],
  /** `dst ← (a : b) >> 8 · imm8`, each 128-bit lane. */
  vpalignr: [
    ['w:x, r:x, r:x/mx, imm8', 'RVMI', 'VEX.128.66.0F3A.WIG 0F /r', 'AVX'],
    ['w:y, r:y, r:y/my, imm8', 'RVMI', 'VEX.256.66.0F3A.WIG 0F /r', 'AVX2'],
    ['w:xyz{kz}, r:xyz, r:xyz/mxyz, imm8', 'RVMI', 'EVEX.66.0F3A.WIG 0F /r fullmem', 'AVX512BW'],
  ],
  /** `dst ← (a : b) >> imm8 elements`, packed i32. */
  valignd: [['w:xyz{kz}, r:xyz, r:xyz/mxyz/b32, imm8', 'RVMI', 'EVEX.66.0F3A.W0 03 /r full', 'AVX512F']],
  /** `dst ← (a : b) >> imm8 elements`, packed i64. */
  valignq: [['w:xyz{kz}, r:xyz, r:xyz/mxyz/b64, imm8', 'RVMI', 'EVEX.66.0F3A.W1 03 /r full', 'AVX512F']],
  /** `dst ← elements of a`, chosen within each lane by b or imm8, packed f32. */
  vpermilps: [
    ['w:xy, r:xy, r:xy/mxy', 'RVM', 'VEX.66.0F38.W0 0C /r', 'AVX'],
    ['w:xy, r:xy/mxy, imm8', 'RMI', 'VEX.66.0F3A.W0 04 /r', 'AVX'],
    ['w:xyz{kz}, r:xyz, r:xyz/mxyz/b32', 'RVM', 'EVEX.66.0F38.W0 0C /r full', 'AVX512F'],
    ['w:xyz{kz}, r:xyz/mxyz/b32, imm8', 'RMI', 'EVEX.66.0F3A.W0 04 /r full', 'AVX512F'],
  ],
  /** `dst ← elements of a`, chosen within each lane by b or imm8, packed f64. */
  vpermilpd: [
    ['w:xy, r:xy, r:xy/mxy', 'RVM', 'VEX.66.0F38.W0 0D /r', 'AVX'],
    ['w:xy, r:xy/mxy, imm8', 'RMI', 'VEX.66.0F3A.W0 05 /r', 'AVX'],
    ['w:xyz{kz}, r:xyz, r:xyz/mxyz/b64', 'RVM', 'EVEX.66.0F38.W1 0D /r full', 'AVX512F'],
    ['w:xyz{kz}, r:xyz/mxyz/b64, imm8', 'RMI', 'EVEX.66.0F3A.W1 05 /r full', 'AVX512F'],
  ],
  /** `dst ← two 128-bit lanes of a and b`, chosen or zeroed by imm8. */
  vperm2f128: [['w:y, r:y, r:y/my, imm8', 'RVMI', 'VEX.256.66.0F3A.W0 06 /r', 'AVX']],
  /** `dst ← two 128-bit lanes of a and b`, chosen or zeroed by imm8. */
  vperm2i128: [['w:y, r:y, r:y/my, imm8', 'RVMI', 'VEX.256.66.0F3A.W0 46 /r', 'AVX2']],
  /** `dst ← i32 elements of b`, chosen by the elements of a. */
  vpermd: [
    ['w:y, r:y, r:y/my', 'RVM', 'VEX.256.66.0F38.W0 36 /r', 'AVX2'],
    ['w:yz{kz}, r:yz, r:yz/myz/b32', 'RVM', 'EVEX.66.0F38.W0 36 /r full', 'AVX512F'],
  ],
  /** `dst ← f32 elements of b`, chosen by the elements of a. */
  vpermps: [
    ['w:y, r:y, r:y/my', 'RVM', 'VEX.256.66.0F38.W0 16 /r', 'AVX2'],
    ['w:yz{kz}, r:yz, r:yz/myz/b32', 'RVM', 'EVEX.66.0F38.W0 16 /r full', 'AVX512F'],
  ],
  /** `dst ← i64 elements`, chosen by imm8 within 256 bits, or from b by the elements of a. */
  vpermq: [
    ['w:y, r:y/my, imm8', 'RMI', 'VEX.256.66.0F3A.W1 00 /r', 'AVX2'],
    ['w:yz{kz}, r:yz/myz/b64, imm8', 'RMI', 'EVEX.66.0F3A.W1 00 /r full', 'AVX512F'],
    ['w:yz{kz}, r:yz, r:yz/myz/b64', 'RVM', 'EVEX.66.0F38.W1 36 /r full', 'AVX512F'],
  ],
  /** `dst ← f64 elements`, chosen by imm8 within 256 bits, or from b by the elements of a. */
  vpermpd: [
    ['w:y, r:y/my, imm8', 'RMI', 'VEX.256.66.0F3A.W1 01 /r', 'AVX2'],
    ['w:yz{kz}, r:yz/myz/b64, imm8', 'RMI', 'EVEX.66.0F3A.W1 01 /r full', 'AVX512F'],
    ['w:yz{kz}, r:yz, r:yz/myz/b64', 'RVM', 'EVEX.66.0F38.W1 16 /r full', 'AVX512F'],
  ],
  /** `dst ← bytes of b`, chosen by the bytes of a. */
  vpermb: [['w:xyz{kz}, r:xyz, r:xyz/mxyz', 'RVM', 'EVEX.66.0F38.W0 8D /r fullmem', 'AVX512_VBMI']],
  /** `dst ← i16 elements of b`, chosen by the elements of a. */
  vpermw: [['w:xyz{kz}, r:xyz, r:xyz/mxyz', 'RVM', 'EVEX.66.0F38.W1 8D /r fullmem', 'AVX512BW']],
  /** `dst ← elements of a and b`, chosen by dst, packed i8. */
  vpermi2b: [['rw:xyz{kz}, r:xyz, r:xyz/mxyz', 'RVM', 'EVEX.66.0F38.W0 75 /r fullmem', 'AVX512_VBMI']],
  /** `dst ← elements of a and b`, chosen by dst, packed i16. */
  vpermi2w: [['rw:xyz{kz}, r:xyz, r:xyz/mxyz', 'RVM', 'EVEX.66.0F38.W1 75 /r fullmem', 'AVX512BW']],
  /** `dst ← elements of a and b`, chosen by dst, packed i32. */
  vpermi2d: [['rw:xyz{kz}, r:xyz, r:xyz/mxyz/b32', 'RVM', 'EVEX.66.0F38.W0 76 /r full', 'AVX512F']],
  /** `dst ← elements of a and b`, chosen by dst, packed i64. */
  vpermi2q: [['rw:xyz{kz}, r:xyz, r:xyz/mxyz/b64', 'RVM', 'EVEX.66.0F38.W1 76 /r full', 'AVX512F']],
  /** `dst ← elements of a and b`, chosen by dst, packed f32. */
  vpermi2ps: [['rw:xyz{kz}, r:xyz, r:xyz/mxyz/b32', 'RVM', 'EVEX.66.0F38.W0 77 /r full', 'AVX512F']],
  /** `dst ← elements of a and b`, chosen by dst, packed f64. */
  vpermi2pd: [['rw:xyz{kz}, r:xyz, r:xyz/mxyz/b64', 'RVM', 'EVEX.66.0F38.W1 77 /r full', 'AVX512F']],
  /** `dst ← elements of dst and b`, chosen by a, packed i8. */
  vpermt2b: [['rw:xyz{kz}, r:xyz, r:xyz/mxyz', 'RVM', 'EVEX.66.0F38.W0 7D /r fullmem', 'AVX512_VBMI']],
  /** `dst ← elements of dst and b`, chosen by a, packed i16. */
  vpermt2w: [['rw:xyz{kz}, r:xyz, r:xyz/mxyz', 'RVM', 'EVEX.66.0F38.W1 7D /r fullmem', 'AVX512BW']],
  /** `dst ← elements of dst and b`, chosen by a, packed i32. */
  vpermt2d: [['rw:xyz{kz}, r:xyz, r:xyz/mxyz/b32', 'RVM', 'EVEX.66.0F38.W0 7E /r full', 'AVX512F']],
  /** `dst ← elements of dst and b`, chosen by a, packed i64. */
  vpermt2q: [['rw:xyz{kz}, r:xyz, r:xyz/mxyz/b64', 'RVM', 'EVEX.66.0F38.W1 7E /r full', 'AVX512F']],
  /** `dst ← elements of dst and b`, chosen by a, packed f32. */
  vpermt2ps: [['rw:xyz{kz}, r:xyz, r:xyz/mxyz/b32', 'RVM', 'EVEX.66.0F38.W0 7F /r full', 'AVX512F']],
  /** `dst ← elements of dst and b`, chosen by a, packed f64. */
  vpermt2pd: [['rw:xyz{kz}, r:xyz, r:xyz/mxyz/b64', 'RVM', 'EVEX.66.0F38.W1 7F /r full', 'AVX512F']],
  /** `dst ← bytes cut from the i64 elements of b at the bit offsets in a`. */
  vpmultishiftqb: [['w:xyz{kz}, r:xyz, r:xyz/mxyz/b64', 'RVM', 'EVEX.66.0F38.W1 83 /r full', 'AVX512_VBMI']],
  /** `dst ← 128-bit lanes of a, then of b`, chosen by imm8, masked by f32. */
  vshuff32x4: [['w:yz{kz}, r:yz, r:yz/myz/b32, imm8', 'RVMI', 'EVEX.66.0F3A.W0 23 /r full', 'AVX512F']],
  /** `dst ← 128-bit lanes of a, then of b`, chosen by imm8, masked by f64. */
  vshuff64x2: [['w:yz{kz}, r:yz, r:yz/myz/b64, imm8', 'RVMI', 'EVEX.66.0F3A.W1 23 /r full', 'AVX512F']],
  /** `dst ← 128-bit lanes of a, then of b`, chosen by imm8, masked by i32. */
  vshufi32x4: [['w:yz{kz}, r:yz, r:yz/myz/b32, imm8', 'RVMI', 'EVEX.66.0F3A.W0 43 /r full', 'AVX512F']],
  /** `dst ← 128-bit lanes of a, then of b`, chosen by imm8, masked by i64. */
  vshufi64x2: [['w:yz{kz}, r:yz, r:yz/myz/b64, imm8', 'RVMI', 'EVEX.66.0F3A.W1 43 /r full', 'AVX512F']],
  /** `dst ← a with one f32 element from b`, positions and zeroing in imm8. */
  insertps: [['rw:x, r:x/m32, imm8', 'RMI', '66 0F 3A 21 /r', 'SSE4_1']],
  /** `dst ← a with one f32 element from b`, positions and zeroing in imm8. */
  vinsertps: [
    ['w:x, r:x, r:x/m32, imm8', 'RVMI', 'VEX.128.66.0F3A.WIG 21 /r', 'AVX'],
    ['w:x, r:x, r:x/m32, imm8', 'RVMI', 'EVEX.128.66.0F3A.W0 21 /r t1s', 'AVX512F'],
  ],
  /** `dst ← f32 element imm8 of src`. */
  extractps: [['w:r32/m32, r:x, imm8', 'MRI', '66 0F 3A 17 /r', 'SSE4_1']],
  /** `dst ← f32 element imm8 of src`. */
  vextractps: [
    ['w:r32/m32, r:x, imm8', 'MRI', 'VEX.128.66.0F3A.WIG 17 /r', 'AVX'],
    ['w:r32/m32, r:x, imm8', 'MRI', 'EVEX.128.66.0F3A.WIG 17 /r t1s', 'AVX512F'],
  ],
  /** `dst ← a with element imm8 replaced by b`, i8. */
  pinsrb: [['rw:x, r:r32/m8, imm8', 'RMI', '66 0F 3A 20 /r', 'SSE4_1']],
  /** `dst ← a with element imm8 replaced by b`, i8. */
  vpinsrb: [
    ['w:x, r:x, r:r32/m8, imm8', 'RVMI', 'VEX.128.66.0F3A.WIG 20 /r', 'AVX'],
    ['w:x, r:x, r:r32/m8, imm8', 'RVMI', 'EVEX.128.66.0F3A.WIG 20 /r t1s', 'AVX512BW'],
  ],
  /** `dst ← a with element imm8 replaced by b`, i16. */
  pinsrw: [
    ['rw:x, r:r32/m16, imm8', 'RMI', '66 0F C4 /r', 'SSE2'],
    ['rw:mm, r:r32/m16, imm8', 'RMI', 'NP 0F C4 /r', 'SSE'],
  ],
  /** `dst ← a with element imm8 replaced by b`, i16. */
  vpinsrw: [
    ['w:x, r:x, r:r32/m16, imm8', 'RVMI', 'VEX.128.66.0F.WIG C4 /r', 'AVX'],
    ['w:x, r:x, r:r32/m16, imm8', 'RVMI', 'EVEX.128.66.0F.WIG C4 /r t1s', 'AVX512BW'],
  ],
  /** `dst ← a with element imm8 replaced by b`, i32. */
  pinsrd: [['rw:x, r:r32/m32, imm8', 'RMI', '66 0F 3A 22 /r', 'SSE4_1']],
  /** `dst ← a with element imm8 replaced by b`, i32. */
  vpinsrd: [
    ['w:x, r:x, r:r32/m32, imm8', 'RVMI', 'VEX.128.66.0F3A.W0 22 /r', 'AVX'],
    ['w:x, r:x, r:r32/m32, imm8', 'RVMI', 'EVEX.128.66.0F3A.W0 22 /r t1s', 'AVX512DQ'],
  ],
  /** `dst ← a with element imm8 replaced by b`, i64. */
  pinsrq: [['rw:x, r:r64/m64, imm8', 'RMI', '66 REX.W 0F 3A 22 /r', 'SSE4_1']],
  /** `dst ← a with element imm8 replaced by b`, i64. */
  vpinsrq: [
    ['w:x, r:x, r:r64/m64, imm8', 'RVMI', 'VEX.128.66.0F3A.W1 22 /r', 'AVX'],
    ['w:x, r:x, r:r64/m64, imm8', 'RVMI', 'EVEX.128.66.0F3A.W1 22 /r t1s', 'AVX512DQ'],
  ],
  /** `dst ← element imm8 of src`, i8, zero-extended. */
  pextrb: [['w:r32/m8, r:x, imm8', 'MRI', '66 0F 3A 14 /r', 'SSE4_1']],
  /** `dst ← element imm8 of src`, i8, zero-extended. */
  vpextrb: [
    ['w:r32/m8, r:x, imm8', 'MRI', 'VEX.128.66.0F3A.WIG 14 /r', 'AVX'],
    ['w:r32/m8, r:x, imm8', 'MRI', 'EVEX.128.66.0F3A.WIG 14 /r t1s', 'AVX512BW'],
  ],
  /** `dst ← element imm8 of src`, i32, zero-extended. */
  pextrd: [['w:r32/m32, r:x, imm8', 'MRI', '66 0F 3A 16 /r', 'SSE4_1']],
  /** `dst ← element imm8 of src`, i32, zero-extended. */
  vpextrd: [
    ['w:r32/m32, r:x, imm8', 'MRI', 'VEX.128.66.0F3A.W0 16 /r', 'AVX'],
    ['w:r32/m32, r:x, imm8', 'MRI', 'EVEX.128.66.0F3A.W0 16 /r t1s', 'AVX512DQ'],
  ],
  /** `dst ← element imm8 of src`, i64, zero-extended. */
  pextrq: [['w:r64/m64, r:x, imm8', 'MRI', '66 REX.W 0F 3A 16 /r', 'SSE4_1']],
  /** `dst ← element imm8 of src`, i64, zero-extended. */
  vpextrq: [
    ['w:r64/m64, r:x, imm8', 'MRI', 'VEX.128.66.0F3A.W1 16 /r', 'AVX'],
    ['w:r64/m64, r:x, imm8', 'MRI', 'EVEX.128.66.0F3A.W1 16 /r t1s', 'AVX512DQ'],
  ],
  /** `dst ← element imm8 of src`, i16, zero-extended. */
  pextrw: [
    ['w:r32, r:x, imm8', 'RMI', '66 0F C5 /r', 'SSE2'],
    ['w:r32/m16, r:x, imm8', 'MRI', '66 0F 3A 15 /r', 'SSE4_1'],
    ['w:r32, r:mm, imm8', 'RMI', 'NP 0F C5 /r', 'SSE'],
  ],
  /** `dst ← element imm8 of src`, i16, zero-extended. */
  vpextrw: [
    ['w:r32, r:x, imm8', 'RMI', 'VEX.128.66.0F.WIG C5 /r', 'AVX'],
    ['w:r32/m16, r:x, imm8', 'MRI', 'VEX.128.66.0F3A.WIG 15 /r', 'AVX'],
    ['w:r32, r:x, imm8', 'RMI', 'EVEX.128.66.0F.WIG C5 /r', 'AVX512BW'],
    ['w:r32/m16, r:x, imm8', 'MRI', 'EVEX.128.66.0F3A.WIG 15 /r t1s', 'AVX512BW'],
  ],
  /** `dst ← a with 128-bit lane imm8 replaced by b`. */
  vinsertf128: [['w:y, r:y, r:x/m128, imm8', 'RVMI', 'VEX.256.66.0F3A.W0 18 /r', 'AVX']],
  /** `dst ← 128-bit lane imm8 of src`. */
  vextractf128: [['w:x/m128, r:y, imm8', 'MRI', 'VEX.256.66.0F3A.W0 19 /r', 'AVX']],
  /** `dst ← a with 128-bit lane imm8 replaced by b`. */
  vinserti128: [['w:y, r:y, r:x/m128, imm8', 'RVMI', 'VEX.256.66.0F3A.W0 38 /r', 'AVX2']],
  /** `dst ← 128-bit lane imm8 of src`. */
  vextracti128: [['w:x/m128, r:y, imm8', 'MRI', 'VEX.256.66.0F3A.W0 39 /r', 'AVX2']],
  /** `dst ← a with its 128 bits at imm8 replaced by b`, masked by f32. */
  vinsertf32x4: [['w:yz{kz}, r:yz, r:x/m128, imm8', 'RVMI', 'EVEX.66.0F3A.W0 18 /r t4', 'AVX512F']],
  /** `dst ← 128 bits of src at imm8`, masked by f32. */
  vextractf32x4: [['w:x{kz}/m128{k}, r:yz, imm8', 'MRI', 'EVEX.66.0F3A.W0 19 /r t4', 'AVX512F']],
  /** `dst ← a with its 128 bits at imm8 replaced by b`, masked by f64. */
  vinsertf64x2: [['w:yz{kz}, r:yz, r:x/m128, imm8', 'RVMI', 'EVEX.66.0F3A.W1 18 /r t2', 'AVX512DQ']],
  /** `dst ← 128 bits of src at imm8`, masked by f64. */
  vextractf64x2: [['w:x{kz}/m128{k}, r:yz, imm8', 'MRI', 'EVEX.66.0F3A.W1 19 /r t2', 'AVX512DQ']],
  /** `dst ← a with its 256 bits at imm8 replaced by b`, masked by f32. */
  vinsertf32x8: [['w:z{kz}, r:z, r:y/m256, imm8', 'RVMI', 'EVEX.66.0F3A.W0 1A /r t8', 'AVX512DQ']],
  /** `dst ← 256 bits of src at imm8`, masked by f32. */
  vextractf32x8: [['w:y{kz}/m256{k}, r:z, imm8', 'MRI', 'EVEX.66.0F3A.W0 1B /r t8', 'AVX512DQ']],
  /** `dst ← a with its 256 bits at imm8 replaced by b`, masked by f64. */
  vinsertf64x4: [['w:z{kz}, r:z, r:y/m256, imm8', 'RVMI', 'EVEX.66.0F3A.W1 1A /r t4', 'AVX512F']],
  /** `dst ← 256 bits of src at imm8`, masked by f64. */
  vextractf64x4: [['w:y{kz}/m256{k}, r:z, imm8', 'MRI', 'EVEX.66.0F3A.W1 1B /r t4', 'AVX512F']],
  /** `dst ← a with its 128 bits at imm8 replaced by b`, masked by i32. */
  vinserti32x4: [['w:yz{kz}, r:yz, r:x/m128, imm8', 'RVMI', 'EVEX.66.0F3A.W0 38 /r t4', 'AVX512F']],
  /** `dst ← 128 bits of src at imm8`, masked by i32. */
  vextracti32x4: [['w:x{kz}/m128{k}, r:yz, imm8', 'MRI', 'EVEX.66.0F3A.W0 39 /r t4', 'AVX512F']],
  /** `dst ← a with its 128 bits at imm8 replaced by b`, masked by i64. */
  vinserti64x2: [['w:yz{kz}, r:yz, r:x/m128, imm8', 'RVMI', 'EVEX.66.0F3A.W1 38 /r t2', 'AVX512DQ']],
  /** `dst ← 128 bits of src at imm8`, masked by i64. */
  vextracti64x2: [['w:x{kz}/m128{k}, r:yz, imm8', 'MRI', 'EVEX.66.0F3A.W1 39 /r t2', 'AVX512DQ']],
  /** `dst ← a with its 256 bits at imm8 replaced by b`, masked by i32. */
  vinserti32x8: [['w:z{kz}, r:z, r:y/m256, imm8', 'RVMI', 'EVEX.66.0F3A.W0 3A /r t8', 'AVX512DQ']],
  /** `dst ← 256 bits of src at imm8`, masked by i32. */
  vextracti32x8: [['w:y{kz}/m256{k}, r:z, imm8', 'MRI', 'EVEX.66.0F3A.W0 3B /r t8', 'AVX512DQ']],
  /** `dst ← a with its 256 bits at imm8 replaced by b`, masked by i64. */
  vinserti64x4: [['w:z{kz}, r:z, r:y/m256, imm8', 'RVMI', 'EVEX.66.0F3A.W1 3A /r t4', 'AVX512F']],
  /** `dst ← 256 bits of src at imm8`, masked by i64. */
  vextracti64x4: [['w:y{kz}/m256{k}, r:z, imm8', 'MRI', 'EVEX.66.0F3A.W1 3B /r t4', 'AVX512F']],
  /** `dst ← b where the bit of imm8 is set, else a`, packed f32. */
  blendps: [['rw:x, r:x/mx, imm8', 'RMI', '66 0F 3A 0C /r', 'SSE4_1']],
  /** `dst ← b where the bit of imm8 is set, else a`, packed f32. */
  vblendps: [['w:xy, r:xy, r:xy/mxy, imm8', 'RVMI', 'VEX.66.0F3A.WIG 0C /r', 'AVX']],
  /** `dst ← b where the bit of imm8 is set, else a`, packed f64. */
  blendpd: [['rw:x, r:x/mx, imm8', 'RMI', '66 0F 3A 0D /r', 'SSE4_1']],
  /** `dst ← b where the bit of imm8 is set, else a`, packed f64. */
  vblendpd: [['w:xy, r:xy, r:xy/mxy, imm8', 'RVMI', 'VEX.66.0F3A.WIG 0D /r', 'AVX']],
  /** `dst ← b where the bit of imm8 is set, else a`, packed i16. */
  pblendw: [['rw:x, r:x/mx, imm8', 'RMI', '66 0F 3A 0E /r', 'SSE4_1']],
  /** `dst ← b where the bit of imm8 is set, else a`, packed i16. */
  vpblendw: [
    ['w:x, r:x, r:x/mx, imm8', 'RVMI', 'VEX.128.66.0F3A.WIG 0E /r', 'AVX'],
    ['w:y, r:y, r:y/my, imm8', 'RVMI', 'VEX.256.66.0F3A.WIG 0E /r', 'AVX2'],
  ],
  /** `dst ← b where the bit of imm8 is set, else a`, packed i32. */
  vpblendd: [['w:xy, r:xy, r:xy/mxy, imm8', 'RVMI', 'VEX.66.0F3A.W0 02 /r', 'AVX2']],
  /** `dst ← b where the sign of the mask element is set, else a`, packed f32; the mask is xmm0. */
  blendvps: [['rw:x, r:x/mx, r:xmm0', 'RM-', '66 0F 38 14 /r', 'SSE4_1']],
  /** `dst ← b where the sign of the mask element is set, else a`, packed f32. */
  vblendvps: [['w:xy, r:xy, r:xy/mxy, r:xy', 'RVMS', 'VEX.66.0F3A.W0 4A /r', 'AVX']],
  /** `dst ← b where the sign of the mask element is set, else a`, packed f64; the mask is xmm0. */
  blendvpd: [['rw:x, r:x/mx, r:xmm0', 'RM-', '66 0F 38 15 /r', 'SSE4_1']],
  /** `dst ← b where the sign of the mask element is set, else a`, packed f64. */
  vblendvpd: [['w:xy, r:xy, r:xy/mxy, r:xy', 'RVMS', 'VEX.66.0F3A.W0 4B /r', 'AVX']],
  /** `dst ← b where the sign of the mask element is set, else a`, packed i8; the mask is xmm0. */
  pblendvb: [['rw:x, r:x/mx, r:xmm0', 'RM-', '66 0F 38 10 /r', 'SSE4_1']],
  /** `dst ← b where the sign of the mask element is set, else a`, packed i8. */
  vpblendvb: [
    ['w:x, r:x, r:x/mx, r:x', 'RVMS', 'VEX.128.66.0F3A.W0 4C /r', 'AVX'],
    ['w:y, r:y, r:y/my, r:y', 'RVMS', 'VEX.256.66.0F3A.W0 4C /r', 'AVX2'],
  ],
  /** `dst ← b where the mask bit is set, else a` (or zero), packed f32. */
  vblendmps: [['w:xyz{kz}, r:xyz, r:xyz/mxyz/b32', 'RVM', 'EVEX.66.0F38.W0 65 /r full', 'AVX512F', 'blend']],
  /** `dst ← b where the mask bit is set, else a` (or zero), packed f64. */
  vblendmpd: [['w:xyz{kz}, r:xyz, r:xyz/mxyz/b64', 'RVM', 'EVEX.66.0F38.W1 65 /r full', 'AVX512F', 'blend']],
  /** `dst ← b where the mask bit is set, else a` (or zero), packed i8. */
  vpblendmb: [['w:xyz{kz}, r:xyz, r:xyz/mxyz', 'RVM', 'EVEX.66.0F38.W0 66 /r fullmem', 'AVX512BW', 'blend']],
  /** `dst ← b where the mask bit is set, else a` (or zero), packed i16. */
  vpblendmw: [['w:xyz{kz}, r:xyz, r:xyz/mxyz', 'RVM', 'EVEX.66.0F38.W1 66 /r fullmem', 'AVX512BW', 'blend']],
  /** `dst ← b where the mask bit is set, else a` (or zero), packed i32. */
  vpblendmd: [['w:xyz{kz}, r:xyz, r:xyz/mxyz/b32', 'RVM', 'EVEX.66.0F38.W0 64 /r full', 'AVX512F', 'blend']],
  /** `dst ← b where the mask bit is set, else a` (or zero), packed i64. */
  vpblendmq: [['w:xyz{kz}, r:xyz, r:xyz/mxyz/b64', 'RVM', 'EVEX.66.0F38.W1 64 /r full', 'AVX512F', 'blend']],
  /** `dst ← the elements of src whose mask bit is set`, packed together, packed f32. */
  vcompressps: [['w:xyz{kz}/mxyz{k}, r:xyz', 'MR', 'EVEX.66.0F38.W0 8A /r t1s', 'AVX512F']],
  /** `dst ← consecutive elements of src, put where the mask bit is set`, packed f32. */
  vexpandps: [['w:xyz{kz}, r:xyz/mxyz', 'RM', 'EVEX.66.0F38.W0 88 /r t1s', 'AVX512F']],
  /** `dst ← the elements of src whose mask bit is set`, packed together, packed f64. */
  vcompresspd: [['w:xyz{kz}/mxyz{k}, r:xyz', 'MR', 'EVEX.66.0F38.W1 8A /r t1s', 'AVX512F']],
  /** `dst ← consecutive elements of src, put where the mask bit is set`, packed f64. */
  vexpandpd: [['w:xyz{kz}, r:xyz/mxyz', 'RM', 'EVEX.66.0F38.W1 88 /r t1s', 'AVX512F']],
  /** `dst ← the elements of src whose mask bit is set`, packed together, packed i8. */
  vpcompressb: [['w:xyz{kz}/mxyz{k}, r:xyz', 'MR', 'EVEX.66.0F38.W0 63 /r t1s8', 'AVX512_VBMI2']],
  /** `dst ← consecutive elements of src, put where the mask bit is set`, packed i8. */
  vpexpandb: [['w:xyz{kz}, r:xyz/mxyz', 'RM', 'EVEX.66.0F38.W0 62 /r t1s8', 'AVX512_VBMI2']],
  /** `dst ← the elements of src whose mask bit is set`, packed together, packed i16. */
  vpcompressw: [['w:xyz{kz}/mxyz{k}, r:xyz', 'MR', 'EVEX.66.0F38.W1 63 /r t1s16', 'AVX512_VBMI2']],
  /** `dst ← consecutive elements of src, put where the mask bit is set`, packed i16. */
  vpexpandw: [['w:xyz{kz}, r:xyz/mxyz', 'RM', 'EVEX.66.0F38.W1 62 /r t1s16', 'AVX512_VBMI2']],
  /** `dst ← the elements of src whose mask bit is set`, packed together, packed i32. */
  vpcompressd: [['w:xyz{kz}/mxyz{k}, r:xyz', 'MR', 'EVEX.66.0F38.W0 8B /r t1s', 'AVX512F']],
  /** `dst ← consecutive elements of src, put where the mask bit is set`, packed i32. */
  vpexpandd: [['w:xyz{kz}, r:xyz/mxyz', 'RM', 'EVEX.66.0F38.W0 89 /r t1s', 'AVX512F']],
  /** `dst ← the elements of src whose mask bit is set`, packed together, packed i64. */
  vpcompressq: [['w:xyz{kz}/mxyz{k}, r:xyz', 'MR', 'EVEX.66.0F38.W1 8B /r t1s', 'AVX512F']],
  /** `dst ← consecutive elements of src, put where the mask bit is set`, packed i64. */
  vpexpandq: [['w:xyz{kz}, r:xyz/mxyz', 'RM', 'EVEX.66.0F38.W1 89 /r t1s', 'AVX512F']],
} as const
