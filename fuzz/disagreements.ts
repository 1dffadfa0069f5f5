/**
 * Where our encoding differs from llvm-mc's on purpose, each with its reason and where the manual says so.
 *
 * How sure the places are: sections of chapters 2 and 3 of SDM Vol. 2A are numbered as in its edition 079 (March 2023), and
 * were checked against its table of contents. Instruction pages are named by their titles; that they say what is said
 * here, the numbers of tables, and the sections of the APX and AVX10.2 specifications are cited from memory.
 */

export interface Disagreement {
  /** Matches the text of the sample. */
  readonly text: RegExp
  readonly reason: string
  /** Of the SDM, where no other manual is named. */
  readonly manual: string
}

export const DISAGREEMENTS: readonly Disagreement[] = [
  {
    text: /^vmov[dw] xmm\d+, xmm\d+$/,
    reason:
      'llvm-mc decodes the stores of AVX10.2 (66 0F D6, F3 MAP5 7E) between registers with the operands exchanged',
    manual: 'AVX10.2 specification, VMOVD and VMOVW: the store has its source in ModRM.reg',
  },
  {
    text: /^movq .*\br(1[6-9]|2\d|3[01])d?\b/,
    reason: 'llvm-mc decodes 66 REX2.W 0F 6E and 7E as moves of MMX registers',
    manual:
      'Vol. 2B, MOVD/MOVQ; APX specification, 3.1, REX2 prefix: prefixes mean before REX2 what they mean before REX',
  },
  {
    text: /^xchg rax, rax$/,
    reason:
      'llvm-mc writes nop (90); xchg of 64-bit registers keeps its operand size here (48 90), as it was asked for',
    manual: 'Vol. 2D, XCHG',
  },
  {
    text: /^(mov[sz]x (\w\w|r\d+w), (\w[xip]$|r\d+w$|word)|movsxd (e|\w\w,|r\d+[dw]))/,
    reason:
      'llvm-mc decodes movsx and movzx between 16 bits, and movsxd without REX.W, and takes no text for them',
    manual: 'Vol. 2B, MOVSX/MOVSXD and MOVZX (of MOVSXD without REX.W: discouraged, so defined)',
  },
  {
    text: /^mov (\w\w|r\d+w), [c-gs]s$/,
    reason:
      'llvm-mc leaves out the prefix 66, which makes it a move that zero-extends; the operand size is kept here',
    manual: 'Vol. 2B, MOV: from a segment register to r16, and to r32 or r64 zero-extended',
  },
  {
    text: /^(pushf|popf)$/,
    reason: 'llvm-mc takes pushf for pushfq; here it is the instruction of 16 bits that text shows',
    manual: 'Vol. 2B, PUSHF/PUSHFD/PUSHFQ and POPF/POPFD/POPFQ',
  },
  {
    text: /^l(call|jmp) /,
    reason: 'llvm-mc prints far calls of 32 and 80 bits as lcall, and takes that name for those of 48 bits',
    manual: 'Vol. 2A, CALL and JMP: m16:16, m16:32, m16:64',
  },
  { text: /^int1$/, reason: 'llvm-mc does not know int1 (F1)', manual: 'Vol. 2A, INT n/INTO/INT3/INT1' },
  {
    text: /^int 3$/,
    reason:
      'llvm-mc writes int3 (CC), which does not do quite the same as CD 03; what was written is encoded',
    manual: 'Vol. 2A, INT n/INTO/INT3/INT1: CD 03 lacks what is special of CC',
  },
  {
    text: /^\{evex\} set\w+ byte ptr \[.* [-+] \d+\]$/,
    reason: 'llvm-mc counts disp8 of these in 16 bytes; in map 4 there is no scaling',
    manual: 'APX specification, 3.1.2.3.1 (EVEX extension of legacy instructions): displacements',
  },
  {
    text: /^vpcmpeq[bwdq] k/,
    reason:
      'vpcmpb k, a, b, 0 reads vpcmpeqb, which has an opcode of its own, one byte shorter; what was written is encoded',
    manual: 'Vol. 2C, VPCMPB/VPCMPUB; Vol. 2B, PCMPEQB/PCMPEQW/PCMPEQD (forms with an opmask)',
  },
]

