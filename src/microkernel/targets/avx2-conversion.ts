/** Conversions by AVX2 and F16C: eight f32 lanes; parts by their count, since AVX2 cannot mask small elements. */
import { type Mem, mem } from '../../encoder/operands.ts'
import type { V } from '../../regalloc/function.ts'
import type { Recorder } from '../../regalloc/recorder.ts'
import type {
  Conversions,
  IntegerLanes,
  Narrowing,
  NarrowingOptions,
  NarrowStorage,
  Widening,
} from '../../schedule/conversion.ts'
import type { Address } from '../../schedule/operand-kinds.ts'
import { STORAGE_BYTES } from '../../schedule/product-type.ts'
import { BF16_ROUNDING, E4M3_WORDS, FLOAT8_ROUNDING, LARGE_INTEGER } from './conversion-constants.ts'
import { loadElements, storeElements } from './partial-bytes.ts'

const LANES = 8
/** vcmpps: unordered, true for NaN. */
const UNORDERED = 3
/** vcvtps2ph: to nearest, ties to even, whatever MXCSR says. */
const NEAREST = 0

type Source = Address | V<'xmm'>

/** One 32-bit value in every lane, as a memory operand. */
const every = (f: Recorder, value: number): Mem<0, 'physical', 'plain'> =>
  mem(f.constant(new Uint8Array(new Int32Array(LANES).fill(value).buffer), 32))

/** One 16-bit value in every word of 128 bits. */
const everyWord = (f: Recorder, value: number): Mem<0, 'physical', 'plain'> =>
  mem(f.constant(new Uint8Array(new Uint16Array(8).fill(value).buffer), 16))

/** e4m3 in sign-extended words to f32: through f16 (see conversion-constants.ts). */
function fromE4m3Words(f: Recorder, to: V<'ymm'>, words: V<'xmm'>): void {
  const isNan = f.xmm('nan')
  const half = f.xmm('half')
  f.vpor(isNan, words, everyWord(f, E4M3_WORDS.notMagnitude))
  f.vpcmpeqw(isNan, isNan, everyWord(f, 0xffff))
  f.vpand(isNan, isNan, everyWord(f, E4M3_WORDS.toNan))
  f.vpsllw(half, words, E4M3_WORDS.shift)
  f.vpand(half, half, everyWord(f, E4M3_WORDS.kept))
  f.vpor(half, half, isNan)
  f.vcvtph2ps(to, half)
  f.vmulps(to, to, every(f, E4M3_WORDS.scale))
}

/** From elements side by side, in memory or in a vector, to lanes. */
const widen: Readonly<Record<NarrowStorage, (f: Recorder, to: V<'ymm'>, from: Source) => void>> = {
  bf16: (f, to, from) => {
    f.emit('vpmovzxwd', [to, from])
    f.vpslld(to, to, 16)
  },
  f16: (f, to, from) => f.emit('vcvtph2ps', [to, from]),
  // e5m2 is f16's upper byte.
  e5m2: (f, to, from) => {
    const words = f.xmm('words')
    f.emit('vpmovzxbw', [words, from])
    f.vpsllw(words, words, 8)
    f.vcvtph2ps(to, words)
  },
  e4m3: (f, to, from) => {
    const words = f.xmm('words')
    f.emit('vpmovsxbw', [words, from])
    fromE4m3Words(f, to, words)
  },
  s8: (f, to, from) => {
    f.emit('vpmovsxbd', [to, from])
    f.vcvtdq2ps(to, to)
  },
  u8: (f, to, from) => {
    f.emit('vpmovzxbd', [to, from])
    f.vcvtdq2ps(to, to)
  },
}

const broadcast: Readonly<Record<NarrowStorage, (f: Recorder, to: V<'ymm'>, from: Address) => void>> = {
  bf16: (f, to, from) => {
    f.vpbroadcastw(to, from)
    f.vpslld(to, to, 16)
  },
  f16: (f, to, from) => {
    const words = f.xmm('words')
    f.vpbroadcastw(words, from)
    f.vcvtph2ps(to, words)
  },
  e5m2: (f, to, from) => {
    const words = f.xmm('words')
    f.vpbroadcastb(words, from)
    f.vpsllw(words, words, 8)
    f.vcvtph2ps(to, words)
  },
  e4m3: (f, to, from) => {
    const words = f.xmm('words')
    f.vpbroadcastb(words, from)
    f.vpsraw(words, words, 8)
    fromE4m3Words(f, to, words)
  },
  s8: (f, to, from) => {
    f.vpbroadcastb(to, from)
    f.vpsrad(to, to, 24)
    f.vcvtdq2ps(to, to)
  },
  u8: (f, to, from) => {
    f.vpbroadcastb(to, from)
    f.vpsrld(to, to, 24)
    f.vcvtdq2ps(to, to)
  },
}

