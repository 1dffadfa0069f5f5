/** Turns the fields of a scanned instruction into the operands of a form. */
import { ADDRESS_SHORT, ADDRESS_WRONG, read32, readAddress, segmentOf } from './decode-address.ts'
import { KEY_B, KEY_REGISTER, KEY_Z } from './decode-conditions.ts'
import { type DecodePlan, type OperandPlan, SOURCE } from './decode-plan.ts'
import { masked, rounded } from './decode-registers.ts'
import { PREFIX_ADDRESS, type Scan } from './decode-scan.ts'
import type { EncodableForm, Slot } from './encodable.ts'
import { Displacement, type Immediate, Mem, type MemWidth, type Operand } from './operands.ts'
import { physical, type Reg } from './registers.ts'
import { SPECIAL_RSI } from './shape.ts'

/** Why operands could not be read. */
export const OPERANDS_SHORT = -1
export const OPERANDS_WRONG = -2
export const OPCODE_WRONG = -3

const ROUNDED = KEY_B | KEY_REGISTER

function registerOf(scan: Scan, plan: OperandPlan, number: number): Reg | undefined {
  const reg = (scan.hasRex ? plan.file : plan.fileWithoutRex)[number]
  if (reg === undefined) return undefined
  if (plan.isMasked && scan.aaa !== 0) return masked(reg, scan.aaa, (scan.key & KEY_Z) !== 0)
  if (plan.isRounded && (scan.key & ROUNDED) === ROUNDED) {
    return rounded(reg, plan.slot.rounding === 'er', scan.length)
  }
  return reg
}

function read64(bytes: Uint8Array, at: number): Immediate {
  const low = read32(bytes, at) >>> 0
  const high = read32(bytes, at + 4)
  const value = high * 0x100000000 + low
  return Number.isSafeInteger(value) ? value : (BigInt(high) << 32n) | BigInt(low)
}

/** An immediate as text writes it: sign-extended ones and values of 8 and 64 bits with a sign, others without. */
function readImmediate(bytes: Uint8Array, at: number, token: string): Immediate {
  switch (token) {
    case 'imm8':
      return bytes[at]!
    case 'ib':
    case 'simm8':
      return (bytes[at]! << 24) >> 24
    case 'imm16':
      return bytes[at]! | (bytes[at + 1]! << 8)
    case 'imm32':
      return read32(bytes, at) >>> 0
    case 'simm32':
      return read32(bytes, at)
    default:
      return read64(bytes, at)
  }
}

/** The 64-bit address of a mov between memory and the accumulator; of 32 bits with the prefix 67. */
function readOffset(scan: Scan, slot: Slot, at: number): Mem {
  const { bytes } = scan
  const low = BigInt(read32(bytes, at) >>> 0)
  const high = offsetBytes(scan) === 8 ? BigInt(read32(bytes, at + 4) >>> 0) : 0n
  const width = slot.width as MemWidth
  return new Mem(width, null, null, 1, 0, null, false, null, 0, segmentOf(scan.prefixes), (high << 32n) | low)
}

function offsetBytes(scan: Scan): 4 | 8 {
  return (scan.prefixes & PREFIX_ADDRESS) === 0 ? 8 : 4
}

/** [rsi] or [rdi] of a string instruction; the latter is in es, whatever the prefixes say. */
function pointer(scan: Scan, slot: Slot): Mem {
  const kind = (scan.prefixes & PREFIX_ADDRESS) === 0 ? 'r64' : 'r32'
  const isSource = slot.special === SPECIAL_RSI
  const base: Reg = physical(kind, isSource ? 6 : 7)
  const segment = isSource ? segmentOf(scan.prefixes) : null
  return new Mem(slot.width as MemWidth, base, null, 1, 0, null, false, null, 0, segment)
}

