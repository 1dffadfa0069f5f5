/**
 * Conversions of CPUs with AVX-NE-CONVERT: AVX2's, with one instruction for an element of bf16 or f16 in every lane.
 *
 * Its vcvtneps2bf16 is left alone, which takes denormals for zero (see avx512-conversion.ts), and so are its loads of every second
 * element, which need both halves of a pair to be there.
 */
import type { Conversions } from '../../schedule/conversion.ts'
import { avx2Conversions } from './avx2-conversion.ts'

const { toFloat } = avx2Conversions

export const avxNeConvertConversions: Conversions<'ymm', 'ymm'> = {
  ...avx2Conversions,
  features: [...avx2Conversions.features, 'AVX_NE_CONVERT'],
  toFloat: {
    ...toFloat,
    bf16: { ...toFloat.bf16, broadcast: (f, to, from) => f.vbcstnebf162ps(to, from) },
    f16: { ...toFloat.f16, broadcast: (f, to, from) => f.vbcstnesh2ps(to, from) },
  },
}
