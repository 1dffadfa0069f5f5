/** Rows of the string instructions and of input and output. With operands they take a segment and 32-bit addresses. */

export const string = {
  /** `[rdi] ← [rsi]`, a byte; rsi and rdi move on, down if DF is set. */
  movsb: [
    ['w:di8, r:si8, rw:<rdi>, rw:<rsi>', '--', 'A4', '', 'r:D rep'],
    ['rw:<rdi>, rw:<rsi>', '', 'A4', '', 'r:D rep'],
  ],
  /** `[rdi] ← [rsi]`, two bytes; rsi and rdi move on, down if DF is set. */
  movsw: [
    ['w:di16, r:si16, rw:<rdi>, rw:<rsi>', '--', '66 A5', '', 'r:D rep'],
    ['rw:<rdi>, rw:<rsi>', '', '66 A5', '', 'r:D rep'],
  ],
  /** `[rdi] ← [rsi]`, eight bytes; rsi and rdi move on, down if DF is set. */
  movsq: [
    ['w:di64, r:si64, rw:<rdi>, rw:<rsi>', '--', 'REX.W A5', '', 'r:D rep'],
    ['rw:<rdi>, rw:<rsi>', '', 'REX.W A5', '', 'r:D rep'],
  ],
  /** Sets the flags of `[rsi] − [rdi]`, a byte; rsi and rdi move on, down if DF is set. */
  cmpsb: [
    ['r:si8, r:di8, rw:<rdi>, rw:<rsi>', '--', 'A6', '', 'r:D w:OSZAPC repne'],
    ['rw:<rdi>, rw:<rsi>', '', 'A6', '', 'r:D w:OSZAPC repne'],
  ],
  /** Sets the flags of `[rsi] − [rdi]`, two bytes; rsi and rdi move on, down if DF is set. */
  cmpsw: [
    ['r:si16, r:di16, rw:<rdi>, rw:<rsi>', '--', '66 A7', '', 'r:D w:OSZAPC repne'],
    ['rw:<rdi>, rw:<rsi>', '', '66 A7', '', 'r:D w:OSZAPC repne'],
  ],
  /** Sets the flags of `[rsi] − [rdi]`, eight bytes; rsi and rdi move on, down if DF is set. */
  cmpsq: [
    ['r:si64, r:di64, rw:<rdi>, rw:<rsi>', '--', 'REX.W A7', '', 'r:D w:OSZAPC repne'],
    ['rw:<rdi>, rw:<rsi>', '', 'REX.W A7', '', 'r:D w:OSZAPC repne'],
  ],
  /** `[rdi] ← al`; rdi moves on, down if DF is set. */
  stosb: [
    ['w:di8, r:al, rw:<rdi>', '--', 'AA', '', 'r:D rep'],
    ['r:<al>, rw:<rdi>', '', 'AA', '', 'r:D rep'],
  ],
  /** `[rdi] ← ax`; rdi moves on, down if DF is set. */
  stosw: [
    ['w:di16, r:ax, rw:<rdi>', '--', '66 AB', '', 'r:D rep'],
    ['r:<ax>, rw:<rdi>', '', '66 AB', '', 'r:D rep'],
  ],
  /** `[rdi] ← eax`; rdi moves on, down if DF is set. */
  stosd: [
    ['w:di32, r:eax, rw:<rdi>', '--', 'AB', '', 'r:D rep'],
    ['r:<eax>, rw:<rdi>', '', 'AB', '', 'r:D rep'],
  ],
  /** `[rdi] ← rax`; rdi moves on, down if DF is set. */
  stosq: [
    ['w:di64, r:rax, rw:<rdi>', '--', 'REX.W AB', '', 'r:D rep'],
    ['r:<rax>, rw:<rdi>', '', 'REX.W AB', '', 'r:D rep'],
  ],
  /** `al ← [rsi]`; rsi moves on, down if DF is set. */
  lodsb: [
    ['w:al, r:si8, rw:<rsi>', '--', 'AC', '', 'r:D rep'],
    ['w:<al>, rw:<rsi>', '', 'AC', '', 'r:D rep'],
  ],
  /** `ax ← [rsi]`; rsi moves on, down if DF is set. */
  lodsw: [
    ['w:ax, r:si16, rw:<rsi>', '--', '66 AD', '', 'r:D rep'],
    ['w:<ax>, rw:<rsi>', '', '66 AD', '', 'r:D rep'],
  ],
  /** `eax ← [rsi]`; rsi moves on, down if DF is set. */
  lodsd: [
    ['w:eax, r:si32, rw:<rsi>', '--', 'AD', '', 'r:D rep'],
    ['w:<eax>, rw:<rsi>', '', 'AD', '', 'r:D rep'],
  ],
  /** `rax ← [rsi]`; rsi moves on, down if DF is set. */
  lodsq: [
    ['w:rax, r:si64, rw:<rsi>', '--', 'REX.W AD', '', 'r:D rep'],
    ['w:<rax>, rw:<rsi>', '', 'REX.W AD', '', 'r:D rep'],
  ],
  /** Sets the flags of `al − [rdi]`; rdi moves on, down if DF is set. */
  scasb: [
    ['r:al, r:di8, rw:<rdi>', '--', 'AE', '', 'r:D w:OSZAPC repne'],
    ['r:<al>, rw:<rdi>', '', 'AE', '', 'r:D w:OSZAPC repne'],
  ],
  /** Sets the flags of `ax − [rdi]`; rdi moves on, down if DF is set. */
  scasw: [
    ['r:ax, r:di16, rw:<rdi>', '--', '66 AF', '', 'r:D w:OSZAPC repne'],
    ['r:<ax>, rw:<rdi>', '', '66 AF', '', 'r:D w:OSZAPC repne'],
  ],
  /** Sets the flags of `eax − [rdi]`; rdi moves on, down if DF is set. */
  scasd: [
    ['r:eax, r:di32, rw:<rdi>', '--', 'AF', '', 'r:D w:OSZAPC repne'],
    ['r:<eax>, rw:<rdi>', '', 'AF', '', 'r:D w:OSZAPC repne'],
  ],
  /** Sets the flags of `rax − [rdi]`; rdi moves on, down if DF is set. */
  scasq: [
    ['r:rax, r:di64, rw:<rdi>', '--', 'REX.W AF', '', 'r:D w:OSZAPC repne'],
    ['r:<rax>, rw:<rdi>', '', 'REX.W AF', '', 'r:D w:OSZAPC repne'],
  ],
  /** `[rdi] ← a byte from port dx`; rdi moves on, down if DF is set. */
  insb: [
    ['w:di8, r:dx, rw:<rdi>', '--', '6C', '', 'r:D rep'],
    ['r:<dx>, rw:<rdi>', '', '6C', '', 'r:D rep'],
  ],
  /** `[rdi] ← two bytes from port dx`; rdi moves on, down if DF is set. */
  insw: [
    ['w:di16, r:dx, rw:<rdi>', '--', '66 6D', '', 'r:D rep'],
    ['r:<dx>, rw:<rdi>', '', '66 6D', '', 'r:D rep'],
  ],
  /** `[rdi] ← four bytes from port dx`; rdi moves on, down if DF is set. */
  insd: [
    ['w:di32, r:dx, rw:<rdi>', '--', '6D', '', 'r:D rep'],
    ['r:<dx>, rw:<rdi>', '', '6D', '', 'r:D rep'],
  ],
  /** `port dx ← [rsi]`, a byte; rsi moves on, down if DF is set. */
  outsb: [
    ['r:dx, r:si8, rw:<rsi>', '--', '6E', '', 'r:D rep'],
    ['r:<dx>, rw:<rsi>', '', '6E', '', 'r:D rep'],
  ],
  /** `port dx ← [rsi]`, two bytes; rsi moves on, down if DF is set. */
  outsw: [
    ['r:dx, r:si16, rw:<rsi>', '--', '66 6F', '', 'r:D rep'],
    ['r:<dx>, rw:<rsi>', '', '66 6F', '', 'r:D rep'],
  ],
  /** `port dx ← [rsi]`, four bytes; rsi moves on, down if DF is set. */
  outsd: [
    ['r:dx, r:si32, rw:<rsi>', '--', '6F', '', 'r:D rep'],
    ['r:<dx>, rw:<rsi>', '', '6F', '', 'r:D rep'],
  ],
  /** `al ← [rbx + al]`. */
  xlatb: [['rw:<al>, r:<rbx>', '', 'D7', '']],
  /** `dst ← port`. */
  in: [
    ['w:al, imm8', '-I', 'E4', ''],
    ['w:ax, imm8', '-I', '66 E5', ''],
    ['w:eax, imm8', '-I', 'E5', ''],
    ['w:al, r:dx', '--', 'EC', ''],
    ['w:ax, r:dx', '--', '66 ED', ''],
    ['w:eax, r:dx', '--', 'ED', ''],
  ],
  /** `port ← src`. */
  out: [
    ['imm8, r:al', 'I-', 'E6', ''],
    ['imm8, r:ax', 'I-', '66 E7', ''],
    ['imm8, r:eax', 'I-', 'E7', ''],
    ['r:dx, r:al', '--', 'EE', ''],
    ['r:dx, r:ax', '--', '66 EF', ''],
    ['r:dx, r:eax', '--', 'EF', ''],
  ],
} as const
