/** Lowers a register tile of one vector of columns whose K-steps go in pairs (see primitives/pair-steps.ts). */
import type { V } from '../../regalloc/function.ts'
import type { Recorder } from '../../regalloc/recorder.ts'
import type { PairedSteps } from '../machine.ts'
import type { MaskKind, VectorKind } from '../operand-kinds.ts'
import { addressable, isKnown, type Quantity } from '../quantity.ts'
import { ScheduleError } from '../tile-program.ts'
import { Lines } from './addresses.ts'
import type { Environment, Lowering, PairIndices } from './environment.ts'
import { lowerEpilogue } from './epilogue.ts'

/**
 * The two halves of interleaved columns: vector h of a pair of rows holds columns h·lanes/2 … in its element
 * pairs. With at most lanes/2 columns there is only the first.
 */
export function lowerPairedTile<K extends VectorKind, M extends MaskKind>(
  cx: Lowering<K, M>,
  env: Environment<M>,
): void {
  const { f, machine, kernel, program, lanes, elementBytes, indices } = cx
  const pairs = kernel.pairs
  const { k } = env.extents
  const { rows, vectors, mask, lastLanes } = env.tile
  if (pairs === undefined || indices === null || !isKnown(k) || !isKnown(lastLanes) || vectors !== 1) {
    throw new ScheduleError(`${program.name}: pairs of K-steps need one vector of columns, and k and n known`)
  }
  const halves = lastLanes <= lanes / 2 ? 1 : 2
  const sums = Array.from({ length: rows }, (_, i) =>
    Array.from({ length: halves }, (_, h) => f.reg(machine.vector, `c${i}.${h}`)),
  )
  for (const sum of sums.flat()) kernel.zero(f, sum)

  const { A, B, C } = env.cursors
  const lines = (name: 'A' | 'B' | 'C', stride: Quantity, count: number): Lines =>
    new Lines(f, name, env.cursors[name], addressable(f, stride, count, `${name}.stride`), count, false)
  const a = lines('A', A.strides.m as Quantity, rows)
  const b = lines('B', B.strides.k as Quantity, k)
  const row = (step: number): V<K> => {
    const to = f.reg(machine.vector, 'row')
    if (mask === null) kernel.load(f, to, b.at(step, 0))
    else kernel.loadMasked(f, to, b.at(step, 0), mask)
    return to
  }
  // Lines of half a vector that follow one another are loaded and stored two at a time.
  const lineBytes = (lanes / 2) * elementBytes
  const adjoining = (stride: Quantity): boolean => lastLanes === lanes / 2 && stride === lineBytes
  const twoRows = (step: number): readonly V<K>[] => {
    if (adjoining(B.strides.k as Quantity)) {
      const both = f.reg(machine.vector, 'rows')
      kernel.load(f, both, b.at(step, 0))
      return [pairs.permute(f, indices.halves, both)]
    }
    const [first, second] = [row(step), row(step + 1)]
    return indices.interleave.slice(0, halves).map((index) => pairs.pick(f, index, first, second))
  }
  for (let step = 0; step + 1 < k; step += 2) {
    const columns = twoRows(step)
    for (const [i, halvesOfRow] of sums.entries()) {
      const element = f.reg(machine.vector, `a${i}`)
      pairs.broadcast(f, element, a.at(i, step * elementBytes))
      for (const [h, sum] of halvesOfRow.entries()) kernel.multiplyAdd(f, sum, element, columns[h]!)
    }
  }
  if (k % 2 === 1) {
    // The last step alone, in the even elements; the odd ones would be multiplied by what is not there.
    const evens = pairs.evens(f)
    const last = row(k - 1)
    const columns = indices.interleave.slice(0, halves).map((index) => pairs.pick(f, index, last, last))
    for (const [i, halvesOfRow] of sums.entries()) {
      const element = f.reg(machine.vector, `a${i}`)
      kernel.broadcast(f, element, a.at(i, (k - 1) * elementBytes))
      for (const [h, sum] of halvesOfRow.entries()) {
        pairs.multiplyAddMasked(f, sum, element, columns[h]!, evens)
      }
    }
  }
  // Even and odd steps together, columns back in order: from both halves of a row, or from two rows at once.
  const total = (low: V<K>, high: V<K>): V<K> => {
    const to = f.reg(machine.vector, 'total')
    kernel.add(f, to, pairs.pick(f, indices.evens, low, high), pairs.pick(f, indices.odds, low, high))
    return to
  }
  const cStride = C.strides.m as Quantity
  if (halves === 2) {
    const totals = sums.map(([low, high]) => [total(low!, high!)])
    lowerEpilogue(cx, env, totals, lines('C', cStride, rows))
    return
  }
  const flat = sums.flat()
  const twos = flat.filter((_, i) => i % 2 === 0).map((sum, i) => total(sum, flat[2 * i + 1] ?? sum))
  if (adjoining(cStride) && rows % 2 === 0) {
    const whole = { ...env, tile: { ...env.tile, mask: null } }
    const totals = twos.map((two) => [two])
    lowerEpilogue(cx, whole, totals, lines('C', 2 * lineBytes, rows / 2))
    return
  }
  const totals = flat.map((_, i) => [i % 2 === 0 ? twos[i / 2]! : pairs.upper(f, twos[(i - 1) / 2]!)])
  lowerEpilogue(cx, env, totals, lines('C', cStride, rows))
}

/** The index vectors of a function. */
export function makePairIndices<K extends VectorKind, M extends MaskKind>(
  f: Recorder,
  pairs: PairedSteps<K, M>,
  lanes: number,
): PairIndices<K> {
  const indices = (index: (i: number) => number): V<K> =>
    pairs.indices(
      f,
      Array.from({ length: lanes }, (_, i) => index(i)),
    )
  return {
    interleave: [0, 1].map((half) => indices((i) => (half * lanes) / 2 + (i >> 1) + (i % 2) * lanes)),
    halves: indices((i) => (i >> 1) + ((i % 2) * lanes) / 2),
    evens: indices((i) => 2 * i),
    odds: indices((i) => 2 * i + 1),
  }
}
