/** Bit tests, counts, scans and bit fields of general registers. */
import { Mem } from '../encoder/operands.ts'
import { Reg } from '../encoder/registers.ts'
import { compileAddress } from './address.ts'
import { AF, CF, OF, PF, SF, STATUS, ZF } from './flags.ts'
import { operandBytes, type Place, placeOf, reader, writer } from './general-operand.ts'
import { type Instruction, type Semantics, type SemanticsTable, sequence } from './instruction.ts'
import { SCRATCH_GENERAL, type State } from './state.ts'
import { loadGeneral, storeGeneral } from './transfer.ts'
import {
  bitOf,
  type Compute,
  type Inputs,
  ones,
  resultFlags,
  signed,
  wide,
  withoutFlags,
  wrap,
} from './wide-operation.ts'

const trailingZeros = (value: bigint, bits: number): number => {
  let count = 0
  while (count < bits && bitOf(value, count) === 0) count++
  return count
}
const leadingZeros = (value: bigint, bits: number): number =>
  bits - (value === 0n ? 0 : value.toString(2).length)
const ONES = /1/g
const population = (value: bigint): number => value.toString(2).match(ONES)?.length ?? 0

/** bsf and bsr: the destination stays where the source is zero. */
function scan(find: (value: bigint, bits: number) => number): Compute {
  return ({ b, bits, status }) =>
    b === 0n
      ? { mask: ZF, flags: ZF }
      : { value: BigInt(find(b, bits)), mask: STATUS, flags: status & ~(ZF | OF | SF | AF | PF | CF) }
}

/** tzcnt and lzcnt: the width where the source is zero, and CF says so. */
function count(find: (value: bigint, bits: number) => number): Compute {
  return ({ a, bits }) => {
    const value = find(a, bits)
    return {
      value: BigInt(value),
      mask: CF | ZF,
      flags: (a === 0n ? CF : 0) | (value === 0 ? ZF : 0),
    }
  }
}

/** BMI1 and BMI2 with flags of the result: OF is 0, AF and PF are undefined and stay. */
function field(compute: (inputs: Inputs) => readonly [bigint, number]): Compute {
  return (inputs) => {
    const [wideValue, carry] = compute(inputs)
    const value = wrap(inputs.bits, wideValue)
    const flags = (resultFlags(inputs.bits, value) & (ZF | SF)) | carry
    return { value, mask: ZF | SF | OF | CF, flags }
  }
}

function deposit(value: bigint, mask: bigint): bigint {
  let result = 0n
  let from = 0
  for (let i = 0; i < 64; i++) {
    if (bitOf(mask, i) === 0) continue
    if (bitOf(value, from) === 1) result |= 1n << BigInt(i)
    from++
  }
  return result
}

function extract(value: bigint, mask: bigint): bigint {
  let result = 0n
  let to = 0
  for (let i = 0; i < 64; i++) {
    if (bitOf(mask, i) === 0) continue
    if (bitOf(value, i) === 1) result |= 1n << BigInt(to)
    to++
  }
  return result
}

/**
 * bt and its kin. A register or an immediate index counts modulo the width; with memory and a register, the index is
 * signed and reaches other words before and after the operand (SDM Vol. 2A, BT).
 */
function bitTest(change: ((value: bigint, bit: bigint) => bigint) | null): Semantics {
  return (state, instruction) => {
    const [first] = instruction.operands
    const index = placeOf(state, instruction, 1, { scratch: 1 })
    const readIndex = reader(state, index)
    const isString = first instanceof Mem && instruction.operands[1] instanceof Reg
    const to: Place = isString
      ? bitString(state, instruction, first, readIndex)
      : placeOf(state, instruction, 0)
    const bits = 8 * to.bytes
    const [read, write] = [reader(state, to), writer(state, to)]
    const run = (): void => {
      const at = readIndex() & BigInt(bits - 1)
      const value = read()
      state.flags.change(CF, Number((value >> at) & 1n))
      if (change !== null) write(wrap(bits, change(value, 1n << at)))
    }
    return sequence(to.before, run, change === null ? null : to.after)
  }
}

/** The word of a bit string that an index lies in. */
function bitString(state: State, instruction: Instruction, mem: Mem, readIndex: () => bigint): Place {
  const bytes = operandBytes(instruction, 0)
  const bits = 8 * bytes
  const base = compileAddress(state, mem, instruction)
  const address = (): number => base() + Number(signed(bits, readIndex()) >> BigInt(Math.log2(bits))) * bytes
  const load = loadGeneral(state, address, bytes, SCRATCH_GENERAL)
  return {
    bytes,
    register: SCRATCH_GENERAL,
    index: (8 / bytes) * SCRATCH_GENERAL,
    before: load,
    after: storeGeneral(state, address, bytes, SCRATCH_GENERAL),
  }
}

export const bitSemantics: SemanticsTable = {
  bt: bitTest(null),
  bts: bitTest((value, bit) => value | bit),
  btr: bitTest((value, bit) => value & ~bit),
  btc: bitTest((value, bit) => value ^ bit),
  bsf: wide(scan(trailingZeros)),
  bsr: wide(scan((value, bits) => bits - 1 - leadingZeros(value, bits))),
  tzcnt: wide(count(trailingZeros)),
  lzcnt: wide(count(leadingZeros)),
  popcnt: wide(({ a }) => ({ value: BigInt(population(a)), mask: STATUS, flags: a === 0n ? ZF : 0 })),
  andn: wide(field(({ a, b }) => [~a & b, 0])),
  bextr: wide(({ a, b, bits }) => {
    const start = Number(b & 0xffn)
    const length = Number((b >> 8n) & 0xffn)
    const value = start >= bits ? 0n : wrap(bits, a >> BigInt(start)) & ones(Math.min(length, bits))
    return { value, mask: ZF | CF | OF, flags: value === 0n ? ZF : 0 }
  }),
  blsi: wide(field(({ a }) => [a & -a, a === 0n ? 0 : CF])),
  blsmsk: wide(field(({ a }) => [a ^ (a - 1n), a === 0n ? CF : 0])),
  blsr: wide(field(({ a }) => [a & (a - 1n), a === 0n ? CF : 0])),
  bzhi: wide(
    field(({ a, b, bits }) => {
      const index = Number(b & 0xffn)
      return index < bits ? [a & ones(index), 0] : [a, CF]
    }),
  ),
  pdep: wide(withoutFlags(({ a, b }) => deposit(a, b))),
  pext: wide(withoutFlags(({ a, b }) => extract(a, b))),
}
