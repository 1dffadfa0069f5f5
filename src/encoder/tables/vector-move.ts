/** Rows of the moves between vector registers, memory and general registers. */

export const vectorMove = {
  /** `dst ← src`, packed f32; memory must be aligned to its size. */
  movaps: [
    ['w:x, r:x/mx', 'RM', 'NP 0F 28 /r', 'SSE'],
    ['w:x/mx, r:x', 'MR', 'NP 0F 29 /r', 'SSE'],
  ],
  /** `dst ← src`, packed f32; memory must be aligned to its size. */
  vmovaps: [
    ['w:xy, r:xy/mxy', 'RM', 'VEX.NP.0F.WIG 28 /r', 'AVX'],
    ['w:xy/mxy, r:xy', 'MR', 'VEX.NP.0F.WIG 29 /r', 'AVX'],
    ['w:xyz{kz}, r:xyz/mxyz', 'RM', 'EVEX.NP.0F.W0 28 /r fullmem', 'AVX512F'],
    ['w:xyz{kz}/mxyz{k}, r:xyz', 'MR', 'EVEX.NP.0F.W0 29 /r fullmem', 'AVX512F'],
  ],
  /** `dst ← src`, packed f64; memory must be aligned to its size. */
  movapd: [
    ['w:x, r:x/mx', 'RM', '66 0F 28 /r', 'SSE2'],
    ['w:x/mx, r:x', 'MR', '66 0F 29 /r', 'SSE2'],
  ],
  /** `dst ← src`, packed f64; memory must be aligned to its size. */
  vmovapd: [
    ['w:xy, r:xy/mxy', 'RM', 'VEX.66.0F.WIG 28 /r', 'AVX'],
    ['w:xy/mxy, r:xy', 'MR', 'VEX.66.0F.WIG 29 /r', 'AVX'],
    ['w:xyz{kz}, r:xyz/mxyz', 'RM', 'EVEX.66.0F.W1 28 /r fullmem', 'AVX512F'],
    ['w:xyz{kz}/mxyz{k}, r:xyz', 'MR', 'EVEX.66.0F.W1 29 /r fullmem', 'AVX512F'],
  ],
  /** `dst ← src`, packed f32; memory may be unaligned. */
  movups: [
    ['w:x, r:x/mx', 'RM', 'NP 0F 10 /r', 'SSE'],
    ['w:x/mx, r:x', 'MR', 'NP 0F 11 /r', 'SSE'],
  ],
  /** `dst ← src`, packed f32; memory may be unaligned. */
  vmovups: [
    ['w:xy, r:xy/mxy', 'RM', 'VEX.NP.0F.WIG 10 /r', 'AVX'],
    ['w:xy/mxy, r:xy', 'MR', 'VEX.NP.0F.WIG 11 /r', 'AVX'],
    ['w:xyz{kz}, r:xyz/mxyz', 'RM', 'EVEX.NP.0F.W0 10 /r fullmem', 'AVX512F'],
    ['w:xyz{kz}/mxyz{k}, r:xyz', 'MR', 'EVEX.NP.0F.W0 11 /r fullmem', 'AVX512F'],
  ],
  /** `dst ← src`, packed f64; memory may be unaligned. */
  movupd: [
    ['w:x, r:x/mx', 'RM', '66 0F 10 /r', 'SSE2'],
    ['w:x/mx, r:x', 'MR', '66 0F 11 /r', 'SSE2'],
  ],
  /** `dst ← src`, packed f64; memory may be unaligned. */
  vmovupd: [
    ['w:xy, r:xy/mxy', 'RM', 'VEX.66.0F.WIG 10 /r', 'AVX'],
    ['w:xy/mxy, r:xy', 'MR', 'VEX.66.0F.WIG 11 /r', 'AVX'],
    ['w:xyz{kz}, r:xyz/mxyz', 'RM', 'EVEX.66.0F.W1 10 /r fullmem', 'AVX512F'],
    ['w:xyz{kz}/mxyz{k}, r:xyz', 'MR', 'EVEX.66.0F.W1 11 /r fullmem', 'AVX512F'],
  ],
  /** `dst ← src`, integers; memory must be aligned to its size. */
  movdqa: [
    ['w:x, r:x/mx', 'RM', '66 0F 6F /r', 'SSE2'],
    ['w:x/mx, r:x', 'MR', '66 0F 7F /r', 'SSE2'],
  ],
  /** `dst ← src`, integers; memory must be aligned to its size. */
  vmovdqa: [
    ['w:xy, r:xy/mxy', 'RM', 'VEX.66.0F.WIG 6F /r', 'AVX'],
    ['w:xy/mxy, r:xy', 'MR', 'VEX.66.0F.WIG 7F /r', 'AVX'],
  ],
  /** `dst ← src`, integers; memory may be unaligned. */
  movdqu: [
    ['w:x, r:x/mx', 'RM', 'F3 0F 6F /r', 'SSE2'],
    ['w:x/mx, r:x', 'MR', 'F3 0F 7F /r', 'SSE2'],
  ],
  /** `dst ← src`, integers; memory may be unaligned. */
  vmovdqu: [
    ['w:xy, r:xy/mxy', 'RM', 'VEX.F3.0F.WIG 6F /r', 'AVX'],
    ['w:xy/mxy, r:xy', 'MR', 'VEX.F3.0F.WIG 7F /r', 'AVX'],
  ],
  /** `dst ← src`, packed i32 under a mask; memory must be aligned to its size. */
  vmovdqa32: [
    ['w:xyz{kz}, r:xyz/mxyz', 'RM', 'EVEX.66.0F.W0 6F /r fullmem', 'AVX512F'],
    ['w:xyz{kz}/mxyz{k}, r:xyz', 'MR', 'EVEX.66.0F.W0 7F /r fullmem', 'AVX512F'],
  ],
  /** `dst ← src`, packed i64 under a mask; memory must be aligned to its size. */
  vmovdqa64: [
    ['w:xyz{kz}, r:xyz/mxyz', 'RM', 'EVEX.66.0F.W1 6F /r fullmem', 'AVX512F'],
    ['w:xyz{kz}/mxyz{k}, r:xyz', 'MR', 'EVEX.66.0F.W1 7F /r fullmem', 'AVX512F'],
  ],
  /** `dst ← src`, packed i8 under a mask; memory may be unaligned. */
  vmovdqu8: [
    ['w:xyz{kz}, r:xyz/mxyz', 'RM', 'EVEX.F2.0F.W0 6F /r fullmem', 'AVX512BW'],
    ['w:xyz{kz}/mxyz{k}, r:xyz', 'MR', 'EVEX.F2.0F.W0 7F /r fullmem', 'AVX512BW'],
  ],
  /** `dst ← src`, packed i16 under a mask; memory may be unaligned. */
  vmovdqu16: [
    ['w:xyz{kz}, r:xyz/mxyz', 'RM', 'EVEX.F2.0F.W1 6F /r fullmem', 'AVX512BW'],
    ['w:xyz{kz}/mxyz{k}, r:xyz', 'MR', 'EVEX.F2.0F.W1 7F /r fullmem', 'AVX512BW'],
  ],
  /** `dst ← src`, packed i32 under a mask; memory may be unaligned. */
  vmovdqu32: [
    ['w:xyz{kz}, r:xyz/mxyz', 'RM', 'EVEX.F3.0F.W0 6F /r fullmem', 'AVX512F'],
    ['w:xyz{kz}/mxyz{k}, r:xyz', 'MR', 'EVEX.F3.0F.W0 7F /r fullmem', 'AVX512F'],
  ],
  /** `dst ← src`, packed i64 under a mask; memory may be unaligned. */
  vmovdqu64: [
    ['w:xyz{kz}, r:xyz/mxyz', 'RM', 'EVEX.F3.0F.W1 6F /r fullmem', 'AVX512F'],
    ['w:xyz{kz}/mxyz{k}, r:xyz', 'MR', 'EVEX.F3.0F.W1 7F /r fullmem', 'AVX512F'],
  ],
  /** `dst ← src`, scalar f32; from memory the rest is zeroed, from a register it is kept. */
  movss: [
    ['rw:x, r:x', 'RM', 'F3 0F 10 /r', 'SSE'],
    ['w:x, r:m32', 'RM', 'F3 0F 10 /r', 'SSE'],
    ['rw:x, r:x', 'MR', 'F3 0F 11 /r', 'SSE'],
    ['w:m32, r:x', 'MR', 'F3 0F 11 /r', 'SSE'],
  ],
  /** `dst ← b in the lowest element, a in the others`, scalar f32; from memory the rest is zeroed. */
  vmovss: [
    ['w:x, r:m32', 'RM', 'VEX.LIG.F3.0F.WIG 10 /r', 'AVX'],
    ['w:m32, r:x', 'MR', 'VEX.LIG.F3.0F.WIG 11 /r', 'AVX'],
    ['w:x, r:x, r:x', 'RVM', 'VEX.LIG.F3.0F.WIG 10 /r', 'AVX'],
    ['w:x, r:x, r:x', 'MVR', 'VEX.LIG.F3.0F.WIG 11 /r', 'AVX'],
    ['w:x{kz}, r:m32', 'RM', 'EVEX.LIG.F3.0F.W0 10 /r t1s', 'AVX512F'],
    ['w:m32{k}, r:x', 'MR', 'EVEX.LIG.F3.0F.W0 11 /r t1s', 'AVX512F'],
    ['w:x{kz}, r:x, r:x', 'RVM', 'EVEX.LIG.F3.0F.W0 10 /r', 'AVX512F'],
    ['w:x{kz}, r:x, r:x', 'MVR', 'EVEX.LIG.F3.0F.W0 11 /r', 'AVX512F'],
  ],
  /** `dst ← src`, scalar f64; from memory the rest is zeroed, from a register it is kept. */
  movsd: [
    ['rw:x, r:x', 'RM', 'F2 0F 10 /r', 'SSE2'],
    ['w:x, r:m64', 'RM', 'F2 0F 10 /r', 'SSE2'],
    ['rw:x, r:x', 'MR', 'F2 0F 11 /r', 'SSE2'],
    ['w:m64, r:x', 'MR', 'F2 0F 11 /r', 'SSE2'],
    ['w:di32, r:si32, rw:<rdi>, rw:<rsi>', '--', 'A5', '', 'r:D rep'],
    ['rw:<rdi>, rw:<rsi>', '', 'A5', '', 'r:D rep'],
  ],
  /** `dst ← b in the lowest element, a in the others`, scalar f64; from memory the rest is zeroed. */
  vmovsd: [
    ['w:x, r:m64', 'RM', 'VEX.LIG.F2.0F.WIG 10 /r', 'AVX'],
    ['w:m64, r:x', 'MR', 'VEX.LIG.F2.0F.WIG 11 /r', 'AVX'],
    ['w:x, r:x, r:x', 'RVM', 'VEX.LIG.F2.0F.WIG 10 /r', 'AVX'],
    ['w:x, r:x, r:x', 'MVR', 'VEX.LIG.F2.0F.WIG 11 /r', 'AVX'],
    ['w:x{kz}, r:m64', 'RM', 'EVEX.LIG.F2.0F.W1 10 /r t1s', 'AVX512F'],
    ['w:m64{k}, r:x', 'MR', 'EVEX.LIG.F2.0F.W1 11 /r t1s', 'AVX512F'],
    ['w:x{kz}, r:x, r:x', 'RVM', 'EVEX.LIG.F2.0F.W1 10 /r', 'AVX512F'],
    ['w:x{kz}, r:x, r:x', 'MVR', 'EVEX.LIG.F2.0F.W1 11 /r', 'AVX512F'],
  ],
  /** `dst ← b in the lowest element, a in the others`, scalar f16; from memory the rest is zeroed. */
  vmovsh: [
    ['w:x{kz}, r:m16', 'RM', 'EVEX.LIG.F3.MAP5.W0 10 /r t1s', 'AVX512_FP16'],
    ['w:m16{k}, r:x', 'MR', 'EVEX.LIG.F3.MAP5.W0 11 /r t1s', 'AVX512_FP16'],
    ['w:x{kz}, r:x, r:x', 'RVM', 'EVEX.LIG.F3.MAP5.W0 10 /r', 'AVX512_FP16'],
    ['w:x{kz}, r:x, r:x', 'MVR', 'EVEX.LIG.F3.MAP5.W0 11 /r', 'AVX512_FP16'],
  ],
  /** `dst ← 16 bits of src`; upper bits of a vector are zeroed. */
  vmovw: [
    ['w:x, r:r32/m16', 'RM', 'EVEX.128.66.MAP5.WIG 6E /r t1s', 'AVX512_FP16'],
    ['w:r32/m16, r:x', 'MR', 'EVEX.128.66.MAP5.WIG 7E /r t1s', 'AVX512_FP16'],
    ['w:x, r:x/m16', 'RM', 'EVEX.128.F3.MAP5.W0 6E /r t1s', 'AVX10_2'],
    ['w:x/m16, r:x', 'MR', 'EVEX.128.F3.MAP5.W0 7E /r t1s', 'AVX10_2', 'late'],
  ],
  /** `dst ← 32 bits of src`; upper bits of a vector are zeroed. */
  movd: [
    ['w:x, r:r32/m32', 'RM', '66 0F 6E /r', 'SSE2'],
    ['w:r32/m32, r:x', 'MR', '66 0F 7E /r', 'SSE2'],
    ['w:mm, r:r32/m32', 'RM', 'NP 0F 6E /r', 'MMX'],
    ['w:r32/m32, r:mm', 'MR', 'NP 0F 7E /r', 'MMX'],
  ],
  /** `dst ← 32 bits of src`; upper bits of a vector are zeroed. */
  vmovd: [
    ['w:x, r:r32/m32', 'RM', 'VEX.128.66.0F.W0 6E /r', 'AVX'],
    ['w:r32/m32, r:x', 'MR', 'VEX.128.66.0F.W0 7E /r', 'AVX'],
    ['w:x, r:r32/m32', 'RM', 'EVEX.128.66.0F.W0 6E /r t1s', 'AVX512F'],
    ['w:r32/m32, r:x', 'MR', 'EVEX.128.66.0F.W0 7E /r t1s', 'AVX512F'],
    ['w:x, r:x/m32', 'RM', 'EVEX.128.F3.0F.W0 7E /r t1s', 'AVX10_2'],
    ['w:x/m32, r:x', 'MR', 'EVEX.128.66.0F.W0 D6 /r t1s', 'AVX10_2'],
  ],
  /** `dst ← 64 bits of src`; upper bits of a vector are zeroed. */
  movq: [
    ['w:x, r:x/m64', 'RM', 'F3 0F 7E /r', 'SSE2'],
    ['w:x/m64, r:x', 'MR', '66 0F D6 /r', 'SSE2'],
    ['w:x, r:r64/m64', 'RM', '66 REX.W 0F 6E /r', 'SSE2'],
    ['w:r64/m64, r:x', 'MR', '66 REX.W 0F 7E /r', 'SSE2'],
    ['w:mm, r:mm/m64', 'RM', 'NP 0F 6F /r', 'MMX'],
    ['w:mm/m64, r:mm', 'MR', 'NP 0F 7F /r', 'MMX'],
    ['w:mm, r:r64/m64', 'RM', 'NP REX.W 0F 6E /r', 'MMX'],
    ['w:r64/m64, r:mm', 'MR', 'NP REX.W 0F 7E /r', 'MMX'],
  ],
  /** `dst ← 64 bits of src`; upper bits of a vector are zeroed. */
  vmovq: [
    ['w:x, r:x/m64', 'RM', 'VEX.128.F3.0F.WIG 7E /r', 'AVX'],
    ['w:x/m64, r:x', 'MR', 'VEX.128.66.0F.WIG D6 /r', 'AVX'],
    ['w:x, r:r64/m64', 'RM', 'VEX.128.66.0F.W1 6E /r', 'AVX'],
    ['w:r64/m64, r:x', 'MR', 'VEX.128.66.0F.W1 7E /r', 'AVX'],
    ['w:x, r:x/m64', 'RM', 'EVEX.128.F3.0F.W1 7E /r t1s', 'AVX512F'],
    ['w:x/m64, r:x', 'MR', 'EVEX.128.66.0F.W1 D6 /r t1s', 'AVX512F'],
    ['w:x, r:r64/m64', 'RM', 'EVEX.128.66.0F.W1 6E /r t1s', 'AVX512F'],
    ['w:r64/m64, r:x', 'MR', 'EVEX.128.66.0F.W1 7E /r t1s', 'AVX512F'],
  ],
  /** `low half of dst ← [src]`, or `[dst] ← low half of src`, 64 bits. */
  movlps: [
    ['rw:x, r:m64', 'RM', 'NP 0F 12 /r', 'SSE'],
    ['w:m64, r:x', 'MR', 'NP 0F 13 /r', 'SSE'],
  ],
  /** `dst ← a with its low half replaced by [b]`, or `[dst] ← low half of src`, 64 bits. */
  vmovlps: [
    ['w:x, r:x, r:m64', 'RVM', 'VEX.128.NP.0F.WIG 12 /r', 'AVX'],
    ['w:m64, r:x', 'MR', 'VEX.128.NP.0F.WIG 13 /r', 'AVX'],
    ['w:x, r:x, r:m64', 'RVM', 'EVEX.128.NP.0F.W0 12 /r t2', 'AVX512F'],
    ['w:m64, r:x', 'MR', 'EVEX.128.NP.0F.W0 13 /r t2', 'AVX512F'],
  ],
  /** `high half of dst ← [src]`, or `[dst] ← high half of src`, 64 bits. */
  movhps: [
    ['rw:x, r:m64', 'RM', 'NP 0F 16 /r', 'SSE'],
    ['w:m64, r:x', 'MR', 'NP 0F 17 /r', 'SSE'],
  ],
  /** `dst ← a with its high half replaced by [b]`, or `[dst] ← high half of src`, 64 bits. */
  vmovhps: [
    ['w:x, r:x, r:m64', 'RVM', 'VEX.128.NP.0F.WIG 16 /r', 'AVX'],
    ['w:m64, r:x', 'MR', 'VEX.128.NP.0F.WIG 17 /r', 'AVX'],
    ['w:x, r:x, r:m64', 'RVM', 'EVEX.128.NP.0F.W0 16 /r t2', 'AVX512F'],
    ['w:m64, r:x', 'MR', 'EVEX.128.NP.0F.W0 17 /r t2', 'AVX512F'],
  ],
  /** `low half of dst ← [src]`, or `[dst] ← low half of src`, 64 bits. */
  movlpd: [
    ['rw:x, r:m64', 'RM', '66 0F 12 /r', 'SSE2'],
    ['w:m64, r:x', 'MR', '66 0F 13 /r', 'SSE2'],
  ],
  /** `dst ← a with its low half replaced by [b]`, or `[dst] ← low half of src`, 64 bits. */
  vmovlpd: [
    ['w:x, r:x, r:m64', 'RVM', 'VEX.128.66.0F.WIG 12 /r', 'AVX'],
    ['w:m64, r:x', 'MR', 'VEX.128.66.0F.WIG 13 /r', 'AVX'],
    ['w:x, r:x, r:m64', 'RVM', 'EVEX.128.66.0F.W1 12 /r t1s', 'AVX512F'],
    ['w:m64, r:x', 'MR', 'EVEX.128.66.0F.W1 13 /r t1s', 'AVX512F'],
  ],
  /** `high half of dst ← [src]`, or `[dst] ← high half of src`, 64 bits. */
  movhpd: [
    ['rw:x, r:m64', 'RM', '66 0F 16 /r', 'SSE2'],
    ['w:m64, r:x', 'MR', '66 0F 17 /r', 'SSE2'],
  ],
  /** `dst ← a with its high half replaced by [b]`, or `[dst] ← high half of src`, 64 bits. */
  vmovhpd: [
    ['w:x, r:x, r:m64', 'RVM', 'VEX.128.66.0F.WIG 16 /r', 'AVX'],
    ['w:m64, r:x', 'MR', 'VEX.128.66.0F.WIG 17 /r', 'AVX'],
    ['w:x, r:x, r:m64', 'RVM', 'EVEX.128.66.0F.W1 16 /r t1s', 'AVX512F'],
    ['w:m64, r:x', 'MR', 'EVEX.128.66.0F.W1 17 /r t1s', 'AVX512F'],
  ],
  /** `low half ← high half of b`; the other half is kept. */
  movhlps: [['rw:x, r:x', 'RM', 'NP 0F 12 /r', 'SSE']],
  /** `low half ← high half of b`; the other half comes from a. */
  vmovhlps: [
    ['w:x, r:x, r:x', 'RVM', 'VEX.128.NP.0F.WIG 12 /r', 'AVX'],
    ['w:x, r:x, r:x', 'RVM', 'EVEX.128.NP.0F.W0 12 /r', 'AVX512F'],
  ],
  /** `high half ← low half of b`; the other half is kept. */
  movlhps: [['rw:x, r:x', 'RM', 'NP 0F 16 /r', 'SSE']],
  /** `high half ← low half of b`; the other half comes from a. */
  vmovlhps: [
    ['w:x, r:x, r:x', 'RVM', 'VEX.128.NP.0F.WIG 16 /r', 'AVX'],
    ['w:x, r:x, r:x', 'RVM', 'EVEX.128.NP.0F.W0 16 /r', 'AVX512F'],
  ],
  /** `dst ← odd f32 elements, each twice`. */
  movshdup: [['w:x, r:x/mx', 'RM', 'F3 0F 16 /r', 'SSE3']],
  /** `dst ← odd f32 elements, each twice`. */
  vmovshdup: [
    ['w:xy, r:xy/mxy', 'RM', 'VEX.F3.0F.WIG 16 /r', 'AVX'],
    ['w:xyz{kz}, r:xyz/mxyz', 'RM', 'EVEX.F3.0F.W0 16 /r fullmem', 'AVX512F'],
  ],
  /** `dst ← even f32 elements, each twice`. */
  movsldup: [['w:x, r:x/mx', 'RM', 'F3 0F 12 /r', 'SSE3']],
  /** `dst ← even f32 elements, each twice`. */
  vmovsldup: [
    ['w:xy, r:xy/mxy', 'RM', 'VEX.F3.0F.WIG 12 /r', 'AVX'],
    ['w:xyz{kz}, r:xyz/mxyz', 'RM', 'EVEX.F3.0F.W0 12 /r fullmem', 'AVX512F'],
  ],
  /** `dst ← even f64 elements, each twice`. */
  movddup: [['w:x, r:x/mq', 'RM', 'F2 0F 12 /r', 'SSE3']],
  /** `dst ← even f64 elements, each twice`. */
  vmovddup: [
    ['w:xy, r:xy/mqy', 'RM', 'VEX.F2.0F.WIG 12 /r', 'AVX'],
    ['w:xyz{kz}, r:xyz/mqyz', 'RM', 'EVEX.F2.0F.W1 12 /r movddup', 'AVX512F'],
  ],
  /** `dst ← [src]`, unaligned, integers. */
  lddqu: [['w:x, r:mx', 'RM', 'F2 0F F0 /r', 'SSE3']],
  /** `dst ← [src]`, unaligned, integers. */
  vlddqu: [['w:xy, r:mxy', 'RM', 'VEX.F2.0F.WIG F0 /r', 'AVX']],
  /** `[dst] ← src`, packed f32, aligned, bypassing the caches. */
  movntps: [['w:mx, r:x', 'MR', 'NP 0F 2B /r', 'SSE']],
  /** `[dst] ← src`, packed f32, aligned, bypassing the caches. */
  vmovntps: [
    ['w:mxy, r:xy', 'MR', 'VEX.NP.0F.WIG 2B /r', 'AVX'],
    ['w:mxyz, r:xyz', 'MR', 'EVEX.NP.0F.W0 2B /r fullmem', 'AVX512F'],
  ],
  /** `[dst] ← src`, packed f64, aligned, bypassing the caches. */
  movntpd: [['w:mx, r:x', 'MR', '66 0F 2B /r', 'SSE2']],
  /** `[dst] ← src`, packed f64, aligned, bypassing the caches. */
  vmovntpd: [
    ['w:mxy, r:xy', 'MR', 'VEX.66.0F.WIG 2B /r', 'AVX'],
    ['w:mxyz, r:xyz', 'MR', 'EVEX.66.0F.W1 2B /r fullmem', 'AVX512F'],
  ],
  /** `[dst] ← src`, integers, aligned, bypassing the caches. */
  movntdq: [['w:mx, r:x', 'MR', '66 0F E7 /r', 'SSE2']],
  /** `[dst] ← src`, integers, aligned, bypassing the caches. */
  vmovntdq: [
    ['w:mxy, r:xy', 'MR', 'VEX.66.0F.WIG E7 /r', 'AVX'],
    ['w:mxyz, r:xyz', 'MR', 'EVEX.66.0F.W0 E7 /r fullmem', 'AVX512F'],
  ],
  /** `dst ← [src]`, integers, aligned, with a non-temporal hint. */
  movntdqa: [['w:x, r:mx', 'RM', '66 0F 38 2A /r', 'SSE4_1']],
  /** `dst ← [src]`, integers, aligned, with a non-temporal hint. */
  vmovntdqa: [
    ['w:x, r:mx', 'RM', 'VEX.128.66.0F38.WIG 2A /r', 'AVX'],
    ['w:y, r:my', 'RM', 'VEX.256.66.0F38.WIG 2A /r', 'AVX2'],
    ['w:xyz, r:mxyz', 'RM', 'EVEX.66.0F38.W0 2A /r fullmem', 'AVX512F'],
  ],
  /** `dst ← [src]` or `[dst] ← src` where the sign of the mask element is set, packed f32; the rest loads as zero. */
  vmaskmovps: [
    ['w:xy, r:xy, r:mxy', 'RVM', 'VEX.66.0F38.W0 2C /r', 'AVX'],
    ['w:mxy, r:xy, r:xy', 'MVR', 'VEX.66.0F38.W0 2E /r', 'AVX'],
  ],
  /** `dst ← [src]` or `[dst] ← src` where the sign of the mask element is set, packed f64; the rest loads as zero. */
  vmaskmovpd: [
    ['w:xy, r:xy, r:mxy', 'RVM', 'VEX.66.0F38.W0 2D /r', 'AVX'],
    ['w:mxy, r:xy, r:xy', 'MVR', 'VEX.66.0F38.W0 2F /r', 'AVX'],
  ],
  /** `dst ← [src]` or `[dst] ← src` where the sign of the mask element is set, packed i32; the rest loads as zero. */
  vpmaskmovd: [
    ['w:xy, r:xy, r:mxy', 'RVM', 'VEX.66.0F38.W0 8C /r', 'AVX2'],
    ['w:mxy, r:xy, r:xy', 'MVR', 'VEX.66.0F38.W0 8E /r', 'AVX2'],
  ],
  /** `dst ← [src]` or `[dst] ← src` where the sign of the mask element is set, packed i64; the rest loads as zero. */
  vpmaskmovq: [
    ['w:xy, r:xy, r:mxy', 'RVM', 'VEX.66.0F38.W1 8C /r', 'AVX2'],
    ['w:mxy, r:xy, r:xy', 'MVR', 'VEX.66.0F38.W1 8E /r', 'AVX2'],
  ],
  /** `[rdi] ← bytes of a whose mask byte in b has its sign set`, bypassing the caches. */
  maskmovdqu: [['r:x, r:x, r:<rdi>', 'RM', '66 0F F7 /r', 'SSE2']],
  /** `[rdi] ← bytes of a whose mask byte in b has its sign set`, bypassing the caches. */
  vmaskmovdqu: [['r:x, r:x, r:<rdi>', 'RM', 'VEX.128.66.0F.WIG F7 /r', 'AVX']],
  /** `dst ← signs of the elements`, packed f32, one bit each. */
  movmskps: [['w:r32, r:x', 'RM', 'NP 0F 50 /r', 'SSE']],
  /** `dst ← signs of the elements`, packed f32, one bit each. */
  vmovmskps: [['w:r32, r:xy', 'RM', 'VEX.NP.0F.WIG 50 /r', 'AVX']],
  /** `dst ← signs of the elements`, packed f64, one bit each. */
  movmskpd: [['w:r32, r:x', 'RM', '66 0F 50 /r', 'SSE2']],
  /** `dst ← signs of the elements`, packed f64, one bit each. */
  vmovmskpd: [['w:r32, r:xy', 'RM', 'VEX.66.0F.WIG 50 /r', 'AVX']],
  /** `dst ← signs of the bytes`, one bit each. */
  pmovmskb: [
    ['w:r32, r:x', 'RM', '66 0F D7 /r', 'SSE2'],
    ['w:r32, r:mm', 'RM', 'NP 0F D7 /r', 'SSE'],
  ],
  /** `dst ← signs of the bytes`, one bit each. */
  vpmovmskb: [
    ['w:r32, r:x', 'RM', 'VEX.128.66.0F.WIG D7 /r', 'AVX'],
    ['w:r32, r:y', 'RM', 'VEX.256.66.0F.WIG D7 /r', 'AVX2'],
  ],
} as const
