/** Addresses of views: their own where native code runs, elsewhere numbers that stand for them. */
import { anyHost, runsNative } from './select.ts'

/** Between buffers, so that what reaches out of one is in no other. */
const GAP = 0x1_0000
const standIns = new WeakMap<ArrayBufferLike, number>()
let next = 2 ** 32

/** An address that nobody but the emulator follows: alike for all views of a buffer, aligned as a page is. */
function standIn({ buffer, byteOffset }: ArrayBufferView): number {
  let start = standIns.get(buffer)
  if (start === undefined) {
    start = next
    standIns.set(buffer, start)
    const most = buffer instanceof ArrayBuffer && buffer.resizable ? buffer.maxByteLength : buffer.byteLength
    next += Math.ceil(most / GAP) * GAP + GAP
  }
  return start + byteOffset
}

/** The address of a view's first element; the view must be neither detached nor out of bounds. */
export const addressOf = (view: ArrayBufferView): number =>
  runsNative() ? anyHost().addressOf(view) : standIn(view)
