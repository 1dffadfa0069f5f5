/** Tile configuration, loads, stores and products. */
export const amx = {
  /** Loads a tile; rows are `index` bytes apart. */
  tileloadd: [['w:tmm, r:sibmem', 'RM', 'VEX.128.F2.0F38.W0 4B /r', 'AMX_TILE']],
  /** Sets a tile to zero. */
  tilezero: [['w:tmm', 'R', 'VEX.128.F2.0F38.W0 49 /r', 'AMX_TILE']],
  /** Returns all tiles to their initial state. */
  tilerelease: [['', '', 'VEX.128.NP.0F38.W0 49 C0', 'AMX_TILE']],
  /** `dst ← dst + a · b`, bf16 pairs summed as f32. */
  tdpbf16ps: [['rw:tmm, r:tmm, r:tmm', 'RMV', 'VEX.128.F3.0F38.W0 5C /r', 'AMX_BF16', 'distinct']],
} as const
