/** Calls that run off the event loop: each with a frame and a workspace of its own, its memory watched until done. */

import type { CompleteProblem } from '../microkernel/problem.ts'
import type { ArgumentBlock } from '../runtime/argument-block.ts'
import { runLater } from '../runtime/later.ts'
import { Workspace } from '../runtime/workspace.ts'
import { type Call, type CallArguments, makeCall } from './call.ts'
import type { Compiled } from './compiled.ts'
import type { Engine } from './engine.ts'
import type { Frame, Sizes } from './frame.ts'
import type { PackedPlaces } from './packed.ts'
import { type Touched, unfinished } from './unfinished.ts'

/** Frames that a kernel keeps for its next calls; what a burst needs beyond is left to the collector. */
const MOST_SPARE_FRAMES = 8

/** Workspaces of no call, as many as ever ran at once. */
const spareWorkspaces: Workspace[] = []

/** Takes a checked call down, to be run later. */
class LaterEngine implements Engine {
  readonly block: ArgumentBlock
  readonly frame: Frame
  /** What the call touches; set by every call. */
  memory: Touched = { reads: [], writes: [] }
  /** The operands, so that they live until the call is done. */
  operands: readonly unknown[] = []
  /** Only while the call runs: what waits for its turn needs none. */
  workspace: Workspace | null = null

  constructor(frame: Frame) {
    this.frame = frame
    this.block = frame.block
  }

  setSizes(sizes: Sizes): void {
    this.frame.setSizes(sizes)
  }

  touched(memory: Touched): void {
    this.memory = memory
  }

  run(a: unknown, b: unknown, c: unknown): void {
    // A batch's array of arrays may change before the call is done.
    this.operands = [a, b, c].map((operand) => (Array.isArray(operand) ? [...operand] : operand))
  }
}

interface LaterCall {
  readonly engine: LaterEngine
  readonly call: Call
}

/** The asynchronous calls of one kernel. */
export class AsynchronousCalls {
  readonly #problem: CompleteProblem
  readonly #compiled: Compiled
  readonly #packed: PackedPlaces | null
  readonly #spare: LaterCall[] = []
  #running = 0

  /** `packed`: what is in a B that comes as panels. */
  constructor(problem: CompleteProblem, compiled: Compiled, packed: PackedPlaces | null) {
    this.#problem = problem
    this.#compiled = compiled
    this.#packed = packed
  }

  /** Error while calls have not finished. */
  refuseRunning(): void {
    if (this.#running > 0) {
      throw new Error(
        `this kernel cannot be disposed while ${this.#running} of its asynchronous calls run: await them first`,
      )
    }
  }

  /** Checks the call now, runs it on another thread when its turn comes. */
  async run(a: unknown, b: unknown, c: unknown, open?: CallArguments): Promise<void> {
    if (this.#compiled.native.disposed) throw new Error('this kernel has been disposed')
    const later = this.#spare.pop() ?? this.#newCall()
    const { engine } = later
    try {
      later.call(a, b, c, open)
      unfinished.add(engine.memory)
      this.#running += 1
      try {
        await runLater(this.#compiled.native, () => {
          engine.workspace = spareWorkspaces.pop() ?? new Workspace()
          engine.frame.complete(engine.workspace)
          return engine.frame.argument
        })
      } finally {
        unfinished.delete(engine.memory)
        this.#running -= 1
      }
    } finally {
      if (engine.workspace !== null) spareWorkspaces.push(engine.workspace)
      engine.workspace = null
      engine.operands = []
      if (this.#spare.length < MOST_SPARE_FRAMES) this.#spare.push(later)
    }
  }

  #newCall(): LaterCall {
    const engine = new LaterEngine(this.#compiled.newFrame())
    return { engine, call: makeCall(this.#problem, engine, this.#packed) }
  }
}
