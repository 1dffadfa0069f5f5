/** What the scheduler needs to know of an instruction set: the vocabulary of its nanokernels. */
import type { Mem } from '../encoder/operands.ts'
import type { Space } from '../encoder/registers.ts'
import type { V } from '../regalloc/function.ts'
import type { Recorder } from '../regalloc/recorder.ts'
import type { Conversions } from './conversion.ts'
import type { Quantity } from './quantity.ts'
import type { ElementType } from './tile-program.ts'

export type VectorKind = 'ymm' | 'zmm'
/** What masks are held in: opmask registers, or vectors whose sign bits count (AVX2). */
export type MaskKind = 'k' | VectorKind
export type Address = Mem<0, Space, 'plain'>

/**
 * One K-step of one register tile is: load B's vectors, broadcast A's elements, multiply-accumulate.
 * Masked loads give zero in the lanes left out and touch no byte of them; so do masked stores.
 */
export interface Nanokernel<K extends VectorKind, M extends MaskKind> {
  zero(f: Recorder, to: V<K>): void
  load(f: Recorder, to: V<K>, from: Address): void
  loadMasked(f: Recorder, to: V<K>, from: Address, mask: V<M>): void
  store(f: Recorder, to: Address, from: V<K>): void
  storeMasked(f: Recorder, to: Address, from: V<K>, mask: V<M>): void
  /** Repeats one element of A in every lane. */
  broadcast(f: Recorder, to: V<K>, from: Address): void
  /** Repeats the low bits of a general register, an element, in every lane. */
  splat(f: Recorder, to: V<K>, bits: V<'r64'>): void
  add(f: Recorder, to: V<K>, a: V<K>, b: V<K>): void
  multiply(f: Recorder, to: V<K>, a: V<K>, b: V<K>): void
  /**
   * One vector's worth of rows that lie along k, transposed: K-steps as vectors, in order; as many as 128 bits
   * hold, or, with `single`, the first one alone (and nothing behind it is read).
   */
  loadTransposed(f: Recorder, row: (index: number) => Address, single: boolean): readonly V<K>[]
  /** sum += a · b, rounded once. */
  multiplyAdd(f: Recorder, sum: V<K>, a: V<K>, b: V<K>): void
  /** The same with A's element straight from memory, where the ISA has such an operand. */
  multiplyAddBroadcast?(f: Recorder, sum: V<K>, b: V<K>, a: Address): void
  readonly pairs?: PairedSteps<K, M>
  readonly lanes?: LanedSteps<K, M>
}

/**
 * Two K-steps side by side in one vector: element 2j holds column j at k, element 2j + 1 column j at k + 1. An ISA
 * has this when it can repeat two neighbouring elements of A and pick from two vectors by index.
 */
export interface PairedSteps<K extends VectorKind, M extends MaskKind> {
  /** Repeats two neighbouring elements of A. */
  broadcast(f: Recorder, to: V<K>, from: Address): void
  /** Element i of the result is element index[i] of a and b laid end to end. */
  pick(f: Recorder, index: V<K>, a: V<K>, b: V<K>): V<K>
  /** Element i of the result is element index[i] of a. */
  permute(f: Recorder, index: V<K>, a: V<K>): V<K>
  /** The upper half of a vector, in the lower half of another. */
  upper(f: Recorder, a: V<K>): V<K>
  /** A vector of indices for `pick`, made from constants. */
  indices(f: Recorder, values: readonly number[]): V<K>
  /** Mask of the even elements. */
  evens(f: Recorder): V<M>
  /** sum += a · b in the elements of the mask. */
  multiplyAddMasked(f: Recorder, sum: V<K>, a: V<K>, b: V<K>, mask: V<M>): void
}

/**
 * Several K-steps of several columns in one vector: 128-bit lane c holds column c at k, k + 1, … For columns that would
 * leave most of a vector empty.
 */
export interface LanedSteps<K extends VectorKind, M extends MaskKind> {
  /** K-steps in a lane, and lanes, that is columns, in a vector. */
  readonly steps: number
  readonly columns: number
  /** Transposes that many rows of B (columns in their low elements) into lanes of columns. */
  gather(f: Recorder, rows: readonly V<K>[]): V<K>
  /** Repeats K-steps of A in every lane; those that the mask leaves out are not read and become 0. */
  broadcast(f: Recorder, to: V<K>, from: Address, mask: V<M> | null): void
  /** Mask of the first `count` K-steps in every lane. */
  mask(f: Recorder, count: number): V<M>
  /** Adds up the K-steps of as many sums as a lane has steps: one vector a sum, columns in its low elements. */
  total(f: Recorder, sums: readonly V<K>[]): readonly V<K>[]
}

/** One instruction set as the scheduler sees it. All sizes are facts of the ISA, none of one CPU. */
export interface Machine<K extends VectorKind = VectorKind, M extends MaskKind = MaskKind> {
  readonly name: string
  /** CPUID features that its code may use. */
  readonly features: readonly string[]
  readonly vector: K
  readonly vectorBytes: number
  /** Architectural vector registers. */
  readonly registers: number
  /** Vector registers that a mask occupies: 0 when masks live in opmask registers. */
  readonly maskRegisters: number
  /** A mask of the first `count` lanes, 1 ≤ count ≤ lanes of `elementBytes` each. */
  mask(f: Recorder, count: Quantity, elementBytes: number): V<M>
  readonly nanokernels: Readonly<Record<ElementType, Nanokernel<K, M>>>
  /** Between narrow storages and wide lanes. */
  readonly conversions: Conversions<K, M>
}

/** Elements of a type in one vector. */
export function lanesOf(machine: Pick<Machine, 'vectorBytes'>, elementBytes: number): number {
  return machine.vectorBytes / elementBytes
}
