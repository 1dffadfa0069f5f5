/** Puts laid-out code together: moves the packed bytes to their final places and fills in every displacement. */
import { write32 } from './code-buffer.ts'
import type { EncodableForm } from './encodable.ts'
import { EncodeError } from './errors.ts'
import { HIGH_REGISTER_FEATURE } from './features.ts'
import { formatOperand } from './format-operand.ts'
import type { InstructionLog } from './instruction-log.ts'
import {
  type BranchMark,
  type DistanceMark,
  type FieldMark,
  fillPadding,
  type Layout,
  layOut,
  type Mark,
} from './layout.ts'
import type { MachineCode, PlacedInst } from './machine-code.ts'
import type { Label } from './operands.ts'

/** Everything that an assembler has collected. */
export interface Assembly {
  /** All bytes but relaxable branches and padding; the constants last. */
  readonly packed: Uint8Array
  readonly log: InstructionLog
  readonly marks: readonly Mark[]
  /** Index of the first mark of the constant pool. */
  readonly poolMark: number
  /** By id. */
  readonly labels: readonly Label[]
  /** Whether each is bound, likewise. */
  readonly bound: readonly boolean[]
  /** Makes the same code with a log that keeps instructions, where this one does not. */
  readonly again: (() => MachineCode) | null
}

/** The error of the instruction with a number. */
function failure(log: InstructionLog, instruction: number, reason: string): EncodeError {
  let error = new EncodeError('', '', reason)
  log.walk((form, operands, _, index) => {
    if (index !== instruction) return
    const given = operands.map(formatOperand).join(', ')
    error = new EncodeError(form.mnemonic, given, reason, [], { instruction })
  })
  return error
}

function checkBound({ bound, log, marks }: Assembly): void {
  for (const mark of marks) {
    let missing: Label | undefined
    if (mark.kind === 'branch' || mark.kind === 'field') {
      if (!bound[mark.label.id]!) missing = mark.label
    } else if (mark.kind === 'distance') {
      missing = [mark.from, mark.to].find((label) => !bound[label.id]!)
    }
    if (missing === undefined) continue
    const reason = `the label ${missing.name} was never bound`
    throw mark.kind === 'distance'
      ? new EncodeError('distance', missing.name, reason)
      : failure(log, mark.instruction, reason)
  }
}

/** The form of a branch that takes so many bytes. */
function chosenForm(mark: BranchMark, size: number): EncodableForm {
  return size === mark.short.cost ? mark.short : mark.long
}

function writeBranch(bytes: Uint8Array, start: number, form: EncodableForm, displacement: number): void {
  let at = start
  for (let shift = 8 * (form.opcodeLength - 1); shift >= 0; shift -= 8) bytes[at++] = form.opcode >>> shift
  if (form.displacementBytes === 1) bytes[at] = displacement
  else write32(bytes, at, displacement)
}

function fillField(
  bytes: Uint8Array,
  mark: FieldMark,
  inserted: number,
  layout: Layout,
  log: InstructionLog,
): void {
  const at = mark.at + inserted
  const distance = layout.labels[mark.label.id]! - (mark.end + inserted)
  if (mark.size === 4) {
    const addend = bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)
    const displacement = distance + addend
    if ((displacement | 0) !== displacement) {
      throw failure(
        log,
        mark.instruction,
        `the address is ${displacement} bytes away, more than 32 bits reach`,
      )
    }
    write32(bytes, at, displacement)
    return
  }
  if (distance < -128 || distance > 127) {
    const reach = 'this instruction reaches −128 to 127 and has no longer form'
    throw failure(log, mark.instruction, `the label is ${distance} bytes away; ${reach}`)
  }
  bytes[at] = distance
}

function fillDistance(bytes: Uint8Array, mark: DistanceMark, inserted: number, { labels }: Layout): void {
  const { addend, at, from, size, to } = mark
  const distance = labels[to.id]! - labels[from.id]! + addend
  const limit = 2 ** (8 * size)
  if (distance < -limit / 2 || distance >= limit) {
    const reason = `${distance} does not fit in ${size} byte${size === 1 ? '' : 's'}`
    throw new EncodeError('distance', `${from.name}, ${to.name}`, reason)
  }
  const wide = BigInt(distance)
  for (let i = 0; i < size; i++) bytes[at + inserted + i] = Number((wide >> BigInt(8 * i)) & 255n)
}

/** Copies the packed bytes to where they end up, with branches and padding between. */
function placeBytes({ log, marks, packed }: Assembly, layout: Layout): Uint8Array {
  const bytes = new Uint8Array(layout.length)
  let copied = 0
  marks.forEach((mark, index) => {
    const size = layout.sizes[index]!
    if (size === 0) return
    const inserted = layout.inserted[index]!
    bytes.set(packed.subarray(copied, mark.at), copied + inserted)
    copied = mark.at
    const at = mark.at + inserted
    if (mark.kind === 'align') fillPadding(bytes, at, at + size, mark.fill)
    if (mark.kind === 'branch') {
      const form = chosenForm(mark, size)
      writeBranch(bytes, at, form, layout.labels[mark.label.id]! - (at + size))
    }
  })
  bytes.set(packed.subarray(copied), copied + layout.length - packed.length)
  marks.forEach((mark, index) => {
    if (mark.kind === 'field') fillField(bytes, mark, layout.inserted[index]!, layout, log)
    else if (mark.kind === 'distance') fillDistance(bytes, mark, layout.inserted[index]!, layout)
  })
  return bytes
}

