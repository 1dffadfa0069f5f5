/** How AVX-512 puts units together: elements as they are, zero-extended, then shifted to their places. */
import type { V } from '../../regalloc/function.ts'
import type { Recorder } from '../../regalloc/recorder.ts'
import type { UnitParts } from '../../schedule/machine.ts'
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

export const raw8: UnitParts<'zmm', 'k'> = asTheyAre(1, avx512Conversions.toInteger.u8)

export const raw16: UnitParts<'zmm', 'k'> = asTheyAre(2, {
  load: (f, to, from) => f.vpmovzxwd(to, from),
  loadPart: (f, to, from, { mask }) => f.vpmovzxwd(mask === null ? to : to.mask(mask).zero(), from),
})

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
