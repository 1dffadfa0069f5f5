/** Shuffles, permutations, unpacking and packing: results are elements of the sources. */
import { type Semantics, type SemanticsTable, withAndWithoutV } from './instruction.ts'
import { clamp, elementMover } from './integer-lanes.ts'
import { EXTRA, type State, VECTOR_BYTES } from './state.ts'
import { type LaneRun, packed } from './vector.ts'
import { copyVector, type ElementBytes } from './vector-operand.ts'

/** Lanes of 128 bits, within which most shuffles stay. */
const BLOCK_BYTES = 16

/** Element i of the result is element `index` of a. */
function pick(
  element: ElementBytes,
  index: (i: number, immediate: number, lanes: number) => number,
): Semantics {
  const make = (state: State): LaneRun => {
    const move = elementMover(state, element)
    return (d, a, _b, lanes, _active, immediate) => {
      for (let i = 0; i < lanes; i++) move(d / element + i, a / element + index(i, immediate, lanes))
    }
  }
  return packed({ element, make })
}

/** Element i of the result is element `index` of a; from `lanes` on they are b's. */
export function pickFromTwo(
  element: ElementBytes,
  index: (i: number, immediate: number, lanes: number) => number,
): Semantics {
  const make = (state: State): LaneRun => {
    const move = elementMover(state, element)
    return (d, a, b, lanes, _active, immediate) => {
      for (let i = 0; i < lanes; i++) {
        const from = index(i, immediate, lanes)
        move(d / element + i, from < lanes ? a / element + from : b / element + from - lanes)
      }
    }
  }
  return packed({ element, make })
}

/** The number that an element holds, as an index. */
function indexReader(state: State, element: ElementBytes): (lane: number) => number {
  const { u8, u16, u32 } = state.vectors
  if (element === 8) return (lane) => u32[2 * lane]!
  const view = element === 4 ? u32 : element === 2 ? u16 : u8
  return (lane) => view[lane]!
}

/** Both sources' elements of the low (high) halves of each block, in turns. */
function unpack(element: ElementBytes, high: boolean): Semantics {
  const perBlock = BLOCK_BYTES / element
  return pickFromTwo(element, (i, _immediate, lanes) => {
    const within = i % perBlock
    const from = i - within + (within >> 1) + (high ? perBlock / 2 : 0)
    return within % 2 === 0 ? from : lanes + from
  })
}

/** vpermd and the like: b's elements at a's indices. */
function permute(element: ElementBytes): Semantics {
  const make = (state: State): LaneRun => {
    const move = elementMover(state, element)
    const indexAt = indexReader(state, element)
    return (d, a, b, lanes) => {
      for (let i = 0; i < lanes; i++)
        move(d / element + i, b / element + (indexAt(a / element + i) & (lanes - 1)))
    }
  }
  return packed({ element, make })
}

/** vpermi2 and vpermt2: elements of two tables; the indices (or the first table) are the destination's old value. */
function permuteTwo(element: ElementBytes, indicesAreOld: boolean): Semantics {
  const make = (state: State): LaneRun => {
    const move = elementMover(state, element)
    const indexAt = indexReader(state, element)
    const saved = EXTRA * VECTOR_BYTES
    return (d, a, b, lanes) => {
      copyVector(state, saved, d, lanes * element)
      const [indices, first] = indicesAreOld ? [saved, a] : [a, saved]
      for (let i = 0; i < lanes; i++) {
        const from = indexAt(indices / element + i) & (2 * lanes - 1)
        move(d / element + i, from < lanes ? first / element + from : b / element + from - lanes)
      }
    }
  }
  return packed({ element, accumulates: true, make })
}

/** pshufb: bytes of a at b's indices within each block, zero where the index's sign bit is set. */
const shuffleBytes: Semantics = packed({
  element: 1,
  make: (state) => {
    const { u8 } = state.vectors
    return (d, a, b, lanes) => {
      for (let i = 0; i < lanes; i++) {
        const index = u8[b + i]!
        u8[d + i] = index >= 128 ? 0 : u8[a + (i & ~15) + (index & 15)]!
      }
    }
  },
})

