/** The environment that contenders are loaded in: nothing of the caller's that picks kernels or threads for them. */
import { type TargetName, targetNamed } from '../../src/microkernel/targets/index.ts'

/** Variables that peers, or the libraries under them, read: kernels, threads, blocking, verbosity. */
const MEDDLING = /^(OPENBLAS|GOTO|BLIS|BLI|AOCL|ONEDNN|DNNL|MKLDNN|MKL|LIBXSMM|XSMM|OMP|GOMP|KMP|ORT)_/

/** What was found, by name; the report says that it was left out. */
export function meddlingVariables(environment: NodeJS.ProcessEnv): readonly string[] {
  return Object.keys(environment)
    .filter((name) => MEDDLING.test(name))
    .sort()
}

/** Where the target's vectors are those of AVX2, peers are held to it too, so that like is compared with like. */
const AVX2_ONLY: Readonly<Record<string, string>> = {
  OPENBLAS_CORETYPE: 'Haswell',
  ONEDNN_MAX_CPU_ISA: 'AVX2',
  DNNL_MAX_CPU_ISA: 'AVX2',
  LIBXSMM_TARGET: 'hsw',
}

/** A clean environment, with the number of threads in every variable that says it. */
export function cleanEnvironment(
  environment: NodeJS.ProcessEnv,
  threads: number,
  target: TargetName,
  wishes: Readonly<Record<string, string>> = {},
): NodeJS.ProcessEnv {
  const count = String(threads)
  const clean = Object.fromEntries(Object.entries(environment).filter(([name]) => !MEDDLING.test(name)))
  return {
    ...clean,
    OPENBLAS_NUM_THREADS: count,
    BLIS_NUM_THREADS: count,
    OMP_NUM_THREADS: count,
    ...(targetNamed(target).vector === 'ymm' ? AVX2_ONLY : {}),
    ...wishes,
  }
}
