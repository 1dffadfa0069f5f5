/** Rows of FMA4: fused multiplication and addition with four operands (AMD). */

export const fma4 = {
  /** `dst ← a · b ∓ c, subtracting in even elements`, packed f32, rounded once. */
  vfmaddsubps: [
    ['w:xy, r:xy, r:xy/mxy, r:xy', 'RVMS', 'VEX.66.0F3A.W0 5C /r', 'FMA4'],
    ['w:xy, r:xy, r:xy, r:xy/mxy', 'RVSM', 'VEX.66.0F3A.W1 5C /r', 'FMA4'],
  ],
  /** `dst ← a · b ∓ c, subtracting in even elements`, packed f64, rounded once. */
  vfmaddsubpd: [
    ['w:xy, r:xy, r:xy/mxy, r:xy', 'RVMS', 'VEX.66.0F3A.W0 5D /r', 'FMA4'],
    ['w:xy, r:xy, r:xy, r:xy/mxy', 'RVSM', 'VEX.66.0F3A.W1 5D /r', 'FMA4'],
  ],
  /** `dst ← a · b ± c, adding in even elements`, packed f32, rounded once. */
  vfmsubaddps: [
    ['w:xy, r:xy, r:xy/mxy, r:xy', 'RVMS', 'VEX.66.0F3A.W0 5E /r', 'FMA4'],
    ['w:xy, r:xy, r:xy, r:xy/mxy', 'RVSM', 'VEX.66.0F3A.W1 5E /r', 'FMA4'],
  ],
  /** `dst ← a · b ± c, adding in even elements`, packed f64, rounded once. */
  vfmsubaddpd: [
    ['w:xy, r:xy, r:xy/mxy, r:xy', 'RVMS', 'VEX.66.0F3A.W0 5F /r', 'FMA4'],
    ['w:xy, r:xy, r:xy, r:xy/mxy', 'RVSM', 'VEX.66.0F3A.W1 5F /r', 'FMA4'],
  ],
  /** `dst ← a · b + c`, packed f32, rounded once. */
  vfmaddps: [
    ['w:xy, r:xy, r:xy/mxy, r:xy', 'RVMS', 'VEX.66.0F3A.W0 68 /r', 'FMA4'],
    ['w:xy, r:xy, r:xy, r:xy/mxy', 'RVSM', 'VEX.66.0F3A.W1 68 /r', 'FMA4'],
  ],
  /** `dst ← a · b + c`, packed f64, rounded once. */
  vfmaddpd: [
    ['w:xy, r:xy, r:xy/mxy, r:xy', 'RVMS', 'VEX.66.0F3A.W0 69 /r', 'FMA4'],
    ['w:xy, r:xy, r:xy, r:xy/mxy', 'RVSM', 'VEX.66.0F3A.W1 69 /r', 'FMA4'],
  ],
  /** `dst ← a · b + c`, f32 in element 0, rounded once. */
  vfmaddss: [
    ['w:x, r:x, r:x/m32, r:x', 'RVMS', 'VEX.LIG.66.0F3A.W0 6A /r', 'FMA4'],
    ['w:x, r:x, r:x, r:x/m32', 'RVSM', 'VEX.LIG.66.0F3A.W1 6A /r', 'FMA4'],
  ],
  /** `dst ← a · b + c`, f64 in element 0, rounded once. */
  vfmaddsd: [
    ['w:x, r:x, r:x/m64, r:x', 'RVMS', 'VEX.LIG.66.0F3A.W0 6B /r', 'FMA4'],
    ['w:x, r:x, r:x, r:x/m64', 'RVSM', 'VEX.LIG.66.0F3A.W1 6B /r', 'FMA4'],
  ],
  /** `dst ← a · b − c`, packed f32, rounded once. */
  vfmsubps: [
    ['w:xy, r:xy, r:xy/mxy, r:xy', 'RVMS', 'VEX.66.0F3A.W0 6C /r', 'FMA4'],
    ['w:xy, r:xy, r:xy, r:xy/mxy', 'RVSM', 'VEX.66.0F3A.W1 6C /r', 'FMA4'],
  ],
  /** `dst ← a · b − c`, packed f64, rounded once. */
  vfmsubpd: [
    ['w:xy, r:xy, r:xy/mxy, r:xy', 'RVMS', 'VEX.66.0F3A.W0 6D /r', 'FMA4'],
    ['w:xy, r:xy, r:xy, r:xy/mxy', 'RVSM', 'VEX.66.0F3A.W1 6D /r', 'FMA4'],
  ],
  /** `dst ← a · b − c`, f32 in element 0, rounded once. */
  vfmsubss: [
    ['w:x, r:x, r:x/m32, r:x', 'RVMS', 'VEX.LIG.66.0F3A.W0 6E /r', 'FMA4'],
    ['w:x, r:x, r:x, r:x/m32', 'RVSM', 'VEX.LIG.66.0F3A.W1 6E /r', 'FMA4'],
  ],
  /** `dst ← a · b − c`, f64 in element 0, rounded once. */
  vfmsubsd: [
    ['w:x, r:x, r:x/m64, r:x', 'RVMS', 'VEX.LIG.66.0F3A.W0 6F /r', 'FMA4'],
    ['w:x, r:x, r:x, r:x/m64', 'RVSM', 'VEX.LIG.66.0F3A.W1 6F /r', 'FMA4'],
  ],
  /** `dst ← −(a · b) + c`, packed f32, rounded once. */
  vfnmaddps: [
    ['w:xy, r:xy, r:xy/mxy, r:xy', 'RVMS', 'VEX.66.0F3A.W0 78 /r', 'FMA4'],
    ['w:xy, r:xy, r:xy, r:xy/mxy', 'RVSM', 'VEX.66.0F3A.W1 78 /r', 'FMA4'],
  ],
  /** `dst ← −(a · b) + c`, packed f64, rounded once. */
  vfnmaddpd: [
    ['w:xy, r:xy, r:xy/mxy, r:xy', 'RVMS', 'VEX.66.0F3A.W0 79 /r', 'FMA4'],
    ['w:xy, r:xy, r:xy, r:xy/mxy', 'RVSM', 'VEX.66.0F3A.W1 79 /r', 'FMA4'],
  ],
  /** `dst ← −(a · b) + c`, f32 in element 0, rounded once. */
  vfnmaddss: [
    ['w:x, r:x, r:x/m32, r:x', 'RVMS', 'VEX.LIG.66.0F3A.W0 7A /r', 'FMA4'],
    ['w:x, r:x, r:x, r:x/m32', 'RVSM', 'VEX.LIG.66.0F3A.W1 7A /r', 'FMA4'],
  ],
  /** `dst ← −(a · b) + c`, f64 in element 0, rounded once. */
  vfnmaddsd: [
    ['w:x, r:x, r:x/m64, r:x', 'RVMS', 'VEX.LIG.66.0F3A.W0 7B /r', 'FMA4'],
    ['w:x, r:x, r:x, r:x/m64', 'RVSM', 'VEX.LIG.66.0F3A.W1 7B /r', 'FMA4'],
  ],
  /** `dst ← −(a · b) − c`, packed f32, rounded once. */
  vfnmsubps: [
    ['w:xy, r:xy, r:xy/mxy, r:xy', 'RVMS', 'VEX.66.0F3A.W0 7C /r', 'FMA4'],
    ['w:xy, r:xy, r:xy, r:xy/mxy', 'RVSM', 'VEX.66.0F3A.W1 7C /r', 'FMA4'],
  ],
  /** `dst ← −(a · b) − c`, packed f64, rounded once. */
  vfnmsubpd: [
    ['w:xy, r:xy, r:xy/mxy, r:xy', 'RVMS', 'VEX.66.0F3A.W0 7D /r', 'FMA4'],
    ['w:xy, r:xy, r:xy, r:xy/mxy', 'RVSM', 'VEX.66.0F3A.W1 7D /r', 'FMA4'],
  ],
  /** `dst ← −(a · b) − c`, f32 in element 0, rounded once. */
  vfnmsubss: [
    ['w:x, r:x, r:x/m32, r:x', 'RVMS', 'VEX.LIG.66.0F3A.W0 7E /r', 'FMA4'],
    ['w:x, r:x, r:x, r:x/m32', 'RVSM', 'VEX.LIG.66.0F3A.W1 7E /r', 'FMA4'],
  ],
  /** `dst ← −(a · b) − c`, f64 in element 0, rounded once. */
  vfnmsubsd: [
    ['w:x, r:x, r:x/m64, r:x', 'RVMS', 'VEX.LIG.66.0F3A.W0 7F /r', 'FMA4'],
    ['w:x, r:x, r:x, r:x/m64', 'RVSM', 'VEX.LIG.66.0F3A.W1 7F /r', 'FMA4'],
  ],
} as const
