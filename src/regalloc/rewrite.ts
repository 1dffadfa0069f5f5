/** Replaces virtual registers by the registers they were given, and puts the frame around the body. */
import { Mem, type Operand } from '../encoder/operands.ts'
import { FIRST_VIRTUAL_ID, physicalLike, Reg, type RegKind, rsp } from '../encoder/registers.ts'
import { VIRTUAL } from '../encoder/shape.ts'
import { type Draft, unitName } from './draft.ts'
import type { Added, Frame } from './frame.ts'
import type { PFunction, PItem } from './function.ts'
import { readdress } from './readdress.ts'
import type { References } from './references.ts'
import { bitsOfReg, numberIn, unitOf } from './units.ts'

/** Where everything has ended up. */
export interface Places {
  /** Physical unit of each unit. */
  readonly assigned: Int16Array
  /** Slot of each unit that lives in memory. */
  readonly slotOf: ReadonlyMap<number, number>
}

export function rewrite(draft: Draft, references: References, places: Places, frame: Frame): PFunction {
  const { source, origins } = draft
  // About as long as it will be, so that it need not grow.
  const body = new Array<PItem>(draft.body.length + frame.prologue.length + frame.epilogue.length)
  let count = 0
  const identities = findIdentities(draft, references, places)
  const rewriter = new Rewriter(draft, places, frame)
  for (const added of frame.prologue) body[count++] = insertion(added)
  let nextIdentity = 0
  for (let i = 0; i < draft.body.length; i++) {
    const item = draft.body[i]!
    if (item.kind !== 'inst') {
      body[count++] = item
      continue
    }
    if (identities[nextIdentity] === i) {
      nextIdentity++
      continue
    }
    const { form } = item
    if (form.control === 'return') for (const added of frame.epilogue) body[count++] = insertion(added)
    body[count++] = {
      kind: 'inst',
      mnemonic: form.mnemonic,
      operands: rewriter.operands(item.operands),
      origin: origins[i]!,
    }
  }
  body.length = count
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

const insertion = ({ mnemonic, operands }: Added): PItem => ({ kind: 'inst', mnemonic, operands, origin: -1 })

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
    if (item.kind === 'inst' && bitsOfReg(item.operands[0] as Reg) >= bits[to]!) found.push(at)
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
    // Nearly all instructions have two or three, and a literal is made many times faster than a copy.
    switch (operands.length) {
      case 0:
        return operands
      case 2:
        return [this.#operand(operands[0]!), this.#operand(operands[1]!)]
      case 3:
        return [this.#operand(operands[0]!), this.#operand(operands[1]!), this.#operand(operands[2]!)]
      default:
        return operands.map((operand) => this.#operand(operand))
    }
  }

  #operand(operand: Operand): Operand {
    if (typeof operand !== 'object') return operand
    if (operand instanceof Reg) return (operand.shape & VIRTUAL) === 0 ? operand : this.#reg(operand)
    return operand instanceof Mem ? this.#mem(operand) : operand
  }

  #reg<K extends RegKind>(reg: Reg<K>): Reg<K> {
    const id = reg.id < FIRST_VIRTUAL_ID ? reg.id : numberIn(this.#assigned[unitOf(reg)]!, reg)
    if (reg.opmask === null && reg.rounding === null) return physicalLike(reg, id)
    const opmask = reg.opmask === null ? null : this.#reg(reg.opmask)
    return new Reg(reg.kind, id, opmask, reg.zeroing, reg.rounding)
  }

  #mem(mem: Mem): Mem {
    const slotUnit = mem.base === rsp ? this.#slots.get(mem) : undefined
    if (slotUnit === undefined && (mem.shape & VIRTUAL) === 0) return mem
    const disp =
      slotUnit === undefined ? mem.disp : mem.disp + this.#slotOffsets[this.#slotOf.get(slotUnit)!]!
    const base = mem.base === null ? null : this.#reg(mem.base)
    const index = mem.index === null ? null : this.#reg(mem.index)
    const opmask = mem.opmask === null ? null : this.#reg(mem.opmask)
    return readdress(mem, base, index, opmask, disp)
  }
}
