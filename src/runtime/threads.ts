/**
 * Native threads that run the parts of one call.
 *
 * Each JavaScript thread has a pool of its own, made when first needed, rather than the process one with a lock:
 * Workers then share nothing, need no way to find each other's memory, and a Worker that ends takes its threads
 * along. It costs a few pages and sleeping threads for each Worker that uses threads at all.
 *
 * What cannot be handled: a process that forks and goes on in the child without exec (Node itself never does)
 * has no threads there. Calls still finish, since the caller takes back what nobody begins, but closing the pool
 * would wait for ever. A Worker that is terminated in the middle of a call ends after that call.
 */
import type { MachineCode } from '../encoder/machine-code.ts'
import { type Host, HostError } from './hosts/host.ts'
import { anyHost, atThreadEnd } from './hosts/select.ts'
import { loadKernel, type NativeKernel } from './kernel.ts'
import { MappedRegion } from './mapped-region.ts'
import { isMainThread } from './node-modules.ts'
import { CALL, callCode, DESTRUCTOR, endCode, pauseCode, threadCode } from './thread-code.ts'
import { MOST_THREADS } from './thread-count.ts'
import { MAILBOX, POOL } from './thread-memory.ts'

/**
 * How long a thread waits awake for the next call: four times what waking it costs (25 µs), so that a caller
 * who comes back soon never pays that, and one who stays away pays little.
 */
const IDLE_MICROSECONDS = 100

/** How long a caller waits awake for the last part: it has nothing else to do. */
const JOIN_MICROSECONDS = 1000

/** Pauses timed at a stretch: about 5 to 15 µs. */
const TIMED_PAUSES = 300

const EAGAIN = 11

/** The system refused to start a thread. */
export class ThreadError extends Error {
  override readonly name = 'ThreadError'
}

/** The threads of one JavaScript thread. */
class ThreadPool {
  readonly #host: Host
  readonly #region: MappedRegion
  readonly #thread: NativeKernel
  readonly #end: NativeKernel
  readonly #call: NativeKernel
  readonly #idleSpins: number
  #size = 0
  #ended = false