/** The operand of one plan; `modrm` is the ModRM byte or −1, `tail` where the immediate begins, `memory` what ModRM addresses. */
function readOperand(
  scan: Scan,
  form: EncodableForm,
  plan: OperandPlan,
  modrm: number,
  tail: number,
  memory: Mem | undefined,
): Operand | undefined {
  switch (plan.source) {
    case SOURCE.reg:
      return registerOf(scan, plan, scan.reg | ((modrm >> 3) & 7))
    case SOURCE.vvvv:
      return registerOf(scan, plan, scan.vvvv)
    case SOURCE.rm:
      return registerOf(scan, plan, scan.rm | (modrm & 7))
    case SOURCE.vectorRm:
      return registerOf(scan, plan, scan.vectorRm | (modrm & 7))
    case SOURCE.memory:
      return memory
    case SOURCE.immediate:
      return form.is4Index >= 0 ? scan.bytes[tail]! & 15 : readImmediate(scan.bytes, tail, plan.token)
    default:
      return readRare(scan, form, plan, modrm, tail)
  }
}

function readRare(
  scan: Scan,
  form: EncodableForm,
  plan: OperandPlan,
  modrm: number,
  tail: number,
): Operand | undefined {
  const { bytes } = scan
  switch (plan.source) {
    case SOURCE.displacement:
      return new Displacement(form.displacementBytes === 1 ? (bytes[tail]! << 24) >> 24 : read32(bytes, tail))
    case SOURCE.opcode:
      return registerOf(scan, plan, scan.rm | ((modrm >= 0 ? modrm : scan.opcode) & 7))
    case SOURCE.is4:
      return registerOf(scan, plan, bytes[tail]! >> 4)
    case SOURCE.secondImmediate:
      return readImmediate(bytes, tail + form.immediateBytes, plan.token)
    case SOURCE.offset:
      return readOffset(scan, plan.slot, tail)
    case SOURCE.flags:
      // Not stored inverted, unlike the register numbers that are otherwise here.
      return ~scan.vvvv & 15
    case SOURCE.pointer:
      return pointer(scan, plan.slot)
    default:
      return plan.fixed ?? 1
  }
}

/**
 * Reads the operands that the plan's form has, and moves `scan.at` behind the instruction. OPERANDS_SHORT where bytes are
 * missing, OPERANDS_WRONG where a register does not exist or the address is not of the kind that the form wants,
 * OPCODE_WRONG where the byte behind the address is that of another instruction.
 */
export function readOperands(
  scan: Scan,
  plan: DecodePlan,
  modrm: number,
): Operand[] | typeof OPERANDS_SHORT | typeof OPERANDS_WRONG | typeof OPCODE_WRONG {
  const { form } = plan
  let memory: Mem | undefined
  if (plan.memory !== null) {
    const address = readAddress(scan, modrm, form, plan.memory, plan.segments)
    if (address === ADDRESS_SHORT) return OPERANDS_SHORT
    if (address === ADDRESS_WRONG) return OPERANDS_WRONG
    memory = address
  }
  const tail = scan.at
  if (plan.tailBytes !== 0) {
    scan.at = tail + (plan.hasOffset ? offsetBytes(scan) : plan.tailBytes)
    if (scan.at > scan.end) return OPERANDS_SHORT
    if (form.suffix >= 0 && scan.bytes[scan.at - 1] !== form.suffix) return OPCODE_WRONG
  }
  return readAll(scan, plan, modrm, tail, memory)
}

/** Not by pushing: an array that grows has room for many more. */
function readAll(
  scan: Scan,
  { form, operands }: DecodePlan,
  modrm: number,
  tail: number,
  memory: Mem | undefined,
): Operand[] | typeof OPERANDS_WRONG {
  const { length } = operands
  if (length === 0) return []
  const a = readOperand(scan, form, operands[0]!, modrm, tail, memory)
  if (a === undefined) return OPERANDS_WRONG
  if (length === 1) return [a]
  const b = readOperand(scan, form, operands[1]!, modrm, tail, memory)
  if (b === undefined) return OPERANDS_WRONG
  if (length === 2) return [a, b]
  const c = readOperand(scan, form, operands[2]!, modrm, tail, memory)
  if (c === undefined) return OPERANDS_WRONG
  if (length === 3) return [a, b, c]
  const d = readOperand(scan, form, operands[3]!, modrm, tail, memory)
  if (d === undefined) return OPERANDS_WRONG
  if (length === 4) return [a, b, c, d]
  const e = readOperand(scan, form, operands[4]!, modrm, tail, memory)
  return e === undefined ? OPERANDS_WRONG : [a, b, c, d, e]
}
