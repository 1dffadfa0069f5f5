/** What the tests of native threads let them do: parts that count how often they ran, here and in Workers. */
import { Assembler } from '../src/encoder/assembler.ts'
import { qword } from '../src/encoder/operands.ts'
import { rcx, rdi } from '../src/encoder/registers.ts'
import { DispatchRecord, loadDispatch } from '../src/runtime/dispatch.ts'
import { ArgumentBlock, loadKernel, type NativeKernel } from '../src/runtime/index.ts'

/** Block: u64[1] is turns of a loop, about a nanosecond each; then u64[0] is counted up. */
function load(): NativeKernel {
  const a = new Assembler()
  const loop = a.label('loop')
  const end = a.label('end')
  a.mov(rcx, qword(rdi, 8))
  a.test(rcx, rcx).je(end)
  a.bind(loop).dec(rcx).jne(loop)
  a.bind(end).inc(qword(rdi))
  return loadKernel(a.ret().finish())
}

let work: NativeKernel | null = null

export interface CountingCall {
  readonly blocks: readonly ArgumentBlock[]
  readonly dispatch: NativeKernel
  readonly record: DispatchRecord
  run(): void
  /** How often each part ran. */
  counts(): readonly bigint[]
}

/** A call of so many parts, each of which counts. */
export function countingCall(parts: number, turns = 0): CountingCall {
  work ??= load()
  const { address } = work
  const dispatch = loadDispatch(parts)
  const record = new DispatchRecord(parts, dispatch.block)
  const blocks = Array.from({ length: parts }, (_, index) => {
    const block = new ArgumentBlock(64)
    block.u64[1] = BigInt(turns)
    record.setPart(index, address, block.bits)
    return block
  })
  record.setCount(parts)
  return {
    blocks,
    dispatch,
    record,
    run() {
      record.summonThreads()
      dispatch.run()
    },
    counts: () => blocks.map(({ u64 }) => u64[0]!),
  }
}

const here = (path: string): string => new URL(path, import.meta.url).href

/** A module's text that has a counting call as `call`, and runLater(). */
export const moduleText = (parts: number, turns: number, body: string): string => `
  const { countingCall, workerText } = await import('${here('./thread-work.ts')}')
  const { runLater } = await import('${here('../src/runtime/later.ts')}')
  const call = countingCall(${parts}, ${turns})
  ${body}`

/** The same for a Worker with eval. */
export const workerText = (parts: number, turns: number, body: string): string => `(async () => {
  const { parentPort } = await import('node:worker_threads')
  const { register } = await import('${import.meta.resolve('tsx/esm/api')}')
  register()
  ${moduleText(parts, turns, body)}
})()`
