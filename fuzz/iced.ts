/** What iced-x86 reads in bytes, and what we read in its words. It ends with AVX-512 and AMX-COMPLEX. */
import * as iced from 'iced-x86'
import type { DecodedInst } from '../src/encoder/decode.ts'
import type { EncodableForm } from '../src/encoder/encodable.ts'
import { Displacement, Mem, type Operand } from '../src/encoder/operands.ts'
import { Reg, registerName } from '../src/encoder/registers.ts'

const { Code, DecoderError, Mnemonic, OpKind, Register } = iced

/** What iced reads: its operands are put into words only where they are compared. */
export interface IcedInstruction {
  readonly length: number
  readonly mnemonic: string
  readonly operands: readonly string[]
}

/** All that iced knows. */
export const ICED_MNEMONICS: ReadonlySet<string> = new Set(
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
