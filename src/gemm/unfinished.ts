/** Memory of asynchronous calls that have not finished: no other call may write what they read, or touch what they write. */
import type { MatrixOperand } from '../runtime/checks.ts'
import type { Located } from '../runtime/located.ts'

/** One matrix in memory. */
export interface Place {
  readonly operand: MatrixOperand
  readonly at: Located
}

/** What one call touches. */
export interface Touched {
  readonly reads: readonly Place[]
  readonly writes: readonly Place[]
}

/** What the unfinished calls of this JavaScript thread touch. Other threads' calls are theirs to keep apart. */
export const unfinished: Set<Touched> = new Set()

function refuse(own: Place, other: Place, does: string): void {
  try {
    own.operand.refuseOverlap(own.at, other.operand, other.at)
  } catch (error) {
    if (error instanceof RangeError) {
      error.message += `; an asynchronous call that has not finished ${does} it: await that call first`
    }
    throw error
  }
}

/** RangeError when the call would disturb one that has not finished, or be disturbed. */
export function refuseUnfinished(call: Touched): void {
  for (const other of unfinished) {
    for (const own of call.writes) {
      for (const place of other.writes) refuse(own, place, 'writes')
      for (const place of other.reads) refuse(own, place, 'reads')
    }
    for (const own of call.reads) for (const place of other.writes) refuse(own, place, 'writes')
  }
}
