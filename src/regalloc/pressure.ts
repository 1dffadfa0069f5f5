/** Pressure: how many values want a register at once against how many there are; and the error that says so. */
import { type Draft, unitName } from './draft.ts'
import { AllocationError } from './errors.ts'
import type { Flow } from './flow.ts'
import type { LiveRanges } from './liveness.ts'
import { printItem } from './print.ts'
import type { References } from './references.ts'
import { int32s } from './scratch.ts'
import { hotLoopAt } from './spill-cost.ts'
import { BANK, BANK_NAMES, BANK_SIZE, FIRST_VIRTUAL_UNIT } from './units.ts'

/** How many registers of a bank the function's units may be given. */
export function capacityOf(references: References, bank: number): number {
  let union = 0
  for (let unit = FIRST_VIRTUAL_UNIT; unit < references.unitCount; unit++) {
    if (references.bank[unit] === bank) union |= references.allowed[unit]!
  }
  let count = 0
  for (; union !== 0; union &= union - 1) count++
  return count
}

/** The most units of a bank that hold a register at one position; physical ones in use count. */
export function highestPressure(
  draft: Draft,
  references: References,
  ranges: LiveRanges,
  bank: number,
  positions: number,
): number {
  const change = int32s(positions + 1)
  for (let unit = 0; unit < references.unitCount; unit++) {
    if (references.bank[unit] !== bank || draft.spilled.has(unit)) continue
    for (let r = ranges.first[unit]!; r >= 0; r = ranges.next[r]!) {
      change[ranges.from[r]!]!++
      change[ranges.to[r]!]!--
    }
  }
  let now = 0
  let most = 0
  for (let position = 0; position < positions; position++) {
    now += change[position]!
    if (now > most) most = now
  }
  return most
}

/** Units of a bank that hold a register at a position, ascending. */
function liveAt(
  draft: Draft,
  references: References,
  ranges: LiveRanges,
  bank: number,
  position: number,
): number[] {
  const live: number[] = []
  for (let unit = 0; unit < references.unitCount; unit++) {
    if (references.bank[unit] !== bank || draft.spilled.has(unit)) continue
    for (let r = ranges.first[unit]!; r >= 0; r = ranges.next[r]!) {
      if (ranges.from[r]! <= position && position < ranges.to[r]!) live.push(unit)
    }
  }
  return live
}

/** The error for a unit that gets no register and may not be spilled, nor anything in its place. */
export function noRegistersLeft(
  draft: Draft,
  flow: Flow,
  references: References,
  ranges: LiveRanges,
  unit: number,
): AllocationError {
  const bank = references.bank[unit]!
  const capacity = capacityOf(references, bank)
  // The tightest place within the unit's ranges; in a hot loop, if it is too tight there.
  let tightest = -1
  let most = -1
  let live: readonly number[] = []
  for (let r = ranges.first[unit]!; r >= 0; r = ranges.next[r]!) {
    for (let position = ranges.from[r]!; position < ranges.to[r]!; position++) {
      const here = liveAt(draft, references, ranges, bank, position)
      const counts = here.length > capacity && hotLoopAt(flow.loops, position >> 1) !== undefined
      const tightness = here.length + (counts ? references.unitCount : 0)
      if (tightness <= most) continue
      most = tightness
      live = here
      tightest = position
    }
  }
  const at = tightest >> 1
  const item = draft.body[at]!
  const hot = hotLoopAt(flow.loops, at)
  const word = BANK_NAMES[bank as 0]
  const names = live.map((each) => unitName(draft, each))
  const place = `${hot === undefined ? '' : `in hot loop '${hot.name}', `}at item ${draft.origins[at]} (${printItem(item, draft)})`
  const pressure = `${live.length} ${word} values are live there and ${capacity} registers exist`
  const restricted =
    bank === BANK.vector && capacity < BANK_SIZE[BANK.vector]
      ? '; registers 16–31 would need CPU features that nothing else in the function needs'
      : ''
  const packing =
    live.length <= capacity
      ? '; physical operands or operands that only some registers can be stand in the way'
      : ''
  const remedy = hot === undefined ? '' : '; nothing may be spilled in a hot loop'
  return new AllocationError(
    draft.source.name,
    `no ${word} register is left for ${unitName(draft, unit)} ${place}: ${pressure}${restricted}${packing}${remedy}. Live: ${names.join(', ')}`,
    names,
  )
}
