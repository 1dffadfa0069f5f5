/** Why one operand does not fit one slot of a form, in words, and how far off it is. */
import type { Slot } from './encodable.ts'
import type { OperandSpec } from './form.ts'
import { Label, Mem, type Operand } from './operands.ts'
import { FIRST_VIRTUAL_ID, Reg, type RegKind, registerName } from './registers.ts'
import {
  KIND_CODE,
  SPECIAL,
  SPECIAL_MASK,
  SPECIAL_OFFSET,
  SPECIAL_RDI,
  SPECIAL_RSI,
  VSIB_X,
  VSIB_Y,
  VSIB_Z,
} from './shape.ts'

export interface Mismatch {
  /** From 1, where another number or decoration would mend it, to 4, another type of operand. */
  readonly distance: number
  readonly reason: string
}

const near = (reason: string): Mismatch => ({ distance: 1, reason })

function kindNames(slot: Slot): string {
  const kinds = (Object.keys(KIND_CODE) as RegKind[]).filter((kind) => (slot.kinds >> KIND_CODE[kind]) & 1)
  return kinds.filter((kind) => kind !== 'r8h').join(' or ')
}

function maskMismatch(slot: Slot, opmask: Reg | null): Mismatch | null {
  if (opmask !== null && slot.mask === 'none') return near('cannot be masked')
  if (opmask === null && slot.mask === 'needed') return near('needs an opmask, as in .mask(k(1))')
  return null
}

function roundingMismatch(slot: Slot, reg: Reg): Mismatch | null {
  if (reg.rounding === null || slot.rounding === (reg.rounding === 'sae' ? 'sae' : 'er')) return null
  if (slot.rounding === 'sae') return near('takes {sae}, no rounding mode')
  if (slot.rounding === 'er') return near('takes a rounding mode, not {sae} alone')
  const what = reg.rounding === 'sae' ? '{sae}' : 'rounding mode'
  return near(`takes no ${what}: that is for zmm and scalar arithmetic, on the last register`)
}

function numberMismatch(slot: Slot, reg: Reg): Mismatch | null {
  if (reg.kind === 'sreg') {
    return reg.id === 1 && ((slot.numbers >> 1) & 1) === 0
      ? near('is written by far jumps and calls alone')
      : null
  }
  if (reg.id < 16 || reg.id >= FIRST_VIRTUAL_ID || reg.kind === 'k') return null
  const isVector = reg.kind === 'xmm' || reg.kind === 'ymm' || reg.kind === 'zmm'
  if (!isVector) return near('is one of r16 to r31, which need APX; no form here encodes them')
  return slot.highIndex || (slot.numbers >> 4) & 1
    ? null
    : near('must be one of 0 to 15: only EVEX forms reach 16 to 31')
}

function registerMismatch(slot: Slot, spec: OperandSpec, reg: Reg): Mismatch | null {
  if (((slot.kinds >> KIND_CODE[reg.kind]) & 1) === 0)
    return { distance: 3, reason: `must be ${kindNames(slot)}` }
  if (spec.fixed !== null && reg.id !== spec.fixed.id && reg.id < FIRST_VIRTUAL_ID) {
    return { distance: 2, reason: `must be ${registerName(spec.fixed.kind, spec.fixed.id)}` }
  }
  const decoration = maskMismatch(slot, reg.opmask) ?? roundingMismatch(slot, reg)
  if (decoration !== null) return decoration
  if (reg.zeroing && !slot.zeroing) return near('can be masked, but not with {z}')
  return numberMismatch(slot, reg)
}

const VSIB_NAMES: Readonly<Record<number, string>> = { [VSIB_X]: 'xmm', [VSIB_Y]: 'ymm', [VSIB_Z]: 'zmm' }

const SPECIAL_NAMES: Readonly<Record<number, string>> = {
  [SPECIAL_RSI]: '[rsi] or [esi]',
  [SPECIAL_RDI]: '[rdi] or [edi], without a segment',
  [SPECIAL_OFFSET]: 'an address without registers, as in mem(0x1122334455667788n)',
}

