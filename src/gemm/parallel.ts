/** A product on several threads: single-thread kernels on slices of C, handed out in one native call. */
import { ARGUMENT_BLOCK_BYTES } from '../microkernel/argument-block.ts'
import type { CpuModel } from '../microkernel/cpu-model.ts'
import { type GeneratedGemm, generateGemm } from '../microkernel/generate.ts'
import type { GemmPlan } from '../microkernel/plan.ts'
import type { CompleteProblem } from '../microkernel/problem.ts'
import { ArgumentBlock } from '../runtime/argument-block.ts'
import { DispatchRecord, loadDispatch } from '../runtime/dispatch.ts'
import type { HostName } from '../runtime/hosts/host.ts'
import type { NativeKernel } from '../runtime/kernel.ts'
import { PRODUCT_TYPES, STORAGE_BYTES } from '../schedule/product-type.ts'
import { type Compiled, loadPart } from './compiled.ts'
import { CallBlocks, type Frame, type Sizes, setWord, type WorkspaceSource, wordAt, wordOf } from './frame.ts'
import { panelColumnBytes } from './packed.ts'
import { isSharedAtCall, type Part, type PartOptions, planParts, slicesAtCall } from './parts.ts'
import type { Slice } from './slices.ts'

/** The slices for the sizes of a call. */
type Slicing = (sizes: Sizes) => readonly Slice[]

/**
 * Compiles a product for at most so many threads. With m, n and batch known it is shared out now; otherwise all parts
 * run one kernel, and each call shares out what was left open. Null when one thread is expected to be as fast.
 */
export function compileParallel(
  plan: GemmPlan,
  threads: number,
  options: PartOptions,
  cpu: CpuModel,
  host: HostName | undefined,
): Compiled | null {
  if (isSharedAtCall(plan.problem)) {
    const parts = [{ slice: null, generated: generateGemm(plan) }]
    return loadParts(parts, plan, threads, remembering(plan, threads, cpu), host)
  }
  const parts = planParts(plan, threads, options, cpu)
  if (parts.length === 1) return null
  const slices = parts.map(({ slice }) => slice!)
  return loadParts(parts, plan, parts.length, () => slices, host)
}

/** Sizes whose slices are remembered; choosing them takes some ten microseconds. */
const MOST_REMEMBERED = 256

function remembering(plan: GemmPlan, threads: number, cpu: CpuModel): Slicing {
  const known = new Map<string, readonly Slice[]>()
  return (sizes) => {
    // Leading dimensions and strides decide between slices that are nearly as good.
    const key = `${sizes.m} ${sizes.n} ${sizes.k} ${sizes.batch}`
    let slices = known.get(key)
    if (slices === undefined) {
      if (known.size >= MOST_REMEMBERED) known.clear()
      slices = slicesAtCall(plan, threads, sizes, cpu)
      known.set(key, slices)
    }
    return slices
  }
}

function areEqual(x: Sizes, y: Sizes): boolean {
  return (
    x.m === y.m &&
    x.n === y.n &&
    x.k === y.k &&
    x.lda === y.lda &&
    x.ldb === y.ldb &&
    x.ldc === y.ldc &&
    x.batch === y.batch &&
    x.strideA === y.strideA &&
    x.strideB === y.strideB &&
    x.strideC === y.strideC
  )
}

/** What dispatch code runs, by address: kept for as long as somebody can enter it. */
const needs = new WeakMap<NativeKernel, readonly unknown[]>()

function loadParts(
  parts: readonly Part[],
  plan: GemmPlan,
  threads: number,
  slicing: Slicing,
  host: HostName | undefined,
): Compiled {
  const loaded = new Map<GeneratedGemm, NativeKernel>()
  for (const { generated } of parts) {
    if (!loaded.has(generated)) loaded.set(generated, loadPart(generated, host))
  }
  const native = loadDispatch(threads, host)
  const kernels = Array.from({ length: threads }, (_, index) => {
    const { generated } = parts[index] ?? parts[0]!
    return { plan: generated.plan, code: loaded.get(generated)!.address }
  })
  const frame = (record: DispatchRecord): Frame => new PartsFrame(plan, kernels, slicing, record)
  const ownFrame = frame(new DispatchRecord(threads, native.block))
  needs.set(native, [ownFrame, loaded])
  return {
    native,
    parts,
    threads,
    ownFrame,
    newFrame: () => frame(new DispatchRecord(threads)),
    dispose() {
      native.dispose()
      for (const kernel of loaded.values()) kernel.dispose()
    },
  }
}

