/** How an instruction set moves elements between narrow storages in memory and wide lanes in vectors. */
import type { V } from '../regalloc/function.ts'
import type { Recorder } from '../regalloc/recorder.ts'
import type { Address, MaskKind, VectorKind } from './operand-kinds.ts'
import type { Storage } from './product-type.ts'
import type { Quantity } from './quantity.ts'

/** Storages narrower than 32 bits. */
export type NarrowStorage = Extract<Storage, 'bf16' | 'f16' | 'e4m3' | 'e5m2' | 's8' | 'u8'>
/** Those that hold floating-point numbers. */
export type NarrowFloat = Exclude<NarrowStorage, 's8' | 'u8'>
/** Those that hold integers. */
export type NarrowInteger = Extract<NarrowStorage, 's8' | 'u8'>

/**
 * The first `count` lanes of a vector, 1 ≤ count ≤ all; made by `Conversions.part`. The mask is null where the
 * instruction set cannot mask accesses to elements this small: then code goes by the count, element by element.
 */
export interface Part<M extends MaskKind> {
  readonly count: Quantity
  readonly mask: V<M> | null
}

/** From elements of one storage in memory to wider lanes. Exact: every value of the storage is one of the lane. */
export interface Widening<K extends VectorKind, M extends MaskKind> {
  /** As many elements as the vector has lanes. */
  load(f: Recorder, to: V<K>, from: Address): void
  /** The part's elements, 0 in the other lanes; touches no byte behind them. */
  loadPart(f: Recorder, to: V<K>, from: Address, part: Part<M>): void
  /** One element in every lane. */
  broadcast(f: Recorder, to: V<K>, from: Address): void
}

export interface NarrowingOptions<K extends VectorKind> {
  /**
   * e4m3 and e5m2: what is too large, infinities included, becomes the largest finite number. Without it e5m2 overflows
   * to an infinity, and e4m3, which has none, to NaN. bf16 and f16 overflow to infinities; s8 and u8 always saturate.
   */
  readonly saturate?: boolean
  /** s8 and u8: added after rounding, −128 to 255; known, or from `Conversions.zeroPoint`. Default 0. */
  readonly zero?: number | V<K>
}

/**
 * From f32 lanes to elements of one storage in memory, rounded once, to nearest, ties to even, by MXCSR as System V
 * hands it over; see `microkernel/number-formats.ts` for every case, and for integers `microkernel/requantise.ts`.
 */
export interface Narrowing<K extends VectorKind, M extends MaskKind> {
  store(f: Recorder, to: Address, from: V<K>, options?: NarrowingOptions<K>): void
  /** Stores the part's elements, and touches no byte behind them. */
  storePart(f: Recorder, to: Address, from: V<K>, part: Part<M>, options?: NarrowingOptions<K>): void
}

/** What is added to sums of integer products, and what they are multiplied by: a vector each, or nothing. */
export interface Scaling<K extends VectorKind> {
  readonly row: V<K> | null
  readonly column: V<K> | null
  /** f32 lanes. */
  readonly scale: V<K>
}

/** Arithmetic on s32 lanes, modulo 2³². */
export interface IntegerLanes<K extends VectorKind> {
  add(f: Recorder, to: V<K>, a: V<K>, b: V<K>): void
  multiply(f: Recorder, to: V<K>, a: V<K>, b: V<K>): void
  /** Bytes with their highest bit inverted: of s8, 128 more as u8; of u8, 128 less as s8. */
  flip(f: Recorder, to: V<K>, bytes: V<K>): void
  /** Sums of unsigned bytes: those of all lanes together are the sum of all bytes. */
  bytes(f: Recorder, to: V<K>, bytes: V<K>): void
  /** The sum of all lanes, in the lower half of a general register; the vector is left as it is. */
  total(f: Recorder, lanes: V<K>): V<'r64'>
  /** The same of four vectors, side by side; they are overwritten. */
  totals(f: Recorder, lanes: readonly V<K>[]): V<'xmm'>
  /** f32 lanes: f32(sum + row + column) · scale, as in `microkernel/requantise.ts`. */
  scaled(f: Recorder, to: V<K>, sum: V<K>, scaling: Scaling<K>): void
}

/** All conversions of one instruction set. None changes the vectors that it converts from. */
export interface Conversions<K extends VectorKind = VectorKind, M extends MaskKind = MaskKind> {
  /** CPUID features that some of them use beyond the machine's own. */
  readonly features: readonly string[]
  /** The first `count` lanes of `laneBytes` each (2: lanes of `toWords`; 4: all others). */
  part(f: Recorder, count: Quantity, laneBytes: 2 | 4): Part<M>
  /** To f32 lanes. */
  readonly toFloat: Readonly<Record<NarrowStorage, Widening<K, M>>>
  /** To s32 lanes. */
  readonly toInteger: Readonly<Record<NarrowInteger, Widening<K, M>>>
  /** To s16 lanes, twice as many. */
  readonly toWords: Readonly<Record<NarrowInteger, Widening<K, M>>>
  /** From f32 lanes. */
  readonly fromFloat: Readonly<Record<NarrowStorage, Narrowing<K, M>>>
  /** A zero point known at run time, as the narrowing to s8 and u8 takes it. */
  zeroPoint(f: Recorder, value: V<'r64'>): V<K>
  readonly integers: IntegerLanes<K>
}
