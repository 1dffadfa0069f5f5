/**
 * Spilling: a spilled register lives in a stack slot (or is recomputed). Every instruction that uses it gets
 * a register of its own for just that instruction, or takes the slot as its memory operand where a form has one.
 */
import { Mem, type Operand } from '../encoder/operands.ts'
import { FIRST_VIRTUAL_ID, Reg, type RegKind } from '../encoder/registers.ts'
import { type Draft, type Edit, unitName } from './draft.ts'
import { takesMemory } from './form-facts.ts'
import type { VInst, VItem } from './function.ts'
import { inst } from './moves.ts'
import { readdress } from './readdress.ts'
import { READS, REF_SHIFT, type References, WRITES } from './references.ts'
import { constantDefinition, recomputation } from './rematerialise.ts'
import { int32s, uint8s } from './scratch.ts'
import { type SlotAccess, slotAccess, slotOperand, TILE_ROW_BYTES } from './slot-access.ts'
import { bitsOfReg, FIRST_VIRTUAL_UNIT, unitOf } from './units.ts'

/** The draft with these units in memory. */
export function spill(draft: Draft, references: References, units: readonly number[]): Edit {
  return new Spiller(draft, references, units).run()
}

class Spiller {
  readonly #draft: Draft
  readonly #references: References
  readonly #units: readonly number[]
  /** 1 for each of them. */
  readonly #isSpilled: Uint8Array
  /** Body index of the definition of each spilled unit that is recomputed. */
  readonly #recomputed = new Map<number, number>()
  readonly #access = new Map<number, SlotAccess>()
  /** What takes the places of instructions that change, one behind the other, and where each of it comes from. */
  readonly #made: VInst[] = []
  readonly #madeOrigins: number[] = []
  readonly #kinds: RegKind[]
  readonly #names: string[]

  constructor(draft: Draft, references: References, units: readonly number[]) {
    this.#draft = draft
    this.#references = references
    this.#units = units
    this.#isSpilled = uint8s(references.unitCount)
    this.#kinds = [...draft.kinds]
    this.#names = [...draft.names]
    for (const unit of units) {
      this.#isSpilled[unit] = 1
      const definition = constantDefinition(draft, references, unit)
      if (definition >= 0) this.#recomputed.set(unit, definition)
      const access = slotAccess(references.bank[unit]!, references.bits[unit]!, references.features)
      this.#access.set(unit, access)
      // From here on the unit is as wide as its slot.
      this.#kinds[unit - FIRST_VIRTUAL_UNIT] = access.kind
    }
  }

