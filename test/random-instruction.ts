/** Random operands for a form and random machine states, rich in the values where arithmetic is hard. */
import type { EncodableForm, Slot as OperandSlot } from '../src/encoder/encodable.ts'
import { Mem, type MemWidth, type Operand, type Repeats } from '../src/encoder/operands.ts'
import { k, physical, Reg, type RegKind, type Rounding } from '../src/encoder/registers.ts'
import { KIND_CODE, VSIB_X, VSIB_Y } from '../src/encoder/shape.ts'
import type { Slot } from './native-step.ts'

/** xorshift32 (Marsaglia 2003): the same seed, the same test. */
export class Random {
  #state: number

  constructor(seed: number) {
    this.#state = seed >>> 0 || 1
  }

  bits(): number {
    let x = this.#state
    x ^= x << 13
    x ^= x >>> 17
    x ^= x << 5
    this.#state = x
    return x >>> 0
  }

  below(limit: number): number {
    return Math.floor((this.bits() / 2 ** 32) * limit)
  }

  pick<T>(values: readonly T[]): T {
    return values[this.below(values.length)]!
  }

  wide(): bigint {
    return (BigInt(this.bits()) << 32n) | BigInt(this.bits())
  }
}

const RCX = 1
const RSI = 6
const RDI = 7
/** Registers that are not rsp and that no instruction with an explicit address names by itself: they hold addresses. */
const BASES = [3, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15] as const
const KINDS = Object.entries(KIND_CODE) as [RegKind, number][]
const COUNTED: Partial<Record<RegKind, number>> = { r8: 16, r16: 16, r32: 16, r64: 16 }

/** What a random instruction needs of the state. */
export interface RandomInstruction {
  readonly operands: readonly Operand[]
  /** General registers that must hold the address of the data. */
  readonly bases: readonly number[]
  /** General registers that must hold a small number. */
  readonly indices: readonly number[]
  /** Vectors that must hold small indices, and their elements' bytes. */
  readonly vectorIndices: readonly (readonly [register: number, bytes: number])[]
  /** rcx must hold a small count. */
  readonly repeats: boolean
}

