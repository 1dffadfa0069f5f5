/** Integer arithmetic, logic and moves that most code is made of: on words, without BigInt. */
import { Mem } from '../encoder/operands.ts'
import { Reg, type RegKind } from '../encoder/registers.ts'
import { compileAddress } from './address.ts'
import type { Flags } from './flags.ts'
import { type Place, placeOf } from './general-operand.ts'
import {
  type Instruction,
  NoSemantics,
  type Semantics,
  type SemanticsTable,
  type Step,
  sequence,
} from './instruction.ts'
import type { State } from './state.ts'
import { type GeneralBytes, loadGeneral, storeGeneral } from './transfer.ts'

/** The view of a width's signed elements. */
function viewOf(state: State, bytes: number): Int8Array | Int16Array | Int32Array {
  const { i8, i16, i32 } = state.general
  return bytes === 1 ? i8 : bytes === 2 ? i16 : i32
}

/** Destination and source of a two-operand instruction; the source may be an immediate of the destination's width. */
function twoPlaces(state: State, instruction: Instruction): readonly [Place, Place] {
  const to = placeOf(state, instruction, 0)
  return [to, placeOf(state, instruction, 1, { scratch: 1, bytes: to.bytes })]
}

const between = (to: Place, from: Place, run: Step, writes: boolean): Step =>
  sequence(to.before, from.before, run, writes ? to.after : null)

/** dst ← dst + src (+ CF). */
function addition(withCarry: boolean): Semantics {
  return (state, instruction) => {
    const [to, from] = twoPlaces(state, instruction)
    const { flags } = state
    const { i32 } = state.general
    const d = 2 * to.register
    const s = 2 * from.register
    if (to.bytes === 8) {
      const run = (): void => {
        const al = i32[d]!
        const ah = i32[d + 1]!
        const bl = i32[s]!
        const bh = i32[s + 1]!
        const rl = (al + bl + (withCarry ? flags.carry() : 0)) | 0
        const rh = (ah + bh + (((al & bl) | ((al | bl) & ~rl)) >>> 31)) | 0
        i32[d] = rl
        i32[d + 1] = rh
        flags.added(ah, bh, rh, rl | rh, rl, al ^ bl ^ rl)
      }
      return between(to, from, run, true)
    }
    const view = viewOf(state, to.bytes)
    const shift = 32 - 8 * to.bytes
    const run = (): void => {
      const a = view[to.index]!
      const b = view[from.index]!
      const r = (a + b + (withCarry ? flags.carry() : 0)) | 0
      view[to.index] = r
      if (shift === 0) i32[d + 1] = 0
      flags.added(a << shift, b << shift, r << shift, r << shift, r, a ^ b ^ r)
    }
    return between(to, from, run, true)
  }
}

/** dst ← dst − src (− CF), or only the flags of it. */
function subtraction(withBorrow: boolean, writes: boolean): Semantics {
  return (state, instruction) => {
    const [to, from] = twoPlaces(state, instruction)
    const { flags } = state
    const { i32 } = state.general
    const d = 2 * to.register
    const s = 2 * from.register
    if (to.bytes === 8) {
      const run = (): void => {
        const al = i32[d]!
        const ah = i32[d + 1]!
        const bl = i32[s]!
        const bh = i32[s + 1]!
        const rl = (al - bl - (withBorrow ? flags.carry() : 0)) | 0
        const rh = (ah - bh - (((~al & bl) | ((~al | bl) & rl)) >>> 31)) | 0
        if (writes) {
          i32[d] = rl
          i32[d + 1] = rh
        }
        flags.subtracted(ah, bh, rh, rl | rh, rl, al ^ bl ^ rl)
      }
      return between(to, from, run, writes)
    }
    const view = viewOf(state, to.bytes)
    const shift = 32 - 8 * to.bytes
    const run = (): void => {
      const a = view[to.index]!
      const b = view[from.index]!
      const r = (a - b - (withBorrow ? flags.carry() : 0)) | 0
      if (writes) {
        view[to.index] = r
        if (shift === 0) i32[d + 1] = 0
      }
      flags.subtracted(a << shift, b << shift, r << shift, r << shift, r, a ^ b ^ r)
    }
    return between(to, from, run, writes)
  }
}

/** dst ← dst op src bit by bit, or only the flags of it. */
function logic(compute: (a: number, b: number) => number, writes = true): Semantics {
  return (state, instruction) => {
    const [to, from] = twoPlaces(state, instruction)
    const { flags } = state
    const { i32 } = state.general
    const d = 2 * to.register
    const s = 2 * from.register
    if (to.bytes === 8) {
      const run = (): void => {
        const rl = compute(i32[d]!, i32[s]!)
        const rh = compute(i32[d + 1]!, i32[s + 1]!)
        if (writes) {
          i32[d] = rl
          i32[d + 1] = rh
        }
        flags.combined(rh, rl | rh, rl)
      }
      return between(to, from, run, writes)
    }
    const view = viewOf(state, to.bytes)
    const shift = 32 - 8 * to.bytes
    const run = (): void => {
      const r = compute(view[to.index]!, view[from.index]!)
      if (writes) {
        view[to.index] = r
        if (shift === 0) i32[d + 1] = 0
      }
      flags.combined(r << shift, r << shift, r)
    }
    return between(to, from, run, writes)
  }
}

