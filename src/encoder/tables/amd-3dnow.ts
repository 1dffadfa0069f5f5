/** Rows of 3DNow!: two f32 in an MMX register (AMD). No CPU that is made has it, but assemblers know it. */

export const amd3dnow = {
  /** Makes the x87 registers free after MMX, as emms does, and leaves what is in them undefined. */
  femms: [['', '', '0F 0E', 'PRO3DNOW']],
  /** `dst ← src`, two i16, each the low half of 32 bits → f32. */
  pi2fw: [['w:mm, r:mm/m64', 'RM', '0F 0F /r 0C', 'PRO3DNOW_EXT', 'norex2']],
  /** `dst ← src`, two i32 → f32, truncated. */
  pi2fd: [['w:mm, r:mm/m64', 'RM', '0F 0F /r 0D', 'PRO3DNOW', 'norex2']],
  /** `dst ← src`, two f32 → i16, truncated, saturated and sign-extended to 32 bits. */
  pf2iw: [['w:mm, r:mm/m64', 'RM', '0F 0F /r 1C', 'PRO3DNOW_EXT', 'norex2']],
  /** `dst ← src`, two f32 → i32, truncated and saturated. */
  pf2id: [['w:mm, r:mm/m64', 'RM', '0F 0F /r 1D', 'PRO3DNOW', 'norex2']],
  /** `dst ← low − high of dst, low − high of src`, f32. */
  pfnacc: [['rw:mm, r:mm/m64', 'RM', '0F 0F /r 8A', 'PRO3DNOW_EXT', 'norex2']],
  /** `dst ← low − high of dst, low + high of src`, f32. */
  pfpnacc: [['rw:mm, r:mm/m64', 'RM', '0F 0F /r 8E', 'PRO3DNOW_EXT', 'norex2']],
  /** `dst ← dst ≥ src ? ones : zeros`, two f32. */
  pfcmpge: [['rw:mm, r:mm/m64', 'RM', '0F 0F /r 90', 'PRO3DNOW', 'norex2']],
  /** `dst ← minimum of dst and src`, two f32. */
  pfmin: [['rw:mm, r:mm/m64', 'RM', '0F 0F /r 94', 'PRO3DNOW', 'norex2']],
  /** `dst ← 1 / src`, f32 in the low half, to 14 bits, twice. */
  pfrcp: [['w:mm, r:mm/m64', 'RM', '0F 0F /r 96', 'PRO3DNOW', 'norex2']],
  /** `dst ← 1 / √src`, f32 in the low half, to 15 bits, twice. */
  pfrsqrt: [['w:mm, r:mm/m64', 'RM', '0F 0F /r 97', 'PRO3DNOW', 'norex2']],
  /** `dst ← dst − src`, two f32. */
  pfsub: [['rw:mm, r:mm/m64', 'RM', '0F 0F /r 9A', 'PRO3DNOW', 'norex2']],
  /** `dst ← dst + src`, two f32. */
  pfadd: [['rw:mm, r:mm/m64', 'RM', '0F 0F /r 9E', 'PRO3DNOW', 'norex2']],
  /** `dst ← dst > src ? ones : zeros`, two f32. */
  pfcmpgt: [['rw:mm, r:mm/m64', 'RM', '0F 0F /r A0', 'PRO3DNOW', 'norex2']],
  /** `dst ← maximum of dst and src`, two f32. */
  pfmax: [['rw:mm, r:mm/m64', 'RM', '0F 0F /r A4', 'PRO3DNOW', 'norex2']],
  /** First step of refining what pfrcp gave. */
  pfrcpit1: [['rw:mm, r:mm/m64', 'RM', '0F 0F /r A6', 'PRO3DNOW', 'norex2']],
  /** First step of refining what pfrsqrt gave. */
  pfrsqit1: [['rw:mm, r:mm/m64', 'RM', '0F 0F /r A7', 'PRO3DNOW', 'norex2']],
  /** `dst ← src − dst`, two f32. */
  pfsubr: [['rw:mm, r:mm/m64', 'RM', '0F 0F /r AA', 'PRO3DNOW', 'norex2']],
  /** `dst ← Σ of dst, Σ of src`, f32. */
  pfacc: [['rw:mm, r:mm/m64', 'RM', '0F 0F /r AE', 'PRO3DNOW', 'norex2']],
  /** `dst ← dst = src ? ones : zeros`, two f32. */
  pfcmpeq: [['rw:mm, r:mm/m64', 'RM', '0F 0F /r B0', 'PRO3DNOW', 'norex2']],
  /** `dst ← dst · src`, two f32. */
  pfmul: [['rw:mm, r:mm/m64', 'RM', '0F 0F /r B4', 'PRO3DNOW', 'norex2']],
  /** Second step of refining what pfrcp or pfrsqrt gave. */
  pfrcpit2: [['rw:mm, r:mm/m64', 'RM', '0F 0F /r B6', 'PRO3DNOW', 'norex2']],
  /** `dst ← (dst · src + 0x8000) >> 16`, four i16. */
  pmulhrw: [['rw:mm, r:mm/m64', 'RM', '0F 0F /r B7', 'PRO3DNOW', 'norex2']],
  /** `dst ← src` with its halves exchanged. */
  pswapd: [['w:mm, r:mm/m64', 'RM', '0F 0F /r BB', 'PRO3DNOW_EXT', 'norex2']],
  /** `dst ← (dst + src + 1) >> 1`, eight u8. */
  pavgusb: [['rw:mm, r:mm/m64', 'RM', '0F 0F /r BF', 'PRO3DNOW', 'norex2']],
} as const
