/** How a spilled register goes to and from its stack slot. */
import type { MemWidth } from '../encoder/operands.ts'
import type { RegKind } from '../encoder/registers.ts'
import { BANK } from './units.ts'

export interface SlotAccess {
  /** The register that is loaded and stored. */
  readonly kind: RegKind
  readonly load: string
  readonly store: string
  /** Size of the memory operand in bits; 0 where the instruction states none. */
  readonly width: MemWidth
  readonly isTile: boolean
}

/** A tile's slot is 16 rows, one cache line each. */
export const TILE_ROW_BYTES = 64
export const TILE_BYTES: number = 16 * TILE_ROW_BYTES

/** Bytes of the slot of a unit of `bank` that is seen up to `bits` wide. */
export function slotBytes(bank: number, bits: number): number {
  return bank === BANK.vector ? bits / 8 : bank === BANK.tile ? TILE_BYTES : 8
}

/**
 * For a unit of `bank` that is seen up to `bits` wide, with no instruction that needs more of the CPU than
 * the function, whose features these are, does anyway.
 */
export function slotAccess(bank: number, bits: number, features: ReadonlySet<string>): SlotAccess {
  const simple = (kind: RegKind, mnemonic: string, width: MemWidth): SlotAccess => ({
    kind,
    load: mnemonic,
    store: mnemonic,
    width,
    isTile: false,
  })
  switch (bank) {
    case BANK.gp:
      return simple('r64', 'mov', 64)
    case BANK.opmask:
      // Without AVX512BW no instruction looks at more than 16 bits of an opmask.
      return features.has('AVX512BW') ? simple('k', 'kmovq', 64) : simple('k', 'kmovw', 16)
    case BANK.vector: {
      if (bits === 512) return simple('zmm', 'vmovaps', 512)
      if (bits === 256) return simple('ymm', 'vmovaps', 256)
      const usesVex = [...features].some((feature) => /^(AVX|FMA|F16C|VAES)/.test(feature))
      return simple('xmm', usesVex ? 'vmovaps' : 'movaps', 128)
    }
    default:
      return {
        kind: 'tmm',
        load: 'tileloadd',
        store: 'tilestored',
        width: 0,
        isTile: true,
      }
  }
}
