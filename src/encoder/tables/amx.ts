/** Rows of the tile registers (AMX): configuration, loads, stores and tile products. */

export const amx = {
  /** Loads the tile configuration (palette, rows, colsb) from 64 bytes; clears all tiles. */
  ldtilecfg: [['r:m512', 'M', 'VEX.128.NP.0F38.W0 49 /0', 'AMX_TILE', 'unsized']],
  /** Stores the tile configuration into 64 bytes. */
  sttilecfg: [['w:m512', 'M', 'VEX.128.66.0F38.W0 49 /0', 'AMX_TILE', 'unsized']],
  /** Returns the tiles to their initial state. */
  tilerelease: [['', '', 'VEX.128.NP.0F38.W0 49 C0', 'AMX_TILE']],
  /** `dst ← 0`. */
  tilezero: [['w:tmm', 'R', 'VEX.128.F2.0F38.W0 49 /r', 'AMX_TILE']],
  /** `row i of dst ← [base + i · index · scale + disp]`. */
  tileloadd: [['w:tmm, r:sibmem', 'RM', 'VEX.128.F2.0F38.W0 4B /r', 'AMX_TILE']],
  /** `row i of dst ← [base + i · index · scale + disp]`, with a non-temporal hint. */
  tileloaddt1: [['w:tmm, r:sibmem', 'RM', 'VEX.128.66.0F38.W0 4B /r', 'AMX_TILE']],
  /** `[base + i · index · scale + disp] ← row i of src`. */
  tilestored: [['w:sibmem, r:tmm', 'MR', 'VEX.128.F3.0F38.W0 4B /r', 'AMX_TILE']],
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
} as const
