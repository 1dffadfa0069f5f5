/** convert(): generated code against the reference bit by bit, tails at guard pages, other CPUs emulated, bad input. */
import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { convert, type FormatArray, type HalfArray } from '../src/gemm/convert.ts'
import { compileGemm } from '../src/gemm/kernel.ts'
import { generateConverter } from '../src/microkernel/converter.ts'
import { convertBits, FLOAT_FORMATS, type FloatFormat, widenBits } from '../src/microkernel/number-formats.ts'
import { TARGETS } from '../src/microkernel/targets/index.ts'
import { guardedArray } from '../src/runtime/index.ts'
import { STORAGE_BYTES } from '../src/schedule/product-type.ts'
import { emulated } from './generated-function.ts'
import { NATIVE, runChild } from './native-support.ts'
import { skip } from './skips.ts'

type Bits = Uint8Array<ArrayBuffer> | Uint16Array<ArrayBuffer> | Uint32Array<ArrayBuffer>

/** The part of WebAssembly that is needed; the configured libraries do not declare it. */
interface Wasm {
  readonly Memory: new (options: { readonly initial: number }) => { readonly buffer: ArrayBuffer }
}
const wasm = (globalThis as unknown as { readonly WebAssembly: Wasm }).WebAssembly

const zeros = (format: FloatFormat, length: number): Bits => {
  const bytes = STORAGE_BYTES[format]
  if (bytes === 1) return new Uint8Array(length)
  return bytes === 2 ? new Uint16Array(length) : new Uint32Array(length)
}

/** The bits as the array that convert takes. */
const asArray = <F extends FloatFormat>(bits: Bits, _format: F): FormatArray[F] =>
  (bits instanceof Uint32Array ? new Float32Array(bits.buffer) : bits) as unknown as FormatArray[F]

function reference(bits: Bits, from: FloatFormat, to: FloatFormat, saturate: boolean): Bits {
  const target = zeros(to, bits.length)
  convertBits(bits, from, target, to, saturate)
  return target
}

/** All codes of a format; for f32 the neighbourhood of every tie and value of every other format, and random ones. */
function everything(format: FloatFormat): Bits {
  if (format !== 'f32') return zeros(format, 256 ** STORAGE_BYTES[format]).map((_, i) => i)
  const near = new Set<number>()
  for (const narrow of FLOAT_FORMATS) {
    if (narrow === 'f32') continue
    for (let code = 0; code < 256 ** STORAGE_BYTES[narrow] / 2; code++) {
      const bits = widenBits(code, narrow)
      const tie = Math.floor((bits + widenBits(code + 1, narrow)) / 2)
      for (const at of [bits, bits + 1, tie - 1, tie, tie + 1]) near.add(at & 0x7fff_ffff)
    }
  }
  let state = 1
  for (let i = 0; i < 20_000; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    near.add(state & 0x7fff_ffff)
  }
  const positive = Uint32Array.from(near)
  const all = new Uint32Array(2 * positive.length)
  all.set(positive)
  for (let i = 0; i < positive.length; i++) all[positive.length + i] = (positive[i]! | 0x8000_0000) >>> 0
  return all
}

function pairs(): { from: FloatFormat; to: FloatFormat; saturate: boolean }[] {
  return FLOAT_FORMATS.flatMap((from) =>
    FLOAT_FORMATS.filter((to) => to !== from).flatMap((to) =>
      (to === 'e4m3' || to === 'e5m2' ? [false, true] : [false]).map((saturate) => ({ from, to, saturate })),
    ),
  )
}

const conversion = suite('convert')

conversion('every code, and f32 around every value and tie, as the reference has it', () => {
  for (const from of FLOAT_FORMATS) {
    const all = everything(from)
    for (const { to, saturate } of pairs().filter((pair) => pair.from === from)) {
      const result = convert(asArray(all, from), from, to, { saturate })
      const got = to === 'f32' ? new Uint32Array(result.buffer) : (result as Uint8Array | Uint16Array)
      const wanted = reference(all, from, to, saturate)
      for (let i = 0; i < all.length; i++) {
        if (got[i] !== wanted[i]) assert.is(got[i], wanted[i], `${from} ${all[i]} to ${to}`)
      }
      assert.is(got.length, all.length)
    }
  }
})

