/**
 * Picks cache blocks and whether to pack B.
 *
 * The loops are, from outside in: blocks of n, of k, of m, then tiles of n, tiles of m, and k (BLIS's five
 * loops around the microkernel, with A's micropanels left in place: rows of A are read along k, one element
 * broadcast at a time, which needs no transposition).
 *
 * - **kc**: all of k in one pass while the panel of B that the inner loop re-reads (kc × nr) fits into half of
 *   L2. Every further pass costs a read and a write of C.
 * - **mc**: rows of A that are re-read for every panel of B: mc × kc in three quarters of L2.
 * - **nc**: columns of B that are packed at once and re-read for every block of A: kc × nc in a sixteenth of L3.
 *
 * Packing reads and writes B once more, which costs about 1 % when m is a thousand; it pays where B's own
 * layout is worse than that: where the panel's lines, ldb apart, fall into too few sets of L2 (powers of
 * two), or reach over more pages than the TLB holds.
 */
import { type CpuModel, linesHeld } from './cpu-model.ts'
import type { CompleteProblem } from './problem.ts'
import type { RegisterTileSize } from './register-tile.ts'

/** Block sizes in elements, null for a dimension that is not cut; and whether B is packed. */
export interface Blocking {
  readonly n: number | null
  readonly k: number | null
  readonly m: number | null
  readonly packB: boolean
}

const roundUp = (value: number, unit: number): number => Math.ceil(value / unit) * unit
const roundDown = (value: number, unit: number): number => Math.max(unit, Math.floor(value / unit) * unit)

/** Pages that a panel of B may lie in: with more, K-steps wait for address translation. */
const TLB_PAGES = 512
const PAGE_BYTES = 4096

export function chooseBlocking(
  problem: CompleteProblem,
  tile: RegisterTileSize,
  elementBytes: number,
  cpu: CpuModel,
  /** Whether B is to be packed, when that is decided already. */
  packing?: boolean,
): Blocking {
  const { m, n, k, ldb } = problem
  const open = Number.POSITIVE_INFINITY
  const size = { m: m === 'runtime' ? open : m, n: n === 'runtime' ? open : n, k: k === 'runtime' ? open : k }

  const kMost = roundDown(cpu.l2.bytes / 2 / (tile.n * elementBytes), 8)
  const kc = size.k <= kMost ? null : kMost
  const depth = Math.min(size.k, kMost)
  const mMost = roundDown((cpu.l2.bytes * 0.75) / (depth * elementBytes), tile.m)
  const nMost = roundDown(cpu.l3.bytes / 16 / (depth * elementBytes), tile.n)

  const packB = packing ?? packingPays(size, depth, ldb, tile, elementBytes, cpu)
  return {
    n: !packB || size.n <= nMost ? null : nMost,
    k: kc,
    m: size.m <= mMost ? null : mMost,
    packB,
  }
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
  const lines = depth * Math.ceil(run / cpu.l2.lineBytes)
  if (lines * cpu.l2.lineBytes <= cpu.l1.bytes / 2) return false
  const conflicts = lines > linesHeld(cpu.l2, stride, run)
  const pages = depth * Math.max(1, Math.min(stride / PAGE_BYTES, 1)) > TLB_PAGES
  return conflicts || pages
}

/** Bytes of workspace that one packed block of B takes. RangeError when that depends on a size given at the call. */
export function workspaceBytes(
  problem: CompleteProblem,
  blocking: Blocking,
  tile: RegisterTileSize,
  elementBytes: number,
): number {
  if (!blocking.packB) return 0
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
  return roundUp(bound('n'), tile.n) * bound('k') * elementBytes
}
