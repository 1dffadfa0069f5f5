/** The recorder: every instruction as a typed method, on virtual registers; makes a VFunction. */
import { defineMethods, type InstructionMethods } from '../encoder/methods.ts'
import { Label, type Operand } from '../encoder/operands.ts'
import { FIRST_VIRTUAL_ID, Reg, type RegKind, type Space } from '../encoder/registers.ts'
import { type Selector, selectBy, selectorOf } from '../encoder/select.ts'
import { AllocationError } from './errors.ts'
import { lastInst, loopNeverEnds, neverBound, runsOn, runsPastEnd, targetOf } from './flow.ts'
import { type Constant, markOf, type V, type VFunction, type VInst, type VItem } from './function.ts'
import { BANK, bankOf, type VirtualKind } from './units.ts'

export interface RecorderOptions {
  /** Names of the integer arguments, in order. */
  readonly params?: readonly string[]
}

/** Every instruction as a method on virtual or physical registers; each returns the recorder. */
export interface Recorder extends InstructionMethods<Space, Recorder> {}

/**
 * Records a function on any number of virtual registers. Physical registers may be named, too: arguments of a
 * call and results of a return are moved to where the convention wants them, in the same block.
 *
 * ```ts
 * const f = new Recorder('sum', { params: ['argblock'] })
 * const sum = f.zmm('sum')
 * f.vpxord(sum, sum, sum)
 * f.vaddps(sum, sum, zmmword(f.params[0]!))
 * f.ret()
 * const code = assemble(allocate(f.finish()))
 * ```
 */
// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: the methods are defined on the prototype in its static block
export class Recorder {
  readonly name: string
  /** The integer arguments. */
  readonly params: readonly V<'r64'>[]
  readonly #kinds: RegKind[] = []
  readonly #names: string[] = []
  readonly #body: VItem[] = []
  readonly #constants: Constant[] = []
  /** Those bound, by their id. */
  readonly #bound: (Label | undefined)[] = []
  readonly #loops: string[] = []
  readonly #branches: VInst[] = []
  #labelCount = 0

  constructor(name: string, options: RecorderOptions = {}) {
    this.name = name
    this.params = Object.freeze((options.params ?? []).map((param) => this.reg('r64', param)))
  }

  /** A new virtual register. The name is for listings and messages. */
  reg<K extends VirtualKind>(kind: K, name = ''): V<K> {
    if (bankOf(kind) === BANK.other)
      throw new AllocationError(this.name, `there are no virtual registers of kind ${kind}`)
    this.#kinds.push(kind)
    this.#names.push(name)
    return new Reg(kind, FIRST_VIRTUAL_ID + this.#kinds.length - 1, null, false, null)
  }

  /** A new 64-bit general register; `.as('r32')` is its lower half. */
  gp(name?: string): V<'r64'> {
    return this.reg('r64', name)
  }

  xmm(name?: string): V<'xmm'> {
    return this.reg('xmm', name)
  }

  ymm(name?: string): V<'ymm'> {
    return this.reg('ymm', name)
  }

  zmm(name?: string): V<'zmm'> {
    return this.reg('zmm', name)
  }

  k(name?: string): V<'k'> {
    return this.reg('k', name)
  }

  tmm(name?: string): V<'tmm'> {
    return this.reg('tmm', name)
  }

  /** A new label, to be bound once. */
  label(name?: string): Label {
    const id = this.#labelCount++
    return new Label(id, name ?? `L${id}`)
  }

  #isBound(label: Label): boolean {
    return label.id < this.#bound.length && this.#bound[label.id] === label
  }

  /** Places a label here. */
  bind(label: Label): this {
    if (this.#isBound(label)) throw new AllocationError(this.name, `label ${label.name} is bound twice`)
    this.#bound[label.id] = label
    this.#body.push(markOf({ kind: 'label', label }))
    return this
  }

  /** Fills with NOPs up to a multiple of `bytes`, a power of two. */
  align(bytes: number): this {
    this.#body.push(markOf({ kind: 'align', bytes }))
    return this
  }

  /**
   * Bytes in the constant pool; address them by the label: `mem(f.constant(bytes))`. They are aligned to their
   * size rounded up to a power of two, at most 64, unless told otherwise.
   */
  constant(bytes: Uint8Array, alignment: number = naturalAlignment(bytes.length)): Label {
    const label = this.label(`constant${this.#constants.length}`)
    this.#bound[label.id] = label
    this.#constants.push({ label, bytes: bytes.slice(), alignment })
    return label
  }

  /** Begins a loop's body. In a `hot` loop the allocator throws rather than spill. */
  enterLoop(name: string, options: { readonly hot?: boolean } = {}): this {
    this.#loops.push(name)
    this.#body.push(markOf({ kind: 'enter-loop', name, hot: options.hot ?? false }))
    return this
  }

  /** Ends the innermost loop's body. */
  exitLoop(): this {
    const name = this.#loops.pop()
    if (name === undefined) throw new AllocationError(this.name, 'exitLoop without enterLoop')
    this.#body.push(markOf({ kind: 'exit-loop', name }))
    return this
  }

  /** A remark, kept for listings. */
  comment(text: string): this {
    this.#body.push(markOf({ kind: 'comment', text }))
    return this
  }

  /** Records any instruction; the untyped entry. EncodeError when no form fits. */
  emit(mnemonic: string, operands: readonly Operand[]): this {
    return this.#record(selectorOf(mnemonic), operands)
  }

  #record(selector: Selector, operands: readonly Operand[]): this {
    const inst: VInst = { kind: 'inst', form: selectBy(selector, operands), operands }
    const { control } = inst.form
    if (control === 'jump' || control === 'branch') this.#branches.push(inst)
    this.#body.push(inst)
    return this
  }

  /** The function, checked for what would make it meaningless. AllocationError says what is missing. */
  finish(): VFunction {
    this.#check()
    return Object.freeze({
      name: this.name,
      params: this.params,
      kinds: Object.freeze(this.#kinds.slice()),
      names: Object.freeze(this.#names.slice()),
      body: Object.freeze(this.#body.slice()),
      constants: Object.freeze(this.#constants.slice()),
      labelCount: this.#labelCount,
    })
  }

  /** The flow graph is found when registers are allocated; these are its conditions. */
  #check(): void {
    const open = this.#loops.at(-1)
    if (open !== undefined) throw loopNeverEnds(this.name, open)
    for (const inst of this.#branches) {
      const label = targetOf(inst, this.name)
      if (!this.#isBound(label)) throw neverBound(this.name, label)
    }
    if (runsOn(lastInst(this.#body, 0, this.#body.length))) throw runsPastEnd(this.name)
  }

  static {
    defineMethods(Recorder.prototype, (mnemonic) => {
      const selector = selectorOf(mnemonic)
      return function (this: Recorder, ...operands: Operand[]) {
        return this.#record(selector, operands)
      }
    })
  }
}

const naturalAlignment = (byteLength: number): number =>
  Math.min(64, 2 ** Math.ceil(Math.log2(Math.max(1, byteLength))))
