/** Copies the part of a vector that a line ends with, without masks. */
import type { Recorder } from '../../regalloc/recorder.ts'
import type { Address } from '../operand-kinds.ts'

/** Copies fewer bytes than a vector has, a multiple of 4: 16 at a time, then 8, then 4. */
export function copyPieces(f: Recorder, from: Address, to: Address, bytes: number): void {
  let at = 0
  for (; at + 16 <= bytes; at += 16) {
    const piece = f.xmm('piece')
    f.vmovups(piece, from.plus(at))
    f.vmovups(to.plus(at), piece)
  }
  for (; at + 8 <= bytes; at += 8) {
    const piece = f.gp('piece')
    f.mov(piece, from.plus(at).sized(64))
    f.mov(to.plus(at).sized(64), piece)
  }
  if (at === bytes) return
  const piece = f.gp('piece').as('r32')
  f.mov(piece, from.plus(at).sized(32))
  f.mov(to.plus(at).sized(32), piece)
}
