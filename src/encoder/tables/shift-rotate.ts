/** Rows of the shifts and rotates of general registers and memory. */

export const shiftRotate = {
  /** `dst ← dst` rotated left. */
  rol: [
    ['rw:r8/m8, 1', 'M-', 'D0 /0', '', 'w:OC'],
    ['rw:rwdq/mwdq, 1', 'M-', 'osz D1 /0', '', 'w:OC'],
    ['rw:r8/m8, imm8', 'MI', 'C0 /0', '', 'w:OC'],
    ['rw:rwdq/mwdq, imm8', 'MI', 'osz C1 /0', '', 'w:OC'],
    ['rw:r8/m8, r:cl', 'M-', 'D2 /0', '', 'w:OC'],
    ['rw:rwdq/mwdq, r:cl', 'M-', 'osz D3 /0', '', 'w:OC'],
  ],
  /** `dst ← dst` rotated right. */
  ror: [
    ['rw:r8/m8, 1', 'M-', 'D0 /1', '', 'w:OC'],
    ['rw:rwdq/mwdq, 1', 'M-', 'osz D1 /1', '', 'w:OC'],
    ['rw:r8/m8, imm8', 'MI', 'C0 /1', '', 'w:OC'],
    ['rw:rwdq/mwdq, imm8', 'MI', 'osz C1 /1', '', 'w:OC'],
    ['rw:r8/m8, r:cl', 'M-', 'D2 /1', '', 'w:OC'],
    ['rw:rwdq/mwdq, r:cl', 'M-', 'osz D3 /1', '', 'w:OC'],
  ],
  /** `CF:dst ← CF:dst` rotated left. */
  rcl: [
    ['rw:r8/m8, 1', 'M-', 'D0 /2', '', 'r:C w:OC'],
    ['rw:rwdq/mwdq, 1', 'M-', 'osz D1 /2', '', 'r:C w:OC'],
    ['rw:r8/m8, imm8', 'MI', 'C0 /2', '', 'r:C w:OC'],
    ['rw:rwdq/mwdq, imm8', 'MI', 'osz C1 /2', '', 'r:C w:OC'],
    ['rw:r8/m8, r:cl', 'M-', 'D2 /2', '', 'r:C w:OC'],
    ['rw:rwdq/mwdq, r:cl', 'M-', 'osz D3 /2', '', 'r:C w:OC'],
  ],
  /** `CF:dst ← CF:dst` rotated right. */
  rcr: [
    ['rw:r8/m8, 1', 'M-', 'D0 /3', '', 'r:C w:OC'],
    ['rw:rwdq/mwdq, 1', 'M-', 'osz D1 /3', '', 'r:C w:OC'],
    ['rw:r8/m8, imm8', 'MI', 'C0 /3', '', 'r:C w:OC'],
    ['rw:rwdq/mwdq, imm8', 'MI', 'osz C1 /3', '', 'r:C w:OC'],
    ['rw:r8/m8, r:cl', 'M-', 'D2 /3', '', 'r:C w:OC'],
    ['rw:rwdq/mwdq, r:cl', 'M-', 'osz D3 /3', '', 'r:C w:OC'],
  ],
  /** `dst ← dst << count`. */
  shl: [
    ['rw:r8/m8, 1', 'M-', 'D0 /4', '', 'w:OSZAPC'],
    ['rw:rwdq/mwdq, 1', 'M-', 'osz D1 /4', '', 'w:OSZAPC'],
    ['rw:r8/m8, imm8', 'MI', 'C0 /4', '', 'w:OSZAPC'],
    ['rw:rwdq/mwdq, imm8', 'MI', 'osz C1 /4', '', 'w:OSZAPC'],
    ['rw:r8/m8, r:cl', 'M-', 'D2 /4', '', 'w:OSZAPC'],
    ['rw:rwdq/mwdq, r:cl', 'M-', 'osz D3 /4', '', 'w:OSZAPC'],
  ],
  /** `dst ← dst >> count`, zeros coming in. */
  shr: [
    ['rw:r8/m8, 1', 'M-', 'D0 /5', '', 'w:OSZAPC'],
    ['rw:rwdq/mwdq, 1', 'M-', 'osz D1 /5', '', 'w:OSZAPC'],
    ['rw:r8/m8, imm8', 'MI', 'C0 /5', '', 'w:OSZAPC'],
    ['rw:rwdq/mwdq, imm8', 'MI', 'osz C1 /5', '', 'w:OSZAPC'],
    ['rw:r8/m8, r:cl', 'M-', 'D2 /5', '', 'w:OSZAPC'],
    ['rw:rwdq/mwdq, r:cl', 'M-', 'osz D3 /5', '', 'w:OSZAPC'],
  ],
  /** `dst ← dst >> count`, copies of the sign coming in. */
  sar: [
    ['rw:r8/m8, 1', 'M-', 'D0 /7', '', 'w:OSZAPC'],
    ['rw:rwdq/mwdq, 1', 'M-', 'osz D1 /7', '', 'w:OSZAPC'],
    ['rw:r8/m8, imm8', 'MI', 'C0 /7', '', 'w:OSZAPC'],
    ['rw:rwdq/mwdq, imm8', 'MI', 'osz C1 /7', '', 'w:OSZAPC'],
    ['rw:r8/m8, r:cl', 'M-', 'D2 /7', '', 'w:OSZAPC'],
    ['rw:rwdq/mwdq, r:cl', 'M-', 'osz D3 /7', '', 'w:OSZAPC'],
  ],
  /** `dst ← dst << count`, the high bits of src coming in. */
  shld: [
    ['rw:rwdq/mwdq, r:rwdq, imm8', 'MRI', 'osz 0F A4 /r', '', 'w:OSZAPC'],
    ['rw:rwdq/mwdq, r:rwdq, r:cl', 'MR-', 'osz 0F A5 /r', '', 'w:OSZAPC'],
  ],
  /** `dst ← dst >> count`, the low bits of src coming in. */
  shrd: [
    ['rw:rwdq/mwdq, r:rwdq, imm8', 'MRI', 'osz 0F AC /r', '', 'w:OSZAPC'],
    ['rw:rwdq/mwdq, r:rwdq, r:cl', 'MR-', 'osz 0F AD /r', '', 'w:OSZAPC'],
  ],
  /** `dst ← src << count`; no flag changes. */
  shlx: [['w:rdq, r:rdq/mdq, r:rdq', 'RMV', 'VEX.LZ.66.0F38.Wdq F7 /r', 'BMI2']],
  /** `dst ← src >> count`, copies of the sign coming in; no flag changes. */
  sarx: [['w:rdq, r:rdq/mdq, r:rdq', 'RMV', 'VEX.LZ.F3.0F38.Wdq F7 /r', 'BMI2']],
  /** `dst ← src >> count`, zeros coming in; no flag changes. */
  shrx: [['w:rdq, r:rdq/mdq, r:rdq', 'RMV', 'VEX.LZ.F2.0F38.Wdq F7 /r', 'BMI2']],
  /** `dst ← src` rotated right; no flag changes. */
  rorx: [['w:rdq, r:rdq/mdq, imm8', 'RMI', 'VEX.LZ.F2.0F3A.Wdq F0 /r', 'BMI2']],
} as const
