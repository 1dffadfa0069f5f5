/** Native calls that do not block the event loop: run on libuv's threads, a few at a time, in order. */
import { ArgumentBlock } from './argument-block.ts'
import { LATER, LATER_ARGUMENT, LATER_CODE, LATER_STATE, LATER_WORDS } from './gate.ts'
import { atThreadEnd, host } from './hosts/select.ts'
import type { NativeKernel } from './kernel.ts'
import { availableCpus } from './thread-count.ts'

/** libuv's own default, and what it reads when the process starts. */
const UV_THREADS: number = Math.max(1, Number(process.env.UV_THREADPOOL_SIZE ?? 4) || 4)

interface LaterCall {
  readonly kernel: NativeKernel
  readonly start: () => bigint
  readonly resolve: () => void
  readonly reject: (error: unknown) => void
}

/** Calls whose turn has not come, in order. */
const waiting: LaterCall[] = []

/** Records of calls that libuv has; they must not be collected. */
const begun = new Set<ArgumentBlock>()

/** Records to use again, as many as were ever in use at once. */
const spare: ArgumentBlock[] = []

let settlesAtEnd = false

/** No more than there are CPUs, and never all of libuv's threads: files and names must not wait for products. */
function mostAtOnce(): number {
  return Math.max(1, Math.min(availableCpus(), UV_THREADS - 1))
}

/**
 * Runs `kernel` on another thread. When its turn comes, `start` is called to write the arguments, and what it
 * returns is handed over; what it throws, rejects. Everything that the code touches must live until the
 * promise is settled, the kernel undisposed. HostError, as a rejection, with the host ffi-rs.
 */
export function runLater(kernel: NativeKernel, start: () => bigint): Promise<void> {
  return new Promise((resolve, reject) => {
    waiting.push({ kernel, start, resolve, reject })
    beginNext()
  })
}

function beginNext(): void {
  while (waiting.length > 0 && begun.size < mostAtOnce()) begin(waiting.shift()!)
}

function begin({ kernel, start, resolve, reject }: LaterCall): void {
  if (!settlesAtEnd) atThreadEnd(settleAll)
  settlesAtEnd = true
  const record = spare.pop() ?? new ArgumentBlock(8 * LATER_WORDS)
  const finish = (): void => {
    begun.delete(record)
    spare.push(record)
    beginNext()
  }
  begun.add(record)
  try {
    record.u64[LATER_ARGUMENT] = start()
    record.u64[LATER_CODE] = BigInt(kernel.address)
    record.u64[LATER_STATE] = BigInt(LATER.queued)
    host(kernel.hostName).enterLater(record.bits, () => {
      finish()
      resolve()
    })
  } catch (error) {
    finish()
    reject(error)
  }
}

/**
 * A Worker ends and its code is about to be unmapped: calls that no thread has begun are cancelled, those that
 * run are waited for. Their promises are never settled: no JavaScript will run to see it.
 */
function settleAll(): void {
  waiting.length = 0
  const never = new Int32Array(new SharedArrayBuffer(4))
  for (const { i32 } of begun) {
    const state = 2 * LATER_STATE
    if (Atomics.compareExchange(i32, state, LATER.queued, LATER.cancelled) !== LATER.running) continue
    while (Atomics.load(i32, state) === LATER.running) Atomics.wait(never, 0, 0, 1)
  }
}
