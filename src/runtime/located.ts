/** Where typed arrays lie in memory: found once an array, safely remembered. */
import { addressOf } from './hosts/addresses.ts'

/** What stays true of a typed array for as long as it is neither detached nor out of bounds. */
export interface Located {
  readonly address: number
  /** The address as the 64 bits that an argument block takes. */
  readonly bits: bigint
  /** The address modulo 4096: enough to test any alignment, and a small integer. */
  readonly pageOffset: number
  /** The array's real class, `Float32Array`: its own prototype's word, which a subclass cannot change. */
  readonly tag: string
}

const typedArrayPrototype: object = Object.getPrototypeOf(Float32Array.prototype)

function intrinsicGetter<T>(name: PropertyKey): (this: unknown) => T {
  const getter = Object.getOwnPropertyDescriptor(typedArrayPrototype, name)?.get
  if (getter === undefined) throw new Error(`%TypedArray%.prototype has no getter ${String(name)}`)
  return getter as (this: unknown) => T
}

const lengthGetter = intrinsicGetter<number>('length')
const tagGetter = intrinsicGetter<string | undefined>(Symbol.toStringTag)

/**
 * The true length, 0 for a detached or out-of-bounds array: an own property called `length` or a subclass's
 * getter is not asked. The array must be a typed array.
 */
export function lengthOf(array: object): number {
  return lengthGetter.call(array)
}

/** `Float32Array` and so on for a genuine typed array, undefined for anything else. */
export function tagOf(value: unknown): string | undefined {
  return tagGetter.call(value)
}

/**
 * Typed arrays whose address is known. Why an address may be kept: once an array's buffer exists as an
 * object, V8 never moves the storage; resizable buffers reserve their maximum and grow in place;
 * transfer, postMessage and WebAssembly's memory.grow detach the buffer for good, which makes the length 0,
 * and the length is read anew at every call. A detached buffer never comes back to life.
 *
 * Figures for three arrays a call (Zen 5, Node 20.20): WeakMap 11 ns, Map 7.5, WeakRef.deref 32, asking
 * koffi anew 97, koffi pointer parameters 45 above integers; the lengths 3–8 by the intrinsic getter. A private
 * field stamped on the array would change its hidden class and slow the user's own code. So: a WeakMap,
 * and before it each operand's last array (3 ns), forgotten at each full collection lest it live for ever.
 * Whether an array that passed before is still long enough, its last element tells (checks.ts): 1 ns. Altogether
 * kernel(a, b, c) with every check costs 40 ns for the arrays of the call before, on a Zen 3 where entering native
 * code that does nothing costs 21.
 */
const known = new WeakMap<object, Located>()

/** What is known of an array that was located before; undefined for everything else, arrays or not. */
export function recall(value: unknown): Located | undefined {
  return known.get(value as object)
}

/** Locates a typed array, which must be attached and in bounds. Only what has elements is remembered. */
export function locate(array: ArrayBufferView): Located {
  const existing = known.get(array)
  if (existing !== undefined) return existing
  // Arrays of up to 64 bytes live on V8's moving heap until their buffer is asked for; afterwards they
  // are off it for good (the getter creates the buffer object and copies the elements out).
  if (array.buffer.byteLength === 0) return { address: 0, bits: 0n, pageOffset: 0, tag: tagOf(array) ?? '' }
  const address = addressOf(array)
  const located: Located = {
    address,
    bits: BigInt(address),
    pageOffset: address % 4096,
    tag: tagOf(array) ?? '',
  }
  // An array that is out of bounds now may come back when its buffer grows, with another address.
  if (lengthOf(array) > 0) known.set(array, located)
  return located
}
