/** The triple loop that every kernel is judged by, and the bound on how far rounding may take it. */

/** A matrix for the reference: element (i, j) is data[offset + i·ld + j]. */
export interface ReferenceMatrix {
  readonly data: ArrayLike<number>
  readonly ld: number
  readonly offset?: number
}

/** One product for the reference; sizes in elements. */
export interface ReferenceProblem {
  readonly m: number
  readonly n: number
  readonly k: number
  readonly a: ReferenceMatrix
  readonly b: ReferenceMatrix
  /** What C held before, when the product is added to it. */
  readonly c?: ReferenceMatrix
}

/** Exact-enough results: each element in f64, and Σ|a||b| (+ |c|), which the error bound scales with. */
export interface ReferenceResult {
  readonly value: Float64Array
  readonly magnitude: Float64Array
}

/** C = A·B (+ C) in f64, row-major m×n with no padding. */
export function referenceGemm({ m, n, k, a, b, c }: ReferenceProblem): ReferenceResult {
  const value = new Float64Array(m * n)
  const magnitude = new Float64Array(m * n)
  for (let i = 0; i < m; i++) {
    const row = i * n
    if (c !== undefined) {
      for (let j = 0; j < n; j++) {
        const start = c.data[(c.offset ?? 0) + i * c.ld + j]!
        value[row + j] = start
        magnitude[row + j] = Math.abs(start)
      }
    }
    for (let p = 0; p < k; p++) {
      const x = a.data[(a.offset ?? 0) + i * a.ld + p]!
      const at = (b.offset ?? 0) + p * b.ld
      for (let j = 0; j < n; j++) {
        const product = x * b.data[at + j]!
        value[row + j]! += product
        magnitude[row + j]! += Math.abs(product)
      }
    }
  }
  return { value, magnitude }
}

/** Unit roundoff: half the distance from 1 to the next number of the type. */
const UNIT_ROUNDOFF = { f32: 2 ** -24, f64: 2 ** -53 } as const

/**
 * γ_k-bound of a sum of k products, in any order and with fused multiply-adds.
 *
 * Each of the k terms passes through at most k + 1 roundings: its own product is fused into an
 * addition (one rounding), and at most k − 1 further additions follow, whatever the order; one more
 * when partial sums pass through C, one when the sum starts from C. A product of t factors
 * (1 + δᵢ), |δᵢ| ≤ u, differs from 1 by at most γ_t = t·u / (1 − t·u) (Higham, Accuracy and
 * Stability of Numerical Algorithms, lemma 3.1), so |error| ≤ γ_{k+2} · Σ|a||b|. The f64 reference
 * adds its own γ in f64 (which doubles the bound for f64, and is nothing for f32). Results below the
 * normal range lose up to one least denormal per operation.
 */
export function errorBound(type: 'f32' | 'f64', k: number, magnitude: number): number {
  const u = UNIT_ROUNDOFF[type]
  const gamma = (t: number, roundoff: number): number => (t * roundoff) / (1 - t * roundoff)
  const denormal = type === 'f32' ? 2 ** -149 : Number.MIN_VALUE
  return (gamma(k + 2, u) + gamma(k + 2, UNIT_ROUNDOFF.f64)) * magnitude + (k + 2) * denormal
}
