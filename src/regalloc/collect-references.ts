/** Collects references: the only pass that looks at operands; all later ones read what it found. */
import { type RegisterAccess, visitRegisters } from '../encoder/effects.ts'
import type { Form } from '../encoder/form.ts'
import type { Mem, Operand } from '../encoder/operands.ts'
import type { Reg } from '../encoder/registers.ts'
import { TAG_MASK, TAG_MEMORY, TAG_REGISTER } from '../encoder/shape.ts'
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
import { type Copy, EARLY, MERGES, NO_DEFINITION, REF_SHIFT, type References, SEVERAL } from './references.ts'
import { int32s, uint8s, uint16s } from './scratch.ts'
import { unitOfSlot } from './slot-access.ts'
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

/** The registers of each bank that are ever given away: not rsp, and no r16–r31. */
const ALL_OF_BANK = [0xffef, 0xffffffff, 0xff, 0xff] as const
const NOT_K0 = 0xfe
/** al, cl, dl, bl: byte registers that need no REX, which instructions with ah … bh cannot have. */
const BYTE_WITHOUT_REX = 0x000f
/** No instruction has more references: a call names every register. */
const MOST_REFERENCES = 256

/** Banks of the physical units; made when first needed. */
let banks: Uint8Array | undefined

function physicalBanks(): Uint8Array {
  banks ??= Uint8Array.from({ length: FIRST_VIRTUAL_UNIT }, (_, unit) => bankOfUnit(unit))
  return banks
}

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

/** Instructions read and write as their accesses say. */
const MODES: Readonly<Record<RegisterAccess, number>> = { r: READS, w: WRITES, rw: READS | WRITES }

let collectors = 0

class Collector {
  readonly #draft: Draft
  readonly #abi: Abi
  readonly #unitCount: number
  readonly #bank: Uint8Array
  readonly #bits: Uint16Array
  readonly #allowed: Int32Array
  readonly #wishes: Uint8Array
  readonly #definition: Int32Array
  readonly #start: Int32Array
  #refs: Int32Array
  #count = 0
  readonly #copies: Copy[] = []
  readonly #pinned: number[] = []
  /** Places in refs of writes to a part of a register, each followed by the low bits that it defines. */
  readonly #partial: number[] = []
  /** Tells this collector's stamps on facts from others'. */
  readonly #number: number = ++collectors
  /** The facts of each form met. */
  readonly #facts: FormFacts[] = []
  readonly #features: Set<string>
  /** The instruction being looked at, and where it is. */
  #at = 0
  #operands: readonly Operand[] = []
  #current: FormFacts | undefined
  #hasHighByte = false
  /** Block in which an instruction last wrote each physical unit, for the arguments of calls. */
  readonly #writtenIn: Int32Array = int32s(FIRST_VIRTUAL_UNIT)
  #block = 1
  #makesCalls = false
  #dirtiesUppers = false

  constructor(draft: Draft, abi: Abi, previous: References | null) {
    const { body, kinds } = draft
    const unitCount = FIRST_VIRTUAL_UNIT + kinds.length
    this.#draft = draft
    this.#abi = abi
    this.#unitCount = unitCount
    this.#bank = uint8s(unitCount)
    this.#bits = uint16s(unitCount)
    this.#allowed = int32s(unitCount)
    this.#wishes = uint8s(unitCount)
    this.#definition = int32s(unitCount, NO_DEFINITION)
    this.#start = int32s(body.length + 1)
    // Two or three an instruction.
    this.#refs = int32s((previous?.refCount ?? 3 * body.length) + 4 * MOST_REFERENCES)
    this.#features = new Set(previous?.features)
    if (previous === null) this.#bank.set(physicalBanks())
    else {
      this.#bank.set(previous.bank)
      this.#bits.set(previous.bits)
      this.#allowed.set(previous.allowed)
      this.#wishes.set(previous.wishes)
    }
    this.#describe(previous?.unitCount ?? FIRST_VIRTUAL_UNIT)
  }

