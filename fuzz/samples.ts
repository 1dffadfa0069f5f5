/** Operands for every form: a fixed list that reaches every range and limit, and random ones beyond it. */
import type { EncodableForm, Slot } from '../src/encoder/encodable.ts'
import { encodableForms } from '../src/encoder/forms.ts'
import { Mem, type Operand } from '../src/encoder/operands.ts'
import { k, physical, REGISTER_COUNT, Reg, type RegKind, type Rounding } from '../src/encoder/registers.ts'
import { KIND_CODE, NUMBER_HIGH } from '../src/encoder/shape.ts'
import { addressRegisterProblem } from '../src/encoder/special-operands.ts'
import { goldenMemory, memoryChoices, randomMemory } from './addresses.ts'
import type { Random } from './random.ts'

const ROUNDINGS: readonly Exclude<Rounding, 'sae'>[] = ['rn-sae', 'rd-sae', 'ru-sae', 'rz-sae']

/** The edges of each immediate token; both signs of what is the same bits. */
const IMMEDIATES: Readonly<Record<string, readonly (number | bigint)[]>> = {
  '1': [1],
  imm8: [0, 1, 2, 127, 128, 255, -1, -128],
  ib: [0, 1, 127, 128, 255, -1, -128],
  simm8: [0, 1, 127, -1, -128],
  dfv: [0, 1, 2, 4, 8, 15],
  imm4: [0, 1, 2, 3, 7, 8, 15],
  imm16: [0, 127, 128, 255, 32767, 32768, 65535, -128, -129, -32768],
  imm32: [
    127, 128, 32768, 0x7fffffff, 0x80000000, 0xffffff7f, 0xffffff80, 0xffffffff, -128, -129, -0x80000000,
  ],
  simm32: [127, 128, 32768, 0x7fffffff, -128, -129, -0x80000000],
  imm64: [
    0x80000000,
    0xffffffff,
    0x100000000,
    -0x80000001,
    0x7fffffffffffffffn,
    -0x8000000000000000n,
    0xfffffffffffffffen,
  ],
}

/** The named predicates of floating-point comparisons, and values beyond them. */
const FLOAT_PREDICATES: readonly number[] = [...Array.from({ length: 33 }, (_, i) => i), 127, 128, 255]
/** 0 comes last, behind what goes into the golden files: vpcmpb …, 0 reads as vpcmpeqb, another instruction. */
const INTEGER_PREDICATES: readonly number[] = [1, 2, 3, 4, 5, 6, 7, 255, 8, 0]
const GOLDEN_IMMEDIATES = 8

function immediatesOf(form: EncodableForm, token: string): readonly (number | bigint)[] {
  if (form.predicate === 'none') return IMMEDIATES[token]!
  return form.predicate === 'float' ? FLOAT_PREDICATES : INTEGER_PREDICATES
}

function kindsOf(slot: Slot): RegKind[] {
  return (Object.keys(KIND_CODE) as RegKind[]).filter((kind) => ((slot.kinds >> KIND_CODE[kind]) & 1) === 1)
}

function takesHigh(slot: Slot): boolean {
  return ((slot.numbers >> NUMBER_HIGH) & 1) === 1
}

function numbersOf(kind: RegKind, slot: Slot): readonly number[] {
  switch (kind) {
    case 'k':
    case 'tmm':
    case 'mm':
      return [0, 1, 2, 3, 4, 5, 6, 7]
    case 'st':
      return [1, 0, 2, 3, 4, 5, 6, 7]
    case 'sreg':
      // cs can be read, and not written.
      return ((slot.numbers >> 1) & 1) === 0 ? [0, 2, 3, 4, 5] : [0, 2, 3, 4, 5, 1]
    case 'cr':
      return [0, 2, 3, 4, 8]
    case 'dr':
      return [0, 1, 2, 3, 6, 7]
    case 'r8h':
      return [4, 5, 6, 7]
    case 'xmm':
    case 'ymm':
    case 'zmm':
      return takesHigh(slot) ? [1, 7, 16, 8, 23, 15, 31, 24, 0] : [1, 7, 8, 15, 0]
    default:
      return takesHigh(slot) ? [3, 8, 7, 15, 4, 12, 0, 5, 13, 16, 23, 24, 31] : [3, 8, 7, 15, 4, 12, 0, 5, 13]
  }
}

