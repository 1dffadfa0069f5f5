/** The types that tile registers multiply, and the target of each. */
import type { TargetName } from '../src/microkernel/targets/index.ts'
import type { ProductType } from '../src/schedule/product-type.ts'

export type AmxType = Exclude<ProductType, 'f32' | 'f64'>

export const AMX_TARGETS: Readonly<Record<AmxType, TargetName>> = {
  ...{ bf16: 'amx_bf16', f16: 'amx_fp16', e4m3: 'amx_fp8', e5m2: 'amx_fp8' },
  ...{ u8s8: 'amx_int8', s8s8: 'amx_int8', u8u8: 'amx_int8' },
}

export const AMX_TYPES: readonly AmxType[] = Object.keys(AMX_TARGETS) as AmxType[]
