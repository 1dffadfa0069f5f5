/**
 * Decides where everything ends up: which branches are short, how wide the padding is, where labels are.
 *
 * Packed bytes stand in one buffer without the relaxable branches and without padding. Marks say, in
 * order, what lies between those bytes. All branches start short; each pass computes the positions and makes
 * those branches long that do not reach, until none is left. A branch never becomes short again, so the passes
 * end; and since making one long only moves targets apart, no branch is long without need (with alignment
 * in between, padding can shrink again, which is let be).
 */
import type { EncodableForm } from './encodable.ts'
import type { Label } from './operands.ts'

interface MarkPlace {
  /** Position in the packed buffer. */
  readonly at: number
  /** How many instructions come before the mark. */
  readonly instruction: number
}
export interface BindMark extends MarkPlace {
  readonly kind: 'bind'
  readonly label: Label
}
export interface AlignMark extends MarkPlace {
  readonly kind: 'align'
  readonly boundary: number
  /** Traps where control never comes. */
  readonly fill: 'nop' | 'trap'
}
/** A branch of either length, which is not in the packed buffer. */
export interface BranchMark extends MarkPlace {
  readonly kind: 'branch'
  readonly label: Label
  readonly short: EncodableForm
  readonly long: EncodableForm
}
/** A displacement in the packed buffer, counted from `end` to the label, added to what the field holds. */
export interface FieldMark extends MarkPlace {
  readonly kind: 'field'
  readonly size: 1 | 4
  readonly end: number
  readonly label: Label
}
/** Bytes in the packed buffer that belong to no instruction. */
export interface DataMark extends MarkPlace {
  readonly kind: 'data'
  readonly length: number
}
/** Bytes in the packed buffer, marked as data too, for the distance between two labels. */
export interface DistanceMark extends MarkPlace {
  readonly kind: 'distance'
  readonly size: 1 | 2 | 4 | 8
  readonly from: Label
  readonly to: Label
  readonly addend: number
}
/** Something between the packed bytes, or a place in them. */
export type Mark = BindMark | AlignMark | BranchMark | FieldMark | DataMark | DistanceMark

export interface Layout {
  /** For each mark, how many bytes it inserts. */
  readonly sizes: Int32Array
  /** For each mark, how many bytes were inserted before it. */
  readonly inserted: Int32Array
  /** Final offset of each label by id; −1 when it is not bound. */
  readonly labels: Int32Array
  /** Bytes in all. */
  readonly length: number
}

/** Bytes of a branch: these forms have an opcode and a displacement and nothing else. */
function branchBytes(form: EncodableForm): number {
  return form.opcodeLength + form.displacementBytes
}

/** Lays out `packedLength` bytes with the marks among them. */
export function layOut(marks: readonly Mark[], packedLength: number, labelCount: number): Layout {
  const sizes = new Int32Array(marks.length)
  const inserted = new Int32Array(marks.length)
  const labels = new Int32Array(labelCount).fill(-1)
  const branches: number[] = []
  marks.forEach((mark, index) => {
    if (mark.kind !== 'branch') return
    branches.push(index)
    sizes[index] = branchBytes(mark.short)
  })
  let total = 0
  for (let isSettled = false; !isSettled; ) {
    total = 0
    for (let index = 0; index < marks.length; index++) {
      const mark = marks[index]!
      const offset = mark.at + total
      inserted[index] = total
      if (mark.kind === 'bind') labels[mark.label.id] = offset
      else if (mark.kind === 'align') sizes[index] = -offset & (mark.boundary - 1)
      total += sizes[index]!
    }
    isSettled = true
    for (const index of branches) {
      const mark = marks[index] as BranchMark
      const shortBytes = branchBytes(mark.short)
      if (sizes[index] !== shortBytes) continue
      const distance = labels[mark.label.id]! - (mark.at + inserted[index]! + shortBytes)
      if (distance >= -128 && distance <= 127) continue
      sizes[index] = branchBytes(mark.long)
      isSettled = false
    }
  }
  return { sizes, inserted, labels, length: packedLength + total }
}

/** Recommended multi-byte NOPs by length (SDM Vol. 2B, NOP, table 4-12). */
const NOPS: readonly (readonly number[])[] = [
  [],
  [0x90],
  [0x66, 0x90],
  [0x0f, 0x1f, 0x00],
  [0x0f, 0x1f, 0x40, 0x00],
  [0x0f, 0x1f, 0x44, 0x00, 0x00],
  [0x66, 0x0f, 0x1f, 0x44, 0x00, 0x00],
  [0x0f, 0x1f, 0x80, 0x00, 0x00, 0x00, 0x00],
  [0x0f, 0x1f, 0x84, 0x00, 0x00, 0x00, 0x00, 0x00],
  [0x66, 0x0f, 0x1f, 0x84, 0x00, 0x00, 0x00, 0x00, 0x00],
]
const LONGEST_NOP = 9
const INT3 = 0xcc

/** Fills `[from, to)` with the fewest NOPs, or with traps where control never comes. */
export function fillPadding(bytes: Uint8Array, from: number, to: number, fill: 'nop' | 'trap'): void {
  if (fill === 'trap') {
    bytes.fill(INT3, from, to)
    return
  }
  for (let at = from; at < to; ) {
    const size = Math.min(LONGEST_NOP, to - at)
    bytes.set(NOPS[size]!, at)
    at += size
  }
}
