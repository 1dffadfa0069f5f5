/** Rows of the fused multiply-adds: one rounding, three orders of the operands (132, 213, 231). */

export const fma = {
  /** `dst ← dst · src3 + src2`, packed f32. */
  vfmadd132ps: [
    ['rw:xy, r:xy, r:xy/mxy', 'RVM', 'VEX.66.0F38.W0 98 /r', 'FMA'],
    ['rw:xyz{kz}, r:xyz, r:xyz{er}/mxyz/b32', 'RVM', 'EVEX.66.0F38.W0 98 /r full', 'AVX512F'],
  ],
  /** `dst ← dst · src3 + src2`, packed f64. */
  vfmadd132pd: [
    ['rw:xy, r:xy, r:xy/mxy', 'RVM', 'VEX.66.0F38.W1 98 /r', 'FMA'],
    ['rw:xyz{kz}, r:xyz, r:xyz{er}/mxyz/b64', 'RVM', 'EVEX.66.0F38.W1 98 /r full', 'AVX512F'],
  ],
  /** `dst ← dst · src3 + src2`, packed f16. */
  vfmadd132ph: [['rw:xyz{kz}, r:xyz, r:xyz{er}/mxyz/b16', 'RVM', 'EVEX.66.MAP6.W0 98 /r full', 'AVX512_FP16']],
  /** `dst ← dst · src3 + src2`, scalar f32. The upper elements of dst are kept. */
  vfmadd132ss: [
    ['rw:x, r:x, r:x/m32', 'RVM', 'VEX.LIG.66.0F38.W0 99 /r', 'FMA'],
    ['rw:x{kz}, r:x, r:x{er}/m32', 'RVM', 'EVEX.LIG.66.0F38.W0 99 /r t1s', 'AVX512F'],
  ],
  /** `dst ← dst · src3 + src2`, scalar f64. The upper elements of dst are kept. */
  vfmadd132sd: [
    ['rw:x, r:x, r:x/m64', 'RVM', 'VEX.LIG.66.0F38.W1 99 /r', 'FMA'],
    ['rw:x{kz}, r:x, r:x{er}/m64', 'RVM', 'EVEX.LIG.66.0F38.W1 99 /r t1s', 'AVX512F'],
  ],
  /** `dst ← dst · src3 + src2`, scalar f16. The upper elements of dst are kept. */
  vfmadd132sh: [['rw:x{kz}, r:x, r:x{er}/m16', 'RVM', 'EVEX.LIG.66.MAP6.W0 99 /r t1s', 'AVX512_FP16']],
  /** `dst ← src2 · dst + src3`, packed f32. */
  vfmadd213ps: [
    ['rw:xy, r:xy, r:xy/mxy', 'RVM', 'VEX.66.0F38.W0 A8 /r', 'FMA'],
    ['rw:xyz{kz}, r:xyz, r:xyz{er}/mxyz/b32', 'RVM', 'EVEX.66.0F38.W0 A8 /r full', 'AVX512F'],
  ],
  /** `dst ← src2 · dst + src3`, packed f64. */
  vfmadd213pd: [
    ['rw:xy, r:xy, r:xy/mxy', 'RVM', 'VEX.66.0F38.W1 A8 /r', 'FMA'],
    ['rw:xyz{kz}, r:xyz, r:xyz{er}/mxyz/b64', 'RVM', 'EVEX.66.0F38.W1 A8 /r full', 'AVX512F'],
  ],
  /** `dst ← src2 · dst + src3`, packed f16. */
  vfmadd213ph: [['rw:xyz{kz}, r:xyz, r:xyz{er}/mxyz/b16', 'RVM', 'EVEX.66.MAP6.W0 A8 /r full', 'AVX512_FP16']],
  /** `dst ← src2 · dst + src3`, scalar f32. The upper elements of dst are kept. */
  vfmadd213ss: [
    ['rw:x, r:x, r:x/m32', 'RVM', 'VEX.LIG.66.0F38.W0 A9 /r', 'FMA'],
    ['rw:x{kz}, r:x, r:x{er}/m32', 'RVM', 'EVEX.LIG.66.0F38.W0 A9 /r t1s', 'AVX512F'],
  ],
  /** `dst ← src2 · dst + src3`, scalar f64. The upper elements of dst are kept. */
  vfmadd213sd: [
    ['rw:x, r:x, r:x/m64', 'RVM', 'VEX.LIG.66.0F38.W1 A9 /r', 'FMA'],
    ['rw:x{kz}, r:x, r:x{er}/m64', 'RVM', 'EVEX.LIG.66.0F38.W1 A9 /r t1s', 'AVX512F'],
  ],
  /** `dst ← src2 · dst + src3`, scalar f16. The upper elements of dst are kept. */
  vfmadd213sh: [['rw:x{kz}, r:x, r:x{er}/m16', 'RVM', 'EVEX.LIG.66.MAP6.W0 A9 /r t1s', 'AVX512_FP16']],
  /** `dst ← src2 · src3 + dst`, packed f32. */
  vfmadd231ps: [
    ['rw:xy, r:xy, r:xy/mxy', 'RVM', 'VEX.66.0F38.W0 B8 /r', 'FMA'],
    ['rw:xyz{kz}, r:xyz, r:xyz{er}/mxyz/b32', 'RVM', 'EVEX.66.0F38.W0 B8 /r full', 'AVX512F'],
  ],
  /** `dst ← src2 · src3 + dst`, packed f64. */
  vfmadd231pd: [
    ['rw:xy, r:xy, r:xy/mxy', 'RVM', 'VEX.66.0F38.W1 B8 /r', 'FMA'],
    ['rw:xyz{kz}, r:xyz, r:xyz{er}/mxyz/b64', 'RVM', 'EVEX.66.0F38.W1 B8 /r full', 'AVX512F'],
  ],
  /** `dst ← src2 · src3 + dst`, packed f16. */
  vfmadd231ph: [['rw:xyz{kz}, r:xyz, r:xyz{er}/mxyz/b16', 'RVM', 'EVEX.66.MAP6.W0 B8 /r full', 'AVX512_FP16']],
  /** `dst ← src2 · src3 + dst`, scalar f32. The upper elements of dst are kept. */
  vfmadd231ss: [
    ['rw:x, r:x, r:x/m32', 'RVM', 'VEX.LIG.66.0F38.W0 B9 /r', 'FMA'],
    ['rw:x{kz}, r:x, r:x{er}/m32', 'RVM', 'EVEX.LIG.66.0F38.W0 B9 /r t1s', 'AVX512F'],
  ],
  /** `dst ← src2 · src3 + dst`, scalar f64. The upper elements of dst are kept. */
  vfmadd231sd: [
    ['rw:x, r:x, r:x/m64', 'RVM', 'VEX.LIG.66.0F38.W1 B9 /r', 'FMA'],
    ['rw:x{kz}, r:x, r:x{er}/m64', 'RVM', 'EVEX.LIG.66.0F38.W1 B9 /r t1s', 'AVX512F'],
  ],
  /** `dst ← src2 · src3 + dst`, scalar f16. The upper elements of dst are kept. */
  vfmadd231sh: [['rw:x{kz}, r:x, r:x{er}/m16', 'RVM', 'EVEX.LIG.66.MAP6.W0 B9 /r t1s', 'AVX512_FP16']],
  /** `dst ← dst · src3 − src2`, packed f32. */
  vfmsub132ps: [
    ['rw:xy, r:xy, r:xy/mxy', 'RVM', 'VEX.66.0F38.W0 9A /r', 'FMA'],
    ['rw:xyz{kz}, r:xyz, r:xyz{er}/mxyz/b32', 'RVM', 'EVEX.66.0F38.W0 9A /r full', 'AVX512F'],
  ],
  /** `dst ← dst · src3 − src2`, packed f64. */
  vfmsub132pd: [
    ['rw:xy, r:xy, r:xy/mxy', 'RVM', 'VEX.66.0F38.W1 9A /r', 'FMA'],
    ['rw:xyz{kz}, r:xyz, r:xyz{er}/mxyz/b64', 'RVM', 'EVEX.66.0F38.W1 9A /r full', 'AVX512F'],
  ],
  /** `dst ← dst · src3 − src2`, packed f16. */
  vfmsub132ph: [['rw:xyz{kz}, r:xyz, r:xyz{er}/mxyz/b16', 'RVM', 'EVEX.66.MAP6.W0 9A /r full', 'AVX512_FP16']],
  /** `dst ← dst · src3 − src2`, scalar f32. The upper elements of dst are kept. */
  vfmsub132ss: [
    ['rw:x, r:x, r:x/m32', 'RVM', 'VEX.LIG.66.0F38.W0 9B /r', 'FMA'],
    ['rw:x{kz}, r:x, r:x{er}/m32', 'RVM', 'EVEX.LIG.66.0F38.W0 9B /r t1s', 'AVX512F'],
  ],
  /** `dst ← dst · src3 − src2`, scalar f64. The upper elements of dst are kept. */
  vfmsub132sd: [
    ['rw:x, r:x, r:x/m64', 'RVM', 'VEX.LIG.66.0F38.W1 9B /r', 'FMA'],
    ['rw:x{kz}, r:x, r:x{er}/m64', 'RVM', 'EVEX.LIG.66.0F38.W1 9B /r t1s', 'AVX512F'],
  ],
  /** `dst ← dst · src3 − src2`, scalar f16. The upper elements of dst are kept. */
  vfmsub132sh: [['rw:x{kz}, r:x, r:x{er}/m16', 'RVM', 'EVEX.LIG.66.MAP6.W0 9B /r t1s', 'AVX512_FP16']],
  /** `dst ← src2 · dst − src3`, packed f32. */
  vfmsub213ps: [
    ['rw:xy, r:xy, r:xy/mxy', 'RVM', 'VEX.66.0F38.W0 AA /r', 'FMA'],
    ['rw:xyz{kz}, r:xyz, r:xyz{er}/mxyz/b32', 'RVM', 'EVEX.66.0F38.W0 AA /r full', 'AVX512F'],
  ],
  /** `dst ← src2 · dst − src3`, packed f64. */
  vfmsub213pd: [
    ['rw:xy, r:xy, r:xy/mxy', 'RVM', 'VEX.66.0F38.W1 AA /r', 'FMA'],
    ['rw:xyz{kz}, r:xyz, r:xyz{er}/mxyz/b64', 'RVM', 'EVEX.66.0F38.W1 AA /r full', 'AVX512F'],
  ],
  /** `dst ← src2 · dst − src3`, packed f16. */
  vfmsub213ph: [['rw:xyz{kz}, r:xyz, r:xyz{er}/mxyz/b16', 'RVM', 'EVEX.66.MAP6.W0 AA /r full', 'AVX512_FP16']],
  /** `dst ← src2 · dst − src3`, scalar f32. The upper elements of dst are kept. */
  vfmsub213ss: [
    ['rw:x, r:x, r:x/m32', 'RVM', 'VEX.LIG.66.0F38.W0 AB /r', 'FMA'],
    ['rw:x{kz}, r:x, r:x{er}/m32', 'RVM', 'EVEX.LIG.66.0F38.W0 AB /r t1s', 'AVX512F'],
  ],
  /** `dst ← src2 · dst − src3`, scalar f64. The upper elements of dst are kept. */
  vfmsub213sd: [
    ['rw:x, r:x, r:x/m64', 'RVM', 'VEX.LIG.66.0F38.W1 AB /r', 'FMA'],
    ['rw:x{kz}, r:x, r:x{er}/m64', 'RVM', 'EVEX.LIG.66.0F38.W1 AB /r t1s', 'AVX512F'],
  ],
  /** `dst ← src2 · dst − src3`, scalar f16. The upper elements of dst are kept. */
  vfmsub213sh: [['rw:x{kz}, r:x, r:x{er}/m16', 'RVM', 'EVEX.LIG.66.MAP6.W0 AB /r t1s', 'AVX512_FP16']],
  /** `dst ← src2 · src3 − dst`, packed f32. */
  vfmsub231ps: [
    ['rw:xy, r:xy, r:xy/mxy', 'RVM', 'VEX.66.0F38.W0 BA /r', 'FMA'],
    ['rw:xyz{kz}, r:xyz, r:xyz{er}/mxyz/b32', 'RVM', 'EVEX.66.0F38.W0 BA /r full', 'AVX512F'],
  ],
  /** `dst ← src2 · src3 − dst`, packed f64. */
  vfmsub231pd: [
    ['rw:xy, r:xy, r:xy/mxy', 'RVM', 'VEX.66.0F38.W1 BA /r', 'FMA'],
    ['rw:xyz{kz}, r:xyz, r:xyz{er}/mxyz/b64', 'RVM', 'EVEX.66.0F38.W1 BA /r full', 'AVX512F'],
  ],
  /** `dst ← src2 · src3 − dst`, packed f16. */
  vfmsub231ph: [['rw:xyz{kz}, r:xyz, r:xyz{er}/mxyz/b16', 'RVM', 'EVEX.66.MAP6.W0 BA /r full', 'AVX512_FP16']],
  /** `dst ← src2 · src3 − dst`, scalar f32. The upper elements of dst are kept. */
  vfmsub231ss: [
    ['rw:x, r:x, r:x/m32', 'RVM', 'VEX.LIG.66.0F38.W0 BB /r', 'FMA'],
    ['rw:x{kz}, r:x, r:x{er}/m32', 'RVM', 'EVEX.LIG.66.0F38.W0 BB /r t1s', 'AVX512F'],
  ],
  /** `dst ← src2 · src3 − dst`, scalar f64. The upper elements of dst are kept. */
  vfmsub231sd: [
    ['rw:x, r:x, r:x/m64', 'RVM', 'VEX.LIG.66.0F38.W1 BB /r', 'FMA'],
    ['rw:x{kz}, r:x, r:x{er}/m64', 'RVM', 'EVEX.LIG.66.0F38.W1 BB /r t1s', 'AVX512F'],
  ],
  /** `dst ← src2 · src3 − dst`, scalar f16. The upper elements of dst are kept. */
  vfmsub231sh: [['rw:x{kz}, r:x, r:x{er}/m16', 'RVM', 'EVEX.LIG.66.MAP6.W0 BB /r t1s', 'AVX512_FP16']],
  /** `dst ← −(dst · src3) + src2`, packed f32. */
  vfnmadd132ps: [
    ['rw:xy, r:xy, r:xy/mxy', 'RVM', 'VEX.66.0F38.W0 9C /r', 'FMA'],
    ['rw:xyz{kz}, r:xyz, r:xyz{er}/mxyz/b32', 'RVM', 'EVEX.66.0F38.W0 9C /r full', 'AVX512F'],
  ],
  /** `dst ← −(dst · src3) + src2`, packed f64. */
  vfnmadd132pd: [
    ['rw:xy, r:xy, r:xy/mxy', 'RVM', 'VEX.66.0F38.W1 9C /r', 'FMA'],
    ['rw:xyz{kz}, r:xyz, r:xyz{er}/mxyz/b64', 'RVM', 'EVEX.66.0F38.W1 9C /r full', 'AVX512F'],
  ],
  /** `dst ← −(dst · src3) + src2`, packed f16. */
  vfnmadd132ph: [['rw:xyz{kz}, r:xyz, r:xyz{er}/mxyz/b16', 'RVM', 'EVEX.66.MAP6.W0 9C /r full', 'AVX512_FP16']],
  /** `dst ← −(dst · src3) + src2`, scalar f32. The upper elements of dst are kept. */
  vfnmadd132ss: [
    ['rw:x, r:x, r:x/m32', 'RVM', 'VEX.LIG.66.0F38.W0 9D /r', 'FMA'],
    ['rw:x{kz}, r:x, r:x{er}/m32', 'RVM', 'EVEX.LIG.66.0F38.W0 9D /r t1s', 'AVX512F'],
  ],
  /** `dst ← −(dst · src3) + src2`, scalar f64. The upper elements of dst are kept. */
  vfnmadd132sd: [
    ['rw:x, r:x, r:x/m64', 'RVM', 'VEX.LIG.66.0F38.W1 9D /r', 'FMA'],
    ['rw:x{kz}, r:x, r:x{er}/m64', 'RVM', 'EVEX.LIG.66.0F38.W1 9D /r t1s', 'AVX512F'],
  ],
  /** `dst ← −(dst · src3) + src2`, scalar f16. The upper elements of dst are kept. */
  vfnmadd132sh: [['rw:x{kz}, r:x, r:x{er}/m16', 'RVM', 'EVEX.LIG.66.MAP6.W0 9D /r t1s', 'AVX512_FP16']],
  /** `dst ← −(src2 · dst) + src3`, packed f32. */
  vfnmadd213ps: [
    ['rw:xy, r:xy, r:xy/mxy', 'RVM', 'VEX.66.0F38.W0 AC /r', 'FMA'],
    ['rw:xyz{kz}, r:xyz, r:xyz{er}/mxyz/b32', 'RVM', 'EVEX.66.0F38.W0 AC /r full', 'AVX512F'],
  ],
  /** `dst ← −(src2 · dst) + src3`, packed f64. */
  vfnmadd213pd: [
    ['rw:xy, r:xy, r:xy/mxy', 'RVM', 'VEX.66.0F38.W1 AC /r', 'FMA'],
    ['rw:xyz{kz}, r:xyz, r:xyz{er}/mxyz/b64', 'RVM', 'EVEX.66.0F38.W1 AC /r full', 'AVX512F'],
  ],
  /** `dst ← −(src2 · dst) + src3`, packed f16. */
  vfnmadd213ph: [['rw:xyz{kz}, r:xyz, r:xyz{er}/mxyz/b16', 'RVM', 'EVEX.66.MAP6.W0 AC /r full', 'AVX512_FP16']],
  /** `dst ← −(src2 · dst) + src3`, scalar f32. The upper elements of dst are kept. */
  vfnmadd213ss: [
    ['rw:x, r:x, r:x/m32', 'RVM', 'VEX.LIG.66.0F38.W0 AD /r', 'FMA'],
    ['rw:x{kz}, r:x, r:x{er}/m32', 'RVM', 'EVEX.LIG.66.0F38.W0 AD /r t1s', 'AVX512F'],
  ],
  /** `dst ← −(src2 · dst) + src3`, scalar f64. The upper elements of dst are kept. */
  vfnmadd213sd: [
    ['rw:x, r:x, r:x/m64', 'RVM', 'VEX.LIG.66.0F38.W1 AD /r', 'FMA'],
    ['rw:x{kz}, r:x, r:x{er}/m64', 'RVM', 'EVEX.LIG.66.0F38.W1 AD /r t1s', 'AVX512F'],
  ],
  /** `dst ← −(src2 · dst) + src3`, scalar f16. The upper elements of dst are kept. */
  vfnmadd213sh: [['rw:x{kz}, r:x, r:x{er}/m16', 'RVM', 'EVEX.LIG.66.MAP6.W0 AD /r t1s', 'AVX512_FP16']],
  /** `dst ← −(src2 · src3) + dst`, packed f32. */
  vfnmadd231ps: [
    ['rw:xy, r:xy, r:xy/mxy', 'RVM', 'VEX.66.0F38.W0 BC /r', 'FMA'],
    ['rw:xyz{kz}, r:xyz, r:xyz{er}/mxyz/b32', 'RVM', 'EVEX.66.0F38.W0 BC /r full', 'AVX512F'],
  ],
  /** `dst ← −(src2 · src3) + dst`, packed f64. */
  vfnmadd231pd: [
    ['rw:xy, r:xy, r:xy/mxy', 'RVM', 'VEX.66.0F38.W1 BC /r', 'FMA'],
    ['rw:xyz{kz}, r:xyz, r:xyz{er}/mxyz/b64', 'RVM', 'EVEX.66.0F38.W1 BC /r full', 'AVX512F'],
  ],
  /** `dst ← −(src2 · src3) + dst`, packed f16. */
  vfnmadd231ph: [['rw:xyz{kz}, r:xyz, r:xyz{er}/mxyz/b16', 'RVM', 'EVEX.66.MAP6.W0 BC /r full', 'AVX512_FP16']],
  /** `dst ← −(src2 · src3) + dst`, scalar f32. The upper elements of dst are kept. */
  vfnmadd231ss: [
    ['rw:x, r:x, r:x/m32', 'RVM', 'VEX.LIG.66.0F38.W0 BD /r', 'FMA'],
    ['rw:x{kz}, r:x, r:x{er}/m32', 'RVM', 'EVEX.LIG.66.0F38.W0 BD /r t1s', 'AVX512F'],
  ],
  /** `dst ← −(src2 · src3) + dst`, scalar f64. The upper elements of dst are kept. */
  vfnmadd231sd: [
    ['rw:x, r:x, r:x/m64', 'RVM', 'VEX.LIG.66.0F38.W1 BD /r', 'FMA'],
    ['rw:x{kz}, r:x, r:x{er}/m64', 'RVM', 'EVEX.LIG.66.0F38.W1 BD /r t1s', 'AVX512F'],
  ],
  /** `dst ← −(src2 · src3) + dst`, scalar f16. The upper elements of dst are kept. */
  vfnmadd231sh: [['rw:x{kz}, r:x, r:x{er}/m16', 'RVM', 'EVEX.LIG.66.MAP6.W0 BD /r t1s', 'AVX512_FP16']],
  /** `dst ← −(dst · src3) − src2`, packed f32. */
  vfnmsub132ps: [
    ['rw:xy, r:xy, r:xy/mxy', 'RVM', 'VEX.66.0F38.W0 9E /r', 'FMA'],
    ['rw:xyz{kz}, r:xyz, r:xyz{er}/mxyz/b32', 'RVM', 'EVEX.66.0F38.W0 9E /r full', 'AVX512F'],
  ],
  /** `dst ← −(dst · src3) − src2`, packed f64. */
  vfnmsub132pd: [
    ['rw:xy, r:xy, r:xy/mxy', 'RVM', 'VEX.66.0F38.W1 9E /r', 'FMA'],
    ['rw:xyz{kz}, r:xyz, r:xyz{er}/mxyz/b64', 'RVM', 'EVEX.66.0F38.W1 9E /r full', 'AVX512F'],
  ],
  /** `dst ← −(dst · src3) − src2`, packed f16. */
  vfnmsub132ph: [['rw:xyz{kz}, r:xyz, r:xyz{er}/mxyz/b16', 'RVM', 'EVEX.66.MAP6.W0 9E /r full', 'AVX512_FP16']],
  /** `dst ← −(dst · src3) − src2`, scalar f32. The upper elements of dst are kept. */
  vfnmsub132ss: [
    ['rw:x, r:x, r:x/m32', 'RVM', 'VEX.LIG.66.0F38.W0 9F /r', 'FMA'],
    ['rw:x{kz}, r:x, r:x{er}/m32', 'RVM', 'EVEX.LIG.66.0F38.W0 9F /r t1s', 'AVX512F'],
  ],
  /** `dst ← −(dst · src3) − src2`, scalar f64. The upper elements of dst are kept. */
  vfnmsub132sd: [
    ['rw:x, r:x, r:x/m64', 'RVM', 'VEX.LIG.66.0F38.W1 9F /r', 'FMA'],
    ['rw:x{kz}, r:x, r:x{er}/m64', 'RVM', 'EVEX.LIG.66.0F38.W1 9F /r t1s', 'AVX512F'],
  ],
  /** `dst ← −(dst · src3) − src2`, scalar f16. The upper elements of dst are kept. */
  vfnmsub132sh: [['rw:x{kz}, r:x, r:x{er}/m16', 'RVM', 'EVEX.LIG.66.MAP6.W0 9F /r t1s', 'AVX512_FP16']],
  /** `dst ← −(src2 · dst) − src3`, packed f32. */
  vfnmsub213ps: [
    ['rw:xy, r:xy, r:xy/mxy', 'RVM', 'VEX.66.0F38.W0 AE /r', 'FMA'],
    ['rw:xyz{kz}, r:xyz, r:xyz{er}/mxyz/b32', 'RVM', 'EVEX.66.0F38.W0 AE /r full', 'AVX512F'],
  ],
  /** `dst ← −(src2 · dst) − src3`, packed f64. */
  vfnmsub213pd: [
    ['rw:xy, r:xy, r:xy/mxy', 'RVM', 'VEX.66.0F38.W1 AE /r', 'FMA'],
    ['rw:xyz{kz}, r:xyz, r:xyz{er}/mxyz/b64', 'RVM', 'EVEX.66.0F38.W1 AE /r full', 'AVX512F'],
  ],
  /** `dst ← −(src2 · dst) − src3`, packed f16. */
  vfnmsub213ph: [['rw:xyz{kz}, r:xyz, r:xyz{er}/mxyz/b16', 'RVM', 'EVEX.66.MAP6.W0 AE /r full', 'AVX512_FP16']],
  /** `dst ← −(src2 · dst) − src3`, scalar f32. The upper elements of dst are kept. */
  vfnmsub213ss: [
    ['rw:x, r:x, r:x/m32', 'RVM', 'VEX.LIG.66.0F38.W0 AF /r', 'FMA'],
    ['rw:x{kz}, r:x, r:x{er}/m32', 'RVM', 'EVEX.LIG.66.0F38.W0 AF /r t1s', 'AVX512F'],
  ],
  /** `dst ← −(src2 · dst) − src3`, scalar f64. The upper elements of dst are kept. */
  vfnmsub213sd: [
    ['rw:x, r:x, r:x/m64', 'RVM', 'VEX.LIG.66.0F38.W1 AF /r', 'FMA'],
    ['rw:x{kz}, r:x, r:x{er}/m64', 'RVM', 'EVEX.LIG.66.0F38.W1 AF /r t1s', 'AVX512F'],
  ],
  /** `dst ← −(src2 · dst) − src3`, scalar f16. The upper elements of dst are kept. */
  vfnmsub213sh: [['rw:x{kz}, r:x, r:x{er}/m16', 'RVM', 'EVEX.LIG.66.MAP6.W0 AF /r t1s', 'AVX512_FP16']],
  /** `dst ← −(src2 · src3) − dst`, packed f32. */
  vfnmsub231ps: [
    ['rw:xy, r:xy, r:xy/mxy', 'RVM', 'VEX.66.0F38.W0 BE /r', 'FMA'],
    ['rw:xyz{kz}, r:xyz, r:xyz{er}/mxyz/b32', 'RVM', 'EVEX.66.0F38.W0 BE /r full', 'AVX512F'],
  ],
  /** `dst ← −(src2 · src3) − dst`, packed f64. */
  vfnmsub231pd: [
    ['rw:xy, r:xy, r:xy/mxy', 'RVM', 'VEX.66.0F38.W1 BE /r', 'FMA'],
    ['rw:xyz{kz}, r:xyz, r:xyz{er}/mxyz/b64', 'RVM', 'EVEX.66.0F38.W1 BE /r full', 'AVX512F'],
  ],
  /** `dst ← −(src2 · src3) − dst`, packed f16. */
  vfnmsub231ph: [['rw:xyz{kz}, r:xyz, r:xyz{er}/mxyz/b16', 'RVM', 'EVEX.66.MAP6.W0 BE /r full', 'AVX512_FP16']],
  /** `dst ← −(src2 · src3) − dst`, scalar f32. The upper elements of dst are kept. */
  vfnmsub231ss: [
    ['rw:x, r:x, r:x/m32', 'RVM', 'VEX.LIG.66.0F38.W0 BF /r', 'FMA'],
    ['rw:x{kz}, r:x, r:x{er}/m32', 'RVM', 'EVEX.LIG.66.0F38.W0 BF /r t1s', 'AVX512F'],
  ],
  /** `dst ← −(src2 · src3) − dst`, scalar f64. The upper elements of dst are kept. */
  vfnmsub231sd: [
    ['rw:x, r:x, r:x/m64', 'RVM', 'VEX.LIG.66.0F38.W1 BF /r', 'FMA'],
    ['rw:x{kz}, r:x, r:x{er}/m64', 'RVM', 'EVEX.LIG.66.0F38.W1 BF /r t1s', 'AVX512F'],
  ],
  /** `dst ← −(src2 · src3) − dst`, scalar f16. The upper elements of dst are kept. */
  vfnmsub231sh: [['rw:x{kz}, r:x, r:x{er}/m16', 'RVM', 'EVEX.LIG.66.MAP6.W0 BF /r t1s', 'AVX512_FP16']],
  /** `dst ← dst · src3 ∓ src2`, packed f32. Even elements subtract, odd ones add. */
  vfmaddsub132ps: [
    ['rw:xy, r:xy, r:xy/mxy', 'RVM', 'VEX.66.0F38.W0 96 /r', 'FMA'],
    ['rw:xyz{kz}, r:xyz, r:xyz{er}/mxyz/b32', 'RVM', 'EVEX.66.0F38.W0 96 /r full', 'AVX512F'],
  ],
  /** `dst ← dst · src3 ∓ src2`, packed f64. Even elements subtract, odd ones add. */
  vfmaddsub132pd: [
    ['rw:xy, r:xy, r:xy/mxy', 'RVM', 'VEX.66.0F38.W1 96 /r', 'FMA'],
    ['rw:xyz{kz}, r:xyz, r:xyz{er}/mxyz/b64', 'RVM', 'EVEX.66.0F38.W1 96 /r full', 'AVX512F'],
  ],
  /** `dst ← dst · src3 ∓ src2`, packed f16. Even elements subtract, odd ones add. */
  vfmaddsub132ph: [['rw:xyz{kz}, r:xyz, r:xyz{er}/mxyz/b16', 'RVM', 'EVEX.66.MAP6.W0 96 /r full', 'AVX512_FP16']],
  /** `dst ← src2 · dst ∓ src3`, packed f32. Even elements subtract, odd ones add. */
  vfmaddsub213ps: [
    ['rw:xy, r:xy, r:xy/mxy', 'RVM', 'VEX.66.0F38.W0 A6 /r', 'FMA'],
    ['rw:xyz{kz}, r:xyz, r:xyz{er}/mxyz/b32', 'RVM', 'EVEX.66.0F38.W0 A6 /r full', 'AVX512F'],
  ],
  /** `dst ← src2 · dst ∓ src3`, packed f64. Even elements subtract, odd ones add. */
  vfmaddsub213pd: [
    ['rw:xy, r:xy, r:xy/mxy', 'RVM', 'VEX.66.0F38.W1 A6 /r', 'FMA'],
    ['rw:xyz{kz}, r:xyz, r:xyz{er}/mxyz/b64', 'RVM', 'EVEX.66.0F38.W1 A6 /r full', 'AVX512F'],
  ],
  /** `dst ← src2 · dst ∓ src3`, packed f16. Even elements subtract, odd ones add. */
  vfmaddsub213ph: [['rw:xyz{kz}, r:xyz, r:xyz{er}/mxyz/b16', 'RVM', 'EVEX.66.MAP6.W0 A6 /r full', 'AVX512_FP16']],
  /** `dst ← src2 · src3 ∓ dst`, packed f32. Even elements subtract, odd ones add. */
  vfmaddsub231ps: [
    ['rw:xy, r:xy, r:xy/mxy', 'RVM', 'VEX.66.0F38.W0 B6 /r', 'FMA'],
    ['rw:xyz{kz}, r:xyz, r:xyz{er}/mxyz/b32', 'RVM', 'EVEX.66.0F38.W0 B6 /r full', 'AVX512F'],
  ],
  /** `dst ← src2 · src3 ∓ dst`, packed f64. Even elements subtract, odd ones add. */
  vfmaddsub231pd: [
    ['rw:xy, r:xy, r:xy/mxy', 'RVM', 'VEX.66.0F38.W1 B6 /r', 'FMA'],
    ['rw:xyz{kz}, r:xyz, r:xyz{er}/mxyz/b64', 'RVM', 'EVEX.66.0F38.W1 B6 /r full', 'AVX512F'],
  ],
  /** `dst ← src2 · src3 ∓ dst`, packed f16. Even elements subtract, odd ones add. */
  vfmaddsub231ph: [['rw:xyz{kz}, r:xyz, r:xyz{er}/mxyz/b16', 'RVM', 'EVEX.66.MAP6.W0 B6 /r full', 'AVX512_FP16']],
  /** `dst ← dst · src3 ± src2`, packed f32. Even elements add, odd ones subtract. */
  vfmsubadd132ps: [
    ['rw:xy, r:xy, r:xy/mxy', 'RVM', 'VEX.66.0F38.W0 97 /r', 'FMA'],
    ['rw:xyz{kz}, r:xyz, r:xyz{er}/mxyz/b32', 'RVM', 'EVEX.66.0F38.W0 97 /r full', 'AVX512F'],
  ],
  /** `dst ← dst · src3 ± src2`, packed f64. Even elements add, odd ones subtract. */
  vfmsubadd132pd: [
    ['rw:xy, r:xy, r:xy/mxy', 'RVM', 'VEX.66.0F38.W1 97 /r', 'FMA'],
    ['rw:xyz{kz}, r:xyz, r:xyz{er}/mxyz/b64', 'RVM', 'EVEX.66.0F38.W1 97 /r full', 'AVX512F'],
  ],
  /** `dst ← dst · src3 ± src2`, packed f16. Even elements add, odd ones subtract. */
  vfmsubadd132ph: [['rw:xyz{kz}, r:xyz, r:xyz{er}/mxyz/b16', 'RVM', 'EVEX.66.MAP6.W0 97 /r full', 'AVX512_FP16']],
  /** `dst ← src2 · dst ± src3`, packed f32. Even elements add, odd ones subtract. */
  vfmsubadd213ps: [
    ['rw:xy, r:xy, r:xy/mxy', 'RVM', 'VEX.66.0F38.W0 A7 /r', 'FMA'],
    ['rw:xyz{kz}, r:xyz, r:xyz{er}/mxyz/b32', 'RVM', 'EVEX.66.0F38.W0 A7 /r full', 'AVX512F'],
  ],
  /** `dst ← src2 · dst ± src3`, packed f64. Even elements add, odd ones subtract. */
  vfmsubadd213pd: [
    ['rw:xy, r:xy, r:xy/mxy', 'RVM', 'VEX.66.0F38.W1 A7 /r', 'FMA'],
    ['rw:xyz{kz}, r:xyz, r:xyz{er}/mxyz/b64', 'RVM', 'EVEX.66.0F38.W1 A7 /r full', 'AVX512F'],
  ],
  /** `dst ← src2 · dst ± src3`, packed f16. Even elements add, odd ones subtract. */
  vfmsubadd213ph: [['rw:xyz{kz}, r:xyz, r:xyz{er}/mxyz/b16', 'RVM', 'EVEX.66.MAP6.W0 A7 /r full', 'AVX512_FP16']],
  /** `dst ← src2 · src3 ± dst`, packed f32. Even elements add, odd ones subtract. */
  vfmsubadd231ps: [
    ['rw:xy, r:xy, r:xy/mxy', 'RVM', 'VEX.66.0F38.W0 B7 /r', 'FMA'],
    ['rw:xyz{kz}, r:xyz, r:xyz{er}/mxyz/b32', 'RVM', 'EVEX.66.0F38.W0 B7 /r full', 'AVX512F'],
  ],
  /** `dst ← src2 · src3 ± dst`, packed f64. Even elements add, odd ones subtract. */
  vfmsubadd231pd: [
    ['rw:xy, r:xy, r:xy/mxy', 'RVM', 'VEX.66.0F38.W1 B7 /r', 'FMA'],
    ['rw:xyz{kz}, r:xyz, r:xyz{er}/mxyz/b64', 'RVM', 'EVEX.66.0F38.W1 B7 /r full', 'AVX512F'],
  ],
  /** `dst ← src2 · src3 ± dst`, packed f16. Even elements add, odd ones subtract. */
  vfmsubadd231ph: [['rw:xyz{kz}, r:xyz, r:xyz{er}/mxyz/b16', 'RVM', 'EVEX.66.MAP6.W0 B7 /r full', 'AVX512_FP16']],
} as const
