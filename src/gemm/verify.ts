/** Checks a kernel's results on random operands against the reference, element by element. */
import { errorBound, referenceGemm } from '../microkernel/reference.ts'
import type { TargetName } from '../microkernel/targets/index.ts'
import type { Threads } from '../runtime/thread-count.ts'
import type { Run } from './cpu.ts'
import { compileGemm } from './kernel.ts'

export interface VerifiedProblem {
  readonly m: number
  readonly n: number
  readonly k: number
  readonly type: 'f32' | 'f64'
}

export interface Verification {
  readonly ok: boolean
  /** Elements compared. */
  readonly checked: number
  readonly wrong: number
  /** Largest |result − reference| / Σ|a||b| seen: the scale that the bound is stated in. */
  readonly maxError: number
  /** Of the one call that was checked. */
  readonly milliseconds: number
}

/** Multiply-adds that the reference does without being asked to check everything: a fraction of a second. */
const QUICK_WORK = 2 ** 26

/** Deterministic numbers in [−1, 1): the same shape is always checked on the same data. */
export function fillRandom(array: Float32Array | Float64Array, seed: number): void {
  let state = seed >>> 0 || 1
  for (let i = 0; i < array.length; i++) {
    // xorshift32 (Marsaglia 2003)
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    array[i] = (state | 0) / 2 ** 31
  }
}

/**
 * Runs the kernel of a problem on random operands and compares with the reference: all of C with
 * `everything`, else as many of its rows, evenly spread, as can be done quickly.
 */
export function verifyGemm(
  { m, n, k, type }: VerifiedProblem,
  target: TargetName | 'auto',
  threads: Threads,
  everything: boolean,
  progress: (text: string) => void = () => {},
  run: Run = 'native',
): Verification {
  const kernel = compileGemm({ type, m, n, k }, { target, threads, run })
  const make = (length: number): Float32Array | Float64Array =>
    type === 'f64' ? new Float64Array(length) : new Float32Array(length)
  const a = make(m * k)
  const b = make(k * n)
  const c = make(m * n).fill(Number.NaN)
  fillRandom(a, 1)
  fillRandom(b, 2)
  const start = performance.now()
  ;(kernel as (a: unknown, b: unknown, c: unknown) => void)(a, b, c)
  const milliseconds = performance.now() - start
  kernel.dispose()

  const rows = everything ? m : Math.max(1, Math.min(m, Math.floor(QUICK_WORK / (n * k))))
  let wrong = 0
  let maxError = 0
  for (let index = 0; index < rows; index++) {
    const row = Math.floor((index * m) / rows)
    const expected = referenceGemm({
      m: 1,
      n,
      k,
      a: { data: a, rowStride: k, columnStride: 1, offset: row * k },
      b: { data: b, rowStride: n, columnStride: 1 },
    })
    for (let j = 0; j < n; j++) {
      const error = Math.abs(c[row * n + j]! - expected.value[j]!)
      const magnitude = expected.magnitude[j]!
      // Written so that NaN counts as wrong.
      if (!(error <= errorBound(type, k, magnitude))) wrong++
      const relative = error / magnitude
      if (relative > maxError || Number.isNaN(relative)) maxError = relative
    }
    progress(`checking row ${index + 1} of ${rows}`)
  }
  return { ok: wrong === 0, checked: rows * n, wrong, maxError, milliseconds }
}
