/** A growing little-endian buffer. */
export class ByteWriter {
  #bytes = new Uint8Array(1024)
  #view = new DataView(this.#bytes.buffer)
  #length = 0

  get length(): number {
    return this.#length
  }

  #reserve(count: number): number {
    const at = this.#length
    this.#length += count
    if (this.#length > this.#bytes.length) {
      const grown = new Uint8Array(2 * this.#length)
      grown.set(this.#bytes.subarray(0, at))
      this.#bytes = grown
      this.#view = new DataView(grown.buffer)
    }
    return at
  }

  u8(value: number): this {
    const at = this.#reserve(1)
    this.#view.setUint8(at, value)
    return this
  }

  u16(value: number): this {
    const at = this.#reserve(2)
    this.#view.setUint16(at, value, true)
    return this
  }

  u32(value: number): this {
    const at = this.#reserve(4)
    this.#view.setUint32(at, value, true)
    return this
  }

  /** A 64-bit field, signed or not. */
  u64(value: number): this {
    const at = this.#reserve(8)
    this.#view.setBigInt64(at, BigInt(value), true)
    return this
  }

  bytes(data: Uint8Array): this {
    const at = this.#reserve(data.length)
    this.#bytes.set(data, at)
    return this
  }

  /** Fills with `fill` up to a multiple of `boundary`. */
  align(boundary: number, fill = 0): this {
    const count = (boundary - (this.#length % boundary)) % boundary
    const at = this.#reserve(count)
    this.#bytes.fill(fill, at, at + count)
    return this
  }

  finish(): Uint8Array {
    return this.#bytes.slice(0, this.#length)
  }
}
