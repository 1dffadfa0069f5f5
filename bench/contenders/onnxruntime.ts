/** onnxruntime-node as a contender: a session with one MatMul, operands and result in tensors made beforehand. */
import { type Floats, forProblems, inTurn } from '../native/operands.ts'
import { type Contender, Declined, offer, type Setting } from './contender.ts'
import { timeAsyncCalls } from './from-javascript.ts'
import { matmulModel } from './onnx-model.ts'
import { findPackage } from './packages.ts'

interface Tensor {
  readonly data: Floats
}
interface Session {
  run(
    feeds: Readonly<Record<string, Tensor>>,
    fetches: Readonly<Record<string, Tensor>>,
  ): Promise<Record<string, Tensor>>
  release(): Promise<void>
}
interface OnnxRuntime {
  readonly Tensor: new (type: 'float32' | 'float64', data: Floats, sizes: readonly number[]) => Tensor
  readonly InferenceSession: {
    create(model: Uint8Array, options: Readonly<Record<string, unknown>>): Promise<Session>
  }
}

export async function openOnnxRuntime(folder: string | null, setting: Setting): Promise<Contender> {
  const found = findPackage('onnxruntime-node', folder)
  const loaded = (await found.load('onnxruntime-node')) as OnnxRuntime & { readonly default?: OnnxRuntime }
  const { Tensor, InferenceSession } = loaded.default ?? loaded
  return {
    version: found.version,
    kernels: 'MLAS',
    async prepare(operands) {
      offer(setting, operands, { packed: true, threads: true })
      const { shape, type } = operands
      const { m, n, k } = shape
      if (setting.packed && operands.problems > 1) throw new Declined('a model holds one packed B')
      const session = await InferenceSession.create(
        matmulModel(type, shape, setting.packed ? operands.b.problem(0) : null),
        {
          executionProviders: ['cpu'],
          intraOpNumThreads: setting.threads,
          interOpNumThreads: 1,
          executionMode: 'sequential',
        },
      )
      const name = type === 'f32' ? 'float32' : 'float64'
      const problems = forProblems(operands, (problem) => ({
        feeds: {
          a: new Tensor(name, operands.a.problem(problem), [m, k]),
          ...(setting.packed ? {} : { b: new Tensor(name, operands.b.problem(problem), [k, n]) }),
        },
        fetches: { c: new Tensor(name, operands.c.problem(problem), [m, n]) },
      }))
      const next = inTurn(problems)
      return {
        packed: setting.packed,
        problemsPerCall: 1,
        timing: 'javascript',
        synchronous: false,
        time: timeAsyncCalls(() => {
          const { feeds, fetches } = next()
          return session.run(feeds, fetches)
        }),
        dispose: () => void session.release(),
      }
    },
  }
}
