/** Integer instructions that code uses rarely, on BigInts: one line each, whatever the width. */

import { Reg } from '../encoder/registers.ts'
import { RaisedFault } from './fault.ts'
import { AF, CF, isEven, OF, PF, SF, STATUS, ZF } from './flags.ts'
import { type Place, placeOf, reader, registerPlace, writer } from './general-operand.ts'
import { type Semantics, type SemanticsTable, sequence } from './instruction.ts'
import type { State } from './state.ts'

const ones = (bits: number): bigint => (1n << BigInt(bits)) - 1n
const wrap = (bits: number, value: bigint): bigint => BigInt.asUintN(bits, value)
const signed = (bits: number, value: bigint): bigint => BigInt.asIntN(bits, value)
const bitOf = (value: bigint, index: number): number => Number((value >> BigInt(index)) & 1n)

/** ZF, SF and PF of a result. */
function resultFlags(bits: number, result: bigint): number {
  return (
    (result === 0n ? ZF : 0) |
    (bitOf(result, bits - 1) === 1 ? SF : 0) |
    (isEven(Number(result & 0xffn)) ? PF : 0)
  )
}

/** What an operation leaves: a result (undefined: the destination stays), and the flags of `mask`. */
interface Result {
  readonly value?: bigint
  readonly mask?: number
  readonly flags?: number
}

interface Inputs {
  readonly bits: number
  /** The value that the destination had. */
  readonly a: bigint
  readonly b: bigint
  readonly c: bigint
  readonly carry: number
  readonly status: number
}

type Compute = (inputs: Inputs) => Result

/**
 * First operand ← compute(its old value, the second, the third). Where the first is only written, `a` and `b` are
 * the second and third. Immediates are as wide as the first operand.
 */
function wide(compute: Compute): Semantics {
  return (state, instruction) => {
    const { form, operands } = instruction
    const places = operands.map((_, index) =>
      placeOf(state, instruction, index, { scratch: index, bytes: 8 }),
    )
    const to = places[0]!
    const bits = 8 * to.bytes
    const reads = form.operands[0]!.access !== 'w'
    const sources = (reads ? places : places.slice(1)).map((place) => reader(state, place))
    const write = form.operands[0]!.access === 'r' ? null : writer(state, to)
    const { flags } = state
    const zero = (): bigint => 0n
    const [a = zero, b = zero, c = zero] = sources
    const run = (): void => {
      const {
        value,
        mask = 0,
        flags: set = 0,
      } = compute({
        bits,
        a: a(),
        b: b(),
        c: c(),
        carry: flags.carry(),
        status: flags.status,
      })
      if (value !== undefined && write !== null) write(value)
      if (mask !== 0) flags.change(mask, set)
    }
    return sequence(...places.map((place) => place.before), run, to.after)
  }
}

/** Shift counts are taken modulo 32, or 64 for 64 bits (SDM Vol. 2B, SAL/SAR/SHL/SHR). */
const countOf = ({ b, bits }: Inputs): number => Number(b & (bits === 64 ? 63n : 31n))

/** A shift: the result of a count other than zero, the bit that went out last, and OF. */
function shift(compute: (inputs: Inputs, count: number) => readonly [bigint, number, number]): Compute {
  return (inputs) => {
    const count = countOf(inputs)
    if (count === 0) return { value: inputs.a }
    const [wideValue, carry, overflow] = compute(inputs, count)
    const value = wrap(inputs.bits, wideValue)
    return {
      value,
      mask: STATUS,
      flags: resultFlags(inputs.bits, value) | carry | (overflow === 1 ? OF : 0),
    }
  }
}

const shiftLeft = shift(({ a, bits }, count) => {
  const value = a << BigInt(count)
  return [value, bitOf(value, bits), bitOf(value, bits) ^ bitOf(value, bits - 1)]
})
const shiftRight = shift(({ a, bits }, count) => [
  a >> BigInt(count),
  bitOf(a, count - 1),
  bitOf(a, bits - 1),
])
const shiftArithmetic = shift(({ a, bits }, count) => {
  const value = signed(bits, a)
  return [value >> BigInt(count), bitOf(value, count - 1), 0]
})

/** A rotation: CF and OF alone change, and only for a count other than zero. */
function rotate(compute: (inputs: Inputs, count: number) => readonly [bigint, number, number]): Compute {
  return (inputs) => {
    const count = countOf(inputs)
    if (count === 0) return { value: inputs.a }
    const [value, carry, overflow] = compute(inputs, count)
    return { value: wrap(inputs.bits, value), mask: CF | OF, flags: carry | (overflow === 1 ? OF : 0) }
  }
}

function rotateLeft(bits: number, value: bigint, count: number): bigint {
  const by = BigInt(count % bits)
  return wrap(bits, (value << by) | (value >> (BigInt(bits) - by)))
}

