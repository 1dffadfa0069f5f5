/**
 * Every difference from llvm-mc and iced that is tolerated, each with its reason and where a manual says so; nothing else
 * is. First what differs when encoding, then when decoding, by LLVM and by iced, then what coverage leaves out.
 *
 * How sure the places are: sections of chapters 2 and 3 of SDM Vol. 2A are numbered as in its edition 079 (March 2023), and
 * were checked against its table of contents. Instruction pages are named by their titles; that they say what is said
 * here, the numbers of tables, and the sections of the APX and AVX10.2 specifications are cited from memory.
 */
import type { Decoded } from '../src/encoder/decode.ts'
import type { EncodableForm } from '../src/encoder/encodable.ts'
import { Mem, type Operand } from '../src/encoder/operands.ts'
import { predicateNames } from '../src/encoder/predicates.ts'
import { Reg } from '../src/encoder/registers.ts'
import {
  changeEvex,
  dropPrefixes,
  hasPrefix,
  isLegacyPrefix,
  isRex,
  MANDATORY,
  prefixCount,
} from './decode-repairs.ts'
import { ICED_MNEMONICS, type IcedInstruction, plainMnemonic } from './iced.ts'

export interface Disagreement {
  /** Matches the text of the sample. */
  readonly text: RegExp
  readonly reason: string
  /** Of the SDM, where no other manual is named. */
  readonly manual: string
}

/** Where our encoding differs from llvm-mc's on purpose. */
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

/** LLVM accepts bytes as if something in them were otherwise. */
export interface Lenience {
  readonly reason: string
  /** The bytes as LLVM takes them; null where this is not the matter. */
  repair(bytes: Uint8Array, reason: string): Uint8Array | null
}

/** Map 4, and what of the other maps APX extends: BMI and its kin, whose opcodes are high. */
const isPromoted = (bytes: Uint8Array): boolean => {
  const at = prefixCount(bytes)
  const map = bytes[at + 1]! & 7
  return bytes[at] === 0x62 && (map === 4 || (map <= 3 && bytes[at + 4]! >= 0xe0))
}

