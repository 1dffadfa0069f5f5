/** numpy-ts as a contender: np.matmul on arrays made beforehand; the result is a new array each time. */
import { forProblems, inTurn } from '../native/operands.ts'
import { type Contender, offer, type Setting } from './contender.ts'
import { timeCalls } from './from-javascript.ts'
import { findPackage } from './packages.ts'

interface NdArray {
  readonly data: ArrayLike<number>
  reshape(...shape: readonly number[]): NdArray
}
interface NumpyTs {
  frombuffer(buffer: ArrayBufferView, dtype: 'float32' | 'float64'): NdArray
  matmul(a: NdArray, b: NdArray): NdArray
}

export async function openNumpyTs(folder: string | null, setting: Setting): Promise<Contender> {
  const found = findPackage('numpy-ts', folder)
  const np = (await found.load('numpy-ts')) as NumpyTs
  return {
    version: found.version,
    kernels: 'WebAssembly',
    prepare(operands) {
      offer(setting, operands, {})
      const { shape, type } = operands
      const dtype = type === 'f32' ? 'float32' : 'float64'
      const problems = forProblems(operands, (problem) => ({
        a: np.frombuffer(operands.a.problem(problem).slice(), dtype).reshape(shape.m, shape.k),
        b: np.frombuffer(operands.b.problem(problem).slice(), dtype).reshape(shape.k, shape.n),
      }))
      const next = inTurn(problems)
      const multiply = (): NdArray => {
        const problem = next()
        return np.matmul(problem.a, problem.b)
      }
      return {
        packed: false,
        problemsPerCall: 1,
        timing: 'javascript',
        synchronous: true,
        time: timeCalls(multiply),
        result: () => np.matmul(problems[0]!.a, problems[0]!.b).data,
        dispose: () => problems.splice(0),
      }
    },
  }
}
