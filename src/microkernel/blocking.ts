/**
 * Picks cache blocks and whether to pack B.
 *
 * The loops are, from outside in: blocks of n, of k, of m, then tiles of n, tiles of m, and k (BLIS's five
 * loops around the microkernel, with A's micropanels left in place: rows of A are read along k, one element
 * broadcast at a time, which needs no transposition).
 *
 * - **kc**: all of k in one pass while the panel of B that the inner loop re-reads (kc × nr) fits into half of
 *   L2. Every further pass costs a read and a write of C.
 * - **mc**: all rows when m × kc of A takes up to half of L2, or up to twice L2 beside a panel of B that L1 holds: then
 *   one panel is made, used up and replaced by the next, while A streams past it. Measured on AVX2 and Zen 3, in blocks
 *   of rows and without: f64 256³ 77 and 86 %, f32 512³ 83 and 84 (medians of a busy machine 58 and 68). Otherwise
 *   the rows of A that are re-read for every panel of B: mc × kc in `blockOfL2`, three quarters of L2, and no more than 192: by then B's panels are re-read once in 192 rows,
 *   and larger blocks only crowd L2. On Zen 3 half of that is better: f64 512³ 1.02 times the
 *   speed, 768³ 1.02, 1024³ 1.03, f32 1.00 to 1.01 (medians of ratios in turn).
 * - **nc**: columns of B whose panels are re-read for every block of A: kc × nc in an eighth of L3, and no more
 *   than 384 for the same reason.
 *
 * A transposed A is packed once for every block of columns, in pieces of lines that are far apart. On Zen 3 that took an
 * eighth of the time with blocks of 384 columns; so there blocks of B are wide, and shallow enough for its panels to be near
 * and blocks of A small. Speed against blocks as for an A in place, medians of ratios in turn: f32 768³ 1.08, 1024³ 1.05,
 * 1536³ 1.2, f64 1.05, 1.12, 1.14; 512³ and below no difference.
 *
 * Packing on the way (pack.ts) costs only stores, which multiply-adds leave free. It pays where B's own layout is
 * worse than that: where the panel's lines, ldb apart, fall into too few sets of L2 (powers of two), or lie in more
 * pages than the first-level TLB and its neighbours serve at once. Measured, percent of peak in place and packed:
 * 256³ 98.2 and 97.4; 384³ 97.1 and 97.3; 512³ 90–97 and 97.5; 768³ 95 and 97.8; 1024³ 67 and 97.4. A panel that L1
 * could hold, were it not for the sets that its lines fall into, is packed too when its rows are narrower than two
 * lines, which leaves prefetchers nothing to follow: on AVX2 and Zen 3 f32 128³ 89 and 95, 192³ 84 and 97, 256³ 88 and
 * 95; f64 128³ 77 and 96, 192³ 79 and 93, 256³ 47 and 86.
 *
 * Where B lies beyond L2, the order in which it is read decides as well, and how much differs between CPUs: `farB`. On
 * Zen 3, whose L3 others share, 64 MB of B read eight rows at a time from end to end come at 16 GB/s, in columns of 128
 * bytes at 6. So panels are made in a pass of their own, along the rows of many at once, and few rows read B in place
 * eight K-steps at a time. Medians, in turn, before these rules and their tiles, and with them: 8×4096×4096 23 and
 * 33 % of peak, 32×4096×4096 36 and 47, 1×1024×1024 20 and 25, 4×1024×1024 24 and 37, 128×768×3072 63 and 78.
 *
 * Up to some hundred rows, small panels pay beyond that, since the next block of B can be asked for while this one is
 * multiplied, a few lines in every iteration over k: memory is busy all the time then. And where rows of A are a power
 * of two apart, those of one block of k claim the same few sets of L1, and are gone when the next tile wants them, unless
 * they are brought together first (left-operand.ts). Speed against that without either, median of the ratios in turn on a
 * machine busy with other work: 8×4096×4096 1.3, 16×4096×4096 1.2, 32×4096×4096 1.2, 64×4096×4096 1.1, 64×1024×1024
 * 1.03, 128×768×3072 1.05; 128×3072×768 lost, and keeps its panels of all of k.
 * Where rows of B are copied meanwhile (relay-blocks.ts) no panels are made; and with tiles that begin on lines (lead-columns.ts)
 * B is read in place for more rows than before: 10×1024×1024 1.5 times the speed, 16×2000×2000 1.5, 16×1024×1024 1.01, f64 1.34,
 * 20×4096×4096 1.24, but 16×256×4096 0.8.
 */
