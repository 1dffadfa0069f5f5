/** Checks a kernel's results on random operands against the reference, element by element. */
import type { GemmProblem } from '../microkernel/problem.ts'
import { outputBound, referenceGemm } from '../microkernel/reference.ts'
import { type RequantisedStorage, requantise } from '../microkernel/requantise.ts'
import type { TargetName } from '../microkernel/targets/index.ts'
import type { Threads } from '../runtime/thread-count.ts'
import { PRODUCT_TYPES, type ProductType, type Storage } from '../schedule/product-type.ts'
import { type AnyArray, newArray } from './arrays.ts'
import type { CallArguments } from './call.ts'
import type { Run } from './cpu.ts'
import { fillRandomElements, fillUnwritten, numberOf, randomArray, valuesOf } from './elements.ts'
import { compileGemm } from './kernel.ts'

export interface VerifiedProblem {
  readonly m: number
  readonly n: number
  readonly k: number
  readonly type: ProductType
  /** What C holds; the type of the sums unless said. */
  readonly out?: Storage
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

/** A kernel of whichever type, called with operands that fit it. */
export type AnyKernel = ((a: unknown, b: unknown, c: unknown, open?: CallArguments) => void) & {
  readonly threads: number
  dispose(): void
}

/** Multiply-adds that the reference does without being asked to check everything: a fraction of a second. */
const QUICK_WORK = 2 ** 26

/** Deterministic numbers in [−1, 1): the same shape is always checked on the same data. */
export function fillRandom(array: Float32Array | Float64Array, seed: number): void {
  fillRandomElements('f64', array, seed)
}

/** How integers become narrower here: one scale that brings the sums of random operands into a byte. */
function scaleOf({ k, type, out }: VerifiedProblem): number | null {
  const { sum } = PRODUCT_TYPES[type]
  return sum === 's32' && out !== undefined && out !== sum ? 2 ** -Math.ceil(8 + Math.log2(k) / 2) : null
}

/** The problem as it is compiled: its requantisation, where C is narrower than integer sums. */
export function compiledProblem(problem: VerifiedProblem): GemmProblem {
  return scaleOf(problem) === null ? problem : { ...problem, requantise: { scale: 'tensor' } }
}

/** Random A and B of a problem, a C that nothing has been written to, and what a call is given beside them. */
export function randomCall(problem: VerifiedProblem): {
  readonly a: AnyArray
  readonly b: AnyArray
  readonly c: AnyArray
  readonly open: readonly CallArguments[]
} {
  const { m, n, k, type } = problem
  const { a, b, sum } = PRODUCT_TYPES[type]
  const { out = sum } = problem
  const c = newArray(out, m * n)
  fillUnwritten(out, c)
  const scale = scaleOf(problem)
  const open = scale === null ? [] : [{ scale }]
  return { a: randomArray(a, m * k, 1), b: randomArray(b, k * n, 2), c, open }
}

/**
 * Runs the kernel of a problem on random operands and compares with the reference: all of C with
 * `everything`, else as many of its rows, evenly spread, as can be done quickly.
 */
export function verifyGemm(
  problem: VerifiedProblem,
  target: TargetName | 'auto',
  threads: Threads,
  everything: boolean,
  progress: (text: string) => void = () => {},
  run: Run = 'native',
): Verification {
  const { m, n, k, type } = problem
  const facts = PRODUCT_TYPES[type]
  const { out = facts.sum } = problem
  const kernel = compileGemm(compiledProblem(problem), { target, threads, run }) as unknown as AnyKernel
  const { a, b, c, open } = randomCall(problem)
  const scale = scaleOf(problem)
  const start = performance.now()
  kernel(a, b, c, ...open)
  const milliseconds = performance.now() - start
  kernel.dispose()

  const inA = { data: valuesOf(facts.a, a), rowStride: k, columnStride: 1 }
  const inB = { data: valuesOf(facts.b, b), rowStride: n, columnStride: 1 }
  const results = valuesOf(out, c)
  const rows = everything ? m : Math.max(1, Math.min(m, Math.floor(QUICK_WORK / (n * k))))
  let wrong = 0
  let maxError = 0
  for (let index = 0; index < rows; index++) {
    const row = Math.floor((index * m) / rows)
    const expected = referenceGemm({ m: 1, n, k, a: { ...inA, offset: row * k }, b: inB })
    for (let j = 0; j < n; j++) {
      const exact = expected.value[j]!
      const value =
        scale !== null
          ? numberOf(out, requantise({ sum: exact | 0, scale }, out as RequantisedStorage))
          : // Sums of integers are taken modulo 2³².
            facts.sum === 's32'
            ? exact | 0
            : exact
      const error = Math.abs(results[row * n + j]! - value)
      const magnitude = expected.magnitude[j]!
      // Written so that NaN counts as wrong.
      if (!(error <= outputBound({ type, out }, k, value, magnitude))) wrong++
      const relative = magnitude === 0 ? error : error / magnitude
      if (relative > maxError || Number.isNaN(relative)) maxError = relative
    }
    progress(`checking row ${index + 1} of ${rows}`)
  }
  return { ok: wrong === 0, checked: rows * n, wrong, maxError, milliseconds }
}
