/** The BLAS interface that OpenBLAS, BLIS and AOCL-BLAS share: cblas_sgemm and cblas_dgemm, row-major. */
import { CallLoop } from '../native/call-loop.ts'
import type { Operands } from '../native/operands.ts'
import type { SharedObject } from '../native/shared-object.ts'
import { floatsOnly, offer, type Prepared, type Setting } from './contender.ts'

const ROW_MAJOR = 101n
const NO_TRANSPOSE = 111n
const TRANSPOSE = 112n

/** Builds with 64-bit integers carry a suffix, and SciPy's a prefix. The arguments are the same in registers. */
export const decorated = (name: string): string[] => [name, `${name}64_`, `scipy_${name}`, `scipy_${name}64_`]

/** cblas_?gemm(order, transA, transB, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc) for each problem. */
export function prepareCblas(library: SharedObject, operands: Operands, setting: Setting): Prepared {
  offer(setting, operands, { transposed: true, threads: true })
  const { shape, type, transA, transB, problems, a, b, c } = floatsOnly(operands)
  const address = library.address(...decorated(type === 'f32' ? 'cblas_sgemm' : 'cblas_dgemm'))
  const integers = [ROW_MAJOR, transA ? TRANSPOSE : NO_TRANSPOSE, transB ? TRANSPOSE : NO_TRANSPOSE]
  for (const size of [shape.m, shape.n, shape.k]) integers.push(BigInt(size))
  const passing = { integers: integers.length + 6, scalars: 2 }
  const loop = new CallLoop({
    passing,
    address,
    recordBytes: 8 * (passing.integers + passing.scalars),
    records: problems,
    kept: [operands],
  })
  for (let problem = 0; problem < problems; problem++) {
    const matrices = [a, b, c].flatMap((operand) => [operand.addressOf(problem), BigInt(operand.width)])
    for (const [word, value] of [...integers, ...matrices].entries()) loop.setInteger(problem, word, value)
    loop.setScalar(problem, passing.integers, type, 1)
    loop.setScalar(problem, passing.integers + 1, type, 0)
  }
  return {
    packed: false,
    problemsPerCall: 1,
    timing: 'kernel',
    synchronous: true,
    time: (calls) => loop.time(calls),
    dispose: () => loop.dispose(),
  }
}
