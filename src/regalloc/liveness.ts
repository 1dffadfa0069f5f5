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
import { copyOf, int32s } from './scratch.ts'

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

// Two things about V8: what is done for each block is a function of its own, since a long loop is compiled while it
// runs, when nothing is known yet of what comes behind it; and words of bits are signed, since unsigned ones become
// floating-point numbers.

/** Which units cross blocks, as bit sets, one row of `words` a block. */
interface Crossing {
  readonly words: number
  /** Units by their dense number. */
  readonly units: readonly number[]
  readonly liveIn: Int32Array
  readonly liveOut: Int32Array
  /** How many references write. */
  readonly writes: number
}

/** What a walk over all references finds out about blocks. */
interface Walk {
  readonly references: References
  /** Of each unit, the first item that writes it in the block where it was last written. */
  readonly firstWrite: Int32Array
  /** Block in which a unit was last found exposed, counted from 1. */
  readonly exposedIn: Int32Array
  /** Dense number of each unit, counted from 1; 0 for those that do not cross. */
  readonly dense: Int32Array
  readonly units: number[]
  /** What blocks read before any write, each unit once a block, as pairs of block and unit. */
  readonly exposed: number[]
  /** What blocks write, likewise. */
  readonly written: Int32Array
  /** How many references write. */
  writes: number
}

function findCrossing(flow: Flow, references: References): Crossing {
  const { blockCount } = flow
  const { unitCount, refCount } = references
  const walk: Walk = {
    references,
    firstWrite: int32s(unitCount, -1),
    exposedIn: int32s(unitCount),
    dense: int32s(unitCount),
    units: [],
    exposed: [],
    written: int32s(2 * refCount),
    writes: 0,
  }
  let count = 0
  for (let block = 0; block < blockCount; block++) {
    count = lookAtBlock(walk, block, flow.start[block]!, flow.start[block + 1]!, count)
  }
  const { units, exposed, written } = walk
  const words = (units.length + 31) >>> 5
  const liveIn = bitsOf(walk, exposed, exposed.length, blockCount * words)
  const liveOut = int32s(blockCount * words)
  solve(flow, words, liveIn, liveOut, bitsOf(walk, written, count, blockCount * words))
  return { words, units, liveIn, liveOut, writes: walk.writes }
}

/** Finds what a block reads before any write, and what it writes. Takes and returns how much of `written` is full. */
function lookAtBlock(walk: Walk, block: number, begin: number, end: number, full: number): number {
  const { references, firstWrite, exposedIn, dense, units, exposed, written } = walk
  const { start, refs } = references
  let count = full
  let writes = 0
  for (let i = begin; i < end; i++) {
    const last = start[i + 1]!
    for (let r = start[i]!; r < last; r++) {
      const ref = refs[r]!
      const unit = ref >> REF_SHIFT
      const first = firstWrite[unit]!
      // What an instruction writes itself, it writes after all reads.
      if ((ref & READS) !== 0 && (first < begin || first === i) && exposedIn[unit] !== block + 1) {
        exposedIn[unit] = block + 1
        if (dense[unit] === 0) dense[unit] = units.push(unit)
        exposed.push(block, unit)
      }
      if ((ref & WRITES) === 0) continue
      writes++
      if (first >= begin) continue
      firstWrite[unit] = i
      written[count++] = block
      written[count++] = unit
    }
  }
  walk.writes += writes
  return count
}

/** Pairs of block and unit, of those units that cross, as bit sets of so many words. */
function bitsOf(
  { dense, units }: Walk,
  pairs: readonly number[] | Int32Array,
  length: number,
  size: number,
): Int32Array {
  const words = (units.length + 31) >>> 5
  const bits = int32s(size)
  for (let at = 0; at < length; at += 2) {
    const index = dense[pairs[at + 1]!]! - 1
    if (index >= 0) bits[pairs[at]! * words + (index >> 5)]! |= 1 << (index & 31)
  }
  return bits
}

/**
 * liveOut = ∪ liveIn of the successors; liveIn = exposed ∪ (liveOut − written). Backward until nothing changes.
 * liveIn holds what is exposed.
 */
function solve(
  flow: Flow,
  words: number,
  liveIn: Int32Array,
  liveOut: Int32Array,
  written: Int32Array,
): void {
  const exposed = copyOf(liveIn)
  // When each block was last looked at, and when what is live into it last changed, counted in looks.
  const lookedAt = int32s(flow.blockCount)
  const changedAt = int32s(flow.blockCount, 1)
  let now = 1
  for (let changed = true; changed; ) {
    changed = false
    for (let block = flow.blockCount - 1; block >= 0; block--) {
      const first = flow.successors[2 * block]!
      const second = flow.successors[2 * block + 1]!
      const a = first < 0 ? second : first
      const b = second < 0 ? first : second
      if (now > flow.blockCount && (a < 0 || Math.max(changedAt[a]!, changedAt[b]!) < lookedAt[block]!))
        continue
      lookedAt[block] = ++now
      if (!update(words, liveIn, liveOut, exposed, written, block, a, b)) continue
      changedAt[block] = now
      changed = true
    }
  }
}

