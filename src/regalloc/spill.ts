/**
 * Spilling: a spilled register lives in a stack slot (or is recomputed). Every instruction that uses it gets
 * a register of its own for just that instruction, or takes the slot as its memory operand where a form has one.
 */
import { Mem, type MemWidth, type Operand } from '../encoder/operands.ts'
import { FIRST_VIRTUAL_ID, Reg, type RegKind, rsp } from '../encoder/registers.ts'
import { type Draft, type Edit, unitName } from './draft.ts'
import { takesMemory } from './form-facts.ts'
import type { VInst, VItem } from './function.ts'
import { inst } from './moves.ts'
import { readdress } from './readdress.ts'
import { READS, REF_SHIFT, type References, WRITES } from './references.ts'
import { constantDefinition, recomputation } from './rematerialise.ts'
import { int32s, uint8s } from './scratch.ts'
import { type SlotAccess, slotAccess, TILE_ROW_BYTES } from './slot-access.ts'
import { bitsOfReg, FIRST_VIRTUAL_UNIT, unitOf } from './units.ts'

/** The draft with these units in memory. */
export function spill(draft: Draft, references: References, units: readonly number[]): Edit {
  return new Spiller(draft, references, units).run()
}

/** What takes the place of the instruction at a body index, and where each of it comes from. */
interface Run {
  readonly at: number
  readonly items: readonly VInst[]
  readonly origins: readonly number[]
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
  /** The run that is being made. */
  #run: VInst[] = []
  #runOrigins: number[] = []
  readonly #kinds: RegKind[]
  readonly #names: string[]
  readonly #slots: Map<object, number>

  constructor(draft: Draft, references: References, units: readonly number[]) {
    this.#draft = draft
    this.#references = references
    this.#units = units
    this.#isSpilled = uint8s(references.unitCount)
    this.#kinds = [...draft.kinds]
    this.#names = [...draft.names]
    this.#slots = new Map(draft.slots)
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
    /** Runs of the instructions that change, in order. */
    const runs: Run[] = []
    let at = 0
    for (let i = 0; i < length; i++) {
      first[i] = at
      own[i] = at
      if (!this.#uses(i)) {
        at++
        continue
      }
      own[i]! += this.#rewrite(i, body[i] as VInst)
      runs.push({ at: i, items: this.#run, origins: this.#runOrigins })
      at += this.#run.length
    }
    first[length] = at
    own[length] = at
    const newBody = new Array<VItem>(at)
    const newOrigins = int32s(at)
    for (let i = 0, next = 0; i < length; i++) {
      let to = first[i]!
      if (runs[next]?.at !== i) {
        newBody[to] = body[i]!
        newOrigins[to] = origins[i]!
        continue
      }
      const run = runs[next++]!
      newOrigins.set(run.origins, to)
      for (const item of run.items) newBody[to++] = item
    }
    const draft = {
      source,
      body: newBody,
      origins: newOrigins,
      kinds: this.#kinds,
      names: this.#names,
      slots: this.#slots,
      spilled: new Set([...spilled, ...this.#units]),
    }
    return { before: body, draft, first, own, gone: [...this.#recomputed.keys()] }
  }

  #add(item: VInst, origin: number): void {
    this.#run.push(item)
    this.#runOrigins.push(origin)
  }

  /** True when the instruction at a body index uses a spilled unit. */
  #uses(at: number): boolean {
    const { start, refs } = this.#references
    const end = start[at + 1]!
    for (let r = start[at]!; r < end; r++) if (this.#isSpilled[refs[r]! >> REF_SHIFT] === 1) return true
    return false
  }

  /** Fills the run that replaces an instruction; returns where in it the instruction itself is. */
  #rewrite(at: number, item: VInst): number {
    const { start, refs } = this.#references
    const origin = this.#draft.origins[at]!
    this.#run = []
    this.#runOrigins = []
    /** Accesses of the spilled units that this instruction uses. */
    const used = new Map<number, number>()
    for (let r = start[at]!; r < start[at + 1]!; r++) {
      const unit = refs[r]! >> REF_SHIFT
      if (this.#isSpilled[unit] === 1) used.set(unit, (used.get(unit) ?? 0) | (refs[r]! & (READS | WRITES)))
    }
    // The definition of a register that is computed again at each use is not needed itself.
    for (const unit of used.keys()) if (this.#recomputed.get(unit) === at) return 0
    let current = item
    const after: VInst[] = []
    for (const [unit, access] of used) {
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
        if ((access & READS) !== 0) for (const load of this.#load(unit, temporary)) this.#add(load, -1)
        if ((access & WRITES) !== 0) after.push(...this.#store(unit, temporary))
      }
      current = replaced(current, unit, temporary)
    }
    const place = this.#run.length
    this.#add(current, origin)
    for (const store of after) this.#add(store, -1)
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

  /** A memory operand that stands for the unit's slot. */
  #slot(unit: number, width: MemWidth, index: Reg | null = null): Mem {
    const slot = new Mem(width, rsp, index, 1, 0, null, false, null)
    this.#slots.set(slot, unit)
    return slot
  }

  /** Tiles are loaded and stored with a stride in a register. */
  #strided(unit: number, code: VInst[]): Mem {
    const stride = this.#newRegister('r64', 'stride')
    code.push(inst('mov', [stride.as('r32'), TILE_ROW_BYTES]))
    return this.#slot(unit, 0, stride)
  }

  #load(unit: number, into: Reg): VInst[] {
    const access = this.#access.get(unit)!
    const code: VInst[] = []
    const slot = access.isTile ? this.#strided(unit, code) : this.#slot(unit, access.width)
    return [...code, inst(access.load, [into, slot])]
  }

  #store(unit: number, from: Reg): VInst[] {
    const access = this.#access.get(unit)!
    const code: VInst[] = []
    const slot = access.isTile ? this.#strided(unit, code) : this.#slot(unit, access.width)
    return [...code, inst(access.store, [slot, from])]
  }

  /** The instruction with the slot in the place of the register, if that is one whole operand and a form allows it. */
  #fold(item: VInst, unit: number): VInst | null {
    const { width, isTile } = this.#access.get(unit)!
    const { form, operands } = item
    const places = operands.filter((operand) => operand instanceof Reg && unitOf(operand) === unit)
    const [place] = places
    if (isTile || places.length !== 1 || !(place instanceof Reg)) return null
    if (place.opmask !== null || place.rounding !== null || bitsOfReg(place) !== width) return null
    if (operands.some((operand) => operand instanceof Mem || mentionsInside(operand, unit))) return null
    const index = operands.indexOf(place)
    if (!takesMemory(form, index, width)) return null
    const folded = inst(form.mnemonic, operands.with(index, this.#slot(unit, width)))
    return folded.form.features.every((feature) => this.#references.features.has(feature)) ? folded : null
  }
}

/** True when the unit guards a register operand as its opmask. */
function mentionsInside(operand: Operand, unit: number): boolean {
  return operand instanceof Reg && operand.opmask !== null && unitOf(operand.opmask) === unit
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
