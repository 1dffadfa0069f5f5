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
 *   slots, largest lowest     ← rsp in the body; aligned for the largest slot
 *   home space                Win64 only, below calls
 * ```
 */
import { mem, type Operand, qword } from '../encoder/operands.ts'
import { type P, rsp } from '../encoder/registers.ts'
import type { Abi } from './abi.ts'

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

export interface FrameNeeds {
  readonly saved: readonly P<'r64'>[]
  /** Bytes of each slot, a power of two; slots are aligned to them, up to a cache line. */
  readonly slotBytes: readonly number[]
  readonly makesCalls: boolean
  /** Some ymm or zmm register is written. */
  readonly dirtiesUppers: boolean
}

const CACHE_LINE = 64
const roundUp = (bytes: number, multiple: number): number => Math.ceil(bytes / multiple) * multiple

export function layOutFrame(needs: FrameNeeds, abi: Abi): Frame {
  const { saved, slotBytes } = needs
  const slotOffsets = new Array<number>(slotBytes.length)
  let top = needs.makesCalls ? roundUp(abi.homeBytes, CACHE_LINE) : 0
  const bySize = slotBytes.map((_, slot) => slot).sort((a, b) => slotBytes[b]! - slotBytes[a]! || a - b)
  for (const slot of bySize) {
    slotOffsets[slot] = top
    top += slotBytes[slot]!
  }
  const alignment = Math.min(CACHE_LINE, Math.max(needs.makesCalls ? abi.stackAlignment : 8, ...slotBytes))
  const pushes: Added[] = saved.map((reg) => ({ mnemonic: 'push', operands: [reg] }))
  const pops: Added[] = saved.map((reg) => ({ mnemonic: 'pop', operands: [reg] })).reverse()
  const clear: Added[] = needs.dirtiesUppers ? [{ mnemonic: 'vzeroupper', operands: [] }] : []

  if (alignment > abi.stackAlignment) {
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
