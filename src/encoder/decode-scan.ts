/**
 * Reads what stands before ModRM: legacy prefixes and REX, VEX or EVEX, and the opcode (SDM Vol. 2A, 2.1.1, 2.2.1, 2.3,
 * 2.7; the bits are drawn in rex.ts, vex.ts and evex.ts).
 */
import { MAX_INSTRUCTION_BYTES } from './code-buffer.ts'
import {
  AAA_SHIFT,
  KEY_ADDRESS,
  KEY_B,
  KEY_MASK,
  KEY_REX_B,
  KEY_REX2,
  KEY_SIZE,
  KEY_V4,
  KEY_VVVV,
  KEY_W,
  KEY_Z,
  LENGTH_SHIFT,
  PP_SHIFT,
} from './decode-conditions.ts'
import type { Scheme } from './tables/notation.ts'

/** Opcode maps numbered through: 0 one byte, 1 0F, 2 0F38, 3 0F3A; map n of VEX and XOP at 8 + n, of EVEX at 24 + n. */
export const FIRST_MAP: Readonly<Record<Scheme, number>> = { legacy: 0, vex: 8, evex: 24 }
export const MAPS = 32

/** How far a scan came; the others are reasons for which there is no instruction. */
export const SCANNED = 0
export const TRUNCATED = 1
export const TOO_LONG = 2
export const BAD_PREFIX = 3
export const BAD_PAYLOAD = 4
export type ScanResult =
  | typeof SCANNED
  | typeof TRUNCATED
  | typeof TOO_LONG
  | typeof BAD_PREFIX
  | typeof BAD_PAYLOAD

/** Legacy prefixes as bits of `Scan.prefixes`, in the order in which text has them. */
export const PREFIX_LOCK = 0x001
export const PREFIX_REPNE = 0x002
export const PREFIX_REP = 0x004
export const PREFIX_SIZE = 0x008
export const PREFIX_ADDRESS = 0x010
export const PREFIX_ES = 0x020
export const PREFIX_CS = 0x040
export const PREFIX_SS = 0x080
export const PREFIX_DS = 0x100
export const PREFIX_FS = 0x200
export const PREFIX_GS = 0x400
export const PREFIX_SEGMENTS: number = 0x7e0
export const PREFIX_REX = 0x800
const REPEATS = PREFIX_REP | PREFIX_REPNE
/** A prefix of VEX or EVEX may not have any of these before it. */
const NOT_BEFORE_VEX = PREFIX_LOCK | REPEATS | PREFIX_SIZE | PREFIX_REX

/** The prefix bit of each byte, 0 for an opcode. */
const PREFIX_BITS: Uint16Array = new Uint16Array(256)
for (const [byte, bit] of [
  [0xf0, PREFIX_LOCK],
  [0xf2, PREFIX_REPNE],
  [0xf3, PREFIX_REP],
  [0x66, PREFIX_SIZE],
  [0x67, PREFIX_ADDRESS],
  [0x26, PREFIX_ES],
  [0x2e, PREFIX_CS],
  [0x36, PREFIX_SS],
  [0x3e, PREFIX_DS],
  [0x64, PREFIX_FS],
  [0x65, PREFIX_GS],
] as const) {
  PREFIX_BITS[byte] = bit
}
for (let byte = 0x40; byte < 0x50; byte++) PREFIX_BITS[byte] = PREFIX_REX

const VEX3 = 0xc4
const VEX2 = 0xc5
const EVEX = 0x62
/** XOP begins as pop does, which has no ModRM.reg: its maps begin at 8. */
const XOP = 0x8f
const REX2 = 0xd5
const FIRST_XOP_MAP = 8
const XOP_MAPS_END = 11

/** One instruction being read. There is a single one, used again for each: decoding allocates only its result. */
export class Scan {
  bytes: Uint8Array = new Uint8Array(0)
  /** Where the next byte is read. */
  at = 0
  /** Nothing is read from here on: the end of the bytes, or of the longest instruction. */
  end = 0
  /** Legacy prefixes that were met, as bits; of F2 and F3, and of segments, the last. */
  prefixes = 0
  /** Opcode map as decode-index.ts numbers them, and opcode. */
  map = 0
  opcode = 0
  /** decode-conditions.ts has its bits; those of ModRM are 0. */
  key = 0
  /** Upper bits of ModRM.reg; of a general and of a vector register in ModRM.rm; of base and index. */
  reg = 0
  rm = 0
  vectorRm = 0
  base = 0
  index = 0
  /** V′vvvv, or 0 where there is none. */
  vvvv = 0
  aaa = 0
  /** L′L: the rounding mode where there is one. */
  length = 0
  /** EVEX.X4, which is bit 4 of an index: not allowed where ModRM has no address. */
  x4 = false
  /** A prefix with register bits: then byte registers 4 to 7 are spl, bpl, sil, dil. */
  hasRex = false

