/** Rows of the shifts and rotates of vector elements. */

export const vectorShift = {
  /** `dst ← src << count`, one count for all, packed i16. */
  psllw: [
    ['rw:x, imm8', 'MI', '66 0F 71 /6', 'SSE2'],
    ['rw:x, r:x/mx', 'RM', '66 0F F1 /r', 'SSE2'],
    ['rw:mm, r:mm/m64', 'RM', 'NP 0F F1 /r', 'MMX'],
    ['rw:mm, imm8', 'MI', 'NP 0F 71 /6', 'MMX'],
  ],
  /** `dst ← src << count`, one count for all, packed i16. */
  vpsllw: [
    ['w:x, r:x, imm8', 'VMI', 'VEX.128.66.0F.WIG 71 /6', 'AVX'],
    ['w:y, r:y, imm8', 'VMI', 'VEX.256.66.0F.WIG 71 /6', 'AVX2'],
    ['w:x, r:x, r:x/mx', 'RVM', 'VEX.128.66.0F.WIG F1 /r', 'AVX'],
    ['w:y, r:y, r:x/mx', 'RVM', 'VEX.256.66.0F.WIG F1 /r', 'AVX2'],
    ['w:xyz{kz}, r:xyz/mxyz, imm8', 'VMI', 'EVEX.66.0F.WIG 71 /6 fullmem', 'AVX512BW'],
    ['w:xyz{kz}, r:xyz, r:x/mx', 'RVM', 'EVEX.66.0F.WIG F1 /r mem128', 'AVX512BW'],
  ],
  /** `dst ← src << count`, one count for all, packed i32. */
  pslld: [
    ['rw:x, imm8', 'MI', '66 0F 72 /6', 'SSE2'],
    ['rw:x, r:x/mx', 'RM', '66 0F F2 /r', 'SSE2'],
    ['rw:mm, r:mm/m64', 'RM', 'NP 0F F2 /r', 'MMX'],
    ['rw:mm, imm8', 'MI', 'NP 0F 72 /6', 'MMX'],
  ],
  /** `dst ← src << count`, one count for all, packed i32. */
  vpslld: [
    ['w:x, r:x, imm8', 'VMI', 'VEX.128.66.0F.WIG 72 /6', 'AVX'],
    ['w:y, r:y, imm8', 'VMI', 'VEX.256.66.0F.WIG 72 /6', 'AVX2'],
    ['w:x, r:x, r:x/mx', 'RVM', 'VEX.128.66.0F.WIG F2 /r', 'AVX'],
    ['w:y, r:y, r:x/mx', 'RVM', 'VEX.256.66.0F.WIG F2 /r', 'AVX2'],
    ['w:xyz{kz}, r:xyz/mxyz/b32, imm8', 'VMI', 'EVEX.66.0F.W0 72 /6 full', 'AVX512F'],
    ['w:xyz{kz}, r:xyz, r:x/mx', 'RVM', 'EVEX.66.0F.W0 F2 /r mem128', 'AVX512F'],
  ],
  /** `dst ← src << count`, one count for all, packed i64. */
  psllq: [
    ['rw:x, imm8', 'MI', '66 0F 73 /6', 'SSE2'],
    ['rw:x, r:x/mx', 'RM', '66 0F F3 /r', 'SSE2'],
    ['rw:mm, r:mm/m64', 'RM', 'NP 0F F3 /r', 'MMX'],
    ['rw:mm, imm8', 'MI', 'NP 0F 73 /6', 'MMX'],
  ],
  /** `dst ← src << count`, one count for all, packed i64. */
  vpsllq: [
    ['w:x, r:x, imm8', 'VMI', 'VEX.128.66.0F.WIG 73 /6', 'AVX'],
    ['w:y, r:y, imm8', 'VMI', 'VEX.256.66.0F.WIG 73 /6', 'AVX2'],
    ['w:x, r:x, r:x/mx', 'RVM', 'VEX.128.66.0F.WIG F3 /r', 'AVX'],
    ['w:y, r:y, r:x/mx', 'RVM', 'VEX.256.66.0F.WIG F3 /r', 'AVX2'],
    ['w:xyz{kz}, r:xyz/mxyz/b64, imm8', 'VMI', 'EVEX.66.0F.W1 73 /6 full', 'AVX512F'],
    ['w:xyz{kz}, r:xyz, r:x/mx', 'RVM', 'EVEX.66.0F.W1 F3 /r mem128', 'AVX512F'],
  ],
  /** `dst ← src >> count`, zeros coming in, one count for all, packed i16. */
  psrlw: [
    ['rw:x, imm8', 'MI', '66 0F 71 /2', 'SSE2'],
    ['rw:x, r:x/mx', 'RM', '66 0F D1 /r', 'SSE2'],
    ['rw:mm, r:mm/m64', 'RM', 'NP 0F D1 /r', 'MMX'],
    ['rw:mm, imm8', 'MI', 'NP 0F 71 /2', 'MMX'],
  ],
  /** `dst ← src >> count`, zeros coming in, one count for all, packed i16. */
  vpsrlw: [
    ['w:x, r:x, imm8', 'VMI', 'VEX.128.66.0F.WIG 71 /2', 'AVX'],
    ['w:y, r:y, imm8', 'VMI', 'VEX.256.66.0F.WIG 71 /2', 'AVX2'],
    ['w:x, r:x, r:x/mx', 'RVM', 'VEX.128.66.0F.WIG D1 /r', 'AVX'],
    ['w:y, r:y, r:x/mx', 'RVM', 'VEX.256.66.0F.WIG D1 /r', 'AVX2'],
    ['w:xyz{kz}, r:xyz/mxyz, imm8', 'VMI', 'EVEX.66.0F.WIG 71 /2 fullmem', 'AVX512BW'],
    ['w:xyz{kz}, r:xyz, r:x/mx', 'RVM', 'EVEX.66.0F.WIG D1 /r mem128', 'AVX512BW'],
  ],
  /** `dst ← src >> count`, zeros coming in, one count for all, packed i32. */
  psrld: [
    ['rw:x, imm8', 'MI', '66 0F 72 /2', 'SSE2'],
    ['rw:x, r:x/mx', 'RM', '66 0F D2 /r', 'SSE2'],
    ['rw:mm, r:mm/m64', 'RM', 'NP 0F D2 /r', 'MMX'],
    ['rw:mm, imm8', 'MI', 'NP 0F 72 /2', 'MMX'],
  ],
  /** `dst ← src >> count`, zeros coming in, one count for all, packed i32. */
  vpsrld: [
    ['w:x, r:x, imm8', 'VMI', 'VEX.128.66.0F.WIG 72 /2', 'AVX'],
    ['w:y, r:y, imm8', 'VMI', 'VEX.256.66.0F.WIG 72 /2', 'AVX2'],
    ['w:x, r:x, r:x/mx', 'RVM', 'VEX.128.66.0F.WIG D2 /r', 'AVX'],
    ['w:y, r:y, r:x/mx', 'RVM', 'VEX.256.66.0F.WIG D2 /r', 'AVX2'],
    ['w:xyz{kz}, r:xyz/mxyz/b32, imm8', 'VMI', 'EVEX.66.0F.W0 72 /2 full', 'AVX512F'],
    ['w:xyz{kz}, r:xyz, r:x/mx', 'RVM', 'EVEX.66.0F.W0 D2 /r mem128', 'AVX512F'],
  ],
  /** `dst ← src >> count`, zeros coming in, one count for all, packed i64. */
  psrlq: [
    ['rw:x, imm8', 'MI', '66 0F 73 /2', 'SSE2'],
    ['rw:x, r:x/mx', 'RM', '66 0F D3 /r', 'SSE2'],
    ['rw:mm, r:mm/m64', 'RM', 'NP 0F D3 /r', 'MMX'],
    ['rw:mm, imm8', 'MI', 'NP 0F 73 /2', 'MMX'],
  ],
  /** `dst ← src >> count`, zeros coming in, one count for all, packed i64. */
  vpsrlq: [
    ['w:x, r:x, imm8', 'VMI', 'VEX.128.66.0F.WIG 73 /2', 'AVX'],
    ['w:y, r:y, imm8', 'VMI', 'VEX.256.66.0F.WIG 73 /2', 'AVX2'],
    ['w:x, r:x, r:x/mx', 'RVM', 'VEX.128.66.0F.WIG D3 /r', 'AVX'],
    ['w:y, r:y, r:x/mx', 'RVM', 'VEX.256.66.0F.WIG D3 /r', 'AVX2'],
    ['w:xyz{kz}, r:xyz/mxyz/b64, imm8', 'VMI', 'EVEX.66.0F.W1 73 /2 full', 'AVX512F'],
    ['w:xyz{kz}, r:xyz, r:x/mx', 'RVM', 'EVEX.66.0F.W1 D3 /r mem128', 'AVX512F'],
  ],
  /** `dst ← src >> count`, signs coming in, one count for all, packed i16. */
  psraw: [
    ['rw:x, imm8', 'MI', '66 0F 71 /4', 'SSE2'],
    ['rw:x, r:x/mx', 'RM', '66 0F E1 /r', 'SSE2'],
    ['rw:mm, r:mm/m64', 'RM', 'NP 0F E1 /r', 'MMX'],
    ['rw:mm, imm8', 'MI', 'NP 0F 71 /4', 'MMX'],
  ],
  /** `dst ← src >> count`, signs coming in, one count for all, packed i16. */
  vpsraw: [
    ['w:x, r:x, imm8', 'VMI', 'VEX.128.66.0F.WIG 71 /4', 'AVX'],
    ['w:y, r:y, imm8', 'VMI', 'VEX.256.66.0F.WIG 71 /4', 'AVX2'],
    ['w:x, r:x, r:x/mx', 'RVM', 'VEX.128.66.0F.WIG E1 /r', 'AVX'],
    ['w:y, r:y, r:x/mx', 'RVM', 'VEX.256.66.0F.WIG E1 /r', 'AVX2'],
    ['w:xyz{kz}, r:xyz/mxyz, imm8', 'VMI', 'EVEX.66.0F.WIG 71 /4 fullmem', 'AVX512BW'],
    ['w:xyz{kz}, r:xyz, r:x/mx', 'RVM', 'EVEX.66.0F.WIG E1 /r mem128', 'AVX512BW'],
  ],
  /** `dst ← src >> count`, signs coming in, one count for all, packed i32. */
  psrad: [
    ['rw:x, imm8', 'MI', '66 0F 72 /4', 'SSE2'],
    ['rw:x, r:x/mx', 'RM', '66 0F E2 /r', 'SSE2'],
    ['rw:mm, r:mm/m64', 'RM', 'NP 0F E2 /r', 'MMX'],
    ['rw:mm, imm8', 'MI', 'NP 0F 72 /4', 'MMX'],
  ],
  /** `dst ← src >> count`, signs coming in, one count for all, packed i32. */
  vpsrad: [
    ['w:x, r:x, imm8', 'VMI', 'VEX.128.66.0F.WIG 72 /4', 'AVX'],
    ['w:y, r:y, imm8', 'VMI', 'VEX.256.66.0F.WIG 72 /4', 'AVX2'],
    ['w:x, r:x, r:x/mx', 'RVM', 'VEX.128.66.0F.WIG E2 /r', 'AVX'],
    ['w:y, r:y, r:x/mx', 'RVM', 'VEX.256.66.0F.WIG E2 /r', 'AVX2'],
    ['w:xyz{kz}, r:xyz/mxyz/b32, imm8', 'VMI', 'EVEX.66.0F.W0 72 /4 full', 'AVX512F'],
    ['w:xyz{kz}, r:xyz, r:x/mx', 'RVM', 'EVEX.66.0F.W0 E2 /r mem128', 'AVX512F'],
  ],
  /** `dst ← src >> count`, signs coming in, one count for all, packed i64. */
  vpsraq: [
    ['w:xyz{kz}, r:xyz/mxyz/b64, imm8', 'VMI', 'EVEX.66.0F.W1 72 /4 full', 'AVX512F'],
    ['w:xyz{kz}, r:xyz, r:x/mx', 'RVM', 'EVEX.66.0F.W1 E2 /r mem128', 'AVX512F'],
  ],
  /** `dst ← src << 8 · imm8`, each 128-bit lane. */
  pslldq: [['rw:x, imm8', 'MI', '66 0F 73 /7', 'SSE2']],
  /** `dst ← src << 8 · imm8`, each 128-bit lane. */
  vpslldq: [
    ['w:x, r:x, imm8', 'VMI', 'VEX.128.66.0F.WIG 73 /7', 'AVX'],
    ['w:y, r:y, imm8', 'VMI', 'VEX.256.66.0F.WIG 73 /7', 'AVX2'],
    ['w:xyz, r:xyz/mxyz, imm8', 'VMI', 'EVEX.66.0F.WIG 73 /7 fullmem', 'AVX512BW'],
  ],
  /** `dst ← src >> 8 · imm8`, each 128-bit lane. */
  psrldq: [['rw:x, imm8', 'MI', '66 0F 73 /3', 'SSE2']],
  /** `dst ← src >> 8 · imm8`, each 128-bit lane. */
  vpsrldq: [
    ['w:x, r:x, imm8', 'VMI', 'VEX.128.66.0F.WIG 73 /3', 'AVX'],
    ['w:y, r:y, imm8', 'VMI', 'VEX.256.66.0F.WIG 73 /3', 'AVX2'],
    ['w:xyz, r:xyz/mxyz, imm8', 'VMI', 'EVEX.66.0F.WIG 73 /3 fullmem', 'AVX512BW'],
  ],
  /** `dst ← src` rotated left by imm8, packed i32. */
  vprold: [['w:xyz{kz}, r:xyz/mxyz/b32, imm8', 'VMI', 'EVEX.66.0F.W0 72 /1 full', 'AVX512F']],
  /** `dst ← a` rotated left by the elements of b, packed i32. */
  vprolvd: [['w:xyz{kz}, r:xyz, r:xyz/mxyz/b32', 'RVM', 'EVEX.66.0F38.W0 15 /r full', 'AVX512F']],
  /** `dst ← src` rotated left by imm8, packed i64. */
  vprolq: [['w:xyz{kz}, r:xyz/mxyz/b64, imm8', 'VMI', 'EVEX.66.0F.W1 72 /1 full', 'AVX512F']],
  /** `dst ← a` rotated left by the elements of b, packed i64. */
  vprolvq: [['w:xyz{kz}, r:xyz, r:xyz/mxyz/b64', 'RVM', 'EVEX.66.0F38.W1 15 /r full', 'AVX512F']],
  /** `dst ← src` rotated right by imm8, packed i32. */
  vprord: [['w:xyz{kz}, r:xyz/mxyz/b32, imm8', 'VMI', 'EVEX.66.0F.W0 72 /0 full', 'AVX512F']],
  /** `dst ← a` rotated right by the elements of b, packed i32. */
  vprorvd: [['w:xyz{kz}, r:xyz, r:xyz/mxyz/b32', 'RVM', 'EVEX.66.0F38.W0 14 /r full', 'AVX512F']],
  /** `dst ← src` rotated right by imm8, packed i64. */
  vprorq: [['w:xyz{kz}, r:xyz/mxyz/b64, imm8', 'VMI', 'EVEX.66.0F.W1 72 /0 full', 'AVX512F']],
  /** `dst ← a` rotated right by the elements of b, packed i64. */
  vprorvq: [['w:xyz{kz}, r:xyz, r:xyz/mxyz/b64', 'RVM', 'EVEX.66.0F38.W1 14 /r full', 'AVX512F']],
  /** `dst ← a << b`, a count for each element, packed i16. */
  vpsllvw: [['w:xyz{kz}, r:xyz, r:xyz/mxyz', 'RVM', 'EVEX.66.0F38.W1 12 /r fullmem', 'AVX512BW']],
  /** `dst ← a << b`, a count for each element, packed i32. */
  vpsllvd: [
    ['w:xy, r:xy, r:xy/mxy', 'RVM', 'VEX.66.0F38.W0 47 /r', 'AVX2'],
    ['w:xyz{kz}, r:xyz, r:xyz/mxyz/b32', 'RVM', 'EVEX.66.0F38.W0 47 /r full', 'AVX512F'],
  ],
  /** `dst ← a << b`, a count for each element, packed i64. */
  vpsllvq: [
    ['w:xy, r:xy, r:xy/mxy', 'RVM', 'VEX.66.0F38.W1 47 /r', 'AVX2'],
    ['w:xyz{kz}, r:xyz, r:xyz/mxyz/b64', 'RVM', 'EVEX.66.0F38.W1 47 /r full', 'AVX512F'],
  ],
  /** `dst ← a >> b`, zeros coming in, a count for each element, packed i16. */
  vpsrlvw: [['w:xyz{kz}, r:xyz, r:xyz/mxyz', 'RVM', 'EVEX.66.0F38.W1 10 /r fullmem', 'AVX512BW']],
  /** `dst ← a >> b`, zeros coming in, a count for each element, packed i32. */
  vpsrlvd: [
    ['w:xy, r:xy, r:xy/mxy', 'RVM', 'VEX.66.0F38.W0 45 /r', 'AVX2'],
    ['w:xyz{kz}, r:xyz, r:xyz/mxyz/b32', 'RVM', 'EVEX.66.0F38.W0 45 /r full', 'AVX512F'],
  ],
  /** `dst ← a >> b`, zeros coming in, a count for each element, packed i64. */
  vpsrlvq: [
    ['w:xy, r:xy, r:xy/mxy', 'RVM', 'VEX.66.0F38.W1 45 /r', 'AVX2'],
    ['w:xyz{kz}, r:xyz, r:xyz/mxyz/b64', 'RVM', 'EVEX.66.0F38.W1 45 /r full', 'AVX512F'],
  ],
  /** `dst ← a >> b`, signs coming in, a count for each element, packed i16. */
  vpsravw: [['w:xyz{kz}, r:xyz, r:xyz/mxyz', 'RVM', 'EVEX.66.0F38.W1 11 /r fullmem', 'AVX512BW']],
  /** `dst ← a >> b`, signs coming in, a count for each element, packed i32. */
  vpsravd: [
    ['w:xy, r:xy, r:xy/mxy', 'RVM', 'VEX.66.0F38.W0 46 /r', 'AVX2'],
    ['w:xyz{kz}, r:xyz, r:xyz/mxyz/b32', 'RVM', 'EVEX.66.0F38.W0 46 /r full', 'AVX512F'],
  ],
  /** `dst ← a >> b`, signs coming in, a count for each element, packed i64. */
  vpsravq: [['w:xyz{kz}, r:xyz, r:xyz/mxyz/b64', 'RVM', 'EVEX.66.0F38.W1 46 /r full', 'AVX512F']],
  /** `dst ← high halves of (a : b) << count`, the count in imm8, packed i16. */
  vpshldw: [['w:xyz{kz}, r:xyz, r:xyz/mxyz, imm8', 'RVMI', 'EVEX.66.0F3A.W1 70 /r fullmem', 'AVX512_VBMI2']],
  /** `dst ← high halves of (dst : a) << b`, a count for each element, packed i16. */
  vpshldvw: [['rw:xyz{kz}, r:xyz, r:xyz/mxyz', 'RVM', 'EVEX.66.0F38.W1 70 /r fullmem', 'AVX512_VBMI2']],
  /** `dst ← high halves of (a : b) << count`, the count in imm8, packed i32. */
  vpshldd: [['w:xyz{kz}, r:xyz, r:xyz/mxyz/b32, imm8', 'RVMI', 'EVEX.66.0F3A.W0 71 /r full', 'AVX512_VBMI2']],
  /** `dst ← high halves of (dst : a) << b`, a count for each element, packed i32. */
  vpshldvd: [['rw:xyz{kz}, r:xyz, r:xyz/mxyz/b32', 'RVM', 'EVEX.66.0F38.W0 71 /r full', 'AVX512_VBMI2']],
  /** `dst ← high halves of (a : b) << count`, the count in imm8, packed i64. */
  vpshldq: [['w:xyz{kz}, r:xyz, r:xyz/mxyz/b64, imm8', 'RVMI', 'EVEX.66.0F3A.W1 71 /r full', 'AVX512_VBMI2']],
  /** `dst ← high halves of (dst : a) << b`, a count for each element, packed i64. */
  vpshldvq: [['rw:xyz{kz}, r:xyz, r:xyz/mxyz/b64', 'RVM', 'EVEX.66.0F38.W1 71 /r full', 'AVX512_VBMI2']],
  /** `dst ← low halves of (b : a) >> count`, the count in imm8, packed i16. */
  vpshrdw: [['w:xyz{kz}, r:xyz, r:xyz/mxyz, imm8', 'RVMI', 'EVEX.66.0F3A.W1 72 /r fullmem', 'AVX512_VBMI2']],
  /** `dst ← low halves of (a : dst) >> b`, a count for each element, packed i16. */
  vpshrdvw: [['rw:xyz{kz}, r:xyz, r:xyz/mxyz', 'RVM', 'EVEX.66.0F38.W1 72 /r fullmem', 'AVX512_VBMI2']],
  /** `dst ← low halves of (b : a) >> count`, the count in imm8, packed i32. */
  vpshrdd: [['w:xyz{kz}, r:xyz, r:xyz/mxyz/b32, imm8', 'RVMI', 'EVEX.66.0F3A.W0 73 /r full', 'AVX512_VBMI2']],
  /** `dst ← low halves of (a : dst) >> b`, a count for each element, packed i32. */
  vpshrdvd: [['rw:xyz{kz}, r:xyz, r:xyz/mxyz/b32', 'RVM', 'EVEX.66.0F38.W0 73 /r full', 'AVX512_VBMI2']],
  /** `dst ← low halves of (b : a) >> count`, the count in imm8, packed i64. */
  vpshrdq: [['w:xyz{kz}, r:xyz, r:xyz/mxyz/b64, imm8', 'RVMI', 'EVEX.66.0F3A.W1 73 /r full', 'AVX512_VBMI2']],
  /** `dst ← low halves of (a : dst) >> b`, a count for each element, packed i64. */
  vpshrdvq: [['rw:xyz{kz}, r:xyz, r:xyz/mxyz/b64', 'RVM', 'EVEX.66.0F38.W1 73 /r full', 'AVX512_VBMI2']],
} as const
