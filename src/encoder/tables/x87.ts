/** Rows of the x87 floating-point unit: its stack of eight registers, its control and state. */

export const x87 = {
  /** `dst ← dst + src`; with memory `st ← st + [src]`. */
  fadd: [
    ['rw:st0, r:st', '-O', 'D8 C0 +r', 'FPU'],
    ['rw:st, r:st0', 'O-', 'DC C0 +r', 'FPU'],
    ['r:m32, rw:<st0>', 'M', 'D8 /0', 'FPU'],
    ['r:m64, rw:<st0>', 'M', 'DC /0', 'FPU'],
  ],
  /** `dst ← dst · src`; with memory `st ← st · [src]`. */
  fmul: [
    ['rw:st0, r:st', '-O', 'D8 C8 +r', 'FPU'],
    ['rw:st, r:st0', 'O-', 'DC C8 +r', 'FPU'],
    ['r:m32, rw:<st0>', 'M', 'D8 /1', 'FPU'],
    ['r:m64, rw:<st0>', 'M', 'DC /1', 'FPU'],
  ],
  /** `dst ← dst − src`; with memory `st ← st − [src]`. */
  fsub: [
    ['rw:st0, r:st', '-O', 'D8 E0 +r', 'FPU'],
    ['rw:st, r:st0', 'O-', 'DC E8 +r', 'FPU'],
    ['r:m32, rw:<st0>', 'M', 'D8 /4', 'FPU'],
    ['r:m64, rw:<st0>', 'M', 'DC /4', 'FPU'],
  ],
  /** `dst ← src − dst`; with memory `st ← [src] − st`. */
  fsubr: [
    ['rw:st0, r:st', '-O', 'D8 E8 +r', 'FPU'],
    ['rw:st, r:st0', 'O-', 'DC E0 +r', 'FPU'],
    ['r:m32, rw:<st0>', 'M', 'D8 /5', 'FPU'],
    ['r:m64, rw:<st0>', 'M', 'DC /5', 'FPU'],
  ],
  /** `dst ← dst / src`; with memory `st ← st / [src]`. */
  fdiv: [
    ['rw:st0, r:st', '-O', 'D8 F0 +r', 'FPU'],
    ['rw:st, r:st0', 'O-', 'DC F8 +r', 'FPU'],
    ['r:m32, rw:<st0>', 'M', 'D8 /6', 'FPU'],
    ['r:m64, rw:<st0>', 'M', 'DC /6', 'FPU'],
  ],
  /** `dst ← src / dst`; with memory `st ← [src] / st`. */
  fdivr: [
    ['rw:st0, r:st', '-O', 'D8 F8 +r', 'FPU'],
    ['rw:st, r:st0', 'O-', 'DC F0 +r', 'FPU'],
    ['r:m32, rw:<st0>', 'M', 'D8 /7', 'FPU'],
    ['r:m64, rw:<st0>', 'M', 'DC /7', 'FPU'],
  ],
  /** `dst ← dst + st`, then the stack is popped. */
  faddp: [['rw:st, r:st0', 'O-', 'DE C0 +r', 'FPU']],
  /** `dst ← dst · st`, then the stack is popped. */
  fmulp: [['rw:st, r:st0', 'O-', 'DE C8 +r', 'FPU']],
  /** `dst ← st − dst`, then the stack is popped. */
  fsubrp: [['rw:st, r:st0', 'O-', 'DE E0 +r', 'FPU']],
  /** `dst ← dst − st`, then the stack is popped. */
  fsubp: [['rw:st, r:st0', 'O-', 'DE E8 +r', 'FPU']],
  /** `dst ← st / dst`, then the stack is popped. */
  fdivrp: [['rw:st, r:st0', 'O-', 'DE F0 +r', 'FPU']],
  /** `dst ← dst / st`, then the stack is popped. */
  fdivp: [['rw:st, r:st0', 'O-', 'DE F8 +r', 'FPU']],
  /** `st ← st + [src]`, an integer in memory. */
  fiadd: [
    ['r:m16, rw:<st0>', 'M', 'DE /0', 'FPU'],
    ['r:m32, rw:<st0>', 'M', 'DA /0', 'FPU'],
  ],
  /** `st ← st · [src]`, an integer in memory. */
  fimul: [
    ['r:m16, rw:<st0>', 'M', 'DE /1', 'FPU'],
    ['r:m32, rw:<st0>', 'M', 'DA /1', 'FPU'],
  ],
  /** `st ← st − [src]`, an integer in memory. */
  fisub: [
    ['r:m16, rw:<st0>', 'M', 'DE /4', 'FPU'],
    ['r:m32, rw:<st0>', 'M', 'DA /4', 'FPU'],
  ],
  /** `st ← [src] − st`, an integer in memory. */
  fisubr: [
    ['r:m16, rw:<st0>', 'M', 'DE /5', 'FPU'],
    ['r:m32, rw:<st0>', 'M', 'DA /5', 'FPU'],
  ],
  /** `st ← st / [src]`, an integer in memory. */
  fidiv: [
    ['r:m16, rw:<st0>', 'M', 'DE /6', 'FPU'],
    ['r:m32, rw:<st0>', 'M', 'DA /6', 'FPU'],
  ],
  /** `st ← [src] / st`, an integer in memory. */
  fidivr: [
    ['r:m16, rw:<st0>', 'M', 'DE /7', 'FPU'],
    ['r:m32, rw:<st0>', 'M', 'DA /7', 'FPU'],
  ],
  /** Sets C0, C2, C3 by comparing st with an integer. */
  ficom: [
    ['r:m16, r:<st0>', 'M', 'DE /2', 'FPU'],
    ['r:m32, r:<st0>', 'M', 'DA /2', 'FPU'],
  ],
  /** Sets C0, C2, C3 by comparing st with an integer, then the stack is popped. */
  ficomp: [
    ['r:m16, r:<st0>', 'M', 'DE /3', 'FPU'],
    ['r:m32, r:<st0>', 'M', 'DA /3', 'FPU'],
  ],
  /** Sets C0, C2, C3 by comparing st with src. */
  fcom: [
    ['r:st, r:<st0>', 'O', 'D8 D0 +r', 'FPU'],
    ['r:m32, r:<st0>', 'M', 'D8 /2', 'FPU'],
    ['r:m64, r:<st0>', 'M', 'DC /2', 'FPU'],
  ],
  /** Sets C0, C2, C3 by comparing st with src, then the stack is popped. */
  fcomp: [
    ['r:st, r:<st0>', 'O', 'D8 D8 +r', 'FPU'],
    ['r:m32, r:<st0>', 'M', 'D8 /3', 'FPU'],
    ['r:m64, r:<st0>', 'M', 'DC /3', 'FPU'],
  ],
  /** Sets C0, C2, C3 by comparing st with st(1), then the stack is popped twice. */
  fcompp: [['r:<st0>, r:<st1>', '', 'DE D9', 'FPU']],
  /** Sets C0, C2, C3 by comparing st with src; quiet NaNs raise nothing. */
  fucom: [['r:st, r:<st0>', 'O', 'DD E0 +r', 'FPU']],
  /** Sets C0, C2, C3 by comparing st with src; quiet NaNs raise nothing; then the stack is popped. */
  fucomp: [['r:st, r:<st0>', 'O', 'DD E8 +r', 'FPU']],
  /** Sets C0, C2, C3 by comparing st with st(1); quiet NaNs raise nothing; then the stack is popped twice. */
  fucompp: [['r:<st0>, r:<st1>', '', 'DA E9', 'FPU']],
  /** Sets ZF, PF, CF by comparing st with src. */
  fcomi: [['r:st0, r:st', '-O', 'DB F0 +r', 'FPU CMOV', 'w:OSZAPC']],
  /** Sets ZF, PF, CF by comparing st with src; quiet NaNs raise nothing. */
  fucomi: [['r:st0, r:st', '-O', 'DB E8 +r', 'FPU CMOV', 'w:OSZAPC']],
  /** Sets ZF, PF, CF by comparing st with src; then the stack is popped. */
  fcompi: [['r:st0, r:st', '-O', 'DF F0 +r', 'FPU CMOV', 'w:OSZAPC']],
  /** Sets ZF, PF, CF by comparing st with src; quiet NaNs raise nothing; then the stack is popped. */
  fucompi: [['r:st0, r:st', '-O', 'DF E8 +r', 'FPU CMOV', 'w:OSZAPC']],
  /** `st ← src` if below. */
  fcmovb: [['rw:st0, r:st', '-O', 'DA C0 +r', 'FPU CMOV', 'r:C']],
  /** `st ← src` if equal. */
  fcmove: [['rw:st0, r:st', '-O', 'DA C8 +r', 'FPU CMOV', 'r:Z']],
  /** `st ← src` if below or equal. */
  fcmovbe: [['rw:st0, r:st', '-O', 'DA D0 +r', 'FPU CMOV', 'r:CZ']],
  /** `st ← src` if unordered. */
  fcmovu: [['rw:st0, r:st', '-O', 'DA D8 +r', 'FPU CMOV', 'r:P']],
  /** `st ← src` if not below. */
  fcmovnb: [['rw:st0, r:st', '-O', 'DB C0 +r', 'FPU CMOV', 'r:C']],
  /** `st ← src` if not equal. */
  fcmovne: [['rw:st0, r:st', '-O', 'DB C8 +r', 'FPU CMOV', 'r:Z']],
  /** `st ← src` if not below or equal. */
  fcmovnbe: [['rw:st0, r:st', '-O', 'DB D0 +r', 'FPU CMOV', 'r:CZ']],
  /** `st ← src` if not unordered. */
  fcmovnu: [['rw:st0, r:st', '-O', 'DB D8 +r', 'FPU CMOV', 'r:P']],
  /** Pushes src onto the stack. */
  fld: [
    ['r:st, w:<st0>', 'O', 'D9 C0 +r', 'FPU'],
    ['r:m32, w:<st0>', 'M', 'D9 /0', 'FPU'],
    ['r:m64, w:<st0>', 'M', 'DD /0', 'FPU'],
    ['r:m80, w:<st0>', 'M', 'DB /5', 'FPU'],
  ],
  /** `dst ← st`. */
  fst: [
    ['w:st, r:<st0>', 'O', 'DD D0 +r', 'FPU'],
    ['w:m32, r:<st0>', 'M', 'D9 /2', 'FPU'],
    ['w:m64, r:<st0>', 'M', 'DD /2', 'FPU'],
  ],
  /** `dst ← st`, then the stack is popped. */
  fstp: [
    ['w:st, r:<st0>', 'O', 'DD D8 +r', 'FPU'],
    ['w:m32, r:<st0>', 'M', 'D9 /3', 'FPU'],
    ['w:m64, r:<st0>', 'M', 'DD /3', 'FPU'],
    ['w:m80, r:<st0>', 'M', 'DB /7', 'FPU'],
  ],
  /** Pushes an integer onto the stack. */
  fild: [
    ['r:m16, w:<st0>', 'M', 'DF /0', 'FPU'],
    ['r:m32, w:<st0>', 'M', 'DB /0', 'FPU'],
    ['r:m64, w:<st0>', 'M', 'DF /5', 'FPU'],
  ],
  /** `[dst] ← st`, rounded to an integer. */
  fist: [
    ['w:m16, r:<st0>', 'M', 'DF /2', 'FPU'],
    ['w:m32, r:<st0>', 'M', 'DB /2', 'FPU'],
  ],
  /** `[dst] ← st`, rounded to an integer, then the stack is popped. */
  fistp: [
    ['w:m16, r:<st0>', 'M', 'DF /3', 'FPU'],
    ['w:m32, r:<st0>', 'M', 'DB /3', 'FPU'],
    ['w:m64, r:<st0>', 'M', 'DF /7', 'FPU'],
  ],
  /** `[dst] ← st`, truncated to an integer, then the stack is popped. */
  fisttp: [
    ['w:m16, r:<st0>', 'M', 'DF /1', 'FPU SSE3'],
    ['w:m32, r:<st0>', 'M', 'DB /1', 'FPU SSE3'],
    ['w:m64, r:<st0>', 'M', 'DD /1', 'FPU SSE3'],
  ],
  /** Pushes a decimal integer of 18 digits onto the stack. */
  fbld: [['r:m80, w:<st0>', 'M', 'DF /4', 'FPU']],
  /** `[dst] ← st` as a decimal integer of 18 digits, then the stack is popped. */
  fbstp: [['w:m80, r:<st0>', 'M', 'DF /6', 'FPU']],
  /** `st ↔ src`. */
  fxch: [['rw:st, rw:<st0>', 'O', 'D9 C8 +r', 'FPU']],
  /** Does nothing. */
  fnop: [['', '', 'D9 D0', 'FPU']],
  /** `st ← −st`. */
  fchs: [['rw:<st0>', '', 'D9 E0', 'FPU']],
  /** `st ← |st|`. */
  fabs: [['rw:<st0>', '', 'D9 E1', 'FPU']],
  /** Sets C0, C2, C3 by comparing st with 0. */
  ftst: [['r:<st0>', '', 'D9 E4', 'FPU']],
  /** Sets C0, C2, C3 to the class of st. */
  fxam: [['r:<st0>', '', 'D9 E5', 'FPU']],
  /** Pushes 1. */
  fld1: [['w:<st0>', '', 'D9 E8', 'FPU']],
  /** Pushes log₂ 10. */
  fldl2t: [['w:<st0>', '', 'D9 E9', 'FPU']],
  /** Pushes log₂ e. */
  fldl2e: [['w:<st0>', '', 'D9 EA', 'FPU']],
  /** Pushes π. */
  fldpi: [['w:<st0>', '', 'D9 EB', 'FPU']],
  /** Pushes log₁₀ 2. */
  fldlg2: [['w:<st0>', '', 'D9 EC', 'FPU']],
  /** Pushes ln 2. */
  fldln2: [['w:<st0>', '', 'D9 ED', 'FPU']],
  /** Pushes 0. */
  fldz: [['w:<st0>', '', 'D9 EE', 'FPU']],
  /** `st ← 2^st − 1`. */
  f2xm1: [['rw:<st0>', '', 'D9 F0', 'FPU']],
  /** `st ← tan st`, then pushes 1. */
  fptan: [['rw:<st0>', '', 'D9 F2', 'FPU']],
  /** Takes st apart: the exponent, then the significand pushed. */
  fxtract: [['rw:<st0>', '', 'D9 F4', 'FPU']],
  /** Turns the stack by one: its top goes down. */
  fdecstp: [['', '', 'D9 F6', 'FPU']],
  /** Turns the stack by one: its top goes up. */
  fincstp: [['', '', 'D9 F7', 'FPU']],
  /** `st ← √st`. */
  fsqrt: [['rw:<st0>', '', 'D9 FA', 'FPU']],
  /** `st ← sin st`, then pushes the cosine. */
  fsincos: [['rw:<st0>', '', 'D9 FB', 'FPU']],
  /** `st ← st`, rounded to an integer. */
  frndint: [['rw:<st0>', '', 'D9 FC', 'FPU']],
  /** `st ← sin st`. */
  fsin: [['rw:<st0>', '', 'D9 FE', 'FPU']],
  /** `st ← cos st`. */
  fcos: [['rw:<st0>', '', 'D9 FF', 'FPU']],
  /** `st(1) ← st(1) · log₂ st`, then the stack is popped. */
  fyl2x: [['r:<st0>, rw:<st1>', '', 'D9 F1', 'FPU']],
  /** `st(1) ← arctan(st(1) / st)`, then the stack is popped. */
  fpatan: [['r:<st0>, rw:<st1>', '', 'D9 F3', 'FPU']],
  /** `st(1) ← st(1) · log₂(st + 1)`, then the stack is popped. */
  fyl2xp1: [['r:<st0>, rw:<st1>', '', 'D9 F9', 'FPU']],
  /** `st ← remainder of st / st(1)`, nearest; C2 = 1 while it is partial. */
  fprem1: [['rw:<st0>, r:<st1>', '', 'D9 F5', 'FPU']],
  /** `st ← remainder of st / st(1)`, truncated; C2 = 1 while it is partial. */
  fprem: [['rw:<st0>, r:<st1>', '', 'D9 F8', 'FPU']],
  /** `st ← st · 2^(st(1), truncated)`. */
  fscale: [['rw:<st0>, r:<st1>', '', 'D9 FD', 'FPU']],
  /** Marks the register as empty. */
  ffree: [['n:st', 'O', 'DD C0 +r', 'FPU']],
  /** Marks the register as empty, then the stack is popped. */
  ffreep: [['n:st', 'O', 'DF C0 +r', 'FPU']],
  /** Puts the x87 unit into its initial state. */
  fninit: [['', '', 'DB E3', 'FPU']],
  /** Clears the x87 exception flags. */
  fnclex: [['', '', 'DB E2', 'FPU']],
  /** `control word ← [src]`. */
  fldcw: [['r:m16', 'M', 'D9 /5', 'FPU']],
  /** `[dst] ← control word`. */
  fnstcw: [['w:m16', 'M', 'D9 /7', 'FPU']],
  /** `dst ← status word`. */
  fnstsw: [
    ['w:ax', '-', 'DF E0', 'FPU'],
    ['w:m16', 'M', 'DD /7', 'FPU'],
  ],
  /** Loads the x87 environment (28 bytes). */
  fldenv: [['r:m', 'M', 'D9 /4', 'FPU']],
  /** Stores the x87 environment (28 bytes). */
  fnstenv: [['w:m', 'M', 'D9 /6', 'FPU']],
  /** Loads the whole x87 state (108 bytes). */
  frstor: [['r:m', 'M', 'DD /4', 'FPU']],
  /** Stores the whole x87 state (108 bytes) and initializes the unit. */
  fnsave: [['w:m', 'M', 'DD /6', 'FPU']],
  /** Waits for pending x87 exceptions. */
  wait: [['', '', '9B', 'FPU']],
  /** Stores the x87, MMX and SSE state (512 bytes). */
  fxsave: [['w:m', 'M', 'NP 0F AE /0', 'FXSR']],
  /** Stores the x87, MMX and SSE state (512 bytes) with 64-bit pointers. */
  fxsave64: [['w:m', 'M', 'NP REX.W 0F AE /0', 'FXSR']],
  /** Loads the x87, MMX and SSE state (512 bytes). */
  fxrstor: [['r:m', 'M', 'NP 0F AE /1', 'FXSR']],
  /** Loads the x87, MMX and SSE state (512 bytes) with 64-bit pointers. */
  fxrstor64: [['r:m', 'M', 'NP REX.W 0F AE /1', 'FXSR']],
} as const
