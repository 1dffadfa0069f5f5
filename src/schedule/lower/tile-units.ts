/** Units of 32 bits in vectors: elements of neighbouring lines interleaved, and 16 × 16 units transposed. */
import type { V } from '../../regalloc/function.ts'
import type { Recorder } from '../../regalloc/recorder.ts'
import type { Address } from '../operand-kinds.ts'

/**
 * One vector of units from the same 16 elements of one to `group` lines: element i of the lines becomes unit i, the
 * first line in its low bits; lines that are not there count as zeros.
 */
export function interleaveLines(
  f: Recorder,
  lines: readonly Address[],
  elementBytes: number,
  mask: V<'k'> | null,
): V<'zmm'> {
  const [first, ...others] = lines
  const widen = (from: Address): V<'zmm'> => {
    const to = f.zmm('line')
    const masked = mask === null ? to : to.mask(mask).zero()
    if (elementBytes === 1) f.vpmovzxbd(masked, from)
    else f.vpmovzxwd(masked, from)
    return to
  }
  const units = widen(first!)
  for (const [index, line] of others.entries()) {
    const next = widen(line)
    f.vpslld(next, next, 8 * elementBytes * (index + 1))
    f.vpord(units, units, next)
  }
  return units
}

/** 128-bit lanes 0 and 2 of both sources; lanes 1 and 3. */
const EVEN_LANES = 0x88
const ODD_LANES = 0xdd

/**
 * Rows of 16 units to columns: in out[c], unit r is unit c of row r. In 4 × 4 blocks within lanes by unpacking, then
 * the lanes: q[4i + c] holds in lane L column 4L + c of rows 4i … 4i + 3.
 */
export function transposeUnits(f: Recorder, rows: readonly V<'zmm'>[]): readonly V<'zmm'>[] {
  type Two = (to: V<'zmm'>, a: V<'zmm'>, b: V<'zmm'>) => void
  const make = (name: string, emit: Two, a: V<'zmm'>, b: V<'zmm'>): V<'zmm'> => {
    const to = f.zmm(name)
    emit(to, a, b)
    return to
  }
  const low32: Two = (to, a, b) => f.vpunpckldq(to, a, b)
  const high32: Two = (to, a, b) => f.vpunpckhdq(to, a, b)
  const low64: Two = (to, a, b) => f.vpunpcklqdq(to, a, b)
  const high64: Two = (to, a, b) => f.vpunpckhqdq(to, a, b)
  const even: Two = (to, a, b) => f.vshufi32x4(to, a, b, EVEN_LANES)
  const odd: Two = (to, a, b) => f.vshufi32x4(to, a, b, ODD_LANES)
  const quads: V<'zmm'>[] = []
  for (let i = 0; i < 16; i += 4) {
    const [r0, r1, r2, r3] = rows.slice(i, i + 4) as [V<'zmm'>, V<'zmm'>, V<'zmm'>, V<'zmm'>]
    const pairs = [make('t', low32, r0, r1), make('t', high32, r0, r1)] as const
    const others = [make('t', low32, r2, r3), make('t', high32, r2, r3)] as const
    quads.push(make('q', low64, pairs[0], others[0]), make('q', high64, pairs[0], others[0]))
    quads.push(make('q', low64, pairs[1], others[1]), make('q', high64, pairs[1], others[1]))
  }
  const columns: V<'zmm'>[] = new Array(16)
  for (let c = 0; c < 4; c++) {
    const [a, b, d, e] = [quads[c]!, quads[4 + c]!, quads[8 + c]!, quads[12 + c]!]
    const [even01, odd01] = [make('s', even, a, b), make('s', odd, a, b)]
    const [even23, odd23] = [make('s', even, d, e), make('s', odd, d, e)]
    columns[c] = make('column', even, even01, even23)
    columns[8 + c] = make('column', odd, even01, even23)
    columns[4 + c] = make('column', even, odd01, odd23)
    columns[12 + c] = make('column', odd, odd01, odd23)
  }
  return columns
}
