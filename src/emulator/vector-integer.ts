/** Integer arithmetic, logic, shifts and comparisons on vectors. */
import { CF, STATUS, ZF } from './flags.ts'
import type { Semantics, SemanticsTable } from './instruction.ts'
import { sequence } from './instruction.ts'
import {
  clamp,
  map1,
  map2,
  type NarrowView,
  SHIFT,
  type WideView,
  wideMap1,
  wideMap2,
  words2,
  words3,
} from './integer-lanes.ts'
import { type State, VECTOR_BYTES } from './state.ts'
import { intoOpmask, type LaneRun, laneBits, packed } from './vector.ts'
import { type ElementBytes, vectorAt, vectorBytes, vectorSource } from './vector-operand.ts'

type Make = (state: State) => LaneRun

const lanewise = (element: ElementBytes, make: Make, accumulates = false): Semantics =>
  packed({ element, lanewise: true, accumulates, make })
/** Results that take elements of other places. */
const across = (element: ElementBytes, make: Make): Semantics => packed({ element, make })

const bytesOf = (view: NarrowView | WideView): ElementBytes => (1 << SHIFT[view]) as ElementBytes

/** The same operation with and without v. */
const both = (name: string, semantics: Semantics): Record<string, Semantics> => ({
  [name]: semantics,
  [`v${name}`]: semantics,
})

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
  const put = (name: string, semantics: Semantics): void => void Object.assign(result, both(name, semantics))
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
      narrow(view, (x, y) => (x < y ? x : y)),
    )
    put(
      `pmaxs${letter}`,
      narrow(view, (x, y) => (x > y ? x : y)),
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
      narrow(view, (x, y) => (x < y ? x : y)),
    )
    put(
      `pmaxu${letter}`,
      narrow(view, (x, y) => (x > y ? x : y)),
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
      both(`${name}ps`, lanewise(4, words2(4, f))),
      both(`${name}pd`, lanewise(8, words2(8, f))),
    )
    Object.assign(result, both(`p${name}`, lanewise(4, words2(4, f))))
    result[`vp${name}d`] = lanewise(4, words2(4, f))
    result[`vp${name}q`] = lanewise(8, words2(8, f))
  }
  result['vpternlogd'] = ternary(4)
  result['vpternlogq'] = ternary(8)
  return result
}

type Shift = (x: bigint, count: bigint, bits: number) => bigint
const left: Shift = (x, count, bits) => (count >= BigInt(bits) ? 0n : x << count)
const right: Shift = (x, count, bits) => (count >= BigInt(bits) ? 0n : x >> count)
/** On signed values. */
const arithmeticRight: Shift = (x, count, bits) => x >> (count >= BigInt(bits) ? BigInt(bits - 1) : count)

/** Reads and writes an element of a view as a BigInt. */
function element(
  state: State,
  view: NarrowView | WideView,
): [(i: number) => bigint, (i: number, x: bigint) => void] {
  if (view === 'u64' || view === 'i64') {
    const v = state.vectors[view]
    return [
      (i) => v[i]!,
      (i, x) => {
        v[i] = x
      },
    ]
  }
  const v = state.vectors[view]
  return [
    (i) => BigInt(v[i]!),
    (i, x) => {
      v[i] = Number(BigInt.asIntN(32, x))
    },
  ]
}

/** All elements shifted by one count: an immediate, or the low 64 bits of b. */
function shiftAll(view: NarrowView | WideView, shift: Shift): Semantics {
  const bytes = bytesOf(view)
  return (state, instruction) => {
    const isImmediate = typeof instruction.operands.at(-1) === 'number'
    const make: Make = () => {
      const [read, write] = element(state, view)
      const { u64 } = state.vectors
      return (d, a, b, lanes, _active, immediate) => {
        const count = isImmediate ? BigInt(immediate) : u64[b >> 3]!
        for (let i = 0; i < lanes; i++) write(d / bytes + i, shift(read(a / bytes + i), count, 8 * bytes))
      }
    }
    // With b a vector of its own width, masks must not reach its load; and d may be b.
    return packed({ element: bytes, lanewise: isImmediate, make })(state, instruction)
  }
}

