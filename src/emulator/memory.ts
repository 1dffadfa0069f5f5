/** Emulated memory: named regions with exact bounds over the caller's own arrays, and the search that faults outside. */
import { RaisedFault } from './fault.ts'

/** Letters of what is allowed: read, write, execute. */
export type Permissions = 'r' | 'rw' | 'rx' | 'rwx'

/** Addresses are numbers: code and data lie in the lower half, far below 2⁵³ (SDM Vol. 1, 3.3.7.1: canonical). */
export const ADDRESS_END: number = 2 ** 47
/** Regions are placed at multiples of this, and at least this far apart. */
const PLACE_STEP = 0x1_0000
/** What an array's address keeps of its place in its buffer: aligned views of an array stay aligned. */
const KEPT_ALIGNMENT = 64

/** Bytes of one region. Indices into the views are `address - bias`, which may be any place in the buffer. */
export class Region {
  readonly name: string
  start: number
  end: number
  readonly bias: number
  readonly readable: boolean
  readonly writable: boolean
  readonly executable: boolean
  readonly u8: Uint8Array
  /** The buffer's whole words. */
  readonly i32: Int32Array
  readonly view: DataView

  constructor(name: string, address: number, data: ArrayBufferView, permissions: Permissions) {
    const { buffer, byteLength, byteOffset } = data
    this.name = name
    this.start = address
    this.end = address + byteLength
    this.bias = address - byteOffset
    this.readable = permissions.includes('r')
    this.writable = permissions.includes('w')
    this.executable = permissions.includes('x')
    this.u8 = new Uint8Array(buffer)
    this.i32 = new Int32Array(buffer, 0, buffer.byteLength >> 2)
    this.view = new DataView(buffer)
  }
}

/** A region that holds no address: the start of every site's cache. */
export const NOWHERE: Region = new Region('nowhere', ADDRESS_END, new Uint8Array(0), 'r')

const plural = (count: number): string => `${count} byte${count === 1 ? '' : 's'}`

/** Every region, ordered by address. */
export class Memory {
  readonly #regions: Region[] = []
  #next = PLACE_STEP

  get regions(): readonly Region[] {
    return this.#regions
  }

  /** Where a region of these bytes goes when nobody says: after all others, with a gap. */
  place(data: ArrayBufferView): number {
    return this.#next + (data.byteOffset % KEPT_ALIGNMENT)
  }

  /**
   * Adds a region over the bytes of `data`, which are not copied.
   * @throws RangeError when it would overlap another, or lie outside the lower half of the address space.
   */
  map(
    name: string,
    data: ArrayBufferView,
    permissions: Permissions,
    address: number = this.place(data),
  ): Region {
    if (!Number.isSafeInteger(address) || address < 0 || address + data.byteLength > ADDRESS_END) {
      throw new RangeError(`region ${name}: expected an address from 0 to 2^47, got ${address}`)
    }
    if (data.buffer.byteLength >= 2 ** 32) {
      throw new RangeError(
        `region ${name}: expected a buffer of less than 4 GiB, got ${data.buffer.byteLength} bytes`,
      )
    }
    const region = new Region(name, address, data, permissions)
    const clash = this.#regions.find((other) => address < other.end && other.start < region.end)
    if (clash !== undefined) throw new RangeError(`region ${name}: overlaps region ${clash.name}`)
    this.#regions.push(region)
    this.#regions.sort((a, b) => a.start - b.start)
    const after = Math.ceil(region.end / PLACE_STEP) * PLACE_STEP + PLACE_STEP
    if (address < 2 ** 46) this.#next = Math.max(this.#next, after)
    return region
  }

  /** Takes a region away again. */
  unmap(region: Region): void {
    const index = this.#regions.indexOf(region)
    if (index >= 0) this.#regions.splice(index, 1)
    // Instructions remember the region that they touched last: from now on it holds no address.
    region.start = region.end = ADDRESS_END
  }

  /** The region that holds all of an access, or the fault that the CPU would raise. */
  find(address: number, size: number, kind: 'read' | 'write' | 'execute'): Region {
    for (const region of this.#regions) {
      if (address < region.start || address + size > region.end) continue
      const allowed =
        kind === 'read' ? region.readable : kind === 'write' ? region.writable : region.executable
      if (allowed) return region
      const what = kind === 'read' ? 'readable' : kind === 'write' ? 'writable' : 'executable'
      throw this.#fault(address, size, kind, region, `inside ${region.name}, which is not ${what}`)
    }
    if (!(address >= -ADDRESS_END && address + size <= ADDRESS_END)) {
      throw new RaisedFault('#GP', `address ${hex(address)} is not canonical`)
    }
    const nearest = this.#nearest(address, size)
    if (nearest === null) throw this.#fault(address, size, kind, null, 'no memory is mapped')
    throw this.#fault(address, size, kind, nearest, placeOf(nearest, address, size))
  }

  /** The region that an access overlaps, else the one with the smallest gap to it. */
  #nearest(address: number, size: number): Region | null {
    let best: Region | null = null
    let least = Number.POSITIVE_INFINITY
    for (const region of this.#regions) {
      const gap = Math.max(region.start - (address + size), address - region.end, -1)
      if (gap < least) {
        least = gap
        best = region
      }
    }
    return best
  }

  #fault(
    address: number,
    size: number,
    kind: 'read' | 'write' | 'execute',
    region: Region | null,
    place: string,
  ): RaisedFault {
    const verb = { read: 'reads', write: 'writes', execute: 'executes' }[kind]
    const offset = region === null ? null : address - region.start
    const within =
      region === null ? '' : ` (byte ${offset} of ${region.name}, which has ${region.end - region.start})`
    return new RaisedFault('#PF', `${verb} ${plural(size)} at ${hex(address)}${within}, ${place}`, {
      kind,
      address,
      size,
      region: region?.name ?? null,
      offset,
      place,
    })
  }
}

function placeOf({ name, start, end }: Region, address: number, size: number): string {
  if (address >= end) {
    const gap = address - end
    return gap === 0
      ? `${plural(size)} past the end of ${name}`
      : `beginning ${plural(gap)} past the end of ${name}`
  }
  if (address + size <= start) {
    return `beginning ${plural(start - address)} before ${name}`
  }
  if (address < start) return `${plural(start - address)} before ${name}`
  return `${plural(address + size - end)} past the end of ${name}`
}

/** An address as text. */
export const hex = (address: number): string =>
  address < 0 ? `-0x${(-address).toString(16)}` : `0x${address.toString(16)}`
