/** Integer instructions that are none of arithmetic, shifts and bits: exchanges, sign extensions, byte order, checksums. */
import { Reg } from '../encoder/registers.ts'
import { AF, CF, OF } from './flags.ts'
import { placeOf, reader, registerPlace, writer } from './general-operand.ts'
import { type Semantics, type SemanticsTable, sequence } from './instruction.ts'
import { bitOf, type Compute, ones, resultFlags, signed, wide, withoutFlags, wrap } from './wide-operation.ts'

/** adcx and adox: a sum whose carry is CF or OF, other flags untouched. */
function addWith(flag: number): Compute {
  return ({ a, b, bits, status }) => {
    const sum = a + b + ((status & flag) !== 0 ? 1n : 0n)
    return { value: wrap(bits, sum), mask: flag, flags: sum >> BigInt(bits) !== 0n ? flag : 0 }
  }
}

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
  xadd: exchangeAdd,
  cmpxchg: compareExchange,
  bswap: wide(withoutFlags(({ a, bits }) => reversed(bits, a))),
  movbe: wide(withoutFlags(({ a, bits }) => reversed(bits, a))),
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