  /** What the kinds of units from `unit` on say of them. */
  #describe(unit: number): void {
    const { kinds } = this.#draft
    for (let each = unit; each < this.#unitCount; each++) {
      const kind = kinds[each - FIRST_VIRTUAL_UNIT]!
      const bank = bankOf(kind)
      this.#bank[each] = bank
      this.#bits[each] = bitsOf(kind)
      this.#allowed[each] = ALL_OF_BANK[bank as 0]
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
    // What has gone to a slot is as wide as that.
    for (const unit of draft.spilled) {
      const bits = bitsOf(draft.kinds[unit - FIRST_VIRTUAL_UNIT]!)
      if (bits > this.#bits[unit]!) this.#bits[unit] = bits
    }
    for (const facts of previous.facts) this.#meet(facts)
    this.#dirtiesUppers = previous.dirtiesUppers
    let nextCopy = 0
    for (let i = 0; i < before.length; ) {
      const at = first[i]!
      // What has not changed is taken over in one piece.
      let next = i
      while (
        next < before.length &&
        first[next + 1]! === first[next]! + 1 &&
        draft.body[first[next]!] === before[next]
      )
        next++
      if (next > i) {
        this.#takeOver(refs, start, i, next, at)
        for (; nextCopy < copies.length && copies[nextCopy]!.at < next; nextCopy++) {
          const copy = copies[nextCopy]!
          if (copy.at >= i) this.#copies.push({ at: copy.at - i + at, to: copy.to, from: copy.from })
        }
        i = next
        continue
      }
      const end = first[i + 1]!
      for (let added = at; added < end; added++) this.#item(added)
      i++
    }
    for (let unit = FIRST_VIRTUAL_UNIT; unit < previous.unitCount; unit++) {
      const at = previous.definition[unit]!
      this.#definition[unit] = at < 0 ? at : own[at]!
    }
    return this.#result()
  }

  /** References of items from … to − 1 of the draft before, which begin at `at` in this one. */
  #takeOver(refs: Int32Array, start: Int32Array, from: number, to: number, at: number): void {
    const begin = start[from]!
    const end = start[to]!
    this.#reserve(end - begin)
    const offset = this.#count - begin
    // Mostly few: a view to copy from would take longer.
    const into = this.#refs
    for (let r = begin; r < end; r++) into[r + offset] = refs[r]!
    const starts = this.#start
    for (let i = from; i < to; i++) starts[at + i - from] = start[i]! + offset
    this.#count += end - begin
  }

  #result(): References {
    this.#start[this.#draft.body.length] = this.#count
    this.#settlePartialWrites()
    this.#settleHighVectors()
    return {
      unitCount: this.#unitCount,
      start: this.#start,
      refs: this.#refs,
      refCount: this.#count,
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
    if (facts.metBy !== this.#number) this.#meet(facts)
    this.#at = i
    this.#current = facts
    this.#operands = operands
    if (facts.plainModes === null || (facts.mayBeMasked && hasOpmask(operands)))
      visitRegisters(form, operands, (reg, access, operandIndex) =>
        this.#visit(reg, MODES[access], operandIndex),
      )
    else this.#visitPlain(operands, facts.plainModes)
    if (this.#draft.hasSlots) this.#addSlots(item)
    if (form.control !== 'next') this.#addControl(form)
    if (facts.fixed.length > 0 && isPinned(operands, facts.fixed)) this.#pinned.push(i)
    if (this.#hasHighByte) this.#forbidRex(first)
    if (facts.isCopy && isPlainCopy(operands)) {
      this.#copies.push({ at: i, to: unitOf(operands[0] as Reg), from: unitOf(operands[1] as Reg) })
    }
  }

  #meet(facts: FormFacts): void {
    facts.metBy = this.#number
    this.#facts.push(facts)
  }

  /** Makes room for so many references and those of an instruction. */
  #reserve(count = 0): void {
    if (this.#count + count + MOST_REFERENCES <= this.#refs.length) return
    const larger = int32s(2 * this.#refs.length + count)
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
      const tag = operand.shape & TAG_MASK
      if (tag === TAG_REGISTER) {
        if (modes[index] !== 0) this.#visit(operand as Reg, modes[index]!, index)
      } else if (tag === TAG_MEMORY) {
        const { base, index: scaled } = operand as Mem
        if (base !== null) this.#visit(base, READS, index)
        if (scaled !== null) this.#visit(scaled, READS, index)
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
    // Of what was there before anything was spilled it is known that it does not name rsp.
    if (this.#draft.hasSlots && operandIndex >= 0) return
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
      if (typeof operand !== 'object' || (operand.shape & TAG_MASK) !== TAG_MEMORY) continue
      const unit = unitOfSlot(operand as Mem)
      if (unit < 0) continue
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
