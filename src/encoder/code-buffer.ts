/** The growing byte buffer that the packers write into. */

/** No instruction is longer than this (SDM Vol. 2A, 2.3.11). */
export const MAX_INSTRUCTION_BYTES = 15

/** Bytes written so far. Packers reserve room once for each instruction, then write without further checks. */
export class CodeBuffer {
  bytes: Uint8Array<ArrayBuffer>
  /** The same bytes: packers write prefixes and displacements as whole words. */
  view: DataView
  length = 0
  /** Where the instruction being packed has the disp32 of a RIP-relative address, or −1. */
  ripField = -1

  constructor(capacity = 256) {
    this.bytes = new Uint8Array(capacity)
    this.view = new DataView(this.bytes.buffer)
  }

  /** Makes room for `count` more bytes. */
  reserve(count: number): void {
    if (this.length + count > this.bytes.length) this.#grow(count)
  }

  /** Writes bytes as they are. */
  append(data: Uint8Array | readonly number[]): void {
    this.reserve(data.length)
    this.bytes.set(data, this.length)
    this.length += data.length
  }

  #grow(count: number): void {
    const grown = new Uint8Array(Math.max(4 * this.bytes.length, this.length + count))
    grown.set(this.bytes.subarray(0, this.length))
    this.bytes = grown
    this.view = new DataView(grown.buffer)
  }
}

/** Writes the low 32 bits of a value, lowest byte first. */
export function write32(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = value
  bytes[at + 1] = value >> 8
  bytes[at + 2] = value >> 16
  bytes[at + 3] = value >> 24
}

/** Writes an immediate of 1, 2, 4 or 8 bytes; negative numbers in two's complement. Returns the position after it. */
export function writeImmediate(bytes: Uint8Array, at: number, value: number | bigint, size: number): number {
  if (size === 1 && typeof value === 'number') {
    bytes[at] = value
    return at + 1
  }
  const low = typeof value === 'number' ? value | 0 : Number(BigInt.asIntN(32, value))
  bytes[at] = low
  if (size === 1) return at + 1
  bytes[at + 1] = low >> 8
  if (size === 2) return at + 2
  bytes[at + 2] = low >> 16
  bytes[at + 3] = low >> 24
  if (size === 4) return at + 4
  const high =
    typeof value === 'number' ? Math.floor(value / 0x100000000) : Number(BigInt.asIntN(32, value >> 32n))
  write32(bytes, at + 4, high | 0)
  return at + 8
}