/** The equations of a block with successors a and b, of which it may have one, twice, or none, −1. */
function update(
  words: number,
  liveIn: Int32Array,
  liveOut: Int32Array,
  exposed: Int32Array,
  written: Int32Array,
  block: number,
  a: number,
  b: number,
): boolean {
  let changed = false
  const end = (block + 1) * words
  let inA = a * words
  let inB = b * words
  for (let at = block * words; at < end; at++, inA++, inB++) {
    const out = a < 0 ? 0 : liveIn[inA]! | liveIn[inB]!
    const into = exposed[at]! | (out & ~written[at]!)
    liveOut[at] = out
    if (into === liveIn[at]) continue
    liveIn[at] = into
    changed = true
  }
  return changed
}

/** Ranges while they are built, upward, so that each list comes to be in ascending order. */
interface Building {
  readonly first: Int32Array
  readonly from: Int32Array
  readonly to: Int32Array
  readonly next: Int32Array
  /** Where the range that is being followed upward ends; 0 when the unit is not live. */
  readonly openTo: Int32Array
  /** The item in which a unit was last found read, going upward. */
  readonly readAt: Int32Array
  count: number
}

export function findLiveRanges(flow: Flow, references: References): LiveRanges {
  const { unitCount, start, refs } = references
  const crossing = findCrossing(flow, references)
  const { units, liveIn } = crossing
  const most = crossing.writes + countBeginnings(crossing)
  const building: Building = {
    first: int32s(unitCount, -1),
    from: int32s(most),
    to: int32s(most),
    next: int32s(most),
    openTo: int32s(unitCount),
    readAt: int32s(unitCount, -1),
    count: 0,
  }
  for (let block = flow.blockCount - 1; block >= 0; block--) {
    enterBlock(crossing, building, block, flow)
    const first = flow.start[block]!
    for (let i = flow.start[block + 1]! - 1; i >= first; i--) {
      followItem(building, refs, start[i]!, start[i + 1]!, i)
    }
  }
  const live = units.filter((_, index) => (liveIn[index >> 5]! & (1 << (index & 31))) !== 0)
  for (const unit of live) close(building, unit, 0, building.openTo[unit]!)
  const { first, from, to, next, count } = building
  return { first, from, to, next, count, liveAtEntry: live.sort((a, b) => a - b) }
}

/** How many ranges begin behind a block that they do not live out of, or with the function, rather than at a write. */
function countBeginnings({ words, liveIn, liveOut }: Crossing): number {
  let count = 0
  for (let at = 0; at < liveIn.length; at++) {
    let bits = at < words ? liveIn[at]! : liveIn[at]! & ~liveOut[at - words]!
    for (; bits !== 0; bits &= bits - 1) count++
  }
  return count
}

/** Records [begin, end), joining it with the range behind it. */
function close(building: Building, unit: number, begin: number, end: number): void {
  const { first, from } = building
  const head = first[unit]!
  if (head >= 0 && from[head]! <= end) {
    from[head] = begin
    return
  }
  const added = building.count++
  from[added] = begin
  building.to[added] = end
  building.next[added] = head
  first[unit] = added
}

const lowestBit = (bits: number): number => 31 - Math.clz32(bits & -bits)

/** From behind a block into it. What lives into the one behind and out of this one, mostly nearly all, lives on. */
function enterBlock(
  { words, units, liveIn, liveOut }: Crossing,
  building: Building,
  block: number,
  flow: Flow,
): void {
  const { openTo } = building
  const end = readPosition(flow.start[block + 1]!)
  const isLast = block + 1 === flow.blockCount
  for (let w = 0; w < words; w++) {
    const out = liveOut[block * words + w]!
    const behind = isLast ? 0 : liveIn[(block + 1) * words + w]!
    for (let bits = behind & ~out; bits !== 0; bits &= bits - 1) {
      const unit = units[32 * w + lowestBit(bits)]!
      close(building, unit, end, openTo[unit]!)
      openTo[unit] = 0
    }
    for (let bits = out & ~behind; bits !== 0; bits &= bits - 1) {
      openTo[units[32 * w + lowestBit(bits)]!] = end
    }
  }
}

/** Item i, whose references are those from `begin` up to `end`. */
function followItem(building: Building, refs: Int32Array, begin: number, end: number, i: number): void {
  const { openTo, readAt } = building
  const read = readPosition(i)
  for (let r = begin; r < end; r++) {
    const ref = refs[r]!
    const unit = ref >> REF_SHIFT
    const open = openTo[unit]!
    if ((ref & WRITES) === 0) {
      readAt[unit] = i
      if (open === 0) openTo[unit] = read + 1
    } else if ((ref & READS) !== 0) {
      readAt[unit] = i
      if (open === 0 || open === read + 1) openTo[unit] = read + 2
    } else {
      // What ends at read + 1 are the instruction's own reads; a result that nobody reads takes one position.
      const until = open === 0 || open === read + 1 ? read + 2 : open
      close(building, unit, (ref & EARLY) !== 0 ? read : read + 1, until)
      openTo[unit] = readAt[unit] === i ? read + 1 : 0
    }
  }
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
  const first = int32s(unitCount, -1)
  first.set(ranges.first)
  for (const unit of edit.gone) first[unit] = -1
  const from = int32s(ranges.count + added)
  const to = int32s(ranges.count + added)
  const next = int32s(ranges.count + added, -1)
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
