/** What takes part in a comparison: opened once, prepared for each shape, then sampled in turn with the others. */
import type { TargetName } from '../../src/microkernel/targets/index.ts'
import type { FloatOperands, Operands } from '../native/operands.ts'

/** Kernel time, as a benchmark in C would loop; or a call from JavaScript with all that it takes. */
export type Timing = 'kernel' | 'javascript'

/** What holds for all shapes of a run. */
export interface Setting {
  readonly threads: number
  readonly target: TargetName
  readonly timing: Timing
  /** B in the contender's own layout, made outside the timing. */
  readonly packed: boolean
  /** Sizes given at the call: one kernel for all shapes. What is called with sizes anyway takes no notice. */
  readonly openSizes: boolean
}

/** Who a contender is, for the report. */
export interface Identity {
  readonly version: string
  /** Which kernels it runs here, in its own words. */
  readonly kernels: string
}

/** A contender asks for variables that it reads while being loaded: it is then loaded anew, with them. */
export class EnvironmentWish extends Error {
  override readonly name = 'EnvironmentWish'
  readonly variables: Readonly<Record<string, string>>

  constructor(variables: Readonly<Record<string, string>>) {
    super(`wants ${Object.entries(variables).map(([name, value]) => `${name}=${value}`)}`)
    this.variables = variables
  }
}

/** A contender has nothing for a problem: no such type, no kernel of that size. */
export class Declined extends Error {
  override readonly name = 'Declined'
}

/** A contender that is loaded. */
export interface Contender extends Identity {
  /** Makes ready for one shape. Declined when it cannot do it. */
  prepare(operands: Operands): Prepared | Promise<Prepared>
}

/**
 * How calls are timed: nanoseconds that one takes, averaged over that many, on one problem after another.
 * Answers by promise are for what itself answers so.
 */
export type Timer =
  | { readonly synchronous: true; readonly time: (calls: number) => number }
  | { readonly synchronous: false; readonly time: (calls: number) => Promise<number> }

/** A contender ready for one shape. */
export type Prepared = Timer & {
  /** B was re-laid outside the timing. */
  readonly packed: boolean
  /** What `time` times. */
  readonly timing: Timing
  /** Problems that one call computes: all of a batch, or one. */
  readonly problemsPerCall: number
  /** The same from JavaScript, where `time` is kernel time. */
  readonly timeFromJavaScript?: (calls: number) => number
  /** Bytes that one call reads from memory; only for what measures bandwidth. */
  readonly bytesPerCall?: number
  /** The first problem's result, where results are not written to the operands' own C. */
  result?(): ArrayLike<number>
  /** Makes the code of this shape anew: all that it takes before the first call. */
  compile?(): void
  dispose(): void
}

/** Operands for those that know f32 and f64 alone. Declined for other types. */
export function floatsOnly(operands: Operands): FloatOperands {
  if (operands.type !== 'f32' && operands.type !== 'f64') throw new Declined('f32 and f64 only')
  return operands as FloatOperands
}

/** Declined when the setting or the operands ask for what a contender does not offer. */
export function offer(
  setting: Setting,
  { transA, transB }: Operands,
  offered: { readonly packed?: boolean; readonly threads?: boolean; readonly transposed?: boolean },
): void {
  if (setting.packed && offered.packed !== true) throw new Declined('no operands packed beforehand')
  if (setting.threads > 1 && offered.threads !== true) throw new Declined('one thread only')
  if ((transA || transB) && offered.transposed !== true) throw new Declined('no transposed operands')
}