export const LENIENCES: readonly Lenience[] = [
  {
    reason:
      'LOCK before what does not read, change and write memory is #UD (SDM Vol. 2A, LOCK); LLVM prints it',
    repair: (bytes, reason) => (reason === 'lock' ? dropPrefixes(bytes, (byte) => byte === 0xf0) : null),
  },
  {
    reason:
      '66, F2, F3, LOCK and REX before VEX, EVEX, XOP or REX2 are #UD (SDM Vol. 2A, 2.3.2 to 2.3.4 for VEX; AMD64 manual Vol. 3, 1.2.7 for XOP; for the others as for VEX, from memory); LLVM ignores them',
    repair: (bytes, reason) =>
      reason === 'prefix'
        ? dropPrefixes(bytes, (byte) => isRex(byte) || [0x66, 0xf2, 0xf3, 0xf0].includes(byte))
        : null,
  },
  {
    reason: '66 before EVEX is #UD, as before VEX (SDM Vol. 2A, 2.3.3); in map 4 LLVM takes it for pp',
    repair(bytes, reason) {
      if (reason !== 'prefix' || !isPromoted(bytes) || !hasPrefix(bytes, 0x66)) return null
      const repaired = dropPrefixes(bytes, (byte) => isRex(byte) || [0x66, 0xf2, 0xf3, 0xf0].includes(byte))
      return repaired === null ? null : (changeEvex(repaired, 2, (byte) => (byte & 0xfc) | 1) ?? repaired)
    },
  },
  {
    reason: 'z without a mask is #UD (SDM Vol. 2A, 2.7.11.3); LLVM prints {k0} {z}',
    repair: (bytes, reason) => (reason === 'payload' ? changeEvex(bytes, 3, (byte) => byte & 0x7f) : null),
  },
  {
    reason: 'X4 where ModRM has no address is #UD (APX specification, 3.1.2.3); LLVM ignores it',
    repair: (bytes, reason) => (reason === 'payload' ? changeEvex(bytes, 2, (byte) => byte | 4) : null),
  },
  {
    reason: 'L′L = 3 without static rounding is #UD (SDM Vol. 2A, 2.7.10); LLVM takes it for 512 bits',
    repair: (bytes) => changeEvex(bytes, 3, (byte) => ((byte & 0x60) === 0x60 ? byte & 0xdf : byte)),
  },
  {
    reason: 'where the manual writes NP, F2, F3 and 66 are #UD (SDM Vol. 2A, 3.1.1.1); LLVM ignores them',
    repair: (bytes, reason) =>
      reason === 'field' ? dropPrefixes(bytes, (byte) => byte === 0xf2 || byte === 0xf3) : null,
  },
  {
    reason: 'where the manual writes NP, F2, F3 and 66 are #UD (SDM Vol. 2A, 3.1.1.1); LLVM ignores them',
    repair: (bytes, reason) =>
      reason === 'field' ? dropPrefixes(bytes, (byte) => MANDATORY.includes(byte)) : null,
  },
  {
    reason: 'where the manual writes NP, F2, F3 and 66 are #UD (SDM Vol. 2A, 3.1.1.1); LLVM ignores them',
    repair: (bytes, reason) => (reason === 'field' ? dropPrefixes(bytes, (byte) => byte === 0x66) : null),
  },
  {
    reason: 'W must be 0 where the manual writes W0 (SDM Vol. 2A, 3.1.1.2); LLVM takes some for WIG',
    repair(bytes, reason) {
      const at = prefixCount(bytes)
      if (reason !== 'field' || bytes[at] !== 0xc4 || (bytes[at + 2]! & 0x80) === 0) return null
      const repaired = bytes.slice()
      repaired[at + 2] = bytes[at + 2]! & 0x7f
      return repaired
    },
  },
  {
    reason: 'NF is 0 where an instruction has none (APX specification, 3.1.2.3); LLVM ignores it',
    repair: (bytes, reason) =>
      reason === 'field' && isPromoted(bytes) ? changeEvex(bytes, 3, (byte) => byte & 0x18) : null,
  },
  {
    reason:
      'L′L, z and the lower bits of aaa are 0 in what APX promotes (APX specification, 3.1.2.3); LLVM ignores them',
    repair: (bytes, reason) =>
      reason === 'field' && isPromoted(bytes) ? changeEvex(bytes, 3, (byte) => byte & 0x1c) : null,
  },
  {
    reason:
      'pp that no page has with an opcode is #UD (SDM Vol. 2D, appendix A: what is blank is reserved), in map 4 also 66 before operations on bytes; LLVM ignores some',
    repair: (bytes, reason) => (reason === 'field' ? changeEvex(bytes, 2, (byte) => byte & 0xfc) : null),
  },
  {
    reason: 'R′ must be 1 where ModRM.reg is an opmask (SDM Vol. 2A, 2.7.11.3); LLVM ignores it',
    repair: (bytes, reason) => (reason === 'operand' ? changeEvex(bytes, 1, (byte) => byte | 0x10) : null),
  },
  {
    reason: 'ModRM.reg of EXTRQ must be 0 (AMD64 manual Vol. 4, EXTRQ); LLVM ignores it',
    repair(bytes) {
      const at = prefixCount(bytes)
      if (bytes[at] !== 0x0f || bytes[at + 1] !== 0x78 || (bytes[at + 2]! & 0x38) === 0) return null
      const repaired = bytes.slice()
      repaired[at + 2] = bytes[at + 2]! & 0xc7
      return repaired
    },
  },
]

/** Text that says the same, in LLVM's spelling. */
export interface Spelling {
  readonly reason: string
  /** Our text as LLVM has it, or as it was. */
  respell(text: string): string
}

const asSigned = (bits: number) => (text: string) => String((Number(text) << (32 - bits)) >> (32 - bits))

