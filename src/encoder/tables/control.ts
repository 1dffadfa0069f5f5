/** Jumps, calls and returns. */
export const control = {
  /** Jumps always. */
  jmp: [
    ['rel8', 'D', 'EB', '', 'jump'],
    ['rel32', 'D', 'E9', '', 'jump'],
    ['r:r64/m64', 'M', 'FF /4', '', 'jump d64'],
  ],
  /** Jumps if equal (zero). */
  je: [
    ['rel8', 'D', '74', '', 'branch r:Z'],
    ['rel32', 'D', '0F 84', '', 'branch r:Z'],
  ],
  /** Jumps if not equal (not zero). */
  jne: [
    ['rel8', 'D', '75', '', 'branch r:Z'],
    ['rel32', 'D', '0F 85', '', 'branch r:Z'],
  ],
  /** Returns to the caller. */
  ret: [['rw:<rsp>', '', 'C3', '', 'return']],
} as const
