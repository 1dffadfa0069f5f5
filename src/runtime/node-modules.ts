/**
 * Node's own modules, each loaded when first needed: as imports they were a tenth of what an import of the package
 * took, most of it for node:worker_threads and node:fs.
 */
import { createRequire } from 'node:module'

const load = createRequire(import.meta.url)

export const nodeFs = (): typeof import('node:fs') => load('node:fs')
export const nodeOs = (): typeof import('node:os') => load('node:os')
export const nodePath = (): typeof import('node:path') => load('node:path')

/**
 * Whether this is the main thread, without loading node:worker_threads, which takes 4 ms in a fresh process: Workers have no
 * chdir, and Node marks it as disabled there.
 */
export const isMainThread = (): boolean =>
  (process.chdir as { readonly disabled?: boolean }).disabled !== true

/** A package that may be missing; what `require` throws then is thrown. */
export const optionalPackage = (name: string): unknown => load(name)
