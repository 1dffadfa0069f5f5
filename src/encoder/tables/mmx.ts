/** Rows of what only MMX has; instructions that SSE2 widened have their MMX rows beside the others. */

export const mmx = {
  /** `dst ← src` shuffled by imm8, four words. */
  pshufw: [['w:mm, r:mm/m64, imm8', 'RMI', 'NP 0F 70 /r', 'SSE']],
  /** `[rdi] ← bytes of src whose mask byte is negative`, past the caches. */
  maskmovq: [['r:mm, r:mm, r:<rdi>', 'RM', 'NP 0F F7 /r', 'SSE']],
  /** `[dst] ← src`, past the caches. */
  movntq: [['w:m64, r:mm', 'MR', 'NP 0F E7 /r', 'SSE']],
  /** `dst ← src`, from MMX, zero-extended. */
  movq2dq: [['w:x, r:mm', 'RM', 'F3 0F D6 /r', 'SSE2']],
  /** `dst ← src`, the low half, to MMX. */
  movdq2q: [['w:mm, r:x', 'RM', 'F2 0F D6 /r', 'SSE2']],
  /** `dst ← src`, two i32 → f32; the upper half stays. */
  cvtpi2ps: [['rw:x, r:mm/m64', 'RM', 'NP 0F 2A /r', 'SSE']],
  /** `dst ← src`, two i32 → f64. */
  cvtpi2pd: [['w:x, r:mm/m64', 'RM', '66 0F 2A /r', 'SSE2']],
  /** `dst ← src`, two f32 → i32. */
  cvtps2pi: [['w:mm, r:x/m64', 'RM', 'NP 0F 2D /r', 'SSE']],
  /** `dst ← src`, two f64 → i32. */
  cvtpd2pi: [['w:mm, r:x/mx', 'RM', '66 0F 2D /r', 'SSE2']],
  /** `dst ← src`, two f32 → i32, truncated. */
  cvttps2pi: [['w:mm, r:x/m64', 'RM', 'NP 0F 2C /r', 'SSE']],
  /** `dst ← src`, two f64 → i32, truncated. */
  cvttpd2pi: [['w:mm, r:x/mx', 'RM', '66 0F 2C /r', 'SSE2']],
} as const