  run(): Edit {
    const { body, origins, source, spilled } = this.#draft
    const { length } = body
    const first = int32s(length + 1)
    const own = int32s(length + 1)
    const changed = this.#findChanged()
    let at = 0
    let next = 0
    for (let i = 0; i <= length; i++) {
      first[i] = at
      own[i] = at
      if (changed[next] !== i) {
        at++
        continue
      }
      next++
      const made = this.#made.length
      own[i]! += this.#rewrite(i, body[i] as VInst)
      at += this.#made.length - made
    }
    const newBody = new Array<VItem>(first[length]!)
    const newOrigins = int32s(first[length]!)
    let copied = 0
    for (let c = 0, from = 0; c <= changed.length; c++) {
      const until = c < changed.length ? changed[c]! : length
      for (let to = first[from]!; from < until; from++, to++) {
        newBody[to] = body[from]!
        newOrigins[to] = origins[from]!
      }
      if (from === length) break
      const end = first[from + 1]!
      for (let to = first[from]!; to < end; to++, copied++) {
        newBody[to] = this.#made[copied]!
        newOrigins[to] = this.#madeOrigins[copied]!
      }
      from++
    }
    const draft = {
      source,
      body: newBody,
      origins: newOrigins,
      kinds: this.#kinds,
      names: this.#names,
      hasSlots: true,
      spilled: new Set([...spilled, ...this.#units]),
    }
    return { before: body, draft, first, own, gone: [...this.#recomputed.keys()] }
  }

  #add(item: VInst, origin: number): void {
    this.#made.push(item)
    this.#madeOrigins.push(origin)
  }

  /** Body indices of the instructions that use a spilled unit, ascending. */
  #findChanged(): readonly number[] {
    const { start, refs } = this.#references
    const isSpilled = this.#isSpilled
    const found: number[] = []
    const { length } = this.#draft.body
    for (let i = 0, r = 0; i < length; i++) {
      const end = start[i + 1]!
      let uses = 0
      for (; r < end; r++) uses |= isSpilled[refs[r]! >> REF_SHIFT]!
      if (uses === 1) found.push(i)
    }
    return found
  }

  /** Makes what replaces an instruction; returns where in it the instruction itself is. */
  #rewrite(at: number, item: VInst): number {
    const { start, refs } = this.#references
    const origin = this.#draft.origins[at]!
    const begin = this.#made.length
    /** The spilled units that this instruction uses, in the order of its references, and how. */
    const units: number[] = []
    const accesses: number[] = []
    for (let r = start[at]!; r < start[at + 1]!; r++) {
      const unit = refs[r]! >> REF_SHIFT
      if (this.#isSpilled[unit] !== 1) continue
      // The definition of a register that is computed again at each use is not needed itself.
      if (this.#recomputed.get(unit) === at) return 0
      const known = units.indexOf(unit)
      if (known >= 0) accesses[known]! |= refs[r]! & (READS | WRITES)
      else accesses[units.push(unit) - 1] = refs[r]! & (READS | WRITES)
    }
    let current = item
    const stores: (readonly [unit: number, from: Reg])[] = []
    for (let index = 0; index < units.length; index++) {
      const unit = units[index]!
      const definition = this.#recomputed.get(unit)
      if (definition === undefined) {
        const folded = this.#fold(current, unit)
        if (folded !== null) {
          current = folded
          continue
        }
      }
      const temporary = this.#temporary(unit)
      if (definition !== undefined) {
        const again = recomputation(this.#draft.body[definition] as VInst, this.#draft.source.constants)!
        this.#add(replaced(again, unit, temporary), this.#draft.origins[definition]!)
      } else {
        if ((accesses[index]! & READS) !== 0) this.#load(unit, temporary)
        if ((accesses[index]! & WRITES) !== 0) stores.push([unit, temporary])
      }
      current = replaced(current, unit, temporary)
    }
    const place = this.#made.length - begin
    this.#add(current, origin)
    for (const [unit, from] of stores) this.#store(unit, from)
    return place
  }

  #newRegister(kind: RegKind, name: string): Reg {
    this.#kinds.push(kind)
    this.#names.push(name)
    return new Reg(kind, FIRST_VIRTUAL_ID + this.#kinds.length - 1, null, false, null)
  }

  #temporary(unit: number): Reg {
    const name = `${unitName(this.#draft, unit).slice(1)}'`
    return this.#newRegister(this.#access.get(unit)!.kind, name)
  }

  /** The slot as an operand of a load or store; tiles' have a stride in a register, which is set before. */
  #slotOf(unit: number, { isTile, width }: SlotAccess): Mem {
    if (!isTile) return slotOperand(unit, width, null)
    const stride = this.#newRegister('r64', 'stride')
    this.#add(inst('mov', [stride.as('r32'), TILE_ROW_BYTES]), -1)
    return slotOperand(unit, 0, stride)
  }

  #load(unit: number, into: Reg): void {
    const access = this.#access.get(unit)!
    const slot = this.#slotOf(unit, access)
    this.#add(inst(access.load, [into, slot]), -1)
  }

  #store(unit: number, from: Reg): void {
    const access = this.#access.get(unit)!
    const slot = this.#slotOf(unit, access)
    this.#add(inst(access.store, [slot, from]), -1)
  }

  /** The instruction with the slot in the place of the register, if that is one whole operand and a form allows it. */
  #fold(item: VInst, unit: number): VInst | null {
    const { width, isTile } = this.#access.get(unit)!
    const { form, operands } = item
    const index = isTile ? -1 : onlyPlaceOf(operands, unit)
    if (index < 0) return null
    const place = operands[index] as Reg
    if (place.opmask !== null || place.rounding !== null || bitsOfReg(place) !== width) return null
    if (!takesMemory(form, index, width)) return null
    const withSlot = operands.slice()
    withSlot[index] = slotOperand(unit, width, null)
    const folded = inst(form.mnemonic, withSlot)
    return folded.form.features.every((feature) => this.#references.features.has(feature)) ? folded : null
  }
}

/** Where the only operand is that is a view of the unit; −1 with none or several, with memory, or as an opmask, too. */
function onlyPlaceOf(operands: readonly Operand[], unit: number): number {
  let place = -1
  for (let index = 0; index < operands.length; index++) {
    const operand = operands[index]!
    if (operand instanceof Mem) return -1
    if (!(operand instanceof Reg)) continue
    if (operand.opmask !== null && unitOf(operand.opmask) === unit) return -1
    if (unitOf(operand) !== unit) continue
    if (place >= 0) return -1
    place = index
  }
  return place
}

/** The instruction with every view of `unit` turned into the same view of another register. */
function replaced(item: VInst, unit: number, by: Reg): VInst {
  const register = <K extends RegKind>(reg: Reg<K>): Reg<K> => {
    const opmask = reg.opmask === null ? null : register(reg.opmask)
    const id = unitOf(reg) === unit ? by.id : reg.id
    return id === reg.id && opmask === reg.opmask
      ? reg
      : new Reg(reg.kind, id, opmask, reg.zeroing, reg.rounding)
  }
  const orNull = <K extends RegKind>(reg: Reg<K> | null): Reg<K> | null =>
    reg === null ? null : register(reg)
  const operands = item.operands.map((operand) => {
    if (operand instanceof Reg) return register(operand)
    if (!(operand instanceof Mem)) return operand
    const base = orNull(operand.base)
    const index = orNull(operand.index)
    const opmask = orNull(operand.opmask)
    if (base === operand.base && index === operand.index && opmask === operand.opmask) return operand
    return readdress(operand, base, index, opmask)
  })
  return { kind: 'inst', form: item.form, operands }
}
