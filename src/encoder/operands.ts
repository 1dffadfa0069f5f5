/** Memory operands, labels and immediates. */
import { addressBits } from './address-bits.ts'
import type { Reg, Space } from './registers.ts'
import { immediateShape, LABEL_SHAPE, memoryShape, WRONG } from './shape.ts'

/** Width of a memory operand in bits; 0 when the text would leave it out. */
export type MemWidth = 0 | 8 | 16 | 32 | 48 | 64 | 80 | 128 | 256 | 512

/** `vx`, `vy`, `vz`: the index is a vector (VSIB). Type-level tags, checked again when encoding. */
export type MemDecoration = 'plain' | 'bcst' | 'k' | 'vx' | 'vy' | 'vz'

/** A place in the code. Made by `assembler.label()` or `recorder.label()`. */
export class Label {
  readonly id: number
  readonly name: string
  /** All that form selection looks at, as one integer (shape.ts). */
  readonly shape: number

  constructor(id: number, name: string) {
    this.shape = LABEL_SHAPE
    this.id = id
    this.name = name
  }

  toString(): string {
    return this.name
  }
}

/** A place that no label marks: so many bytes behind the end of the instruction that names it (before it, if negative). */
export class Displacement extends Label {
  readonly value: number

  constructor(value: number) {
    super(-1, String(value))
    this.value = value
  }
}

type Scale = 1 | 2 | 4 | 8
/** N of {1toN}; 0 leaves it to the instruction. */
export type Repeats = 0 | 2 | 4 | 8 | 16 | 32
type AnyAddress = Reg<'r64', Space, 'plain'> | Reg<'r32', Space, 'plain'>
type VectorIndex = Reg<'xmm' | 'ymm' | 'zmm', Space, 'plain'>

/**
 * One memory operand: [base + index·scale + disp], or [rip + label + disp], where the label may be a Displacement.
 * Immutable.
 */
export class Mem<
  W extends MemWidth = MemWidth,
  S extends Space = Space,
  D extends MemDecoration = MemDecoration,
> {
  /** Phantom: never present at run time. */
  declare readonly space: S
  /** Phantom: never present at run time. */
  declare readonly decoration: D
  readonly width: W
  readonly base: Reg | null
  readonly index: Reg | null
  readonly scale: Scale
  /** Signed 32-bit displacement in bytes. */
  readonly disp: number
  /** When set, the address is RIP-relative: label + disp. */
  readonly label: Label | null
  /** {1toN}: one element is read and repeated. */
  readonly isBroadcast: boolean
  /** N, where it was stated; mostly it follows from the instruction's vector length, and 0 says so. */
  readonly repeats: Repeats
  /** Opmask of a masked store or gather, or null. */
  readonly opmask: Reg<'k'> | null
  /** The segment whose base is added, where it is not the default one (fs and gs alone have one in 64-bit mode). */
  readonly segment: Reg<'sreg'> | null
  /** A 64-bit address, which only mov between memory and the accumulator encodes; all else is null then. */
  readonly offset: bigint | null
  /** What the address puts into prefix, ModRM and SIB (address-bits.ts). */
  readonly address: number
  /** All that form selection looks at, as one integer (shape.ts). */
  readonly shape: number

  constructor(
    width: W,
    base: Reg | null,
    index: Reg | null,
    scale: Scale,
    disp: number,
    label: Label | null,
    isBroadcast: boolean,
    opmask: Reg<'k'> | null,
    repeats: Repeats = 0,
    segment: Reg<'sreg'> | null = null,
    offset: bigint | null = null,
  ) {
    // [index·1] is [base], which needs neither SIB byte nor disp32; a vector index cannot be a base.
    const isLone =
      base === null && index !== null && scale === 1 && (index.kind === 'r64' || index.kind === 'r32')
    this.width = width
    this.base = isLone ? index : base
    this.index = isLone ? null : index
    this.shape = memoryShape(
      width,
      this.base,
      this.index,
      scale,
      disp,
      label,
      isBroadcast,
      opmask,
      repeats,
      segment,
      offset,
    )
    this.address = addressBits(this.base, this.index, scale, segment !== null)
    this.segment = segment
    this.offset = offset
    this.scale = scale
    this.disp = disp
    this.label = label
    this.isBroadcast = isBroadcast
    this.repeats = repeats
    this.opmask = opmask
  }

  /** This operand with some of its facts replaced. */
  #with<W2 extends MemWidth, S2 extends Space, D2 extends MemDecoration>(
    change: Partial<Pick<Mem, 'width' | 'disp' | 'isBroadcast' | 'opmask' | 'repeats' | 'segment'>>,
  ): Mem<W2, S2, D2> {
    return new Mem(
      (change.width ?? this.width) as W2,
      this.base,
      this.index,
      this.scale,
      change.disp ?? this.disp,
      this.label,
      change.isBroadcast ?? this.isBroadcast,
      change.opmask ?? this.opmask,
      change.repeats ?? this.repeats,
      change.segment ?? this.segment,
      this.offset,
    )
  }

  /**
   * `mem(rax, 64).broadcast()` is `[rax + 64]{1toN}`. N follows from the other operands but where a conversion
   * narrows to less than a register: `vcvtpd2ps(xmm(1), mem(rax).broadcast(4))` reads as a ymm.
   */
  broadcast(repeats: Repeats = 0): Mem<W, S, 'bcst'> {
    return this.#with({ isBroadcast: true, repeats })
  }

  /** `mem(rax).mask(k(1))` is `[rax] {k1}`: only elements whose bit is set are stored (or gathered). */
  mask<S2 extends Space>(opmask: Reg<'k', S2, 'plain'>): Mem<W, S | S2, D extends 'plain' ? 'k' : D> {
    return this.#with({ opmask })
  }

  /** The same address, `bytes` further. */
  plus(bytes: number): Mem<W, S, D> {
    return this.#with({ disp: this.disp + bytes })
  }

  /** The same address with its operand size stated, in bits. */
  sized<W2 extends MemWidth>(width: W2): Mem<W2, S, D> {
    return this.#with({ width })
  }

  /** `mem(rax).in(fs)` is `fs:[rax]`: the segment's base is added to the address. */
  in(segment: Reg<'sreg'>): Mem<W, S, D> {
    return this.#with({ segment })
  }
}