/** vpermilps and vpermilpd, whose selectors are an immediate or elements of b. */
function permuteInBlock(element: 4 | 8): Semantics {
  const perBlock = BLOCK_BYTES / element
  const byImmediate = pick(element, (i, immediate) =>
    element === 4 ? (i & ~3) + ((immediate >> (2 * (i & 3))) & 3) : (i & ~1) + ((immediate >> i) & 1),
  )
  const byVector = packed({
    element,
    make: (state) => {
      const move = elementMover(state, element)
      const indexAt = indexReader(state, element)
      return (d, a, b, lanes) => {
        for (let i = 0; i < lanes; i++) {
          const selector = indexAt(b / element + i)
          const from = element === 4 ? selector & 3 : (selector >> 1) & 1
          move(d / element + i, a / element + (i - (i % perBlock)) + from)
        }
      }
    },
  })
  return (state, instruction) =>
    (typeof instruction.operands.at(-1) === 'number' ? byImmediate : byVector)(state, instruction)
}

/** vpermq and vpermpd: by an immediate within 256 bits, or by a vector of indices. */
const permuteQuadwords: Semantics = (state, instruction) =>
  (typeof instruction.operands.at(-1) === 'number'
    ? pick(8, (i, immediate) => (i & ~3) + ((immediate >> (2 * (i & 3))) & 3))
    : permute(8))(state, instruction)

/** vperm2f128: each half is one of four halves, or zero. */
const permuteHalves: Semantics = packed({
  element: 8,
  make: (state) => (d, a, b, _lanes, _active, immediate) => {
    for (const half of [0, 1]) {
      const control = (immediate >> (4 * half)) & 15
      const to = d + 16 * half
      if ((control & 8) !== 0) state.vectors.u8.fill(0, to, to + 16)
      else copyVector(state, to, ((control & 2) === 0 ? a : b) + 16 * (control & 1), 16)
    }
  },
})

/** vshuff32x4 and the like: blocks of a, then of b, each chosen by bits of the immediate. */
const shuffleBlocks = (element: ElementBytes): Semantics =>
  packed({
    element,
    make: (state) => (d, a, b, lanes, _active, immediate) => {
      const blocks = (lanes * element) / BLOCK_BYTES
      for (let i = 0; i < blocks; i++) {
        const from = blocks === 2 ? (immediate >> i) & 1 : (immediate >> (2 * i)) & 3
        copyVector(state, d + 16 * i, (i < blocks / 2 ? a : b) + 16 * from, 16)
      }
    },
  })

/** Both sources' elements of each block, saturated to half their width: a's in the low half, b's in the high one. */
function packSaturated(
  from: 'i16' | 'i32',
  to: 'i8' | 'u8' | 'i16' | 'u16',
  least: number,
  most: number,
): Semantics {
  const element = to.endsWith('8') ? 1 : 2
  const make = (state: State): LaneRun => {
    const source = state.vectors[from]
    const target = state.vectors[to]
    return (d, a, b, lanes) => {
      const perBlock = BLOCK_BYTES / element
      for (let i = 0; i < lanes; i++) {
        const within = i % perBlock
        const first = within < perBlock / 2 ? a : b
        const index = first / (2 * element) + ((i - within) >> 1) + (within % (perBlock / 2))
        target[d / element + i] = clamp(source[index]!, least, most)
      }
    }
  }
  return packed({ element, sourceElement: (2 * element) as ElementBytes, make })
}

/** palignr: each block of a above the same of b, shifted right by so many bytes. */
const alignBytes: Semantics = packed({
  element: 1,
  make: (state) => {
    const { u8 } = state.vectors
    return (d, a, b, lanes, _active, immediate) => {
      for (let i = 0; i < lanes; i++) {
        const from = (i & 15) + immediate
        const block = i & ~15
        u8[d + i] = from < 16 ? u8[b + block + from]! : from < 32 ? u8[a + block + from - 16]! : 0
      }
    }
  },
})

/** valignd, valignq: a above b, shifted right by so many elements. */
const alignElements = (element: 4 | 8): Semantics =>
  pickFromTwo(element, (i, immediate, lanes) => {
    const from = i + (immediate & (lanes - 1))
    return from < lanes ? lanes + from : from - lanes
  })

