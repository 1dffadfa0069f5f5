/** oneDNN as two contenders: the function dnnl_sgemm, and the matmul primitive, which may pack B beforehand. */
import { host } from '../../src/runtime/hosts/select.ts'
import { CallLoop } from '../native/call-loop.ts'
import type { Operands } from '../native/operands.ts'
import { SharedObject } from '../native/shared-object.ts'
import { type Contender, Declined, type Identity, offer, type Prepared, type Setting } from './contender.ts'
import { MatmulPrimitives } from './onednn-matmul.ts'

/** dnnl_cpu_isa_t, the values that mean the same in 2.x and 3.x. */
const ISA_NAMES: Readonly<Record<number, string>> = {
  1: 'sse41',
  3: 'avx',
  7: 'avx2',
  39: 'avx512_core',
  103: 'avx512_core_vnni',
  231: 'avx512_core_bf16',
}

function identify(library: SharedObject): Identity {
  const version = library.function<() => number | bigint>('int64', [], 'dnnl_version')()
  const [major, minor, patch] = new Int32Array(host().view(Number(version), 12))
  const isa = library.function<() => number>('int', [], 'dnnl_get_effective_cpu_isa')()
  return { version: `${major}.${minor}.${patch}`, kernels: ISA_NAMES[isa] ?? `isa 0x${isa.toString(16)}` }
}

/** dnnl_sgemm(transA, transB, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc), row-major. */
export function openOneDnn(candidates: readonly string[], setting: Setting): Contender {
  const library = SharedObject.open(candidates)
  const address = library.address('dnnl_sgemm')
  return { ...identify(library), prepare: (operands) => prepare(address, operands, setting) }
}

function prepare(address: number, operands: Operands, setting: Setting): Prepared {
  offer(setting, operands, { transposed: true, threads: true })
  const { shape, type, transA, transB, problems, a, b, c } = operands
  if (type !== 'f32') throw new Declined('f32 only')
  const transposition = (wanted: boolean): number => (wanted ? 'T' : 'N').charCodeAt(0)
  const fixed = [transposition(transA), transposition(transB), shape.m, shape.n, shape.k].map(BigInt)
  const passing = { integers: fixed.length + 6, scalars: 2 }
  const loop = new CallLoop({
    passing,
    address,
    recordBytes: 8 * (passing.integers + passing.scalars),
    records: problems,
    kept: [operands],
  })
  for (let problem = 0; problem < problems; problem++) {
    const matrices = [a, b, c].flatMap((operand) => [operand.addressOf(problem), BigInt(operand.width)])
    for (const [word, value] of [...fixed, ...matrices].entries()) loop.setInteger(problem, word, value)
    loop.setScalar(problem, passing.integers, 'f32', 1)
    loop.setScalar(problem, passing.integers + 1, 'f32', 0)
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

/** The matmul primitive: compiled for the shape, executed on memory objects made beforehand. */
export function openOneDnnMatmul(candidates: readonly string[], setting: Setting): Contender {
  const library = SharedObject.open(candidates)
  const primitives = new MatmulPrimitives(library)
  return {
    ...identify(library),
    prepare(operands) {
      offer(setting, operands, { packed: true, threads: true, transposed: true })
      if (operands.type === 'f64') throw new Declined('no f64')
      return primitives.prepare(operands, setting.packed)
    },
  }
}
