/** Rows of the integer arithmetic and logic on general registers. */

export const integer = {
  /** `dst ← dst + src`. */
  add: [
    ['rw:al, ib', '-I', '04', '', 'w:OSZAPC'],
    ['rw:rwdq/mwdq, simm8', 'MI', 'osz 83 /0', '', 'w:OSZAPC lock'],
    ['rw:ax, imm16', '-I', '66 05', '', 'w:OSZAPC'],
    ['rw:eax, imm32', '-I', '05', '', 'w:OSZAPC'],
    ['rw:rax, simm32', '-I', 'REX.W 05', '', 'w:OSZAPC'],
    ['rw:r8/m8, ib', 'MI', '80 /0', '', 'w:OSZAPC lock'],
    ['rw:rwdq/mwdq, iwds', 'MI', 'osz 81 /0', '', 'w:OSZAPC lock'],
    ['rw:r8/m8, r:r8', 'MR', '00 /r', '', 'w:OSZAPC lock'],
    ['rw:rwdq/mwdq, r:rwdq', 'MR', 'osz 01 /r', '', 'w:OSZAPC lock'],
    ['rw:r8, r:r8/m8', 'RM', '02 /r', '', 'w:OSZAPC'],
    ['rw:rwdq, r:rwdq/mwdq', 'RM', 'osz 03 /r', '', 'w:OSZAPC'],
  ],
  /** `dst ← dst | src`. */
  or: [
    ['rw:al, ib', '-I', '0C', '', 'w:OSZAPC'],
    ['rw:rwdq/mwdq, simm8', 'MI', 'osz 83 /1', '', 'w:OSZAPC lock'],
    ['rw:ax, imm16', '-I', '66 0D', '', 'w:OSZAPC'],
    ['rw:eax, imm32', '-I', '0D', '', 'w:OSZAPC'],
    ['rw:rax, simm32', '-I', 'REX.W 0D', '', 'w:OSZAPC'],
    ['rw:r8/m8, ib', 'MI', '80 /1', '', 'w:OSZAPC lock'],
    ['rw:rwdq/mwdq, iwds', 'MI', 'osz 81 /1', '', 'w:OSZAPC lock'],
    ['rw:r8/m8, r:r8', 'MR', '08 /r', '', 'w:OSZAPC lock'],
    ['rw:rwdq/mwdq, r:rwdq', 'MR', 'osz 09 /r', '', 'w:OSZAPC lock'],
    ['rw:r8, r:r8/m8', 'RM', '0A /r', '', 'w:OSZAPC'],
    ['rw:rwdq, r:rwdq/mwdq', 'RM', 'osz 0B /r', '', 'w:OSZAPC'],
  ],
  /** `dst ← dst + src + CF`. */
  adc: [
    ['rw:al, ib', '-I', '14', '', 'r:C w:OSZAPC'],
    ['rw:rwdq/mwdq, simm8', 'MI', 'osz 83 /2', '', 'r:C w:OSZAPC lock'],
    ['rw:ax, imm16', '-I', '66 15', '', 'r:C w:OSZAPC'],
    ['rw:eax, imm32', '-I', '15', '', 'r:C w:OSZAPC'],
    ['rw:rax, simm32', '-I', 'REX.W 15', '', 'r:C w:OSZAPC'],
    ['rw:r8/m8, ib', 'MI', '80 /2', '', 'r:C w:OSZAPC lock'],
    ['rw:rwdq/mwdq, iwds', 'MI', 'osz 81 /2', '', 'r:C w:OSZAPC lock'],
    ['rw:r8/m8, r:r8', 'MR', '10 /r', '', 'r:C w:OSZAPC lock'],
    ['rw:rwdq/mwdq, r:rwdq', 'MR', 'osz 11 /r', '', 'r:C w:OSZAPC lock'],
    ['rw:r8, r:r8/m8', 'RM', '12 /r', '', 'r:C w:OSZAPC'],
    ['rw:rwdq, r:rwdq/mwdq', 'RM', 'osz 13 /r', '', 'r:C w:OSZAPC'],
  ],
  /** `dst ← dst − src − CF`. */
  sbb: [
    ['rw:al, ib', '-I', '1C', '', 'r:C w:OSZAPC'],
    ['rw:rwdq/mwdq, simm8', 'MI', 'osz 83 /3', '', 'r:C w:OSZAPC lock'],
    ['rw:ax, imm16', '-I', '66 1D', '', 'r:C w:OSZAPC'],
    ['rw:eax, imm32', '-I', '1D', '', 'r:C w:OSZAPC'],
    ['rw:rax, simm32', '-I', 'REX.W 1D', '', 'r:C w:OSZAPC'],
    ['rw:r8/m8, ib', 'MI', '80 /3', '', 'r:C w:OSZAPC lock'],
    ['rw:rwdq/mwdq, iwds', 'MI', 'osz 81 /3', '', 'r:C w:OSZAPC lock'],
    ['rw:r8/m8, r:r8', 'MR', '18 /r', '', 'r:C w:OSZAPC lock'],
    ['rw:rwdq/mwdq, r:rwdq', 'MR', 'osz 19 /r', '', 'r:C w:OSZAPC lock'],
    ['rw:r8, r:r8/m8', 'RM', '1A /r', '', 'r:C w:OSZAPC'],
    ['rw:rwdq, r:rwdq/mwdq', 'RM', 'osz 1B /r', '', 'r:C w:OSZAPC'],
  ],
  /** `dst ← dst & src`. */
  and: [
    ['rw:al, ib', '-I', '24', '', 'w:OSZAPC'],
    ['rw:rwdq/mwdq, simm8', 'MI', 'osz 83 /4', '', 'w:OSZAPC lock'],
    ['rw:ax, imm16', '-I', '66 25', '', 'w:OSZAPC'],
    ['rw:eax, imm32', '-I', '25', '', 'w:OSZAPC'],
    ['rw:rax, simm32', '-I', 'REX.W 25', '', 'w:OSZAPC'],
    ['rw:r8/m8, ib', 'MI', '80 /4', '', 'w:OSZAPC lock'],
    ['rw:rwdq/mwdq, iwds', 'MI', 'osz 81 /4', '', 'w:OSZAPC lock'],
    ['rw:r8/m8, r:r8', 'MR', '20 /r', '', 'w:OSZAPC lock'],
    ['rw:rwdq/mwdq, r:rwdq', 'MR', 'osz 21 /r', '', 'w:OSZAPC lock'],
    ['rw:r8, r:r8/m8', 'RM', '22 /r', '', 'w:OSZAPC'],
    ['rw:rwdq, r:rwdq/mwdq', 'RM', 'osz 23 /r', '', 'w:OSZAPC'],
  ],
  /** `dst ← dst − src`. */
  sub: [
    ['rw:al, ib', '-I', '2C', '', 'w:OSZAPC'],
    ['rw:rwdq/mwdq, simm8', 'MI', 'osz 83 /5', '', 'w:OSZAPC lock'],
    ['rw:ax, imm16', '-I', '66 2D', '', 'w:OSZAPC'],
    ['rw:eax, imm32', '-I', '2D', '', 'w:OSZAPC'],
    ['rw:rax, simm32', '-I', 'REX.W 2D', '', 'w:OSZAPC'],
    ['rw:r8/m8, ib', 'MI', '80 /5', '', 'w:OSZAPC lock'],
    ['rw:rwdq/mwdq, iwds', 'MI', 'osz 81 /5', '', 'w:OSZAPC lock'],
    ['rw:r8/m8, r:r8', 'MR', '28 /r', '', 'w:OSZAPC lock zero-idiom'],
    ['rw:rwdq/mwdq, r:rwdq', 'MR', 'osz 29 /r', '', 'w:OSZAPC lock zero-idiom'],
    ['rw:r8, r:r8/m8', 'RM', '2A /r', '', 'w:OSZAPC zero-idiom'],
    ['rw:rwdq, r:rwdq/mwdq', 'RM', 'osz 2B /r', '', 'w:OSZAPC zero-idiom'],
  ],
  /** `dst ← dst ^ src`. */
  xor: [
    ['rw:al, ib', '-I', '34', '', 'w:OSZAPC'],
    ['rw:rwdq/mwdq, simm8', 'MI', 'osz 83 /6', '', 'w:OSZAPC lock'],
    ['rw:ax, imm16', '-I', '66 35', '', 'w:OSZAPC'],
    ['rw:eax, imm32', '-I', '35', '', 'w:OSZAPC'],
    ['rw:rax, simm32', '-I', 'REX.W 35', '', 'w:OSZAPC'],
    ['rw:r8/m8, ib', 'MI', '80 /6', '', 'w:OSZAPC lock'],
    ['rw:rwdq/mwdq, iwds', 'MI', 'osz 81 /6', '', 'w:OSZAPC lock'],
    ['rw:r8/m8, r:r8', 'MR', '30 /r', '', 'w:OSZAPC lock zero-idiom'],
    ['rw:rwdq/mwdq, r:rwdq', 'MR', 'osz 31 /r', '', 'w:OSZAPC lock zero-idiom'],
    ['rw:r8, r:r8/m8', 'RM', '32 /r', '', 'w:OSZAPC zero-idiom'],
    ['rw:rwdq, r:rwdq/mwdq', 'RM', 'osz 33 /r', '', 'w:OSZAPC zero-idiom'],
  ],
  /** Sets the flags of `a − b`; nothing else is written. */
  cmp: [
    ['r:al, ib', '-I', '3C', '', 'w:OSZAPC'],
    ['r:rwdq/mwdq, simm8', 'MI', 'osz 83 /7', '', 'w:OSZAPC'],
    ['r:ax, imm16', '-I', '66 3D', '', 'w:OSZAPC'],
    ['r:eax, imm32', '-I', '3D', '', 'w:OSZAPC'],
    ['r:rax, simm32', '-I', 'REX.W 3D', '', 'w:OSZAPC'],
    ['r:r8/m8, ib', 'MI', '80 /7', '', 'w:OSZAPC'],
    ['r:rwdq/mwdq, iwds', 'MI', 'osz 81 /7', '', 'w:OSZAPC'],
    ['r:r8/m8, r:r8', 'MR', '38 /r', '', 'w:OSZAPC'],
    ['r:rwdq/mwdq, r:rwdq', 'MR', 'osz 39 /r', '', 'w:OSZAPC'],
    ['r:r8, r:r8/m8', 'RM', '3A /r', '', 'w:OSZAPC'],
    ['r:rwdq, r:rwdq/mwdq', 'RM', 'osz 3B /r', '', 'w:OSZAPC'],
  ],
  /** Sets the flags of `a & b`; nothing else is written. */
  test: [
    ['r:al, ib', '-I', 'A8', '', 'w:OSZAPC'],
    ['r:ax, imm16', '-I', '66 A9', '', 'w:OSZAPC'],
    ['r:eax, imm32', '-I', 'A9', '', 'w:OSZAPC'],
    ['r:rax, simm32', '-I', 'REX.W A9', '', 'w:OSZAPC'],
    ['r:r8/m8, ib', 'MI', 'F6 /0', '', 'w:OSZAPC'],
    ['r:rwdq/mwdq, iwds', 'MI', 'osz F7 /0', '', 'w:OSZAPC'],
    ['r:r8/m8, r:r8', 'MR', '84 /r', '', 'w:OSZAPC'],
    ['r:rwdq/mwdq, r:rwdq', 'MR', 'osz 85 /r', '', 'w:OSZAPC'],
    ['r:r8, r:m8', 'RM', '84 /r', '', 'w:OSZAPC'],
    ['r:rwdq, r:mwdq', 'RM', 'osz 85 /r', '', 'w:OSZAPC'],
  ],
  /** `dst ← dst + 1`; CF is kept. */
  inc: [
    ['rw:r8/m8', 'M', 'FE /0', '', 'w:OSZAP lock'],
    ['rw:rwdq/mwdq', 'M', 'osz FF /0', '', 'w:OSZAP lock'],
  ],
  /** `dst ← dst − 1`; CF is kept. */
  dec: [
    ['rw:r8/m8', 'M', 'FE /1', '', 'w:OSZAP lock'],
    ['rw:rwdq/mwdq', 'M', 'osz FF /1', '', 'w:OSZAP lock'],
  ],
  /** `dst ← −dst`. */
  neg: [
    ['rw:r8/m8', 'M', 'F6 /3', '', 'w:OSZAPC lock'],
    ['rw:rwdq/mwdq', 'M', 'osz F7 /3', '', 'w:OSZAPC lock'],
  ],
  /** `dst ← ~dst`; no flag changes. */
  not: [
    ['rw:r8/m8', 'M', 'F6 /2', '', 'lock'],
    ['rw:rwdq/mwdq', 'M', 'osz F7 /2', '', 'lock'],
  ],
  /** `ax ← al · src`, or `dx:ax`, `edx:eax`, `rdx:rax ← a · src`, unsigned. */
  mul: [
    ['r:r8/m8, r:<al>, w:<ax>', 'M', 'F6 /4', '', 'w:OSZAPC'],
    ['r:r16/m16, rw:<ax>, w:<dx>', 'M', '66 F7 /4', '', 'w:OSZAPC'],
    ['r:r32/m32, rw:<eax>, w:<edx>', 'M', 'F7 /4', '', 'w:OSZAPC'],
    ['r:r64/m64, rw:<rax>, w:<rdx>', 'M', 'REX.W F7 /4', '', 'w:OSZAPC'],
  ],
  /** `dst ← a · b`, signed, low half; with one operand the double-width product as mul. */
  imul: [
    ['rw:rwdq, r:rwdq/mwdq', 'RM', 'osz 0F AF /r', '', 'w:OSZAPC'],
    ['w:rwdq, r:rwdq/mwdq, simm8', 'RMI', 'osz 6B /r', '', 'w:OSZAPC'],
    ['w:rwdq, r:rwdq/mwdq, iwds', 'RMI', 'osz 69 /r', '', 'w:OSZAPC'],
    ['r:r8/m8, r:<al>, w:<ax>', 'M', 'F6 /5', '', 'w:OSZAPC'],
    ['r:r16/m16, rw:<ax>, w:<dx>', 'M', '66 F7 /5', '', 'w:OSZAPC'],
    ['r:r32/m32, rw:<eax>, w:<edx>', 'M', 'F7 /5', '', 'w:OSZAPC'],
    ['r:r64/m64, rw:<rax>, w:<rdx>', 'M', 'REX.W F7 /5', '', 'w:OSZAPC'],
  ],
  /** `al, ah` or `a, d ← quotient and remainder of d:a / src`, unsigned. */
  div: [
    ['r:r8/m8, rw:<ax>', 'M', 'F6 /6', '', 'w:OSZAPC'],
    ['r:r16/m16, rw:<ax>, rw:<dx>', 'M', '66 F7 /6', '', 'w:OSZAPC'],
    ['r:r32/m32, rw:<eax>, rw:<edx>', 'M', 'F7 /6', '', 'w:OSZAPC'],
    ['r:r64/m64, rw:<rax>, rw:<rdx>', 'M', 'REX.W F7 /6', '', 'w:OSZAPC'],
  ],
  /** `al, ah` or `a, d ← quotient and remainder of d:a / src`, signed, toward zero. */
  idiv: [
    ['r:r8/m8, rw:<ax>', 'M', 'F6 /7', '', 'w:OSZAPC'],
    ['r:r16/m16, rw:<ax>, rw:<dx>', 'M', '66 F7 /7', '', 'w:OSZAPC'],
    ['r:r32/m32, rw:<eax>, rw:<edx>', 'M', 'F7 /7', '', 'w:OSZAPC'],
    ['r:r64/m64, rw:<rax>, rw:<rdx>', 'M', 'REX.W F7 /7', '', 'w:OSZAPC'],
  ],
  /** `hi, lo ← edx · src` (rdx for 64 bits), unsigned; no flag changes. */
  mulx: [
    ['w:r32, w:r32, r:r32/m32, r:<edx>', 'RVM', 'VEX.LZ.F2.0F38.W0 F6 /r', 'BMI2'],
    ['w:r64, w:r64, r:r64/m64, r:<rdx>', 'RVM', 'VEX.LZ.F2.0F38.W1 F6 /r', 'BMI2'],
  ],
  /** `dst ← dst + src + CF`; only CF is written. */
  adcx: [['rw:rdq, r:rdq/mdq', 'RM', '66 osz 0F 38 F6 /r', 'ADX', 'r:C w:C']],
  /** `dst ← dst + src + OF`; only OF is written. */
  adox: [['rw:rdq, r:rdq/mdq', 'RM', 'F3 osz 0F 38 F6 /r', 'ADX', 'r:O w:O']],
  /** `dst, src ← dst + src, dst`. */
  xadd: [
    ['rw:r8/m8, rw:r8', 'MR', '0F C0 /r', '', 'w:OSZAPC lock'],
    ['rw:rwdq/mwdq, rw:rwdq', 'MR', 'osz 0F C1 /r', '', 'w:OSZAPC lock'],
  ],
  /** `if a = dst then dst ← src, ZF ← 1 else a ← dst, ZF ← 0`; a is al, ax, eax or rax. */
  cmpxchg: [
    ['rw:r8/m8, r:r8, rw:<al>', 'MR', '0F B0 /r', '', 'w:OSZAPC lock'],
    ['rw:r16/m16, r:r16, rw:<ax>', 'MR', '66 0F B1 /r', '', 'w:OSZAPC lock'],
    ['rw:r32/m32, r:r32, rw:<eax>', 'MR', '0F B1 /r', '', 'w:OSZAPC lock'],
    ['rw:r64/m64, r:r64, rw:<rax>', 'MR', 'REX.W 0F B1 /r', '', 'w:OSZAPC lock'],
  ],
  /** `if edx:eax = [dst] then [dst] ← ecx:ebx, ZF ← 1 else edx:eax ← [dst], ZF ← 0`. */
  cmpxchg8b: [['rw:m64, rw:<eax>, rw:<edx>, r:<ebx>, r:<ecx>', 'M', '0F C7 /1', 'CX8', 'w:Z lock']],
  /** `if rdx:rax = [dst] then [dst] ← rcx:rbx, ZF ← 1 else rdx:rax ← [dst], ZF ← 0`. */
  cmpxchg16b: [['rw:m128, rw:<rax>, rw:<rdx>, r:<rbx>, r:<rcx>', 'M', 'REX.W 0F C7 /1', 'CX16', 'w:Z lock']],
  /** `dst ← CRC-32C of dst and src`. */
  crc32: [
    ['rw:r32, r:r8/m8', 'RM', 'F2 0F 38 F0 /r', 'SSE4_2'],
    ['rw:r32, r:rwd/mwd', 'RM', 'F2 osz 0F 38 F1 /r', 'SSE4_2'],
    ['rw:r64, r:r8/m8', 'RM', 'F2 REX.W 0F 38 F0 /r', 'SSE4_2'],
    ['rw:r64, r:r64/m64', 'RM', 'F2 REX.W 0F 38 F1 /r', 'SSE4_2'],
  ],
} as const