/** vpmultishiftqb: bytes of b's quadwords from any bit on, at a's shift counts. */
const multishift: Semantics = packed({
  element: 1,
  sourceElement: 8,
  make: (state) => {
    const { u8, u64 } = state.vectors
    return (d, a, b, lanes) => {
      for (let i = 0; i < lanes; i++) {
        const value = u64[(b + i) >> 3]!
        u8[d + i] = Number((((value << 64n) | value) >> BigInt(u8[a + i]! & 63)) & 0xffn)
      }
    }
  },
})

function byElement(): Record<string, Semantics> {
  const result: Record<string, Semantics> = {}
  const elements = { b: 1, w: 2, d: 4, q: 8, ps: 4, pd: 8 } as const
  for (const [suffix, element] of Object.entries(elements)) {
    result[`vpermi2${suffix}`] = permuteTwo(element, true)
    result[`vpermt2${suffix}`] = permuteTwo(element, false)
  }
  for (const [suffix, element] of Object.entries({ ps: 4, pd: 8 } as const)) {
    result[`vpermil${suffix}`] = permuteInBlock(element)
    Object.assign(result, withAndWithoutV(`unpckl${suffix}`, unpack(element, false)))
    Object.assign(result, withAndWithoutV(`unpckh${suffix}`, unpack(element, true)))
  }
  for (const [suffix, element] of Object.entries({ bw: 1, wd: 2, dq: 4, qdq: 8 } as const)) {
    Object.assign(result, withAndWithoutV(`punpckl${suffix}`, unpack(element, false)))
    Object.assign(result, withAndWithoutV(`punpckh${suffix}`, unpack(element, true)))
  }
  for (const kind of ['f', 'i']) {
    result[`vshuf${kind}32x4`] = shuffleBlocks(4)
    result[`vshuf${kind}64x2`] = shuffleBlocks(8)
    result[`vperm2${kind}128`] = permuteHalves
  }
  return result
}

export const shuffleSemantics: SemanticsTable = {
  ...byElement(),
  ...withAndWithoutV(
    'pshufd',
    pick(4, (i, immediate) => (i & ~3) + ((immediate >> (2 * (i & 3))) & 3)),
  ),
  ...withAndWithoutV(
    'pshuflw',
    pick(2, (i, immediate) => ((i & 7) < 4 ? (i & ~3) + ((immediate >> (2 * (i & 3))) & 3) : i)),
  ),
  ...withAndWithoutV(
    'pshufhw',
    pick(2, (i, immediate) => ((i & 7) < 4 ? i : (i & ~3) + ((immediate >> (2 * (i & 3))) & 3))),
  ),
  ...withAndWithoutV('pshufb', shuffleBytes),
  ...withAndWithoutV(
    'shufps',
    pickFromTwo(4, (i, immediate, lanes) => {
      const from = (i & ~3) + ((immediate >> (2 * (i & 3))) & 3)
      return (i & 3) < 2 ? from : lanes + from
    }),
  ),
  ...withAndWithoutV(
    'shufpd',
    pickFromTwo(8, (i, immediate, lanes) => {
      const from = (i & ~1) + ((immediate >> i) & 1)
      return (i & 1) === 0 ? from : lanes + from
    }),
  ),
  ...withAndWithoutV('packsswb', packSaturated('i16', 'i8', -128, 127)),
  ...withAndWithoutV('packuswb', packSaturated('i16', 'u8', 0, 255)),
  ...withAndWithoutV('packssdw', packSaturated('i32', 'i16', -32768, 32767)),
  ...withAndWithoutV('packusdw', packSaturated('i32', 'u16', 0, 65535)),
  ...withAndWithoutV('palignr', alignBytes),
  valignd: alignElements(4),
  valignq: alignElements(8),
  vpermb: permute(1),
  vpermw: permute(2),
  vpermd: permute(4),
  vpermps: permute(4),
  vpermq: permuteQuadwords,
  vpermpd: permuteQuadwords,
  vpmultishiftqb: multishift,
}