export const SPELLINGS: readonly Spelling[] = [
  {
    reason: 'a push of 16 bits is another instruction than one of 64 bits; LLVM writes both as push',
    respell: (text) => text.replace(/^pushw /, 'push '),
  },
  {
    reason:
      'what ret pops and enter reserves are numbers of bytes, which have no sign (SDM Vol. 2B, RET); LLVM prints one',
    respell(text) {
      if (!/^(ret|enter)/.test(text)) return text
      return text.replace(/(?<= )\d+(?=,|$)/, asSigned(16)).replace(/(?<=, )\d+$/, asSigned(8))
    },
  },
  {
    reason: 'the number of a model-specific register has no sign (SDM Vol. 2B, URDMSR); LLVM prints one',
    respell: (text) => (/^\w*msr\w* /.test(text) ? text.replace(/\b\d{10}\b/, asSigned(32)) : text),
  },
  {
    reason:
      'an immediate of 16 bits is a bit pattern, which has no sign; LLVM prints one with the forms of APX',
    respell: (text) => text.replace(/(?<=, )\d{5}$/, asSigned(16)),
  },
  {
    reason:
      'VMOVW reads and writes 16 bits (SDM Vol. 2C, VMOVW); of the newer of its opcodes LLVM says dword',
    respell: (text) => text.replace(/^(vmovw .*)\bword ptr/, '$1dword ptr'),
  },
  {
    reason:
      'VP2INTERSECT writes a pair of opmasks, and ignores the lowest bit of the number (SDM Vol. 2C, VP2INTERSECTD/VP2INTERSECTQ); LLVM shows the even one',
    respell: (text) => text.replace(/^(vp2intersect[dq] k)(\d)/, (_, head, id) => head + (Number(id) & 6)),
  },
  {
    reason:
      'a shift by 1 with a new destination says so, since it would otherwise read as a shift by a register; LLVM leaves it out',
    respell: (text) => text.replace(/^((\{nf\} )?(ro|rc|s[ha])[lr] .*), 1$/, '$1'),
  },
  {
    reason: 'LLVM prints the predicate of VCMPBF16 in the mnemonic, and does not assemble what it prints',
    respell: (text) =>
      text.replace(/^vcmpbf16 (.*), (\d+)$/, (whole, operands, predicate) => {
        const name = predicateNames('float', 'evex')[Number(predicate)]
        return name === undefined ? whole : `vcmp${name}bf16 ${operands}`
      }),
  },
  {
    reason: 'a far pointer in memory has a size; LLVM leaves it out',
    respell: (text) => text.replace(/^(l?call|l?jmp) (dword|fword|tbyte) ptr /, '$1 '),
  },
  {
    reason:
      'mov with an address outside of ModRM is movabs; with the prefix 67 LLVM writes mov, which it assembles otherwise',
    respell: (text) => text.replace(/^movabs (.*\[)/, 'mov $1'),
  },
]

/** What LLVM reads otherwise, or not at all. */
export interface DecodeDisagreement {
  readonly reason: string
  /** The texts are without prefixes. */
  applies(bytes: Uint8Array, ours: Decoded, text: string, theirs: string | null): boolean
}

/** At most: an index that could be a base has become one. */
const hasOneRegister = (operand: Operand): boolean =>
  operand instanceof Mem && (operand.base === null || operand.index === null)

const startsWithRex2 = (bytes: Uint8Array): boolean => bytes[prefixCount(bytes)] === 0xd5

export const DECODE_DISAGREEMENTS: readonly DecodeDisagreement[] = [
  {
    reason:
      'SIB.base 101 with mod 00 is no base whatever REX2.B4 or EVEX.B4 says, as with r13 (SDM Vol. 2A, 2.1.5, table 2-3); LLVM makes r21 and r29 of it',
    applies: (_bytes, ours, _text, theirs) =>
      ours.form !== null && /\[r(21|29)d?\b/.test(theirs ?? '') && ours.operands.some(hasOneRegister),
  },
  {
    reason: 'bit 4 of a vector index is V′ (SDM Vol. 2A, 2.7.2); LLVM ors X4 to it',
    applies(bytes, ours, text, theirs) {
      const at = prefixCount(bytes)
      if (ours.form === null || !(ours.form as EncodableForm).vsib || (bytes[at + 2]! & 4) !== 0) return false
      const low = (each: string) => each.replace(/(?<=[[*+] ?)[xyz]mm(\d+)/, (_, id) => `v${Number(id) & 15}`)
      return theirs === null || low(text) === low(theirs)
    },
  },
  {
    reason:
      'VMOVW moves 16 bits whatever W says (SDM Vol. 2C, VMOVW); LLVM names a 64-bit register where W is 1',
    applies: (_bytes, _ours, text, theirs) =>
      text.startsWith('vmovw ') && text.replace(/\br(\d+)d|\be([a-ds][xpi])/, 'r$1$2') === theirs,
  },
  {
    reason:
      'XBEGIN with 66 has 16 bits of displacement and cuts the address to 16 bits (SDM Vol. 2D, XBEGIN): the tables have no row for it',
    applies: (bytes, ours, _text, theirs) =>
      ours.form === null && hasPrefix(bytes, 0x66) && /^xbegin /.test(theirs ?? ''),
  },
  {
    reason: '67 E3 is JECXZ with REX as well (SDM Vol. 2A, Jcc); LLVM wants 67 right before E3',
    applies: (_bytes, _ours, text, theirs) => text.replace('jecxz', 'jrcxz') === theirs,
  },
  {
    reason: 'F3 0F 7E is MOVQ whatever REX.W says (SDM Vol. 2B, MOVQ); LLVM looks at W first',
    applies: (bytes, _ours, text, theirs) =>
      hasPrefix(bytes, 0xf3) && text.startsWith('movq xmm') && /^movq .*\bmm\d$/.test(theirs ?? ''),
  },
  {
    reason:
      '0F AE /6 is CLWB with 66 and CLRSSBSY with F3 whatever REX.W says (SDM Vol. 2A, CLWB and CLRSSBSY); LLVM looks at W first',
    applies: (_bytes, _ours, text, theirs) =>
      /^(clwb|tpause|clrssbsy) /.test(text) && /^xsaveopt64 /.test(theirs ?? ''),
  },
  {
    reason: 'XSAVE, XRSTOR and their kin are #UD with REX2 (APX specification, 3.1.2.2); LLVM prints them',
    applies: (bytes, ours, _text, theirs) =>
      ours.form === null && startsWithRex2(bytes) && /^f?x(save|rstor)/.test(theirs ?? ''),
  },
  {
    reason: 'INT1 is F1 (SDM Vol. 2A, INT n); LLVM does not know it',
    applies: (_bytes, _ours, text) => text === 'int1',
  },
  {
    reason:
      '66 before a near branch is ignored in 64-bit mode (SDM Vol. 2A, Jcc); LLVM reads 16 bits of displacement, as AMD has it',
    applies: (bytes, _ours, _text, theirs) =>
      hasPrefix(bytes, 0x66) && /^(j\w+|call) -?\d+$/.test(theirs ?? ''),
  },
  {
    reason: 'F3 90 is PAUSE with any other prefix (SDM Vol. 2B, PAUSE); LLVM wants F3 right before 90',
    applies: (_bytes, _ours, text) => text === 'pause',
  },
  {
    reason:
      'REX2 is #UD before rows 4, 7, A and E of map 0, rows 3 and 8 of map 1 and the escape 0F (APX specification, 3.1.2.2); LLVM lets it pass',
    applies(bytes, ours) {
      if (ours.form !== null || !startsWithRex2(bytes)) return false
      const at = prefixCount(bytes)
      const opcode = bytes[at + 2]!
      const row = opcode >> 4
      return (bytes[at + 1]! & 0x80) === 0
        ? [0x4, 0x7, 0xa, 0xe].includes(row) || opcode === 0x0f || isLegacyPrefix(opcode)
        : row === 0x3 || row === 0x8
    },
  },
  {
    reason:
      'bits 4 of vector registers are ignored in REX2 (APX specification, 3.1.1); LLVM makes registers 16 to 31 of them',
    applies: (bytes, _ours, text, theirs) =>
      startsWithRex2(bytes) &&
      theirs !== null &&
      theirs.replace(/xmm(\d+)/g, (_, number) => `xmm${Number(number) & 15}`) === text,
  },
  {
    reason:
      '66, F2 and F3 mean before REX2 what they mean before REX (APX specification, 3.1.1); LLVM does not see them there',
    applies: (bytes) => startsWithRex2(bytes) && MANDATORY.some((prefix) => hasPrefix(bytes, prefix)),
  },
  {
    reason: '90 with B3 or B4 in REX2 exchanges (APX specification, 3.1.1); LLVM looks at B3 alone',
    applies: (bytes, _ours, text, theirs) =>
      startsWithRex2(bytes) && theirs === 'nop' && text.startsWith('xchg '),
  },
  {
    reason:
      'EVEX.B4 is ignored where ModRM.rm is a vector register, whose bit 4 is X3, or a tile (APX specification, 3.1.2.3); LLVM ors both, and then names registers of other files',
    applies(bytes, ours) {
      const at = prefixCount(bytes)
      const isRegister = bytes[at + 5]! >= 0xc0
      if (bytes[at] !== 0x62 || (bytes[at + 1]! & 8) === 0 || !isRegister || ours.form === null) return false
      const { rmIndex } = ours.form as EncodableForm
      const rm = ours.operands[rmIndex]
      return rm instanceof Reg && /^[xyzt]mm$/.test(rm.kind)
    },
  },
  {
    reason:
      'registers that must differ are #UD when they are the same (SDM Vol. 2C, VPGATHERDD; Vol. 2B, TDPBSSD); LLVM prints them',
    applies: (_bytes, ours) => ours.form === null && ours.reason === 'distinct',
  },
  {
    reason:
      'of the control registers only 0, 2, 3, 4 and 8 exist, of the debug registers 0 to 7 (SDM Vol. 2B, MOV to and from control and debug registers); LLVM names them all',
    applies: (_bytes, ours, _text, theirs) =>
      ours.form === null && /\b(dr(8|9|1\d)|cr([15679]|1\d))\b/.test(theirs ?? ''),
  },
  {
    reason: '66 before WBINVD is ignored (SDM Vol. 2D, WBINVD, which has no NP); LLVM refuses it',
    applies: (_bytes, _ours, text, theirs) => theirs === null && text === 'wbinvd',
  },
  {
    reason: 'MOV to cs is #UD (SDM Vol. 2B, MOV); LLVM prints it',
    applies: (_bytes, ours, _text, theirs) => ours.form === null && /^mov cs, /.test(theirs ?? ''),
  },
  {
    reason:
      'ModRM.mod is ignored by moves to and from control and debug registers (SDM Vol. 2B); LLVM wants 11',
    applies: (_bytes, _ours, text, theirs) => theirs === null && /^mov .*\b[cd]r\d/.test(text),
  },
  {
    reason:
      'VMOVD D6 of registers moves ModRM.reg to ModRM.rm (SDM Vol. 2C, VMOVD; XED agrees); LLVM has it the other way',
    applies: (_bytes, _ours, text, theirs) =>
      text.replace(/^(vmov[dw]) (\w+), (\w+)$/, '$1 $3, $2') === theirs,
  },
  {
    reason: 'disp8 of SETcc under EVEX counts bytes (APX specification, 3.1.2.3); LLVM multiplies it by 16',
    applies: (_bytes, _ours, text, theirs) =>
      /^\{evex\} set/.test(text) && theirs?.replace(/[+-] \d+\]/, '') === text.replace(/[+-] \d+\]/, ''),
  },
  {
    reason: 'an instruction has at most 15 bytes (SDM Vol. 2A, 2.3.11); LLVM reads on',
    applies: (_bytes, ours) => ours.form === null && ours.reason === 'too-long',
  },
  {
    reason: 'BSWAP of 16 bits is undefined (SDM Vol. 2A, BSWAP); LLVM prints it',
    applies: (_bytes, ours, _text, theirs) =>
      ours.form === null && /^bswap (r\d+w|[a-d]x|[sd]i|[sb]p)$/.test(theirs ?? ''),
  },
  {
    reason: 'the tokens of shadow stacks have 64 bits (SDM Vol. 2B, RSTORSSP); LLVM says dword',
    applies: (_bytes, _ours, text, theirs) =>
      /^(rstorssp|clrssbsy) /.test(text) &&
      theirs?.replace(/(dword|qword) ptr /, '') === text.replace(/qword ptr /, ''),
  },
  {
    reason:
      '3E before an indirect branch is notrack (SDM Vol. 1, 17.2.5); LLVM shows it as a segment where there is memory',
    applies: (_bytes, ours, text, theirs) =>
      ours.form?.mnemonic.startsWith('notrack ') === true && theirs?.replace('ds:', '') === text,
  },
]

/** Why iced and we read bytes otherwise on purpose. */
export interface IcedDisagreement {
  readonly reason: string
  applies(bytes: Uint8Array, ours: Decoded, theirs: IcedInstruction | null): boolean
}

/** Extensions that came after iced. */
const NEWER = /^(APX_F|AVX10_2|AMX_(AVX512|FP8|MOVRS|TF32|TRANSPOSE)|MOVRS|MSR_IMM|USER_MSR)$/

export const ICED_DISAGREEMENTS: readonly IcedDisagreement[] = [
  {
    reason: 'iced 1.21 ends before APX (APX specification, 3.1) and AVX10.2 (AVX10.2 specification)',
    applies(bytes, ours) {
      const at = prefixCount(bytes)
      if (bytes[at] === 0xd5) return true
      // EVEX.B4 and X4, and registers 16 to 31 that they make.
      if (bytes[at] === 0x62 && ((bytes[at + 1]! & 8) !== 0 || (bytes[at + 2]! & 4) === 0)) return true
      if (ours.form === null) return false
      return (
        ours.form.features.some((feature) => NEWER.test(feature)) ||
        !ICED_MNEMONICS.has(plainMnemonic(ours.form.mnemonic)) ||
        ours.operands.some(
          (operand) => operand instanceof Reg && /^r\d/.test(operand.kind) && operand.id >= 16,
        )
      )
    },
  },
  {
    reason:
      'opcodes without a page in the manual (SDM Vol. 2D, appendix A): reserved NOPs, UD0, the aliases of TEST, SHL and x87; BSWAP of 16 bits is undefined (Vol. 2A, BSWAP), XBEGIN of 16 bits cuts the address (Vol. 2D, XBEGIN)',
    applies: (_bytes, ours, theirs) =>
      ours.form === null &&
      theirs !== null &&
      /^(reservednop|ud0|test|sal|f\w+|prefetch\w*|bswap|xbegin)$/.test(theirs.mnemonic),
  },
  {
    reason:
      'matters of spelling: operands of 16 bits in wider registers (SDM Vol. 2A, LAR, LTR; Vol. 2B, PEXTRW, UMWAIT), and the order of what can be exchanged (SDM Vol. 2B, TEST; Vol. 2D, XCHG)',
    applies: (_bytes, ours, theirs) =>
      ours.form !== null &&
      /^(test|ltr|lldt|verr|verw|lmsw|lar|lsl|xchg|lkgs|umwait|tpause|movsxd|vmovw|v?p?movmsk(b|p[sd])|v?p(extr|insr)[bw]|v?extractps)$/.test(
        theirs?.mnemonic ?? '',
      ),
  },
  {
    reason:
      'no page in the SDM or the AMD64 manual: instructions of VIA, of Geode (pfrcpv, pfrsqrtv) and of Xeon Phi, which was withdrawn',
    applies: (_bytes, ours, theirs) =>
      /^(undoc|x(store|sha|crypt)\w*|montmul|ccs_\w+|clzero|mcommit|pfrcpv|pfrsqrtv|v(rcp|rsqrt)28\w+|vexp2\w+|v(gather|scatter)pf\w+|v4\w+|vp4\w+)$/.test(
        theirs?.mnemonic ?? plainMnemonic(ours.form?.mnemonic ?? ''),
      ),
  },
  {
    reason: 'F3 before MOVBE is ignored (SDM Vol. 2B, MOVBE, which has no NP); iced refuses it',
    applies: (bytes, ours) =>
      ours.form?.mnemonic === 'movbe' && bytes.subarray(0, prefixCount(bytes)).includes(0xf3),
  },
  {
    reason:
      'rounding of a conversion that is exact (SDM Vol. 2C, VCVTUDQ2PD): iced has it, the manual does not',
    applies: (_bytes, ours, theirs) =>
      ours.form === null && /^vcvtu?(dq|si)2[ps]d$/.test(theirs?.mnemonic ?? ''),
  },
]

/** Instructions that were withdrawn: no processor that is made has them, and none will. */
export const WITHDRAWN: readonly { readonly mnemonic: RegExp; readonly reason: string }[] = [
  { mnemonic: /^t(transposed|conjt|2rpnt)/, reason: 'AMX-TRANSPOSE: Intel withdrew it' },
  {
    mnemonic: /^t(t?mmultf32ps|t?cmm\w+t?fp16ps)$/,
    reason: 'AMX-TF32, and complex products of transposed tiles: Intel withdrew them',
  },
  { mnemonic: /^v(4fn?madd[ps]s|p4dpwssds?)$/, reason: 'AVX512_4FMAPS, AVX512_4VNNIW: Xeon Phi only' },
  { mnemonic: /^v(exp2|rcp28|rsqrt28)/, reason: 'AVX512ER: Xeon Phi only' },
  { mnemonic: /^v(gather|scatter)pf[01]/, reason: 'AVX512PF: Xeon Phi only' },
  { mnemonic: /^(xacquire|xrelease)/, reason: 'hardware lock elision: Intel withdrew it' },
]

/** Texts of the disassembler that are no instructions of their own. */
export const UNCOUNTED: readonly { readonly shape: RegExp; readonly reason: string }[] = [
  { shape: /^(addr32|data16|rex64|[c-gs]s)\b/, reason: 'a prefix that changes nothing, or stands alone' },
  {
    shape: /^(lock|rep|repne|xacquire|xrelease|notrack)( (addr32|data16|rex64|[c-gs]s|rep|repne|lock)\b.*)?$/,
    reason: 'as before',
  },
  {
    shape: /^(xacquire|xrelease) (?!lock|xchg|mov)/,
    reason: 'prefixes F2 and F3, which the CPU ignores there',
  },
  {
    shape: /^(rep|repne) (?!(movs|cmps|stos|lods|scas|ins|outs)[bwdq]\b(?!.*mm)|mont|xs|xcrypt)/,
    reason: 'F2 and F3 mean something before string instructions only',
  },
  {
    shape:
      /^lock (?!(adc|add|and|bt[crs]|cmpxchg\w*|dec|inc|neg|not|or|sbb|sub|xadd|xchg|xor) m|xchg r\d+, m)/,
    reason: 'lock wants an instruction that reads, changes and writes memory',
  },
  { shape: /^repne (?!cmps|scas)/, reason: 'F2 before a string instruction that does not compare is F3' },
  { shape: /^(rstorssp|clrssbsy) m32/, reason: 'they access 64 bits (SDM Vol. 2B), which LLVM shows as 32' },
  { shape: /^vmovw .*r64/, reason: 'W is ignored (SDM Vol. 2C), and the 32-bit register does the same' },
]
