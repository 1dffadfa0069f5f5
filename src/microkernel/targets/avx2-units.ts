/** How AVX2 puts units together: elements as they are, zero-extended, then shifted to their places. */
import type { V } from '../../regalloc/function.ts'
import type { Recorder } from '../../regalloc/recorder.ts'
import type { UnitParts } from '../../schedule/machine.ts'
import { avx2Conversions } from './avx2-conversion.ts'
import { loadElements } from './partial-bytes.ts'

/** Bytes that elements without a mask are loaded in, along a line. */
const CHUNK_BYTES = 16

/** The same bits. */
function asTheyAre(bytes: 1 | 2, spread: UnitParts<'ymm', 'ymm'>['spread']): UnitParts<'ymm', 'ymm'> {
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

export const raw8: UnitParts<'ymm', 'ymm'> = asTheyAre(1, avx2Conversions.toInteger.u8)

export const raw16: UnitParts<'ymm', 'ymm'> = asTheyAre(2, {
  load: (f, to, from) => f.vpmovzxwd(to, from),
  loadPart: (f, to, from, { count }) =>
    f.vpmovzxwd(to, loadElements(f, from, { count, elementBytes: 2, most: CHUNK_BYTES / 2 })),
})

/** Parts above the lowest are shifted to their place; halves replace whatever lies above the lower one. */
export function merge(f: Recorder, parts: readonly V<'ymm'>[]): V<'ymm'> {
  const [unit, ...others] = parts as readonly [V<'ymm'>, ...V<'ymm'>[]]
  const bits = 32 / parts.length
  for (const [index, part] of others.entries()) {
    f.vpslld(part, part, (index + 1) * bits)
    if (bits === 16) f.vpblendw(unit, unit, part, 0xaa)
    else f.vpor(unit, unit, part)
  }
  return unit
}
