/**
 * Classes of operands, a bit each: by them forms are ruled out before they are made. An operand fits a slot only if
 * they have a class in common; whether it does then is what slot-fits.ts says.
 *
 * ```
 * 15…1 register kinds, by their codes   25…16 memory, by the code of its width   26 broadcast   27 vector index
 * 28 immediate   29 label
 * ```
 */
import {
  BROADCAST,
  KIND_CODE,
  KIND_MASK,
  SPECIAL,
  TAG_IMMEDIATE,
  TAG_MASK,
  TAG_MEMORY,
  TAG_REGISTER,
  VSIB_MASK,
  WIDTH_MASK,
  WIDTHS,
  WRONG,
} from './shape.ts'

const FIRST_WIDTH = 16
const ANY_WIDTH: number = ((1 << WIDTHS.length) - 1) << FIRST_WIDTH
export const CLASS_BROADCAST: number = 1 << 26
export const CLASS_VSIB: number = 1 << 27
export const CLASS_IMMEDIATE: number = 1 << 28
export const CLASS_LABEL: number = 1 << 29
/** Memory that no kind of address sets apart. */
export const CLASS_MEMORY: number = ANY_WIDTH

/** Memory of so many bits; of 0, which leaves the size out, any. */
export function classOfWidth(width: number): number {
  return width === 0 ? ANY_WIDTH : 1 << (FIRST_WIDTH + WIDTHS.indexOf(width as (typeof WIDTHS)[number]))
}

export function classOfKind(kind: keyof typeof KIND_CODE): number {
  return 1 << KIND_CODE[kind]
}

/** The classes that an operand of this shape is of; 0 for what fits no form. */
export function classOfShape(shape: number): number {
  if ((shape & WRONG) !== 0 || shape === 0) return 0
  switch (shape & TAG_MASK) {
    case TAG_REGISTER:
      return 1 << (shape & KIND_MASK)
    case TAG_MEMORY:
      if ((shape & BROADCAST) !== 0) return CLASS_BROADCAST
      if ((shape & SPECIAL) === 0 && (shape & VSIB_MASK) !== 0) return CLASS_VSIB
      return (shape & WIDTH_MASK) === 0 ? ANY_WIDTH : 1 << (FIRST_WIDTH + (shape & WIDTH_MASK))
    case TAG_IMMEDIATE:
      return CLASS_IMMEDIATE
    default:
      return CLASS_LABEL
  }
}
