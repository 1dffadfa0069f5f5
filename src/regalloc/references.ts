/**
 * References: which unit every instruction reads and writes, as flat integers, and what the
 * instructions demand or wish of each unit. The only pass that looks at operands; all later ones read this.
 */
import { type RegisterVisitor, visitRegisters } from '../encoder/effects.ts'
import type { Form } from '../encoder/form.ts'
import { Mem, type Operand } from '../encoder/operands.ts'
import { Reg } from '../encoder/registers.ts'
import type { Abi } from './abi.ts'
import type { Draft, Edit } from './draft.ts'
import { AllocationError } from './errors.ts'
import {
  bitsDefined,
  type FormFacts,
  factsOf,
  HAS_TWIN,
  isPlainCopy,
  keepsUpperBits,
  LOW_VECTORS,
  READS,
  WISH_LOW,
  WRITES,
} from './form-facts.ts'
import type { VInst } from './function.ts'
import { hasOpmask, isPinned } from './operand-facts.ts'
import {
  BANK,
  bankOf,
  bankOfReg,
  bankOfUnit,
  bitsOf,
  bitsOfReg,
  FIRST_VIRTUAL_UNIT,
  RSP_UNIT,
  unitOf,
} from './units.ts'

/** A reference is unit << REF_SHIFT | bits. */
export const REF_SHIFT = 4
export { READS, WRITES } from './form-facts.ts'
/** Written while operands are still being read: must not share a register with any of them. */
export const EARLY = 4
/** Reads only because a write to a part keeps the rest; what that rest holds may not matter. */
export const MERGES = 8

export const NO_DEFINITION = -1
export const SEVERAL = -2

/** A copy between two units, at a body index. */
export interface Copy {
  readonly at: number
  readonly to: number
  readonly from: number
}

export interface References {
  readonly unitCount: number
  /** References of body item i are refs[start[i]] … refs[start[i + 1] − 1]. */
  readonly start: Int32Array
  readonly refs: Int32Array
  /** Bank of each unit. */
  readonly bank: Uint8Array
  /** Width in bits of the widest view of each unit. */
  readonly bits: Uint16Array
  /** Registers of its bank that each virtual unit may be given, as a bit set of their numbers. */
  readonly allowed: Uint32Array
  readonly wishes: Uint8Array
  readonly copies: readonly Copy[]
  /** Body index of the only instruction that writes each unit; NO_DEFINITION, or SEVERAL. */
  readonly definition: Int32Array
  /** Body indices of instructions with a virtual register where only one physical one can be. */
  readonly pinned: readonly number[]
  /** CPU features that the function needs as it was given; nothing that is added may ask for others. */
  readonly features: ReadonlySet<string>
  /** What is known of the forms that occur. */
  readonly facts: readonly FormFacts[]
  readonly makesCalls: boolean
  /** Some ymm or zmm register is written: the upper halves must be cleared before a return. */
  readonly dirtiesUppers: boolean
}

/** The registers of each bank that are ever given away: not rsp, and no r16–r31. */
const ALL_OF_BANK = [0xffef, 0xffffffff, 0xff, 0xff] as const
const NOT_K0 = 0xfe
/** al, cl, dl, bl: byte registers that need no REX, which instructions with ah … bh cannot have. */
const BYTE_WITHOUT_REX = 0x000f
/** No instruction has more references: a call names every register. */
const MOST_REFERENCES = 256

/** The references of a whole draft. */
export function collectReferences(draft: Draft, abi: Abi): References {
  return new Collector(draft, abi, null).collect()
}

/** The references of a draft that spilling has made, given those of the draft before it. */
export function carryReferences(previous: References, edit: Edit, abi: Abi): References {
  // What a call reads depends on all of its block.
  if (previous.makesCalls) return collectReferences(edit.draft, abi)
  return new Collector(edit.draft, abi, previous).carry(previous, edit)
}

