/** The ways in which targets compute a type: elements as they are, converted beforehand, or by dot products on units. */
import type { Conversions } from '../../schedule/conversion.ts'
import type { Nanokernel, NibbleSteps, PlaneSteps, Product, UnitParts } from '../../schedule/machine.ts'
import type { MaskKind, VectorKind } from '../../schedule/operand-kinds.ts'
import type { ProductType } from '../../schedule/product-type.ts'

type Products<K extends VectorKind, M extends MaskKind, T extends ProductType> = Readonly<
  Record<T, Product<K, M>>
>

/** Elements are units. */
export function directly<K extends VectorKind, M extends MaskKind>(
  kernel: Nanokernel<K, M>,
  unitBytes: 4 | 8,
): Product<K, M> {
  return {
    ...{ kernel, unitBytes, group: 1, parts: null, native: true },
    ...{ temporaries: 0, instructions: 1, latency: null, features: [] },
  }
}

/** Vector registers that conversions to f32 take, on any machine. */
const TEMPORARIES = { bf16: 0, f16: 0, e5m2: 1, e4m3: 3 } as const

/** Narrow floats as f32: exact, then like f32. */
export function throughFloat<K extends VectorKind, M extends MaskKind>(
  kernel: Nanokernel<K, M>,
  { toFloat, features }: Conversions<K, M>,
  vectorBytes: number,
): Products<K, M, 'bf16' | 'f16' | 'e4m3' | 'e5m2'> {
  const product = (storage: 'bf16' | 'f16' | 'e4m3' | 'e5m2'): Product<K, M> => {
    const to = toFloat[storage]
    const parts = {
      [storage]: {
        bytes: 4,
        alongElements: vectorBytes / 4,
        spread: to,
        along: to,
        temporaries: TEMPORARIES[storage],
      } as const,
    }
    return { ...directly(kernel, 4), parts, native: false, features }
  }
  return { bf16: product('bf16'), f16: product('f16'), e4m3: product('e4m3'), e5m2: product('e5m2') }
}

/** How words of two lines are put in turn, two vectors at once. */
export type WordBlock<K extends VectorKind, M extends MaskKind> = (
  extend: 'vpmovsxbw' | 'vpmovzxbw',
) => NonNullable<UnitParts<K, M>['blocks']>[number]

/** 8-bit integers as words, two of which are multiplied in one instruction and added in another. */
export function throughWords<K extends VectorKind, M extends MaskKind>(
  kernel: Nanokernel<K, M>,
  { toInteger, toWords, features }: Conversions<K, M>,
  vectorBytes: number,
  block: WordBlock<K, M>,
  nibbles?: NibbleSteps<K>,
): Products<K, M, 'u8s8' | 's8s8' | 'u8u8'> {
  const words = (storage: 's8' | 'u8'): UnitParts<K, M> => ({
    ...{ bytes: 2, alongElements: vectorBytes / 2, temporaries: 0 },
    ...{ spread: toInteger[storage], along: toWords[storage] },
    blocks: [block(storage === 's8' ? 'vpmovsxbw' : 'vpmovzxbw')],
  })
  const product: Product<K, M> = {
    ...directly(kernel, 4),
    // Products are made apart from the sums, which only wait for one another's additions.
    ...{ group: 2, temporaries: 1, instructions: 2, latency: 1, features },
    native: false,
    ...(nibbles === undefined ? {} : { nibbles }),
    parts: { s8: words('s8'), u8: words('u8') },
  }
  return { u8s8: product, s8s8: product, u8u8: product }
}

/** Unsigned bytes by planes (PlaneSteps): units of four bytes as they lie in memory, of which A's are staged. */
export function throughPlanes<K extends VectorKind, M extends MaskKind>(
  kernel: Nanokernel<K, M>,
  planes: PlaneSteps<K>,
  raw: UnitParts<K, M>,
  flipsRight: boolean,
): Product<K, M> {
  return {
    ...dotProduct(kernel, raw, { latency: 1, features: [], flipsRight }),
    // Weights, and the products, which are made apart from the sums.
    ...{ planes, native: false, temporaries: 2, instructions: 3 },
  }
}

export interface DotProductOptions<K extends VectorKind, M extends MaskKind> {
  /** Cycles until a sum can be added to again. */
  readonly latency: number
  /** Where the left operand is B. */
  readonly swapped?: Nanokernel<K, M>
  readonly flipsRight?: boolean
  readonly features: readonly string[]
}

/** A dot product of the elements themselves, which fill 32 bits. */
export function dotProduct<K extends VectorKind, M extends MaskKind>(
  kernel: Nanokernel<K, M>,
  raw: UnitParts<K, M>,
  { latency, swapped, features, flipsRight = false }: DotProductOptions<K, M>,
): Product<K, M> {
  return {
    ...directly(kernel, 4),
    ...{ group: raw.bytes === 2 ? 2 : 4, latency, features, flipsRight },
    ...(swapped === undefined ? {} : { swapped }),
    parts: raw.bytes === 2 ? { bf16: raw, f16: raw } : { s8: raw, u8: raw, e4m3: raw, e5m2: raw },
  }
}

/** How the halves of units of 2-byte floats are loaded as f32. */
export interface Halves<K extends VectorKind, M extends MaskKind> {
  readonly even: Nanokernel<K, M>['load']
  readonly odd: Nanokernel<K, M>['load']
  readonly broadcast: Nanokernel<K, M>['broadcast']
  /** Those of conversions to f32, for lines of B in place. */
  readonly features: readonly string[]
}

/** Units of two floats, multiplied one after the other as f32. */
export function inHalves<K extends VectorKind, M extends MaskKind>(
  kernel: Nanokernel<K, M>,
  raw: UnitParts<K, M>,
  { even, odd, broadcast, features }: Halves<K, M>,
): Product<K, M> {
  return {
    ...directly({ ...kernel, broadcast, elements: [even, odd] }, 4),
    ...{ group: 2, instructions: 2, features },
    parts: { bf16: raw, f16: raw },
  }
}
