/** The public surface of register allocation. */
export { type Abi, systemV } from './abi.ts'
export { allocate } from './allocate.ts'
export { assemble } from './assemble.ts'
export { checkAllocation } from './checker.ts'
export { AllocationError, CheckError } from './errors.ts'
export type { Constant, Mark, PFunction, PInst, PItem, V, VFunction, VInst, VItem } from './function.ts'
export { printFunction } from './print.ts'
export { Recorder, type RecorderOptions } from './recorder.ts'
