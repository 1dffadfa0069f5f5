/** What allocation wants to know of a form beyond its operands: its encoding, its reach into zmm16–31, whether it copies. */
import type { EncodableForm } from '../encoder/encodable.ts'
import { EncodeError } from '../encoder/errors.ts'
import type { Access, Form } from '../encoder/form.ts'
import { formsOf } from '../encoder/forms.ts'
import { Mem, type Operand } from '../encoder/operands.ts'
import { physical, Reg } from '../encoder/registers.ts'
import { hasForm, selectForm } from '../encoder/select.ts'
import type { Scheme } from '../encoder/tables/notation.ts'
import { isCopyMnemonic } from './moves.ts'
import { readdress } from './readdress.ts'
import { BANK, bankOfReg, bitsOfReg } from './units.ts'

/** An instruction reads or writes a unit. */
export const READS = 1
export const WRITES = 2

/** A unit is used where low register numbers give shorter encodings (VEX against EVEX, no REX). */
export const WISH_LOW = 1
/** A general unit is part of an address: rbp, r12 and r13 as bases take a byte more. */
export const WISH_ADDRESS = 2
/** A vector unit occurs in a form that is not EVEX but has an EVEX twin. */
export const HAS_TWIN = 4

/** The vector registers that VEX and legacy encodings reach. */
export const LOW_VECTORS = 0xffff
const ALL_VECTORS = 0xffffffff

export interface FormFacts {
  /** The form's own number. */
  readonly serial: number
  readonly scheme: Scheme
  /** CPU features that the form itself needs. */
  readonly features: readonly string[]
  /**
   * CPU features that the instruction needs when its vector registers are among 16–31 (those of its
   * EVEX twin); null when it has no such form.
   */
  readonly highFeatures: readonly string[] | null
  /** What the form wishes of its vector operands, and which registers they can be, as a bit set. */
  readonly vectorWishes: number
  readonly vectors: number
  /** Whether it wishes or demands anything of them. */
  readonly asksOfVectors: boolean
  /** What it wishes of the registers in its address. */
  readonly addressWishes: number
  /** With two plain registers of one kind it copies one to the other. */
  readonly isCopy: boolean
  /** Its registers must all differ, so that a result must not take a dying operand's register. */
  readonly distinct: boolean
  /**
   * What it does to a register in the place of each operand, as READS and WRITES, when that is all there is to say:
   * no implicit operand, no zero idiom, no gather. Null otherwise.
   */
  readonly plainModes: readonly number[] | null
  /** Some operand may be under an opmask. */
  readonly mayBeMasked: boolean
  /** Indices of explicit operands that only one register can be (the cl of a shift). */
  readonly fixed: readonly number[]
  /** Neither a call nor a return: what it does to rsp stays done. */
  readonly movesStack: boolean
  /** Which collector of references met the form last. */
  metBy: number
}

/** By serial number. */
const known: FormFacts[] = []

/** The facts of a form; `operands` are any that fit it. */
export function factsOf(form: Form, operands: readonly Operand[]): FormFacts {
  const { scheme, distinct, serial } = form as EncodableForm
  let facts = known[serial]
  if (facts === undefined) {
    const isEvex = scheme === 'evex'
    const high = isEvex ? form.features : highFeatures(form, operands)
    facts = {
      serial,
      scheme,
      features: form.features,
      highFeatures: high,
      vectorWishes: isEvex ? 0 : high === null ? WISH_LOW : WISH_LOW | HAS_TWIN,
      vectors: high === null ? LOW_VECTORS : ALL_VECTORS,
      asksOfVectors: !isEvex || high === null,
      // An address's high registers cost REX or the longer VEX prefix; EVEX has room for them.
      addressWishes: isEvex ? WISH_ADDRESS : WISH_ADDRESS | WISH_LOW,
      isCopy: isCopyForm(form),
      distinct,
      plainModes: plainModes(form as EncodableForm),
      mayBeMasked: (form as EncodableForm).slots.some(({ mask }) => mask !== 'none'),
      fixed: form.operands.flatMap((spec, index) => (spec.fixed !== null && !spec.implicit ? [index] : [])),
      movesStack: form.control !== 'call' && form.control !== 'return',
      metBy: 0,
    }
    known[serial] = facts
  }
  return facts
}

