/**
 * The shape of an operand: everything that decides which forms fit it, as one 16-bit integer.
 *
 * Registers, memory operands and labels compute their shape once, when they are made; two operands
 * of equal shape fit the same forms. Selection then compares integers, and whatever is wrong with an
 * operand by itself (k0 as a write mask, rsp as an index, a displacement out of range) is one bit
 * that no form accepts, so that a shape accepted once never needs another check.
 *
 * ```
 *            15 14   13      12    11     10 9      8       7      6 5 4      3 2 1 0
 * register   0  0  virtual  apx  wrong  rounding zeroing masked  number      kind
 * memory     0  1  virtual  apx  wrong  -  high    VSIB  masked  0 label b  width     (no broadcast)
 * memory     0  1  virtual  apx  wrong  -  -    special  masked  1   0   0  width     (special address)
 * memory     0  1  virtual  apx  wrong  -  log2 repeats  masked  0 label 1  width     (broadcast)
 * immediate  1  0     0      0   wrong  -                                   range
 * label      1  1     0      0     0
 * ```
 */

/** What a register needs to show of itself (Reg has it; stated here so that this file imports nothing). */
interface RegisterFacts {
  readonly kind: RegisterKind
  readonly id: number
}

export const TAG_MASK: number = 0xc000
export const TAG_REGISTER: number = 0x0000
export const TAG_MEMORY: number = 0x4000
export const TAG_IMMEDIATE: number = 0x8000
export const LABEL_SHAPE: number = 0xc000
/** A virtual register occurs in the operand. */
export const VIRTUAL: number = 0x2000
/** r16–r31 in any of their widths, or as base or index of a memory operand. */
export const APX: number = 0x1000
/** The operand cannot be encoded in any form. */
export const WRONG: number = 0x0800

// Registers and memory operands.
export const MASKED: number = 0x0080

// Registers.
export const KIND_MASK: number = 0x000f
/** The kinds' codes; 0 is no operand at all. */
export const KIND_CODE = {
  r8: 1,
  r8h: 2,
  r16: 3,
  r32: 4,
  r64: 5,
  xmm: 6,
  ymm: 7,
  zmm: 8,
  k: 9,
  tmm: 10,
  mm: 11,
  st: 12,
  sreg: 13,
  cr: 14,
  dr: 15,
} as const
type RegisterKind = keyof typeof KIND_CODE

/** The code of a kind. Those that are frequent are told apart by comparing addresses, which is quicker than looking one up. */
export function codeOfKind(kind: RegisterKind): number {
  switch (kind) {
    case 'r64':
      return KIND_CODE.r64
    case 'zmm':
      return KIND_CODE.zmm
    case 'ymm':
      return KIND_CODE.ymm
    case 'xmm':
      return KIND_CODE.xmm
    case 'r32':
      return KIND_CODE.r32
    default:
      return KIND_CODE[kind]
  }
}
export const NUMBER_SHIFT: number = 4
export const NUMBER_MASK: number = 0x0070
/** Numbers 0, 1 and 2 have classes of their own, since some forms fix al, cl, dx or xmm0. */
export const NUMBER_LOW = 3
export const NUMBER_HIGH = 4
export const NUMBER_VIRTUAL = 5
/** Segment registers have a class each, since some forms fix fs or gs: 0 to 3, NUMBER_HIGH for fs, this for gs. */
export const NUMBER_GS = 6
export const ZEROING: number = 0x0100
export const ROUNDING_MASK: number = 0x0600
export const ROUNDING_SAE: number = 0x0200
export const ROUNDING_MODE: number = 0x0400

// Memory operands.
export const WIDTH_MASK: number = 0x000f
export const WIDTHS = [0, 8, 16, 32, 48, 64, 80, 128, 256, 512] as const
export const BROADCAST: number = 0x0010
/** RIP-relative: there is no SIB byte. */
export const RIP_RELATIVE: number = 0x0020
/**
 * An address that some instructions want and others take as well, or that only one takes; which one is in the bits
 * of VSIB: [rsi] and [rdi] of the string instructions (32 bits wide too), and a 64-bit offset without registers.
 */