import { relayedRow } from '../schedule/lower/relay-loop.ts'
import { type CpuModel, linesHeld, rowsInPlace } from './cpu-model.ts'
import type { RowMajorView } from './problem.ts'
import type { RegisterTileSize } from './register-tile.ts'

/**
 * B in place; copied by the first tile of rows of each panel; copied in a pass of its own; its rows copied block by block, each
 * while the one before is multiplied; or packed by the caller, once.
 */
export type Packing = 'no' | 'on the way' | 'ahead' | 'meanwhile' | 'beforehand'

/** K-steps that block boundaries are multiples of. */
export const K_UNIT = 8

/** Block sizes in elements, null for a dimension that is not cut; and whether B is packed. */
export interface Blocking {
  readonly n: number | null
  readonly k: number | null
  readonly m: number | null
  readonly packB: Packing
}

const roundUp = (value: number, unit: number): number => Math.ceil(value / unit) * unit
const roundDown = (value: number, unit: number): number => Math.max(unit, Math.floor(value / unit) * unit)

/** Beyond these, larger blocks bring nothing (see above). */
const MOST_ROWS = 192
const MOST_COLUMNS = 384
/** Pages that a panel of B may lie in, in entries of the first-level TLB: with more, K-steps wait for address translation. */
const TLB_SHARE = 2
const PAGE_BYTES = 4096
/** What a panel whose rows begin anywhere may take of the lines that L1 holds: A's rows and C want some too. */
const SPREAD_SHARE = 0.75

export function chooseBlocking(
  problem: RowMajorView,
  tile: RegisterTileSize,
  elementBytes: number,
  cpu: CpuModel,
  /** Whether B is to be packed, when that is decided already. */
  packing?: Packing,
  /** Whether A is packed, once for every block of columns. */
  packsA = false,
): Blocking {
  const { m, n, k, ldRight, transRight } = problem
  const open = Number.POSITIVE_INFINITY
  const size = { m: m === 'runtime' ? open : m, n: n === 'runtime' ? open : n, k: k === 'runtime' ? open : k }
  const skinny = packing === undefined && !transRight ? skinnyBlocking(size, tile, elementBytes, cpu) : null
  if (skinny !== null) return skinny

  const deepest = deepestPanel(tile, elementBytes, cpu)
  const { block } = cpu.packsA
  const shallow = block === null ? deepest : shallowPanel(block, tile, elementBytes, cpu)
  // Where k is shorter, the blocks for an A in place are as good.
  const ofPackedA = packsA && packing !== 'beforehand' && size.k > shallow ? block : null
  const kMost = ofPackedA === null ? deepest : shallow
  // Panels made beforehand hold all of k, and all of n.
  const kc = size.k <= kMost || packing === 'beforehand' ? null : kMost
  // Blocks are cut evenly, so they may be shorter than they could be.
  const even = size.k === open ? kMost : Math.ceil(size.k / Math.ceil(size.k / kMost))
  const depth = kc === null ? size.k : even
  const panelInL1 = depth * tile.n * elementBytes <= cpu.l1.bytes
  const streamsA = size.m * depth * elementBytes <= cpu.l2.bytes * (panelInL1 ? 2 : 0.5)
  const { columns, blockOfL2 } = ofPackedA ?? { columns: MOST_COLUMNS, blockOfL2: cpu.blockOfL2 }
  const mMost = roundDown(Math.min(MOST_ROWS, (cpu.l2.bytes * blockOfL2) / (depth * elementBytes)), tile.m)
  const nMost = roundDown(Math.min(columns, cpu.l3.bytes / 8 / (depth * elementBytes)), tile.n)

  // Columns of a transposed B must be brought side by side before they can be loaded as vectors.
  const transposedPacking = transRight ? 'ahead' : undefined
  const packB =
    (packing === 'beforehand' ? packing : transposedPacking) ??
    packing ??
    (packsWherever(problem, elementBytes, cpu) || packingPays(size, depth, ldRight, tile, elementBytes, cpu)
      ? isFar(size, elementBytes, cpu) && cpu.farB.packsAhead
        ? 'ahead'
        : 'on the way'
      : 'no')
  if (packB === 'no' && kc === null) return { n: null, k: null, m: null, packB }
  return {
    n: packB === 'no' || packB === 'beforehand' || size.n <= nMost ? null : nMost,
    k: kc,
    m: size.m <= mMost || (packB === 'on the way' && streamsA) ? null : mMost,
    packB,
  }
}

