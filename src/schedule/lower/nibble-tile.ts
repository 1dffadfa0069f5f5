/** Lowers one row of C from bytes of B as they are and nibbles of A (machine.ts, NibbleSteps). */
import { mem } from '../../encoder/operands.ts'
import type { V } from '../../regalloc/function.ts'
import type { NibbleSteps } from '../machine.ts'
import type { Address, MaskKind, VectorKind } from '../operand-kinds.ts'
import { STORAGE_BYTES } from '../product-type.ts'
import { isKnown, type Quantity } from '../quantity.ts'
import { type RegisterTile, ScheduleError } from '../tile-program.ts'
import { Lines } from './addresses.ts'
import type { Environment, Lowering } from './environment.ts'
import { canGoOn, lowerEpilogue } from './epilogue.ts'

const LINE_BYTES = 64
/** Where nibbles lie behind one staged row: the upper ones, the lower ones, and what flipped bytes of B add to the upper sums. */
const LOWER = 16
const TERM = 32
const PAIR_BYTES = 4

/** How bytes are multiplied: which operand is unsigned, and whether B must be made so. */
function signsOf<K extends VectorKind, M extends MaskKind>({
  storage: { A, B },
}: Lowering<K, M>): {
  readonly isSigned: boolean
  readonly isFlipped: boolean
  readonly isUnsigned: boolean
} {
  const isFlipped = A === 's8' && B === 's8'
  return { isSigned: A === 's8', isFlipped, isUnsigned: B === 'u8' || isFlipped }
}

function stepsOf<K extends VectorKind, M extends MaskKind>(
  { product, program }: Lowering<K, M>,
  { extents: { k }, kRest }: Environment<M>,
): { readonly nibbles: NibbleSteps<K>; readonly elements: number; readonly at: number } {
  const { nibbles, group } = product
  const elements = isKnown(k) && isKnown(kRest) ? k * group - (kRest === 0 ? 0 : group - kRest) : Number.NaN
  if (nibbles === undefined || !isKnown(k) || !(elements <= nibbles.steps))
    throw new ScheduleError(`${program.name}: nibbles need a target that has them, and few elements of k`)
  return { nibbles, elements, at: k * PAIR_BYTES + LINE_BYTES }
}

/** Leaves the nibbles of A's row behind where it is staged at `base`. */
export function stageNibbles<K extends VectorKind, M extends MaskKind>(
  cx: Lowering<K, M>,
  env: Environment<M>,
  base: V<'r64'>,
): void {
  const { A } = env.cursors
  const { nibbles, elements, at } = stepsOf(cx, env)
  const { step } = A
  if (step === undefined || !isKnown(step))
    throw new ScheduleError(`${cx.program.name}: nibbles need A along k`)
  const element = (index: number): Address => mem(A.base, A.offset + index * step)
  nibbles.stage(cx.f, { element, count: elements, ...signsOf(cx) }, mem(base, at))
}

/** Whether a tile has columns for it: whole vectors, as many as are made at once. */
export const takesNibbles = <K extends VectorKind, M extends MaskKind>(
  { product }: Lowering<K, M>,
  { tile: { rows, vectors, mask } }: Environment<M>,
): boolean => rows === 1 && mask === null && vectors % (product.nibbles?.vectors ?? 1) === 0

export function lowerNibbleTile<K extends VectorKind, M extends MaskKind>(
  cx: Lowering<K, M>,
  { readsAhead }: RegisterTile,
  env: Environment<M>,
): void {
  const { f, kernel, lanes, machine, storage } = cx
  const { A, B, C } = env.cursors
  const { vectors } = env.tile
  const { nibbles, elements, at } = stepsOf(cx, env)
  const { isFlipped, isUnsigned } = signsOf(cx)
  const b = new Lines(f, 'B', B, B.step as Quantity, elements, false)
  const groupBytes = nibbles.vectors * lanes * STORAGE_BYTES[storage.B]
  const groups = vectors / nibbles.vectors
  const staged = (offset: number): V<K> => {
    const to = f.reg(machine.vector, 'a')
    kernel.broadcast(f, to, mem(A.base, A.offset + at + offset))
    return to
  }
  const halves = (name: string): V<K>[][] =>
    Array.from({ length: groups }, () => [0, 1].map((half) => f.reg(machine.vector, `${name}${half}`)))
  const flip = isFlipped ? nibbles.flip(f) : null
  const sums = { high: halves('high'), low: halves('low') }
  if (isFlipped) {
    const term = mem(A.base, A.offset + at + TERM)
    for (const sum of sums.high.flat()) kernel.broadcast(f, sum, term)
  }
  for (let line = 0; line < elements; line += 2) {
    const high = staged((line / 2) * PAIR_BYTES)
    const low = staged(LOWER + (line / 2) * PAIR_BYTES)
    for (const own of [line, line + 1]) {
      if (readsAhead === 0 || own >= elements) continue
      for (let ahead = 0; ahead < groups * groupBytes; ahead += LINE_BYTES)
        f.prefetcht0(b.at(own, ahead + readsAhead).sized(8))
    }
    for (let group = 0; group < groups; group++) {
      const from = (own: number): Address => b.at(own, group * groupBytes)
      const units = nibbles.units(f, from(line), line + 1 < elements ? from(line + 1) : null, flip)
      for (const [half, unit] of units.entries()) {
        for (const [part, a] of [
          ['high', high],
          ['low', low],
        ] as const) {
          const sum = sums[part][group]![half]!
          if (line === 0 && !(isFlipped && part === 'high')) {
            nibbles.multiply(f, sum, a, unit, isUnsigned)
            continue
          }
          const products = f.reg(machine.vector, 'products')
          nibbles.multiply(f, products, a, unit, isUnsigned)
          nibbles.add(f, sum, sum, products)
        }
      }
    }
  }
  const row = sums.low.flatMap((low, group) => nibbles.widen(f, low, sums.high[group]!))
  const c = new Lines(f, 'C', C, 0, 1, false)
  if (!canGoOn(cx, env)) {
    lowerEpilogue(cx, env, [row], c)
    return
  }
  for (const [j, sum] of row.entries()) nibbles.addSums(f, sum, c.at(0, j * machine.vectorBytes))
  lowerEpilogue(cx, { ...env, beta: 0 }, [row], c)
}
