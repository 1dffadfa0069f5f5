/** One call of several parts as the pool's dispatch code reads it. */
import type { MachineCode } from '../encoder/machine-code.ts'
import { ArgumentBlock } from './argument-block.ts'
import type { HostName } from './hosts/host.ts'
import { loadKernel, type NativeKernel } from './kernel.ts'
import { dispatchCode } from './thread-code.ts'
import { RECORD, recordBytes } from './thread-memory.ts'
import { threadPool } from './threads.ts'

let code: MachineCode | null = null

/** Loads the code that hands out parts; its own block has room for the record of so many. */
export function loadDispatch(parts: number, host?: HostName): NativeKernel {
  code ??= dispatchCode()
  return loadKernel(code, { argumentBytes: recordBytes(parts), ...(host === undefined ? {} : { host }) })
}

/** The parts of one call: what runs and with which argument. They run in any order, at once or one by one. */
export class DispatchRecord {
  /** What dispatch code is called with. */
  readonly argument: bigint
  readonly #words: BigUint64Array
  #count = 0

  /** A record of at most `parts` parts, in a block of its own unless one is given. */
  constructor(parts: number, block: ArgumentBlock = new ArgumentBlock(recordBytes(parts))) {
    this.argument = block.bits
    this.#words = block.u64
    this.#words[RECORD.pool / 8] = BigInt(threadPool().address)
  }

  /** What part `index` is. The code must stay loaded. */
  setPart(index: number, code: number, argument: bigint): void {
    const word = (RECORD.first + RECORD.partBytes * index) / 8
    this.#words[word] = BigInt(code)
    this.#words[word + 1] = argument
  }

  /** How many of the parts the next calls consist of; at least 1. */
  setCount(count: number): void {
    this.#count = count
    this.#words[RECORD.parts / 8] = BigInt(count)
  }

  /** Sees to it that there are threads for the parts. ThreadError when the system refuses them. */
  summonThreads(): void {
    if (this.#count > 1) threadPool().grow(this.#count - 1)
  }
}
