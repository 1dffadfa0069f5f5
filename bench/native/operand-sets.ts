/** How many sets of operands calls must take in turn so that the caches hold none of them any more. */
import { PRODUCT_TYPES, type ProductType, STORAGE_BYTES } from '../../src/schedule/product-type.ts'
import type { Shape } from '../gemm/shapes.ts'

/** One set stays where it is: warm. For cold ones, as many as together fill that many bytes, two at least. */
export function setsFor({ m, n, k, batch }: Shape, type: ProductType, coldBytes: number): number {
  if (coldBytes === 0) return 1
  const { a, b, sum } = PRODUCT_TYPES[type]
  const bytes = batch * (m * k * STORAGE_BYTES[a] + k * n * STORAGE_BYTES[b] + m * n * STORAGE_BYTES[sum])
  return Math.max(2, Math.ceil(coldBytes / bytes))
}
