/** matmul: the product of two typed arrays in one line, with compiled kernels kept for reuse. */
import { defaultThreads } from '../runtime/thread-count.ts'
import type { ElementType } from '../schedule/tile-program.ts'
import { type ArrayOf, compileGemm, type GemmKernel } from './kernel.ts'

/** Sizes in elements: A is m × k, B is k × n, C is m × n, all row-major without padding. */
export interface MatmulSizes {
  readonly m: number
  readonly n: number
  readonly k: number
}

/** Kernels by shape, the least recently used first. Dropped kernels are freed when collected. */
const kernels = new Map<string, GemmKernel<ElementType>>()
const MOST_KERNELS = 256

function kernelFor(type: ElementType, { m, n, k }: MatmulSizes): GemmKernel<ElementType> {
  const key = `${type} ${m} ${n} ${k} ${defaultThreads()}`
  const known = kernels.get(key)
  if (known !== undefined) {
    kernels.delete(key)
    kernels.set(key, known)
    return known
  }
  const kernel = compileGemm({ type, m, n, k }) as unknown as GemmKernel<ElementType>
  if (kernels.size >= MOST_KERNELS) kernels.delete(kernels.keys().next().value!)
  kernels.set(key, kernel)
  return kernel
}

/**
 * The product A·B as a new array.
 *
 * ```ts
 * const c = matmul(a, b, { m: 2, n: 2, k: 3 })
 * ```
 * @throws TypeError or RangeError naming the argument that does not fit.
 */
export function matmul<A extends Float32Array | Float64Array>(
  a: A,
  b: A,
  sizes: MatmulSizes,
): A extends Float64Array ? Float64Array : Float32Array {
  if (!(a instanceof Float32Array || a instanceof Float64Array)) {
    throw new TypeError(
      `a: expected a Float32Array or a Float64Array, got ${Object.prototype.toString.call(a).slice(8, -1)}`,
    )
  }
  if (typeof sizes !== 'object' || sizes === null) {
    throw new TypeError(`sizes: expected { m, n, k }, got ${String(sizes)}`)
  }
  const type = a instanceof Float64Array ? 'f64' : 'f32'
  const kernel = kernelFor(type, sizes)
  const elements = sizes.m * sizes.n
  const c = type === 'f64' ? new Float64Array(elements) : new Float32Array(elements)
  kernel(a as ArrayOf[ElementType], b as ArrayOf[ElementType], c)
  return c as A extends Float64Array ? Float64Array : Float32Array
}
