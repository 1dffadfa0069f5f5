/** What the decoder needs of a form, found once: from which field each operand comes, and what its number means. */
import { ownPrefixes } from './decode-prefixes.ts'
import { fileOf, type RegisterFile } from './decode-registers.ts'
import { PREFIX_ADDRESS } from './decode-scan.ts'
import type { EncodableForm, Slot } from './encodable.ts'
import type { Reg } from './registers.ts'
import { KIND_CODE } from './shape.ts'

/** Where an operand's number is: the roles of the tables, with a register and a memory operand in ModRM.rm apart. */
export type Source =
  | 'reg'
  | 'vvvv'
  | 'rm'
  | 'memory'
  | 'opcode'
  | 'immediate'
  | 'is4'
  | 'displacement'
  | 'fixed'

export interface OperandPlan {
  readonly source: Source
  readonly slot: Slot
  readonly token: string
  readonly fixed: Reg | null
  readonly file: RegisterFile
  readonly fileWithoutRex: RegisterFile
  /** Bits of the register number that count; the others are ignored. */
  readonly numberMask: number
}

/** What the decoder needs of a form, found once. */
export interface DecodePlan {
  readonly form: EncodableForm
  readonly operands: readonly OperandPlan[]
  readonly memory: Slot | null
  /** Prefixes that are part of the form. */
  readonly ownPrefixes: number
}

const VECTORS = (1 << KIND_CODE.xmm) | (1 << KIND_CODE.ymm) | (1 << KIND_CODE.zmm)
const GENERAL = (1 << KIND_CODE.r8) | (1 << KIND_CODE.r16) | (1 << KIND_CODE.r32) | (1 << KIND_CODE.r64)

function sourceOf(form: EncodableForm, index: number): Source {
  switch (index) {
    case form.regIndex:
      return 'reg'
    case form.vvvvIndex:
      return 'vvvv'
    case form.rmIndex:
      return form.slots[index]!.type === 'memory' ? 'memory' : 'rm'
    case form.opcodeIndex:
      return 'opcode'
    case form.immediateIndex:
      return 'immediate'
    case form.is4Index:
      return 'is4'
    case form.displacementIndex:
      return 'displacement'
    default:
      return 'fixed'
  }
}

/** EVEX.X is bit 4 of a vector register in ModRM.rm and nothing for others; opmasks and tiles have three bits there. */
function numberMaskOf(source: Source, kinds: number): number {
  if (source !== 'rm' || (kinds & VECTORS) !== 0) return 31
  return (kinds & GENERAL) !== 0 ? 15 : 7
}

/** `needs67`: the address size prefix is part of the opcode. */
export function planOf(form: EncodableForm, needs67: boolean): DecodePlan {
  const operands = form.slots.map((slot, index): OperandPlan => {
    const source = sourceOf(form, index)
    const { fixed, token } = form.operands[index]!
    const isRegister = slot.type === 'register'
    return {
      source,
      slot,
      token,
      fixed,
      file: isRegister ? fileOf(slot, true) : [],
      fileWithoutRex: isRegister ? fileOf(slot, false) : [],
      numberMask: numberMaskOf(source, slot.kinds),
    }
  })
  const memory = operands.find(({ source }) => source === 'memory')?.slot ?? null
  const own = ownPrefixes(form, memory !== null) | (needs67 ? PREFIX_ADDRESS : 0)
  return { form, operands, memory, ownPrefixes: own }
}
