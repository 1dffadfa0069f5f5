/** The addresses that the fuzzer tries: every addressing mode, and both sides of every displacement limit. */

import type { EncodableForm, Slot } from '../src/encoder/encodable.ts'
import { encodableForms } from '../src/encoder/forms.ts'
import { Label, Mem, type Repeats } from '../src/encoder/operands.ts'
import { fs, gs, k, type Reg, r32, r64, xmm, ymm, zmm } from '../src/encoder/registers.ts'
import { KIND_CODE, SPECIAL_OFFSET, SPECIAL_RSI, VSIB_X, VSIB_Y } from '../src/encoder/shape.ts'
import type { Random } from './random.ts'

type Scale = 1 | 2 | 4 | 8
/** What a slot that takes one address only can be given. */
function specialAddresses(slot: Slot): Mem[] {
  const width = slot.width as Mem['width']
  if (slot.special === SPECIAL_OFFSET) {
    const offsets = [0n, 0x1122334455667788n, 0x7fffffffffffffffn, 0x8000000000000000n, 0xffffffffffffffffn]
    return [
      ...offsets.map((offset) => new Mem(width, null, null, 1, 0, null, false, null, 0, null, offset)),
      new Mem(width, null, null, 1, 0, null, false, null, 0, fs, 0x1122334455667788n),
    ]
  }
  const number = slot.special === SPECIAL_RSI ? 6 : 7
  // Both addresses of a string instruction are of the same width: here 64 bits, by chance 32 (randomMemory).
  const plain = new Mem(width, r64(number), null, 1, 0, null, false, null)
  return slot.special === SPECIAL_RSI ? [plain, plain.in(fs), plain.in(gs)] : [plain]
}

const SCALES: readonly Scale[] = [1, 2, 4, 8]

/** The label of every RIP-relative sample: it is bound right behind the instruction, so that disp is the disp32. */
export const NEXT: Label = new Label(0, 'next')

/** An address without the size that the instruction gives it. */
export interface Address {
  readonly base: Reg | null
  readonly index: Reg | null
  readonly scale: Scale
  readonly disp: number
  readonly label?: Label
}

/** The displacements around which encodings change length, for disp8 counted in units of n bytes. */
export function displacementEdges(n: number): readonly number[] {
  const edges = [
    0,
    n,
    -n,
    127 * n,
    128 * n,
    -128 * n,
    -129 * n,
    127,
    128,
    -128,
    -129,
    0x7fffffff,
    -0x80000000,
  ]
  // Inside the reach of disp8*N, but between its steps: these need all four bytes.
  if (n > 1) edges.push(127 * n - 1, n / 2, 1 - 128 * n)
  return [...new Set(edges)]
}

/** rsp and r12 need a SIB byte, rbp and r13 a displacement. */
const BASES = [0, 3, 4, 5, 7, 8, 12, 13, 15]
/** Every number but 4: rsp cannot be an index. r12 can. */
const INDICES = [1, 5, 6, 9, 12, 13, 15]

function generalAddresses(n: number, high: boolean): Address[] {
  const none = { base: null, index: null, scale: 1 as Scale }
  const addresses: Address[] = []
  for (const base of BASES) addresses.push({ ...none, base: r64(base), disp: 0 })
  displacementEdges(n).forEach((disp, i) => {
    addresses.push({ ...none, base: r64(BASES[i % BASES.length]!), disp })
  })
  INDICES.forEach((index, i) => {
    const base = r64(BASES[(3 * i + 2) % BASES.length]!)
    addresses.push({ base, index: r64(index), scale: SCALES[i % 4]!, disp: [0, n, 128 * n][i % 3]! })
  })
  addresses.push(
    { base: null, index: r64(9), scale: 4, disp: 64 },
    { base: null, index: r64(5), scale: 2, disp: 0 },
  )
  addresses.push({ ...none, disp: 0x1000 }, { ...none, disp: -8 })
  if (high) {
    addresses.push(
      { base: r64(16), index: null, scale: 1, disp: 0 },
      { base: r64(29), index: r64(20), scale: 2, disp: n },
      { base: r64(3), index: r64(31), scale: 8, disp: 0 },
    )
  }
  addresses.push(
    { base: r32(3), index: null, scale: 1, disp: n },
    { base: r32(13), index: r32(8), scale: 8, disp: 0 },
  )
  addresses.push({ ...none, disp: 0, label: NEXT }, { ...none, disp: -0x12345, label: NEXT })
  return addresses
}

function vectorAddresses(n: number, vector: (id: number) => Reg, high: boolean): Address[] {
  const numbers = high ? [1, 4, 8, 15, 16, 20, 24, 31] : [1, 4, 8, 12, 15]
  const addresses: Address[] = numbers.map((id, i) => ({
    base: r64(BASES[i % BASES.length]!),
    index: vector(id),
    scale: SCALES[i % 4]!,
    disp: 0,
  }))
  displacementEdges(n).forEach((disp, i) => {
    const index = vector(numbers[(3 * i + 1) % numbers.length]!)
    addresses.push({ base: r64(BASES[(5 * i + 1) % BASES.length]!), index, scale: SCALES[i % 4]!, disp })
  })
  addresses.push(
    { base: null, index: vector(6), scale: 8, disp: -64 },
    { base: null, index: vector(9), scale: 1, disp: 0 },
  )
  return addresses
}

