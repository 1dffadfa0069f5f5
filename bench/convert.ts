/** Numbers a second that `convert` takes to another format, beside loops in plain JavaScript, within caches and beyond. */
import { convert, type FormatArray } from '../src/gemm/convert.ts'
import { widenBits } from '../src/microkernel/number-formats.ts'
import type { NarrowFloat } from '../src/schedule/conversion.ts'

const ROUNDS = 15
const SIZES = [4096, 1 << 20] as const
const FORMATS: readonly NarrowFloat[] = ['bf16', 'f16', 'e4m3', 'e5m2']

type Codes = Uint8Array | Uint16Array

/** Rounding by integer additions, as JavaScript does it best: for each format its own function, all numbers constants. */
function narrowingLoop(mantissaBits: number, bias: number, overflow: number, nan: number) {
  const dropped = 23 - mantissaBits
  const signAt = mantissaBits + (bias === 127 ? 8 : bias === 15 ? 5 : 4)
  const bits = new Uint32Array(1)
  const float = new Float32Array(bits.buffer)
  const least = (127 + 1 - bias) << 23
  const magic = 2 ** (23 + 1 - bias - mantissaBits)
  const rebias = ((bias - 127) << 23) + (1 << (dropped - 1)) - 1
  float[0] = magic
  const magicBits = bits[0]!
  return (source: Uint32Array, values: Float32Array, to: Codes): void => {
    for (let i = 0; i < source.length; i++) {
      const magnitude = source[i]! & 0x7fff_ffff
      const sign = (source[i]! >>> 31) << signAt
      if (magnitude > 0x7f80_0000) to[i] = sign | nan
      else if (magnitude < least) {
        float[0] = Math.abs(values[i]!) + magic
        to[i] = sign | (bits[0]! - magicBits)
      } else {
        const code = (magnitude + rebias + ((magnitude >>> dropped) & 1)) >>> dropped
        to[i] = sign | (code > overflow ? overflow : code)
      }
    }
  }
}

const LOOPS: Readonly<Record<NarrowFloat, ReturnType<typeof narrowingLoop>>> = {
  // bf16 has f32's denormals: no case of its own.
  bf16: (source, _values, to) => {
    for (let i = 0; i < source.length; i++) {
      const bits = source[i]!
      to[i] =
        (bits & 0x7fff_ffff) > 0x7f80_0000
          ? (bits >>> 16) | 0x40
          : (bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16
    }
  },
  f16: narrowingLoop(10, 15, 0x7c00, 0x7e00),
  e4m3: narrowingLoop(3, 7, 0x7f, 0x7f),
  e5m2: narrowingLoop(2, 15, 0x7c, 0x7e),
}

/** Widening by a table of all codes. */
function wideningLoop(codes: Codes, table: Float32Array, to: Float32Array): void {
  for (let i = 0; i < codes.length; i++) to[i] = table[codes[i]!]!
}

const bits32 = new Uint32Array(1)
const value32 = new Float32Array(bits32.buffer)

const elapsed = (repeats: number, work: () => void): number => {
  const start = performance.now()
  for (let i = 0; i < repeats; i++) work()
  return (performance.now() - start) / repeats
}

/** Billions of numbers a second of two ways, in turns: the best round of each, since other work only slows one. */
function rates(count: number, ways: readonly (() => void)[]): readonly number[] {
  const repeats = Math.ceil(2 ** 21 / count)
  const best = ways.map(() => Number.POSITIVE_INFINITY)
  for (let round = 0; round < ROUNDS; round++) {
    for (const [i, way] of ways.entries()) best[i] = Math.min(best[i]!, elapsed(repeats, way))
  }
  return best.map((milliseconds) => count / milliseconds / 1e6)
}

console.log('10⁹ numbers/s (GB/s read and written)       convert      JavaScript   ratio')
for (const count of SIZES) {
  const values = Float32Array.from({ length: count }, (_, i) => Math.sin(i) * 3)
  const bits = new Uint32Array(values.buffer)
  const back = new Float32Array(count)
  for (const format of FORMATS) {
    const codes = convert(values, 'f32', format) as Codes
    const codesOf = codes as FormatArray[typeof format]
    const table = Float32Array.from({ length: 256 ** codes.BYTES_PER_ELEMENT }, (_, code) => {
      bits32[0] = widenBits(code, format)
      return value32[0]!
    })
    const report = (name: string, ways: readonly (() => void)[]): void => {
      const [ours, theirs] = rates(count, ways) as [number, number]
      const gigabytes = ours * (4 + codes.BYTES_PER_ELEMENT)
      const cells = [
        `${ours.toFixed(2)} (${gigabytes.toFixed(1)})`.padStart(14),
        theirs.toFixed(2).padStart(15),
      ]
      console.log(`${name.padEnd(38)}${cells.join(' ')} ${(ours / theirs).toFixed(1).padStart(7)}`)
    }
    report(`f32 → ${format}, ${count} numbers`, [
      () => convert(values, 'f32', format, { into: codesOf }),
      () => LOOPS[format](bits, values, codes),
    ])
    report(`${format} → f32, ${count} numbers`, [
      () => convert(codesOf, format, 'f32', { into: back }),
      () => wideningLoop(codes, table, back),
    ])
  }
}