/** The decorations a register slot allows, besides none. */
function decorate(slot: Slot, reg: Reg, i: number): Reg[] {
  const decorated: Reg[] = []
  if (slot.mask !== 'none') decorated.push(reg.mask(k(1 + (i % 7))))
  if (slot.zeroing) decorated.push(reg.mask(k(1 + ((i + 3) % 7))).zero())
  if (slot.rounding === 'sae') decorated.push(reg.sae())
  if (slot.rounding === 'er') decorated.push(reg.round(ROUNDINGS[i % 4]!))
  return decorated
}

function registerChoices(slot: Slot, fixed: Reg | null): readonly Reg[] {
  if (fixed !== null) return [fixed]
  const regs = kindsOf(slot).flatMap((kind) => numbersOf(kind, slot).map((id): Reg => physical(kind, id)))
  const decorated = regs.flatMap((reg, i) => decorate(slot, reg, i))
  return slot.mask === 'needed' ? decorated : [...regs, ...decorated]
}

function choices(form: EncodableForm, index: number): readonly Operand[] {
  const slot = form.slots[index]!
  const spec = form.operands[index]!
  switch (slot.type) {
    case 'register':
      return registerChoices(slot, spec.fixed)
    case 'memory':
      return memoryChoices(form, slot)
    case 'immediate':
      return immediatesOf(form, spec.token)
    case 'label':
      return []
  }
}

/** A low register (another in each place), a high one, and one with each decoration there is. */
function goldenRegisters(all: readonly Reg[], place: number): readonly Reg[] {
  const plain = all.filter((reg) => reg.opmask === null && reg.rounding === null)
  const low = plain.filter((reg) => reg.id < 8)
  const chosen = [
    low[place % low.length],
    all.find((reg) => reg.opmask !== null && !reg.zeroing),
    all.find((reg) => reg.zeroing),
    all.find((reg) => reg.rounding !== null),
    plain.find((reg) => reg.id >= 16) ?? plain.find((reg) => reg.id >= 8),
  ]
  return chosen.filter((reg) => reg !== undefined)
}

function goldenChoices(form: EncodableForm, index: number): readonly Operand[] {
  const slot = form.slots[index]!
  if (slot.type === 'memory') return goldenMemory(form, slot)
  if (slot.type === 'immediate') {
    return immediatesOf(form, form.operands[index]!.token).slice(0, GOLDEN_IMMEDIATES)
  }
  return goldenRegisters(registerChoices(slot, form.operands[index]!.fixed), index)
}

function registersIn(form: EncodableForm, operands: readonly Operand[]): Reg[] {
  return operands.flatMap((operand) => {
    if (operand instanceof Reg) return [operand]
    return operand instanceof Mem && form.vsib && operand.index !== null ? [operand.index] : []
  })
}

/** ah, ch, dh and bh exist only without the REX prefix. */
function needsRex(form: EncodableForm, operand: Operand): boolean {
  if (form.w === 1) return true
  if (operand instanceof Reg) return operand.id >= 8 || (operand.kind === 'r8' && operand.id >= 4)
  return operand instanceof Mem && ((operand.base?.id ?? 0) >= 8 || (operand.index?.id ?? 0) >= 8)
}

/** False for what no form can encode, however its operands are shaped: equal registers, ah beside r8. */
export function isEncodable(form: EncodableForm, operands: readonly Operand[]): boolean {
  const regs = registersIn(form, operands)
  if (
    form.distinct &&
    new Set(regs.map((reg) => `${/mm$/.test(reg.kind) ? 'v' : reg.kind}${reg.id}`)).size < regs.length
  ) {
    return false
  }
  if (form.addressRegister && addressRegisterProblem(operands[0] as Reg, operands[form.rmIndex]) !== null)
    return false
  const hasHighByte = operands.some((operand) => operand instanceof Reg && operand.kind === 'r8h')
  return !hasHighByte || !operands.some((operand) => needsRex(form, operand))
}

