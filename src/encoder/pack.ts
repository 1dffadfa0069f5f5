/** Packs one instruction: takes each operand to its place by the form's roles, and writes the bytes. */
import { type CodeBuffer, MAX_INSTRUCTION_BYTES, writeImmediate } from './code-buffer.ts'
import { repeatedRegister } from './distinct.ts'
import type { EncodableForm } from './encodable.ts'
import { EncodeError } from './errors.ts'
import { decorationBits, packEvex } from './evex.ts'
import { formatOperand } from './format-operand.ts'
import { type Immediate, Mem, type Operand } from './operands.ts'
import { ORDER, type Recipe, SCHEME } from './recipe.ts'
import type { Reg } from './registers.ts'
import { packLegacy, REX_CONFLICT } from './rex.ts'
import { addressRegisterProblem, conditionalVvvv, specialAddress } from './special-operands.ts'
import { packVex } from './vex.ts'

type Maybe = Operand | undefined

/** Room for an instruction before its length is known to be legal. */
const ROOM = 2 * MAX_INSTRUCTION_BYTES

/** The operand with an index from 0 to 3; undefined for −1. */
function pick(index: number, a: Maybe, b: Maybe, c: Maybe, d: Maybe): Maybe {
  return index < 2 ? (index === 0 ? a : index === 1 ? b : undefined) : index === 2 ? c : d
}

/** The number of the register with an index, 0 when no operand has the role. */
function numberAt(index: number, a: Maybe, b: Maybe, c: Maybe, d: Maybe): number {
  return index < 0 ? 0 : (pick(index, a, b, c, d) as Reg).id
}

function failure(form: EncodableForm, reason: string, operands: readonly Maybe[]): EncodeError {
  const given = operands.filter((operand) => operand !== undefined).map(formatOperand)
  return new EncodeError(form.mnemonic, given.join(', '), reason, [form.text])
}

/** Throws when registers that must differ are the same. */
function checkDistinct(form: EncodableForm, operands: readonly Maybe[]): void {
  const reg = repeatedRegister(form, operands)
  if (reg === null) return
  const which = form.distinctDestination
    ? 'the destination must differ from the sources'
    : 'all registers must differ'
  throw failure(form, `${which}, and ${reg.kind}${reg.id} is used twice`, operands)
}

/** Whether a comparison's predicate (the last operand) is the same with its operands exchanged: eq, unord, neq, ord. */
function isSymmetric(c: Maybe, d: Maybe): boolean {
  const predicate = Number(d ?? c) & 7
  return predicate === 0 || predicate === 3 || predicate === 4 || predicate === 7
}

/** The memory operand outside of ModRM whose prefixes are to be written. */
function checkSpecial(form: EncodableForm, operands: readonly Maybe[]): Mem {
  const found = specialAddress(form, operands)
  if (typeof found === 'string') throw failure(form, found, operands)
  return found
}

/** EVEX.vvvv of a conditional comparison. */
function checkDefaultFlags(form: EncodableForm, flags: Maybe, operands: readonly Maybe[]): number {
  const vvvv = conditionalVvvv(Number(flags), form.evexControl)
  if (vvvv < 0) throw failure(form, 'default flags are a sum of 8 (OF), 4 (SF), 2 (ZF) and 1 (CF)', operands)
  return vvvv
}

/** The lower half of a byte whose upper half is a register. */
function checkImmediate4(form: EncodableForm, value: Immediate, operands: readonly Maybe[]): number {
  if (value >= 0 && value <= 15) return Number(value)
  throw failure(form, `the immediate is ${value}; allowed are 0 to 15`, operands)
}

/** Prefixes can make instructions too long for any CPU. */
function tooLong(form: EncodableForm, length: number, operands: readonly Maybe[]): EncodeError {
  return failure(form, `would be ${length} bytes long; no instruction has more than 15`, operands)
}

/** The checks that few forms have. Returns the memory operand outside of ModRM whose prefixes are to be written. */
function checkUnusual(form: EncodableForm, rm: Maybe, operands: readonly Maybe[]): Mem | null {
  if (form.distinct) checkDistinct(form, operands)
  if (form.addressRegister) {
    const problem = addressRegisterProblem(operands[0] as Reg, rm)
    if (problem !== null) throw failure(form, problem, operands)
  }
  return form.specialAddress ? checkSpecial(form, operands) : null
}