const rotations = {
  rol: rotate(({ a, bits }, count) => {
    const r = rotateLeft(bits, a, count)
    return [r, bitOf(r, 0), bitOf(r, 0) ^ bitOf(r, bits - 1)]
  }),
  ror: rotate(({ a, bits }, count) => {
    const r = rotateLeft(bits, a, bits - (count % bits))
    return [r, bitOf(r, bits - 1), bitOf(r, bits - 1) ^ bitOf(r, bits - 2)]
  }),
  // Through CF: one bit more takes part, and the count is taken modulo that.
  rcl: rotate(({ a, bits, carry }, count) => {
    const r = rotateLeft(bits + 1, (BigInt(carry) << BigInt(bits)) | a, count)
    return [r, bitOf(r, bits), bitOf(r, bits) ^ bitOf(r, bits - 1)]
  }),
  rcr: rotate(({ a, bits, carry }, count) => {
    const r = rotateLeft(bits + 1, (BigInt(carry) << BigInt(bits)) | a, bits + 1 - (count % (bits + 1)))
    return [r, bitOf(r, bits), bitOf(r, bits - 1) ^ bitOf(r, bits - 2)]
  }),
}

/** shld and shrd: bits come in from the second operand; the count is the third. */
function doubleShift(left: boolean): Compute {
  return ({ a, b, bits, c }) => {
    const count = Number(c & (bits === 64 ? 63n : 31n))
    if (count === 0) return { value: a }
    // 16 bits: counts above 16 are undefined; what real CPUs do is go on with the first operand.
    const joined = left
      ? (((a << BigInt(bits)) | b) << BigInt(bits)) | a
      : (a << BigInt(2 * bits)) | (b << BigInt(bits)) | a
    const value = left ? wrap(bits, joined >> BigInt(2 * bits - count)) : wrap(bits, joined >> BigInt(count))
    const carry = left ? bitOf(joined, 3 * bits - count) : bitOf(joined, count - 1)
    const overflow = bitOf(value, bits - 1) ^ bitOf(a, bits - 1)
    return { value, mask: STATUS, flags: resultFlags(bits, value) | carry | (overflow === 1 ? OF : 0) }
  }
}

/** imul with two or three operands: CF and OF say that the product did not fit. */
const multiplySigned: Compute = ({ a, b, bits }) => {
  const product = signed(bits, a) * signed(bits, b)
  const value = wrap(bits, product)
  const lost = signed(bits, value) !== product
  return { value, mask: STATUS, flags: (resultFlags(bits, value) & (SF | PF)) | (lost ? CF | OF : 0) }
}

/** The halves of a double-width value: ax, or (r/e)dx and (r/e)ax. */
function accumulator(state: State, bytes: number): { read: () => bigint; write: (value: bigint) => void } {
  const kind = bytes === 1 ? 'r16' : bytes === 2 ? 'r16' : bytes === 4 ? 'r32' : 'r64'
  const low = registerPlace(new Reg(kind, 0, null, false, null))
  if (bytes === 1) return { read: reader(state, low), write: writer(state, low) }
  const high = registerPlace(new Reg(kind, 2, null, false, null))
  const [readLow, readHigh] = [reader(state, low), reader(state, high)]
  const [writeLow, writeHigh] = [writer(state, low), writer(state, high)]
  const bits = BigInt(8 * bytes)
  return {
    read: () => (readHigh() << bits) | readLow(),
    write: (value) => {
      writeLow(BigInt.asUintN(Number(bits), value))
      writeHigh(BigInt.asUintN(Number(bits), value >> bits))
    },
  }
}

/** mul and imul with one operand. */
function multiply(isSigned: boolean): Semantics {
  const narrow = wide(multiplySigned)
  return (state, instruction) => {
    if (instruction.operands.length > 2) return threeOperandMultiply(state, instruction)
    if (instruction.operands.length > 1) return narrow(state, instruction)
    const from = placeOf(state, instruction, 0)
    const bits = 8 * from.bytes
    const read = reader(state, from)
    const pair = accumulator(state, from.bytes)
    const { flags } = state
    const run = (): void => {
      const a = BigInt.asUintN(bits, pair.read())
      const product = isSigned ? signed(bits, a) * signed(bits, read()) : a * read()
      const low = wrap(bits, product)
      const lost = isSigned ? signed(bits, low) !== product : low !== product
      pair.write(wrap(2 * bits, product))
      flags.change(STATUS, (resultFlags(bits, low) & (SF | PF)) | (lost ? CF | OF : 0))
    }
    return sequence(from.before, run)
  }
}

const threeOperandMultiply: Semantics = wide((inputs) => multiplySigned(inputs))

