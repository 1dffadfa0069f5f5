/** AMX: eight tile registers beside AVX-512, which packs operands and finishes tiles. */

import type { MachineWithTiles } from '../../schedule/lower-tiles.ts'
import type { TileMultiply } from '../../schedule/tile-machine.ts'
import { avx512 } from './avx512.ts'

const machine = (
  name: string,
  feature: string,
  products: MachineWithTiles['tiles']['products'],
): MachineWithTiles => ({
  ...avx512,
  name,
  // Every CPU with AMX has these (Intel ISE reference, AMX: Sapphire Rapids and later).
  features: [...avx512.features, 'AVX512BW', 'AMX_TILE', feature],
  tiles: { products },
})

const bssd: TileMultiply = (f, c, a, b) => f.tdpbssd(c, a, b)
const bsud: TileMultiply = (f, c, a, b) => f.tdpbsud(c, a, b)
const busd: TileMultiply = (f, c, a, b) => f.tdpbusd(c, a, b)
const buud: TileMultiply = (f, c, a, b) => f.tdpbuud(c, a, b)

export const amxBf16: MachineWithTiles = machine('amx_bf16', 'AMX_BF16', {
  'bf16 bf16': (f, c, a, b) => f.tdpbf16ps(c, a, b),
})

export const amxFp16: MachineWithTiles = machine('amx_fp16', 'AMX_FP16', {
  'f16 f16': (f, c, a, b) => f.tdpfp16ps(c, a, b),
})

export const amxInt8: MachineWithTiles = machine('amx_int8', 'AMX_INT8', {
  's8 s8': bssd,
  's8 u8': bsud,
  'u8 s8': busd,
  'u8 u8': buud,
})

export const amxFp8: MachineWithTiles = machine('amx_fp8', 'AMX_FP8', {
  'e5m2 e5m2': (f, c, a, b) => f.tdpbf8ps(c, a, b),
  'e4m3 e4m3': (f, c, a, b) => f.tdphf8ps(c, a, b),
})
