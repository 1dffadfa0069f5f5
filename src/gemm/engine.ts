/** What runs a checked call: at once, on the calling thread. */
import type { ArgumentBlock } from '../runtime/argument-block.ts'
import type { NativeKernel } from '../runtime/kernel.ts'
import { Workspace } from '../runtime/workspace.ts'
import type { Frame, Sizes } from './frame.ts'
import type { Touched } from './unfinished.ts'

/** Memory of the call's own that its block leads to, besides the operands. */
export interface OwnMemory {
  readonly name: string
  readonly address: number
  readonly view: ArrayBufferView
  readonly bytes: number
}

export interface Engine {
  /** Where a call writes its arguments. */
  readonly block: ArgumentBlock
  /** Told the sizes of a call that left some open, before run(). */
  setSizes(sizes: Sizes): void
  /** Told what memory a call touches, when it goes on after run() returns. */
  readonly touched?: (touched: Touched) => void
  /** Told what else a call reads, when somebody wants to know. */
  readonly reads?: (memory: OwnMemory) => void
  /** Runs the call that the block describes. `areHeld`: the operands' checks keep the arrays alive meanwhile. */
  run(a: unknown, b: unknown, c: unknown, areHeld: boolean): void
}

/** Panels of packed B; one for all synchronous calls of this thread, since only one of them runs at a time. */
let workspace: Workspace | null = null

/** Enters the code and returns when it has finished. */
export class SynchronousEngine implements Engine {
  readonly block: ArgumentBlock
  readonly #frame: Frame
  readonly #native: NativeKernel
  readonly #workspace: Workspace

  constructor(frame: Frame, native: NativeKernel) {
    this.block = frame.block
    this.#frame = frame
    this.#native = native
    workspace ??= new Workspace()
    this.#workspace = workspace
  }

  setSizes(sizes: Sizes): void {
    this.#frame.setSizes(sizes)
  }

  /** The code, its block complete once more: the workspace may have moved since the last call. */
  ready(): NativeKernel {
    if (!this.#native.disposed) this.#frame.complete(this.#workspace)
    return this.#native
  }

  run(a: unknown, b: unknown, c: unknown, areHeld: boolean): void {
    this.#frame.complete(this.#workspace)
    if (areHeld) this.#native.enter(this.#frame.argument)
    else this.#native.call(this.#frame.argument, a, b, c)
  }
}
