/** Memory operands compiled to functions that give the address. */
import { Displacement, type Mem } from '../encoder/operands.ts'
import { RaisedFault } from './fault.ts'
import { NoSemantics } from './instruction.ts'
import type { State } from './state.ts'

export type Address = () => number

const HIGH = 2 ** 32
/** High words from −2²⁰ to 2²⁰ − 1: sums of two such registers, scaled, are exact in a number. */
const SMALL = 0x10_0000

/** The instruction that an operand is of, as far as addresses depend on it. */
export interface InstructionPlace {
  /** Address of the next instruction, which [rip + …] counts from. */
  readonly next: number
}

/** Sums modulo 2⁶⁴, for registers too large for numbers. */
function wideAddress(
  state: State,
  base: number,
  index: number,
  scale: number,
  disp: number,
  bits: 32 | 64,
): number {
  const { u64 } = state.general
  const sum = (base < 0 ? 0n : u64[base]!) + (index < 0 ? 0n : u64[index]! * BigInt(scale)) + BigInt(disp)
  return Number(bits === 32 ? BigInt.asUintN(32, sum) : BigInt.asIntN(64, sum))
}

/** A function that computes the operand's address; a vector index counts as no index. */
export function compileAddress(state: State, mem: Mem, place: InstructionPlace): Address {
  const linear = compileLinear(state, mem, place)
  const segment = mem.segment
  if (segment === null || segment.id < 4) return linear
  const name = segment.id === 4 ? 'fs' : 'gs'
  return () => linear() + state.segmentBase[name]
}

function compileLinear(state: State, mem: Mem, place: InstructionPlace): Address {
  const { disp, scale } = mem
  if (mem.offset !== null) {
    const address = Number(mem.offset)
    return () => address
  }
  if (mem.label !== null) {
    if (!(mem.label instanceof Displacement)) throw new NoSemantics('a label that is no distance')
    const address = place.next + mem.label.value + disp
    return () => address
  }
  const base = mem.base === null ? -1 : mem.base.id
  const isVector = mem.index !== null && mem.index.kind !== 'r64' && mem.index.kind !== 'r32'
  const index = mem.index === null || isVector ? -1 : mem.index.id
  const { i32, u32 } = state.general
  if (mem.base?.kind === 'r32' || mem.index?.kind === 'r32') {
    return () => wideAddress(state, base, index, scale, disp, 32)
  }
  const [bl, bh, il, ih] = [2 * base, 2 * base + 1, 2 * index, 2 * index + 1]
  if (index < 0) {
    if (base < 0) return () => disp
    return () => {
      const high = i32[bh]!
      return (high + SMALL) >>> 0 < 2 * SMALL
        ? high * HIGH + u32[bl]! + disp
        : wideAddress(state, base, index, scale, disp, 64)
    }
  }
  if (base < 0) {
    return () => {
      const high = i32[ih]!
      return (high + SMALL) >>> 0 < 2 * SMALL
        ? (high * HIGH + u32[il]!) * scale + disp
        : wideAddress(state, base, index, scale, disp, 64)
    }
  }
  return () => {
    const high = i32[bh]!
    const indexHigh = i32[ih]!
    return (high + SMALL) >>> 0 < 2 * SMALL && (indexHigh + SMALL) >>> 0 < 2 * SMALL
      ? high * HIGH + u32[bl]! + (indexHigh * HIGH + u32[il]!) * scale + disp
      : wideAddress(state, base, index, scale, disp, 64)
  }
}

/** #GP unless the address is a multiple of `bytes`. */
export function requireAligned(address: number, bytes: number): void {
  if (address % bytes !== 0) {
    throw new RaisedFault('#GP', `address 0x${address.toString(16)} is not a multiple of ${bytes} bytes`)
  }
}
