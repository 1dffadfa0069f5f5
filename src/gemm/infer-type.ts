/** The type of a product from its arrays: those of numbers tell what they hold, those of codes do not. */
import { ELEMENT_TYPES } from '../runtime/element-type.ts'
import { PRODUCT_TYPES, type ProductType, type Storage } from '../schedule/product-type.ts'
import type { StorageOf } from './arrays.ts'

/** Arrays that tell. A Uint8Array is one of integers; 8-bit floats lie in one too, and must be named. */
interface Told {
  readonly Float64Array: 'f64'
  readonly Float32Array: 'f32'
  readonly Float16Array: 'f16'
  readonly Int8Array: 's8'
  readonly Uint8Array: 'u8'
}

const STORAGE_OF_ARRAY: Told = {
  ...{ Float64Array: 'f64', Float32Array: 'f32', Float16Array: 'f16' },
  ...{ Int8Array: 's8', Uint8Array: 'u8' },
}

type StorageIn<Elements> = Elements extends { readonly [Symbol.toStringTag]: infer Tag extends keyof Told }
  ? Told[Tag]
  : 'untold'

/** The product type of A's and B's arrays; `never` where they do not tell, or no product has both. */
export type InferredType<A, B> = {
  readonly [T in ProductType]: readonly [StorageIn<A>, StorageIn<B>] extends readonly [
    StorageOf[T][0],
    StorageOf[T][1],
  ]
    ? T
    : never
}[ProductType]

const tagOf = (array: unknown): string => Object.prototype.toString.call(array).slice(8, -1)

const storageIn = (array: unknown): Storage | null => {
  const tag = tagOf(array)
  return Object.hasOwn(STORAGE_OF_ARRAY, tag) ? STORAGE_OF_ARRAY[tag as keyof Told] : null
}

const TYPES = Object.keys(PRODUCT_TYPES) as readonly ProductType[]

/** TypeError for an array that does not tell: names the types that it may be of. */
function refuseUntold(name: 'a' | 'b', array: unknown): void {
  if (storageIn(array) !== null) return
  const tag = tagOf(array)
  const possible = TYPES.filter((type) => ELEMENT_TYPES[PRODUCT_TYPES[type][name]].tag === tag)
  throw new TypeError(
    possible.length > 0
      ? `sizes.type: a ${tag} does not tell what it holds; expected ${possible.map((type) => `'${type}'`).join(' or ')}, got none`
      : `${name}: expected a ${Object.keys(STORAGE_OF_ARRAY).join(', ')} or, with a type in sizes, another typed array; got ${tag}`,
  )
}

/** InferredType at run time. TypeError says what is missing, or which pairs there are. */
export function inferType(a: unknown, b: unknown): ProductType {
  // What nearly every call has, sooner than by tags, which arrays of other realms need.
  if (a instanceof Float32Array && b instanceof Float32Array) return 'f32'
  if (a instanceof Float64Array && b instanceof Float64Array) return 'f64'
  refuseUntold('a', a)
  refuseUntold('b', b)
  const [inA, inB] = [storageIn(a), storageIn(b)]
  const found = TYPES.find((type) => PRODUCT_TYPES[type].a === inA && PRODUCT_TYPES[type].b === inB)
  if (found !== undefined) return found
  const arrayOf = (storage: Storage): string | undefined =>
    Object.entries(STORAGE_OF_ARRAY).find(([, of]) => of === storage)?.[0]
  const pairs = TYPES.flatMap((type) => {
    const [left, right] = [arrayOf(PRODUCT_TYPES[type].a), arrayOf(PRODUCT_TYPES[type].b)]
    return left === undefined || right === undefined ? [] : [`${left} · ${right} (${type})`]
  })
  throw new TypeError(`b: no product is of ${tagOf(a)} · ${tagOf(b)}; there are ${pairs.join(', ')}`)
}
