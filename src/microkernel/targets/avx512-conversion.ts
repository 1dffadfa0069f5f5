/**
 * Conversions by AVX-512 F, BW and VL: sixteen f32 lanes, parts by opmasks.
 *
 * vcvtneps2bf16 (AVX512_BF16, AVX-NE-CONVERT) is left alone: it takes denormals for zero, and so would give other results than
 * the other machines. By integers it is six instructions more for sixteen elements.
 */
import { type Mem, mem } from '../../encoder/operands.ts'
import type { V } from '../../regalloc/function.ts'
import type { Recorder } from '../../regalloc/recorder.ts'
import type {
  Conversions,
  IntegerLanes,
  Narrowing,
  NarrowingOptions,
  NarrowStorage,
  Part,
  Widening,
} from '../../schedule/conversion.ts'
import type { Address } from '../../schedule/operand-kinds.ts'
import { isKnown, type Quantity } from '../../schedule/quantity.ts'
import { totals } from './avx2-conversion.ts'
import { BF16_ROUNDING, E4M3_WORDS, FLOAT8_ROUNDING, LARGE_INTEGER } from './conversion-constants.ts'

/** vcmpps and vpcmpd. */
const UNORDERED = 3
const LESS = 1
/** vcvtps2ph: to nearest, ties to even, whatever MXCSR says. */
const NEAREST = 0
/** vpternlogd: a | (b & c). */
const OR_AND = 0xf8

type Mask = V<'k'> | null

/** A destination in which only masked lanes are loaded, the others cleared. */
const into = <K extends 'xmm' | 'ymm' | 'zmm'>(to: V<K>, mask: Mask) =>
  mask === null ? to : to.mask(mask).zero()

/** One 32-bit value, repeated in every lane. */
const every = (f: Recorder, value: number): Mem<0, 'physical', 'bcst'> =>
  mem(f.constant(new Uint8Array(Int32Array.of(value).buffer), 4)).broadcast()

/** One 16-bit value in every word of 256 bits: words have no broadcast of their own. */
const everyWord = (f: Recorder, value: number): Mem<0, 'physical', 'plain'> =>
  mem(f.constant(new Uint8Array(new Uint16Array(16).fill(value).buffer), 32))

/** e4m3 in sign-extended words to f32: through f16 (see conversion-constants.ts). */
function fromE4m3Words(f: Recorder, to: V<'zmm'>, words: V<'ymm'>): void {
  const isNan = f.k('nan')
  const inverted = f.ymm('inverted')
  const half = f.ymm('half')
  f.vmovups(inverted, everyWord(f, E4M3_WORDS.magnitude))
  f.vpandnd(inverted, words, inverted)
  f.vptestnmw(isNan, inverted, inverted)
  f.vpsllw(half, words, E4M3_WORDS.shift)
  f.vpandd(half, half, everyWord(f, E4M3_WORDS.kept))
  f.vpaddw(half.mask(isNan), half, everyWord(f, E4M3_WORDS.toNan))
  f.vcvtph2ps(to, half)
  f.vmulps(to, to, every(f, E4M3_WORDS.scale))
}

const load: Readonly<Record<NarrowStorage, (f: Recorder, to: V<'zmm'>, from: Address, mask: Mask) => void>> =
  {
    bf16: (f, to, from, mask) => {
      f.vpmovzxwd(into(to, mask), from)
      f.vpslld(to, to, 16)
    },
    f16: (f, to, from, mask) => f.vcvtph2ps(into(to, mask), from),
    // e5m2 is f16's upper byte.
    e5m2: (f, to, from, mask) => {
      const words = f.ymm('words')
      f.vpmovzxbw(into(words, mask), from)
      f.vpsllw(words, words, 8)
      f.vcvtph2ps(to, words)
    },
    e4m3: (f, to, from, mask) => {
      const words = f.ymm('words')
      f.vpmovsxbw(into(words, mask), from)
      fromE4m3Words(f, to, words)
    },
    s8: (f, to, from, mask) => {
      f.vpmovsxbd(into(to, mask), from)
      f.vcvtdq2ps(to, to)
    },
    u8: (f, to, from, mask) => {
      f.vpmovzxbd(into(to, mask), from)
      f.vcvtdq2ps(to, to)
    },
  }

