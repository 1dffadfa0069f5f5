/** Decides how many columns a narrower first tile has, so that the others begin on cache lines. */
import { evenTiles } from '../schedule/lower/tile-loop.ts'
import type { Machine } from '../schedule/machine.ts'
import { type Packing, SKINNY_TILES } from './blocking.ts'
import { type CpuModel, rowsInPlace } from './cpu-model.ts'
import type { RowMajorView } from './problem.ts'
import { type RegisterTileSize, rowsThatFit } from './register-tile.ts'

/** What the decision depends on. */
interface LeadQuestion {
  readonly view: RowMajorView
  readonly machine: Machine
  readonly tile: RegisterTileSize
  readonly elementBytes: number
  readonly cpu: CpuModel
  readonly block: Readonly<Record<'m' | 'n', number | null>>
  readonly packB: Packing
}

/** Where V8 puts the elements of a large typed array: this many bytes behind a cache line's begin (malloc's header). */
const ARRAY_OFFSET_BYTES = 16

/**
 * The columns given, or those that pay; 0 for none.
 * @throws RangeError when columns are given that this product cannot lead with.
 */
export function chooseLeadColumns(question: LeadQuestion, given: number | undefined): number {
  if (given === undefined) {
    const columns = columnsThatPay(question)
    return refusal(question, columns) === null ? columns : 0
  }
  if (given === 0) return 0
  const reason = refusal(question, given)
  if (reason !== null) throw new RangeError(`leadColumns needs ${reason}, given ${given}`)
  return given
}

/** What stands against that many columns of lead; null when nothing does. */
function refusal(
  { view, machine, tile, elementBytes, block, packB }: LeadQuestion,
  columns: number,
): string | null {
  if (!Number.isInteger(columns) || columns < 0) return 'a whole number of columns'
  if (columns === 0) return null
  const { m, n, k, transRight } = view
  if (m === 'runtime' || n === 'runtime' || k === 'runtime') return 'm, n and k known when compiling'
  if (transRight || block.n !== null || packB === 'ahead' || packB === 'beforehand' || packB === 'meanwhile')
    return 'a B that is neither transposed nor packed ahead, and n in one block'
  // Panels that stay lie as far apart as they have columns: the lead's would reach into the next.
  if (packB === 'on the way' && block.m !== null) return 'm in one block where B is packed on the way'
  if (columns >= n || columns > tile.n) return `fewer than ${Math.min(n, tile.n + 1)} columns`
  const lanes = machine.vectorBytes / elementBytes
  // Both the first tile and the last may end in a partial vector then, whose mask wants a register on some targets.
  const rest = n - columns
  const partial = [
    ...(columns % lanes === 0 ? [] : [Math.ceil(columns / lanes)]),
    ...(rest % lanes === 0
      ? []
      : evenTiles(Math.ceil(rest / lanes), tile.n / lanes)
          .slice(-1)
          .map(({ units }) => units)),
  ]
  const most = Math.min(...partial.map((vectors) => rowsThatFit(machine, vectors, true)))
  return tile.m > most ? `a tile of at most ${most} rows, beside a mask` : null
}

/**
 * A B that is read in place from beyond L2, a few times only, is read by whole lines when tiles begin on lines. How
 * far its rows begin behind one is not known when compiling, but nearly always the same; where it is not, the
 * kernel is only slower. Measured 8×1024×1024: 80 % of peak without, 87 with. On Zen 3 vectors that reach into two lines, and
 * lines that two tiles share, cost more, and with a lead that is only made where it fits arrays 16 bytes behind a line are as fast
 * as those on lines: 8×1024×1024 1.19 times the speed, 8×4096×4096 1.07 to 1.2, 16×4096×4096 1.29 (medians of ratios in turn).
 */
function columnsThatPay({ view, machine, tile, elementBytes, cpu, packB }: LeadQuestion): number {
  const { m, n, k, ldRight } = view
  const { rows } = cpu.farB
  if (m === 'runtime' || n === 'runtime' || k === 'runtime' || ldRight === 'runtime') return 0
  const line = cpu.l1.lineBytes
  // What is no lead at other places is no loss there; else, in short steps through all columns, it would cost once for each.
  if (cpu.farB.width !== null && !cpu.farB.leadsToLines) return 0
  const lanes = machine.vectorBytes / elementBytes
  if (!cpu.farB.leadsToLines && tile.m > rowsThatFit(machine, tile.n / lanes, true)) return 0
  if (rows !== null && (packB !== 'no' || m > rowsInPlace(rows, { n, k }, elementBytes, cpu))) return 0
  const streams = k * n * elementBytes > cpu.l2.bytes && m <= SKINNY_TILES * tile.m && n > 4 * tile.n
  return streams && (ldRight * elementBytes) % line === 0 ? (line - ARRAY_OFFSET_BYTES) / elementBytes : 0
}
