/** Elements of every storage as numbers: random ones to try kernels on, and what stored ones stand for. */
import { FORMATS, widenBits } from '../microkernel/number-formats.ts'
import type { NarrowFloat } from '../schedule/conversion.ts'
import type { Storage } from '../schedule/product-type.ts'
import { type AnyArray, newArray } from './arrays.ts'

/** Whether a storage holds codes of floats rather than the numbers themselves. */
export function isCoded(storage: Storage): storage is NarrowFloat {
  return Object.hasOwn(FORMATS, storage)
}

const single = new DataView(new ArrayBuffer(4))

/** What one element stands for. */
export function numberOf(storage: Storage, element: number): number {
  if (!isCoded(storage)) return element
  single.setUint32(0, widenBits(element, storage))
  return single.getFloat32(0)
}

/** Elements as numbers: the array itself where they are, else a copy. */
export function valuesOf(storage: Storage, data: ArrayLike<number>): ArrayLike<number> {
  return isCoded(storage) ? Float32Array.from(data, (element) => numberOf(storage, element)) : data
}

/** Whole numbers of 32 bits, the same for the same seed. */
function randomWords(seed: number): () => number {
  let state = seed >>> 0 || 1
  return () => {
    // xorshift32 (Marsaglia 2003)
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return state | 0
  }
}

/**
 * Deterministic elements: the same shape is always checked on the same data. Floats are in [−1, 1), those of few bits
 * from 2⁻⁶ on, of either sign, so that most are normal numbers; 8-bit integers are any, s32 any of 31 bits.
 */
export function fillRandomElements(storage: Storage, array: AnyArray, seed: number): void {
  const next = randomWords(seed)
  switch (storage) {
    case 'f32':
    case 'f64':
      for (let i = 0; i < array.length; i++) array[i] = next() / 2 ** 31
      return
    case 's32':
      for (let i = 0; i < array.length; i++) array[i] = next() >> 1
      return
    case 's8':
    case 'u8':
      for (let i = 0; i < array.length; i++) array[i] = next() >> 12
      return
    default: {
      const { exponentBits, mantissaBits, bias } = FORMATS[storage]
      const least = (bias - 6) << mantissaBits
      const codes = 6 << mantissaBits
      const sign = 1 << (exponentBits + mantissaBits)
      for (let i = 0; i < array.length; i++) {
        const word = next()
        array[i] = (word < 0 ? sign : 0) | (least + ((word >>> 4) % codes))
      }
    }
  }
}

/** A new array of random elements. */
export function randomArray(storage: Storage, length: number, seed: number): AnyArray {
  const array = newArray(storage, length)
  fillRandomElements(storage, array, seed)
  return array
}

/** Fills with what no right result is likely to be: NaN where there is one, a pattern in integers. */
export function fillUnwritten(storage: Storage, array: AnyArray): void {
  array.fill(isCoded(storage) ? FORMATS[storage].nan : storage === 's32' ? 0x5a5a5a5a : Number.NaN)
  if (storage === 's8' || storage === 'u8') array.fill(0x5a)
}