const broadcast: Readonly<Record<NarrowStorage, (f: Recorder, to: V<'zmm'>, from: Address) => void>> = {
  bf16: (f, to, from) => {
    f.vpbroadcastw(to, from)
    f.vpslld(to, to, 16)
  },
  f16: (f, to, from) => {
    const words = f.ymm('words')
    f.vpbroadcastw(words, from)
    f.vcvtph2ps(to, words)
  },
  e5m2: (f, to, from) => {
    const words = f.ymm('words')
    f.vpbroadcastb(words, from)
    f.vpsllw(words, words, 8)
    f.vcvtph2ps(to, words)
  },
  e4m3: (f, to, from) => {
    const words = f.ymm('words')
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

const widening = (storage: NarrowStorage): Widening<'zmm', 'k'> => ({
  load: (f, to, from) => load[storage](f, to, from, null),
  loadPart: (f, to, from, { mask }) => load[storage](f, to, from, mask),
  broadcast: broadcast[storage],
})

/** Integers to wider integers: one instruction, and an arithmetic or logical shift where one element is repeated. */
function integers(
  extend: 'vpmovsxbd' | 'vpmovzxbd' | 'vpmovsxbw' | 'vpmovzxbw',
  shift: 'vpsrad' | 'vpsrld' | 'vpsraw' | 'vpsrlw',
  by: number,
): Widening<'zmm', 'k'> {
  return {
    load: (f, to, from) => f[extend](to, from),
    loadPart: (f, to, from, { mask }) => f[extend](into(to, mask), from),
    broadcast: (f, to, from) => {
      f.vpbroadcastb(to, from)
      f[shift](to, to, by)
    },
  }
}

/** bf16 in the low half of every lane, by integers (see conversion-constants.ts). */
function toBf16(f: Recorder, from: V<'zmm'>): V<'zmm'> {
  const rounded = f.zmm('rounded')
  const isNan = f.k('nan')
  f.vpsrld(rounded, from, 16)
  f.vpandd(rounded, rounded, every(f, 1))
  f.vpaddd(rounded, rounded, from)
  f.vpaddd(rounded, rounded, every(f, BF16_ROUNDING.almostHalf))
  f.vcmpps(isNan, from, from, UNORDERED)
  f.vpord(rounded.mask(isNan), from, every(f, BF16_ROUNDING.quiet))
  f.vpsrld(rounded, rounded, 16)
  return rounded
}

/** An 8-bit float in the low byte of every lane (see conversion-constants.ts). */
function toFloat8(
  f: Recorder,
  from: V<'zmm'>,
  storage: 'e4m3' | 'e5m2',
  { saturate = false }: NarrowingOptions<'zmm'>,
): V<'zmm'> {
  const { bias, dropped, least, magic, largest, overflow, nan } = FLOAT8_ROUNDING[storage]
  const magnitude = f.zmm('magnitude')
  const code = f.zmm('code')
  const isDenormal = f.k('denormal')
  f.vpandd(magnitude, from, every(f, 0x7fff_ffff))
  f.vpcmpd(isDenormal, magnitude, every(f, least), LESS)
  f.vpsrld(code, magnitude, dropped)
  f.vpandd(code, code, every(f, 1))
  f.vpaddd(code, code, magnitude)
  f.vpaddd(code, code, every(f, bias))
  f.vpsrld(code, code, dropped)
  f.vaddps(magnitude, magnitude, every(f, magic))
  f.vpsubd(code.mask(isDenormal), magnitude, every(f, magic))
  f.vpminud(code, code, every(f, saturate ? largest : overflow))
  const isNan = f.k('nan')
  const quiet = f.zmm('quiet')
  f.vcmpps(isNan, from, from, UNORDERED)
  f.vpsrld(quiet, from, dropped)
  f.vpord(quiet, quiet, every(f, nan))
  f.vpandd(code.mask(isNan), quiet, every(f, 0x7f))
  const sign = f.zmm('sign')
  f.vpsrld(sign, from, 24)
  f.vpternlogd(code, sign, every(f, 0x80), OR_AND)
  return code
}

function narrowing(
  elementBytes: 1 | 2,
  narrow: (f: Recorder, from: V<'zmm'>, options: NarrowingOptions<'zmm'>) => V<'zmm'>,
): Narrowing<'zmm', 'k'> {
  return {
    store: (f, to, from, options = {}) => {
      const lanes = narrow(f, from, options)
      if (elementBytes === 2) f.vpmovdw(to, lanes)
      else f.vpmovdb(to, lanes)
    },
    storePart: (f, to, from, { mask }, options = {}) => {
      const lanes = narrow(f, from, options)
      const place = mask === null ? to : to.mask(mask)
      if (elementBytes === 2) f.vpmovdw(place, lanes)
      else f.vpmovdb(place, lanes)
    },
  }
}

const f16: Narrowing<'zmm', 'k'> = {
  store: (f, to, from) => f.vcvtps2ph(to, from, NEAREST),
  storePart: (f, to, from, { mask }) => f.vcvtps2ph(mask === null ? to : to.mask(mask), from, NEAREST),
}

/** 8-bit integers, rounded, moved by the zero point; saturated where they are stored. */
function integers8(move: 'vpmovsdb' | 'vpmovusdb'): Narrowing<'zmm', 'k'> {
  const narrow = (f: Recorder, from: V<'zmm'>, { zero = 0 }: NarrowingOptions<'zmm'> = {}): V<'zmm'> => {
    const lanes = f.zmm('integers')
    // The lower bound, too: adding a zero point to the least integer would go round.
    f.vminps(lanes, from, every(f, LARGE_INTEGER))
    f.vmaxps(lanes, lanes, every(f, LARGE_INTEGER | 0x8000_0000))
    f.vcvtps2dq(lanes, lanes)
    if (typeof zero !== 'number') f.vpaddd(lanes, lanes, zero)
    else if (zero !== 0) f.vpaddd(lanes, lanes, every(f, zero))
    // vpmovusdb takes lanes for unsigned.
    if (move === 'vpmovusdb') f.vpmaxsd(lanes, lanes, every(f, 0))
    return lanes
  }
  return {
    store: (f, to, from, options) => f[move](to, narrow(f, from, options)),
    storePart: (f, to, from, { mask }, options) => {
      const lanes = narrow(f, from, options)
      f[move](mask === null ? to : to.mask(mask), lanes)
    },
  }
}

const integerLanes: IntegerLanes<'zmm'> = {
  totals: (f, lanes) =>
    totals(
      f,
      lanes.map((vector) => {
        const half = f.ymm('half')
        f.vextracti64x4(half, vector, 1)
        f.vpaddd(half, half, vector.as('ymm'))
        return half
      }),
    ),
  flip: (f, to, bytes) => f.vpxord(to, bytes, every(f, 0x8080_8080)),
  bytes: (f, to, bytes) => {
    const zero = f.zmm('zero')
    f.vpxord(zero, zero, zero)
    f.vpsadbw(to, bytes, zero)
  },
  add: (f, to, a, b) => f.vpaddd(to, a, b),
  multiply: (f, to, a, b) => f.vpmulld(to, a, b),
  total: (f, lanes) => {
    const sum = f.zmm('sum')
    const other = f.zmm('other')
    const total = f.gp('total')
    f.vshufi64x2(sum, lanes, lanes, 0b01_00_11_10)
    f.vpaddd(sum, sum, lanes)
    f.vshufi64x2(other, sum, sum, 0b10_11_00_01)
    f.vpaddd(sum, sum, other)
    f.vpshufd(other, sum, 0b0100_1110)
    f.vpaddd(sum, sum, other)
    f.vpshufd(other, sum, 0b1011_0001)
    f.vpaddd(sum, sum, other)
    f.vmovd(total.as('r32'), sum.as('xmm'))
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

/** Opmask with the low `count` bits set, for up to 32 lanes. */
function part(f: Recorder, count: Quantity, laneBytes: 2 | 4): Part<'k'> {
  const mask = f.k('part')
  const bits = f.gp('part.bits').as('r32')
  if (isKnown(count)) f.mov(bits, 2 ** count - 1)
  else {
    f.mov(bits, -1)
    f.bzhi(bits, bits, count.as('r32'))
  }
  if (laneBytes === 4) f.kmovw(mask, bits)
  else f.kmovd(mask, bits)
  return { count, mask }
}

export const avx512Conversions: Conversions<'zmm', 'k'> = {
  features: ['AVX2', 'AVX512BW', 'AVX512VL'],
  part,
  toFloat: {
    bf16: widening('bf16'),
    f16: widening('f16'),
    e4m3: widening('e4m3'),
    e5m2: widening('e5m2'),
    s8: widening('s8'),
    u8: widening('u8'),
  },
  toInteger: { s8: integers('vpmovsxbd', 'vpsrad', 24), u8: integers('vpmovzxbd', 'vpsrld', 24) },
  toWords: { s8: integers('vpmovsxbw', 'vpsraw', 8), u8: integers('vpmovzxbw', 'vpsrlw', 8) },
  fromFloat: {
    bf16: narrowing(2, toBf16),
    f16,
    e4m3: narrowing(1, (f, from, options) => toFloat8(f, from, 'e4m3', options)),
    e5m2: narrowing(1, (f, from, options) => toFloat8(f, from, 'e5m2', options)),
    s8: integers8('vpmovsdb'),
    u8: integers8('vpmovusdb'),
  },
  zeroPoint: (f, value) => {
    const zero = f.zmm('zero')
    f.vpbroadcastd(zero, value.as('r32'))
    return zero
  },
  integers: integerLanes,
}
