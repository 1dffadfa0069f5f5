/** Arrays that touch an inaccessible page, so that the first byte read or written outside faults. */
import type { ElementType, TypedArray } from './element-type.ts'
import { ELEMENT_TYPES } from './element-type.ts'
import { anyHost } from './hosts/select.ts'
import { MappedRegion } from './mapped-region.ts'

type ArrayOf<T extends ElementType> = T extends 'f32'
  ? Float32Array<ArrayBuffer>
  : T extends 'f64'
    ? Float64Array<ArrayBuffer>
    : T extends 'bf16' | 'f16'
      ? Uint16Array<ArrayBuffer>
      : T extends 's32'
        ? Int32Array<ArrayBuffer>
        : T extends 's8'
          ? Int8Array<ArrayBuffer>
          : Uint8Array<ArrayBuffer>

const VIEWS = {
  Float32Array,
  Float64Array,
  Uint16Array,
  Int32Array,
  Int8Array,
  Uint8Array,
} as const

/** Which end of the array touches the inaccessible page. */
export type GuardedEdge = 'start' | 'end'

/** Ties a region to the buffer over it: views must not outlive their pages. */
const regions = new WeakMap<ArrayBufferLike, MappedRegion>()

/**
 * A zeroed typed array that begins exactly at (`start`) or ends exactly at (`end`) a PROT_NONE page. Its
 * memory is freed when no view of it is left. RangeError when length is no positive integer.
 * @example guardedArray('f32', 7, 'end') // a load of 8 floats from its start kills the process
 */
export function guardedArray<T extends ElementType>(type: T, length: number, edge: GuardedEdge): ArrayOf<T> {
  if (!Number.isSafeInteger(length) || length <= 0) {
    throw new RangeError(`guarded array: expected a positive number of elements, got ${length}`)
  }
  const { bytes, tag } = ELEMENT_TYPES[type]
  const own = anyHost()
  const region = new MappedRegion(own, length * bytes, 'guarded')
  const buffer = own.view(region.address, region.byteLength)
  regions.set(buffer, region)
  const offset = edge === 'start' ? 0 : region.byteLength - length * bytes
  const View = VIEWS[tag as keyof typeof VIEWS] as new (
    buffer: ArrayBuffer,
    offset: number,
    length: number,
  ) => TypedArray
  return new View(buffer, offset, length) as ArrayOf<T>
}
