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
export type Source =
  | 'reg'
  | 'vvvv'
  | 'rm'
  | 'vector-rm'
  | 'memory'
  | 'opcode'
  | 'immediate'
  | 'second-immediate'
  | 'offset'
  | 'is4'
  | 'flags'
  | 'displacement'
  | 'pointer'
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
      return 'reg'
    case form.defaultFlagsIndex:
      return 'flags'
    case form.vvvvIndex:
      return 'vvvv'
    case form.rmIndex:
      if (slot.type === 'memory') return 'memory'
      return (slot.kinds & X_EXTENDED) === 0 ? 'rm' : 'vector-rm'
    case form.opcodeIndex:
      return 'opcode'
    case form.immediateIndex:
      return slot.special === SPECIAL_OFFSET ? 'offset' : 'immediate'
    case form.secondImmediateIndex:
      return 'second-immediate'
    case form.is4Index:
      return 'is4'
    case form.displacementIndex:
      return 'displacement'
    default:
      return slot.type === 'memory' ? 'pointer' : 'fixed'
  }
}

/** REX2 has no bit 4 for vector registers (APX specification, 3.1.1): theirs is ignored. */
function numberMaskOf(form: EncodableForm, source: Source, kinds: number): number {
  if ((kinds & THREE_BITS) !== 0) return 7
  if (form.scheme === 'legacy' && (kinds & VECTORS) !== 0) return 15
  return source === 'rm' && (kinds & THREE_BITS_IN_RM) !== 0 ? 7 : 31
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
    return {
      source,
      slot,
      token,
      fixed,
      file: isRegister ? fileOf(slot, true) : [],
      fileWithoutRex: isRegister ? fileOf(slot, false) : [],
      numberMask: numberMaskOf(form, source, slot.kinds),
    }
  })
  const memory = operands.find(({ source }) => source === 'memory')?.slot ?? null
  const hasSegment =
    memory !== null || operands.some(({ source }) => source === 'offset' || source === 'pointer')
  const own = ownPrefixes(form, hasSegment) | (needs67 ? PREFIX_ADDRESS : 0)
  const segments = form.prefixes.includes('notrack') ? PREFIX_SEGMENTS & ~PREFIX_DS : PREFIX_SEGMENTS
  return { form, operands, memory, ownPrefixes: own, prefixed: prefixedForms(form), segments }
}
