/**
 * Node's own modules, each loaded when first needed: as imports they were a tenth of what an import of the package
 * took, most of it for node:worker_threads and node:fs.
 */
import { createRequire } from 'node:module'

const load = createRequire(import.meta.url)

export const nodeFs = (): typeof import('node:fs') => load('node:fs')
export const nodeOs = (): typeof import('node:os') => load('node:os')
export const nodePath = (): typeof import('node:path') => load('node:path')
export const nodeWorkers = (): typeof import('node:worker_threads') => load('node:worker_threads')

/** A package that may be missing; what `require` throws then is thrown. */
export const optionalPackage = (name: string): unknown => load(name)