/** div and idiv: #DE when the divisor is zero or the quotient does not fit. Flags are undefined, and stay. */
function divide(isSigned: boolean): Semantics {
  return (state, instruction) => {
    const from = placeOf(state, instruction, 0)
    const bits = 8 * from.bytes
    const read = reader(state, from)
    const pair = accumulator(state, from.bytes)
    const run = (): void => {
      const unsignedDivisor = read()
      const divisor = isSigned ? signed(bits, unsignedDivisor) : unsignedDivisor
      if (divisor === 0n) throw new RaisedFault('#DE', 'division by zero')
      const dividend = isSigned ? signed(2 * bits, pair.read()) : pair.read()
      const quotient = dividend / divisor
      const low = wrap(bits, quotient)
      if ((isSigned ? signed(bits, low) : low) !== quotient) {
        throw new RaisedFault('#DE', `the quotient ${quotient} does not fit ${bits} bits`)
      }
      pair.write((wrap(bits, dividend % divisor) << BigInt(bits)) | low)
    }
    return sequence(from.before, run)
  }
}

/** dst1:dst2 ← rdx · src, flags untouched. */
const multiplyWithoutFlags: Semantics = (state, instruction) => {
  const high = placeOf(state, instruction, 0)
  const low = placeOf(state, instruction, 1)
  const from = placeOf(state, instruction, 2)
  const bits = 8 * high.bytes
  const other = reader(state, registerPlace(new Reg(bits === 64 ? 'r64' : 'r32', 2, null, false, null)))
  const read = reader(state, from)
  const [writeHigh, writeLow] = [writer(state, high), writer(state, low)]
  const run = (): void => {
    const product = other() * read()
    writeLow(wrap(bits, product))
    writeHigh(product >> BigInt(bits))
  }
  return sequence(from.before, run)
}

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

