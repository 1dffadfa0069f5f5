/** BLIS, and AOCL-BLAS which is built from it, as contenders. */
import { targetNamed } from '../../src/microkernel/targets/index.ts'
import { SharedObject } from '../native/shared-object.ts'
import { prepareCblas } from './cblas.ts'
import { type Contender, EnvironmentWish, type Setting } from './contender.ts'

/** Architectures whose kernels use what the target has, the best first. */
const ARCHITECTURES = {
  avx512: ['zen5', 'zen4', 'skx'],
  avx2: ['haswell', 'zen3', 'zen2', 'zen'],
} as const
/** The last of all in every version: beyond it, names are read from beyond an array. */
const LAST_ARCHITECTURE = 'generic'

export function openBlis(candidates: readonly string[], setting: Setting): Contender {
  const library = SharedObject.open(candidates)
  // BLIS aborts when it is told an architecture and asked for it before this.
  library.function<() => void>('void', [], 'bli_init')()
  const nameOf = library.function<(id: number) => string | null>('str', ['int'], 'bli_arch_string')
  const id = library.function<() => number>('int', [], 'bli_arch_query_id')()
  const architecture = nameOf(id) ?? `architecture ${id}`
  // A version older than the CPU falls back to portable C; the fair choice are its best kernels that run.
  const fitting: readonly string[] =
    ARCHITECTURES[targetNamed(setting.target).vector === 'zmm' ? 'avx512' : 'avx2']
  if (process.env.BLIS_ARCH_TYPE === undefined && !fitting.includes(architecture)) {
    const known: (string | null)[] = []
    while (known.at(-1) !== LAST_ARCHITECTURE) known.push(nameOf(known.length))
    for (const name of fitting) {
      const wanted = known.indexOf(name)
      if (wanted >= 0) throw new EnvironmentWish({ BLIS_ARCH_TYPE: String(wanted) })
    }
  }
  library.function<(threads: bigint) => void>(
    'void',
    ['int64'],
    'bli_thread_set_num_threads',
  )(BigInt(setting.threads))
  const version = library.function<() => string>('str', [], 'bli_info_get_version_str')()
  return {
    version,
    kernels: architecture,
    prepare: (operands) => prepareCblas(library, operands, setting),
  }
}
