/** Packs one instruction: takes each operand to its place by the form's roles, and writes the bytes. */
import { type CodeBuffer, MAX_INSTRUCTION_BYTES, writeImmediate } from './code-buffer.ts'
import { repeatedRegister } from './distinct.ts'
import type { EncodableForm } from './encodable.ts'
import { EncodeError } from './errors.ts'
import { packEvex } from './evex.ts'
import { formatOperand } from './format-operand.ts'
import { type Immediate, type Label, Mem, type Operand } from './operands.ts'
import type { Reg } from './registers.ts'
import { packLegacy, REX_CONFLICT } from './rex.ts'
import { addressRegisterProblem, conditionalVvvv, specialAddress } from './special-operands.ts'
import { packVex } from './vex.ts'

type Maybe = Operand | undefined

/** Room for an instruction before its length is known to be legal. */
const ROOM = 2 * MAX_INSTRUCTION_BYTES

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
function checkLength(form: EncodableForm, length: number, operands: readonly Maybe[]): void {
  if (length <= MAX_INSTRUCTION_BYTES) return
  throw failure(form, `would be ${length} bytes long; no instruction has more than 15`, operands)
}

/**
 * Writes the instruction at the end of `out`. Displacements of labels are left for the assembler to fill.
 * The form must have been selected for these operands, all of them physical.
 * A fifth operand is an immediate.
 */
export function pack(
  out: CodeBuffer,
  form: EncodableForm,
  a: Maybe,
  b: Maybe,
  c: Maybe,
  d: Maybe,
  e: Maybe,
): void {
  out.reserve(ROOM)
  out.ripField = -1
  if (form.distinct) checkDistinct(form, [a, b, c, d])
  const special = form.specialAddress ? checkSpecial(form, [a, b, c, d]) : null
  const reg = form.regIndex < 0 ? form.digit : numberAt(form.regIndex, a, b, c, d)
  const rm = form.rmIndex < 0 ? undefined : pick(form.rmIndex, a, b, c, d)
  if (form.addressRegister) {
    const problem = addressRegisterProblem(a as Reg, rm)
    if (problem !== null) throw failure(form, problem, [a, b, c, d])
  }
  let at: number
  if (form.scheme === 'legacy') {
    const inOpcode = numberAt(form.opcodeIndex, a, b, c, d)
    at = packLegacy(out, form, reg, rm, inOpcode, form.byteRegisters ? [a, b, c, d] : null, special)
    if (at === REX_CONFLICT) {
      throw failure(form, 'ah, bh, ch and dh cannot be used where another operand needs a REX prefix', [
        a,
        b,
        c,
        d,
      ])
    }
  } else {
    const vvvv =
      form.defaultFlagsIndex < 0
        ? numberAt(form.vvvvIndex, a, b, c, d)
        : checkDefaultFlags(form, pick(form.defaultFlagsIndex, a, b, c, d), [a, b, c, d])
    if (form.scheme === 'vex') {
      const swappable = form.commutative && (form.predicate === 'none' || isSymmetric(c, d))
      at = packVex(out, form, reg, vvvv, rm, swappable)
    } else {
      const masked = form.maskIndex < 0 ? undefined : pick(form.maskIndex, a, b, c, d)
      const rounded = form.roundingIndex < 0 ? undefined : pick(form.roundingIndex, a, b, c, d)
      at = packEvex(out, form, reg, vvvv, rm, masked, rounded)
    }
  }
  if (form.immediateBytes !== 0) {
    const { immediateIndex } = form
    const given = immediateIndex < 0 ? 0 : immediateIndex === 4 ? e : pick(immediateIndex, a, b, c, d)
    const value = (given instanceof Mem ? given.offset : given) as Immediate
    if (form.is4Index >= 0) {
      const low = checkImmediate4(form, value, [a, b, c, d, e])
      out.bytes[at++] = (numberAt(form.is4Index, a, b, c, d) << 4) | low
    } else at = writeImmediate(out.bytes, at, value, form.immediateBytes)
  }
  if (form.secondImmediateIndex >= 0) {
    at = writeImmediate(out.bytes, at, pick(form.secondImmediateIndex, a, b, c, d) as Immediate, 1)
  }
  if (form.suffix >= 0) out.bytes[at++] = form.suffix
  if (form.displacementBytes !== 0) at += form.displacementBytes
  if (at - out.length > MAX_INSTRUCTION_BYTES) checkLength(form, at - out.length, [a, b, c, d])
  out.length = at
}

/** The label operand of a form's relative displacement. */
export function displacementLabel(form: EncodableForm, a: Maybe, b: Maybe, c: Maybe, d: Maybe): Label {
  return pick(form.displacementIndex, a, b, c, d) as Label
}
