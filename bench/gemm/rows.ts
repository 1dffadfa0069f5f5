/** The rows of `--json`: one flat object per shape and contender. */
import type { TargetName } from '../../src/microkernel/targets/index.ts'
import type { ProductType } from '../../src/schedule/product-type.ts'
import type { Measurement, RoundOptions, ShapeResult } from './rounds.ts'

/** One contender on one shape, as `--json` prints it. Numbers that do not apply are left out. */
export interface Row {
  readonly m: number
  readonly n: number
  readonly k: number
  /** Distinct problems in one go. */
  readonly batch: number
  readonly type: ProductType
  readonly transA: boolean
  readonly transB: boolean
  readonly isa: TargetName
  readonly threads: number
  /** `tilewright`, a peer's name, or `read bandwidth`. */
  readonly contender: string
  readonly version: string
  /** Which kernels it runs here, in its own words. */
  readonly kernels: string
  /** Whether B was packed outside the timing. */
  readonly packed: boolean
  /** Ours alone: whether sizes were given at the call. */
  readonly openSizes: boolean
  /** `kernel`: repeated inside one native call; `javascript`: called from JavaScript. */
  readonly timing: 'kernel' | 'javascript'
  /** `warm`: the same operands again and again; `cold`: others each time, none of them in a cache. */
  readonly operands: 'warm' | 'cold'
  readonly alignment: number
  readonly rounds: number
  readonly gflops: { readonly min: number; readonly median: number; readonly max: number }
  /** Median nanoseconds of one problem. */
  readonly nanoseconds: number
  /** Median of the samples of the peak of the type's own instruction in the same rounds, times the threads. */
  readonly peakGflops: number
  readonly percentOfPeak: number
  /** Share of the time that the contender had a core; less than 1 on a busy machine. */
  readonly presence: number
  /** Every element checked is within the rounding bound. */
  readonly verified: boolean
  readonly maxError?: number
  readonly fromJavaScript?: Measurement['fromJavaScript']
  readonly callNanoseconds?: number
  readonly compileMicroseconds?: number
  readonly gigabytesPerSecond?: number
  readonly percentOfBandwidth?: number
}

export interface RunOptions extends RoundOptions {
  readonly target: TargetName
  readonly openSizes: boolean
}

export function rowsOf({ shape, measurements }: ShapeResult, options: RunOptions): readonly Row[] {
  const { type, transA, transB, target, threads, openSizes, coldBytes, alignment, rounds } = options
  return measurements.map((measurement) => {
    const { contender, version, kernels, packed, timing, gflops, verified, maxError, memory } = measurement
    const { fromJavaScript, compileMicroseconds } = measurement
    return {
      ...shape,
      type,
      transA,
      transB,
      isa: target,
      threads,
      contender,
      version,
      kernels,
      packed,
      openSizes,
      timing,
      operands: coldBytes === 0 ? 'warm' : 'cold',
      alignment,
      rounds,
      gflops,
      nanoseconds: measurement.nanoseconds.median,
      peakGflops: measurement.peakGflops,
      percentOfPeak: measurement.percentOfPeak,
      presence: measurement.presence,
      verified,
      ...(maxError === null ? {} : { maxError }),
      ...(fromJavaScript === null ? {} : { fromJavaScript, callNanoseconds: fromJavaScript.callNanoseconds }),
      ...(compileMicroseconds === null ? {} : { compileMicroseconds }),
      ...memory,
    }
  })
}
