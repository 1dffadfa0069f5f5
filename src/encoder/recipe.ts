/**
 * How operands of given shapes are encoded in one form: all that need not be found out again for each instruction.
 *
 * Selection remembers a recipe for the shapes it has seen (select.ts). Prefixes stand in it as templates, whole words in
 * which the packers flip the bits of the registers' numbers.
 */
import type { EncodableForm } from './encodable.ts'
import { evexTemplate } from './evex.ts'
import { legacyTemplate, opcodeWord } from './rex.ts'
import { APX, KIND_CODE, KIND_MASK, MASKED, ROUNDING_MASK, TAG_MASK, TAG_REGISTER, VIRTUAL } from './shape.ts'
import { vex2Template, vex3Template } from './vex.ts'

/** Which operands are ModRM.reg, vvvv and ModRM.rm, for the orders that nearly all forms have. */
export const ORDER = { other: 0, rm: 1, mr: 2, rvm: 3, m: 4, vm: 5, rmv: 6 } as const

export const SCHEME = { legacy: 0, vex: 1, evex: 2 } as const

function orderOf(form: EncodableForm): number {
  const { defaultFlagsIndex, opcodeIndex, regIndex, rmIndex, vvvvIndex } = form
  if (opcodeIndex >= 0 || defaultFlagsIndex >= 0) return ORDER.other
  if (regIndex === 0) {
    if (vvvvIndex < 0) return rmIndex === 1 ? ORDER.rm : ORDER.other
    if (vvvvIndex === 1) return rmIndex === 2 ? ORDER.rvm : ORDER.other
    return vvvvIndex === 2 && rmIndex === 1 ? ORDER.rmv : ORDER.other
  }
  if (regIndex === 1) return vvvvIndex < 0 && rmIndex === 0 ? ORDER.mr : ORDER.other
  if (regIndex >= 0) return ORDER.other
  if (vvvvIndex < 0) return rmIndex === 0 ? ORDER.m : ORDER.other
  return vvvvIndex === 0 && rmIndex === 1 ? ORDER.vm : ORDER.other
}

/** Whether packing asks for more than registers, an address and an immediate. */
function isUnusual(form: EncodableForm): boolean {
  return (
    form.distinct ||
    form.specialAddress ||
    form.addressRegister ||
    form.is4Index >= 0 ||
    form.secondImmediateIndex >= 0 ||
    form.suffix >= 0
  )
}

const isRegister = (shape: number): boolean => (shape & TAG_MASK) === TAG_REGISTER

/** What of the operands' shapes a recipe looks at. */
function judge(shapes: readonly number[]) {
  let any = 0
  let rounding = 0
  let byteRegisters = 0
  let hasHighByte = false
  for (let index = 0; index < shapes.length; index++) {
    const shape = shapes[index]!
    any |= shape
    if (!isRegister(shape)) continue
    rounding |= shape & ROUNDING_MASK
    if ((shape & KIND_MASK) === KIND_CODE.r8) byteRegisters |= 1 << index
    hasHighByte ||= (shape & KIND_MASK) === KIND_CODE.r8h
  }
  return { any, rounding, byteRegisters, hasHighByte }
}

export class Recipe {
  /** Shapes of the first four operands, two in each. */
  readonly low: number
  readonly high: number
  /** The instruction log that knows of the form: the last that took it (InstructionLog.number). */
  lastLog = 0
  readonly form: EncodableForm
  readonly scheme: number
  readonly order: number
  /** Goes by the checks and places that few forms have. */
  readonly isUnusual: boolean
  /** A virtual register is among the operands: there are no bytes. */
  readonly isVirtual: boolean
  /** Some general register is one of r16 to r31. */
  readonly hasHigh: boolean
  readonly rmIsMemory: boolean
  /** Bit 4 of a general register in ModRM.rm is not where that of a vector register is. */
  readonly rmIsGeneral: boolean
  readonly needsSib: boolean
  readonly hasModRM: boolean
  /** ModRM.reg when no operand has it. */
  readonly digit: number
  readonly immediateIndex: number
  readonly immediateBytes: number
  readonly displacementBytes: number
  /** EVEX or VEX3 for registers of number 0, the first byte lowest. Legacy: the prefixes ahead of REX. */
  readonly template: number
  /** VEX2, or 0 where there is none. Legacy: REX.W in its place. */
  readonly template2: number
  /** The opcode's bytes, the first lowest. */
  readonly opcode: number
  readonly opcodeLength: number
  /** Byte registers but ah, ch, dh and bh, as bits by the operand's index. */
  readonly byteRegisters: number
  readonly hasHighByte: boolean
  /** Legacy: a prefix of the instruction's own, or 67 for its address, goes before all others. */
  readonly leads: boolean
  /** Exists with REX2 only. */
  readonly isRex2: boolean
  readonly disp8Shift: number
  readonly vsib: boolean
  /** An operand has an opmask, or {er} or {sae}. */
  readonly isDecorated: boolean

  /** For operands of which the first four have the shapes in `low` and `high`, two in each (Selector.select). */
  constructor(form: EncodableForm, low: number, high: number) {
    const shapes = [low & 0xffff, low >>> 16, high & 0xffff, high >>> 16]
    const { any, byteRegisters, hasHighByte, rounding } = judge(shapes)
    const rm = shapes[form.rmIndex] ?? 0
    this.low = low
    this.high = high
    this.form = form
    this.scheme = SCHEME[form.scheme]
    this.order = orderOf(form)
    this.isUnusual = isUnusual(form)
    this.isVirtual = (any & VIRTUAL) !== 0
    this.hasHigh = (any & APX) !== 0
    this.rmIsMemory = form.slots[form.rmIndex]?.type === 'memory'
    this.rmIsGeneral = isRegister(rm) && (rm & KIND_MASK) <= KIND_CODE.r64
    this.needsSib = form.needsSib
    this.hasModRM = form.hasModRM
    this.digit = form.digit
    this.immediateIndex = form.immediateIndex
    this.immediateBytes = form.immediateBytes
    this.displacementBytes = form.displacementBytes
    this.opcode = opcodeWord(form)
    this.opcodeLength = form.opcodeLength
    this.byteRegisters = byteRegisters
    this.hasHighByte = form.byteRegisters && hasHighByte
    this.leads = form.prefixByte !== 0 || form.address32
    this.isRex2 = form.rex2
    this.disp8Shift = form.disp8Shift
    this.vsib = form.vsib
    this.isDecorated = (form.maskIndex >= 0 && (shapes[form.maskIndex]! & MASKED) !== 0) || rounding !== 0
    switch (form.scheme) {
      case 'legacy':
        this.template = legacyTemplate(form)
        this.template2 = form.w << 3
        break
      case 'vex':
        this.template = vex3Template(form)
        this.template2 = vex2Template(form)
        break
      case 'evex':
        this.template = evexTemplate(form)
        this.template2 = 0
        break
    }
  }
}

/** The recipe of a form for operands of these shapes. */
export function recipeOf(form: EncodableForm, [a = 0, b = 0, c = 0, d = 0]: readonly number[]): Recipe {
  return new Recipe(form, a | (b << 16), c | (d << 16))
}