/** EVEX.vvvv or VEX.vvvv where it is not simply the second operand. */
function otherVvvv(form: EncodableForm, a: Maybe, b: Maybe, c: Maybe, d: Maybe): number {
  const { defaultFlagsIndex } = form
  if (defaultFlagsIndex < 0) return numberAt(form.vvvvIndex, a, b, c, d)
  return checkDefaultFlags(form, pick(defaultFlagsIndex, a, b, c, d), [a, b, c, d])
}

/** Writes the immediate bytes of forms that have more in them than one immediate. Returns the position after them. */
function writeUnusualImmediates(
  bytes: Uint8Array,
  start: number,
  form: EncodableForm,
  operands: readonly Maybe[],
): number {
  const { immediateBytes, immediateIndex, is4Index, secondImmediateIndex, suffix } = form
  let at = start
  if (immediateBytes !== 0) {
    const given = immediateIndex < 0 ? 0 : operands[immediateIndex]
    const value = (given instanceof Mem ? given.offset : given) as Immediate
    if (is4Index >= 0) {
      bytes[at++] = ((operands[is4Index] as Reg).id << 4) | checkImmediate4(form, value, operands)
    } else at = writeImmediate(bytes, at, value, immediateBytes)
  }
  if (secondImmediateIndex >= 0) {
    at = writeImmediate(bytes, at, operands[secondImmediateIndex] as Immediate, 1)
  }
  if (suffix >= 0) bytes[at++] = suffix
  return at
}

/**
 * Writes the instruction at the end of `out`. Displacements of labels are left for the assembler to fill.
 * The recipe must have been made for operands of these shapes, all of them physical.
 * A fifth operand is an immediate.
 */
export function pack(
  out: CodeBuffer,
  recipe: Recipe,
  a: Maybe,
  b: Maybe,
  c: Maybe,
  d: Maybe,
  e: Maybe,
): void {
  out.reserve(ROOM)
  out.ripField = -1
  const { form, isUnusual, scheme } = recipe
  let reg = recipe.digit
  let vvvv = 0
  let rm: Maybe
  switch (recipe.order) {
    case ORDER.rm:
      reg = (a as Reg).id
      rm = b
      break
    case ORDER.mr:
      reg = (b as Reg).id
      rm = a
      break
    case ORDER.rvm:
      reg = (a as Reg).id
      vvvv = (b as Reg).id
      rm = c
      break
    case ORDER.m:
      rm = a
      break
    case ORDER.vm:
      vvvv = (a as Reg).id
      rm = b
      break
    case ORDER.rmv:
      reg = (a as Reg).id
      rm = b
      vvvv = (c as Reg).id
      break
    default:
      if (form.regIndex >= 0) reg = numberAt(form.regIndex, a, b, c, d)
      if (form.rmIndex >= 0) rm = pick(form.rmIndex, a, b, c, d)
      vvvv = otherVvvv(form, a, b, c, d)
  }
  const special = isUnusual ? checkUnusual(form, rm, [a, b, c, d]) : null
  let at: number
  if (scheme === SCHEME.evex) {
    const decoration = recipe.isDecorated
      ? decorationBits(form, pick(form.maskIndex, a, b, c, d), pick(form.roundingIndex, a, b, c, d))
      : 0
    at = packEvex(out, recipe, reg, vvvv, rm, decoration)
  } else if (scheme === SCHEME.vex) {
    const swappable = form.commutative && (form.predicate === 'none' || isSymmetric(c, d))
    at = packVex(out, recipe, reg, vvvv, rm, swappable)
  } else {
    const inOpcode = form.opcodeIndex < 0 ? 0 : numberAt(form.opcodeIndex, a, b, c, d)
    at = packLegacy(out, recipe, reg, rm, inOpcode, special, a, b, c, d)
    if (at === REX_CONFLICT) {
      const reason = 'ah, bh, ch and dh cannot be used where another operand needs a REX prefix'
      throw failure(form, reason, [a, b, c, d])
    }
  }
  if (isUnusual) at = writeUnusualImmediates(out.bytes, at, form, [a, b, c, d, e])
  else if (recipe.immediateBytes !== 0) {
    const { immediateIndex } = recipe
    const value = (immediateIndex === 4 ? e : pick(immediateIndex, a, b, c, d)) as Immediate
    at = writeImmediate(out.bytes, at, value, recipe.immediateBytes)
  }
  at += recipe.displacementBytes
  if (at - out.length > MAX_INSTRUCTION_BYTES) throw tooLong(form, at - out.length, [a, b, c, d])
  out.length = at
}