/** Each element shifted by its own count. */
function shiftEach(view: NarrowView | WideView, shift: Shift): Semantics {
  const bytes = bytesOf(view)
  return lanewise(bytes, (state) => {
    const [read, write] = element(state, view)
    return (d, a, b, lanes) => {
      for (let i = 0; i < lanes; i++) {
        const count = BigInt.asUintN(8 * bytes, read(b / bytes + i))
        write(d / bytes + i, shift(read(a / bytes + i), count, 8 * bytes))
      }
    }
  })
}

const rotateLeft: Shift = (x, count, bits) => {
  const by = count % BigInt(bits)
  return (x << by) | (x >> (BigInt(bits) - by))
}
const rotateRight: Shift = (x, count, bits) => rotateLeft(x, BigInt(bits) - (count % BigInt(bits)), bits)

/** vpshld, vpshrd: the upper (lower) half of two elements together, shifted; the count is the immediate or b. */
function concatShift(view: 'u16' | 'u32' | 'u64', isLeft: boolean, isVariable: boolean): Semantics {
  const bytes = bytesOf(view)
  const bits = BigInt(8 * bytes)
  const make: Make = (state) => {
    const [read, write] = element(state, view)
    return (d, a, b, lanes, _active, immediate) => {
      for (let i = 0; i < lanes; i++) {
        const first = read((isVariable ? d : a) / bytes + i)
        const second = read((isVariable ? a : b) / bytes + i)
        const count = (isVariable ? read(b / bytes + i) : BigInt(immediate)) & (bits - 1n)
        const value = isLeft
          ? (((first << bits) | second) << count) >> bits
          : ((second << bits) | first) >> count
        write(d / bytes + i, BigInt.asUintN(Number(bits), value))
      }
    }
  }
  return lanewise(bytes, make, isVariable)
}

/** pslldq, psrldq: blocks of 128 bits shifted by bytes. */
function shiftBytes(isLeft: boolean): Semantics {
  return across(1, (state) => {
    const { u8 } = state.vectors
    return (d, a, _b, lanes, _active, immediate) => {
      for (let i = 0; i < lanes; i++) {
        const from = (i & 15) + (isLeft ? -immediate : immediate)
        u8[d + i] = from < 0 || from > 15 ? 0 : u8[a + (i & ~15) + from]!
      }
    }
  })
}

function shifts(): Record<string, Semantics> {
  const result: Record<string, Semantics> = {}
  const widths = [
    ['w', 'u16', 'i16'],
    ['d', 'u32', 'i32'],
    ['q', 'u64', 'i64'],
  ] as const
  for (const [letter, unsigned, signed] of widths) {
    Object.assign(
      result,
      both(`psll${letter}`, shiftAll(unsigned, left)),
      both(`psrl${letter}`, shiftAll(unsigned, right)),
    )
    Object.assign(result, both(`psra${letter}`, shiftAll(signed, arithmeticRight)))
    result[`vpsllv${letter}`] = shiftEach(unsigned, left)
    result[`vpsrlv${letter}`] = shiftEach(unsigned, right)
    result[`vpsrav${letter}`] = shiftEach(signed, arithmeticRight)
    for (const variable of [false, true]) {
      const suffix = (variable ? 'v' : '') + letter
      result[`vpshld${suffix}`] = concatShift(unsigned, true, variable)
      result[`vpshrd${suffix}`] = concatShift(unsigned, false, variable)
    }
    if (letter === 'w') continue
    result[`vprol${letter}`] = shiftAll(unsigned, rotateLeft)
    result[`vprolv${letter}`] = shiftEach(unsigned, rotateLeft)
    result[`vpror${letter}`] = shiftAll(unsigned, rotateRight)
    result[`vprorv${letter}`] = shiftEach(unsigned, rotateRight)
  }
  return result
}

/** The eight integer predicates (SDM, VPCMPD). */
const PREDICATES: readonly ((order: number) => boolean)[] = [
  (o) => o === 0,
  (o) => o < 0,
  (o) => o <= 0,
  () => false,
  (o) => o !== 0,
  (o) => o >= 0,
  (o) => o > 0,
  () => true,
]

function order(state: State, view: NarrowView | WideView): (x: number, y: number) => number {
  if (view === 'u64' || view === 'i64') {
    const v = state.vectors[view]
    return (x, y) => (v[x]! < v[y]! ? -1 : v[x]! > v[y]! ? 1 : 0)
  }
  const v = state.vectors[view]
  return (x, y) => v[x]! - v[y]!
}