/** Tiles of rows up to which a product is bound by bringing B in rather than by multiplying. */
export const SKINNY_TILES = 8
/** Tiles of rows for which B is read in place. */
const TILES_IN_PLACE = 2
/** K-steps that are walked at once for one row, whose sums and rows of B then fit into L1 together. */
const VECTOR_STEPS = 8

/**
 * Few rows and a B beyond L2: every element of B is used once or a few times, so the order in which memory is read
 * decides. From L3, panels read down their columns are fine (all of k when there is one tile of rows; else
 * packed on the way, 256 steps at a time, so that panel and tiles stay in L1 and L2). From DRAM, rows of B
 * must be read along: few K-steps at a time through all columns, with C's few rows staying in L2, until there
 * are rows enough to earn panels back. Null when the product is not of this kind.
 */
function skinnyBlocking(
  size: { readonly m: number; readonly n: number; readonly k: number },
  tile: RegisterTileSize,
  elementBytes: number,
  cpu: CpuModel,
): Blocking | null {
  const bytes = size.k * size.n * elementBytes
  const tiles = Math.ceil(size.m / tile.m)
  const { rows } = cpu.farB
  const isSkinny =
    rows === null ? tiles <= SKINNY_TILES : size.m <= rowsOfSmallPanels(rows, size.k, tile, elementBytes, cpu)
  if (!isSkinny || !isFar(size, elementBytes, cpu)) return null
  const cut = (steps: number): number | null => (size.k <= steps ? null : steps)
  if (bytes <= cpu.l3.bytes / 2 && !cpu.farB.l3AsMemory) {
    return tiles === 1
      ? { n: null, k: null, m: null, packB: 'no' }
      : { n: null, k: cut(256), m: null, packB: 'on the way' }
  }
  const { steps, panelSteps, panelBytes, packsAhead } = cpu.farB
  const inPlace =
    rows === null ? tiles <= TILES_IN_PLACE : size.m <= rowsInPlace(rows, size, elementBytes, cpu)
  if (inPlace) return { n: null, k: cut(size.m === 1 ? VECTOR_STEPS : steps), m: null, packB: 'no' }
  const columns = panelBytes === null ? size.n : roundDown(panelBytes / elementBytes, tile.n)
  const n = size.n <= columns ? null : columns
  return { n, k: cut(panelSteps), m: null, packB: packsAhead ? 'ahead' : 'on the way' }
}

/** Rows up to which panels are small: some more where k must be cut anyway. */
const rowsOfSmallPanels = (
  { panels }: NonNullable<CpuModel['farB']['rows']>,
  k: number,
  tile: RegisterTileSize,
  elementBytes: number,
  cpu: CpuModel,
): number => (k > deepestPanel(tile, elementBytes, cpu) ? (panels * 4) / 3 : panels)

/** K-steps of a panel of B beside a block of a packed A. */
const shallowPanel = (
  { panelOfL1 }: NonNullable<CpuModel['packsA']['block']>,
  tile: RegisterTileSize,
  elementBytes: number,
  cpu: CpuModel,
): number => roundDown((cpu.l1.bytes * panelOfL1) / (tile.n * elementBytes), K_UNIT)

/** K-steps of a panel of B that takes half of L2. */
const deepestPanel = (tile: RegisterTileSize, elementBytes: number, cpu: CpuModel): number =>
  roundDown(cpu.l2.bytes / 2 / (tile.n * elementBytes), K_UNIT)

/** Whether there is a next block of B that can be asked for. */
export const canAskForB = (
  { m, n, k, transRight, ldRight }: RowMajorView,
  { packB, k: steps }: Blocking,
): boolean => steps !== null && ![m, n, k, ldRight].includes('runtime') && !transRight && packB === 'ahead'