const WORD = {
  a: wordOf('a'),
  b: wordOf('b'),
  c: wordOf('c'),
  workspace: wordOf('workspace'),
  m: wordOf('m'),
  n: wordOf('n'),
  batch: wordOf('batch'),
} as const

/** What requantised products are given at every call, likewise. */
const REQUANTISATION_FIELDS = ['scale', 'bias', 'zero_a', 'zero_b', 'zero_c', 'sums_b'] as const
/** Those of them that have 4 bytes for each column, at an address. */
const OF_COLUMNS = { scale: wordOf('scale'), bias: wordOf('bias'), sums: wordOf('sums_b') } as const

/** Fields that every part takes over from the whole. */
const SHARED_FIELDS = ['k', 'lda', 'ldb', 'ldc', 'alpha', 'beta', 'stride_a', 'stride_b', 'stride_c'] as const

const PAGE_BYTES = 4096
const POINTER_BYTES = 8

/** A part's share of the workspace begins on a page of its own: who first writes to a page decides where it lies. */
const shareBytes = ({ workspaceBytes }: CallBlocks): number =>
  PAGE_BYTES * Math.ceil(workspaceBytes / PAGE_BYTES)

/** What one part is entered with. */
interface PartFrame {
  readonly block: ArgumentBlock
  readonly blocks: CallBlocks
  /** Bytes from the whole's operands to this part's. */
  readonly offset: { a: number; b: number; c: number; columns: number }
}

/** The frame of a call whose parts each have a block of their own, and a share of the workspace. */
class PartsFrame implements Frame {
  readonly block: ArgumentBlock = new ArgumentBlock(ARGUMENT_BLOCK_BYTES)
  readonly argument: bigint
  readonly #problem: CompleteProblem
  /** Bytes that a column takes in panels made beforehand; null without them. */
  readonly #columnBytes: number | null
  readonly #slicing: Slicing
  readonly #record: DispatchRecord
  readonly #frames: readonly PartFrame[]
  /** Words to copy into every part's block: what the problem left open, but for sizes that are cut. */
  readonly #shared: readonly number[]
  /** Words of addresses that lead to the whole's columns. */
  readonly #ofColumns: readonly number[]
  #count = 0
  #workspaceBytes = 0
  // What the parts' blocks were last completed with.
  #a = -1
  #b = -1
  #c = -1
  #workspaceAt = -1
  #last: Sizes | null = null

