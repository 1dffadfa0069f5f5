/**
 * Where we decode otherwise than LLVM on purpose, each with its reason in the manuals: what LLVM lets pass and a CPU does
 * not, what it reads otherwise, and what it spells otherwise. How sure the places are is said in disagreements.ts.
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
