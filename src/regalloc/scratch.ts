/**
 * Scratch memory: the typed arrays that live as long as one allocation, cut out of one buffer that all allocations
 * use in turn. An array of its own costs V8 a call to malloc and a finalizer, 0.4 µs on Zen 3 against 0.05 µs, and
 * there are some sixty in an allocation; what they hold outside the heap makes collections come sooner, too.
 */

/** A buffer larger than this is not kept. */
const MOST_KEPT_BYTES = 1 << 23

let buffer = new ArrayBuffer(1 << 16)
let used = 0
/** What the arrays asked for take together. */
let wanted = 0
let isOpen = false

/** Runs `work`, whose scratch arrays must not be used any more when it is done. */
export function withScratch<T>(work: () => T): T {
  if (isOpen) return work()
  if (wanted > buffer.byteLength) buffer = new ArrayBuffer(Math.min(2 * wanted, MOST_KEPT_BYTES))
  used = 0
  wanted = 0
  isOpen = true
  try {
    return work()
  } finally {
    isOpen = false
  }
}

/** Where the next array of so many bytes begins; −1 when there is no room, or outside of withScratch. */
function place(bytes: number): number {
  if (!isOpen) return -1
  const aligned = (bytes + 7) & ~7
  wanted += aligned
  if (used + aligned > buffer.byteLength) return -1
  const at = used
  used += aligned
  return at
}

/** An array of numbers that are all `value`. */
export function int32s(length: number, value = 0): Int32Array {
  const at = place(4 * length)
  const array = at < 0 ? new Int32Array(length) : new Int32Array(buffer, at, length)
  return at < 0 && value === 0 ? array : array.fill(value)
}

export function copyOf(array: Int32Array): Int32Array {
  const at = place(array.byteLength)
  const copy = at < 0 ? new Int32Array(array.length) : new Int32Array(buffer, at, array.length)
  copy.set(array)
  return copy
}

export function int16s(length: number, value = 0): Int16Array {
  const at = place(2 * length)
  const array = at < 0 ? new Int16Array(length) : new Int16Array(buffer, at, length)
  return at < 0 && value === 0 ? array : array.fill(value)
}

export function uint8s(length: number): Uint8Array {
  const at = place(length)
  return at < 0 ? new Uint8Array(length) : new Uint8Array(buffer, at, length).fill(0)
}

export function uint16s(length: number): Uint16Array {
  const at = place(2 * length)
  return at < 0 ? new Uint16Array(length) : new Uint16Array(buffer, at, length).fill(0)
}

export function float64s(length: number): Float64Array {
  const at = place(8 * length)
  return at < 0 ? new Float64Array(length) : new Float64Array(buffer, at, length).fill(0)
}