/** Walks all lists side by side, each from another start and with another step, so that values meet in many pairs. */
function* sideBySide(
  form: EncodableForm,
  lists: readonly (readonly Operand[])[],
  count: number,
): Generator<readonly Operand[]> {
  for (let i = 0; i < count; i++) {
    const operands = lists.map(
      (list, place) => list[(i + place * (1 + Math.floor(i / list.length))) % list.length]!,
    )
    if (isEncodable(form, operands)) yield operands
  }
}

/** Forms that jump have no samples: their operand is a distance (branches.ts). */
export function isBranchForm(form: EncodableForm): boolean {
  return form.displacementIndex >= 0
}

/** Operand lists in which every choice of every operand occurs, in a fixed order. */
export function* samplesOf(form: EncodableForm): Generator<readonly Operand[]> {
  if (isBranchForm(form)) return
  const lists = form.slots.map((_, index) => choices(form, index))
  const longest = Math.max(1, ...lists.map((list) => list.length))
  yield* sideBySide(form, lists, lists.length > 1 ? 2 * longest : longest)
}

/** The few operand lists that stand for a form in the golden files. */
export function* goldenSamplesOf(form: EncodableForm): Generator<readonly Operand[]> {
  if (isBranchForm(form)) return
  const lists = form.slots.map((_, index) => goldenChoices(form, index))
  const memory = lists.find((_, index) => form.slots[index]!.type === 'memory')
  const longest = Math.max(1, ...lists.map((list) => list.length))
  const isShorter = encodableForms(form.mnemonic).some(
    ({ length, scheme }) => scheme === form.scheme && length > form.length,
  )
  yield* sideBySide(form, lists, memory?.length ?? (isShorter ? Math.min(2, longest) : longest))
}

function randomRegister(slot: Slot, fixed: Reg | null, random: Random): Reg {
  if (fixed !== null) return fixed
  const kind = random.pick(kindsOf(slot))
  const count = Math.min(REGISTER_COUNT[kind], takesHigh(slot) ? 32 : 16)
  // Of these there are gaps.
  const isSparse = kind === 'r8h' || kind === 'sreg' || kind === 'cr'
  const reg: Reg = physical(kind, isSparse ? random.pick(numbersOf(kind, slot)) : random.below(count))
  const decorated = decorate(slot, reg, random.below(28))
  if (decorated.length === 0 || (slot.mask !== 'needed' && random.oneIn(2))) return reg
  return random.pick(decorated)
}

function randomImmediate(token: string, random: Random): number | bigint {
  const edges = IMMEDIATES[token]!
  if (random.oneIn(2)) return random.pick(edges)
  switch (token) {
    case '1':
      return 1
    case 'dfv':
    case 'imm4':
      return random.below(16)
    case 'imm8':
    case 'ib':
      return random.below(384) - 128
    case 'simm8':
      return random.below(256) - 128
    case 'imm16':
      return random.below(98304) - 32768
    case 'imm32':
      return random.below(0x180000000) - 0x80000000
    case 'simm32':
      return random.below(0x100000000) - 0x80000000
    default:
      return (BigInt(random.below(0x100000000)) << 32n) | BigInt(random.below(0x100000000))
  }
}

/** Random operands for a form; null when chance made what cannot be encoded. */
export function randomSample(form: EncodableForm, random: Random): readonly Operand[] | null {
  const operands = form.slots.map((slot, index): Operand => {
    const spec = form.operands[index]!
    if (slot.type === 'memory') return randomMemory(form, slot, random)
    if (slot.type === 'immediate') return randomImmediate(spec.token, random)
    return randomRegister(slot, spec.fixed, random)
  })
  return isEncodable(form, operands) ? operands : null
}
