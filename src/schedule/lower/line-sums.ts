/** Code for the terms of rows and columns that zero points bring into integer products (see microkernel/requantise.ts). */
import { mem } from '../../encoder/operands.ts'
import type { V } from '../../regalloc/function.ts'
import type { Recorder } from '../../regalloc/recorder.ts'
import type { NarrowInteger, Part } from '../conversion.ts'
import type { Machine } from '../machine.ts'
import type { Address, MaskKind, VectorKind } from '../operand-kinds.ts'
import { advance } from '../quantity.ts'
import { Lines } from './addresses.ts'

/** Vectors that are summed side by side across lines. */
const SIDE_BY_SIDE = 4
/** Lines that are summed side by side along them. */
const LINES = 4

/**
 * Lines of 8-bit integers, `ld` bytes from one to the next, and what becomes of their sums: to[i] = factor·sum + constant
 * (+ bias[i]) in s32, modulo 2³². All registers but factor and constant are changed.
 */
export interface SummedLines {
  readonly from: V<'r64'>
  readonly to: V<'r64'>
  readonly lines: V<'r64'>
  readonly width: V<'r64'>
  readonly ld: V<'r64'>
  readonly factor: V<'r64'>
  readonly constant: V<'r64'>
  readonly bias: V<'r64'> | null
}

/** Reads no byte but the elements; sums of nothing are 0. */
export class LineSums<K extends VectorKind, M extends MaskKind> {
  readonly #f: Recorder
  readonly #machine: Machine<K, M>
  readonly #storage: NarrowInteger
  readonly #given: SummedLines
  readonly #lanes: number

  constructor(f: Recorder, machine: Machine<K, M>, storage: NarrowInteger, given: SummedLines) {
    this.#f = f
    this.#machine = machine
    this.#storage = storage
    this.#given = given
    this.#lanes = machine.vectorBytes / 4
  }

  /** One sum a line, `lines` of them. */
  along(): void {
    const { lines } = this.#given
    this.#repeat('lines4', lines, LINES, () => this.#line(LINES))
    this.#repeat('lines', lines, 1, () => this.#line(1))
  }

  /** As many lines side by side. */
  #line(count: number): void {
    const f = this.#f
    const { from, ld, width } = this.#given
    const sums = Array.from({ length: count }, () => this.#zero())
    const lines = new Lines(f, 'line', { base: from, offset: 0 }, ld, count, true)
    const left = f.gp('left')
    f.mov(left, width)
    const flipped = this.#wholeVectors(sums, lines, left)
    const add = (part: Part<M> | null): void => {
      for (const [i, sum] of sums.entries()) this.#add(sum, lines.at(i, 0), part)
    }
    this.#repeat('line', left, this.#lanes, () => {
      add(null)
      lines.moveBytes(this.#lanes)
    })
    const whole = f.label('whole')
    f.test(left, left)
    f.je(whole)
    add(this.#machine.conversions.part(f, left, 4))
    f.bind(whole)
    if (count === 1) this.#finishOne(sums[0]!, flipped)
    else this.#finish(sums, flipped)
    advance(f, from, ld, count)
  }

