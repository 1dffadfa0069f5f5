/** The argument block: the one thing a kernel is called with, `void kernel(uint64_t argblock)`. */
import type { Parameter } from '../schedule/tile-program.ts'

/**
 * Fields in order, 8 bytes each: addresses in bytes; sizes, leading dimensions and batch strides in elements; alpha and
 * beta in the element type (an f32 in the low four bytes); cache blocks in elements, multiples of the register tile's
 * rows and columns and of 8 for k;  pack is 0 or 1; stages and terms in bytes from the workspace's begin; sums_b and
 * bias as addresses of s32, and so scale where each column has one (else it is an f32 in the low four bytes); zero points as
 * s32 in the low four bytes; small_b as the address of an s32.
 */
const FIELDS = [
  'a',
  'b',
  'c',
  'workspace',
  'm',
  'n',
  'k',
  'lda',
  'ldb',
  'ldc',
  'alpha',
  'beta',
  'batch',
  'stride_a',
  'stride_b',
  'stride_c',
  'block_m',
  'block_n',
  'block_k',
  'pack',
  'stage_left',
  'stage_right',
  'terms_left',
  'terms_right',
  'sums_b',
  'scale',
  'zero_a',
  'zero_b',
  'zero_c',
  'bias',
  'small_b',
] as const

export type ArgumentName = (typeof FIELDS)[number]

/** Where each field lies. A kernel reads only the fields that its problem leaves open. */
export const ARGUMENTS: readonly (Parameter & { readonly name: ArgumentName })[] = FIELDS.map(
  (name, index) => ({ name, offset: 8 * index }),
)

/** Size of the block in bytes. */
export const ARGUMENT_BLOCK_BYTES: number = 8 * FIELDS.length

/** Byte offset of a field. */
export function argumentOffset(name: ArgumentName): number {
  return 8 * FIELDS.indexOf(name)
}
