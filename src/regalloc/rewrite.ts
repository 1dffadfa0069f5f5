/** Replaces virtual registers by the registers they were given, and puts the frame around the body. */
import { Mem, type Operand } from '../encoder/operands.ts'
import { FIRST_VIRTUAL_ID, physical, Reg, type RegKind } from '../encoder/registers.ts'
import { VIRTUAL } from '../encoder/shape.ts'
import { type Draft, unitName } from './draft.ts'
import type { Added, Frame } from './frame.ts'
import type { PFunction, PItem } from './function.ts'
import type { References } from './references.ts'
import { BANK_START, bankOf, bitsOf, HIGH_BYTE_OFFSET, unitOf } from './units.ts'

/** Where everything has ended up. */
export interface Places {
  /** Physical unit of each unit. */
  readonly assigned: Int16Array
  /** Slot of each unit that lives in memory. */
  readonly slotOf: ReadonlyMap<number, number>
}

export function rewrite(draft: Draft, references: References, places: Places, frame: Frame): PFunction {
  const { source, origins } = draft
  const body: PItem[] = []
  const identities = findIdentities(draft, references, places)
  const rewriter = new Rewriter(draft, places, frame)
  add(body, frame.prologue)
  let nextIdentity = 0
  for (let i = 0; i < draft.body.length; i++) {
    const item = draft.body[i]!
    if (item.kind !== 'inst') {
      body.push(item)
      continue
    }
    if (identities[nextIdentity] === i) {
      nextIdentity++
      continue
    }
    const { form } = item
    if (form.control === 'return') add(body, frame.epilogue)
    body.push({
      kind: 'inst',
      mnemonic: form.mnemonic,
      operands: rewriter.operands(item.operands),
      origin: origins[i]!,
    })
  }
  const spilled = [...draft.spilled].sort((a, b) => a - b)
  return Object.freeze({
    name: source.name,
    constants: source.constants,
    labelCount: source.labelCount,
    body: Object.freeze(body),
    frameBytes: frame.bytes,
    saved: Object.freeze(frame.saved.map(String)),
    spilled: Object.freeze(spilled.map((unit) => unitName(draft, unit))),
  })
}

function add(body: PItem[], instructions: readonly Added[]): void {
  for (const { mnemonic, operands } of instructions)
    body.push({ kind: 'inst', mnemonic, operands, origin: -1 })
}

/**
 * Body indices of copies whose two sides share a register. A copy narrower than some view of its
 * destination clears upper bits (mov r32, r32), so it has to stay.
 */
function findIdentities(draft: Draft, references: References, places: Places): number[] {
  const { copies, bits } = references
  const found: number[] = []
  for (const { at, to, from } of copies) {
    if (places.assigned[to]! < 0 || places.assigned[to] !== places.assigned[from]) continue
    const item = draft.body[at]!
    if (item.kind === 'inst' && bitsOf((item.operands[0] as Reg).kind) >= bits[to]!) found.push(at)
  }
  return found
}

class Rewriter {
  readonly #assigned: Int16Array
  readonly #slots: ReadonlyMap<object, number>
  readonly #slotOf: ReadonlyMap<number, number>
  readonly #slotOffsets: readonly number[]

  constructor(draft: Draft, places: Places, frame: Frame) {
    this.#assigned = places.assigned
    this.#slots = draft.slots
    this.#slotOf = places.slotOf
    this.#slotOffsets = frame.slotOffsets
  }

  operands(operands: readonly Operand[]): readonly Operand[] {
    const { length } = operands
    for (let index = 0; index < length; index++) {
      const operand = operands[index]!
      if (typeof operand !== 'object') continue
      if ((operand.shape & VIRTUAL) !== 0 || (this.#slots.size > 0 && this.#slots.has(operand))) {
        return operands.map((each) => this.#operand(each))
      }
    }
    return operands
  }

  #operand(operand: Operand): Operand {
    if (typeof operand !== 'object') return operand
    if (operand instanceof Reg) return this.#reg(operand)
    return operand instanceof Mem ? this.#mem(operand) : operand
  }

  #reg<K extends RegKind>(reg: Reg<K>): Reg<K> {
    const opmask = reg.opmask === null ? null : this.#reg(reg.opmask)
    const id = reg.id < FIRST_VIRTUAL_ID ? reg.id : this.#number(reg)
    if (opmask === null && reg.rounding === null) return physical(reg.kind, id)
    return new Reg(reg.kind, id, opmask, reg.zeroing, reg.rounding)
  }

  #number(reg: Reg): number {
    const number = this.#assigned[unitOf(reg)]! - BANK_START[bankOf(reg.kind) as 0]
    return reg.kind === 'r8h' ? number + HIGH_BYTE_OFFSET : number
  }

  #mem(mem: Mem): Mem {
    const slotUnit = this.#slots.size > 0 ? this.#slots.get(mem) : undefined
    const disp =
      slotUnit === undefined ? mem.disp : mem.disp + this.#slotOffsets[this.#slotOf.get(slotUnit)!]!
    const base = mem.base === null ? null : this.#reg(mem.base)
    const index = mem.index === null ? null : this.#reg(mem.index)
    const opmask = mem.opmask === null ? null : this.#reg(mem.opmask)
    return new Mem(mem.width, base, index, mem.scale, disp, mem.label, mem.isBroadcast, opmask, mem.repeats)
  }
}