const elementBytesOf = (storage: NarrowStorage): 1 | 2 => STORAGE_BYTES[storage] as 1 | 2

function widening(storage: NarrowStorage): Widening<'ymm', 'ymm'> {
  const elementBytes = elementBytesOf(storage)
  return {
    load: widen[storage],
    loadPart: (f, to, from, { count }) =>
      widen[storage](f, to, loadElements(f, from, { count, elementBytes, most: LANES })),
    broadcast: broadcast[storage],
  }
}

/** Integers to wider integers: one instruction, and an arithmetic or logical shift where one element is repeated. */
function integers(
  extend: 'vpmovsxbd' | 'vpmovzxbd' | 'vpmovsxbw' | 'vpmovzxbw',
  shift: 'vpsrad' | 'vpsrld' | 'vpsraw' | 'vpsrlw',
  most: number,
): Widening<'ymm', 'ymm'> {
  return {
    load: (f, to, from) => f.emit(extend, [to, from]),
    loadPart: (f, to, from, { count }) =>
      f.emit(extend, [to, loadElements(f, from, { count, elementBytes: 1, most })]),
    broadcast: (f, to, from) => {
      f.vpbroadcastb(to, from)
      f.emit(shift, [to, to, most === LANES ? 24 : 8])
    },
  }
}

/** The low words of eight lanes, none above 0xffff, side by side. */
function packWords(f: Recorder, lanes: V<'ymm'>): V<'xmm'> {
  const upper = f.xmm('upper')
  const words = f.xmm('words')
  f.vextracti128(upper, lanes, 1)
  f.vpackusdw(words, lanes.as('xmm'), upper)
  return words
}

/** bf16 by integers: the sum carries into the exponent where rounding does (see conversion-constants.ts). */
function toBf16(f: Recorder, from: V<'ymm'>): V<'xmm'> {
  const rounded = f.ymm('rounded')
  const quiet = f.ymm('quiet')
  const isNan = f.ymm('nan')
  f.vpsrld(rounded, from, 16)
  f.vpand(rounded, rounded, every(f, 1))
  f.vpaddd(rounded, rounded, from)
  f.vpaddd(rounded, rounded, every(f, BF16_ROUNDING.almostHalf))
  f.vpor(quiet, from, every(f, BF16_ROUNDING.quiet))
  f.vcmpps(isNan, from, from, UNORDERED)
  f.vblendvps(rounded, rounded, quiet, isNan)
  f.vpsrld(rounded, rounded, 16)
  return packWords(f, rounded)
}

/** An 8-bit float in the low byte of every lane, then side by side (see conversion-constants.ts). */
function toFloat8(
  f: Recorder,
  from: V<'ymm'>,
  storage: 'e4m3' | 'e5m2',
  { saturate = false }: NarrowingOptions<'ymm'>,
): V<'xmm'> {
  const { bias, dropped, least, magic, largest, overflow, nan } = FLOAT8_ROUNDING[storage]
  const magnitude = f.ymm('magnitude')
  const code = f.ymm('code')
  const denormal = f.ymm('denormal')
  f.vpand(magnitude, from, every(f, 0x7fff_ffff))
  f.vpsrld(code, magnitude, dropped)
  f.vpand(code, code, every(f, 1))
  f.vpaddd(code, code, magnitude)
  f.vpaddd(code, code, every(f, bias))
  f.vpsrld(code, code, dropped)
  f.vaddps(denormal, magnitude, every(f, magic))
  f.vpsubd(denormal, denormal, every(f, magic))
  f.vpcmpgtd(magnitude, magnitude, every(f, least - 1))
  f.vblendvps(code, denormal, code, magnitude)
  f.vpminud(code, code, every(f, saturate ? largest : overflow))
  const isNan = f.ymm('nan')
  const quiet = f.ymm('quiet')
  f.vcmpps(isNan, from, from, UNORDERED)
  f.vpsrld(quiet, from, dropped)
  f.vpor(quiet, quiet, every(f, nan))
  f.vpand(quiet, quiet, every(f, 0x7f))
  f.vblendvps(code, code, quiet, isNan)
  const sign = f.ymm('sign')
  f.vpsrld(sign, from, 24)
  f.vpand(sign, sign, every(f, 0x80))
  f.vpor(code, code, sign)
  const words = packWords(f, code)
  f.vpackuswb(words, words, words)
  return words
}

/** Integers of 8 bits in the low half of a vector, rounded, moved by the zero point and saturated. */
function toInteger8(
  f: Recorder,
  from: V<'ymm'>,
  pack: 'vpacksswb' | 'vpackuswb',
  { zero = 0 }: NarrowingOptions<'ymm'>,
): V<'xmm'> {
  const integers = f.ymm('integers')
  const upper = f.xmm('upper')
  const words = f.xmm('words')
  f.vminps(integers, from, every(f, LARGE_INTEGER))
  f.vcvtps2dq(integers, integers)
  f.vextracti128(upper, integers, 1)
  f.vpackssdw(words, integers.as('xmm'), upper)
  if (typeof zero !== 'number') f.vpaddsw(words, words, zero.as('xmm'))
  else if (zero !== 0) f.vpaddsw(words, words, everyWord(f, zero))
  f[pack](words, words, words)
  return words
}