/** Whether the next block of B is asked for while this one is multiplied: it must find room in L2 beside it. */
export function askingForBPays(
  view: RowMajorView,
  block: Blocking,
  elementBytes: number,
  cpu: CpuModel,
): boolean {
  if (!cpu.farB.asksAhead || !canAskForB(view, block)) return false
  const [n, k] = [view.n as number, view.k as number]
  return (
    (block.n ?? n) * (block.k ?? k) * elementBytes <= cpu.l2.bytes * 0.6 && isFar({ n, k }, elementBytes, cpu)
  )
}

/** Whether B lies beyond L2. */
export function isFar(
  { n, k }: { readonly n: number; readonly k: number },
  elementBytes: number,
  cpu: CpuModel,
): boolean {
  const bytes = k * n * elementBytes
  return Number.isFinite(bytes) && bytes > cpu.l2.bytes
}

/**
 * Whether B is packed on the way, however its lines lie. Measured on Zen 3 with arrays that begin 16 bytes behind a line, in place
 * and packed, by 4×24 (f64 4×12): 104³ 1.01 and 1.10, 144³ 0.96 and 1.08, 208³ 0.97 and 1.14, f64 96³ 1.06 and 1.09, 208³ 0.96
 * and 1.18 (speed against 6×16 and 6×8 in place, medians in turn); with arrays on lines packing costs one percent or two.
 */
export function packsWherever(
  { m, n, k }: Pick<RowMajorView, 'm' | 'n' | 'k'>,
  elementBytes: number,
  { packsB, l1 }: CpuModel,
): boolean {
  if (packsB === null || m === 'runtime' || n === 'runtime' || k === 'runtime') return false
  return m >= packsB.rows && k * n * elementBytes > packsB.timesL1 * l1.bytes
}

function packingPays(
  size: { readonly m: number; readonly n: number },
  depth: number,
  ldb: number | 'runtime',
  tile: RegisterTileSize,
  elementBytes: number,
  cpu: CpuModel,
): boolean {
  // With few tiles of rows the copy is never earned back.
  if (size.m <= 4 * tile.m) return false
  if (ldb === 'runtime') return depth * tile.n * elementBytes > cpu.l1.bytes
  const run = tile.n * elementBytes
  const stride = ldb * elementBytes
  // Rows that begin anywhere in a line reach into one more, nearly always.
  const isAligned = stride % cpu.l2.lineBytes === 0
  const lines = depth * Math.ceil(run / cpu.l2.lineBytes + (isAligned ? 0 : 0.75))
  const pages = depth * Math.min(stride / PAGE_BYTES, 1)
  const isNarrow = run < 2 * cpu.l1.lineBytes && depth * run <= cpu.l1.bytes
  if (isNarrow && lines > linesHeld(cpu.l1, stride, run) * (isAligned ? 1 : SPREAD_SHARE)) return true
  if (lines * cpu.l2.lineBytes <= cpu.l1.bytes / 2) return false
  const conflicts = lines > linesHeld(cpu.l2, stride, run)
  return conflicts || pages > TLB_SHARE * cpu.tlbEntries
}

/** Bytes of workspace that one packed block of B takes. RangeError when that depends on a size given at the call. */
export function workspaceBytes(
  problem: Pick<RowMajorView, 'n' | 'k'>,
  blocking: Blocking,
  tile: RegisterTileSize,
  elementBytes: number,
): number {
  if (blocking.packB === 'no' || blocking.packB === 'beforehand') return 0
  const bound = (dim: 'n' | 'k'): number => {
    const most = Math.min(
      blocking[dim] ?? Number.POSITIVE_INFINITY,
      problem[dim] === 'runtime' ? Number.POSITIVE_INFINITY : problem[dim],
    )
    if (most === Number.POSITIVE_INFINITY) {
      throw new RangeError(
        `block.${dim} must be a number when B is packed and ${dim} is given at the call; given null`,
      )
    }
    return most
  }
  if (blocking.packB === 'meanwhile') return 2 * bound('k') * relayedRow(bound('n') * elementBytes)
  // Packed on the way without blocks of m, a panel is used up before the next one takes its place.
  const columns =
    blocking.packB === 'on the way' && blocking.m === null ? tile.n : roundUp(bound('n'), tile.n)
  return columns * bound('k') * elementBytes
}