class Collector {
  readonly #draft: Draft
  readonly #abi: Abi
  readonly #unitCount: number
  readonly #bank: Uint8Array
  readonly #bits: Uint16Array
  readonly #allowed: Uint32Array
  readonly #wishes: Uint8Array
  readonly #definition: Int32Array
  readonly #start: Int32Array
  #refs: Int32Array
  #count = 0
  readonly #copies: Copy[] = []
  readonly #pinned: number[] = []
  /** Places in refs of writes to a part of a register, each followed by the low bits that it defines. */
  readonly #partial: number[] = []
  /** Forms met, by serial number, and the facts of each. */
  #met: Uint8Array = new Uint8Array(8192)
  readonly #facts: FormFacts[] = []
  readonly #features: Set<string>
  readonly #visitor: RegisterVisitor
  /** The instruction being looked at, and where it is. */
  #at = 0
  #operands: readonly Operand[] = []
  #current: FormFacts | undefined
  #hasHighByte = false
  /** Block in which an instruction last wrote each physical unit, for the arguments of calls. */
  readonly #writtenIn: Int32Array = new Int32Array(FIRST_VIRTUAL_UNIT)
  #block = 1
  #makesCalls = false
  #dirtiesUppers = false

  constructor(draft: Draft, abi: Abi, previous: References | null) {
    const { body, kinds } = draft
    const unitCount = FIRST_VIRTUAL_UNIT + kinds.length
    this.#draft = draft
    this.#abi = abi
    this.#unitCount = unitCount
    this.#bank = new Uint8Array(unitCount)
    this.#bits = new Uint16Array(unitCount)
    this.#allowed = new Uint32Array(unitCount)
    this.#wishes = new Uint8Array(unitCount)
    this.#definition = new Int32Array(unitCount).fill(NO_DEFINITION)
    this.#start = new Int32Array(body.length + 1)
    this.#refs = new Int32Array(5 * body.length + 2 * MOST_REFERENCES)
    this.#features = new Set(previous?.features)
    this.#visitor = (reg, access, operandIndex) =>
      this.#visit(reg, access === 'r' ? READS : access === 'w' ? WRITES : READS | WRITES, operandIndex)
    for (let unit = 0; unit < FIRST_VIRTUAL_UNIT; unit++) this.#bank[unit] = bankOfUnit(unit)
    for (let index = 0; index < kinds.length; index++) {
      const kind = kinds[index]!
      const bank = bankOf(kind)
      this.#bank[FIRST_VIRTUAL_UNIT + index] = bank
      this.#bits[FIRST_VIRTUAL_UNIT + index] = bitsOf(kind)
      this.#allowed[FIRST_VIRTUAL_UNIT + index] = ALL_OF_BANK[bank as 0]
    }
  }

  collect(): References {
    const { length } = this.#draft.body
    for (let i = 0; i < length; i++) this.#item(i)
    for (const { features } of this.#facts) for (const feature of features) this.#features.add(feature)
    return this.#result()
  }

  /** Looks at what the edit has changed, and takes the rest over. */
  carry(previous: References, { before, draft, first, own }: Edit): References {
    const { start, refs, copies } = previous
    for (let unit = 0; unit < previous.unitCount; unit++) {
      this.#bits[unit] = Math.max(this.#bits[unit]!, previous.bits[unit]!)
      this.#allowed[unit]! &= previous.allowed[unit]!
    }
    this.#wishes.set(previous.wishes)
    for (const facts of previous.facts) this.#meet(facts)
    this.#dirtiesUppers = previous.dirtiesUppers
    let nextCopy = 0
    for (let i = 0; i < before.length; i++) {
      while (nextCopy < copies.length && copies[nextCopy]!.at < i) nextCopy++
      const at = first[i]!
      const end = first[i + 1]!
      if (end === at + 1 && draft.body[at] === before[i]) {
        this.#start[at] = this.#count
        this.#reserve()
        for (let r = start[i]!; r < start[i + 1]!; r++) this.#refs[this.#count++] = refs[r]!
        const copy = copies[nextCopy]
        if (copy !== undefined && copy.at === i) this.#copies.push({ at, to: copy.to, from: copy.from })
      } else {
        for (let added = at; added < end; added++) this.#item(added)
      }
    }
    for (let unit = FIRST_VIRTUAL_UNIT; unit < previous.unitCount; unit++) {
      const at = previous.definition[unit]!
      this.#definition[unit] = at < 0 ? at : own[at]!
    }
    return this.#result()
  }

  #result(): References {
    this.#start[this.#draft.body.length] = this.#count
    this.#settlePartialWrites()
    this.#settleHighVectors()
    return {
      unitCount: this.#unitCount,
      start: this.#start,
      refs: this.#refs,
      bank: this.#bank,
      bits: this.#bits,
      allowed: this.#allowed,
      wishes: this.#wishes,
      copies: this.#copies,
      definition: this.#definition,
      pinned: this.#pinned,
      features: this.#features,
      facts: this.#facts,
      makesCalls: this.#makesCalls,
      dirtiesUppers: this.#dirtiesUppers,
    }
  }

