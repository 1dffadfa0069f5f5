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
    text: /^(mov[sz]x (\w\w|r\d+w), (\w[xip]$|r\d+w$|word)|movsxd (e|\w\w,|r\d+[dw]))/,
    reason:
      'llvm-mc decodes movsx and movzx between 16 bits, and movsxd without REX.W, and takes no text for them',
  },
  {
    text: /^mov (\w\w|r\d+w), [c-gs]s$/,
    reason:
      'llvm-mc leaves out the prefix 66, which makes it a move that zero-extends; the operand size is kept here',
  },
  {
    text: /^(pushf|popf)$/,
    reason: 'llvm-mc takes pushf for pushfq; here it is the instruction of 16 bits that text shows',
  },
  {
    text: /^l(call|jmp) /,
    reason: 'llvm-mc prints far calls of 32 and 80 bits as lcall, and takes that name for those of 48 bits',
  },
  { text: /^int1$/, reason: 'llvm-mc does not know int1 (F1; SDM Vol. 2A, INT n)' },
  {
    text: /^\{evex\} set\w+ byte ptr \[.* [-+] \d+\]$/,
    reason:
      'llvm-mc counts disp8 of these in 16 bytes; the APX specification (3.1.2.3.6) has no scaling in map 4',
  },
  {
    text: /^vpcmpeq[bwdq] k/,
    reason:
      'vpcmpb k, a, b, 0 reads vpcmpeqb, which has an opcode of its own, one byte shorter; what was written is encoded',
  },
]

/** What llvm-mc accepts and we refuse on purpose, by the text of the operands as they were given. */
export const LENIENCE: readonly Disagreement[] = [
  { text: /(?<!\{k\d\}) \{z\}/, reason: 'llvm-mc drops {z} where there is no mask' },
  {
    text: /^(?!vp?(gather|scatter)).*\[[^\]]*[xyz]mm/,
    reason: 'llvm-mc takes the number of a vector index for a general register',
  },
  { text: /\[\w+ \+ [er]sp/, reason: 'llvm-mc exchanges base and index so that rsp becomes the base' },
  { text: /[ ,]-?\d{3,}(\.\d+)?$/, reason: 'llvm-mc cuts immediates to their size' },
  { text: /NaN/, reason: 'in assembler text NaN is a symbol' },
  { text: /^vp?gather/, reason: 'llvm-mc only warns of equal registers in a gather' },
  { text: /^(rol|ror|rcl|rcr|shl|shr|sar) [^,]*$/, reason: 'in assembler text a count of 1 may be left out' },
  {
    text: /^(rol|ror|rcl|rcr|shl|shr|sar) \w+, (\w+|\w+ ptr .*)$/,
    reason: 'llvm-mc knows the two-operand shifts by one of APX, for which there are no rows',
  },
  { text: /\br(1[6-9]|2\d|3[01])[dwb]?\b/, reason: 'llvm-mc knows r16 to r31 of APX' },
  { text: /^(jmp|call) \w+ ptr/, reason: 'llvm-mc knows far jumps and calls, for which there are no rows' },
  { text: /^(mul|i?div) \w+, /, reason: 'in assembler text the accumulator may be written' },
  { text: /\{r\w-sae\}, (e|r\d|r[a-ds])/, reason: 'text puts the rounding of a general register before it' },
  { text: /\?/, reason: 'ah to bh have no other numbers, and so no names' },
  {
    text: /^v?(movmsk|pmovmsk|pextr|pinsr|extractps|movw)\w* .*\br(\d+|[a-ds][xpi]|[bd][ip])\b/,
    reason: 'llvm-mc takes a 64-bit register where the upper half is zeroed or ignored anyhow',
  },
  { text: /^[ls]dtilecfg |^sttilecfg /, reason: 'llvm-mc takes any size for opaque memory' },
  { text: /^sh[lr]d [^,]*, [^,]*$/, reason: 'in assembler text a count of cl may be left out' },
  { text: /^(p?blendv\w+|sha256rnds2) [^,]*, [^,]*$/, reason: 'in assembler text xmm0 may be left out' },
  { text: /^imul [^,]*, -?\d+$/, reason: 'in assembler text the destination may be the source too' },
  {
    text: /^(?!v)\w+ [^,]*, [^,]*, |^(inc|dec|neg|not|movbe) \w+, \w+$/,
    reason: 'llvm-mc knows the forms of APX with one operand more, for which there are no rows',
  },
  {
    text: /^(vpdp[bw][su][su]ds?|vmpsadbw) |^vmov[dw] xmm\d+, xmm/,
    reason: 'llvm-mc knows the EVEX forms of AVX10.2, for which there are no rows',
  },
  { text: /^v?movd .*\br\w\w?\b/, reason: 'llvm-mc takes movd with a 64-bit register for movq' },
  { text: /, (-?\d|\{r\w-sae\})$/, reason: 'llvm-mc takes an immediate for a rounding mode and the reverse' },
]
