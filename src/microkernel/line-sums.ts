/** Sums of lines as a function of their own: the code by which kernels make the terms of zero points (see requantise.ts). */
import type { MachineCode } from '../encoder/machine-code.ts'
import { mem } from '../encoder/operands.ts'
import { allocate } from '../regalloc/allocate.ts'
import { assemble } from '../regalloc/assemble.ts'
import type { V } from '../regalloc/function.ts'
import { Recorder } from '../regalloc/recorder.ts'
import type { NarrowInteger } from '../schedule/conversion.ts'
import { LineSums } from '../schedule/lower/line-sums.ts'
import type { Machine } from '../schedule/machine.ts'
import type { MaskKind, VectorKind } from '../schedule/operand-kinds.ts'

/** Fields of the argument block, 8 bytes each, in order. Addresses and sizes in bytes, which are elements, too. */
const FIELDS = ['from', 'to', 'lines', 'width', 'ld', 'factor', 'constant'] as const
type FieldName = (typeof FIELDS)[number]

export interface LineSumsOptions {
  readonly storage: NarrowInteger
  /**
   * 'along': one sum a line, lines of them (row terms of a row-major A). 'across': one sum a place in the lines, width
   * of them (column terms of a row-major B).
   */
  readonly direction: 'along' | 'across'
}

/** Byte offset of a field in the argument block of line sums. */
export const lineSumsOffset = (name: FieldName): number => 8 * FIELDS.indexOf(name)
export const LINE_SUMS_BLOCK_BYTES: number = 8 * FIELDS.length

/**
 * `void sums(uint64_t argblock)`: to[i] = factor·sum + constant in s32, modulo 2³², where the sums are over lines ×
 * width elements at `from`, `ld` bytes from line to line. Sums of nothing are 0. Reads no byte but the elements.
 */
export function generateLineSums<K extends VectorKind, M extends MaskKind>(
  machine: Machine<K, M>,
  { storage, direction }: LineSumsOptions,
): MachineCode {
  const f = new Recorder(`sums-${direction}`, { params: ['argblock'] })
  const given = Object.fromEntries(
    FIELDS.map((name) => {
      const to = f.gp(name)
      f.mov(to, mem(f.params[0]!, lineSumsOffset(name)))
      return [name, to]
    }),
  ) as Readonly<Record<FieldName, V<'r64'>>>
  const sums = new LineSums(f, machine, storage, { ...given, bias: null })
  if (direction === 'along') sums.along()
  else sums.across()
  f.vzeroupper()
  f.ret()
  return assemble(allocate(f.finish()))
}
