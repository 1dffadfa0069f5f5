/** Moves and arithmetic on general registers. */
export const integer = {
  /** `dst ← src` */
  mov: [
    ['w:r8/m8, r:r8', 'MR', '88 /r', ''],
    ['w:rwdq/mwdq, r:rwdq', 'MR', 'osz 89 /r', ''],
    ['w:r8, r:r8/m8', 'RM', '8A /r', ''],
    ['w:rwdq, r:rwdq/mwdq', 'RM', 'osz 8B /r', ''],
    ['w:r8, ib', 'OI', 'B0 +r', ''],
    ['w:rwd, iwd', 'OI', 'osz B8 +r', ''],
    ['w:r64, simm32', 'MI', 'REX.W C7 /0', ''],
    ['w:r64, imm64', 'OI', 'REX.W B8 +r', ''],
    ['w:m8, ib', 'MI', 'C6 /0', ''],
    ['w:mwdq, iwds', 'MI', 'osz C7 /0', ''],
  ],
  /** `dst ← dst + src` */
  add: [
    ['rw:r8/m8, r:r8', 'MR', '00 /r', '', 'w:OSZAPC lock'],
    ['rw:rwdq/mwdq, r:rwdq', 'MR', 'osz 01 /r', '', 'w:OSZAPC lock'],
    ['rw:r8, r:r8/m8', 'RM', '02 /r', '', 'w:OSZAPC'],
    ['rw:rwdq, r:rwdq/mwdq', 'RM', 'osz 03 /r', '', 'w:OSZAPC'],
    ['rw:al, ib', '-I', '04', '', 'w:OSZAPC'],
    ['rw:ax, imm16', '-I', '66 05', '', 'w:OSZAPC'],
    ['rw:eax, imm32', '-I', '05', '', 'w:OSZAPC'],
    ['rw:rax, simm32', '-I', 'REX.W 05', '', 'w:OSZAPC'],
    ['rw:rwdq/mwdq, simm8', 'MI', 'osz 83 /0', '', 'w:OSZAPC lock'],
    ['rw:r8/m8, ib', 'MI', '80 /0', '', 'w:OSZAPC lock'],
    ['rw:rwdq/mwdq, iwds', 'MI', 'osz 81 /0', '', 'w:OSZAPC lock'],
  ],
  /** `dst ← dst − 1`; the carry flag stays. */
  dec: [
    ['rw:r8/m8', 'M', 'FE /1', '', 'w:OSZAP lock'],
    ['rw:rwdq/mwdq', 'M', 'osz FF /1', '', 'w:OSZAP lock'],
  ],
  /** `dst ← dst xor src` */
  xor: [
    ['rw:r8/m8, r:r8', 'MR', '30 /r', '', 'w:OSZAPC lock zero-idiom'],
    ['rw:rwdq/mwdq, r:rwdq', 'MR', 'osz 31 /r', '', 'w:OSZAPC lock zero-idiom'],
    ['rw:rwdq, r:rwdq/mwdq', 'RM', 'osz 33 /r', '', 'w:OSZAPC'],
  ],
  /** `dst ← dst << count` */
  shl: [
    ['rw:rwdq/mwdq, 1', 'M-', 'osz D1 /4', '', 'w:OSZAPC'],
    ['rw:rwdq/mwdq, r:cl', 'M-', 'osz D3 /4', '', 'w:OSZAPC'],
    ['rw:rwdq/mwdq, imm8', 'MI', 'osz C1 /4', '', 'w:OSZAPC'],
  ],
  /** `dst ← address of src` */
  lea: [['w:rwdq, n:m', 'RM', 'osz 8D /r', '']],
  /** `rdx:rax ← rax · src`, unsigned. */
  mul: [['r:rd/md, rw:<eax>, w:<edx>', 'M', 'F7 /4', '', 'w:OSZAPC']],
  /** Pushes onto the stack. */
  push: [
    ['r:r64, rw:<rsp>', 'O', '50 +r', '', 'd64'],
    ['simm8, rw:<rsp>', 'I', '6A', '', 'd64'],
    ['simm32, rw:<rsp>', 'I', '68', '', 'd64'],
  ],
  /** Pops from the stack. */
  pop: [['w:r64, rw:<rsp>', 'O', '58 +r', '', 'd64']],
} as const