function plainModes({ operands, zeroIdiom, vsib, slots }: EncodableForm): readonly number[] | null {
  if (zeroIdiom || vsib || operands.length > slots.length) return null
  return operands.map(({ access }) => MODES[access])
}

const MODES: Readonly<Record<Access, number>> = { r: READS, w: WRITES, rw: READS | WRITES, none: 0 }

const isVector = (reg: Reg): boolean => bankOfReg(reg) === BANK.vector

/** The same operand with vector register 31 in each place of a vector register. */
function raised(operand: Operand): Operand {
  if (operand instanceof Reg && isVector(operand)) return physical(operand.kind, 31)
  if (operand instanceof Mem && operand.index !== null && isVector(operand.index)) {
    return readdress(operand, operand.base, physical(operand.index.kind, 31), operand.opmask)
  }
  return operand
}

/** Asks the table itself: is there a form that takes vector register 31 wherever this one takes a vector? */
function highFeatures(form: Form, operands: readonly Operand[]): readonly string[] | null {
  const all = operands.map(raised)
  // An error would look for the nearest forms, for nobody to see.
  if (all.some((operand, index) => operand !== operands[index]) && !hasForm(form.mnemonic, all, null))
    return null
  try {
    return selectForm(form.mnemonic, all).features
  } catch (error) {
    if (error instanceof EncodeError) return null
    throw error
  }
}

const isPlain = (reg: Reg): boolean => reg.opmask === null && reg.rounding === null

const isCopyForm = (form: Form): boolean => isCopyMnemonic(form.mnemonic) && form.operands.length === 2

/** True when the instruction copies one whole register view to another of the same kind. */
export function copiesRegister(form: Form, operands: readonly Operand[]): boolean {
  return isCopyForm(form) && isPlainCopy(operands)
}

/** The same for an instruction whose form is known to be a copy. */
export function isPlainCopy(operands: readonly Operand[]): boolean {
  const to = operands[0]
  const from = operands[1]
  if (!(to instanceof Reg && from instanceof Reg)) return false
  return to.kind === from.kind && isPlain(to) && isPlain(from)
}

/** True when writing `reg` leaves the rest of the register as it was: byte, word and legacy SSE destinations. */
export function keepsUpperBits(reg: Reg, scheme: Scheme): boolean {
  const bank = bankOfReg(reg)
  return bank === BANK.gp ? bitsOfReg(reg) < 32 : bank === BANK.vector && scheme === 'legacy'
}

/** How many low bits of a register a write to this view defines; ah leaves al as it was. */
export const bitsDefined = (reg: Reg): number => (reg.kind === 'r8h' ? 0 : bitsOfReg(reg))

/** A token without its decorations: `zmm{kz}` is `zmm`. */
const bare = (token: string): string => token.replace(/\{.*$/, '')

/** Answers of takesMemory by the form's serial number, one for each operand. */
const memoryTwins: (boolean | undefined)[][] = []

/** True when the same instruction exists with memory of `width` bits in the place of a register operand as wide. */
export function takesMemory(form: Form, index: number, width: number): boolean {
  const { serial } = form as EncodableForm
  memoryTwins[serial] ??= []
  memoryTwins[serial][index] ??= hasMemoryTwin(form, index, width)
  return memoryTwins[serial][index]
}

function hasMemoryTwin({ mnemonic, operands }: Form, index: number, width: number): boolean {
  const wanted = operands.map((spec, at) => (at === index ? `m${width}` : bare(spec.token)))
  return formsOf(mnemonic).some(
    (other) =>
      other.operands.length === wanted.length &&
      other.operands[index]!.access === operands[index]!.access &&
      other.operands.every((spec, at) => bare(spec.token) === wanted[at]),
  )
}