/** Addresses that are in no ModRM byte: which, if any, the slot wants. */
function specialMismatch(slot: Slot, mem: Mem): Mismatch | null {
  const special = (mem.shape & SPECIAL) === 0 ? 0 : mem.shape & SPECIAL_MASK
  if (slot.special !== 0) {
    return slot.special === special ? null : { distance: 2, reason: `must be ${SPECIAL_NAMES[slot.special]}` }
  }
  if (special !== SPECIAL_OFFSET) return null
  return { distance: 2, reason: 'is an address of 64 bits, which only movabs of the accumulator takes' }
}

function memoryMismatch(slot: Slot, mem: Mem): Mismatch | null {
  const isVector = mem.index !== null && /^[xyz]mm$/.test(mem.index.kind)
  const special = specialMismatch(slot, mem)
  if (special !== null) return special
  const vector = VSIB_NAMES[slot.vsib]
  if (vector !== undefined && mem.index?.kind !== vector) {
    return { distance: 2, reason: `must have a ${vector} register as its index` }
  }
  if (slot.vsib === 0 && isVector)
    return { distance: 3, reason: 'cannot have a vector register as its index' }
  if (mem.isBroadcast && !slot.broadcast) return { distance: 2, reason: 'cannot be broadcast' }
  if (!mem.isBroadcast && slot.broadcast) {
    return { distance: 2, reason: `must be broadcast (${slot.width} bits, repeated)` }
  }
  if (mem.width !== 0 && slot.width !== 0 && mem.width !== slot.width) {
    return near(`is ${mem.width} bits; must be ${slot.width}`)
  }
  if (mem.repeats !== 0 && mem.repeats !== slot.repeats)
    return near(`is repeated ${slot.repeats} times, not ${mem.repeats}`)
  if (slot.needsSib && mem.label !== null) return near('cannot be RIP-relative: its address needs a SIB byte')
  const high = [mem.base, mem.index].find((reg) => reg !== null && reg.id >= 16 && reg.id < FIRST_VIRTUAL_ID)
  if (high !== undefined && high !== null && !isVector && !slot.highBase) return numberMismatch(slot, high)
  if (isVector && !slot.highIndex && numberMismatch(slot, mem.index!) !== null) {
    return near('must have an index of 0 to 15: only EVEX forms reach 16 to 31')
  }
  return maskMismatch(slot, mem.opmask)
}

const IMMEDIATE_LIMITS: Readonly<Record<string, string>> = {
  '1': '1',
  dfv: '0 to 15, a sum of 8 (OF), 4 (SF), 2 (ZF) and 1 (CF)',
  imm4: '0 to 15',
  imm8: '−128 to 255',
  ib: '−128 to 255',
  simm8: '−128 to 127',
  imm16: '−32768 to 65535',
  imm32: '−2³¹ to 2³²−1',
  simm32: '−2³¹ to 2³¹−1',
  imm64: '−2⁶³ to 2⁶⁴−1',
}

function article(slot: Slot): string {
  switch (slot.type) {
    case 'register':
      return `a register (${kindNames(slot)})`
    case 'memory':
      return 'memory'
    case 'immediate':
      return 'an immediate'
    case 'label':
      return 'a label'
  }
}

function immediateMismatch(slot: Slot, spec: OperandSpec): Mismatch {
  // Of several sizes the widest is the nearest: it says how far one can go.
  const widths = slot.ranges.toString(2).replaceAll('0', '').length
  return { distance: 2 - widths / 32, reason: `must be ${IMMEDIATE_LIMITS[spec.token]}` }
}

/** Why an operand cannot stand in the slot; null when nothing about it speaks against the slot. */
export function mismatch(slot: Slot, spec: OperandSpec, operand: Operand): Mismatch | null {
  const unlike: Mismatch = { distance: 4, reason: `must be ${article(slot)}` }
  if (operand instanceof Reg) return slot.type === 'register' ? registerMismatch(slot, spec, operand) : unlike
  if (operand instanceof Mem) return slot.type === 'memory' ? memoryMismatch(slot, operand) : unlike
  if (operand instanceof Label) {
    if (slot.type === 'label') return null
    return slot.type === 'memory'
      ? { distance: 3, reason: 'must be memory: write mem(label), or [label] in text' }
      : unlike
  }
  return slot.type === 'immediate' ? immediateMismatch(slot, spec) : unlike
}
