/** Rows of SSE4a: bit fields of vector registers, and scalar stores past the caches. */

export const sse4a = {
  /** `dst ← bit field of dst`; its length and place are constants or in src. */
  extrq: [
    ['rw:x, imm8, imm8', 'MIJ', '66 0F 78 /0', 'SSE4A'],
    ['rw:x, r:x', 'RM', '66 0F 79 /r', 'SSE4A'],
  ],
  /** `bit field of dst ← low bits of src`; its length and place are constants or in src. */
  insertq: [
    ['rw:x, r:x, imm8, imm8', 'RMIJ', 'F2 0F 78 /r', 'SSE4A'],
    ['rw:x, r:x', 'RM', 'F2 0F 79 /r', 'SSE4A'],
  ],
  /** `[dst] ← src`, f32, past the caches. */
  movntss: [['w:m32, r:x', 'MR', 'F3 0F 2B /r', 'SSE4A']],
  /** `[dst] ← src`, f64, past the caches. */
  movntsd: [['w:m64, r:x', 'MR', 'F2 0F 2B /r', 'SSE4A']],
} as const