type Recorder = (
  flags: Flags,
  a: readonly [number, number],
  r: readonly [number, number],
  bytes: number,
) => void

/** dst ← f(dst): a word or two, and the flags that the operation leaves. */
function unary(
  compute: (low: number, high: number) => number,
  high: (low: number, high: number) => number,
  record: Recorder | null,
): Semantics {
  return (state, instruction) => {
    const to = placeOf(state, instruction, 0)
    const { flags } = state
    const { i32 } = state.general
    const d = 2 * to.register
    if (to.bytes === 8) {
      const run = (): void => {
        const al = i32[d]!
        const ah = i32[d + 1]!
        const rl = compute(al, ah)
        const rh = high(al, ah)
        i32[d] = rl
        i32[d + 1] = rh
        record?.(flags, [al, ah], [rl, rh], 8)
      }
      return sequence(to.before, run, to.after)
    }
    const view = viewOf(state, to.bytes)
    const run = (): void => {
      const a = view[to.index]!
      const r = compute(a, 0)
      view[to.index] = r
      if (to.bytes === 4) i32[d + 1] = 0
      record?.(flags, [a, 0], [r, 0], to.bytes)
    }
    return sequence(to.before, run, to.after)
  }
}

/** Records a ± 1 without CF. */
const step =
  (kind: 'added' | 'subtracted'): Recorder =>
  (flags, [al, ah], [rl, rh], bytes) => {
    const carry = flags.carry()
    const shift = 32 - 8 * bytes
    if (bytes === 8) flags[kind](ah, 0, rh, rl | rh, rl, al ^ 1 ^ rl)
    else flags[kind](al << shift, 1 << shift, rl << shift, rl << shift, rl, al ^ 1 ^ rl)
    flags.keepCarry(carry)
  }

const negated: Recorder = (flags, [al, ah], [rl, rh], bytes) => {
  const shift = 32 - 8 * bytes
  if (bytes < 8) {
    flags.subtracted(0, al << shift, rl << shift, rl << shift, rl, al ^ rl)
    return
  }
  flags.subtracted(0, ah, rh, rl | rh, rl, al ^ rl)
}

/** Copies a place into another of the same width. */
export function copy(state: State, to: Place, from: Place): Step {
  const { i32 } = state.general
  const d = 2 * to.register
  const s = 2 * from.register
  if (to.bytes === 8) {
    return () => {
      i32[d] = i32[s]!
      i32[d + 1] = i32[s + 1]!
    }
  }
  if (to.bytes === 4) {
    return () => {
      i32[d] = i32[s]!
      i32[d + 1] = 0
    }
  }
  const view = viewOf(state, to.bytes)
  return () => {
    view[to.index] = view[from.index]!
  }
}

const BYTES_MOVED: Partial<Record<RegKind, GeneralBytes>> = { r8: 1, r16: 2, r32: 4, r64: 8 }

const move: Semantics = (state, instruction) => {
  const [toOperand, fromOperand] = instruction.operands
  // Straight between memory and the register, where no part of a register has to stay or be cleared.
  if (fromOperand instanceof Mem && toOperand instanceof Reg && toOperand.kind === 'r64') {
    return loadGeneral(state, compileAddress(state, fromOperand, instruction), 8, toOperand.id)
  }
  if (toOperand instanceof Mem && fromOperand instanceof Reg && BYTES_MOVED[fromOperand.kind] !== undefined) {
    const bytes = BYTES_MOVED[fromOperand.kind]!
    return storeGeneral(state, compileAddress(state, toOperand, instruction), bytes, fromOperand.id)
  }
  const [to, from] = twoPlaces(state, instruction)
  return sequence(to.before, from.before, copy(state, to, from), to.after)
}

/** dst ← src with zeros or its sign above. */
function extension(signed: boolean): Semantics {
  return (state, instruction) => {
    const to = placeOf(state, instruction, 0)
    const from = placeOf(state, instruction, 1, { scratch: 1 })
    const { i32, i16, i8, u32, u16, u8 } = state.general
    const views = signed ? { 1: i8, 2: i16, 4: i32 } : { 1: u8, 2: u16, 4: u32 }
    const source = views[from.bytes as 1 | 2 | 4]
    const d = 2 * to.register
    const run = (): void => {
      const value = source[from.index]!
      if (to.bytes === 2) i16[to.index] = value
      else {
        i32[d] = value
        i32[d + 1] = to.bytes === 8 && signed ? value >> 31 : 0
      }
    }
    return sequence(from.before, run)
  }
}

