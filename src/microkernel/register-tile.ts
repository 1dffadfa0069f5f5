/**
 * Picks the register tile, by counting cycles.
 *
 * A tile of r rows and v vectors of columns needs r·v sums, the r broadcasts of A or the v vectors of B,
 * whichever are fewer, and one register through which the other streams (masks in vectors take one
 * more): r·v + min(r, v) + 1 ≤ registers.
 *
 * One K-step issues r·v multiply-adds and loads r elements of A and v vectors of B. Typed arrays begin at
 * any multiple of 16 bytes, so a vector of B in place crosses a cache line and loads twice. Each sum is a
 * chain, so a K-step cannot take less than a multiply-add's latency:
 *
 *     cycles(r, v) = max(r·v / fmaPerCycle, loads, fmaLatency, L2) + (loads + L2) / 20,  loads = (2v + r) / loadsPerCycle
 *
 * B's panel of k × v vectors is read again for every tile of rows. While it and the tile's rows of A fit
 * into L1, and into the sets of it that B's stride reaches, that costs nothing more (L2 = 0); beyond, it streams from L2, L2 = v vectors / l2BytesPerCycle.
 * Even hidden behind multiply-adds, loads and fills cost a little, since queues fill up: a twentieth of their
 * time, measured with 5×80, 6×64, 8×48 and 6×32 at k from 256 to 1024. A panel that is packed on Zen 3 is read in order, so
 * fills cost half of that: 320³ by 6×16 from L1 and 4×24 from L2 1.00 and 1.02, f64 by 6×8 and 4×12 1.00 and 1.13.
 *
 * A B beyond L2 comes from L3 the first time that a panel is read: then, for the first tile of rows, L3 takes the
 * place of L2. So skinny products want all their rows in one tile.
 *
 * On Zen 3 a tile costs some 27 cycles between its last K-step and the next tile's first, however its k loop is
 * unrolled, but none when it has exactly fmaPerCycle · fmaLatency sums, a chained tile: cycles of 24×16×32 (768 at the
 * peak) 875 by 6×16 and 770 by 4×16, and the same in f64. The likely cause is that with slack some sums run several
 * K-steps ahead, and the end waits for those that are behind. A chained tile has nothing in reserve for loads that come
 * late, so all of A and a panel of B must be in L1.
 *
 * A product m × n is cut evenly (see tile-loop.ts), so its time is the sum over its tiles of
 * k · cycles + overhead, where the overhead is what the k loop cannot hide: filling and draining the
 * chains, and the stores of r·v sums. Edges waste lanes; counting real tiles counts that too.
 */
import { evenTiles } from '../schedule/lower/tile-loop.ts'
import type { Machine } from '../schedule/machine.ts'
import { lanesOf } from '../schedule/machine.ts'
import type { Size } from '../schedule/tile-program.ts'
import { type CpuModel, linesHeld, rowsInPlace } from './cpu-model.ts'

/** Rows and columns of C that stay in registers. */
export interface RegisterTileSize {
  readonly m: number
  readonly n: number
}

/** What the choice depends on. */
export interface TileQuestion {
  readonly m: Size
  readonly n: Size
  readonly k: Size
  readonly elementBytes: number
  /** Bytes from one row of A to the next, when known. */
  readonly aStride: number | null
  /** Bytes from one row of B to the next, when known. */
  readonly bStride: number | null
  /** Whether B is sure to be read from panels: on cache lines, and one behind the other. */
  readonly isPacked?: boolean
  /** Vectors of columns, when something else has decided them. */
  readonly vectors?: number | undefined
}

/** Sizes left open are planned for as if they were this: large, and no multiple of anything. */
const TYPICAL = 1000

const PAGE_BYTES = 4096

/** A chained tile leaves no cycle in which to catch up with a load that came late. */
const NO_SLACK = 1.04

/** Whether what the first tile of rows reads of B comes from beyond L2. */
function comesFromFar(cpu: CpuModel, q: TileQuestion): boolean {
  const k = q.k === 'runtime' ? TYPICAL : q.k
  const columns = q.n === 'runtime' ? TYPICAL : q.n
  return k * columns * q.elementBytes > cpu.l2.bytes
}

