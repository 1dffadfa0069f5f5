/** How AVX-512 puts units together: elements as they are, zero-extended, then shifted to their places. */
import { mem } from '../../encoder/operands.ts'
import type { V } from '../../regalloc/function.ts'
import type { Recorder } from '../../regalloc/recorder.ts'
import type { Address, UnitParts } from '../../schedule/machine.ts'
import { avx512Conversions } from './avx512-conversion.ts'
import { loadElements } from './partial-bytes.ts'

/** Bytes that elements are loaded in along a line: masks of vectors of small elements would be of another kind. */
const CHUNK_BYTES = 16

/** The same bits. */
function asTheyAre(bytes: 1 | 2, spread: UnitParts<'zmm', 'k'>['spread']): UnitParts<'zmm', 'k'> {
  const most = CHUNK_BYTES / bytes
  return {
    ...{ bytes, alongElements: most, spread },
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
  vectors: 2,
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
  vectors,
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

/** Parts above the lowest are shifted to their place; of two, the lower one may have a sign above it. */
export function merge(f: Recorder, parts: readonly V<'zmm'>[]): V<'zmm'> {
  const [unit, ...others] = parts as readonly [V<'zmm'>, ...V<'zmm'>[]]
  const bits = 32 / parts.length
  if (bits === 16) {
    f.vpslld(unit, unit, 16)
    f.vpsrld(unit, unit, 16)
  }
  for (const [index, part] of others.entries()) {
    f.vpslld(part, part, (index + 1) * bits)
    f.vpord(unit, unit, part)
  }
  return unit
}
