/** Rows of the moves between general registers, memory and constants: mov, extension, exchange, stack. */

export const move = {
  /** `dst ← src`. */
  mov: [
    ['w:r8/m8, r:r8', 'MR', '88 /r', ''],
    ['w:rwdq/mwdq, r:rwdq', 'MR', 'osz 89 /r', ''],
    ['w:r8, r:r8/m8', 'RM', '8A /r', ''],
    ['w:rwdq, r:rwdq/mwdq', 'RM', 'osz 8B /r', ''],
    ['w:r8, ib', 'OI', 'B0 +r', ''],
    ['w:r16, imm16', 'OI', '66 B8 +r', ''],
    ['w:r32, imm32', 'OI', 'B8 +r', ''],
    ['w:r8/m8, ib', 'MI', 'C6 /0', ''],
    ['w:rwdq/mwdq, iwds', 'MI', 'osz C7 /0', ''],
    ['w:r64, imm64', 'OI', 'REX.W B8 +r', '', 'as:movabs'],
    ['w:rwdq, r:sreg', 'MR', 'osz 8C /r', ''],
    ['w:m16, r:sreg', 'MR', '8C /r', ''],
    ['w:sreg, r:rwdq', 'RM', 'osz 8E /r', ''],
    ['w:sreg, r:m16', 'RM', '8E /r', ''],
    ['w:r64, r:cr', 'MR', '0F 20 /r', '', 'w:OSZAPC'],
    ['w:cr, r:r64', 'RM', '0F 22 /r', '', 'w:OSZAPC'],
    ['w:r64, r:dr', 'MR', '0F 21 /r', '', 'w:OSZAPC'],
    ['w:dr, r:r64', 'RM', '0F 23 /r', '', 'w:OSZAPC'],
  ],
  /** `dst ← imm64`, always with the full eight bytes of constant. */
  movabs: [
    ['w:r64, imm64', 'OI', 'REX.W B8 +r', ''],
    ['w:al, r:moffs8', '-I', 'A0', ''],
    ['w:ax, r:moffs16', '-I', '66 A1', ''],
    ['w:eax, r:moffs32', '-I', 'A1', ''],
    ['w:rax, r:moffs64', '-I', 'REX.W A1', ''],
    ['w:moffs8, r:al', 'I-', 'A2', ''],
    ['w:moffs16, r:ax', 'I-', '66 A3', ''],
    ['w:moffs32, r:eax', 'I-', 'A3', ''],
    ['w:moffs64, r:rax', 'I-', 'REX.W A3', ''],
  ],
  /** `dst ← src`, sign-extended from 8 or 16 bits. */
  movsx: [
    ['w:rwdq, r:r8/m8', 'RM', 'osz 0F BE /r', ''],
    ['w:rdq, r:r16/m16', 'RM', 'osz 0F BF /r', ''],
    ['w:r16, r:r16/m16', 'RM', '66 0F BF /r', ''],
  ],
  /** `dst ← src`, sign-extended from 32 to 64 bits. */
  movsxd: [
    ['w:r64, r:r32/m32', 'RM', 'REX.W 63 /r', ''],
    ['w:r16, r:r32/m32', 'RM', '66 63 /r', ''],
    ['w:r32, r:r32/m32', 'RM', '63 /r', ''],
  ],
  /** `dst ← src`, zero-extended from 8 or 16 bits. */
  movzx: [
    ['w:rwdq, r:r8/m8', 'RM', 'osz 0F B6 /r', ''],
    ['w:rdq, r:r16/m16', 'RM', 'osz 0F B7 /r', ''],
    ['w:r16, r:r16/m16', 'RM', '66 0F B7 /r', ''],
  ],
  /** `dst ← src` with the bytes reversed; one side is memory. */
  movbe: [
    ['w:rwdq, r:mwdq', 'RM', 'osz 0F 38 F0 /r', 'MOVBE'],
    ['w:mwdq, r:rwdq', 'MR', 'osz 0F 38 F1 /r', 'MOVBE'],
    ['w:rwdq, r:rwdq/mwdq', 'RM', 'EVEX.L0.osz.MAP4.Wdq 60 /r plain', 'MOVBE APX_F'],
    ['w:mwdq, r:rwdq', 'MR', 'EVEX.L0.osz.MAP4.Wdq 61 /r plain', 'MOVBE APX_F'],
    ['w:rwdq, r:rwdq', 'MR', 'EVEX.L0.osz.MAP4.Wdq 61 /r plain', 'MOVBE APX_F', 'late'],
  ],
  /** `[dst] ← src`, bypassing the caches. */
  movnti: [['w:mdq, r:rdq', 'MR', 'NP osz 0F C3 /r', 'SSE2']],
  /** `dst ← the address` itself; memory is not accessed and no flag changes. */
  lea: [['w:rwdq, n:m', 'RM', 'osz 8D /r', '']],
  /** `a ↔ b`; with memory it is always atomic. */
  xchg: [
    ['rw:ax, rw:r16', '-O', '66 90 +r', ''],
    // xchg eax, eax as 90 would be nop, which does not clear the upper half of rax.
    ['rw:eax, rw:r32', '-O', '90 +r', '', 'distinct'],
    ['rw:rax, rw:r64', '-O', 'REX.W 90 +r', ''],
    ['rw:r16, rw:ax', 'O-', '66 90 +r', ''],
    ['rw:r32, rw:eax', 'O-', '90 +r', '', 'distinct'],
    ['rw:r64, rw:rax', 'O-', 'REX.W 90 +r', ''],
    ['rw:r8, rw:r8/m8', 'RM', '86 /r', '', 'lock'],
    ['rw:rwdq, rw:rwdq/mwdq', 'RM', 'osz 87 /r', '', 'lock'],
    ['rw:m8, rw:r8', 'MR', '86 /r', '', 'lock'],
    ['rw:mwdq, rw:rwdq', 'MR', 'osz 87 /r', '', 'lock'],
  ],
  /** `dst ← dst` with its bytes reversed. */
  bswap: [['rw:rdq', 'O', 'osz 0F C8 +r', '']],
  /** `rsp ← rsp − 8; [rsp] ← src` (2 for a 16-bit operand). */
  push: [
    ['r:r16, rw:<rsp>', 'O', '66 50 +r', ''],
    ['r:r64, rw:<rsp>', 'O', '50 +r', '', 'd64'],
    ['simm8, rw:<rsp>', 'I', '6A', '', 'd64'],
    ['simm32, rw:<rsp>', 'I', '68', '', 'd64'],
    ['r:m16, rw:<rsp>', 'M', '66 FF /6', ''],
    ['r:m64, rw:<rsp>', 'M', 'FF /6', '', 'd64'],
    ['r:r16, rw:<rsp>', 'M', '66 FF /6', '', 'late'],
    ['r:r64, rw:<rsp>', 'M', 'FF /6', '', 'd64 late'],
    // Text cannot say that only 16 bits are pushed.
    ['simm8, rw:<rsp>', 'I', '66 6A', '', 'late as:pushw'],
    ['imm16, rw:<rsp>', 'I', '66 68', '', 'late as:pushw'],
    ['r:fs, rw:<rsp>', '-', '0F A0', '', 'd64'],
    ['r:gs, rw:<rsp>', '-', '0F A8', '', 'd64'],
  ],
  /** `dst ← [rsp]; rsp ← rsp + 8` (2 for a 16-bit operand). */
  pop: [
    ['w:r16, rw:<rsp>', 'O', '66 58 +r', ''],
    ['w:r64, rw:<rsp>', 'O', '58 +r', '', 'd64'],
    ['w:m16, rw:<rsp>', 'M', '66 8F /0', ''],
    ['w:m64, rw:<rsp>', 'M', '8F /0', '', 'd64'],
    ['w:r16, rw:<rsp>', 'M', '66 8F /0', '', 'late'],
    ['w:r64, rw:<rsp>', 'M', '8F /0', '', 'd64 late'],
    ['w:fs, rw:<rsp>', '-', '0F A1', '', 'd64'],
    ['w:gs, rw:<rsp>', '-', '0F A9', '', 'd64'],
  ],
  /** `rsp ← rbp; rbp ← pop`: the end of a framed function. */
  leave: [['rw:<rbp>, w:<rsp>', '', 'C9', '', 'd64']],
  /** `ax ← al`, sign-extended. */
  cbw: [['r:<al>, w:<ax>', '', '66 98', '']],
  /** `eax ← ax`, sign-extended. */
  cwde: [['r:<ax>, w:<eax>', '', '98', '']],
  /** `rax ← eax`, sign-extended. */
  cdqe: [['r:<eax>, w:<rax>', '', 'REX.W 98', '']],
  /** `dx ← sign of ax`, in every bit. */
  cwd: [['r:<ax>, w:<dx>', '', '66 99', '']],
  /** `edx ← sign of eax`, in every bit. */
  cdq: [['r:<eax>, w:<edx>', '', '99', '']],
  /** `rdx ← sign of rax`, in every bit. */
  cqo: [['r:<rax>, w:<rdx>', '', 'REX.W 99', '']],
  /** `dst ← src` if overflow; memory is read either way. */
  cmovo: [
    ['rw:rwdq, r:rwdq/mwdq', 'RM', 'osz 0F 40 /r', '', 'r:O'],
    ['w:rwdq, r:rwdq, r:rwdq/mwdq', 'VRM', 'EVEX.L0.osz.MAP4.Wdq 40 /r plain nd', 'APX_F', 'r:O'],
  ],
  /** `dst ← src` if no overflow; memory is read either way. */
  cmovno: [
    ['rw:rwdq, r:rwdq/mwdq', 'RM', 'osz 0F 41 /r', '', 'r:O'],
    ['w:rwdq, r:rwdq, r:rwdq/mwdq', 'VRM', 'EVEX.L0.osz.MAP4.Wdq 41 /r plain nd', 'APX_F', 'r:O'],
  ],
  /** `dst ← src` if below (unsigned <); memory is read either way. */
  cmovb: [
    ['rw:rwdq, r:rwdq/mwdq', 'RM', 'osz 0F 42 /r', '', 'r:C'],
    ['w:rwdq, r:rwdq, r:rwdq/mwdq', 'VRM', 'EVEX.L0.osz.MAP4.Wdq 42 /r plain nd', 'APX_F', 'r:C'],
  ],
  /** `dst ← src` if above or equal (unsigned ≥); memory is read either way. */
  cmovae: [
    ['rw:rwdq, r:rwdq/mwdq', 'RM', 'osz 0F 43 /r', '', 'r:C'],
    ['w:rwdq, r:rwdq, r:rwdq/mwdq', 'VRM', 'EVEX.L0.osz.MAP4.Wdq 43 /r plain nd', 'APX_F', 'r:C'],
  ],
  /** `dst ← src` if equal; memory is read either way. */
  cmove: [
    ['rw:rwdq, r:rwdq/mwdq', 'RM', 'osz 0F 44 /r', '', 'r:Z'],
    ['w:rwdq, r:rwdq, r:rwdq/mwdq', 'VRM', 'EVEX.L0.osz.MAP4.Wdq 44 /r plain nd', 'APX_F', 'r:Z'],
  ],
  /** `dst ← src` if not equal; memory is read either way. */
  cmovne: [
    ['rw:rwdq, r:rwdq/mwdq', 'RM', 'osz 0F 45 /r', '', 'r:Z'],
    ['w:rwdq, r:rwdq, r:rwdq/mwdq', 'VRM', 'EVEX.L0.osz.MAP4.Wdq 45 /r plain nd', 'APX_F', 'r:Z'],
  ],
  /** `dst ← src` if below or equal (unsigned ≤); memory is read either way. */
  cmovbe: [
    ['rw:rwdq, r:rwdq/mwdq', 'RM', 'osz 0F 46 /r', '', 'r:CZ'],
    ['w:rwdq, r:rwdq, r:rwdq/mwdq', 'VRM', 'EVEX.L0.osz.MAP4.Wdq 46 /r plain nd', 'APX_F', 'r:CZ'],
  ],
  /** `dst ← src` if above (unsigned >); memory is read either way. */
  cmova: [
    ['rw:rwdq, r:rwdq/mwdq', 'RM', 'osz 0F 47 /r', '', 'r:CZ'],
    ['w:rwdq, r:rwdq, r:rwdq/mwdq', 'VRM', 'EVEX.L0.osz.MAP4.Wdq 47 /r plain nd', 'APX_F', 'r:CZ'],
  ],
  /** `dst ← src` if sign set; memory is read either way. */
  cmovs: [
    ['rw:rwdq, r:rwdq/mwdq', 'RM', 'osz 0F 48 /r', '', 'r:S'],
    ['w:rwdq, r:rwdq, r:rwdq/mwdq', 'VRM', 'EVEX.L0.osz.MAP4.Wdq 48 /r plain nd', 'APX_F', 'r:S'],
  ],
  /** `dst ← src` if sign clear; memory is read either way. */
  cmovns: [
    ['rw:rwdq, r:rwdq/mwdq', 'RM', 'osz 0F 49 /r', '', 'r:S'],
    ['w:rwdq, r:rwdq, r:rwdq/mwdq', 'VRM', 'EVEX.L0.osz.MAP4.Wdq 49 /r plain nd', 'APX_F', 'r:S'],
  ],
  /** `dst ← src` if parity even; memory is read either way. */
  cmovp: [
    ['rw:rwdq, r:rwdq/mwdq', 'RM', 'osz 0F 4A /r', '', 'r:P'],
    ['w:rwdq, r:rwdq, r:rwdq/mwdq', 'VRM', 'EVEX.L0.osz.MAP4.Wdq 4A /r plain nd', 'APX_F', 'r:P'],
  ],
  /** `dst ← src` if parity odd; memory is read either way. */
  cmovnp: [
    ['rw:rwdq, r:rwdq/mwdq', 'RM', 'osz 0F 4B /r', '', 'r:P'],
    ['w:rwdq, r:rwdq, r:rwdq/mwdq', 'VRM', 'EVEX.L0.osz.MAP4.Wdq 4B /r plain nd', 'APX_F', 'r:P'],
  ],
  /** `dst ← src` if less (signed <); memory is read either way. */
  cmovl: [
    ['rw:rwdq, r:rwdq/mwdq', 'RM', 'osz 0F 4C /r', '', 'r:SO'],
    ['w:rwdq, r:rwdq, r:rwdq/mwdq', 'VRM', 'EVEX.L0.osz.MAP4.Wdq 4C /r plain nd', 'APX_F', 'r:SO'],
  ],
  /** `dst ← src` if greater or equal (signed ≥); memory is read either way. */
  cmovge: [
    ['rw:rwdq, r:rwdq/mwdq', 'RM', 'osz 0F 4D /r', '', 'r:SO'],
    ['w:rwdq, r:rwdq, r:rwdq/mwdq', 'VRM', 'EVEX.L0.osz.MAP4.Wdq 4D /r plain nd', 'APX_F', 'r:SO'],
  ],
  /** `dst ← src` if less or equal (signed ≤); memory is read either way. */
  cmovle: [
    ['rw:rwdq, r:rwdq/mwdq', 'RM', 'osz 0F 4E /r', '', 'r:ZSO'],
    ['w:rwdq, r:rwdq, r:rwdq/mwdq', 'VRM', 'EVEX.L0.osz.MAP4.Wdq 4E /r plain nd', 'APX_F', 'r:ZSO'],
  ],
  /** `dst ← src` if greater (signed >); memory is read either way. */
  cmovg: [
    ['rw:rwdq, r:rwdq/mwdq', 'RM', 'osz 0F 4F /r', '', 'r:ZSO'],
    ['w:rwdq, r:rwdq, r:rwdq/mwdq', 'VRM', 'EVEX.L0.osz.MAP4.Wdq 4F /r plain nd', 'APX_F', 'r:ZSO'],
  ],
  /** `dst ← 1` if overflow, else 0. */
  seto: [['w:r8/m8', 'M', '0F 90 /0*', '', 'r:O']],
  /** `dst ← 1` if no overflow, else 0. */
  setno: [['w:r8/m8', 'M', '0F 91 /0*', '', 'r:O']],
  /** `dst ← 1` if below (unsigned <), else 0. */
  setb: [['w:r8/m8', 'M', '0F 92 /0*', '', 'r:C']],
  /** `dst ← 1` if above or equal (unsigned ≥), else 0. */
  setae: [['w:r8/m8', 'M', '0F 93 /0*', '', 'r:C']],
  /** `dst ← 1` if equal, else 0. */
  sete: [['w:r8/m8', 'M', '0F 94 /0*', '', 'r:Z']],
  /** `dst ← 1` if not equal, else 0. */
  setne: [['w:r8/m8', 'M', '0F 95 /0*', '', 'r:Z']],
  /** `dst ← 1` if below or equal (unsigned ≤), else 0. */
  setbe: [['w:r8/m8', 'M', '0F 96 /0*', '', 'r:CZ']],
  /** `dst ← 1` if above (unsigned >), else 0. */
  seta: [['w:r8/m8', 'M', '0F 97 /0*', '', 'r:CZ']],
  /** `dst ← 1` if sign set, else 0. */
  sets: [['w:r8/m8', 'M', '0F 98 /0*', '', 'r:S']],
  /** `dst ← 1` if sign clear, else 0. */
  setns: [['w:r8/m8', 'M', '0F 99 /0*', '', 'r:S']],
  /** `dst ← 1` if parity even, else 0. */
  setp: [['w:r8/m8', 'M', '0F 9A /0*', '', 'r:P']],
  /** `dst ← 1` if parity odd, else 0. */
  setnp: [['w:r8/m8', 'M', '0F 9B /0*', '', 'r:P']],
  /** `dst ← 1` if less (signed <), else 0. */
  setl: [['w:r8/m8', 'M', '0F 9C /0*', '', 'r:SO']],
  /** `dst ← 1` if greater or equal (signed ≥), else 0. */
  setge: [['w:r8/m8', 'M', '0F 9D /0*', '', 'r:SO']],
  /** `dst ← 1` if less or equal (signed ≤), else 0. */
  setle: [['w:r8/m8', 'M', '0F 9E /0*', '', 'r:ZSO']],
  /** `dst ← 1` if greater (signed >), else 0. */
  setg: [['w:r8/m8', 'M', '0F 9F /0*', '', 'r:ZSO']],
} as const
