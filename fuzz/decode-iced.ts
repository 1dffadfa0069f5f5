/** iced-x86 as a second judge of decoding: stricter than LLVM about prefixes and fields, but it ends with AVX-512 and AMX-COMPLEX. */
import * as iced from 'iced-x86'
import type { Decoded, DecodedInst } from '../src/encoder/decode.ts'
import type { EncodableForm } from '../src/encoder/encodable.ts'
import { Displacement, Mem, type Operand } from '../src/encoder/operands.ts'
import { Reg, registerName } from '../src/encoder/registers.ts'
import type { DecodeVerdict } from './decode-judge.ts'
import { prefixCount } from './decode-repairs.ts'

const { Code, DecoderError, Mnemonic, OpKind, Register } = iced

/** What iced reads: its operands are put into words only where they are compared. */
export interface IcedInstruction {
  readonly length: number
  readonly mnemonic: string
  readonly operands: readonly string[]
}

const MNEMONICS: ReadonlySet<string> = new Set(
  Object.values(Mnemonic)
    .filter((name): name is string => typeof name === 'string')
    .map((name) => name.toLowerCase()),
)

/** The name of a register as we write it. */
function icedRegister(register: number): string {
  const name = Register[register]!.toLowerCase()
  return name.replace(/^(r\d+)l$/, '$1b').replace(/^st(\d)$/, 'st($1)')
}

function address(base: string | null, index: string | null, scale: number, disp: bigint): string {
  // An index with scale 1 and no base is a base.
  const isLone = base === null && index !== null && scale === 1 && !/^[xyz]mm/.test(index)
  const first = isLone ? index : base
  const second = isLone || index === null ? '' : ` + ${scale}*${index}`
  return `[${first ?? ''}${second} ${BigInt.asIntN(32, disp)}]`
}

const nameOf = (reg: Reg | null): string | null => (reg === null ? null : registerName(reg.kind, reg.id))

function icedAddress(instruction: iced.Instruction): string {
  const { memoryBase, memoryDisplacement, memoryIndex, memoryIndexScale } = instruction
  const name = (register: number) => (register === Register.None ? null : icedRegister(register))
  return address(name(memoryBase), name(memoryIndex), memoryIndexScale, memoryDisplacement)
}

function icedOperand(instruction: iced.Instruction, index: number): string {
  const kind = instruction.opKind(index)
  switch (kind) {
    case OpKind.Register:
      return icedRegister(instruction.opRegister(index))
    case OpKind.Memory:
      return icedAddress(instruction)
    case OpKind.NearBranch64:
      return `to ${BigInt.asIntN(64, instruction.nearBranchTarget)}`
    case OpKind.Immediate8:
    case OpKind.Immediate8_2nd:
    case OpKind.Immediate8to16:
    case OpKind.Immediate8to32:
    case OpKind.Immediate8to64:
      return `imm ${BigInt.asUintN(8, instruction.immediate(index))}`
    case OpKind.Immediate16:
      return `imm ${BigInt.asUintN(16, instruction.immediate(index))}`
    case OpKind.Immediate32:
    case OpKind.Immediate32to64:
      return `imm ${BigInt.asUintN(32, instruction.immediate(index))}`
    case OpKind.Immediate64:
      return `imm ${BigInt.asUintN(64, instruction.immediate(index))}`
    default:
      return 'pointer'
  }
}

/** Decoration of the whole instruction: mask, zeroing, rounding, broadcast. */
function icedDecoration(instruction: iced.Instruction): string {
  const { isBroadcast, opMask, roundingControl, suppressAllExceptions, zeroingMasking } = instruction
  const mask = opMask === Register.None ? '' : icedRegister(opMask)
  const sae = roundingControl === 0 ? (suppressAllExceptions ? 'sae' : '') : `r${roundingControl}`
  return [mask, zeroingMasking ? 'z' : '', sae, isBroadcast ? 'b' : ''].join(' ')
}

