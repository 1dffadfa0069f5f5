/** sgemm and dgemm with the BLAS's argument order, for people who port code. */
import { defaultThreads } from '../runtime/thread-count.ts'
import type { ArrayOfStorage } from './arrays.ts'
import { compileGemm, type GemmKernel } from './kernel.ts'

/** 'N': as stored, 'T': transposed; 'C' is 'T' for real matrices. Small letters mean the same. */
export type BlasTranspose = 'N' | 'T' | 'C' | 'n' | 't' | 'c'

/** The arguments of cblas_sgemm and cblas_dgemm from TransA on; sizes and leading dimensions in elements. */
export type BlasArguments<A> = readonly [
  transA: BlasTranspose,
  transB: BlasTranspose,
  m: number,
  n: number,
  k: number,
  alpha: number,
  a: A,
  lda: number,
  b: A,
  ldb: number,
  beta: number,
  c: A,
  ldc: number,
]

/** How matrices are stored. BLAS itself knows only 'column'; CBLAS has both. */
export type BlasOrder = 'row' | 'column'

/** One general kernel for each combination of what code depends on; made when first needed. */
const kernels = new Map<string, GemmKernel<FloatType>>()

type FloatType = 'f32' | 'f64'

function transposes(name: string, value: BlasTranspose): boolean {
  switch (value) {
    case 'N':
    case 'n':
      return false
    case 'T':
    case 't':
    case 'C':
    case 'c':
      return true
    default:
      throw new RangeError(`${name}: expected 'N', 'T' or 'C', got ${JSON.stringify(value)}`)
  }
}

function gemm<T extends FloatType>(type: T, order: BlasOrder, args: BlasArguments<ArrayOfStorage[T]>): void {
  const [trA, trB, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc] = args
  const transA = transposes('transA', trA)
  const transB = transposes('transB', trB)
  const key = `${type} ${order} ${transA} ${transB} ${defaultThreads()}`
  let kernel = kernels.get(key)
  if (kernel === undefined) {
    const open = 'runtime' as const
    const sizes = { m: open, n: open, k: open, lda: open, ldb: open, ldc: open, alpha: open, beta: open }
    kernel = compileGemm({ type, order, transA, transB, ...sizes }) as unknown as GemmKernel<FloatType>
    kernels.set(key, kernel)
  }
  kernel(a, b, c, { m, n, k, lda, ldb, ldc, alpha, beta })
}

/**
 * C = alpha·op(A)·op(B) + beta·C in f32, column-major as in Fortran.
 *
 * ```ts
 * sgemm('N', 'T', m, n, k, 1, a, lda, b, ldb, 0, c, ldc)
 * ```
 * @throws TypeError or RangeError naming the argument that does not fit.
 */
export function sgemm(...args: BlasArguments<Float32Array>): void {
  gemm('f32', 'column', args)
}

/** sgemm in f64. */
export function dgemm(...args: BlasArguments<Float64Array>): void {
  gemm('f64', 'column', args)
}

/** cblas_sgemm: sgemm with the order of storage in front. RangeError when it is neither. */
export function cblasSgemm(order: BlasOrder, ...args: BlasArguments<Float32Array>): void {
  gemm('f32', order, args)
}

/** cblas_dgemm. */
export function cblasDgemm(order: BlasOrder, ...args: BlasArguments<Float64Array>): void {
  gemm('f64', order, args)
}