conversion('any length, at guard pages on both sides', () => {
  if (!NATIVE) {
    skip('guard pages: native code')
    return
  }
  const storage = { f32: 'f32', bf16: 'bf16', f16: 'f16', e4m3: 'u8', e5m2: 'u8' } as const
  for (const { from, to, saturate } of pairs()) {
    if (saturate) continue
    for (const length of [1, 2, 3, 5, 7, 8, 9, 11, 15, 16, 17, 31, 33, 64, 67, 129]) {
      for (const edge of ['start', 'end'] as const) {
        const source = guardedArray(storage[from], length, edge)
        const bits = new Uint8Array(source.buffer, source.byteOffset, source.byteLength)
        for (let i = 0; i < bits.length; i++) bits[i] = i * 89 + length
        const into = guardedArray(storage[to], length, edge)
        const result = convert(source as FormatArray[typeof from], from, to, {
          into: into as FormatArray[typeof to],
        })
        assert.is(result, into)
        const codes = zeros(from, length)
        new Uint8Array(codes.buffer).set(bits)
        const wanted = reference(codes, from, to, false)
        assert.equal(
          [...new Uint8Array(into.buffer, into.byteOffset, into.byteLength)],
          [...new Uint8Array(wanted.buffer)],
        )
      }
    }
  }
})

for (const name of ['avx2', 'avx512'] as const) {
  conversion(`${name} emulated: every pair of formats, within its arrays`, () => {
    for (const { from, to, saturate } of pairs()) {
      const code =
        name === 'avx2'
          ? generateConverter(TARGETS.avx2, { from, to, saturate })
          : generateConverter(TARGETS.avx512, { from, to, saturate })
      const run = emulated(code)
      for (const length of [0, 1, 3, 7, 8, 9, 15, 16, 17, 40, 73, 133]) {
        const source = zeros(from, length)
        const bytes = new Uint8Array(source.buffer)
        for (let i = 0; i < bytes.length; i++) bytes[i] = (i * 151) ^ (i >> 3) ^ length
        const target = zeros(to, length)
        run({ source, target, length })
        assert.equal([...target], [...reference(source, from, to, saturate)], `${from} to ${to}, ${length}`)
      }
    }
  })
}

conversion('random lengths and numbers go to bf16 and back', () => {
  fc.assert(
    fc.property(fc.array(fc.float({ noNaN: true }), { maxLength: 100 }), (numbers) => {
      const source = Float32Array.from(numbers)
      const back = convert(convert(source, 'f32', 'bf16'), 'bf16', 'f32')
      for (const [i, value] of source.entries()) {
        const error = Math.abs(back[i]! - value)
        assert.ok(Math.abs(value) > 3.38e38 || error <= Math.abs(value) * 2 ** -8 + 2 ** -134)
      }
    }),
  )
})

conversion('a longer destination keeps what lies behind', () => {
  const into = new Uint16Array(20).fill(0xaaaa)
  convert(new Float32Array(11).fill(1), 'f32', 'bf16', { into })
  assert.equal([...into], [...new Array(11).fill(0x3f80), ...new Array(9).fill(0xaaaa)])
})

