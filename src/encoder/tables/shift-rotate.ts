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
    ['w:r8, r:r8/m8, imm8', 'VMI', 'EVEX.L0.NP.MAP4.WIG C0 /0 plain nd', 'APX_F', 'w:OC'],
    ['w:rwdq, r:rwdq/mwdq, imm8', 'VMI', 'EVEX.L0.osz.MAP4.Wdq C1 /0 plain nd', 'APX_F', 'w:OC'],
    ['w:r8, r:r8/m8, 1', 'VM-', 'EVEX.L0.NP.MAP4.WIG D0 /0 plain nd', 'APX_F', 'w:OC'],
    ['w:rwdq, r:rwdq/mwdq, 1', 'VM-', 'EVEX.L0.osz.MAP4.Wdq D1 /0 plain nd', 'APX_F', 'w:OC'],
    ['w:r8, r:r8/m8, r:cl', 'VM-', 'EVEX.L0.NP.MAP4.WIG D2 /0 plain nd', 'APX_F', 'w:OC'],
    ['w:rwdq, r:rwdq/mwdq, r:cl', 'VM-', 'EVEX.L0.osz.MAP4.Wdq D3 /0 plain nd', 'APX_F', 'w:OC'],
  ],
  /** `dst ← dst` rotated right. */
  ror: [
    ['rw:r8/m8, 1', 'M-', 'D0 /1', '', 'w:OC'],
    ['rw:rwdq/mwdq, 1', 'M-', 'osz D1 /1', '', 'w:OC'],
    ['rw:r8/m8, imm8', 'MI', 'C0 /1', '', 'w:OC'],
    ['rw:rwdq/mwdq, imm8', 'MI', 'osz C1 /1', '', 'w:OC'],
    ['rw:r8/m8, r:cl', 'M-', 'D2 /1', '', 'w:OC'],
    ['rw:rwdq/mwdq, r:cl', 'M-', 'osz D3 /1', '', 'w:OC'],
    ['w:r8, r:r8/m8, imm8', 'VMI', 'EVEX.L0.NP.MAP4.WIG C0 /1 plain nd', 'APX_F', 'w:OC'],
    ['w:rwdq, r:rwdq/mwdq, imm8', 'VMI', 'EVEX.L0.osz.MAP4.Wdq C1 /1 plain nd', 'APX_F', 'w:OC'],
    ['w:r8, r:r8/m8, 1', 'VM-', 'EVEX.L0.NP.MAP4.WIG D0 /1 plain nd', 'APX_F', 'w:OC'],
    ['w:rwdq, r:rwdq/mwdq, 1', 'VM-', 'EVEX.L0.osz.MAP4.Wdq D1 /1 plain nd', 'APX_F', 'w:OC'],
    ['w:r8, r:r8/m8, r:cl', 'VM-', 'EVEX.L0.NP.MAP4.WIG D2 /1 plain nd', 'APX_F', 'w:OC'],
    ['w:rwdq, r:rwdq/mwdq, r:cl', 'VM-', 'EVEX.L0.osz.MAP4.Wdq D3 /1 plain nd', 'APX_F', 'w:OC'],
  ],
  /** `CF:dst ← CF:dst` rotated left. */
  rcl: [
    ['rw:r8/m8, 1', 'M-', 'D0 /2', '', 'r:C w:OC'],
    ['rw:rwdq/mwdq, 1', 'M-', 'osz D1 /2', '', 'r:C w:OC'],
    ['rw:r8/m8, imm8', 'MI', 'C0 /2', '', 'r:C w:OC'],
    ['rw:rwdq/mwdq, imm8', 'MI', 'osz C1 /2', '', 'r:C w:OC'],
    ['rw:r8/m8, r:cl', 'M-', 'D2 /2', '', 'r:C w:OC'],
    ['rw:rwdq/mwdq, r:cl', 'M-', 'osz D3 /2', '', 'r:C w:OC'],
    ['w:r8, r:r8/m8, imm8', 'VMI', 'EVEX.L0.NP.MAP4.WIG C0 /2 plain nd', 'APX_F', 'r:C w:OC'],
    ['w:rwdq, r:rwdq/mwdq, imm8', 'VMI', 'EVEX.L0.osz.MAP4.Wdq C1 /2 plain nd', 'APX_F', 'r:C w:OC'],
    ['w:r8, r:r8/m8, 1', 'VM-', 'EVEX.L0.NP.MAP4.WIG D0 /2 plain nd', 'APX_F', 'r:C w:OC'],
    ['w:rwdq, r:rwdq/mwdq, 1', 'VM-', 'EVEX.L0.osz.MAP4.Wdq D1 /2 plain nd', 'APX_F', 'r:C w:OC'],
    ['w:r8, r:r8/m8, r:cl', 'VM-', 'EVEX.L0.NP.MAP4.WIG D2 /2 plain nd', 'APX_F', 'r:C w:OC'],
    ['w:rwdq, r:rwdq/mwdq, r:cl', 'VM-', 'EVEX.L0.osz.MAP4.Wdq D3 /2 plain nd', 'APX_F', 'r:C w:OC'],
  ],
  /** `CF:dst ← CF:dst` rotated right. */
  rcr: [
    ['rw:r8/m8, 1', 'M-', 'D0 /3', '', 'r:C w:OC'],
    ['rw:rwdq/mwdq, 1', 'M-', 'osz D1 /3', '', 'r:C w:OC'],
    ['rw:r8/m8, imm8', 'MI', 'C0 /3', '', 'r:C w:OC'],
    ['rw:rwdq/mwdq, imm8', 'MI', 'osz C1 /3', '', 'r:C w:OC'],
    ['rw:r8/m8, r:cl', 'M-', 'D2 /3', '', 'r:C w:OC'],
    ['rw:rwdq/mwdq, r:cl', 'M-', 'osz D3 /3', '', 'r:C w:OC'],
    ['w:r8, r:r8/m8, imm8', 'VMI', 'EVEX.L0.NP.MAP4.WIG C0 /3 plain nd', 'APX_F', 'r:C w:OC'],
    ['w:rwdq, r:rwdq/mwdq, imm8', 'VMI', 'EVEX.L0.osz.MAP4.Wdq C1 /3 plain nd', 'APX_F', 'r:C w:OC'],
    ['w:r8, r:r8/m8, 1', 'VM-', 'EVEX.L0.NP.MAP4.WIG D0 /3 plain nd', 'APX_F', 'r:C w:OC'],
    ['w:rwdq, r:rwdq/mwdq, 1', 'VM-', 'EVEX.L0.osz.MAP4.Wdq D1 /3 plain nd', 'APX_F', 'r:C w:OC'],
    ['w:r8, r:r8/m8, r:cl', 'VM-', 'EVEX.L0.NP.MAP4.WIG D2 /3 plain nd', 'APX_F', 'r:C w:OC'],
    ['w:rwdq, r:rwdq/mwdq, r:cl', 'VM-', 'EVEX.L0.osz.MAP4.Wdq D3 /3 plain nd', 'APX_F', 'r:C w:OC'],
  ],
  /** `dst ← dst << count`. */
  shl: [
    ['rw:r8/m8, 1', 'M-', 'D0 /4', '', 'w:OSZAPC'],
    ['rw:rwdq/mwdq, 1', 'M-', 'osz D1 /4', '', 'w:OSZAPC'],
    ['rw:r8/m8, imm8', 'MI', 'C0 /4', '', 'w:OSZAPC'],
    ['rw:rwdq/mwdq, imm8', 'MI', 'osz C1 /4', '', 'w:OSZAPC'],
    ['rw:r8/m8, r:cl', 'M-', 'D2 /4', '', 'w:OSZAPC'],
    ['rw:rwdq/mwdq, r:cl', 'M-', 'osz D3 /4', '', 'w:OSZAPC'],
    ['w:r8, r:r8/m8, imm8', 'VMI', 'EVEX.L0.NP.MAP4.WIG C0 /4 plain nd', 'APX_F', 'w:OSZAPC'],
    ['w:rwdq, r:rwdq/mwdq, imm8', 'VMI', 'EVEX.L0.osz.MAP4.Wdq C1 /4 plain nd', 'APX_F', 'w:OSZAPC'],
    ['w:r8, r:r8/m8, 1', 'VM-', 'EVEX.L0.NP.MAP4.WIG D0 /4 plain nd', 'APX_F', 'w:OSZAPC'],
    ['w:rwdq, r:rwdq/mwdq, 1', 'VM-', 'EVEX.L0.osz.MAP4.Wdq D1 /4 plain nd', 'APX_F', 'w:OSZAPC'],
    ['w:r8, r:r8/m8, r:cl', 'VM-', 'EVEX.L0.NP.MAP4.WIG D2 /4 plain nd', 'APX_F', 'w:OSZAPC'],
    ['w:rwdq, r:rwdq/mwdq, r:cl', 'VM-', 'EVEX.L0.osz.MAP4.Wdq D3 /4 plain nd', 'APX_F', 'w:OSZAPC'],
  ],
  /** `dst ← dst >> count`, zeros coming in. */
  shr: [
    ['rw:r8/m8, 1', 'M-', 'D0 /5', '', 'w:OSZAPC'],
    ['rw:rwdq/mwdq, 1', 'M-', 'osz D1 /5', '', 'w:OSZAPC'],
    ['rw:r8/m8, imm8', 'MI', 'C0 /5', '', 'w:OSZAPC'],
    ['rw:rwdq/mwdq, imm8', 'MI', 'osz C1 /5', '', 'w:OSZAPC'],
    ['rw:r8/m8, r:cl', 'M-', 'D2 /5', '', 'w:OSZAPC'],
    ['rw:rwdq/mwdq, r:cl', 'M-', 'osz D3 /5', '', 'w:OSZAPC'],
    ['w:r8, r:r8/m8, imm8', 'VMI', 'EVEX.L0.NP.MAP4.WIG C0 /5 plain nd', 'APX_F', 'w:OSZAPC'],
    ['w:rwdq, r:rwdq/mwdq, imm8', 'VMI', 'EVEX.L0.osz.MAP4.Wdq C1 /5 plain nd', 'APX_F', 'w:OSZAPC'],
    ['w:r8, r:r8/m8, 1', 'VM-', 'EVEX.L0.NP.MAP4.WIG D0 /5 plain nd', 'APX_F', 'w:OSZAPC'],
    ['w:rwdq, r:rwdq/mwdq, 1', 'VM-', 'EVEX.L0.osz.MAP4.Wdq D1 /5 plain nd', 'APX_F', 'w:OSZAPC'],
    ['w:r8, r:r8/m8, r:cl', 'VM-', 'EVEX.L0.NP.MAP4.WIG D2 /5 plain nd', 'APX_F', 'w:OSZAPC'],
    ['w:rwdq, r:rwdq/mwdq, r:cl', 'VM-', 'EVEX.L0.osz.MAP4.Wdq D3 /5 plain nd', 'APX_F', 'w:OSZAPC'],
  ],
  /** `dst ← dst >> count`, copies of the sign coming in. */
  sar: [
    ['rw:r8/m8, 1', 'M-', 'D0 /7', '', 'w:OSZAPC'],
    ['rw:rwdq/mwdq, 1', 'M-', 'osz D1 /7', '', 'w:OSZAPC'],
    ['rw:r8/m8, imm8', 'MI', 'C0 /7', '', 'w:OSZAPC'],
    ['rw:rwdq/mwdq, imm8', 'MI', 'osz C1 /7', '', 'w:OSZAPC'],
    ['rw:r8/m8, r:cl', 'M-', 'D2 /7', '', 'w:OSZAPC'],
    ['rw:rwdq/mwdq, r:cl', 'M-', 'osz D3 /7', '', 'w:OSZAPC'],
    ['w:r8, r:r8/m8, imm8', 'VMI', 'EVEX.L0.NP.MAP4.WIG C0 /7 plain nd', 'APX_F', 'w:OSZAPC'],
    ['w:rwdq, r:rwdq/mwdq, imm8', 'VMI', 'EVEX.L0.osz.MAP4.Wdq C1 /7 plain nd', 'APX_F', 'w:OSZAPC'],
    ['w:r8, r:r8/m8, 1', 'VM-', 'EVEX.L0.NP.MAP4.WIG D0 /7 plain nd', 'APX_F', 'w:OSZAPC'],
    ['w:rwdq, r:rwdq/mwdq, 1', 'VM-', 'EVEX.L0.osz.MAP4.Wdq D1 /7 plain nd', 'APX_F', 'w:OSZAPC'],
    ['w:r8, r:r8/m8, r:cl', 'VM-', 'EVEX.L0.NP.MAP4.WIG D2 /7 plain nd', 'APX_F', 'w:OSZAPC'],
    ['w:rwdq, r:rwdq/mwdq, r:cl', 'VM-', 'EVEX.L0.osz.MAP4.Wdq D3 /7 plain nd', 'APX_F', 'w:OSZAPC'],
  ],
  /** `dst ← dst << count`, the high bits of src coming in. */
  shld: [
    ['rw:rwdq/mwdq, r:rwdq, imm8', 'MRI', 'osz 0F A4 /r', '', 'w:OSZAPC'],
    ['rw:rwdq/mwdq, r:rwdq, r:cl', 'MR-', 'osz 0F A5 /r', '', 'w:OSZAPC'],
    ['w:rwdq, r:rwdq/mwdq, r:rwdq, imm8', 'VMRI', 'EVEX.L0.osz.MAP4.Wdq 24 /r plain nd', 'APX_F', 'w:OSZAPC'],
    ['w:rwdq, r:rwdq/mwdq, r:rwdq, r:cl', 'VMR-', 'EVEX.L0.osz.MAP4.Wdq A5 /r plain nd', 'APX_F', 'w:OSZAPC'],
  ],
  /** `dst ← dst >> count`, the low bits of src coming in. */
  shrd: [
    ['rw:rwdq/mwdq, r:rwdq, imm8', 'MRI', 'osz 0F AC /r', '', 'w:OSZAPC'],
    ['rw:rwdq/mwdq, r:rwdq, r:cl', 'MR-', 'osz 0F AD /r', '', 'w:OSZAPC'],
    ['w:rwdq, r:rwdq/mwdq, r:rwdq, imm8', 'VMRI', 'EVEX.L0.osz.MAP4.Wdq 2C /r plain nd', 'APX_F', 'w:OSZAPC'],
    ['w:rwdq, r:rwdq/mwdq, r:rwdq, r:cl', 'VMR-', 'EVEX.L0.osz.MAP4.Wdq AD /r plain nd', 'APX_F', 'w:OSZAPC'],
  ],
  /** `dst ← src << count`; no flag changes. */
  shlx: [
    ['w:rdq, r:rdq/mdq, r:rdq', 'RMV', 'VEX.LZ.66.0F38.Wdq F7 /r', 'BMI2'],
    ['w:rdq, r:rdq/mdq, r:rdq', 'RMV', 'EVEX.L0.66.0F38.Wdq F7 /r plain', 'BMI2 APX_F'],
  ],
  /** `dst ← src >> count`, copies of the sign coming in; no flag changes. */
  sarx: [
    ['w:rdq, r:rdq/mdq, r:rdq', 'RMV', 'VEX.LZ.F3.0F38.Wdq F7 /r', 'BMI2'],
    ['w:rdq, r:rdq/mdq, r:rdq', 'RMV', 'EVEX.L0.F3.0F38.Wdq F7 /r plain', 'BMI2 APX_F'],
  ],
  /** `dst ← src >> count`, zeros coming in; no flag changes. */
  shrx: [
    ['w:rdq, r:rdq/mdq, r:rdq', 'RMV', 'VEX.LZ.F2.0F38.Wdq F7 /r', 'BMI2'],
    ['w:rdq, r:rdq/mdq, r:rdq', 'RMV', 'EVEX.L0.F2.0F38.Wdq F7 /r plain', 'BMI2 APX_F'],
  ],
  /** `dst ← src` rotated right; no flag changes. */
  rorx: [
    ['w:rdq, r:rdq/mdq, imm8', 'RMI', 'VEX.LZ.F2.0F3A.Wdq F0 /r', 'BMI2'],
    ['w:rdq, r:rdq/mdq, imm8', 'RMI', 'EVEX.L0.F2.0F3A.Wdq F0 /r plain', 'BMI2 APX_F'],
  ],
} as const
