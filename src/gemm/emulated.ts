/** Products in the emulator: any target on any machine, each operand a region of exactly the bytes that it may touch. */
import { Emulator } from '../emulator/emulate.ts'
import type { MachineCode } from '../encoder/index.ts'
import { ARGUMENT_BLOCK_BYTES } from '../microkernel/argument-block.ts'
import { generateGemm } from '../microkernel/generate.ts'
import type { GemmPlan } from '../microkernel/plan.ts'
import { ArgumentBlock } from '../runtime/argument-block.ts'
import { makeCall } from './call.ts'
import type { Engine, OwnMemory } from './engine.ts'
import { SingleFrame, type Sizes, setWord, type WorkspaceSource, wordOf } from './frame.ts'
import type { PackedPlaces, PackRun } from './packed.ts'
import type { Running } from './running.ts'
import type { Place, Touched } from './unfinished.ts'

/** Bytes at the address that the operand's checks found. */
interface Span {
  readonly name: string
  readonly address: number
  readonly data: Uint8Array
  readonly permissions: 'r' | 'rw'
}

const spanOf = (
  name: string,
  address: number,
  view: ArrayBufferView,
  bytes: number,
  permissions: 'r' | 'rw' = 'r',
): Span => ({ name, address, data: new Uint8Array(view.buffer, view.byteOffset, bytes), permissions })

/**
 * The same bytes in spans that do not overlap: A and B may, or be one and the same, and blocks of one larger matrix
 * may lie side by side.
 */
function withoutOverlap(spans: readonly Span[]): readonly Span[] {
  const result: Span[] = []
  for (const next of spans.toSorted((x, y) => x.address - y.address)) {
    const last = result.at(-1)
    if (last === undefined || last.address + last.data.length <= next.address) {
      result.push(next)
      continue
    }
    // One buffer under both: arrays that share addresses share their buffer.
    const bytes = Math.max(last.data.length, next.address + next.data.length - last.address)
    result[result.length - 1] = spanOf(
      last.name === next.name ? last.name : `${last.name} and ${next.name}`,
      last.address,
      last.data,
      bytes,
      last.permissions === 'rw' ? 'rw' : next.permissions,
    )
  }
  return result
}

/** Scratch memory at an address of the emulator's own, exactly as long as the call asked for. */
class EmulatedWorkspace implements WorkspaceSource {
  static readonly address: number = 2 ** 45
  #memory: Uint8Array = new Uint8Array(0)

  reserve(byteLength: number): number {
    if (this.#memory.length !== byteLength) this.#memory = new Uint8Array(byteLength)
    return EmulatedWorkspace.address
  }

  spans(): readonly Span[] {
    const data = this.#memory
    return [spanOf('workspace', EmulatedWorkspace.address, data, data.length, 'rw')]
  }
}

/** A function on an argument block, run with just the memory that it is given. */
class EmulatedCode {
  readonly #emulator: Emulator
  readonly #block: ArgumentBlock

  constructor(code: MachineCode, block: ArgumentBlock) {
    this.#emulator = new Emulator(code)
    this.#block = block
  }

  /** @throws Fault where the code does what the CPU would fault at, or touches other memory. */
  run(spans: readonly Span[]): void {
    const { memory } = this.#emulator
    const { address, u64 } = this.#block
    const block = spanOf('the argument block', address, u64, u64.byteLength)
    const regions = withoutOverlap([...spans, block].filter(({ data }) => data.length > 0)).map((span) =>
      memory.map(span.name, span.data, span.permissions, span.address),
    )
    try {
      const { violations } = this.#emulator.call({ arguments: [this.#block.bits] })
      if (violations.length > 0)
        throw new Error(`the code did not preserve ${violations.join(', ')}, as System V asks of a function`)
    } finally {
      for (const region of regions) memory.unmap(region)
    }
  }
}

/** Runs checked calls emulated. */
class EmulatedEngine implements Engine {
  readonly block: ArgumentBlock
  readonly #frame: SingleFrame
  readonly #code: EmulatedCode
  readonly #byPointers: boolean
  readonly #workspace: EmulatedWorkspace = new EmulatedWorkspace()
  #memory: Touched = { reads: [], writes: [] }
  readonly #own: Map<string, Span> = new Map()
  disposed = false

  constructor(plan: GemmPlan, code: MachineCode) {
    this.#frame = new SingleFrame(plan)
    this.block = this.#frame.block
    this.#code = new EmulatedCode(code, this.block)
    this.#byPointers = plan.problem.batch?.kind === 'pointers'
  }

  setSizes(sizes: Sizes): void {
    this.#frame.setSizes(sizes)
  }

  touched(memory: Touched): void {
    this.#memory = memory
  }

  reads({ name, address, view, bytes }: OwnMemory): void {
    this.#own.set(name, spanOf(name, address, view, bytes))
  }

  run(a: unknown, b: unknown, c: unknown): void {
    if (this.disposed) throw new Error('this kernel has been disposed')
    this.#frame.complete(this.#workspace)
    const { reads, writes } = this.#memory
    this.#memory = { reads: [], writes: [] }
    const spans = Object.entries({ a, b, c }).flatMap(([name, given]) => {
      const places = [...reads, ...writes].filter(({ operand }) => operand.name === name)
      return this.#byPointers ? this.#batch(name as 'a', places, given) : this.#whole(name, places, given)
    })
    this.#code.run([...spans, ...this.#own.values(), ...this.#workspace.spans()])
  }

  #whole(name: string, places: readonly Place[], array: unknown): readonly Span[] {
    const permissions = name === 'c' ? 'rw' : 'r'
    return places.map(({ at, operand }) =>
      spanOf(name, at.address, array as ArrayBufferView, operand.bytes, permissions),
    )
  }

  /** The arrays of a batch by pointers, and the table of their addresses, which the block leads to. */
  #batch(name: 'a' | 'b' | 'c', places: readonly Place[], arrays: unknown): readonly Span[] {
    const table = BigUint64Array.from(places, ({ at }) => at.bits)
    const tableAt = Number(this.block.u64[wordOf(name)])
    return [
      spanOf(`the table of ${name}`, tableAt, table, table.byteLength),
      ...places.flatMap((place, index) =>
        this.#whole(name, [place], (arrays as readonly unknown[])[index]).map((span) => ({
          ...span,
          name: `${name}[${index}]`,
        })),
      ),
    ]
  }
}

/** In the emulator, on this thread. `packed`: what is in a B that comes as panels. */
export function runEmulated(plan: GemmPlan, packed: PackedPlaces | null): Running {
  const generated = generateGemm(plan)
  const engine = new EmulatedEngine(plan, generated.code)
  const call = makeCall(plan.problem, engine, packed)
  return {
    parts: [{ slice: null, generated }],
    threads: 1,
    call,
    async: async (a, b, c, open) => call(a, b, c, open),
    pack: packEmulated,
    native() {
      throw new Error('this kernel is emulated: it has no native code')
    },
    dispose() {
      engine.disposed = true
    },
  }
}

const packEmulated: PackRun = ({ code, workspaceBytes }, from, to) => {
  const block = new ArgumentBlock(ARGUMENT_BLOCK_BYTES)
  block.u64[wordOf('b')] = from.at.bits
  block.u64[wordOf('c')] = to.at.bits
  const workspace = new EmulatedWorkspace()
  setWord(block, wordOf('workspace'), workspace.reserve(workspaceBytes))
  new EmulatedCode(code, block).run([
    spanOf('b', from.at.address, from.array, from.bytes),
    spanOf('the panels', to.at.address, to.array, to.bytes, 'rw'),
    ...workspace.spans(),
  ])
}