function narrowing(
  elementBytes: 1 | 2,
  narrow: (f: Recorder, from: V<'ymm'>, options: NarrowingOptions<'ymm'>) => V<'xmm'>,
): Narrowing<'ymm', 'ymm'> {
  return {
    store: (f, to, from, options = {}) => {
      const narrowed = narrow(f, from, options)
      if (elementBytes === 2) f.vmovups(to, narrowed)
      else f.vmovq(to.sized(64), narrowed)
    },
    storePart: (f, to, from, { count }, options = {}) =>
      storeElements(f, to, narrow(f, from, options), { count, elementBytes, most: LANES }),
  }
}

const toF16 = (f: Recorder, from: V<'ymm'>): V<'xmm'> => {
  const half = f.xmm('half')
  f.vcvtps2ph(half, from, NEAREST)
  return half
}

/** The totals of four vectors: added in pairs, twice, and the halves to each other. */
export function totals(f: Recorder, lanes: readonly V<'ymm'>[]): V<'xmm'> {
  const [a, b, c, d] = lanes as readonly [V<'ymm'>, V<'ymm'>, V<'ymm'>, V<'ymm'>]
  const upper = f.xmm('upper')
  f.vphaddd(a, a, b)
  f.vphaddd(c, c, d)
  f.vphaddd(a, a, c)
  f.vextracti128(upper, a, 1)
  const sums = f.xmm('totals')
  f.vpaddd(sums, a.as('xmm'), upper)
  return sums
}

const integerLanes: IntegerLanes<'ymm'> = {
  totals,
  flip: (f, to, bytes) => f.vpxor(to, bytes, every(f, 0x8080_8080)),
  bytes: (f, to, bytes) => {
    const zero = f.ymm('zero')
    f.vpxor(zero, zero, zero)
    f.vpsadbw(to, bytes, zero)
  },
  add: (f, to, a, b) => f.vpaddd(to, a, b),
  multiply: (f, to, a, b) => f.vpmulld(to, a, b),
  total: (f, lanes) => {
    const sum = f.xmm('sum')
    const other = f.xmm('other')
    const total = f.gp('total')
    f.vextracti128(sum, lanes, 1)
    f.vpaddd(sum, sum, lanes.as('xmm'))
    f.vpshufd(other, sum, 0b1110)
    f.vpaddd(sum, sum, other)
    f.vpshufd(other, sum, 0b01)
    f.vpaddd(sum, sum, other)
    f.vmovd(total.as('r32'), sum)
    return total
  },
  scaled: (f, to, sum, { column, row, scale }) => {
    let corrected = sum
    for (const term of [row, column]) {
      if (term === null) continue
      f.vpaddd(to, corrected, term)
      corrected = to
    }
    f.vcvtdq2ps(to, corrected)
    f.vmulps(to, to, scale)
  },
}

export const avx2Conversions: Conversions<'ymm', 'ymm'> = {
  features: ['F16C'],
  part: (_f, count) => ({ count, mask: null }),
  toFloat: {
    bf16: widening('bf16'),
    f16: widening('f16'),
    e4m3: widening('e4m3'),
    e5m2: widening('e5m2'),
    s8: widening('s8'),
    u8: widening('u8'),
  },
  toInteger: {
    s8: integers('vpmovsxbd', 'vpsrad', LANES),
    u8: integers('vpmovzxbd', 'vpsrld', LANES),
  },
  toWords: {
    s8: integers('vpmovsxbw', 'vpsraw', 2 * LANES),
    u8: integers('vpmovzxbw', 'vpsrlw', 2 * LANES),
  },
  fromFloat: {
    bf16: narrowing(2, toBf16),
    f16: narrowing(2, toF16),
    e4m3: narrowing(1, (f, from, options) => toFloat8(f, from, 'e4m3', options)),
    e5m2: narrowing(1, (f, from, options) => toFloat8(f, from, 'e5m2', options)),
    s8: narrowing(1, (f, from, options) => toInteger8(f, from, 'vpacksswb', options)),
    u8: narrowing(1, (f, from, options) => toInteger8(f, from, 'vpackuswb', options)),
  },
  zeroPoint: (f, value) => {
    const zero = f.ymm('zero')
    f.vmovd(zero.as('xmm'), value.as('r32'))
    f.vpbroadcastw(zero, zero.as('xmm'))
    return zero
  },
  integers: integerLanes,
}
