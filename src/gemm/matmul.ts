/** matmul: the product of two typed arrays in one line, with compiled kernels kept for reuse. */
import { defaultThreads, type Threads } from '../runtime/thread-count.ts'
import type { ProductType } from '../schedule/product-type.ts'
import { type ArrayOfA, type ArrayOfB, type ArrayOfC, newResult } from './arrays.ts'
import { type InferredType, inferType } from './infer-type.ts'
import { compileGemm } from './kernel.ts'

/** Sizes in elements: A is m × k, B is k × n, C is m × n, all row-major without padding. */
export interface MatmulSizes<T extends ProductType = ProductType> {
  readonly m: number
  readonly n: number
  readonly k: number
  /**
   * What A and B hold. Arrays of numbers tell: Float32Array (f32), Float64Array (f64), Float16Array (f16), and Uint8Array
   * and Int8Array, where u8s8, s8s8 and u8u8 are meant. Arrays of codes do not: bf16 and f16 in a Uint16Array, e4m3 and e5m2.
   */
  readonly type?: T
}

type AnyCall = (a: unknown, b: unknown, c: unknown) => void

/** Kernels by shape, the least recently used first. Dropped kernels are freed when collected. */
const kernels = new Map<string, AnyCall>()
const MOST_KERNELS = 256

/** The kernel of the last call: most calls are of the same shape as the one before, and making a key takes a microsecond. */
let last: (MatmulSizes & { readonly threads: Threads; readonly call: AnyCall }) | null = null

function kernelFor(type: ProductType, { m, n, k }: MatmulSizes): AnyCall {
  const threads = defaultThreads()
  const isSame =
    last?.type === type && last.m === m && last.n === n && last.k === k && last.threads === threads
  if (isSame) return last!.call
  const call = keptKernel(type, { m, n, k }, threads)
  last = { type, m, n, k, threads, call }
  return call
}

function keptKernel(type: ProductType, { m, n, k }: MatmulSizes, threads: Threads): AnyCall {
  const key = `${type} ${m} ${n} ${k} ${threads}`
  const known = kernels.get(key)
  if (known !== undefined) {
    kernels.delete(key)
    kernels.set(key, known)
    return known
  }
  const kernel = compileGemm({ type, m, n, k }) as unknown as AnyCall
  if (kernels.size >= MOST_KERNELS) kernels.delete(kernels.keys().next().value!)
  kernels.set(key, kernel)
  return kernel
}

/**
 * The product A·B as a new array.
 *
 * ```ts
 * const c = matmul(a, b, { m: 2, n: 2, k: 3 })
 * const sums = matmul(new Uint8Array(6), new Int8Array(6), { m: 2, n: 2, k: 3, type: 'u8s8' })
 * ```
 * C is of the type that sums are kept in: f64, s32 for integers, else f32.
 * @throws TypeError or RangeError naming the argument that does not fit; TypeError where arrays do not tell the type.
 */
export function matmul<A extends Float32Array | Float64Array>(
  a: A,
  b: A,
  sizes: MatmulSizes & { readonly type?: never },
): A extends Float64Array ? Float64Array : Float32Array
export function matmul<A, B>(
  a: A,
  b: [InferredType<A, B>] extends [never] ? never : B,
  sizes: MatmulSizes & { readonly type?: never },
): ArrayOfC<InferredType<A, B>>
export function matmul<T extends ProductType>(
  a: ArrayOfA<T>,
  b: ArrayOfB<T>,
  sizes: MatmulSizes<T> & { readonly type: T },
): ArrayOfC<T>
export function matmul(a: unknown, b: unknown, sizes: MatmulSizes): unknown {
  if (typeof sizes !== 'object' || sizes === null) {
    throw new TypeError(`sizes: expected { m, n, k }, got ${String(sizes)}`)
  }
  const type = sizes.type ?? inferType(a, b)
  const kernel = kernelFor(type, sizes)
  const c = newResult(type, sizes.m * sizes.n)
  kernel(a, b, c)
  return c
}
