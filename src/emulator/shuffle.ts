/** Shuffles, permutations, unpacking, insertion, extraction, blends, compression: results are elements of the sources. */
import { Mem } from '../encoder/operands.ts'
import { Reg } from '../encoder/registers.ts'
import { compileAddress } from './address.ts'
import { NoSemantics, type Semantics, type SemanticsTable, sequence } from './instruction.ts'
import { clamp, elementClearer, elementMover } from './integer-lanes.ts'
import { NOWHERE, type Region } from './memory.ts'
import { EXTRA, RESULT, type State, VECTOR_BYTES } from './state.ts'
import { type LaneRun, packed } from './vector.ts'
import {
  clearAbove,
  copyVector,
  type ElementBytes,
  maskOf,
  mergeMasked,
  opmaskTest,
  vectorAt,
  vectorBytes,
  vectorSource,
} from './vector-operand.ts'

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
function pickFromTwo(
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

/** A narrower vector (or element) in one of its places within a; the immediate counts modulo the places. */
function insert(element: ElementBytes, part: number): Semantics {
  const make = (state: State): LaneRun => {
    const { u8 } = state.vectors
    return (d, a, b, lanes, _active, immediate) => {
      const bytes = lanes * element
      u8.copyWithin(d, a, a + bytes)
      const place = (immediate % (bytes / part)) * part
      u8.copyWithin(d + place, b, b + part)
    }
  }
  return packed({ element, make })
}

/** One of the places of a, by the immediate. `whole` bytes are looked at; 0: the source's own width. */
function extract(element: ElementBytes, part: number, whole = 0): Semantics {
  return (state, instruction) => {
    const bytes = whole > 0 ? whole : vectorBytes(vectorAt(instruction, 1))
    const make = (): LaneRun => (d, a, _b, _lanes, _active, immediate) => {
      const place = a + (immediate % (bytes / part)) * part
      state.vectors.u8.copyWithin(d, place, place + part)
    }
    return packed({ element, make })(state, instruction)
  }
}

/** insertps: one element of the source (chosen, unless it is memory) into one place, then zeros where told. */
const insertSingle: Semantics = (state, instruction) => {
  const isMemory = instruction.operands.some((operand) => operand instanceof Mem)
  const make = (): LaneRun => {
    const { i32 } = state.vectors
    return (d, a, b, _lanes, _active, immediate) => {
      const value = i32[(b >> 2) + (isMemory ? 0 : immediate >> 6)]!
      copyVector(state, d, a, 16)
      i32[(d >> 2) + ((immediate >> 4) & 3)] = value
      for (let i = 0; i < 4; i++) if (((immediate >> i) & 1) === 1) i32[(d >> 2) + i] = 0
    }
  }
  return packed({ element: 4, make })(state, instruction)
}

/** Elements of b where the immediate's bit is set (bits repeat every eight), of a elsewhere. */
const blendByImmediate = (element: ElementBytes): Semantics =>
  pickFromTwo(element, (i, immediate, lanes) => (((immediate >> (i & 7)) & 1) === 1 ? lanes + i : i))

/** Elements of b where the third source's sign bit is set, of a elsewhere. */
const blendBySigns = (element: ElementBytes): Semantics =>
  packed({
    element,
    make: (state) => {
      const move = elementMover(state, element)
      const { u8 } = state.vectors
      return (d, a, b, lanes, _active, _immediate, c) => {
        for (let i = 0; i < lanes; i++) {
          const chosen = u8[c + (i + 1) * element - 1]! >= 128 ? b : a
          move(d / element + i, chosen / element + i)
        }
      }
    },
  })

/** vblendm: elements of b where the mask's bit is set, of a (or zero) elsewhere. */
function blendByMask(element: ElementBytes): Semantics {
  return (state, instruction) => {
    const to = vectorAt(instruction, 0)
    const bytes = vectorBytes(to)
    const mask = maskOf(to)
    const a = vectorAt(instruction, 1).id * VECTOR_BYTES
    const b = vectorSource(state, instruction, 2, bytes, element, mask)
    const d = to.id * VECTOR_BYTES
    const target = RESULT * VECTOR_BYTES
    return sequence(
      b.before,
      () => copyVector(state, target, b.at, bytes),
      () => copyVector(state, d, a, bytes),
      mask === null
        ? () => copyVector(state, d, target, bytes)
        : mergeMasked(state, d, target, element, bytes / element, mask),
      clearAbove(state, instruction, to.id, bytes),
    )
  }
}

/** Elements whose mask bit is set, packed to the low end; of a register the rest becomes zero or stays. */
function compress(element: ElementBytes): Semantics {
  return (state, instruction) => {
    const [to] = instruction.operands
    const from = vectorAt(instruction, 1)
    const bytes = vectorBytes(from)
    const lanes = bytes / element
    const mask = maskOf(to)
    const test = mask === null ? () => true : opmaskTest(state, mask)
    const move = elementMover(state, element)
    const a = (from.id * VECTOR_BYTES) / element
    const target = RESULT * VECTOR_BYTES
    const { u8 } = state.vectors
    const pack = (): number => {
      let count = 0
      for (let i = 0; i < lanes; i++) if (test(i)) move(target / element + count++, a + i)
      return count
    }
    if (to instanceof Mem) {
      const address = compileAddress(state, to, instruction)
      let region: Region = NOWHERE
      return () => {
        const size = pack() * element
        if (size === 0) return
        const at = address()
        if (at < region.start || at + size > region.end || !region.writable)
          region = state.memory.find(at, size, 'write')
        for (let i = 0; i < size; i++) region.u8[at - region.bias + i] = u8[target + i]!
      }
    }
    if (!(to instanceof Reg)) throw new NoSemantics('a destination of this kind')
    const d = to.id * VECTOR_BYTES
    const run = (): void => {
      const size = pack() * element
      u8.copyWithin(d, target, target + size)
      if (to.zeroing) u8.fill(0, d + size, d + bytes)
    }
    return sequence(run, clearAbove(state, instruction, to.id, bytes))
  }
}

/** The source's low elements to the places whose mask bit is set. Of memory, only as many as those are read. */
function expand(element: ElementBytes): Semantics {
  return (state, instruction) => {
    const to = vectorAt(instruction, 0)
    const bytes = vectorBytes(to)
    const lanes = bytes / element
    const mask = maskOf(to)
    const test = mask === null ? () => true : opmaskTest(state, mask)
    const move = elementMover(state, element)
    const clear = elementClearer(state, element)
    const d = (to.id * VECTOR_BYTES) / element
    const scratch = RESULT * VECTOR_BYTES
    const { u8 } = state.vectors
    const from = instruction.operands[1]
    let load: () => void
    if (from instanceof Mem) {
      const address = compileAddress(state, from, instruction)
      let region: Region = NOWHERE
      load = () => {
        let count = 0
        for (let i = 0; i < lanes; i++) if (test(i)) count++
        const size = count * element
        if (size === 0) return
        const at = address()
        if (at < region.start || at + size > region.end || !region.readable)
          region = state.memory.find(at, size, 'read')
        for (let i = 0; i < size; i++) u8[scratch + i] = region.u8[at - region.bias + i]!
      }
    } else {
      const a = vectorAt(instruction, 1).id * VECTOR_BYTES
      load = () => copyVector(state, scratch, a, bytes)
    }
    const run = (): void => {
      let next = 0
      for (let i = 0; i < lanes; i++) {
        if (test(i)) move(d + i, scratch / element + next++)
        else if (to.zeroing) clear(d + i)
      }
    }
    return sequence(load, run, clearAbove(state, instruction, to.id, bytes))
  }
}

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
  element: 8,
  lanewise: false,
  make: (state) => {
    const { u8, u64 } = state.vectors
    return (d, a, b, lanes) => {
      for (let i = 0; i < lanes; i++) {
        const value = u64[(b >> 3) + i]!
        const twice = (value << 64n) | value
        for (let j = 0; j < 8; j++)
          u8[d + 8 * i + j] = Number((twice >> BigInt(u8[a + 8 * i + j]! & 63)) & 0xffn)
      }
    }
  },
})

