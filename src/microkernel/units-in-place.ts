/**
 * When units of B are made in registers from B's own lines, and what that takes.
 *
 * With one tile of rows every element of B is used once, so nothing is stored. With more, the first tile of rows leaves the units
 * that it has made in a panel for the others, as wide as a tile and all of k deep, which L1 or L2 holds. Measured on AVX2 and Zen 3,
 * percent of the rate with panels made beforehand, packed ahead and so: u8s8 64³ 94 and 99, 256³ 95 and 97, bf16 64³ 95 and
 * 99, 256³ 96 and 99; 8×1024² u8s8 48 and 71, bf16 52 and 85.
 *
 * A B beyond caches is read in few K-steps at a time through all columns, so that pages are read from end to end: 1×4096² in GB/s
 * of B, u8s8 (16 MB) 8 K-steps 8.5, all of them 2.4; packed beforehand 2.3, since words take twice the bytes. On Zen 3 the rows
 * that are read side by side are far apart (`comb`), each going on where the last one ended: neighbouring rows end, and begin
 * anew elsewhere, all at once, and prefetchers with them. Percent of the speed of reading alone, medians of 40 rounds, before
 * and after: bf16 72 and 95, f16 74 and 95. Bytes are not made words for this but multiplied by nibbles of A (machine.ts): on
 * Zen 3, from L1, 32 bytes of B in 2.0 cycles (s8s8, whose bytes are flipped, 2.6), as words 3.8. That hides behind memory up to some 30 GB/s, and
 * u8s8 and u8u8 then read as fast as reading alone; with all of B in L3 and neighbours quiet, 40 GB/s, they take 80 percent of
 * it and s8s8 70, by words 50, and neighbouring rows by words 40.
 */
import type { Product, UnitParts } from '../schedule/machine.ts'
import { PRODUCT_TYPES, STORAGE_BYTES } from '../schedule/product-type.ts'
import type { Packing } from './blocking.ts'
import type { CpuModel } from './cpu-model.ts'
import { type CompleteProblem, rowMajorView } from './problem.ts'
import type { RegisterTileSize, TileRegisters } from './register-tile.ts'
import { termsOf } from './terms.ts'

/** Why B cannot be read where it lies, as the end of a message; null where it can. */
export function reasonAgainst(problem: CompleteProblem, product: Product): string | null {
  const { n, k, ldRight, transRight } = rowMajorView(problem)
  if (transRight) return 'lines of B along n, not along k,'
  if (n === 'runtime' || k === 'runtime' || ldRight === 'runtime')
    return 'n, k and the leading dimension of B known when compiling'
  // They are summed up ahead, and what has been read then may as well be packed.
  if (termsOf(problem, product).right) return 'no zero point whose terms are sums of columns of B'
  return null
}

/** How B comes into units, where it can be read in place and tiles are so large. */
export function packingOf(problem: CompleteProblem, product: Product, tile: RegisterTileSize): Packing {
  const { m } = rowMajorView(problem)
  if (m === 'runtime' || reasonAgainst(problem, product) !== null) return 'ahead'
  if (m <= tile.m) return 'no'
  return product.kernel.elements === undefined ? 'on the way' : 'ahead'
}

const LINE_BYTES = 64

/** Elements of k that are walked at once through all columns: by one row, by one tile of rows, and by few tiles. */
const ROW_STEPS = 8
const TILE_STEPS = 16
const PANEL_STEPS = 128
/** Rows up to which a product waits for B to be brought in. */
const FEW_ROWS = 48

/** Blocks of k of a B beyond L2 that few rows read in place, null for all of k; undefined where the product is not of this kind. */
export function stepsOfFewRows(
  problem: CompleteProblem,
  cpu: CpuModel,
  packB: Packing,
): number | null | undefined {
  const { m, n, k, right } = rowMajorView(problem)
  if (m === 'runtime' || n === 'runtime' || k === 'runtime') return undefined
  const bytes = k * n * STORAGE_BYTES[PRODUCT_TYPES[problem.type][right]]
  if ((packB !== 'no' && packB !== 'on the way') || bytes <= cpu.l2.bytes || m > FEW_ROWS) return undefined
  const cut = (steps: number): number | null => (k <= steps ? null : steps)
  if (packB === 'on the way') return cut(PANEL_STEPS)
  if (bytes <= cpu.l3.bytes / 8) return null
  return cut(m === 1 ? ROW_STEPS : TILE_STEPS)
}

