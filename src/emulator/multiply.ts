/** Multiplication and division of general registers. */
import { Reg } from '../encoder/registers.ts'
import { RaisedFault } from './fault.ts'
import { CF, OF, PF, SF, STATUS } from './flags.ts'
import { placeOf, reader, registerPlace, writer } from './general-operand.ts'
import { type Semantics, type SemanticsTable, sequence } from './instruction.ts'
import type { State } from './state.ts'
import { type Compute, resultFlags, signed, wide, wrap } from './wide-operation.ts'

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

export const multiplySemantics: SemanticsTable = {
  mul: multiply(false),
  imul: multiply(true),
  div: divide(false),
  idiv: divide(true),
  mulx: multiplyWithoutFlags,
}
