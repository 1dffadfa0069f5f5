/** Memory operands with other registers in them: the one place that rebuilds a Mem, so that no part of it gets lost. */
import { type Label, Mem } from '../encoder/operands.ts'
import type { Reg } from '../encoder/registers.ts'

/** What allocation changes of a memory operand; the rest stays as it is. */
export function readdress(
  mem: Mem,
  base: Reg | null,
  index: Reg | null,
  opmask: Reg<'k'> | null,
  disp: number = mem.disp,
  label: Label | null = mem.label,
): Mem {
  const { width, scale, isBroadcast, repeats, segment, offset } = mem
  return new Mem(width, base, index, scale, disp, label, isBroadcast, opmask, repeats, segment, offset)
}

/** True when two memory operands differ in nothing but their registers. */
export function sameButRegisters(a: Mem, b: Mem): boolean {
  return (
    a.width === b.width &&
    a.scale === b.scale &&
    a.disp === b.disp &&
    a.label === b.label &&
    a.isBroadcast === b.isBroadcast &&
    a.repeats === b.repeats &&
    a.segment === b.segment &&
    a.offset === b.offset
  )
}
