/** Tilewright itself, as a contender: generated code in the same loop as the peers' functions. */
import { readFileSync } from 'node:fs'
import { cpuModel } from '../../src/gemm/cpu.ts'
import { compileGemm } from '../../src/gemm/kernel.ts'
import { matmul } from '../../src/gemm/matmul.ts'
import { type ArgumentName, argumentOffset } from '../../src/microkernel/argument-block.ts'
import { generateGemm } from '../../src/microkernel/generate.ts'
import { planGemm } from '../../src/microkernel/plan.ts'
import type { GemmProblem } from '../../src/microkernel/problem.ts'
import { loadKernel, type NativeKernel } from '../../src/runtime/kernel.ts'
import { CallLoop } from '../native/call-loop.ts'
import { type Floats, forProblems, inTurn, type Operands } from '../native/operands.ts'
import { type Contender, type Identity, offer, type Prepared, type Setting } from './contender.ts'
import { timeCalls } from './from-javascript.ts'

/** A kernel of whichever type, as it is called here: the operands always fit it. */
type Multiply = ((
  a: Floats,
  b: Floats,
  c: Floats,
  open?: { readonly m: number; readonly n: number; readonly k: number },
) => void) & {
  readonly native: NativeKernel
  dispose(): void
}

function identity({ target }: Setting): Identity {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8')
  return { version: (JSON.parse(text) as { readonly version: string }).version, kernels: target }
}

/** A kernel compiled for the shape, or one for all sizes. */
export function openTilewright(setting: Setting): Contender {
  return { ...identity(setting), prepare: (operands) => prepare(operands, setting) }
}

function problemOf({ shape, type, transA, transB }: Operands, openSizes: boolean): GemmProblem {
  const { m, n, k, batch } = shape
  const sizes = openSizes ? ({ m: 'runtime', n: 'runtime', k: 'runtime' } as const) : { m, n, k }
  return { type, ...sizes, transA, transB, batch: batch === 1 ? null : { count: batch } }
}

function prepare(operands: Operands, setting: Setting): Prepared {
  offer(setting, operands, { transposed: true })
  const { m, n, k, batch } = operands.shape
  const problem = problemOf(operands, setting.openSizes)
  const options = { target: setting.target, cpu: cpuModel() }
  const kernel = compileGemm(problem, options) as unknown as Multiply
  const sets = Array.from({ length: operands.sets }, (_, set) => ({
    a: operands.a.set(set),
    b: operands.b.set(set),
    c: operands.c.set(set),
  }))
  const next = inTurn(sets)
  const sizes = { m, n, k }
  const fromJavaScript = timeCalls(
    setting.openSizes
      ? () => {
          const { a, b, c } = next()
          kernel(a, b, c, sizes)
        }
      : () => {
          const { a, b, c } = next()
          kernel(a, b, c)
        },
  )
  const compile = (): void => loadKernel(generateGemm(planGemm(problem, options)).code).dispose()
  const always = { packed: false, problemsPerCall: batch, compile }
  if (setting.timing === 'javascript') {
    return { ...always, timing: 'javascript', time: fromJavaScript, dispose: () => kernel.dispose() }
  }
  // The first call fills the kernel's own block.
  fromJavaScript(1)
  const loop = loopOver(kernel.native, operands)
  return {
    ...always,
    timing: 'kernel',
    time: (calls) => loop.time(calls),
    timeFromJavaScript: fromJavaScript,
    dispose() {
      loop.dispose()
      kernel.dispose()
    },
  }
}

/** Each record of the loop is the kernel's own block with the operands of another set. */
function loopOver({ address, block }: NativeKernel, operands: Operands): CallLoop {
  const word = (name: ArgumentName): number => argumentOffset(name) / 8
  const loop = new CallLoop('address', address, block.byteLength, operands.sets)
  for (let set = 0; set < operands.sets; set++) {
    for (const [index, value] of block.u64.entries()) loop.setInteger(set, index, value)
    for (const name of ['a', 'b', 'c'] as const) {
      loop.setInteger(set, word(name), operands[name].addressOf(set * operands.shape.batch))
    }
  }
  return loop
}

/** The function matmul: it finds the kernel for the shape and makes a new array at each call. */
export function openMatmul(setting: Setting): Contender {
  return {
    ...identity(setting),
    prepare(operands) {
      offer(setting, operands, {})
      const list = forProblems(operands, (problem) => ({
        a: operands.a.problem(problem),
        b: operands.b.problem(problem),
      }))
      const next = inTurn(list)
      const multiply = ({ a, b } = next()): ArrayLike<number> => matmul(a, b as typeof a, operands.shape)
      return {
        packed: false,
        problemsPerCall: 1,
        timing: 'javascript',
        time: timeCalls(() => multiply()),
        result: () => multiply(list[0]),
        dispose: () => list.splice(0),
      }
    },
  }
}
