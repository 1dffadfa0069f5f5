/** Lowers the making of units from lines of an operand that lie across k: the elements of several lines side by side. */
import { mem } from '../../encoder/operands.ts'
import type { V } from '../../regalloc/function.ts'
import type { Part } from '../conversion.ts'
import type { UnitParts } from '../machine.ts'
import type { Address, MaskKind, VectorKind } from '../operand-kinds.ts'
import { STORAGE_BYTES } from '../product-type.ts'
import { addressable, advance, copy, isKnown, type Quantity, scale } from '../quantity.ts'
import { ScheduleError } from '../tile-program.ts'
import { Lines } from './addresses.ts'
import { counted, type Environment, type Lowering } from './environment.ts'
import { dispatch } from './tile-loop.ts'

/** How an operand's elements become parts of units. */
export function partsOf<K extends VectorKind, M extends MaskKind>(
  { product, storage, program }: Lowering<K, M>,
  operand: 'A' | 'B',
): UnitParts<K, M> {
  const parts = product.parts?.[storage[operand]]
  if (parts === undefined)
    throw new ScheduleError(`${program.name}: elements of ${storage[operand]} have no way into units`)
  return parts
}

/** Runs `emit` for the value of a quantity of 1 … largest: one copy of the code for each when it is not known. */
export function withKnown<K extends VectorKind, M extends MaskKind>(
  cx: Lowering<K, M>,
  value: Quantity,
  largest: number,
  name: string,
  emit: (value: number) => void,
): void {
  if (isKnown(value)) {
    emit(value)
    return
  }
  const { f } = cx
  const end = f.label(`${name}.end`)
  dispatch(cx, value, largest, name, (count) => {
    emit(count)
    f.jmp(end)
  })
  f.bind(end)
}

/** Loads units of a tile's columns from lines that lie across k. `at`: `bytes` behind the begin of a line. */
export class UnitsOfB<K extends VectorKind, M extends MaskKind> {
  readonly #cx: Lowering<K, M>
  readonly #parts: UnitParts<K, M>
  readonly #tile: Environment<M>['tile']
  readonly #last: Part<M> | null
  readonly #at: (line: number, bytes: number) => Address

  constructor(
    cx: Lowering<K, M>,
    { tile }: Pick<Environment<M>, 'tile'>,
    parts: UnitParts<K, M>,
    at: (line: number, bytes: number) => Address,
  ) {
    this.#cx = cx
    this.#parts = parts
    this.#tile = tile
    this.#last = tile.mask === null ? null : cx.machine.conversions.part(cx.f, tile.lastLanes, 4)
    this.#at = at
  }

  /** The units of vector `first`, and of those behind it that come with it, from `rows` lines; lines not there count as zero. */
  load(first: number, rows: number, firstLine = 0): readonly V<K>[] {
    const { f, machine, product, lanes, storage } = this.#cx
    const { group } = product
    const bytes = first * lanes * STORAGE_BYTES[storage.B]
    // The last vector, if it is partial, is loaded with care; and so are lines that are not there.
    const whole = rows < group ? 0 : this.#tile.vectors - (this.#last === null ? 0 : 1)
    const block = this.#parts.blocks?.find(({ vectors }) => first + vectors <= whole)
    if (block !== undefined) return block.units(f, (line) => this.#at(firstLine + line, bytes))
    const part = (line: number): V<K> => {
      const vector = f.reg(machine.vector, `part${line}`)
      const at = this.#at(firstLine + line, bytes)
      if (line >= rows) this.#cx.kernel.zero(f, vector)
      else if (this.#last !== null && first === this.#tile.vectors - 1)
        this.#parts.spread.loadPart(f, vector, at, this.#last)
      else this.#parts.spread.load(f, vector, at)
      return vector
    }
    const unit = part(0)
    for (let line = 1; line < group; line++) machine.merge(f, unit, part(line), line, group)
    return [unit]
  }
}

/** Where units go, and what is done to each vector of them before. */
interface Target<K extends VectorKind> {
  readonly base: V<'r64'>
  readonly offset: number
  readonly finish?: (units: V<K>) => void
}

/**
 * The units of B's current columns, `stride` bytes from one K-step's to the next. The last vector is filled up with
 * zeros, and so is a last unit that k does not fill.
 */
export function interleave<K extends VectorKind, M extends MaskKind>(
  cx: Lowering<K, M>,
  env: Environment<M>,
  parts: UnitParts<K, M>,
  target: Target<K>,
  stride: Quantity,
): void {
  const { f, machine, product } = cx
  const { group } = product
  const { vectors } = env.tile
  const { B } = env.cursors
  const bytes = STORAGE_BYTES[cx.storage.B]
  const from = new Lines(f, 'B', B, addressable(f, B.step ?? bytes, group, 'B.step'), group, true)
  const to = f.gp('units.to')
  f.lea(to, mem(target.base, target.offset))
  const put = (j: number, units: V<K>): void => {
    target.finish?.(units)
    cx.kernel.store(f, mem(to, j * machine.vectorBytes), units)
  }
  const units = new UnitsOfB(cx, env, parts, (line, bytes) => from.at(line, bytes))
  const unit = (rows: number): void => {
    for (let j = 0; j < vectors; ) for (const made of units.load(j, rows)) put(j++, made)
    from.moveLines(group)
    advance(f, to, stride)
  }
  counted(f, 'units', wholeUnits(cx, env), false, () => unit(group))
  if (env.kRest === 0) return
  const end = f.label('units.rest.end')
  if (!isKnown(env.kRest)) {
    f.test(env.kRest, env.kRest)
    f.je(end)
  }
  withKnown(cx, env.kRest, group - 1, 'units.rest', unit)
  f.bind(end)
}

/** Units of k that are whole. */
export function wholeUnits<K extends VectorKind, M extends MaskKind>(
  { f }: Lowering<K, M>,
  { extents: { k }, kRest }: Pick<Environment<M>, 'extents' | 'kRest'>,
): Quantity {
  if (kRest === 0) return k
  if (isKnown(k)) return isKnown(kRest) ? k - 1 : unreachableRest()
  const whole = f.gp('k.whole')
  f.lea(whole, mem(k, -1))
  if (isKnown(kRest)) return whole
  // Carry says that the rest is 0.
  f.cmp(kRest, 1)
  f.adc(whole, 0)
  return whole
}

/** Elements of k in the current block. */
export function elementsOf<K extends VectorKind, M extends MaskKind>(
  cx: Lowering<K, M>,
  env: Pick<Environment<M>, 'extents' | 'kRest'>,
): Quantity {
  const { f, product } = cx
  const whole = scale(f, wholeUnits(cx, env), product.group, 'stage.whole')
  if (env.kRest === 0) return whole
  if (isKnown(whole) && isKnown(env.kRest)) return whole + env.kRest
  const to = copy(f, whole, 'stage.elements')
  advance(f, to, env.kRest)
  return to
}

function unreachableRest(): never {
  throw new ScheduleError('lower: k is known, what its last unit holds is not')
}
