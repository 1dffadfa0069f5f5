/**
 * ModRM, SIB and displacement (SDM Vol. 2A, 2.1.3, 2.1.5; RIP-relative 2.2.1.6; disp8*N 2.7.5).
 *
 * ```
 * ModRM   7 6   5 4 3   2 1 0        SIB   7 6    5 4 3   2 1 0
 *         mod    reg     r/m               scale  index    base
 *
 * mod 11  r/m is a register          r/m 100   a SIB byte follows
 * mod 00  no displacement            index 100 no index (so rsp can be none)
 * mod 01  disp8 (times N in EVEX)    mod 00 with base or r/m 101: no base and disp32;
 * mod 10  disp32                             without SIB that is [rip + disp32]
 * ```
 *
 * The bits above the low three of each number are in REX, VEX or EVEX.
 */
import { NEEDS_DISPLACEMENT, NEEDS_SIB, SIB_BYTE, UNUSUAL } from './address-bits.ts'
import type { CodeBuffer } from './code-buffer.ts'
import type { Mem } from './operands.ts'

const SIB_FOLLOWS = 4
const NO_BASE = 5

/** Writes ModRM for two registers. Returns the position after it. */
export function writeRegisterModRM(bytes: Uint8Array, at: number, reg: number, rm: number): number {
  bytes[at] = 0xc0 | ((reg & 7) << 3) | (rm & 7)
  return at + 1
}

function writeWithoutBase(out: CodeBuffer, start: number, reg: number, mem: Mem): number {
  const { bytes } = out
  let at = start
  if (mem.label !== null) {
    bytes[at++] = reg | NO_BASE
    out.ripField = at
  } else {
    bytes[at++] = reg | SIB_FOLLOWS
    bytes[at++] = mem.address
  }
  out.view.setInt32(at, mem.disp, true)
  return at + 4
}

/**
 * Writes ModRM, SIB and displacement for a memory operand, the shortest that there is. A RIP-relative one gets its
 * displacement from the label as if the label were at 0, and its place is left in `out.ripField`. Returns
 * the position after it.
 */
export function writeMemoryModRM(
  out: CodeBuffer,
  start: number,
  regNumber: number,
  mem: Mem,
  disp8Shift: number,
  needsSib: boolean,
): number {
  const reg = (regNumber & 7) << 3
  const { address, disp } = mem
  if ((address & UNUSUAL) !== 0 && mem.base === null) return writeWithoutBase(out, start, reg, mem)
  const { bytes } = out
  let at = start
  let mod = 0x80
  const scaled = disp >> disp8Shift
  if (disp === 0 && (address & NEEDS_DISPLACEMENT) === 0) mod = 0x00
  else if (scaled << disp8Shift === disp && scaled >= -128 && scaled <= 127) mod = 0x40
  if ((address & NEEDS_SIB) === 0 && !needsSib) bytes[at++] = mod | reg | (address & 7)
  else {
    bytes[at++] = mod | reg | SIB_FOLLOWS
    bytes[at++] = address & SIB_BYTE
  }
  if (mod === 0x00) return at
  if (mod === 0x40) {
    bytes[at] = scaled
    return at + 1
  }
  out.view.setInt32(at, disp, true)
  return at + 4
}

/** The bytes of es, cs, ss, ds, fs and gs as prefixes (SDM Vol. 2A, 2.1.1, group 2). */
const SEGMENT_BYTES: readonly number[] = [0x26, 0x2e, 0x36, 0x3e, 0x64, 0x65]

/** Writes the prefixes that an address asks for: its segment, and 67 for 32-bit registers. Returns the position after them. */
export function writeAddressPrefixes(bytes: Uint8Array, start: number, mem: Mem): number {
  let at = start
  if (mem.segment !== null) bytes[at++] = SEGMENT_BYTES[mem.segment.id]!
  if (isAddress32(mem)) bytes[at++] = 0x67
  return at
}

/** True when the address registers have 32 bits, which needs the prefix 67. */
export function isAddress32(mem: Mem): boolean {
  if (mem.base !== null) return mem.base.kind === 'r32'
  return mem.index !== null && mem.index.kind === 'r32'
}
