/**
 * TensorFlow.js on its WebAssembly backend as a contender: matMul on tensors made beforehand, its result disposed.
 * Copying operands in and results out is not charged to it.
 */
import { join, sep } from 'node:path'
import { forProblems, inTurn } from '../native/operands.ts'
import { type Contender, Declined, offer, type Setting } from './contender.ts'
import { timeCalls } from './from-javascript.ts'
import { findPackage } from './packages.ts'

interface Tensor {
  dataSync(): ArrayLike<number>
  dispose(): void
}
interface TensorFlow {
  tensor2d(values: ArrayLike<number>, shape: readonly [number, number], type: 'float32'): Tensor
  matMul(a: Tensor, b: Tensor): Tensor
  setBackend(name: 'wasm'): Promise<boolean>
  ready(): Promise<void>
}
interface WasmBackend {
  setWasmPaths(folder: string): void
  setThreadsCount(threads: number): void
}

export async function openTfjsWasm(folder: string | null, setting: Setting): Promise<Contender> {
  const found = findPackage('@tensorflow/tfjs-backend-wasm', folder)
  const tf = (await found.load('@tensorflow/tfjs-core')) as TensorFlow
  const backend = (await found.load('@tensorflow/tfjs-backend-wasm')) as WasmBackend
  backend.setWasmPaths(join(found.folder, 'dist') + sep)
  backend.setThreadsCount(setting.threads)
  await tf.setBackend('wasm')
  await tf.ready()
  return {
    version: found.version,
    kernels: 'WebAssembly',
    prepare(operands) {
      offer(setting, operands, { threads: true })
      const { shape, type } = operands
      if (type !== 'f32') throw new Declined('f32 only')
      const problems = forProblems(operands, (problem) => ({
        a: tf.tensor2d(operands.a.problem(problem).slice(), [shape.m, shape.k], 'float32'),
        b: tf.tensor2d(operands.b.problem(problem).slice(), [shape.k, shape.n], 'float32'),
      }))
      const next = inTurn(problems)
      const multiply = (): void => {
        const problem = next()
        tf.matMul(problem.a, problem.b).dispose()
      }
      return {
        packed: false,
        problemsPerCall: 1,
        timing: 'javascript',
        synchronous: true,
        time: timeCalls(multiply),
        result() {
          const product = tf.matMul(problems[0]!.a, problems[0]!.b)
          const elements = product.dataSync()
          product.dispose()
          return elements
        },
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