/** What llvm-mc accepts and we refuse on purpose, by the text of the operands as they were given. */
export const LENIENCE: readonly Disagreement[] = [
  {
    text: /^(jmp|call) \w+ ptr /,
    reason: 'llvm-mc takes memory of any other size for the 48 bits of a far jump or call',
    manual: 'Vol. 2A, CALL and JMP',
  },
  {
    text: /^(pop2p? |tdp[bh])/,
    reason: 'llvm-mc does not ask that the registers differ, without which it is #UD',
    manual: 'APX specification, POP2; Vol. 2A, 2.10 (exception classes of AMX); Vol. 2B, TDPBSSD',
  },
  {
    text: /^(umwait|tpause) r/,
    reason: 'llvm-mc takes a wider register where the upper bits are ignored',
    manual: 'Vol. 2B, TPAUSE and UMWAIT: r32',
  },
  {
    text: /^movabs .*ptr \[-?\d+\]/,
    reason: 'text tells no 32-bit address from one of 64 bits; here the latter is a bigint',
    manual: 'Vol. 2A, 2.2.1.4 (direct memory-offset MOVs); Vol. 2B, MOV: moffs64',
  },
  {
    text: /^mov .*\bcr([15-7]|9|1\d)\b/,
    reason: 'of the control registers only 0, 2, 3, 4 and 8 exist',
    manual: 'Vol. 2B, MOV—Move to/from Control Registers: #UD for any other',
  },
  { text: /^mov cs, /, reason: 'a load of cs is #UD', manual: 'Vol. 2B, MOV: exceptions' },
  {
    text: /^(rstorssp|clrssbsy) dword/,
    reason: 'the tokens of shadow stacks have 64 bits; llvm-mc says dword',
    manual: 'Vol. 2B, RSTORSSP; Vol. 2A, CLRSSBSY: m64',
  },
  {
    text: /^enter /,
    reason: 'llvm-mc cuts immediates to their size',
    manual: 'Vol. 2A, ENTER: imm16, imm8',
  },
  {
    text: /\b([cd]r|mm|st|es|sreg)\??\d\d|\b(dr|mm)[89]\b/,
    reason: 'a register that does not exist is a symbol in assembler text',
    manual: 'Vol. 1, 3.2.1 (registers of 64-bit mode); Vol. 2B, MOV—Move to/from Debug Registers',
  },
  {
    text: /^f\w+ ?(st\(\d\))?$|^f\w+p st\(0\), st\(\d\)$|^fnstsw $/,
    reason: 'in assembler text x87 operands may be left out, and exchanged where one is the top',
    manual: 'Vol. 2A, FADD and its kin: the forms with operands',
  },
  {
    text: /^vfc?m(add|ul)c[ps]h /,
    reason: 'llvm-mc only warns of a destination that is a source, which is #UD',
    manual: 'Vol. 2C, VFCMADDCPH/VFMADDCPH and VFCMULCPH/VFMULCPH: exceptions',
  },
  {
    text: /^(movs|cmps|stos|lods|scas|ins|outs)[bwdq] /,
    reason:
      'llvm-mc takes any address and says which register it means; in assembler text operands may be left out',
    manual: 'Vol. 2B, MOVS/MOVSB/MOVSW/MOVSD/MOVSQ: the operands are rsi and rdi',
  },
  {
    text: /^(lar|lsl|lldt|ltr|verr|verw|lmsw|lkgs|str|sldt|smsw) /,
    reason: 'llvm-mc takes a wider register where the upper bits are ignored',
    manual: 'Vol. 2A, LAR, LSL, LLDT, LMSW, LTR; Vol. 2B, SLDT, SMSW, STR; Vol. 2C, VERR/VERW: r/m16',
  },
  {
    text: /^\{evex\} \w+ [^,]*, /,
    reason: 'llvm-mc takes {evex} before a form with a new destination, which is EVEX anyhow',
    manual: 'APX specification, 3.1.2.3.1 (EVEX extension of legacy instructions): ND',
  },
  {
    text: /^vcvttp[sd]2u?[dq]qs .*\{sae\}$/,
    reason: 'llvm-mc takes {sae} at 256 and 128 bits, where L′L says 512',
    manual: 'Vol. 2A, 2.7.9 (SAE support in EVEX) and 2.7.10 (vector length orthogonality)',
  },
  {
    text: /(?<!\{k\d\}) \{z\}/,
    reason: 'llvm-mc drops {z} where there is no mask, which would be #UD',
    manual: 'Vol. 2A, 2.7.4 (masking support in EVEX) and 2.7.11.3 (opcode dependent #UD)',
  },
  {
    text: /^(?!vp?(gather|scatter)).*\[[^\]]*[xyz]mm/,
    reason: 'llvm-mc takes the number of a vector index for a general register',
    manual: 'Vol. 2A, 2.3.12 (VSIB memory addressing): only its instructions have a vector index',
  },
  {
    text: /\[\w+ \+ [er]sp/,
    reason: 'llvm-mc exchanges base and index so that rsp becomes the base',
    manual: 'Vol. 2A, 2.1.5, table 2-3 (SIB byte): index 100 is none',
  },
  {
    text: /[ ,]-?\d{3,}(\.\d+)?$/,
    reason: 'llvm-mc cuts immediates to their size',
    manual: 'Vol. 2A, 3.1.1.3 (instruction column): imm8, imm16, imm32',
  },
  {
    text: /^vp?gather/,
    reason: 'llvm-mc only warns of equal registers in a gather, which is #UD',
    manual: 'Vol. 2C, VGATHERDPS/VGATHERQPS, VPGATHERDD/VPGATHERQD and their kin: exceptions',
  },
  {
    text: /^(\{\w+\} )?(rol|ror|rcl|rcr|shl|shr|sar) [^,]*(, [^,]*)?$/,
    reason: 'in assembler text a count of 1 may be left out',
    manual: 'Vol. 2B, RCL/RCR/ROL/ROR and SAL/SAR/SHL/SHR: the count is written',
  },
  {
    text: /^(mul|i?div) \w+, /,
    reason: 'in assembler text the accumulator may be written',
    manual: 'Vol. 2A, DIV; Vol. 2B, MUL: the accumulator is implicit',
  },
  {
    text: /\{r\w-sae\}, (e|r\d|r[a-ds])/,
    reason: 'text puts the rounding of a general register before it',
    manual: 'Vol. 2A, CVTSI2SS: {er} belongs to the last source',
  },
  {
    text: /\?/,
    reason: 'ah to bh have no other numbers, and so no names',
    manual: 'Vol. 2A, 3.1.1.1, table 3-1 (register codes)',
  },
  {
    text: /^v?(movmsk|pmovmsk|pextr|pinsr|extractps|movw)\w* .*\br(\d+|[a-ds][xpi]|[bd][ip])\b/,
    reason: 'llvm-mc takes a 64-bit register where the upper half is zeroed or ignored anyhow',
    manual: 'Vol. 2B, PEXTRB, PINSRB, PMOVMSKB: r32, with r64 the same in 64-bit mode',
  },
  {
    text: /^[ls]dtilecfg |^sttilecfg /,
    reason: 'llvm-mc takes any size for opaque memory',
    manual: 'Vol. 2A, LDTILECFG; Vol. 2B, STTILECFG: m512',
  },
  {
    text: /^sh[lr]d [^,]*, [^,]*$/,
    reason: 'in assembler text a count of cl may be left out',
    manual: 'Vol. 2B, SHLD and SHRD: three operands',
  },
  {
    text: /^(p?blendv\w+|sha256rnds2) [^,]*, [^,]*$/,
    reason: 'in assembler text xmm0 may be left out',
    manual: 'Vol. 2A, BLENDVPS; Vol. 2B, PBLENDVB, SHA256RNDS2: <XMM0>',
  },
  {
    text: /^imul [^,]*, -?\d+$/,
    reason: 'in assembler text the destination may be the source too',
    manual: 'Vol. 2A, IMUL: three operands with an immediate',
  },
  {
    text: /^v?movd .*\br\w\w?\b/,
    reason: 'llvm-mc takes movd with a 64-bit register for movq',
    manual: 'Vol. 2B, MOVD/MOVQ',
  },
  {
    text: /, (-?\d|\{r\w-sae\})$/,
    reason: 'llvm-mc takes an immediate for a rounding mode and the reverse',
    manual: 'Vol. 2A, ADDPS: {er} stands on the last register',
  },
]