function tileCycles(
  machine: Pick<Machine, 'vectorBytes'>,
  cpu: CpuModel,
  q: TileQuestion,
  rows: number,
  vectors: number,
  far: boolean,
): number {
  const k = q.k === 'runtime' ? TYPICAL : q.k
  const width = vectors * machine.vectorBytes
  // A streams past a panel that is packed.
  const panelBytes = k * (width + (q.isPacked ? 0 : rows * q.elementBytes))
  // B's lines, a stride apart, may fall into a few sets of L1 only.
  const held =
    q.bStride === null || q.isPacked ? Number.POSITIVE_INFINITY : linesHeld(cpu.l1, q.bStride, width)
  const inL1 = panelBytes <= cpu.l1.bytes * 0.8 && k * Math.ceil(width / cpu.l1.lineBytes) <= held
  const fromL2 = far ? width / cpu.l3BytesPerCycle : inL1 ? 0 : width / cpu.l2BytesPerCycle
  const loads = (rows + (q.isPacked ? 1 : 2) * vectors) / cpu.loadsPerCycle
  const step = Math.max((rows * vectors) / cpu.fmaPerCycle, loads, cpu.fmaLatency, fromL2)
  const slack = (rows + vectors) * cpu.dispatchShare[fromL2 === 0 ? 'inL1' : 'beyondL1']
  const isChained = rows * vectors === cpu.fmaPerCycle * cpu.fmaLatency && rows >= vectors
  const height = q.m === 'runtime' ? TYPICAL : q.m
  const nearA = k * (width + height * q.elementBytes) <= cpu.l1.bytes * 0.8
  if (isChained && inL1 && nearA && cpu.chainedOverhead !== null)
    return k * (step * NO_SLACK + loads / 20) + cpu.chainedOverhead
  return (
    k * (step + (loads + fromL2 / (q.isPacked ? 2 : 1)) / 20 + slack) +
    cpu.tileOverhead +
    (rows * vectors) / (2 * cpu.storesPerCycle)
  )
}

/** A machine, and what a tile takes besides its sums, if that is not the operand with fewer values and one register. */
export type TileRegisters = Pick<Machine, 'registers' | 'maskRegisters'> & {
  readonly besideSums?: (rows: number, vectors: number) => number
}

const ofOperands = (rows: number, vectors: number): number => Math.min(rows, vectors) + 1

/** Most rows that fit beside `vectors` vectors of columns; `masked`: the last of which may be partial. */
export function rowsThatFit(
  { registers, maskRegisters, besideSums = ofOperands }: TileRegisters,
  vectors: number,
  masked: boolean,
): number {
  const free = registers - (masked ? maskRegisters : 0)
  let rows = 0
  while ((rows + 1) * vectors + besideSums(rows + 1, vectors) <= free) rows++
  return rows
}

/**
 * Rows of A that can be walked side by side. From half a page apart every row is a page, and a stream for
 * the prefetcher, of its own; a multiple of a page apart they also share one set of L1, a third of
 * whose ways B needs. A stride given at the call is taken for a long one, unless the CPU says otherwise: on Zen 3 one kernel for
 * all sizes by 5×16 and 6×16 has 0.91 and 0.975 of the speed of those for the size at 1024³, 0.94 and 0.97 at 64³, 0.91
 * and 0.94 at 256³ (medians in turn, from JavaScript).
 */
function rowsWithin(cpu: CpuModel, aStride: number | null): number {
  if (aStride === null && cpu.rowsAtOpenStride !== null) return cpu.rowsAtOpenStride
  return aStride === null || aStride >= PAGE_BYTES / 2 ? (cpu.l1.ways * 2) / 3 : Number.POSITIVE_INFINITY
}

