/** Rows of Key Locker: AES with keys that exist as handles only. */

export const keyLocker = {
  /** Loads the internal key from xmm0 and the operands; eax says how. */
  loadiwkey: [['r:x, r:x, r:<eax>, r:<xmm0>', 'RM', 'F3 0F 38 DC /r', 'KL', 'w:OSZAPC']],
  /** Wraps the 128-bit key in xmm0 into a handle in xmm0 to xmm2. */
  encodekey128: [['w:r32, r:r32, rw:<xmm0>, w:<xmm1>, w:<xmm2>, w:<xmm4>, w:<xmm5>, w:<xmm6>', 'RM', 'F3 0F 38 FA /r', 'KL', 'w:OSZAPC']],
  /** Wraps the 256-bit key in xmm1:xmm0 into a handle in xmm0 to xmm3. */
  encodekey256: [['w:r32, r:r32, rw:<xmm0>, rw:<xmm1>, w:<xmm2>, w:<xmm3>, w:<xmm4>, w:<xmm5>, w:<xmm6>', 'RM', 'F3 0F 38 FB /r', 'KL', 'w:OSZAPC']],
  /** `dst ← AES encryption of dst` by the 128-bit key of the handle in memory; ZF = 1: no such key. */
  aesenc128kl: [['rw:x, r:m', 'RM', 'F3 0F 38 DC /r', 'KL', 'w:OSZAPC']],
  /** `dst ← AES decryption of dst` by the 128-bit key of the handle in memory; ZF = 1: no such key. */
  aesdec128kl: [['rw:x, r:m', 'RM', 'F3 0F 38 DD /r', 'KL', 'w:OSZAPC']],
  /** `dst ← AES encryption of dst` by the 256-bit key of the handle in memory; ZF = 1: no such key. */
  aesenc256kl: [['rw:x, r:m', 'RM', 'F3 0F 38 DE /r', 'KL', 'w:OSZAPC']],
  /** `dst ← AES decryption of dst` by the 256-bit key of the handle in memory; ZF = 1: no such key. */
  aesdec256kl: [['rw:x, r:m', 'RM', 'F3 0F 38 DF /r', 'KL', 'w:OSZAPC']],
  /** `xmm0 to xmm7 ← their AES encryptions` by the 128-bit key of the handle in memory; ZF = 1: no such key. */
  aesencwide128kl: [
    ['r:m, rw:<xmm0>, rw:<xmm1>, rw:<xmm2>, rw:<xmm3>, rw:<xmm4>, rw:<xmm5>, rw:<xmm6>, rw:<xmm7>', 'M', 'F3 0F 38 D8 /0', 'KL WIDE_KL', 'w:OSZAPC'],
  ],
  /** `xmm0 to xmm7 ← their AES decryptions` by the 128-bit key of the handle in memory; ZF = 1: no such key. */
  aesdecwide128kl: [
    ['r:m, rw:<xmm0>, rw:<xmm1>, rw:<xmm2>, rw:<xmm3>, rw:<xmm4>, rw:<xmm5>, rw:<xmm6>, rw:<xmm7>', 'M', 'F3 0F 38 D8 /1', 'KL WIDE_KL', 'w:OSZAPC'],
  ],
  /** `xmm0 to xmm7 ← their AES encryptions` by the 256-bit key of the handle in memory; ZF = 1: no such key. */
  aesencwide256kl: [
    ['r:m, rw:<xmm0>, rw:<xmm1>, rw:<xmm2>, rw:<xmm3>, rw:<xmm4>, rw:<xmm5>, rw:<xmm6>, rw:<xmm7>', 'M', 'F3 0F 38 D8 /2', 'KL WIDE_KL', 'w:OSZAPC'],
  ],
  /** `xmm0 to xmm7 ← their AES decryptions` by the 256-bit key of the handle in memory; ZF = 1: no such key. */
  aesdecwide256kl: [
    ['r:m, rw:<xmm0>, rw:<xmm1>, rw:<xmm2>, rw:<xmm3>, rw:<xmm4>, rw:<xmm5>, rw:<xmm6>, rw:<xmm7>', 'M', 'F3 0F 38 D8 /3', 'KL WIDE_KL', 'w:OSZAPC'],
  ],
} as const
