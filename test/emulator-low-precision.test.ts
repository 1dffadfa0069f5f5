/** Low-precision instructions, which few CPUs have, in the emulator against definitions written out here. */
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { Emulator } from '../src/emulator/emulate.ts'
import { Assembler } from '../src/encoder/assembler.ts'
import type { EncodableForm } from '../src/encoder/encodable.ts'
import { encodableForms, mnemonics } from '../src/encoder/forms.ts'
import { mem, rdi, xmm, ymm, zmm } from '../src/encoder/index.ts'
import { Random } from './random-instruction.ts'
import { elementValue, roundedSum } from './tile-reference.ts'

const low = suite('emulator: low precision')

const SEED = Number(process.env.TILEWRIGHT_SEED ?? 1)
const TRIES = 12
const LEAST = 2 ** -126

/** Bytes of a destination and two sources before, and of the destination after. */
interface Run {
  readonly d: Uint8Array
  readonly a: Uint8Array
  readonly b: Uint8Array
  readonly result: Uint8Array
}

const BYTES = { x: 16, y: 32, z: 64 } as const
const REGISTER = { xmm, ymm, zmm } as const
type Kind = keyof typeof REGISTER

/** The form of a mnemonic whose operands are registers of these kinds only. */
function formOf(mnemonic: string, kinds: readonly Kind[]): EncodableForm | undefined {
  return encodableForms(mnemonic).find(
    ({ operands }) =>
      operands.length === kinds.length &&
      operands.every(({ token }, i) => new RegExp(`^${kinds[i]}\\b`).test(token)),
  )
}

/** Random elements: anything; near 1; or few of the hard ones. */
function fill(random: Random, element: 1 | 2 | 4, kind: 'integer' | 'bf16' | 'f16' | 'f32'): Uint8Array {
  const bytes = new Uint8Array(64)
  const words = { 1: bytes, 2: new Uint16Array(bytes.buffer), 4: new Uint32Array(bytes.buffer) }[element]
  const mode = random.below(3)
  const hard: Readonly<Record<typeof kind, readonly number[]>> = {
    integer: [0, 1, -1, 127, 128, 255, 32767, 32768, 65535, 2 ** 31 - 1, -(2 ** 31)],
    bf16: [0, 0x8000, 1, 0x7f, 0x80, 0x3f80, 0xbf80, 0x7f7f, 0x7f80, 0xff80, 0x2000, 0x1fff],
    f16: [0, 0x8000, 1, 0x3ff, 0x400, 0x3c00, 0xbc00, 0x7bff, 0xfbff, 0x7c00, 0xfc00],
    f32: [0, 0x80000000, 1, 0x7fffff, 0x800000, 0x3f800000, 0x7f7fffff, 0x7f800000, 0xff800000, 0x3f808000],
  }
  const near = { integer: 0, bf16: 0x3f00, f16: 0x3800, f32: 0x3f000000 }[kind]
  for (let i = 0; i < words.length; i++) {
    words[i] =
      mode === 0
        ? random.bits()
        : mode === 1
          ? near + random.below(2 ** (8 * element - 4)) + random.below(2) * 2 ** (8 * element - 1)
          : random.pick(hard[kind])
  }
  return bytes
}

/** Runs one instruction on registers 0 (also the destination before), 1 and 2. */
function run(form: EncodableForm, kinds: readonly Kind[], d: Uint8Array, a: Uint8Array, b: Uint8Array): Run {
  const data = Uint8Array.from([...d, ...a, ...b])
  const code = new Assembler()
  for (let i = 0; i < 3; i++) code.vmovups(zmm(i), mem(rdi, 64 * i))
  code.emitForm(
    form,
    kinds.map((kind, i) => REGISTER[kind](i)),
  )
  code.vmovups(mem(rdi), zmm(0)).ret()
  new Emulator(code.finish(), { regions: [{ name: 'data', data }] }).call({ arguments: ['data'] })
  return { d, a, b, result: data.slice(0, 64) }
}

const view = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset)
const isNaN16 = (bits: number, infinity: number): boolean => (bits & 0x7fff) > infinity