/** Random operands for a form; null when the form has one that cannot be tried (a segment register, a label). */
export function randomInstruction(
  form: EncodableForm,
  random: Random,
  vectors: number,
): RandomInstruction | null {
  const bases: number[] = []
  const indices: number[] = []
  const vectorIndices: [number, number][] = []
  const used = new Set<number>()
  const taken = new Set<number>()
  const operands: Operand[] = []
  const isEvex = form.scheme === 'evex'
  // Addresses that nobody writes. With no byte selected maskmovdqu writes nothing, but some CPUs still fault there.
  for (const { implicit, fixed } of form.operands) {
    if (!implicit || fixed?.kind !== 'r64' || !(fixed.id === RSI || fixed.id === RDI)) continue
    bases.push(fixed.id)
    used.add(fixed.id)
  }

  const maskFor = (slot: OperandSlot): Reg<'k'> | null =>
    slot.mask === 'needed' || (slot.mask === 'allowed' && random.below(2) === 0)
      ? k(1 + random.below(7))
      : null

  const register = (slot: OperandSlot, index: number): Operand | null => {
    const { fixed } = form.operands[index]!
    if (fixed !== null) return fixed
    const kinds = KINDS.filter(([, code]) => ((slot.kinds >> code) & 1) === 1).map(([kind]) => kind)
    const kind = random.pick(kinds)
    if (['tmm', 'mm', 'st', 'sreg', 'cr', 'dr'].includes(kind)) return null
    let id =
      kind === 'r8h'
        ? 4 + random.below(4)
        : kind === 'k'
          ? random.below(8)
          : random.below(COUNTED[kind] ?? (isEvex ? vectors : 16))
    if (COUNTED[kind] !== undefined && id === 4) id = 3
    if (form.distinct) while (taken.has(id)) id = random.below(16)
    taken.add(id)
    if (kind in COUNTED) used.add(id)
    const mask = kind === 'k' && slot.mask === 'none' ? null : maskFor(slot)
    const hasRegisterOnly = form.rmIndex < 0 || form.slots[form.rmIndex]!.type === 'register'
    const rounding: Rounding | null =
      slot.rounding === 'none' || !hasRegisterOnly || random.below(2) === 0
        ? null
        : slot.rounding === 'sae'
          ? 'sae'
          : random.pick(['rn-sae', 'rd-sae', 'ru-sae', 'rz-sae'] as const)
    return new Reg(kind, id, mask, mask !== null && slot.zeroing && random.below(2) === 0, rounding)
  }

  const memory = (slot: OperandSlot): Operand | null => {
    if (slot.special !== 0) return null
    const base = random.pick(BASES.filter((id) => !used.has(id)))
    bases.push(base)
    used.add(base)
    const disp = random.below(32) * (random.below(2) === 0 ? 64 : 1)
    const mask = maskFor(slot)
    const address = physical('r64', base) as Reg
    if (slot.vsib !== 0) {
      const kind = slot.vsib === VSIB_X ? 'xmm' : slot.vsib === VSIB_Y ? 'ymm' : 'zmm'
      let id = random.below(isEvex ? vectors : 16)
      while (taken.has(id)) id = random.below(16)
      taken.add(id)
      vectorIndices.push([id, /gatherq|scatterq/.test(form.mnemonic) ? 8 : 4])
      return new Mem(
        slot.width as MemWidth,
        address,
        physical(kind, id) as Reg,
        random.pick([1, 2, 4, 8]),
        256,
        null,
        false,
        mask,
      )
    }
    const hasIndex = random.below(4) === 0
    let index: Reg | null = null
    if (hasIndex) {
      const id = random.pick(BASES.filter((candidate) => !used.has(candidate)))
      used.add(id)
      indices.push(id)
      index = physical('r64', id) as Reg
    }
    return new Mem(
      slot.width as MemWidth,
      address,
      index,
      index === null ? 1 : random.pick([1, 2, 4, 8]),
      disp % 256,
      null,
      slot.broadcast,
      mask,
      slot.repeats as Repeats,
    )
  }

  for (const [index, slot] of form.slots.entries()) {
    let operand: Operand | null = null
    if (slot.type === 'register') operand = register(slot, index)
    else if (slot.type === 'memory') operand = memory(slot)
    else if (slot.type === 'immediate') operand = immediate(form, index, random)
    if (operand === null) return null
    operands.push(operand)
  }
  return { operands, bases, indices, vectorIndices, repeats: form.mnemonic.startsWith('rep') }
}

function immediate(form: EncodableForm, index: number, random: Random): Operand {
  switch (form.operands[index]!.token) {
    case '1':
      return 1
    case 'imm8':
      return random.below(256)
    case 'simm8':
    case 'ib':
      return random.below(256) - 128
    case 'imm16':
      return random.below(65536)
    case 'imm32':
      return random.bits()
    case 'simm32':
      return random.bits() | 0
    default:
      return random.wide()
  }
}

const HARD_32 = [
  0, 0x80000000, 0x3f800000, 0xbf800000, 1, 0x007fffff, 0x00800000, 0x80800001, 0x7f7fffff, 0xff7fffff,
  0x7f800000, 0xff800000, 0x7fc00001, 0xffc12345, 0x7f812345, 0xff800001, 0x33800000, 0x4b000001, 0x4f000000,
  0xcf000000, 0x5f000000, 0x3effffff, 0x3f000000, 0x3fc00000, 0x40200000, 0x47ffe000, 0x38800000, 0x33000000,
] as const
const HARD_64 = [
  0n,
  1n << 63n,
  0x3ff0000000000000n,
  0xbff0000000000000n,
  1n,
  0x000fffffffffffffn,
  0x0010000000000000n,
  0x7fefffffffffffffn,
  0xffefffffffffffffn,
  0x7ff0000000000000n,
  0xfff0000000000000n,
  0x7ff8000000000001n,
  0xfff8123456789abcn,
  0x7ff0123456789abcn,
  0x41e0000000000000n,
  0xc1e0000000000000n,
  0x43e0000000000000n,
  0x43f0000000000000n,
  0x3fe0000000000000n,
  0x3ff8000000000000n,
  0x36a0000000000000n,
  0x3810000000000000n,
  0x47efffffe0000000n,
  0x47effffff0000000n,
] as const
const HARD_16 = [
  0, 0x8000, 0x3c00, 0xbc00, 1, 0x03ff, 0x0400, 0x7bff, 0xfbff, 0x7c00, 0xfc00, 0x7e01, 0x7c01, 0xfd23,
  0x7f7f, 0x7f80, 0xff80, 0x7fc1, 0x7f81, 0x3f80, 0x0080, 0x007f,
] as const

