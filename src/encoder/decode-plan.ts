/** What the decoder needs of a form, found once: from which field each operand comes, and what its number means. */
import { ownPrefixes } from './decode-prefixes.ts'
import { fileOf, type RegisterFile } from './decode-registers.ts'
import {
  PREFIX_ADDRESS,
  PREFIX_DS,
  PREFIX_LOCK,
  PREFIX_REP,
  PREFIX_REPNE,
  PREFIX_SEGMENTS,
} from './decode-scan.ts'
import type { EncodableForm, Slot } from './encodable.ts'
import { encodableForms } from './forms.ts'
import type { Reg } from './registers.ts'
import { KIND_CODE, SPECIAL_OFFSET } from './shape.ts'
import type { PrefixWord } from './tables/grammar.ts'

/** Where an operand is: by its role in the row, and by what it is where a role can be several things. */
export const SOURCE = {
  reg: 0,
  vvvv: 1,
  rm: 2,
  vectorRm: 3,
  memory: 4,
  immediate: 5,
  displacement: 6,
  opcode: 7,
  secondImmediate: 8,
  offset: 9,
  is4: 10,
  flags: 11,
  pointer: 12,
  fixed: 13,
} as const
export type Source = (typeof SOURCE)[keyof typeof SOURCE]

export interface OperandPlan {
  readonly source: Source
  readonly slot: Slot
  readonly token: string
  readonly fixed: Reg | null
  /** By the register's number; undefined where it is none that the slot takes. */
  readonly file: RegisterFile
  readonly fileWithoutRex: RegisterFile
  /** May have an opmask. */
  readonly isMasked: boolean
  /** May have {sae} or a rounding mode. */
  readonly isRounded: boolean
}

/** A prefix that makes another instruction of a form: `lock add`. */
export interface PrefixedForm {
  readonly bit: number
  readonly form: EncodableForm
}

/** What the decoder needs of a form, found once. */
export interface DecodePlan {
  readonly form: EncodableForm
  readonly operands: readonly OperandPlan[]
  /** The memory operand in ModRM, or null. */
  readonly memory: Slot | null
  /** Bytes behind ModRM, SIB and displacement. */
  readonly tailBytes: number
  /** They are the address of a 64-bit offset, which is shorter with the prefix 67. */
  readonly hasOffset: boolean
  /** Prefixes that are part of the form. */
  readonly ownPrefixes: number
  readonly prefixed: readonly PrefixedForm[]
  /** Segment prefixes that are part of an address: 3E before an indirect branch is notrack. */
  readonly segments: number
}

const bits = (...kinds: readonly (keyof typeof KIND_CODE)[]): number =>
  kinds.reduce((sum, kind) => sum | (1 << KIND_CODE[kind]), 0)
const VECTORS = bits('xmm', 'ymm', 'zmm')
/** Registers in ModRM.rm of which EVEX.X is bit 4; a tile has no such number. */
const X_EXTENDED = VECTORS | bits('tmm')
const THREE_BITS = bits('mm', 'st', 'sreg')
/** In ModRM.reg and vvvv there must not be a ninth opmask, in ModRM.rm the upper bits do not count. */
const THREE_BITS_IN_RM = bits('k')

const PREFIX_BITS: Readonly<Record<PrefixWord, number>> = {
  lock: PREFIX_LOCK,
  rep: PREFIX_REP,
  repne: PREFIX_REPNE,
  notrack: PREFIX_DS,
}

function sourceOf(form: EncodableForm, index: number): Source {
  const slot = form.slots[index]!
  switch (index) {
    case form.regIndex:
      return SOURCE.reg
    case form.defaultFlagsIndex:
      return SOURCE.flags
    case form.vvvvIndex:
      return SOURCE.vvvv
    case form.rmIndex:
      if (slot.type === 'memory') return SOURCE.memory
      return (slot.kinds & X_EXTENDED) === 0 ? SOURCE.rm : SOURCE.vectorRm
    case form.opcodeIndex:
      return SOURCE.opcode
    case form.immediateIndex:
      return slot.special === SPECIAL_OFFSET ? SOURCE.offset : SOURCE.immediate
    case form.secondImmediateIndex:
      return SOURCE.secondImmediate
    case form.is4Index:
      return SOURCE.is4
    case form.displacementIndex:
      return SOURCE.displacement
    default:
      return slot.type === 'memory' ? SOURCE.pointer : SOURCE.fixed
  }
}

/**
 * Bits of the register number that count; the others are ignored. REX2 has no bit 4 for vector registers (APX
 * specification, 3.1.1).
 */
function numberMaskOf(form: EncodableForm, source: Source, kinds: number): number {
  if ((kinds & THREE_BITS) !== 0) return 7
  if (form.scheme === 'legacy' && (kinds & VECTORS) !== 0) return 15
  return source === SOURCE.rm && (kinds & THREE_BITS_IN_RM) !== 0 ? 7 : 31
}

/** The same form with each prefix that makes another instruction of it; it shares the operands. */
function prefixedForms(form: EncodableForm): PrefixedForm[] {
  return form.prefixes.flatMap((word) => {
    const found = encodableForms(`${word} ${form.mnemonic}`).find(({ slots }) => slots === form.slots)
    return found === undefined ? [] : [{ bit: PREFIX_BITS[word], form: found }]
  })
}

/** `needs67`: the address size prefix is part of the opcode. */
export function planOf(form: EncodableForm, needs67: boolean): DecodePlan {
  const operands = form.slots.map((slot, index): OperandPlan => {
    const source = sourceOf(form, index)
    const { fixed, token } = form.operands[index]!
    const isRegister = slot.type === 'register'
    const numberMask = numberMaskOf(form, source, slot.kinds)
    return {
      source,
      slot,
      token,
      fixed,
      file: isRegister ? fileOf(slot, true, numberMask) : [],
      fileWithoutRex: isRegister ? fileOf(slot, false, numberMask) : [],
      isMasked: slot.mask !== 'none',
      isRounded: slot.rounding !== 'none',
    }
  })
  const memory = operands.find(({ source }) => source === SOURCE.memory)?.slot ?? null
  const hasSegment =
    memory !== null || operands.some(({ source }) => source === SOURCE.offset || source === SOURCE.pointer)
  const own = ownPrefixes(form, hasSegment) | (needs67 ? PREFIX_ADDRESS : 0)
  const segments = form.prefixes.includes('notrack') ? PREFIX_SEGMENTS & ~PREFIX_DS : PREFIX_SEGMENTS
  const { displacementBytes, immediateBytes, immediateIndex, secondImmediateIndex, specialAddress, suffix } =
    form
  return {
    form,
    operands,
    memory,
    tailBytes: immediateBytes + displacementBytes + (secondImmediateIndex < 0 ? 0 : 1) + (suffix < 0 ? 0 : 1),
    hasOffset: specialAddress && immediateIndex >= 0,
    ownPrefixes: own,
    prefixed: prefixedForms(form),
    segments,
  }
}
