/** The status flags, kept as the operands of the last operation and worked out when somebody asks. */

export const CF = 0x001
export const PF = 0x004
export const AF = 0x010
export const ZF = 0x040
export const SF = 0x080
export const DF = 0x400
export const OF = 0x800
/** The six that arithmetic writes. */
export const STATUS: number = CF | PF | AF | ZF | SF | OF
/** Bit 1 of RFLAGS always reads as one, and interrupts are enabled in a user's program. */
const FIXED = 0x202

const KNOWN = 0
const ADDED = 1
const SUBTRACTED = 2
const COMBINED = 3

/**
 * `top…`: the 32 bits that end with the operation's highest bit, so that one formula serves every width;
 * `any` is zero when the result is; `low` is the result's lowest byte, `half` has bit 4 of a ^ b ^ result.
 */
export class Flags {
  #kind = KNOWN
  #topA = 0
  #topB = 0
  #topR = 0
  #any = 0
  #low = 0
  #half = 0
  /** The status flags, where they are known; also what inc and dec leave of CF. */
  #bits = 0
  /** CF is in #bits whatever the operation was. */
  #carryKept = false
  /** DF, and whatever else popf can set. */
  direction = 0

  /** result = a + b (+ carry). */
  added(topA: number, topB: number, topR: number, any: number, low: number, half: number): void {
    this.#record(ADDED, topA, topB, topR, any, low, half)
  }

  /** result = a − b (− borrow). */
  subtracted(topA: number, topB: number, topR: number, any: number, low: number, half: number): void {
    this.#record(SUBTRACTED, topA, topB, topR, any, low, half)
  }

  /** A result of and, or, xor: CF and OF are 0. AF is undefined; CPUs clear it. */
  combined(topR: number, any: number, low: number): void {
    this.#kind = COMBINED
    this.#carryKept = false
    this.#topR = topR
    this.#any = any
    this.#low = low
  }

  #record(
    kind: number,
    topA: number,
    topB: number,
    topR: number,
    any: number,
    low: number,
    half: number,
  ): void {
    this.#kind = kind
    this.#carryKept = false
    this.#topA = topA
    this.#topB = topB
    this.#topR = topR
    this.#any = any
    this.#low = low
    this.#half = half
  }

  /** After added() or subtracted(): CF stays what it was before (inc, dec). */
  keepCarry(carry: number): void {
    this.#carryKept = true
    this.#bits = carry
  }

  carry(): number {
    const kind = this.#kind
    if (kind === KNOWN || this.#carryKept) return this.#bits & CF
    if (kind === COMBINED) return 0
    const a = this.#topA
    const b = this.#topB
    const r = this.#topR
    return kind === ADDED ? ((a & b) | ((a | b) & ~r)) >>> 31 : ((~a & b) | ((~a | b) & r)) >>> 31
  }

  zero(): boolean {
    return this.#kind === KNOWN ? (this.#bits & ZF) !== 0 : this.#any === 0
  }

  sign(): boolean {
    return this.#kind === KNOWN ? (this.#bits & SF) !== 0 : this.#topR < 0
  }

  overflow(): boolean {
    const kind = this.#kind
    if (kind === KNOWN) return (this.#bits & OF) !== 0
    if (kind === COMBINED) return false
    const a = this.#topA
    const r = this.#topR
    return ((a ^ r) & (kind === ADDED ? this.#topB ^ r : a ^ this.#topB)) < 0
  }

  /** True for an even number of ones in the lowest byte. */
  parity(): boolean {
    return this.#kind === KNOWN ? (this.#bits & PF) !== 0 : isEven(this.#low)
  }

  /** The six status flags as bits of RFLAGS. */
  get status(): number {
    const kind = this.#kind
    if (kind === KNOWN) return this.#bits & STATUS
    return (
      this.carry() |
      (this.parity() ? PF : 0) |
      (kind !== COMBINED ? this.#half & AF : 0) |
      (this.zero() ? ZF : 0) |
      (this.sign() ? SF : 0) |
      (this.overflow() ? OF : 0)
    )
  }

  set status(bits: number) {
    this.#kind = KNOWN
    this.#carryKept = false
    this.#bits = bits & STATUS
  }

  /** Sets the flags in `mask` to those of `bits`; the others stay. */
  change(mask: number, bits: number): void {
    this.status = (this.status & ~mask) | (bits & mask)
  }

  /** RFLAGS as pushf stores it. */
  get value(): number {
    return this.status | this.direction | FIXED
  }

  set value(bits: number) {
    this.status = bits
    this.direction = bits & DF
  }
}

/** PF of a result. */
export function isEven(low: number): boolean {
  const four = (low ^ (low >> 4)) & 15
  // Bit i of the constant is the parity of i.
  return ((0x9669 >> four) & 1) === 1
}
