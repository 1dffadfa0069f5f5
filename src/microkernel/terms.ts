/** Where requantised products keep what zero points add to rows and columns, and the sums of the tile at hand. */
import { PRODUCT_TYPES } from '../schedule/product-type.ts'
import type { GemmPlan } from './plan.ts'
import { type CompleteProblem, rowMajorView } from './problem.ts'

const SUM_BYTES = 4
const LINE_BYTES = 64

const toLine = (bytes: number): number => Math.ceil(bytes / LINE_BYTES) * LINE_BYTES

/** Bytes of a register tile's sums. */
export const tileSumsBytes = ({ m, n }: GemmPlan['tile']): number => toLine(m * n * SUM_BYTES)

/** Which operand's lines are summed up: A's for B's zero point, B's for A's. */
export function termsOf(problem: CompleteProblem): Readonly<Record<'left' | 'right', boolean>> {
  const { requantise } = problem
  const { left } = rowMajorView(problem)
  if (requantise === null) return { left: false, right: false }
  const { zeroA, zeroB } = requantise
  return left === 'a' ? { left: zeroB, right: zeroA } : { left: zeroA, right: zeroB }
}

/** Whether panels made beforehand have the sums of their columns behind them, one s32 each, for kernels with a zero point of A. */
export const hasSumsBehindPanels = ({ type }: Pick<CompleteProblem, 'type'>): boolean =>
  PRODUCT_TYPES[type].sum === 's32'

/**
 * Places from `at` on, in bytes from the workspace's begin, for so many rows and columns; null for sums that are not
 * requantised. Left: a tile's sums, then the terms of rows.
 */
export function placeTerms(
  problem: CompleteProblem,
  tile: GemmPlan['tile'],
  at: number,
  bound: (dim: 'm' | 'n') => number,
): { readonly terms: Readonly<Record<'left' | 'right', number>> | null; readonly end: number } {
  if (problem.requantise === null) return { terms: null, end: at }
  const has = termsOf(problem)
  const bytes = (dim: 'm' | 'n', isThere: boolean): number => (isThere ? toLine(bound(dim) * SUM_BYTES) : 0)
  const left = toLine(at)
  const right = left + tileSumsBytes(tile) + bytes('m', has.left)
  return { terms: { left, right }, end: right + bytes('n', has.right) }
}
