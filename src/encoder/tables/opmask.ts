/** Rows of the opmask registers: moves, logic, shifts, tests, and exchange with vectors. */

export const opmask = {
  /** `dst ← 8 bits of src`, zero-extended. */
  kmovb: [
    ['w:k, r:k/m8', 'RM', 'VEX.L0.66.0F.W0 90 /r', 'AVX512DQ'],
    ['w:m8, r:k', 'MR', 'VEX.L0.66.0F.W0 91 /r', 'AVX512DQ'],
    ['w:k, r:r32', 'RM', 'VEX.L0.66.0F.W0 92 /r', 'AVX512DQ'],
    ['w:r32, r:k', 'RM', 'VEX.L0.66.0F.W0 93 /r', 'AVX512DQ'],
    ['w:k, r:m8', 'RM', 'EVEX.L0.66.0F.W0 90 /r plain', 'AVX512DQ APX_F'],
    ['w:m8, r:k', 'MR', 'EVEX.L0.66.0F.W0 91 /r plain', 'AVX512DQ APX_F'],
    ['w:k, r:r32', 'RM', 'EVEX.L0.66.0F.W0 92 /r plain', 'AVX512DQ APX_F'],
    ['w:r32, r:k', 'RM', 'EVEX.L0.66.0F.W0 93 /r plain', 'AVX512DQ APX_F'],
  ],
  /** `dst ← 16 bits of src`, zero-extended. */
  kmovw: [
    ['w:k, r:k/m16', 'RM', 'VEX.L0.NP.0F.W0 90 /r', 'AVX512F'],
    ['w:m16, r:k', 'MR', 'VEX.L0.NP.0F.W0 91 /r', 'AVX512F'],
    ['w:k, r:r32', 'RM', 'VEX.L0.NP.0F.W0 92 /r', 'AVX512F'],
    ['w:r32, r:k', 'RM', 'VEX.L0.NP.0F.W0 93 /r', 'AVX512F'],
    ['w:k, r:m16', 'RM', 'EVEX.L0.NP.0F.W0 90 /r plain', 'AVX512F APX_F'],
    ['w:m16, r:k', 'MR', 'EVEX.L0.NP.0F.W0 91 /r plain', 'AVX512F APX_F'],
    ['w:k, r:r32', 'RM', 'EVEX.L0.NP.0F.W0 92 /r plain', 'AVX512F APX_F'],
    ['w:r32, r:k', 'RM', 'EVEX.L0.NP.0F.W0 93 /r plain', 'AVX512F APX_F'],
  ],
  /** `dst ← 32 bits of src`, zero-extended. */
  kmovd: [
    ['w:k, r:k/m32', 'RM', 'VEX.L0.66.0F.W1 90 /r', 'AVX512BW'],
    ['w:m32, r:k', 'MR', 'VEX.L0.66.0F.W1 91 /r', 'AVX512BW'],
    ['w:k, r:r32', 'RM', 'VEX.L0.F2.0F.W0 92 /r', 'AVX512BW'],
    ['w:r32, r:k', 'RM', 'VEX.L0.F2.0F.W0 93 /r', 'AVX512BW'],
    ['w:k, r:m32', 'RM', 'EVEX.L0.66.0F.W1 90 /r plain', 'AVX512BW APX_F'],
    ['w:m32, r:k', 'MR', 'EVEX.L0.66.0F.W1 91 /r plain', 'AVX512BW APX_F'],
    ['w:k, r:r32', 'RM', 'EVEX.L0.F2.0F.W0 92 /r plain', 'AVX512BW APX_F'],
    ['w:r32, r:k', 'RM', 'EVEX.L0.F2.0F.W0 93 /r plain', 'AVX512BW APX_F'],
  ],
  /** `dst ← 64 bits of src`, zero-extended. */
  kmovq: [
    ['w:k, r:k/m64', 'RM', 'VEX.L0.NP.0F.W1 90 /r', 'AVX512BW'],
    ['w:m64, r:k', 'MR', 'VEX.L0.NP.0F.W1 91 /r', 'AVX512BW'],
    ['w:k, r:r64', 'RM', 'VEX.L0.F2.0F.W1 92 /r', 'AVX512BW'],
    ['w:r64, r:k', 'RM', 'VEX.L0.F2.0F.W1 93 /r', 'AVX512BW'],
    ['w:k, r:m64', 'RM', 'EVEX.L0.NP.0F.W1 90 /r plain', 'AVX512BW APX_F'],
    ['w:m64, r:k', 'MR', 'EVEX.L0.NP.0F.W1 91 /r plain', 'AVX512BW APX_F'],
    ['w:k, r:r64', 'RM', 'EVEX.L0.F2.0F.W1 92 /r plain', 'AVX512BW APX_F'],
    ['w:r64, r:k', 'RM', 'EVEX.L0.F2.0F.W1 93 /r plain', 'AVX512BW APX_F'],
  ],
  /** `dst ← a & b`, 8 bits. */
  kandb: [['w:k, r:k, r:k', 'RVM', 'VEX.L1.66.0F.W0 41 /r', 'AVX512DQ']],
  /** `dst ← a & b`, 16 bits. */
  kandw: [['w:k, r:k, r:k', 'RVM', 'VEX.L1.NP.0F.W0 41 /r', 'AVX512F']],
  /** `dst ← a & b`, 32 bits. */
  kandd: [['w:k, r:k, r:k', 'RVM', 'VEX.L1.66.0F.W1 41 /r', 'AVX512BW']],
  /** `dst ← a & b`, 64 bits. */
  kandq: [['w:k, r:k, r:k', 'RVM', 'VEX.L1.NP.0F.W1 41 /r', 'AVX512BW']],
  /** `dst ← ~a & b`, 8 bits. */
  kandnb: [['w:k, r:k, r:k', 'RVM', 'VEX.L1.66.0F.W0 42 /r', 'AVX512DQ', 'zero-idiom']],
  /** `dst ← ~a & b`, 16 bits. */
  kandnw: [['w:k, r:k, r:k', 'RVM', 'VEX.L1.NP.0F.W0 42 /r', 'AVX512F', 'zero-idiom']],
  /** `dst ← ~a & b`, 32 bits. */
  kandnd: [['w:k, r:k, r:k', 'RVM', 'VEX.L1.66.0F.W1 42 /r', 'AVX512BW', 'zero-idiom']],
  /** `dst ← ~a & b`, 64 bits. */
  kandnq: [['w:k, r:k, r:k', 'RVM', 'VEX.L1.NP.0F.W1 42 /r', 'AVX512BW', 'zero-idiom']],
  /** `dst ← a | b`, 8 bits. */
  korb: [['w:k, r:k, r:k', 'RVM', 'VEX.L1.66.0F.W0 45 /r', 'AVX512DQ']],
  /** `dst ← a | b`, 16 bits. */
  korw: [['w:k, r:k, r:k', 'RVM', 'VEX.L1.NP.0F.W0 45 /r', 'AVX512F']],
  /** `dst ← a | b`, 32 bits. */
  kord: [['w:k, r:k, r:k', 'RVM', 'VEX.L1.66.0F.W1 45 /r', 'AVX512BW']],
  /** `dst ← a | b`, 64 bits. */
  korq: [['w:k, r:k, r:k', 'RVM', 'VEX.L1.NP.0F.W1 45 /r', 'AVX512BW']],
  /** `dst ← ~(a ^ b)`, 8 bits. */
  kxnorb: [['w:k, r:k, r:k', 'RVM', 'VEX.L1.66.0F.W0 46 /r', 'AVX512DQ', 'zero-idiom']],
  /** `dst ← ~(a ^ b)`, 16 bits. */
  kxnorw: [['w:k, r:k, r:k', 'RVM', 'VEX.L1.NP.0F.W0 46 /r', 'AVX512F', 'zero-idiom']],
  /** `dst ← ~(a ^ b)`, 32 bits. */
  kxnord: [['w:k, r:k, r:k', 'RVM', 'VEX.L1.66.0F.W1 46 /r', 'AVX512BW', 'zero-idiom']],
  /** `dst ← ~(a ^ b)`, 64 bits. */
  kxnorq: [['w:k, r:k, r:k', 'RVM', 'VEX.L1.NP.0F.W1 46 /r', 'AVX512BW', 'zero-idiom']],
  /** `dst ← a ^ b`, 8 bits. */
  kxorb: [['w:k, r:k, r:k', 'RVM', 'VEX.L1.66.0F.W0 47 /r', 'AVX512DQ', 'zero-idiom']],
  /** `dst ← a ^ b`, 16 bits. */
  kxorw: [['w:k, r:k, r:k', 'RVM', 'VEX.L1.NP.0F.W0 47 /r', 'AVX512F', 'zero-idiom']],
  /** `dst ← a ^ b`, 32 bits. */
  kxord: [['w:k, r:k, r:k', 'RVM', 'VEX.L1.66.0F.W1 47 /r', 'AVX512BW', 'zero-idiom']],
  /** `dst ← a ^ b`, 64 bits. */
  kxorq: [['w:k, r:k, r:k', 'RVM', 'VEX.L1.NP.0F.W1 47 /r', 'AVX512BW', 'zero-idiom']],
  /** `dst ← a + b`, 8 bits. */
  kaddb: [['w:k, r:k, r:k', 'RVM', 'VEX.L1.66.0F.W0 4A /r', 'AVX512DQ']],
  /** `dst ← a + b`, 16 bits. */
  kaddw: [['w:k, r:k, r:k', 'RVM', 'VEX.L1.NP.0F.W0 4A /r', 'AVX512DQ']],
  /** `dst ← a + b`, 32 bits. */
  kaddd: [['w:k, r:k, r:k', 'RVM', 'VEX.L1.66.0F.W1 4A /r', 'AVX512BW']],
  /** `dst ← a + b`, 64 bits. */
  kaddq: [['w:k, r:k, r:k', 'RVM', 'VEX.L1.NP.0F.W1 4A /r', 'AVX512BW']],
  /** `dst ← ~src`, 8 bits. */
  knotb: [['w:k, r:k', 'RM', 'VEX.L0.66.0F.W0 44 /r', 'AVX512DQ']],
  /** `dst ← ~src`, 16 bits. */
  knotw: [['w:k, r:k', 'RM', 'VEX.L0.NP.0F.W0 44 /r', 'AVX512F']],
  /** `dst ← ~src`, 32 bits. */
  knotd: [['w:k, r:k', 'RM', 'VEX.L0.66.0F.W1 44 /r', 'AVX512BW']],
  /** `dst ← ~src`, 64 bits. */
  knotq: [['w:k, r:k', 'RM', 'VEX.L0.NP.0F.W1 44 /r', 'AVX512BW']],
  /** `dst ← a : b`, the low 8 bits of each. */
  kunpckbw: [['w:k, r:k, r:k', 'RVM', 'VEX.L1.66.0F.W0 4B /r', 'AVX512F']],
  /** `dst ← a : b`, the low 16 bits of each. */
  kunpckwd: [['w:k, r:k, r:k', 'RVM', 'VEX.L1.NP.0F.W0 4B /r', 'AVX512BW']],
  /** `dst ← a : b`, the low 32 bits of each. */
  kunpckdq: [['w:k, r:k, r:k', 'RVM', 'VEX.L1.NP.0F.W1 4B /r', 'AVX512BW']],
  /** Sets ZF if `a | b` is all zero and CF if it is all ones, 8 bits. */
  kortestb: [['r:k, r:k', 'RM', 'VEX.L0.66.0F.W0 98 /r', 'AVX512DQ', 'w:OSZAPC']],
  /** Sets ZF if `a | b` is all zero and CF if it is all ones, 16 bits. */
  kortestw: [['r:k, r:k', 'RM', 'VEX.L0.NP.0F.W0 98 /r', 'AVX512F', 'w:OSZAPC']],
  /** Sets ZF if `a | b` is all zero and CF if it is all ones, 32 bits. */
  kortestd: [['r:k, r:k', 'RM', 'VEX.L0.66.0F.W1 98 /r', 'AVX512BW', 'w:OSZAPC']],
  /** Sets ZF if `a | b` is all zero and CF if it is all ones, 64 bits. */
  kortestq: [['r:k, r:k', 'RM', 'VEX.L0.NP.0F.W1 98 /r', 'AVX512BW', 'w:OSZAPC']],
  /** Sets ZF if `a & b` is all zero and CF if `~a & b` is, 8 bits. */
  ktestb: [['r:k, r:k', 'RM', 'VEX.L0.66.0F.W0 99 /r', 'AVX512DQ', 'w:OSZAPC']],
  /** Sets ZF if `a & b` is all zero and CF if `~a & b` is, 16 bits. */
  ktestw: [['r:k, r:k', 'RM', 'VEX.L0.NP.0F.W0 99 /r', 'AVX512DQ', 'w:OSZAPC']],
  /** Sets ZF if `a & b` is all zero and CF if `~a & b` is, 32 bits. */
  ktestd: [['r:k, r:k', 'RM', 'VEX.L0.66.0F.W1 99 /r', 'AVX512BW', 'w:OSZAPC']],
  /** Sets ZF if `a & b` is all zero and CF if `~a & b` is, 64 bits. */
  ktestq: [['r:k, r:k', 'RM', 'VEX.L0.NP.0F.W1 99 /r', 'AVX512BW', 'w:OSZAPC']],
  /** `dst ← src << imm8`, 8 bits. */
  kshiftlb: [['w:k, r:k, imm8', 'RMI', 'VEX.L0.66.0F3A.W0 32 /r', 'AVX512DQ']],
  /** `dst ← src << imm8`, 16 bits. */
  kshiftlw: [['w:k, r:k, imm8', 'RMI', 'VEX.L0.66.0F3A.W1 32 /r', 'AVX512F']],
  /** `dst ← src << imm8`, 32 bits. */
  kshiftld: [['w:k, r:k, imm8', 'RMI', 'VEX.L0.66.0F3A.W0 33 /r', 'AVX512BW']],
  /** `dst ← src << imm8`, 64 bits. */
  kshiftlq: [['w:k, r:k, imm8', 'RMI', 'VEX.L0.66.0F3A.W1 33 /r', 'AVX512BW']],
  /** `dst ← src >> imm8`, 8 bits. */
  kshiftrb: [['w:k, r:k, imm8', 'RMI', 'VEX.L0.66.0F3A.W0 30 /r', 'AVX512DQ']],
  /** `dst ← src >> imm8`, 16 bits. */
  kshiftrw: [['w:k, r:k, imm8', 'RMI', 'VEX.L0.66.0F3A.W1 30 /r', 'AVX512F']],
  /** `dst ← src >> imm8`, 32 bits. */
  kshiftrd: [['w:k, r:k, imm8', 'RMI', 'VEX.L0.66.0F3A.W0 31 /r', 'AVX512BW']],
  /** `dst ← src >> imm8`, 64 bits. */
  kshiftrq: [['w:k, r:k, imm8', 'RMI', 'VEX.L0.66.0F3A.W1 31 /r', 'AVX512BW']],
  /** `dst ← ones where the mask bit is set, else zeros`, packed i8. */
  vpmovm2b: [['w:xyz, r:k', 'RM', 'EVEX.F3.0F38.W0 28 /r', 'AVX512BW']],
  /** `dst ← signs of the elements`, packed i8, one bit each. */
  vpmovb2m: [['w:k, r:xyz', 'RM', 'EVEX.F3.0F38.W0 29 /r', 'AVX512BW']],
  /** `dst ← ones where the mask bit is set, else zeros`, packed i16. */
  vpmovm2w: [['w:xyz, r:k', 'RM', 'EVEX.F3.0F38.W1 28 /r', 'AVX512BW']],
  /** `dst ← signs of the elements`, packed i16, one bit each. */
  vpmovw2m: [['w:k, r:xyz', 'RM', 'EVEX.F3.0F38.W1 29 /r', 'AVX512BW']],
  /** `dst ← ones where the mask bit is set, else zeros`, packed i32. */
  vpmovm2d: [['w:xyz, r:k', 'RM', 'EVEX.F3.0F38.W0 38 /r', 'AVX512DQ']],
  /** `dst ← signs of the elements`, packed i32, one bit each. */
  vpmovd2m: [['w:k, r:xyz', 'RM', 'EVEX.F3.0F38.W0 39 /r', 'AVX512DQ']],
  /** `dst ← ones where the mask bit is set, else zeros`, packed i64. */
  vpmovm2q: [['w:xyz, r:k', 'RM', 'EVEX.F3.0F38.W1 38 /r', 'AVX512DQ']],
  /** `dst ← signs of the elements`, packed i64, one bit each. */
  vpmovq2m: [['w:k, r:xyz', 'RM', 'EVEX.F3.0F38.W1 39 /r', 'AVX512DQ']],
} as const
