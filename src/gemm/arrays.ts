/** Which typed arrays a product's operands are, in types and at run time. */
import { PRODUCT_TYPES, type ProductType, type Storage } from '../schedule/product-type.ts'

/** Node's array of f16, from the version on that has it. */
export interface HalfArray extends ArrayBufferView {
  readonly length: number
  readonly [Symbol.toStringTag]: 'Float16Array'
  [index: number]: number
}

/** The typed array of each storage. bf16, f16 and 8-bit floats are their bits. */
export interface ArrayOfStorage {
  readonly f64: Float64Array
  readonly f32: Float32Array
  readonly s32: Int32Array
  readonly bf16: Uint16Array
  readonly f16: Uint16Array | HalfArray
  readonly s8: Int8Array
  readonly u8: Uint8Array
  readonly e4m3: Uint8Array
  readonly e5m2: Uint8Array
}

/** What A, B and (unless `out` says otherwise) C of a product type hold. */
export interface StorageOf {
  readonly f32: readonly ['f32', 'f32', 'f32']
  readonly f64: readonly ['f64', 'f64', 'f64']
  readonly bf16: readonly ['bf16', 'bf16', 'f32']
  readonly f16: readonly ['f16', 'f16', 'f32']
  readonly u8s8: readonly ['u8', 's8', 's32']
  readonly s8s8: readonly ['s8', 's8', 's32']
  readonly u8u8: readonly ['u8', 'u8', 's32']
  readonly e4m3: readonly ['e4m3', 'e4m3', 'f32']
  readonly e5m2: readonly ['e5m2', 'e5m2', 'f32']
}

export type ArrayOfA<T extends ProductType> = ArrayOfStorage[StorageOf[T][0]]
export type ArrayOfB<T extends ProductType> = ArrayOfStorage[StorageOf[T][1]]
export type ArrayOfC<T extends ProductType, Out extends Storage = StorageOf[T][2]> = ArrayOfStorage[Out]

/** Any array that an operand may be made as. */
export type AnyArray = Float64Array | Float32Array | Int32Array | Uint16Array | Int8Array | Uint8Array

/** A new array of zeros. */
export function newArray(storage: Storage, length: number): AnyArray {
  switch (storage) {
    case 'f64':
      return new Float64Array(length)
    case 'f32':
      return new Float32Array(length)
    case 's32':
      return new Int32Array(length)
    case 'bf16':
    case 'f16':
      return new Uint16Array(length)
    case 's8':
      return new Int8Array(length)
    default:
      return new Uint8Array(length)
  }
}

/** The result of a product whose problem says nothing of C. */
export function newResult<T extends ProductType>(type: T, length: number): ArrayOfC<T> {
  return newArray(PRODUCT_TYPES[type].sum, length) as ArrayOfC<T>
}
