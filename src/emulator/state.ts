/** The registers of the emulated CPU: one buffer a file, seen through a typed view a width. */
import { Flags } from './flags.ts'
import { FloatUnit } from './float-unit.ts'
import type { Memory } from './memory.ts'
import type { Surroundings } from './surroundings.ts'
import { TileFile } from './tile-file.ts'

/** Bytes between vector registers. */
export const VECTOR_BYTES = 64
const VECTORS = 32

/** Registers beyond the CPU's own, for values on their way: the numbers of vectors. */
export const MEMORY_OPERAND: number = 32
export const RESULT: number = 33
export const EXTRA: number = 34
const SCRATCH_VECTORS = 3

/** General registers beyond the CPU's 32. */
export const SCRATCH_GENERAL: number = 32
const SCRATCH_GENERALS = 4

/**
 * General registers as pairs of words: `i32[2n]` is the low half of register n, `i32[2n + 1]` the high one. Immediates
 * get registers of their own behind the scratch ones, so that an operation knows one kind of source.
 */
export class GeneralFile {
  readonly i32: Int32Array
  readonly u32: Uint32Array
  readonly i16: Int16Array
  readonly i8: Int8Array
  readonly u8: Uint8Array
  readonly u16: Uint16Array
  readonly u64: BigUint64Array
  readonly i64: BigInt64Array
  #constants: number = SCRATCH_GENERAL + SCRATCH_GENERALS

  constructor(constants: number) {
    const buffer = new ArrayBuffer(8 * (SCRATCH_GENERAL + SCRATCH_GENERALS + constants))
    this.i32 = new Int32Array(buffer)
    this.u32 = new Uint32Array(buffer)
    this.i16 = new Int16Array(buffer)
    this.u16 = new Uint16Array(buffer)
    this.i8 = new Int8Array(buffer)
    this.u8 = new Uint8Array(buffer)
    this.u64 = new BigUint64Array(buffer)
    this.i64 = new BigInt64Array(buffer)
  }

  /** A register that holds an immediate. */
  constant(value: number | bigint): number {
    const register = this.#constants++
    this.u64[register] = BigInt.asUintN(64, BigInt(value))
    return register
  }
}

/** Vector registers 0–31 and the scratch ones. */
export class VectorFile {
  readonly u8: Uint8Array
  readonly i8: Int8Array
  readonly u16: Uint16Array
  readonly i16: Int16Array
  readonly u32: Uint32Array
  readonly i32: Int32Array
  readonly u64: BigUint64Array
  readonly i64: BigInt64Array
  readonly f32: Float32Array
  readonly f64: Float64Array

  constructor() {
    const buffer = new ArrayBuffer((VECTORS + SCRATCH_VECTORS) * VECTOR_BYTES)
    this.u8 = new Uint8Array(buffer)
    this.i8 = new Int8Array(buffer)
    this.u16 = new Uint16Array(buffer)
    this.i16 = new Int16Array(buffer)
    this.u32 = new Uint32Array(buffer)
    this.i32 = new Int32Array(buffer)
    this.u64 = new BigUint64Array(buffer)
    this.i64 = new BigInt64Array(buffer)
    this.f32 = new Float32Array(buffer)
    this.f64 = new Float64Array(buffer)
  }
}

/** All that a program can see of the CPU. */
export class State {
  readonly general: GeneralFile
  readonly flags: Flags = new Flags()
  readonly vectors: VectorFile = new VectorFile()
  /** Opmasks as pairs of words: low, high. */
  readonly opmasks: Int32Array = new Int32Array(16)
  readonly float: FloatUnit = new FloatUnit()
  readonly tiles: TileFile = new TileFile()
  readonly memory: Memory
  /** Who answers what the program asks of the machine. */
  readonly surroundings: Surroundings
  /** What rdtsc reads. */
  counter = 0
  /** What fs and gs add to an address. */
  readonly segmentBase: { fs: number; gs: number } = { fs: 0, gs: 0 }

  /** `constants`: most immediates that the code can have. */
  constructor(memory: Memory, constants: number, surroundings: Surroundings = {}) {
    this.memory = memory
    this.surroundings = surroundings
    this.general = new GeneralFile(constants)
  }
}
