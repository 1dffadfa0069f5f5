/** How many sets of operands calls must take in turn so that the caches hold none of them any more. */
import type { Shape } from '../gemm/shapes.ts'
import { FLOAT_BYTES, type FloatType } from './operands.ts'

/** One set stays where it is: warm. For cold ones, as many as together fill that many bytes, two at least. */
export function setsFor({ m, n, k, batch }: Shape, type: FloatType, coldBytes: number): number {
  if (coldBytes === 0) return 1
  const bytes = (m * k + k * n + m * n) * batch * FLOAT_BYTES[type]
  return Math.max(2, Math.ceil(coldBytes / bytes))
}
