/** Reads ModRM, SIB and displacement as a memory operand (SDM Vol. 2A, 2.1.3, 2.1.5, 2.2.1.6; the bits are in modrm.ts). */
import type { Scan } from './decode-scan.ts'
import { PREFIX_ADDRESS, PREFIX_SEGMENTS } from './decode-scan.ts'
import type { EncodableForm, Slot } from './encodable.ts'
import { Displacement, Mem, type MemWidth, type Repeats } from './operands.ts'
import { k, physical, REGISTER_COUNT, type Reg, type RegKind } from './registers.ts'
import { KIND_CODE, VSIB_X, VSIB_Y, VSIB_Z } from './shape.ts'

const SIB_FOLLOWS = 4
const NO_INDEX = 4
/** With mod 00: a disp32, and no base or (without SIB) rip. */
const DISP32_ONLY = 5
/** PREFIX_ES is segment register 0. */
const SEGMENT_SHIFT = 5
const SCALES = [1, 2, 4, 8] as const

/** Registers by number, by the code of their kind; made when first needed, which is after the package's import. */
const files: (readonly Reg[] | undefined)[] = []

function fileOf(kind: RegKind): readonly Reg[] {
  const code = KIND_CODE[kind]
  let file = files[code]
  if (file === undefined) {
    file = Array.from({ length: REGISTER_COUNT[kind] }, (_, id) => physical(kind, id) as Reg)
    files[code] = file
  }
  return file
}

const VECTOR_KINDS: Readonly<Record<number, RegKind>> = { [VSIB_X]: 'xmm', [VSIB_Y]: 'ymm', [VSIB_Z]: 'zmm' }

/** The segment register that a prefix names, or null; the bits of the prefixes are in the order of the numbers. */
export function segmentOf(prefixes: number): Reg<'sreg'> | null {
  const bits = (prefixes & PREFIX_SEGMENTS) >> SEGMENT_SHIFT
  return bits === 0 ? null : physical('sreg', 31 - Math.clz32(bits))
}

/** Four bytes, lowest first, as a signed number. */
export function read32(bytes: Uint8Array, at: number): number {
  return bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)
}

/** What `readAddress` says where there is no address. */
export const ADDRESS_SHORT = -1
export const ADDRESS_WRONG = -2

/**
 * Reads the memory operand of `slot` behind the ModRM byte, which is the last byte read. `scan.at` moves behind the
 * displacement. ADDRESS_SHORT where bytes are missing, ADDRESS_WRONG where the form wants a SIB byte and there is none.
 */
export function readAddress(
  scan: Scan,
  modrm: number,
  form: EncodableForm,
  slot: Slot,
  segments: number,
): Mem | typeof ADDRESS_SHORT | typeof ADDRESS_WRONG {
  const { bytes, end } = scan
  const mod = modrm >> 6
  const general = (scan.prefixes & PREFIX_ADDRESS) === 0 ? fileOf('r64') : fileOf('r32')
  let at = scan.at
  let low = modrm & 7
  let base: Reg | null = null
  let index: Reg | null = null
  let scale: 1 | 2 | 4 | 8 = 1
  let isRelative = false
  if (low === SIB_FOLLOWS) {
    if (at >= end) return ADDRESS_SHORT
    const sib = bytes[at++]!
    low = sib & 7
    scale = SCALES[sib >> 6]!
    const number = ((sib >> 3) & 7) | scan.index
    if (slot.vsib !== 0) index = fileOf(VECTOR_KINDS[slot.vsib]!)[(number & 15) | (scan.vvvv & 16)]!
    else if (number !== NO_INDEX) index = general[number]!
    if (mod !== 0 || low !== DISP32_ONLY) base = general[low | scan.base]!
  } else {
    if (form.needsSib) return ADDRESS_WRONG
    if (mod === 0 && low === DISP32_ONLY) isRelative = true
    else base = general[low | scan.base]!
  }
  let disp = 0
  if (mod === 1) {
    if (at >= end) return ADDRESS_SHORT
    disp = ((bytes[at]! << 24) >> 24) << form.disp8Shift
    at++
  } else if (mod === 2 || base === null) {
    if (at + 4 > end) return ADDRESS_SHORT
    disp = read32(bytes, at)
    at += 4
  }
  if (
    !slot.highBase &&
    ((base !== null && base.id >= 16) || (index !== null && slot.vsib === 0 && index.id >= 16))
  ) {
    return ADDRESS_WRONG
  }
  scan.at = at
  const opmask = slot.mask !== 'none' && scan.aaa !== 0 ? k(scan.aaa) : null
  const label = isRelative ? new Displacement(disp) : null
  return new Mem(
    slot.width as MemWidth,
    base,
    index,
    index === null ? 1 : scale,
    isRelative ? 0 : disp,
    label,
    slot.broadcast,
    opmask,
    slot.repeats as Repeats,
    segmentOf(scan.prefixes & segments),
  )
}