conversion('without native code TypeScript gives the same', () => {
  const script = `
    Object.defineProperty(process, 'platform', { value: 'other' })
    const { convert } = await import('../src/gemm/convert.ts')
    const source = Float32Array.from({ length: 50 }, (_, i) => (i - 25) ** 3 / 7)
    process.stdout.write(JSON.stringify([...convert(source, 'f32', 'e5m2')]))
    try { convert(source, 'f32', 'bf16', { into: new Uint16Array(source.buffer) }) }
    catch (error) { process.stderr.write(error.message) }`
  const child = runChild(script)
  const source = Float32Array.from({ length: 50 }, (_, i) => (i - 25) ** 3 / 7)
  assert.equal(JSON.parse(child.stdout), [...convert(source, 'f32', 'e5m2')])
  assert.match(child.stderr, /into: expected memory apart from the source's, got arrays that share 100 bytes/)
})

conversion('arrays of a product that has not finished are left alone', async () => {
  if (!NATIVE) {
    skip('asynchronous products: native code')
    return
  }
  const size = 64
  const kernel = compileGemm({ m: size, n: size, k: size })
  const [a, b, c] = [0, 1, 2].map(() => new Float32Array(size * size).fill(1)) as [
    Float32Array,
    Float32Array,
    Float32Array,
  ]
  const halves = new Uint16Array(size * size)
  const product = kernel.async(a, b, c)
  assert.throws(
    () => convert(c, 'f32', 'bf16', { into: halves }),
    /an asynchronous call that has not finished writes it/,
  )
  assert.throws(
    () => convert(halves, 'bf16', 'f32', { into: a }),
    /an asynchronous call that has not finished reads it/,
  )
  convert(a, 'f32', 'bf16', { into: halves })
  await product
  assert.is(convert(c, 'f32', 'bf16')[5], 0x4280)
  kernel.dispose()
})

conversion('Float16Array, where there is one, holds f16', () => {
  const Half = (globalThis as { Float16Array?: new (numbers: readonly number[]) => HalfArray }).Float16Array
  if (Half === undefined) {
    skip('Float16Array: this Node has none')
    return
  }
  const source = new Half([1, -2.5, 65504, 2 ** -24])
  assert.equal([...convert(source, 'f16', 'f32')], [1, -2.5, 65504, 2 ** -24])
  const into: HalfArray = convert(Float32Array.of(1.5, 2), 'f32', 'f16', { into: new Half([0, 0]) })
  assert.equal([...new Uint16Array(into.buffer)], [0x3e00, 0x4000])
})

conversion('memory of any kind: shared, resizable, WebAssembly, a place within a buffer', () => {
  const numbers = Float32Array.from({ length: 21 }, (_, i) => i / 3 - 2)
  const wanted = [...convert(numbers, 'f32', 'f16')]
  const buffers = [
    new SharedArrayBuffer(200),
    new ArrayBuffer(200, { maxByteLength: 400 }),
    new wasm.Memory({ initial: 1 }).buffer,
  ]
  for (const buffer of buffers) {
    const source = new Float32Array(buffer, 8, 21)
    source.set(numbers)
    const into = new Uint16Array(buffer, 8 + 84, 21)
    assert.equal([...convert(source, 'f32', 'f16', { into })], wanted)
    assert.throws(
      () => convert(source, 'f32', 'f16', { into: new Uint16Array(buffer, 8 + 82, 21) }),
      /share 2 bytes/,
    )
  }
})

conversion('bad input is refused by name', () => {
  const source = new Float32Array(16)
  const bad = convert as unknown as (...args: readonly unknown[]) => void
  assert.throws(() => bad(source, 'f32', 'f64'), /to: expected one of f32, bf16, f16, e4m3, e5m2, got f64/)
  assert.throws(() => bad(source, 'fp32', 'bf16'), /from: expected one of/)
  assert.throws(() => bad(source, 'f32', 'f32'), /to: expected another format than from, got f32 twice/)
  assert.throws(() => bad([1, 2], 'f32', 'bf16'), /source: expected a Float32Array of f32, got an Array of 2/)
  assert.throws(() => bad(new Float64Array(2), 'f32', 'bf16'), /source: expected a Float32Array/)
  assert.throws(() => bad(source, 'bf16', 'f32'), /source: expected a Uint16Array of bf16/)
  assert.throws(
    () => bad(source, 'f32', 'e4m3', { into: new Uint16Array(16) }),
    /into: expected a Uint8Array of e4m3/,
  )
  assert.throws(
    () => bad(source, 'f32', 'bf16', { into: new Uint16Array(15) }),
    /into: expected at least 16 elements, as many as the source, got Uint16Array\(15\)/,
  )
  assert.throws(() => bad(source, 'f32', 'bf16', { into: new Uint16Array(source.buffer) }), /share 32 bytes/)
  assert.throws(() => bad(source, 'f32', 'bf16', null), /options: expected \{ into, saturate \}, got null/)
  assert.throws(() => bad(source, 'f32', 'e4m3', { saturate: 1 }), /saturate: expected a boolean/)
  const gone = new Float32Array(16)
  structuredClone(gone.buffer, { transfer: [gone.buffer] })
  assert.throws(() => bad(gone, 'f32', 'bf16'), /source: the Float32Array is detached/)
  assert.throws(
    () => bad(source, 'f32', 'bf16', { into: 5 }),
    /into: expected a Uint16Array of bf16, got a number/,
  )
  assert.equal(convert(new Float32Array(0), 'f32', 'f16'), new Uint16Array(0))
})

conversion.run()