  #finishOne(sum: V<K>, flipped: V<'r64'> | null): void {
    const f = this.#f
    const { bias, constant, factor, to } = this.#given
    const total = this.#machine.conversions.integers.total(f, sum)
    if (flipped !== null) f.sub(total.as('r32'), flipped.as('r32'))
    f.imul(total.as('r32'), factor.as('r32'))
    f.add(total.as('r32'), constant.as('r32'))
    if (bias !== null) {
      f.add(total.as('r32'), mem(bias))
      f.add(bias, 4)
    }
    f.mov(mem(to), total.as('r32'))
    f.add(to, 4)
  }

  /** The same of several lines at once, whose totals lie in a vector. */
  #finish(sums: readonly V<K>[], flipped: V<'r64'> | null): void {
    const f = this.#f
    const { bias, constant, factor, to } = this.#given
    const totals = this.#machine.conversions.integers.totals(f, sums)
    const every = (value: V<'r64'>): V<'xmm'> => {
      const vector = f.xmm('every')
      f.vmovd(vector, value.as('r32'))
      f.vpbroadcastd(vector, vector)
      return vector
    }
    if (flipped !== null) f.vpsubd(totals, totals, every(flipped))
    f.vpmulld(totals, totals, every(factor))
    f.vpaddd(totals, totals, every(constant))
    if (bias !== null) {
      f.vpaddd(totals, totals, mem(bias))
      f.add(bias, 4 * LINES)
    }
    f.vmovups(mem(to), totals)
    f.add(to, 4 * LINES)
  }

  /**
   * Adds bytes to sums as long as they fill vectors; `left` of them remain. Signed ones are taken for unsigned ones that
   * are 128 more: what that adds to a total is returned.
   */
  #wholeVectors(sums: readonly V<K>[], lines: Lines, left: V<'r64'>): V<'r64'> | null {
    const f = this.#f
    const { conversions, f32, vector, vectorBytes } = this.#machine
    const { flip, bytes, add } = conversions.integers
    const isSigned = this.#storage === 's8'
    this.#repeat('vectors', left, vectorBytes, () => {
      for (const [i, sum] of sums.entries()) {
        const elements = f.reg(vector, 'bytes')
        f32.load(f, elements, lines.at(i, 0))
        if (isSigned) flip(f, elements, elements)
        bytes(f, elements, elements)
        add(f, sum, sum, elements)
      }
      lines.moveBytes(vectorBytes)
    })
    if (!isSigned) return null
    const flipped = f.gp('flipped')
    f.mov(flipped, this.#given.width)
    f.sub(flipped, left)
    f.shl(flipped, 7)
    return flipped
  }

  /** One sum a place in the lines, `width` of them. */
  across(): void {
    const f = this.#f
    const { from, ld, lines, width } = this.#given
    this.#columns((count, part) => {
      const sums = Array.from({ length: count }, () => this.#zero())
      const at = f.gp('at')
      const left = f.gp('left')
      f.mov(at, from)
      f.mov(left, lines)
      this.#repeat('lines', left, 1, () => {
        for (const [i, sum] of sums.entries()) this.#add(sum, mem(at, i * this.#lanes), part)
        f.add(at, ld)
      })
      f.add(from, count * this.#lanes)
      return sums
    }, width)
  }

  /** Of sums that have been made before, s32 at `from`, `width` of them. */
  made(): void {
    const f = this.#f
    const { f32, vector, vectorBytes } = this.#machine
    const { from, width } = this.#given
    this.#columns((count, part) => {
      const sums = Array.from({ length: count }, (_, i) => {
        const sum = f.reg(vector, 'sum')
        if (part === null) f32.load(f, sum, mem(from, i * vectorBytes))
        else f32.loadMasked(f, sum, mem(from), this.#machine.mask(f, part.count, 4))
        return sum
      })
      f.add(from, count * vectorBytes)
      return sums
    }, width)
  }

  /** Vectors of sums, several at a time, then the last few sums. */
  #columns(sumsOf: (count: number, part: Part<M> | null) => readonly V<K>[], width: V<'r64'>): void {
    const f = this.#f
    const { conversions, f32, vector, vectorBytes } = this.#machine
    const { bias, constant, factor, to } = this.#given
    const factors = f.reg(vector, 'factors')
    const constants = f.reg(vector, 'constants')
    f32.splat(f, factors, factor)
    f32.splat(f, constants, constant)
    const columns = (count: number, part: Part<M> | null): void => {
      const mask = part === null ? null : this.#machine.mask(f, part.count, 4)
      for (const [i, sum] of sumsOf(count, part).entries()) {
        conversions.integers.multiply(f, sum, sum, factors)
        conversions.integers.add(f, sum, sum, constants)
        if (bias !== null) {
          const own = f.reg(vector, 'bias')
          if (mask === null) f32.load(f, own, mem(bias, i * vectorBytes))
          else f32.loadMasked(f, own, mem(bias), mask)
          conversions.integers.add(f, sum, sum, own)
        }
        const place = mem(to, i * vectorBytes)
        if (mask === null) f32.store(f, place, sum)
        else f32.storeMasked(f, place, sum, mask)
      }
      if (bias !== null) f.add(bias, count * vectorBytes)
      f.add(to, count * vectorBytes)
    }
    for (const count of [SIDE_BY_SIDE, 1]) {
      this.#repeat(`columns${count}`, width, count * this.#lanes, () => columns(count, null))
    }
    const whole = f.label('whole')
    f.test(width, width)
    f.je(whole)
    columns(1, conversions.part(f, width, 4))
    f.bind(whole)
  }

  /** body, as long as `left` is at least `step`, which it is then reduced by. */
  #repeat(name: string, left: V<'r64'>, step: number, body: () => void): void {
    const f = this.#f
    const again = f.label(name)
    const end = f.label(`${name}.end`)
    f.cmp(left, step)
    f.jb(end)
    f.enterLoop(name)
    f.bind(again)
    body()
    f.sub(left, step)
    f.cmp(left, step)
    f.jae(again)
    f.exitLoop()
    f.bind(end)
  }

  #zero(): V<K> {
    const sum = this.#f.reg(this.#machine.vector, 'sum')
    this.#machine.f32.zero(this.#f, sum)
    return sum
  }

  #add(sum: V<K>, at: Address, part: Part<M> | null): void {
    const f = this.#f
    const { conversions, vector } = this.#machine
    const elements = f.reg(vector, 'elements')
    const widening = conversions.toInteger[this.#storage]
    if (part === null) widening.load(f, elements, at)
    else widening.loadPart(f, elements, at, part)
    conversions.integers.add(f, sum, sum, elements)
  }
}
