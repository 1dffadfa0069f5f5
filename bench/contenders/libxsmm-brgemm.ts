/** LIBXSMM's batch-reduce kernels (2.x) on operands packed beforehand: blocks of A and of B, each contiguous. */
import { host } from '../../src/runtime/hosts/select.ts'
import { STORAGE_BYTES } from '../../src/schedule/product-type.ts'
import { CallLoop } from '../native/call-loop.ts'
import type { Floats, FloatType, Operands } from '../native/operands.ts'
import { integerStructure, type SharedObject } from '../native/shared-object.ts'
import { Declined, floatsOnly, type Prepared } from './contender.ts'
import { DATATYPES, FLAG_BETA_0, PARAMETER_WORDS, SHAPE_FIELDS } from './libxsmm-interface.ts'

/** LIBXSMM_GEMM_BATCH_REDUCE_STRIDE: block after block at a fixed distance. */
const REDUCE_STRIDED = 4
/** Words of libxsmm_gemm_param: the number of blocks to reduce, and the addresses. */
const WORD = { count: 2, a: 4, b: 10, c: 16 } as const
const MOST_BLOCK = 64

/** The largest divisor up to 64: blocks without remainders. Declined when there is none worth the name. */
function blockOf(name: string, size: number): number {
  for (let block = Math.min(MOST_BLOCK, size); block >= Math.min(8, size); block--) {
    if (size % block === 0) return block
  }
  throw new Declined(`${name} = ${size} has no divisor from 8 to ${MOST_BLOCK}`)
}

/** A matrix as blocks, one after another along a line of blocks; within a block row by row. */
function blocked(source: Floats, columns: number, height: number, width: number, byColumns: boolean): Floats {
  const rows = source.length / columns
  const result = source.slice()
  let at = 0
  const copyBlock = (top: number, left: number): void => {
    for (let row = top; row < top + height; row++) {
      const from = row * columns + left
      result.set(source.subarray(from, from + width), at)
      at += width
    }
  }
  if (byColumns) {
    for (let left = 0; left < columns; left += width) {
      for (let top = 0; top < rows; top += height) copyBlock(top, left)
    }
  } else {
    for (let top = 0; top < rows; top += height) {
      for (let left = 0; left < columns; left += width) copyBlock(top, left)
    }
  }
  return result
}

function dispatch(
  library: SharedObject,
  block: { readonly m: number; readonly n: number; readonly k: number },
  n: number,
  type: FloatType,
): number {
  const config = integerStructure(['kind', 'strideA', 'strideB', 'unroll'])
  const find = library.function<
    (shape: object, flags: number, prefetch: number, config: object) => number | bigint
  >('int64', [integerStructure(SHAPE_FIELDS), 'uint32', 'uint32', config], 'libxsmm_dispatch_brgemm')
  const t = DATATYPES[type]
  const bytes = STORAGE_BYTES[type]
  // Column-major: its A is a block of our B, its B a block of our A, its C our C's transpose.
  const shape = { m: block.n, n: block.m, k: block.k, lda: block.n, ldb: block.k, ldc: n }
  const strides = { strideA: block.n * block.k * bytes, strideB: block.m * block.k * bytes }
  const types = { a: t, b: t, out: t, comp: t }
  return Number(find({ ...shape, ...types }, FLAG_BETA_0, 0, { kind: REDUCE_STRIDED, ...strides, unroll: 0 }))
}

/** A call for each block of C, which reduces over all blocks of k. */
export function prepareBrgemm(library: SharedObject, operands: Operands): Prepared {
  const { shape, type, problems, a, b, c } = floatsOnly(operands)
  const { m, n, k } = shape
  const block = { m: blockOf('m', m), n: blockOf('n', n), k: blockOf('k', k) }
  const address = dispatch(library, block, n, type)
  if (address === 0) throw new Declined('no kernel of this size')
  const tiles = (m / block.m) * (n / block.n)
  const count = new BigUint64Array(new ArrayBuffer(8)).fill(BigInt(k / block.k))
  const at = (view: ArrayBufferView): number => host().addressOf(view)
  const bytes = STORAGE_BYTES[type]
  const kept: unknown[] = [operands, count]
  const loop = new CallLoop({
    passing: 'address',
    address,
    recordBytes: 8 * PARAMETER_WORDS,
    records: tiles * problems,
    kept,
  })
  let record = 0
  for (let problem = 0; problem < problems; problem++) {
    const packedA = blocked(a.problem(problem), k, block.m, block.k, false)
    const packedB = blocked(b.problem(problem), n, block.k, block.n, true)
    kept.push(packedA, packedB)
    const start = { a: at(packedA), b: at(packedB), c: Number(c.addressOf(problem)) }
    for (let left = 0; left < n; left += block.n) {
      for (let top = 0; top < m; top += block.m) {
        loop.setInteger(record, WORD.count, BigInt(at(count)))
        loop.setInteger(record, WORD.a, BigInt(start.b + left * k * bytes))
        loop.setInteger(record, WORD.b, BigInt(start.a + top * k * bytes))
        loop.setInteger(record, WORD.c, BigInt(start.c + (top * n + left) * bytes))
        record++
      }
    }
  }
  return {
    packed: true,
    problemsPerCall: 1 / tiles,
    timing: 'kernel',
    synchronous: true,
    time: (calls) => loop.time(calls),
    dispose: () => loop.dispose(),
  }
}