/** Every lane of a result, with NaNs alike; what lies above is zero. */
function compare(
  text: string,
  { result }: Run,
  bytes: number,
  element: 2 | 4,
  expected: (lane: number) => number,
) {
  const found = view(result)
  for (let lane = 0; lane < bytes / element; lane++) {
    const value = element === 4 ? found.getUint32(4 * lane, true) : found.getUint16(2 * lane, true)
    assert.is(value, expected(lane), `${text}, lane ${lane}`)
  }
  for (let i = bytes; i < 64; i++) assert.is(result[i], 0, `${text}, byte ${i}`)
}

const single = new Float32Array(1)
const singleBits = new Uint32Array(single.buffer)
const LENGTHS: readonly Kind[] = ['xmm', 'ymm', 'zmm']
const bytesOf = (kind: Kind): number => BYTES[kind[0] as 'x']

low('vpdp… of bytes and words, wrapping and saturating', () => {
  const random = new Random(SEED)
  const names = mnemonics().filter((name) => /^vpdp[bw][su][su]ds?$/.test(name))
  assert.is(names.length, 16)
  for (const name of names) {
    const [, letter, x, y, saturates] = /^vpdp([bw])([su])([su])d(s?)$/.exec(name)!
    const element = letter === 'b' ? 1 : 2
    const read = (bytes: Uint8Array, index: number, sign: string): number => {
      const value = element === 1 ? bytes[index]! : view(bytes).getUint16(2 * index, true)
      return sign === 's' && value >= 2 ** (8 * element - 1) ? value - 2 ** (8 * element) : value
    }
    for (const kind of LENGTHS) {
      const form = formOf(name, [kind, kind, kind])
      assert.ok(form, `${name} ${kind}`)
      for (let attempt = 0; attempt < TRIES; attempt++) {
        const one = run(
          form,
          [kind, kind, kind],
          fill(random, 4, 'integer'),
          fill(random, element, 'integer'),
          fill(random, element, 'integer'),
        )
        const isUnsigned = x === 'u' && y === 'u'
        compare(`${name} ${kind}`, one, bytesOf(kind), 4, (lane) => {
          let sum = BigInt(
            isUnsigned && saturates === 's'
              ? view(one.d).getUint32(4 * lane, true)
              : view(one.d).getInt32(4 * lane, true),
          )
          for (let j = 0; j < 4 / element; j++) {
            const index = (lane * 4) / element + j
            sum += BigInt(read(one.a, index, x!) * read(one.b, index, y!))
          }
          if (saturates === 's') {
            const [least, most] = isUnsigned ? [0n, 2n ** 32n - 1n] : [-(2n ** 31n), 2n ** 31n - 1n]
            sum = sum < least ? least : sum > most ? most : sum
          }
          return Number(BigInt.asUintN(32, sum))
        })
      }
    }
  }
})

const flushed = (x: number): number => (Math.abs(x) < LEAST ? (x < 0 || Object.is(x, -0) ? -0 : 0) : x)

low('vdpbf16ps and vdpphps: the odd product first, then the even one; f32 denormals are zeros', () => {
  const random = new Random(SEED)
  for (const [name, storage] of [
    ['vdpbf16ps', 'bf16'],
    ['vdpphps', 'f16'],
  ] as const) {
    for (const kind of LENGTHS) {
      const form = formOf(name, [kind, kind, kind])
      assert.ok(form, `${name} ${kind}`)
      for (let attempt = 0; attempt < 3 * TRIES; attempt++) {
        const one = run(
          form,
          [kind, kind, kind],
          fill(random, 4, 'f32'),
          fill(random, 2, storage),
          fill(random, 2, storage),
        )
        const value = (bytes: Uint8Array, index: number): number =>
          flushed(elementValue(storage, view(bytes).getUint16(2 * index, true)))
        const found = view(one.result)
        for (let lane = 0; lane < bytesOf(kind) / 4; lane++) {
          let sum = flushed(view(one.d).getFloat32(4 * lane, true))
          for (const index of [2 * lane + 1, 2 * lane])
            sum = flushed(roundedSum(value(one.a, index) * value(one.b, index), sum))
          assert.ok(Object.is(found.getFloat32(4 * lane, true), sum), `${name} ${kind}, lane ${lane}: ${sum}`)
        }
      }
    }
  }
})

