/** The constants behind the code: equal bytes are stored once. */
import type { CodeBuffer } from './code-buffer.ts'
import type { Mark } from './layout.ts'
import type { Label } from './operands.ts'

interface Constant {
  readonly bytes: Uint8Array
  readonly label: Label
  alignment: number
}

/** The alignment of a constant when none is asked for: its size rounded up to a power of two, at most 64. */
function naturalAlignment(size: number): number {
  let alignment = 1
  while (alignment < size && alignment < 64) alignment *= 2
  return alignment
}

export class ConstantPool {
  readonly #constants = new Map<string, Constant>()

  /** The label of these bytes; `makeLabel` is called when they are new. */
  intern(bytes: Uint8Array, alignment: number | undefined, makeLabel: () => Label): Label {
    const wanted = alignment ?? naturalAlignment(bytes.length)
    const key = bytes.join()
    const known = this.#constants.get(key)
    if (known !== undefined) {
      known.alignment = Math.max(known.alignment, wanted)
      return known.label
    }
    const label = makeLabel()
    this.#constants.set(key, { bytes: bytes.slice(), label, alignment: wanted })
    return label
  }

  /**
   * Appends the constants to the packed bytes, and their padding and labels to the marks: the most aligned first, so
   * that little is lost to padding, equally aligned ones in the order in which they were asked for.
   */
  flush(out: CodeBuffer, marks: Mark[], instruction: number): void {
    const ordered = [...this.#constants.values()].sort((a, b) => b.alignment - a.alignment)
    for (const { alignment, bytes, label } of ordered) {
      const at = out.length
      marks.push({ kind: 'align', at, instruction, boundary: alignment, fill: 'trap' })
      marks.push({ kind: 'bind', at, instruction, label })
      out.append(bytes)
    }
  }
}
