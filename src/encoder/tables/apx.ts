/** Rows of what only APX has: conditional comparisons, moves that do not fault, pairs on the stack. */

export const apx = {
  /** `dst ← src, or the first source or 0`, if overflow the former; memory that is not wanted is not accessed. */
  cfcmovo: [
    ['w:rwdq, r:rwdq/mwdq', 'RM', 'EVEX.L0.osz.MAP4.Wdq 40 /r plain', 'APX_F', 'r:O'],
    ['rw:mwdq, r:rwdq', 'MR', 'EVEX.L0.osz.MAP4.Wdq 40 /r plain nf', 'APX_F', 'r:O'],
    ['w:rwdq, r:rwdq', 'MR', 'EVEX.L0.osz.MAP4.Wdq 40 /r plain nf', 'APX_F', 'r:O'],
    ['w:rwdq, r:rwdq, r:rwdq/mwdq', 'VRM', 'EVEX.L0.osz.MAP4.Wdq 40 /r plain nd nf', 'APX_F', 'r:O'],
  ],
  /** `dst ← 1 if overflow, else 0`; of a register all 64 bits. */
  setzuo: [['w:r8/m8', 'M', 'EVEX.L0.F2.MAP4.WIG 40 /0* plain nd', 'APX_F', 'r:O']],
  /** `dst ← src, or the first source or 0`, if no overflow the former; memory that is not wanted is not accessed. */
  cfcmovno: [
    ['w:rwdq, r:rwdq/mwdq', 'RM', 'EVEX.L0.osz.MAP4.Wdq 41 /r plain', 'APX_F', 'r:O'],
    ['rw:mwdq, r:rwdq', 'MR', 'EVEX.L0.osz.MAP4.Wdq 41 /r plain nf', 'APX_F', 'r:O'],
    ['w:rwdq, r:rwdq', 'MR', 'EVEX.L0.osz.MAP4.Wdq 41 /r plain nf', 'APX_F', 'r:O'],
    ['w:rwdq, r:rwdq, r:rwdq/mwdq', 'VRM', 'EVEX.L0.osz.MAP4.Wdq 41 /r plain nd nf', 'APX_F', 'r:O'],
  ],
  /** `dst ← 1 if no overflow, else 0`; of a register all 64 bits. */
  setzuno: [['w:r8/m8', 'M', 'EVEX.L0.F2.MAP4.WIG 41 /0* plain nd', 'APX_F', 'r:O']],
  /** `dst ← src, or the first source or 0`, if below (unsigned <) the former; memory that is not wanted is not accessed. */
  cfcmovb: [
    ['w:rwdq, r:rwdq/mwdq', 'RM', 'EVEX.L0.osz.MAP4.Wdq 42 /r plain', 'APX_F', 'r:C'],
    ['rw:mwdq, r:rwdq', 'MR', 'EVEX.L0.osz.MAP4.Wdq 42 /r plain nf', 'APX_F', 'r:C'],
    ['w:rwdq, r:rwdq', 'MR', 'EVEX.L0.osz.MAP4.Wdq 42 /r plain nf', 'APX_F', 'r:C'],
    ['w:rwdq, r:rwdq, r:rwdq/mwdq', 'VRM', 'EVEX.L0.osz.MAP4.Wdq 42 /r plain nd nf', 'APX_F', 'r:C'],
  ],
  /** `dst ← 1 if below (unsigned <), else 0`; of a register all 64 bits. */
  setzub: [['w:r8/m8', 'M', 'EVEX.L0.F2.MAP4.WIG 42 /0* plain nd', 'APX_F', 'r:C']],
  /** `dst ← src, or the first source or 0`, if above or equal (unsigned ≥) the former; memory that is not wanted is not accessed. */
  cfcmovae: [
    ['w:rwdq, r:rwdq/mwdq', 'RM', 'EVEX.L0.osz.MAP4.Wdq 43 /r plain', 'APX_F', 'r:C'],
    ['rw:mwdq, r:rwdq', 'MR', 'EVEX.L0.osz.MAP4.Wdq 43 /r plain nf', 'APX_F', 'r:C'],
    ['w:rwdq, r:rwdq', 'MR', 'EVEX.L0.osz.MAP4.Wdq 43 /r plain nf', 'APX_F', 'r:C'],
    ['w:rwdq, r:rwdq, r:rwdq/mwdq', 'VRM', 'EVEX.L0.osz.MAP4.Wdq 43 /r plain nd nf', 'APX_F', 'r:C'],
  ],
  /** `dst ← 1 if above or equal (unsigned ≥), else 0`; of a register all 64 bits. */
  setzuae: [['w:r8/m8', 'M', 'EVEX.L0.F2.MAP4.WIG 43 /0* plain nd', 'APX_F', 'r:C']],
  /** `dst ← src, or the first source or 0`, if equal the former; memory that is not wanted is not accessed. */
  cfcmove: [
    ['w:rwdq, r:rwdq/mwdq', 'RM', 'EVEX.L0.osz.MAP4.Wdq 44 /r plain', 'APX_F', 'r:Z'],
    ['rw:mwdq, r:rwdq', 'MR', 'EVEX.L0.osz.MAP4.Wdq 44 /r plain nf', 'APX_F', 'r:Z'],
    ['w:rwdq, r:rwdq', 'MR', 'EVEX.L0.osz.MAP4.Wdq 44 /r plain nf', 'APX_F', 'r:Z'],
    ['w:rwdq, r:rwdq, r:rwdq/mwdq', 'VRM', 'EVEX.L0.osz.MAP4.Wdq 44 /r plain nd nf', 'APX_F', 'r:Z'],
  ],
  /** `dst ← 1 if equal, else 0`; of a register all 64 bits. */
  setzue: [['w:r8/m8', 'M', 'EVEX.L0.F2.MAP4.WIG 44 /0* plain nd', 'APX_F', 'r:Z']],
  /** `dst ← src, or the first source or 0`, if not equal the former; memory that is not wanted is not accessed. */
  cfcmovne: [
    ['w:rwdq, r:rwdq/mwdq', 'RM', 'EVEX.L0.osz.MAP4.Wdq 45 /r plain', 'APX_F', 'r:Z'],
    ['rw:mwdq, r:rwdq', 'MR', 'EVEX.L0.osz.MAP4.Wdq 45 /r plain nf', 'APX_F', 'r:Z'],
    ['w:rwdq, r:rwdq', 'MR', 'EVEX.L0.osz.MAP4.Wdq 45 /r plain nf', 'APX_F', 'r:Z'],
    ['w:rwdq, r:rwdq, r:rwdq/mwdq', 'VRM', 'EVEX.L0.osz.MAP4.Wdq 45 /r plain nd nf', 'APX_F', 'r:Z'],
  ],
  /** `dst ← 1 if not equal, else 0`; of a register all 64 bits. */
  setzune: [['w:r8/m8', 'M', 'EVEX.L0.F2.MAP4.WIG 45 /0* plain nd', 'APX_F', 'r:Z']],
  /** `dst ← src, or the first source or 0`, if below or equal (unsigned ≤) the former; memory that is not wanted is not accessed. */
  cfcmovbe: [
    ['w:rwdq, r:rwdq/mwdq', 'RM', 'EVEX.L0.osz.MAP4.Wdq 46 /r plain', 'APX_F', 'r:CZ'],
    ['rw:mwdq, r:rwdq', 'MR', 'EVEX.L0.osz.MAP4.Wdq 46 /r plain nf', 'APX_F', 'r:CZ'],
    ['w:rwdq, r:rwdq', 'MR', 'EVEX.L0.osz.MAP4.Wdq 46 /r plain nf', 'APX_F', 'r:CZ'],
    ['w:rwdq, r:rwdq, r:rwdq/mwdq', 'VRM', 'EVEX.L0.osz.MAP4.Wdq 46 /r plain nd nf', 'APX_F', 'r:CZ'],
  ],
  /** `dst ← 1 if below or equal (unsigned ≤), else 0`; of a register all 64 bits. */
  setzube: [['w:r8/m8', 'M', 'EVEX.L0.F2.MAP4.WIG 46 /0* plain nd', 'APX_F', 'r:CZ']],
  /** `dst ← src, or the first source or 0`, if above (unsigned >) the former; memory that is not wanted is not accessed. */
  cfcmova: [
    ['w:rwdq, r:rwdq/mwdq', 'RM', 'EVEX.L0.osz.MAP4.Wdq 47 /r plain', 'APX_F', 'r:CZ'],
    ['rw:mwdq, r:rwdq', 'MR', 'EVEX.L0.osz.MAP4.Wdq 47 /r plain nf', 'APX_F', 'r:CZ'],
    ['w:rwdq, r:rwdq', 'MR', 'EVEX.L0.osz.MAP4.Wdq 47 /r plain nf', 'APX_F', 'r:CZ'],
    ['w:rwdq, r:rwdq, r:rwdq/mwdq', 'VRM', 'EVEX.L0.osz.MAP4.Wdq 47 /r plain nd nf', 'APX_F', 'r:CZ'],
  ],
  /** `dst ← 1 if above (unsigned >), else 0`; of a register all 64 bits. */
  setzua: [['w:r8/m8', 'M', 'EVEX.L0.F2.MAP4.WIG 47 /0* plain nd', 'APX_F', 'r:CZ']],
  /** `dst ← src, or the first source or 0`, if sign set the former; memory that is not wanted is not accessed. */
  cfcmovs: [
    ['w:rwdq, r:rwdq/mwdq', 'RM', 'EVEX.L0.osz.MAP4.Wdq 48 /r plain', 'APX_F', 'r:S'],
    ['rw:mwdq, r:rwdq', 'MR', 'EVEX.L0.osz.MAP4.Wdq 48 /r plain nf', 'APX_F', 'r:S'],
    ['w:rwdq, r:rwdq', 'MR', 'EVEX.L0.osz.MAP4.Wdq 48 /r plain nf', 'APX_F', 'r:S'],
    ['w:rwdq, r:rwdq, r:rwdq/mwdq', 'VRM', 'EVEX.L0.osz.MAP4.Wdq 48 /r plain nd nf', 'APX_F', 'r:S'],
  ],
  /** `dst ← 1 if sign set, else 0`; of a register all 64 bits. */
  setzus: [['w:r8/m8', 'M', 'EVEX.L0.F2.MAP4.WIG 48 /0* plain nd', 'APX_F', 'r:S']],
  /** `dst ← src, or the first source or 0`, if sign clear the former; memory that is not wanted is not accessed. */
  cfcmovns: [
    ['w:rwdq, r:rwdq/mwdq', 'RM', 'EVEX.L0.osz.MAP4.Wdq 49 /r plain', 'APX_F', 'r:S'],
    ['rw:mwdq, r:rwdq', 'MR', 'EVEX.L0.osz.MAP4.Wdq 49 /r plain nf', 'APX_F', 'r:S'],
    ['w:rwdq, r:rwdq', 'MR', 'EVEX.L0.osz.MAP4.Wdq 49 /r plain nf', 'APX_F', 'r:S'],
    ['w:rwdq, r:rwdq, r:rwdq/mwdq', 'VRM', 'EVEX.L0.osz.MAP4.Wdq 49 /r plain nd nf', 'APX_F', 'r:S'],
  ],
  /** `dst ← 1 if sign clear, else 0`; of a register all 64 bits. */
  setzuns: [['w:r8/m8', 'M', 'EVEX.L0.F2.MAP4.WIG 49 /0* plain nd', 'APX_F', 'r:S']],
  /** `dst ← src, or the first source or 0`, if parity even the former; memory that is not wanted is not accessed. */
  cfcmovp: [
    ['w:rwdq, r:rwdq/mwdq', 'RM', 'EVEX.L0.osz.MAP4.Wdq 4A /r plain', 'APX_F', 'r:P'],
    ['rw:mwdq, r:rwdq', 'MR', 'EVEX.L0.osz.MAP4.Wdq 4A /r plain nf', 'APX_F', 'r:P'],
    ['w:rwdq, r:rwdq', 'MR', 'EVEX.L0.osz.MAP4.Wdq 4A /r plain nf', 'APX_F', 'r:P'],
    ['w:rwdq, r:rwdq, r:rwdq/mwdq', 'VRM', 'EVEX.L0.osz.MAP4.Wdq 4A /r plain nd nf', 'APX_F', 'r:P'],
  ],
  /** `dst ← 1 if parity even, else 0`; of a register all 64 bits. */
  setzup: [['w:r8/m8', 'M', 'EVEX.L0.F2.MAP4.WIG 4A /0* plain nd', 'APX_F', 'r:P']],
  /** `dst ← src, or the first source or 0`, if parity odd the former; memory that is not wanted is not accessed. */
  cfcmovnp: [
    ['w:rwdq, r:rwdq/mwdq', 'RM', 'EVEX.L0.osz.MAP4.Wdq 4B /r plain', 'APX_F', 'r:P'],
    ['rw:mwdq, r:rwdq', 'MR', 'EVEX.L0.osz.MAP4.Wdq 4B /r plain nf', 'APX_F', 'r:P'],
    ['w:rwdq, r:rwdq', 'MR', 'EVEX.L0.osz.MAP4.Wdq 4B /r plain nf', 'APX_F', 'r:P'],
    ['w:rwdq, r:rwdq, r:rwdq/mwdq', 'VRM', 'EVEX.L0.osz.MAP4.Wdq 4B /r plain nd nf', 'APX_F', 'r:P'],
  ],
  /** `dst ← 1 if parity odd, else 0`; of a register all 64 bits. */
  setzunp: [['w:r8/m8', 'M', 'EVEX.L0.F2.MAP4.WIG 4B /0* plain nd', 'APX_F', 'r:P']],
  /** `dst ← src, or the first source or 0`, if less (signed <) the former; memory that is not wanted is not accessed. */
  cfcmovl: [
    ['w:rwdq, r:rwdq/mwdq', 'RM', 'EVEX.L0.osz.MAP4.Wdq 4C /r plain', 'APX_F', 'r:SO'],
    ['rw:mwdq, r:rwdq', 'MR', 'EVEX.L0.osz.MAP4.Wdq 4C /r plain nf', 'APX_F', 'r:SO'],
    ['w:rwdq, r:rwdq', 'MR', 'EVEX.L0.osz.MAP4.Wdq 4C /r plain nf', 'APX_F', 'r:SO'],
    ['w:rwdq, r:rwdq, r:rwdq/mwdq', 'VRM', 'EVEX.L0.osz.MAP4.Wdq 4C /r plain nd nf', 'APX_F', 'r:SO'],
  ],
  /** `dst ← 1 if less (signed <), else 0`; of a register all 64 bits. */
  setzul: [['w:r8/m8', 'M', 'EVEX.L0.F2.MAP4.WIG 4C /0* plain nd', 'APX_F', 'r:SO']],
  /** `dst ← src, or the first source or 0`, if greater or equal (signed ≥) the former; memory that is not wanted is not accessed. */
  cfcmovge: [
    ['w:rwdq, r:rwdq/mwdq', 'RM', 'EVEX.L0.osz.MAP4.Wdq 4D /r plain', 'APX_F', 'r:SO'],
    ['rw:mwdq, r:rwdq', 'MR', 'EVEX.L0.osz.MAP4.Wdq 4D /r plain nf', 'APX_F', 'r:SO'],
    ['w:rwdq, r:rwdq', 'MR', 'EVEX.L0.osz.MAP4.Wdq 4D /r plain nf', 'APX_F', 'r:SO'],
    ['w:rwdq, r:rwdq, r:rwdq/mwdq', 'VRM', 'EVEX.L0.osz.MAP4.Wdq 4D /r plain nd nf', 'APX_F', 'r:SO'],
  ],
  /** `dst ← 1 if greater or equal (signed ≥), else 0`; of a register all 64 bits. */
  setzuge: [['w:r8/m8', 'M', 'EVEX.L0.F2.MAP4.WIG 4D /0* plain nd', 'APX_F', 'r:SO']],
  /** `dst ← src, or the first source or 0`, if less or equal (signed ≤) the former; memory that is not wanted is not accessed. */
  cfcmovle: [
    ['w:rwdq, r:rwdq/mwdq', 'RM', 'EVEX.L0.osz.MAP4.Wdq 4E /r plain', 'APX_F', 'r:ZSO'],
    ['rw:mwdq, r:rwdq', 'MR', 'EVEX.L0.osz.MAP4.Wdq 4E /r plain nf', 'APX_F', 'r:ZSO'],
    ['w:rwdq, r:rwdq', 'MR', 'EVEX.L0.osz.MAP4.Wdq 4E /r plain nf', 'APX_F', 'r:ZSO'],
    ['w:rwdq, r:rwdq, r:rwdq/mwdq', 'VRM', 'EVEX.L0.osz.MAP4.Wdq 4E /r plain nd nf', 'APX_F', 'r:ZSO'],
  ],
  /** `dst ← 1 if less or equal (signed ≤), else 0`; of a register all 64 bits. */
  setzule: [['w:r8/m8', 'M', 'EVEX.L0.F2.MAP4.WIG 4E /0* plain nd', 'APX_F', 'r:ZSO']],
  /** `dst ← src, or the first source or 0`, if greater (signed >) the former; memory that is not wanted is not accessed. */
  cfcmovg: [
    ['w:rwdq, r:rwdq/mwdq', 'RM', 'EVEX.L0.osz.MAP4.Wdq 4F /r plain', 'APX_F', 'r:ZSO'],
    ['rw:mwdq, r:rwdq', 'MR', 'EVEX.L0.osz.MAP4.Wdq 4F /r plain nf', 'APX_F', 'r:ZSO'],
    ['w:rwdq, r:rwdq', 'MR', 'EVEX.L0.osz.MAP4.Wdq 4F /r plain nf', 'APX_F', 'r:ZSO'],
    ['w:rwdq, r:rwdq, r:rwdq/mwdq', 'VRM', 'EVEX.L0.osz.MAP4.Wdq 4F /r plain nd nf', 'APX_F', 'r:ZSO'],
  ],
  /** `dst ← 1 if greater (signed >), else 0`; of a register all 64 bits. */
  setzug: [['w:r8/m8', 'M', 'EVEX.L0.F2.MAP4.WIG 4F /0* plain nd', 'APX_F', 'r:ZSO']],
  /** If overflow the flags of `a − b`, else the default flags. */
  ccmpo: [
    ['dfv, r:r8/m8, r:r8', 'VMR', 'EVEX.L0.NP.MAP4.WIG 38 /r plain scc:0', 'APX_F', 'r:O w:OSZAPC'],
    ['dfv, r:rwdq/mwdq, r:rwdq', 'VMR', 'EVEX.L0.osz.MAP4.Wdq 39 /r plain scc:0', 'APX_F', 'r:O w:OSZAPC'],
    ['dfv, r:r8, r:r8/m8', 'VRM', 'EVEX.L0.NP.MAP4.WIG 3A /r plain scc:0', 'APX_F', 'r:O w:OSZAPC'],
    ['dfv, r:rwdq, r:rwdq/mwdq', 'VRM', 'EVEX.L0.osz.MAP4.Wdq 3B /r plain scc:0', 'APX_F', 'r:O w:OSZAPC'],
    ['dfv, r:rwdq/mwdq, simm8', 'VMI', 'EVEX.L0.osz.MAP4.Wdq 83 /7 plain scc:0', 'APX_F', 'r:O w:OSZAPC'],
    ['dfv, r:r8/m8, ib', 'VMI', 'EVEX.L0.NP.MAP4.WIG 80 /7 plain scc:0', 'APX_F', 'r:O w:OSZAPC'],
    ['dfv, r:rwdq/mwdq, iwds', 'VMI', 'EVEX.L0.osz.MAP4.Wdq 81 /7 plain scc:0', 'APX_F', 'r:O w:OSZAPC'],
  ],
  /** If no overflow the flags of `a − b`, else the default flags. */
  ccmpno: [
    ['dfv, r:r8/m8, r:r8', 'VMR', 'EVEX.L0.NP.MAP4.WIG 38 /r plain scc:1', 'APX_F', 'r:O w:OSZAPC'],
    ['dfv, r:rwdq/mwdq, r:rwdq', 'VMR', 'EVEX.L0.osz.MAP4.Wdq 39 /r plain scc:1', 'APX_F', 'r:O w:OSZAPC'],
    ['dfv, r:r8, r:r8/m8', 'VRM', 'EVEX.L0.NP.MAP4.WIG 3A /r plain scc:1', 'APX_F', 'r:O w:OSZAPC'],
    ['dfv, r:rwdq, r:rwdq/mwdq', 'VRM', 'EVEX.L0.osz.MAP4.Wdq 3B /r plain scc:1', 'APX_F', 'r:O w:OSZAPC'],
    ['dfv, r:rwdq/mwdq, simm8', 'VMI', 'EVEX.L0.osz.MAP4.Wdq 83 /7 plain scc:1', 'APX_F', 'r:O w:OSZAPC'],
    ['dfv, r:r8/m8, ib', 'VMI', 'EVEX.L0.NP.MAP4.WIG 80 /7 plain scc:1', 'APX_F', 'r:O w:OSZAPC'],
    ['dfv, r:rwdq/mwdq, iwds', 'VMI', 'EVEX.L0.osz.MAP4.Wdq 81 /7 plain scc:1', 'APX_F', 'r:O w:OSZAPC'],
  ],
  /** If below (unsigned <) the flags of `a − b`, else the default flags. */
  ccmpb: [
    ['dfv, r:r8/m8, r:r8', 'VMR', 'EVEX.L0.NP.MAP4.WIG 38 /r plain scc:2', 'APX_F', 'r:C w:OSZAPC'],
    ['dfv, r:rwdq/mwdq, r:rwdq', 'VMR', 'EVEX.L0.osz.MAP4.Wdq 39 /r plain scc:2', 'APX_F', 'r:C w:OSZAPC'],
    ['dfv, r:r8, r:r8/m8', 'VRM', 'EVEX.L0.NP.MAP4.WIG 3A /r plain scc:2', 'APX_F', 'r:C w:OSZAPC'],
    ['dfv, r:rwdq, r:rwdq/mwdq', 'VRM', 'EVEX.L0.osz.MAP4.Wdq 3B /r plain scc:2', 'APX_F', 'r:C w:OSZAPC'],
    ['dfv, r:rwdq/mwdq, simm8', 'VMI', 'EVEX.L0.osz.MAP4.Wdq 83 /7 plain scc:2', 'APX_F', 'r:C w:OSZAPC'],
    ['dfv, r:r8/m8, ib', 'VMI', 'EVEX.L0.NP.MAP4.WIG 80 /7 plain scc:2', 'APX_F', 'r:C w:OSZAPC'],
    ['dfv, r:rwdq/mwdq, iwds', 'VMI', 'EVEX.L0.osz.MAP4.Wdq 81 /7 plain scc:2', 'APX_F', 'r:C w:OSZAPC'],
  ],
  /** If above or equal (unsigned ≥) the flags of `a − b`, else the default flags. */
  ccmpae: [
    ['dfv, r:r8/m8, r:r8', 'VMR', 'EVEX.L0.NP.MAP4.WIG 38 /r plain scc:3', 'APX_F', 'r:C w:OSZAPC'],
    ['dfv, r:rwdq/mwdq, r:rwdq', 'VMR', 'EVEX.L0.osz.MAP4.Wdq 39 /r plain scc:3', 'APX_F', 'r:C w:OSZAPC'],
    ['dfv, r:r8, r:r8/m8', 'VRM', 'EVEX.L0.NP.MAP4.WIG 3A /r plain scc:3', 'APX_F', 'r:C w:OSZAPC'],
    ['dfv, r:rwdq, r:rwdq/mwdq', 'VRM', 'EVEX.L0.osz.MAP4.Wdq 3B /r plain scc:3', 'APX_F', 'r:C w:OSZAPC'],
    ['dfv, r:rwdq/mwdq, simm8', 'VMI', 'EVEX.L0.osz.MAP4.Wdq 83 /7 plain scc:3', 'APX_F', 'r:C w:OSZAPC'],
    ['dfv, r:r8/m8, ib', 'VMI', 'EVEX.L0.NP.MAP4.WIG 80 /7 plain scc:3', 'APX_F', 'r:C w:OSZAPC'],
    ['dfv, r:rwdq/mwdq, iwds', 'VMI', 'EVEX.L0.osz.MAP4.Wdq 81 /7 plain scc:3', 'APX_F', 'r:C w:OSZAPC'],
  ],
  /** If equal the flags of `a − b`, else the default flags. */
  ccmpe: [
    ['dfv, r:r8/m8, r:r8', 'VMR', 'EVEX.L0.NP.MAP4.WIG 38 /r plain scc:4', 'APX_F', 'r:Z w:OSZAPC'],
    ['dfv, r:rwdq/mwdq, r:rwdq', 'VMR', 'EVEX.L0.osz.MAP4.Wdq 39 /r plain scc:4', 'APX_F', 'r:Z w:OSZAPC'],
    ['dfv, r:r8, r:r8/m8', 'VRM', 'EVEX.L0.NP.MAP4.WIG 3A /r plain scc:4', 'APX_F', 'r:Z w:OSZAPC'],
    ['dfv, r:rwdq, r:rwdq/mwdq', 'VRM', 'EVEX.L0.osz.MAP4.Wdq 3B /r plain scc:4', 'APX_F', 'r:Z w:OSZAPC'],
    ['dfv, r:rwdq/mwdq, simm8', 'VMI', 'EVEX.L0.osz.MAP4.Wdq 83 /7 plain scc:4', 'APX_F', 'r:Z w:OSZAPC'],
    ['dfv, r:r8/m8, ib', 'VMI', 'EVEX.L0.NP.MAP4.WIG 80 /7 plain scc:4', 'APX_F', 'r:Z w:OSZAPC'],
    ['dfv, r:rwdq/mwdq, iwds', 'VMI', 'EVEX.L0.osz.MAP4.Wdq 81 /7 plain scc:4', 'APX_F', 'r:Z w:OSZAPC'],
  ],
  /** If not equal the flags of `a − b`, else the default flags. */
  ccmpne: [
    ['dfv, r:r8/m8, r:r8', 'VMR', 'EVEX.L0.NP.MAP4.WIG 38 /r plain scc:5', 'APX_F', 'r:Z w:OSZAPC'],
    ['dfv, r:rwdq/mwdq, r:rwdq', 'VMR', 'EVEX.L0.osz.MAP4.Wdq 39 /r plain scc:5', 'APX_F', 'r:Z w:OSZAPC'],
    ['dfv, r:r8, r:r8/m8', 'VRM', 'EVEX.L0.NP.MAP4.WIG 3A /r plain scc:5', 'APX_F', 'r:Z w:OSZAPC'],
    ['dfv, r:rwdq, r:rwdq/mwdq', 'VRM', 'EVEX.L0.osz.MAP4.Wdq 3B /r plain scc:5', 'APX_F', 'r:Z w:OSZAPC'],
    ['dfv, r:rwdq/mwdq, simm8', 'VMI', 'EVEX.L0.osz.MAP4.Wdq 83 /7 plain scc:5', 'APX_F', 'r:Z w:OSZAPC'],
    ['dfv, r:r8/m8, ib', 'VMI', 'EVEX.L0.NP.MAP4.WIG 80 /7 plain scc:5', 'APX_F', 'r:Z w:OSZAPC'],
    ['dfv, r:rwdq/mwdq, iwds', 'VMI', 'EVEX.L0.osz.MAP4.Wdq 81 /7 plain scc:5', 'APX_F', 'r:Z w:OSZAPC'],
  ],
  /** If below or equal (unsigned ≤) the flags of `a − b`, else the default flags. */
  ccmpbe: [
    ['dfv, r:r8/m8, r:r8', 'VMR', 'EVEX.L0.NP.MAP4.WIG 38 /r plain scc:6', 'APX_F', 'r:CZ w:OSZAPC'],
    ['dfv, r:rwdq/mwdq, r:rwdq', 'VMR', 'EVEX.L0.osz.MAP4.Wdq 39 /r plain scc:6', 'APX_F', 'r:CZ w:OSZAPC'],
    ['dfv, r:r8, r:r8/m8', 'VRM', 'EVEX.L0.NP.MAP4.WIG 3A /r plain scc:6', 'APX_F', 'r:CZ w:OSZAPC'],
    ['dfv, r:rwdq, r:rwdq/mwdq', 'VRM', 'EVEX.L0.osz.MAP4.Wdq 3B /r plain scc:6', 'APX_F', 'r:CZ w:OSZAPC'],
    ['dfv, r:rwdq/mwdq, simm8', 'VMI', 'EVEX.L0.osz.MAP4.Wdq 83 /7 plain scc:6', 'APX_F', 'r:CZ w:OSZAPC'],
    ['dfv, r:r8/m8, ib', 'VMI', 'EVEX.L0.NP.MAP4.WIG 80 /7 plain scc:6', 'APX_F', 'r:CZ w:OSZAPC'],
    ['dfv, r:rwdq/mwdq, iwds', 'VMI', 'EVEX.L0.osz.MAP4.Wdq 81 /7 plain scc:6', 'APX_F', 'r:CZ w:OSZAPC'],
  ],
  /** If above (unsigned >) the flags of `a − b`, else the default flags. */
  ccmpa: [
    ['dfv, r:r8/m8, r:r8', 'VMR', 'EVEX.L0.NP.MAP4.WIG 38 /r plain scc:7', 'APX_F', 'r:CZ w:OSZAPC'],
    ['dfv, r:rwdq/mwdq, r:rwdq', 'VMR', 'EVEX.L0.osz.MAP4.Wdq 39 /r plain scc:7', 'APX_F', 'r:CZ w:OSZAPC'],
    ['dfv, r:r8, r:r8/m8', 'VRM', 'EVEX.L0.NP.MAP4.WIG 3A /r plain scc:7', 'APX_F', 'r:CZ w:OSZAPC'],
    ['dfv, r:rwdq, r:rwdq/mwdq', 'VRM', 'EVEX.L0.osz.MAP4.Wdq 3B /r plain scc:7', 'APX_F', 'r:CZ w:OSZAPC'],
    ['dfv, r:rwdq/mwdq, simm8', 'VMI', 'EVEX.L0.osz.MAP4.Wdq 83 /7 plain scc:7', 'APX_F', 'r:CZ w:OSZAPC'],
    ['dfv, r:r8/m8, ib', 'VMI', 'EVEX.L0.NP.MAP4.WIG 80 /7 plain scc:7', 'APX_F', 'r:CZ w:OSZAPC'],
    ['dfv, r:rwdq/mwdq, iwds', 'VMI', 'EVEX.L0.osz.MAP4.Wdq 81 /7 plain scc:7', 'APX_F', 'r:CZ w:OSZAPC'],
  ],
  /** If sign set the flags of `a − b`, else the default flags. */
  ccmps: [
    ['dfv, r:r8/m8, r:r8', 'VMR', 'EVEX.L0.NP.MAP4.WIG 38 /r plain scc:8', 'APX_F', 'r:S w:OSZAPC'],
    ['dfv, r:rwdq/mwdq, r:rwdq', 'VMR', 'EVEX.L0.osz.MAP4.Wdq 39 /r plain scc:8', 'APX_F', 'r:S w:OSZAPC'],
    ['dfv, r:r8, r:r8/m8', 'VRM', 'EVEX.L0.NP.MAP4.WIG 3A /r plain scc:8', 'APX_F', 'r:S w:OSZAPC'],
    ['dfv, r:rwdq, r:rwdq/mwdq', 'VRM', 'EVEX.L0.osz.MAP4.Wdq 3B /r plain scc:8', 'APX_F', 'r:S w:OSZAPC'],
    ['dfv, r:rwdq/mwdq, simm8', 'VMI', 'EVEX.L0.osz.MAP4.Wdq 83 /7 plain scc:8', 'APX_F', 'r:S w:OSZAPC'],
    ['dfv, r:r8/m8, ib', 'VMI', 'EVEX.L0.NP.MAP4.WIG 80 /7 plain scc:8', 'APX_F', 'r:S w:OSZAPC'],
    ['dfv, r:rwdq/mwdq, iwds', 'VMI', 'EVEX.L0.osz.MAP4.Wdq 81 /7 plain scc:8', 'APX_F', 'r:S w:OSZAPC'],
  ],
  /** If sign clear the flags of `a − b`, else the default flags. */
  ccmpns: [
    ['dfv, r:r8/m8, r:r8', 'VMR', 'EVEX.L0.NP.MAP4.WIG 38 /r plain scc:9', 'APX_F', 'r:S w:OSZAPC'],
    ['dfv, r:rwdq/mwdq, r:rwdq', 'VMR', 'EVEX.L0.osz.MAP4.Wdq 39 /r plain scc:9', 'APX_F', 'r:S w:OSZAPC'],
    ['dfv, r:r8, r:r8/m8', 'VRM', 'EVEX.L0.NP.MAP4.WIG 3A /r plain scc:9', 'APX_F', 'r:S w:OSZAPC'],
    ['dfv, r:rwdq, r:rwdq/mwdq', 'VRM', 'EVEX.L0.osz.MAP4.Wdq 3B /r plain scc:9', 'APX_F', 'r:S w:OSZAPC'],
    ['dfv, r:rwdq/mwdq, simm8', 'VMI', 'EVEX.L0.osz.MAP4.Wdq 83 /7 plain scc:9', 'APX_F', 'r:S w:OSZAPC'],
    ['dfv, r:r8/m8, ib', 'VMI', 'EVEX.L0.NP.MAP4.WIG 80 /7 plain scc:9', 'APX_F', 'r:S w:OSZAPC'],
    ['dfv, r:rwdq/mwdq, iwds', 'VMI', 'EVEX.L0.osz.MAP4.Wdq 81 /7 plain scc:9', 'APX_F', 'r:S w:OSZAPC'],
  ],
  /** If always the flags of `a − b`, else the default flags. */
  ccmpt: [
    ['dfv, r:r8/m8, r:r8', 'VMR', 'EVEX.L0.NP.MAP4.WIG 38 /r plain scc:10', 'APX_F', 'w:OSZAPC'],
    ['dfv, r:rwdq/mwdq, r:rwdq', 'VMR', 'EVEX.L0.osz.MAP4.Wdq 39 /r plain scc:10', 'APX_F', 'w:OSZAPC'],
    ['dfv, r:r8, r:r8/m8', 'VRM', 'EVEX.L0.NP.MAP4.WIG 3A /r plain scc:10', 'APX_F', 'w:OSZAPC'],
    ['dfv, r:rwdq, r:rwdq/mwdq', 'VRM', 'EVEX.L0.osz.MAP4.Wdq 3B /r plain scc:10', 'APX_F', 'w:OSZAPC'],
    ['dfv, r:rwdq/mwdq, simm8', 'VMI', 'EVEX.L0.osz.MAP4.Wdq 83 /7 plain scc:10', 'APX_F', 'w:OSZAPC'],
    ['dfv, r:r8/m8, ib', 'VMI', 'EVEX.L0.NP.MAP4.WIG 80 /7 plain scc:10', 'APX_F', 'w:OSZAPC'],
    ['dfv, r:rwdq/mwdq, iwds', 'VMI', 'EVEX.L0.osz.MAP4.Wdq 81 /7 plain scc:10', 'APX_F', 'w:OSZAPC'],
  ],
  /** If never the flags of `a − b`, else the default flags. */
  ccmpf: [
    ['dfv, r:r8/m8, r:r8', 'VMR', 'EVEX.L0.NP.MAP4.WIG 38 /r plain scc:11', 'APX_F', 'w:OSZAPC'],
    ['dfv, r:rwdq/mwdq, r:rwdq', 'VMR', 'EVEX.L0.osz.MAP4.Wdq 39 /r plain scc:11', 'APX_F', 'w:OSZAPC'],
    ['dfv, r:r8, r:r8/m8', 'VRM', 'EVEX.L0.NP.MAP4.WIG 3A /r plain scc:11', 'APX_F', 'w:OSZAPC'],
    ['dfv, r:rwdq, r:rwdq/mwdq', 'VRM', 'EVEX.L0.osz.MAP4.Wdq 3B /r plain scc:11', 'APX_F', 'w:OSZAPC'],
    ['dfv, r:rwdq/mwdq, simm8', 'VMI', 'EVEX.L0.osz.MAP4.Wdq 83 /7 plain scc:11', 'APX_F', 'w:OSZAPC'],
    ['dfv, r:r8/m8, ib', 'VMI', 'EVEX.L0.NP.MAP4.WIG 80 /7 plain scc:11', 'APX_F', 'w:OSZAPC'],
    ['dfv, r:rwdq/mwdq, iwds', 'VMI', 'EVEX.L0.osz.MAP4.Wdq 81 /7 plain scc:11', 'APX_F', 'w:OSZAPC'],
  ],
  /** If less (signed <) the flags of `a − b`, else the default flags. */
  ccmpl: [
    ['dfv, r:r8/m8, r:r8', 'VMR', 'EVEX.L0.NP.MAP4.WIG 38 /r plain scc:12', 'APX_F', 'r:SO w:OSZAPC'],
    ['dfv, r:rwdq/mwdq, r:rwdq', 'VMR', 'EVEX.L0.osz.MAP4.Wdq 39 /r plain scc:12', 'APX_F', 'r:SO w:OSZAPC'],
    ['dfv, r:r8, r:r8/m8', 'VRM', 'EVEX.L0.NP.MAP4.WIG 3A /r plain scc:12', 'APX_F', 'r:SO w:OSZAPC'],
    ['dfv, r:rwdq, r:rwdq/mwdq', 'VRM', 'EVEX.L0.osz.MAP4.Wdq 3B /r plain scc:12', 'APX_F', 'r:SO w:OSZAPC'],
    ['dfv, r:rwdq/mwdq, simm8', 'VMI', 'EVEX.L0.osz.MAP4.Wdq 83 /7 plain scc:12', 'APX_F', 'r:SO w:OSZAPC'],
    ['dfv, r:r8/m8, ib', 'VMI', 'EVEX.L0.NP.MAP4.WIG 80 /7 plain scc:12', 'APX_F', 'r:SO w:OSZAPC'],
    ['dfv, r:rwdq/mwdq, iwds', 'VMI', 'EVEX.L0.osz.MAP4.Wdq 81 /7 plain scc:12', 'APX_F', 'r:SO w:OSZAPC'],
  ],
  /** If greater or equal (signed ≥) the flags of `a − b`, else the default flags. */
  ccmpge: [
    ['dfv, r:r8/m8, r:r8', 'VMR', 'EVEX.L0.NP.MAP4.WIG 38 /r plain scc:13', 'APX_F', 'r:SO w:OSZAPC'],
    ['dfv, r:rwdq/mwdq, r:rwdq', 'VMR', 'EVEX.L0.osz.MAP4.Wdq 39 /r plain scc:13', 'APX_F', 'r:SO w:OSZAPC'],
    ['dfv, r:r8, r:r8/m8', 'VRM', 'EVEX.L0.NP.MAP4.WIG 3A /r plain scc:13', 'APX_F', 'r:SO w:OSZAPC'],
    ['dfv, r:rwdq, r:rwdq/mwdq', 'VRM', 'EVEX.L0.osz.MAP4.Wdq 3B /r plain scc:13', 'APX_F', 'r:SO w:OSZAPC'],
    ['dfv, r:rwdq/mwdq, simm8', 'VMI', 'EVEX.L0.osz.MAP4.Wdq 83 /7 plain scc:13', 'APX_F', 'r:SO w:OSZAPC'],
    ['dfv, r:r8/m8, ib', 'VMI', 'EVEX.L0.NP.MAP4.WIG 80 /7 plain scc:13', 'APX_F', 'r:SO w:OSZAPC'],
    ['dfv, r:rwdq/mwdq, iwds', 'VMI', 'EVEX.L0.osz.MAP4.Wdq 81 /7 plain scc:13', 'APX_F', 'r:SO w:OSZAPC'],
  ],
  /** If less or equal (signed ≤) the flags of `a − b`, else the default flags. */
  ccmple: [
    ['dfv, r:r8/m8, r:r8', 'VMR', 'EVEX.L0.NP.MAP4.WIG 38 /r plain scc:14', 'APX_F', 'r:ZSO w:OSZAPC'],
    ['dfv, r:rwdq/mwdq, r:rwdq', 'VMR', 'EVEX.L0.osz.MAP4.Wdq 39 /r plain scc:14', 'APX_F', 'r:ZSO w:OSZAPC'],
    ['dfv, r:r8, r:r8/m8', 'VRM', 'EVEX.L0.NP.MAP4.WIG 3A /r plain scc:14', 'APX_F', 'r:ZSO w:OSZAPC'],
    ['dfv, r:rwdq, r:rwdq/mwdq', 'VRM', 'EVEX.L0.osz.MAP4.Wdq 3B /r plain scc:14', 'APX_F', 'r:ZSO w:OSZAPC'],
    ['dfv, r:rwdq/mwdq, simm8', 'VMI', 'EVEX.L0.osz.MAP4.Wdq 83 /7 plain scc:14', 'APX_F', 'r:ZSO w:OSZAPC'],
    ['dfv, r:r8/m8, ib', 'VMI', 'EVEX.L0.NP.MAP4.WIG 80 /7 plain scc:14', 'APX_F', 'r:ZSO w:OSZAPC'],
    ['dfv, r:rwdq/mwdq, iwds', 'VMI', 'EVEX.L0.osz.MAP4.Wdq 81 /7 plain scc:14', 'APX_F', 'r:ZSO w:OSZAPC'],
  ],
  /** If greater (signed >) the flags of `a − b`, else the default flags. */
  ccmpg: [
    ['dfv, r:r8/m8, r:r8', 'VMR', 'EVEX.L0.NP.MAP4.WIG 38 /r plain scc:15', 'APX_F', 'r:ZSO w:OSZAPC'],
    ['dfv, r:rwdq/mwdq, r:rwdq', 'VMR', 'EVEX.L0.osz.MAP4.Wdq 39 /r plain scc:15', 'APX_F', 'r:ZSO w:OSZAPC'],
    ['dfv, r:r8, r:r8/m8', 'VRM', 'EVEX.L0.NP.MAP4.WIG 3A /r plain scc:15', 'APX_F', 'r:ZSO w:OSZAPC'],
    ['dfv, r:rwdq, r:rwdq/mwdq', 'VRM', 'EVEX.L0.osz.MAP4.Wdq 3B /r plain scc:15', 'APX_F', 'r:ZSO w:OSZAPC'],
    ['dfv, r:rwdq/mwdq, simm8', 'VMI', 'EVEX.L0.osz.MAP4.Wdq 83 /7 plain scc:15', 'APX_F', 'r:ZSO w:OSZAPC'],
    ['dfv, r:r8/m8, ib', 'VMI', 'EVEX.L0.NP.MAP4.WIG 80 /7 plain scc:15', 'APX_F', 'r:ZSO w:OSZAPC'],
    ['dfv, r:rwdq/mwdq, iwds', 'VMI', 'EVEX.L0.osz.MAP4.Wdq 81 /7 plain scc:15', 'APX_F', 'r:ZSO w:OSZAPC'],
  ],
  /** If overflow the flags of `a & b`, else the default flags. */
  ctesto: [
    ['dfv, r:r8/m8, r:r8', 'VMR', 'EVEX.L0.NP.MAP4.WIG 84 /r plain scc:0', 'APX_F', 'r:O w:OSZAPC'],
    ['dfv, r:rwdq/mwdq, r:rwdq', 'VMR', 'EVEX.L0.osz.MAP4.Wdq 85 /r plain scc:0', 'APX_F', 'r:O w:OSZAPC'],
    ['dfv, r:r8/m8, ib', 'VMI', 'EVEX.L0.NP.MAP4.WIG F6 /0 plain scc:0', 'APX_F', 'r:O w:OSZAPC'],
    ['dfv, r:rwdq/mwdq, iwds', 'VMI', 'EVEX.L0.osz.MAP4.Wdq F7 /0 plain scc:0', 'APX_F', 'r:O w:OSZAPC'],
  ],
  /** If no overflow the flags of `a & b`, else the default flags. */
  ctestno: [
    ['dfv, r:r8/m8, r:r8', 'VMR', 'EVEX.L0.NP.MAP4.WIG 84 /r plain scc:1', 'APX_F', 'r:O w:OSZAPC'],
    ['dfv, r:rwdq/mwdq, r:rwdq', 'VMR', 'EVEX.L0.osz.MAP4.Wdq 85 /r plain scc:1', 'APX_F', 'r:O w:OSZAPC'],
    ['dfv, r:r8/m8, ib', 'VMI', 'EVEX.L0.NP.MAP4.WIG F6 /0 plain scc:1', 'APX_F', 'r:O w:OSZAPC'],
    ['dfv, r:rwdq/mwdq, iwds', 'VMI', 'EVEX.L0.osz.MAP4.Wdq F7 /0 plain scc:1', 'APX_F', 'r:O w:OSZAPC'],
  ],
  /** If below (unsigned <) the flags of `a & b`, else the default flags. */
  ctestb: [
    ['dfv, r:r8/m8, r:r8', 'VMR', 'EVEX.L0.NP.MAP4.WIG 84 /r plain scc:2', 'APX_F', 'r:C w:OSZAPC'],
    ['dfv, r:rwdq/mwdq, r:rwdq', 'VMR', 'EVEX.L0.osz.MAP4.Wdq 85 /r plain scc:2', 'APX_F', 'r:C w:OSZAPC'],
    ['dfv, r:r8/m8, ib', 'VMI', 'EVEX.L0.NP.MAP4.WIG F6 /0 plain scc:2', 'APX_F', 'r:C w:OSZAPC'],
    ['dfv, r:rwdq/mwdq, iwds', 'VMI', 'EVEX.L0.osz.MAP4.Wdq F7 /0 plain scc:2', 'APX_F', 'r:C w:OSZAPC'],
  ],
  /** If above or equal (unsigned ≥) the flags of `a & b`, else the default flags. */
  ctestae: [
    ['dfv, r:r8/m8, r:r8', 'VMR', 'EVEX.L0.NP.MAP4.WIG 84 /r plain scc:3', 'APX_F', 'r:C w:OSZAPC'],
    ['dfv, r:rwdq/mwdq, r:rwdq', 'VMR', 'EVEX.L0.osz.MAP4.Wdq 85 /r plain scc:3', 'APX_F', 'r:C w:OSZAPC'],
    ['dfv, r:r8/m8, ib', 'VMI', 'EVEX.L0.NP.MAP4.WIG F6 /0 plain scc:3', 'APX_F', 'r:C w:OSZAPC'],
    ['dfv, r:rwdq/mwdq, iwds', 'VMI', 'EVEX.L0.osz.MAP4.Wdq F7 /0 plain scc:3', 'APX_F', 'r:C w:OSZAPC'],
  ],
  /** If equal the flags of `a & b`, else the default flags. */
  cteste: [
    ['dfv, r:r8/m8, r:r8', 'VMR', 'EVEX.L0.NP.MAP4.WIG 84 /r plain scc:4', 'APX_F', 'r:Z w:OSZAPC'],
    ['dfv, r:rwdq/mwdq, r:rwdq', 'VMR', 'EVEX.L0.osz.MAP4.Wdq 85 /r plain scc:4', 'APX_F', 'r:Z w:OSZAPC'],
    ['dfv, r:r8/m8, ib', 'VMI', 'EVEX.L0.NP.MAP4.WIG F6 /0 plain scc:4', 'APX_F', 'r:Z w:OSZAPC'],
    ['dfv, r:rwdq/mwdq, iwds', 'VMI', 'EVEX.L0.osz.MAP4.Wdq F7 /0 plain scc:4', 'APX_F', 'r:Z w:OSZAPC'],
  ],
  /** If not equal the flags of `a & b`, else the default flags. */
  ctestne: [
    ['dfv, r:r8/m8, r:r8', 'VMR', 'EVEX.L0.NP.MAP4.WIG 84 /r plain scc:5', 'APX_F', 'r:Z w:OSZAPC'],
    ['dfv, r:rwdq/mwdq, r:rwdq', 'VMR', 'EVEX.L0.osz.MAP4.Wdq 85 /r plain scc:5', 'APX_F', 'r:Z w:OSZAPC'],
    ['dfv, r:r8/m8, ib', 'VMI', 'EVEX.L0.NP.MAP4.WIG F6 /0 plain scc:5', 'APX_F', 'r:Z w:OSZAPC'],
    ['dfv, r:rwdq/mwdq, iwds', 'VMI', 'EVEX.L0.osz.MAP4.Wdq F7 /0 plain scc:5', 'APX_F', 'r:Z w:OSZAPC'],
  ],
  /** If below or equal (unsigned ≤) the flags of `a & b`, else the default flags. */
  ctestbe: [
    ['dfv, r:r8/m8, r:r8', 'VMR', 'EVEX.L0.NP.MAP4.WIG 84 /r plain scc:6', 'APX_F', 'r:CZ w:OSZAPC'],
    ['dfv, r:rwdq/mwdq, r:rwdq', 'VMR', 'EVEX.L0.osz.MAP4.Wdq 85 /r plain scc:6', 'APX_F', 'r:CZ w:OSZAPC'],
    ['dfv, r:r8/m8, ib', 'VMI', 'EVEX.L0.NP.MAP4.WIG F6 /0 plain scc:6', 'APX_F', 'r:CZ w:OSZAPC'],
    ['dfv, r:rwdq/mwdq, iwds', 'VMI', 'EVEX.L0.osz.MAP4.Wdq F7 /0 plain scc:6', 'APX_F', 'r:CZ w:OSZAPC'],
  ],
  /** If above (unsigned >) the flags of `a & b`, else the default flags. */
  ctesta: [
    ['dfv, r:r8/m8, r:r8', 'VMR', 'EVEX.L0.NP.MAP4.WIG 84 /r plain scc:7', 'APX_F', 'r:CZ w:OSZAPC'],
    ['dfv, r:rwdq/mwdq, r:rwdq', 'VMR', 'EVEX.L0.osz.MAP4.Wdq 85 /r plain scc:7', 'APX_F', 'r:CZ w:OSZAPC'],
    ['dfv, r:r8/m8, ib', 'VMI', 'EVEX.L0.NP.MAP4.WIG F6 /0 plain scc:7', 'APX_F', 'r:CZ w:OSZAPC'],
    ['dfv, r:rwdq/mwdq, iwds', 'VMI', 'EVEX.L0.osz.MAP4.Wdq F7 /0 plain scc:7', 'APX_F', 'r:CZ w:OSZAPC'],
  ],
  /** If sign set the flags of `a & b`, else the default flags. */
  ctests: [
    ['dfv, r:r8/m8, r:r8', 'VMR', 'EVEX.L0.NP.MAP4.WIG 84 /r plain scc:8', 'APX_F', 'r:S w:OSZAPC'],
    ['dfv, r:rwdq/mwdq, r:rwdq', 'VMR', 'EVEX.L0.osz.MAP4.Wdq 85 /r plain scc:8', 'APX_F', 'r:S w:OSZAPC'],
    ['dfv, r:r8/m8, ib', 'VMI', 'EVEX.L0.NP.MAP4.WIG F6 /0 plain scc:8', 'APX_F', 'r:S w:OSZAPC'],
    ['dfv, r:rwdq/mwdq, iwds', 'VMI', 'EVEX.L0.osz.MAP4.Wdq F7 /0 plain scc:8', 'APX_F', 'r:S w:OSZAPC'],
  ],
  /** If sign clear the flags of `a & b`, else the default flags. */
  ctestns: [
    ['dfv, r:r8/m8, r:r8', 'VMR', 'EVEX.L0.NP.MAP4.WIG 84 /r plain scc:9', 'APX_F', 'r:S w:OSZAPC'],
    ['dfv, r:rwdq/mwdq, r:rwdq', 'VMR', 'EVEX.L0.osz.MAP4.Wdq 85 /r plain scc:9', 'APX_F', 'r:S w:OSZAPC'],
    ['dfv, r:r8/m8, ib', 'VMI', 'EVEX.L0.NP.MAP4.WIG F6 /0 plain scc:9', 'APX_F', 'r:S w:OSZAPC'],
    ['dfv, r:rwdq/mwdq, iwds', 'VMI', 'EVEX.L0.osz.MAP4.Wdq F7 /0 plain scc:9', 'APX_F', 'r:S w:OSZAPC'],
  ],
  /** If always the flags of `a & b`, else the default flags. */
  ctestt: [
    ['dfv, r:r8/m8, r:r8', 'VMR', 'EVEX.L0.NP.MAP4.WIG 84 /r plain scc:10', 'APX_F', 'w:OSZAPC'],
    ['dfv, r:rwdq/mwdq, r:rwdq', 'VMR', 'EVEX.L0.osz.MAP4.Wdq 85 /r plain scc:10', 'APX_F', 'w:OSZAPC'],
    ['dfv, r:r8/m8, ib', 'VMI', 'EVEX.L0.NP.MAP4.WIG F6 /0 plain scc:10', 'APX_F', 'w:OSZAPC'],
    ['dfv, r:rwdq/mwdq, iwds', 'VMI', 'EVEX.L0.osz.MAP4.Wdq F7 /0 plain scc:10', 'APX_F', 'w:OSZAPC'],
  ],
  /** If never the flags of `a & b`, else the default flags. */
  ctestf: [
    ['dfv, r:r8/m8, r:r8', 'VMR', 'EVEX.L0.NP.MAP4.WIG 84 /r plain scc:11', 'APX_F', 'w:OSZAPC'],
    ['dfv, r:rwdq/mwdq, r:rwdq', 'VMR', 'EVEX.L0.osz.MAP4.Wdq 85 /r plain scc:11', 'APX_F', 'w:OSZAPC'],
    ['dfv, r:r8/m8, ib', 'VMI', 'EVEX.L0.NP.MAP4.WIG F6 /0 plain scc:11', 'APX_F', 'w:OSZAPC'],
    ['dfv, r:rwdq/mwdq, iwds', 'VMI', 'EVEX.L0.osz.MAP4.Wdq F7 /0 plain scc:11', 'APX_F', 'w:OSZAPC'],
  ],
  /** If less (signed <) the flags of `a & b`, else the default flags. */
  ctestl: [
    ['dfv, r:r8/m8, r:r8', 'VMR', 'EVEX.L0.NP.MAP4.WIG 84 /r plain scc:12', 'APX_F', 'r:SO w:OSZAPC'],
    ['dfv, r:rwdq/mwdq, r:rwdq', 'VMR', 'EVEX.L0.osz.MAP4.Wdq 85 /r plain scc:12', 'APX_F', 'r:SO w:OSZAPC'],
    ['dfv, r:r8/m8, ib', 'VMI', 'EVEX.L0.NP.MAP4.WIG F6 /0 plain scc:12', 'APX_F', 'r:SO w:OSZAPC'],
    ['dfv, r:rwdq/mwdq, iwds', 'VMI', 'EVEX.L0.osz.MAP4.Wdq F7 /0 plain scc:12', 'APX_F', 'r:SO w:OSZAPC'],
  ],
  /** If greater or equal (signed ≥) the flags of `a & b`, else the default flags. */
  ctestge: [
    ['dfv, r:r8/m8, r:r8', 'VMR', 'EVEX.L0.NP.MAP4.WIG 84 /r plain scc:13', 'APX_F', 'r:SO w:OSZAPC'],
    ['dfv, r:rwdq/mwdq, r:rwdq', 'VMR', 'EVEX.L0.osz.MAP4.Wdq 85 /r plain scc:13', 'APX_F', 'r:SO w:OSZAPC'],
    ['dfv, r:r8/m8, ib', 'VMI', 'EVEX.L0.NP.MAP4.WIG F6 /0 plain scc:13', 'APX_F', 'r:SO w:OSZAPC'],
    ['dfv, r:rwdq/mwdq, iwds', 'VMI', 'EVEX.L0.osz.MAP4.Wdq F7 /0 plain scc:13', 'APX_F', 'r:SO w:OSZAPC'],
  ],
  /** If less or equal (signed ≤) the flags of `a & b`, else the default flags. */
  ctestle: [
    ['dfv, r:r8/m8, r:r8', 'VMR', 'EVEX.L0.NP.MAP4.WIG 84 /r plain scc:14', 'APX_F', 'r:ZSO w:OSZAPC'],
    ['dfv, r:rwdq/mwdq, r:rwdq', 'VMR', 'EVEX.L0.osz.MAP4.Wdq 85 /r plain scc:14', 'APX_F', 'r:ZSO w:OSZAPC'],
    ['dfv, r:r8/m8, ib', 'VMI', 'EVEX.L0.NP.MAP4.WIG F6 /0 plain scc:14', 'APX_F', 'r:ZSO w:OSZAPC'],
    ['dfv, r:rwdq/mwdq, iwds', 'VMI', 'EVEX.L0.osz.MAP4.Wdq F7 /0 plain scc:14', 'APX_F', 'r:ZSO w:OSZAPC'],
  ],
  /** If greater (signed >) the flags of `a & b`, else the default flags. */
  ctestg: [
    ['dfv, r:r8/m8, r:r8', 'VMR', 'EVEX.L0.NP.MAP4.WIG 84 /r plain scc:15', 'APX_F', 'r:ZSO w:OSZAPC'],
    ['dfv, r:rwdq/mwdq, r:rwdq', 'VMR', 'EVEX.L0.osz.MAP4.Wdq 85 /r plain scc:15', 'APX_F', 'r:ZSO w:OSZAPC'],
    ['dfv, r:r8/m8, ib', 'VMI', 'EVEX.L0.NP.MAP4.WIG F6 /0 plain scc:15', 'APX_F', 'r:ZSO w:OSZAPC'],
    ['dfv, r:rwdq/mwdq, iwds', 'VMI', 'EVEX.L0.osz.MAP4.Wdq F7 /0 plain scc:15', 'APX_F', 'r:ZSO w:OSZAPC'],
  ],
  /** `dst ← src · imm`, signed, low half; the bits above dst become 0. */
  imulzu: [
    ['w:rwdq, r:rwdq/mwdq, simm8', 'RMI', 'EVEX.L0.osz.MAP4.Wdq 6B /r plain nd', 'APX_F', 'w:OSZAPC'],
    ['w:rwdq, r:rwdq/mwdq, iwds', 'RMI', 'EVEX.L0.osz.MAP4.Wdq 69 /r plain nd', 'APX_F', 'w:OSZAPC'],
  ],
  /** Pushes a, then b. */
  push2: [['r:r64, r:r64, rw:<rsp>', 'VM', 'EVEX.L0.NP.MAP4.W0 FF /6 plain nd', 'APX_F']],
  /** Pushes a, then b, with a hint that pop2p will fetch them. */
  push2p: [['r:r64, r:r64, rw:<rsp>', 'VM', 'EVEX.L0.NP.MAP4.W1 FF /6 plain nd', 'APX_F']],
  /** Pops a, then b. */
  pop2: [['w:r64, w:r64, rw:<rsp>', 'VM', 'EVEX.L0.NP.MAP4.W0 8F /0 plain nd', 'APX_F', 'distinct']],
  /** Pops a, then b, which push2p has pushed. */
  pop2p: [['w:r64, w:r64, rw:<rsp>', 'VM', 'EVEX.L0.NP.MAP4.W1 8F /0 plain nd', 'APX_F', 'distinct']],
  /** Pushes src with a hint that popp will fetch it. */
  pushp: [['r:r64, rw:<rsp>', 'O', 'REX2.W 50 +r', 'APX_F']],
  /** Pops what pushp has pushed. */
  popp: [['w:r64, rw:<rsp>', 'O', 'REX2.W 58 +r', 'APX_F']],
  /** Jumps to a 64-bit address. */
  jmpabs: [['imm64', 'I', 'REX2 A1', 'APX_F', 'jump']],
} as const
