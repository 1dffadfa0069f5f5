/** Rows of the instructions of operating systems and of the processor’s newer services: state, models, waiting, shadow stacks. */

export const privileged = {
  /** Halts until an interrupt. */
  hlt: [['', '', 'F4', '']],
  /** `IF ← 0`: interrupts are held back. */
  cli: [['', '', 'FA', '']],
  /** `IF ← 1`: interrupts are taken. */
  sti: [['', '', 'FB', '']],
  /** `ah ← SF, ZF, AF, PF, CF`. */
  lahf: [['w:<ah>', '', '9F', 'LAHF_SAHF', 'r:SZAPC']],
  /** `SF, ZF, AF, PF, CF ← ah`. */
  sahf: [['r:<ah>', '', '9E', 'LAHF_SAHF', 'w:SZAPC']],
  /** Pushes the flags. */
  pushfq: [['rw:<rsp>', '', '9C', '', 'r:OSZAPCD d64']],
  /** Pushes the low 16 flags. */
  pushf: [['rw:<rsp>', '', '66 9C', '', 'r:OSZAPCD']],
  /** Pops the flags. */
  popfq: [['rw:<rsp>', '', '9D', '', 'w:OSZAPCD d64']],
  /** Pops the low 16 flags. */
  popf: [['rw:<rsp>', '', '66 9D', '', 'w:OSZAPCD']],
  /** Makes a stack frame of imm16 bytes, with imm8 levels of nesting. */
  enter: [['imm16, imm8, rw:<rsp>, rw:<rbp>', 'IJ', 'C8', '']],
  /** Raises the software interrupt imm8. */
  int: [['imm8', 'I', 'CD', '', 'trap']],
  /** Raises a debug exception. */
  int1: [['', '', 'F1', '', 'trap']],
  /** Returns from an interrupt, with 16-bit values. */
  iret: [['rw:<rsp>', '', '66 CF', '', 'return w:OSZAPCD']],
  /** Returns from an interrupt, with 32-bit values. */
  iretd: [['rw:<rsp>', '', 'CF', '', 'return w:OSZAPCD']],
  /** Returns from an interrupt. */
  iretq: [['rw:<rsp>', '', 'REX.W CF', '', 'return w:OSZAPCD']],
  /** Returns to another code segment, and pops imm16 more bytes. */
  retf: [
    ['rw:<rsp>', '', 'CB', '', 'return'],
    ['imm16, rw:<rsp>', 'I', 'CA', '', 'return'],
  ],
  /** Returns to another code segment, with 64-bit values, and pops imm16 more bytes. */
  retfq: [
    ['rw:<rsp>', '', 'REX.W CB', '', 'return'],
    ['imm16, rw:<rsp>', 'I', 'REX.W CA', '', 'return'],
  ],
  /** `rcx ← rcx − 1`, then jumps if it is not 0; short only. */
  loop: [['rel8, rw:<rcx>', 'D', 'E2', '', 'branch']],
  /** `rcx ← rcx − 1`, then jumps if it is not 0 and ZF is set; short only. */
  loope: [['rel8, rw:<rcx>', 'D', 'E1', '', 'r:Z branch']],
  /** `rcx ← rcx − 1`, then jumps if it is not 0 and ZF is clear; short only. */
  loopne: [['rel8, rw:<rcx>', 'D', 'E0', '', 'r:Z branch']],
  /** Raises an invalid-opcode exception; the operands are not accessed. */
  ud1: [['n:rwdq, n:rwdq/mwdq', 'RM', 'osz 0F B9 /r', '', 'trap']],
  /** Enters the operating system the 32-bit way. */
  sysenter: [['w:<rsp>', '', '0F 34', 'SEP', 'call']],
  /** Returns from sysenter to 32-bit code. */
  sysexit: [['r:<ecx>, r:<edx>, w:<rsp>', '', '0F 35', 'SEP', 'return']],
  /** Returns from sysenter to 64-bit code. */
  sysexitq: [['r:<rcx>, r:<rdx>, w:<rsp>', '', 'REX.W 0F 35', 'SEP', 'return']],
  /** Returns from syscall to 32-bit code. */
  sysret: [['r:<rcx>, r:<r11>', '', '0F 07', 'SYSCALL', 'return w:OSZAPCD']],
  /** Returns from syscall to 64-bit code. */
  sysretq: [['r:<rcx>, r:<r11>', '', 'REX.W 0F 07', 'SYSCALL', 'return w:OSZAPCD']],
  /** Exchanges the base of gs with IA32_KERNEL_GS_BASE. */
  swapgs: [['', '', '0F 01 F8', '']],
  /** `dst ← selector of the local descriptor table`. */
  sldt: [
    ['w:rwdq', 'M', 'osz 0F 00 /0', ''],
    ['w:m16', 'M', '0F 00 /0', ''],
  ],
  /** `dst ← selector of the task register`. */
  str: [
    ['w:rwdq', 'M', 'osz 0F 00 /1', ''],
    ['w:m16', 'M', '0F 00 /1', ''],
  ],
  /** `local descriptor table ← that of the selector`. */
  lldt: [['r:r16/m16', 'M', '0F 00 /2', '']],
  /** `task register ← selector`. */
  ltr: [['r:r16/m16', 'M', '0F 00 /3', '']],
  /** Sets ZF if the segment can be read. */
  verr: [['r:r16/m16', 'M', '0F 00 /4', '', 'w:Z']],
  /** Sets ZF if the segment can be written; clears buffers of the processor. */
  verw: [['r:r16/m16', 'M', '0F 00 /5', '', 'w:Z']],
  /** `[dst] ← global descriptor table register` (10 bytes). */
  sgdt: [['w:m', 'M', '0F 01 /0', '']],
  /** `[dst] ← interrupt descriptor table register` (10 bytes). */
  sidt: [['w:m', 'M', '0F 01 /1', '']],
  /** `global descriptor table register ← [src]` (10 bytes). */
  lgdt: [['r:m', 'M', '0F 01 /2', '']],
  /** `interrupt descriptor table register ← [src]` (10 bytes). */
  lidt: [['r:m', 'M', '0F 01 /3', '']],
  /** `dst ← low bits of cr0`. */
  smsw: [
    ['w:rwdq, r:<cr0>', 'M', 'osz 0F 01 /4', ''],
    ['w:m16, r:<cr0>', 'M', '0F 01 /4', ''],
  ],
  /** `low four bits of cr0 ← src`. */
  lmsw: [['r:r16/m16, rw:<cr0>', 'M', '0F 01 /6', '']],
  /** `cr0.TS ← 0`. */
  clts: [['rw:<cr0>', '', '0F 06', '']],
  /** Drops the translation of the page at the address. */
  invlpg: [['n:m8', 'M', '0F 01 /7', '']],
  /** Empties the caches without writing back. */
  invd: [['', '', '0F 08', '']],
  /** Writes back and empties the caches. */
  wbinvd: [['', '', '0F 09', '']],
  /** Writes back the caches and may keep them. */
  wbnoinvd: [['', '', 'F3 0F 09', 'WBNOINVD']],
  /** `edx:eax ← model-specific register ecx`; with operands `dst ← register imm32`. */
  rdmsr: [
    ['r:<ecx>, w:<eax>, w:<edx>', '', '0F 32', 'MSR'],
    ['w:r64, simm32', 'MI', 'VEX.128.F2.MAP7.W0 F6 /0', 'MSR_IMM'],
    ['w:r64, simm32', 'MI', 'EVEX.L0.F2.MAP7.W0 F6 /0 plain', 'MSR_IMM APX_F'],
  ],
  /** `model-specific register ecx ← edx:eax`. */
  wrmsr: [['r:<ecx>, r:<eax>, r:<edx>', '', '0F 30', 'MSR']],
  /** `model-specific register ecx ← edx:eax`, not serializing; with operands `register imm32 ← src`. */
  wrmsrns: [
    ['r:<ecx>, r:<eax>, r:<edx>', '', 'NP 0F 01 C6', 'WRMSRNS'],
    ['simm32, r:r64', 'IM', 'VEX.128.F3.MAP7.W0 F6 /0', 'MSR_IMM'],
    ['simm32, r:r64', 'IM', 'EVEX.L0.F3.MAP7.W0 F6 /0 plain', 'MSR_IMM APX_F'],
  ],
  /** Reads the model-specific registers of the list at rsi into that at rdi, those in rcx. */
  rdmsrlist: [['r:<rsi>, r:<rdi>, rw:<rcx>', '', 'F2 0F 01 C6', 'MSRLIST']],
  /** Writes the model-specific registers of the list at rsi from that at rdi, those in rcx. */
  wrmsrlist: [['r:<rsi>, r:<rdi>, rw:<rcx>', '', 'F3 0F 01 C6', 'MSRLIST']],
  /** `dst ← model-specific register` that user code may read. */
  urdmsr: [
    ['w:r64, r:r64', 'RM', 'F2 0F 38 F8 /r', 'USER_MSR'],
    ['w:r64, simm32', 'MI', 'VEX.128.F2.MAP7.W0 F8 /0', 'USER_MSR'],
    ['w:r64, r:r64', 'RM', 'EVEX.L0.F2.MAP4.W0 F8 /r plain', 'USER_MSR APX_F'],
    ['w:r64, simm32', 'MI', 'EVEX.L0.F2.MAP7.W0 F8 /0 plain', 'USER_MSR APX_F'],
  ],
  /** `model-specific register ← src`, one that user code may write. */
  uwrmsr: [
    ['r:r64, r:r64', 'RM', 'F3 0F 38 F8 /r', 'USER_MSR'],
    ['simm32, r:r64', 'IM', 'VEX.128.F3.MAP7.W0 F8 /0', 'USER_MSR'],
    ['r:r64, r:r64', 'RM', 'EVEX.L0.F3.MAP4.W0 F8 /r plain', 'USER_MSR APX_F'],
    ['simm32, r:r64', 'IM', 'EVEX.L0.F3.MAP7.W0 F8 /0 plain', 'USER_MSR APX_F'],
  ],
  /** `extended control register ecx ← edx:eax`. */
  xsetbv: [['r:<ecx>, r:<eax>, r:<edx>', '', 'NP 0F 01 D1', 'XSAVE']],
  /** Stores the state components in edx:eax. */
  xsave: [['w:m, r:<eax>, r:<edx>', 'M', 'NP 0F AE /4', 'XSAVE', 'norex2']],
  /** Stores the state components in edx:eax, with 64-bit pointers. */
  xsave64: [['w:m, r:<eax>, r:<edx>', 'M', 'NP REX.W 0F AE /4', 'XSAVE', 'norex2']],
  /** Loads the state components in edx:eax. */
  xrstor: [['r:m, r:<eax>, r:<edx>', 'M', 'NP 0F AE /5', 'XSAVE', 'norex2']],
  /** Loads the state components in edx:eax, with 64-bit pointers. */
  xrstor64: [['r:m, r:<eax>, r:<edx>', 'M', 'NP REX.W 0F AE /5', 'XSAVE', 'norex2']],
  /** Stores the state components in edx:eax that changed. */
  xsaveopt: [['w:m, r:<eax>, r:<edx>', 'M', 'NP 0F AE /6', 'XSAVEOPT', 'norex2']],
  /** Stores the state components in edx:eax that changed, with 64-bit pointers. */
  xsaveopt64: [['w:m, r:<eax>, r:<edx>', 'M', 'NP REX.W 0F AE /6', 'XSAVEOPT', 'norex2']],
  /** Stores the state components in edx:eax, compacted. */
  xsavec: [['w:m, r:<eax>, r:<edx>', 'M', 'NP 0F C7 /4', 'XSAVEC', 'norex2']],
  /** Stores the state components in edx:eax, compacted, with 64-bit pointers. */
  xsavec64: [['w:m, r:<eax>, r:<edx>', 'M', 'NP REX.W 0F C7 /4', 'XSAVEC', 'norex2']],
  /** Stores the state components in edx:eax, compacted, supervisor ones too. */
  xsaves: [['w:m, r:<eax>, r:<edx>', 'M', 'NP 0F C7 /5', 'XSAVES', 'norex2']],
  /** Stores the state components in edx:eax, compacted, supervisor ones too, with 64-bit pointers. */
  xsaves64: [['w:m, r:<eax>, r:<edx>', 'M', 'NP REX.W 0F C7 /5', 'XSAVES', 'norex2']],
  /** Loads the state components in edx:eax, supervisor ones too. */
  xrstors: [['r:m, r:<eax>, r:<edx>', 'M', 'NP 0F C7 /3', 'XSAVES', 'norex2']],
  /** Loads the state components in edx:eax, supervisor ones too, with 64-bit pointers. */
  xrstors64: [['r:m, r:<eax>, r:<edx>', 'M', 'NP REX.W 0F C7 /3', 'XSAVES', 'norex2']],
  /** `dst ← base of fs`. */
  rdfsbase: [['w:rdq', 'M', 'F3 osz 0F AE /0', 'FSGSBASE']],
  /** `base of fs ← src`. */
  wrfsbase: [['r:rdq', 'M', 'F3 osz 0F AE /2', 'FSGSBASE']],
  /** `dst ← base of gs`. */
  rdgsbase: [['w:rdq', 'M', 'F3 osz 0F AE /1', 'FSGSBASE']],
  /** `base of gs ← src`. */
  wrgsbase: [['r:rdq', 'M', 'F3 osz 0F AE /3', 'FSGSBASE']],
  /** `eax ← protection-key rights`; ecx must be 0, edx becomes 0. */
  rdpkru: [['r:<ecx>, w:<eax>, w:<edx>', '', 'NP 0F 01 EE', 'PKU']],
  /** `protection-key rights ← eax`; ecx and edx must be 0. */
  wrpkru: [['r:<eax>, r:<ecx>, r:<edx>', '', 'NP 0F 01 EF', 'PKU']],
  /** `dst ← processor id`. */
  rdpid: [['w:r64', 'M', 'F3 0F C7 /7', 'RDPID']],
  /** `edx:eax ← processor register ecx`, one that user code may read. */
  rdpru: [['r:<ecx>, w:<eax>, w:<edx>', '', 'NP 0F 01 FD', 'RDPRU', 'w:OSZAPC']],
  /** `EFLAGS.AC ← 0`. */
  clac: [['', '', 'NP 0F 01 CA', 'SMAP']],
  /** `EFLAGS.AC ← 1`. */
  stac: [['', '', 'NP 0F 01 CB', 'SMAP']],
  /** Watches the line at rax for writes; ecx and edx: hints. */
  monitor: [['r:<rax>, r:<ecx>, r:<edx>', '', 'NP 0F 01 C8', 'MONITOR']],
  /** Waits until the line is written; eax and ecx: hints. */
  mwait: [['r:<eax>, r:<ecx>', '', 'NP 0F 01 C9', 'MONITOR']],
  /** Watches the line at rax for writes, in user code. */
  monitorx: [['r:<rax>, r:<ecx>, r:<edx>', '', 'NP 0F 01 FA', 'MONITORX']],
  /** Waits until the line is written or ebx ticks have passed, in user code. */
  mwaitx: [['r:<eax>, r:<ecx>, r:<ebx>', '', 'NP 0F 01 FB', 'MONITORX']],
  /** Watches the line at the address for writes, in user code. */
  umonitor: [
    ['r:r64', 'M', 'F3 0F AE /6', 'WAITPKG'],
    ['r:r32', 'M', '67 F3 0F AE /6', 'WAITPKG'],
  ],
  /** Waits until the line is written or the time-stamp counter reaches edx:eax; src bit 0: the lighter state. */
  umwait: [['r:r32, r:<eax>, r:<edx>', 'M', 'F2 0F AE /6', 'WAITPKG', 'w:OSZAPC']],
  /** Waits until the time-stamp counter reaches edx:eax; src bit 0: the lighter state. */
  tpause: [['r:r32, r:<eax>, r:<edx>', 'M', '66 0F AE /6', 'WAITPKG', 'w:OSZAPC']],
  /** Zeroes the cache line at rax. */
  clzero: [['r:<rax>', '', 'NP 0F 01 FC', 'CLZERO']],
  /** Writes src into the processor trace. */
  ptwrite: [['r:rdq/mdq', 'M', 'NP F3 osz 0F AE /4', 'PTWRITE']],
  /** Resets parts of the processor’s history, those in eax. */
  hreset: [['imm8, r:<eax>', 'I', 'F3 0F 3A F0 C0', 'HRESET']],
  /** Configures the platform: function eax. */
  pconfig: [['rw:<eax>, rw:<rbx>, rw:<rcx>, rw:<rdx>', '', 'NP 0F 01 C5', 'PCONFIG', 'w:OSZAPC']],
  /** Binds a key to the platform: input at rbx, output at rcx. */
  pbndkb: [['rw:<eax>, r:<rbx>, r:<rcx>', '', 'NP 0F 01 C7', 'PBNDKB', 'w:OSZAPC']],
  /** Drops translations by process-context identifier; the descriptor is in memory. */
  invpcid: [
    ['r:r64, r:m128', 'RM', '66 0F 38 82 /r', 'INVPCID'],
    ['r:r64, r:m128', 'RM', 'EVEX.L0.F3.MAP4.WIG F2 /r plain', 'INVPCID APX_F'],
  ],
  /** `[dst] ← src`, past the caches. */
  movdiri: [
    ['w:mdq, r:rdq', 'MR', 'NP osz 0F 38 F9 /r', 'MOVDIRI'],
    ['w:mdq, r:rdq', 'MR', 'EVEX.L0.NP.MAP4.Wdq F9 /r plain', 'MOVDIRI APX_F'],
  ],
  /** `64 bytes at the first address ← [src]`, past the caches, at once. */
  movdir64b: [
    ['r:r64, r:m512', 'RM', '66 0F 38 F8 /r', 'MOVDIR64B', 'address-register'],
    ['r:r32, r:m512', 'RM', '66 0F 38 F8 /r', 'MOVDIR64B', 'address-register'],
    ['r:r64, r:m512', 'RM', 'EVEX.L0.66.MAP4.WIG F8 /r plain', 'MOVDIR64B APX_F', 'address-register'],
    ['r:r32, r:m512', 'RM', 'EVEX.L0.66.MAP4.WIG F8 /r plain', 'MOVDIR64B APX_F', 'address-register'],
  ],
  /** Sends a command of 64 bytes to the device register at the first address; ZF = 1: try again. */
  enqcmd: [
    ['r:r64, r:m512', 'RM', 'F2 0F 38 F8 /r', 'ENQCMD', 'w:OSZAPC address-register'],
    ['r:r32, r:m512', 'RM', 'F2 0F 38 F8 /r', 'ENQCMD', 'w:OSZAPC address-register'],
    ['r:r64, r:m512', 'RM', 'EVEX.L0.F2.MAP4.WIG F8 /r plain', 'ENQCMD APX_F', 'w:OSZAPC address-register'],
    ['r:r32, r:m512', 'RM', 'EVEX.L0.F2.MAP4.WIG F8 /r plain', 'ENQCMD APX_F', 'w:OSZAPC address-register'],
  ],
  /** Sends a supervisor command of 64 bytes to the device register at the first address; ZF = 1: try again. */
  enqcmds: [
    ['r:r64, r:m512', 'RM', 'F3 0F 38 F8 /r', 'ENQCMD', 'w:OSZAPC address-register'],
    ['r:r32, r:m512', 'RM', 'F3 0F 38 F8 /r', 'ENQCMD', 'w:OSZAPC address-register'],
    ['r:r64, r:m512', 'RM', 'EVEX.L0.F3.MAP4.WIG F8 /r plain', 'ENQCMD APX_F', 'w:OSZAPC address-register'],
    ['r:r32, r:m512', 'RM', 'EVEX.L0.F3.MAP4.WIG F8 /r plain', 'ENQCMD APX_F', 'w:OSZAPC address-register'],
  ],
  /** `[dst] ← [dst] + src`, atomic and weakly ordered. */
  aadd: [
    ['rw:mdq, r:rdq', 'MR', 'NP osz 0F 38 FC /r', 'RAO_INT'],
    ['rw:mdq, r:rdq', 'MR', 'EVEX.L0.NP.MAP4.Wdq FC /r plain', 'RAO_INT APX_F'],
  ],
  /** `[dst] ← [dst] & src`, atomic and weakly ordered. */
  aand: [
    ['rw:mdq, r:rdq', 'MR', '66 osz 0F 38 FC /r', 'RAO_INT'],
    ['rw:mdq, r:rdq', 'MR', 'EVEX.L0.66.MAP4.Wdq FC /r plain', 'RAO_INT APX_F'],
  ],
  /** `[dst] ← [dst] | src`, atomic and weakly ordered. */
  aor: [
    ['rw:mdq, r:rdq', 'MR', 'F2 osz 0F 38 FC /r', 'RAO_INT'],
    ['rw:mdq, r:rdq', 'MR', 'EVEX.L0.F2.MAP4.Wdq FC /r plain', 'RAO_INT APX_F'],
  ],
  /** `[dst] ← [dst] ^ src`, atomic and weakly ordered. */
  axor: [
    ['rw:mdq, r:rdq', 'MR', 'F3 osz 0F 38 FC /r', 'RAO_INT'],
    ['rw:mdq, r:rdq', 'MR', 'EVEX.L0.F3.MAP4.Wdq FC /r plain', 'RAO_INT APX_F'],
  ],
  /** `dst ← [src]`, which is read-shared. */
  movrs: [
    ['w:r8, r:m8', 'RM', 'NP 0F 38 8A /r', 'MOVRS'],
    ['w:rwdq, r:mwdq', 'RM', 'osz 0F 38 8B /r', 'MOVRS'],
    ['w:r8, r:m8', 'RM', 'EVEX.L0.NP.MAP4.WIG 8A /r plain', 'MOVRS APX_F'],
    ['w:rwdq, r:mwdq', 'RM', 'EVEX.L0.osz.MAP4.Wdq 8B /r plain', 'MOVRS APX_F'],
  ],
  /** Hints to load the line. */
  prefetch: [['n:m8', 'M', '0F 0D /0', 'PREFETCHW']],
  /** Hints to load the read-shared line into L2 and beyond. */
  prefetchrst2: [['n:m8', 'M', '0F 18 /4', 'MOVRS']],
  /** Hints to load code into all cache levels. */
  prefetchit0: [['n:m8', 'M', '0F 18 /7', 'PREFETCHI']],
  /** Hints to load code into L2 and beyond. */
  prefetchit1: [['n:m8', 'M', '0F 18 /6', 'PREFETCHI']],
  /** Returns from system-management mode. */
  rsm: [['', '', '0F AA', 'SMM', 'return w:OSZAPCD']],
  /** Begins a transaction; where it aborts control goes to the label, with the reason in eax. */
  xbegin: [['rel32, w:<eax>', 'D', 'NP C7 F8', 'RTM', 'branch']],
  /** Aborts the transaction, with imm8 as the reason. */
  xabort: [['ib', 'I', 'C6 F8', 'RTM']],
  /** Ends the transaction. */
  xend: [['', '', 'NP 0F 01 D5', 'RTM']],
  /** Clears ZF inside of a transaction. */
  xtest: [['', '', 'NP 0F 01 D6', 'RTM', 'w:OSZAPC']],
  /** Suspends the tracking of loads in a transaction. */
  xsusldtrk: [['', '', 'F2 0F 01 E8', 'TSXLDTRK']],
  /** Resumes the tracking of loads in a transaction. */
  xresldtrk: [['', '', 'F2 0F 01 E9', 'TSXLDTRK']],
  /** Marks a valid target of an indirect branch, for 32-bit code. */
  endbr32: [['', '', 'F3 0F 1E FB', '']],
  /** `ssp ← ssp + 4 · src`. */
  incsspd: [['r:r32', 'M', 'F3 0F AE /5', 'CET_SS']],
  /** `dst ← shadow stack pointer`; dst stays where there is none. */
  rdsspd: [['rw:r32', 'M', 'F3 0F 1E /1', 'CET_SS']],
  /** `[dst on the shadow stack] ← src`. */
  wrssd: [
    ['w:m32, r:r32', 'MR', 'NP 0F 38 F6 /r', 'CET_SS'],
    ['w:m32, r:r32', 'MR', 'EVEX.L0.NP.MAP4.W0 66 /r plain', 'CET_SS APX_F'],
  ],
  /** `[dst on the shadow stack of the user] ← src`. */
  wrussd: [
    ['w:m32, r:r32', 'MR', '66 0F 38 F5 /r', 'CET_SS'],
    ['w:m32, r:r32', 'MR', 'EVEX.L0.66.MAP4.W0 65 /r plain', 'CET_SS APX_F'],
  ],
  /** `ssp ← ssp + 8 · src`. */
  incsspq: [['r:r64', 'M', 'F3 REX.W 0F AE /5', 'CET_SS']],
  /** `dst ← shadow stack pointer`; dst stays where there is none. */
  rdsspq: [['rw:r64', 'M', 'F3 REX.W 0F 1E /1', 'CET_SS']],
  /** `[dst on the shadow stack] ← src`. */
  wrssq: [
    ['w:m64, r:r64', 'MR', 'NP REX.W 0F 38 F6 /r', 'CET_SS'],
    ['w:m64, r:r64', 'MR', 'EVEX.L0.NP.MAP4.W1 66 /r plain', 'CET_SS APX_F'],
  ],
  /** `[dst on the shadow stack of the user] ← src`. */
  wrussq: [
    ['w:m64, r:r64', 'MR', '66 REX.W 0F 38 F5 /r', 'CET_SS'],
    ['w:m64, r:r64', 'MR', 'EVEX.L0.66.MAP4.W1 65 /r plain', 'CET_SS APX_F'],
  ],
  /** Makes the stack that the token at the address belongs to the shadow stack. */
  rstorssp: [['rw:m64', 'M', 'F3 0F 01 /5', 'CET_SS', 'w:OSZAPC unsized']],
  /** Leaves a token on the previous shadow stack. */
  saveprevssp: [['', '', 'F3 0F 01 EA', 'CET_SS', 'r:C']],
  /** Marks the supervisor shadow stack as busy. */
  setssbsy: [['', '', 'F3 0F 01 E8', 'CET_SS']],
  /** Marks the supervisor shadow stack of the token as free. */
  clrssbsy: [['rw:m64', 'M', 'F3 0F AE /6', 'CET_SS', 'w:OSZAPC unsized']],
  /** Holds user interrupts back. */
  clui: [['', '', 'F3 0F 01 EE', 'UINTR']],
  /** Takes user interrupts. */
  stui: [['', '', 'F3 0F 01 EF', 'UINTR']],
  /** `CF ← user interrupts are taken`. */
  testui: [['', '', 'F3 0F 01 ED', 'UINTR', 'w:OSZAPC']],
  /** Returns from a user interrupt. */
  uiret: [['rw:<rsp>', '', 'F3 0F 01 EC', 'UINTR', 'return w:OSZAPCD']],
  /** Sends a user interrupt to the target with index src. */
  senduipi: [['r:r64', 'M', 'F3 0F C7 /6', 'UINTR']],
  /** Returns from an event to supervisor code. */
  erets: [['rw:<rsp>', '', 'F2 0F 01 CA', 'FRED', 'return w:OSZAPCD']],
  /** Returns from an event to user code. */
  eretu: [['rw:<rsp>', '', 'F3 0F 01 CA', 'FRED', 'return w:OSZAPCD']],
  /** `base of gs kept for the user ← that of the selector`. */
  lkgs: [['r:r16/m16', 'M', 'F2 0F 00 /6', 'LKGS']],
  /** `dst ← access rights of the selector's segment`; ZF = 1 when it may be asked. */
  lar: [['rw:rwdq, r:r16/m16', 'RM', 'osz 0F 02 /r', '', 'w:Z']],
  /** `dst ← limit of the selector's segment`; ZF = 1 when it may be asked. */
  lsl: [['rw:rwdq, r:r16/m16', 'RM', 'osz 0F 03 /r', '', 'w:Z']],
  /** `ss:dst ← far pointer in memory`. */
  lss: [['w:rwdq, r:m', 'RM', 'osz 0F B2 /r', '']],
  /** `fs:dst ← far pointer in memory`. */
  lfs: [['w:rwdq, r:m', 'RM', 'osz 0F B4 /r', '']],
  /** `gs:dst ← far pointer in memory`. */
  lgs: [['w:rwdq, r:m', 'RM', 'osz 0F B5 /r', '']],
} as const