export const SPECIAL: number = 0x0040
export const SPECIAL_MASK: number = 0x0340
export const SPECIAL_RSI: number = 0x0140
export const SPECIAL_RDI: number = 0x0240
export const SPECIAL_OFFSET: number = 0x0340
export const VSIB_MASK: number = 0x0300
export const VSIB_X: number = 0x0100
export const VSIB_Y: number = 0x0200
export const VSIB_Z: number = 0x0300
/** A VSIB index of 16–31, which only EVEX encodes. */
export const VSIB_HIGH: number = 0x0400
/** With BROADCAST: log2 N of {1toN}, 0 where it was not stated. */
export const REPEATS_MASK: number = 0x0700
export const REPEATS_SHIFT: number = 8

const UNKNOWN_WIDTH = -1
/** Index into WIDTHS by width in bits: a plain array, for every address made comes by here. */
const WIDTH_CODE: Int8Array = new Int8Array(513).fill(UNKNOWN_WIDTH)
for (const [code, width] of WIDTHS.entries()) WIDTH_CODE[width] = code
const FIRST_VIRTUAL = 256

function opmaskShape(opmask: RegisterFacts | null): number {
  if (opmask === null) return 0
  if (opmask.kind !== 'k') return MASKED | WRONG
  if (opmask.id >= FIRST_VIRTUAL) return MASKED | VIRTUAL
  return opmask.id >= 1 && opmask.id <= 7 ? MASKED : MASKED | WRONG
}

/** How many registers there are of each kind, by its code. */
const COUNTS: readonly number[] = [0, 32, 8, 32, 32, 32, 32, 32, 32, 8, 8, 8, 8, 6, 16, 8]

/** Control registers 0, 2, 3, 4 and 8; all others are #UD (SDM Vol. 2B, MOV to and from control registers). */
const CONTROL_REGISTERS = 0b1_0001_1101

/** ah, ch, dh, bh have the numbers 4 to 7. */
function exists(kind: RegisterKind, id: number): boolean {
  if (id >= FIRST_VIRTUAL) return true
  if (kind === 'r8h') return id >= 4 && id < 8
  if (kind === 'cr') return ((CONTROL_REGISTERS >> id) & 1) === 1 && id < 16
  return (id | 0) === id && id >= 0 && id < COUNTS[KIND_CODE[kind]]!
}

function numberClass(kind: RegisterKind, id: number): number {
  if (id >= FIRST_VIRTUAL) return NUMBER_VIRTUAL
  if (id < 3) return id
  if (kind === 'sreg') return id === 3 ? NUMBER_LOW : id === 4 ? NUMBER_HIGH : NUMBER_GS
  return id < 16 ? NUMBER_LOW : NUMBER_HIGH
}

export function registerShape(
  kind: RegisterKind,
  id: number,
  opmask: RegisterFacts | null,
  zeroing: boolean,
  rounding: string | null,
): number {
  const code = codeOfKind(kind)
  let shape = code | opmaskShape(opmask)
  shape |= numberClass(kind, id) << NUMBER_SHIFT
  if (id >= FIRST_VIRTUAL) shape |= VIRTUAL
  else if (id >= 16 && code <= KIND_CODE.r64) shape |= APX
  if (!exists(kind, id)) shape |= WRONG
  if (zeroing) shape |= opmask === null ? ZEROING | WRONG : ZEROING
  if (rounding !== null) shape |= rounding === 'sae' ? ROUNDING_SAE : ROUNDING_MODE
  return shape
}

/** True when `[base + index·scale + disp]` can be encoded, whatever the instruction. */
function addressIsRight(
  base: RegisterFacts | null,
  index: RegisterFacts | null,
  scale: number,
  disp: number,
): boolean {
  if ((disp | 0) !== disp) return false
  if (base !== null && base.kind !== 'r64' && base.kind !== 'r32') return false
  if (index === null) return true
  if (scale !== 1 && scale !== 2 && scale !== 4 && scale !== 8) return false
  if (index.kind === 'r64' || index.kind === 'r32') {
    return index.id !== 4 && (base === null || base.kind === index.kind)
  }
  return index.kind === 'xmm' || index.kind === 'ymm' || index.kind === 'zmm'
}

function repeatsShape(repeats: number): number {
  if (repeats === 0) return 0
  const log2 = [2, 4, 8, 16, 32].indexOf(repeats) + 1
  return log2 === 0 ? WRONG : log2 << REPEATS_SHIFT
}

