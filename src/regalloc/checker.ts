/**
 * The checker: proves that an allocation computes what its function says, whatever made it.
 *
 * It runs the PFunction symbolically over all paths. A state tells which variables of the VFunction each
 * register and stack slot holds for certain; where paths meet, only what all of them know stays. Every read must
 * find its variable in the place that the physical operand names, wide enough; at every return the callee-saved
 * registers and rsp must be what they were on entry. The method is that of regalloc2's checker.
 */
import { visitRegisters } from '../encoder/effects.ts'
import type { EncodableForm } from '../encoder/encodable.ts'
import type { Form } from '../encoder/form.ts'
import { Label, Mem, type Operand } from '../encoder/operands.ts'
import { Reg } from '../encoder/registers.ts'
import { selectForm } from '../encoder/select.ts'
import { type Abi, systemV } from './abi.ts'
import { runAdded } from './checker-frame.ts'
import { expectedRecomputation, match, pairOperand, type Step } from './checker-match.ts'
import { ALL_BITS, type Place, State, slotAt, type Value } from './checker-state.ts'
import { virtualName } from './draft.ts'
import { CheckError } from './errors.ts'
import { bitsDefined, copiesRegister, keepsUpperBits } from './form-facts.ts'
import type { PFunction, VFunction } from './function.ts'
import {
  BANK,
  BANK_START,
  bankOfUnit,
  bitsOfReg,
  FIRST_VIRTUAL_UNIT,
  physicalUnitName,
  RSP_UNIT,
  unitOf,
} from './units.ts'

/** CheckError, naming the instruction and the register, when `p` is not a right allocation of `v`. */
export function checkAllocation(v: VFunction, p: PFunction, abi: Abi = systemV): void {
  new Checker(v, p, abi).run()
}

/** Where one register reference of an instruction is found. */
interface Reference {
  readonly value: Value
  readonly place: Place
  readonly bits: number
  readonly access: 'r' | 'w' | 'rw'
  /** Low bits that are right after a write; what lies above is what was there before. */
  readonly defines: number
}

class Checker {
  readonly #v: VFunction
  readonly #abi: Abi
  readonly #steps: readonly Step[]
  /** Index in steps of each label. */
  readonly #labelAt = new Map<Label, number>()
  /** What is known on arrival at each label; absent until some path arrives. */
  readonly #arrivals = new Map<Label, State>()
  readonly #pending: Label[] = []
  /** How much of an opmask may matter: without AVX512BW no instruction looks at more than 16 bits. */
  readonly #opmaskBits: number
  /** Physical values that instructions of the block being run have written. */
  #written = new Set<number>()

  constructor(v: VFunction, p: PFunction, abi: Abi) {
    this.#v = v
    this.#abi = abi
    this.#steps = match(v, p)
    const needsWide = v.body.some((item) => item.kind === 'inst' && item.form.features.includes('AVX512BW'))
    this.#opmaskBits = needsWide ? 64 : 16
    for (const [index, step] of this.#steps.entries())
      if (step.kind === 'label') this.#labelAt.set(step.label, index)
  }

  run(): void {
    this.#walk(0, this.#entry())
    for (let label = this.#pending.pop(); label !== undefined; label = this.#pending.pop()) {
      this.#walk(this.#labelAt.get(label)! + 1, this.#arrivals.get(label)!.clone())
    }
  }

  #entry(): State {
    const state = new State()
    for (const reg of this.#abi.params) {
      const name = physicalUnitName(unitOf(reg))
      state.put(unitOf(reg), new Map([[name, ALL_BITS]]))
      state.written.add(name)
    }
    for (let unit = BANK_START[BANK.other]; unit < FIRST_VIRTUAL_UNIT; unit++) {
      // Segment registers and the like: their names say what they hold.
      state.put(unit, new Map([[physicalUnitName(unit), ALL_BITS]]))
    }
    for (const reg of this.#abi.calleeSaved) {
      state.put(unitOf(reg), new Map([[onEntry(unitOf(reg)), ALL_BITS]]))
    }
    for (const [index, param] of this.#v.params.entries()) {
      const arrives = this.#abi.params[index]
      if (arrives !== undefined) state.alias(physicalUnitName(unitOf(arrives)), variableOf(param), ALL_BITS)
      state.written.add(variableOf(param))
    }
    return state
  }

