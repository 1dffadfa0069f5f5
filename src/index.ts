/** The public surface of tilewright: the only place where its layers meet. */
export { assemble } from './assemble.ts'
export {
  type Argument,
  type CallOptions,
  type CallResult,
  Emulator,
  type EmulatorOptions,
  emulate,
  type RegionOptions,
} from './emulator/emulate.ts'
export {
  Fault,
  type FaultAccess,
  type FaultKind,
  InstructionLimit,
  UnsupportedInstruction,
} from './emulator/fault.ts'
export type { Permissions } from './emulator/memory.ts'
export type { CpuidLeaf, Surroundings } from './emulator/surroundings.ts'
export * from './encoder/index.ts'
export type { ArrayOfStorage } from './gemm/arrays.ts'
export type { BlasArguments, BlasOrder, BlasTranspose } from './gemm/blas.ts'
export { cblasDgemm, cblasSgemm, dgemm, sgemm } from './gemm/blas.ts'
export type { CallArguments } from './gemm/call.ts'
export type { PlanSource } from './gemm/choose-plan.ts'
export type { ConvertOptions, FormatArray, FormatInput, HalfArray } from './gemm/convert.ts'
export { convert } from './gemm/convert.ts'
export { cpuModel, type Run } from './gemm/cpu.ts'
export type { CompileOptions, GemmKernel, KernelOf } from './gemm/kernel.ts'
export { compileGemm } from './gemm/kernel.ts'
export type { MatmulSizes } from './gemm/matmul.ts'
export { matmul } from './gemm/matmul.ts'
export type { PackedLayout } from './gemm/packed.ts'
export { PackedB } from './gemm/packed.ts'
export type { Part } from './gemm/parts.ts'
export { sampleProductPeak } from './gemm/peak.ts'
export type { Slice } from './gemm/slices.ts'
export { type TuneOptions, type TuneResult, tuneGemm } from './gemm/tune.ts'
export { type PeakType, type PeakVector, samplePeak, timeKernel } from './measure/index.ts'
export type { ArgumentName } from './microkernel/argument-block.ts'
export { ARGUMENT_BLOCK_BYTES, ARGUMENTS, argumentOffset } from './microkernel/argument-block.ts'
export type { CacheModel, CpuModel } from './microkernel/cpu-model.ts'
export { GENERIC_CPU } from './microkernel/cpu-model.ts'
export type { PlanDecisions } from './microkernel/decisions.ts'
export { decisionsOf } from './microkernel/decisions.ts'
export type { GeneratedGemm } from './microkernel/generate.ts'
export { generateGemm } from './microkernel/generate.ts'
export type { FloatFormat } from './microkernel/number-formats.ts'
export { FLOAT_FORMATS } from './microkernel/number-formats.ts'
export type { GemmPlan, PlanOptions } from './microkernel/plan.ts'
export { planGemm, printPlan } from './microkernel/plan.ts'
export type { Batch, CompleteProblem, GemmProblem } from './microkernel/problem.ts'
export { errorBound, referenceGemm } from './microkernel/reference.ts'
export type { TargetName } from './microkernel/targets/index.ts'
export { TARGET_NAMES, TARGETS } from './microkernel/targets/index.ts'
export {
  type ArgumentField,
  cHeader,
  type ExportedFunction,
  objectFile,
  sharedLibrary,
} from './objects/index.ts'
export { allocate, checkAllocation, Recorder } from './regalloc/index.ts'
export type { Threads } from './runtime/index.ts'
export {
  availableCpus,
  cpuFeatures,
  defaultThreads,
  endThreads,
  loadKernel,
  setThreads,
} from './runtime/index.ts'
export { printProgram } from './schedule/print-program.ts'
export type { ProductFacts, ProductType, Storage } from './schedule/product-type.ts'
export { PRODUCT_TYPES } from './schedule/product-type.ts'
export type { Scalar, Size, TileProgram } from './schedule/tile-program.ts'
