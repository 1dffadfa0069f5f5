/** The types of products: what A, B and C hold, and how many elements share a 32-bit unit of a dot product. */

/** How one element lies in memory. Names as in `runtime/element-type.ts`, whose arrays hold them. */
export type Storage = 'f64' | 'f32' | 's32' | 'bf16' | 'f16' | 's8' | 'u8' | 'e4m3' | 'e5m2'

export const STORAGE_BYTES: Readonly<Record<Storage, number>> = {
  ...{ f64: 8, f32: 4, s32: 4 },
  ...{ bf16: 2, f16: 2 },
  ...{ s8: 1, u8: 1, e4m3: 1, e5m2: 1 },
}

/** The type of a product, by what A and B hold. */
export type ProductType = 'f32' | 'f64' | 'bf16' | 'f16' | 'u8s8' | 's8s8' | 'u8u8' | 'e4m3' | 'e5m2'

/** What a product's type says. Everything else about types follows from this record. */
export interface ProductFacts {
  readonly a: Storage
  readonly b: Storage
  /** What sums are kept in, and C's type unless another of `outputs` is asked for. */
  readonly sum: 'f64' | 'f32' | 's32'
  /** What C may hold. */
  readonly outputs: readonly Storage[]
  /**
   * K-steps whose elements fill one element of a sum: a unit, which a dot product multiplies and adds at once. In VNNI
   * form B's element (k, n) lies at [⌊k / group⌋][n][k mod group].
   */
  readonly group: 1 | 2 | 4
}

const integer = (a: Storage, b: Storage): ProductFacts => ({
  ...{ a, b, sum: 's32', group: 4 },
  outputs: ['s32', 'f32', 'bf16', 's8', 'u8'],
})

const narrow = (storage: Storage, group: 2 | 4): ProductFacts => ({
  ...{ a: storage, b: storage, sum: 'f32', group },
  outputs: group === 2 ? ['f32', storage] : ['f32'],
})

export const PRODUCT_TYPES: Readonly<Record<ProductType, ProductFacts>> = {
  f32: { a: 'f32', b: 'f32', sum: 'f32', outputs: ['f32'], group: 1 },
  f64: { a: 'f64', b: 'f64', sum: 'f64', outputs: ['f64'], group: 1 },
  bf16: narrow('bf16', 2),
  f16: narrow('f16', 2),
  u8s8: integer('u8', 's8'),
  s8s8: integer('s8', 's8'),
  u8u8: integer('u8', 'u8'),
  e4m3: narrow('e4m3', 4),
  e5m2: narrow('e5m2', 4),
}
