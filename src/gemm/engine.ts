/** What runs a checked call: native code, the block that its arguments are written to, and its workspace. */
import { type ArgumentName, argumentOffset } from '../microkernel/argument-block.ts'
import { blocksAtCall, type GemmPlan } from '../microkernel/plan.ts'
import type { ArgumentBlock } from '../runtime/argument-block.ts'
import type { NativeKernel } from '../runtime/kernel.ts'
import { Workspace } from '../runtime/workspace.ts'
import { cpuModel } from './cpu.ts'
import type { Touched } from './unfinished.ts'

/** Every size of one call. */
export interface Sizes {
  readonly m: number
  readonly n: number
  readonly k: number
  readonly lda: number
  readonly ldb: number
  readonly ldc: number
  readonly batch: number
  readonly strideA: number
  readonly strideB: number
  readonly strideC: number
}

export interface Engine {
  /** Where a call writes its arguments; workspace and blocks are the engine's own business. */
  readonly block: ArgumentBlock
  /** Told the sizes of a call that left some open, before run(). */
  setSizes(sizes: Sizes): void
  /** Told what memory a call touches that goes on after run() returns. */
  readonly touched?: (touched: Touched) => void
  /** Runs the call that the block describes. The arrays given stay alive as long as it takes. */
  run(a: unknown, b: unknown, c: unknown): void
}

/** The 8-byte word of a field in the argument block. */
export const wordOf = (name: ArgumentName): number => argumentOffset(name) / 8

const WORKSPACE = wordOf('workspace')
const BLOCKS = { m: wordOf('block_m'), n: wordOf('block_n'), k: wordOf('block_k'), pack: wordOf('pack') }

/** Panels of packed B; one for all synchronous calls of this thread, since only one of them runs at a time. */
let shared: Workspace | null = null

export function sharedWorkspace(): Workspace {
  shared ??= new Workspace()
  return shared
}

/** The part of the sizes that blocks depend on. */
type BlockedSizes = Pick<Sizes, 'm' | 'n' | 'k' | 'lda' | 'ldb'>

/** Writes what a plan leaves to the call, but for addresses, into a block; the decision of the last sizes is kept. */
export class CallBlocks {
  /** Workspace that the kernel needs now. */
  bytes: number
  readonly #plan: GemmPlan
  readonly #words: BigUint64Array
  #last: BlockedSizes | null = null

  constructor(plan: GemmPlan, block: ArgumentBlock) {
    this.#plan = plan
    this.#words = block.u64
    this.bytes = plan.workspaceBytes === 'runtime' ? 0 : plan.workspaceBytes
  }

  setSizes(sizes: BlockedSizes): void {
    if (this.#plan.workspaceBytes !== 'runtime') return
    const { m, n, k, lda, ldb } = sizes
    const last = this.#last
    if (last !== null && m === last.m && n === last.n && k === last.k && lda === last.lda && ldb === last.ldb)
      return
    const blocks = blocksAtCall(this.#plan, sizes, cpuModel())
    this.#words[BLOCKS.m] = BigInt(blocks.m)
    this.#words[BLOCKS.n] = BigInt(blocks.n)
    this.#words[BLOCKS.k] = BigInt(blocks.k)
    this.#words[BLOCKS.pack] = blocks.pack ? 1n : 0n
    this.bytes = blocks.workspaceBytes
    this.#last = { m, n, k, lda, ldb }
  }
}

/** One kernel, run at once with its own block. */
export class SingleEngine implements Engine {
  readonly block: ArgumentBlock
  readonly #native: NativeKernel
  readonly #blocks: CallBlocks
  readonly #workspace: Workspace
  #workspaceAt = 0

  constructor(plan: GemmPlan, native: NativeKernel) {
    this.block = native.block
    this.#native = native
    this.#blocks = new CallBlocks(plan, native.block)
    this.#workspace = sharedWorkspace()
  }

  setSizes(sizes: Sizes): void {
    this.#blocks.setSizes(sizes)
  }

  run(a: unknown, b: unknown, c: unknown): void {
    if (this.#blocks.bytes > 0) {
      const at = this.#workspace.reserve(this.#blocks.bytes)
      if (at !== this.#workspaceAt) {
        this.block.u64[WORKSPACE] = BigInt(at)
        this.#workspaceAt = at
      }
    }
    this.#native.run(a, b, c)
  }
}