/**
 * How one row of A reads a B beyond L2: in as many places at once as memory serves best, each of which is a run of whole
 * rows, so that the prefetcher of each is never stopped by the end of a row. Null where the product is not of this kind.
 */
export function combOf(
  problem: CompleteProblem,
  product: Product,
  cpu: CpuModel,
  packB: Packing,
): CpuModel['farB']['comb'] {
  const { comb } = cpu.farB
  const { m, k, transLeft } = rowMajorView(problem)
  if (comb === null || m !== 1 || product.native || transLeft || packB !== 'no') return null
  const keepsSums = problem.out === PRODUCT_TYPES[problem.type].sum
  return keepsSums && stepsOfFewRows(problem, cpu, packB) !== undefined && (k as number) >= 2 * comb.teeth
    ? comb
    : null
}

/**
 * Bytes ahead that few rows ask for panels made beforehand, which lie beyond L2: one by one they are read from end to end, but
 * a tile's K-steps outrun prefetchers. Measured on Zen 3 in turn with 0, medians of 120 rounds of a busy machine, speed of
 * 8, 16 and 32×1024² against that without: bf16 1.34, 1.19, 1.21; u8s8 1.17, 1.24, 1.20.
 */
export function panelsAhead(
  problem: CompleteProblem,
  product: Product,
  cpu: CpuModel,
  packB: Packing,
): number {
  const { m, n, k } = rowMajorView(problem)
  if (packB !== 'beforehand' || m === 'runtime' || n === 'runtime' || k === 'runtime' || m > FEW_ROWS)
    return 0
  return (k / product.group) * n * product.unitBytes > cpu.l2.bytes ? cpu.farB.panelsAhead : 0
}

/** Vectors of columns of one row's tile: `width` bytes of a row of B, or as many lines as there are registers for. */
export function vectorsOfComb(
  problem: CompleteProblem,
  lanes: number,
  width: number | null,
  most: number,
): number {
  let vectors =
    (width ?? LINE_BYTES) / STORAGE_BYTES[PRODUCT_TYPES[problem.type][rowMajorView(problem).right]] / lanes
  while (vectors > most && vectors > 1) vectors /= 2
  return vectors
}

/** The parts of a product's right operand. */
const partsOfRight = (problem: CompleteProblem, { parts }: Product): UnitParts<never, never> => {
  const storage = PRODUCT_TYPES[problem.type][rowMajorView(problem).right]
  const own = parts?.[storage]
  if (own === undefined) throw new RangeError(`elements of ${storage} have no way into units`)
  return own as unknown as UnitParts<never, never>
}

/**
 * Vector registers that a tile takes besides its sums where it makes units of B itself: as many as making them takes at most,
 * beside those that are made already (rows ≥ vectors: all stay) or the rows of A (else).
 */
export function registersInPlace(
  problem: CompleteProblem,
  product: Product,
  isPartial: boolean,
): NonNullable<TileRegisters['besideSums']> {
  const { blocks = [], temporaries } = partsOfRight(problem, product)
  const single = {
    vectors: 1,
    registers: (product.group === 1 ? 1 : 2) + temporaries + (isPartial ? 1 : 0),
  }
  return (rows, vectors) => {
    let most = 0
    let widest = 1
    for (let made = 0; made < vectors; ) {
      const next = blocks.find((block) => made + block.vectors <= vectors) ?? single
      most = Math.max(most, (rows < vectors ? 0 : made) + next.registers)
      widest = Math.max(widest, next.vectors)
      made += next.vectors
    }
    // Then the operands' values, and what a multiply-add takes.
    return rows < vectors
      ? rows + Math.max(most, widest + product.temporaries)
      : Math.max(most, vectors + 1 + product.temporaries)
  }
}
