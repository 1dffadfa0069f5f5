/** The triple loop that every kernel is judged by, and the bound on how far rounding may take it. */

import { PRODUCT_TYPES, type ProductType, type Storage } from '../schedule/product-type.ts'

/** A matrix for the reference: element (i, j) is data[offset + i·rowStride + j·columnStride]. */
export interface ReferenceMatrix {
  readonly data: ArrayLike<number>
  readonly rowStride: number
  readonly columnStride: number
  readonly offset?: number
}

/** One product for the reference, C = alpha·A·B + beta·C; sizes in elements. */
export interface ReferenceProblem {
  readonly m: number
  readonly n: number
  readonly k: number
  readonly a: ReferenceMatrix
  readonly b: ReferenceMatrix
  /** What C held before; not read when beta is 0. */
  readonly c?: ReferenceMatrix
  /** Default 1. With 0, A and B are not read. */
  readonly alpha?: number
  /** Default 0. */
  readonly beta?: number
}

/** Exact-enough results: each element in f64, and |alpha|·Σ|a||b| + |beta·c|, which the error bound scales with. */
export interface ReferenceResult {
  readonly value: Float64Array
  readonly magnitude: Float64Array
}

/** The product in f64, row-major m×n with no padding. */
export function referenceGemm({ m, n, k, a, b, c, alpha = 1, beta = 0 }: ReferenceProblem): ReferenceResult {
  const value = new Float64Array(m * n)
  const magnitude = new Float64Array(m * n)
  for (let i = 0; i < m; i++) {
    const row = i * n
    for (let p = 0; alpha !== 0 && p < k; p++) {
      const x = alpha * a.data[(a.offset ?? 0) + i * a.rowStride + p * a.columnStride]!
      const at = (b.offset ?? 0) + p * b.rowStride
      for (let j = 0; j < n; j++) {
        const product = x * b.data[at + j * b.columnStride]!
        value[row + j]! += product
        magnitude[row + j]! += Math.abs(product)
      }
    }
    if (c === undefined || beta === 0) continue
    for (let j = 0; j < n; j++) {
      const old = beta * c.data[(c.offset ?? 0) + i * c.rowStride + j * c.columnStride]!
      value[row + j]! += old
      magnitude[row + j]! += Math.abs(old)
    }
  }
  return { value, magnitude }
}

/** Unit roundoff: half the distance from 1 to the next number of the type. */
const UNIT_ROUNDOFF = { f32: 2 ** -24, f64: 2 ** -53 } as const

/**
 * γ-bound of C = alpha·A·B + beta·C with sums of k products, in any order and with fused multiply-adds.
 *
 * Each of the k terms passes through at most k + 4 roundings: its own product is fused into an addition
 * (one rounding), and at most k − 1 further additions follow, whatever the order; then the product with alpha,
 * rounding alpha itself to the type, beta's product, the addition to beta·C, and one more when partial sums
 * pass through C. A product of t factors (1 + δᵢ), |δᵢ| ≤ u, differs from 1 by at most γ_t = t·u / (1 − t·u)
 * (Higham, Accuracy and Stability of Numerical Algorithms, lemma 3.1), so |error| ≤ γ_{k+4} · magnitude. The f64
 * reference adds its own γ in f64 (which doubles the bound for f64, and is nothing for f32). Results
 * below the normal range lose up to one least denormal per operation.
 */
export function errorBound(type: 'f32' | 'f64', k: number, magnitude: number): number {
  const gamma = (t: number, roundoff: number): number => (t * roundoff) / (1 - t * roundoff)
  const denormal = type === 'f32' ? 2 ** -149 : Number.MIN_VALUE
  const relative = gamma(k + 4, UNIT_ROUNDOFF[type]) + gamma(k + 4, UNIT_ROUNDOFF.f64)
  return relative * magnitude + (k + 4) * denormal
}

/**
 * What a product of any type may be off the exact one, with sums of k products of total magnitude Σ|alpha·a·b| + |beta·c|.
 *
 * Integers are exact: products of 8-bit integers and their sums are multiplied and added modulo 2³², so this is 0 where
 * the exact result fits 32 bits.
 *
 * Narrow floats are exact as f32, and so are their products but for bf16's and f16's range: two 8-, 11- or 4-bit
 * significands make at most 22 bits, so the only roundings are those of the additions, as for f32, and errorBound holds.
 * VDPBF16PS (SDM Vol. 2, "DPBF16PS") rounds each product and each addition to nearest even, a pair of products after one
 * another, and takes and makes denormals as zero, whatever MXCSR says: a denormal operand and a denormal product or sum lose
 * less than 2⁻¹²⁶ each, operands times the other factor. VDPPHPS and the f16 instructions keep denormals.
 */
export function productBound(type: ProductType, k: number, magnitude: number): number {
  if (PRODUCT_TYPES[type].sum === 's32') return 0
  if (type === 'f32' || type === 'f64') return errorBound(type, k, magnitude)
  const flushed = type === 'bf16' ? 4 * (k + 4) * 2 ** -126 : 0
  return errorBound('f32', 2 * k, magnitude) + flushed
}

/** Unit roundoff of narrower floats, and the distance between their least numbers. */
const NARROW_ROUNDING = {
  bf16: { roundoff: 2 ** -8, least: 2 ** -133 },
  f16: { roundoff: 2 ** -11, least: 2 ** -24 },
} as const

/**
 * What an element of C may be off: the sums' own bound and, where C holds narrower floats, one rounding of what the sums
 * came to. Integers, requantised or not, are exact.
 */
export function outputBound(
  { type, out }: { readonly type: ProductType; readonly out: Storage },
  k: number,
  value: number,
  magnitude: number,
): number {
  const sums = productBound(type, k, magnitude)
  if (PRODUCT_TYPES[type].sum === 's32' || (out !== 'bf16' && out !== 'f16')) return sums
  const { roundoff, least } = NARROW_ROUNDING[out]
  return sums + roundoff * (Math.abs(value) + sums) + least
}
