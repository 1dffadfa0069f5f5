/** Machine code as blocks of compiled steps, each translated from its bytes when control first reaches it. */
import { decode } from '../encoder/decode.ts'
import type { EncodableForm } from '../encoder/encodable.ts'
import { format } from '../encoder/format.ts'
import { type CodePlace, Fault, InstructionLimit, RaisedFault, UnsupportedInstruction } from './fault.ts'
import { type Exit, type Instruction, NoSemantics, partsOf, type Step } from './instruction.ts'
import { controlSemanticsOf, semanticsOf } from './semantics.ts'
import type { State } from './state.ts'

/** Instructions without a branch between them. */
interface Block {
  /** Those of all instructions, one after another. */
  readonly steps: readonly Step[]
  /** Where the steps of each instruction begin. */
  readonly firsts: readonly number[]
  /** Offset of each instruction, then of the one that the exit is of or that comes next. */
  readonly offsets: readonly number[]
  readonly exit: Exit
  readonly count: number
}

/** A block ends here at the latest, so that limits are seen in time. */
const MOST_INSTRUCTIONS = 1000

/** The instruction that a step is of; for the exit, which comes after all steps, the last. */
function instructionOf({ firsts, steps }: Block, index: number): number {
  if (index === steps.length) return firsts.length
  let at = firsts.length - 1
  while (firsts[at]! > index) at--
  return at
}

export class Program {
  readonly #state: State
  readonly #bytes: Uint8Array
  readonly #address: number
  readonly #blocks: (Block | undefined)[] = []
  /** Instructions executed in all runs. */
  executed = 0

  constructor(state: State, bytes: Uint8Array, address: number) {
    this.#state = state
    this.#bytes = bytes
    this.#address = address
  }

  /** Runs from an offset until control reaches `end`, an address outside the code. */
  run(offset: number, end: number, limit: number): void {
    const blocks = this.#blocks
    const start = this.#address
    let at = start + offset
    let executed = this.executed
    const most = executed + limit
    let block: Block | undefined
    let index = 0
    // One try around all blocks: entering it anew for each is what short loops would spend their time on.
    try {
      while (at !== end) {
        block = blocks[at - start]
        if (block === undefined) block = this.#blockAt(at)
        const { steps } = block
        const count = steps.length
        for (index = 0; index < count; index++) steps[index]!()
        at = block.exit()
        executed += block.count
        if (executed > most) throw new InstructionLimit(limit, block.offsets[0]!)
      }
    } catch (error) {
      if (!(error instanceof RaisedFault) || block === undefined) throw error
      const before = instructionOf(block, index)
      executed += before
      throw new Fault(error, this.#place(block.offsets[before]!))
    } finally {
      this.executed = executed
    }
  }

  #place(offset: number): CodePlace {
    const found = decode(this.#bytes, offset)
    return { offset, instruction: found.form === null ? '(no instruction)' : format(found) }
  }

  #blockAt(address: number): Block {
    const offset = address - this.#address
    const known = this.#blocks[offset]
    if (known !== undefined) return known
    if (!(offset >= 0 && offset < this.#bytes.length)) {
      const place = { offset, instruction: '(outside the code)' }
      try {
        this.#state.memory.find(address, 1, 'execute')
      } catch (error) {
        if (error instanceof RaisedFault) throw new Fault(error, place)
        throw error
      }
      throw new Fault(new RaisedFault('#PF', 'executes memory that is not the code given'), place)
    }
    const block = this.#translate(offset)
    this.#blocks[offset] = block
    return block
  }

  /** What cannot be translated ends the block before it, so that it complains only when control comes there. */
  #translate(start: number): Block {
    const steps: Step[] = []
    const firsts: number[] = []
    const offsets: number[] = []
    let offset = start
    for (;;) {
      offsets.push(offset)
      if (firsts.length === MOST_INSTRUCTIONS || (offset !== start && offset >= this.#bytes.length)) {
        return this.#fallThrough(steps, firsts, offsets, offset)
      }
      const found = decode(this.#bytes, offset)
      if (found.form === null) {
        if (firsts.length > 0) return this.#fallThrough(steps, firsts, offsets, offset)
        const reason = new RaisedFault('#UD', found.message)
        return this.#failing(offset, () => new Fault(reason, this.#place(offset)))
      }
      const address = this.#address + offset
      const instruction: Instruction = {
        form: found.form as EncodableForm,
        operands: found.operands,
        address,
        next: address + found.length,
      }
      const { mnemonic } = found.form
      try {
        // APX gives old mnemonics new operands: a destination of their own, or no flags.
        if (found.form.features.includes('APX_F')) throw new NoSemantics('an APX form')
        const step = semanticsOf(mnemonic)?.(this.#state, instruction)
        if (step === undefined) {
          const exit = controlSemanticsOf(mnemonic)?.(this.#state, instruction)
          if (exit !== undefined) return { steps, firsts, offsets, exit, count: firsts.length + 1 }
          throw new NoSemantics(mnemonic)
        }
        firsts.push(steps.length)
        steps.push(...partsOf(step))
      } catch (error) {
        if (!(error instanceof NoSemantics)) throw error
        if (firsts.length > 0) return this.#fallThrough(steps, firsts, offsets, offset)
        const { text } = found.form
        return this.#failing(offset, () => new UnsupportedInstruction(mnemonic, this.#place(offset), text))
      }
      offset += found.length
    }
  }

  #fallThrough(
    steps: readonly Step[],
    firsts: readonly number[],
    offsets: readonly number[],
    offset: number,
  ): Block {
    const next = this.#address + offset
    return { steps, firsts, offsets, exit: () => next, count: firsts.length }
  }

  #failing(offset: number, error: () => Error): Block {
    const exit = (): number => {
      throw error()
    }
    return { steps: [], firsts: [], offsets: [offset], exit, count: 0 }
  }
}
