/**
 * References: which unit every instruction reads and writes, as flat integers, and what the
 * instructions demand or wish of each unit. The only pass that looks at operands; all later ones read this.
 */
import { type RegisterAccess, visitRegisters } from '../encoder/effects.ts'
import type { Form } from '../encoder/form.ts'
import type { Operand } from '../encoder/operands.ts'
import { Reg } from '../encoder/registers.ts'
import type { Abi } from './abi.ts'
import type { Draft } from './draft.ts'
import { AllocationError } from './errors.ts'
import {
  bitsDefined,
  copiesRegister,
  type FormFacts,
  factsOf,
  HAS_TWIN,
  keepsUpperBits,
  LOW_VECTORS,
  WISH_LOW,
} from './form-facts.ts'
import type { VInst } from './function.ts'
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
export const READS = 1
export const WRITES = 2
/** Written while operands are still being read: must not share a register with any of them. */
export const EARLY = 4
/** Reads only because a write to a part keeps the rest; what that rest holds may not matter. */
export const MERGES = 8

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
  /** Body indices of instructions with a virtual register where only one physical one can be. */
  readonly pinned: readonly number[]
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

export function collectReferences(draft: Draft, abi: Abi): References {
  return new Collector(draft, abi).collect()
}

class Collector {
  readonly #draft: Draft
  readonly #abi: Abi
  readonly #unitCount: number
  readonly #bank: Uint8Array
  readonly #bits: Uint16Array
  readonly #allowed: Uint32Array
  readonly #wishes: Uint8Array
  #refs: Int32Array
  #count = 0
  /** Places in refs of writes to a part of a register, each followed by the low bits that it defines. */
  readonly #partial: number[] = []
  readonly #forms = new Map<Form, FormFacts>()
  /** The instruction being looked at. */
  #operands: readonly Operand[] = []
  #facts: FormFacts | undefined
  #hasHighByte = false
  /** Block in which an instruction last wrote each physical unit, for the arguments of calls. */
  readonly #writtenIn: Int32Array = new Int32Array(FIRST_VIRTUAL_UNIT)
  #block = 1
  #makesCalls = false
  #dirtiesUppers = false

  constructor(draft: Draft, abi: Abi) {
    const { body, kinds } = draft
    const unitCount = FIRST_VIRTUAL_UNIT + kinds.length
    this.#draft = draft
    this.#abi = abi
    this.#unitCount = unitCount
    this.#bank = new Uint8Array(unitCount)
    this.#bits = new Uint16Array(unitCount)
    this.#allowed = new Uint32Array(unitCount)
    this.#wishes = new Uint8Array(unitCount)
    this.#refs = new Int32Array(5 * body.length + 2 * MOST_REFERENCES)
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
    const { body } = this.#draft
    const start = new Int32Array(body.length + 1)
    const copies: Copy[] = []
    const pinned: number[] = []
    const visit = (reg: Reg, access: RegisterAccess, operandIndex: number): void =>
      this.#visit(reg, access, operandIndex)
    for (let i = 0; i < body.length; i++) {
      start[i] = this.#count
      const item = body[i]!
      if (item.kind === 'label') this.#block++
      if (item.kind !== 'inst') continue
      this.#reserve()
      const { form, operands } = item
      let facts = this.#forms.get(form)
      if (facts === undefined) {
        facts = factsOf(form, operands)
        this.#forms.set(form, facts)
      }
      this.#facts = facts
      this.#operands = operands
      visitRegisters(form, operands, visit)
      if (this.#draft.slots.size > 0) this.#addSlots(item)
      if (form.control !== 'next') this.#addControl(form)
      if (facts.fixed.length > 0 && facts.fixed.some((index) => isVirtual(operands[index]))) pinned.push(i)
      if (this.#hasHighByte) this.#forbidRex(start[i]!)
      if (facts.isCopy && copiesRegister(form, operands)) {
        copies.push({ at: i, to: unitOf(operands[0] as Reg), from: unitOf(operands[1] as Reg) })
      }
    }
    start[body.length] = this.#count
    this.#settlePartialWrites()
    this.#settleHighVectors()
    return {
      unitCount: this.#unitCount,
      start,
      refs: this.#refs,
      bank: this.#bank,
      bits: this.#bits,
      allowed: this.#allowed,
      wishes: this.#wishes,
      copies,
      pinned,
      makesCalls: this.#makesCalls,
      dirtiesUppers: this.#dirtiesUppers,
    }
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

  #visit(reg: Reg, access: RegisterAccess, operandIndex: number): void {
    const facts = this.#facts!
    const unit = unitOf(reg)
    const width = bitsOfReg(reg)
    const bank = bankOfReg(reg)
    let mode = READS
    if (access !== 'r') {
      if (access === 'rw') mode = READS | WRITES
      else {
        mode = facts.distinct ? WRITES | EARLY : WRITES
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
    if (bank === BANK.vector) {
      this.#wishes[unit]! |= facts.vectorWishes
      this.#allowed[unit]! &= facts.vectors
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
    if (operandIndex >= 0 || this.#facts!.movesStack) {
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
    const needed = new Set<string>()
    for (const form of this.#forms.keys()) for (const feature of form.features) needed.add(feature)
    const twins = [...this.#forms.values()].flatMap((facts) => facts.highFeatures ?? [])
    if (twins.every((feature) => needed.has(feature))) return
    for (let unit = FIRST_VIRTUAL_UNIT; unit < this.#unitCount; unit++) {
      if ((this.#wishes[unit]! & HAS_TWIN) !== 0) this.#allowed[unit]! &= LOW_VECTORS
    }
  }
}

const isVirtual = (operand: Operand | undefined): boolean => operand instanceof Reg && operand.isVirtual
