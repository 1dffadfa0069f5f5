/** Where the words lie that pool threads and their caller share: one header, and one mailbox a thread. */

/**
 * The header. Its first line is fought for only when two calls want the pool at once; the second is
 * read at every dispatch and written when a thread starts.
 */
export const POOL = {
  /** u32: 1 while a call has the threads. */
  busy: 0,
  /** u32: threads that run. */
  threads: 64,
  /** u32: pauses that a caller waits for a thread before it sleeps. */
  joinSpins: 68,
  /** u64: addresses of libc's functions, for code that runs when no JavaScript can any more. */
  join: 72,
  deleteKey: 80,
  /** u64: the pthread key whose destructor ends the threads. */
  key: 88,
  mailboxes: 256,
} as const

/**
 * One thread's mailbox. What the caller writes and what the thread writes lie two lines apart: cores fetch
 * lines in pairs, so neighbours would be passed to and fro together.
 *
 * A request is numbered. Writing the next number into `request` offers `code(argument)`; whoever then
 * changes `claimed` from the number before to this one runs it: the thread, or the caller that found
 * nothing better to do and takes it back. `done` follows. So a call never waits for a thread that sleeps, or
 * for one that does not exist any more (after fork).
 */
export const MAILBOX = {
  bytes: 256,
  /** u32: number of the last request. */
  request: 0,
  /** u32: 1 while the caller sleeps until `done` changes. */
  waiting: 4,
  /** u64: what to run; 0 asks the thread to end. */
  code: 8,
  /** u64: its argument. */
  argument: 16,
  /** u64: the pthread_t. */
  thread: 24,
  /** u32: pauses that the thread waits for the next request before it sleeps. */
  idleSpins: 32,
  /** u32: number of the last request that somebody began to run. */
  claimed: 128,
  /** u32: number of the last request that was finished. */
  done: 132,
  /** u32: 1 while the thread sleeps until `request` changes. */
  parked: 136,
} as const

/**
 * What the dispatch code is called with: the header's address, the number of parts (at least 1), and for each
 * part 16 bytes, its code and its argument.
 */
export const RECORD = { pool: 0, parts: 8, first: 16, partBytes: 16 } as const

/** Bytes of a record of so many parts. */
export function recordBytes(parts: number): number {
  return RECORD.first + RECORD.partBytes * parts
}
