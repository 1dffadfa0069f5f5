/** Rows of TBM, which changes trailing bits, and of LWP, lightweight profiling (AMD). */

export const trailingBit = {
  /** `dst ← src & (src + 1)`. */
  blcfill: [['w:rdq, r:rdq/mdq', 'VM', 'XOP.LZ.NP.MAP9.Wdq 01 /1', 'TBM', 'w:OSZAPC']],
  /** `dst ← src | (src − 1)`. */
  blsfill: [['w:rdq, r:rdq/mdq', 'VM', 'XOP.LZ.NP.MAP9.Wdq 01 /2', 'TBM', 'w:OSZAPC']],
  /** `dst ← src | (src + 1)`. */
  blcs: [['w:rdq, r:rdq/mdq', 'VM', 'XOP.LZ.NP.MAP9.Wdq 01 /3', 'TBM', 'w:OSZAPC']],
  /** `dst ← ~src & (src − 1)`. */
  tzmsk: [['w:rdq, r:rdq/mdq', 'VM', 'XOP.LZ.NP.MAP9.Wdq 01 /4', 'TBM', 'w:OSZAPC']],
  /** `dst ← ~src & (src + 1)`. */
  blcic: [['w:rdq, r:rdq/mdq', 'VM', 'XOP.LZ.NP.MAP9.Wdq 01 /5', 'TBM', 'w:OSZAPC']],
  /** `dst ← ~src | (src − 1)`. */
  blsic: [['w:rdq, r:rdq/mdq', 'VM', 'XOP.LZ.NP.MAP9.Wdq 01 /6', 'TBM', 'w:OSZAPC']],
  /** `dst ← ~src | (src + 1)`. */
  t1mskc: [['w:rdq, r:rdq/mdq', 'VM', 'XOP.LZ.NP.MAP9.Wdq 01 /7', 'TBM', 'w:OSZAPC']],
  /** `dst ← src ^ (src + 1)`. */
  blcmsk: [['w:rdq, r:rdq/mdq', 'VM', 'XOP.LZ.NP.MAP9.Wdq 02 /1', 'TBM', 'w:OSZAPC']],
  /** `dst ← src | ~(src + 1)`. */
  blci: [['w:rdq, r:rdq/mdq', 'VM', 'XOP.LZ.NP.MAP9.Wdq 02 /6', 'TBM', 'w:OSZAPC']],
  /** Begins lightweight profiling with the control block at src. */
  llwpcb: [['r:rdq', 'M', 'XOP.LZ.NP.MAP9.Wdq 12 /0', 'LWP']],
  /** Ends lightweight profiling, `dst ← address of its control block`. */
  slwpcb: [['w:rdq', 'M', 'XOP.LZ.NP.MAP9.Wdq 12 /1', 'LWP']],
  /** Puts an event record into the profile; CF = 1 if it was full. */
  lwpins: [['r:rdq, r:r32/m32, imm32', 'VMI', 'XOP.LZ.NP.MAPA.Wdq 12 /0', 'LWP', 'w:C']],
  /** Counts an event, and puts a record into the profile when it is time. */
  lwpval: [['r:rdq, r:r32/m32, imm32', 'VMI', 'XOP.LZ.NP.MAPA.Wdq 12 /1', 'LWP']],
} as const
