/** Rows of the fences, cache hints, counters, flag switches and processor queries. */

export const system = {
  /** Does nothing; with an operand its address is computed and not accessed. */
  nop: [
    ['', '', '90', ''],
    ['n:rwdq/mwdq', 'M', 'osz 0F 1F /0*', ''],
  ],
  /** Hints that this is a spin loop. */
  pause: [['', '', 'F3 90', '']],
  /** `eax, ebx, ecx, edx ← processor information` of leaf eax, sub-leaf ecx; serializing. */
  cpuid: [['rw:<eax>, w:<ebx>, rw:<ecx>, w:<edx>', '', '0F A2', '']],
  /** `edx:eax ← extended control register ecx`. */
  xgetbv: [['r:<ecx>, w:<eax>, w:<edx>', '', 'NP 0F 01 D0', 'XSAVE']],
  /** `edx:eax ← time-stamp counter`. */
  rdtsc: [['w:<eax>, w:<edx>', '', '0F 31', 'TSC']],
  /** `edx:eax ← time-stamp counter, ecx ← processor id`; waits for earlier instructions. */
  rdtscp: [['w:<eax>, w:<edx>, w:<ecx>', '', '0F 01 F9', 'RDTSCP']],
  /** `edx:eax ← performance counter ecx`. */
  rdpmc: [['r:<ecx>, w:<eax>, w:<edx>', '', '0F 33', '']],
  /** `dst ← random number`; CF = 1 when there was one. */
  rdrand: [['w:rwdq', 'M', 'NP osz 0F C7 /6', 'RDRAND', 'w:OSZAPC']],
  /** `dst ← random seed`; CF = 1 when there was one. */
  rdseed: [['w:rwdq', 'M', 'NP osz 0F C7 /7', 'RDSEED', 'w:OSZAPC']],
  /** Waits until all earlier instructions have completed locally. */
  lfence: [['', '', 'NP 0F AE E8*', 'SSE2']],
  /** Orders all earlier loads and stores before all later ones. */
  mfence: [['', '', 'NP 0F AE F0*', 'SSE2']],
  /** Orders all earlier stores before all later ones. */
  sfence: [['', '', 'NP 0F AE F8*', 'SSE']],
  /** Serializes instruction fetch and execution. */
  serialize: [['', '', 'NP 0F 01 E8', 'SERIALIZE']],
  /** Hints to load the line with as little cache pollution as possible. */
  prefetchnta: [['n:m8', 'M', '0F 18 /0', 'SSE']],
  /** Hints to load the line into all cache levels. */
  prefetcht0: [['n:m8', 'M', '0F 18 /1', 'SSE']],
  /** Hints to load the line into L2 and beyond. */
  prefetcht1: [['n:m8', 'M', '0F 18 /2', 'SSE']],
  /** Hints to load the line into L3 and beyond. */
  prefetcht2: [['n:m8', 'M', '0F 18 /3', 'SSE']],
  /** Hints to load the line in order to write it. */
  prefetchw: [['n:m8', 'M', '0F 0D /1', 'PREFETCHW']],
  /** Hints to load the line into L2 in order to write it. */
  prefetchwt1: [['n:m8', 'M', '0F 0D /2', 'PREFETCHWT1']],
  /** Evicts the line from all caches. */
  clflush: [['n:m8', 'M', 'NP 0F AE /7', 'CLFSH']],
  /** Evicts the line from all caches, unordered with other flushes. */
  clflushopt: [['n:m8', 'M', '66 0F AE /7', 'CLFLUSHOPT']],
  /** Writes the line back and may keep it. */
  clwb: [['n:m8', 'M', '66 0F AE /6', 'CLWB']],
  /** Hints to move the line to a more distant cache. */
  cldemote: [['n:m8', 'M', 'NP 0F 1C /0', 'CLDEMOTE']],
  /** `MXCSR ← [src]`. */
  ldmxcsr: [['r:m32', 'M', 'NP 0F AE /2', 'SSE']],
  /** `[dst] ← MXCSR`. */
  stmxcsr: [['w:m32', 'M', 'NP 0F AE /3', 'SSE']],
  /** `MXCSR ← [src]`. */
  vldmxcsr: [['r:m32', 'M', 'VEX.LZ.NP.0F.WIG AE /2', 'AVX']],
  /** `[dst] ← MXCSR`. */
  vstmxcsr: [['w:m32', 'M', 'VEX.LZ.NP.0F.WIG AE /3', 'AVX']],
  /** Clears all but the low 128 bits of registers 0–15. */
  vzeroupper: [['', '', 'VEX.128.NP.0F.WIG 77', 'AVX']],
  /** Clears the vector registers 0–15. */
  vzeroall: [['', '', 'VEX.256.NP.0F.WIG 77', 'AVX']],
  /** Ends the use of MMX registers. */
  emms: [['', '', 'NP 0F 77', 'MMX']],
  /** `CF ← 0`. */
  clc: [['', '', 'F8', '', 'w:C']],
  /** `CF ← 1`. */
  stc: [['', '', 'F9', '', 'w:C']],
  /** `CF ← ~CF`. */
  cmc: [['', '', 'F5', '', 'r:C w:C']],
  /** `DF ← 0`: string instructions go up. */
  cld: [['', '', 'FC', '', 'w:D']],
  /** `DF ← 1`: string instructions go down. */
  std: [['', '', 'FD', '', 'w:D']],
} as const
