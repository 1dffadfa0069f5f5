/** How a spilled register goes to and from its stack slot. */
import { Mem, type MemWidth } from '../encoder/operands.ts'
import { type Reg, type RegKind, rsp } from '../encoder/registers.ts'
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

/** A memory operand that stands for a unit's slot: [rsp + unit], since nothing else of a body may name rsp. */
export const slotOperand = (unit: number, width: MemWidth, index: Reg | null): Mem =>
  new Mem(width, rsp, index, 1, unit, null, false, null)

/** The unit whose slot a memory operand stands for; −1 where it is none. */
export const unitOfSlot = ({ base, disp }: Mem): number => (base === rsp ? disp : -1)

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
