/**
 * Makes finds small: of an instruction simpler operands, of bytes fewer and more zeros, as long as the fault stays.
 *
 * Greedy: of all changes of one thing the first that still fails is taken, until none does. Every change goes one way,
 * so there is an end.
 */
import { Mem, type Operand } from '../src/encoder/operands.ts'
import { Reg, type RegKind } from '../src/encoder/registers.ts'
import type { Sample } from './encode.ts'

/** Which of the samples fail as the find does. */
export type Failing = (samples: readonly Sample[]) => Promise<readonly boolean[]> | readonly boolean[]

/** Numbers nearer to 0, the nearest first, so that a limit is found in few steps. */
function lowerNumbers(value: number): number[] {
  if (value === 0) return []
  if (!Number.isInteger(value)) return [0]
  const size = Math.abs(value)
  const lower = [0]
  for (let step = 2 ** Math.floor(Math.log2(size)); step >= 1; step /= 2) {
    if (step < size) lower.push(Math.sign(value) * (size - step))
  }
  return lower
}

function lowerBigints(value: bigint): Operand[] {
  const size = value < 0n ? -value : value
  const lower: bigint[] = [0n]
  for (let bit = BigInt(size.toString(2).length - 1); bit >= 0n; bit--) {
    const step = 1n << bit
    if (step < size) lower.push(value < 0n ? step - size : size - step)
  }
  const plain = size < 2n ** 53n ? [Number(value)] : []
  return [...plain, ...(value === 0n ? [] : lower)]
}

/** Of ah, ch, dh and bh the numbers begin at 4. */
const lowestNumber = (kind: RegKind): number => (kind === 'r8h' ? 4 : 0)

function lowerRegisters(reg: Reg): Reg[] {
  const { id, kind, opmask, rounding, zeroing } = reg
  const lowest = lowestNumber(kind)
  return lowerNumbers(id - lowest).map((lower) => new Reg(kind, lowest + lower, opmask, zeroing, rounding))
}

/** The masks that are simpler: none, and those of lower numbers, but for k0, which is none. */
function simplerMasks(opmask: Reg<'k'> | null): (Reg<'k'> | null)[] {
  return opmask === null ? [] : [null, ...(lowerRegisters(opmask) as Reg<'k'>[]).filter(({ id }) => id > 0)]
}

function simplerRegisters(reg: Reg): Reg[] {
  const { id, kind, opmask, rounding, zeroing } = reg
  const without: Reg[] = []
  if (rounding !== null) without.push(new Reg(kind, id, opmask, zeroing, null))
  if (zeroing) without.push(new Reg(kind, id, opmask, false, rounding))
  for (const mask of simplerMasks(opmask)) without.push(new Reg(kind, id, mask, zeroing, rounding))
  return [...without, ...lowerRegisters(reg)]
}

const RAX = new Reg('r64', 0, null, false, null)

function simplerMemory(mem: Mem): Mem[] {
  const changed = (change: Partial<Mem>): Mem => {
    const all = { ...mem, ...change }
    const { base, disp, index, isBroadcast, label, offset, opmask, repeats, scale, segment, width } = all
    return new Mem(width, base, index, scale, disp, label, isBroadcast, opmask, repeats, segment, offset)
  }
  const { base, disp, index, label, offset, opmask, repeats, scale, segment } = mem
  const simpler: Mem[] = []
  if (segment !== null) simpler.push(changed({ segment: null }))
  for (const mask of simplerMasks(opmask)) simpler.push(changed({ opmask: mask }))
  if (mem.isBroadcast) simpler.push(changed({ isBroadcast: false, repeats: 0 }))
  if (repeats !== 0) simpler.push(changed({ repeats: 0 }))
  if (label !== null) simpler.push(changed({ label: null, base: RAX }))
  if (index !== null) {
    simpler.push(changed({ index: null, scale: 1, base: base ?? RAX }))
    if (scale !== 1) simpler.push(changed({ scale: 1 }))
  }
  if (base?.kind === 'r32' || index?.kind === 'r32') {
    const wide = (reg: Reg | null) => (reg === null ? null : new Reg('r64', reg.id, null, false, null))
    simpler.push(changed({ base: wide(base), index: wide(index) }))
  }
  if (base === null && index === null && label === null && offset === null)
    simpler.push(changed({ base: RAX }))
  for (const lower of lowerNumbers(disp)) simpler.push(changed({ disp: lower }))
  if (base !== null) for (const lower of lowerRegisters(base)) simpler.push(changed({ base: lower }))
  if (index !== null) for (const lower of lowerRegisters(index)) simpler.push(changed({ index: lower }))
  if (offset !== null) {
    for (const lower of lowerBigints(offset))
      if (typeof lower === 'bigint') simpler.push(changed({ offset: lower }))
  }
  return simpler
}

/** The operand with one thing made simpler, in every way there is, what is simplest first. */
export function simplerOperands(operand: Operand): Operand[] {
  if (operand instanceof Reg) return simplerRegisters(operand)
  if (operand instanceof Mem) return simplerMemory(operand)
  if (typeof operand === 'number') return lowerNumbers(operand)
  return typeof operand === 'bigint' ? lowerBigints(operand) : []
}

function simplerSamples([form, operands]: Sample): Sample[] {
  return operands.flatMap((operand, index) =>
    simplerOperands(operand).map((simpler): Sample => [form, operands.with(index, simpler)]),
  )
}

/** More steps than any instruction has bits to clear. */
const MOST_STEPS = 200

/** The find with operands as simple as the fault allows. */
export async function shrinkSample(find: Sample, failing: Failing): Promise<Sample> {
  let best = find
  for (let step = 0; step < MOST_STEPS; step++) {
    const candidates = simplerSamples(best)
    const fails = await failing(candidates)
    const at = fails.indexOf(true)
    if (at < 0) break
    best = candidates[at]!
  }
  return best
}

/** Bytes at the start that can be prefixes. */
const MOST_PREFIXES = 4

/** Bytes of the same length of which as many as possible are left out, from the front, or cleared, while `fails` holds. */
export function shrinkBytes(bytes: Uint8Array, fails: (bytes: Uint8Array) => boolean): Uint8Array {
  let best = bytes.slice()
  // Prefixes first: whatever of the leading bytes can be left out.
  for (let at = 0, removed = 0; at < MOST_PREFIXES && removed < bytes.length; ) {
    const without = new Uint8Array(best.length)
    without.set(best.subarray(0, at))
    without.set(best.subarray(at + 1), at)
    if (!fails(without)) at++
    else {
      best = without
      removed++
    }
  }
  for (let at = 0; at < best.length; at++) {
    const cleared = best.slice()
    cleared[at] = 0
    if (fails(cleared)) best = cleared
  }
  return best
}
