/** Rows of APX’s integer instructions that leave the flags alone ({nf}). */

export const apxNoFlags = {
  /** `dst ← dst + src`; no flag changes. */
  '{nf} add': [
    ['rw:r8/m8, r:r8', 'MR', 'EVEX.L0.NP.MAP4.WIG 00 /r plain nf', 'APX_F'],
    ['rw:rwdq/mwdq, r:rwdq', 'MR', 'EVEX.L0.osz.MAP4.Wdq 01 /r plain nf', 'APX_F'],
    ['rw:r8, r:r8/m8', 'RM', 'EVEX.L0.NP.MAP4.WIG 02 /r plain nf', 'APX_F'],
    ['rw:rwdq, r:rwdq/mwdq', 'RM', 'EVEX.L0.osz.MAP4.Wdq 03 /r plain nf', 'APX_F'],
    ['rw:rwdq/mwdq, simm8', 'MI', 'EVEX.L0.osz.MAP4.Wdq 83 /0 plain nf', 'APX_F'],
    ['rw:r8/m8, ib', 'MI', 'EVEX.L0.NP.MAP4.WIG 80 /0 plain nf', 'APX_F'],
    ['rw:rwdq/mwdq, iwds', 'MI', 'EVEX.L0.osz.MAP4.Wdq 81 /0 plain nf', 'APX_F'],
    ['w:r8, r:r8/m8, r:r8', 'VMR', 'EVEX.L0.NP.MAP4.WIG 00 /r plain nd nf', 'APX_F'],
    ['w:rwdq, r:rwdq/mwdq, r:rwdq', 'VMR', 'EVEX.L0.osz.MAP4.Wdq 01 /r plain nd nf', 'APX_F'],
    ['w:r8, r:r8, r:r8/m8', 'VRM', 'EVEX.L0.NP.MAP4.WIG 02 /r plain nd nf', 'APX_F'],
    ['w:rwdq, r:rwdq, r:rwdq/mwdq', 'VRM', 'EVEX.L0.osz.MAP4.Wdq 03 /r plain nd nf', 'APX_F'],
    ['w:rwdq, r:rwdq/mwdq, simm8', 'VMI', 'EVEX.L0.osz.MAP4.Wdq 83 /0 plain nd nf', 'APX_F'],
    ['w:r8, r:r8/m8, ib', 'VMI', 'EVEX.L0.NP.MAP4.WIG 80 /0 plain nd nf', 'APX_F'],
    ['w:rwdq, r:rwdq/mwdq, iwds', 'VMI', 'EVEX.L0.osz.MAP4.Wdq 81 /0 plain nd nf', 'APX_F'],
  ],
  /** `dst ← dst | src`; no flag changes. */
  '{nf} or': [
    ['rw:r8/m8, r:r8', 'MR', 'EVEX.L0.NP.MAP4.WIG 08 /r plain nf', 'APX_F'],
    ['rw:rwdq/mwdq, r:rwdq', 'MR', 'EVEX.L0.osz.MAP4.Wdq 09 /r plain nf', 'APX_F'],
    ['rw:r8, r:r8/m8', 'RM', 'EVEX.L0.NP.MAP4.WIG 0A /r plain nf', 'APX_F'],
    ['rw:rwdq, r:rwdq/mwdq', 'RM', 'EVEX.L0.osz.MAP4.Wdq 0B /r plain nf', 'APX_F'],
    ['rw:rwdq/mwdq, simm8', 'MI', 'EVEX.L0.osz.MAP4.Wdq 83 /1 plain nf', 'APX_F'],
    ['rw:r8/m8, ib', 'MI', 'EVEX.L0.NP.MAP4.WIG 80 /1 plain nf', 'APX_F'],
    ['rw:rwdq/mwdq, iwds', 'MI', 'EVEX.L0.osz.MAP4.Wdq 81 /1 plain nf', 'APX_F'],
    ['w:r8, r:r8/m8, r:r8', 'VMR', 'EVEX.L0.NP.MAP4.WIG 08 /r plain nd nf', 'APX_F'],
    ['w:rwdq, r:rwdq/mwdq, r:rwdq', 'VMR', 'EVEX.L0.osz.MAP4.Wdq 09 /r plain nd nf', 'APX_F'],
    ['w:r8, r:r8, r:r8/m8', 'VRM', 'EVEX.L0.NP.MAP4.WIG 0A /r plain nd nf', 'APX_F'],
    ['w:rwdq, r:rwdq, r:rwdq/mwdq', 'VRM', 'EVEX.L0.osz.MAP4.Wdq 0B /r plain nd nf', 'APX_F'],
    ['w:rwdq, r:rwdq/mwdq, simm8', 'VMI', 'EVEX.L0.osz.MAP4.Wdq 83 /1 plain nd nf', 'APX_F'],
    ['w:r8, r:r8/m8, ib', 'VMI', 'EVEX.L0.NP.MAP4.WIG 80 /1 plain nd nf', 'APX_F'],
    ['w:rwdq, r:rwdq/mwdq, iwds', 'VMI', 'EVEX.L0.osz.MAP4.Wdq 81 /1 plain nd nf', 'APX_F'],
  ],
  /** `dst ← dst & src`; no flag changes. */
  '{nf} and': [
    ['rw:r8/m8, r:r8', 'MR', 'EVEX.L0.NP.MAP4.WIG 20 /r plain nf', 'APX_F'],
    ['rw:rwdq/mwdq, r:rwdq', 'MR', 'EVEX.L0.osz.MAP4.Wdq 21 /r plain nf', 'APX_F'],
    ['rw:r8, r:r8/m8', 'RM', 'EVEX.L0.NP.MAP4.WIG 22 /r plain nf', 'APX_F'],
    ['rw:rwdq, r:rwdq/mwdq', 'RM', 'EVEX.L0.osz.MAP4.Wdq 23 /r plain nf', 'APX_F'],
    ['rw:rwdq/mwdq, simm8', 'MI', 'EVEX.L0.osz.MAP4.Wdq 83 /4 plain nf', 'APX_F'],
    ['rw:r8/m8, ib', 'MI', 'EVEX.L0.NP.MAP4.WIG 80 /4 plain nf', 'APX_F'],
    ['rw:rwdq/mwdq, iwds', 'MI', 'EVEX.L0.osz.MAP4.Wdq 81 /4 plain nf', 'APX_F'],
    ['w:r8, r:r8/m8, r:r8', 'VMR', 'EVEX.L0.NP.MAP4.WIG 20 /r plain nd nf', 'APX_F'],
    ['w:rwdq, r:rwdq/mwdq, r:rwdq', 'VMR', 'EVEX.L0.osz.MAP4.Wdq 21 /r plain nd nf', 'APX_F'],
    ['w:r8, r:r8, r:r8/m8', 'VRM', 'EVEX.L0.NP.MAP4.WIG 22 /r plain nd nf', 'APX_F'],
    ['w:rwdq, r:rwdq, r:rwdq/mwdq', 'VRM', 'EVEX.L0.osz.MAP4.Wdq 23 /r plain nd nf', 'APX_F'],
    ['w:rwdq, r:rwdq/mwdq, simm8', 'VMI', 'EVEX.L0.osz.MAP4.Wdq 83 /4 plain nd nf', 'APX_F'],
    ['w:r8, r:r8/m8, ib', 'VMI', 'EVEX.L0.NP.MAP4.WIG 80 /4 plain nd nf', 'APX_F'],
    ['w:rwdq, r:rwdq/mwdq, iwds', 'VMI', 'EVEX.L0.osz.MAP4.Wdq 81 /4 plain nd nf', 'APX_F'],
  ],
  /** `dst ← dst − src`; no flag changes. */
  '{nf} sub': [
    ['rw:r8/m8, r:r8', 'MR', 'EVEX.L0.NP.MAP4.WIG 28 /r plain nf', 'APX_F'],
    ['rw:rwdq/mwdq, r:rwdq', 'MR', 'EVEX.L0.osz.MAP4.Wdq 29 /r plain nf', 'APX_F'],
    ['rw:r8, r:r8/m8', 'RM', 'EVEX.L0.NP.MAP4.WIG 2A /r plain nf', 'APX_F'],
    ['rw:rwdq, r:rwdq/mwdq', 'RM', 'EVEX.L0.osz.MAP4.Wdq 2B /r plain nf', 'APX_F'],
    ['rw:rwdq/mwdq, simm8', 'MI', 'EVEX.L0.osz.MAP4.Wdq 83 /5 plain nf', 'APX_F'],
    ['rw:r8/m8, ib', 'MI', 'EVEX.L0.NP.MAP4.WIG 80 /5 plain nf', 'APX_F'],
    ['rw:rwdq/mwdq, iwds', 'MI', 'EVEX.L0.osz.MAP4.Wdq 81 /5 plain nf', 'APX_F'],
    ['w:r8, r:r8/m8, r:r8', 'VMR', 'EVEX.L0.NP.MAP4.WIG 28 /r plain nd nf', 'APX_F'],
    ['w:rwdq, r:rwdq/mwdq, r:rwdq', 'VMR', 'EVEX.L0.osz.MAP4.Wdq 29 /r plain nd nf', 'APX_F'],
    ['w:r8, r:r8, r:r8/m8', 'VRM', 'EVEX.L0.NP.MAP4.WIG 2A /r plain nd nf', 'APX_F'],
    ['w:rwdq, r:rwdq, r:rwdq/mwdq', 'VRM', 'EVEX.L0.osz.MAP4.Wdq 2B /r plain nd nf', 'APX_F'],
    ['w:rwdq, r:rwdq/mwdq, simm8', 'VMI', 'EVEX.L0.osz.MAP4.Wdq 83 /5 plain nd nf', 'APX_F'],
    ['w:r8, r:r8/m8, ib', 'VMI', 'EVEX.L0.NP.MAP4.WIG 80 /5 plain nd nf', 'APX_F'],
    ['w:rwdq, r:rwdq/mwdq, iwds', 'VMI', 'EVEX.L0.osz.MAP4.Wdq 81 /5 plain nd nf', 'APX_F'],
  ],
  /** `dst ← dst ^ src`; no flag changes. */
  '{nf} xor': [
    ['rw:r8/m8, r:r8', 'MR', 'EVEX.L0.NP.MAP4.WIG 30 /r plain nf', 'APX_F'],
    ['rw:rwdq/mwdq, r:rwdq', 'MR', 'EVEX.L0.osz.MAP4.Wdq 31 /r plain nf', 'APX_F'],
    ['rw:r8, r:r8/m8', 'RM', 'EVEX.L0.NP.MAP4.WIG 32 /r plain nf', 'APX_F'],
    ['rw:rwdq, r:rwdq/mwdq', 'RM', 'EVEX.L0.osz.MAP4.Wdq 33 /r plain nf', 'APX_F'],
    ['rw:rwdq/mwdq, simm8', 'MI', 'EVEX.L0.osz.MAP4.Wdq 83 /6 plain nf', 'APX_F'],
    ['rw:r8/m8, ib', 'MI', 'EVEX.L0.NP.MAP4.WIG 80 /6 plain nf', 'APX_F'],
    ['rw:rwdq/mwdq, iwds', 'MI', 'EVEX.L0.osz.MAP4.Wdq 81 /6 plain nf', 'APX_F'],
    ['w:r8, r:r8/m8, r:r8', 'VMR', 'EVEX.L0.NP.MAP4.WIG 30 /r plain nd nf', 'APX_F'],
    ['w:rwdq, r:rwdq/mwdq, r:rwdq', 'VMR', 'EVEX.L0.osz.MAP4.Wdq 31 /r plain nd nf', 'APX_F'],
    ['w:r8, r:r8, r:r8/m8', 'VRM', 'EVEX.L0.NP.MAP4.WIG 32 /r plain nd nf', 'APX_F'],
    ['w:rwdq, r:rwdq, r:rwdq/mwdq', 'VRM', 'EVEX.L0.osz.MAP4.Wdq 33 /r plain nd nf', 'APX_F'],
    ['w:rwdq, r:rwdq/mwdq, simm8', 'VMI', 'EVEX.L0.osz.MAP4.Wdq 83 /6 plain nd nf', 'APX_F'],
    ['w:r8, r:r8/m8, ib', 'VMI', 'EVEX.L0.NP.MAP4.WIG 80 /6 plain nd nf', 'APX_F'],
    ['w:rwdq, r:rwdq/mwdq, iwds', 'VMI', 'EVEX.L0.osz.MAP4.Wdq 81 /6 plain nd nf', 'APX_F'],
  ],
  /** `dst ← dst + 1`; no flag changes. */
  '{nf} inc': [
    ['rw:r8/m8', 'M', 'EVEX.L0.NP.MAP4.WIG FE /0 plain nf', 'APX_F'],
    ['rw:rwdq/mwdq', 'M', 'EVEX.L0.osz.MAP4.Wdq FF /0 plain nf', 'APX_F'],
    ['w:r8, r:r8/m8', 'VM', 'EVEX.L0.NP.MAP4.WIG FE /0 plain nd nf', 'APX_F'],
    ['w:rwdq, r:rwdq/mwdq', 'VM', 'EVEX.L0.osz.MAP4.Wdq FF /0 plain nd nf', 'APX_F'],
  ],
  /** `dst ← dst − 1`; no flag changes. */
  '{nf} dec': [
    ['rw:r8/m8', 'M', 'EVEX.L0.NP.MAP4.WIG FE /1 plain nf', 'APX_F'],
    ['rw:rwdq/mwdq', 'M', 'EVEX.L0.osz.MAP4.Wdq FF /1 plain nf', 'APX_F'],
    ['w:r8, r:r8/m8', 'VM', 'EVEX.L0.NP.MAP4.WIG FE /1 plain nd nf', 'APX_F'],
    ['w:rwdq, r:rwdq/mwdq', 'VM', 'EVEX.L0.osz.MAP4.Wdq FF /1 plain nd nf', 'APX_F'],
  ],
  /** `dst ← −dst`; no flag changes. */
  '{nf} neg': [
    ['rw:r8/m8', 'M', 'EVEX.L0.NP.MAP4.WIG F6 /3 plain nf', 'APX_F'],
    ['rw:rwdq/mwdq', 'M', 'EVEX.L0.osz.MAP4.Wdq F7 /3 plain nf', 'APX_F'],
    ['w:r8, r:r8/m8', 'VM', 'EVEX.L0.NP.MAP4.WIG F6 /3 plain nd nf', 'APX_F'],
    ['w:rwdq, r:rwdq/mwdq', 'VM', 'EVEX.L0.osz.MAP4.Wdq F7 /3 plain nd nf', 'APX_F'],
  ],
  /** `ax ← al · src`, or `dx:ax`, `edx:eax`, `rdx:rax ← a · src`, unsigned; no flag changes. */
  '{nf} mul': [
    ['r:r8/m8, r:<al>, w:<ax>', 'M', 'EVEX.L0.NP.MAP4.WIG F6 /4 plain nf', 'APX_F'],
    ['r:r16/m16, rw:<ax>, w:<dx>', 'M', 'EVEX.L0.66.MAP4.W0 F7 /4 plain nf', 'APX_F'],
    ['r:r32/m32, rw:<eax>, w:<edx>', 'M', 'EVEX.L0.NP.MAP4.W0 F7 /4 plain nf', 'APX_F'],
    ['r:r64/m64, rw:<rax>, w:<rdx>', 'M', 'EVEX.L0.NP.MAP4.W1 F7 /4 plain nf', 'APX_F'],
  ],
  /** `dst ← a · b`, signed, low half; no flag changes. */
  '{nf} imul': [
    ['r:r8/m8, r:<al>, w:<ax>', 'M', 'EVEX.L0.NP.MAP4.WIG F6 /5 plain nf', 'APX_F'],
    ['r:r16/m16, rw:<ax>, w:<dx>', 'M', 'EVEX.L0.66.MAP4.W0 F7 /5 plain nf', 'APX_F'],
    ['r:r32/m32, rw:<eax>, w:<edx>', 'M', 'EVEX.L0.NP.MAP4.W0 F7 /5 plain nf', 'APX_F'],
    ['r:r64/m64, rw:<rax>, w:<rdx>', 'M', 'EVEX.L0.NP.MAP4.W1 F7 /5 plain nf', 'APX_F'],
    ['rw:rwdq, r:rwdq/mwdq', 'RM', 'EVEX.L0.osz.MAP4.Wdq AF /r plain nf', 'APX_F'],
    ['w:rwdq, r:rwdq/mwdq, simm8', 'RMI', 'EVEX.L0.osz.MAP4.Wdq 6B /r plain nf', 'APX_F'],
    ['w:rwdq, r:rwdq/mwdq, iwds', 'RMI', 'EVEX.L0.osz.MAP4.Wdq 69 /r plain nf', 'APX_F'],
    ['w:rwdq, r:rwdq, r:rwdq/mwdq', 'VRM', 'EVEX.L0.osz.MAP4.Wdq AF /r plain nd nf', 'APX_F'],
  ],
  /** `al, ah` or `a, d ← quotient and remainder of d:a / src`, unsigned; no flag changes. */
  '{nf} div': [
    ['r:r8/m8, rw:<ax>', 'M', 'EVEX.L0.NP.MAP4.WIG F6 /6 plain nf', 'APX_F'],
    ['r:r16/m16, rw:<ax>, rw:<dx>', 'M', 'EVEX.L0.66.MAP4.W0 F7 /6 plain nf', 'APX_F'],
    ['r:r32/m32, rw:<eax>, rw:<edx>', 'M', 'EVEX.L0.NP.MAP4.W0 F7 /6 plain nf', 'APX_F'],
    ['r:r64/m64, rw:<rax>, rw:<rdx>', 'M', 'EVEX.L0.NP.MAP4.W1 F7 /6 plain nf', 'APX_F'],
  ],
  /** `al, ah` or `a, d ← quotient and remainder of d:a / src`, signed, toward zero; no flag changes. */
  '{nf} idiv': [
    ['r:r8/m8, rw:<ax>', 'M', 'EVEX.L0.NP.MAP4.WIG F6 /7 plain nf', 'APX_F'],
    ['r:r16/m16, rw:<ax>, rw:<dx>', 'M', 'EVEX.L0.66.MAP4.W0 F7 /7 plain nf', 'APX_F'],
    ['r:r32/m32, rw:<eax>, rw:<edx>', 'M', 'EVEX.L0.NP.MAP4.W0 F7 /7 plain nf', 'APX_F'],
    ['r:r64/m64, rw:<rax>, rw:<rdx>', 'M', 'EVEX.L0.NP.MAP4.W1 F7 /7 plain nf', 'APX_F'],
  ],
  /** `dst ← dst` rotated left; no flag changes. */
  '{nf} rol': [
    ['rw:r8/m8, imm8', 'MI', 'EVEX.L0.NP.MAP4.WIG C0 /0 plain nf', 'APX_F'],
    ['rw:rwdq/mwdq, imm8', 'MI', 'EVEX.L0.osz.MAP4.Wdq C1 /0 plain nf', 'APX_F'],
    ['rw:r8/m8, 1', 'M-', 'EVEX.L0.NP.MAP4.WIG D0 /0 plain nf', 'APX_F'],
    ['rw:rwdq/mwdq, 1', 'M-', 'EVEX.L0.osz.MAP4.Wdq D1 /0 plain nf', 'APX_F'],
    ['rw:r8/m8, r:cl', 'M-', 'EVEX.L0.NP.MAP4.WIG D2 /0 plain nf', 'APX_F'],
    ['rw:rwdq/mwdq, r:cl', 'M-', 'EVEX.L0.osz.MAP4.Wdq D3 /0 plain nf', 'APX_F'],
    ['w:r8, r:r8/m8, imm8', 'VMI', 'EVEX.L0.NP.MAP4.WIG C0 /0 plain nd nf', 'APX_F'],
    ['w:rwdq, r:rwdq/mwdq, imm8', 'VMI', 'EVEX.L0.osz.MAP4.Wdq C1 /0 plain nd nf', 'APX_F'],
    ['w:r8, r:r8/m8, 1', 'VM-', 'EVEX.L0.NP.MAP4.WIG D0 /0 plain nd nf', 'APX_F'],
    ['w:rwdq, r:rwdq/mwdq, 1', 'VM-', 'EVEX.L0.osz.MAP4.Wdq D1 /0 plain nd nf', 'APX_F'],
    ['w:r8, r:r8/m8, r:cl', 'VM-', 'EVEX.L0.NP.MAP4.WIG D2 /0 plain nd nf', 'APX_F'],
    ['w:rwdq, r:rwdq/mwdq, r:cl', 'VM-', 'EVEX.L0.osz.MAP4.Wdq D3 /0 plain nd nf', 'APX_F'],
  ],
  /** `dst ← dst` rotated right; no flag changes. */
  '{nf} ror': [
    ['rw:r8/m8, imm8', 'MI', 'EVEX.L0.NP.MAP4.WIG C0 /1 plain nf', 'APX_F'],
    ['rw:rwdq/mwdq, imm8', 'MI', 'EVEX.L0.osz.MAP4.Wdq C1 /1 plain nf', 'APX_F'],
    ['rw:r8/m8, 1', 'M-', 'EVEX.L0.NP.MAP4.WIG D0 /1 plain nf', 'APX_F'],
    ['rw:rwdq/mwdq, 1', 'M-', 'EVEX.L0.osz.MAP4.Wdq D1 /1 plain nf', 'APX_F'],
    ['rw:r8/m8, r:cl', 'M-', 'EVEX.L0.NP.MAP4.WIG D2 /1 plain nf', 'APX_F'],
    ['rw:rwdq/mwdq, r:cl', 'M-', 'EVEX.L0.osz.MAP4.Wdq D3 /1 plain nf', 'APX_F'],
    ['w:r8, r:r8/m8, imm8', 'VMI', 'EVEX.L0.NP.MAP4.WIG C0 /1 plain nd nf', 'APX_F'],
    ['w:rwdq, r:rwdq/mwdq, imm8', 'VMI', 'EVEX.L0.osz.MAP4.Wdq C1 /1 plain nd nf', 'APX_F'],
    ['w:r8, r:r8/m8, 1', 'VM-', 'EVEX.L0.NP.MAP4.WIG D0 /1 plain nd nf', 'APX_F'],
    ['w:rwdq, r:rwdq/mwdq, 1', 'VM-', 'EVEX.L0.osz.MAP4.Wdq D1 /1 plain nd nf', 'APX_F'],
    ['w:r8, r:r8/m8, r:cl', 'VM-', 'EVEX.L0.NP.MAP4.WIG D2 /1 plain nd nf', 'APX_F'],
    ['w:rwdq, r:rwdq/mwdq, r:cl', 'VM-', 'EVEX.L0.osz.MAP4.Wdq D3 /1 plain nd nf', 'APX_F'],
  ],
  /** `dst ← dst << count`; no flag changes. */
  '{nf} shl': [
    ['rw:r8/m8, imm8', 'MI', 'EVEX.L0.NP.MAP4.WIG C0 /4 plain nf', 'APX_F'],
    ['rw:rwdq/mwdq, imm8', 'MI', 'EVEX.L0.osz.MAP4.Wdq C1 /4 plain nf', 'APX_F'],
    ['rw:r8/m8, 1', 'M-', 'EVEX.L0.NP.MAP4.WIG D0 /4 plain nf', 'APX_F'],
    ['rw:rwdq/mwdq, 1', 'M-', 'EVEX.L0.osz.MAP4.Wdq D1 /4 plain nf', 'APX_F'],
    ['rw:r8/m8, r:cl', 'M-', 'EVEX.L0.NP.MAP4.WIG D2 /4 plain nf', 'APX_F'],
    ['rw:rwdq/mwdq, r:cl', 'M-', 'EVEX.L0.osz.MAP4.Wdq D3 /4 plain nf', 'APX_F'],
    ['w:r8, r:r8/m8, imm8', 'VMI', 'EVEX.L0.NP.MAP4.WIG C0 /4 plain nd nf', 'APX_F'],
    ['w:rwdq, r:rwdq/mwdq, imm8', 'VMI', 'EVEX.L0.osz.MAP4.Wdq C1 /4 plain nd nf', 'APX_F'],
    ['w:r8, r:r8/m8, 1', 'VM-', 'EVEX.L0.NP.MAP4.WIG D0 /4 plain nd nf', 'APX_F'],
    ['w:rwdq, r:rwdq/mwdq, 1', 'VM-', 'EVEX.L0.osz.MAP4.Wdq D1 /4 plain nd nf', 'APX_F'],
    ['w:r8, r:r8/m8, r:cl', 'VM-', 'EVEX.L0.NP.MAP4.WIG D2 /4 plain nd nf', 'APX_F'],
    ['w:rwdq, r:rwdq/mwdq, r:cl', 'VM-', 'EVEX.L0.osz.MAP4.Wdq D3 /4 plain nd nf', 'APX_F'],
  ],
  /** `dst ← dst >> count`, zeros coming in; no flag changes. */
  '{nf} shr': [
    ['rw:r8/m8, imm8', 'MI', 'EVEX.L0.NP.MAP4.WIG C0 /5 plain nf', 'APX_F'],
    ['rw:rwdq/mwdq, imm8', 'MI', 'EVEX.L0.osz.MAP4.Wdq C1 /5 plain nf', 'APX_F'],
    ['rw:r8/m8, 1', 'M-', 'EVEX.L0.NP.MAP4.WIG D0 /5 plain nf', 'APX_F'],
    ['rw:rwdq/mwdq, 1', 'M-', 'EVEX.L0.osz.MAP4.Wdq D1 /5 plain nf', 'APX_F'],
    ['rw:r8/m8, r:cl', 'M-', 'EVEX.L0.NP.MAP4.WIG D2 /5 plain nf', 'APX_F'],
    ['rw:rwdq/mwdq, r:cl', 'M-', 'EVEX.L0.osz.MAP4.Wdq D3 /5 plain nf', 'APX_F'],
    ['w:r8, r:r8/m8, imm8', 'VMI', 'EVEX.L0.NP.MAP4.WIG C0 /5 plain nd nf', 'APX_F'],
    ['w:rwdq, r:rwdq/mwdq, imm8', 'VMI', 'EVEX.L0.osz.MAP4.Wdq C1 /5 plain nd nf', 'APX_F'],
    ['w:r8, r:r8/m8, 1', 'VM-', 'EVEX.L0.NP.MAP4.WIG D0 /5 plain nd nf', 'APX_F'],
    ['w:rwdq, r:rwdq/mwdq, 1', 'VM-', 'EVEX.L0.osz.MAP4.Wdq D1 /5 plain nd nf', 'APX_F'],
    ['w:r8, r:r8/m8, r:cl', 'VM-', 'EVEX.L0.NP.MAP4.WIG D2 /5 plain nd nf', 'APX_F'],
    ['w:rwdq, r:rwdq/mwdq, r:cl', 'VM-', 'EVEX.L0.osz.MAP4.Wdq D3 /5 plain nd nf', 'APX_F'],
  ],
  /** `dst ← dst >> count`, copies of the sign coming in; no flag changes. */
  '{nf} sar': [
    ['rw:r8/m8, imm8', 'MI', 'EVEX.L0.NP.MAP4.WIG C0 /7 plain nf', 'APX_F'],
    ['rw:rwdq/mwdq, imm8', 'MI', 'EVEX.L0.osz.MAP4.Wdq C1 /7 plain nf', 'APX_F'],
    ['rw:r8/m8, 1', 'M-', 'EVEX.L0.NP.MAP4.WIG D0 /7 plain nf', 'APX_F'],
    ['rw:rwdq/mwdq, 1', 'M-', 'EVEX.L0.osz.MAP4.Wdq D1 /7 plain nf', 'APX_F'],
    ['rw:r8/m8, r:cl', 'M-', 'EVEX.L0.NP.MAP4.WIG D2 /7 plain nf', 'APX_F'],
    ['rw:rwdq/mwdq, r:cl', 'M-', 'EVEX.L0.osz.MAP4.Wdq D3 /7 plain nf', 'APX_F'],
    ['w:r8, r:r8/m8, imm8', 'VMI', 'EVEX.L0.NP.MAP4.WIG C0 /7 plain nd nf', 'APX_F'],
    ['w:rwdq, r:rwdq/mwdq, imm8', 'VMI', 'EVEX.L0.osz.MAP4.Wdq C1 /7 plain nd nf', 'APX_F'],
    ['w:r8, r:r8/m8, 1', 'VM-', 'EVEX.L0.NP.MAP4.WIG D0 /7 plain nd nf', 'APX_F'],
    ['w:rwdq, r:rwdq/mwdq, 1', 'VM-', 'EVEX.L0.osz.MAP4.Wdq D1 /7 plain nd nf', 'APX_F'],
    ['w:r8, r:r8/m8, r:cl', 'VM-', 'EVEX.L0.NP.MAP4.WIG D2 /7 plain nd nf', 'APX_F'],
    ['w:rwdq, r:rwdq/mwdq, r:cl', 'VM-', 'EVEX.L0.osz.MAP4.Wdq D3 /7 plain nd nf', 'APX_F'],
  ],
  /** `dst ← dst << count`, the high bits of src coming in; no flag changes. */
  '{nf} shld': [
    ['rw:rwdq/mwdq, r:rwdq, imm8', 'MRI', 'EVEX.L0.osz.MAP4.Wdq 24 /r plain nf', 'APX_F'],
    ['rw:rwdq/mwdq, r:rwdq, r:cl', 'MR-', 'EVEX.L0.osz.MAP4.Wdq A5 /r plain nf', 'APX_F'],
    ['w:rwdq, r:rwdq/mwdq, r:rwdq, imm8', 'VMRI', 'EVEX.L0.osz.MAP4.Wdq 24 /r plain nd nf', 'APX_F'],
    ['w:rwdq, r:rwdq/mwdq, r:rwdq, r:cl', 'VMR-', 'EVEX.L0.osz.MAP4.Wdq A5 /r plain nd nf', 'APX_F'],
  ],
  /** `dst ← dst >> count`, the low bits of src coming in; no flag changes. */
  '{nf} shrd': [
    ['rw:rwdq/mwdq, r:rwdq, imm8', 'MRI', 'EVEX.L0.osz.MAP4.Wdq 2C /r plain nf', 'APX_F'],
    ['rw:rwdq/mwdq, r:rwdq, r:cl', 'MR-', 'EVEX.L0.osz.MAP4.Wdq AD /r plain nf', 'APX_F'],
    ['w:rwdq, r:rwdq/mwdq, r:rwdq, imm8', 'VMRI', 'EVEX.L0.osz.MAP4.Wdq 2C /r plain nd nf', 'APX_F'],
    ['w:rwdq, r:rwdq/mwdq, r:rwdq, r:cl', 'VMR-', 'EVEX.L0.osz.MAP4.Wdq AD /r plain nd nf', 'APX_F'],
  ],
  /** `dst ← number of leading zeros`, the width when src is 0; no flag changes. */
  '{nf} lzcnt': [['w:rwdq, r:rwdq/mwdq', 'RM', 'EVEX.L0.osz.MAP4.Wdq F5 /r plain nf', 'LZCNT APX_F']],
  /** `dst ← number of trailing zeros`, the width when src is 0; no flag changes. */
  '{nf} tzcnt': [['w:rwdq, r:rwdq/mwdq', 'RM', 'EVEX.L0.osz.MAP4.Wdq F4 /r plain nf', 'BMI1 APX_F']],
  /** `dst ← number of set bits`; no flag changes. */
  '{nf} popcnt': [['w:rwdq, r:rwdq/mwdq', 'RM', 'EVEX.L0.osz.MAP4.Wdq 88 /r plain nf', 'POPCNT APX_F']],
  /** `dst ← ~a & b`; no flag changes. */
  '{nf} andn': [['w:rdq, r:rdq, r:rdq/mdq', 'RVM', 'EVEX.L0.NP.0F38.Wdq F2 /r plain nf', 'BMI1 APX_F']],
  /** `dst ← field of src`: start in bits 7:0 and length in bits 15:8 of the control; no flag changes. */
  '{nf} bextr': [['w:rdq, r:rdq/mdq, r:rdq', 'RMV', 'EVEX.L0.NP.0F38.Wdq F7 /r plain nf', 'BMI1 APX_F']],
  /** `dst ← src & −src`: the lowest set bit; no flag changes. */
  '{nf} blsi': [['w:rdq, r:rdq/mdq', 'VM', 'EVEX.L0.NP.0F38.Wdq F3 /3 plain nf', 'BMI1 APX_F']],
  /** `dst ← src ^ (src − 1)`: ones up to the lowest set bit; no flag changes. */
  '{nf} blsmsk': [['w:rdq, r:rdq/mdq', 'VM', 'EVEX.L0.NP.0F38.Wdq F3 /2 plain nf', 'BMI1 APX_F']],
  /** `dst ← src & (src − 1)`: the lowest set bit cleared; no flag changes. */
  '{nf} blsr': [['w:rdq, r:rdq/mdq', 'VM', 'EVEX.L0.NP.0F38.Wdq F3 /1 plain nf', 'BMI1 APX_F']],
  /** `dst ← src` with the bits from `index` on cleared; no flag changes. */
  '{nf} bzhi': [['w:rdq, r:rdq/mdq, r:rdq', 'RMV', 'EVEX.L0.NP.0F38.Wdq F5 /r plain nf', 'BMI2 APX_F']],
} as const
