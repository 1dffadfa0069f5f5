/** What the scheduler needs to know of an instruction set: the vocabulary of its nanokernels. */
import type { V } from '../regalloc/function.ts'
import type { Recorder } from '../regalloc/recorder.ts'
import type { Conversions, Widening } from './conversion.ts'
import type { Address, MaskKind, VectorKind } from './operand-kinds.ts'
import type { ProductType, Storage } from './product-type.ts'
import type { Quantity } from './quantity.ts'
import type { TileMachine } from './tile-machine.ts'

/**
 * One K-step of one register tile is: load B's vectors, broadcast A's elements, multiply-accumulate. For narrow types
 * an element here is a unit: the elements of several k that one lane of a dot product takes.
 * Masked loads give zero in the lanes left out and touch no byte of them; so do masked stores.
 */
export interface Nanokernel<K extends VectorKind, M extends MaskKind> {
  zero(f: Recorder, to: V<K>): void
  load(f: Recorder, to: V<K>, from: Address): void
  loadMasked(f: Recorder, to: V<K>, from: Address, mask: V<M>): void
  store(f: Recorder, to: Address, from: V<K>): void
  storeMasked(f: Recorder, to: Address, from: V<K>, mask: V<M>): void
  /** Stores the first `bytes` bytes, known and a multiple of an element, where masked stores are slow. */
  storeFirst?(f: Recorder, to: Address, from: V<K>, bytes: number): void
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
  /** sum += factor · old, lane by lane in the type of the sums: what a factor of C asks for. */
  addScaled(f: Recorder, sum: V<K>, old: V<K>, factor: V<K>): void
  /** sum += a · b: rounded once where elements are their own units, else as the ISA's dot product has it. */
  multiplyAdd(f: Recorder, sum: V<K>, a: V<K>, b: V<K>): void
  /** The same with A's element straight from memory, where the ISA has such an operand. */
  multiplyAddBroadcast?(f: Recorder, sum: V<K>, b: V<K>, a: Address): void
  /**
   * The elements of a unit one after another, each converted on its way from memory, instead of a dot product: how the
   * element's lanes are loaded from units of B, in order of k. `broadcast` is of an element then.
   */
  readonly elements?: readonly Nanokernel<K, M>['load'][]
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

/**
 * One row of A times bytes of B as they are, where an instruction adds up two products of an unsigned and a signed byte in a
 * word: A's bytes are 16 · an upper nibble + a lower one, whose products with `steps` elements of k fit words, which are
 * widened once for all of them. Where both are signed, B's bytes are made 128 more (`isFlipped`), and upper sums begin with
 * what takes that off, −8 · the sum of A's elements. Bounds of words: 15 · 255 · 8 = 30,600 for lower nibbles; 8 · 255 · 8
 * and 8 · 1,024 for upper ones.
 */
export interface NibbleSteps<K extends VectorKind> {
  readonly steps: number
  /** Vectors of columns that come from one load of a line. */
  readonly vectors: number
  /** Nibbles of `count` elements of A, for `multiply` in pairs: the upper ones, 16 bytes on the lower ones, 32 bytes on the term. */
  stage(
    f: Recorder,
    from: {
      readonly element: (index: number) => Address
      readonly count: number
      readonly isSigned: boolean
      readonly isFlipped: boolean
    },
    to: Address,
  ): void
  /** What flips bytes. */
  flip(f: Recorder): V<K>
  /** Bytes of two lines in turn, flipped if asked for, in two vectors; the second line may not be there. */
  units(f: Recorder, even: Address, odd: Address | null, flip: V<K> | null): readonly V<K>[]
  /** Sums of two products; b's bytes are unsigned, or a's. */
  multiply(f: Recorder, to: V<K>, a: V<K>, b: V<K>, isUnsigned: boolean): void
  add(f: Recorder, to: V<K>, a: V<K>, b: V<K>): void
  /** sum += what lies there. */
  addSums(f: Recorder, sum: V<K>, from: Address): void
  /** low + 16 · high, of both vectors of `units`, as sums in order of columns. */
  widen(f: Recorder, low: readonly V<K>[], high: readonly V<K>[]): readonly V<K>[]
}

/**
 * Unsigned bytes of A times signed ones of B, where an instruction adds up two such products in a word and saturates. Of bytes
 * below 128 two products fit a word (2 · 127 · 128 = 32,512), so A is staged in two planes, its bits 0 to 6 and its bit 7,
 * and their products are added up apart. A tile leaves the upper plane out where none of its rows has a bit 7: what is
 * quantised to 7 bits, as other libraries ask for lest they saturate. Where all of B is that small, products with any byte
 * fit, and the lower plane has all bits.
 */
export interface PlaneSteps<K extends VectorKind> {
  /** What `split` wants in a register: which bits the lower plane has. All of them where `isSmall`, 0 or 1, says so. */
  bits(f: Recorder, isSmall: V<'r64'> | null): V<K>
  /** Bytes as the lower plane has them and as the upper one has, and bits of which some is set where the upper one is not 0. */
  split(
    f: Recorder,
    bytes: V<K>,
    bits: V<K>,
  ): { readonly lower: V<K>; readonly upper: V<K>; readonly some: V<'r64'> }
  /** What `multiplyLower` wants in a register. */
  ones(f: Recorder): V<K>
  /** sum += a · b, units of the lower plane of A and of B. */
  multiplyLower(f: Recorder, sum: V<K>, a: V<K>, b: V<K>, ones: V<K>): void
  /** The same of the upper plane, in words. Two of its products are −256 to 254, so words hold those of `units` units. */
  multiplyUpper(f: Recorder, sum: V<K>, a: V<K>, b: V<K>): void
  readonly units: number
  /** A sum from its words, 128 times, and from what it was before. */
  widen(f: Recorder, sum: V<K>, before: Address): void
}

/** Loads of elements that become parts of units. */
type PartLoads<K extends VectorKind, M extends MaskKind> = Pick<Widening<K, M>, 'load' | 'loadPart'>

/** How elements of one storage become parts of units: the same bits, or converted to a wider type. */
export interface UnitParts<K extends VectorKind, M extends MaskKind> {
  /** Bytes of an element in a unit. */
  readonly bytes: 1 | 2 | 4
  /** One element in the low bytes of every lane of 32 bits. Above one of 2 bytes its sign may follow. */
  readonly spread: PartLoads<K, M>
  /** Vector registers that `spread` takes besides the one it loads. */
  readonly temporaries: number
  /** Whole units of so many vectors of columns at once, from their lines, most first: faster than by `spread`. */
  readonly blocks?: readonly {
    readonly vectors: number
    /** Vector registers in use at once, those of the units among them. */
    readonly registers: number
    units(f: Recorder, line: (index: number) => Address): readonly V<K>[]
  }[]
  /** Elements side by side as in memory, so many at a time; what else the vector holds is of no account. */
  readonly alongElements: number
  readonly along: PartLoads<K, M>
}

/** How an instruction set computes products of one type. */
export interface Product<K extends VectorKind = VectorKind, M extends MaskKind = MaskKind> {
  readonly kernel: Nanokernel<K, M>
  /** The same where the left operand is B, as in column-major products; left out where it is the same. */
  readonly swapped?: Nanokernel<K, M>
  readonly unitBytes: 4 | 8
  /** Elements of k that fill a unit. */
  readonly group: 1 | 2 | 4
  /**
   * How elements of A and B become parts of units; null where elements are units as they lie in memory. B always goes
   * through this when it is packed.
   */
  readonly parts: Readonly<Partial<Record<Storage, UnitParts<K, M>>>> | null
  /** Whether units hold elements as they lie in memory, so that A's can be broadcast in place. */
  readonly native: boolean
  /**
   * Whether units of the right operand have the highest bit of every byte inverted: s8 become u8 and u8 become s8, for an
   * instruction that multiplies one by the other. Each element is 128 more or less then, and so are sums by 128 times
   * the sum of a row of the left operand; they begin with that taken off. Sums wrap, so this is exact.
   */
  readonly flipsRight?: boolean
  /** Broadcasts an element of A where it lies, converted to a unit on the way: then A need not be staged either. */
  readonly broadcastElement?: Nanokernel<K, M>['broadcast']
  readonly nibbles?: NibbleSteps<K>
  /** How the left operand's planes are multiplied: then it is staged in two of them. */
  readonly planes?: PlaneSteps<K>
  /** The same type by planes of the left operand; for those that are unsigned bytes along k. */
  readonly byPlanes?: Product<K, M>
  /** Vector registers that a multiply-add takes besides its operands. */
  readonly temporaries: number
  /** Instructions that count against the throughput of multiply-adds, and cycles until a sum can be added to again. */
  readonly instructions: number
  readonly latency: number | null
  /** CPUID features beyond the machine's. */
  readonly features: readonly string[]
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
  /**
   * Puts the part number `index` ≥ 1 of `of`, in the low 32 / of bits of lanes, to its place in units that hold those before
   * it; overwrites the part.
   */
  merge(f: Recorder, unit: V<K>, part: V<K>, index: number, of: number): void
  /** The vocabulary of f32 lanes. */
  readonly f32: Nanokernel<K, M>
  /** Between narrow storages and wide lanes. */
  readonly conversions: Conversions<K, M>
  readonly products: Readonly<Partial<Record<ProductType, Product<K, M>>>>
  /** Tile registers, which then do all multiplying; left out where there are none. */
  readonly tiles?: TileMachine
}

/** How a machine computes a type, by planes if a plan says so. RangeError when it does not. */
export function productOf<K extends VectorKind, M extends MaskKind>(
  { name, products }: Pick<Machine<K, M>, 'name' | 'products'>,
  type: ProductType,
  byPlanes = false,
): Product<K, M> {
  const product = byPlanes ? products[type]?.byPlanes : products[type]
  if (product === undefined)
    throw new RangeError(
      `target '${name}' has no products of type ${type}${byPlanes ? ' by planes' : ''}; it has ${Object.keys(products).join(', ')}`,
    )
  return product
}

/** Elements of a type in one vector. */
export function lanesOf(machine: Pick<Machine, 'vectorBytes'>, elementBytes: number): number {
  return machine.vectorBytes / elementBytes
}
