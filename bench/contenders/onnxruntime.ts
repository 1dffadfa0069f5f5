/** onnxruntime-node as a contender: a session with one MatMul, operands and result in tensors made beforehand. */
import { PRODUCT_TYPES, type Storage } from '../../src/schedule/product-type.ts'
import { type Elements, forProblems, inTurn } from '../native/operands.ts'
import { type Contender, Declined, offer, type Setting } from './contender.ts'
import { timeAsyncCalls } from './from-javascript.ts'
import { matmulModel } from './onnx-model.ts'
import { findPackage } from './packages.ts'

interface Tensor {
  readonly data: Elements
}
interface Session {
  run(
    feeds: Readonly<Record<string, Tensor>>,
    fetches: Readonly<Record<string, Tensor>>,
  ): Promise<Record<string, Tensor>>
  release(): Promise<void>
}
interface OnnxRuntime {
  readonly Tensor: new (type: string, data: Elements, sizes: readonly number[]) => Tensor
  readonly InferenceSession: {
    create(model: Uint8Array, options: Readonly<Record<string, unknown>>): Promise<Session>
  }
}

/** Its names of what its products on CPUs are made of. */
const TENSOR_TYPE: Readonly<Partial<Record<Storage, string>>> = {
  ...{ f32: 'float32', f64: 'float64' },
  ...{ u8: 'uint8', s8: 'int8', s32: 'int32' },
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
      const facts = PRODUCT_TYPES[type]
      const [inA, inB, inC] = [TENSOR_TYPE[facts.a], TENSOR_TYPE[facts.b], TENSOR_TYPE[facts.sum]]
      if (inA === undefined || inB === undefined || inC === undefined)
        throw new Declined(`no products of ${type} on CPUs`)
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
      const problems = forProblems(operands, (problem) => ({
        feeds: {
          a: new Tensor(inA, operands.a.problem(problem), [m, k]),
          ...(setting.packed ? {} : { b: new Tensor(inB, operands.b.problem(problem), [k, n]) }),
        },
        fetches: { c: new Tensor(inC, operands.c.problem(problem), [m, n]) },
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
