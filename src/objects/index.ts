/** Exporting machine code: object files, shared libraries and C headers. */
export { cHeader } from './c-header.ts'
export type { ArgumentField, CType, ExportedFunction } from './exported-function.ts'
export { objectFile } from './object-file.ts'
export { type SharedLibraryOptions, sharedLibrary } from './shared-library.ts'
