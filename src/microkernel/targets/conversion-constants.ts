/**
 * The numbers behind conversions by integer arithmetic, the same for every instruction set.
 *
 * **To bf16.** Adding 0x7fff and the lowest kept bit to an f32's bits rounds its upper half to nearest, ties to even: the
 * carry runs into the exponent, up to infinity, exactly where rounding does. NaN is kept apart: quieted, then cut off.
 *
 * **To an 8-bit float** with p mantissa bits, on the magnitude's bits. From the least normal number on, rounding is the
 * same with 23 − p bits dropped, and the exponent's bias changed by the same addition. Below it, all numbers are
 * multiples of one quantum q, and adding 2²³·q to the magnitude lets the FPU round to them; subtracting the
 * bits of 2²³·q leaves the count of quanta, which is the code. Too large a result is cut to what overflow gives.
 *
 * **From e4m3**, by way of f16: with the magnitude's seven bits moved to where f16 has its mantissa and the lower
 * exponent bits, the value is 2⁻⁸ times too small (biases 7 and 15), f16's denormals being e4m3's. The conversion
 * to f32 is exact, and so is the multiplication. NaN (all seven bits set) gets f16's remaining exponent bit.
 *
 * **To s8 and u8** by way of s32, whose conversion gives the least integer for whatever is too large, on either side. So numbers are
 * first cut to 2³⁰, and what remains saturates with every step on the way down.
 */

/** 2³⁰ as f32. */
export const LARGE_INTEGER: number = (127 + 30) << 23

export const BF16_ROUNDING = { almostHalf: 0x7fff, quiet: 0x0040_0000 } as const

/** What rounding to an 8-bit float needs. All but the shift count are bits of 32-bit lanes. */
interface Float8Rounding {
  /** Mantissa bits that f32 has more. */
  readonly dropped: number
  /** Changes the exponent's bias and adds almost half of the last place. */
  readonly bias: number
  /** The least normal number, as f32. */
  readonly least: number
  /** 2²³ quanta, as f32. */
  readonly magic: number
  /** Codes: the largest finite number, what overflow gives, and what NaN has at least. */
  readonly largest: number
  readonly overflow: number
  readonly nan: number
}

const f32Exponent = (power: number): number => (127 + power) << 23

export const FLOAT8_ROUNDING: Readonly<Record<'e4m3' | 'e5m2', Float8Rounding>> = {
  e4m3: {
    ...{ dropped: 20, bias: ((7 - 127) << 23) + 0x7_ffff },
    ...{ least: f32Exponent(-6), magic: f32Exponent(23 - 9) },
    ...{ largest: 0x7e, overflow: 0x7f, nan: 0x7f },
  },
  e5m2: {
    ...{ dropped: 21, bias: ((15 - 127) << 23) + 0xf_ffff },
    ...{ least: f32Exponent(-14), magic: f32Exponent(23 - 16) },
    ...{ largest: 0x7b, overflow: 0x7c, nan: 0x7e },
  },
}

/** e4m3 in sign-extended words, on the way to f16. */
interface E4m3Words {
  /** All bits but the magnitude's: or'ed, NaN alone gives all ones. */
  readonly notMagnitude: number
  /** The magnitude alone. */
  readonly magnitude: number
  /** From e4m3's mantissa to f16's. */
  readonly shift: number
  /** After the shift: the sign and the magnitude. */
  readonly kept: number
  /** What makes NaN of 480. */
  readonly toNan: number
  /** 2⁸ as f32. */
  readonly scale: number
}

export const E4M3_WORDS: E4m3Words = {
  ...{ notMagnitude: 0xff80, magnitude: 0x007f },
  ...{ shift: 7, kept: 0xbf80, toNan: 0x4000 },
  scale: f32Exponent(8),
}
