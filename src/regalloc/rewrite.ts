/**
 * Replaces virtual registers by the registers they were given, and puts the frame around the body. Nearly always
 * bytes are all that is wanted of that, so it is done on the way to them; items are made when somebody looks.
 */
import type { Form } from '../encoder/form.ts'
import { becomeLike, type Label, Mem, mem, type Operand } from '../encoder/operands.ts'
import { FIRST_VIRTUAL_ID, physicalLike, Reg, type RegKind, rsp } from '../encoder/registers.ts'
import { LABEL_SHAPE, RIP_RELATIVE, TAG_MASK, TAG_MEMORY, TAG_REGISTER, VIRTUAL } from '../encoder/shape.ts'
import { type Draft, unitName } from './draft.ts'
import type { Added, Frame } from './frame.ts'
import type { Mark, PFunction, PItem, VItem } from './function.ts'
import { readdress } from './readdress.ts'
import type { References } from './references.ts'
import { unitOfSlot } from './slot-access.ts'
import { bitsOfReg, numberIn, unitOf } from './units.ts'

/** Where everything has ended up. */
export interface Places {
  /** Physical unit of each unit. */
  readonly assigned: Int16Array
  /** Slot of each unit that lives in memory. */
  readonly slotOf: ReadonlyMap<number, number>
}

/** Takes the items of a function on physical registers, in order. */
export interface Sink {
  /** What a label of the function is here. */
  label(label: Label): Label
  instruction(mnemonic: string, operands: readonly Operand[], origin: number): void
  mark(mark: Mark): void
}

/** The same for who looks at operands once: they may be changed for the next instruction. */
export interface PassingSink {
  label(label: Label): Label
  /** An instruction whose operands have been replaced, of the form that they had before. */
  instruction(form: Form, a: Maybe, b: Maybe, c: Maybe, d: Maybe, e: Maybe): void
  added(added: Added): void
  mark(mark: Mark): void
}

type Maybe = Operand | undefined

/** Hands all items to a sink that does not keep them; false where they exist already, and nothing is to be gained. */
export function passInto(fn: PFunction, sink: PassingSink): boolean {
  if (!(fn instanceof Rewritten)) return false
  fn.passInto(sink)
  return true
}

/** Hands all items to a sink. */
export function rewriteInto(fn: PFunction, sink: Sink): void {
  if (fn instanceof Rewritten) {
    fn.rewriteInto(sink)
    return
  }
  // By index: iterators over frozen arrays allocate at every step.
  const { body } = fn
  for (let i = 0; i < body.length; i++) {
    const item = body[i]!
    if (item.kind !== 'inst') sink.mark(item)
    else {
      const operands = item.operands.map((operand) =>
        typeof operand === 'object' && namesLabel(operand.shape) ? relabelled(operand, sink) : operand,
      )
      sink.instruction(item.mnemonic, operands, item.origin)
    }
  }
}

/** Its body is made when it is asked for; the getter is shared (encoder/link.ts says why). */
class Rewritten implements PFunction {
  readonly name: string
  readonly constants: PFunction['constants']
  readonly labelCount: number
  declare readonly body: readonly PItem[]
  readonly frameBytes: number
  readonly saved: readonly string[]
  readonly spilled: readonly string[]
  readonly #rewriter: Rewriter
  #body: readonly PItem[] | undefined

  static readonly #shared: PropertyDescriptor & ThisType<Rewritten> = {
    enumerable: true,
    get() {
      this.#body ??= itemsOf(this.#rewriter)
      return this.#body
    },
  }

  constructor(draft: Draft, frame: Frame, rewriter: Rewriter) {
    const { name, constants, labelCount } = draft.source
    const spilled = [...draft.spilled].sort((a, b) => a - b)
    this.name = name
    this.constants = constants
    this.labelCount = labelCount
    this.frameBytes = frame.bytes
    this.saved = Object.freeze(frame.saved.map(String))
    this.spilled = Object.freeze(spilled.map((unit) => unitName(draft, unit)))
    this.#rewriter = rewriter
    Object.defineProperty(this, 'body', Rewritten.#shared)
  }

  rewriteInto(sink: Sink): void {
    this.#rewriter.run(sink)
  }

  passInto(sink: PassingSink): void {
    this.#rewriter.pass(sink)
  }
}

export function rewrite(draft: Draft, references: References, places: Places, frame: Frame): PFunction {
  return Object.freeze(new Rewritten(draft, frame, new Rewriter(draft, references, places, frame)))
}

function itemsOf(rewriter: Rewriter): readonly PItem[] {
  const body: PItem[] = []
  rewriter.run({
    label: (label) => label,
    instruction(mnemonic, operands, origin) {
      body.push({ kind: 'inst', mnemonic, operands, origin })
    },
    mark(mark) {
      body.push(mark)
    },
  })
  return Object.freeze(body)
}

const namesLabel = (shape: number): boolean =>
  shape === LABEL_SHAPE || (shape & (TAG_MASK | RIP_RELATIVE)) === (TAG_MEMORY | RIP_RELATIVE)

/** An operand that names a label, with what that is for the sink. */
function relabelled(operand: Reg | Mem | Label, sink: Pick<Sink, 'label'>): Operand {
  if (operand instanceof Reg) return operand
  if (!(operand instanceof Mem)) return sink.label(operand)
  if (operand.label === null) return operand
  return readdress(operand, null, null, operand.opmask, operand.disp, sink.label(operand.label))
}

/**
 * Body indices of copies whose two sides share a register. A copy narrower than some view of its
 * destination clears upper bits (mov r32, r32), so it has to stay.
 */
