/** convert: arrays of one floating-point format to another, in generated code where it runs. */
import type { MachineCode } from '../encoder/machine-code.ts'
import { CONVERTER_BLOCK_BYTES, type ConverterOptions, generateConverter } from '../microkernel/converter.ts'
import { convertBits, FLOAT_FORMATS, type FloatFormat } from '../microkernel/number-formats.ts'
import { TARGETS } from '../microkernel/targets/index.ts'
import { describe, isDetached, MatrixOperand } from '../runtime/checks.ts'
import { cpuFeatures } from '../runtime/features.ts'
import { HostError } from '../runtime/hosts/host.ts'
import { loadKernel, type NativeKernel } from '../runtime/kernel.ts'
import { lengthOf, locate, tagOf } from '../runtime/located.ts'
import { MemoryError } from '../runtime/mapped-region.ts'
import type { Machine } from '../schedule/machine.ts'
import type { MaskKind, VectorKind } from '../schedule/operand-kinds.ts'
import { STORAGE_BYTES } from '../schedule/product-type.ts'
import { refuseUnfinished, unfinished } from './unfinished.ts'

/** The typed array that holds a format: half-width floats and smaller are held as their bits. */
export interface FormatArray {
  readonly f32: Float32Array
  readonly bf16: Uint16Array
  readonly f16: Uint16Array
  readonly e4m3: Uint8Array
  readonly e5m2: Uint8Array
}

/** A Float16Array, which not every Node has. */
export interface HalfArray extends ArrayBufferView {
  readonly [Symbol.toStringTag]: 'Float16Array'
  readonly length: number
}

/** What may be given for a format. */
export interface FormatInput extends Omit<FormatArray, 'f16'> {
  readonly f16: Uint16Array | HalfArray
}

export interface ConvertOptions<Into> {
  /** Where the result goes: at least as long as the source, in memory apart from it. A new array unless given. */
  readonly into?: Into
  /** To e4m3 or e5m2: what is too large becomes the largest finite number, instead of NaN (e4m3) or an infinity (e5m2). */
  readonly saturate?: boolean
}

const ARRAYS = { 1: Uint8Array, 2: Uint16Array, 4: Float32Array } as const
const bytesOf = (format: FloatFormat): 1 | 2 | 4 => STORAGE_BYTES[format] as 1 | 2 | 4

/** Machine code by both formats and saturation; null where this machine cannot run any. */
const converters: (NativeKernel | null | undefined)[] = []

function converterFor(options: ConverterOptions): NativeKernel | null {
  const { from, saturate, to } = options
  const index =
    (FLOAT_FORMATS.indexOf(from) * FLOAT_FORMATS.length + FLOAT_FORMATS.indexOf(to)) * 2 + (saturate ? 1 : 0)
  const known = converters[index]
  if (known !== undefined) return known
  const made = compile(options)
  converters[index] = made
  return made
}

interface Candidate {
  readonly features: readonly string[]
  generate(options: ConverterOptions): MachineCode
}

const candidate = <K extends VectorKind, M extends MaskKind>(machine: Machine<K, M>): Candidate => ({
  features: [...machine.features, ...machine.conversions.features],
  generate: (options) => generateConverter(machine, options),
})

/** Best first. */
const CANDIDATES: readonly Candidate[] = [candidate(TARGETS.avx512), candidate(TARGETS.avx2)]

function compile(options: ConverterOptions): NativeKernel | null {
  try {
    const { features } = cpuFeatures()
    const best = CANDIDATES.find((each) => each.features.every((feature) => features.has(feature)))
    return best === undefined
      ? null
      : loadKernel(best.generate(options), { argumentBytes: CONVERTER_BLOCK_BYTES })
  } catch (error) {
    if (error instanceof HostError || error instanceof MemoryError) return null
    throw error
  }
}

function checkFormat(name: string, format: unknown): asserts format is FloatFormat {
  if (!FLOAT_FORMATS.includes(format as FloatFormat)) {
    throw new RangeError(`${name}: expected one of ${FLOAT_FORMATS.join(', ')}, got ${String(format)}`)
  }
}

