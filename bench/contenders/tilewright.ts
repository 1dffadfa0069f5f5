/** Tilewright itself, as a contender: generated code in the same loop as the peers' functions. */
import { readFileSync } from 'node:fs'
import { compileGemm } from '../../src/gemm/kernel.ts'
import { type MatmulSizes, matmul } from '../../src/gemm/matmul.ts'
import { PackedB } from '../../src/gemm/packed.ts'
import { argumentOffset } from '../../src/microkernel/argument-block.ts'
import type { GemmProblem } from '../../src/microkernel/problem.ts'
import type { NativeKernel } from '../../src/runtime/kernel.ts'
import { locate } from '../../src/runtime/located.ts'
import { CallLoop } from '../native/call-loop.ts'
import { type Elements, forProblems, inTurn, type Operands } from '../native/operands.ts'
import { type Contender, Declined, type Identity, offer, type Prepared, type Setting } from './contender.ts'
import { timeCalls } from './from-javascript.ts'

/** A kernel of whichever type, as it is called here: the operands always fit it. */
type Multiply = ((a: Elements, b: Elements | PackedB, c: Elements, open?: Sizes) => void) & {
  readonly native: NativeKernel
  packB(b: Elements): PackedB
  dispose(): void
}

interface Sizes {
  readonly m: number
  readonly n: number
  readonly k: number
}

/** matmul of whichever type. */
const multiplyArrays = matmul as (a: Elements, b: Elements, sizes: MatmulSizes) => ArrayLike<number>

/** What one call works on. */
interface Arguments {
  readonly a: Elements
  readonly b: Elements | PackedB
  readonly c: Elements
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
  const { packed, openSizes, threads, target } = setting
  const { shape, sets } = operands
  offer(setting, operands, { transposed: true, threads: true, packed: true })
  if (threads > 1 && sets > 1) throw new Declined('one set of operands only where threads share a product')
  if (packed && (openSizes || shape.batch > 1)) throw new Declined('packed for one known shape only')
  const problem = problemOf(operands, openSizes)
  const options = { target, threads, packedB: packed }
  const compileKernel = (): Multiply => compileGemm(problem, options) as unknown as Multiply
  const kernel = compileKernel()
  const list = Array.from({ length: sets }, (_, set): Arguments => {
    const b = operands.b.set(set)
    return { a: operands.a.set(set), b: packed ? kernel.packB(b) : b, c: operands.c.set(set) }
  })
  const next = inTurn(list)
  const sizes: Sizes = { m: shape.m, n: shape.n, k: shape.k }
  const fromJavaScript = timeCalls(
    openSizes
      ? () => {
          const { a, b, c } = next()
          kernel(a, b, c, sizes)
        }
      : () => {
          const { a, b, c } = next()
          kernel(a, b, c)
        },
  )
  const always = {
    packed,
    problemsPerCall: shape.batch,
    synchronous: true,
    compile: () => compileKernel().dispose(),
  } as const
  if (setting.timing === 'javascript') {
    return { ...always, timing: 'javascript', time: fromJavaScript, dispose: () => kernel.dispose() }
  }
  // The first call fills the kernel's own block.
  fromJavaScript(1)
  const loop = threads > 1 ? new ThreadsLoop(kernel) : new KernelLoop(kernel, list)
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

/** A single-threaded kernel in the loop: each record is the kernel's own block with other operands. */
class KernelLoop {
  readonly #kernel: Multiply
  readonly #list: readonly Arguments[]
  readonly #loop: CallLoop
  #block: readonly bigint[] = []

  constructor(kernel: Multiply, list: readonly Arguments[]) {
    const { address, block } = kernel.native
    this.#kernel = kernel
    this.#list = list
    this.#loop = new CallLoop({
      passing: 'address',
      address,
      recordBytes: block.byteLength,
      records: list.length,
      kept: [kernel, list],
    })
  }

  time(calls: number): number {
    // Other kernels may have moved the workspace that all share.
    const block = [...this.#kernel.native.block.u64]
    if (block.some((value, index) => value !== this.#block[index])) this.#write(block)
    return this.#loop.time(calls)
  }

  #write(block: readonly bigint[]): void {
    this.#block = block
    for (const [record, { a, b, c }] of this.#list.entries()) {
      for (const [word, value] of block.entries()) this.#loop.setInteger(record, word, value)
      const addresses = { a, b: b instanceof PackedB ? b.data : b, c }
      for (const name of ['a', 'b', 'c'] as const) {
        this.#loop.setInteger(record, argumentOffset(name) / 8, locate(addresses[name]).bits)
      }
    }
  }

  dispose(): void {
    this.#loop.dispose()
  }
}

/** A kernel on several threads in the loop, on the operands of its last call: what leads to the threads is not copied. */
class ThreadsLoop {
  readonly #kernel: Multiply
  readonly #loop: CallLoop

  constructor(kernel: Multiply) {
    this.#kernel = kernel
    this.#loop = new CallLoop({
      passing: { integers: 1, scalars: 0 },
      address: kernel.native.address,
      recordBytes: 8,
      records: 1,
      kept: [kernel],
    })
  }

  time(calls: number): number {
    // Asking for the code completes its block and summons the threads.
    this.#loop.setInteger(0, 0, this.#kernel.native.block.bits)
    return this.#loop.time(calls)
  }

  dispose(): void {
    this.#loop.dispose()
  }
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
      const multiply = ({ a, b } = next()): ArrayLike<number> =>
        multiplyArrays(a, b, { ...operands.shape, type: operands.type })
      return {
        packed: false,
        problemsPerCall: 1,
        timing: 'javascript',
        synchronous: true,
        time: timeCalls(() => multiply()),
        result: () => multiply(list[0]),
        dispose: () => list.splice(0),
      }
    },
  }
}
