/** sgemm and dgemm: the BLAS's argument order, both orders of storage, and its words for transposes. */
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { type BlasTranspose, cblasDgemm, cblasSgemm, dgemm, sgemm } from '../src/gemm/blas.ts'
import { bestTarget } from '../src/microkernel/targets/index.ts'
import { cpuFeatures } from '../src/runtime/features.ts'
import { NATIVE } from './native-support.ts'
import { skip } from './skips.ts'

const blas = suite('sgemm and dgemm')
const runs = NATIVE && bestTarget(cpuFeatures().features) !== null

if (!runs) skip('this CPU runs no target')
else {
  const [m, n, k] = [3, 2, 4]
  // Small whole numbers: every product and sum is exact.
  const logical = (rows: number, columns: number): number[][] =>
    Array.from({ length: rows }, (_, i) =>
      Array.from({ length: columns }, (_, j) => ((3 * i + 5 * j) % 7) - 3),
    )
  const A = logical(m, k)
  const B = logical(k, n)
  const C = logical(m, n)

  /** Lays a matrix out by lines of `ld`, with −77 between them. */
  const store = (matrix: number[][], byRows: boolean, ld: number): number[] => {
    const [rows, columns] = [matrix.length, matrix[0]!.length]
    const lines = byRows ? rows : columns
    const width = byRows ? columns : rows
    return Array.from({ length: lines * ld }, (_, at) => {
      const [line, element] = [Math.floor(at / ld), at % ld]
      if (element >= width) return -77
      return byRows ? matrix[line]![element]! : matrix[element]![line]!
    })
  }

  for (const order of ['row', 'column'] as const) {
    for (const transA of ['N', 'T', 'c'] as BlasTranspose[]) {
      for (const transB of ['n', 't', 'C'] as BlasTranspose[]) {
        blas(`${order}-major, ${transA}${transB}`, () => {
          const rowsOf = (trans: BlasTranspose): boolean =>
            (order === 'row') === (trans.toUpperCase() === 'N')
          const ld = 6
          const a = store(A, rowsOf(transA), ld)
          const b = store(B, rowsOf(transB), ld)
          const c = store(C, order === 'row', ld)
          const wanted = store(
            C.map((row, i) =>
              row.map((old, j) => 2 * A[i]!.reduce((s, x, p) => s + x * B[p]![j]!, 0) - 3 * old),
            ),
            order === 'row',
            ld,
          )
          const single = Float32Array.from(c)
          cblasSgemm(
            order,
            transA,
            transB,
            m,
            n,
            k,
            2,
            Float32Array.from(a),
            ld,
            Float32Array.from(b),
            ld,
            -3,
            single,
            ld,
          )
          assert.equal([...single], wanted)
          const double = Float64Array.from(c)
          cblasDgemm(
            order,
            transA,
            transB,
            m,
            n,
            k,
            2,
            Float64Array.from(a),
            ld,
            Float64Array.from(b),
            ld,
            -3,
            double,
            ld,
          )
          assert.equal([...double], wanted)
        })
      }
    }
  }

  blas('without an order, column-major as in Fortran', () => {
    const c = new Float32Array(4)
    sgemm('N', 'N', 2, 2, 1, 1, Float32Array.of(1, 2), 2, Float32Array.of(3, 4), 1, 0, c, 2)
    assert.equal([...c], [3, 6, 4, 8])
    const d = new Float64Array(4)
    dgemm('N', 'N', 2, 2, 1, 1, Float64Array.of(1, 2), 2, Float64Array.of(3, 4), 1, 0, d, 2)
    assert.equal([...d], [3, 6, 4, 8])
  })

  blas('k = 0 scales C, m = 0 does nothing, beta = 0 does not read C, alpha = 0 neither A nor B', () => {
    const nan = Float32Array.of(Number.NaN, Number.NaN)
    const c = Float32Array.of(2, 4)
    sgemm('N', 'N', 2, 1, 0, 1, new Float32Array(0), 2, new Float32Array(0), 1, 0.5, c, 2)
    assert.equal([...c], [1, 2])
    sgemm('N', 'N', 0, 1, 1, 1, c, 1, c, 1, 1, new Float32Array(0), 1)
    sgemm('N', 'N', 2, 1, 1, 0, nan, 2, nan, 1, 2, c, 2)
    assert.equal([...c], [2, 4])
    const fresh = Float32Array.of(Number.NaN, Number.NaN)
    sgemm('N', 'N', 2, 1, 1, 1, c, 2, Float32Array.of(1), 1, 0, fresh, 2)
    assert.equal([...fresh], [2, 4])
  })

  blas('refuses what is no transpose, and leading dimensions that are too small', () => {
    const x = new Float32Array(16)
    const c = new Float32Array(16)
    assert.throws(
      () => sgemm('X' as 'N', 'N', 2, 2, 2, 1, x, 2, x, 2, 0, c, 2),
      /^transA: expected 'N', 'T' or 'C', got "X"/,
    )
    assert.throws(
      () => sgemm('N', 'N', 4, 2, 2, 1, x, 3, x, 2, 0, c, 4),
      /leading dimension must be at least the 4/,
    )
  })
}

blas.run()
