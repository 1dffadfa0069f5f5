/** What the command and the processes that hold the contenders say to each other: one request, one answer. */
import type { ProductType } from '../../src/schedule/product-type.ts'
import type { Identity, Setting, Timing } from '../contenders/contender.ts'
import type { Entry } from '../contenders/registry.ts'
import type { Shape } from '../gemm/shapes.ts'
import type { Verification } from '../verification.ts'

/** Loads a contender. */
export interface OpenRequest {
  readonly kind: 'open'
  readonly entry: Entry
  readonly setting: Setting
}
export type OpenAnswer =
  | ({ readonly kind: 'opened' } & Identity)
  | { readonly kind: 'missing'; readonly reason: string }
  | { readonly kind: 'wish'; readonly variables: Readonly<Record<string, string>> }

/** Makes operands for a shape, and the reference's results; what belongs to the shape before is dropped. */
export interface ShapeRequest {
  readonly kind: 'shape'
  readonly shape: Shape
  readonly type: ProductType
  readonly transA: boolean
  readonly transB: boolean
  readonly alignment: number
  /** So many bytes of operands that the caches hold none of them when their turn comes again, or 0. */
  readonly coldBytes: number
}
export interface ShapeAnswer {
  readonly kind: 'shape'
}

/** Prepares a contender for the shape and checks its results. */
export interface PrepareRequest {
  readonly kind: 'prepare'
  readonly name: string
  readonly sampleMilliseconds: number
}
export type PrepareAnswer =
  | {
      readonly kind: 'prepared'
      readonly verification: Verification | null
      readonly packed: boolean
      readonly timing: Timing
      readonly bytesPerCall: number | null
    }
  | { readonly kind: 'declined'; readonly reason: string }

/** Times a contender once. */
export interface SampleRequest {
  readonly kind: 'sample'
  readonly name: string
  readonly fromJavaScript: boolean
}
export interface Sample {
  readonly kind: 'sample'
  /** For one problem. */
  readonly nanoseconds: number
  /** For one call, from JavaScript, right after; null where that was not asked or is not told apart. */
  readonly fromJavaScriptNanoseconds: number | null
  readonly nanosecondsPerCall: number
  /** Of one core: the mean of a sample before and one after. */
  readonly peakGflops: number
  /** How much of the time the process had a core, from 0 to 1; below 1 the rest is not in the figures. */
  readonly presence: number
}

/** Times making the code of the shape. */
export interface CompileRequest {
  readonly kind: 'compile'
  readonly name: string
}
export interface CompileAnswer {
  readonly kind: 'compile'
  /** The median of many, warm. */
  readonly microseconds: number
}

export type Request = OpenRequest | ShapeRequest | PrepareRequest | SampleRequest | CompileRequest

/** An answer where something went wrong that no one foresaw. */
export interface Failure {
  readonly kind: 'failure'
  readonly message: string
}

/** The answer to each kind of request. */
export interface Answers {
  readonly open: OpenAnswer
  readonly shape: ShapeAnswer
  readonly prepare: PrepareAnswer
  readonly sample: Sample
  readonly compile: CompileAnswer
}
