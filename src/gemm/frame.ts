/** One call's memory: the argument block that it is written to, what the code is entered with, and its workspace. */
import { ARGUMENT_BLOCK_BYTES, type ArgumentName, argumentOffset } from '../microkernel/argument-block.ts'
import { blocksAtCall, type GemmPlan } from '../microkernel/plan.ts'
import { ArgumentBlock } from '../runtime/argument-block.ts'
import { cpuModel } from './cpu.ts'

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

/** Where the workspace of a call comes from. */
export interface WorkspaceSource {
  /** The address of at least so many bytes. */
  reserve(byteLength: number): number
}

/** Calls that overlap in time have a frame each. */
export interface Frame {
  /** Where a call writes its arguments; the workspace's address and blocks are the frame's business. */
  readonly block: ArgumentBlock
  /** What the code is entered with. */
  readonly argument: bigint
  /** Takes the sizes of a call that left some open. */
  setSizes(sizes: Sizes): void
  /** Completes the arguments, once all else is written and before the code is entered. */
  complete(workspace: WorkspaceSource): void
}

/** The 8-byte word of a field in the argument block. */
export const wordOf = (name: ArgumentName): number => argumentOffset(name) / 8

const WORKSPACE = wordOf('workspace')
const BLOCKS = {
  ...{ m: wordOf('block_m'), n: wordOf('block_n'), k: wordOf('block_k'), pack: wordOf('pack') },
  ...{ left: wordOf('stage_left'), right: wordOf('stage_right') },
  ...{ termsLeft: wordOf('terms_left'), termsRight: wordOf('terms_right') },
}

/** The sizes that blocks depend on. */
export type BlockedSizes = Pick<Sizes, 'm' | 'n' | 'k' | 'lda' | 'ldb'>

/** Writes the blocks that a plan leaves to the call; the decision of the last sizes is kept. */
export class CallBlocks {
  /** Workspace that the kernel needs for these sizes. */
  workspaceBytes: number
  readonly #plan: GemmPlan
  readonly #words: BigUint64Array
  #last: BlockedSizes | null = null

  constructor(plan: GemmPlan, block: ArgumentBlock) {
    this.#plan = plan
    this.#words = block.u64
    this.workspaceBytes = plan.workspaceBytes === 'runtime' ? 0 : plan.workspaceBytes
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
    this.#words[BLOCKS.left] = BigInt(blocks.stages.left)
    this.#words[BLOCKS.right] = BigInt(blocks.stages.right)
    this.#words[BLOCKS.termsLeft] = BigInt(blocks.terms.left)
    this.#words[BLOCKS.termsRight] = BigInt(blocks.terms.right)
    this.workspaceBytes = blocks.workspaceBytes
    this.#last = { m, n, k, lda, ldb }
  }
}

/** Writes an address or a size; unlike a BigInt's, the store allocates nothing. */
export function setWord(block: ArgumentBlock, word: number, value: number): void {
  block.u32[2 * word] = value
  block.u32[2 * word + 1] = value / 2 ** 32
}

/** Reads an address or a size. */
export function wordAt(block: ArgumentBlock, word: number): number {
  return block.u32[2 * word]! + block.u32[2 * word + 1]! * 2 ** 32
}

/** The frame of a call that one kernel computes. */
export class SingleFrame implements Frame {
  readonly block: ArgumentBlock
  readonly argument: bigint
  readonly #blocks: CallBlocks

  /** `block`: the kernel's own for synchronous calls, a new one for others. */
  constructor(plan: GemmPlan, block: ArgumentBlock = new ArgumentBlock(ARGUMENT_BLOCK_BYTES)) {
    this.block = block
    this.argument = block.bits
    this.#blocks = new CallBlocks(plan, block)
  }

  setSizes(sizes: Sizes): void {
    this.#blocks.setSizes(sizes)
  }

  complete(workspace: WorkspaceSource): void {
    const { workspaceBytes } = this.#blocks
    if (workspaceBytes > 0) setWord(this.block, WORKSPACE, workspace.reserve(workspaceBytes))
  }
}