/** A comparison: all ones or zeros in the destination, or bits of an opmask. `predicate` null: the immediate's. */
function compare(view: NarrowView | WideView, predicate: number | null): Semantics {
  const bytes = bytesOf(view)
  const asMask = intoOpmask({
    element: bytes,
    make: (state) => {
      const orderOf = order(state, view)
      return (a, b, lanes, _active, immediate) => {
        const holds = PREDICATES[predicate ?? immediate & 7]!
        return laneBits(lanes, (i) => holds(orderOf(a / bytes + i, b / bytes + i)))
      }
    },
  })
  const asVector = lanewise(bytes, (state) => {
    const orderOf = order(state, view)
    const { u8 } = state.vectors
    return (d, a, b, lanes) => {
      const holds = PREDICATES[predicate ?? 0]!
      for (let i = 0; i < lanes; i++) {
        const value = holds(orderOf(a / bytes + i, b / bytes + i)) ? 0xff : 0
        u8.fill(value, d + i * bytes, d + (i + 1) * bytes)
      }
    }
  })
  return (state, instruction) =>
    (instruction.form.operands[0]!.token.startsWith('k') ? asMask : asVector)(state, instruction)
}

/** vptestm, vptestnm: elements with a & b not zero, or zero. */
function bitTest(bytes: ElementBytes, wantsZero: boolean): Semantics {
  return intoOpmask({
    element: bytes,
    make: (state) => {
      const { u8 } = state.vectors
      return (a, b, lanes) =>
        laneBits(lanes, (i) => {
          let any = 0
          for (let j = i * bytes; j < (i + 1) * bytes; j++) any |= u8[a + j]! & u8[b + j]!
          return (any === 0) === wantsZero
        })
    },
  })
}

function comparisons(): Record<string, Semantics> {
  const result: Record<string, Semantics> = {}
  const views = [
    ['b', 'i8', 'u8', 1],
    ['w', 'i16', 'u16', 2],
    ['d', 'i32', 'u32', 4],
    ['q', 'i64', 'u64', 8],
  ] as const
  for (const [letter, signed, unsigned, bytes] of views) {
    Object.assign(
      result,
      both(`pcmpeq${letter}`, compare(signed, 0)),
      both(`pcmpgt${letter}`, compare(signed, 6)),
    )
    result[`vpcmp${letter}`] = compare(signed, null)
    result[`vpcmpu${letter}`] = compare(unsigned, null)
    result[`vptestm${letter}`] = bitTest(bytes, false)
    result[`vptestnm${letter}`] = bitTest(bytes, true)
  }
  return result
}