const ELEMENT_KINDS = 8

/** Fills bytes with elements of one kind: hard floats, near numbers (for sums that cancel), small integers, noise. */
function fillRandom(bytes: Uint8Array, random: Random, kind: number | null): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const mode = kind ?? random.below(ELEMENT_KINDS)
  for (let at = 0; at + 8 <= bytes.length; at += 8) {
    if (mode === 0 || mode === 1) {
      for (const half of [0, 4]) {
        const hard = random.below(2) === 0
        view.setUint32(
          at + half,
          hard
            ? random.pick(HARD_32)
            : (0x3f000000 + random.below(0x01000000) + (random.below(2) === 0 ? 2 ** 31 : 0)) >>> 0,
          true,
        )
      }
    } else if (mode === 2 || mode === 3) {
      const hard = random.below(2) === 0
      view.setBigUint64(
        at,
        hard
          ? random.pick(HARD_64)
          : (0x3fe0000000000000n + (random.wide() >> 9n)) ^ (BigInt(random.below(2)) << 63n),
        true,
      )
    } else if (mode === 4) {
      for (let i = 0; i < 8; i += 2)
        view.setUint16(
          at + i,
          random.below(2) === 0 ? random.pick(HARD_16) : 0x3800 + random.below(0x1000),
          true,
        )
    } else if (mode === 5) {
      for (let i = 0; i < 8; i += 4) view.setInt32(at + i, random.below(17) - 8, true)
    } else if (mode === 6) {
      for (let i = 0; i < 8; i += 4)
        view.setFloat32(at + i, (random.below(2001) - 1000) / random.pick([1, 3, 7]), true)
    } else view.setBigUint64(at, random.wide(), true)
  }
}

const EDGES = [
  0n,
  1n,
  0x7fn,
  0x80n,
  0xffn,
  0x7fffn,
  0x8000n,
  0xffffn,
  0x7fffffffn,
  0x80000000n,
  0xffffffffn,
  (1n << 63n) - 1n,
  1n << 63n,
  (1n << 64n) - 1n,
] as const

/** A state before the instruction, in the slot's own image. */
export function randomState(
  slot: Slot,
  { bases, indices, repeats, vectorIndices }: RandomInstruction,
  random: Random,
): void {
  const { before, data, dataAddress } = slot
  for (let i = 0; i < 16; i++) {
    before.general[i] = random.below(3) === 0 ? random.pick(EDGES) : random.wide() >> BigInt(random.below(64))
  }
  // One kind of element in all registers half of the time, so that operands meet others of their kind.
  const kind = random.below(2) === 0 ? random.below(ELEMENT_KINDS) : null
  for (let i = 0; i < 32; i++) fillRandom(before.vectors.subarray(64 * i, 64 * i + 64), random, kind)
  for (let i = 0; i < 8; i++) {
    before.opmasks[i] = random.pick([0n, (1n << 64n) - 1n, random.wide(), random.wide()])
  }
  fillRandom(data, random, kind)
  const unaligned = random.below(4) === 0 ? random.below(16) : 0
  const address = dataAddress + (64 - (dataAddress % 64)) + 256 + unaligned
  for (const id of bases) before.general[id] = BigInt(address)
  for (const id of indices) before.general[id] = BigInt.asUintN(64, BigInt(random.below(33) - 16))
  if (repeats) before.general[RCX] = BigInt(random.below(20))
  const vectors = new DataView(before.vectors.buffer, before.vectors.byteOffset, before.vectors.byteLength)
  for (const [id, bytes] of vectorIndices) {
    for (let at = 64 * id; at < 64 * id + 64; at += bytes) {
      const value = random.below(32) - 16
      if (bytes === 4) vectors.setInt32(at, value, true)
      else vectors.setBigInt64(at, BigInt(value), true)
    }
  }
  before.flags[0] = BigInt(0x202 | (random.bits() & 0x8d5))
  const rounding = random.below(2) === 0 ? 0 : random.below(4)
  const flushing = random.below(3) === 0 ? (random.below(2) << 6) | (random.below(2) << 15) : 0
  const sticky = random.below(2) === 0 ? 0 : random.below(64)
  before.mxcsr[0] = 0x1f80 | (rounding << 13) | flushing | sticky
}
