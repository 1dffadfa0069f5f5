/** Machine code made callable: checked against this CPU, relocated, placed, entered, disposed. */
import type { MachineCode } from '../encoder/machine-code.ts'
import { ArgumentBlock } from './argument-block.ts'
import { placeCode } from './executable-memory.ts'
import { cpuFeatures } from './features.ts'
import type { Host, HostName } from './hosts/host.ts'
import { host } from './hosts/select.ts'
import { type MappedRegion, PAGE_BYTES } from './mapped-region.ts'
import { relocate } from './relocate.ts'
import { requestTiles } from './tile-permission.ts'

export interface LoadOptions {
  /** Size of the kernel's own argument block in bytes; a multiple of 8. Default 64. */
  readonly argumentBytes?: number
  /** Addresses of the symbols that the relocations name and the code does not define. */
  readonly symbols?: Readonly<Record<string, number>>
  /** Which foreign-function library enters the code; TILEWRIGHT_HOST or koffi unless said. */
  readonly host?: HostName
}

/**
 * Operands of the call under way. V8 may free an array after its last use in JavaScript, even while
 * native code works on its memory; from here it is reachable until the call returns. Six stores, which cost 14 ns
 * where the arrays are younger than this object (V8 notes down such references).
 */
const inFlight: { first: unknown; second: unknown; third: unknown } = {
  first: undefined,
  second: undefined,
  third: undefined,
}

/**
 * Native code with the contract `void kernel(uint64_t argblock)`, and a block of its own. Freed by
 * dispose(), or when collected. It belongs to the thread that loaded it.
 */
export class NativeKernel {
  readonly code: MachineCode
  /** The block that run() hands over; write the arguments here. */
  readonly block: ArgumentBlock
  readonly #host: Host
  readonly #region: MappedRegion
  readonly #entry: bigint
  readonly #ownBlock: bigint

  constructor(code: MachineCode, options: LoadOptions) {
    this.#host = host(options.host)
    const missing = missingFeatures(code)
    if (missing.length > 0) {
      const { brand } = cpuFeatures()
      throw new RangeError(
        `code: expected features of this CPU (${brand}), got code that also needs ${missing.join(', ')}; emulate() runs it on any`,
      )
    }
    if (code.alignment > PAGE_BYTES) {
      throw new RangeError(
        `code: expected an alignment of at most ${PAGE_BYTES} bytes, got ${code.alignment}`,
      )
    }
    if (code.bytes.length === 0) throw new RangeError('code: expected at least one instruction, got no bytes')
    if (code.features.includes('AMX_TILE')) requestTiles(this.#host)
    this.code = code
    this.block = new ArgumentBlock(options.argumentBytes ?? 64)
    this.#region = placeCode(this.#host, code.bytes.length, (address) =>
      relocate(code, address, options.symbols ?? {}),
    )
    this.#entry = BigInt(this.#region.address)
    this.#ownBlock = this.block.bits
  }

  /** Where the code lies. Other native code may call it for as long as this object is alive and not disposed. */
  get address(): number {
    this.#refuseDisposed()
    return this.#region.address
  }

  /** The foreign-function library that enters the code. */
  get hostName(): HostName {
    return this.#host.name
  }

  get disposed(): boolean {
    return this.#region.disposed
  }

  /**
   * Runs the code with its own block. Whatever the block points to must be valid; arrays given here stay
   * alive until it returns. Error when disposed.
   */
  run(first?: unknown, second?: unknown, third?: unknown): void {
    this.call(this.#ownBlock, first, second, third)
  }

  /** run() with another block, or whatever 64 bits the code takes. */
  call(argument: bigint, first?: unknown, second?: unknown, third?: unknown): void {
    if (this.#region.disposed) this.#refuseDisposed()
    inFlight.first = first
    inFlight.second = second
    inFlight.third = third
    this.#host.enter(this.#entry, argument)
    inFlight.first = undefined
    inFlight.second = undefined
    inFlight.third = undefined
  }

  /** call() for an argument that leads to nothing V8 may free: to arrays that somebody holds on to, or to none. */
  enter(argument: bigint): void {
    if (this.#region.disposed) this.#refuseDisposed()
    this.#host.enter(this.#entry, argument)
  }

  /** Unmaps the code; later calls of run() throw. Disposing again does nothing. */
  dispose(): void {
    this.#region.dispose()
  }

  #refuseDisposed(): void {
    if (this.#region.disposed) throw new Error('this kernel has been disposed')
  }
}

/** The features that the code needs and this CPU, or its operating system, does not offer. */
export function missingFeatures(code: MachineCode): readonly string[] {
  const { features } = cpuFeatures()
  return code.features.filter((feature) => !features.has(feature))
}

/**
 * Places machine code in executable memory.
 * @throws RangeError for features that this CPU lacks; Error for undefined symbols; HostError off linux-x64;
 * MemoryError when the system refuses.
 */
export function loadKernel(code: MachineCode, options: LoadOptions = {}): NativeKernel {
  return new NativeKernel(code, options)
}
