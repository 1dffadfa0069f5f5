/** Rows of the instructions that steer control flow: jumps, calls, returns, traps. */

export const control = {
  /** Jumps if overflow. */
  jo: [
    ['rel8', 'D', '70', '', 'r:O branch'],
    ['rel32', 'D', '0F 80', '', 'r:O branch'],
  ],
  /** Jumps if no overflow. */
  jno: [
    ['rel8', 'D', '71', '', 'r:O branch'],
    ['rel32', 'D', '0F 81', '', 'r:O branch'],
  ],
  /** Jumps if below (unsigned <). */
  jb: [
    ['rel8', 'D', '72', '', 'r:C branch'],
    ['rel32', 'D', '0F 82', '', 'r:C branch'],
  ],
  /** Jumps if above or equal (unsigned ≥). */
  jae: [
    ['rel8', 'D', '73', '', 'r:C branch'],
    ['rel32', 'D', '0F 83', '', 'r:C branch'],
  ],
  /** Jumps if equal. */
  je: [
    ['rel8', 'D', '74', '', 'r:Z branch'],
    ['rel32', 'D', '0F 84', '', 'r:Z branch'],
  ],
  /** Jumps if not equal. */
  jne: [
    ['rel8', 'D', '75', '', 'r:Z branch'],
    ['rel32', 'D', '0F 85', '', 'r:Z branch'],
  ],
  /** Jumps if below or equal (unsigned ≤). */
  jbe: [
    ['rel8', 'D', '76', '', 'r:CZ branch'],
    ['rel32', 'D', '0F 86', '', 'r:CZ branch'],
  ],
  /** Jumps if above (unsigned >). */
  ja: [
    ['rel8', 'D', '77', '', 'r:CZ branch'],
    ['rel32', 'D', '0F 87', '', 'r:CZ branch'],
  ],
  /** Jumps if sign set. */
  js: [
    ['rel8', 'D', '78', '', 'r:S branch'],
    ['rel32', 'D', '0F 88', '', 'r:S branch'],
  ],
  /** Jumps if sign clear. */
  jns: [
    ['rel8', 'D', '79', '', 'r:S branch'],
    ['rel32', 'D', '0F 89', '', 'r:S branch'],
  ],
  /** Jumps if parity even. */
  jp: [
    ['rel8', 'D', '7A', '', 'r:P branch'],
    ['rel32', 'D', '0F 8A', '', 'r:P branch'],
  ],
  /** Jumps if parity odd. */
  jnp: [
    ['rel8', 'D', '7B', '', 'r:P branch'],
    ['rel32', 'D', '0F 8B', '', 'r:P branch'],
  ],
  /** Jumps if less (signed <). */
  jl: [
    ['rel8', 'D', '7C', '', 'r:SO branch'],
    ['rel32', 'D', '0F 8C', '', 'r:SO branch'],
  ],
  /** Jumps if greater or equal (signed ≥). */
  jge: [
    ['rel8', 'D', '7D', '', 'r:SO branch'],
    ['rel32', 'D', '0F 8D', '', 'r:SO branch'],
  ],
  /** Jumps if less or equal (signed ≤). */
  jle: [
    ['rel8', 'D', '7E', '', 'r:ZSO branch'],
    ['rel32', 'D', '0F 8E', '', 'r:ZSO branch'],
  ],
  /** Jumps if greater (signed >). */
  jg: [
    ['rel8', 'D', '7F', '', 'r:ZSO branch'],
    ['rel32', 'D', '0F 8F', '', 'r:ZSO branch'],
  ],
  /** Jumps if rcx is 0; short only. */
  jrcxz: [['rel8, r:<rcx>', 'D', 'E3', '', 'branch']],
  /** Jumps if ecx is 0; short only. */
  jecxz: [['rel8, r:<ecx>', 'D', '67 E3', '', 'branch']],
  /** Jumps to the label, or to the address in a register or in memory. */
  jmp: [
    ['rel8', 'D', 'EB', '', 'jump'],
    ['rel32', 'D', 'E9', '', 'jump'],
    ['r:r64/m64', 'M', 'FF /4', '', 'jump d64 notrack'],
    ['r:m48', 'M', 'FF /5', '', 'jump'],
    ['r:m32', 'M', '66 FF /5', '', 'jump as:ljmp'],
    ['r:m80', 'M', 'REX.W FF /5', '', 'jump as:ljmp'],
  ],
  /** Pushes the address of the next instruction, then jumps as jmp does. */
  call: [
    ['rel32, rw:<rsp>', 'D', 'E8', '', 'call'],
    ['r:r64/m64, rw:<rsp>', 'M', 'FF /2', '', 'call d64 notrack'],
    ['r:m48, rw:<rsp>', 'M', 'FF /3', '', 'call'],
    ['r:m32, rw:<rsp>', 'M', '66 FF /3', '', 'call as:lcall'],
    ['r:m80, rw:<rsp>', 'M', 'REX.W FF /3', '', 'call as:lcall'],
  ],
  /** Pops the return address and jumps there; imm16 more bytes are popped. */
  ret: [
    ['rw:<rsp>', '', 'C3', '', 'return'],
    ['imm16, rw:<rsp>', 'I', 'C2', '', 'return'],
  ],
  /** Raises an invalid-opcode exception: code that must not be reached. */
  ud2: [['', '', '0F 0B', '', 'trap']],
  /** Breakpoint trap. */
  int3: [['', '', 'CC', '', 'trap']],
  /** Enters the operating system; rcx receives the return address and r11 the flags. */
  syscall: [['w:<rcx>, w:<r11>', '', '0F 05', '', 'r:OSZAPCD w:OSZAPCD']],
  /** Marks a valid target of an indirect branch. */
  endbr64: [['', '', 'F3 0F 1E FA', '']],
} as const