/** ptest, vtestps: ZF where no bit of `bits` is in both, CF where all of b's are in a. Nothing is written. */
function wholeTest(bytes: ElementBytes): Semantics {
  return (state, instruction) => {
    const a = vectorAt(instruction, 0)
    const length = vectorBytes(a)
    const b = vectorSource(state, instruction, 1, length, 4, null)
    const { u8 } = state.vectors
    const at = a.id * VECTOR_BYTES
    const run = (): void => {
      let both = 0
      let onlyB = 0
      for (let i = 0; i < length; i++) {
        const keep = bytes === 1 ? 0xff : i % bytes === bytes - 1 ? 0x80 : 0
        both |= u8[at + i]! & u8[b.at + i]! & keep
        onlyB |= ~u8[at + i]! & u8[b.at + i]! & keep
      }
      state.flags.change(STATUS, (both === 0 ? ZF : 0) | (onlyB === 0 ? CF : 0))
    }
    return sequence(b.before, run)
  }
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

/** pmovsx, pmovzx: the source's low elements, wider. */
function extend(from: NarrowView, to: NarrowView | WideView): Semantics {
  const make: Make = (state) => {
    const [read] = element(state, from)
    const [, write] = element(state, to)
    return (d, a, _b, lanes) => {
      for (let i = 0; i < lanes; i++) write(d / bytesOf(to) + i, read(a / bytesOf(from) + i))
    }
  }
  return packed({ element: bytesOf(to), sourceElement: bytesOf(from), lanewise: true, make })
}

/** vpmov…: elements cut to fewer bits, or saturated into them. */
function shrink(from: NarrowView | WideView, to: NarrowView, mode: 'cut' | 'signed' | 'unsigned'): Semantics {
  const bits = 8 * bytesOf(to)
  const least = mode === 'signed' ? -(1n << BigInt(bits - 1)) : 0n
  const most = mode === 'signed' ? (1n << BigInt(bits - 1)) - 1n : (1n << BigInt(bits)) - 1n
  const make: Make = (state) => {
    const [read] = element(state, from)
    const [, write] = element(state, to)
    return (d, a, _b, lanes) => {
      for (let i = 0; i < lanes; i++) {
        const value = read(a / bytesOf(from) + i)
        const kept =
          mode === 'cut' ? BigInt.asUintN(bits, value) : value < least ? least : value > most ? most : value
        write(d / bytesOf(to) + i, kept)
      }
    }
  }
  return packed({ element: bytesOf(to), sourceElement: bytesOf(from), lanewise: true, make })
}

function conversions(): Record<string, Semantics> {
  const result: Record<string, Semantics> = {}
  const views = [
    ['b', 'i8', 'u8'],
    ['w', 'i16', 'u16'],
    ['d', 'i32', 'u32'],
    ['q', 'i64', 'u64'],
  ] as const
  for (const [index, [from, signed, unsigned]] of views.entries()) {
    for (const [to, wideSigned, wideUnsigned] of views.slice(index + 1)) {
      Object.assign(result, both(`pmovsx${from}${to}`, extend(signed as NarrowView, wideSigned)))
      Object.assign(result, both(`pmovzx${from}${to}`, extend(unsigned as NarrowView, wideUnsigned)))
      result[`vpmov${to}${from}`] = shrink(wideUnsigned, unsigned as NarrowView, 'cut')
      result[`vpmovs${to}${from}`] = shrink(wideSigned, signed as NarrowView, 'signed')
      result[`vpmovus${to}${from}`] = shrink(wideUnsigned, unsigned as NarrowView, 'unsigned')
    }
  }
  return result
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

/** vpshufbitqmb: bit b[i] of a's quadword, for each byte of b. */
const gatherBits: Semantics = intoOpmask({
  element: 1,
  make: (state) => {
    const { u8 } = state.vectors
    return (a, b, lanes) =>
      laneBits(lanes, (i) => {
        const bit = u8[b + i]! & 63
        return ((u8[a + (i & ~7) + (bit >> 3)]! >> (bit & 7)) & 1) === 1
      })
  },
})

export const vectorIntegerSemantics: SemanticsTable = {
  ...arithmetic(),
  ...logic(),
  ...shifts(),
  ...comparisons(),
  ...conversions(),
  vpminsq: wide('i64', smaller),
  vpminuq: wide('u64', smaller),
  vpmaxsq: wide('i64', larger),
  vpmaxuq: wide('u64', larger),
  vpabsq: lanewise(
    8,
    wideMap1('i64', (x) => (x < 0n ? -x : x)),
  ),
  vpmullq: wide('u64', (x, y) => x * y),
  ...both('pmaddwd', multiplyPairs),
  ...both('pmaddubsw', multiplyBytePairs),
  ...both('psadbw', sumDifferences),
  ...both(
    'phaddw',
    horizontal('i16', (x, y) => x + y),
  ),
  ...both(
    'phaddd',
    horizontal('i32', (x, y) => x + y),
  ),
  ...both(
    'phaddsw',
    horizontal('i16', (x, y) => saturate16(x + y)),
  ),
  ...both(
    'phsubw',
    horizontal('i16', (x, y) => x - y),
  ),
  ...both(
    'phsubd',
    horizontal('i32', (x, y) => x - y),
  ),
  ...both(
    'phsubsw',
    horizontal('i16', (x, y) => saturate16(x - y)),
  ),
  ...both('pslldq', shiftBytes(true)),
  ...both('psrldq', shiftBytes(false)),
  ...both('ptest', wholeTest(1)),
  vtestps: wholeTest(4),
  vtestpd: wholeTest(8),
  ...both('mpsadbw', slidingDifferences),
  vdbpsadbw: shuffledDifferences,
  ...both('phminposuw', leastOfEight),
  vpshufbitqmb: gatherBits,
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
