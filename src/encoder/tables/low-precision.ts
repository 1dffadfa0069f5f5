/** Rows of the dot products and conversions for int8, int16, bf16 and f16 data. */

export const lowPrecision = {
  /** `dst ← dst + Σ a · b`, four u8 · i8 products for each i32 element. */
  vpdpbusd: [['rw:xyz{kz}, r:xyz, r:xyz/mxyz/b32', 'RVM', 'EVEX.66.0F38.W0 50 /r full', 'AVX512_VNNI']],
  /** `dst ← dst + Σ a · b`, four u8 · i8 products for each i32 element. */
  '{vex} vpdpbusd': [['rw:xy, r:xy, r:xy/mxy', 'RVM', 'VEX.66.0F38.W0 50 /r', 'AVX_VNNI']],
  /** `dst ← dst + Σ a · b`, four u8 · i8 products, saturated for each i32 element. */
  vpdpbusds: [['rw:xyz{kz}, r:xyz, r:xyz/mxyz/b32', 'RVM', 'EVEX.66.0F38.W0 51 /r full', 'AVX512_VNNI']],
  /** `dst ← dst + Σ a · b`, four u8 · i8 products, saturated for each i32 element. */
  '{vex} vpdpbusds': [['rw:xy, r:xy, r:xy/mxy', 'RVM', 'VEX.66.0F38.W0 51 /r', 'AVX_VNNI']],
  /** `dst ← dst + Σ a · b`, two i16 · i16 products for each i32 element. */
  vpdpwssd: [['rw:xyz{kz}, r:xyz, r:xyz/mxyz/b32', 'RVM', 'EVEX.66.0F38.W0 52 /r full', 'AVX512_VNNI']],
  /** `dst ← dst + Σ a · b`, two i16 · i16 products for each i32 element. */
  '{vex} vpdpwssd': [['rw:xy, r:xy, r:xy/mxy', 'RVM', 'VEX.66.0F38.W0 52 /r', 'AVX_VNNI']],
  /** `dst ← dst + Σ a · b`, two i16 · i16 products, saturated for each i32 element. */
  vpdpwssds: [['rw:xyz{kz}, r:xyz, r:xyz/mxyz/b32', 'RVM', 'EVEX.66.0F38.W0 53 /r full', 'AVX512_VNNI']],
  /** `dst ← dst + Σ a · b`, two i16 · i16 products, saturated for each i32 element. */
  '{vex} vpdpwssds': [['rw:xy, r:xy, r:xy/mxy', 'RVM', 'VEX.66.0F38.W0 53 /r', 'AVX_VNNI']],
  /** `dst ← dst + Σ a · b`, four i8 · i8 products for each i32 element. */
  vpdpbssd: [
    ['rw:xy, r:xy, r:xy/mxy', 'RVM', 'VEX.F2.0F38.W0 50 /r', 'AVX_VNNI_INT8'],
    ['rw:xyz{kz}, r:xyz, r:xyz/mxyz/b32', 'RVM', 'EVEX.F2.0F38.W0 50 /r full', 'AVX10_2'],
  ],
  /** `dst ← dst + Σ a · b`, four i8 · i8 products, saturated for each i32 element. */
  vpdpbssds: [
    ['rw:xy, r:xy, r:xy/mxy', 'RVM', 'VEX.F2.0F38.W0 51 /r', 'AVX_VNNI_INT8'],
    ['rw:xyz{kz}, r:xyz, r:xyz/mxyz/b32', 'RVM', 'EVEX.F2.0F38.W0 51 /r full', 'AVX10_2'],
  ],
  /** `dst ← dst + Σ a · b`, four i8 · u8 products for each i32 element. */
  vpdpbsud: [
    ['rw:xy, r:xy, r:xy/mxy', 'RVM', 'VEX.F3.0F38.W0 50 /r', 'AVX_VNNI_INT8'],
    ['rw:xyz{kz}, r:xyz, r:xyz/mxyz/b32', 'RVM', 'EVEX.F3.0F38.W0 50 /r full', 'AVX10_2'],
  ],
  /** `dst ← dst + Σ a · b`, four i8 · u8 products, saturated for each i32 element. */
  vpdpbsuds: [
    ['rw:xy, r:xy, r:xy/mxy', 'RVM', 'VEX.F3.0F38.W0 51 /r', 'AVX_VNNI_INT8'],
    ['rw:xyz{kz}, r:xyz, r:xyz/mxyz/b32', 'RVM', 'EVEX.F3.0F38.W0 51 /r full', 'AVX10_2'],
  ],
  /** `dst ← dst + Σ a · b`, four u8 · u8 products for each i32 element. */
  vpdpbuud: [
    ['rw:xy, r:xy, r:xy/mxy', 'RVM', 'VEX.NP.0F38.W0 50 /r', 'AVX_VNNI_INT8'],
    ['rw:xyz{kz}, r:xyz, r:xyz/mxyz/b32', 'RVM', 'EVEX.NP.0F38.W0 50 /r full', 'AVX10_2'],
  ],
  /** `dst ← dst + Σ a · b`, four u8 · u8 products, saturated for each i32 element. */
  vpdpbuuds: [
    ['rw:xy, r:xy, r:xy/mxy', 'RVM', 'VEX.NP.0F38.W0 51 /r', 'AVX_VNNI_INT8'],
    ['rw:xyz{kz}, r:xyz, r:xyz/mxyz/b32', 'RVM', 'EVEX.NP.0F38.W0 51 /r full', 'AVX10_2'],
  ],
  /** `dst ← dst + Σ a · b`, two i16 · u16 products for each i32 element. */
  vpdpwsud: [
    ['rw:xy, r:xy, r:xy/mxy', 'RVM', 'VEX.F3.0F38.W0 D2 /r', 'AVX_VNNI_INT16'],
    ['rw:xyz{kz}, r:xyz, r:xyz/mxyz/b32', 'RVM', 'EVEX.F3.0F38.W0 D2 /r full', 'AVX10_2'],
  ],
  /** `dst ← dst + Σ a · b`, two i16 · u16 products, saturated for each i32 element. */
  vpdpwsuds: [
    ['rw:xy, r:xy, r:xy/mxy', 'RVM', 'VEX.F3.0F38.W0 D3 /r', 'AVX_VNNI_INT16'],
    ['rw:xyz{kz}, r:xyz, r:xyz/mxyz/b32', 'RVM', 'EVEX.F3.0F38.W0 D3 /r full', 'AVX10_2'],
  ],
  /** `dst ← dst + Σ a · b`, two u16 · i16 products for each i32 element. */
  vpdpwusd: [
    ['rw:xy, r:xy, r:xy/mxy', 'RVM', 'VEX.66.0F38.W0 D2 /r', 'AVX_VNNI_INT16'],
    ['rw:xyz{kz}, r:xyz, r:xyz/mxyz/b32', 'RVM', 'EVEX.66.0F38.W0 D2 /r full', 'AVX10_2'],
  ],
  /** `dst ← dst + Σ a · b`, two u16 · i16 products, saturated for each i32 element. */
  vpdpwusds: [
    ['rw:xy, r:xy, r:xy/mxy', 'RVM', 'VEX.66.0F38.W0 D3 /r', 'AVX_VNNI_INT16'],
    ['rw:xyz{kz}, r:xyz, r:xyz/mxyz/b32', 'RVM', 'EVEX.66.0F38.W0 D3 /r full', 'AVX10_2'],
  ],
  /** `dst ← dst + Σ a · b`, two u16 · u16 products for each i32 element. */
  vpdpwuud: [
    ['rw:xy, r:xy, r:xy/mxy', 'RVM', 'VEX.NP.0F38.W0 D2 /r', 'AVX_VNNI_INT16'],
    ['rw:xyz{kz}, r:xyz, r:xyz/mxyz/b32', 'RVM', 'EVEX.NP.0F38.W0 D2 /r full', 'AVX10_2'],
  ],
  /** `dst ← dst + Σ a · b`, two u16 · u16 products, saturated for each i32 element. */
  vpdpwuuds: [
    ['rw:xy, r:xy, r:xy/mxy', 'RVM', 'VEX.NP.0F38.W0 D3 /r', 'AVX_VNNI_INT16'],
    ['rw:xyz{kz}, r:xyz, r:xyz/mxyz/b32', 'RVM', 'EVEX.NP.0F38.W0 D3 /r full', 'AVX10_2'],
  ],
  /** `dst ← dst + Σ a · b`, two bf16 · bf16 products for each f32 element. */
  vdpbf16ps: [['rw:xyz{kz}, r:xyz, r:xyz/mxyz/b32', 'RVM', 'EVEX.F3.0F38.W0 52 /r full', 'AVX512_BF16']],
  /** `dst ← a in the high half, b in the low half`, packed f32 → bf16. */
  vcvtne2ps2bf16: [['w:xyz{kz}, r:xyz, r:xyz/mxyz/b32', 'RVM', 'EVEX.F2.0F38.W0 72 /r full', 'AVX512_BF16']],
  /** `dst ← src`, packed f32 → bf16. */
  vcvtneps2bf16: [['w:xxy{kz}, r:xyz/mxyz/b32', 'RM', 'EVEX.F3.0F38.W0 72 /r full', 'AVX512_BF16']],
  /** `dst ← src`, packed f32 → bf16. */
  '{vex} vcvtneps2bf16': [['w:xx, r:xy/mxy', 'RM', 'VEX.F3.0F38.W0 72 /r', 'AVX_NE_CONVERT']],
  /** `dst ← [src] in every element`, bf16 → f32. */
  vbcstnebf162ps: [['w:xy, r:m16', 'RM', 'VEX.F3.0F38.W0 B1 /r', 'AVX_NE_CONVERT']],
  /** `dst ← [src] in every element`, f16 → f32. */
  vbcstnesh2ps: [['w:xy, r:m16', 'RM', 'VEX.66.0F38.W0 B1 /r', 'AVX_NE_CONVERT']],
  /** `dst ← even elements of [src]`, bf16 → f32. */
  vcvtneebf162ps: [['w:xy, r:mxy', 'RM', 'VEX.F3.0F38.W0 B0 /r', 'AVX_NE_CONVERT']],
  /** `dst ← odd elements of [src]`, bf16 → f32. */
  vcvtneobf162ps: [['w:xy, r:mxy', 'RM', 'VEX.F2.0F38.W0 B0 /r', 'AVX_NE_CONVERT']],
  /** `dst ← even elements of [src]`, f16 → f32. */
  vcvtneeph2ps: [['w:xy, r:mxy', 'RM', 'VEX.66.0F38.W0 B0 /r', 'AVX_NE_CONVERT']],
  /** `dst ← odd elements of [src]`, f16 → f32. */
  vcvtneoph2ps: [['w:xy, r:mxy', 'RM', 'VEX.NP.0F38.W0 B0 /r', 'AVX_NE_CONVERT']],
} as const
