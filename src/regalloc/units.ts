/**
 * Units: one dense numbering of everything that can hold a value, physical registers first.
 * Views of one register (al, eax, rax; xmm5, zmm5) are the same unit.
 */
import { FIRST_VIRTUAL_ID, type Reg, type RegKind, registerName } from '../encoder/registers.ts'
import { KIND_CODE, KIND_MASK } from '../encoder/shape.ts'

/** A register file; registers of one bank compete, those of different banks never do. */
export const BANK = { gp: 0, vector: 1, opmask: 2, tile: 3 } as const
export const BANK_COUNT = 4
export const BANK_NAMES = ['general', 'vector', 'opmask', 'tile'] as const

/** First unit of each bank; a physical register's unit is its bank's first unit + its number. */
export const BANK_START = [0, 32, 64, 72] as const
/** Registers in each bank (general ones above r15 need APX and are never allocated). */
export const BANK_SIZE = [16, 32, 8, 8] as const
/** Units below are physical; unit FIRST_VIRTUAL_UNIT + i is virtual register i (id 256 + i). */
export const FIRST_VIRTUAL_UNIT = 80
export const RSP_UNIT = 4

const BANK_OF_KIND: Readonly<Record<RegKind, number>> = {
  r8: BANK.gp,
  r8h: BANK.gp,
  r16: BANK.gp,
  r32: BANK.gp,
  r64: BANK.gp,
  xmm: BANK.vector,
  ymm: BANK.vector,
  zmm: BANK.vector,
  k: BANK.opmask,
  tmm: BANK.tile,
}

const BITS: Readonly<Record<RegKind, number>> = {
  r8: 8,
  // Bits 15:8, so that 16 bits have to be there.
  r8h: 16,
  r16: 16,
  r32: 32,
  r64: 64,
  xmm: 128,
  ymm: 256,
  zmm: 512,
  k: 64,
  tmm: 8192,
}

/** ah … bh are numbered 4 … 7 and live in units 0 … 3. */
export const HIGH_BYTE_OFFSET = 4

export const bankOf = (kind: RegKind): number => BANK_OF_KIND[kind]
/** Width of a kind of register, in bits. */
export const bitsOf = (kind: RegKind): number => BITS[kind]

// The same by the kind's code, which every register carries in its shape: no string is looked at.
const BANK_BY_CODE = new Uint8Array(KIND_MASK + 1)
const BITS_BY_CODE = new Uint16Array(KIND_MASK + 1)
/** What to add to a physical register's number for its unit. */
const OFFSET_BY_CODE = new Int16Array(KIND_MASK + 1)
for (const [kind, code] of Object.entries(KIND_CODE) as [RegKind, number][]) {
  BANK_BY_CODE[code] = bankOf(kind)
  BITS_BY_CODE[code] = bitsOf(kind)
  OFFSET_BY_CODE[code] = BANK_START[bankOf(kind) as 0] - (kind === 'r8h' ? HIGH_BYTE_OFFSET : 0)
}

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
  return unit < BANK_START[1] ? BANK.gp : unit < BANK_START[2] ? BANK.vector : unit < BANK_START[3] ? 2 : 3
}

/** The name of a physical unit at its widest: `rax`, `zmm3`, `k1`. */
export function physicalUnitName(unit: number): string {
  const bank = bankOfUnit(unit)
  return registerName(WIDEST[bank as 0], unit - BANK_START[bank as 0])
}