const both = (name: string, semantics: Semantics): Record<string, Semantics> => ({
  [name]: semantics,
  [`v${name}`]: semantics,
})

function byElement(): Record<string, Semantics> {
  const result: Record<string, Semantics> = {}
  for (const [letter, element] of [
    ['b', 1],
    ['w', 2],
    ['d', 4],
    ['q', 8],
  ] as const) {
    result[`vpermi2${letter}`] = permuteTwo(element, true)
    result[`vpermt2${letter}`] = permuteTwo(element, false)
    result[`vpblendm${letter}`] = blendByMask(element)
    result[`vpcompress${letter}`] = compress(element)
    result[`vpexpand${letter}`] = expand(element)
    Object.assign(result, both(`pinsr${letter}`, insert(element, element)))
    Object.assign(result, both(`pextr${letter}`, extract(element, element, 16)))
  }
  for (const [name, element] of [
    ['ps', 4],
    ['pd', 8],
  ] as const) {
    result[`vpermi2${name}`] = permuteTwo(element, true)
    result[`vpermt2${name}`] = permuteTwo(element, false)
    result[`vblendm${name}`] = blendByMask(element)
    result[`vcompress${name}`] = compress(element)
    result[`vexpand${name}`] = expand(element)
    result[`vpermil${name}`] = permuteInBlock(element)
    Object.assign(result, both(`unpckl${name}`, unpack(element, false)))
    Object.assign(result, both(`unpckh${name}`, unpack(element, true)))
    Object.assign(result, both(`blend${name}`, blendByImmediate(element)))
    Object.assign(result, both(`blendv${name}`, blendBySigns(element)))
  }
  for (const [suffix, element] of [
    ['bw', 1],
    ['wd', 2],
    ['dq', 4],
    ['qdq', 8],
  ] as const) {
    Object.assign(result, both(`punpckl${suffix}`, unpack(element, false)))
    Object.assign(result, both(`punpckh${suffix}`, unpack(element, true)))
  }
  for (const kind of ['f', 'i']) {
    result[`vinsert${kind}128`] = insert(8, 16)
    result[`vextract${kind}128`] = extract(8, 16)
    for (const [element, count] of [
      [4, 4],
      [8, 2],
      [4, 8],
      [8, 4],
    ] as const) {
      result[`vinsert${kind}${8 * element}x${count}`] = insert(element, element * count)
      result[`vextract${kind}${8 * element}x${count}`] = extract(element, element * count)
    }
    result[`vshuf${kind}32x4`] = shuffleBlocks(4)
    result[`vshuf${kind}64x2`] = shuffleBlocks(8)
    result[`vperm2${kind}128`] = permuteHalves
  }
  return result
}

