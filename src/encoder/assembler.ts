/** The assembler: typed instruction methods on physical registers, labels, alignment and constants, to MachineCode. */
import { CodeBuffer, write32 } from './code-buffer.ts'
import { ConstantPool } from './constant-pool.ts'
import type { EncodableForm } from './encodable.ts'
import { EncodeError } from './errors.ts'
import { explain } from './explain.ts'
import type { Form } from './form.ts'
import { formatOperand } from './format-operand.ts'
import { encodableForms } from './forms.ts'
import { InstructionLog, MAX_OPERANDS } from './instruction-log.ts'
import type { Mark } from './layout.ts'
import { link } from './link.ts'
import type { MachineCode } from './machine-code.ts'
import { defineMethods, type InstructionMethods } from './methods.ts'
import { Displacement, Label, type Mem, type Operand, shapeOf } from './operands.ts'
import { pack } from './pack.ts'
import { type Recipe, recipeOf } from './recipe.ts'
import { type Selector, selectorOf } from './select.ts'
import { VIRTUAL } from './shape.ts'
import { slotFits } from './slot-fits.ts'

type Maybe = Operand | undefined

/** What code starts at a multiple of, at least: the fetch granule of most cores. */
const MINIMUM_ALIGNMENT = 16
const MAXIMUM_ALIGNMENT = 4096

/** The rel32 form of a branch that was chosen as rel8; null for jrcxz and loop, which have none. */
const longForms = new Map<EncodableForm, EncodableForm | null>()

function longFormOf(short: EncodableForm): EncodableForm | null {
  let long = longForms.get(short)
  if (long === undefined) {
    long = encodableForms(short.mnemonic).find((form) => form.displacementBytes === 4) ?? null
    longForms.set(short, long)
  }
  return long
}

function failure(mnemonic: string, operands: readonly Maybe[], reason: string): EncodeError {
  const given = operands.filter((operand) => operand !== undefined).map(formatOperand)
  return new EncodeError(mnemonic, given.join(', '), reason)
}

function checkAlignment(method: string, boundary: number): void {
  const isPower = Number.isInteger(boundary) && boundary >= 1 && (boundary & (boundary - 1)) === 0
  if (!isPower || boundary > MAXIMUM_ALIGNMENT) {
    throw new EncodeError(
      method,
      String(boundary),
      `an alignment is a power of two from 1 to ${MAXIMUM_ALIGNMENT}`,
    )
  }
}

/** Set by the class, whose methods they call. */
let putOperands: (assembler: object, selector: Selector, operands: readonly Operand[]) => void
let putEach: (assembler: object, selector: Selector, a: Maybe, b: Maybe, c: Maybe, d: Maybe, e: Maybe) => void

/** `emit` for who has the mnemonic's selector at hand, and no more operands than forms have. */
export function emitBy(assembler: Assembler, selector: Selector, operands: readonly Operand[]): void {
  putOperands(assembler, selector, operands)
}

/** The same with the operands one by one. */
export function emitEach(
  assembler: Assembler,
  selector: Selector,
  a: Maybe,
  b: Maybe,
  c: Maybe,
  d: Maybe,
  e: Maybe,
): void {
  putEach(assembler, selector, a, b, c, d, e)
}

/**
 * An assembler for code that `again` makes once more, with an assembler that keeps instructions, should somebody ask for
 * those. It keeps none, so that its operands may be changed once they were taken, and its errors do not name them.
 */
export function forgetfulAssembler(again: () => MachineCode): Assembler {
  return new AssemblerCore(again) as Assembler
}

/** Everything of the assembler but the instruction methods. */
class AssemblerCore {
  #out = new CodeBuffer()
  readonly #again: (() => MachineCode) | null
  #log: InstructionLog
  #marks: Mark[] = []
  #labels: Label[] = []
  /** By the label's id, whether it is bound. A set would have to give each label a hash. */
  #bound: boolean[] = []
  #pool = new ConstantPool()

  constructor(again: (() => MachineCode) | null = null) {
    this.#again = again
    this.#log = new InstructionLog(again === null)
  }

  /** A new label, to be bound later. Its name stands in listings and in the symbols of the code. */
  label(name?: string): Label {
    const id = this.#labels.length
    const label = new Label(id, name ?? `.L${id}`)
    this.#labels.push(label)
    this.#bound.push(false)
    return label
  }

