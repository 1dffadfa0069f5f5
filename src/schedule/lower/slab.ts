/** Re-lays a row-major B while products run: the rows of one K-step become a slab of units, [unit][column]. */
import { mem } from '../../encoder/operands.ts'
import type { V } from '../../regalloc/function.ts'
import type { Address } from '../operand-kinds.ts'
import { addressable, type Quantity } from '../quantity.ts'
import { TILE_ROW_BYTES, TILE_UNITS } from '../tile-machine.ts'
import type { TileRegion } from '../tile-program.ts'
import { Lines } from './addresses.ts'
import { type Cursor, counted } from './environment.ts'
import { interleaveLines } from './tile-units.ts'
import {
  elementsOfUnit,
  knownUnits,
  type TileColumn,
  type TileEnvironment,
  type TileWork,
} from './tile-work.ts'

/** Fewer units need no loop. */
const LEAST_LOOPED = 4

export class SlabPacker {
  readonly #work: TileWork
  readonly #region: TileRegion
  readonly #lines: Lines
  readonly #mask: V<'k'> | null
  readonly #k: { readonly units: number; readonly rest: number }

  constructor(work: TileWork, env: TileEnvironment, region: TileRegion, B: Cursor) {
    const { f } = work.cx
    this.#work = work
    this.#region = region
    this.#mask = env.tile.mask
    this.#k = knownUnits(work, env)
    const stride = addressable(f, B.step as Quantity, work.group, 'B.stride')
    this.#lines = new Lines(f, 'B', B, stride, work.group, true)
  }

  /** Packs a slab, with no products beside it to hide behind: in a loop where all units are whole. */
  whole(step: number, place: TileColumn, offset: number): void {
    const { units, columns } = this.#region
    const { f } = this.#work.cx
    const width = columns.length * TILE_ROW_BYTES
    const isWhole = elementsOfUnit(this.#work, this.#k, (step + 1) * units - 1) === this.#work.group
    if (!isWhole || units < LEAST_LOOPED) {
      for (const emit of this.slab(step, (unit, bytes) => place.vectorAt(offset + unit * width + bytes)))
        emit()
      return
    }
    const to = f.gp('slab')
    f.lea(to, place.vectorAt(offset))
    counted(f, 'slab', units, false, () => {
      this.#unit(this.#work.group, (bytes) => mem(to, bytes))
      f.add(to, width)
    })
  }

  /** The code that packs a step's slab, one piece a unit, to be emitted in this order, steps in theirs. */
  slab(step: number, to: (unit: number, bytes: number) => Address): readonly (() => void)[] {
    const { units } = this.#region
    return Array.from({ length: units }, (_, unit) => () => {
      const lines = elementsOfUnit(this.#work, this.#k, step * units + unit)
      this.#unit(lines, (bytes) => to(unit, bytes))
    })
  }

  #unit(lines: number, to: (bytes: number) => Address): void {
    const { f } = this.#work.cx
    const { columns } = this.#region
    for (let j = 0; j < columns.length; j++) {
      const last = j === columns.length - 1
      f.vmovdqu32(to(j * TILE_ROW_BYTES), lines === 0 ? this.#zero() : this.#units(lines, j, last))
    }
    if (lines === this.#work.group) this.#lines.moveLines(lines)
  }

  #units(lines: number, column: number, last: boolean): V<'zmm'> {
    const { cx, bytes } = this.#work
    const at = Array.from({ length: lines }, (_, line) => this.#lines.at(line, column * TILE_UNITS * bytes.B))
    return interleaveLines(cx.f, at, bytes.B, last ? this.#mask : null)
  }

  #zero(): V<'zmm'> {
    const { f } = this.#work.cx
    const zero = f.zmm('zero')
    f.vpxord(zero, zero, zero)
    return zero
  }
}