  /** Reads up to and with the opcode. */
  scan(bytes: Uint8Array, start: number): ScanResult {
    this.bytes = bytes
    this.at = start
    this.end = Math.min(bytes.length, start + MAX_INSTRUCTION_BYTES)
    this.reg = 0
    this.rm = 0
    this.vectorRm = 0
    this.base = 0
    this.index = 0
    this.vvvv = 0
    this.aaa = 0
    this.length = 0
    this.x4 = false
    this.hasRex = false
    let prefixes = 0
    let rex = 0
    for (; this.at < this.end; this.at++) {
      const byte = bytes[this.at]!
      const bit = PREFIX_BITS[byte]!
      if (bit === 0) break
      // REX counts only right before the opcode (2.2.1).
      rex = bit === PREFIX_REX ? byte : 0
      if ((bit & REPEATS) !== 0) prefixes &= ~REPEATS
      else if ((bit & PREFIX_SEGMENTS) !== 0) prefixes &= ~PREFIX_SEGMENTS
      if (bit !== PREFIX_REX) prefixes |= bit
    }
    if (rex !== 0) prefixes |= PREFIX_REX
    this.prefixes = prefixes
    this.key = (prefixes & PREFIX_ADDRESS) === 0 ? 0 : KEY_ADDRESS
    if (this.at >= this.end) return this.short()
    const first = bytes[this.at]!
    if (first === VEX3 || first === VEX2 || first === EVEX) {
      if ((prefixes & NOT_BEFORE_VEX) !== 0) return BAD_PREFIX
      this.hasRex = true
      if (first === EVEX) return this.#evex()
      return first === VEX3 ? this.#vex3() : this.#vex2()
    }
    if (first === REX2) return rex === 0 ? this.#rex2() : BAD_PREFIX
    if (first === XOP && this.at + 1 < this.end && (bytes[this.at + 1]! & 31) >= FIRST_XOP_MAP) {
      if ((prefixes & NOT_BEFORE_VEX) !== 0) return BAD_PREFIX
      this.hasRex = true
      return this.#vex3()
    }
    return this.#legacy(rex)
  }

  /** Why there are no more bytes. */
  short(): ScanResult {
    return this.end < this.bytes.length ? TOO_LONG : TRUNCATED
  }

  /**
   * Whether EVEX has what does not go with the ModRM byte: L′L = 3 is for static rounding of registers alone (2.7.10),
   * and X4 is for an index.
   */
  isWrongEvex(modrm: number): boolean {
    if (this.length === 3 && (modrm < 0xc0 || (this.key & KEY_B) === 0)) return true
    return this.x4 && modrm >= 0xc0
  }

