/** EVEX tuples: in what disp8 counts, and how often a broadcast element is repeated (SDM Vol. 2A, 2.7.5). */
import type { Slot } from '../encodable.ts'
import { type Row, type RowPlace, rowError } from './grammar.ts'
import type { Notation, Tuple } from './notation.ts'

/** Bytes that disp8 counts in, as the tuple says; the checker holds them against the memory token. */
function tupleBytes(tuple: Tuple, length: number, w: number, tokenBytes: number): number {
  const vector = 16 << length
  switch (tuple) {
    case 'full':
    case 'fullmem':
      return vector
    case 'half':
    case 'halfmem':
      return vector / 2
    case 'quarter':
    case 'quartermem':
      return vector / 4
    case 'eighthmem':
      return vector / 8
    case 't1s':
      return tokenBytes === 0 || tokenBytes > 8 ? 4 << w : tokenBytes
    case 't1s8':
      return 1
    case 't1s16':
      return 2
    case 't1f':
      return Math.min(tokenBytes, 8)
    case 't2':
      return 8 << w
    case 't4':
      return 16 << w
    case 't8':
      return 32
    case 'mem128':
      return 16
    case 'plain':
      return 1
    case 'movddup':
      return length === 0 ? 8 : vector
  }
}

/** log2 N of disp8*N for the memory slot; RowError when tuple and token contradict each other. */
export function disp8Shift(row: Row, place: RowPlace, notation: Notation, slot: Slot | undefined, length: number, w: number): number {
  if (notation.scheme !== 'evex' || slot === undefined || slot.type !== 'memory') return 0
  if (notation.tuple === null) throw rowError(place, 'encoding', row[2], 'a memory operand needs a tuple')
  const bytes = slot.width / 8
  if (slot.broadcast) {
    if (!/^(full|half|quarter)$/.test(notation.tuple)) {
      throw rowError(place, 'encoding', row[2], `tuple '${notation.tuple}' has no broadcast`)
    }
    return Math.log2(bytes)
  }
  const n = tupleBytes(notation.tuple, length, w, bytes)
  // Expand and compress touch up to a whole vector, but disp8 counts their elements.
  const countsElements = notation.tuple === 'plain' || slot.vsib !== 0 || (notation.tuple.startsWith('t1s') && bytes > 8)
  if (!countsElements && n !== bytes) {
    throw rowError(place, 'encoding', row[2], `tuple '${notation.tuple}' means ${n} bytes, the token m${slot.width}`)
  }
  return Math.log2(n)
}

/** N of {1toN}: as many elements as the whole operand would have. */
export function broadcastCount(notation: Notation, slot: Slot | undefined, length: number): number {
  if (slot === undefined || !slot.broadcast || notation.tuple === null) return 0
  return tupleBytes(notation.tuple, length, 0, 0) / (slot.width / 8)
}
