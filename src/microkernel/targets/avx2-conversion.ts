/** Conversions by AVX2 and F16C: eight f32 lanes; parts by their count, since AVX2 cannot mask small elements. */
import { type Mem, mem } from '../../encoder/operands.ts'
import type { V } from '../../regalloc/function.ts'
import type { Recorder } from '../../regalloc/recorder.ts'
import type {
  Conversions,
  Narrowing,
  NarrowingOptions,
  NarrowStorage,
  Widening,
} from '../../schedule/conversion.ts'
import type { Address } from '../../schedule/machine.ts'
import { STORAGE_BYTES } from '../../schedule/product-type.ts'
import { BF16_ROUNDING, E4M3_WORDS, FLOAT8_ROUNDING } from './conversion-constants.ts'
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
  { saturate = false }: NarrowingOptions,
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

function narrowing(
  elementBytes: 1 | 2,
  narrow: (f: Recorder, from: V<'ymm'>, options: NarrowingOptions) => V<'xmm'>,
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
  },
}
