/** OpenBLAS as a contender. */
import { SharedObject } from '../native/shared-object.ts'
import { decorated, prepareCblas } from './cblas.ts'
import { type Contender, EnvironmentWish, type Setting } from './contender.ts'

/** Core types whose kernels use AVX-512; on a CPU that has it, any other was chosen for want of knowledge. */
const AVX512_CORES = new Set(['SkylakeX', 'Cooperlake', 'SapphireRapids', 'Zen5', 'Zen4'])

export function openOpenBlas(candidates: readonly string[], setting: Setting): Contender {
  const library = SharedObject.open(candidates)
  const text = (name: string): string =>
    library.function<() => string>('str', [], ...decorated(`openblas_${name}`))()
  library.function<(threads: number) => void>(
    'void',
    ['int'],
    ...decorated('openblas_set_num_threads'),
  )(setting.threads)
  const config = text('get_config')
  const core = text('get_corename')
  if (
    setting.target === 'avx512' &&
    process.env.OPENBLAS_CORETYPE === undefined &&
    !AVX512_CORES.has(core) &&
    config.includes('DYNAMIC_ARCH')
  ) {
    throw new EnvironmentWish({ OPENBLAS_CORETYPE: 'SkylakeX' })
  }
  return {
    version: /OpenBLAS (\S+)/.exec(config)?.[1] ?? config,
    kernels: core,
    prepare: (operands) => prepareCblas(library, operands, setting),
  }
}
