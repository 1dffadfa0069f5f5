/** LIBXSMM as a contender: its just-in-time kernel for the whole shape, for the interfaces of 1.x and 2.x. */
import { readFileSync, realpathSync } from 'node:fs'
import { CallLoop, type Passing } from '../native/call-loop.ts'
import type { Operands } from '../native/operands.ts'
import { type CType, integerStructure, SharedObject } from '../native/shared-object.ts'
import { type Contender, Declined, floatsOnly, offer, type Prepared, type Setting } from './contender.ts'
import { prepareBrgemm } from './libxsmm-brgemm.ts'
import { DATATYPES, FLAG_BETA_0, PARAMETER_WORDS, SHAPE_FIELDS } from './libxsmm-interface.ts'
import { prepareNarrow } from './libxsmm-narrow.ts'

/** A kernel's entry, and how it wants its three addresses. */
interface Kernel {
  readonly address: number
  readonly passing: Passing
  readonly recordBytes: number
  /** Words of a record that hold the addresses of its A, B and C. */
  readonly words: readonly [number, number, number]
}

/** Finds a kernel of a column-major product C += A·B or C = A·B; null when LIBXSMM has none. */
type Dispatch = (m: number, n: number, k: number, type: 'f32' | 'f64') => Kernel | null

/** 1.x: `void kernel(a, b, c)`, scalars and leading dimensions by pointer, beta = 0 by value. */
function dispatchOld(library: SharedObject): Dispatch {
  const int = ['int', 'int', 'int']
  const pointers = ['void *', 'void *', 'void *', 'void *', 'void *', 'void *', 'void *']
  return (m, n, k, type) => {
    const find = library.function<(...args: readonly unknown[]) => number | bigint>(
      'int64',
      [...int, ...pointers],
      type === 'f32' ? 'libxsmm_smmdispatch' : 'libxsmm_dmmdispatch',
    )
    const Floats = type === 'f32' ? Float32Array : Float64Array
    const address = Number(find(m, n, k, null, null, null, Floats.of(1), Floats.of(0), null, null))
    if (address === 0) return null
    return { address, passing: { integers: 3, scalars: 0 }, recordBytes: 24, words: [0, 1, 2] }
  }
}

/** 2.x: `void kernel(const libxsmm_gemm_param *)`, the shape as a structure by value. */
function dispatchNew(library: SharedObject): Dispatch {
  const shape: CType = integerStructure(SHAPE_FIELDS)
  const find = library.function<(shape: object, flags: number, prefetch: number) => number | bigint>(
    'int64',
    [shape, 'uint32', 'uint32'],
    'libxsmm_dispatch_gemm',
  )
  return (m, n, k, type) => {
    const t = DATATYPES[type]
    const sizes = { m, n, k, lda: m, ldb: k, ldc: m, a: t, b: t, out: t, comp: t }
    const address = Number(find(sizes, FLAG_BETA_0, 0))
    if (address === 0) return null
    return { address, passing: 'address', recordBytes: 8 * PARAMETER_WORDS, words: [4, 10, 16] }
  }
}

/** Neither version has a function that tells it: the file's name does, or the path it was built under. */
function versionOf(path: string): string {
  const name = /\.so\.(\d+\.\d+[\d.]*)$/.exec(realpathSync(path))?.[1]
  return name ?? /libxsmm-(\d+\.\d+[\d.]*)/.exec(readFileSync(path, 'latin1'))?.[1] ?? 'unknown'
}

export function openLibxsmm(candidates: readonly string[], setting: Setting): Contender {
  const library = SharedObject.open(candidates)
  library.function<() => void>('void', [], 'libxsmm_init')()
  const dispatch =
    library.find('libxsmm_dispatch_gemm') === null ? dispatchOld(library) : dispatchNew(library)
  const architecture = library.function<() => string>('str', [], 'libxsmm_get_target_arch')()
  const reducing = setting.packed && library.find('libxsmm_dispatch_brgemm') !== null
  return {
    version: versionOf(library.path),
    kernels: reducing ? `${architecture}, batch-reduce on packed A and B` : architecture,
    prepare(operands) {
      if (operands.type !== 'f32' && operands.type !== 'f64') {
        offer(setting, operands, { packed: true })
        return prepareNarrow(library, setting, operands)
      }
      offer(setting, operands, { packed: reducing })
      return reducing ? prepareBrgemm(library, operands) : prepare(dispatch, operands)
    },
  }
}

function prepare(dispatch: Dispatch, operands: Operands): Prepared {
  const { shape, type, problems, a, b, c } = floatsOnly(operands)
  // Column-major: C's transpose is B's transpose times A's.
  const kernel = dispatch(shape.n, shape.m, shape.k, type)
  if (kernel === null) throw new Declined('no kernel of this size')
  const loop = new CallLoop({ ...kernel, records: problems, kept: [operands] })
  for (let problem = 0; problem < problems; problem++) {
    for (const [index, operand] of [b, a, c].entries()) {
      loop.setInteger(problem, kernel.words[index]!, operand.addressOf(problem))
    }
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
