/**
 * The bits that an address puts into prefix, ModRM and SIB, as one integer, computed once when the operand is made.
 *
 * ```
 *      14            13        12 11 10 9      8       7 6   5 4 3   2 1 0
 * unusual   needs disp   X4 B4  X B  needs SIB  scale  index   base
 * ```
 *
 * B and B4 are bits 3 and 4 of the base, X and X4 those of the index. The lowest byte is the SIB byte, whose low three
 * bits are r/m where there is none.
 */

/** What an address needs to show of itself (Mem has it; stated here so that this file imports nothing). */
interface RegisterFacts {
  readonly kind: string
  readonly id: number
}

export const SIB_BYTE: number = 0xff
/** The address has no encoding without a SIB byte. */
export const NEEDS_SIB: number = 0x100
export const BASE_3: number = 0x200
export const INDEX_3: number = 0x400
export const BASE_4: number = 0x800
export const INDEX_4: number = 0x1000
/** rbp and r13 (and those 16 further) as a base have no encoding without displacement. */
export const NEEDS_DISPLACEMENT: number = 0x2000
/** No base, or prefixes of its own: a segment, or 67 for 32-bit registers. */
export const UNUSUAL: number = 0x4000

const NO_INDEX = 4 << 3
const NO_BASE = 5
const SCALE_BITS: readonly number[] = [0, 0x00, 0x40, 0, 0x80, 0, 0, 0, 0xc0]

/** The bits of `[base + index·scale]`; `hasSegment`: there is a prefix for a segment. */
export function addressBits(
  base: RegisterFacts | null,
  index: RegisterFacts | null,
  scale: number,
  hasSegment: boolean,
): number {
  let bits = hasSegment ? UNUSUAL : 0
  if (index === null) bits |= NO_INDEX
  else {
    const { id } = index
    bits |= SCALE_BITS[scale]! | ((id & 7) << 3) | ((id & 8) << 7) | ((id & 16) << 8) | NEEDS_SIB
    if (index.kind === 'r32') bits |= UNUSUAL
  }
  if (base === null) return bits | NO_BASE | UNUSUAL | NEEDS_SIB
  const { id } = base
  const low = id & 7
  bits |= low | ((id & 8) << 6) | ((id & 16) << 7)
  if (low === 4) bits |= NEEDS_SIB
  else if (low === 5) bits |= NEEDS_DISPLACEMENT
  return base.kind === 'r32' ? bits | UNUSUAL : bits
}
