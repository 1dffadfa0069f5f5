/** Rows of XOP: multiply-accumulate, permutations, rotations and comparisons of integers (AMD). */

export const xop = {
  /** `dst ← a · b + c`, i16, saturated. */
  vpmacssww: [['w:x, r:x, r:x/mx, r:x', 'RVMS', 'XOP.128.NP.MAP8.W0 85 /r', 'XOP']],
  /** `dst ← a · b of odd elements + c`, i16 to i32, saturated. */
  vpmacsswd: [['w:x, r:x, r:x/mx, r:x', 'RVMS', 'XOP.128.NP.MAP8.W0 86 /r', 'XOP']],
  /** `dst ← a · b of even elements + c`, i32 to i64, saturated. */
  vpmacssdql: [['w:x, r:x, r:x/mx, r:x', 'RVMS', 'XOP.128.NP.MAP8.W0 87 /r', 'XOP']],
  /** `dst ← a · b + c`, i32, saturated. */
  vpmacssdd: [['w:x, r:x, r:x/mx, r:x', 'RVMS', 'XOP.128.NP.MAP8.W0 8E /r', 'XOP']],
  /** `dst ← a · b of odd elements + c`, i32 to i64, saturated. */
  vpmacssdqh: [['w:x, r:x, r:x/mx, r:x', 'RVMS', 'XOP.128.NP.MAP8.W0 8F /r', 'XOP']],
  /** `dst ← a · b + c`, i16. */
  vpmacsww: [['w:x, r:x, r:x/mx, r:x', 'RVMS', 'XOP.128.NP.MAP8.W0 95 /r', 'XOP']],
  /** `dst ← a · b of odd elements + c`, i16 to i32. */
  vpmacswd: [['w:x, r:x, r:x/mx, r:x', 'RVMS', 'XOP.128.NP.MAP8.W0 96 /r', 'XOP']],
  /** `dst ← a · b of even elements + c`, i32 to i64. */
  vpmacsdql: [['w:x, r:x, r:x/mx, r:x', 'RVMS', 'XOP.128.NP.MAP8.W0 97 /r', 'XOP']],
  /** `dst ← a · b + c`, i32. */
  vpmacsdd: [['w:x, r:x, r:x/mx, r:x', 'RVMS', 'XOP.128.NP.MAP8.W0 9E /r', 'XOP']],
  /** `dst ← a · b of odd elements + c`, i32 to i64. */
  vpmacsdqh: [['w:x, r:x, r:x/mx, r:x', 'RVMS', 'XOP.128.NP.MAP8.W0 9F /r', 'XOP']],
  /** `dst ← Σ a · b + c`, two i16 products for each i32, saturated. */
  vpmadcsswd: [['w:x, r:x, r:x/mx, r:x', 'RVMS', 'XOP.128.NP.MAP8.W0 A6 /r', 'XOP']],
  /** `dst ← Σ a · b + c`, two i16 products for each i32. */
  vpmadcswd: [['w:x, r:x, r:x/mx, r:x', 'RVMS', 'XOP.128.NP.MAP8.W0 B6 /r', 'XOP']],
  /** `dst ← c ? a : b`, bit by bit. */
  vpcmov: [
    ['w:xy, r:xy, r:xy/mxy, r:xy', 'RVMS', 'XOP.NP.MAP8.W0 A2 /r', 'XOP'],
    ['w:xy, r:xy, r:xy, r:xy/mxy', 'RVSM', 'XOP.NP.MAP8.W1 A2 /r', 'XOP'],
  ],
  /** `dst ← bytes of a and b that c chooses`, each inverted, reversed or filled as c says. */
  vpperm: [
    ['w:x, r:x, r:x/mx, r:x', 'RVMS', 'XOP.128.NP.MAP8.W0 A3 /r', 'XOP'],
    ['w:x, r:x, r:x, r:x/mx', 'RVSM', 'XOP.128.NP.MAP8.W1 A3 /r', 'XOP'],
  ],
  /** `dst ← elements of a and b that c chooses`, f32; imm8 says which elements become zero. */
  vpermil2ps: [
    ['w:xy, r:xy, r:xy/mxy, r:xy, imm4', 'RVMSI', 'VEX.66.0F3A.W0 48 /r', 'XOP'],
    ['w:xy, r:xy, r:xy, r:xy/mxy, imm4', 'RVSMI', 'VEX.66.0F3A.W1 48 /r', 'XOP'],
  ],
  /** `dst ← elements of a and b that c chooses`, f64; imm8 says which elements become zero. */
  vpermil2pd: [
    ['w:xy, r:xy, r:xy/mxy, r:xy, imm4', 'RVMSI', 'VEX.66.0F3A.W0 49 /r', 'XOP'],
    ['w:xy, r:xy, r:xy, r:xy/mxy, imm4', 'RVSMI', 'VEX.66.0F3A.W1 49 /r', 'XOP'],
  ],
  /** `dst ← src` rotated left by counts with a sign, each 8 bits. */
  vprotb: [
    ['w:x, r:x/mx, imm8', 'RMI', 'XOP.128.NP.MAP8.W0 C0 /r', 'XOP'],
    ['w:x, r:x/mx, r:x', 'RMV', 'XOP.128.NP.MAP9.W0 90 /r', 'XOP'],
    ['w:x, r:x, r:x/mx', 'RVM', 'XOP.128.NP.MAP9.W1 90 /r', 'XOP'],
  ],
  /** `dst ← src` rotated left by counts with a sign, each 16 bits. */
  vprotw: [
    ['w:x, r:x/mx, imm8', 'RMI', 'XOP.128.NP.MAP8.W0 C1 /r', 'XOP'],
    ['w:x, r:x/mx, r:x', 'RMV', 'XOP.128.NP.MAP9.W0 91 /r', 'XOP'],
    ['w:x, r:x, r:x/mx', 'RVM', 'XOP.128.NP.MAP9.W1 91 /r', 'XOP'],
  ],
  /** `dst ← src` rotated left by counts with a sign, each 32 bits. */
  vprotd: [
    ['w:x, r:x/mx, imm8', 'RMI', 'XOP.128.NP.MAP8.W0 C2 /r', 'XOP'],
    ['w:x, r:x/mx, r:x', 'RMV', 'XOP.128.NP.MAP9.W0 92 /r', 'XOP'],
    ['w:x, r:x, r:x/mx', 'RVM', 'XOP.128.NP.MAP9.W1 92 /r', 'XOP'],
  ],
  /** `dst ← src` rotated left by counts with a sign, each 64 bits. */
  vprotq: [
    ['w:x, r:x/mx, imm8', 'RMI', 'XOP.128.NP.MAP8.W0 C3 /r', 'XOP'],
    ['w:x, r:x/mx, r:x', 'RMV', 'XOP.128.NP.MAP9.W0 93 /r', 'XOP'],
    ['w:x, r:x, r:x/mx', 'RVM', 'XOP.128.NP.MAP9.W1 93 /r', 'XOP'],
  ],
  /** `dst ← src` shifted by counts with a sign, left where positive, each 8 bits. */
  vpshlb: [
    ['w:x, r:x/mx, r:x', 'RMV', 'XOP.128.NP.MAP9.W0 94 /r', 'XOP'],
    ['w:x, r:x, r:x/mx', 'RVM', 'XOP.128.NP.MAP9.W1 94 /r', 'XOP'],
  ],
  /** `dst ← src` shifted by counts with a sign, left where positive, right keeps the sign, each 8 bits. */
  vpshab: [
    ['w:x, r:x/mx, r:x', 'RMV', 'XOP.128.NP.MAP9.W0 98 /r', 'XOP'],
    ['w:x, r:x, r:x/mx', 'RVM', 'XOP.128.NP.MAP9.W1 98 /r', 'XOP'],
  ],
  /** `dst ← src` shifted by counts with a sign, left where positive, each 16 bits. */
  vpshlw: [
    ['w:x, r:x/mx, r:x', 'RMV', 'XOP.128.NP.MAP9.W0 95 /r', 'XOP'],
    ['w:x, r:x, r:x/mx', 'RVM', 'XOP.128.NP.MAP9.W1 95 /r', 'XOP'],
  ],
  /** `dst ← src` shifted by counts with a sign, left where positive, right keeps the sign, each 16 bits. */
  vpshaw: [
    ['w:x, r:x/mx, r:x', 'RMV', 'XOP.128.NP.MAP9.W0 99 /r', 'XOP'],
    ['w:x, r:x, r:x/mx', 'RVM', 'XOP.128.NP.MAP9.W1 99 /r', 'XOP'],
  ],
  /** `dst ← src` shifted by counts with a sign, left where positive, each 32 bits. */
  vpshld: [
    ['w:x, r:x/mx, r:x', 'RMV', 'XOP.128.NP.MAP9.W0 96 /r', 'XOP'],
    ['w:x, r:x, r:x/mx', 'RVM', 'XOP.128.NP.MAP9.W1 96 /r', 'XOP'],
  ],
  /** `dst ← src` shifted by counts with a sign, left where positive, right keeps the sign, each 32 bits. */
  vpshad: [
    ['w:x, r:x/mx, r:x', 'RMV', 'XOP.128.NP.MAP9.W0 9A /r', 'XOP'],
    ['w:x, r:x, r:x/mx', 'RVM', 'XOP.128.NP.MAP9.W1 9A /r', 'XOP'],
  ],
  /** `dst ← src` shifted by counts with a sign, left where positive, each 64 bits. */
  vpshlq: [
    ['w:x, r:x/mx, r:x', 'RMV', 'XOP.128.NP.MAP9.W0 97 /r', 'XOP'],
    ['w:x, r:x, r:x/mx', 'RVM', 'XOP.128.NP.MAP9.W1 97 /r', 'XOP'],
  ],
  /** `dst ← src` shifted by counts with a sign, left where positive, right keeps the sign, each 64 bits. */
  vpshaq: [
    ['w:x, r:x/mx, r:x', 'RMV', 'XOP.128.NP.MAP9.W0 9B /r', 'XOP'],
    ['w:x, r:x, r:x/mx', 'RVM', 'XOP.128.NP.MAP9.W1 9B /r', 'XOP'],
  ],
  /** `dst ← a ⋈ b ? ones : zeros`, packed i8; the predicate in imm8. */
  vpcomb: [['w:x, r:x, r:x/mx, imm8', 'RVMI', 'XOP.128.NP.MAP8.W0 CC /r', 'XOP', 'predicate:xop']],
  /** `dst ← a ⋈ b ? ones : zeros`, packed i16; the predicate in imm8. */
  vpcomw: [['w:x, r:x, r:x/mx, imm8', 'RVMI', 'XOP.128.NP.MAP8.W0 CD /r', 'XOP', 'predicate:xop']],
  /** `dst ← a ⋈ b ? ones : zeros`, packed i32; the predicate in imm8. */
  vpcomd: [['w:x, r:x, r:x/mx, imm8', 'RVMI', 'XOP.128.NP.MAP8.W0 CE /r', 'XOP', 'predicate:xop']],
  /** `dst ← a ⋈ b ? ones : zeros`, packed i64; the predicate in imm8. */
  vpcomq: [['w:x, r:x, r:x/mx, imm8', 'RVMI', 'XOP.128.NP.MAP8.W0 CF /r', 'XOP', 'predicate:xop']],
  /** `dst ← a ⋈ b ? ones : zeros`, packed u8; the predicate in imm8. */
  vpcomub: [['w:x, r:x, r:x/mx, imm8', 'RVMI', 'XOP.128.NP.MAP8.W0 EC /r', 'XOP', 'predicate:xop']],
  /** `dst ← a ⋈ b ? ones : zeros`, packed u16; the predicate in imm8. */
  vpcomuw: [['w:x, r:x, r:x/mx, imm8', 'RVMI', 'XOP.128.NP.MAP8.W0 ED /r', 'XOP', 'predicate:xop']],
  /** `dst ← a ⋈ b ? ones : zeros`, packed u32; the predicate in imm8. */
  vpcomud: [['w:x, r:x, r:x/mx, imm8', 'RVMI', 'XOP.128.NP.MAP8.W0 EE /r', 'XOP', 'predicate:xop']],
  /** `dst ← a ⋈ b ? ones : zeros`, packed u64; the predicate in imm8. */
  vpcomuq: [['w:x, r:x, r:x/mx, imm8', 'RVMI', 'XOP.128.NP.MAP8.W0 EF /r', 'XOP', 'predicate:xop']],
  /** `dst ← Σ of 2 neighbours`, i8 to i16. */
  vphaddbw: [['w:x, r:x/mx', 'RM', 'XOP.128.NP.MAP9.W0 C1 /r', 'XOP']],
  /** `dst ← Σ of 4 neighbours`, i8 to i32. */
  vphaddbd: [['w:x, r:x/mx', 'RM', 'XOP.128.NP.MAP9.W0 C2 /r', 'XOP']],
  /** `dst ← Σ of 8 neighbours`, i8 to i64. */
  vphaddbq: [['w:x, r:x/mx', 'RM', 'XOP.128.NP.MAP9.W0 C3 /r', 'XOP']],
  /** `dst ← Σ of 2 neighbours`, i16 to i32. */
  vphaddwd: [['w:x, r:x/mx', 'RM', 'XOP.128.NP.MAP9.W0 C6 /r', 'XOP']],
  /** `dst ← Σ of 4 neighbours`, i16 to i64. */
  vphaddwq: [['w:x, r:x/mx', 'RM', 'XOP.128.NP.MAP9.W0 C7 /r', 'XOP']],
  /** `dst ← Σ of 2 neighbours`, i32 to i64. */
  vphadddq: [['w:x, r:x/mx', 'RM', 'XOP.128.NP.MAP9.W0 CB /r', 'XOP']],
  /** `dst ← Σ of 2 neighbours`, u8 to u16. */
  vphaddubw: [['w:x, r:x/mx', 'RM', 'XOP.128.NP.MAP9.W0 D1 /r', 'XOP']],
  /** `dst ← Σ of 4 neighbours`, u8 to u32. */
  vphaddubd: [['w:x, r:x/mx', 'RM', 'XOP.128.NP.MAP9.W0 D2 /r', 'XOP']],
  /** `dst ← Σ of 8 neighbours`, u8 to u64. */
  vphaddubq: [['w:x, r:x/mx', 'RM', 'XOP.128.NP.MAP9.W0 D3 /r', 'XOP']],
  /** `dst ← Σ of 2 neighbours`, u16 to u32. */
  vphadduwd: [['w:x, r:x/mx', 'RM', 'XOP.128.NP.MAP9.W0 D6 /r', 'XOP']],
  /** `dst ← Σ of 4 neighbours`, u16 to u64. */
  vphadduwq: [['w:x, r:x/mx', 'RM', 'XOP.128.NP.MAP9.W0 D7 /r', 'XOP']],
  /** `dst ← Σ of 2 neighbours`, u32 to u64. */
  vphaddudq: [['w:x, r:x/mx', 'RM', 'XOP.128.NP.MAP9.W0 DB /r', 'XOP']],
  /** `dst ← even − odd neighbour`, i8 to i16. */
  vphsubbw: [['w:x, r:x/mx', 'RM', 'XOP.128.NP.MAP9.W0 E1 /r', 'XOP']],
  /** `dst ← even − odd neighbour`, i16 to i32. */
  vphsubwd: [['w:x, r:x/mx', 'RM', 'XOP.128.NP.MAP9.W0 E2 /r', 'XOP']],
  /** `dst ← even − odd neighbour`, i32 to i64. */
  vphsubdq: [['w:x, r:x/mx', 'RM', 'XOP.128.NP.MAP9.W0 E3 /r', 'XOP']],
  /** `dst ← fraction of src`, packed f32. */
  vfrczps: [['w:xy, r:xy/mxy', 'RM', 'XOP.NP.MAP9.W0 80 /r', 'XOP']],
  /** `dst ← fraction of src`, packed f64. */
  vfrczpd: [['w:xy, r:xy/mxy', 'RM', 'XOP.NP.MAP9.W0 81 /r', 'XOP']],
  /** `dst ← fraction of src`, f32. */
  vfrczss: [['w:x, r:x/m32', 'RM', 'XOP.LZ.NP.MAP9.W0 82 /r', 'XOP']],
  /** `dst ← fraction of src`, f64. */
  vfrczsd: [['w:x, r:x/m64', 'RM', 'XOP.LZ.NP.MAP9.W0 83 /r', 'XOP']],
} as const
