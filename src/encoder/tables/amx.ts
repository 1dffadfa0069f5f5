/** Rows of the tile registers (AMX): configuration, loads, stores and tile products. */

export const amx = {
  /** Loads the tile configuration (palette, rows, colsb) from 64 bytes; clears all tiles. */
  ldtilecfg: [
    ['r:m512', 'M', 'VEX.128.NP.0F38.W0 49 /0', 'AMX_TILE', 'unsized'],
    ['r:m512', 'M', 'EVEX.L0.NP.0F38.W0 49 /0 plain', 'AMX_TILE APX_F', 'unsized'],
  ],
  /** Stores the tile configuration into 64 bytes. */
  sttilecfg: [
    ['w:m512', 'M', 'VEX.128.66.0F38.W0 49 /0', 'AMX_TILE', 'unsized'],
    ['w:m512', 'M', 'EVEX.L0.66.0F38.W0 49 /0 plain', 'AMX_TILE APX_F', 'unsized'],
  ],
  /** Returns the tiles to their initial state. */
  tilerelease: [['', '', 'VEX.128.NP.0F38.W0 49 C0', 'AMX_TILE']],
  /** `dst ← 0`. */
  tilezero: [['w:tmm', 'R', 'VEX.128.F2.0F38.W0 49 /r', 'AMX_TILE']],
  /** `row i of dst ← [base + i · index · scale + disp]`. */
  tileloadd: [
    ['w:tmm, r:sibmem', 'RM', 'VEX.128.F2.0F38.W0 4B /r', 'AMX_TILE'],
    ['w:tmm, r:sibmem', 'RM', 'EVEX.L0.F2.0F38.W0 4B /r plain', 'AMX_TILE APX_F'],
  ],
  /** `row i of dst ← [base + i · index · scale + disp]`, with a non-temporal hint. */
  tileloaddt1: [
    ['w:tmm, r:sibmem', 'RM', 'VEX.128.66.0F38.W0 4B /r', 'AMX_TILE'],
    ['w:tmm, r:sibmem', 'RM', 'EVEX.L0.66.0F38.W0 4B /r plain', 'AMX_TILE APX_F'],
  ],
  /** `[base + i · index · scale + disp] ← row i of src`. */
  tilestored: [
    ['w:sibmem, r:tmm', 'MR', 'VEX.128.F3.0F38.W0 4B /r', 'AMX_TILE'],
    ['w:sibmem, r:tmm', 'MR', 'EVEX.L0.F3.0F38.W0 4B /r plain', 'AMX_TILE APX_F'],
  ],
  /** `dst ← dst + a · b`, tiles, i8 · i8 into i32. */
  tdpbssd: [['rw:tmm, r:tmm, r:tmm', 'RMV', 'VEX.128.F2.0F38.W0 5E /r', 'AMX_INT8', 'distinct']],
  /** `dst ← dst + a · b`, tiles, i8 · u8 into i32. */
  tdpbsud: [['rw:tmm, r:tmm, r:tmm', 'RMV', 'VEX.128.F3.0F38.W0 5E /r', 'AMX_INT8', 'distinct']],
  /** `dst ← dst + a · b`, tiles, u8 · i8 into i32. */
  tdpbusd: [['rw:tmm, r:tmm, r:tmm', 'RMV', 'VEX.128.66.0F38.W0 5E /r', 'AMX_INT8', 'distinct']],
  /** `dst ← dst + a · b`, tiles, u8 · u8 into i32. */
  tdpbuud: [['rw:tmm, r:tmm, r:tmm', 'RMV', 'VEX.128.NP.0F38.W0 5E /r', 'AMX_INT8', 'distinct']],
  /** `dst ← dst + a · b`, tiles, bf16 · bf16 into f32. */
  tdpbf16ps: [['rw:tmm, r:tmm, r:tmm', 'RMV', 'VEX.128.F3.0F38.W0 5C /r', 'AMX_BF16', 'distinct']],
  /** `dst ← dst + a · b`, tiles, f16 · f16 into f32. */
  tdpfp16ps: [['rw:tmm, r:tmm, r:tmm', 'RMV', 'VEX.128.F2.0F38.W0 5C /r', 'AMX_FP16', 'distinct']],
  /** `dst ← dst + a · b`, tiles, complex f16, imaginary part, into f32. */
  tcmmimfp16ps: [['rw:tmm, r:tmm, r:tmm', 'RMV', 'VEX.128.66.0F38.W0 6C /r', 'AMX_COMPLEX', 'distinct']],
  /** `dst ← dst + a · b`, tiles, complex f16, real part, into f32. */
  tcmmrlfp16ps: [['rw:tmm, r:tmm, r:tmm', 'RMV', 'VEX.128.NP.0F38.W0 6C /r', 'AMX_COMPLEX', 'distinct']],
  /** `row i of dst ← [base + i · index · scale + disp]`, which is read-shared. */
  tileloaddrs: [
    ['w:tmm, r:sibmem', 'RM', 'VEX.128.F2.0F38.W0 4A /r', 'AMX_MOVRS'],
    ['w:tmm, r:sibmem', 'RM', 'EVEX.128.F2.0F38.W0 4A /r plain', 'AMX_MOVRS APX_F'],
  ],
  /** `row i of dst ← [base + i · index · scale + disp]`, which is read-shared, with a non-temporal hint. */
  tileloaddrst1: [
    ['w:tmm, r:sibmem', 'RM', 'VEX.128.66.0F38.W0 4A /r', 'AMX_MOVRS'],
    ['w:tmm, r:sibmem', 'RM', 'EVEX.128.66.0F38.W0 4A /r plain', 'AMX_MOVRS APX_F'],
  ],
  /** `dst ← dst + a · b`, tiles, f8, E5M2 · E5M2 into f32. */
  tdpbf8ps: [['rw:tmm, r:tmm, r:tmm', 'RMV', 'VEX.128.NP.MAP5.W0 FD /r', 'AMX_FP8', 'distinct']],
  /** `dst ← dst + a · b`, tiles, f8, E4M3 · E4M3 into f32. */
  tdphf8ps: [['rw:tmm, r:tmm, r:tmm', 'RMV', 'VEX.128.66.MAP5.W0 FD /r', 'AMX_FP8', 'distinct']],
  /** `dst ← dst + a · b`, tiles, f8, E4M3 · E5M2 into f32. */
  tdphbf8ps: [['rw:tmm, r:tmm, r:tmm', 'RMV', 'VEX.128.F3.MAP5.W0 FD /r', 'AMX_FP8', 'distinct']],
  /** `dst ← dst + a · b`, tiles, f8, E5M2 · E4M3 into f32. */
  tdpbhf8ps: [['rw:tmm, r:tmm, r:tmm', 'RMV', 'VEX.128.F2.MAP5.W0 FD /r', 'AMX_FP8', 'distinct']],
  /** `dst ← a row of the tile`, i32 → f32; which row is in src. */
  tcvtrowd2ps: [
    ['w:z, r:tmm, r:r32', 'RMV', 'EVEX.512.F3.0F38.W0 4A /r', 'AMX_AVX512'],
    ['w:z, r:tmm, imm8', 'RMI', 'EVEX.512.F3.0F3A.W0 07 /r', 'AMX_AVX512'],
  ],
  /** `dst ← a row of the tile`, f32 → bf16 in the high halves; which row is in src. */
  tcvtrowps2bf16h: [
    ['w:z, r:tmm, r:r32', 'RMV', 'EVEX.512.F2.0F38.W0 6D /r', 'AMX_AVX512'],
    ['w:z, r:tmm, imm8', 'RMI', 'EVEX.512.F2.0F3A.W0 07 /r', 'AMX_AVX512'],
  ],
  /** `dst ← a row of the tile`, f32 → bf16 in the low halves; which row is in src. */
  tcvtrowps2bf16l: [
    ['w:z, r:tmm, r:r32', 'RMV', 'EVEX.512.F3.0F38.W0 6D /r', 'AMX_AVX512'],
    ['w:z, r:tmm, imm8', 'RMI', 'EVEX.512.F3.0F3A.W0 77 /r', 'AMX_AVX512'],
  ],
  /** `dst ← a row of the tile`, f32 → f16 in the high halves; which row is in src. */
  tcvtrowps2phh: [
    ['w:z, r:tmm, r:r32', 'RMV', 'EVEX.512.NP.0F38.W0 6D /r', 'AMX_AVX512'],
    ['w:z, r:tmm, imm8', 'RMI', 'EVEX.512.NP.0F3A.W0 07 /r', 'AMX_AVX512'],
  ],
  /** `dst ← a row of the tile`, f32 → f16 in the low halves; which row is in src. */
  tcvtrowps2phl: [
    ['w:z, r:tmm, r:r32', 'RMV', 'EVEX.512.66.0F38.W0 6D /r', 'AMX_AVX512'],
    ['w:z, r:tmm, imm8', 'RMI', 'EVEX.512.F2.0F3A.W0 77 /r', 'AMX_AVX512'],
  ],
  /** `dst ← a row of the tile`, as it is; which row is in src. */
  tilemovrow: [
    ['w:z, r:tmm, r:r32', 'RMV', 'EVEX.512.66.0F38.W0 4A /r', 'AMX_AVX512'],
    ['w:z, r:tmm, imm8', 'RMI', 'EVEX.512.66.0F3A.W0 07 /r', 'AMX_AVX512'],
  ],
} as const
