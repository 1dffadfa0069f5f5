/** Shifts and rotations of vector elements, and of blocks by bytes. */
import { type Semantics, type SemanticsTable, withAndWithoutV } from './instruction.ts'
import {
  across,
  bytesOf,
  elementAccess,
  lanewise,
  type Make,
  type NarrowView,
  type WideView,
} from './integer-lanes.ts'
import { packed } from './vector.ts'

type Shift = (x: bigint, count: bigint, bits: number) => bigint
const left: Shift = (x, count, bits) => (count >= BigInt(bits) ? 0n : x << count)
const right: Shift = (x, count, bits) => (count >= BigInt(bits) ? 0n : x >> count)
/** On signed values. */
const arithmeticRight: Shift = (x, count, bits) => x >> (count >= BigInt(bits) ? BigInt(bits - 1) : count)

/** All elements shifted by one count: an immediate, or the low 64 bits of b. */
function shiftAll(view: NarrowView | WideView, shift: Shift): Semantics {
  const bytes = bytesOf(view)
  return (state, instruction) => {
    const isImmediate = typeof instruction.operands.at(-1) === 'number'
    const make: Make = () => {
      const [read, write] = elementAccess(state, view)
      const { u64 } = state.vectors
      return (d, a, b, lanes, _active, immediate) => {
        const count = isImmediate ? BigInt(immediate) : u64[b >> 3]!
        for (let i = 0; i < lanes; i++) write(d / bytes + i, shift(read(a / bytes + i), count, 8 * bytes))
      }
    }
    // With b a vector of its own width, masks must not reach its load; and d may be b.
    return packed({ element: bytes, lanewise: isImmediate, make })(state, instruction)
  }
}

/** Each element shifted by its own count. */
function shiftEach(view: NarrowView | WideView, shift: Shift): Semantics {
  const bytes = bytesOf(view)
  return lanewise(bytes, (state) => {
    const [read, write] = elementAccess(state, view)
    return (d, a, b, lanes) => {
      for (let i = 0; i < lanes; i++) {
        const count = BigInt.asUintN(8 * bytes, read(b / bytes + i))
        write(d / bytes + i, shift(read(a / bytes + i), count, 8 * bytes))
      }
    }
  })
}

const rotateLeft: Shift = (x, count, bits) => {
  const by = count % BigInt(bits)
  return (x << by) | (x >> (BigInt(bits) - by))
}
const rotateRight: Shift = (x, count, bits) => rotateLeft(x, BigInt(bits) - (count % BigInt(bits)), bits)

/** vpshld, vpshrd: the upper (lower) half of two elements together, shifted; the count is the immediate or b. */
function concatShift(view: 'u16' | 'u32' | 'u64', isLeft: boolean, isVariable: boolean): Semantics {
  const bytes = bytesOf(view)
  const bits = BigInt(8 * bytes)
  const make: Make = (state) => {
    const [read, write] = elementAccess(state, view)
    return (d, a, b, lanes, _active, immediate) => {
      for (let i = 0; i < lanes; i++) {
        const first = read((isVariable ? d : a) / bytes + i)
        const second = read((isVariable ? a : b) / bytes + i)
        const count = (isVariable ? read(b / bytes + i) : BigInt(immediate)) & (bits - 1n)
        const value = isLeft
          ? (((first << bits) | second) << count) >> bits
          : ((second << bits) | first) >> count
        write(d / bytes + i, BigInt.asUintN(Number(bits), value))
      }
    }
  }
  return lanewise(bytes, make, isVariable)
}

/** pslldq, psrldq: blocks of 128 bits shifted by bytes. */
function shiftBytes(isLeft: boolean): Semantics {
  return across(1, (state) => {
    const { u8 } = state.vectors
    return (d, a, _b, lanes, _active, immediate) => {
      for (let i = 0; i < lanes; i++) {
        const from = (i & 15) + (isLeft ? -immediate : immediate)
        u8[d + i] = from < 0 || from > 15 ? 0 : u8[a + (i & ~15) + from]!
      }
    }
  })
}

function shifts(): Record<string, Semantics> {
  const result: Record<string, Semantics> = {}
  const widths = [
    ['w', 'u16', 'i16'],
    ['d', 'u32', 'i32'],
    ['q', 'u64', 'i64'],
  ] as const
  for (const [letter, unsigned, signed] of widths) {
    Object.assign(
      result,
      withAndWithoutV(`psll${letter}`, shiftAll(unsigned, left)),
      withAndWithoutV(`psrl${letter}`, shiftAll(unsigned, right)),
    )
    Object.assign(result, withAndWithoutV(`psra${letter}`, shiftAll(signed, arithmeticRight)))
    result[`vpsllv${letter}`] = shiftEach(unsigned, left)
    result[`vpsrlv${letter}`] = shiftEach(unsigned, right)
    result[`vpsrav${letter}`] = shiftEach(signed, arithmeticRight)
    for (const variable of [false, true]) {
      const suffix = (variable ? 'v' : '') + letter
      result[`vpshld${suffix}`] = concatShift(unsigned, true, variable)
      result[`vpshrd${suffix}`] = concatShift(unsigned, false, variable)
    }
    if (letter === 'w') continue
    result[`vprol${letter}`] = shiftAll(unsigned, rotateLeft)
    result[`vprolv${letter}`] = shiftEach(unsigned, rotateLeft)
    result[`vpror${letter}`] = shiftAll(unsigned, rotateRight)
    result[`vprorv${letter}`] = shiftEach(unsigned, rotateRight)
  }
  return result
}

export const vectorShiftSemantics: SemanticsTable = {
  ...shifts(),
  ...withAndWithoutV('pslldq', shiftBytes(true)),
  ...withAndWithoutV('psrldq', shiftBytes(false)),
}
