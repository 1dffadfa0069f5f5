/** Where products of integers keep what zero points and flipped bytes add to rows and columns, and requantised ones a tile's sums. */
import type { Product } from '../schedule/machine.ts'
import { PRODUCT_TYPES } from '../schedule/product-type.ts'
import type { GemmPlan } from './plan.ts'
import { type CompleteProblem, rowMajorView } from './problem.ts'

const SUM_BYTES = 4
const LINE_BYTES = 64

const toLine = (bytes: number): number => Math.ceil(bytes / LINE_BYTES) * LINE_BYTES

/** Bytes of a register tile's sums, where they pass through memory. */
export const tileSumsBytes = ({
  problem: { requantise },
  tile: { m, n },
}: Pick<GemmPlan, 'problem' | 'tile'>): number => (requantise === null ? 0 : toLine(m * n * SUM_BYTES))

/** Whether a product keeps terms, or sums, in the workspace. */
export const hasTerms = (
  { requantise }: CompleteProblem,
  { flipsRight = false }: Pick<Product, 'flipsRight'>,
): boolean => requantise !== null || flipsRight

/** Which operand's lines are summed up: A's for B's zero point, B's for A's; the left one's where the right one is flipped. */
export function termsOf(
  problem: CompleteProblem,
  { flipsRight = false }: Pick<Product, 'flipsRight'>,
): Readonly<Record<'left' | 'right', boolean>> {
  const { requantise } = problem
  const { left } = rowMajorView(problem)
  const { zeroA = false, zeroB = false } = requantise ?? {}
  const has = left === 'a' ? { left: zeroB, right: zeroA } : { left: zeroA, right: zeroB }
  return { ...has, left: has.left || flipsRight }
}

/** Whether panels made beforehand have the sums of their columns behind them, one s32 each, for kernels with a zero point of A. */
export const hasSumsBehindPanels = ({ type }: Pick<CompleteProblem, 'type'>): boolean =>
  PRODUCT_TYPES[type].sum === 's32'

/**
 * Places from `at` on, in bytes from the workspace's begin, for so many rows and columns; null where there are
 * none. Left: a tile's sums, then the terms of rows.
 */
export function placeTerms(
  problem: CompleteProblem,
  product: Pick<Product, 'flipsRight'>,
  tile: GemmPlan['tile'],
  at: number,
  bound: (dim: 'm' | 'n') => number,
): { readonly terms: Readonly<Record<'left' | 'right', number>> | null; readonly end: number } {
  if (!hasTerms(problem, product)) return { terms: null, end: at }
  const has = termsOf(problem, product)
  const bytes = (dim: 'm' | 'n', isThere: boolean): number => (isThere ? toLine(bound(dim) * SUM_BYTES) : 0)
  const left = toLine(at)
  const right = left + tileSumsBytes({ problem, tile }) + bytes('m', has.left)
  return { terms: { left, right }, end: right + bytes('n', has.right) }
}
