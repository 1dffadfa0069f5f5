/** Rows of the bit tests, counts, scans and bit-field operations of general registers. */

export const bit = {
  /** Sets CF to bit `index` of the operand. */
  bt: [
    ['r:rwdq/mwdq, r:rwdq', 'MR', 'osz 0F A3 /r', '', 'w:OSAPC'],
    ['r:rwdq/mwdq, imm8', 'MI', 'osz 0F BA /4', '', 'w:OSAPC'],
  ],
  /** Sets CF to bit `index` of dst, then sets the bit. */
  bts: [
    ['rw:rwdq/mwdq, r:rwdq', 'MR', 'osz 0F AB /r', '', 'w:OSAPC lock'],
    ['rw:rwdq/mwdq, imm8', 'MI', 'osz 0F BA /5', '', 'w:OSAPC lock'],
  ],
  /** Sets CF to bit `index` of dst, then clears the bit. */
  btr: [
    ['rw:rwdq/mwdq, r:rwdq', 'MR', 'osz 0F B3 /r', '', 'w:OSAPC lock'],
    ['rw:rwdq/mwdq, imm8', 'MI', 'osz 0F BA /6', '', 'w:OSAPC lock'],
  ],
  /** Sets CF to bit `index` of dst, then complements the bit. */
  btc: [
    ['rw:rwdq/mwdq, r:rwdq', 'MR', 'osz 0F BB /r', '', 'w:OSAPC lock'],
    ['rw:rwdq/mwdq, imm8', 'MI', 'osz 0F BA /7', '', 'w:OSAPC lock'],
  ],
  /** `dst ← index of the lowest set bit`; dst stays (ZF = 1) when src is 0. */
  bsf: [['rw:rwdq, r:rwdq/mwdq', 'RM', 'osz 0F BC /r', '', 'w:OSZAPC']],
  /** `dst ← index of the highest set bit`; dst stays (ZF = 1) when src is 0. */
  bsr: [['rw:rwdq, r:rwdq/mwdq', 'RM', 'osz 0F BD /r', '', 'w:OSZAPC']],
  /** `dst ← number of set bits`. */
  popcnt: [['w:rwdq, r:rwdq/mwdq', 'RM', 'F3 osz 0F B8 /r', 'POPCNT', 'w:OSZAPC']],
  /** `dst ← number of trailing zeros`, the width when src is 0. */
  tzcnt: [['w:rwdq, r:rwdq/mwdq', 'RM', 'F3 osz 0F BC /r', 'BMI1', 'w:OSZAPC']],
  /** `dst ← number of leading zeros`, the width when src is 0. */
  lzcnt: [['w:rwdq, r:rwdq/mwdq', 'RM', 'F3 osz 0F BD /r', 'LZCNT', 'w:OSZAPC']],
  /** `dst ← ~a & b`. */
  andn: [
    ['w:rdq, r:rdq, r:rdq/mdq', 'RVM', 'VEX.LZ.NP.0F38.Wdq F2 /r', 'BMI1', 'w:OSZAPC'],
    ['w:rdq, r:rdq, r:rdq/mdq', 'RVM', 'EVEX.L0.NP.0F38.Wdq F2 /r plain', 'BMI1 APX_F', 'w:OSZAPC'],
  ],
  /** `dst ← field of src`: start in bits 7:0 and length in bits 15:8 of the control. */
  bextr: [
    ['w:rdq, r:rdq/mdq, r:rdq', 'RMV', 'VEX.LZ.NP.0F38.Wdq F7 /r', 'BMI1', 'w:OSZAPC'],
    ['w:rdq, r:rdq/mdq, ids', 'RMI', 'XOP.LZ.NP.MAPA.Wdq 10 /r', 'TBM', 'w:OSZAPC'],
    ['w:rdq, r:rdq/mdq, r:rdq', 'RMV', 'EVEX.L0.NP.0F38.Wdq F7 /r plain', 'BMI1 APX_F', 'w:OSZAPC'],
  ],
  /** `dst ← src & −src`: the lowest set bit. */
  blsi: [
    ['w:rdq, r:rdq/mdq', 'VM', 'VEX.LZ.NP.0F38.Wdq F3 /3', 'BMI1', 'w:OSZAPC'],
    ['w:rdq, r:rdq/mdq', 'VM', 'EVEX.L0.NP.0F38.Wdq F3 /3 plain', 'BMI1 APX_F', 'w:OSZAPC'],
  ],
  /** `dst ← src ^ (src − 1)`: ones up to the lowest set bit. */
  blsmsk: [
    ['w:rdq, r:rdq/mdq', 'VM', 'VEX.LZ.NP.0F38.Wdq F3 /2', 'BMI1', 'w:OSZAPC'],
    ['w:rdq, r:rdq/mdq', 'VM', 'EVEX.L0.NP.0F38.Wdq F3 /2 plain', 'BMI1 APX_F', 'w:OSZAPC'],
  ],
  /** `dst ← src & (src − 1)`: the lowest set bit cleared. */
  blsr: [
    ['w:rdq, r:rdq/mdq', 'VM', 'VEX.LZ.NP.0F38.Wdq F3 /1', 'BMI1', 'w:OSZAPC'],
    ['w:rdq, r:rdq/mdq', 'VM', 'EVEX.L0.NP.0F38.Wdq F3 /1 plain', 'BMI1 APX_F', 'w:OSZAPC'],
  ],
  /** `dst ← src` with the bits from `index` on cleared. */
  bzhi: [
    ['w:rdq, r:rdq/mdq, r:rdq', 'RMV', 'VEX.LZ.NP.0F38.Wdq F5 /r', 'BMI2', 'w:OSZAPC'],
    ['w:rdq, r:rdq/mdq, r:rdq', 'RMV', 'EVEX.L0.NP.0F38.Wdq F5 /r plain', 'BMI2 APX_F', 'w:OSZAPC'],
  ],
  /** `dst ← low bits of src, spread to where mask has ones`. */
  pdep: [
    ['w:rdq, r:rdq, r:rdq/mdq', 'RVM', 'VEX.LZ.F2.0F38.Wdq F5 /r', 'BMI2'],
    ['w:rdq, r:rdq, r:rdq/mdq', 'RVM', 'EVEX.L0.F2.0F38.Wdq F5 /r plain', 'BMI2 APX_F'],
  ],
  /** `dst ← bits of src where mask has ones, packed low`. */
  pext: [
    ['w:rdq, r:rdq, r:rdq/mdq', 'RVM', 'VEX.LZ.F3.0F38.Wdq F5 /r', 'BMI2'],
    ['w:rdq, r:rdq, r:rdq/mdq', 'RVM', 'EVEX.L0.F3.0F38.Wdq F5 /r plain', 'BMI2 APX_F'],
  ],
} as const
