/** What lowering to tile registers carries about, and addresses of tiles: base + stride register + displacement. */
import { mem } from '../../encoder/operands.ts'
import { type P, tmm } from '../../encoder/registers.ts'
import type { V } from '../../regalloc/function.ts'
import type { Recorder } from '../../regalloc/recorder.ts'
import type { Address } from '../operand-kinds.ts'
import { advance, inRegister, isKnown, type Quantity } from '../quantity.ts'
import type { TileMultiply } from '../tile-machine.ts'
import { type OperandName, ScheduleError } from '../tile-program.ts'
import type { Environment, Lowering } from './environment.ts'

/** Packing and the way to C use vectors of 512 bits: every CPU with tile registers has them. */
export type TileEnvironment = Environment<'k'>

export interface TileWork {
  readonly cx: Lowering<'zmm', 'k'>
  readonly multiply: TileMultiply
  /** Elements of A and B along k in a unit of 32 bits. */
  readonly group: number
  /** Bytes of an element. */
  readonly bytes: Readonly<Record<OperandName, number>>
  /** Whether C holds the type that sums are kept in, so that tiles may be loaded from it and stored to it. */
  readonly isDirect: boolean
}

/** Tile register number `id`, which a configuration has given its shape: so these are named, not allocated. */
export const tileRegister = (id: number): P<'tmm'> => tmm(id)

/** Farther tiles are reached by pointers of their own. */
const MOST_DISPLACEMENT = 2 ** 30

/** Tiles below one another: `at(i, bytes)` is the operand of a tile load or store of the i-th, `bytes` further on. */
export class TileColumn {
  readonly #f: Recorder
  readonly #stride: V<'r64'>
  readonly #places: { readonly pointer: V<'r64'>; readonly offset: number }[] = []
  readonly #pointers: V<'r64'>[] = []

  /**
   * `starts`: lines from `place` to the first line of each tile; `stride`: bytes from line to line. With `moves` the
   * pointers are its own.
   */
  constructor(
    f: Recorder,
    name: string,
    place: { readonly base: V<'r64'>; readonly offset: number },
    stride: Quantity,
    starts: readonly number[],
    moves: boolean,
  ) {
    this.#f = f
    this.#stride = inRegister(f, stride, `${name}.stride`)
    for (const [index, lines] of starts.entries()) {
      const distance = isKnown(stride) ? place.offset + lines * stride : null
      const near = distance !== null && distance < MOST_DISPLACEMENT
      const first = this.#places[0]
      if (near && first !== undefined) {
        this.#places.push({ pointer: first.pointer, offset: distance - (moves ? place.offset : 0) })
        continue
      }
      if (!moves && lines === 0) {
        this.#places.push({ pointer: place.base, offset: place.offset })
        continue
      }
      const pointer = f.gp(`${name}${index}`)
      if (place.offset === 0) f.mov(pointer, place.base)
      else f.lea(pointer, mem(place.base, place.offset))
      advance(f, pointer, stride, lines)
      this.#places.push({ pointer, offset: 0 })
      this.#pointers.push(pointer)
    }
  }

  at(index: number, bytes: number): Address {
    const { pointer, offset } = this.#places[index]!
    return mem(pointer, this.#stride, 1, offset + bytes)
  }

  /** The same place without the stride, for vectors. */
  vectorAt(bytes: number): Address {
    const { pointer, offset } = this.#places[0]!
    return mem(pointer, offset + bytes)
  }

  move(bytes: number): void {
    for (const pointer of this.#pointers) advance(this.#f, pointer, bytes)
  }
}

/** k of a tile environment: units, and the elements of the last one when it is not whole (else 0). */
export function knownUnits(
  { cx }: TileWork,
  { extents, kRest }: TileEnvironment,
): { readonly units: number; readonly rest: number } {
  if (!isKnown(extents.k) || !isKnown(kRest))
    throw new ScheduleError(`${cx.program.name}: tile registers need k known when compiling`)
  return { units: extents.k, rest: kRest }
}

/** Elements of k that unit number `unit` has. */
export function elementsOfUnit(
  { group }: TileWork,
  { units, rest }: { readonly units: number; readonly rest: number },
  unit: number,
): number {
  if (unit >= units) return 0
  return unit === units - 1 && rest > 0 ? rest : group
}

/** Sums of the sizes before each. */
export function starts(sizes: readonly number[]): readonly number[] {
  let at = 0
  return sizes.map((size) => {
    at += size
    return at - size
  })
}
