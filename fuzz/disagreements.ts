/** Where our encoding differs from llvm-mc's on purpose, each with its reason. */

export interface Disagreement {
  /** Matches the text of the sample. */
  readonly text: RegExp
  readonly reason: string
}

export const DISAGREEMENTS: readonly Disagreement[] = [
  {
    text: /^vmov[dw] xmm\d+, xmm\d+$/,
    reason:
      'llvm-mc decodes the stores of AVX10.2 (66 0F D6, F3 MAP5 7E) between registers with the operands exchanged',
  },
  {
    text: /^movq .*\br(1[6-9]|2\d|3[01])d?\b/,
    reason: 'llvm-mc decodes 66 REX2.W 0F 6E and 7E as moves of MMX registers',
  },
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
  {
    text: /^(jmp|call) \w+ ptr /,
    reason: 'llvm-mc takes memory of any other size for the 48 bits of a far jump or call',
  },
  {
    text: /^(pop2p? |tdp[bh])/,
    reason: 'llvm-mc does not ask that the registers differ (APX, POP2; AMX-FP8: #UD)',
  },
  { text: /^(umwait|tpause) r/, reason: 'llvm-mc takes a wider register where the upper bits are ignored' },
  {
    text: /^movabs .*ptr \[-?\d+\]/,
    reason: 'text tells no 32-bit address from one of 64 bits; here the latter is a bigint',
  },
  {
    text: /^mov .*\bcr([15-7]|9|1\d)\b/,
    reason:
      'of the control registers only 0, 2, 3, 4 and 8 exist (SDM Vol. 2B, MOV to and from control registers)',
  },
  { text: /^mov cs, /, reason: 'MOV to cs is #UD (SDM Vol. 2B, MOV)' },
  {
    text: /^(rstorssp|clrssbsy) dword/,
    reason: 'the tokens of shadow stacks have 64 bits (SDM Vol. 2B, RSTORSSP); llvm-mc says dword',
  },
  { text: /^enter /, reason: 'llvm-mc cuts immediates to their size' },
  {
    text: /\b([cd]r|mm|st|es|sreg)\??\d\d|\bdr[89]\b/,
    reason: 'a register that does not exist is a symbol in assembler text',
  },
  {
    text: /^f\w+ ?(st\(\d\))?$|^f\w+p st\(0\), st\(\d\)$|^fnstsw $/,
    reason: 'in assembler text x87 operands may be left out, and exchanged where one is the top',
  },
  { text: /^vfc?m(add|ul)c[ps]h /, reason: 'llvm-mc only warns of a destination that is a source' },
  {
    text: /^(movs|cmps|stos|lods|scas|ins|outs)[bwdq] /,
    reason:
      'llvm-mc takes any address and says which register it means; in assembler text operands may be left out',
  },
  {
    text: /^(lar|lsl|lldt|ltr|verr|verw|lmsw|lkgs|str|sldt|smsw) /,
    reason: 'llvm-mc takes a wider register where the upper bits are ignored',
  },
  {
    text: /^\{evex\} \w+ [^,]*, /,
    reason: 'llvm-mc takes {evex} before a form with a new destination, which is EVEX anyhow',
  },
  {
    text: /^vcvttp[sd]2u?[dq]qs .*\{sae\}$/,
    reason: 'llvm-mc takes {sae} at 256 and 128 bits, where L′L says 512',
  },
  { text: /(?<!\{k\d\}) \{z\}/, reason: 'llvm-mc drops {z} where there is no mask' },
  {
    text: /^(?!vp?(gather|scatter)).*\[[^\]]*[xyz]mm/,
    reason: 'llvm-mc takes the number of a vector index for a general register',
  },
  { text: /\[\w+ \+ [er]sp/, reason: 'llvm-mc exchanges base and index so that rsp becomes the base' },
  { text: /[ ,]-?\d{3,}(\.\d+)?$/, reason: 'llvm-mc cuts immediates to their size' },
  { text: /^vp?gather/, reason: 'llvm-mc only warns of equal registers in a gather' },
  {
    text: /^(\{\w+\} )?(rol|ror|rcl|rcr|shl|shr|sar) [^,]*(, [^,]*)?$/,
    reason: 'in assembler text a count of 1 may be left out',
  },
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
  { text: /^v?movd .*\br\w\w?\b/, reason: 'llvm-mc takes movd with a 64-bit register for movq' },
  { text: /, (-?\d|\{r\w-sae\})$/, reason: 'llvm-mc takes an immediate for a rounding mode and the reverse' },
]