/** f32 bits to bf16: of the two neighbours the nearer, of equally near ones the even; denormals become zeros. */
function toBf16(bits: number): number {
  const value = elementValue('bf16', bits >>> 16)
  singleBits[0] = bits
  const exact = single[0]!
  if (Number.isNaN(exact)) return (bits >>> 16) | 0x40
  if (Math.abs(exact) < LEAST) return (bits >>> 16) & 0x8000
  if (!Number.isFinite(exact)) return bits >>> 16
  const next = (bits >>> 16) + 1
  // Beyond the greatest number the next step is 2^128, which stands for infinity.
  const size = (next & 0x7fff) === 0x7f80 ? 2 ** 128 : Math.abs(elementValue('bf16', next))
  const [below, above] = [Math.abs(exact) - Math.abs(value), size - Math.abs(exact)]
  return below < above || (below === above && next % 2 === 1) ? bits >>> 16 : next
}

low('f32 to bf16, one vector and two', () => {
  const random = new Random(SEED)
  for (const [to, from] of [
    ['xmm', 'xmm'],
    ['xmm', 'ymm'],
    ['ymm', 'zmm'],
  ] as const) {
    const form = formOf('vcvtneps2bf16', [to, from])
    assert.ok(form, `${to} ${from}`)
    for (let attempt = 0; attempt < 4 * TRIES; attempt++) {
      const one = run(
        form,
        [to, from],
        fill(random, 1, 'integer'),
        fill(random, 4, 'f32'),
        fill(random, 4, 'f32'),
      )
      compare('vcvtneps2bf16', one, bytesOf(from) / 2, 2, (lane) =>
        toBf16(view(one.a).getUint32(4 * lane, true)),
      )
    }
  }
  for (const kind of LENGTHS) {
    const form = formOf('vcvtne2ps2bf16', [kind, kind, kind])!
    for (let attempt = 0; attempt < TRIES; attempt++) {
      const one = run(
        form,
        [kind, kind, kind],
        new Uint8Array(64),
        fill(random, 4, 'f32'),
        fill(random, 4, 'f32'),
      )
      const half = bytesOf(kind) / 4
      compare('vcvtne2ps2bf16', one, bytesOf(kind), 2, (lane) =>
        toBf16(view(lane < half ? one.b : one.a).getUint32(4 * (lane % half), true)),
      )
    }
  }
})

low('AVX-NE-CONVERT: every second 16-bit element of memory, or one for all', () => {
  const random = new Random(SEED)
  for (const [name, storage, index] of [
    ['vcvtneebf162ps', 'bf16', (lane: number) => 2 * lane],
    ['vcvtneobf162ps', 'bf16', (lane: number) => 2 * lane + 1],
    ['vcvtneeph2ps', 'f16', (lane: number) => 2 * lane],
    ['vcvtneoph2ps', 'f16', (lane: number) => 2 * lane + 1],
    ['vbcstnebf162ps', 'bf16', () => 0],
    ['vbcstnesh2ps', 'f16', () => 0],
  ] as const) {
    for (const [register, bytes] of [
      [xmm(1), 16],
      [ymm(1), 32],
    ] as const) {
      for (let attempt = 0; attempt < TRIES; attempt++) {
        const isOne = name.startsWith('vbcst')
        const data = fill(random, 2, storage).slice(0, isOne ? 2 : bytes)
        const out = new Uint8Array(bytes)
        const code = new Assembler().emit(name, [register, mem(rdi)])
        code.emit('vmovups', [mem(rdi, 256), register]).ret()
        new Emulator(code.finish(), {
          regions: [
            { name: 'data', data, address: 0x10000, permissions: 'r' },
            { name: 'out', data: out, address: 0x10100 },
          ],
        }).call({ arguments: ['data'] })
        for (let lane = 0; lane < bytes / 4; lane++) {
          const bits = view(data).getUint16(2 * index(lane), true)
          const expected = elementValue(storage, bits)
          const found = view(out).getFloat32(4 * lane, true)
          assert.ok(
            Object.is(found, expected),
            `${name} of ${bits.toString(16)}: expected ${expected}, got ${found}`,
          )
        }
      }
    }
  }
})

