/** Code for the terms of rows and columns that zero points bring into integer products (see requantise.ts). */
import type { MachineCode } from '../encoder/machine-code.ts'
import { mem } from '../encoder/operands.ts'
import { allocate } from '../regalloc/allocate.ts'
import { assemble } from '../regalloc/assemble.ts'
import type { V } from '../regalloc/function.ts'
import { Recorder } from '../regalloc/recorder.ts'
import type { NarrowInteger, Part } from '../schedule/conversion.ts'
import type { Machine, MaskKind, VectorKind } from '../schedule/machine.ts'

/** Fields of the argument block, 8 bytes each, in order. Addresses and sizes in bytes, which are elements, too. */
const FIELDS = ['from', 'to', 'lines', 'width', 'ld', 'factor', 'constant'] as const
type FieldName = (typeof FIELDS)[number]

export interface LineSumsOptions {
  readonly storage: NarrowInteger
  /**
   * 'along': one sum a line, lines of them (row terms of a row-major A). 'across': one sum a place in the lines, width
   * of them (column terms of a row-major B).
   */
  readonly direction: 'along' | 'across'
}

/** Vectors that are summed side by side across lines. */
const SIDE_BY_SIDE = 4

/** Byte offset of a field in the argument block of line sums. */
export const lineSumsOffset = (name: FieldName): number => 8 * FIELDS.indexOf(name)
export const LINE_SUMS_BLOCK_BYTES: number = 8 * FIELDS.length

/**
 * `void sums(uint64_t argblock)`: to[i] = factor·sum + constant in s32, modulo 2³², where the sums are over lines ×
 * width elements at `from`, `ld` bytes from line to line. Sums of nothing are 0. Reads no byte but the elements.
 */
export function generateLineSums<K extends VectorKind, M extends MaskKind>(
  machine: Machine<K, M>,
  { storage, direction }: LineSumsOptions,
): MachineCode {
  const f = new Recorder(`sums-${direction}`, { params: ['argblock'] })
  const given = Object.fromEntries(
    FIELDS.map((name) => {
      const to = f.gp(name)
      f.mov(to, mem(f.params[0]!, lineSumsOffset(name)))
      return [name, to]
    }),
  ) as Readonly<Record<FieldName, V<'r64'>>>
  const sums = new LineSums(f, machine, storage, given)
  if (direction === 'along') sums.along()
  else sums.across()
  f.vzeroupper()
  f.ret()
  return assemble(allocate(f.finish()))
}

class LineSums<K extends VectorKind, M extends MaskKind> {
  readonly #f: Recorder
  readonly #machine: Machine<K, M>
  readonly #storage: NarrowInteger
  readonly #given: Readonly<Record<FieldName, V<'r64'>>>
  readonly #lanes: number

  constructor(
    f: Recorder,
    machine: Machine<K, M>,
    storage: NarrowInteger,
    given: Readonly<Record<FieldName, V<'r64'>>>,
  ) {
    this.#f = f
    this.#machine = machine
    this.#storage = storage
    this.#given = given
    this.#lanes = machine.vectorBytes / 4
  }

  along(): void {
    const f = this.#f
    const { constant, factor, from, ld, lines, to, width } = this.#given
    this.#repeat('lines', lines, 1, () => {
      const sum = this.#zero()
      const at = f.gp('at')
      const left = f.gp('left')
      f.mov(at, from)
      f.mov(left, width)
      this.#repeat('line', left, this.#lanes, () => {
        this.#add(sum, at, 0, null)
        f.add(at, this.#lanes)
      })
      const whole = f.label('whole')
      f.test(left, left)
      f.je(whole)
      this.#add(sum, at, 0, this.#machine.conversions.part(f, left, 4))
      f.bind(whole)
      const total = this.#machine.conversions.integers.total(f, sum)
      f.imul(total.as('r32'), factor.as('r32'))
      f.add(total.as('r32'), constant.as('r32'))
      f.mov(mem(to), total.as('r32'))
      f.add(to, 4)
      f.add(from, ld)
    })
  }

  across(): void {
    const f = this.#f
    const { conversions, f32, vector, vectorBytes } = this.#machine
    const { constant, factor, from, ld, lines, to, width } = this.#given
    const factors = f.reg(vector, 'factors')
    const constants = f.reg(vector, 'constants')
    f32.splat(f, factors, factor)
    f32.splat(f, constants, constant)
    const columns = (count: number, part: Part<M> | null): void => {
      const sums = Array.from({ length: count }, () => this.#zero())
      const at = f.gp('at')
      const left = f.gp('left')
      f.mov(at, from)
      f.mov(left, lines)
      this.#repeat('lines', left, 1, () => {
        for (const [i, sum] of sums.entries()) this.#add(sum, at, i * this.#lanes, part)
        f.add(at, ld)
      })
      for (const [i, sum] of sums.entries()) {
        conversions.integers.multiply(f, sum, sum, factors)
        conversions.integers.add(f, sum, sum, constants)
        const place = mem(to, i * vectorBytes)
        if (part === null) f32.store(f, place, sum)
        else f32.storeMasked(f, place, sum, this.#machine.mask(f, part.count, 4))
      }
      f.add(from, count * this.#lanes)
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

  #add(sum: V<K>, at: V<'r64'>, offset: number, part: Part<M> | null): void {
    const f = this.#f
    const { conversions, vector } = this.#machine
    const elements = f.reg(vector, 'elements')
    const widening = conversions.toInteger[this.#storage]
    if (part === null) widening.load(f, elements, mem(at, offset))
    else widening.loadPart(f, elements, mem(at, offset), part)
    conversions.integers.add(f, sum, sum, elements)
  }
}
