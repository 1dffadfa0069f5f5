/** How AVX2 puts units together: elements as they are, zero-extended, then shifted to their places. */
import type { V } from '../../regalloc/function.ts'
import type { Recorder } from '../../regalloc/recorder.ts'
import type { UnitParts } from '../../schedule/machine.ts'
import type { Address } from '../../schedule/operand-kinds.ts'
import { avx2Conversions } from './avx2-conversion.ts'
import { loadElements } from './partial-bytes.ts'

/** Bytes that elements without a mask are loaded in, along a line. */
const CHUNK_BYTES = 16

/** The same bits. */
function asTheyAre(bytes: 1 | 2, spread: UnitParts<'ymm', 'ymm'>['spread']): UnitParts<'ymm', 'ymm'> {
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

type Block = NonNullable<UnitParts<'ymm', 'ymm'>['blocks']>[number]
type InTurn = 'vpunpcklbw' | 'vpunpckhbw' | 'vpunpcklwd' | 'vpunpckhwd'

function inTurn(f: Recorder, mnemonic: InTurn, a: V<'ymm'>, b: V<'ymm'>): V<'ymm'> {
  const to = f.ymm('units')
  f[mnemonic](to, a, b)
  return to
}

function loadLine(f: Recorder, from: Address): V<'ymm'> {
  const to = f.ymm('line')
  f.vmovups(to, from)
  return to
}

/** Lanes of 128 bits of two vectors, which belong one behind the other, the even ones of all first. */
function lanesInOrder(f: Recorder, vectors: readonly V<'ymm'>[]): readonly V<'ymm'>[] {
  return [0x20, 0x31].flatMap((lanes) =>
    Array.from({ length: vectors.length / 2 }, (_, i) => {
      const to = f.ymm('units')
      f.vperm2i128(to, vectors[2 * i]!, vectors[2 * i + 1]!, lanes)
      return to
    }),
  )
}

/** Bytes, then words of four lines of 32 bytes in turn: lane L of the i-th vector has columns 16·L + 4·i … + 3. */
const fourVectors: Block = {
  ...{ vectors: 4, registers: 8 },
  units: (f, line) => {
    const [l0, l1, l2, l3] = [0, 1, 2, 3].map((index) => loadLine(f, line(index))) as [
      ...[V<'ymm'>, V<'ymm'>, V<'ymm'>, V<'ymm'>],
    ]
    const quarters = (['vpunpcklbw', 'vpunpckhbw'] as const).flatMap((bytes) => {
      const [first, second] = [inTurn(f, bytes, l0, l1), inTurn(f, bytes, l2, l3)]
      return [inTurn(f, 'vpunpcklwd', first, second), inTurn(f, 'vpunpckhwd', first, second)]
    })
    return lanesInOrder(f, quarters)
  },
}

export const raw8: UnitParts<'ymm', 'ymm'> = {
  ...asTheyAre(1, avx2Conversions.toInteger.u8),
  blocks: [fourVectors],
}

export const raw16: UnitParts<'ymm', 'ymm'> = asTheyAre(2, {
  load: (f, to, from) => f.vpmovzxwd(to, from),
  loadPart: (f, to, from, { count }) =>
    f.vpmovzxwd(to, loadElements(f, from, { count, elementBytes: 2, most: CHUNK_BYTES / 2 })),
})

/** Bytes of two lines in turn, then each a word. */
export const wordsOfTwoLines = (extend: 'vpmovsxbw' | 'vpmovzxbw'): Block => ({
  ...{ vectors: 2, registers: 3 },
  units: (f, line) => {
    const even = f.xmm('line')
    f.vmovups(even, line(0))
    return (['vpunpcklbw', 'vpunpckhbw'] as const).map((bytes) => {
      const half = f.xmm('half')
      const units = f.ymm('units')
      f[bytes](half, even, line(1))
      f[extend](units, half)
      return units
    })
  },
})

/** Halves replace whatever lies above the lower one. */
export function merge(f: Recorder, unit: V<'ymm'>, part: V<'ymm'>, index: number, of: number): void {
  f.vpslld(part, part, (index * 32) / of)
  if (of === 2) f.vpblendw(unit, unit, part, 0xaa)
  else f.vpor(unit, unit, part)
}