function vectorOf(slot: Slot): (id: number) => Reg {
  return slot.vsib === VSIB_X ? xmm : slot.vsib === VSIB_Y ? ymm : zmm
}

/** A memory operand of the size and decorations that the slot wants. `mask` is an opmask number, 0 for none. */
export function memoryAt(slot: Slot, address: Address, mask: number): Mem {
  const { base, index, scale, disp, label } = address
  const opmask = mask === 0 ? null : k(mask)
  const width = slot.width as Mem['width']
  return new Mem(
    width,
    base,
    index,
    scale,
    disp,
    label ?? null,
    slot.broadcast,
    opmask,
    slot.repeats as Repeats,
  )
}

function withMasks(slot: Slot, addresses: readonly Address[]): Mem[] {
  return addresses.map((address, i) => {
    const mask =
      slot.mask === 'needed' ? 1 + (i % 7) : slot.mask === 'allowed' && i % 3 === 1 ? 1 + (i % 7) : 0
    return memoryAt(slot, address, mask)
  })
}

/** Every memory operand worth trying in a slot, in a fixed order. */
export function memoryChoices(form: EncodableForm, slot: Slot): readonly Mem[] {
  if (slot.special !== 0) return specialAddresses(slot)
  const n = 1 << form.disp8Shift
  if (slot.vsib !== 0) return withMasks(slot, vectorAddresses(n, vectorOf(slot), slot.highIndex))
  return withMasks(
    slot,
    generalAddresses(n, slot.highBase).filter((address) => !(slot.needsSib && address.label !== undefined)),
  )
}

/** Whether a form of another vector length has the same memory operand as far as displacements go. */
function hasLongerTwin(form: EncodableForm): boolean {
  return encodableForms(form.mnemonic).some(
    (other) =>
      other.length !== form.length &&
      other.scheme === form.scheme &&
      other.disp8Shift === form.disp8Shift &&
      other.broadcast === form.broadcast &&
      other.rmIndex === form.rmIndex &&
      other.slots[form.rmIndex]?.type === 'memory',
  )
}

/**
 * The few that stand for a form in the golden files: each side of both limits of disp8. Forms that differ in
 * vector length alone, and count disp8 in the same units, share the limits between them.
 */
export function goldenMemory(form: EncodableForm, slot: Slot): readonly Mem[] {
  if (slot.special !== 0) return specialAddresses(slot)
  const n = 1 << form.disp8Shift
  const vector = slot.vsib === 0 ? null : vectorOf(slot)
  const numbers = slot.highIndex ? [2, 19, 8, 31] : [2, 6, 8, 15]
  const bases = [1, 13, 5, 12]
  const addresses = [127 * n, 128 * n, -128 * n, -129 * n].map((disp, i): Address => {
    const index =
      vector !== null ? vector(numbers[i]!) : i === 1 || i === 2 || slot.needsSib ? r64(14 - 3 * i) : null
    // An address in a register and that of the memory operand are of the same width.
    const general = form.addressRegister && ((form.slots[0]!.kinds >> KIND_CODE.r32) & 1) === 1 ? r32 : r64
    if (general === r32) return { base: r32(bases[i]!), index: null, scale: 1, disp }
    return { base: r64(bases[i]!), index, scale: SCALES[i]!, disp }
  })
  const masked = withMasks(slot, addresses)
  if (!hasLongerTwin(form)) return masked
  return form.length === 1 ? masked.slice(2) : masked.slice(0, 2)
}

/** Any address that the slot can take. */
export function randomMemory(form: EncodableForm, slot: Slot, random: Random): Mem {
  if (slot.special !== 0) return random.pick(specialAddresses(slot))
  const n = 1 << form.disp8Shift
  const near = n * (random.below(280) - 140)
  const disp = random.pick([
    0,
    near,
    near,
    near + random.below(n),
    random.below(0x10000) - 0x8000,
    random.below(0xffffffff) | 0,
  ])
  const scale = random.pick(SCALES)
  const mask =
    slot.mask === 'needed' || (slot.mask === 'allowed' && random.oneIn(2)) ? 1 + random.below(7) : 0
  if (slot.vsib !== 0) {
    const index = vectorOf(slot)(random.below(slot.highIndex ? 32 : 16))
    return memoryAt(slot, { base: random.oneIn(8) ? null : r64(random.below(16)), index, scale, disp }, mask)
  }
  if (!slot.needsSib && random.oneIn(16))
    return memoryAt(slot, { base: null, index: null, scale: 1, disp, label: NEXT }, mask)
  const general = random.oneIn(10) ? r32 : r64
  const numbers = slot.highBase && random.oneIn(2) ? 32 : 16
  const number = random.below(numbers - 1)
  const index = random.oneIn(2) ? null : general(number < 4 ? number : number + 1)
  const base = random.oneIn(10) ? null : general(random.below(numbers))
  return memoryAt(slot, { base, index, scale, disp }, mask)
}
