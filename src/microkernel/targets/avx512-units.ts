/** How AVX-512 puts units together: elements as they are, zero-extended, then shifted to their places. */
import { mem } from '../../encoder/operands.ts'
import type { V } from '../../regalloc/function.ts'
import type { Recorder } from '../../regalloc/recorder.ts'
import type { UnitParts } from '../../schedule/machine.ts'
import type { Address } from '../../schedule/operand-kinds.ts'
import { avx512Conversions } from './avx512-conversion.ts'
import { loadElements } from './partial-bytes.ts'

/** Bytes that elements are loaded in along a line: masks of vectors of small elements would be of another kind. */
const CHUNK_BYTES = 16

/** The same bits. */
function asTheyAre(bytes: 1 | 2, spread: UnitParts<'zmm', 'k'>['spread']): UnitParts<'zmm', 'k'> {
  const most = CHUNK_BYTES / bytes
  return {
    ...{ bytes, alongElements: most, spread, temporaries: 0 },
    along: {
      load: (f, to, from) => f.vmovups(to.as('xmm'), from),
      loadPart: (f, to, from, { count }) =>
        f.vmovaps(to.as('xmm'), loadElements(f, from, { count, elementBytes: bytes, most })),
    },
  }
}

type Block = NonNullable<UnitParts<'zmm', 'k'>['blocks']>[number]

function loadLine(f: Recorder, from: Address): V<'zmm'> {
  const to = f.zmm('line')
  f.vmovups(to, from)
  return to
}

/** Word i of the h-th vector is that of column 16·h + ⌊i / 2⌋ in line i mod 2: both lines are 32 words of one table. */
const columnsInTurn = (half: number): Uint8Array =>
  new Uint8Array(Uint16Array.from({ length: 32 }, (_, i) => 16 * half + (i >> 1) + 32 * (i % 2)).buffer)

const twoVectors: Block = {
  ...{ vectors: 2, registers: 4 },
  units: (f, line) => {
    const [even, odd] = [loadLine(f, line(0)), loadLine(f, line(1))]
    return [0, 1].map((half) => {
      const units = loadLine(f, mem(f.constant(columnsInTurn(half), 64)))
      f.vpermi2w(units, even, odd)
      return units
    })
  },
}

function inTurn(f: Recorder, mnemonic: string, a: V<'zmm'>, b: V<'zmm'>, lanes?: number): V<'zmm'> {
  const to = f.zmm('units')
  f.emit(mnemonic, lanes === undefined ? [to, a, b] : [to, a, b, lanes])
  return to
}

/**
 * Bytes, then words of four lines in turn: lane L of u[i] has columns 16·L + 4·i … + 3. The lanes of all u transposed,
 * lane i of the v-th vector has columns 16·v + 4·i … + 3. For two vectors, lines of 32 bytes fill lanes 0 and 1 alone.
 */
const ofBytes = (vectors: 2 | 4): Block => ({
  ...{ vectors, registers: 8 },
  units: (f, line) => {
    const [l0, l1, l2, l3] = [0, 1, 2, 3].map((index) => {
      const to = f.zmm('line')
      if (vectors === 4) f.vmovups(to, line(index))
      else f.vmovups(to.as('ymm'), line(index))
      return to
    }) as [V<'zmm'>, V<'zmm'>, V<'zmm'>, V<'zmm'>]
    const [low, high] = ['vpunpcklbw', 'vpunpckhbw'].map((bytes) => {
      const [first, second] = [inTurn(f, bytes, l0, l1), inTurn(f, bytes, l2, l3)]
      return [inTurn(f, 'vpunpcklwd', first, second), inTurn(f, 'vpunpckhwd', first, second)]
    }) as [[V<'zmm'>, V<'zmm'>], [V<'zmm'>, V<'zmm'>]]
    // Lanes 0 and 1, then 2 and 3, of two vectors each; of those the even and the odd lanes.
    return (vectors === 4 ? [0x44, 0xee] : [0x44]).flatMap((half) => {
      const [first, second] = [inTurn(f, 'vshufi32x4', ...low, half), inTurn(f, 'vshufi32x4', ...high, half)]
      return [0x88, 0xdd].map((lanes) => inTurn(f, 'vshufi32x4', first, second, lanes))
    })
  },
})

export const raw8: UnitParts<'zmm', 'k'> = {
  ...asTheyAre(1, avx512Conversions.toInteger.u8),
  blocks: [ofBytes(4), ofBytes(2)],
}

export const raw16: UnitParts<'zmm', 'k'> = {
  ...asTheyAre(2, {
    load: (f, to, from) => f.vpmovzxwd(to, from),
    loadPart: (f, to, from, { mask }) => f.vpmovzxwd(mask === null ? to : to.mask(mask).zero(), from),
  }),
  blocks: [twoVectors],
}

/** Bytes of two lines in turn, then each a word. */
export const wordsOfTwoLines = (extend: 'vpmovsxbw' | 'vpmovzxbw'): Block => ({
  ...{ vectors: 2, registers: 4 },
  units: (f, line) => {
    const even = f.ymm('line')
    const odd = f.ymm('line')
    const low = f.ymm('low')
    const high = f.ymm('high')
    f.vmovups(even, line(0))
    f.vmovups(odd, line(1))
    f.vpunpcklbw(low, even, odd)
    f.vpunpckhbw(high, even, odd)
    // Lanes of 128 bits: 0 and 1, then 2 and 3 are those of columns side by side.
    return [0x20, 0x31].map((lanes) => {
      const half = f.ymm('half')
      const units = f.zmm('units')
      f.vperm2i128(half, low, high, lanes)
      f[extend](units, half)
      return units
    })
  },
})

/** Of halves, the lower one may have a sign above it. */
export function merge(f: Recorder, unit: V<'zmm'>, part: V<'zmm'>, index: number, of: number): void {
  if (of === 2) {
    f.vpslld(unit, unit, 16)
    f.vpsrld(unit, unit, 16)
  }
  f.vpslld(part, part, (index * 32) / of)
  f.vpord(unit, unit, part)
}