  constructor() {
    this.#host = anyHost()
    const load = (code: MachineCode, argumentBytes = 8): NativeKernel =>
      loadKernel(code, { host: this.#host.name, argumentBytes })
    this.#region = new MappedRegion(this.#host, POOL.mailboxes + MAILBOX.bytes * MOST_THREADS, 'pool')
    this.#thread = load(threadCode())
    this.#end = load(endCode())
    this.#call = load(callCode(), 8 * CALL.words)

    const pause = pauseNanoseconds(load(pauseCode(), 16))
    this.#idleSpins = Math.ceil((1000 * IDLE_MICROSECONDS) / pause)
    this.#write32(POOL.joinSpins, Math.ceil((1000 * JOIN_MICROSECONDS) / pause))
    this.#write64(POOL.join, this.#host.symbol('pthread_join'))
    if (!isMainThread()) this.#endWithThread()
  }

  /** Where the header lies, for records; it stays there until this JavaScript thread ends. */
  get address(): number {
    return this.#region.address
  }

  /** Threads that run, the caller's own not counted. */
  get size(): number {
    return this.#size
  }

  /**
   * Starts threads until there are `size`.
   * @throws ThreadError when the system refuses one; HostError when this JavaScript thread is ending.
   */
  grow(size: number): void {
    if (size <= this.#size) return
    if (this.#ended) throw new HostError('this thread is ending: native threads can no longer be started')
    if (size > MOST_THREADS) throw new RangeError(`threads: expected at most ${MOST_THREADS}, got ${size}`)
    while (this.#size < size) this.#start(POOL.mailboxes + MAILBOX.bytes * this.#size)
  }

  #start(mailbox: number): void {
    const address = this.address + mailbox
    // Cleared, because a thread that was here before has left its numbers.
    this.#host.copyIn(address, new Uint8Array(MAILBOX.bytes))
    this.#write32(mailbox + MAILBOX.idleSpins, this.#idleSpins)
    const errno = this.#libc('pthread_create', address + MAILBOX.thread, 0, this.#thread.address, address)
    if (errno !== 0) {
      const hint =
        errno === EAGAIN ? 'EAGAIN (the limit of threads, ulimit -u or pids.max)' : `errno ${errno}`
      throw new ThreadError(`pthread_create failed with ${this.#size} native threads running: ${hint}`)
    }
    this.#size += 1
    // Last: a dispatch that is under way on another thread (an asynchronous call) may already use the mailbox.
    this.#write32(POOL.threads, this.#size)
  }

  /** Ends all threads, once no call has them any more, and waits until they are gone. grow() starts new ones. */
  close(): void {
    if (this.#size === 0) return
    this.#end.call(BigInt(this.address))
    this.#size = 0
  }

  /**
   * A Worker's threads end with it: by atThreadEnd() when it ends by itself; when it is terminated, and no
   * JavaScript runs any more, by a key whose destructor libc calls as the thread ends. The main thread needs
   * neither: all threads end with the process.
   */
  #endWithThread(): void {
    const { symbols } = this.#end.code
    const destructor = this.#end.address + symbols.find(({ name }) => name === DESTRUCTOR)!.offset
    const { block } = this.#call
    // PTHREAD_KEYS_MAX is 1024. Without a key, the threads of a terminated Worker stay, asleep.
    const errno = this.#libc('pthread_key_create', block.address + 8 * CALL.scratch, destructor)
    const key = errno === 0 ? block.u32[2 * CALL.scratch]! : null
    if (key !== null) {
      this.#write64(POOL.key, key)
      this.#write64(POOL.deleteKey, this.#host.symbol('pthread_key_delete'))
      this.#libc('pthread_setspecific', key, this.address)
    }
    atThreadEnd(() => {
      this.close()
      this.#ended = true
      if (key !== null) this.#libc('pthread_key_delete', key)
    })
  }

  /** Calls a libc function of integer arguments that returns an int. */
  #libc(name: string, ...args: readonly number[]): number {
    const { u64, i32 } = this.#call.block
    u64[CALL.target] = BigInt(this.#host.symbol(name))
    for (const [index, value] of args.entries()) u64[CALL.first + index] = BigInt(value)
    this.#call.run()
    return i32[2 * CALL.result]!
  }

  #write32(offset: number, value: number): void {
    this.#host.copyIn(this.address + offset, new Uint8Array(Uint32Array.of(value).buffer))
  }

  #write64(offset: number, value: number): void {
    this.#host.copyIn(this.address + offset, new Uint8Array(BigUint64Array.of(BigInt(value)).buffer))
  }
}

/** What one turn of a waiting loop takes: 10 to 50 ns, by the core's PAUSE. The least of three, undisturbed. */
function pauseNanoseconds(kernel: NativeKernel): number {
  kernel.block.u32[0] = TIMED_PAUSES
  const once = (): number => {
    const start = process.hrtime.bigint()
    kernel.run()
    return Number(process.hrtime.bigint() - start)
  }
  once()
  const nanoseconds = Math.min(once(), once(), once()) / TIMED_PAUSES
  kernel.dispose()
  return nanoseconds
}

export type { ThreadPool }

let pool: ThreadPool | null = null

/** The pool of this JavaScript thread. HostError off linux-x64. */
export function threadPool(): ThreadPool {
  pool ??= new ThreadPool()
  return pool
}

/** Native threads of this JavaScript thread that run or sleep at the moment. */
export function poolThreads(): number {
  return pool === null ? 0 : pool.size
}

/**
 * Ends this JavaScript thread's native threads now. Nothing is lost: the next call that uses threads starts
 * new ones, at about 100 µs each.
 */
export function endThreads(): void {
  pool?.close()
}