/** Where each instruction ended up. */
function placeInstructions(
  log: InstructionLog,
  marks: readonly Mark[],
  layout: Layout,
): readonly PlacedInst[] {
  const placed: PlacedInst[] = []
  let next = 0
  let offset = 0
  log.walk((form, operands, packedLength, index) => {
    // What lies before it; its own branch mark is itself.
    for (; next < marks.length; next++) {
      const mark = marks[next]!
      if (mark.instruction > index || (mark.instruction === index && mark.kind === 'branch')) break
      if (mark.kind !== 'branch') offset += layout.sizes[next]! + (mark.kind === 'data' ? mark.length : 0)
    }
    const mark = marks[next]
    const isBranch = packedLength === 0 && mark?.kind === 'branch'
    const length = isBranch ? layout.sizes[next]! : packedLength
    const inst = Object.freeze({
      form: isBranch ? chosenForm(mark, length) : form,
      operands: Object.freeze(operands),
    })
    placed.push(Object.freeze({ offset, length, inst }))
    offset += length
  })
  return Object.freeze(placed)
}

function neededFeatures(log: InstructionLog): readonly string[] {
  const features = new Set<string>()
  for (const list of log.features) for (const feature of list) features.add(feature)
  if (log.hasHighRegisters) features.add(HIGH_REGISTER_FEATURE)
  return Object.freeze([...features].sort())
}

/** What is found out when somebody asks for it. */
interface Findings {
  readonly symbols: () => MachineCode['symbols']
  readonly instructions: () => readonly PlacedInst[]
}

/**
 * What link makes. Few ask where each instruction is, and it takes longer to say than all the rest: so not before it
 * is asked, and the same for symbols. All share their getters: with some of its own, as a literal makes them, each would
 * have a hidden class of its own, and those outlive what they describe, and with the getter all that it knows, until V8
 * collects everything.
 */
class LinkedCode implements MachineCode {
  readonly bytes: Uint8Array
  readonly alignment: number
  readonly poolOffset: number
  declare readonly symbols: MachineCode['symbols']
  readonly relocations: MachineCode['relocations']
  readonly features: readonly string[]
  declare readonly instructions: readonly PlacedInst[]
  readonly #find: Findings
  #symbols: MachineCode['symbols'] | undefined
  #instructions: readonly PlacedInst[] | undefined

  static readonly #shared: PropertyDescriptorMap & ThisType<LinkedCode> = {
    symbols: {
      enumerable: true,
      get() {
        this.#symbols ??= this.#find.symbols()
        return this.#symbols
      },
    },
    instructions: {
      enumerable: true,
      get() {
        this.#instructions ??= this.#find.instructions()
        return this.#instructions
      },
    },
  }

  constructor(code: Omit<MachineCode, 'instructions' | 'symbols'>, find: Findings) {
    this.bytes = code.bytes
    this.alignment = code.alignment
    this.poolOffset = code.poolOffset
    this.relocations = code.relocations
    this.features = code.features
    this.#find = find
    Object.defineProperties(this, LinkedCode.#shared)
  }
}

function placeSymbols(
  labels: readonly Label[],
  bound: readonly boolean[],
  layout: Layout,
): MachineCode['symbols'] {
  const symbols = labels
    .filter((label) => bound[label.id]!)
    .map((label) => Object.freeze({ name: label.name, offset: layout.labels[label.id]! }))
  return Object.freeze(symbols)
}

/** Lays out, places and freezes. Throws EncodeError for a label that is used and not bound, or out of reach. */
export function link(assembly: Assembly, alignment: number): MachineCode {
  const { again, bound, labels, log, marks, packed, poolMark } = assembly
  checkBound(assembly)
  const layout = layOut(marks, packed.length, labels.length)
  const bytes = placeBytes(assembly, layout)
  const poolStart = marks[poolMark]
  const alignments = marks.reduce(
    (most, mark) => (mark.kind === 'align' ? Math.max(most, mark.boundary) : most),
    alignment,
  )
  const code = {
    bytes,
    alignment: alignments,
    poolOffset: poolStart === undefined ? bytes.length : poolStart.at + layout.inserted[poolMark]!,
    relocations: Object.freeze([]),
    features: neededFeatures(log),
  }
  const find = {
    symbols: () => placeSymbols(labels, bound, layout),
    instructions: again === null ? () => placeInstructions(log, marks, layout) : () => again().instructions,
  }
  return Object.freeze(new LinkedCode(code, find))
}