  /** Collects what the item at a body index refers to. */
  #item(i: number): void {
    const first = this.#count
    this.#start[i] = first
    const item = this.#draft.body[i]!
    if (item.kind !== 'inst') {
      if (item.kind === 'label') this.#block++
      return
    }
    this.#reserve()
    const { form, operands } = item
    const facts = factsOf(form, operands)
    if (this.#met[facts.serial] !== 1) this.#meet(facts)
    this.#at = i
    this.#current = facts
    this.#operands = operands
    if (facts.plainModes === null || hasOpmask(operands)) visitRegisters(form, operands, this.#visitor)
    else this.#visitPlain(operands, facts.plainModes)
    if (this.#draft.slots.size > 0) this.#addSlots(item)
    if (form.control !== 'next') this.#addControl(form)
    if (facts.fixed.length > 0 && isPinned(operands, facts.fixed)) this.#pinned.push(i)
    if (this.#hasHighByte) this.#forbidRex(first)
    if (facts.isCopy && isPlainCopy(operands)) {
      this.#copies.push({ at: i, to: unitOf(operands[0] as Reg), from: unitOf(operands[1] as Reg) })
    }
  }

  #meet(facts: FormFacts): void {
    if (facts.serial >= this.#met.length) {
      const larger = new Uint8Array(2 * facts.serial)
      larger.set(this.#met)
      this.#met = larger
    }
    this.#met[facts.serial] = 1
    this.#facts.push(facts)
  }

  #reserve(): void {
    if (this.#count + MOST_REFERENCES <= this.#refs.length) return
    const larger = new Int32Array(2 * this.#refs.length)
    larger.set(this.#refs)
    this.#refs = larger
  }

  #add(unit: number, mode: number): void {
    this.#refs[this.#count++] = (unit << REF_SHIFT) | mode
  }

  /** What visitRegisters does for instructions that use their registers as their operands say. */
  #visitPlain(operands: readonly Operand[], modes: readonly number[]): void {
    for (let index = 0; index < operands.length; index++) {
      const operand = operands[index]!
      if (typeof operand !== 'object') continue
      if (operand instanceof Reg) {
        if (modes[index] !== 0) this.#visit(operand, modes[index]!, index)
      } else if (operand instanceof Mem) {
        if (operand.base !== null) this.#visit(operand.base, READS, index)
        if (operand.index !== null) this.#visit(operand.index, READS, index)
      }
    }
  }

  #visit(reg: Reg, access: number, operandIndex: number): void {
    const facts = this.#current!
    const unit = unitOf(reg)
    const width = bitsOfReg(reg)
    const bank = bankOfReg(reg)
    let mode = access
    if (mode !== READS) {
      if (mode === WRITES) {
        if (facts.distinct) mode |= EARLY
        if (keepsUpperBits(reg, facts.scheme)) this.#partial.push(this.#count, bitsDefined(reg))
      }
      if (width >= 256 && bank === BANK.vector) this.#dirtiesUppers = true
    }
    if (width > this.#bits[unit]!) this.#bits[unit] = width
    if (unit < FIRST_VIRTUAL_UNIT) {
      this.#visitPhysical(reg, unit, mode, operandIndex)
      return
    }
    if (unit >= this.#unitCount) {
      throw new AllocationError(this.#draft.source.name, `${reg} is not a register of this function`)
    }
    this.#refs[this.#count++] = (unit << REF_SHIFT) | mode
    if (mode !== READS) {
      this.#definition[unit] = this.#definition[unit] === NO_DEFINITION ? this.#at : SEVERAL
    }
    if (bank === BANK.vector) {
      if (facts.asksOfVectors) this.#demand(unit, facts)
      return
    }
    // The operand itself, not a part of an address or an opmask.
    const isWhole = this.#operands[operandIndex] === reg
    if (bank === BANK.gp) {
      if (!isWhole) this.#wishes[unit]! |= facts.addressWishes
      // 64-bit operands have a REX prefix anyway.
      else if (width < 64) this.#wishes[unit]! |= WISH_LOW
      if (reg.kind === 'r8h') this.#hasHighByte = true
    } else if (bank === BANK.opmask && !isWhole) {
      this.#allowed[unit]! &= NOT_K0
    }
  }

  #demand(unit: number, { vectors, vectorWishes }: FormFacts): void {
    this.#wishes[unit]! |= vectorWishes
    this.#allowed[unit]! &= vectors
  }

  #visitPhysical(reg: Reg, unit: number, mode: number, operandIndex: number): void {
    if (unit === RSP_UNIT) this.#checkStackPointer(operandIndex)
    else this.#add(unit, mode)
    if ((mode & WRITES) !== 0) this.#writtenIn[unit] = this.#block
    if (reg.kind === 'r8h') this.#hasHighByte = true
  }

  #checkStackPointer(operandIndex: number): void {
    const operand = this.#operands[operandIndex]
    if (operand !== undefined && typeof operand === 'object' && this.#draft.slots.has(operand)) return
    // Calls and returns move rsp, too; they leave it as it was.
    if (operandIndex >= 0 || this.#current!.movesStack) {
      throw new AllocationError(
        this.#draft.source.name,
        'the body uses rsp: the stack belongs to the allocator, which lays the frame out',
      )
    }
  }

  /** Stack slots are units as registers are. */
  #addSlots(inst: VInst): void {
    for (let index = 0; index < inst.operands.length; index++) {
      const operand = inst.operands[index]!
      if (typeof operand !== 'object') continue
      const unit = this.#draft.slots.get(operand)
      if (unit === undefined) continue
      const { access } = inst.form.operands[index]!
      this.#add(unit, access === 'r' ? READS : access === 'w' ? WRITES : READS | WRITES)
    }
  }

  /**
   * A call reads those argument registers, and a return those result registers, that instructions of
   * the same block wrote; a call changes every register that the convention does not save.
   */
  #addControl(form: Form): void {
    if (form.control === 'call') {
      this.#makesCalls = true
      this.#addWritten(this.#abi.params)
      for (const reg of this.#abi.callClobbers) this.#add(unitOf(reg), WRITES)
    } else if (form.control === 'return') {
      this.#addWritten(this.#abi.results)
    }
    this.#block++
  }

  #addWritten(registers: readonly Reg[]): void {
    for (const reg of registers) {
      const unit = unitOf(reg)
      if (this.#writtenIn[unit] === this.#block) this.#add(unit, READS)
    }
  }

  #forbidRex(first: number): void {
    this.#hasHighByte = false
    for (let r = first; r < this.#count; r++) {
      const unit = this.#refs[r]! >> REF_SHIFT
      if (this.#bank[unit] === BANK.gp) this.#allowed[unit]! &= BYTE_WITHOUT_REX
    }
  }

  /** A write to a part of a register is a whole definition only when nothing looks at more than that part. */
  #settlePartialWrites(): void {
    for (let p = 0; p < this.#partial.length; p += 2) {
      const at = this.#partial[p]!
      const unit = this.#refs[at]! >> REF_SHIFT
      if (unit < FIRST_VIRTUAL_UNIT || this.#bits[unit]! > this.#partial[p + 1]!)
        this.#refs[at]! |= READS | MERGES
    }
  }

  /** Registers 16–31 in VEX instructions make them EVEX: only if that asks no more of the CPU than the rest does. */
  #settleHighVectors(): void {
    const isFree = this.#facts.every(
      ({ highFeatures }) =>
        highFeatures === null || highFeatures.every((feature) => this.#features.has(feature)),
    )
    if (isFree) return
    for (let unit = FIRST_VIRTUAL_UNIT; unit < this.#unitCount; unit++) {
      if ((this.#wishes[unit]! & HAS_TWIN) !== 0) this.#allowed[unit]! &= LOW_VECTORS
    }
  }
}
