/** Code that converts one array of numbers to another format, whatever its length. */
import type { MachineCode } from '../encoder/machine-code.ts'
import { mem } from '../encoder/operands.ts'
import { allocate } from '../regalloc/allocate.ts'
import { assemble } from '../regalloc/assemble.ts'
import type { V } from '../regalloc/function.ts'
import { Recorder } from '../regalloc/recorder.ts'
import type { Part } from '../schedule/conversion.ts'
import type { Machine } from '../schedule/machine.ts'
import type { Address, MaskKind, VectorKind } from '../schedule/operand-kinds.ts'
import { STORAGE_BYTES } from '../schedule/product-type.ts'
import type { FloatFormat } from './number-formats.ts'

export interface ConverterOptions {
  readonly from: FloatFormat
  readonly to: FloatFormat
  /** As in `NarrowingOptions`. */
  readonly saturate?: boolean
}

/** Bytes of a converter's argument block: addresses of source and destination, and the number of elements, in this order. */
export const CONVERTER_BLOCK_BYTES = 24

/** Vectors in a pass of the main loop. */
const UNROLLED = 4

/**
 * `void convert(uint64_t argblock)`. By way of f32 lanes, which hold every value of every format, so that there is one
 * rounding. The arrays may not overlap, and no byte outside them is touched.
 *
 * The last elements are converted as a whole vector that ends with the array, some of it for the second time; only an
 * array shorter than a vector is a part of one.
 */
export function generateConverter<K extends VectorKind, M extends MaskKind>(
  machine: Machine<K, M>,
  { from, to, saturate = false }: ConverterOptions,
): MachineCode {
  const f = new Recorder(`convert_${from}_${to}`, { params: ['argblock'] })
  const block = f.params[0]!
  const [source, target, left] = [f.gp('source'), f.gp('target'), f.gp('left')]
  f.mov(source, mem(block, 0))
  f.mov(target, mem(block, 8))
  f.mov(left, mem(block, 16))
  const lanes = machine.vectorBytes / 4
  const [sourceBytes, targetBytes] = [lanes * STORAGE_BYTES[from], lanes * STORAGE_BYTES[to]]
  const vector = (index: number): void => {
    const wide = load(f, machine, from, mem(source, index * sourceBytes), null)
    store(f, machine, to, mem(target, index * targetBytes), wide, null, saturate)
  }
  const advance = (vectors: number): void => {
    f.add(source, vectors * sourceBytes)
    f.add(target, vectors * targetBytes)
  }
  const [short, end] = [f.label('short'), f.label('end')]
  f.cmp(left, lanes)
  f.jb(short)
  for (const count of [UNROLLED, 1]) {
    const [again, done] = [f.label(`vectors${count}`), f.label(`vectors${count}.done`)]
    f.sub(left, count * lanes)
    f.jb(done)
    f.align(32)
    f.enterLoop(`vectors${count}`, { hot: true })
    f.bind(again)
    for (let i = 0; i < count; i++) vector(i)
    advance(count)
    f.sub(left, count * lanes)
    f.jae(again)
    f.exitLoop()
    f.bind(done)
    f.add(left, count * lanes)
  }
  f.test(left, left)
  f.je(end)
  // Back to where the last whole vector begins.
  f.sub(left, lanes)
  f.lea(source, mem(source, left, STORAGE_BYTES[from] as 1 | 2 | 4))
  f.lea(target, mem(target, left, STORAGE_BYTES[to] as 1 | 2 | 4))
  vector(0)
  f.jmp(end)
  f.bind(short)
  f.test(left, left)
  f.je(end)
  const part = machine.conversions.part(f, left, 4)
  store(f, machine, to, mem(target), load(f, machine, from, mem(source), part), part, saturate)
  f.bind(end)
  f.vzeroupper()
  f.ret()
  return assemble(allocate(f.finish()))
}

function load<K extends VectorKind, M extends MaskKind>(
  f: Recorder,
  machine: Machine<K, M>,
  format: FloatFormat,
  from: Address,
  part: Part<M> | null,
): V<K> {
  const wide = f.reg(machine.vector, 'wide')
  if (format !== 'f32') {
    const widening = machine.conversions.toFloat[format]
    if (part === null) widening.load(f, wide, from)
    else widening.loadPart(f, wide, from, part)
  } else if (part === null) machine.f32.load(f, wide, from)
  else machine.f32.loadMasked(f, wide, from, machine.mask(f, part.count, 4))
  return wide
}

function store<K extends VectorKind, M extends MaskKind>(
  f: Recorder,
  machine: Machine<K, M>,
  format: FloatFormat,
  to: Address,
  wide: V<K>,
  part: Part<M> | null,
  saturate: boolean,
): void {
  if (format !== 'f32') {
    const narrowing = machine.conversions.fromFloat[format]
    if (part === null) narrowing.store(f, to, wide, { saturate })
    else narrowing.storePart(f, to, wide, part, { saturate })
  } else if (part === null) machine.f32.store(f, to, wide)
  else machine.f32.storeMasked(f, to, wide, machine.mask(f, part.count, 4))
}