/** The f16 nearest to a number that is exact or rounded to odd, by search among all of them. */
const halves: readonly (readonly [value: number, bits: number])[] = Array.from(
  { length: 0x7c00 },
  (_, bits) => [elementValue('f16', bits), bits] as const,
)
function toHalf(x: number): number {
  if (Number.isNaN(x)) return 0x7e00
  const sign = x < 0 || Object.is(x, -0) ? 0x8000 : 0
  const size = Math.abs(x)
  if (size >= 65520) return sign | 0x7c00
  let [from, to] = [0, halves.length - 1]
  while (from < to) {
    const middle = (from + to + 1) >> 1
    if (halves[middle]![0] <= size) from = middle
    else to = middle - 1
  }
  const below = halves[from]!
  const above = halves[from + 1] ?? [65536, 0x7c00]
  const [down, up] = [size - below[0], above[0] - size]
  return sign | (down < up || (down === up && below[1] % 2 === 0) ? below[1] : above[1])
}

low('AVX512-FP16: sums, products and fused multiply-adds to nearest even', () => {
  const random = new Random(SEED)
  const value = (bytes: Uint8Array, lane: number): number =>
    elementValue('f16', view(bytes).getUint16(2 * lane, true))
  for (const [name, exact] of [
    ['vaddph', (x: number, y: number) => x + y],
    ['vsubph', (x: number, y: number) => x - y],
    ['vmulph', (x: number, y: number) => x * y],
    ['vfmadd231ph', (x: number, y: number, z: number) => x * y + z],
    ['vfnmadd231ph', (x: number, y: number, z: number) => -x * y + z],
  ] as const) {
    for (const kind of LENGTHS) {
      const form = formOf(name, [kind, kind, kind])
      assert.ok(form, `${name} ${kind}`)
      for (let attempt = 0; attempt < TRIES; attempt++) {
        const one = run(
          form,
          [kind, kind, kind],
          fill(random, 2, 'f16'),
          fill(random, 2, 'f16'),
          fill(random, 2, 'f16'),
        )
        const found = view(one.result)
        for (let lane = 0; lane < bytesOf(kind) / 2; lane++) {
          const [x, y, z] = [value(one.a, lane), value(one.b, lane), value(one.d, lane)]
          const expected = toHalf(exact(x, y, z))
          const got = found.getUint16(2 * lane, true)
          // 63 bits of f64 would be needed where z is 2^40 times the product: no tie is near there.
          const alike = isNaN16(expected, 0x7c00) ? isNaN16(got, 0x7c00) : got === expected
          assert.ok(
            alike,
            `${name} ${x} ${y} ${z}: expected ${expected.toString(16)}, got ${got.toString(16)}`,
          )
        }
      }
    }
  }
})

low('permutations of words and narrowing with saturation', () => {
  const random = new Random(SEED)
  const form = formOf('vpermt2w', ['zmm', 'zmm', 'zmm'])!
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const one = run(
      form,
      ['zmm', 'zmm', 'zmm'],
      fill(random, 2, 'integer'),
      fill(random, 2, 'integer'),
      fill(random, 2, 'integer'),
    )
    compare('vpermt2w', one, 64, 2, (lane) => {
      const index = view(one.a).getUint16(2 * lane, true) & 63
      return view(index < 32 ? one.d : one.b).getUint16(2 * (index & 31), true)
    })
  }
  const narrow = (x: number, least: number, most: number): number => Math.min(Math.max(x, least), most) & 0xff
  for (const [name, convert] of [
    ['vpmovsdb', (x: number) => narrow(x, -128, 127)],
    ['vpmovusdb', (x: number) => narrow(x >>> 0, 0, 255)],
    ['vpmovdb', (x: number) => x & 0xff],
  ] as const) {
    const narrowing = formOf(name, ['xmm', 'zmm'])
    assert.ok(narrowing, name)
    for (let attempt = 0; attempt < TRIES; attempt++) {
      const one = run(
        narrowing,
        ['xmm', 'zmm'],
        new Uint8Array(64),
        fill(random, 4, 'integer'),
        new Uint8Array(64),
      )
      for (let lane = 0; lane < 16; lane++)
        assert.is(one.result[lane], convert(view(one.a).getInt32(4 * lane, true)), name)
    }
  }
})

low.run()
