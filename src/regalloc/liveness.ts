/**
 * Liveness: where each unit holds a value that is still needed, as ranges of positions.
 *
 * Item i of the body has two positions: its operands are read at 2i, its results written at 2i + 1.
 * A range [from, to) is taken at the positions from … to − 1: an operand that dies at item i ends at 2i + 1,
 * a result begins there, so the two may share a register.
 *
 * Only units that some block reads before writing them cross a block's edge; dataflow runs on those
 * alone, and everything else, in particular thousands of short-lived temporaries, costs one backward walk.
 */
import type { Flow } from './flow.ts'
import { EARLY, READS, REF_SHIFT, type References, WRITES } from './references.ts'

export const readPosition = (item: number): number => 2 * item
export const writePosition = (item: number): number => 2 * item + 1

/** The live ranges of every unit, in ascending order, linked through `next`; −1 ends a list. */
export interface LiveRanges {
  /** First range of each unit; −1 when it is never live. */
  readonly first: Int32Array
  readonly from: Int32Array
  readonly to: Int32Array
  readonly next: Int32Array
  /** How many ranges there are. */
  readonly count: number
  /** Units live when the function is entered, ascending. */
  readonly liveAtEntry: readonly number[]
}

/** Bit sets over the units that cross blocks, one row of `words` a block. */
class CrossBlock {
  readonly words: number
  /** Units by their dense number. */
  readonly units: Int32Array
  readonly count: number
  /** Read in the block before any write. */
  readonly exposed: Uint32Array
  readonly written: Uint32Array
  readonly liveIn: Uint32Array
  readonly liveOut: Uint32Array

  constructor(flow: Flow, references: References) {
    const { blockCount, start: blockStart } = flow
    const { unitCount, start, refs } = references
    /** Block in which a unit was last written, read exposed; −1 for none. */
    const writtenIn = new Int32Array(unitCount).fill(-1)
    const exposedIn = new Int32Array(unitCount).fill(-1)
    const dense = new Int32Array(unitCount).fill(-1)
    const units: number[] = []
    const exposures: number[] = []
    for (let block = 0; block < blockCount; block++) {
      const end = blockStart[block + 1]!
      for (let i = blockStart[block]!; i < end; i++) {
        const first = start[i]!
        const last = start[i + 1]!
        for (let r = first; r < last; r++) {
          const ref = refs[r]!
          const unit = ref >> REF_SHIFT
          if ((ref & READS) === 0 || writtenIn[unit] === block || exposedIn[unit] === block) continue
          exposedIn[unit] = block
          exposures.push(block, unit)
          if (dense[unit]! < 0) {
            dense[unit] = units.length
            units.push(unit)
          }
        }
        for (let r = first; r < last; r++) {
          if ((refs[r]! & WRITES) !== 0) writtenIn[refs[r]! >> REF_SHIFT] = block
        }
      }
    }
    this.count = units.length
    this.units = Int32Array.from(units)
    this.words = (units.length + 31) >>> 5
    this.exposed = new Uint32Array(blockCount * this.words)
    this.written = new Uint32Array(blockCount * this.words)
    this.liveOut = new Uint32Array(blockCount * this.words)
    for (let e = 0; e < exposures.length; e += 2) {
      this.#set(this.exposed, exposures[e]!, dense[exposures[e + 1]!]!)
    }
    for (let block = 0; block < blockCount; block++) {
      const end = start[blockStart[block + 1]!]!
      for (let r = start[blockStart[block]!]!; r < end; r++) {
        const index = dense[refs[r]! >> REF_SHIFT]!
        if (index >= 0 && (refs[r]! & WRITES) !== 0) this.#set(this.written, block, index)
      }
    }
    this.liveIn = this.exposed.slice()
    this.#solve(flow)
  }

