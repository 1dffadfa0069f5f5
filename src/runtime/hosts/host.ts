/** What the runtime asks of a foreign-function library: libc, addresses of views, and entering native code. */

/** The foreign-function libraries that can carry the runtime. */
export type HostName = 'koffi' | 'ffi-rs'

/**
 * The libc functions in use and what they return. `int` results must be read as 32 bits: the ABI
 * leaves the upper half of rax undefined.
 */
export const LIBC = {
  mmap: 'address',
  mprotect: 'int',
  munmap: 'int',
  madvise: 'int',
  dlsym: 'address',
  syscall: 'int',
} as const

export type LibcFunction = keyof typeof LIBC

/** A libc function's result, with the errno that it left. */
export interface LibcResult {
  readonly value: number
  readonly errno: number
}

/**
 * One foreign-function library. Addresses are Numbers: user space ends at 2^47 (2^56 with five-level
 * paging, which Linux hands out only on request), so every address is an exact double.
 */
export interface Host {
  readonly name: HostName
  /** Calls a libc function whose arguments are all integers or addresses. */
  libc(name: LibcFunction, ...args: readonly number[]): LibcResult
  /** The address of a libc symbol. Error when there is none. */
  symbol(name: string): number
  /** Copies bytes to mapped, writable memory. */
  copyIn(address: number, bytes: Uint8Array): void
  /**
   * The address of a view's first element. The view must be neither detached nor out of bounds. An empty
   * view has no address: the result is then unspecified.
   */
  addressOf(view: ArrayBufferView): number
  /** Memory outside V8 as an ArrayBuffer, without a copy; the caller keeps it mapped while views exist. */
  view(address: number, byteLength: number): ArrayBuffer
  /** Calls `void code(uint64_t argument)`. Nothing is checked: both must be right. */
  enter(code: bigint, argument: bigint): void
  /**
   * Runs the later call of a record (gate.ts) on a thread of libuv's pool, then `done` in this thread. The record
   * must stay where it is until then. HostError where the host cannot.
   */
  enterLater(record: bigint, done: () => void): void
  /** Gives back what the host itself has mapped; afterwards `enter` throws. */
  close(): void
}

/** The runtime cannot work here: another architecture or system, or no foreign-function library. */
export class HostError extends Error {
  override readonly name = 'HostError'
}
