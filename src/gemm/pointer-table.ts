/** Arrays of arrays, for batches by pointers: each checked, their addresses side by side in memory. */
import { ArgumentBlock } from '../runtime/argument-block.ts'
import type { MatrixOperand } from '../runtime/checks.ts'
import type { Located } from '../runtime/located.ts'

/** Every array of one operand, checked. TypeError or RangeError names the operand and the index. */
export function locateAll(
  operand: MatrixOperand,
  name: string,
  arrays: unknown,
  count: number,
): readonly Located[] {
  if (!Array.isArray(arrays)) {
    throw new TypeError(
      `${name}: expected an array of ${count} typed arrays, got ${Object.prototype.toString.call(arrays).slice(8, -1)}`,
    )
  }
  if (arrays.length < count) {
    throw new RangeError(`${name}: expected ${count} typed arrays, got ${arrays.length}`)
  }
  const located: Located[] = []
  for (let index = 0; index < count; index++) {
    try {
      located.push(operand.check(arrays[index]))
    } catch (error) {
      if (error instanceof Error)
        error.message = `${name}[${index}]${error.message.slice(operand.name.length)}`
      throw error
    }
  }
  return located
}

/** A table of addresses that grows to the largest batch seen. */
export class PointerTable {
  #block: ArgumentBlock | null = null

  /** Writes the addresses and returns the table's own, as the argument block takes it. */
  fill(located: readonly Located[]): bigint {
    if (this.#block === null || this.#block.byteLength < 8 * located.length) {
      this.#block = new ArgumentBlock(8 * Math.max(16, located.length))
    }
    for (const [index, { bits }] of located.entries()) this.#block.u64[index] = bits
    return this.#block.bits
  }
}
