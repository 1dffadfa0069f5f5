/** Element types and the typed arrays that hold them. */

/** An element of a matrix. Narrow floats are their bits as unsigned integers; Float16Array is taken for f16, too. */
export type ElementType = 'f32' | 'f64' | 'bf16' | 'f16' | 's32' | 's8' | 'u8' | 'e4m3' | 'e5m2'

/** The typed arrays a kernel can be given. */
export type TypedArray = Float32Array | Float64Array | Uint16Array | Int32Array | Int8Array | Uint8Array

interface ElementFacts {
  readonly bytes: number
  /** The typed array's name, as its Symbol.toStringTag gives it; Buffer's is Uint8Array. */
  readonly tag: string
}

export const ELEMENT_TYPES: Readonly<Record<ElementType, ElementFacts>> = {
  f32: { bytes: 4, tag: 'Float32Array' },
  f64: { bytes: 8, tag: 'Float64Array' },
  bf16: { bytes: 2, tag: 'Uint16Array' },
  f16: { bytes: 2, tag: 'Uint16Array' },
  s32: { bytes: 4, tag: 'Int32Array' },
  s8: { bytes: 1, tag: 'Int8Array' },
  u8: { bytes: 1, tag: 'Uint8Array' },
  e4m3: { bytes: 1, tag: 'Uint8Array' },
  e5m2: { bytes: 1, tag: 'Uint8Array' },
}
