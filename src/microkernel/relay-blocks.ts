/** Decides in which blocks rows of B are copied, each while the one before is multiplied (lower/relay-loop.ts). */
import { relayedRow, relayShare } from '../schedule/lower/relay-loop.ts'
import type { Machine } from '../schedule/machine.ts'
import { type Blocking, isFar } from './blocking.ts'
import { type CpuModel, rowsInPlace } from './cpu-model.ts'
import type { RowMajorView } from './problem.ts'
import type { RegisterTileSize } from './register-tile.ts'

interface RelayQuestion {
  readonly view: RowMajorView
  readonly machine: Machine
  readonly tile: RegisterTileSize
  readonly unroll: number
  readonly elementBytes: number
  readonly cpu: CpuModel
}

/** Blocks as they are wanted, in bytes of a row of A and of a row of B; where nothing else is known, what Zen 3 likes. */
const USUAL = { stepBytes: 512, rowBytes: 1024 }
/** How much shorter or longer than wanted blocks may be. */
const LEEWAY = 2
/** What of L2 two blocks may take. */
const SHARE_OF_L2 = 0.6

/** What stands against such blocks; null when nothing does. */
function refusal(
  { view, machine, tile, unroll, elementBytes }: RelayQuestion,
  block: Pick<Blocking, 'n' | 'k' | 'm'>,
): string | null {
  const { m, n, k, ldRight, transRight } = view
  if ([m, n, k, ldRight].includes('runtime') || transRight)
    return 'm, n, k and the leading dimension of B known, and a B whose rows lie along n'
  const [rows, columns, steps] = [m as number, block.n ?? (n as number), block.k]
  const lanes = machine.vectorBytes / elementBytes
  if (block.m !== null || steps === null || (k as number) % steps !== 0 || (n as number) % columns !== 0)
    return 'm in one block, and blocks of k and n of equal length'
  if (columns === 0 || columns % lanes !== 0) return `whole vectors of ${lanes} columns`
  const share = { m: rows, row: columns / lanes, steps, unroll }
  return relayShare({ ...share, tile: { m: tile.m, vectors: tile.n / lanes } }) === null
    ? 'tiles enough in a block to copy the next one'
    : null
}

/** RangeError where blocks are asked for that cannot be copied so. */
export function refuseRelay(question: RelayQuestion, block: Pick<Blocking, 'n' | 'k' | 'm'>): void {
  const reason = refusal(question, block)
  if (reason !== null) throw new RangeError(`packB 'meanwhile' needs ${reason}`)
}

/** Divisors of `extent` that are multiples of `unit`, no further from `wanted` than the leeway. */
function divisors(extent: number, unit: number, wanted: number): number[] {
  const found: number[] = []
  const first = Math.ceil(wanted / LEEWAY / unit) * unit
  for (let size = first; size <= Math.min(extent, wanted * LEEWAY); size += unit)
    if (extent % size === 0) found.push(size)
  return found
}

/** The blocks nearest to those wanted; null when there are none. */
export function relayBlocks(question: RelayQuestion): Blocking | null {
  const { view, machine, unroll, elementBytes, cpu } = question
  const { n, k } = view
  if (typeof n !== 'number' || typeof k !== 'number') return null
  const { stepBytes, rowBytes } = cpu.farB.relay ?? USUAL
  const wanted = { k: stepBytes / elementBytes, n: rowBytes / elementBytes }
  let best: Blocking | null = null
  let least = Number.POSITIVE_INFINITY
  for (const steps of divisors(k, unroll, wanted.k)) {
    for (const columns of divisors(n, machine.vectorBytes / elementBytes, wanted.n)) {
      const distance = Math.abs(Math.log(steps / wanted.k)) + Math.abs(Math.log(columns / wanted.n))
      const block = { n: columns === n ? null : columns, k: steps, m: null }
      const bytes = 2 * steps * relayedRow(columns * elementBytes)
      if (distance >= least || bytes > cpu.l2.bytes * SHARE_OF_L2 || refusal(question, block) !== null)
        continue
      best = { ...block, packB: 'meanwhile' }
      least = distance
    }
  }
  return best
}

/** Fewer blocks of B than these, or a B of fewer times a block of A, do not earn the first block, which is copied in a pass of its own. */
const LEAST_BLOCKS = 16
const TIMES_A = 32

/**
 * Whether a B that lies beyond L2 comes so: for some rows, since each element is then multiplied long enough for the next
 * one to arrive from memory, while what copying takes matters, and C, which passes once for all blocks of the same steps, is no
 * burden. Measured on Zen 3, arrays 16 bytes behind a line, speed against panels made ahead or on the way (CPU time, medians of
 * ratios in turn): f32 16×256×4096 1.04, 32×512×512 0.97, 32×1024×1024 1.06, 80×1024×1024 1.04, 24×4096×4096 1.18,
 * 32×4096×4096 1.15, 64×4096×4096 1.08, 128×4096×4096 0.98, 128×3072×768 1.05, 128×768×3072 1.02, 256×1024×1024 0.93; f64
 * 32×4096×4096 1.13, 48×4096×4096 1.09, 64×4096×4096 0.97, 128×3072×768 0.78, 128×768×3072 1.08, 128×512×512 0.92.
 */
export function relayingPays({ view, elementBytes, cpu }: RelayQuestion): boolean {
  const { m, n, k, transRight } = view
  const { relay } = cpu.farB
  if (relay === null || transRight || m === 'runtime' || n === 'runtime' || k === 'runtime') return false
  const { rows, timesL2, stepBytes, rowBytes } = relay
  const bytes = k * n * elementBytes
  return (
    m <= rows &&
    (cpu.farB.rows === null || m > rowsInPlace(cpu.farB.rows, { n, k }, elementBytes, cpu)) &&
    m * n * elementBytes <= timesL2 * cpu.l2.bytes &&
    bytes >= (LEAST_BLOCKS * stepBytes * rowBytes) / elementBytes &&
    bytes > TIMES_A * m * stepBytes &&
    isFar({ n, k }, elementBytes, cpu)
  )
}
