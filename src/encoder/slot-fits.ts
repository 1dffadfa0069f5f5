/** Whether an operand fits a slot of a form, judged by its shape alone. */
import type { Slot } from './encodable.ts'
import {
  APX,
  BROADCAST,
  KIND_MASK,
  LABEL_SHAPE,
  MASKED,
  NUMBER_MASK,
  NUMBER_SHIFT,
  NUMBER_VIRTUAL,
  REPEATS_MASK,
  REPEATS_SHIFT,
  RIP_RELATIVE,
  ROUNDING_MASK,
  ROUNDING_SAE,
  SPECIAL,
  SPECIAL_MASK,
  SPECIAL_OFFSET,
  TAG_IMMEDIATE,
  TAG_MASK,
  TAG_MEMORY,
  TAG_REGISTER,
  VSIB_HIGH,
  VSIB_MASK,
  WIDTH_MASK,
  WIDTHS,
  WRONG,
  ZEROING,
} from './shape.ts'

function maskFits(slot: Slot, shape: number): boolean {
  return slot.mask === 'allowed' || (slot.mask === 'needed') === ((shape & MASKED) !== 0)
}

function registerFits(slot: Slot, shape: number): boolean {
  const number = (shape & NUMBER_MASK) >> NUMBER_SHIFT
  const rounding = shape & ROUNDING_MASK
  return (
    ((slot.kinds >> (shape & KIND_MASK)) & 1) === 1 &&
    (number === NUMBER_VIRTUAL || ((slot.numbers >> number) & 1) === 1) &&
    maskFits(slot, shape) &&
    (slot.zeroing || (shape & ZEROING) === 0) &&
    (rounding === 0 || (rounding === ROUNDING_SAE ? slot.rounding === 'sae' : slot.rounding === 'er'))
  )
}

/** The bits that a broadcast operand uses for its count, and any other for its vector index. */
function indexFits(slot: Slot, shape: number): boolean {
  if (slot.broadcast) {
    const log2 = (shape & REPEATS_MASK) >> REPEATS_SHIFT
    return log2 === 0 || slot.repeats === 1 << log2
  }
  if ((shape & SPECIAL) !== 0) {
    const special = shape & SPECIAL_MASK
    return slot.special === special || (slot.special === 0 && slot.vsib === 0 && special !== SPECIAL_OFFSET)
  }
  if (slot.special !== 0) return false
  return slot.vsib === (shape & VSIB_MASK) && (slot.highIndex || (shape & VSIB_HIGH) === 0)
}

function memoryFits(slot: Slot, shape: number): boolean {
  const width = WIDTHS[shape & WIDTH_MASK]!
  return (
    (width === 0 || slot.width === 0 || slot.width === width) &&
    slot.broadcast === ((shape & BROADCAST) !== 0) &&
    indexFits(slot, shape) &&
    !(slot.needsSib && (shape & RIP_RELATIVE) !== 0) &&
    (slot.highBase || (shape & APX) === 0) &&
    maskFits(slot, shape)
  )
}

/** Whether an operand of this shape can stand in this slot. */
export function slotFits(slot: Slot, shape: number): boolean {
  if ((shape & WRONG) !== 0 || shape === 0) return false
  switch (shape & TAG_MASK) {
    case TAG_REGISTER:
      return slot.type === 'register' && registerFits(slot, shape)
    case TAG_MEMORY:
      return slot.type === 'memory' && memoryFits(slot, shape)
    case TAG_IMMEDIATE:
      return slot.type === 'immediate' && ((slot.ranges >> (shape & 0xf)) & 1) === 1
    default:
      return slot.type === 'label' && shape === LABEL_SHAPE
  }
}
