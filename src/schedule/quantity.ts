/** Sizes that are numbers when known and registers when not: one way to write both kinds of kernel. */
import { mem } from '../encoder/operands.ts'
import { eax, edx, rax } from '../encoder/registers.ts'
import type { V } from '../regalloc/function.ts'
import type { Recorder } from '../regalloc/recorder.ts'

/** A non-negative integer: known when compiling, or in a register at run time. Registers are never changed in place. */
export type Quantity = number | V<'r64'>

export function isKnown(value: Quantity): value is number {
  return typeof value === 'number'
}

/** Largest displacement that is used as one; farther addresses go through registers. */
const MAX_DISPLACEMENT = 0x3fff_ffff

/** The value in a register of its own, which the caller may change. */
export function copy(f: Recorder, value: Quantity, name: string): V<'r64'> {
  const to = f.gp(name)
  if (isKnown(value)) f.mov(to, value)
  else f.mov(to, value)
  return to
}

/** The value in some register, not to be changed. */
export function inRegister(f: Recorder, value: Quantity, name: string): V<'r64'> {
  return isKnown(value) ? copy(f, value, name) : value
}

/** Keeps a known value known while it fits displacements up to `count` times as far. */
export function addressable(f: Recorder, stride: Quantity, count: number, name: string): Quantity {
  return isKnown(stride) && stride * count > MAX_DISPLACEMENT ? copy(f, stride, name) : stride
}

/** a · b for a constant b. */
export function scale(f: Recorder, a: Quantity, b: number, name: string): Quantity {
  if (isKnown(a)) return a * b
  if (b === 1) return a
  const to = f.gp(name)
  const shift = Math.log2(b)
  if (Number.isInteger(shift)) {
    f.mov(to, a)
    f.shl(to, shift)
  } else {
    f.imul(to, a, b)
  }
  return to
}

/** a · b. */
export function times(f: Recorder, a: Quantity, b: Quantity, name: string): Quantity {
  if (isKnown(b)) return scale(f, a, b, name)
  if (isKnown(a)) return scale(f, b, a, name)
  const to = f.gp(name)
  f.mov(to, a)
  f.imul(to, b)
  return to
}

/** ⌈a / b⌉ · multiple-of-one for a power of two b, or any b when a is known. */
export function ceilDiv(f: Recorder, a: Quantity, b: number, name: string): Quantity {
  if (isKnown(a)) return Math.ceil(a / b)
  if (b === 1) return a
  const shift = Math.log2(b)
  const to = f.gp(name)
  f.lea(to, mem(a, b - 1))
  if (Number.isInteger(shift)) {
    f.shr(to, shift)
    return to
  }
  return divide(f, to, inRegister(f, b, 'divisor'), name).quotient as V<'r64'>
}

/** Quotient and remainder of a / b, b ≥ 1; values below 2^32. */
export function divide(
  f: Recorder,
  a: Quantity,
  b: Quantity,
  name: string,
): { readonly quotient: Quantity; readonly remainder: Quantity } {
  if (isKnown(a) && isKnown(b)) return { quotient: Math.floor(a / b), remainder: a % b }
  const divisor = inRegister(f, b, `${name}.divisor`)
  const quotient = f.gp(`${name}.quotient`)
  const remainder = f.gp(`${name}.remainder`)
  if (isKnown(a)) f.mov(rax, a)
  else f.mov(rax, a)
  f.xor(edx, edx)
  f.div(divisor.as('r32'))
  // A 32-bit write clears the upper half, so the 64-bit views are exact.
  f.mov(quotient.as('r32'), eax)
  f.mov(remainder.as('r32'), edx)
  return { quotient, remainder }
}

/** min(a, b). */
export function minimum(f: Recorder, a: Quantity, b: Quantity, name: string): Quantity {
  if (isKnown(a) && isKnown(b)) return Math.min(a, b)
  const to = copy(f, a, name)
  const other = inRegister(f, b, `${name}.bound`)
  f.cmp(to, other)
  f.cmova(to, other)
  return to
}

/** value += by·times, in place; for pointers and counters that a loop owns. */
export function advance(f: Recorder, value: V<'r64'>, by: Quantity, factor = 1): void {
  if (isKnown(by)) {
    const bytes = by * factor
    if (bytes === 0) return
    if (Math.abs(bytes) < 2 ** 31) f.add(value, bytes)
    else f.add(value, copy(f, bytes, 'step'))
  } else if (factor === 1) {
    f.add(value, by)
  } else if (factor === 2 || factor === 4 || factor === 8) {
    f.lea(value, mem(value, by, factor))
  } else {
    f.add(value, inRegister(f, scale(f, by, factor, 'step'), 'step'))
  }
}