  #set(bits: Uint32Array, block: number, index: number): void {
    bits[block * this.words + (index >> 5)]! |= 1 << (index & 31)
  }

  /** liveOut = ∪ liveIn of the successors; liveIn = exposed ∪ (liveOut − written). Backward until nothing changes. */
  #solve(flow: Flow): void {
    const { blockCount, successors } = flow
    const { words, liveIn, liveOut, exposed, written } = this
    for (let changed = true; changed; ) {
      changed = false
      for (let block = blockCount - 1; block >= 0; block--) {
        const a = successors[2 * block]!
        const b = successors[2 * block + 1]!
        for (let w = 0; w < words; w++) {
          const at = block * words + w
          const out = (a < 0 ? 0 : liveIn[a * words + w]!) | (b < 0 ? 0 : liveIn[b * words + w]!)
          liveOut[at] = out
          const into = (exposed[at]! | (out & ~written[at]!)) >>> 0
          if (into !== liveIn[at]) {
            liveIn[at] = into
            changed = true
          }
        }
      }
    }
  }
}

export function findLiveRanges(flow: Flow, references: References): LiveRanges {
  const { unitCount, start, refs } = references
  const cross = new CrossBlock(flow, references)
  const { words, units, liveOut, liveIn } = cross
  // Every range is opened by a reference or by a block's end.
  const most = start[start.length - 1]! + flow.blockCount * cross.count + 1
  const from = new Int32Array(most)
  const to = new Int32Array(most)
  const next = new Int32Array(most)
  const first = new Int32Array(unitCount).fill(-1)
  /** Where the range that is being followed upward ends; 0 when the unit is not live. */
  const openTo = new Int32Array(unitCount)
  const open: number[] = []
  let count = 0

  /** Records [begin, end), joining it with the range behind it. */
  const close = (unit: number, begin: number, end: number): void => {
    const head = first[unit]!
    if (head >= 0 && from[head]! <= end) {
      from[head] = begin
      return
    }
    from[count] = begin
    to[count] = end
    next[count] = head
    first[unit] = count++
  }

  for (let block = flow.blockCount - 1; block >= 0; block--) {
    const begin = readPosition(flow.start[block]!)
    const end = readPosition(flow.start[block + 1]!)
    open.length = 0
    for (let w = 0; w < words; w++) {
      for (let bits = liveOut[block * words + w]!; bits !== 0; bits &= bits - 1) {
        const unit = units[32 * w + 31 - Math.clz32(bits & -bits)]!
        openTo[unit] = end
      }
    }
    for (let i = flow.start[block + 1]! - 1; i >= flow.start[block]!; i--) {
      const firstRef = start[i]!
      const lastRef = start[i + 1]!
      for (let r = firstRef; r < lastRef; r++) {
        const ref = refs[r]!
        if ((ref & WRITES) === 0) continue
        const unit = ref >> REF_SHIFT
        if (openTo[unit] === 0) openTo[unit] = 2 * i + 2
        if ((ref & READS) !== 0) continue
        close(unit, (ref & EARLY) !== 0 ? 2 * i : 2 * i + 1, openTo[unit]!)
        openTo[unit] = 0
      }
      for (let r = firstRef; r < lastRef; r++) {
        const ref = refs[r]!
        const unit = ref >> REF_SHIFT
        if ((ref & READS) !== 0 && openTo[unit] === 0) openTo[unit] = 2 * i + 1
      }
    }
    for (let w = 0; w < words; w++) {
      for (let bits = liveIn[block * words + w]!; bits !== 0; bits &= bits - 1) {
        const unit = units[32 * w + 31 - Math.clz32(bits & -bits)]!
        close(unit, begin, openTo[unit]!)
        openTo[unit] = 0
      }
    }
  }
  const liveAtEntry: number[] = []
  for (let index = 0; index < cross.count; index++) {
    if ((liveIn[index >> 5]! & (1 << (index & 31))) !== 0) liveAtEntry.push(units[index]!)
  }
  return { first, from, to, next, count, liveAtEntry: liveAtEntry.sort((a, b) => a - b) }
}
