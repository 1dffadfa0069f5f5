/** Rows of integer instructions under EVEX, as APX has them, where the legacy encoding does the same and is shorter. */

export const apxEvex = {
  /** `dst ← dst + src`. */
  '{evex} add': [
    ['rw:r8/m8, r:r8', 'MR', 'EVEX.L0.NP.MAP4.WIG 00 /r plain', 'APX_F', 'w:OSZAPC'],
    ['rw:rwdq/mwdq, r:rwdq', 'MR', 'EVEX.L0.osz.MAP4.Wdq 01 /r plain', 'APX_F', 'w:OSZAPC'],
    ['rw:r8, r:r8/m8', 'RM', 'EVEX.L0.NP.MAP4.WIG 02 /r plain', 'APX_F', 'w:OSZAPC'],
    ['rw:rwdq, r:rwdq/mwdq', 'RM', 'EVEX.L0.osz.MAP4.Wdq 03 /r plain', 'APX_F', 'w:OSZAPC'],
    ['rw:rwdq/mwdq, simm8', 'MI', 'EVEX.L0.osz.MAP4.Wdq 83 /0 plain', 'APX_F', 'w:OSZAPC'],
    ['rw:r8/m8, ib', 'MI', 'EVEX.L0.NP.MAP4.WIG 80 /0 plain', 'APX_F', 'w:OSZAPC'],
    ['rw:rwdq/mwdq, iwds', 'MI', 'EVEX.L0.osz.MAP4.Wdq 81 /0 plain', 'APX_F', 'w:OSZAPC'],
  ],
  /** `dst ← dst | src`. */
  '{evex} or': [
    ['rw:r8/m8, r:r8', 'MR', 'EVEX.L0.NP.MAP4.WIG 08 /r plain', 'APX_F', 'w:OSZAPC'],
    ['rw:rwdq/mwdq, r:rwdq', 'MR', 'EVEX.L0.osz.MAP4.Wdq 09 /r plain', 'APX_F', 'w:OSZAPC'],
    ['rw:r8, r:r8/m8', 'RM', 'EVEX.L0.NP.MAP4.WIG 0A /r plain', 'APX_F', 'w:OSZAPC'],
    ['rw:rwdq, r:rwdq/mwdq', 'RM', 'EVEX.L0.osz.MAP4.Wdq 0B /r plain', 'APX_F', 'w:OSZAPC'],
    ['rw:rwdq/mwdq, simm8', 'MI', 'EVEX.L0.osz.MAP4.Wdq 83 /1 plain', 'APX_F', 'w:OSZAPC'],
    ['rw:r8/m8, ib', 'MI', 'EVEX.L0.NP.MAP4.WIG 80 /1 plain', 'APX_F', 'w:OSZAPC'],
    ['rw:rwdq/mwdq, iwds', 'MI', 'EVEX.L0.osz.MAP4.Wdq 81 /1 plain', 'APX_F', 'w:OSZAPC'],
  ],
  /** `dst ← dst + src + CF`. */
  '{evex} adc': [
    ['rw:r8/m8, r:r8', 'MR', 'EVEX.L0.NP.MAP4.WIG 10 /r plain', 'APX_F', 'r:C w:OSZAPC'],
    ['rw:rwdq/mwdq, r:rwdq', 'MR', 'EVEX.L0.osz.MAP4.Wdq 11 /r plain', 'APX_F', 'r:C w:OSZAPC'],
    ['rw:r8, r:r8/m8', 'RM', 'EVEX.L0.NP.MAP4.WIG 12 /r plain', 'APX_F', 'r:C w:OSZAPC'],
    ['rw:rwdq, r:rwdq/mwdq', 'RM', 'EVEX.L0.osz.MAP4.Wdq 13 /r plain', 'APX_F', 'r:C w:OSZAPC'],
    ['rw:rwdq/mwdq, simm8', 'MI', 'EVEX.L0.osz.MAP4.Wdq 83 /2 plain', 'APX_F', 'r:C w:OSZAPC'],
    ['rw:r8/m8, ib', 'MI', 'EVEX.L0.NP.MAP4.WIG 80 /2 plain', 'APX_F', 'r:C w:OSZAPC'],
    ['rw:rwdq/mwdq, iwds', 'MI', 'EVEX.L0.osz.MAP4.Wdq 81 /2 plain', 'APX_F', 'r:C w:OSZAPC'],
  ],
  /** `dst ← dst − src − CF`. */
  '{evex} sbb': [
    ['rw:r8/m8, r:r8', 'MR', 'EVEX.L0.NP.MAP4.WIG 18 /r plain', 'APX_F', 'r:C w:OSZAPC'],
    ['rw:rwdq/mwdq, r:rwdq', 'MR', 'EVEX.L0.osz.MAP4.Wdq 19 /r plain', 'APX_F', 'r:C w:OSZAPC'],
    ['rw:r8, r:r8/m8', 'RM', 'EVEX.L0.NP.MAP4.WIG 1A /r plain', 'APX_F', 'r:C w:OSZAPC'],
    ['rw:rwdq, r:rwdq/mwdq', 'RM', 'EVEX.L0.osz.MAP4.Wdq 1B /r plain', 'APX_F', 'r:C w:OSZAPC'],
    ['rw:rwdq/mwdq, simm8', 'MI', 'EVEX.L0.osz.MAP4.Wdq 83 /3 plain', 'APX_F', 'r:C w:OSZAPC'],
    ['rw:r8/m8, ib', 'MI', 'EVEX.L0.NP.MAP4.WIG 80 /3 plain', 'APX_F', 'r:C w:OSZAPC'],
    ['rw:rwdq/mwdq, iwds', 'MI', 'EVEX.L0.osz.MAP4.Wdq 81 /3 plain', 'APX_F', 'r:C w:OSZAPC'],
  ],
  /** `dst ← dst & src`. */
  '{evex} and': [
    ['rw:r8/m8, r:r8', 'MR', 'EVEX.L0.NP.MAP4.WIG 20 /r plain', 'APX_F', 'w:OSZAPC'],
    ['rw:rwdq/mwdq, r:rwdq', 'MR', 'EVEX.L0.osz.MAP4.Wdq 21 /r plain', 'APX_F', 'w:OSZAPC'],
    ['rw:r8, r:r8/m8', 'RM', 'EVEX.L0.NP.MAP4.WIG 22 /r plain', 'APX_F', 'w:OSZAPC'],
    ['rw:rwdq, r:rwdq/mwdq', 'RM', 'EVEX.L0.osz.MAP4.Wdq 23 /r plain', 'APX_F', 'w:OSZAPC'],
    ['rw:rwdq/mwdq, simm8', 'MI', 'EVEX.L0.osz.MAP4.Wdq 83 /4 plain', 'APX_F', 'w:OSZAPC'],
    ['rw:r8/m8, ib', 'MI', 'EVEX.L0.NP.MAP4.WIG 80 /4 plain', 'APX_F', 'w:OSZAPC'],
    ['rw:rwdq/mwdq, iwds', 'MI', 'EVEX.L0.osz.MAP4.Wdq 81 /4 plain', 'APX_F', 'w:OSZAPC'],
  ],
  /** `dst ← dst − src`. */
  '{evex} sub': [
    ['rw:r8/m8, r:r8', 'MR', 'EVEX.L0.NP.MAP4.WIG 28 /r plain', 'APX_F', 'w:OSZAPC'],
    ['rw:rwdq/mwdq, r:rwdq', 'MR', 'EVEX.L0.osz.MAP4.Wdq 29 /r plain', 'APX_F', 'w:OSZAPC'],
    ['rw:r8, r:r8/m8', 'RM', 'EVEX.L0.NP.MAP4.WIG 2A /r plain', 'APX_F', 'w:OSZAPC'],
    ['rw:rwdq, r:rwdq/mwdq', 'RM', 'EVEX.L0.osz.MAP4.Wdq 2B /r plain', 'APX_F', 'w:OSZAPC'],
    ['rw:rwdq/mwdq, simm8', 'MI', 'EVEX.L0.osz.MAP4.Wdq 83 /5 plain', 'APX_F', 'w:OSZAPC'],
    ['rw:r8/m8, ib', 'MI', 'EVEX.L0.NP.MAP4.WIG 80 /5 plain', 'APX_F', 'w:OSZAPC'],
    ['rw:rwdq/mwdq, iwds', 'MI', 'EVEX.L0.osz.MAP4.Wdq 81 /5 plain', 'APX_F', 'w:OSZAPC'],
  ],
  /** `dst ← dst ^ src`. */
  '{evex} xor': [
    ['rw:r8/m8, r:r8', 'MR', 'EVEX.L0.NP.MAP4.WIG 30 /r plain', 'APX_F', 'w:OSZAPC'],
    ['rw:rwdq/mwdq, r:rwdq', 'MR', 'EVEX.L0.osz.MAP4.Wdq 31 /r plain', 'APX_F', 'w:OSZAPC'],
    ['rw:r8, r:r8/m8', 'RM', 'EVEX.L0.NP.MAP4.WIG 32 /r plain', 'APX_F', 'w:OSZAPC'],
    ['rw:rwdq, r:rwdq/mwdq', 'RM', 'EVEX.L0.osz.MAP4.Wdq 33 /r plain', 'APX_F', 'w:OSZAPC'],
    ['rw:rwdq/mwdq, simm8', 'MI', 'EVEX.L0.osz.MAP4.Wdq 83 /6 plain', 'APX_F', 'w:OSZAPC'],
    ['rw:r8/m8, ib', 'MI', 'EVEX.L0.NP.MAP4.WIG 80 /6 plain', 'APX_F', 'w:OSZAPC'],
    ['rw:rwdq/mwdq, iwds', 'MI', 'EVEX.L0.osz.MAP4.Wdq 81 /6 plain', 'APX_F', 'w:OSZAPC'],
  ],
  /** `dst ← dst + 1`; CF is kept. */
  '{evex} inc': [
    ['rw:r8/m8', 'M', 'EVEX.L0.NP.MAP4.WIG FE /0 plain', 'APX_F', 'w:OSZAP'],
    ['rw:rwdq/mwdq', 'M', 'EVEX.L0.osz.MAP4.Wdq FF /0 plain', 'APX_F', 'w:OSZAP'],
  ],
  /** `dst ← dst − 1`; CF is kept. */
  '{evex} dec': [
    ['rw:r8/m8', 'M', 'EVEX.L0.NP.MAP4.WIG FE /1 plain', 'APX_F', 'w:OSZAP'],
    ['rw:rwdq/mwdq', 'M', 'EVEX.L0.osz.MAP4.Wdq FF /1 plain', 'APX_F', 'w:OSZAP'],
  ],
  /** `dst ← ~dst`; no flag changes. */
  '{evex} not': [
    ['rw:r8/m8', 'M', 'EVEX.L0.NP.MAP4.WIG F6 /2 plain', 'APX_F'],
    ['rw:rwdq/mwdq', 'M', 'EVEX.L0.osz.MAP4.Wdq F7 /2 plain', 'APX_F'],
  ],
  /** `dst ← −dst`. */
  '{evex} neg': [
    ['rw:r8/m8', 'M', 'EVEX.L0.NP.MAP4.WIG F6 /3 plain', 'APX_F', 'w:OSZAPC'],
    ['rw:rwdq/mwdq', 'M', 'EVEX.L0.osz.MAP4.Wdq F7 /3 plain', 'APX_F', 'w:OSZAPC'],
  ],
  /** `ax ← al · src`, or `dx:ax`, `edx:eax`, `rdx:rax ← a · src`, unsigned. */
  '{evex} mul': [
    ['r:r8/m8, r:<al>, w:<ax>', 'M', 'EVEX.L0.NP.MAP4.WIG F6 /4 plain', 'APX_F', 'w:OSZAPC'],
    ['r:r16/m16, rw:<ax>, w:<dx>', 'M', 'EVEX.L0.66.MAP4.W0 F7 /4 plain', 'APX_F', 'w:OSZAPC'],
    ['r:r32/m32, rw:<eax>, w:<edx>', 'M', 'EVEX.L0.NP.MAP4.W0 F7 /4 plain', 'APX_F', 'w:OSZAPC'],
    ['r:r64/m64, rw:<rax>, w:<rdx>', 'M', 'EVEX.L0.NP.MAP4.W1 F7 /4 plain', 'APX_F', 'w:OSZAPC'],
  ],
  /** `dst ← a · b`, signed, low half; with one operand the double-width product as mul. */
  '{evex} imul': [
    ['r:r8/m8, r:<al>, w:<ax>', 'M', 'EVEX.L0.NP.MAP4.WIG F6 /5 plain', 'APX_F', 'w:OSZAPC'],
    ['r:r16/m16, rw:<ax>, w:<dx>', 'M', 'EVEX.L0.66.MAP4.W0 F7 /5 plain', 'APX_F', 'w:OSZAPC'],
    ['r:r32/m32, rw:<eax>, w:<edx>', 'M', 'EVEX.L0.NP.MAP4.W0 F7 /5 plain', 'APX_F', 'w:OSZAPC'],
    ['r:r64/m64, rw:<rax>, w:<rdx>', 'M', 'EVEX.L0.NP.MAP4.W1 F7 /5 plain', 'APX_F', 'w:OSZAPC'],
    ['rw:rwdq, r:rwdq/mwdq', 'RM', 'EVEX.L0.osz.MAP4.Wdq AF /r plain', 'APX_F', 'w:OSZAPC'],
    ['w:rwdq, r:rwdq/mwdq, simm8', 'RMI', 'EVEX.L0.osz.MAP4.Wdq 6B /r plain', 'APX_F', 'w:OSZAPC'],
    ['w:rwdq, r:rwdq/mwdq, iwds', 'RMI', 'EVEX.L0.osz.MAP4.Wdq 69 /r plain', 'APX_F', 'w:OSZAPC'],
  ],
  /** `al, ah` or `a, d ← quotient and remainder of d:a / src`, unsigned. */
  '{evex} div': [
    ['r:r8/m8, rw:<ax>', 'M', 'EVEX.L0.NP.MAP4.WIG F6 /6 plain', 'APX_F', 'w:OSZAPC'],
    ['r:r16/m16, rw:<ax>, rw:<dx>', 'M', 'EVEX.L0.66.MAP4.W0 F7 /6 plain', 'APX_F', 'w:OSZAPC'],
    ['r:r32/m32, rw:<eax>, rw:<edx>', 'M', 'EVEX.L0.NP.MAP4.W0 F7 /6 plain', 'APX_F', 'w:OSZAPC'],
    ['r:r64/m64, rw:<rax>, rw:<rdx>', 'M', 'EVEX.L0.NP.MAP4.W1 F7 /6 plain', 'APX_F', 'w:OSZAPC'],
  ],
  /** `al, ah` or `a, d ← quotient and remainder of d:a / src`, signed, toward zero. */
  '{evex} idiv': [
    ['r:r8/m8, rw:<ax>', 'M', 'EVEX.L0.NP.MAP4.WIG F6 /7 plain', 'APX_F', 'w:OSZAPC'],
    ['r:r16/m16, rw:<ax>, rw:<dx>', 'M', 'EVEX.L0.66.MAP4.W0 F7 /7 plain', 'APX_F', 'w:OSZAPC'],
    ['r:r32/m32, rw:<eax>, rw:<edx>', 'M', 'EVEX.L0.NP.MAP4.W0 F7 /7 plain', 'APX_F', 'w:OSZAPC'],
    ['r:r64/m64, rw:<rax>, rw:<rdx>', 'M', 'EVEX.L0.NP.MAP4.W1 F7 /7 plain', 'APX_F', 'w:OSZAPC'],
  ],
  /** `dst ← dst` rotated left. */
  '{evex} rol': [
    ['rw:r8/m8, imm8', 'MI', 'EVEX.L0.NP.MAP4.WIG C0 /0 plain', 'APX_F', 'w:OC'],
    ['rw:rwdq/mwdq, imm8', 'MI', 'EVEX.L0.osz.MAP4.Wdq C1 /0 plain', 'APX_F', 'w:OC'],
    ['rw:r8/m8, 1', 'M-', 'EVEX.L0.NP.MAP4.WIG D0 /0 plain', 'APX_F', 'w:OC'],
    ['rw:rwdq/mwdq, 1', 'M-', 'EVEX.L0.osz.MAP4.Wdq D1 /0 plain', 'APX_F', 'w:OC'],
    ['rw:r8/m8, r:cl', 'M-', 'EVEX.L0.NP.MAP4.WIG D2 /0 plain', 'APX_F', 'w:OC'],
    ['rw:rwdq/mwdq, r:cl', 'M-', 'EVEX.L0.osz.MAP4.Wdq D3 /0 plain', 'APX_F', 'w:OC'],
  ],
  /** `dst ← dst` rotated right. */
  '{evex} ror': [
    ['rw:r8/m8, imm8', 'MI', 'EVEX.L0.NP.MAP4.WIG C0 /1 plain', 'APX_F', 'w:OC'],
    ['rw:rwdq/mwdq, imm8', 'MI', 'EVEX.L0.osz.MAP4.Wdq C1 /1 plain', 'APX_F', 'w:OC'],
    ['rw:r8/m8, 1', 'M-', 'EVEX.L0.NP.MAP4.WIG D0 /1 plain', 'APX_F', 'w:OC'],
    ['rw:rwdq/mwdq, 1', 'M-', 'EVEX.L0.osz.MAP4.Wdq D1 /1 plain', 'APX_F', 'w:OC'],
    ['rw:r8/m8, r:cl', 'M-', 'EVEX.L0.NP.MAP4.WIG D2 /1 plain', 'APX_F', 'w:OC'],
    ['rw:rwdq/mwdq, r:cl', 'M-', 'EVEX.L0.osz.MAP4.Wdq D3 /1 plain', 'APX_F', 'w:OC'],
  ],
  /** `CF:dst ← CF:dst` rotated left. */
  '{evex} rcl': [
    ['rw:r8/m8, imm8', 'MI', 'EVEX.L0.NP.MAP4.WIG C0 /2 plain', 'APX_F', 'r:C w:OC'],
    ['rw:rwdq/mwdq, imm8', 'MI', 'EVEX.L0.osz.MAP4.Wdq C1 /2 plain', 'APX_F', 'r:C w:OC'],
    ['rw:r8/m8, 1', 'M-', 'EVEX.L0.NP.MAP4.WIG D0 /2 plain', 'APX_F', 'r:C w:OC'],
    ['rw:rwdq/mwdq, 1', 'M-', 'EVEX.L0.osz.MAP4.Wdq D1 /2 plain', 'APX_F', 'r:C w:OC'],
    ['rw:r8/m8, r:cl', 'M-', 'EVEX.L0.NP.MAP4.WIG D2 /2 plain', 'APX_F', 'r:C w:OC'],
    ['rw:rwdq/mwdq, r:cl', 'M-', 'EVEX.L0.osz.MAP4.Wdq D3 /2 plain', 'APX_F', 'r:C w:OC'],
  ],
  /** `CF:dst ← CF:dst` rotated right. */
  '{evex} rcr': [
    ['rw:r8/m8, imm8', 'MI', 'EVEX.L0.NP.MAP4.WIG C0 /3 plain', 'APX_F', 'r:C w:OC'],
    ['rw:rwdq/mwdq, imm8', 'MI', 'EVEX.L0.osz.MAP4.Wdq C1 /3 plain', 'APX_F', 'r:C w:OC'],
    ['rw:r8/m8, 1', 'M-', 'EVEX.L0.NP.MAP4.WIG D0 /3 plain', 'APX_F', 'r:C w:OC'],
    ['rw:rwdq/mwdq, 1', 'M-', 'EVEX.L0.osz.MAP4.Wdq D1 /3 plain', 'APX_F', 'r:C w:OC'],
    ['rw:r8/m8, r:cl', 'M-', 'EVEX.L0.NP.MAP4.WIG D2 /3 plain', 'APX_F', 'r:C w:OC'],
    ['rw:rwdq/mwdq, r:cl', 'M-', 'EVEX.L0.osz.MAP4.Wdq D3 /3 plain', 'APX_F', 'r:C w:OC'],
  ],
  /** `dst ← dst << count`. */
  '{evex} shl': [
    ['rw:r8/m8, imm8', 'MI', 'EVEX.L0.NP.MAP4.WIG C0 /4 plain', 'APX_F', 'w:OSZAPC'],
    ['rw:rwdq/mwdq, imm8', 'MI', 'EVEX.L0.osz.MAP4.Wdq C1 /4 plain', 'APX_F', 'w:OSZAPC'],
    ['rw:r8/m8, 1', 'M-', 'EVEX.L0.NP.MAP4.WIG D0 /4 plain', 'APX_F', 'w:OSZAPC'],
    ['rw:rwdq/mwdq, 1', 'M-', 'EVEX.L0.osz.MAP4.Wdq D1 /4 plain', 'APX_F', 'w:OSZAPC'],
    ['rw:r8/m8, r:cl', 'M-', 'EVEX.L0.NP.MAP4.WIG D2 /4 plain', 'APX_F', 'w:OSZAPC'],
    ['rw:rwdq/mwdq, r:cl', 'M-', 'EVEX.L0.osz.MAP4.Wdq D3 /4 plain', 'APX_F', 'w:OSZAPC'],
  ],
  /** `dst ← dst >> count`, zeros coming in. */
  '{evex} shr': [
    ['rw:r8/m8, imm8', 'MI', 'EVEX.L0.NP.MAP4.WIG C0 /5 plain', 'APX_F', 'w:OSZAPC'],
    ['rw:rwdq/mwdq, imm8', 'MI', 'EVEX.L0.osz.MAP4.Wdq C1 /5 plain', 'APX_F', 'w:OSZAPC'],
    ['rw:r8/m8, 1', 'M-', 'EVEX.L0.NP.MAP4.WIG D0 /5 plain', 'APX_F', 'w:OSZAPC'],
    ['rw:rwdq/mwdq, 1', 'M-', 'EVEX.L0.osz.MAP4.Wdq D1 /5 plain', 'APX_F', 'w:OSZAPC'],
    ['rw:r8/m8, r:cl', 'M-', 'EVEX.L0.NP.MAP4.WIG D2 /5 plain', 'APX_F', 'w:OSZAPC'],
    ['rw:rwdq/mwdq, r:cl', 'M-', 'EVEX.L0.osz.MAP4.Wdq D3 /5 plain', 'APX_F', 'w:OSZAPC'],
  ],
  /** `dst ← dst >> count`, copies of the sign coming in. */
  '{evex} sar': [
    ['rw:r8/m8, imm8', 'MI', 'EVEX.L0.NP.MAP4.WIG C0 /7 plain', 'APX_F', 'w:OSZAPC'],
    ['rw:rwdq/mwdq, imm8', 'MI', 'EVEX.L0.osz.MAP4.Wdq C1 /7 plain', 'APX_F', 'w:OSZAPC'],
    ['rw:r8/m8, 1', 'M-', 'EVEX.L0.NP.MAP4.WIG D0 /7 plain', 'APX_F', 'w:OSZAPC'],
    ['rw:rwdq/mwdq, 1', 'M-', 'EVEX.L0.osz.MAP4.Wdq D1 /7 plain', 'APX_F', 'w:OSZAPC'],
    ['rw:r8/m8, r:cl', 'M-', 'EVEX.L0.NP.MAP4.WIG D2 /7 plain', 'APX_F', 'w:OSZAPC'],
    ['rw:rwdq/mwdq, r:cl', 'M-', 'EVEX.L0.osz.MAP4.Wdq D3 /7 plain', 'APX_F', 'w:OSZAPC'],
  ],
  /** `dst ← dst << count`, the high bits of src coming in. */
  '{evex} shld': [
    ['rw:rwdq/mwdq, r:rwdq, imm8', 'MRI', 'EVEX.L0.osz.MAP4.Wdq 24 /r plain', 'APX_F', 'w:OSZAPC'],
    ['rw:rwdq/mwdq, r:rwdq, r:cl', 'MR-', 'EVEX.L0.osz.MAP4.Wdq A5 /r plain', 'APX_F', 'w:OSZAPC'],
  ],
  /** `dst ← dst >> count`, the low bits of src coming in. */
  '{evex} shrd': [
    ['rw:rwdq/mwdq, r:rwdq, imm8', 'MRI', 'EVEX.L0.osz.MAP4.Wdq 2C /r plain', 'APX_F', 'w:OSZAPC'],
    ['rw:rwdq/mwdq, r:rwdq, r:cl', 'MR-', 'EVEX.L0.osz.MAP4.Wdq AD /r plain', 'APX_F', 'w:OSZAPC'],
  ],
  /** `dst ← number of leading zeros`, the width when src is 0. */
  '{evex} lzcnt': [['w:rwdq, r:rwdq/mwdq', 'RM', 'EVEX.L0.osz.MAP4.Wdq F5 /r plain', 'LZCNT APX_F', 'w:OSZAPC']],
  /** `dst ← number of trailing zeros`, the width when src is 0. */
  '{evex} tzcnt': [['w:rwdq, r:rwdq/mwdq', 'RM', 'EVEX.L0.osz.MAP4.Wdq F4 /r plain', 'BMI1 APX_F', 'w:OSZAPC']],
  /** `dst ← number of set bits`. */
  '{evex} popcnt': [['w:rwdq, r:rwdq/mwdq', 'RM', 'EVEX.L0.osz.MAP4.Wdq 88 /r plain', 'POPCNT APX_F', 'w:OSZAPC']],
  /** `dst ← 1` if overflow, else 0. */
  '{evex} seto': [['w:r8/m8', 'M', 'EVEX.L0.F2.MAP4.WIG 40 /0* plain', 'APX_F', 'r:O']],
  /** `dst ← 1` if no overflow, else 0. */
  '{evex} setno': [['w:r8/m8', 'M', 'EVEX.L0.F2.MAP4.WIG 41 /0* plain', 'APX_F', 'r:O']],
  /** `dst ← 1` if below (unsigned <), else 0. */
  '{evex} setb': [['w:r8/m8', 'M', 'EVEX.L0.F2.MAP4.WIG 42 /0* plain', 'APX_F', 'r:C']],
  /** `dst ← 1` if above or equal (unsigned ≥), else 0. */
  '{evex} setae': [['w:r8/m8', 'M', 'EVEX.L0.F2.MAP4.WIG 43 /0* plain', 'APX_F', 'r:C']],
  /** `dst ← 1` if equal, else 0. */
  '{evex} sete': [['w:r8/m8', 'M', 'EVEX.L0.F2.MAP4.WIG 44 /0* plain', 'APX_F', 'r:Z']],
  /** `dst ← 1` if not equal, else 0. */
  '{evex} setne': [['w:r8/m8', 'M', 'EVEX.L0.F2.MAP4.WIG 45 /0* plain', 'APX_F', 'r:Z']],
  /** `dst ← 1` if below or equal (unsigned ≤), else 0. */
  '{evex} setbe': [['w:r8/m8', 'M', 'EVEX.L0.F2.MAP4.WIG 46 /0* plain', 'APX_F', 'r:CZ']],
  /** `dst ← 1` if above (unsigned >), else 0. */
  '{evex} seta': [['w:r8/m8', 'M', 'EVEX.L0.F2.MAP4.WIG 47 /0* plain', 'APX_F', 'r:CZ']],
  /** `dst ← 1` if sign set, else 0. */
  '{evex} sets': [['w:r8/m8', 'M', 'EVEX.L0.F2.MAP4.WIG 48 /0* plain', 'APX_F', 'r:S']],
  /** `dst ← 1` if sign clear, else 0. */
  '{evex} setns': [['w:r8/m8', 'M', 'EVEX.L0.F2.MAP4.WIG 49 /0* plain', 'APX_F', 'r:S']],
  /** `dst ← 1` if parity even, else 0. */
  '{evex} setp': [['w:r8/m8', 'M', 'EVEX.L0.F2.MAP4.WIG 4A /0* plain', 'APX_F', 'r:P']],
  /** `dst ← 1` if parity odd, else 0. */
  '{evex} setnp': [['w:r8/m8', 'M', 'EVEX.L0.F2.MAP4.WIG 4B /0* plain', 'APX_F', 'r:P']],
  /** `dst ← 1` if less (signed <), else 0. */
  '{evex} setl': [['w:r8/m8', 'M', 'EVEX.L0.F2.MAP4.WIG 4C /0* plain', 'APX_F', 'r:SO']],
  /** `dst ← 1` if greater or equal (signed ≥), else 0. */
  '{evex} setge': [['w:r8/m8', 'M', 'EVEX.L0.F2.MAP4.WIG 4D /0* plain', 'APX_F', 'r:SO']],
  /** `dst ← 1` if less or equal (signed ≤), else 0. */
  '{evex} setle': [['w:r8/m8', 'M', 'EVEX.L0.F2.MAP4.WIG 4E /0* plain', 'APX_F', 'r:ZSO']],
  /** `dst ← 1` if greater (signed >), else 0. */
  '{evex} setg': [['w:r8/m8', 'M', 'EVEX.L0.F2.MAP4.WIG 4F /0* plain', 'APX_F', 'r:ZSO']],
  /** `dst ← 8 bits of src`, zero-extended. */
  '{evex} kmovb': [['w:k, r:k', 'RM', 'EVEX.L0.66.0F.W0 90 /r plain', 'AVX512DQ APX_F']],
  /** `dst ← 16 bits of src`, zero-extended. */
  '{evex} kmovw': [['w:k, r:k', 'RM', 'EVEX.L0.NP.0F.W0 90 /r plain', 'AVX512F APX_F']],
  /** `dst ← 32 bits of src`, zero-extended. */
  '{evex} kmovd': [['w:k, r:k', 'RM', 'EVEX.L0.66.0F.W1 90 /r plain', 'AVX512BW APX_F']],
  /** `dst ← 64 bits of src`, zero-extended. */
  '{evex} kmovq': [['w:k, r:k', 'RM', 'EVEX.L0.NP.0F.W1 90 /r plain', 'AVX512BW APX_F']],
} as const
