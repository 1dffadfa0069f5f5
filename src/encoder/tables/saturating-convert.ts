/** Rows of AVX10.2: conversions to f8 and with saturation to integers, f16 dot products, read-shared loads. */

export const saturatingConvert = {
  /** `dst ← b`, packed f16 → f8 (E5M2), rounded with the bias in a. */
  vcvtbiasph2bf8: [['w:xxy{kz}, r:xyz, r:xyz/mxyz/b16', 'RVM', 'EVEX.NP.0F38.W0 74 /r full', 'AVX10_2']],
  /** `dst ← a in the high half, b in the low half`, packed f16 → f8 (E5M2). */
  vcvt2ph2bf8: [['w:xyz{kz}, r:xyz, r:xyz/mxyz/b16', 'RVM', 'EVEX.F2.0F38.W0 74 /r full', 'AVX10_2']],
  /** `dst ← src`, packed f16 → f8 (E5M2). */
  vcvtph2bf8: [['w:xxy{kz}, r:xyz/mxyz/b16', 'RM', 'EVEX.F3.0F38.W0 74 /r full', 'AVX10_2']],
  /** `dst ← b`, packed f16 → f8 (E5M2), rounded with the bias in a, saturated. */
  vcvtbiasph2bf8s: [['w:xxy{kz}, r:xyz, r:xyz/mxyz/b16', 'RVM', 'EVEX.NP.MAP5.W0 74 /r full', 'AVX10_2']],
  /** `dst ← a in the high half, b in the low half`, packed f16 → f8 (E5M2), saturated. */
  vcvt2ph2bf8s: [['w:xyz{kz}, r:xyz, r:xyz/mxyz/b16', 'RVM', 'EVEX.F2.MAP5.W0 74 /r full', 'AVX10_2']],
  /** `dst ← src`, packed f16 → f8 (E5M2), saturated. */
  vcvtph2bf8s: [['w:xxy{kz}, r:xyz/mxyz/b16', 'RM', 'EVEX.F3.MAP5.W0 74 /r full', 'AVX10_2']],
  /** `dst ← b`, packed f16 → f8 (E4M3), rounded with the bias in a. */
  vcvtbiasph2hf8: [['w:xxy{kz}, r:xyz, r:xyz/mxyz/b16', 'RVM', 'EVEX.NP.MAP5.W0 18 /r full', 'AVX10_2']],
  /** `dst ← a in the high half, b in the low half`, packed f16 → f8 (E4M3). */
  vcvt2ph2hf8: [['w:xyz{kz}, r:xyz, r:xyz/mxyz/b16', 'RVM', 'EVEX.F2.MAP5.W0 18 /r full', 'AVX10_2']],
  /** `dst ← src`, packed f16 → f8 (E4M3). */
  vcvtph2hf8: [['w:xxy{kz}, r:xyz/mxyz/b16', 'RM', 'EVEX.F3.MAP5.W0 18 /r full', 'AVX10_2']],
  /** `dst ← b`, packed f16 → f8 (E4M3), rounded with the bias in a, saturated. */
  vcvtbiasph2hf8s: [['w:xxy{kz}, r:xyz, r:xyz/mxyz/b16', 'RVM', 'EVEX.NP.MAP5.W0 1B /r full', 'AVX10_2']],
  /** `dst ← a in the high half, b in the low half`, packed f16 → f8 (E4M3), saturated. */
  vcvt2ph2hf8s: [['w:xyz{kz}, r:xyz, r:xyz/mxyz/b16', 'RVM', 'EVEX.F2.MAP5.W0 1B /r full', 'AVX10_2']],
  /** `dst ← src`, packed f16 → f8 (E4M3), saturated. */
  vcvtph2hf8s: [['w:xxy{kz}, r:xyz/mxyz/b16', 'RM', 'EVEX.F3.MAP5.W0 1B /r full', 'AVX10_2']],
  /** `dst ← src`, packed f8 (E4M3) → f16. */
  vcvthf82ph: [['w:xyz{kz}, r:xxy/mqxy', 'RM', 'EVEX.F2.MAP5.W0 1E /r halfmem', 'AVX10_2']],
  /** `dst ← a in the high half, b in the low half`, packed f32 → f16. */
  vcvt2ps2phx: [['w:xyz{kz}, r:xyz, r:xyz{er}/mxyz/b32', 'RVM', 'EVEX.66.0F38.W0 67 /r full', 'AVX10_2']],
  /** `dst ← src`, packed f16 → i8 in the low byte of each element, truncated, saturated. */
  vcvttph2ibs: [['w:xyz{kz}, r:xyz{sae}/mxyz/b16', 'RM', 'EVEX.NP.MAP5.W0 68 /r full', 'AVX10_2']],
  /** `dst ← src`, packed f16 → i8 in the low byte of each element, saturated. */
  vcvtph2ibs: [['w:xyz{kz}, r:xyz{er}/mxyz/b16', 'RM', 'EVEX.NP.MAP5.W0 69 /r full', 'AVX10_2']],
  /** `dst ← src`, packed f16 → u8 in the low byte of each element, truncated, saturated. */
  vcvttph2iubs: [['w:xyz{kz}, r:xyz{sae}/mxyz/b16', 'RM', 'EVEX.NP.MAP5.W0 6A /r full', 'AVX10_2']],
  /** `dst ← src`, packed f16 → u8 in the low byte of each element, saturated. */
  vcvtph2iubs: [['w:xyz{kz}, r:xyz{er}/mxyz/b16', 'RM', 'EVEX.NP.MAP5.W0 6B /r full', 'AVX10_2']],
  /** `dst ← src`, packed f32 → i8 in the low byte of each element, truncated, saturated. */
  vcvttps2ibs: [['w:xyz{kz}, r:xyz{sae}/mxyz/b32', 'RM', 'EVEX.66.MAP5.W0 68 /r full', 'AVX10_2']],
  /** `dst ← src`, packed f32 → i8 in the low byte of each element, saturated. */
  vcvtps2ibs: [['w:xyz{kz}, r:xyz{er}/mxyz/b32', 'RM', 'EVEX.66.MAP5.W0 69 /r full', 'AVX10_2']],
  /** `dst ← src`, packed f32 → u8 in the low byte of each element, truncated, saturated. */
  vcvttps2iubs: [['w:xyz{kz}, r:xyz{sae}/mxyz/b32', 'RM', 'EVEX.66.MAP5.W0 6A /r full', 'AVX10_2']],
  /** `dst ← src`, packed f32 → u8 in the low byte of each element, saturated. */
  vcvtps2iubs: [['w:xyz{kz}, r:xyz{er}/mxyz/b32', 'RM', 'EVEX.66.MAP5.W0 6B /r full', 'AVX10_2']],
  /** `dst ← src`, packed bf16 → i8 in the low byte of each element, truncated, saturated. */
  vcvttbf162ibs: [['w:xyz{kz}, r:xyz/mxyz/b16', 'RM', 'EVEX.F2.MAP5.W0 68 /r full', 'AVX10_2']],
  /** `dst ← src`, packed bf16 → i8 in the low byte of each element, saturated. */
  vcvtbf162ibs: [['w:xyz{kz}, r:xyz/mxyz/b16', 'RM', 'EVEX.F2.MAP5.W0 69 /r full', 'AVX10_2']],
  /** `dst ← src`, packed bf16 → u8 in the low byte of each element, truncated, saturated. */
  vcvttbf162iubs: [['w:xyz{kz}, r:xyz/mxyz/b16', 'RM', 'EVEX.F2.MAP5.W0 6A /r full', 'AVX10_2']],
  /** `dst ← src`, packed bf16 → u8 in the low byte of each element, saturated. */
  vcvtbf162iubs: [['w:xyz{kz}, r:xyz/mxyz/b16', 'RM', 'EVEX.F2.MAP5.W0 6B /r full', 'AVX10_2']],
  /** `dst ← src`, packed f32 → u32, truncated, saturated. */
  vcvttps2udqs: [['w:xyz{kz}, r:xyz{sae}/mxyz/b32', 'RM', 'EVEX.NP.MAP5.W0 6C /r full', 'AVX10_2']],
  /** `dst ← src`, packed f64 → u32, truncated, saturated. */
  vcvttpd2udqs: [['w:xxy{kz}, r:xyz{sae}/mxyz/b64', 'RM', 'EVEX.NP.MAP5.W1 6C /r full', 'AVX10_2']],
  /** `dst ← src`, packed f32 → i32, truncated, saturated. */
  vcvttps2dqs: [['w:xyz{kz}, r:xyz{sae}/mxyz/b32', 'RM', 'EVEX.NP.MAP5.W0 6D /r full', 'AVX10_2']],
  /** `dst ← src`, packed f64 → i32, truncated, saturated. */
  vcvttpd2dqs: [['w:xxy{kz}, r:xyz{sae}/mxyz/b64', 'RM', 'EVEX.NP.MAP5.W1 6D /r full', 'AVX10_2']],
  /** `dst ← src`, packed f32 → u64, truncated, saturated. */
  vcvttps2uqqs: [['w:xyz{kz}, r:xxy{sae}/mqxy/b32', 'RM', 'EVEX.66.MAP5.W0 6C /r half', 'AVX10_2']],
  /** `dst ← src`, packed f64 → u64, truncated, saturated. */
  vcvttpd2uqqs: [['w:xyz{kz}, r:xyz{sae}/mxyz/b64', 'RM', 'EVEX.66.MAP5.W1 6C /r full', 'AVX10_2']],
  /** `dst ← src`, packed f32 → i64, truncated, saturated. */
  vcvttps2qqs: [['w:xyz{kz}, r:xxy{sae}/mqxy/b32', 'RM', 'EVEX.66.MAP5.W0 6D /r half', 'AVX10_2']],
  /** `dst ← src`, packed f64 → i64, truncated, saturated. */
  vcvttpd2qqs: [['w:xyz{kz}, r:xyz{sae}/mxyz/b64', 'RM', 'EVEX.66.MAP5.W1 6D /r full', 'AVX10_2']],
  /** `dst ← src`, f32 → unsigned integer, truncated, saturated. */
  vcvttss2usis: [
    ['w:rdq, r:x{sae}', 'RM', 'EVEX.LIG.F3.MAP5.Wdq 6C /r t1f', 'AVX10_2'],
    ['w:rdq, r:m32', 'RM', 'EVEX.LIG.F3.MAP5.Wdq 6C /r t1f', 'AVX10_2'],
  ],
  /** `dst ← src`, f32 → signed integer, truncated, saturated. */
  vcvttss2sis: [
    ['w:rdq, r:x{sae}', 'RM', 'EVEX.LIG.F3.MAP5.Wdq 6D /r t1f', 'AVX10_2'],
    ['w:rdq, r:m32', 'RM', 'EVEX.LIG.F3.MAP5.Wdq 6D /r t1f', 'AVX10_2'],
  ],
  /** `dst ← src`, f64 → unsigned integer, truncated, saturated. */
  vcvttsd2usis: [
    ['w:rdq, r:x{sae}', 'RM', 'EVEX.LIG.F2.MAP5.Wdq 6C /r t1f', 'AVX10_2'],
    ['w:rdq, r:m64', 'RM', 'EVEX.LIG.F2.MAP5.Wdq 6C /r t1f', 'AVX10_2'],
  ],
  /** `dst ← src`, f64 → signed integer, truncated, saturated. */
  vcvttsd2sis: [
    ['w:rdq, r:x{sae}', 'RM', 'EVEX.LIG.F2.MAP5.Wdq 6D /r t1f', 'AVX10_2'],
    ['w:rdq, r:m64', 'RM', 'EVEX.LIG.F2.MAP5.Wdq 6D /r t1f', 'AVX10_2'],
  ],
  /** `dst ← dst + Σ a · b`, two f16 products for each f32 element. */
  vdpphps: [['rw:xyz{kz}, r:xyz, r:xyz/mxyz/b32', 'RVM', 'EVEX.NP.0F38.W0 52 /r full', 'AVX10_2']],
  /** `dst ← [src]`, which is read-shared, under a mask of elements of 8 bits. */
  vmovrsb: [['w:xyz{kz}, r:mxyz', 'RM', 'EVEX.F2.MAP5.W0 6F /r fullmem', 'MOVRS AVX10_2']],
  /** `dst ← [src]`, which is read-shared, under a mask of elements of 16 bits. */
  vmovrsw: [['w:xyz{kz}, r:mxyz', 'RM', 'EVEX.F2.MAP5.W1 6F /r fullmem', 'MOVRS AVX10_2']],
  /** `dst ← [src]`, which is read-shared, under a mask of elements of 32 bits. */
  vmovrsd: [['w:xyz{kz}, r:mxyz', 'RM', 'EVEX.F3.MAP5.W0 6F /r fullmem', 'MOVRS AVX10_2']],
  /** `dst ← [src]`, which is read-shared, under a mask of elements of 64 bits. */
  vmovrsq: [['w:xyz{kz}, r:mxyz', 'RM', 'EVEX.F3.MAP5.W1 6F /r fullmem', 'MOVRS AVX10_2']],
} as const