  #legacy(rex: number): ScanResult {
    const { bytes, end } = this
    this.#legacyPrefixes()
    if (rex !== 0) {
      this.hasRex = true
      if ((rex & 8) !== 0) this.key |= KEY_W
      if ((rex & 1) !== 0) this.key |= KEY_REX_B
      this.reg = (rex & 4) << 1
      this.index = (rex & 2) << 2
      this.base = (rex & 1) << 3
      this.rm = this.base
      this.vectorRm = this.base
    }
    let opcode = bytes[this.at++]!
    this.map = FIRST_MAP.legacy
    if (opcode === 0x0f) {
      if (this.at >= end) return this.short()
      opcode = bytes[this.at++]!
      this.map = FIRST_MAP.legacy + 1
      if (opcode === 0x38 || opcode === 0x3a) {
        if (this.at >= end) return this.short()
        this.map = FIRST_MAP.legacy + (opcode === 0x38 ? 2 : 3)
        opcode = bytes[this.at++]!
      }
    }
    this.opcode = opcode
    return SCANNED
  }

  #legacyPrefixes(): void {
    const { prefixes } = this
    if ((prefixes & PREFIX_SIZE) !== 0) this.key |= KEY_SIZE
    if ((prefixes & REPEATS) !== 0) this.key |= ((prefixes & PREFIX_REP) !== 0 ? 2 : 3) << PP_SHIFT
  }

  /** REX2: REX with four bits more, one of which is the escape 0F (APX specification, 3.1.1). */
  #rex2(): ScanResult {
    const { at, bytes, end } = this
    if (at + 2 >= end) return this.short()
    const payload = bytes[at + 1]!
    this.#legacyPrefixes()
    this.key |= KEY_REX2
    if ((payload & 8) !== 0) this.key |= KEY_W
    if ((payload & 0x11) !== 0) this.key |= KEY_REX_B
    this.hasRex = true
    this.reg = ((payload & 4) << 1) | ((payload & 0x40) >> 2)
    this.index = ((payload & 2) << 2) | ((payload & 0x20) >> 1)
    this.base = ((payload & 1) << 3) | (payload & 0x10)
    this.rm = this.base
    this.vectorRm = this.base
    this.map = FIRST_MAP.legacy + (payload >> 7)
    this.opcode = bytes[at + 2]!
    this.at = at + 3
    return SCANNED
  }

  /** W, vvvv, L and pp as the last byte of VEX has them. */
  #vexControl(control: number): void {
    this.vvvv = (~control >> 3) & 15
    this.length = (control >> 2) & 1
    this.key |= ((control & 3) << PP_SHIFT) | (this.length << LENGTH_SHIFT)
    if (this.vvvv !== 0) this.key |= KEY_VVVV
  }

  #vex2(): ScanResult {
    const { at, bytes, end } = this
    if (at + 2 >= end) return this.short()
    const payload = bytes[at + 1]!
    this.reg = (~payload >> 4) & 8
    this.#vexControl(payload)
    this.map = FIRST_MAP.vex + 1
    this.opcode = bytes[at + 2]!
    this.at = at + 3
    return SCANNED
  }

  #vex3(): ScanResult {
    const { at, bytes, end } = this
    if (at + 3 >= end) return this.short()
    const payload = bytes[at + 1]!
    const control = bytes[at + 2]!
    const map = payload & 31
    if (map >= (bytes[at] === XOP ? XOP_MAPS_END : FIRST_XOP_MAP)) return BAD_PAYLOAD
    this.reg = (~payload >> 4) & 8
    this.index = (~payload >> 3) & 8
    this.base = (~payload >> 2) & 8
    this.rm = this.base
    this.vectorRm = this.base
    this.#vexControl(control)
    if ((control & 0x80) !== 0) this.key |= KEY_W
    this.map = FIRST_MAP.vex + map
    this.opcode = bytes[at + 3]!
    this.at = at + 4
    return SCANNED
  }

  #evex(): ScanResult {
    const { at, bytes, end } = this
    if (at + 4 >= end) return this.short()
    const p0 = bytes[at + 1]!
    const p1 = bytes[at + 2]!
    const p2 = bytes[at + 3]!
    const aaa = p2 & 7
    // Zeroing where there is no mask (2.7.11.3).
    if ((p2 & 0x80) !== 0 && aaa === 0) return BAD_PAYLOAD
    this.reg = ((~p0 >> 4) & 8) | (~p0 & 16)
    this.base = ((~p0 >> 2) & 8) | ((p0 & 8) << 1)
    this.index = ((~p0 >> 3) & 8) | ((~p1 & 4) << 2)
    this.x4 = (p1 & 4) === 0
    this.rm = this.base
    this.vectorRm = ((~p0 >> 2) & 8) | ((~p0 >> 2) & 16)
    this.vvvv = ((~p1 >> 3) & 15) | ((~p2 << 1) & 16)
    this.aaa = aaa
    this.length = (p2 >> 5) & 3
    let key = this.key | ((p1 & 3) << PP_SHIFT) | (this.length << LENGTH_SHIFT)
    if ((p1 & 0x80) !== 0) key |= KEY_W
    if ((this.vvvv & 15) !== 0) key |= KEY_VVVV
    if ((this.vvvv & 16) !== 0) key |= KEY_V4
    if ((p2 & 0x80) !== 0) key |= KEY_Z
    if ((p2 & 0x10) !== 0) key |= KEY_B
    key |= aaa << AAA_SHIFT
    if (aaa !== 0) key |= KEY_MASK
    this.key = key
    this.map = FIRST_MAP.evex + (p0 & 7)
    this.opcode = bytes[at + 4]!
    this.at = at + 5
    return SCANNED
  }
}
