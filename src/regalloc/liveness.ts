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
import type { Edit } from './draft.ts'
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
  readonly units: readonly number[]
  /** Read in the block before any write. */
  readonly exposed: Uint32Array
  readonly written: Uint32Array
  readonly liveIn: Uint32Array
  readonly liveOut: Uint32Array
  /** How many references write. */
  readonly writes: number

  constructor(flow: Flow, references: References) {
    const { blockCount, start: blockStart } = flow
    const { unitCount, start, refs } = references
    /** Block in which a unit was last written, counted from 1. */
    const writtenIn = new Int32Array(unitCount)
    /** Dense number of each unit, counted from 1; 0 for those that do not cross. */
    const dense = new Int32Array(unitCount)
    const units: number[] = []
    for (let block = 0; block < blockCount; block++) {
      const end = blockStart[block + 1]!
      for (let i = blockStart[block]!; i < end; i++) {
        const last = start[i + 1]!
        for (let r = start[i]!; r < last; r++) {
          const unit = refs[r]! >> REF_SHIFT
          if ((refs[r]! & READS) === 0 || writtenIn[unit] === block + 1 || dense[unit] !== 0) continue
          dense[unit] = units.push(unit)
        }
        for (let r = start[i]!; r < last; r++) {
          if ((refs[r]! & WRITES) !== 0) writtenIn[refs[r]! >> REF_SHIFT] = block + 1
        }
      }
    }
    this.units = units
    this.words = (units.length + 31) >>> 5
    this.exposed = new Uint32Array(blockCount * this.words)
    this.written = new Uint32Array(blockCount * this.words)
    this.liveOut = new Uint32Array(blockCount * this.words)
    this.writes = this.#findExposed(flow, references, dense)
    this.liveIn = this.exposed.slice()
    this.#solve(flow)
  }

  /** Fills `exposed` and `written`; returns how many references write. */
  #findExposed(flow: Flow, { start, refs }: References, dense: Int32Array): number {
    const { exposed, written, words } = this
    let writes = 0
    for (let block = 0; block < flow.blockCount; block++) {
      const row = block * words
      const end = flow.start[block + 1]!
      for (let i = flow.start[block]!; i < end; i++) {
        const last = start[i + 1]!
        for (let r = start[i]!; r < last; r++) {
          const index = dense[refs[r]! >> REF_SHIFT]! - 1
          if (index < 0 || (refs[r]! & READS) === 0) continue
          const bit = 1 << (index & 31)
          if ((written[row + (index >> 5)]! & bit) === 0) exposed[row + (index >> 5)]! |= bit
        }
        for (let r = start[i]!; r < last; r++) {
          if ((refs[r]! & WRITES) === 0) continue
          writes++
          const index = dense[refs[r]! >> REF_SHIFT]! - 1
          if (index >= 0) written[row + (index >> 5)]! |= 1 << (index & 31)
        }
      }
    }
    return writes
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
  // Every range begins at a write or with a block.
  const most = cross.writes + countBits(liveIn)
  const from = new Int32Array(most)
  const to = new Int32Array(most)
  const next = new Int32Array(most)
  const first = new Int32Array(unitCount).fill(-1)
  /** Where the range that is being followed upward ends; 0 when the unit is not live. */
  const openTo = new Int32Array(unitCount)
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
  const liveAtEntry = units.filter((_, index) => (liveIn[index >> 5]! & (1 << (index & 31))) !== 0)
  return { first, from, to, next, count, liveAtEntry: liveAtEntry.sort((a, b) => a - b) }
}

function countBits(words: Uint32Array): number {
  let count = 0
  for (let w = 0; w < words.length; w++) for (let bits = words[w]!; bits !== 0; bits &= bits - 1) count++
  return count
}

/**
 * The live ranges of a draft that spilling has made, given those of the draft before it: registers live as long as
 * before, where added code has moved that to; added registers for one instruction. A slot is taken for as
 * long as its register would have been, which is never shorter than need be.
 */
export function carryRanges(ranges: LiveRanges, references: References, edit: Edit): LiveRanges {
  const { first: itemFirst, own, before } = edit
  const { start, refs, unitCount } = references
  const added = unitCount - ranges.first.length
  const first = new Int32Array(unitCount).fill(-1)
  first.set(ranges.first)
  for (const unit of edit.gone) first[unit] = -1
  const from = new Int32Array(ranges.count + added)
  const to = new Int32Array(ranges.count + added)
  const next = new Int32Array(ranges.count + added).fill(-1)
  next.set(ranges.next.subarray(0, ranges.count))
  const moved = (position: number): number =>
    (position & 1) === 0 ? readPosition(itemFirst[position >> 1]!) : writePosition(own[position >> 1]!)
  for (let r = 0; r < ranges.count; r++) {
    from[r] = moved(ranges.from[r]!)
    to[r] = moved(ranges.to[r]!)
  }
  let count = ranges.count
  for (let i = 0; i < before.length; i++) {
    const end = itemFirst[i + 1]!
    if (end - itemFirst[i]! <= 1) continue
    for (let at = itemFirst[i]!; at < end; at++) {
      for (let r = start[at]!; r < start[at + 1]!; r++) {
        const ref = refs[r]!
        const unit = ref >> REF_SHIFT
        if (unit < ranges.first.length) continue
        if (first[unit]! < 0) {
          first[unit] = count
          from[count++] = (ref & EARLY) !== 0 ? readPosition(at) : writePosition(at)
        }
        to[first[unit]!] = (ref & WRITES) !== 0 ? readPosition(at + 1) : writePosition(at)
      }
    }
  }
  return { first, from, to, next, count, liveAtEntry: ranges.liveAtEntry }
}
