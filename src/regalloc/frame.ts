/**
 * The stack frame: which callee-saved registers are pushed, where spill slots lie, and the instructions that
 * build and leave the frame.
 *
 * ```
 *   caller's frame
 *   return address            ← rsp on entry, 8 modulo 16
 *   callee-saved registers    pushed in the convention's order
 *   (padding)
 *   saved rsp                 only when slots need more alignment than the stack has
 *   slots, smallest lowest    ← rsp in the body; aligned for the largest slot
 *   home space                Win64 only, below calls
 * ```
 */
import { mem, type Operand, qword } from '../encoder/operands.ts'
import { type P, rsp } from '../encoder/registers.ts'
import type { Abi } from './abi.ts'
import type { LiveRanges } from './liveness.ts'
import type { References } from './references.ts'
import { uint8s } from './scratch.ts'
import { FIRST_VIRTUAL_UNIT, unitOf } from './units.ts'

/** An instruction to be inserted. */
export interface Added {
  readonly mnemonic: string
  readonly operands: readonly Operand[]
}

export interface Frame {
  /** Bytes that rsp moves after the pushes. */
  readonly bytes: number
  readonly saved: readonly P<'r64'>[]
  /** Offset from rsp of each slot. */
  readonly slotOffsets: readonly number[]
  readonly prologue: readonly Added[]
  readonly epilogue: readonly Added[]
}

const CACHE_LINE = 64
const roundUp = (bytes: number, multiple: number): number => Math.ceil(bytes / multiple) * multiple

/** Callee-saved registers that something lives in, in the convention's order. */
function savedRegisters(
  references: References,
  ranges: LiveRanges,
  assigned: Int16Array,
  abi: Abi,
): readonly P<'r64'>[] {
  const used = uint8s(FIRST_VIRTUAL_UNIT)
  for (let unit = 0; unit < references.unitCount; unit++) {
    if (assigned[unit]! >= 0 && ranges.first[unit]! >= 0) used[assigned[unit]!] = 1
  }
  return abi.calleeSaved.filter((reg) => used[unitOf(reg)] === 1)
}

/** `slotBytes`: size of each slot, a power of two; slots are aligned to it, up to a cache line. */
export function layOutFrame(
  references: References,
  ranges: LiveRanges,
  assigned: Int16Array,
  slotBytes: readonly number[],
  abi: Abi,
): Frame {
  const { makesCalls, dirtiesUppers } = references
  const saved = savedRegisters(references, ranges, assigned, abi)
  const slotOffsets = new Array<number>(slotBytes.length)
  let top = makesCalls ? abi.homeBytes : 0
  const bySize = slotBytes.map((_, slot) => slot).sort((a, b) => slotBytes[a]! - slotBytes[b]! || a - b)
  for (const slot of bySize) {
    // The smallest get the short displacements: those of EVEX count in units of the operand's size.
    top = roundUp(top, Math.min(CACHE_LINE, slotBytes[slot]!))
    slotOffsets[slot] = top
    top += slotBytes[slot]!
  }
  const alignment = Math.min(CACHE_LINE, Math.max(makesCalls ? abi.stackAlignment : 8, ...slotBytes))
  const pushes: Added[] = saved.map((reg) => ({ mnemonic: 'push', operands: [reg] }))
  const pops: Added[] = saved.map((reg) => ({ mnemonic: 'pop', operands: [reg] })).reverse()
  const clear: Added[] = dirtiesUppers ? [{ mnemonic: 'vzeroupper', operands: [] }] : []

  if (alignment > abi.stackAlignment) {
    top = roundUp(top, 8)
    const bytes = roundUp(top + 8, alignment)
    return {
      bytes,
      saved,
      slotOffsets,
      prologue: [
        ...pushes,
        { mnemonic: 'mov', operands: [abi.scratch, rsp] },
        { mnemonic: 'sub', operands: [rsp, bytes] },
        { mnemonic: 'and', operands: [rsp, -alignment] },
        { mnemonic: 'mov', operands: [qword(rsp, top), abi.scratch] },
      ],
      epilogue: [...clear, { mnemonic: 'mov', operands: [rsp, qword(rsp, top)] }, ...pops],
    }
  }
  // On entry the return address has been pushed: 8 + 8·pushes + bytes must be a multiple of the alignment.
  const above = 8 + 8 * saved.length
  const bytes = alignment === 8 ? top : roundUp(top + above, alignment) - above
  const enter: Added[] = bytes === 0 ? [] : [{ mnemonic: 'sub', operands: [rsp, bytes] }]
  // lea leaves the flags alone, which a function may return.
  const leave: Added[] = bytes === 0 ? [] : [{ mnemonic: 'lea', operands: [rsp, mem(rsp, bytes)] }]
  return {
    bytes,
    saved,
    slotOffsets,
    prologue: [...pushes, ...enter],
    epilogue: [...clear, ...leave, ...pops],
  }
}
