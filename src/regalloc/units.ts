/**
 * Units: one dense numbering of everything that can hold a value, physical registers first.
 * Views of one register (al, eax, rax; xmm5, zmm5) are the same unit.
 */
import {
  FIRST_VIRTUAL_ID,
  REGISTER_COUNT,
  type Reg,
  type RegKind,
  registerName,
} from '../encoder/registers.ts'
import { codeOfKind, KIND_CODE, KIND_MASK } from '../encoder/shape.ts'

/**
 * A register file; registers of one bank compete, those of different banks never do. `other` are the registers
 * that are only ever named, never given out: segment, control, x87, …
 */
export const BANK = { gp: 0, vector: 1, opmask: 2, tile: 3, other: 4 } as const
/** Banks that registers are given out of. */
export const BANK_COUNT = 4
export const BANK_NAMES = ['general', 'vector', 'opmask', 'tile'] as const

/** First unit of each bank; a physical register's unit is its bank's first unit + its number. */
export const BANK_START = [0, 32, 64, 72, 80] as const
/** Registers that are given out of each bank (general ones above r15 need APX). */
export const BANK_SIZE = [16, 32, 8, 8] as const
export const RSP_UNIT = 4

/** Kinds that virtual registers can have. */
export type VirtualKind = 'r8' | 'r8h' | 'r16' | 'r32' | 'r64' | 'xmm' | 'ymm' | 'zmm' | 'k' | 'tmm'

const KINDS: Readonly<Record<VirtualKind, { readonly bank: number; readonly bits: number }>> = {
  r8: { bank: BANK.gp, bits: 8 },
  // Bits 15:8, so that 16 bits have to be there.
  r8h: { bank: BANK.gp, bits: 16 },
  r16: { bank: BANK.gp, bits: 16 },
  r32: { bank: BANK.gp, bits: 32 },
  r64: { bank: BANK.gp, bits: 64 },
  xmm: { bank: BANK.vector, bits: 128 },
  ymm: { bank: BANK.vector, bits: 256 },
  zmm: { bank: BANK.vector, bits: 512 },
  k: { bank: BANK.opmask, bits: 64 },
  tmm: { bank: BANK.tile, bits: 8192 },
}

const hasFacts = (kind: RegKind): kind is VirtualKind => Object.hasOwn(KINDS, kind)

/** ah … bh are numbered 4 … 7 and live in units 0 … 3. */
export const HIGH_BYTE_OFFSET = 4

// The same by the kind's code, which every register carries in its shape: no string is looked at.
const BANK_BY_CODE = new Uint8Array(KIND_MASK + 1)
const BITS_BY_CODE = new Uint16Array(KIND_MASK + 1)
/** What to add to a physical register's number for its unit. */
const OFFSET_BY_CODE = new Int16Array(KIND_MASK + 1)
/** The kinds that are not given out; their units follow one another. */
const OTHER_KINDS: RegKind[] = []
let otherCount = 0
for (const [kind, code] of Object.entries(KIND_CODE) as [RegKind, number][]) {
  const { bank, bits } = hasFacts(kind) ? KINDS[kind] : { bank: BANK.other, bits: 64 }
  BANK_BY_CODE[code] = bank
  BITS_BY_CODE[code] = bits
  OFFSET_BY_CODE[code] = BANK_START[bank as 0] - (kind === 'r8h' ? HIGH_BYTE_OFFSET : 0)
  if (bank !== BANK.other) continue
  OFFSET_BY_CODE[code]! += otherCount
  OTHER_KINDS.push(kind)
  otherCount += REGISTER_COUNT[kind]
}

/** Units below are physical; unit FIRST_VIRTUAL_UNIT + i is virtual register i (id 256 + i). */
export const FIRST_VIRTUAL_UNIT: number = BANK_START[BANK.other] + otherCount

/** The bank of a kind; BANK.other when virtual registers of the kind cannot be given physical ones. */
export const bankOf = (kind: RegKind): number => BANK_BY_CODE[codeOfKind(kind)]!
/** Width of a kind of register, in bits. */
export const bitsOf = (kind: RegKind): number => BITS_BY_CODE[codeOfKind(kind)]!
export const bankOfReg = (reg: Reg): number => BANK_BY_CODE[reg.shape & KIND_MASK]!
export const bitsOfReg = (reg: Reg): number => BITS_BY_CODE[reg.shape & KIND_MASK]!

/** The unit that a register operand is a view of. */
export function unitOf(reg: Reg): number {
  return reg.id >= FIRST_VIRTUAL_ID
    ? reg.id - FIRST_VIRTUAL_ID + FIRST_VIRTUAL_UNIT
    : reg.id + OFFSET_BY_CODE[reg.shape & KIND_MASK]!
}

/** The number of the register of a kind of view (`ah` is 4) that a physical unit is. */
export const numberIn = (unit: number, view: Reg): number => unit - OFFSET_BY_CODE[view.shape & KIND_MASK]!

const WIDEST = ['r64', 'zmm', 'k', 'tmm'] as const

/** The bank of a physical unit. */
export function bankOfUnit(unit: number): number {
  let bank: number = BANK.other
  while (unit < BANK_START[bank as 0]) bank--
  return bank
}

/** The name of a physical unit at its widest: `rax`, `zmm3`, `k1`. */
export function physicalUnitName(unit: number): string {
  const bank = bankOfUnit(unit)
  if (bank !== BANK.other) return registerName(WIDEST[bank as 0], unit - BANK_START[bank as 0])
  const kind = OTHER_KINDS.findLast((each) => OFFSET_BY_CODE[KIND_CODE[each]]! <= unit)!
  return registerName(kind, unit - OFFSET_BY_CODE[KIND_CODE[kind]]!)
}