  #fail(step: Step, reason: string): never {
    throw new CheckError(this.#v.name, `item ${step.at}: ${reason}`)
  }

  /** Runs from a step up to the next label or the end of control. */
  #walk(from: number, state: State): void {
    this.#written = new Set()
    for (let index = from; ; index++) {
      const step = this.#steps[index]
      if (step === undefined) throw new CheckError(this.#v.name, 'control runs past the end')
      switch (step.kind) {
        case 'label':
          this.#arrive(step.label, state)
          return
        case 'added':
          runAdded(step.p, state, (reason) => this.#fail(step, reason))
          break
        case 'left-out':
          this.#leaveOut(step, state)
          break
        case 'again':
          this.#recompute(step, state)
          break
        case 'same':
          if (!this.#runSame(step, state)) return
      }
    }
  }

  #arrive(label: Label, state: State): void {
    const known = this.#arrivals.get(label)
    if (known === undefined) this.#arrivals.set(label, state.clone())
    else {
      const { base, offset } = known.stackPointer
      if (base !== state.stackPointer.base || offset !== state.stackPointer.offset) {
        throw new CheckError(this.#v.name, `rsp differs between the paths to ${label.name}`)
      }
      if (!known.meet(state)) return
    }
    if (!this.#pending.includes(label)) this.#pending.push(label)
  }

  /** A copy whose two sides share a register, or a constant that is computed where it is used. */
  #leaveOut(step: Step & { kind: 'left-out' }, state: State): void {
    const { form, operands } = step.v
    const [to, from] = operands
    if (to instanceof Reg && from instanceof Reg && copiesRegister(form, operands)) {
      state.alias(variableOf(from), variableOf(to), bitsOfReg(to))
      state.written.add(variableOf(to))
      if (!to.isVirtual) this.#written.add(unitOf(to))
    } else if (to instanceof Reg && expectedRecomputation(this.#v, step.v) !== null) {
      state.forget(variableOf(to))
      state.written.add(variableOf(to))
    } else {
      this.#fail(step, `${form.mnemonic} of the function is missing`)
    }
  }

  #recompute(step: Step & { kind: 'again' }, state: State): void {
    const expected = expectedRecomputation(this.#v, step.v)
    const target = step.p.operands[0]
    const isSame =
      expected !== null &&
      expected.form.mnemonic === step.p.mnemonic &&
      expected.operands.length === step.p.operands.length &&
      expected.operands.every((operand, index) => pairOperand(operand, step.p.operands[index]!) !== null)
    if (!isSame || !(target instanceof Reg))
      this.#fail(step, `${step.p.mnemonic} is not a constant's definition`)
    // A zero idiom is one only while its registers are equal.
    const registers = step.p.operands.filter((operand) => operand instanceof Reg)
    if (registers.some((reg) => unitOf(reg) !== unitOf(target)))
      this.#fail(step, 'the registers of a zero idiom differ')
    const value = variableOf(step.v.operands[0] as Reg)
    state.put(unitOf(target), new Map([[value, ALL_BITS]]))
  }

  /** False when control does not go on to the next step. */
  #runSame(step: Step & { kind: 'same' }, state: State): boolean {
    const { v, p } = step
    const form = this.#formOf(step)
    const references = this.#references(step, form, state)
    for (const reference of references) {
      if (reference.access !== 'w') this.#checkRead(step, reference, state)
    }
    const { control } = v.form
    if (control === 'call') this.#checkCall(step, state)
    this.#write(step, references, state)
    if (control === 'call') this.#clobber(state)
    if (control === 'return') this.#checkReturn(step, state)
    if (control === 'jump' || control === 'branch') {
      const target = p.operands.find((operand) => operand instanceof Label)
      if (target === undefined || !this.#labelAt.has(target))
        this.#fail(step, `${p.mnemonic} has no label to go to`)
      this.#arrive(target, state)
      this.#written = new Set()
    }
    return control === 'next' || control === 'branch' || control === 'call'
  }

  /** The physical instruction's own form: it must exist, and access its operands as the function's does. */
  #formOf(step: Step & { kind: 'same' }): Form {
    const form = selectForm(step.p.mnemonic, step.p.operands)
    const given = step.v.form.operands
    const isSame =
      form.operands.length === given.length &&
      form.operands.every(
        (spec, index) => spec.access === given[index]!.access && spec.implicit === given[index]!.implicit,
      )
    if (!isSame) this.#fail(step, `${form.text} does not access its operands as ${step.v.form.text} does`)
    // Equal sources must stay equal where the result then depends on neither.
    if (form.zeroIdiom && countReads(step.v.form, step.v.operands) !== countReads(form, step.p.operands)) {
      this.#fail(step, `the registers of ${form.mnemonic} must be equal`)
    }
    if ((form as EncodableForm).distinct) {
      const units = step.p.operands.filter((operand) => operand instanceof Reg).map(unitOf)
      if (new Set(units).size < units.length)
        this.#fail(step, `the registers of ${form.mnemonic} must differ`)
    }
    return form
  }

  #references(step: Step & { kind: 'same' }, form: Form, state: State): Reference[] {
    const { v, p } = step
    const scheme = (form as EncodableForm).scheme
    /** For each operand, its registers in the order in which they are visited, with their places. */
    const places = v.operands.map((operand, index) =>
      this.#placesOf(step, operand, p.operands[index]!, state),
    )
    const references: Reference[] = []
    visitRegisters(v.form, v.operands, (reg, access, operandIndex) => {
      const unit = unitOf(reg)
      if (unit === RSP_UNIT) return
      const at = operandIndex < 0 ? -1 : places[operandIndex]!.findIndex(([each]) => each === reg)
      const place = at < 0 ? unit : places[operandIndex]!.splice(0, at + 1).at(-1)![1]
      const defines = keepsUpperBits(reg, scheme) ? bitsDefined(reg) : ALL_BITS
      const bits = reg.kind === 'k' ? this.#opmaskBits : bitsOfReg(reg)
      references.push({ value: variableOf(reg), place, bits, access, defines })
    })
    return references
  }

  #placesOf(step: Step & { kind: 'same' }, v: Operand, p: Operand, state: State): [Reg, Place][] {
    const slot = v instanceof Reg && p instanceof Mem ? slotAt(state, p) : null
    if (
      slot !== null &&
      v instanceof Reg &&
      v.isVirtual &&
      v.opmask === null &&
      8 * slot.bytes === bitsOfReg(v)
    ) {
      return [[v, slot]]
    }
    const pairs = pairOperand(v, p)
    if (pairs === null) this.#fail(step, `${step.p.mnemonic}: operand ${p} does not stand for ${v}`)
    return pairs.map(([from, to]) => [from, unitOf(to)])
  }

