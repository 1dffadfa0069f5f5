/** AMX: eight tile registers beside AVX-512, which packs operands and finishes tiles. */

import type { MachineWithTiles } from '../../schedule/lower-tiles.ts'
import type { Product } from '../../schedule/machine.ts'
import { PRODUCT_TYPES, type ProductType } from '../../schedule/product-type.ts'
import type { TileMultiply } from '../../schedule/tile-machine.ts'
import { avx512 } from './avx512.ts'

/** Sums in vectors as AVX-512 has them; units hold elements as they lie in memory, whatever its vectors would multiply. */
const productsOf = (types: readonly ProductType[]): MachineWithTiles['products'] =>
  Object.fromEntries(
    types.map((type): [ProductType, Product<'zmm', 'k'>] => [
      type,
      { ...avx512.products[type]!, group: PRODUCT_TYPES[type].group, unitBytes: 4, native: true },
    ]),
  )

const machine = (
  name: string,
  feature: string,
  types: readonly ProductType[],
  products: MachineWithTiles['tiles']['products'],
): MachineWithTiles => ({
  ...avx512,
  name,
  // Every CPU with AMX has these (Intel ISE reference, AMX: Sapphire Rapids and later).
  features: [...avx512.features, 'AVX512BW', 'AMX_TILE', feature],
  products: productsOf(types),
  tiles: { products },
})

const bssd: TileMultiply = (f, c, a, b) => f.tdpbssd(c, a, b)
const bsud: TileMultiply = (f, c, a, b) => f.tdpbsud(c, a, b)
const busd: TileMultiply = (f, c, a, b) => f.tdpbusd(c, a, b)
const buud: TileMultiply = (f, c, a, b) => f.tdpbuud(c, a, b)

export const amxBf16: MachineWithTiles = machine('amx_bf16', 'AMX_BF16', ['bf16'], {
  'bf16 bf16': (f, c, a, b) => f.tdpbf16ps(c, a, b),
})

export const amxFp16: MachineWithTiles = machine('amx_fp16', 'AMX_FP16', ['f16'], {
  'f16 f16': (f, c, a, b) => f.tdpfp16ps(c, a, b),
})

export const amxInt8: MachineWithTiles = machine('amx_int8', 'AMX_INT8', ['u8s8', 's8s8', 'u8u8'], {
  's8 s8': bssd,
  's8 u8': bsud,
  'u8 s8': busd,
  'u8 u8': buud,
})

export const amxFp8: MachineWithTiles = machine('amx_fp8', 'AMX_FP8', ['e4m3', 'e5m2'], {
  'e5m2 e5m2': (f, c, a, b) => f.tdpbf8ps(c, a, b),
  'e4m3 e4m3': (f, c, a, b) => f.tdphf8ps(c, a, b),
})
