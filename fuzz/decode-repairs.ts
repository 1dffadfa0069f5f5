/** Changes to prefixes of bytes by which the judges find out what another decoder stumbled over. */
import { LEGACY_PREFIXES } from './decode-bytes.ts'

export const isLegacyPrefix = (byte: number): boolean => LEGACY_PREFIXES.includes(byte)
export const isRex = (byte: number): boolean => (byte & 0xf0) === 0x40

/** How many prefixes the bytes begin with. */
export function prefixCount(bytes: Uint8Array): number {
  let at = 0
  while (at < bytes.length && (isLegacyPrefix(bytes[at]!) || isRex(bytes[at]!))) at++
  return at
}

/** Without the prefixes that `drops` says; null where there is none. REX that is not last must not become so. */
export function dropPrefixes(bytes: Uint8Array, drops: (byte: number) => boolean): Uint8Array | null {
  const end = prefixCount(bytes)
  if (!bytes.subarray(0, end).some(drops)) return null
  const kept = [...bytes].filter((byte, at) => at >= end || !(drops(byte) || (isRex(byte) && at < end - 1)))
  const repaired = new Uint8Array(bytes.length)
  repaired.set(kept)
  return repaired
}

/** With one byte of the EVEX prefix changed. */
export function changeEvex(
  bytes: Uint8Array,
  index: number,
  change: (byte: number) => number,
): Uint8Array | null {
  const at = prefixCount(bytes)
  if (bytes[at] !== 0x62) return null
  const repaired = bytes.slice()
  repaired[at + index] = change(bytes[at + index]!)
  return repaired[at + index] === bytes[at + index] ? null : repaired
}

export const MANDATORY: readonly number[] = [0x66, 0xf2, 0xf3]

/** The bytes with the prefixes 66, F2 and F3 behind the others and before REX; null where they are there already. */
export function mandatoryPrefixLast(bytes: Uint8Array): Uint8Array | null {
  const end = prefixCount(bytes)
  const prefixes = [...bytes.subarray(0, end)]
  const rex = end > 0 && isRex(prefixes[end - 1]!) ? [prefixes.pop()!] : []
  // REX that is not last is ignored, but counts for the length.
  const idle = prefixes.filter(isRex)
  const others = prefixes.filter((byte) => !MANDATORY.includes(byte) && !isRex(byte))
  // Of F2 and F3 the last counts, and more than 66.
  const size = prefixes.filter((byte) => byte === 0x66)
  const repeats = prefixes.filter((byte) => byte === 0xf2 || byte === 0xf3)
  const ordered = [...idle, ...others, ...size, ...repeats, ...rex]
  if (ordered.every((byte, at) => byte === bytes[at])) return null
  const result = bytes.slice()
  result.set(ordered)
  return result
}

export const hasPrefix = (bytes: Uint8Array, prefix: number): boolean =>
  bytes.subarray(0, prefixCount(bytes)).includes(prefix)
/** Without F2 and F3; null where there is none. */
export function withoutRepeats(bytes: Uint8Array): Uint8Array | null {
  return dropPrefixes(bytes, (byte) => byte === 0xf2 || byte === 0xf3)
}

/** Without 67; null where there is none. */
export function withoutAddressSize(bytes: Uint8Array): Uint8Array | null {
  return dropPrefixes(bytes, (byte) => byte === 0x67)
}

/** Fields that an instruction ignores. */
interface IgnoredFields {
  readonly w: boolean
  /** L′L. */
  readonly length: boolean
  /** X and B, where ModRM.rm is an opmask. */
  readonly b: boolean
}

/** With the ignored fields as LLVM wants them, and without a 66 that F2 or F3 makes idle. */
export function withoutIgnored(bytes: Uint8Array, ignored: IgnoredFields): Uint8Array {
  let plain = bytes
  if (ignored.w) plain = changeEvex(plain, 2, (byte) => byte & 0x7f) ?? plain
  if (ignored.length) plain = changeEvex(plain, 3, (byte) => byte & 0x9f) ?? plain
  if (ignored.b) {
    const at = prefixCount(plain)
    if (plain[at] === 0x62 || plain[at] === 0xc4) {
      plain = plain.slice()
      plain[at + 1]! |= 0x60
    }
  }
  const hasRepeat = hasPrefix(plain, 0xf2) || hasPrefix(plain, 0xf3)
  return (hasRepeat ? dropPrefixes(plain, (byte) => byte === 0x66) : null) ?? plain
}
