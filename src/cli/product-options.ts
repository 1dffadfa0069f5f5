/** The options that say which product: `--type`, `--out` and `--isa`, held to the records of types and targets. */
import { TARGET_NAMES, type TargetName, targetNamed } from '../microkernel/targets/index.ts'
import { PRODUCT_TYPES, type ProductType, type Storage } from '../schedule/product-type.ts'
import { choice, UsageError } from './arguments.ts'

/** Every type of product; the first is the default. */
export const TYPE_NAMES = Object.keys(PRODUCT_TYPES) as [ProductType, ...ProductType[]]

export interface ProductOptions {
  readonly type: ProductType
  /** What C holds. */
  readonly out: Storage
  readonly isa: TargetName | 'auto'
}

/** Targets that compute a type, as an error or a table lists them. */
export function targetsFor(type: ProductType): readonly TargetName[] {
  return TARGET_NAMES.filter((name) => targetNamed(name).products[type] !== undefined)
}

/** UsageError when a target does not compute a type; it names those that do. */
export function refuseMissing(isa: TargetName | 'auto', type: ProductType): void {
  if (isa === 'auto' || targetsFor(type).includes(isa)) return
  const types = TYPE_NAMES.filter((name) => targetNamed(isa).products[name] !== undefined)
  throw new UsageError(
    `--isa ${isa} has no products of type ${type}; ${targetsFor(type).join(', ')} have, and ${isa} has ${types.join(', ')}`,
  )
}

type Value = string | boolean | undefined

/** Reads and checks them. UsageError for what there is not. */
export function readProduct(values: Readonly<Record<'type' | 'out' | 'isa', Value>>): ProductOptions {
  const type = choice('type', values.type, TYPE_NAMES)
  const isa = choice('isa', values.isa, ['auto', ...TARGET_NAMES])
  refuseMissing(isa, type)
  const { sum, outputs } = PRODUCT_TYPES[type]
  const out = choice<Storage>('out', values.out, [sum, ...outputs.filter((storage) => storage !== sum)])
  return { type, out, isa }
}
