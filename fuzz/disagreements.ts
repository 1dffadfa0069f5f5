/** Where our encoding differs from llvm-mc's on purpose, each with its reason. */

export interface Disagreement {
  /** Matches the text of the sample. */
  readonly text: RegExp
  readonly reason: string
}

export const DISAGREEMENTS: readonly Disagreement[] = [
  {
    text: /^xchg rax, rax$/,
    reason:
      'llvm-mc writes nop (90); xchg of 64-bit registers keeps its operand size here (48 90), as it was asked for',
  },
  {
    text: /^vpcmpeq[bwdq] k/,
    reason:
      'vpcmpb k, a, b, 0 reads vpcmpeqb, which has an opcode of its own, one byte shorter; what was written is encoded',
  },
]