export const shuffleSemantics: SemanticsTable = {
  ...byElement(),
  ...both(
    'pshufd',
    pick(4, (i, immediate) => (i & ~3) + ((immediate >> (2 * (i & 3))) & 3)),
  ),
  ...both(
    'pshuflw',
    pick(2, (i, immediate) => ((i & 7) < 4 ? (i & ~3) + ((immediate >> (2 * (i & 3))) & 3) : i)),
  ),
  ...both(
    'pshufhw',
    pick(2, (i, immediate) => ((i & 7) < 4 ? i : (i & ~3) + ((immediate >> (2 * (i & 3))) & 3))),
  ),
  ...both('pshufb', shuffleBytes),
  ...both(
    'shufps',
    pickFromTwo(4, (i, immediate, lanes) => {
      const from = (i & ~3) + ((immediate >> (2 * (i & 3))) & 3)
      return (i & 3) < 2 ? from : lanes + from
    }),
  ),
  ...both(
    'shufpd',
    pickFromTwo(8, (i, immediate, lanes) => {
      const from = (i & ~1) + ((immediate >> i) & 1)
      return (i & 1) === 0 ? from : lanes + from
    }),
  ),
  ...both('packsswb', packSaturated('i16', 'i8', -128, 127)),
  ...both('packuswb', packSaturated('i16', 'u8', 0, 255)),
  ...both('packssdw', packSaturated('i32', 'i16', -32768, 32767)),
  ...both('packusdw', packSaturated('i32', 'u16', 0, 65535)),
  ...both('palignr', alignBytes),
  ...both('insertps', insertSingle),
  ...both('extractps', extract(4, 4, 16)),
  ...both('pblendw', blendByImmediate(2)),
  ...both('pblendvb', blendBySigns(1)),
  vpblendd: blendByImmediate(4),
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