  #checkRead(step: Step, { value, place, bits }: Reference, state: State): void {
    const known = state.at(place).get(value)
    if (known !== undefined && known >= bits) return
    const found = [...state.at(place)].map(([each, width]) => this.#describe(each, width)).join(', ')
    const where =
      typeof place === 'number' ? physicalUnitName(place) : `the stack at ${place.base} + ${place.offset}`
    this.#fail(
      step,
      `${this.#describe(value, bits)} is read from ${where}, which holds ${found || 'nothing known'}`,
    )
  }

  #write(step: Step, references: readonly Reference[], state: State): void {
    const writes = references.filter(({ access }) => access !== 'r')
    const kept = writes.map(({ value, place, defines }) =>
      // What lies above a first write is nobody's value, so that any will do.
      state.written.has(value) ? Math.max(defines, state.at(place).get(value) ?? 0) : ALL_BITS,
    )
    for (const { value } of writes) state.written.add(value)
    for (const { value } of writes) state.forget(value)
    const taken = new Map<string, Value>()
    for (const [index, { value, place, bits }] of writes.entries()) {
      const key = JSON.stringify(place)
      const other = taken.get(key)
      if (other !== undefined && other !== value)
        this.#fail(step, `writes ${other} and ${value} to one place`)
      taken.set(key, value)
      state.put(place, new Map([[value, kept[index]!]]))
      if (isWide(bits, place)) state.dirtyUppers = true
      if (typeof place === 'number' && !value.startsWith('%')) this.#written.add(place)
    }
  }

  #checkCall(step: Step, state: State): void {
    const { base, offset } = state.stackPointer
    // On entry rsp is 8 below a multiple of the alignment.
    const misaligned = base === 'entry' && (offset - 8) % this.#abi.stackAlignment !== 0
    if (misaligned)
      this.#fail(step, `rsp is entry ${offset} at a call: not aligned to ${this.#abi.stackAlignment}`)
    this.#checkWritten(step, this.#abi.params, state)
  }

  /** Physical registers that this block wrote must still hold that where the convention reads them. */
  #checkWritten(step: Step, registers: readonly Reg[], state: State): void {
    for (const reg of registers) {
      const unit = unitOf(reg)
      if (!this.#written.has(unit)) continue
      const value = physicalUnitName(unit)
      const bits = Math.min(bitsOfReg(reg), 32)
      this.#checkRead(step, { value, place: unit, bits, access: 'r', defines: 0 }, state)
    }
  }

  #clobber(state: State): void {
    for (const reg of this.#abi.callClobbers) {
      const unit = unitOf(reg)
      state.forget(physicalUnitName(unit))
      state.put(unit, new Map([[physicalUnitName(unit), ALL_BITS]]))
    }
    this.#written = new Set()
  }

  #checkReturn(step: Step, state: State): void {
    const { base, offset } = state.stackPointer
    if (base !== 'entry' || offset !== 0) this.#fail(step, `returns with rsp at ${base} + ${offset}`)
    if (state.dirtyUppers) this.#fail(step, 'returns with dirty upper halves: vzeroupper is missing')
    for (const reg of this.#abi.calleeSaved) {
      const unit = unitOf(reg)
      if (!state.at(unit).has(onEntry(unit))) this.#fail(step, `returns without ${reg} restored`)
    }
    this.#checkWritten(step, this.#abi.results, state)
  }

  #describe(value: Value, bits: number): string {
    const name = value.startsWith('%')
      ? virtualName(this.#v.kinds, this.#v.names, Number(value.slice(1)))
      : value
    return bits === ALL_BITS ? name : `${name}[${bits - 1}:0]`
  }
}

/** A ymm or zmm register. */
const isWide = (bits: number, place: Place): boolean =>
  typeof place === 'number' && bankOfUnit(place) === BANK.vector && bits >= 256

function countReads(form: Form, operands: readonly Operand[]): number {
  let count = 0
  visitRegisters(form, operands, (_, access) => {
    if (access !== 'w') count++
  })
  return count
}

/** The name of the variable that a register operand is. */
function variableOf(reg: Reg): Value {
  const unit = unitOf(reg)
  return unit < FIRST_VIRTUAL_UNIT ? physicalUnitName(unit) : `%${unit - FIRST_VIRTUAL_UNIT}`
}

const onEntry = (unit: number): Value => `${physicalUnitName(unit)} on entry`
