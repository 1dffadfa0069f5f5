/** Rows of the conversions between floating-point and integer types and widths. */

export const convert = {
  /** `dst ← src`, packed f32 → f64. */
  cvtps2pd: [['w:x, r:x/m64', 'RM', 'NP 0F 5A /r', 'SSE2']],
  /** `dst ← src`, packed f32 → f64. */
  vcvtps2pd: [
    ['w:xy, r:xx/mqx', 'RM', 'VEX.NP.0F.WIG 5A /r', 'AVX'],
    ['w:xyz{kz}, r:xxy{sae}/mqxy/b32', 'RM', 'EVEX.NP.0F.W0 5A /r half', 'AVX512F'],
  ],
  /** `dst ← src`, packed f64 → f32. */
  cvtpd2ps: [['w:x, r:x/mx', 'RM', '66 0F 5A /r', 'SSE2']],
  /** `dst ← src`, packed f64 → f32. */
  vcvtpd2ps: [
    ['w:xx, r:xy/mxy', 'RM', 'VEX.66.0F.WIG 5A /r', 'AVX'],
    ['w:xxy{kz}, r:xyz{er}/mxyz/b64', 'RM', 'EVEX.66.0F.W1 5A /r full', 'AVX512F'],
  ],
  /** `dst ← src`, packed i32 → f32. */
  cvtdq2ps: [['w:x, r:x/mx', 'RM', 'NP 0F 5B /r', 'SSE2']],
  /** `dst ← src`, packed i32 → f32. */
  vcvtdq2ps: [
    ['w:xy, r:xy/mxy', 'RM', 'VEX.NP.0F.WIG 5B /r', 'AVX'],
    ['w:xyz{kz}, r:xyz{er}/mxyz/b32', 'RM', 'EVEX.NP.0F.W0 5B /r full', 'AVX512F'],
  ],
  /** `dst ← src`, packed f32 → i32. */
  cvtps2dq: [['w:x, r:x/mx', 'RM', '66 0F 5B /r', 'SSE2']],
  /** `dst ← src`, packed f32 → i32. */
  vcvtps2dq: [
    ['w:xy, r:xy/mxy', 'RM', 'VEX.66.0F.WIG 5B /r', 'AVX'],
    ['w:xyz{kz}, r:xyz{er}/mxyz/b32', 'RM', 'EVEX.66.0F.W0 5B /r full', 'AVX512F'],
  ],
  /** `dst ← src`, packed f32 → i32, truncated. */
  cvttps2dq: [['w:x, r:x/mx', 'RM', 'F3 0F 5B /r', 'SSE2']],
  /** `dst ← src`, packed f32 → i32, truncated. */
  vcvttps2dq: [
    ['w:xy, r:xy/mxy', 'RM', 'VEX.F3.0F.WIG 5B /r', 'AVX'],
    ['w:xyz{kz}, r:xyz{sae}/mxyz/b32', 'RM', 'EVEX.F3.0F.W0 5B /r full', 'AVX512F'],
  ],
  /** `dst ← src`, packed i32 → f64. */
  cvtdq2pd: [['w:x, r:x/m64', 'RM', 'F3 0F E6 /r', 'SSE2']],
  /** `dst ← src`, packed i32 → f64. */
  vcvtdq2pd: [
    ['w:xy, r:xx/mqx', 'RM', 'VEX.F3.0F.WIG E6 /r', 'AVX'],
    ['w:xyz{kz}, r:xxy/mqxy/b32', 'RM', 'EVEX.F3.0F.W0 E6 /r half', 'AVX512F'],
  ],
  /** `dst ← src`, packed f64 → i32. */
  cvtpd2dq: [['w:x, r:x/mx', 'RM', 'F2 0F E6 /r', 'SSE2']],
  /** `dst ← src`, packed f64 → i32. */
  vcvtpd2dq: [
    ['w:xx, r:xy/mxy', 'RM', 'VEX.F2.0F.WIG E6 /r', 'AVX'],
    ['w:xxy{kz}, r:xyz{er}/mxyz/b64', 'RM', 'EVEX.F2.0F.W1 E6 /r full', 'AVX512F'],
  ],
  /** `dst ← src`, packed f64 → i32, truncated. */
  cvttpd2dq: [['w:x, r:x/mx', 'RM', '66 0F E6 /r', 'SSE2']],
  /** `dst ← src`, packed f64 → i32, truncated. */
  vcvttpd2dq: [
    ['w:xx, r:xy/mxy', 'RM', 'VEX.66.0F.WIG E6 /r', 'AVX'],
    ['w:xxy{kz}, r:xyz{sae}/mxyz/b64', 'RM', 'EVEX.66.0F.W1 E6 /r full', 'AVX512F'],
  ],
  /** `dst ← src`, packed f32 → u32. */
  vcvtps2udq: [['w:xyz{kz}, r:xyz{er}/mxyz/b32', 'RM', 'EVEX.NP.0F.W0 79 /r full', 'AVX512F']],
  /** `dst ← src`, packed f32 → u32, truncated. */
  vcvttps2udq: [['w:xyz{kz}, r:xyz{sae}/mxyz/b32', 'RM', 'EVEX.NP.0F.W0 78 /r full', 'AVX512F']],
  /** `dst ← src`, packed f64 → u32. */
  vcvtpd2udq: [['w:xxy{kz}, r:xyz{er}/mxyz/b64', 'RM', 'EVEX.NP.0F.W1 79 /r full', 'AVX512F']],
  /** `dst ← src`, packed f64 → u32, truncated. */
  vcvttpd2udq: [['w:xxy{kz}, r:xyz{sae}/mxyz/b64', 'RM', 'EVEX.NP.0F.W1 78 /r full', 'AVX512F']],
  /** `dst ← src`, packed u32 → f32. */
  vcvtudq2ps: [['w:xyz{kz}, r:xyz{er}/mxyz/b32', 'RM', 'EVEX.F2.0F.W0 7A /r full', 'AVX512F']],
  /** `dst ← src`, packed u32 → f64. */
  vcvtudq2pd: [['w:xyz{kz}, r:xxy/mqxy/b32', 'RM', 'EVEX.F3.0F.W0 7A /r half', 'AVX512F']],
  /** `dst ← src`, packed f32 → i64. */
  vcvtps2qq: [['w:xyz{kz}, r:xxy{er}/mqxy/b32', 'RM', 'EVEX.66.0F.W0 7B /r half', 'AVX512DQ']],
  /** `dst ← src`, packed f32 → i64, truncated. */
  vcvttps2qq: [['w:xyz{kz}, r:xxy{sae}/mqxy/b32', 'RM', 'EVEX.66.0F.W0 7A /r half', 'AVX512DQ']],
  /** `dst ← src`, packed f32 → u64. */
  vcvtps2uqq: [['w:xyz{kz}, r:xxy{er}/mqxy/b32', 'RM', 'EVEX.66.0F.W0 79 /r half', 'AVX512DQ']],
  /** `dst ← src`, packed f32 → u64, truncated. */
  vcvttps2uqq: [['w:xyz{kz}, r:xxy{sae}/mqxy/b32', 'RM', 'EVEX.66.0F.W0 78 /r half', 'AVX512DQ']],
  /** `dst ← src`, packed f64 → i64. */
  vcvtpd2qq: [['w:xyz{kz}, r:xyz{er}/mxyz/b64', 'RM', 'EVEX.66.0F.W1 7B /r full', 'AVX512DQ']],
  /** `dst ← src`, packed f64 → i64, truncated. */
  vcvttpd2qq: [['w:xyz{kz}, r:xyz{sae}/mxyz/b64', 'RM', 'EVEX.66.0F.W1 7A /r full', 'AVX512DQ']],
  /** `dst ← src`, packed f64 → u64. */
  vcvtpd2uqq: [['w:xyz{kz}, r:xyz{er}/mxyz/b64', 'RM', 'EVEX.66.0F.W1 79 /r full', 'AVX512DQ']],
  /** `dst ← src`, packed f64 → u64, truncated. */
  vcvttpd2uqq: [['w:xyz{kz}, r:xyz{sae}/mxyz/b64', 'RM', 'EVEX.66.0F.W1 78 /r full', 'AVX512DQ']],
  /** `dst ← src`, packed i64 → f32. */
  vcvtqq2ps: [['w:xxy{kz}, r:xyz{er}/mxyz/b64', 'RM', 'EVEX.NP.0F.W1 5B /r full', 'AVX512DQ']],
  /** `dst ← src`, packed i64 → f64. */
  vcvtqq2pd: [['w:xyz{kz}, r:xyz{er}/mxyz/b64', 'RM', 'EVEX.F3.0F.W1 E6 /r full', 'AVX512DQ']],
  /** `dst ← src`, packed u64 → f32. */
  vcvtuqq2ps: [['w:xxy{kz}, r:xyz{er}/mxyz/b64', 'RM', 'EVEX.F2.0F.W1 7A /r full', 'AVX512DQ']],
  /** `dst ← src`, packed u64 → f64. */
  vcvtuqq2pd: [['w:xyz{kz}, r:xyz{er}/mxyz/b64', 'RM', 'EVEX.F3.0F.W1 7A /r full', 'AVX512DQ']],
  /** `low element of dst ← src`, scalar f32 → f64. */
  cvtss2sd: [['rw:x, r:x/m32', 'RM', 'F3 0F 5A /r', 'SSE2']],
  /** `dst ← a with its low element replaced by src`, scalar f32 → f64. */
  vcvtss2sd: [
    ['w:x, r:x, r:x/m32', 'RVM', 'VEX.LIG.F3.0F.WIG 5A /r', 'AVX'],
    ['w:x{kz}, r:x, r:x{sae}/m32', 'RVM', 'EVEX.LIG.F3.0F.W0 5A /r t1s', 'AVX512F'],
  ],
  /** `low element of dst ← src`, scalar f64 → f32. */
  cvtsd2ss: [['rw:x, r:x/m64', 'RM', 'F2 0F 5A /r', 'SSE2']],
  /** `dst ← a with its low element replaced by src`, scalar f64 → f32. */
  vcvtsd2ss: [
    ['w:x, r:x, r:x/m64', 'RVM', 'VEX.LIG.F2.0F.WIG 5A /r', 'AVX'],
    ['w:x{kz}, r:x, r:x{er}/m64', 'RVM', 'EVEX.LIG.F2.0F.W1 5A /r t1s', 'AVX512F'],
  ],
  /** `low element of dst ← src`, i32 or i64 → f32. */
  cvtsi2ss: [['rw:x, r:rdq/mdq', 'RM', 'F3 osz 0F 2A /r', 'SSE']],
  /** `dst ← a with its low element replaced by src`, i32 or i64 → f32. */
  vcvtsi2ss: [
    ['w:x, r:x, r:rdq/mdq', 'RVM', 'VEX.LIG.F3.0F.Wdq 2A /r', 'AVX'],
    ['w:x, r:x, r:r32{er}/m32', 'RVM', 'EVEX.LIG.F3.0F.W0 2A /r t1s', 'AVX512F'],
    ['w:x, r:x, r:r64{er}/m64', 'RVM', 'EVEX.LIG.F3.0F.W1 2A /r t1s', 'AVX512F'],
  ],
  /** `dst ← a with its low element replaced by src`, u32 or u64 → f32. */
  vcvtusi2ss: [
    ['w:x, r:x, r:r32{er}/m32', 'RVM', 'EVEX.LIG.F3.0F.W0 7B /r t1s', 'AVX512F'],
    ['w:x, r:x, r:r64{er}/m64', 'RVM', 'EVEX.LIG.F3.0F.W1 7B /r t1s', 'AVX512F'],
  ],
  /** `dst ← src`, scalar f32 → i32 or i64. */
  cvtss2si: [['w:rdq, r:x/m32', 'RM', 'F3 osz 0F 2D /r', 'SSE']],
  /** `dst ← src`, scalar f32 → i32 or i64. */
  vcvtss2si: [
    ['w:rdq, r:x/m32', 'RM', 'VEX.LIG.F3.0F.Wdq 2D /r', 'AVX'],
    ['w:rdq, r:x{er}/m32', 'RM', 'EVEX.LIG.F3.0F.Wdq 2D /r t1f', 'AVX512F'],
  ],
  /** `dst ← src`, scalar f32 → u32 or u64. */
  vcvtss2usi: [['w:rdq, r:x{er}/m32', 'RM', 'EVEX.LIG.F3.0F.Wdq 79 /r t1f', 'AVX512F']],
  /** `dst ← src`, scalar f32 → i32 or i64, truncated. */
  cvttss2si: [['w:rdq, r:x/m32', 'RM', 'F3 osz 0F 2C /r', 'SSE']],
  /** `dst ← src`, scalar f32 → i32 or i64, truncated. */
  vcvttss2si: [
    ['w:rdq, r:x/m32', 'RM', 'VEX.LIG.F3.0F.Wdq 2C /r', 'AVX'],
    ['w:rdq, r:x{sae}/m32', 'RM', 'EVEX.LIG.F3.0F.Wdq 2C /r t1f', 'AVX512F'],
  ],
  /** `dst ← src`, scalar f32 → u32 or u64, truncated. */
  vcvttss2usi: [['w:rdq, r:x{sae}/m32', 'RM', 'EVEX.LIG.F3.0F.Wdq 78 /r t1f', 'AVX512F']],
  /** `low element of dst ← src`, i32 or i64 → f64. */
  cvtsi2sd: [['rw:x, r:rdq/mdq', 'RM', 'F2 osz 0F 2A /r', 'SSE2']],
  /** `dst ← a with its low element replaced by src`, i32 or i64 → f64. */
  vcvtsi2sd: [
    ['w:x, r:x, r:rdq/mdq', 'RVM', 'VEX.LIG.F2.0F.Wdq 2A /r', 'AVX'],
    ['w:x, r:x, r:r32/m32', 'RVM', 'EVEX.LIG.F2.0F.W0 2A /r t1s', 'AVX512F'],
    ['w:x, r:x, r:r64{er}/m64', 'RVM', 'EVEX.LIG.F2.0F.W1 2A /r t1s', 'AVX512F'],
  ],
  /** `dst ← a with its low element replaced by src`, u32 or u64 → f64. */
  vcvtusi2sd: [
    ['w:x, r:x, r:r32/m32', 'RVM', 'EVEX.LIG.F2.0F.W0 7B /r t1s', 'AVX512F'],
    ['w:x, r:x, r:r64{er}/m64', 'RVM', 'EVEX.LIG.F2.0F.W1 7B /r t1s', 'AVX512F'],
  ],
  /** `dst ← src`, scalar f64 → i32 or i64. */
  cvtsd2si: [['w:rdq, r:x/m64', 'RM', 'F2 osz 0F 2D /r', 'SSE2']],
  /** `dst ← src`, scalar f64 → i32 or i64. */
  vcvtsd2si: [
    ['w:rdq, r:x/m64', 'RM', 'VEX.LIG.F2.0F.Wdq 2D /r', 'AVX'],
    ['w:rdq, r:x{er}/m64', 'RM', 'EVEX.LIG.F2.0F.Wdq 2D /r t1f', 'AVX512F'],
  ],
  /** `dst ← src`, scalar f64 → u32 or u64. */
  vcvtsd2usi: [['w:rdq, r:x{er}/m64', 'RM', 'EVEX.LIG.F2.0F.Wdq 79 /r t1f', 'AVX512F']],
  /** `dst ← src`, scalar f64 → i32 or i64, truncated. */
  cvttsd2si: [['w:rdq, r:x/m64', 'RM', 'F2 osz 0F 2C /r', 'SSE2']],
  /** `dst ← src`, scalar f64 → i32 or i64, truncated. */
  vcvttsd2si: [
    ['w:rdq, r:x/m64', 'RM', 'VEX.LIG.F2.0F.Wdq 2C /r', 'AVX'],
    ['w:rdq, r:x{sae}/m64', 'RM', 'EVEX.LIG.F2.0F.Wdq 2C /r t1f', 'AVX512F'],
  ],
  /** `dst ← src`, scalar f64 → u32 or u64, truncated. */
  vcvttsd2usi: [['w:rdq, r:x{sae}/m64', 'RM', 'EVEX.LIG.F2.0F.Wdq 78 /r t1f', 'AVX512F']],
  /** `dst ← src`, packed f16 → f32. */
  vcvtph2ps: [
    ['w:xy, r:xx/mqx', 'RM', 'VEX.66.0F38.W0 13 /r', 'F16C'],
    ['w:xyz{kz}, r:xxy{sae}/mqxy', 'RM', 'EVEX.66.0F38.W0 13 /r halfmem', 'AVX512F'],
  ],
  /** `dst ← src`, packed f32 → f16, rounding in imm8. */
  vcvtps2ph: [
    ['w:xx/mqx, r:xy, imm8', 'MRI', 'VEX.66.0F3A.W0 1D /r', 'F16C'],
    ['w:xxy{kz}, r:xyz{sae}, imm8', 'MRI', 'EVEX.66.0F3A.W0 1D /r', 'AVX512F'],
    ['w:mqxy{k}, r:xyz, imm8', 'MRI', 'EVEX.66.0F3A.W0 1D /r halfmem', 'AVX512F'],
  ],
  /** `dst ← src`, packed i8 → i16. */
  pmovsxbw: [['w:x, r:x/m64', 'RM', '66 0F 38 20 /r', 'SSE4_1']],
  /** `dst ← src`, packed i8 → i16. */
  vpmovsxbw: [
    ['w:x, r:x/m64', 'RM', 'VEX.128.66.0F38.WIG 20 /r', 'AVX'],
    ['w:y, r:x/mx', 'RM', 'VEX.256.66.0F38.WIG 20 /r', 'AVX2'],
    ['w:xyz{kz}, r:xxy/mqxy', 'RM', 'EVEX.66.0F38.WIG 20 /r halfmem', 'AVX512BW'],
  ],
  /** `dst ← src`, packed u8 → i16. */
  pmovzxbw: [['w:x, r:x/m64', 'RM', '66 0F 38 30 /r', 'SSE4_1']],
  /** `dst ← src`, packed u8 → i16. */
  vpmovzxbw: [
    ['w:x, r:x/m64', 'RM', 'VEX.128.66.0F38.WIG 30 /r', 'AVX'],
    ['w:y, r:x/mx', 'RM', 'VEX.256.66.0F38.WIG 30 /r', 'AVX2'],
    ['w:xyz{kz}, r:xxy/mqxy', 'RM', 'EVEX.66.0F38.WIG 30 /r halfmem', 'AVX512BW'],
  ],
  /** `dst ← src`, packed i8 → i32. */
  pmovsxbd: [['w:x, r:x/m32', 'RM', '66 0F 38 21 /r', 'SSE4_1']],
  /** `dst ← src`, packed i8 → i32. */
  vpmovsxbd: [
    ['w:x, r:x/m32', 'RM', 'VEX.128.66.0F38.WIG 21 /r', 'AVX'],
    ['w:y, r:x/mq', 'RM', 'VEX.256.66.0F38.WIG 21 /r', 'AVX2'],
    ['w:xyz{kz}, r:x/mdqx', 'RM', 'EVEX.66.0F38.WIG 21 /r quartermem', 'AVX512F'],
  ],
  /** `dst ← src`, packed u8 → i32. */
  pmovzxbd: [['w:x, r:x/m32', 'RM', '66 0F 38 31 /r', 'SSE4_1']],
  /** `dst ← src`, packed u8 → i32. */
  vpmovzxbd: [
    ['w:x, r:x/m32', 'RM', 'VEX.128.66.0F38.WIG 31 /r', 'AVX'],
    ['w:y, r:x/mq', 'RM', 'VEX.256.66.0F38.WIG 31 /r', 'AVX2'],
    ['w:xyz{kz}, r:x/mdqx', 'RM', 'EVEX.66.0F38.WIG 31 /r quartermem', 'AVX512F'],
  ],
  /** `dst ← src`, packed i8 → i64. */
  pmovsxbq: [['w:x, r:x/m16', 'RM', '66 0F 38 22 /r', 'SSE4_1']],
  /** `dst ← src`, packed i8 → i64. */
  vpmovsxbq: [
    ['w:x, r:x/m16', 'RM', 'VEX.128.66.0F38.WIG 22 /r', 'AVX'],
    ['w:y, r:x/md', 'RM', 'VEX.256.66.0F38.WIG 22 /r', 'AVX2'],
    ['w:xyz{kz}, r:x/mwdq', 'RM', 'EVEX.66.0F38.WIG 22 /r eighthmem', 'AVX512F'],
  ],
  /** `dst ← src`, packed u8 → i64. */
  pmovzxbq: [['w:x, r:x/m16', 'RM', '66 0F 38 32 /r', 'SSE4_1']],
  /** `dst ← src`, packed u8 → i64. */
  vpmovzxbq: [
    ['w:x, r:x/m16', 'RM', 'VEX.128.66.0F38.WIG 32 /r', 'AVX'],
    ['w:y, r:x/md', 'RM', 'VEX.256.66.0F38.WIG 32 /r', 'AVX2'],
    ['w:xyz{kz}, r:x/mwdq', 'RM', 'EVEX.66.0F38.WIG 32 /r eighthmem', 'AVX512F'],
  ],
  /** `dst ← src`, packed i16 → i32. */
  pmovsxwd: [['w:x, r:x/m64', 'RM', '66 0F 38 23 /r', 'SSE4_1']],
  /** `dst ← src`, packed i16 → i32. */
  vpmovsxwd: [
    ['w:x, r:x/m64', 'RM', 'VEX.128.66.0F38.WIG 23 /r', 'AVX'],
    ['w:y, r:x/mx', 'RM', 'VEX.256.66.0F38.WIG 23 /r', 'AVX2'],
    ['w:xyz{kz}, r:xxy/mqxy', 'RM', 'EVEX.66.0F38.WIG 23 /r halfmem', 'AVX512F'],
  ],
  /** `dst ← src`, packed u16 → i32. */
  pmovzxwd: [['w:x, r:x/m64', 'RM', '66 0F 38 33 /r', 'SSE4_1']],
  /** `dst ← src`, packed u16 → i32. */
  vpmovzxwd: [
    ['w:x, r:x/m64', 'RM', 'VEX.128.66.0F38.WIG 33 /r', 'AVX'],
    ['w:y, r:x/mx', 'RM', 'VEX.256.66.0F38.WIG 33 /r', 'AVX2'],
    ['w:xyz{kz}, r:xxy/mqxy', 'RM', 'EVEX.66.0F38.WIG 33 /r halfmem', 'AVX512F'],
  ],
  /** `dst ← src`, packed i16 → i64. */
  pmovsxwq: [['w:x, r:x/m32', 'RM', '66 0F 38 24 /r', 'SSE4_1']],
  /** `dst ← src`, packed i16 → i64. */
  vpmovsxwq: [
    ['w:x, r:x/m32', 'RM', 'VEX.128.66.0F38.WIG 24 /r', 'AVX'],
    ['w:y, r:x/mq', 'RM', 'VEX.256.66.0F38.WIG 24 /r', 'AVX2'],
    ['w:xyz{kz}, r:x/mdqx', 'RM', 'EVEX.66.0F38.WIG 24 /r quartermem', 'AVX512F'],
  ],
  /** `dst ← src`, packed u16 → i64. */
  pmovzxwq: [['w:x, r:x/m32', 'RM', '66 0F 38 34 /r', 'SSE4_1']],
  /** `dst ← src`, packed u16 → i64. */
  vpmovzxwq: [
    ['w:x, r:x/m32', 'RM', 'VEX.128.66.0F38.WIG 34 /r', 'AVX'],
    ['w:y, r:x/mq', 'RM', 'VEX.256.66.0F38.WIG 34 /r', 'AVX2'],
    ['w:xyz{kz}, r:x/mdqx', 'RM', 'EVEX.66.0F38.WIG 34 /r quartermem', 'AVX512F'],
  ],
  /** `dst ← src`, packed i32 → i64. */
  pmovsxdq: [['w:x, r:x/m64', 'RM', '66 0F 38 25 /r', 'SSE4_1']],
  /** `dst ← src`, packed i32 → i64. */
  vpmovsxdq: [
    ['w:x, r:x/m64', 'RM', 'VEX.128.66.0F38.WIG 25 /r', 'AVX'],
    ['w:y, r:x/mx', 'RM', 'VEX.256.66.0F38.WIG 25 /r', 'AVX2'],
    ['w:xyz{kz}, r:xxy/mqxy', 'RM', 'EVEX.66.0F38.W0 25 /r halfmem', 'AVX512F'],
  ],
  /** `dst ← src`, packed u32 → i64. */
  pmovzxdq: [['w:x, r:x/m64', 'RM', '66 0F 38 35 /r', 'SSE4_1']],
  /** `dst ← src`, packed u32 → i64. */
  vpmovzxdq: [
    ['w:x, r:x/m64', 'RM', 'VEX.128.66.0F38.WIG 35 /r', 'AVX'],
    ['w:y, r:x/mx', 'RM', 'VEX.256.66.0F38.WIG 35 /r', 'AVX2'],
    ['w:xyz{kz}, r:xxy/mqxy', 'RM', 'EVEX.66.0F38.W0 35 /r halfmem', 'AVX512F'],
  ],
  /** `dst ← src`, packed i16 → i8, truncated. */
  vpmovwb: [['w:xxy{kz}/mqxy{k}, r:xyz', 'MR', 'EVEX.F3.0F38.W0 30 /r halfmem', 'AVX512BW']],
  /** `dst ← src`, packed i16 → i8, signed saturation. */
  vpmovswb: [['w:xxy{kz}/mqxy{k}, r:xyz', 'MR', 'EVEX.F3.0F38.W0 20 /r halfmem', 'AVX512BW']],
  /** `dst ← src`, packed i16 → i8, unsigned saturation. */
  vpmovuswb: [['w:xxy{kz}/mqxy{k}, r:xyz', 'MR', 'EVEX.F3.0F38.W0 10 /r halfmem', 'AVX512BW']],
  /** `dst ← src`, packed i32 → i8, truncated. */
  vpmovdb: [['w:xxx{kz}/mdqx{k}, r:xyz', 'MR', 'EVEX.F3.0F38.W0 31 /r quartermem', 'AVX512F']],
  /** `dst ← src`, packed i32 → i8, signed saturation. */
  vpmovsdb: [['w:xxx{kz}/mdqx{k}, r:xyz', 'MR', 'EVEX.F3.0F38.W0 21 /r quartermem', 'AVX512F']],
  /** `dst ← src`, packed i32 → i8, unsigned saturation. */
  vpmovusdb: [['w:xxx{kz}/mdqx{k}, r:xyz', 'MR', 'EVEX.F3.0F38.W0 11 /r quartermem', 'AVX512F']],
  /** `dst ← src`, packed i64 → i8, truncated. */
  vpmovqb: [['w:xxx{kz}/mwdq{k}, r:xyz', 'MR', 'EVEX.F3.0F38.W0 32 /r eighthmem', 'AVX512F']],
  /** `dst ← src`, packed i64 → i8, signed saturation. */
  vpmovsqb: [['w:xxx{kz}/mwdq{k}, r:xyz', 'MR', 'EVEX.F3.0F38.W0 22 /r eighthmem', 'AVX512F']],
  /** `dst ← src`, packed i64 → i8, unsigned saturation. */
  vpmovusqb: [['w:xxx{kz}/mwdq{k}, r:xyz', 'MR', 'EVEX.F3.0F38.W0 12 /r eighthmem', 'AVX512F']],
  /** `dst ← src`, packed i32 → i16, truncated. */
  vpmovdw: [['w:xxy{kz}/mqxy{k}, r:xyz', 'MR', 'EVEX.F3.0F38.W0 33 /r halfmem', 'AVX512F']],
  /** `dst ← src`, packed i32 → i16, signed saturation. */
  vpmovsdw: [['w:xxy{kz}/mqxy{k}, r:xyz', 'MR', 'EVEX.F3.0F38.W0 23 /r halfmem', 'AVX512F']],
  /** `dst ← src`, packed i32 → i16, unsigned saturation. */
  vpmovusdw: [['w:xxy{kz}/mqxy{k}, r:xyz', 'MR', 'EVEX.F3.0F38.W0 13 /r halfmem', 'AVX512F']],
  /** `dst ← src`, packed i64 → i16, truncated. */
  vpmovqw: [['w:xxx{kz}/mdqx{k}, r:xyz', 'MR', 'EVEX.F3.0F38.W0 34 /r quartermem', 'AVX512F']],
  /** `dst ← src`, packed i64 → i16, signed saturation. */
  vpmovsqw: [['w:xxx{kz}/mdqx{k}, r:xyz', 'MR', 'EVEX.F3.0F38.W0 24 /r quartermem', 'AVX512F']],
  /** `dst ← src`, packed i64 → i16, unsigned saturation. */
  vpmovusqw: [['w:xxx{kz}/mdqx{k}, r:xyz', 'MR', 'EVEX.F3.0F38.W0 14 /r quartermem', 'AVX512F']],
  /** `dst ← src`, packed i64 → i32, truncated. */
  vpmovqd: [['w:xxy{kz}/mqxy{k}, r:xyz', 'MR', 'EVEX.F3.0F38.W0 35 /r halfmem', 'AVX512F']],
  /** `dst ← src`, packed i64 → i32, signed saturation. */
  vpmovsqd: [['w:xxy{kz}/mqxy{k}, r:xyz', 'MR', 'EVEX.F3.0F38.W0 25 /r halfmem', 'AVX512F']],
  /** `dst ← src`, packed i64 → i32, unsigned saturation. */
  vpmovusqd: [['w:xxy{kz}/mqxy{k}, r:xyz', 'MR', 'EVEX.F3.0F38.W0 15 /r halfmem', 'AVX512F']],
  /** `dst ← src`, packed f16 → i16. */
  vcvtph2w: [['w:xyz{kz}, r:xyz{er}/mxyz/b16', 'RM', 'EVEX.66.MAP5.W0 7D /r full', 'AVX512_FP16']],
  /** `dst ← src`, packed f16 → i16, truncated. */
  vcvttph2w: [['w:xyz{kz}, r:xyz{sae}/mxyz/b16', 'RM', 'EVEX.66.MAP5.W0 7C /r full', 'AVX512_FP16']],
  /** `dst ← src`, packed f16 → u16. */
  vcvtph2uw: [['w:xyz{kz}, r:xyz{er}/mxyz/b16', 'RM', 'EVEX.NP.MAP5.W0 7D /r full', 'AVX512_FP16']],
  /** `dst ← src`, packed f16 → u16, truncated. */
  vcvttph2uw: [['w:xyz{kz}, r:xyz{sae}/mxyz/b16', 'RM', 'EVEX.NP.MAP5.W0 7C /r full', 'AVX512_FP16']],
  /** `dst ← src`, packed i16 → f16. */
  vcvtw2ph: [['w:xyz{kz}, r:xyz{er}/mxyz/b16', 'RM', 'EVEX.F3.MAP5.W0 7D /r full', 'AVX512_FP16']],
  /** `dst ← src`, packed u16 → f16. */
  vcvtuw2ph: [['w:xyz{kz}, r:xyz{er}/mxyz/b16', 'RM', 'EVEX.F2.MAP5.W0 7D /r full', 'AVX512_FP16']],
  /** `dst ← src`, packed f16 → i32. */
  vcvtph2dq: [['w:xyz{kz}, r:xxy{er}/mqxy/b16', 'RM', 'EVEX.66.MAP5.W0 5B /r half', 'AVX512_FP16']],
  /** `dst ← src`, packed f16 → i32, truncated. */
  vcvttph2dq: [['w:xyz{kz}, r:xxy{sae}/mqxy/b16', 'RM', 'EVEX.F3.MAP5.W0 5B /r half', 'AVX512_FP16']],
  /** `dst ← src`, packed f16 → u32. */
  vcvtph2udq: [['w:xyz{kz}, r:xxy{er}/mqxy/b16', 'RM', 'EVEX.NP.MAP5.W0 79 /r half', 'AVX512_FP16']],
  /** `dst ← src`, packed f16 → u32, truncated. */
  vcvttph2udq: [['w:xyz{kz}, r:xxy{sae}/mqxy/b16', 'RM', 'EVEX.NP.MAP5.W0 78 /r half', 'AVX512_FP16']],
  /** `dst ← src`, packed f16 → f32, with broadcast. */
  vcvtph2psx: [['w:xyz{kz}, r:xxy{sae}/mqxy/b16', 'RM', 'EVEX.66.MAP6.W0 13 /r half', 'AVX512_FP16']],
  /** `dst ← src`, packed f16 → f64. */
  vcvtph2pd: [['w:xyz{kz}, r:xxx{sae}/mdqx/b16', 'RM', 'EVEX.NP.MAP5.W0 5A /r quarter', 'AVX512_FP16']],
  /** `dst ← src`, packed f16 → i64. */
  vcvtph2qq: [['w:xyz{kz}, r:xxx{er}/mdqx/b16', 'RM', 'EVEX.66.MAP5.W0 7B /r quarter', 'AVX512_FP16']],
  /** `dst ← src`, packed f16 → i64, truncated. */
  vcvttph2qq: [['w:xyz{kz}, r:xxx{sae}/mdqx/b16', 'RM', 'EVEX.66.MAP5.W0 7A /r quarter', 'AVX512_FP16']],
  /** `dst ← src`, packed f16 → u64. */
  vcvtph2uqq: [['w:xyz{kz}, r:xxx{er}/mdqx/b16', 'RM', 'EVEX.66.MAP5.W0 79 /r quarter', 'AVX512_FP16']],
  /** `dst ← src`, packed f16 → u64, truncated. */
  vcvttph2uqq: [['w:xyz{kz}, r:xxx{sae}/mdqx/b16', 'RM', 'EVEX.66.MAP5.W0 78 /r quarter', 'AVX512_FP16']],
  /** `dst ← src`, packed i32 → f16. */
  vcvtdq2ph: [['w:xxy{kz}, r:xyz{er}/mxyz/b32', 'RM', 'EVEX.NP.MAP5.W0 5B /r full', 'AVX512_FP16']],
  /** `dst ← src`, packed u32 → f16. */
  vcvtudq2ph: [['w:xxy{kz}, r:xyz{er}/mxyz/b32', 'RM', 'EVEX.F2.MAP5.W0 7A /r full', 'AVX512_FP16']],
  /** `dst ← src`, packed f32 → f16, with broadcast and embedded rounding. */
  vcvtps2phx: [['w:xxy{kz}, r:xyz{er}/mxyz/b32', 'RM', 'EVEX.66.MAP5.W0 1D /r full', 'AVX512_FP16']],
  /** `dst ← src`, packed f64 → f16. */
  vcvtpd2ph: [['w:xxx{kz}, r:xyz{er}/mxyz/b64', 'RM', 'EVEX.66.MAP5.W1 5A /r full', 'AVX512_FP16']],
  /** `dst ← src`, packed i64 → f16. */
  vcvtqq2ph: [['w:xxx{kz}, r:xyz{er}/mxyz/b64', 'RM', 'EVEX.NP.MAP5.W1 5B /r full', 'AVX512_FP16']],
  /** `dst ← src`, packed u64 → f16. */
  vcvtuqq2ph: [['w:xxx{kz}, r:xyz{er}/mxyz/b64', 'RM', 'EVEX.F2.MAP5.W1 7A /r full', 'AVX512_FP16']],
  /** `dst ← a with its low element replaced by src`, scalar f16 → f32. */
  vcvtsh2ss: [['w:x{kz}, r:x, r:x{sae}/m16', 'RVM', 'EVEX.LIG.NP.MAP6.W0 13 /r t1s', 'AVX512_FP16']],
  /** `dst ← a with its low element replaced by src`, scalar f32 → f16. */
  vcvtss2sh: [['w:x{kz}, r:x, r:x{er}/m32', 'RVM', 'EVEX.LIG.NP.MAP5.W0 1D /r t1s', 'AVX512_FP16']],
  /** `dst ← a with its low element replaced by src`, scalar f16 → f64. */
  vcvtsh2sd: [['w:x{kz}, r:x, r:x{sae}/m16', 'RVM', 'EVEX.LIG.F3.MAP5.W0 5A /r t1s', 'AVX512_FP16']],
  /** `dst ← a with its low element replaced by src`, scalar f64 → f16. */
  vcvtsd2sh: [['w:x{kz}, r:x, r:x{er}/m64', 'RVM', 'EVEX.LIG.F2.MAP5.W1 5A /r t1s', 'AVX512_FP16']],
  /** `dst ← src`, scalar f16 → i32 or i64. */
  vcvtsh2si: [['w:rdq, r:x{er}/m16', 'RM', 'EVEX.LIG.F3.MAP5.Wdq 2D /r t1f', 'AVX512_FP16']],
  /** `dst ← src`, scalar f16 → i32 or i64, truncated. */
  vcvttsh2si: [['w:rdq, r:x{sae}/m16', 'RM', 'EVEX.LIG.F3.MAP5.Wdq 2C /r t1f', 'AVX512_FP16']],
  /** `dst ← src`, scalar f16 → u32 or u64. */
  vcvtsh2usi: [['w:rdq, r:x{er}/m16', 'RM', 'EVEX.LIG.F3.MAP5.Wdq 79 /r t1f', 'AVX512_FP16']],
  /** `dst ← src`, scalar f16 → u32 or u64, truncated. */
  vcvttsh2usi: [['w:rdq, r:x{sae}/m16', 'RM', 'EVEX.LIG.F3.MAP5.Wdq 78 /r t1f', 'AVX512_FP16']],
  /** `dst ← a with its low element replaced by src`, i32 or i64 → f16. */
  vcvtsi2sh: [['w:x, r:x, r:rdq{er}/mdq', 'RVM', 'EVEX.LIG.F3.MAP5.Wdq 2A /r t1s', 'AVX512_FP16']],
  /** `dst ← a with its low element replaced by src`, u32 or u64 → f16. */
  vcvtusi2sh: [['w:x, r:x, r:rdq{er}/mdq', 'RVM', 'EVEX.LIG.F3.MAP5.Wdq 7B /r t1s', 'AVX512_FP16']],
} as const
