/** Integer arithmetic, logic and counts on vectors. */
import { type Semantics, type SemanticsTable, withAndWithoutV } from './instruction.ts'
import {
  across,
  bytesOf,
  clamp,
  lanewise,
  map1,
  map2,
  type NarrowView,
  type WideView,
  wideMap1,
  wideMap2,
  words2,
  words3,
} from './integer-lanes.ts'
import type { ElementBytes } from './vector-operand.ts'

const narrow = (view: NarrowView, f: (x: number, y: number) => number): Semantics =>
  lanewise(bytesOf(view), map2(view, f))
const wide = (view: WideView, f: (x: bigint, y: bigint) => bigint): Semantics =>
  lanewise(8, wideMap2(view, f))

/** Operations on each signed or unsigned view, by the letter of their elements. */
const SIGNED: readonly (readonly [letter: string, view: NarrowView])[] = [
  ['b', 'i8'],
  ['w', 'i16'],
  ['d', 'i32'],
]
const UNSIGNED: readonly (readonly [letter: string, view: NarrowView])[] = [
  ['b', 'u8'],
  ['w', 'u16'],
  ['d', 'u32'],
]

function arithmetic(): Record<string, Semantics> {
  const result: Record<string, Semantics> = {}
  const put = (name: string, semantics: Semantics): void =>
    void Object.assign(result, withAndWithoutV(name, semantics))
  for (const [letter, view] of SIGNED) {
    put(
      `padd${letter}`,
      narrow(view, (x, y) => x + y),
    )
    put(
      `psub${letter}`,
      narrow(view, (x, y) => x - y),
    )
    put(
      `pmins${letter}`,
      narrow(view, (x, y) => Math.min(x, y)),
    )
    put(
      `pmaxs${letter}`,
      narrow(view, (x, y) => Math.max(x, y)),
    )
    put(
      `pabs${letter}`,
      lanewise(
        bytesOf(view),
        map1(view, (x) => (x < 0 ? -x : x)),
      ),
    )
    put(
      `psign${letter}`,
      narrow(view, (x, y) => (y < 0 ? -x : y === 0 ? 0 : x)),
    )
  }
  for (const [letter, view] of UNSIGNED) {
    put(
      `pminu${letter}`,
      narrow(view, (x, y) => Math.min(x, y)),
    )
    put(
      `pmaxu${letter}`,
      narrow(view, (x, y) => Math.max(x, y)),
    )
  }
  for (const [letter, signedView, unsignedView, half] of [
    ['b', 'i8', 'u8', 128],
    ['w', 'i16', 'u16', 32768],
  ] as const) {
    put(
      `padds${letter}`,
      narrow(signedView, (x, y) => clamp(x + y, -half, half - 1)),
    )
    put(
      `psubs${letter}`,
      narrow(signedView, (x, y) => clamp(x - y, -half, half - 1)),
    )
    put(
      `paddus${letter}`,
      narrow(unsignedView, (x, y) => clamp(x + y, 0, 2 * half - 1)),
    )
    put(
      `psubus${letter}`,
      narrow(unsignedView, (x, y) => clamp(x - y, 0, 2 * half - 1)),
    )
    put(
      `pavg${letter}`,
      narrow(unsignedView, (x, y) => (x + y + 1) >> 1),
    )
  }
  put(
    'paddq',
    wide('u64', (x, y) => x + y),
  )
  put(
    'psubq',
    wide('u64', (x, y) => x - y),
  )
  put(
    'pmullw',
    narrow('i16', (x, y) => x * y),
  )
  put(
    'pmulhw',
    narrow('i16', (x, y) => (x * y) >> 16),
  )
  put(
    'pmulhuw',
    narrow('u16', (x, y) => Math.floor((x * y) / 65536)),
  )
  put(
    'pmulhrsw',
    narrow('i16', (x, y) => (((x * y) >> 14) + 1) >> 1),
  )
  put('pmulld', narrow('i32', Math.imul))
  put(
    'pmuludq',
    wide('u64', (x, y) => BigInt.asUintN(32, x) * BigInt.asUintN(32, y)),
  )
  put(
    'pmuldq',
    wide('i64', (x, y) => BigInt.asIntN(32, x) * BigInt.asIntN(32, y)),
  )
  return result
}

const smaller = (x: bigint, y: bigint): bigint => (x < y ? x : y)
const larger = (x: bigint, y: bigint): bigint => (x > y ? x : y)

/** pmaddwd: two products of neighbours for each element of 32 bits. */
const multiplyPairs: Semantics = lanewise(4, (state) => {
  const { i16, i32 } = state.vectors
  return (d, a, b, lanes) => {
    for (let i = 0; i < lanes; i++) {
      const x = (a >> 1) + 2 * i
      const y = (b >> 1) + 2 * i
      i32[(d >> 2) + i] = Math.imul(i16[x]!, i16[y]!) + Math.imul(i16[x + 1]!, i16[y + 1]!)
    }
  }
})