  /** Puts the label here. EncodeError when it is bound already, or another assembler's. */
  bind(label: Label): this {
    this.#checkOwn('bind', label)
    if (this.#bound[label.id]!) throw new EncodeError('bind', label.name, 'the label is already bound')
    this.#bound[label.id] = true
    this.#marks.push({ kind: 'bind', at: this.#out.length, instruction: this.#log.count, label })
    return this
  }

  /** Pads with NOPs to a multiple of `boundary` bytes, a power of two. */
  align(boundary: number): this {
    checkAlignment('align', boundary)
    const instruction = this.#log.count
    this.#marks.push({ kind: 'align', at: this.#out.length, instruction, boundary, fill: 'nop' })
    return this
  }

  /**
   * A constant in the pool behind the code; equal bytes share a place. `mem(label)` is its address. It is aligned
   * to its size rounded up to a power of two, at most 64, unless told otherwise.
   */
  constant(bytes: Uint8Array, alignment?: number): Label {
    if (bytes.length === 0) throw new EncodeError('constant', '', 'a constant has at least one byte')
    if (alignment !== undefined) checkAlignment('constant', alignment)
    return this.#pool.intern(bytes, alignment, () => {
      const label = this.label(`.C${this.#labels.length}`)
      this.#bound[label.id] = true
      return label
    })
  }

  /** Puts bytes here as they are. */
  bytes(data: Uint8Array | readonly number[]): this {
    for (const byte of data) {
      if (!Number.isInteger(byte) || byte < 0 || byte > 255) {
        throw new EncodeError('bytes', String(byte), 'a byte is an integer from 0 to 255')
      }
    }
    const { length } = data
    this.#marks.push({ kind: 'data', at: this.#out.length, instruction: this.#log.count, length })
    this.#out.append(data)
    return this
  }

  /**
   * Puts here how many bytes lie from one label to the other, and `addend`: an entry of a jump table. EncodeError,
   * when all is laid out, where the distance does not fit.
   */
  distance(from: Label, to: Label, size: 1 | 2 | 4 | 8, addend = 0): this {
    this.#checkOwn('distance', from)
    this.#checkOwn('distance', to)
    const at = this.#out.length
    this.bytes(new Uint8Array(size))
    this.#marks.push({ kind: 'distance', at, instruction: this.#log.count, size, from, to, addend })
    return this
  }

  /** Any instruction by name: what the typed methods do, with all checks at run time. */
  emit(mnemonic: string, operands: readonly Operand[]): this {
    if (operands.length > MAX_OPERANDS) throw failure(mnemonic, operands, 'no form has so many operands')
    return this.#putAll(selectorOf(mnemonic), operands)
  }

  #putAll(selector: Selector, operands: readonly Operand[]): this {
    const { length } = operands
    // Not past the end, where looking takes longer.
    return this.put(
      selector,
      length > 0 ? operands[0] : undefined,
      length > 1 ? operands[1] : undefined,
      length > 2 ? operands[2] : undefined,
      length > 3 ? operands[3] : undefined,
      length > 4 ? operands[4] : undefined,
    )
  }

  /** Selects, packs and records one instruction; the methods call it with the selector of their mnemonic. */
  protected put(selector: Selector, a: Maybe, b: Maybe, c: Maybe, d: Maybe, e: Maybe): this {
    const shapeA = shapeOf(a)
    const shapeB = shapeOf(b)
    const shapeC = shapeOf(c)
    const shapeD = shapeOf(d)
    const recipe = selector.select(shapeA | (shapeB << 16), shapeC | (shapeD << 16), a, b, c, d, e)
    if (recipe.isVirtual) {
      const reason = 'a virtual register cannot be encoded; allocate registers first'
      throw failure(recipe.form.mnemonic, [a, b, c, d, e], reason)
    }
    this.#record(recipe, a, b, c, d, e)
    return this
  }

  /**
   * An instruction in the very form that is given, where emit would choose a shorter one. EncodeError when the
   * operands do not fit it. A branch to a label still becomes as long as it must.
   */
  emitForm(form: Form, operands: readonly Operand[]): this {
    const encodable = form as EncodableForm
    const shapes = operands.map(shapeOf)
    const isFit =
      shapes.length === encodable.slots.length &&
      encodable.slots.every((slot, index) => slotFits(slot, shapes[index]!)) &&
      shapes.every((shape) => (shape & VIRTUAL) === 0)
    if (!isFit) throw explain(form.mnemonic, operands, [encodable], null)
    const [a, b, c, d, e] = operands
    this.#record(recipeOf(encodable, shapes), a, b, c, d, e)
    return this
  }

  #record(recipe: Recipe, a: Maybe, b: Maybe, c: Maybe, d: Maybe, e: Maybe): void {
    const out = this.#out
    const start = out.length
    let recorded = recipe.form
    if (recipe.displacementBytes !== 0) recorded = this.#packBranch(recipe, a, b, c, d)
    else {
      pack(out, recipe, a, b, c, d, e)
      if (out.ripField >= 0) this.#markRipRelative(recorded, [a, b, c, d], start)
    }
    this.#log.add(recipe, recorded, out.length - start, a, b, c, d, e)
  }

  #checkOwn(mnemonic: string, label: Label): void {
    if (this.#labels[label.id] !== label) {
      throw new EncodeError(
        mnemonic,
        label.name,
        'the label is of another assembler, or from before finish()',
      )
    }
  }

  /** Returns the form, which for a displacement is chosen by its size, and for a label when everything is laid out. */
  #packBranch(recipe: Recipe, a: Maybe, b: Maybe, c: Maybe, d: Maybe): EncodableForm {
    const { form } = recipe
    const label = [a, b, c, d][form.displacementIndex] as Label
    if (label instanceof Displacement) return this.#packDisplacement(recipe, label.value, a, b, c, d)
    this.#checkOwn(form.mnemonic, label)
    const instruction = this.#log.count
    const long = form.displacementBytes === 1 ? longFormOf(form) : null
    if (long !== null) {
      this.#marks.push({ kind: 'branch', at: this.#out.length, instruction, label, short: form, long })
      return form
    }
    pack(this.#out, recipe, a, b, c, d, undefined)
    const end = this.#out.length
    const size = form.displacementBytes as 1 | 4
    this.#out.bytes.fill(0, end - size, end)
    this.#marks.push({ kind: 'field', at: end - size, instruction, size, end, label })
    return form
  }

  #packDisplacement(
    recipe: Recipe,
    displacement: number,
    a: Maybe,
    b: Maybe,
    c: Maybe,
    d: Maybe,
  ): EncodableForm {
    const { form } = recipe
    const isNear = displacement >= -128 && displacement <= 127
    const chosen = form.displacementBytes === 1 && !isNear ? longFormOf(form) : form
    if (chosen === null || (displacement | 0) !== displacement) {
      const reach = chosen === null ? '−128 to 127' : '32 bits'
      throw failure(form.mnemonic, [a, b, c, d], `a displacement of ${displacement} is beyond ${reach}`)
    }
    const out = this.#out
    const chosenRecipe = chosen === form ? recipe : recipeOf(chosen, [a, b, c, d].map(shapeOf))
    pack(out, chosenRecipe, a, b, c, d, undefined)
    if (chosen.displacementBytes === 1) out.bytes[out.length - 1] = displacement
    else write32(out.bytes, out.length - 4, displacement)
    return chosen
  }

  #markRipRelative(form: EncodableForm, operands: readonly Maybe[], start: number): void {
    const out = this.#out
    const end = out.length
    const { disp, label } = operands[form.rmIndex] as Mem
    if (label instanceof Displacement) {
      const displacement = label.value + disp
      if ((displacement | 0) !== displacement) {
        out.length = start
        throw failure(form.mnemonic, operands, `a displacement of ${displacement} is beyond 32 bits`)
      }
      write32(out.bytes, out.ripField, displacement)
      return
    }
    if (label === null) return
    // Were the label refused after packing, its bytes would stay.
    out.length = start
    this.#checkOwn(form.mnemonic, label)
    out.length = end
    const instruction = this.#log.count
    this.#marks.push({ kind: 'field', at: out.ripField, instruction, size: 4, end, label })
  }

  /**
   * Lays out and freezes everything so far: short branches where they reach, padding, the constant pool. The
   * assembler is then empty and can be used again. EncodeError for a label that was used and not bound.
   */
  finish(): MachineCode {
    const poolMark = this.#marks.length
    this.#pool.flush(this.#out, this.#marks, this.#log.count)
    const packed = this.#out.bytes.subarray(0, this.#out.length)
    const assembly = {
      packed,
      log: this.#log,
      marks: this.#marks,
      poolMark,
      labels: this.#labels,
      bound: this.#bound,
      again: this.#again,
    }
    this.#out.length = 0
    this.#log = new InstructionLog(this.#again === null)
    this.#marks = []
    this.#labels = []
    this.#bound = []
    this.#pool = new ConstantPool()
    return link(assembly, MINIMUM_ALIGNMENT)
  }

  static {
    putEach = (assembler, selector, a, b, c, d, e) => {
      ;(assembler as AssemblerCore).put(selector, a, b, c, d, e)
    }
    putOperands = (assembler, selector, operands) => (assembler as AssemblerCore).#putAll(selector, operands)
    defineMethods(AssemblerCore.prototype, (mnemonic) => {
      const selector = selectorOf(mnemonic)
      return function (
        this: AssemblerCore,
        a: Maybe,
        b: Maybe,
        c: Maybe,
        d: Maybe,
        e: Maybe,
        excess?: Maybe,
      ) {
        if (excess !== undefined)
          throw failure(mnemonic, [a, b, c, d, e, excess], 'no form has so many operands')
        return this.put(selector, a, b, c, d, e)
      }
    })
  }
}

/**
 * Turns instructions on physical registers into MachineCode. Every instruction of the tables is a method, which takes
 * the operands in Intel order and returns the assembler.
 *
 * @example
 * ```ts
 * const a = new Assembler()
 * const loop = a.label('loop')
 * a.bind(loop)
 *   .vfmadd231ps(zmm(3).mask(k(1)).zero(), zmm(1), mem(rax, 64).broadcast())
 *   .dec(rcx)
 *   .jnz(loop)
 *   .ret()
 * const code = a.finish()
 * ```
 */
export interface Assembler extends AssemblerCore, InstructionMethods<'physical', Assembler> {}
export const Assembler: new () => Assembler = AssemblerCore as unknown as new () => Assembler