/** dst ← address. */
const loadAddress: Semantics = (state, instruction) => {
  const to = placeOf(state, instruction, 0)
  const operand = instruction.operands[1]
  if (!(operand instanceof Mem)) throw new NoSemantics('lea without an address')
  // The segment's base is no part of it (SDM Vol. 2A, LEA).
  const plain =
    operand.segment === null
      ? operand
      : new Mem(0, operand.base, operand.index, operand.scale, operand.disp, operand.label, false, null)
  const { i32, u64 } = state.general
  const d = 2 * to.register
  const { base, index, scale, disp, label } = plain
  if (label === null && base?.kind !== 'r32' && index?.kind !== 'r32') {
    // Any 64-bit sum may be asked for, whether it is an address or not.
    const place = to.bytes === 8 ? null : to
    const sum = wordSum(state, base?.id ?? -1, index?.id ?? -1, scale, disp)
    return () => {
      const [low, high] = sum()
      if (place === null) {
        i32[d] = low
        i32[d + 1] = high
      } else writeNarrow(state, to, low)
    }
  }
  const address = compileAddress(state, plain, instruction)
  return () => {
    const value = address()
    if (to.bytes === 8) u64[to.register] = BigInt.asUintN(64, BigInt(value))
    else writeNarrow(state, to, value)
  }
}

function writeNarrow(state: State, to: Place, value: number): void {
  const { i32, i16 } = state.general
  if (to.bytes === 2) i16[to.index] = value
  else {
    i32[2 * to.register] = value
    i32[2 * to.register + 1] = 0
  }
}

/** base + index·scale + disp modulo 2⁶⁴, as words. */
function wordSum(
  state: State,
  base: number,
  index: number,
  scale: number,
  disp: number,
): () => readonly [number, number] {
  const { i32, u32 } = state.general
  const shift = Math.log2(scale)
  const pair: [number, number] = [0, 0]
  return () => {
    let low = disp
    let high = disp >> 31
    if (base >= 0) {
      const sum = (low >>> 0) + u32[2 * base]!
      high += i32[2 * base + 1]! + (sum >= 2 ** 32 ? 1 : 0)
      low = sum | 0
    }
    if (index >= 0) {
      const indexLow = u32[2 * index]!
      const sum = (low >>> 0) + ((indexLow << shift) >>> 0)
      const shifted =
        shift === 0 ? i32[2 * index + 1]! : (i32[2 * index + 1]! << shift) | (indexLow >>> (32 - shift))
      high += shifted + (sum >= 2 ** 32 ? 1 : 0)
      low = sum | 0
    }
    pair[0] = low
    pair[1] = high | 0
    return pair
  }
}

const exchange: Semantics = (state, instruction) => {
  const a = placeOf(state, instruction, 0)
  const b = placeOf(state, instruction, 1, { scratch: 1 })
  const { u64, i32 } = state.general
  if (a.bytes === 8) {
    const run = (): void => {
      const value = u64[a.register]!
      u64[a.register] = u64[b.register]!
      u64[b.register] = value
    }
    return sequence(a.before, b.before, run, a.after, b.after)
  }
  const view = viewOf(state, a.bytes)
  const run = (): void => {
    const value = view[a.index]!
    view[a.index] = view[b.index]!
    view[b.index] = value
    if (a.bytes !== 4) return
    i32[2 * a.register + 1] = 0
    i32[2 * b.register + 1] = 0
  }
  return sequence(a.before, b.before, run, a.after, b.after)
}

export const integerSemantics: SemanticsTable = {
  add: addition(false),
  adc: addition(true),
  sub: subtraction(false, true),
  sbb: subtraction(true, true),
  cmp: subtraction(false, false),
  and: logic((a, b) => a & b),
  or: logic((a, b) => a | b),
  xor: logic((a, b) => a ^ b),
  test: logic((a, b) => a & b, false),
  inc: unary(
    (low) => (low + 1) | 0,
    (low, high) => (low === -1 ? high + 1 : high) | 0,
    step('added'),
  ),
  dec: unary(
    (low) => (low - 1) | 0,
    (low, high) => (low === 0 ? high - 1 : high) | 0,
    step('subtracted'),
  ),
  neg: unary(
    (low) => -low | 0,
    (low, high) => (low === 0 ? -high : ~high) | 0,
    negated,
  ),
  not: unary(
    (low) => ~low,
    (_, high) => ~high,
    null,
  ),
  mov: move,
  movabs: move,
  movzx: extension(false),
  movsx: extension(true),
  movsxd: extension(true),
  lea: loadAddress,
  xchg: exchange,
}
