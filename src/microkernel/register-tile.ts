/**
 * Picks the register tile, by counting cycles.
 *
 * A tile of r rows and v vectors of columns needs r·v sums, the r broadcasts of A or the v vectors of B,
 * whichever are fewer, and one register through which the other streams (masks in vectors take one
 * more): r·v + min(r, v) + 1 ≤ registers.
 *
 * One K-step issues r·v multiply-adds and v + r loads (a lone vector takes its broadcasts inside the
 * multiply-adds: still r loads). Each sum is a chain, so a K-step cannot take less than a
 * multiply-add's latency:
 *
 *     cycles(r, v) = max(r·v / fmaPerCycle, (v + r) / loadsPerCycle, fmaLatency, bytes from L2 / its speed)
 *
 * B's panel of k × v vectors is read again for every tile of rows. While it and the tile's rows of A fit
 * into L1 that costs nothing more; beyond, it streams from L2 at v vectors a K-step.
 *
 * A product m × n is cut evenly (see tile-loop.ts), so its time is the sum over its tiles of
 * k · cycles + overhead, where the overhead is what the k loop cannot hide: filling and draining the
 * chains, and the stores of r·v sums. Edges waste lanes; counting real tiles counts that too.
 */
import { evenTiles } from '../schedule/lower/tile-loop.ts'
import type { Machine } from '../schedule/machine.ts'
import { lanesOf } from '../schedule/machine.ts'
import type { Size } from '../schedule/tile-program.ts'
import type { CpuModel } from './cpu-model.ts'

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
}

/** Sizes left open are planned for as if they were this: large, and no multiple of anything. */
const TYPICAL = 1000

/** Cycles that a tile costs besides its K-steps: loop entry and exit, and chains that start empty. */
const TILE_OVERHEAD = 10

function tileCycles(
  machine: Pick<Machine, 'vectorBytes'>,
  cpu: CpuModel,
  q: TileQuestion,
  rows: number,
  vectors: number,
): number {
  const k = q.k === 'runtime' ? TYPICAL : q.k
  const panelBytes = k * (vectors * machine.vectorBytes + rows * q.elementBytes)
  const fromL2 = panelBytes > cpu.l1.bytes * 0.8 ? (vectors * machine.vectorBytes) / cpu.l2BytesPerCycle : 0
  const step = Math.max(
    (rows * vectors) / cpu.fmaPerCycle,
    (rows + vectors) / cpu.loadsPerCycle,
    cpu.fmaLatency,
    fromL2,
  )
  return k * step + TILE_OVERHEAD + (rows * vectors) / (2 * cpu.storesPerCycle)
}

/** Most rows that fit beside `vectors` vectors of columns. */
export function rowsThatFit(machine: Pick<Machine, 'registers' | 'maskRegisters'>, vectors: number): number {
  const free = machine.registers - machine.maskRegisters - 1
  let rows = 0
  while ((rows + 1) * vectors + Math.min(rows + 1, vectors) <= free) rows++
  return rows
}

/** The tile with the least total cycles; ties go to fewer vectors of columns, then to fewer rows. */
export function chooseRegisterTile(
  machine: Machine,
  cpu: CpuModel,
  question: TileQuestion,
): RegisterTileSize {
  const lanes = lanesOf(machine, question.elementBytes)
  const m = question.m === 'runtime' ? TYPICAL : question.m
  const n = question.n === 'runtime' ? TYPICAL : question.n
  const columnVectors = Math.ceil(n / lanes)
  // Rows of A that lie a multiple of 4 KiB apart share one set of L1: more of them than ways, less those
  // that B's vectors want, evict one another.
  const aliased = question.aStride !== null && question.aStride % 4096 === 0
  const mostRows = aliased ? Math.floor((cpu.l1.ways * 2) / 3) : Number.POSITIVE_INFINITY
  let best: RegisterTileSize = { m: 1, n: lanes }
  let bestCycles = Number.POSITIVE_INFINITY
  for (let vectors = 1; rowsThatFit(machine, vectors) >= 1; vectors++) {
    if (vectors > columnVectors) break
    const most = Math.min(rowsThatFit(machine, vectors), m, mostRows)
    for (let rows = 1; rows <= most; rows++) {
      let cycles = 0
      for (const across of evenTiles(columnVectors, vectors)) {
        for (const down of evenTiles(m, rows)) {
          cycles += across.count * down.count * tileCycles(machine, cpu, question, down.units, across.units)
        }
      }
      if (cycles < bestCycles) {
        bestCycles = cycles
        best = { m: rows, n: vectors * lanes }
      }
    }
  }
  return best
}