export function memoryShape(
  width: number,
  base: RegisterFacts | null,
  index: RegisterFacts | null,
  scale: number,
  disp: number,
  label: object | null,
  isBroadcast: boolean,
  opmask: RegisterFacts | null,
  repeats: number,
  segment: RegisterFacts | null,
  offset: bigint | null,
): number {
  const widthCode = WIDTH_CODE[width] ?? UNKNOWN_WIDTH
  let shape = TAG_MEMORY | (widthCode === UNKNOWN_WIDTH ? WRONG : widthCode) | opmaskShape(opmask)
  if (isBroadcast) shape |= BROADCAST | repeatsShape(repeats)
  if (label !== null) shape |= base === null && index === null ? RIP_RELATIVE : WRONG
  if (!addressIsRight(base, index, scale, disp)) shape |= WRONG
  if (segment !== null && segment.kind !== 'sreg') shape |= WRONG
  if (offset !== null) {
    const isAlone = base === null && index === null && label === null && !isBroadcast && opmask === null
    return shape | (isAlone && offset >= 0n && offset < 2n ** 64n ? SPECIAL_OFFSET : WRONG)
  }
  if (base !== null) shape |= base.id >= FIRST_VIRTUAL ? VIRTUAL : base.id >= 16 ? APX : 0
  if (index === null) {
    if (base === null || disp !== 0 || isBroadcast || opmask !== null) return shape
    if (base.id === 6) return shape | SPECIAL_RSI
    // Where a string instruction writes is always in es.
    return base.id === 7 && (segment === null || segment.id === 0) ? shape | SPECIAL_RDI : shape
  }
  const isVector = index.kind === 'xmm' || index.kind === 'ymm' || index.kind === 'zmm'
  if (isVector)
    shape |= isBroadcast ? WRONG : index.kind === 'xmm' ? VSIB_X : index.kind === 'ymm' ? VSIB_Y : VSIB_Z
  if (index.id >= FIRST_VIRTUAL) shape |= VIRTUAL
  else if (index.id >= 16) shape |= !isVector ? APX : isBroadcast ? WRONG : VSIB_HIGH
  return shape
}

/** Ranges of immediates; the upper ends of the unsigned ranges are small negative numbers in disguise. */
export const RANGE = {
  /** The number 1, which shifts encode without an immediate. */
  one: 1,
  /** −128…127 but 1. */
  signed8: 2,
  /** 128…255. */
  unsigned8: 3,
  /** −32768…−129. */
  negative16: 4,
  /** 256…65407. */
  unsigned16: 5,
  /** 65408…65535: −128…−1 in 16 bits. */
  top16: 6,
  /** −2³¹…−32769. */
  negative32: 7,
  /** 65536…2³¹−1. */
  positive32: 8,
  /** 2³¹…2³²−129. */
  unsigned32: 9,
  /** 2³²−128…2³²−1: −128…−1 in 32 bits. */
  top32: 10,
  /** Any other number that 64 bits hold. */
  wide: 11,
  /** 2⁶⁴−2³¹…2⁶⁴−129: negative in 64 bits, and within 32. */
  top64: 12,
  /** 2⁶⁴−128…2⁶⁴−1: −128…−1 in 64 bits. */
  top64Small: 13,
} as const

function wideRange(value: bigint): number {
  if (value < -(2n ** 63n) || value >= 2n ** 64n) return WRONG
  if (value >= 2n ** 64n - 128n) return RANGE.top64Small
  return value >= 2n ** 64n - 2n ** 31n ? RANGE.top64 : RANGE.wide
}

export function immediateShape(value: number | bigint): number {
  if (typeof value === 'bigint') {
    if (value < -0x80000000n || value > 0xffffffffn) return TAG_IMMEDIATE | wideRange(value)
    return immediateShape(Number(value))
  }
  if ((value | 0) === value) {
    if (value >= -128) {
      if (value <= 127) return TAG_IMMEDIATE | (value === 1 ? RANGE.one : RANGE.signed8)
      if (value <= 255) return TAG_IMMEDIATE | RANGE.unsigned8
      if (value <= 65407) return TAG_IMMEDIATE | RANGE.unsigned16
      return TAG_IMMEDIATE | (value <= 65535 ? RANGE.top16 : RANGE.positive32)
    }
    return TAG_IMMEDIATE | (value >= -32768 ? RANGE.negative16 : RANGE.negative32)
  }
  if (value >>> 0 === value) {
    return TAG_IMMEDIATE | (value <= 0xffffff7f ? RANGE.unsigned32 : RANGE.top32)
  }
  return TAG_IMMEDIATE | (Number.isSafeInteger(value) ? wideRange(BigInt(value)) : WRONG)
}