  constructor(
    whole: GemmPlan,
    kernels: readonly { readonly plan: GemmPlan; readonly code: number }[],
    slicing: Slicing,
    record: DispatchRecord,
  ) {
    const { problem } = whole
    this.#problem = problem
    this.#columnBytes = panelColumnBytes(whole)
    this.#slicing = slicing
    this.#record = record
    this.argument = record.argument
    this.#frames = kernels.map(({ plan, code }, index) => {
      const block = new ArgumentBlock(ARGUMENT_BLOCK_BYTES)
      record.setPart(index, code, block.bits)
      return { block, blocks: new CallBlocks(plan, block), offset: { a: 0, b: 0, c: 0, columns: 0 } }
    })
    const { m, n, k, lda, ldb, ldc, alpha, beta, batch } = problem
    const strides = {
      strideA: batch?.strideA ?? 0,
      strideB: batch?.strideB ?? 0,
      strideC: batch?.strideC ?? 0,
    }
    const given = {
      ...{ k, lda, ldb, ldc, alpha, beta },
      ...{ stride_a: strides.strideA, stride_b: strides.strideB, stride_c: strides.strideC },
    }
    const { requantise } = problem
    this.#shared = [
      ...SHARED_FIELDS.filter((name) => given[name] === 'runtime'),
      ...(requantise === null ? [] : REQUANTISATION_FIELDS),
      ...(whole.planes && whole.packB === 'beforehand' ? (['small_b'] as const) : []),
    ].map(wordOf)
    this.#ofColumns = [
      ...(requantise?.scale === 'column' ? [OF_COLUMNS.scale] : []),
      ...(requantise?.bias ? [OF_COLUMNS.bias] : []),
      ...(requantise?.zeroA ? [OF_COLUMNS.sums] : []),
    ]
    const sizes = { ...{ m, n, k, lda, ldb, ldc }, batch: batch?.count ?? 1, ...strides }
    if (Object.values(sizes).every((size) => size !== 'runtime')) this.setSizes(sizes as Sizes)
  }

  setSizes(sizes: Sizes): void {
    if (this.#last !== null && areEqual(sizes, this.#last)) return
    this.#last = sizes
    const slices = this.#slicing(sizes)
    this.#count = slices.length
    this.#record.setCount(slices.length)
    this.#workspaceBytes = 0
    for (const [index, slice] of slices.entries()) {
      const part = this.#frames[index]!
      this.#place(part, slice, sizes)
      this.#workspaceBytes += shareBytes(part.blocks)
    }
    // Nothing of the last call is where it was.
    this.#a = -1
  }

  #place({ block, blocks, offset }: PartFrame, { m, n, batch }: Slice, sizes: Sizes): void {
    setWord(block, WORD.m, m.count)
    setWord(block, WORD.n, n.count)
    setWord(block, WORD.batch, batch.count)
    blocks.setSizes({ ...sizes, m: m.count, n: n.count })
    const { order, transA, transB, type, out } = this.#problem
    const facts = PRODUCT_TYPES[type]
    offset.columns = 4 * n.start
    if (this.#problem.batch?.kind === 'pointers') {
      offset.a = offset.b = offset.c = POINTER_BYTES * batch.start
      return
    }
    const { lda, ldb, ldc, strideA, strideB, strideC } = sizes
    const byRows = order === 'row'
    // The next row of op(A) is A's next line, or the next element of its lines; so are columns of op(B).
    offset.a = (batch.start * strideA + m.start * (byRows !== transA ? lda : 1)) * STORAGE_BYTES[facts.a]
    // Panels packed beforehand follow one another, each as deep as k.
    const nextColumn = this.#columnBytes ?? (byRows !== transB ? 1 : ldb) * STORAGE_BYTES[facts.b]
    offset.b = batch.start * strideB * STORAGE_BYTES[facts.b] + n.start * nextColumn
    const inC = byRows ? m.start * ldc + n.start : n.start * ldc + m.start
    offset.c = (batch.start * strideC + inC) * STORAGE_BYTES[out]
  }

  complete(workspace: WorkspaceSource): void {
    this.#record.summonThreads()
    const whole = this.block
    const a = wordAt(whole, WORD.a)
    const b = wordAt(whole, WORD.b)
    const c = wordAt(whole, WORD.c)
    const at = this.#workspaceBytes === 0 ? 0 : workspace.reserve(this.#workspaceBytes)
    // A block that is written to has to travel to the core that reads it: not for the operands of the call before.
    const isSame = a === this.#a && b === this.#b && c === this.#c && at === this.#workspaceAt
    if (isSame && this.#shared.length === 0) return
    this.#a = a
    this.#b = b
    this.#c = c
    this.#workspaceAt = at
    let share = at
    for (let index = 0; index < this.#count; index++) {
      const { block, blocks, offset } = this.#frames[index]!
      setWord(block, WORD.a, a + offset.a)
      setWord(block, WORD.b, b + offset.b)
      setWord(block, WORD.c, c + offset.c)
      for (const word of this.#shared) {
        block.u32[2 * word] = whole.u32[2 * word]!
        block.u32[2 * word + 1] = whole.u32[2 * word + 1]!
      }
      for (const word of this.#ofColumns) setWord(block, word, wordAt(whole, word) + offset.columns)
      setWord(block, WORD.workspace, share)
      share += shareBytes(blocks)
    }
  }
}
