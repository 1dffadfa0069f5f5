/** Pages from the kernel between two guard pages: mapped, protected, counted, and given back. */
import type { Host, LibcFunction } from './hosts/host.ts'

/** x86-64's base page. */
export const PAGE_BYTES = 4096

/** A huge page, the unit of transparent huge pages on x86-64. */
export const HUGE_PAGE_BYTES: number = 2 * 1024 * 1024

/** What a page allows. Writable and executable at once cannot be said. */
export type Protection = 'none' | 'read' | 'read-write' | 'read-execute'

/** What a region is for. `guarded` memory is seen by JavaScript, the others only by native code. */
export type Purpose = 'gate' | 'code' | 'workspace' | 'pool' | 'guarded'

// Linux, x86-64: <asm-generic/mman-common.h>.
const PROT: Readonly<Record<Protection, number>> = { none: 0, read: 1, 'read-write': 3, 'read-execute': 5 }
const MAP_PRIVATE = 0x02
const MAP_ANONYMOUS = 0x20
const MAP_NORESERVE = 0x4000
const MADV_HUGEPAGE = 14

const ERRNO_NAMES: Readonly<Record<number, string>> = {
  1: 'EPERM',
  12: 'ENOMEM',
  13: 'EACCES',
  14: 'EFAULT',
  22: 'EINVAL',
}

/** The operating system refused to map, protect or unmap memory. */
export class MemoryError extends Error {
  override readonly name = 'MemoryError'
  readonly errno: number

  constructor(call: string, errno: number) {
    const hint =
      errno === 12
        ? ' (out of address space, or more mappings than vm.max_map_count allows: dispose kernels)'
        : ''
    super(`${call} failed: ${ERRNO_NAMES[errno] ?? `errno ${errno}`}${hint}`)
    this.errno = errno
  }
}

function libc(host: Host, name: LibcFunction, ...args: readonly number[]): number {
  const { value, errno } = host.libc(name, ...args)
  if (value === -1) {
    throw new MemoryError(`${name}(${args.map((arg) => `0x${arg.toString(16)}`).join(', ')})`, errno)
  }
  return value
}

/** How much of one purpose is mapped at the moment. */
export interface MappedMemory {
  readonly regions: number
  /** Usable bytes, guard pages apart. */
  readonly bytes: number
}

/** The part of a region that outlives it: enough to unmap. */
interface Mapping {
  readonly host: Host
  readonly base: number
  readonly totalBytes: number
  readonly usableBytes: number
  readonly purpose: Purpose
}

/** Weak, so that being listed keeps no region from being collected. */
const live = new Map<Mapping, WeakRef<MappedRegion>>()

/** What this thread has mapped and not yet given back. */
export function mappedMemory(purpose?: Purpose): MappedMemory {
  let regions = 0
  let bytes = 0
  for (const mapping of live.keys()) {
    if (purpose !== undefined && mapping.purpose !== purpose) continue
    regions += 1
    bytes += mapping.usableBytes
  }
  return { regions, bytes }
}

function unmap(mapping: Mapping): void {
  libc(mapping.host, 'munmap', mapping.base, mapping.totalBytes)
  live.delete(mapping)
}

/**
 * Disposes every region of this thread whose end is a clean error: an owner finds it disposed. Memory
 * that JavaScript sees, and the gates, which their hosts close, stay.
 */
export function releaseMappedMemory(): void {
  for (const [mapping, region] of live) {
    if (mapping.purpose === 'gate' || mapping.purpose === 'guarded') continue
    const owner = region.deref()
    if (owner !== undefined) owner.dispose()
    else {
      collected.unregister(mapping)
      unmap(mapping)
    }
  }
}

/**
 * Unmaps what nobody holds any more. A failing munmap means that the bookkeeping is wrong, which must not
 * pass in silence: the error surfaces as an uncaught exception.
 */
const collected = new FinalizationRegistry<Mapping>(unmap)

const roundUp = (value: number, unit: number): number => Math.ceil(value / unit) * unit

/** A run of pages, with a page before and one after it that no access survives. */
export class MappedRegion {
  /** The first usable byte; a multiple of the page size, and of the huge page size where that was asked. */
  readonly address: number
  /** Usable bytes: what was asked, rounded up to whole pages. */
  readonly byteLength: number
  readonly #mapping: Mapping
  #disposed = false

  /** Readable and writable zeroed memory. RangeError when byteLength is no positive safe integer. */
  constructor(host: Host, byteLength: number, purpose: Purpose, hugePages = false) {
    if (!Number.isSafeInteger(byteLength) || byteLength <= 0) {
      throw new RangeError(`byteLength: expected a positive integer, got ${byteLength}`)
    }
    const unit = hugePages ? HUGE_PAGE_BYTES : PAGE_BYTES
    this.byteLength = roundUp(byteLength, unit)
    // With slack for alignment; what lies outside the usable part stays PROT_NONE and costs no memory.
    const totalBytes = this.byteLength + 2 * PAGE_BYTES + (hugePages ? unit : 0)
    const flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE
    const base = libc(host, 'mmap', 0, totalBytes, PROT.none, flags, -1, 0)
    this.address = roundUp(base + PAGE_BYTES, unit)
    this.#mapping = { host, base, totalBytes, usableBytes: this.byteLength, purpose }
    live.set(this.#mapping, new WeakRef(this))
    try {
      this.protect('read-write')
      // Only advice: a kernel without transparent huge pages answers EINVAL, and nothing is lost.
      if (hugePages) host.libc('madvise', this.address, this.byteLength, MADV_HUGEPAGE)
    } catch (error) {
      unmap(this.#mapping)
      throw error
    }
    collected.register(this, this.#mapping, this.#mapping)
  }

  get disposed(): boolean {
    return this.#disposed
  }

  /** Changes what the usable pages allow. */
  protect(protection: Protection): void {
    if (this.#disposed) throw new Error('this memory has been disposed')
    libc(this.#mapping.host, 'mprotect', this.address, this.byteLength, PROT[protection])
  }

  /** Gives the pages back. Later calls do nothing. MemoryError when the system refuses. */
  dispose(): void {
    if (this.#disposed) return
    this.#disposed = true
    collected.unregister(this.#mapping)
    unmap(this.#mapping)
  }
}