/**
 * Makes `mem` the operand `like`, but for these registers, opmask and displacement. For operands that nobody keeps: to
 * make one for each instruction takes a fifth of the time in which it is encoded.
 */
export function becomeLike(
  mem: Mem,
  like: Mem,
  base: Reg | null,
  index: Reg | null,
  opmask: Reg<'k'> | null,
  disp: number,
): void {
  const { isBroadcast, label, offset, repeats, scale, segment, width } = like
  const open: { -readonly [Fact in keyof Mem]: Mem[Fact] } = mem
  open.width = width
  open.base = base
  open.index = index
  open.shape = memoryShape(
    width,
    base,
    index,
    scale,
    disp,
    label,
    isBroadcast,
    opmask,
    repeats,
    segment,
    offset,
  )
  open.address = addressBits(base, index, scale, segment !== null)
  open.segment = segment
  open.offset = offset
  open.scale = scale
  open.disp = disp
  open.label = label
  open.isBroadcast = isBroadcast
  open.repeats = repeats
  open.opmask = opmask
}

/** What the instruction methods take for an immediate. */
export type Immediate = number | bigint

/** Any operand of any instruction. */
export type Operand = Reg | Mem | Label | Immediate

/** The shape of any operand; 0 for none, WRONG for what is no operand. */
export function shapeOf(operand: Operand | undefined): number {
  if (operand === undefined) return 0
  if (typeof operand === 'object' && operand !== null) return operand.shape
  return typeof operand === 'number' || typeof operand === 'bigint' ? immediateShape(operand) : WRONG
}

/** A constructor of memory operands; overloads mirror the addressing modes. */
export interface MemFactory<W extends MemWidth> {
  /** [base + disp] */
  <S extends Space>(base: Reg<'r64' | 'r32', S, 'plain'>, disp?: number): Mem<W, S, 'plain'>
  /** [base + index·scale + disp]; base null for [index·scale + disp32] */
  <S extends Space, S2 extends Space = S>(
    base: Reg<'r64' | 'r32', S, 'plain'> | null,
    index: Reg<'r64' | 'r32', S2, 'plain'>,
    scale: Scale,
    disp?: number,
  ): Mem<W, S | S2, 'plain'>
  /** VSIB: [base + vector·scale + disp] */
  <S extends Space, S2 extends Space = S>(
    base: Reg<'r64', S, 'plain'> | null,
    index: Reg<'xmm', S2, 'plain'>,
    scale: Scale,
    disp?: number,
  ): Mem<W, S | S2, 'vx'>
  <S extends Space, S2 extends Space = S>(
    base: Reg<'r64', S, 'plain'> | null,
    index: Reg<'ymm', S2, 'plain'>,
    scale: Scale,
    disp?: number,
  ): Mem<W, S | S2, 'vy'>
  <S extends Space, S2 extends Space = S>(
    base: Reg<'r64', S, 'plain'> | null,
    index: Reg<'zmm', S2, 'plain'>,
    scale: Scale,
    disp?: number,
  ): Mem<W, S | S2, 'vz'>
  /** [rip + label + disp] */
  (label: Label, disp?: number): Mem<W, 'physical', 'plain'>
  /** An absolute address that fits in a signed 32-bit displacement. */
  (address: number): Mem<W, 'physical', 'plain'>
  /** An absolute address of 64 bits, which only movabs takes. */
  (address: bigint): Mem<W, 'physical', 'plain'>
}

function factory<W extends MemWidth>(width: W): MemFactory<W> {
  const make = (
    base: AnyAddress | Label | number | bigint | null,
    second: AnyAddress | VectorIndex | number = 0,
    scale: Scale = 1,
    disp = 0,
  ): Mem<W> => {
    if (base instanceof Label) return new Mem(width, null, null, 1, second as number, base, false, null)
    if (typeof base === 'number') return new Mem(width, null, null, 1, base, null, false, null)
    if (typeof base === 'bigint') {
      return new Mem(width, null, null, 1, 0, null, false, null, 0, null, BigInt.asUintN(64, base))
    }
    if (typeof second === 'number') return new Mem(width, base, null, 1, second, null, false, null)
    return new Mem(width, base, second, scale, disp, null, false, null)
  }
  return make as MemFactory<W>
}

/** A memory operand whose size follows from the other operands. */
export const mem: MemFactory<0> = factory(0)
export const byte: MemFactory<8> = factory(8)
export const word: MemFactory<16> = factory(16)
export const dword: MemFactory<32> = factory(32)
export const qword: MemFactory<64> = factory(64)
export const xmmword: MemFactory<128> = factory(128)
export const ymmword: MemFactory<256> = factory(256)
export const zmmword: MemFactory<512> = factory(512)
