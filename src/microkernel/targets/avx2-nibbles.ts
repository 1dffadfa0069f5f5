/** How AVX2 multiplies bytes without making words of them first: by nibbles of A, eight elements of k at a time. */
import { type Mem, mem } from '../../encoder/operands.ts'
import type { V } from '../../regalloc/function.ts'
import type { Recorder } from '../../regalloc/recorder.ts'
import type { NibbleSteps } from '../../schedule/machine.ts'

/** One byte, repeated. */
const bytes = (f: Recorder, value: number, count: 16 | 32): Mem<0, 'physical', 'plain'> =>
  mem(f.constant(new Uint8Array(count).fill(value), count))

const words = (f: Recorder, values: readonly number[]): Mem<0, 'physical', 'plain'> =>
  mem(
    f.constant(
      new Uint8Array(Int16Array.from({ length: 16 }, (_, i) => values[i % values.length]!).buffer),
      32,
    ),
  )

type InTurn = 'vpunpcklbw' | 'vpunpckhbw' | 'vpunpcklwd' | 'vpunpckhwd'

function inTurn(f: Recorder, mnemonic: InTurn, a: V<'ymm'>, b: V<'ymm'>): V<'ymm'> {
  const to = f.ymm('turn')
  f[mnemonic](to, a, b)
  return to
}

/** low + 16 · high of eight columns of each half: of the first four, then of the others. */
function widened(f: Recorder, low: V<'ymm'>, high: V<'ymm'>, weights: V<'ymm'>): readonly V<'ymm'>[] {
  return (['vpunpcklwd', 'vpunpckhwd'] as const).map((mnemonic) => {
    const both = inTurn(f, mnemonic, low, high)
    f.vpmaddwd(both, both, weights)
    return both
  })
}

export const nibbles: NibbleSteps<'ymm'> = {
  steps: 8,
  vectors: 4,
  stage(f, { element, count, isSigned, isFlipped }, to) {
    const all = f.xmm('bytes')
    f.vpxor(all, all, all)
    for (let index = 0; index < count; index++) f.vpinsrb(all, all, element(index).sized(8), index)
    const low = f.xmm('low')
    const high = f.xmm('high')
    f.vpand(low, all, bytes(f, 0x0f, 16))
    f.vpsrlw(high, all, 4)
    f.vpand(high, high, bytes(f, 0x0f, 16))
    if (isSigned) {
      f.vpxor(high, high, bytes(f, 8, 16))
      f.vpsubb(high, high, bytes(f, 8, 16))
    }
    for (const [index, part] of [high, low].entries()) {
      f.vpunpcklwd(part, part, part)
      f.vmovups(to.plus(16 * index), part)
    }
    if (!isFlipped) return
    // 128 more each, which makes the sum one of unsigned bytes, of all eight places.
    const zero = f.xmm('zero')
    f.vpxor(zero, zero, zero)
    f.vpxor(all, all, bytes(f, 0x80, 16))
    f.vpsadbw(all, all, zero)
    const total = f.gp('total')
    const term = f.gp('term')
    f.vmovd(total.as('r32'), all)
    f.mov(term.as('r32'), 8 * 128)
    f.sub(term.as('r32'), total.as('r32'))
    f.shl(term.as('r32'), 3)
    f.mov(to.plus(32).sized(16), term.as('r16'))
    f.mov(to.plus(34).sized(16), term.as('r16'))
  },
  flip(f) {
    const to = f.ymm('flip')
    f.vmovups(to, bytes(f, 0x80, 32))
    return to
  },
  units(f, even, odd, flip) {
    const first = f.ymm('line')
    f.vmovups(first, even)
    const both = (['vpunpcklbw', 'vpunpckhbw'] as const).map((mnemonic) => {
      const to = f.ymm('turn')
      if (odd !== null) f.emit(mnemonic, [to, first, odd])
      else {
        f.vpxor(to, to, to)
        f.emit(mnemonic, [to, first, to])
      }
      return to
    })
    if (flip !== null) for (const turned of both) f.vpxor(turned, turned, flip)
    return both
  },
  multiply: (f, to, a, b, isUnsigned) => (isUnsigned ? f.vpmaddubsw(to, b, a) : f.vpmaddubsw(to, a, b)),
  add: (f, to, a, b) => f.vpaddw(to, a, b),
  addSums: (f, sum, from) => f.vpaddd(sum, sum, from),
  widen(f, low, high) {
    const weights = f.ymm('weights')
    f.vmovups(weights, words(f, [1, 16]))
    const parts = [0, 1].map((index) => widened(f, low[index]!, high[index]!, weights))
    // Columns 0 … 3 | 16 … 19 and 4 … 7 | 20 … 23, then those eight further on.
    return [0x20, 0x31].flatMap((halves) =>
      parts.map(([first, second]) => {
        const to = f.ymm('sum')
        f.vperm2i128(to, first!, second!, halves)
        return to
      }),
    )
  },
}
