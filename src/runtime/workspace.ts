/** Scratch memory for packing: aligned, outside V8's heap, grown when needed and reused. */
import type { Host } from './hosts/host.ts'
import { anyHost } from './hosts/select.ts'
import { HUGE_PAGE_BYTES, MappedRegion } from './mapped-region.ts'

/**
 * Page-aligned memory between guard pages that grows to the largest size asked for. Its contents do not
 * survive growing. From 2 MiB on it asks for transparent huge pages, which save TLB misses while packing.
 * Freed by dispose() or when collected.
 */
export class Workspace {
  readonly #host: Host
  #region: MappedRegion | null = null

  constructor() {
    this.#host = anyHost()
  }

  /** Usable bytes at the moment. */
  get byteLength(): number {
    return this.#region === null || this.#region.disposed ? 0 : this.#region.byteLength
  }

  /**
   * The address of at least `byteLength` bytes; it stays valid until a larger size is reserved, or dispose().
   * RangeError when byteLength is negative or no integer; MemoryError when there is no memory.
   */
  reserve(byteLength: number): number {
    if (!Number.isSafeInteger(byteLength) || byteLength < 0) {
      throw new RangeError(`workspace: expected a byte count of 0 or more, got ${byteLength}`)
    }
    if (this.#region === null || this.#region.disposed || this.#region.byteLength < byteLength) {
      const size = Math.max(byteLength, 1)
      const grown = new MappedRegion(this.#host, size, 'workspace', size >= HUGE_PAGE_BYTES)
      this.#region?.dispose()
      this.#region = grown
    }
    return this.#region.address
  }

  /** Gives the memory back; a later reserve() maps anew. */
  dispose(): void {
    this.#region?.dispose()
    this.#region = null
  }
}
