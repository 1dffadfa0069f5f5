/** Lowers the way between sums and what C holds: loads and stores of any storage. */
import type { V } from '../../regalloc/function.ts'
import type { Part } from '../conversion.ts'
import type { Address, MaskKind, VectorKind } from '../operand-kinds.ts'
import { PRODUCT_TYPES, STORAGE_BYTES } from '../product-type.ts'
import { isKnown } from '../quantity.ts'
import type { Environment, Lowering } from './environment.ts'

type Loads<K extends VectorKind> = (to: V<K>, from: Address, isLast: boolean) => void
type Stores<K extends VectorKind> = (to: Address, sum: V<K>, column: number) => void

const holdsSums = <K extends VectorKind, M extends MaskKind>({ storage, program }: Lowering<K, M>): boolean =>
  storage.C === PRODUCT_TYPES[program.type].sum

/** The columns of a tile's last vector; null when it is whole. */
function partOf<K extends VectorKind, M extends MaskKind>(
  { machine }: Lowering<K, M>,
  { tile: { mask, lastLanes } }: Environment<M>,
): Part<M> | null {
  // Masks that are vectors cannot leave out elements of less than 32 bits.
  return mask === null ? null : { count: lastLanes, mask: machine.maskRegisters === 0 ? mask : null }
}

/** Loads vectors of C as sums. */
export function loadsOfC<K extends VectorKind, M extends MaskKind>(
  cx: Lowering<K, M>,
  env: Environment<M>,
): Loads<K> {
  const { f, kernel, machine, storage } = cx
  const { mask } = env.tile
  if (holdsSums(cx)) {
    return (to, from, isLast) => {
      if (mask !== null && isLast) kernel.loadMasked(f, to, from, mask)
      else kernel.load(f, to, from)
    }
  }
  const widening = machine.conversions.toFloat[storage.C as 'bf16']
  const part = partOf(cx, env)
  return (to, from, isLast) => {
    if (part !== null && isLast) widening.loadPart(f, to, from, part)
    else widening.load(f, to, from)
  }
}

/** Stores sums as what C holds. `vectors`: of a row. */
export function storesOfC<K extends VectorKind, M extends MaskKind>(
  cx: Lowering<K, M>,
  env: Environment<M>,
  vectors: number,
): Stores<K> {
  const { f, kernel, machine, storage } = cx
  const { mask, lastLanes } = env.tile
  const { storeFirst } = kernel
  const direct: Stores<K> = (to, sum, column) => {
    if (mask === null || column < vectors - 1) kernel.store(f, to, sum)
    else if (storeFirst !== undefined && isKnown(lastLanes))
      storeFirst(f, to, sum, lastLanes * STORAGE_BYTES[storage.C])
    else kernel.storeMasked(f, to, sum, mask)
  }
  if (holdsSums(cx)) return direct
  const narrowing = machine.conversions.fromFloat[storage.C as 'bf16']
  const part = partOf(cx, env)
  return (to, sum, column) => {
    if (part !== null && column === vectors - 1) narrowing.storePart(f, to, sum, part)
    else narrowing.store(f, to, sum)
  }
}