/** Decodes the first instruction with iced; null where it finds none. */
export function decodeWithIced(bytes: Uint8Array): IcedInstruction | null {
  const decoder = new iced.Decoder(64, bytes, iced.DecoderOptions.None)
  const instruction = decoder.decode()
  const isWrong = decoder.lastError !== DecoderError.None || instruction.code === Code.INVALID
  const found = isWrong
    ? null
    : {
        length: instruction.length,
        mnemonic: Mnemonic[instruction.mnemonic]!.toLowerCase(),
        operands: [
          ...Array.from({ length: instruction.opCount }, (_, index) => icedOperand(instruction, index)),
          icedDecoration(instruction),
        ],
      }
  instruction.free()
  decoder.free()
  return found
}

const ROUNDINGS: Readonly<Record<string, string>> = {
  sae: 'sae',
  'rn-sae': 'r1',
  'rd-sae': 'r2',
  'ru-sae': 'r3',
  'rz-sae': 'r4',
}

function ourOperand({ form, length, prefixes }: DecodedInst, index: number, operand: Operand): string {
  const { slots, immediateBytes, immediateIndex } = form as EncodableForm
  if (operand instanceof Reg) return registerName(operand.kind, operand.id)
  if (operand instanceof Displacement) return `to ${length + operand.value}`
  if (operand instanceof Mem) {
    if (operand.offset !== null) return address(null, null, 1, operand.offset)
    if (slots[index]!.special !== 0) return 'pointer'
    if (operand.label instanceof Displacement) {
      const base = prefixes.includes('addr32') ? 'eip' : 'rip'
      return address(base, null, 1, BigInt(length + operand.label.value))
    }
    return address(nameOf(operand.base), nameOf(operand.index), operand.scale, BigInt(operand.disp))
  }
  const bits = index === immediateIndex ? 8 * immediateBytes : 8
  return `imm ${BigInt.asUintN(bits, BigInt(operand as number | bigint))}`
}

function ourDecoration(operands: readonly Operand[]): string {
  let mask = ''
  let zeroing = ''
  let sae = ''
  let broadcast = ''
  for (const operand of operands) {
    if (operand instanceof Reg) {
      if (operand.zeroing) zeroing = 'z'
      if (operand.rounding !== null) sae = ROUNDINGS[operand.rounding]!
    }
    if (operand instanceof Mem && operand.isBroadcast) broadcast = 'b'
    if ((operand instanceof Reg || operand instanceof Mem) && operand.opmask !== null) {
      mask = registerName('k', operand.opmask.id)
    }
  }
  return [mask, zeroing, sae, broadcast].join(' ')
}

/** Our instruction in the words of IcedInstruction. */
export function inIcedWords(inst: DecodedInst): IcedInstruction {
  const operands = inst.operands.map((operand, index) => ourOperand(inst, index, operand))
  return {
    length: inst.length,
    mnemonic: plainMnemonic(inst.form.mnemonic),
    operands: [...operands, ourDecoration(inst.operands)],
  }
}

/** The mnemonic without what we write before it. */
export function plainMnemonic(mnemonic: string): string {
  return mnemonic.replace(/^(\{\w+\} |lock |rep |repne |notrack )+/, '')
}

/** Why iced and we read bytes otherwise on purpose. */
interface IcedDisagreement {
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
        !MNEMONICS.has(plainMnemonic(ours.form.mnemonic)) ||
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

/** Compares what we read with what iced reads. Operands are compared where both show as many. */
export function judgeWithIced(bytes: Uint8Array, ours: Decoded): DecodeVerdict {
  const theirs = decodeWithIced(bytes)
  const verdict = compareWithIced(ours, theirs)
  if (verdict === 'same' || verdict === 'neither') return verdict
  return ICED_DISAGREEMENTS.some((each) => each.applies(bytes, ours, theirs)) ? 'known' : verdict
}

function compareWithIced(ours: Decoded, theirs: IcedInstruction | null): DecodeVerdict {
  if (theirs === null) return ours.form === null ? 'neither' : 'accepted'
  if (ours.form === null) return 'refused'
  const our = inIcedWords(ours)
  if (our.length !== theirs.length) return 'length'
  const isComparable = our.operands.length === theirs.operands.length
  return !isComparable || our.operands.join() === theirs.operands.join() ? 'same' : 'text'
}