function findIdentities(body: readonly VItem[], references: References, assigned: Int16Array): number[] {
  const { copies, bits } = references
  const found: number[] = []
  for (const { at, to, from } of copies) {
    if (assigned[to]! < 0 || assigned[to] !== assigned[from]) continue
    const item = body[at]!
    if (item.kind === 'inst' && bitsOfReg(item.operands[0] as Reg) >= bits[to]!) found.push(at)
  }
  return found
}

/** Everything that rewriting needs; nothing of it is scratch memory. */
class Rewriter {
  readonly #body: readonly VItem[]
  readonly #origins: Int32Array
  readonly #identities: readonly number[]
  readonly #frame: Frame
  readonly #assigned: Int16Array
  readonly #slotOf: ReadonlyMap<number, number>
  /** Memory operands that are passed on, by their place. */
  readonly #passed: readonly Mem[] = Array.from({ length: 5 }, () => mem(rsp))

  constructor(draft: Draft, references: References, places: Places, frame: Frame) {
    this.#body = draft.body
    this.#origins = draft.origins.slice()
    this.#identities = findIdentities(draft.body, references, places.assigned)
    this.#frame = frame
    this.#assigned = places.assigned.slice()
    this.#slotOf = places.slotOf
  }

  run(sink: Sink): void {
    const body = this.#body
    const identities = this.#identities
    const { prologue, epilogue } = this.#frame
    add(sink, prologue)
    let nextIdentity = 0
    for (let i = 0; i < body.length; i++) {
      const item = body[i]!
      if (item.kind !== 'inst') {
        sink.mark(item)
        continue
      }
      if (identities[nextIdentity] === i) {
        nextIdentity++
        continue
      }
      const { form } = item
      if (form.control === 'return') add(sink, epilogue)
      sink.instruction(form.mnemonic, this.#rewritten(item.operands, sink), this.#origins[i]!)
    }
  }

  /** As `run`, with nothing made for an instruction that can be used for the next. */
  pass(sink: PassingSink): void {
    const body = this.#body
    const identities = this.#identities
    const { prologue, epilogue } = this.#frame
    for (const added of prologue) sink.added(added)
    let nextIdentity = 0
    for (let i = 0; i < body.length; i++) {
      const item = body[i]!
      if (item.kind !== 'inst') {
        sink.mark(item)
        continue
      }
      if (identities[nextIdentity] === i) {
        nextIdentity++
        continue
      }
      const { form, operands } = item
      if (form.control === 'return') for (const added of epilogue) sink.added(added)
      const { length } = operands
      sink.instruction(
        form,
        length > 0 ? this.#passing(operands[0]!, sink, 0) : undefined,
        length > 1 ? this.#passing(operands[1]!, sink, 1) : undefined,
        length > 2 ? this.#passing(operands[2]!, sink, 2) : undefined,
        length > 3 ? this.#passing(operands[3]!, sink, 3) : undefined,
        length > 4 ? this.#passing(operands[4]!, sink, 4) : undefined,
      )
    }
  }

  #passing(operand: Operand, sink: PassingSink, index: number): Operand {
    if (typeof operand !== 'object') return operand
    const { shape } = operand
    if ((shape & TAG_MASK) === TAG_REGISTER)
      return (shape & VIRTUAL) === 0 ? operand : this.#reg(operand as Reg)
    if (namesLabel(shape)) return relabelled(operand, sink)
    return this.#mem(operand as Mem, this.#passed[index])
  }

  #rewritten(operands: readonly Operand[], sink: Sink): readonly Operand[] {
    // Nearly all instructions have two or three, and a literal is made many times faster than a copy.
    switch (operands.length) {
      case 0:
        return operands
      case 2:
        return [this.#operand(operands[0]!, sink), this.#operand(operands[1]!, sink)]
      case 3:
        return [
          this.#operand(operands[0]!, sink),
          this.#operand(operands[1]!, sink),
          this.#operand(operands[2]!, sink),
        ]
      default:
        return operands.map((operand) => this.#operand(operand, sink))
    }
  }

  #operand(operand: Operand, sink: Sink): Operand {
    if (typeof operand !== 'object') return operand
    const { shape } = operand
    if ((shape & TAG_MASK) === TAG_REGISTER)
      return (shape & VIRTUAL) === 0 ? operand : this.#reg(operand as Reg)
    if (namesLabel(shape)) return relabelled(operand, sink)
    return this.#mem(operand as Mem)
  }

  #reg<K extends RegKind>(reg: Reg<K>): Reg<K> {
    const id = reg.id < FIRST_VIRTUAL_ID ? reg.id : numberIn(this.#assigned[unitOf(reg)]!, reg)
    if (reg.opmask === null && reg.rounding === null) return physicalLike(reg, id)
    const opmask = reg.opmask === null ? null : this.#reg(reg.opmask)
    return new Reg(reg.kind, id, opmask, reg.zeroing, reg.rounding)
  }

  /** `into`, if given, becomes the operand. */
  #mem(mem: Mem, into?: Mem): Mem {
    const slotUnit = unitOfSlot(mem)
    if (slotUnit < 0 && (mem.shape & VIRTUAL) === 0) return mem
    const disp = slotUnit < 0 ? mem.disp : this.#frame.slotOffsets[this.#slotOf.get(slotUnit)!]!
    const base = mem.base === null ? null : this.#reg(mem.base)
    const index = mem.index === null ? null : this.#reg(mem.index)
    const opmask = mem.opmask === null ? null : this.#reg(mem.opmask)
    if (into === undefined) return readdress(mem, base, index, opmask, disp)
    becomeLike(into, mem, base, index, opmask, disp)
    return into
  }
}

/** The frame's instructions name no labels. */
function add(sink: Sink, instructions: readonly Added[]): void {
  for (const { mnemonic, operands } of instructions) sink.instruction(mnemonic, operands, -1)
}
