/** Code in pages of its own: written while writable, then executable, never both (W^X). */
import type { Host } from './hosts/host.ts'
import { MappedRegion, PAGE_BYTES } from './mapped-region.ts'

/** int3: whatever runs off the end of the code traps at once. */
const TRAP = 0xcc

/**
 * Maps pages, lets `bytesAt` make the code for their address, and seals them as read-execute. Each
 * piece of code has its own pages: a shared page would have to become writable again, under running code.
 * No instruction-cache maintenance is needed on x86-64: the pages were never executable before.
 */
export function placeCode(
  host: Host,
  byteLength: number,
  bytesAt: (address: number) => Uint8Array,
  purpose: 'code' | 'gate' = 'code',
): MappedRegion {
  const region = new MappedRegion(host, byteLength, purpose)
  try {
    const image = new Uint8Array(Math.ceil(byteLength / PAGE_BYTES) * PAGE_BYTES).fill(TRAP)
    image.set(bytesAt(region.address))
    host.copyIn(region.address, image)
    region.protect('read-execute')
  } catch (error) {
    region.dispose()
    throw error
  }
  return region
}
