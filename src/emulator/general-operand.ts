/** Operands of integer instructions as places in the general register file, whatever they are. */
import { Label, Mem } from '../encoder/operands.ts'
import { Reg, type RegKind } from '../encoder/registers.ts'
import { compileAddress } from './address.ts'
import { type Instruction, NoSemantics, type Step, sequence } from './instruction.ts'
import { SCRATCH_GENERAL, type State } from './state.ts'
import { type GeneralBytes, loadGeneral, requireWritable, storeGeneral } from './transfer.ts'

/** Where an operand's value is while the instruction runs. */
export interface Place {
  readonly bytes: GeneralBytes
  /** Number in the general file, scratch and constants included. */
  readonly register: number
  /** Index into the file's view of `bytes` bytes. */
  readonly index: number
  /** Brings a memory operand into its scratch register. */
  readonly before: Step | null
  /** Takes it back. */
  readonly after: Step | null
}

const BYTES: Partial<Record<RegKind, GeneralBytes>> = { r8: 1, r8h: 1, r16: 2, r32: 4, r64: 8 }

/** Bytes of a register or memory operand. */
export function operandBytes(instruction: Instruction, index: number): GeneralBytes {
  const operand = instruction.operands[index]
  if (operand instanceof Reg) {
    const bytes = BYTES[operand.kind]
    if (bytes !== undefined) return bytes
  }
  if (operand instanceof Mem && [8, 16, 32, 64].includes(operand.width))
    return (operand.width / 8) as GeneralBytes
  throw new NoSemantics(`operand ${index + 1} has no general width`)
}

/** A whole register, or its part. */
export function registerPlace(reg: Reg): Place {
  const bytes = BYTES[reg.kind]
  if (bytes === undefined) throw new NoSemantics(`${reg} is no general register`)
  const high = reg.kind === 'r8h'
  const register = high ? reg.id - 4 : reg.id
  return { bytes, register, index: (8 / bytes) * register + (high ? 1 : 0), before: null, after: null }
}

/**
 * The place of an operand. A memory operand gets scratch register `scratch`, is loaded when the form reads it and
 * stored when the form writes it; an immediate is as wide as `bytes` says.
 */
export function placeOf(
  state: State,
  instruction: Instruction,
  index: number,
  { scratch = 0, bytes = 8 }: { readonly scratch?: number; readonly bytes?: GeneralBytes } = {},
): Place {
  const operand = instruction.operands[index]
  if (operand instanceof Reg) return registerPlace(operand)
  if (operand instanceof Mem) {
    const { access } = instruction.form.operands[index]!
    const width = operandBytes(instruction, index)
    const register = SCRATCH_GENERAL + scratch
    const element = (8 / width) * register
    const address = compileAddress(state, operand, instruction)
    if (access === 'r') {
      const before = loadGeneral(state, address, width, register)
      return { bytes: width, register, index: element, before, after: null }
    }
    // Once and for all: the operation may write a register that the address is made of (xadd [rax], rax).
    let at = 0
    const known = (): number => at
    const find = (): void => {
      at = address()
    }
    const check = requireWritable(state, known, width)
    const load = access === 'w' ? null : loadGeneral(state, known, width, register)
    const after = storeGeneral(state, known, width, register)
    return { bytes: width, register, index: element, before: sequence(find, check, load), after }
  }
  if (operand === undefined || operand instanceof Label)
    throw new NoSemantics(`operand ${index + 1} has no value`)
  const register = state.general.constant(operand)
  return { bytes, register, index: (8 / bytes) * register, before: null, after: null }
}

/** The value at a place, unsigned. */
export function reader(state: State, { bytes, index }: Place): () => bigint {
  const { u64, u32, u16, u8 } = state.general
  if (bytes === 8) return () => u64[index]!
  const view = bytes === 4 ? u32 : bytes === 2 ? u16 : u8
  return () => BigInt(view[index]!)
}

/** Writes a place, modulo its width; 32 bits clear the upper half of the register (SDM Vol. 1, 3.4.1.1). */
export function writer(state: State, { bytes, index, register }: Place): (value: bigint) => void {
  const { u64, u16, u8 } = state.general
  if (bytes === 8) {
    return (value) => {
      u64[index] = value
    }
  }
  if (bytes === 4) {
    return (value) => {
      u64[register] = BigInt.asUintN(32, value)
    }
  }
  const view = bytes === 2 ? u16 : u8
  return (value) => {
    view[index] = Number(BigInt.asUintN(16, value))
  }
}
