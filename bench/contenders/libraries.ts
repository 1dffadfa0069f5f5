/** Where the shared libraries of peers are looked for, and how one gets them. */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, statSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

const TRIPLET = '/usr/lib/x86_64-linux-gnu'

export const OPENBLAS_LIBRARIES: readonly string[] = [
  `${TRIPLET}/openblas-pthread/libopenblas.so.0`,
  'libopenblas.so.0',
  'libopenblas.so',
]
export const BLIS_LIBRARIES: readonly string[] = [
  `${TRIPLET}/blis-pthread/libblis.so.4`,
  'libblis.so.5',
  'libblis.so.4',
  'libblis.so',
]
export const ONEDNN_LIBRARIES: readonly string[] = ['libdnnl.so.3', 'libdnnl.so.2', 'libdnnl.so']

const XSMM_ARCHIVES = ['/usr/lib/libxsmm.a', '/usr/lib/libxsmmnoblas.a'] as const

/** Debian ships LIBXSMM as an archive only: where there is one, a shared library is linked from it, once. */
export function libxsmmLibraries(): readonly string[] {
  const usual = ['libxsmm.so.2', 'libxsmm.so.1', 'libxsmm.so']
  if (!XSMM_ARCHIVES.every((archive) => existsSync(archive))) return usual
  const folder = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'tilewright')
  const linked = join(folder, 'libxsmm.so')
  if (!existsSync(linked) || statSync(linked).mtimeMs < statSync(XSMM_ARCHIVES[0]).mtimeMs) {
    mkdirSync(folder, { recursive: true })
    const whole = ['-Wl,--whole-archive', ...XSMM_ARCHIVES, '-Wl,--no-whole-archive']
    try {
      execFileSync('cc', ['-shared', '-o', linked, ...whole, '-lpthread', '-ldl', '-lm', '-lrt'], {
        stdio: ['ignore', 'ignore', 'pipe'],
      })
    } catch {
      return usual
    }
  }
  return [...usual, linked]
}