/** adcx and adox: a sum whose carry is CF or OF, other flags untouched. */
function addWith(flag: number): Compute {
  return ({ a, b, bits, status }) => {
    const sum = a + b + ((status & flag) !== 0 ? 1n : 0n)
    return { value: wrap(bits, sum), mask: flag, flags: sum >> BigInt(bits) !== 0n ? flag : 0 }
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

const withoutFlags =
  (compute: (inputs: Inputs) => bigint): Compute =>
  (inputs) => ({ value: compute(inputs) })

/** The flags of a − b or a + b. */
function sumFlags(bits: number, a: bigint, b: bigint, result: bigint, isDifference: boolean): number {
  const carry = isDifference ? a < b : a + b > ones(bits)
  const change = isDifference ? (a ^ b) & (a ^ result) : (a ^ result) & (b ^ result)
  return (
    resultFlags(bits, result) |
    (carry ? CF : 0) |
    (bitOf(change, bits - 1) === 1 ? OF : 0) |
    (((a ^ b ^ result) & 16n) !== 0n ? AF : 0)
  )
}

/** Exchanges, then adds. */
const exchangeAdd: Semantics = (state, instruction) => {
  const to = placeOf(state, instruction, 0)
  const other = placeOf(state, instruction, 1)
  const bits = 8 * to.bytes
  const [readTo, readOther] = [reader(state, to), reader(state, other)]
  const [writeTo, writeOther] = [writer(state, to), writer(state, other)]
  const run = (): void => {
    const [a, b] = [readTo(), readOther()]
    const sum = wrap(bits, a + b)
    writeOther(a)
    writeTo(sum)
    state.flags.status = sumFlags(bits, a, b, sum, false)
  }
  return sequence(to.before, run, to.after)
}

/** dst ← src where dst is the accumulator, else accumulator ← dst. */
const compareExchange: Semantics = (state, instruction) => {
  const to = placeOf(state, instruction, 0)
  const from = placeOf(state, instruction, 1)
  const bits = 8 * to.bytes
  const kind = ({ 1: 'r8', 2: 'r16', 4: 'r32', 8: 'r64' } as const)[to.bytes]
  const register = registerPlace(new Reg(kind, 0, null, false, null))
  const [readTo, readFrom, readRegister] = [reader(state, to), reader(state, from), reader(state, register)]
  const [writeTo, writeRegister] = [writer(state, to), writer(state, register)]
  const run = (): void => {
    const [a, b] = [readRegister(), readTo()]
    state.flags.status = sumFlags(bits, a, b, wrap(bits, a - b), true)
    if (a === b) writeTo(readFrom())
    else writeRegister(b)
  }
  return sequence(to.before, run, to.after)
}

/** bt and its kin on a register: the index counts modulo the width. */
function bitTest(change: ((value: bigint, bit: bigint) => bigint) | null): Semantics {
  return (state, instruction) => {
    const to: Place = placeOf(state, instruction, 0)
    const index = placeOf(state, instruction, 1, { scratch: 1 })
    const bits = 8 * to.bytes
    const [read, readIndex, write] = [reader(state, to), reader(state, index), writer(state, to)]
    const run = (): void => {
      const at = readIndex() & BigInt(bits - 1)
      const value = read()
      state.flags.change(CF, Number((value >> at) & 1n))
      if (change !== null) write(wrap(bits, change(value, 1n << at)))
    }
    return sequence(to.before, run, change === null ? null : to.after)
  }
}

const reversed = (bits: number, value: bigint): bigint => {
  let result = 0n
  for (let i = 0; i < bits; i += 8) result = (result << 8n) | ((value >> BigInt(i)) & 0xffn)
  return result
}

/** al → ax and so on: the accumulator's lower half extended into all of it. */
function extendAccumulator(bits: number): Semantics {
  return (state) => {
    const half = registerPlace(
      new Reg(bits === 16 ? 'r8' : bits === 32 ? 'r16' : 'r32', 0, null, false, null),
    )
    const whole = registerPlace(
      new Reg(bits === 16 ? 'r16' : bits === 32 ? 'r32' : 'r64', 0, null, false, null),
    )
    const [read, write] = [reader(state, half), writer(state, whole)]
    return () => write(wrap(bits, signed(bits / 2, read())))
  }
}

/** The sign of ax, eax, rax into dx, edx, rdx. */
function signIntoData(bits: 16 | 32 | 64): Semantics {
  return (state) => {
    const kind = ({ 16: 'r16', 32: 'r32', 64: 'r64' } as const)[bits]
    const read = reader(state, registerPlace(new Reg(kind, 0, null, false, null)))
    const write = writer(state, registerPlace(new Reg(kind, 2, null, false, null)))
    return () => write(signed(bits, read()) < 0n ? ones(bits) : 0n)
  }
}

const CRC32C = 0x82f6_3b78

/** Reflected CRC-32C of 1, 2, 4 or 8 bytes more. */
const checksum: Semantics = (state, instruction) => {
  const to = placeOf(state, instruction, 0)
  const from = placeOf(state, instruction, 1)
  const [readTo, readFrom, write] = [reader(state, to), reader(state, from), writer(state, to)]
  const run = (): void => {
    let crc = Number(BigInt.asUintN(32, readTo()))
    let data = readFrom()
    for (let byte = 0; byte < from.bytes; byte++) {
      crc ^= Number(data & 0xffn)
      data >>= 8n
      for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? CRC32C : 0)
    }
    write(BigInt(crc >>> 0))
  }
  return sequence(from.before, run)
}

export const wideIntegerSemantics: SemanticsTable = {
  shl: wide(shiftLeft),
  shr: wide(shiftRight),
  sar: wide(shiftArithmetic),
  rol: wide(rotations.rol),
  ror: wide(rotations.ror),
  rcl: wide(rotations.rcl),
  rcr: wide(rotations.rcr),
  shld: wide(doubleShift(true)),
  shrd: wide(doubleShift(false)),
  mul: multiply(false),
  imul: multiply(true),
  div: divide(false),
  idiv: divide(true),
  mulx: multiplyWithoutFlags,
  xadd: exchangeAdd,
  cmpxchg: compareExchange,
  bt: bitTest(null),
  bts: bitTest((value, bit) => value | bit),
  btr: bitTest((value, bit) => value & ~bit),
  btc: bitTest((value, bit) => value ^ bit),
  bsf: wide(scan(trailingZeros)),
  bsr: wide(scan((value, bits) => bits - 1 - leadingZeros(value, bits))),
  tzcnt: wide(count(trailingZeros)),
  lzcnt: wide(count(leadingZeros)),
  popcnt: wide(({ a }) => ({ value: BigInt(population(a)), mask: STATUS, flags: a === 0n ? ZF : 0 })),
  bswap: wide(withoutFlags(({ a, bits }) => reversed(bits, a))),
  movbe: wide(withoutFlags(({ a, bits }) => reversed(bits, a))),
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
  shlx: wide(withoutFlags((inputs) => inputs.a << BigInt(countOf(inputs)))),
  shrx: wide(withoutFlags((inputs) => inputs.a >> BigInt(countOf(inputs)))),
  sarx: wide(withoutFlags((inputs) => signed(inputs.bits, inputs.a) >> BigInt(countOf(inputs)))),
  rorx: wide(
    withoutFlags((inputs) =>
      rotateLeft(inputs.bits, inputs.a, inputs.bits - (countOf(inputs) % inputs.bits)),
    ),
  ),
  adcx: wide(addWith(CF)),
  adox: wide(addWith(OF)),
  crc32: checksum,
  cbw: extendAccumulator(16),
  cwde: extendAccumulator(32),
  cdqe: extendAccumulator(64),
  cwd: signIntoData(16),
  cdq: signIntoData(32),
  cqo: signIntoData(64),
}