/** TypeError or RangeError unless the value is an array for this format, attached, of at least `least` elements. */
function checkArray(name: string, value: unknown, format: FloatFormat, least: number): ArrayBufferView {
  const tag = tagOf(value)
  const wanted = ARRAYS[bytesOf(format)].name
  if (tag !== wanted && !(format === 'f16' && tag === 'Float16Array')) {
    throw new TypeError(`${name}: expected a ${wanted} of ${format}, got ${describe(value)}`)
  }
  const view = value as ArrayBufferView
  const length = lengthOf(view)
  // Detached arrays have no elements, and asking takes long.
  if (length === 0 && isDetached(view.buffer)) {
    throw new TypeError(`${name}: the ${tag} is detached (transferred, or its WebAssembly memory grew)`)
  }
  if (length < least) {
    throw new RangeError(
      `${name}: expected at least ${least} elements, as many as the source, got ${describe(view)}`,
    )
  }
  return view
}

function refuseOverlap(at: number, bytes: number, into: number, size: number): void {
  if (at >= into + size || into >= at + bytes) return
  const shared = Math.min(at + bytes, into + size) - Math.max(at, into)
  throw new RangeError(`into: expected memory apart from the source's, got arrays that share ${shared} bytes`)
}

/**
 * The numbers of `source` in another format, rounded once, to nearest, ties to even.
 *
 * Half-width formats are Uint16Array of their bits, 8-bit ones Uint8Array; where Node has Float16Array, f16 may be one.
 * Denormals, infinities, signed zeros and NaN all come through; docs/number-formats.md says how. The code is
 * generated for this CPU at the first use of a pair of formats; where no native code runs, TypeScript gives the same bits.
 *
 * @example
 * ```ts
 * const weights = convert(Float32Array.of(1, 2.5, -3), 'f32', 'bf16')
 * convert(weights, 'bf16', 'f32', { into: new Float32Array(3) })
 * ```
 * @throws TypeError for another class of array or a detached one; RangeError for an unknown format, for twice
 * the same, for too short an array, for arrays that overlap, and for arrays that an asynchronous product still uses.
 */
export function convert<
  From extends FloatFormat,
  To extends FloatFormat,
  Into extends FormatInput[To] = FormatArray[To],
>(source: FormatInput[From], from: From, to: To, options: ConvertOptions<Into> = {}): Into {
  checkFormat('from', from)
  checkFormat('to', to)
  if ((from as FloatFormat) === to)
    throw new RangeError(`to: expected another format than from, got ${to} twice`)
  if (typeof options !== 'object' || options === null) {
    throw new TypeError(`options: expected { into, saturate }, got ${describe(options)}`)
  }
  const { into, saturate = false } = options
  if (typeof saturate !== 'boolean')
    throw new TypeError(`saturate: expected a boolean, got ${describe(saturate)}`)
  const view = checkArray('source', source, from, 0)
  const count = lengthOf(view)
  const result = into === undefined ? new ARRAYS[bytesOf(to)](count) : checkArray('into', into, to, count)
  if (count > 0) convertView(view, result, count, { from, to, saturate })
  return result as unknown as Into
}

/** So many bytes, as kernels' operands are compared. */
const bytesAs = (name: string, bytes: number): MatrixOperand =>
  new MatrixOperand(name, 'u8').shape(1, bytes, bytes)

function bitsOf(
  { buffer, byteOffset }: ArrayBufferView,
  format: FloatFormat,
  count: number,
): Uint8Array | Uint16Array | Uint32Array {
  const bytes = bytesOf(format)
  if (bytes === 1) return new Uint8Array(buffer, byteOffset, count)
  return bytes === 2 ? new Uint16Array(buffer, byteOffset, count) : new Uint32Array(buffer, byteOffset, count)
}

function convertView(
  source: ArrayBufferView,
  target: ArrayBufferView,
  count: number,
  options: ConverterOptions,
): void {
  const { from, saturate, to } = options
  const [sourceBytes, targetBytes] = [bytesOf(from) * count, bytesOf(to) * count]
  const converter = converterFor(options)
  if (converter === null) {
    if (source.buffer === target.buffer) {
      refuseOverlap(source.byteOffset, sourceBytes, target.byteOffset, targetBytes)
    }
    convertBits(bitsOf(source, from, count), from, bitsOf(target, to, count), to, saturate)
    return
  }
  const [own, its] = [locate(source), locate(target)]
  refuseOverlap(own.address, sourceBytes, its.address, targetBytes)
  if (unfinished.size > 0) {
    refuseUnfinished({
      reads: [{ operand: bytesAs('source', sourceBytes), at: own }],
      writes: [{ operand: bytesAs('into', targetBytes), at: its }],
    })
  }
  const { u64 } = converter.block
  u64[0] = own.bits
  u64[1] = its.bits
  u64[2] = BigInt(count)
  converter.run(source, target)
}
