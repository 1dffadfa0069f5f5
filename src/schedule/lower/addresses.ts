/** Addresses of elements a fixed number of strides from a moving pointer, with as few registers as x86 allows. */
import { mem } from '../../encoder/operands.ts'
import type { V } from '../../regalloc/function.ts'
import type { Recorder } from '../../regalloc/recorder.ts'
import type { Address } from '../operand-kinds.ts'
import { advance, isKnown, type Quantity } from '../quantity.ts'

/** Lines reached from one pointer by a run-time stride: 0, 1, 2 and 3 strides (base, ·1, ·2, and 3·stride in a register). */
const LINES = 4

/**
 * `at(i, bytes)` addresses start + i·stride + bytes for 0 ≤ i < count. A known stride costs one
 * pointer; a run-time stride one pointer for every four lines, and one register for 3·stride.
 */
export class Lines {
  readonly #f: Recorder
  readonly #stride: Quantity
  readonly #triple: V<'r64'> | null
  readonly #pointers: readonly V<'r64'>[]
  readonly #offset: number

  constructor(
    f: Recorder,
    name: string,
    start: { readonly base: V<'r64'>; readonly offset: number },
    stride: Quantity,
    count: number,
    /** Whether `move` will be called: then the pointers must not be shared. */
    moves: boolean,
  ) {
    this.#f = f
    this.#stride = stride
    this.#offset = moves ? 0 : start.offset
    const first = (): V<'r64'> => {
      if (!moves) return start.base
      const own = f.gp(name)
      if (start.offset === 0) f.mov(own, start.base)
      else f.lea(own, mem(start.base, start.offset))
      return own
    }
    if (isKnown(stride)) {
      this.#triple = null
      this.#pointers = [first()]
      return
    }
    const pointers = [first()]
    for (let line = LINES; line < count; line += LINES) {
      const next = f.gp(`${name}.${line}`)
      f.lea(next, mem(pointers.at(-1)!, stride, 4))
      pointers.push(next)
    }
    this.#pointers = pointers
    if (count >= LINES) {
      this.#triple = f.gp(`${name}.3·stride`)
      f.lea(this.#triple, mem(stride, stride, 2))
    } else this.#triple = null
  }

  at(line: number, bytes: number): Address {
    const disp = this.#offset + bytes
    if (isKnown(this.#stride)) return mem(this.#pointers[0]!, disp + line * this.#stride)
    const pointer = this.#pointers[Math.floor(line / LINES)]!
    switch (line % LINES) {
      case 0:
        return mem(pointer, disp)
      case 3:
        return mem(pointer, this.#triple!, 1, disp)
      default:
        return mem(pointer, this.#stride, (line % LINES) as 1 | 2, disp)
    }
  }

  /** Moves the start on by a known number of bytes. */
  moveBytes(bytes: number): void {
    for (const pointer of this.#pointers) advance(this.#f, pointer, bytes)
  }

  /** Moves the start on by `lines` strides. */
  moveLines(lines: number): void {
    for (const pointer of this.#pointers) advance(this.#f, pointer, this.#stride, lines)
  }
}
