/** The block of addresses, sizes and scalars whose address is a kernel's only argument. */
import { addressOf } from './hosts/addresses.ts'

/** A cache line; blocks start on one, so that a small block is one line. */
const LINE_BYTES = 64

/**
 * Zeroed memory at a fixed, 64-byte-aligned address, written through typed views: index an 8-byte view
 * by offset / 8, a 4-byte view by offset / 4. Addresses go in as `block.u64[i] = located.bits`.
 */
export class ArgumentBlock {
  readonly byteLength: number
  readonly address: number
  /** The address as `NativeKernel.call` takes it. */
  readonly bits: bigint
  readonly u64: BigUint64Array
  readonly i64: BigInt64Array
  readonly f64: Float64Array
  readonly f32: Float32Array
  readonly u32: Uint32Array
  readonly i32: Int32Array

  /** RangeError when byteLength is no positive multiple of 8. */
  constructor(byteLength: number) {
    if (!Number.isSafeInteger(byteLength) || byteLength <= 0 || byteLength % 8 !== 0) {
      throw new RangeError(`argument block: expected a positive multiple of 8 bytes, got ${byteLength}`)
    }
    const buffer = new ArrayBuffer(byteLength + LINE_BYTES)
    const start = addressOf(new Uint8Array(buffer))
    const offset = (LINE_BYTES - (start % LINE_BYTES)) % LINE_BYTES
    this.byteLength = byteLength
    this.address = start + offset
    this.bits = BigInt(this.address)
    this.u64 = new BigUint64Array(buffer, offset, byteLength / 8)
    this.i64 = new BigInt64Array(buffer, offset, byteLength / 8)
    this.f64 = new Float64Array(buffer, offset, byteLength / 8)
    this.f32 = new Float32Array(buffer, offset, byteLength / 4)
    this.u32 = new Uint32Array(buffer, offset, byteLength / 4)
    this.i32 = new Int32Array(buffer, offset, byteLength / 4)
  }
}