/** pmaddubsw: two products of unsigned a and signed b for each element of 16 bits, saturated. */
const multiplyBytePairs: Semantics = lanewise(2, (state) => {
  const { u8, i8, i16 } = state.vectors
  return (d, a, b, lanes) => {
    for (let i = 0; i < lanes; i++) {
      const sum = u8[a + 2 * i]! * i8[b + 2 * i]! + u8[a + 2 * i + 1]! * i8[b + 2 * i + 1]!
      i16[(d >> 1) + i] = clamp(sum, -32768, 32767)
    }
  }
})

/** psadbw: the sum of eight absolute differences for each element of 64 bits. */
const sumDifferences: Semantics = across(8, (state) => {
  const { u8, i32 } = state.vectors
  return (d, a, b, lanes) => {
    for (let i = 0; i < lanes; i++) {
      let sum = 0
      for (let j = 8 * i; j < 8 * i + 8; j++) sum += Math.abs(u8[a + j]! - u8[b + j]!)
      i32[(d >> 2) + 2 * i] = sum
      i32[(d >> 2) + 2 * i + 1] = 0
    }
  }
})

/** phadd, phsub: neighbours of a, then of b, within each block of 128 bits. */
function horizontal(view: 'i16' | 'i32', f: (x: number, y: number) => number): Semantics {
  const element = bytesOf(view)
  const half = 8 / element
  return across(element, (state) => {
    const v = state.vectors[view]
    return (d, a, b, lanes) => {
      for (let i = 0; i < lanes; i++) {
        const within = i % (2 * half)
        const from = (within < half ? a : b) / element + (i - within) + 2 * (within % half)
        v[d / element + i] = f(v[from]!, v[from + 1]!)
      }
    }
  })
}

const saturate16 = (x: number): number => clamp(x, -32768, 32767)

/** Bit by bit: the truth table's bit that the three bits index (SDM, VPTERNLOG). */
function ternary(element: ElementBytes): Semantics {
  const choose = (x: number, y: number, z: number, table: number): number => {
    let result = 0
    for (let index = 0; index < 8; index++) {
      if (((table >> index) & 1) === 0) continue
      result |= (index & 4 ? x : ~x) & (index & 2 ? y : ~y) & (index & 1 ? z : ~z)
    }
    return result
  }
  return lanewise(element, words3(element, choose), true)
}

function logic(): Record<string, Semantics> {
  const result: Record<string, Semantics> = {}
  const operations = {
    and: (x: number, y: number) => x & y,
    andn: (x: number, y: number) => ~x & y,
    or: (x: number, y: number) => x | y,
    xor: (x: number, y: number) => x ^ y,
  }
  for (const [name, f] of Object.entries(operations)) {
    Object.assign(
      result,
      withAndWithoutV(`${name}ps`, lanewise(4, words2(4, f))),
      withAndWithoutV(`${name}pd`, lanewise(8, words2(8, f))),
    )
    Object.assign(result, withAndWithoutV(`p${name}`, lanewise(4, words2(4, f))))
    result[`vp${name}d`] = lanewise(4, words2(4, f))
    result[`vp${name}q`] = lanewise(8, words2(8, f))
  }
  result.vpternlogd = ternary(4)
  result.vpternlogq = ternary(8)
  return result
}

const onesIn = (x: number): number => {
  let count = 0
  for (let rest = x; rest !== 0; rest &= rest - 1) count++
  return count
}
const wideOnes = (x: bigint): bigint =>
  BigInt(onesIn(Number(x & 0xffff_ffffn) | 0) + onesIn(Number(x >> 32n) | 0))

/** vpconflict: for each element, bits of the earlier ones that equal it. */
function conflicts(bytes: 4 | 8): Semantics {
  return across(bytes, (state) => {
    const { u64, u32 } = state.vectors
    const v = bytes === 8 ? u64 : u32
    return (d, a, _b, lanes) => {
      for (let i = 0; i < lanes; i++) {
        let bits = 0
        for (let j = 0; j < i; j++) if (v[a / bytes + j] === v[a / bytes + i]) bits |= 1 << j
        u32[d / 4 + (i * bytes) / 4] = bits
        if (bytes === 8) u32[d / 4 + 2 * i + 1] = 0
      }
    }
  })
}

/** vpmadd52: the low (high) 52 bits of products of 52 bits, added. */
function multiply52(high: boolean): Semantics {
  return lanewise(
    8,
    (state) => {
      const { u64 } = state.vectors
      return (d, a, b, lanes) => {
        for (let i = 0; i < lanes; i++) {
          const product = BigInt.asUintN(52, u64[(a >> 3) + i]!) * BigInt.asUintN(52, u64[(b >> 3) + i]!)
          u64[(d >> 3) + i]! += high ? product >> 52n : BigInt.asUintN(52, product)
        }
      }
    },
    true,
  )
}

