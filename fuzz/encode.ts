/** Encodes samples with the assembler, and keeps what there is to judge: text, bytes and the form that was chosen. */
import { CodeBuffer } from '../src/encoder/code-buffer.ts'
import type { EncodableForm } from '../src/encoder/encodable.ts'
import { formatOperand } from '../src/encoder/format-operand.ts'
import { Assembler, EncodeError, format, type Label, Mem, type Operand, Reg } from '../src/encoder/index.ts'
import { shapeOf } from '../src/encoder/operands.ts'
import { pack } from '../src/encoder/pack.ts'
import { recipeOf } from '../src/encoder/recipe.ts'
import { slotFits } from '../src/encoder/slot-fits.ts'
import { NEXT } from './addresses.ts'

export type Sample = readonly [form: EncodableForm, operands: readonly Operand[]]

/** One instruction to judge. */
export interface Case {
  /** The form whose sample it is. */
  readonly form: EncodableForm
  readonly operands: readonly Operand[]
  /** Intel text as our formatter writes it. */
  readonly text: string
  /** Our bytes as hex, or null when encoding failed. */
  readonly hex: string | null
  /** Why encoding failed. */
  readonly error: string | null
  /** The form that selection chose: the sample's own, or a preferred one that fits too. */
  readonly chosen: EncodableForm | null
  /** The bytes and text of the sample's own form where another was chosen: longer, and as legal. */
  readonly alternative: { readonly hex: string; readonly text: string } | null
}

export function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex')
}

/** The text of a sample. RIP-relative ones name their displacement, since their label stands behind the instruction. */
function textOf([form, operands]: Sample): string {
  return format({ form, operands })
    .replace(`rip + ${NEXT.name}`, 'rip')
    .replace(/\[rip([-+])(\d+)\]/, '[rip $1 $2]')
}

/** An operand as it was given; unlike a listing this shows zeroing without a mask, and the count of a broadcast. */
function givenOperand(operand: Operand): string {
  if (operand instanceof Mem) return formatOperand(operand).replace('{1toN}', `{1to${operand.repeats}}`)
  if (operand instanceof Reg && operand.zeroing && operand.opmask === null) return `${operand} {z}`
  return formatOperand(operand)
}

/** The text of what could not be encoded, for want of a form to format it by. */
function givenText([form, operands]: Sample): string {
  return `${form.mnemonic} ${operands.map(givenOperand).join(', ')}`
}

/** Whether each operand by itself can stand where it does. */
export function fits([form, operands]: Sample): boolean {
  return (
    form.slots.length === operands.length &&
    form.slots.every((slot, index) => slotFits(slot, shapeOf(operands[index])))
  )
}

const isRelative = (operand: Operand): boolean => operand instanceof Mem && operand.label !== null

/** The operands with RIP-relative addresses at the assembler's own label. */
function relabel(operands: readonly Operand[], own: Label): readonly Operand[] {
  return operands.map((operand) => {
    if (!(operand instanceof Mem) || operand.label === null) return operand
    const { disp, isBroadcast, opmask, repeats, width } = operand
    return new Mem(width, null, null, 1, disp, own, isBroadcast, opmask, repeats)
  })
}

/** The bytes of the sample's own form; null where they would be too many. */
function packAs([form, operands]: Sample): string | null {
  const [a, b, c, d, e] = operands
  const buffer = new CodeBuffer(16)
  try {
    pack(buffer, recipeOf(form, operands.map(shapeOf)), a, b, c, d, e)
  } catch (error) {
    if (error instanceof EncodeError) return null
    throw error
  }
  return toHex(buffer.bytes.subarray(0, buffer.length))
}

/** Emits a sample. Returns what went wrong, or null. */
function emit(assembler: Assembler, [form, operands]: Sample): string | null {
  const label = operands.some(isRelative) ? assembler.label() : null
  try {
    assembler.emit(form.mnemonic, label === null ? operands : relabel(operands, label))
    return null
  } catch (error) {
    if (error instanceof EncodeError) return error.message
    throw error
  } finally {
    if (label !== null) assembler.bind(label)
  }
}

function alternativeOf(sample: Sample): Case['alternative'] {
  const hex = packAs(sample)
  return hex === null ? null : { hex, text: textOf(sample) }
}

/** Encodes each sample by itself; a RIP-relative address counts from the end of its instruction. */
export function encodeCases(samples: readonly Sample[]): Case[] {
  const assembler = new Assembler()
  const errors = samples.map((sample) => emit(assembler, sample))
  const code = assembler.finish()
  let next = 0
  return samples.map((sample, index): Case => {
    const [form, operands] = sample
    const error = errors[index]!
    if (error !== null)
      return { form, operands, text: givenText(sample), hex: null, error, chosen: null, alternative: null }
    const { inst, length, offset } = code.instructions[next++]!
    const hex = toHex(code.bytes.subarray(offset, offset + length))
    const chosen = inst.form as EncodableForm
    const text = textOf([chosen, operands])
    // A form that is there to be decoded, in the main, may mean something else.
    const alternative = chosen === form || form.late || !fits(sample) ? null : alternativeOf(sample)
    return { form, operands, text, hex, error, chosen, alternative }
  })
}
