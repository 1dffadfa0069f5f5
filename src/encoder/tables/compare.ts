/** Rows of the comparisons and tests of vectors, into vectors, opmasks and flags. */

export const compare = {
  /** `dst ← a ⋈ b ? ones : zeros`, the predicate in imm8, packed f32. */
  cmpps: [['rw:x, r:x/mx, imm8', 'RMI', 'NP 0F C2 /r', 'SSE', 'predicate:float']],
  /** `dst ← a ⋈ b ? ones : zeros`, the predicate in imm8, packed f32; one bit an element into an opmask. */
  vcmpps: [
    ['w:xy, r:xy, r:xy/mxy, imm8', 'RVMI', 'VEX.NP.0F.WIG C2 /r', 'AVX', 'predicate:float commutative'],
    ['w:k{k}, r:xyz, r:xyz{sae}/mxyz/b32, imm8', 'RVMI', 'EVEX.NP.0F.W0 C2 /r full', 'AVX512F', 'predicate:float'],
  ],
  /** `dst ← a ⋈ b ? ones : zeros`, the predicate in imm8, packed f64. */
  cmppd: [['rw:x, r:x/mx, imm8', 'RMI', '66 0F C2 /r', 'SSE2', 'predicate:float']],
  /** `dst ← a ⋈ b ? ones : zeros`, the predicate in imm8, packed f64; one bit an element into an opmask. */
  vcmppd: [
    ['w:xy, r:xy, r:xy/mxy, imm8', 'RVMI', 'VEX.66.0F.WIG C2 /r', 'AVX', 'predicate:float commutative'],
    ['w:k{k}, r:xyz, r:xyz{sae}/mxyz/b64, imm8', 'RVMI', 'EVEX.66.0F.W1 C2 /r full', 'AVX512F', 'predicate:float'],
  ],
  /** `dst ← a ⋈ b ? ones : zeros`, the predicate in imm8, scalar f32. */
  cmpss: [['rw:x, r:x/m32, imm8', 'RMI', 'F3 0F C2 /r', 'SSE', 'predicate:float']],
  /** `dst ← a ⋈ b ? ones : zeros`, the predicate in imm8, scalar f32; one bit into an opmask. */
  vcmpss: [
    ['w:x, r:x, r:x/m32, imm8', 'RVMI', 'VEX.LIG.F3.0F.WIG C2 /r', 'AVX', 'predicate:float'],
    ['w:k{k}, r:x, r:x{sae}/m32, imm8', 'RVMI', 'EVEX.LIG.F3.0F.W0 C2 /r t1s', 'AVX512F', 'predicate:float'],
  ],
  /** `dst ← a ⋈ b ? ones : zeros`, the predicate in imm8, scalar f64. */
  cmpsd: [
    ['rw:x, r:x/m64, imm8', 'RMI', 'F2 0F C2 /r', 'SSE2', 'predicate:float'],
    ['r:si32, r:di32, rw:<rdi>, rw:<rsi>', '--', 'A7', '', 'r:D w:OSZAPC repne'],
    ['rw:<rdi>, rw:<rsi>', '', 'A7', '', 'r:D w:OSZAPC repne'],
  ],
  /** `dst ← a ⋈ b ? ones : zeros`, the predicate in imm8, scalar f64; one bit into an opmask. */
  vcmpsd: [
    ['w:x, r:x, r:x/m64, imm8', 'RVMI', 'VEX.LIG.F2.0F.WIG C2 /r', 'AVX', 'predicate:float'],
    ['w:k{k}, r:x, r:x{sae}/m64, imm8', 'RVMI', 'EVEX.LIG.F2.0F.W1 C2 /r t1s', 'AVX512F', 'predicate:float'],
  ],
  /** `dst ← a ⋈ b`, the predicate in imm8, packed f16, one bit an element. */
  vcmpph: [['w:k{k}, r:xyz, r:xyz{sae}/mxyz/b16, imm8', 'RVMI', 'EVEX.NP.0F3A.W0 C2 /r full', 'AVX512_FP16', 'predicate:float']],
  /** `dst ← a ⋈ b`, the predicate in imm8, scalar f16, one bit. */
  vcmpsh: [['w:k{k}, r:x, r:x{sae}/m16, imm8', 'RVMI', 'EVEX.LIG.F3.0F3A.W0 C2 /r t1s', 'AVX512_FP16', 'predicate:float']],
  /** Sets ZF, PF, CF by comparing a and b, scalar f32; signals on any NaN. */
  comiss: [['r:x, r:x/m32', 'RM', 'NP 0F 2F /r', 'SSE', 'w:OSZAPC']],
  /** Sets ZF, PF, CF by comparing a and b, scalar f32; signals on any NaN. */
  vcomiss: [
    ['r:x, r:x/m32', 'RM', 'VEX.LIG.NP.0F.WIG 2F /r', 'AVX', 'w:OSZAPC'],
    ['r:x, r:x{sae}/m32', 'RM', 'EVEX.LIG.NP.0F.W0 2F /r t1s', 'AVX512F', 'w:OSZAPC'],
  ],
  /** Sets ZF, PF, CF by comparing a and b, scalar f64; signals on any NaN. */
  comisd: [['r:x, r:x/m64', 'RM', '66 0F 2F /r', 'SSE2', 'w:OSZAPC']],
  /** Sets ZF, PF, CF by comparing a and b, scalar f64; signals on any NaN. */
  vcomisd: [
    ['r:x, r:x/m64', 'RM', 'VEX.LIG.66.0F.WIG 2F /r', 'AVX', 'w:OSZAPC'],
    ['r:x, r:x{sae}/m64', 'RM', 'EVEX.LIG.66.0F.W1 2F /r t1s', 'AVX512F', 'w:OSZAPC'],
  ],
  /** Sets ZF, PF, CF by comparing a and b, scalar f16; signals on any NaN. */
  vcomish: [['r:x, r:x{sae}/m16', 'RM', 'EVEX.LIG.NP.MAP5.W0 2F /r t1s', 'AVX512_FP16', 'w:OSZAPC']],
  /** Sets ZF, PF, CF by comparing a and b, scalar f32; signals on a signalling NaN only. */
  ucomiss: [['r:x, r:x/m32', 'RM', 'NP 0F 2E /r', 'SSE', 'w:OSZAPC']],
  /** Sets ZF, PF, CF by comparing a and b, scalar f32; signals on a signalling NaN only. */
  vucomiss: [
    ['r:x, r:x/m32', 'RM', 'VEX.LIG.NP.0F.WIG 2E /r', 'AVX', 'w:OSZAPC'],
    ['r:x, r:x{sae}/m32', 'RM', 'EVEX.LIG.NP.0F.W0 2E /r t1s', 'AVX512F', 'w:OSZAPC'],
  ],
  /** Sets ZF, PF, CF by comparing a and b, scalar f64; signals on a signalling NaN only. */
  ucomisd: [['r:x, r:x/m64', 'RM', '66 0F 2E /r', 'SSE2', 'w:OSZAPC']],
  /** Sets ZF, PF, CF by comparing a and b, scalar f64; signals on a signalling NaN only. */
  vucomisd: [
    ['r:x, r:x/m64', 'RM', 'VEX.LIG.66.0F.WIG 2E /r', 'AVX', 'w:OSZAPC'],
    ['r:x, r:x{sae}/m64', 'RM', 'EVEX.LIG.66.0F.W1 2E /r t1s', 'AVX512F', 'w:OSZAPC'],
  ],
  /** Sets ZF, PF, CF by comparing a and b, scalar f16; signals on a signalling NaN only. */
  vucomish: [['r:x, r:x{sae}/m16', 'RM', 'EVEX.LIG.NP.MAP5.W0 2E /r t1s', 'AVX512_FP16', 'w:OSZAPC']],
  /** `dst ← a = b ? ones : zeros`, packed i8. */
  pcmpeqb: [
    ['rw:x, r:x/mx', 'RM', '66 0F 74 /r', 'SSE2', 'zero-idiom'],
    ['rw:mm, r:mm/m64', 'RM', 'NP 0F 74 /r', 'MMX'],
  ],
  /** `dst ← a = b ? ones : zeros`, packed i8; one bit an element into an opmask. */
  vpcmpeqb: [
    ['w:x, r:x, r:x/mx', 'RVM', 'VEX.128.66.0F.WIG 74 /r', 'AVX', 'zero-idiom commutative'],
    ['w:y, r:y, r:y/my', 'RVM', 'VEX.256.66.0F.WIG 74 /r', 'AVX2', 'zero-idiom commutative'],
    ['w:k{k}, r:xyz, r:xyz/mxyz', 'RVM', 'EVEX.66.0F.WIG 74 /r fullmem', 'AVX512BW', 'zero-idiom'],
  ],
  /** `dst ← a = b ? ones : zeros`, packed i16. */
  pcmpeqw: [
    ['rw:x, r:x/mx', 'RM', '66 0F 75 /r', 'SSE2', 'zero-idiom'],
    ['rw:mm, r:mm/m64', 'RM', 'NP 0F 75 /r', 'MMX'],
  ],
  /** `dst ← a = b ? ones : zeros`, packed i16; one bit an element into an opmask. */
  vpcmpeqw: [
    ['w:x, r:x, r:x/mx', 'RVM', 'VEX.128.66.0F.WIG 75 /r', 'AVX', 'zero-idiom commutative'],
    ['w:y, r:y, r:y/my', 'RVM', 'VEX.256.66.0F.WIG 75 /r', 'AVX2', 'zero-idiom commutative'],
    ['w:k{k}, r:xyz, r:xyz/mxyz', 'RVM', 'EVEX.66.0F.WIG 75 /r fullmem', 'AVX512BW', 'zero-idiom'],
  ],
  /** `dst ← a = b ? ones : zeros`, packed i32. */
  pcmpeqd: [
    ['rw:x, r:x/mx', 'RM', '66 0F 76 /r', 'SSE2', 'zero-idiom'],
    ['rw:mm, r:mm/m64', 'RM', 'NP 0F 76 /r', 'MMX'],
  ],
  /** `dst ← a = b ? ones : zeros`, packed i32; one bit an element into an opmask. */
  vpcmpeqd: [
    ['w:x, r:x, r:x/mx', 'RVM', 'VEX.128.66.0F.WIG 76 /r', 'AVX', 'zero-idiom commutative'],
    ['w:y, r:y, r:y/my', 'RVM', 'VEX.256.66.0F.WIG 76 /r', 'AVX2', 'zero-idiom commutative'],
    ['w:k{k}, r:xyz, r:xyz/mxyz/b32', 'RVM', 'EVEX.66.0F.W0 76 /r full', 'AVX512F', 'zero-idiom'],
  ],
  /** `dst ← a = b ? ones : zeros`, packed i64. */
  pcmpeqq: [['rw:x, r:x/mx', 'RM', '66 0F 38 29 /r', 'SSE4_1', 'zero-idiom']],
  /** `dst ← a = b ? ones : zeros`, packed i64; one bit an element into an opmask. */
  vpcmpeqq: [
    ['w:x, r:x, r:x/mx', 'RVM', 'VEX.128.66.0F38.WIG 29 /r', 'AVX', 'zero-idiom'],
    ['w:y, r:y, r:y/my', 'RVM', 'VEX.256.66.0F38.WIG 29 /r', 'AVX2', 'zero-idiom'],
    ['w:k{k}, r:xyz, r:xyz/mxyz/b64', 'RVM', 'EVEX.66.0F38.W1 29 /r full', 'AVX512F', 'zero-idiom'],
  ],
  /** `dst ← a > b ? ones : zeros`, packed i8. */
  pcmpgtb: [
    ['rw:x, r:x/mx', 'RM', '66 0F 64 /r', 'SSE2', 'zero-idiom'],
    ['rw:mm, r:mm/m64', 'RM', 'NP 0F 64 /r', 'MMX'],
  ],
  /** `dst ← a > b ? ones : zeros`, packed i8; one bit an element into an opmask. */
  vpcmpgtb: [
    ['w:x, r:x, r:x/mx', 'RVM', 'VEX.128.66.0F.WIG 64 /r', 'AVX', 'zero-idiom'],
    ['w:y, r:y, r:y/my', 'RVM', 'VEX.256.66.0F.WIG 64 /r', 'AVX2', 'zero-idiom'],
    ['w:k{k}, r:xyz, r:xyz/mxyz', 'RVM', 'EVEX.66.0F.WIG 64 /r fullmem', 'AVX512BW', 'zero-idiom'],
  ],
  /** `dst ← a > b ? ones : zeros`, packed i16. */
  pcmpgtw: [
    ['rw:x, r:x/mx', 'RM', '66 0F 65 /r', 'SSE2', 'zero-idiom'],
    ['rw:mm, r:mm/m64', 'RM', 'NP 0F 65 /r', 'MMX'],
  ],
  /** `dst ← a > b ? ones : zeros`, packed i16; one bit an element into an opmask. */
  vpcmpgtw: [
    ['w:x, r:x, r:x/mx', 'RVM', 'VEX.128.66.0F.WIG 65 /r', 'AVX', 'zero-idiom'],
    ['w:y, r:y, r:y/my', 'RVM', 'VEX.256.66.0F.WIG 65 /r', 'AVX2', 'zero-idiom'],
    ['w:k{k}, r:xyz, r:xyz/mxyz', 'RVM', 'EVEX.66.0F.WIG 65 /r fullmem', 'AVX512BW', 'zero-idiom'],
  ],
  /** `dst ← a > b ? ones : zeros`, packed i32. */
  pcmpgtd: [
    ['rw:x, r:x/mx', 'RM', '66 0F 66 /r', 'SSE2', 'zero-idiom'],
    ['rw:mm, r:mm/m64', 'RM', 'NP 0F 66 /r', 'MMX'],
  ],
  /** `dst ← a > b ? ones : zeros`, packed i32; one bit an element into an opmask. */
  vpcmpgtd: [
    ['w:x, r:x, r:x/mx', 'RVM', 'VEX.128.66.0F.WIG 66 /r', 'AVX', 'zero-idiom'],
    ['w:y, r:y, r:y/my', 'RVM', 'VEX.256.66.0F.WIG 66 /r', 'AVX2', 'zero-idiom'],
    ['w:k{k}, r:xyz, r:xyz/mxyz/b32', 'RVM', 'EVEX.66.0F.W0 66 /r full', 'AVX512F', 'zero-idiom'],
  ],
  /** `dst ← a > b ? ones : zeros`, packed i64. */
  pcmpgtq: [['rw:x, r:x/mx', 'RM', '66 0F 38 37 /r', 'SSE4_2', 'zero-idiom']],
  /** `dst ← a > b ? ones : zeros`, packed i64; one bit an element into an opmask. */
  vpcmpgtq: [
    ['w:x, r:x, r:x/mx', 'RVM', 'VEX.128.66.0F38.WIG 37 /r', 'AVX', 'zero-idiom'],
    ['w:y, r:y, r:y/my', 'RVM', 'VEX.256.66.0F38.WIG 37 /r', 'AVX2', 'zero-idiom'],
    ['w:k{k}, r:xyz, r:xyz/mxyz/b64', 'RVM', 'EVEX.66.0F38.W1 37 /r full', 'AVX512F', 'zero-idiom'],
  ],
  /** `dst ← a ⋈ b`, the predicate in imm8, packed i8, one bit an element. */
  vpcmpb: [['w:k{k}, r:xyz, r:xyz/mxyz, imm8', 'RVMI', 'EVEX.66.0F3A.W0 3F /r fullmem', 'AVX512BW', 'predicate:integer']],
  /** `dst ← a ⋈ b`, the predicate in imm8, packed u8, one bit an element. */
  vpcmpub: [['w:k{k}, r:xyz, r:xyz/mxyz, imm8', 'RVMI', 'EVEX.66.0F3A.W0 3E /r fullmem', 'AVX512BW', 'predicate:integer']],
  /** `dst ← a ⋈ b`, the predicate in imm8, packed i16, one bit an element. */
  vpcmpw: [['w:k{k}, r:xyz, r:xyz/mxyz, imm8', 'RVMI', 'EVEX.66.0F3A.W1 3F /r fullmem', 'AVX512BW', 'predicate:integer']],
  /** `dst ← a ⋈ b`, the predicate in imm8, packed u16, one bit an element. */
  vpcmpuw: [['w:k{k}, r:xyz, r:xyz/mxyz, imm8', 'RVMI', 'EVEX.66.0F3A.W1 3E /r fullmem', 'AVX512BW', 'predicate:integer']],
  /** `dst ← a ⋈ b`, the predicate in imm8, packed i32, one bit an element. */
  vpcmpd: [['w:k{k}, r:xyz, r:xyz/mxyz/b32, imm8', 'RVMI', 'EVEX.66.0F3A.W0 1F /r full', 'AVX512F', 'predicate:integer']],
  /** `dst ← a ⋈ b`, the predicate in imm8, packed u32, one bit an element. */
  vpcmpud: [['w:k{k}, r:xyz, r:xyz/mxyz/b32, imm8', 'RVMI', 'EVEX.66.0F3A.W0 1E /r full', 'AVX512F', 'predicate:integer']],
  /** `dst ← a ⋈ b`, the predicate in imm8, packed i64, one bit an element. */
  vpcmpq: [['w:k{k}, r:xyz, r:xyz/mxyz/b64, imm8', 'RVMI', 'EVEX.66.0F3A.W1 1F /r full', 'AVX512F', 'predicate:integer']],
  /** `dst ← a ⋈ b`, the predicate in imm8, packed u64, one bit an element. */
  vpcmpuq: [['w:k{k}, r:xyz, r:xyz/mxyz/b64, imm8', 'RVMI', 'EVEX.66.0F3A.W1 1E /r full', 'AVX512F', 'predicate:integer']],
  /** `dst ← (a & b) ≠ 0`, packed i8, one bit an element. */
  vptestmb: [['w:k{k}, r:xyz, r:xyz/mxyz', 'RVM', 'EVEX.66.0F38.W0 26 /r fullmem', 'AVX512BW']],
  /** `dst ← (a & b) ≠ 0`, packed i16, one bit an element. */
  vptestmw: [['w:k{k}, r:xyz, r:xyz/mxyz', 'RVM', 'EVEX.66.0F38.W1 26 /r fullmem', 'AVX512BW']],
  /** `dst ← (a & b) ≠ 0`, packed i32, one bit an element. */
  vptestmd: [['w:k{k}, r:xyz, r:xyz/mxyz/b32', 'RVM', 'EVEX.66.0F38.W0 27 /r full', 'AVX512F']],
  /** `dst ← (a & b) ≠ 0`, packed i64, one bit an element. */
  vptestmq: [['w:k{k}, r:xyz, r:xyz/mxyz/b64', 'RVM', 'EVEX.66.0F38.W1 27 /r full', 'AVX512F']],
  /** `dst ← (a & b) = 0`, packed i8, one bit an element. */
  vptestnmb: [['w:k{k}, r:xyz, r:xyz/mxyz', 'RVM', 'EVEX.F3.0F38.W0 26 /r fullmem', 'AVX512BW']],
  /** `dst ← (a & b) = 0`, packed i16, one bit an element. */
  vptestnmw: [['w:k{k}, r:xyz, r:xyz/mxyz', 'RVM', 'EVEX.F3.0F38.W1 26 /r fullmem', 'AVX512BW']],
  /** `dst ← (a & b) = 0`, packed i32, one bit an element. */
  vptestnmd: [['w:k{k}, r:xyz, r:xyz/mxyz/b32', 'RVM', 'EVEX.F3.0F38.W0 27 /r full', 'AVX512F']],
  /** `dst ← (a & b) = 0`, packed i64, one bit an element. */
  vptestnmq: [['w:k{k}, r:xyz, r:xyz/mxyz/b64', 'RVM', 'EVEX.F3.0F38.W1 27 /r full', 'AVX512F']],
  /** Sets ZF if `a & b` is all zero and CF if `~a & b` is. */
  ptest: [['r:x, r:x/mx', 'RM', '66 0F 38 17 /r', 'SSE4_1', 'w:OSZAPC']],
  /** Sets ZF if `a & b` is all zero and CF if `~a & b` is. */
  vptest: [['r:xy, r:xy/mxy', 'RM', 'VEX.66.0F38.WIG 17 /r', 'AVX', 'w:OSZAPC']],
  /** Sets ZF if no sign of `a & b` is set and CF if none of `~a & b` is, packed f32. */
  vtestps: [['r:xy, r:xy/mxy', 'RM', 'VEX.66.0F38.W0 0E /r', 'AVX', 'w:OSZAPC']],
  /** Sets ZF if no sign of `a & b` is set and CF if none of `~a & b` is, packed f64. */
  vtestpd: [['r:xy, r:xy/mxy', 'RM', 'VEX.66.0F38.W0 0F /r', 'AVX', 'w:OSZAPC']],
  /** `dst ← src is of a class chosen by imm8`, packed f32, one bit an element. */
  vfpclassps: [['w:k{k}, r:xyz/mxyz/b32, imm8', 'RMI', 'EVEX.66.0F3A.W0 66 /r full', 'AVX512DQ']],
  /** `dst ← src is of a class chosen by imm8`, packed f64, one bit an element. */
  vfpclasspd: [['w:k{k}, r:xyz/mxyz/b64, imm8', 'RMI', 'EVEX.66.0F3A.W1 66 /r full', 'AVX512DQ']],
  /** `dst ← src is of a class chosen by imm8`, scalar f32, one bit. */
  vfpclassss: [['w:k{k}, r:x/m32, imm8', 'RMI', 'EVEX.LIG.66.0F3A.W0 67 /r t1s', 'AVX512DQ']],
  /** `dst ← src is of a class chosen by imm8`, scalar f64, one bit. */
  vfpclasssd: [['w:k{k}, r:x/m64, imm8', 'RMI', 'EVEX.LIG.66.0F3A.W1 67 /r t1s', 'AVX512DQ']],
  /** `dst ← src is of a class chosen by imm8`, packed f16, one bit an element. */
  vfpclassph: [['w:k{k}, r:xyz/mxyz/b16, imm8', 'RMI', 'EVEX.NP.0F3A.W0 66 /r full', 'AVX512_FP16']],
  /** `dst ← src is of a class chosen by imm8`, scalar f16, one bit. */
  vfpclasssh: [['w:k{k}, r:x/m16, imm8', 'RMI', 'EVEX.LIG.NP.0F3A.W0 67 /r t1s', 'AVX512_FP16']],
  /** `ecx ← index` of a string comparison, explicit lengths in eax and edx. */
  pcmpestri: [['r:x, r:x/mx, imm8, r:<eax>, r:<edx>, w:<ecx>', 'RMI', '66 0F 3A 61 /r', 'SSE4_2', 'w:OSZAPC']],
  /** `ecx ← index` of a string comparison, explicit lengths in eax and edx. */
  vpcmpestri: [['r:x, r:x/mx, imm8, r:<eax>, r:<edx>, w:<ecx>', 'RMI', 'VEX.128.66.0F3A.WIG 61 /r', 'AVX', 'w:OSZAPC']],
  /** `ecx ← index` of a string comparison, zero-terminated. */
  pcmpistri: [['r:x, r:x/mx, imm8, w:<ecx>', 'RMI', '66 0F 3A 63 /r', 'SSE4_2', 'w:OSZAPC']],
  /** `ecx ← index` of a string comparison, zero-terminated. */
  vpcmpistri: [['r:x, r:x/mx, imm8, w:<ecx>', 'RMI', 'VEX.128.66.0F3A.WIG 63 /r', 'AVX', 'w:OSZAPC']],
  /** `xmm0 ← mask` of a string comparison, explicit lengths in eax and edx. */
  pcmpestrm: [['r:x, r:x/mx, imm8, r:<eax>, r:<edx>, w:<xmm0>', 'RMI', '66 0F 3A 60 /r', 'SSE4_2', 'w:OSZAPC']],
  /** `xmm0 ← mask` of a string comparison, explicit lengths in eax and edx. */
  vpcmpestrm: [['r:x, r:x/mx, imm8, r:<eax>, r:<edx>, w:<xmm0>', 'RMI', 'VEX.128.66.0F3A.WIG 60 /r', 'AVX', 'w:OSZAPC']],
  /** `xmm0 ← mask` of a string comparison, zero-terminated. */
  pcmpistrm: [['r:x, r:x/mx, imm8, w:<xmm0>', 'RMI', '66 0F 3A 62 /r', 'SSE4_2', 'w:OSZAPC']],
  /** `xmm0 ← mask` of a string comparison, zero-terminated. */
  vpcmpistrm: [['r:x, r:x/mx, imm8, w:<xmm0>', 'RMI', 'VEX.128.66.0F3A.WIG 62 /r', 'AVX', 'w:OSZAPC']],
} as const