/** mpsadbw: eight sums of four absolute differences in each block; the immediate says where both begin. */
const slidingDifferences: Semantics = across(2, (state) => {
  const { u8, u16 } = state.vectors
  return (d, a, b, lanes, _active, immediate) => {
    for (let i = 0; i < lanes; i++) {
      const block = i >> 3
      const control = block % 2 === 0 ? immediate : immediate >> 3
      const left = a + 16 * block + (control & 4) + (i & 7)
      const right = b + 16 * block + 4 * (control & 3)
      let sum = 0
      for (let j = 0; j < 4; j++) sum += Math.abs(u8[left + j]! - u8[right + j]!)
      u16[(d >> 1) + i] = sum
    }
  }
})

/** vdbpsadbw: sums of four absolute differences of a against b, whose four-byte pieces the immediate shuffles first. */
const shuffledDifferences: Semantics = across(2, (state) => {
  const { u8, u16 } = state.vectors
  return (d, a, b, lanes, _active, immediate) => {
    for (let i = 0; i < lanes; i++) {
      const block = 16 * (i >> 3)
      const j = i & 7
      // Within each half of the block: pieces 0, 0, 1, 1 of a against pieces shifted by 0, 1, 2, 3 bytes.
      const left = a + block + 4 * (j >> 1)
      const start = 8 * (j >> 2) + (j & 3)
      let sum = 0
      for (let n = 0; n < 4; n++) {
        const at = start + n
        const piece = (immediate >> (2 * (at >> 2))) & 3
        sum += Math.abs(u8[left + n]! - u8[b + block + 4 * piece + (at & 3)]!)
      }
      u16[(d >> 1) + i] = sum
    }
  }
})

/** phminposuw: the least of eight and where it is. */
const leastOfEight: Semantics = across(2, (state) => {
  const { u16 } = state.vectors
  return (d, a) => {
    const from = a >> 1
    let best = 0
    for (let i = 1; i < 8; i++) if (u16[from + i]! < u16[from + best]!) best = i
    const value = u16[from + best]!
    u16.fill(0, d >> 1, (d >> 1) + 8)
    u16[d >> 1] = value
    u16[(d >> 1) + 1] = best
  }
})

export const vectorIntegerSemantics: SemanticsTable = {
  ...arithmetic(),
  ...logic(),
  vpminsq: wide('i64', smaller),
  vpminuq: wide('u64', smaller),
  vpmaxsq: wide('i64', larger),
  vpmaxuq: wide('u64', larger),
  vpabsq: lanewise(
    8,
    wideMap1('i64', (x) => (x < 0n ? -x : x)),
  ),
  vpmullq: wide('u64', (x, y) => x * y),
  ...withAndWithoutV('pmaddwd', multiplyPairs),
  ...withAndWithoutV('pmaddubsw', multiplyBytePairs),
  ...withAndWithoutV('psadbw', sumDifferences),
  ...withAndWithoutV(
    'phaddw',
    horizontal('i16', (x, y) => x + y),
  ),
  ...withAndWithoutV(
    'phaddd',
    horizontal('i32', (x, y) => x + y),
  ),
  ...withAndWithoutV(
    'phaddsw',
    horizontal('i16', (x, y) => saturate16(x + y)),
  ),
  ...withAndWithoutV(
    'phsubw',
    horizontal('i16', (x, y) => x - y),
  ),
  ...withAndWithoutV(
    'phsubd',
    horizontal('i32', (x, y) => x - y),
  ),
  ...withAndWithoutV(
    'phsubsw',
    horizontal('i16', (x, y) => saturate16(x - y)),
  ),
  ...withAndWithoutV('mpsadbw', slidingDifferences),
  vdbpsadbw: shuffledDifferences,
  ...withAndWithoutV('phminposuw', leastOfEight),
  vpopcntb: lanewise(1, map1('u8', onesIn)),
  vpopcntw: lanewise(2, map1('u16', onesIn)),
  vpopcntd: lanewise(4, map1('i32', onesIn)),
  vpopcntq: lanewise(8, wideMap1('u64', wideOnes)),
  vplzcntd: lanewise(4, map1('u32', Math.clz32)),
  vplzcntq: lanewise(
    8,
    wideMap1('u64', (x) => 64n - BigInt(x === 0n ? 0 : x.toString(2).length)),
  ),
  vpconflictd: conflicts(4),
  vpconflictq: conflicts(8),
  vpmadd52luq: multiply52(false),
  vpmadd52huq: multiply52(true),
}
