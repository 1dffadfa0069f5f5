/** numpy-ts as a contender: np.matmul on arrays made beforehand; the result is a new array each time, and disposed. */
import { forProblems, inTurn } from '../native/operands.ts'
import { type Contender, floatsOnly, offer, type Setting } from './contender.ts'
import { timeCalls } from './from-javascript.ts'
import { findPackage } from './packages.ts'

interface NdArray {
  readonly data: ArrayLike<number>
  reshape(...shape: readonly number[]): NdArray
  dispose(): void
}
interface NumpyTs {
  frombuffer(buffer: ArrayBufferView, dtype: 'float32' | 'float64'): NdArray
  matmul(a: NdArray, b: NdArray): NdArray
  configureWasm(options: { readonly maxMemory: number }): void
}

/** For arrays: its own default has no room for B of 4096². */
const MEMORY_BYTES = 2 ** 30

export async function openNumpyTs(folder: string | null, setting: Setting): Promise<Contender> {
  const found = findPackage('numpy-ts', folder)
  const np = (await found.load('numpy-ts')) as NumpyTs
  np.configureWasm({ maxMemory: MEMORY_BYTES })
  return {
    version: found.version,
    kernels: 'WebAssembly',
    prepare(operands) {
      offer(setting, operands, {})
      const { shape, type } = floatsOnly(operands)
      const dtype = type === 'f32' ? 'float32' : 'float64'
      const problems = forProblems(operands, (problem) => ({
        a: np.frombuffer(operands.a.problem(problem).slice(), dtype).reshape(shape.m, shape.k),
        b: np.frombuffer(operands.b.problem(problem).slice(), dtype).reshape(shape.k, shape.n),
      }))
      const next = inTurn(problems)
      const multiply = (): void => {
        const problem = next()
        np.matmul(problem.a, problem.b).dispose()
      }
      return {
        packed: false,
        problemsPerCall: 1,
        timing: 'javascript',
        synchronous: true,
        time: timeCalls(multiply),
        result: () => np.matmul(problems[0]!.a, problems[0]!.b).data,
        dispose() {
          for (const problem of problems) {
            problem.a.dispose()
            problem.b.dispose()
          }
        },
      }
    },
  }
}
