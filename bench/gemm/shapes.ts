/** The shapes that are measured: single ones as words, and sets of them by name. */
import { readShape, UsageError } from '../../src/cli/arguments.ts'

/** A product's sizes, and how many distinct problems of them are computed in one go. */
export interface Shape {
  readonly m: number
  readonly n: number
  readonly k: number
  readonly batch: number
}

const cubes = (...sizes: readonly number[]): string[] => sizes.map((size) => `${size}x${size}x${size}`)

/** Sets by name. */
export const SHAPE_SETS: Readonly<Record<string, readonly string[]>> = {
  square: cubes(32, 48, 64, 96, 128, 192, 256, 384, 512, 768, 1024, 2048),
  tiny: [...cubes(8, 16, 32), '7x13x29'],
  ragged: ['7x13x29', '17x31x63', '100x100x100', '333x77x501'],
  skinny: ['8x1024x1024', '16x1024x1024', '32x1024x1024'],
  memory: ['1x4096x4096', '8x4096x4096', '16x4096x4096', '32x4096x4096'],
  layers: ['128x3072x768', '128x768x3072', '512x4096x1024'],
  batch: ['8x8x8*1000', '16x16x16*200', '16x16x16*1000'],
  peers: [
    ...cubes(8, 16, 32, 64, 128, 256, 512, 1024, 2048),
    '7x13x29',
    '17x31x63',
    '100x100x100',
    '333x77x501',
    '1x4096x4096',
    '8x1024x1024',
    '16x1024x1024',
    '32x1024x1024',
    '8x4096x4096',
    '16x4096x4096',
    '32x4096x4096',
    '128x3072x768',
    '128x768x3072',
    '512x4096x1024',
  ],
}

function readOne(word: string): Shape {
  const [sizes, count = '1', ...more] = word.split('*')
  const batch = Number(count)
  if (more.length > 0 || !Number.isSafeInteger(batch) || batch < 1) {
    throw new UsageError(
      `--shapes: expected m×n×k or m×n×k*count such as 64x64x64 or 8x8x8*1000; given '${word}'`,
    )
  }
  return { ...readShape(sizes), batch }
}

/** `64x64x64,8x8x8*1000,square`: shapes and names of sets. UsageError for anything else; doubles are dropped. */
export function readShapes(text: string): readonly Shape[] {
  const words = text.split(',').flatMap((word) => {
    const name = word.trim()
    if (Object.hasOwn(SHAPE_SETS, name)) return SHAPE_SETS[name]!
    if (/^[a-z]/.test(name)) {
      throw new UsageError(
        `--shapes: no set is called '${name}'; there are ${Object.keys(SHAPE_SETS).join(', ')}`,
      )
    }
    return [name]
  })
  const shapes = words.map(readOne)
  return [...new Map(shapes.map((shape) => [showShape(shape), shape])).values()]
}

/** `64×64×64` or `8×8×8 · 1000`. */
export function showShape({ m, n, k, batch }: Shape): string {
  return `${m}×${n}×${k}${batch === 1 ? '' : ` · ${batch}`}`
}

/** Operations of one problem: a multiplication and an addition for each element of A in each column of B. */
export function flopsOf({ m, n, k }: Shape): number {
  return 2 * m * n * k
}