/** Cycles of the whole product, cut into tiles of at most `rows` rows and `vectors` vectors of columns. */
export function productCycles(
  machine: Machine,
  cpu: CpuModel,
  question: TileQuestion,
  rows: number,
  vectors: number,
): number {
  const m = question.m === 'runtime' ? TYPICAL : question.m
  const n = question.n === 'runtime' ? TYPICAL : question.n
  const columnVectors = Math.ceil(n / lanesOf(machine, question.elementBytes))
  const far = comesFromFar(cpu, question)
  const tiles = evenTiles(m, rows)
  let cycles = 0
  for (const across of evenTiles(columnVectors, vectors)) {
    for (const down of tiles) {
      cycles +=
        across.count * down.count * tileCycles(machine, cpu, question, down.units, across.units, false)
    }
    if (!far) continue
    const units = tiles[0]?.units ?? 0
    const again = tileCycles(machine, cpu, question, units, across.units, false)
    cycles += across.count * (tileCycles(machine, cpu, question, units, across.units, true) - again)
  }
  return cycles
}

/** The tile with the least total cycles; ties go to fewer vectors of columns, then to fewer rows. */
export function chooseRegisterTile(
  machine: Machine & TileRegisters,
  cpu: CpuModel,
  question: TileQuestion,
): RegisterTileSize {
  const lanes = lanesOf(machine, question.elementBytes)
  const m = question.m === 'runtime' ? TYPICAL : question.m
  const n = question.n === 'runtime' ? TYPICAL : question.n
  const columnVectors = Math.ceil(n / lanes)
  const masked = question.n === 'runtime' || question.n % lanes !== 0
  const streamed = streamedVectors(machine, cpu, question)
  const wanted = question.vectors ?? streamed
  const mostRows = streamed === undefined ? rowsWithin(cpu, question.aStride) : Number.POSITIVE_INFINITY
  let best: RegisterTileSize = { m: 1, n: lanes }
  let bestCycles = Number.POSITIVE_INFINITY
  for (let vectors = 1; rowsThatFit(machine, vectors, masked) >= 1; vectors++) {
    if (vectors > columnVectors && wanted === undefined) break
    if (wanted !== undefined && vectors !== wanted) continue
    const most = Math.min(rowsThatFit(machine, vectors, masked), m, mostRows)
    for (let rows = 1; rows <= most; rows++) {
      const cycles = productCycles(machine, cpu, question, rows, vectors)
      if (cycles < bestCycles) {
        bestCycles = cycles
        best = { m: rows, n: vectors * lanes }
      }
    }
  }
  return best
}

/**
 * Vectors of columns for few rows and a B beyond L2, where how B is read decides: whole pairs of lines, and not many,
 * since short pieces of several rows follow one another; fewer where that makes it one tile of rows. Measured on Zen 3, f32, medians: 1×4096×4096 by 1×112 7.4 % of
 * peak, by 1×32 8.5; 8×4096×4096 by 4×24 23.6, by 3×32 30.3.
 */
function streamedVectors(
  machine: Pick<Machine, 'vectorBytes' | 'registers' | 'maskRegisters'>,
  cpu: CpuModel,
  { m, n, k, elementBytes, bStride }: TileQuestion,
): number | undefined {
  const { farB, l2 } = cpu
  const { rows } = farB
  if (
    rows === null ||
    farB.width === null ||
    bStride === null ||
    m === 'runtime' ||
    n === 'runtime' ||
    k === 'runtime'
  )
    return undefined
  const bytes = k * n * elementBytes
  if (
    bytes <= l2.bytes ||
    m > rowsInPlace(rows, { n, k }, elementBytes, cpu) ||
    n * elementBytes < farB.width
  )
    return undefined
  const most = farB.width / machine.vectorBytes
  // One tile for all rows, if that leaves at least half as many.
  const masked = n % lanesOf(machine, elementBytes) !== 0
  let vectors = most
  while (vectors > most / 2 && rowsThatFit(machine, vectors, masked) < m) vectors--
  return rowsThatFit(machine, vectors, masked) < m ? most : vectors
}

/** Whether tiles ask early for what comes next: with one tile of rows there is nothing. */
export function prefetchingPays(cpu: CpuModel, m: Size, rows: number): boolean {
  return cpu.asksAhead && (m === 'runtime' || m > rows)
}
