/** Opmask registers: moves, logic, shifts and tests of 8, 16, 32 or 64 bits, and their exchange with vectors. */
import { Reg } from '../encoder/registers.ts'
import { CF, STATUS, ZF } from './flags.ts'
import { placeOf, reader, writer } from './general-operand.ts'
import {
  type Instruction,
  NoSemantics,
  type Semantics,
  type SemanticsTable,
  sequence,
} from './instruction.ts'
import type { State } from './state.ts'
import { intoOpmask, type LaneRun, laneBits, packed } from './vector.ts'
import type { ElementBytes } from './vector-operand.ts'

const WIDTHS = { b: 8, w: 16, d: 32, q: 64 } as const
type Letter = keyof typeof WIDTHS

function opmaskAt({ operands }: Instruction, index: number): number {
  const operand = operands[index]
  if (!(operand instanceof Reg) || operand.kind !== 'k')
    throw new NoSemantics(`operand ${index + 1} is no opmask`)
  return operand.id
}

const readMask = (state: State, id: number, bits: number): bigint =>
  BigInt.asUintN(bits, (BigInt(state.opmasks[2 * id + 1]!) << 32n) | BigInt(state.opmasks[2 * id]! >>> 0))

function writeMask(state: State, id: number, value: bigint): void {
  state.opmasks[2 * id] = Number(BigInt.asIntN(32, value))
  state.opmasks[2 * id + 1] = Number(BigInt.asIntN(32, value >> 32n))
}

/** kmov: the bits above are cleared. */
function move(bits: number): Semantics {
  return (state, instruction) => {
    const [to, from] = instruction.operands
    if (to instanceof Reg && to.kind === 'k') {
      if (from instanceof Reg && from.kind === 'k') {
        const id = from.id
        return () => writeMask(state, to.id, readMask(state, id, bits))
      }
      const place = placeOf(state, instruction, 1)
      const read = reader(state, place)
      return sequence(place.before, () => writeMask(state, to.id, BigInt.asUintN(bits, read())))
    }
    const place = placeOf(state, instruction, 0)
    const write = writer(state, place)
    const id = opmaskAt(instruction, 1)
    return sequence(place.before, () => write(readMask(state, id, bits)), place.after)
  }
}

/** k ← f(a, b), where b may be an immediate or missing. */
function compute(bits: number, f: (a: bigint, b: bigint) => bigint): Semantics {
  return (state, instruction) => {
    const [to, a] = [opmaskAt(instruction, 0), opmaskAt(instruction, 1)]
    const last = instruction.operands[2]
    const readLast =
      last === undefined
        ? () => 0n
        : typeof last === 'number'
          ? () => BigInt(last & 0xff)
          : () => readMask(state, opmaskAt(instruction, 2), bits)
    return () => writeMask(state, to, BigInt.asUintN(bits, f(readMask(state, a, bits), readLast())))
  }
}

/** ZF for zero and CF for all ones (kortest), or for a & b and ~a & b (ktest). */
function test(
  bits: number,
  zero: (a: bigint, b: bigint) => boolean,
  carry: (a: bigint, b: bigint) => boolean,
): Semantics {
  return (state, instruction) => {
    const [left, right] = [opmaskAt(instruction, 0), opmaskAt(instruction, 1)]
    return () => {
      const a = readMask(state, left, bits)
      const b = readMask(state, right, bits)
      state.flags.change(STATUS, (zero(a, b) ? ZF : 0) | (carry(a, b) ? CF : 0))
    }
  }
}

/** Bits of an opmask as elements of all ones or all zeros. */
function intoVector(element: ElementBytes): Semantics {
  return (state, instruction) => {
    const from = opmaskAt(instruction, 1)
    const make = (): LaneRun => {
      const { u8 } = state.vectors
      return (d, _a, _b, lanes) => {
        for (let i = 0; i < lanes; i++) {
          const bit = (state.opmasks[2 * from + (i >> 5)]! >>> (i & 31)) & 1
          u8.fill(bit === 1 ? 0xff : 0, d + i * element, d + (i + 1) * element)
        }
      }
    }
    return withoutSources(state, instruction, element, make)
  }
}

/** The bits of an opmask, as a number, in every element. */
function repeated(element: ElementBytes, bits: number): Semantics {
  return (state, instruction) => {
    const from = opmaskAt(instruction, 1)
    const make = (): LaneRun => {
      const { i32 } = state.vectors
      return (d, _a, _b, lanes) => {
        const words = element >> 2
        for (let i = 0; i < lanes * words; i++) {
          i32[(d >> 2) + i] = i % words === 0 ? state.opmasks[2 * from]! & (2 ** bits - 1) : 0
        }
      }
    }
    return withoutSources(state, instruction, element, make)
  }
}

function withoutSources(
  state: State,
  instruction: Instruction,
  element: ElementBytes,
  make: () => LaneRun,
): () => void {
  return packed({ element, make })(state, { ...instruction, operands: instruction.operands.slice(0, 1) })
}

/** The sign bits of all elements. */
function signs(element: ElementBytes): Semantics {
  return intoOpmask({
    element,
    make: (state) => {
      const { u8 } = state.vectors
      return (a, _b, lanes) => laneBits(lanes, (lane) => u8[a + (lane + 1) * element - 1]! >= 128)
    },
  })
}

function table(): Record<string, Semantics> {
  const result: Record<string, Semantics> = {}
  for (const letter of Object.keys(WIDTHS) as Letter[]) {
    const bits = WIDTHS[letter]
    const all = (1n << BigInt(bits)) - 1n
    Object.assign(result, {
      [`kmov${letter}`]: move(bits),
      [`kand${letter}`]: compute(bits, (a, b) => a & b),
      [`kandn${letter}`]: compute(bits, (a, b) => ~a & b),
      [`kor${letter}`]: compute(bits, (a, b) => a | b),
      [`kxnor${letter}`]: compute(bits, (a, b) => ~(a ^ b)),
      [`kxor${letter}`]: compute(bits, (a, b) => a ^ b),
      [`kadd${letter}`]: compute(bits, (a, b) => a + b),
      [`knot${letter}`]: compute(bits, (a) => ~a),
      [`kshiftl${letter}`]: compute(bits, (a, b) => a << b),
      [`kshiftr${letter}`]: compute(bits, (a, b) => a >> b),
      [`kortest${letter}`]: test(
        bits,
        (a, b) => (a | b) === 0n,
        (a, b) => (a | b) === all,
      ),
      [`ktest${letter}`]: test(
        bits,
        (a, b) => (a & b) === 0n,
        (a, b) => (~a & b) === 0n,
      ),
      [`vpmovm2${letter}`]: intoVector((bits / 8) as ElementBytes),
      [`vpmov${letter}2m`]: signs((bits / 8) as ElementBytes),
    })
  }
  return result
}

const unpack = (bits: number): Semantics =>
  compute(2 * bits, (a, b) => (a << BigInt(bits)) | BigInt.asUintN(bits, b))

export const opmaskSemantics: SemanticsTable = {
  ...table(),
  kunpckbw: unpack(8),
  kunpckwd: unpack(16),
  kunpckdq: unpack(32),
  vpbroadcastmb2q: repeated(8, 8),
  vpbroadcastmw2d: repeated(4, 16),
}
