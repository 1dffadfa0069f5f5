/** The machine around an emulated program, as its caller plays it. */

/** What CPUID leaves in its four registers; words, signed or unsigned. */
export interface CpuidLeaf {
  readonly eax: number
  readonly ebx: number
  readonly ecx: number
  readonly edx: number
}

/** The machine around the program, as its caller plays it; what is missing is an UnsupportedInstruction. */
export interface Surroundings {
  /** CPUID. */
  readonly cpuid?: (leaf: number, subleaf: number) => CpuidLeaf
  /** A system call: its number from rax, its six arguments; the result goes to rax. */
  readonly syscall?: (number: number, args: readonly bigint[]) => bigint
}
