/**
 * Lowers a block of tile registers over all of the current k: loads, products and, where B is re-laid on the way, the
 * packing of the K-steps to come, in the order of tmul-order.ts.
 *
 * A step of u units reads u·4 bytes of each row of A and a slab of B, u rows of the panel. The last step may be partial:
 * then its tiles of A come from the tails, padded with zeros, and its slab is padded, too.
 */
import type { Quantity } from '../quantity.ts'
import { TILE_ROW_BYTES, UNIT_BYTES } from '../tile-machine.ts'
import { ScheduleError, type TileRegion, type TmulTile } from '../tile-program.ts'
import { counted } from './environment.ts'
import { SlabPacker } from './slab.ts'
import {
  knownUnits,
  starts,
  TileColumn,
  type TileEnvironment,
  type TileWork,
  tileRegister,
} from './tile-work.ts'
import {
  arrangementOf,
  firstLoads,
  periodOf,
  stepEvents,
  stepsAhead,
  type TileArrangement,
  type TileLoad,
} from './tmul-order.ts'
import { startSums, storeSums } from './tmul-sums.ts'

export function lowerTmulTile(
  work: TileWork,
  statement: TmulTile,
  region: TileRegion,
  env: TileEnvironment,
): void {
  const arrangement = arrangementOfRegion(region)
  const sums = startSums(work, statement, region, arrangement, env)
  new StepLoop(work, statement, region, arrangement, env).emit()
  storeSums(work, region, arrangement, env, sums)
}

export function arrangementOfRegion({ rows, columns }: TileRegion): TileArrangement {
  const arrangement = arrangementOf(rows.length, columns.length)
  if (arrangement === null)
    throw new ScheduleError(`${rows.length} × ${columns.length} tiles do not fit the tile registers`)
  return arrangement
}

class StepLoop {
  readonly #work: TileWork
  readonly #arrangement: TileArrangement
  readonly #a: TileColumn
  /** The last step's tiles of A, when they lie apart. */
  readonly #tails: TileColumn | null
  /** The panel, or the slots. */
  readonly #b: TileColumn
  readonly #packer: SlabPacker | null
  readonly #hasSlots: boolean
  readonly #units: number
  readonly #slabBytes: number
  readonly #steps: number
  readonly #wholeSteps: number
  /** Steps by which loads run ahead of products. */
  readonly #ahead: number
  /** The same of packing: one more than loads of B, so that of two slots one is loaded from and one packed into. */
  readonly #lead: number
  readonly #iterations: number
  readonly #period: number
  /** The step at which pointers stand. */
  #origin = 0

  constructor(
    work: TileWork,
    { b }: TmulTile,
    region: TileRegion,
    arrangement: TileArrangement,
    env: TileEnvironment,
  ) {
    const { f, program } = work.cx
    const { A, B, P, Q } = env.cursors
    if (P === undefined) throw new ScheduleError(`${program.name}: tile registers need panels of B`)
    const k = knownUnits(work, env)
    this.#work = work
    this.#arrangement = arrangement
    this.#units = region.units
    const slots = program.panels === 'slots'
    this.#hasSlots = slots
    this.#steps = Math.ceil(k.units / region.units)
    this.#wholeSteps = Math.floor((k.rest > 0 ? k.units - 1 : k.units) / region.units)
    const width = region.columns.length * TILE_ROW_BYTES
    this.#slabBytes = region.units * width
    this.#ahead = stepsAhead(arrangement)
    this.#lead = arrangement.bTiles / arrangement.columns + 1
    const ahead = b === 'copying' ? Math.max(this.#ahead, this.#lead) : this.#ahead
    const period = periodOf(arrangement)
    // Two slots come round after two steps.
    this.#period = slots && period % 2 === 1 ? 2 * period : period
    const iterations = Math.floor(Math.max(0, this.#wholeSteps - ahead) / this.#period)
    this.#iterations = iterations > 1 ? iterations : 0
    const moves = this.#iterations > 0
    const rowStarts = starts(region.rows)
    this.#a = new TileColumn(f, 'A', A, A.strides.m as Quantity, rowStarts, moves)
    const hasTails = Q !== undefined && this.#wholeSteps < this.#steps
    this.#tails = hasTails ? new TileColumn(f, 'Q', Q, TILE_ROW_BYTES, rowStarts, false) : null
    this.#b = new TileColumn(f, 'P', P, width, [0], moves && !slots)
    this.#packer = b === 'copying' ? new SlabPacker(work, env, region, B) : null
  }

  emit(): void {
    const { f } = this.#work.cx
    const loads = firstLoads(this.#arrangement, this.#steps)
    for (let step = 0; step < Math.max(this.#ahead, this.#lead); step++) {
      if (step < this.#lead && step < this.#steps) this.#packer?.whole(step, this.#b, this.#slabAt(step))
      for (const load of loads) if (load.step === step) this.#load(load)
    }
    const looped = this.#iterations * this.#period
    counted(f, 'k', this.#iterations, true, () => {
      for (let step = 0; step < this.#period; step++) this.#step(step)
      this.#a.move(this.#period * this.#units * UNIT_BYTES)
      if (!this.#hasSlots) this.#b.move(this.#period * this.#slabBytes)
    })
    this.#origin = looped
    for (let step = looped; step < this.#steps; step++) this.#step(step)
  }

  #step(step: number): void {
    const groups = stepEvents(this.#arrangement, step, this.#steps)
    const packing = this.#pack(step + this.#lead)
    for (const [index, events] of groups.entries()) {
      for (const event of events) {
        if (event.kind === 'load') this.#load(event)
        else {
          const { f } = this.#work.cx
          this.#work.multiply(f, tileRegister(event.c), tileRegister(event.a), tileRegister(event.b))
        }
      }
      const part = (count: number): number => Math.floor((count * packing.length) / groups.length)
      for (const emit of packing.slice(part(index), part(index + 1))) emit()
    }
  }

  #load({ operand, index, step, tile }: TileLoad): void {
    const { f } = this.#work.cx
    const to = tileRegister(tile)
    if (operand === 'B') f.tileloadd(to, this.#b.at(0, this.#slabAt(step) + index * TILE_ROW_BYTES))
    else if (this.#tails !== null && step === this.#wholeSteps) f.tileloadd(to, this.#tails.at(index, 0))
    else f.tileloadd(to, this.#a.at(index, (step - this.#origin) * this.#units * UNIT_BYTES))
  }

  /** Bytes from where the pointer stands to a step's slab. */
  #slabAt(step: number): number {
    return (this.#hasSlots ? step % 2 : step - this.#origin) * this.#slabBytes
  }

  /** The packing of a step's slab, unit by unit. */
  #pack(step: number): readonly (() => void)[] {
    if (this.#packer === null || step >= this.#steps) return []
    const at = this.#slabAt(step)
    return this.#packer.slab(step, (unit, bytes) =>
      this.#b.vectorAt(at + (unit * this.#slabBytes) / this.#units + bytes),
    )
  }
}
