/** Every target, and in which order they are preferred. A new instruction set is one record here. */
import { type Machine, productOf } from '../../schedule/machine.ts'
import type { MaskKind, VectorKind } from '../../schedule/operand-kinds.ts'
import type { ProductType } from '../../schedule/product-type.ts'
import { amxBf16, amxFp8, amxFp16, amxInt8 } from './amx.ts'
import { avx2 } from './avx2.ts'
import { avx512 } from './avx512.ts'
import {
  avx10v2,
  avx512Bf16,
  avx512Fp16,
  avx512Vnni,
  avxNeConvert,
  avxVnni,
  avxVnniInt8,
} from './dot-products.ts'

// A record's vectors and masks are its own business: whoever takes a target from here takes any.
const anyMachine = <K extends VectorKind, M extends MaskKind>(machine: Machine<K, M>): Machine =>
  machine as unknown as Machine

/** Names of instruction sets: those of the CPUID features that each adds. */
export type TargetName =
  | 'amx_bf16'
  | 'amx_fp16'
  | 'amx_int8'
  | 'amx_fp8'
  | 'avx512_bf16'
  | 'avx512_vnni'
  | 'avx512_fp16'
  | 'avx10_2'
  | 'avx512'
  | 'avx_vnni'
  | 'avx_vnni_int8'
  | 'avx_ne_convert'
  | 'avx2'

export const TARGETS: Readonly<Record<TargetName, Machine>> = {
  amx_bf16: anyMachine(amxBf16),
  amx_fp16: anyMachine(amxFp16),
  amx_int8: anyMachine(amxInt8),
  amx_fp8: anyMachine(amxFp8),
  avx512_bf16: anyMachine(avx512Bf16),
  avx512_vnni: anyMachine(avx512Vnni),
  avx512_fp16: anyMachine(avx512Fp16),
  avx10_2: anyMachine(avx10v2),
  avx512: anyMachine(avx512),
  avx_vnni: anyMachine(avxVnni),
  avx_vnni_int8: anyMachine(avxVnniInt8),
  avx_ne_convert: anyMachine(avxNeConvert),
  avx2: anyMachine(avx2),
}

export const TARGET_NAMES: readonly TargetName[] = Object.keys(TARGETS) as TargetName[]

/** Where a type is computed, best first: what a CPU lacks is passed over. */
export const PREFERENCES: Readonly<Record<ProductType, readonly TargetName[]>> = {
  f32: ['avx512', 'avx2'],
  f64: ['avx512', 'avx2'],
  bf16: ['amx_bf16', 'avx512_bf16', 'avx512', 'avx_ne_convert', 'avx2'],
  f16: ['amx_fp16', 'avx10_2', 'avx512_fp16', 'avx512', 'avx_ne_convert', 'avx2'],
  u8s8: ['amx_int8', 'avx10_2', 'avx512_vnni', 'avx_vnni_int8', 'avx_vnni', 'avx512', 'avx2'],
  s8s8: ['amx_int8', 'avx10_2', 'avx512_vnni', 'avx_vnni_int8', 'avx_vnni', 'avx512', 'avx2'],
  u8u8: ['amx_int8', 'avx10_2', 'avx512_vnni', 'avx_vnni_int8', 'avx_vnni', 'avx512', 'avx2'],
  e4m3: ['amx_fp8', 'avx512', 'avx2'],
  e5m2: ['amx_fp8', 'avx512', 'avx2'],
}

/** The record of a target. RangeError lists the names there are. */
export function targetNamed(name: TargetName): Machine {
  if (!Object.hasOwn(TARGETS, name)) {
    throw new RangeError(`target must be one of ${TARGET_NAMES.join(', ')}, given ${String(name)}`)
  }
  return TARGETS[name]
}

/** CPUID features that a target's code for a type needs. RangeError when it has none for the type. */
export function featuresFor(name: TargetName, type: ProductType): readonly string[] {
  const machine = targetNamed(name)
  return [...new Set([...machine.features, ...productOf(machine, type).features])]
}

/**
 * The best target for a type whose features are all there, or null. Tile registers are for sizes known when compiling
 * (`sizesKnown`).
 */
export function bestTarget(
  features: ReadonlySet<string>,
  type: ProductType = 'f32',
  sizesKnown = true,
): TargetName | null {
  return (
    PREFERENCES[type].find(
      (name) =>
        (sizesKnown || TARGETS[name].tiles === undefined) &&
        featuresFor(name, type).every((feature) => features.has(feature)),
    ) ?? null
  )
}
