/** Rows of virtual machines, enclaves, trust domains and security processors. */

export const virtualization = {
  /** Calls the hypervisor. */
  vmcall: [['', '', 'NP 0F 01 C1', 'VMX', 'w:OSZAPC']],
  /** Enters a virtual machine for the first time. */
  vmlaunch: [['', '', 'NP 0F 01 C2', 'VMX', 'w:OSZAPC']],
  /** Enters a virtual machine again. */
  vmresume: [['', '', 'NP 0F 01 C3', 'VMX', 'w:OSZAPC']],
  /** Leaves virtual-machine operation. */
  vmxoff: [['', '', 'NP 0F 01 C4', 'VMX', 'w:OSZAPC']],
  /** Begins virtual-machine operation. */
  vmxon: [['r:m64', 'M', 'F3 0F C7 /6', 'VMX', 'w:OSZAPC']],
  /** Makes a control structure the current one. */
  vmptrld: [['r:m64', 'M', 'NP 0F C7 /6', 'VMX', 'w:OSZAPC']],
  /** `[dst] ← address of the current control structure`. */
  vmptrst: [['w:m64', 'M', 'NP 0F C7 /7', 'VMX', 'w:OSZAPC']],
  /** Initializes a control structure and writes it back. */
  vmclear: [['rw:m64', 'M', '66 0F C7 /6', 'VMX', 'w:OSZAPC']],
  /** `dst ← field of the current control structure`. */
  vmread: [['w:r64/m64, r:r64', 'MR', 'NP 0F 78 /r', 'VMX', 'w:OSZAPC']],
  /** `field of the current control structure ← src`. */
  vmwrite: [['r:r64, r:r64/m64', 'RM', 'NP 0F 79 /r', 'VMX', 'w:OSZAPC']],
  /** Calls the virtual-machine function eax. */
  vmfunc: [['r:<eax>, r:<ecx>', '', 'NP 0F 01 D4', 'VMX', 'w:OSZAPC']],
  /** Drops translations of extended page tables; the descriptor is in memory. */
  invept: [
    ['r:r64, r:m128', 'RM', '66 0F 38 80 /r', 'VMX', 'w:OSZAPC'],
    ['r:r64, r:m128', 'RM', 'EVEX.L0.F3.MAP4.WIG F0 /r plain', 'VMX APX_F', 'w:OSZAPC'],
  ],
  /** Drops translations by virtual-processor identifier; the descriptor is in memory. */
  invvpid: [
    ['r:r64, r:m128', 'RM', '66 0F 38 81 /r', 'VMX', 'w:OSZAPC'],
    ['r:r64, r:m128', 'RM', 'EVEX.L0.F3.MAP4.WIG F1 /r plain', 'VMX APX_F', 'w:OSZAPC'],
  ],
  /** Runs the virtual machine whose control block is at rax. */
  vmrun: [['r:<rax>', '', '0F 01 D8', 'SVM', 'r:OSZAPCD']],
  /** Calls the hypervisor. */
  vmmcall: [['', '', '0F 01 D9', 'SVM']],
  /** Loads state from the control block at rax. */
  vmload: [['r:<rax>', '', '0F 01 DA', 'SVM']],
  /** Stores state to the control block at rax. */
  vmsave: [['r:<rax>', '', '0F 01 DB', 'SVM']],
  /** Sets the global interrupt flag. */
  stgi: [['', '', '0F 01 DC', 'SVM']],
  /** Clears the global interrupt flag. */
  clgi: [['', '', '0F 01 DD', 'SVM']],
  /** Starts the secure loader at eax. */
  skinit: [['rw:<eax>', '', '0F 01 DE', 'SKINIT', 'w:OSZAPCD']],
  /** Drops the translation of the page at rax for the address space ecx. */
  invlpga: [['r:<rax>, r:<ecx>', '', '0F 01 DF', 'SVM']],
  /** Drops translations in all processors: rax, ecx, edx. */
  invlpgb: [['r:<rax>, r:<ecx>, r:<edx>', '', 'NP 0F 01 FE', 'INVLPGB']],
  /** Waits for translations dropped with invlpgb. */
  tlbsync: [['', '', 'NP 0F 01 FF', 'INVLPGB']],
  /** Splits a large page of the reverse map at rax. */
  psmash: [['rw:<rax>', '', 'F3 0F 01 FF', 'SNP', 'w:OSZAP']],
  /** Validates the guest page at rax, of size ecx, state edx. */
  pvalidate: [['rw:<rax>, r:<ecx>, r:<edx>', '', 'F2 0F 01 FF', 'SNP', 'w:OSZAPC']],
  /** Writes the reverse-map entry of the page at rax from that at rcx. */
  rmpupdate: [['rw:<rax>, r:<rcx>', '', 'F2 0F 01 FE', 'SNP', 'w:OSZAP']],
  /** Changes the permissions of the guest page at rax, of size rcx, by rdx. */
  rmpadjust: [['rw:<rax>, r:<rcx>, r:<rdx>', '', 'F3 0F 01 FE', 'SNP', 'w:OSZAP']],
  /** Reads the permissions of the guest page at rax. */
  rmpquery: [['rw:<rax>, w:<rcx>, rw:<rdx>', '', 'F3 0F 01 FD', 'RMPQUERY', 'w:OSZAP']],
  /** Calls the safer-mode function eax. */
  getsec: [['r:<eax>', '', 'NP 0F 37', 'SMX']],
  /** Calls the enclave function eax, of supervisors. */
  encls: [['rw:<eax>, rw:<rbx>, rw:<rcx>, rw:<rdx>', '', 'NP 0F 01 CF', 'SGX', 'w:OSZAPC']],
  /** Calls the enclave function eax, of users. */
  enclu: [['rw:<eax>, rw:<rbx>, rw:<rcx>, rw:<rdx>', '', 'NP 0F 01 D7', 'SGX', 'w:OSZAPC']],
  /** Calls the enclave function eax, of hypervisors. */
  enclv: [['rw:<eax>, rw:<rbx>, rw:<rcx>, rw:<rdx>', '', 'NP 0F 01 C0', 'SGX', 'w:OSZAPC']],
  /** Calls the trust-domain module from its guest. */
  tdcall: [['', '', '66 0F 01 CC', 'TDX']],
  /** Calls the trust-domain module. */
  seamcall: [['r:<rax>', '', '66 0F 01 CF', 'TDX', 'w:OSZAPC']],
  /** Returns from the trust-domain module. */
  seamret: [['', '', '66 0F 01 CD', 'TDX', 'return w:OSZAPC']],
  /** Calls a function of the processor for the trust-domain module: rax. */
  seamops: [['rw:<rax>, r:<rcx>, r:<rdx>, r:<r8>, r:<r9>', '', '66 0F 01 CE', 'TDX', 'w:OSZAPC']],
  /** Multiplies in the manner of Montgomery (PadLock). */
  montmul: [['rw:<rsi>, rw:<rdi>, rw:<rcx>, rw:<rax>', '', '0F A6 C0', 'PADLOCK', 'rep']],
  /** SHA-1 of ecx bytes at rsi (PadLock). */
  xsha1: [['rw:<rsi>, rw:<rdi>, rw:<rcx>, rw:<rax>', '', '0F A6 C8', 'PADLOCK', 'rep']],
  /** SHA-256 of ecx bytes at rsi (PadLock). */
  xsha256: [['rw:<rsi>, rw:<rdi>, rw:<rcx>, rw:<rax>', '', '0F A6 D0', 'PADLOCK', 'rep']],
  /** `[rdi] ← random bytes` (PadLock). */
  xstorerng: [['w:<eax>, r:<edx>, rw:<rdi>', '', '0F A7 C0', 'PADLOCK', 'rep']],
  /** Encrypts rcx blocks at rsi to rdi, each alone (PadLock). */
  xcryptecb: [['rw:<rsi>, rw:<rdi>, rw:<rcx>, rw:<rax>', '', '0F A7 C8', 'PADLOCK', 'rep']],
  /** Encrypts rcx blocks at rsi to rdi, chained (PadLock). */
  xcryptcbc: [['rw:<rsi>, rw:<rdi>, rw:<rcx>, rw:<rax>', '', '0F A7 D0', 'PADLOCK', 'rep']],
  /** Encrypts rcx blocks at rsi to rdi by a counter (PadLock). */
  xcryptctr: [['rw:<rsi>, rw:<rdi>, rw:<rcx>, rw:<rax>', '', '0F A7 D8', 'PADLOCK', 'rep']],
  /** Encrypts rcx blocks at rsi to rdi with cipher feedback (PadLock). */
  xcryptcfb: [['rw:<rsi>, rw:<rdi>, rw:<rcx>, rw:<rax>', '', '0F A7 E0', 'PADLOCK', 'rep']],
  /** Encrypts rcx blocks at rsi to rdi with output feedback (PadLock). */
  xcryptofb: [['rw:<rsi>, rw:<rdi>, rw:<rcx>, rw:<rax>', '', '0F A7 E8', 'PADLOCK', 'rep']],
} as const
