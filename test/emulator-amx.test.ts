/** Every tile instruction in the emulator against a reference from the SDM's pseudocode, and every fault that it names. */
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { Emulator } from '../src/emulator/emulate.ts'
import { Fault } from '../src/emulator/fault.ts'
import { Assembler } from '../src/encoder/assembler.ts'
import { mem, rax, rdi, rdx, rsi, tmm } from '../src/encoder/index.ts'
import type { Storage } from '../src/schedule/product-type.ts'
import { Random } from './random-instruction.ts'
import { elementValue, type TileRow, tileProduct } from './tile-reference.ts'

const amx = suite('emulator: tiles')

const SEED = Number(process.env.TILEWRIGHT_SEED ?? 1)
const TRIES = 25

type Product =
  | 'tdpbssd'
  | 'tdpbsud'
  | 'tdpbusd'
  | 'tdpbuud'
  | 'tdpbf16ps'
  | 'tdpfp16ps'
  | 'tcmmrlfp16ps'
  | 'tcmmimfp16ps'
  | 'tdpbf8ps'
  | 'tdpbhf8ps'
  | 'tdphbf8ps'
  | 'tdphf8ps'

/** What the bytes of A and B mean; `of` reads A's and B's k-th element otherwise than at its place. */
interface Meaning {
  readonly a: Storage
  readonly b: Storage
  readonly complex?: 'real' | 'imaginary'
}

const PRODUCTS: Readonly<Record<Product, Meaning>> = {
  tdpbssd: { a: 's8', b: 's8' },
  tdpbsud: { a: 's8', b: 'u8' },
  tdpbusd: { a: 'u8', b: 's8' },
  tdpbuud: { a: 'u8', b: 'u8' },
  tdpbf16ps: { a: 'bf16', b: 'bf16' },
  tdpfp16ps: { a: 'f16', b: 'f16' },
  tcmmrlfp16ps: { a: 'f16', b: 'f16', complex: 'real' },
  tcmmimfp16ps: { a: 'f16', b: 'f16', complex: 'imaginary' },
  tdpbf8ps: { a: 'e5m2', b: 'e5m2' },
  tdpbhf8ps: { a: 'e5m2', b: 'e4m3' },
  tdphbf8ps: { a: 'e4m3', b: 'e5m2' },
  tdphf8ps: { a: 'e4m3', b: 'e4m3' },
}

const configuration = (shapes: readonly (readonly [rows: number, columnBytes: number])[]): Uint8Array => {
  const bytes = new Uint8Array(64)
  bytes[0] = 1
  for (const [tile, [rows, columnBytes]] of shapes.entries()) {
    bytes[48 + tile] = rows
    bytes[16 + 2 * tile] = columnBytes & 0xff
    bytes[17 + 2 * tile] = columnBytes >> 8
  }
  return bytes
}

/** Bytes of elements: anything at all, or numbers whose sums stay near one another, or few of the hard ones. */
function fill(random: Random, bytes: number, storage: Storage | 'f32'): Uint8Array {
  const data = new Uint8Array(bytes)
  const mode = random.below(3)
  if (mode === 0) for (let i = 0; i < bytes; i++) data[i] = random.below(256)
  else if (storage === 'bf16' || storage === 'f16') {
    const words = new Uint16Array(data.buffer)
    const bias = storage === 'bf16' ? 0x3f80 : 0x3c00
    // Near 1, or for mode 2 where sums of bf16 products are tiny.
    const centre = mode === 1 || storage === 'f16' ? bias : 0x2000
    for (let i = 0; i < words.length; i++)
      words[i] = (centre + random.below(512) - 256) | (random.below(2) << 15)
  } else if (storage === 'f32') {
    const words = new Uint32Array(data.buffer)
    const centre = mode === 1 ? 0x3f80_0000 : 0x0100_0000
    for (let i = 0; i < words.length; i++)
      words[i] = (centre + random.below(0x0100_0000)) | (random.below(2) << 31)
  } else for (let i = 0; i < bytes; i++) data[i] = 0x28 + random.below(32) + 128 * random.below(2)
  return data
}

/** A element or B element of a group: its bits within one row's bytes. */
function elementAt(row: Uint8Array, index: number, storage: Storage): number {
  const wide = storage === 'bf16' || storage === 'f16'
  const bits = wide ? row[2 * index]! | (row[2 * index + 1]! << 8) : row[index]!
  const value = elementValue(storage, bits)
  // bf16 elements that are denormal count as zeros.
  return value
}

/** One random product, emulated: C before, A, B and C after. */
function run(product: Product, rows: number, columns: number, groups: number, random: Random) {
  const { a: left, b: right } = PRODUCTS[product]
  const isInteger = product.endsWith('d')
  // Rows further apart than they are long.
  const pad = 4 * random.below(3)
  const a = fill(random, rows * (4 * groups + pad), left)
  const b = fill(random, groups * (4 * columns + pad), right)
  const c = fill(random, rows * (4 * columns + pad), isInteger ? 's8' : 'f32')
  const before = c.slice()
  const code = new Assembler()
  code.ldtilecfg(mem(rdx))
  const load = (tile: 0 | 1 | 2, base: typeof rdi, step: number): void => {
    code.mov(rax, step).tileloadd(tmm(tile), mem(base, rax, 1, 0))
  }
  load(1, rsi, 4 * groups + pad)
  code.mov(rax, 4 * columns + pad).tileloaddt1(tmm(0), mem(rdi, rax, 1, 0))
  code.lea(rsi, mem(rsi, a.length))
  load(2, rsi, 4 * columns + pad)
  code[product](tmm(0), tmm(1), tmm(2))
  code
    .mov(rax, 4 * columns + pad)
    .tilestored(mem(rdi, rax, 1, 0), tmm(0))
    .ret()
  const emulator = new Emulator(code.finish(), {
    regions: [
      // Exactly the bytes that the last row's end needs.
      { name: 'c', data: c.subarray(0, c.length - pad) },
      { name: 'ab', data: Uint8Array.from([...a, ...b.subarray(0, b.length - pad)]), permissions: 'r' },
      {
        name: 'configuration',
        data: configuration([
          [rows, 4 * columns],
          [rows, 4 * groups],
          [groups, 4 * columns],
        ]),
        permissions: 'r',
      },
    ],
  })
  emulator.call({ arguments: ['c', 'ab', 'configuration'] })
  return { a, b, c, before, pad, tiles: emulator.state.tiles }
}

const bitsOf = new Uint32Array(1)
const numberOf = new Float32Array(bitsOf.buffer)

for (const [product, { a: left, b: right, complex }] of Object.entries(PRODUCTS) as [Product, Meaning][]) {
  amx(`${product} on random tiles of random shapes`, () => {
    const random = new Random(SEED)
    const isInteger = product.endsWith('d')
    for (let attempt = 0; attempt < TRIES; attempt++) {
      const [rows, columns, groups] = [1 + random.below(16), 1 + random.below(16), 1 + random.below(16)]
      const { a, b, c, before, pad, tiles } = run(product, rows, columns, groups, random)
      const group = left === 'bf16' || left === 'f16' ? 2 : 4
      const line = (at: (k: number) => number): Float64Array =>
        Float64Array.from({ length: groups * group }, (_, k) => at(k))
      for (let m = 0; m < rows; m++) {
        const rowA = a.subarray(m * (4 * groups + pad))
        for (let n = 0; n < columns; n++) {
          const unitB = (unit: number): Uint8Array => b.subarray(unit * (4 * columns + pad) + 4 * n)
          const row: TileRow = {
            sum: isInteger ? 's32' : 'f32',
            group,
            units: groups,
            from: 0,
            a: line((k) => elementAt(rowA, complex === 'imaginary' ? k ^ 1 : k, left)),
            b: line((k) => {
              const value = elementAt(unitB(Math.floor(k / group)), k % group, right)
              return complex === 'real' && k % 2 === 1 ? -value : value
            }),
          }
          const at = m * (4 * columns + pad) + 4 * n
          const view = (bytes: Uint8Array): number => {
            const words = new DataView(bytes.buffer, bytes.byteOffset)
            return isInteger ? words.getInt32(at, true) : words.getFloat32(at, true)
          }
          const expected = tileProduct(row, view(before))
          const found = view(c)
          numberOf[0] = found
          const text = `${product} ${rows}×${columns}×${groups}, attempt ${attempt}, element ${m},${n}: C was ${view(before)}, bits ${bitsOf[0]!.toString(16)}`
          assert.ok(Object.is(found, expected), `${text}: expected ${expected}, got ${found}`)
        }
      }
      // Rows and columns beyond the shape are zero in the register.
      for (let m = 0; m < 16; m++) {
        for (let i = m < rows ? 4 * columns : 0; i < 64; i++) assert.is(tiles.u8[64 * m + i], 0)
      }
    }
  })
}

amx('no sum is tiny: f32 denormals are zeros going in and coming out', () => {
  const one = (a: number, b: number, c: number): number => {
    const data = new Uint8Array(12)
    const view = new DataView(data.buffer)
    view.setUint16(0, a, true)
    view.setUint16(4, b, true)
    view.setUint32(8, c, true)
    const code = new Assembler().ldtilecfg(mem(rsi)).mov(rax, 4)
    code.tileloadd(tmm(1), mem(rdi, rax, 1, 0)).tileloadd(tmm(2), mem(rdi, rax, 1, 4))
    code.tileloadd(tmm(0), mem(rdi, rax, 1, 8)).tdpbf16ps(tmm(0), tmm(1), tmm(2))
    code
      .tilestored(mem(rdi, rax, 1, 8), tmm(0))
      .tilerelease()
      .ret()
    const shapes = configuration([
      [1, 4],
      [1, 4],
      [1, 4],
    ])
    new Emulator(code.finish(), {
      regions: [
        { name: 'data', data },
        { name: 'configuration', data: shapes },
      ],
    }).call({ arguments: ['data', 'configuration'] })
    return view.getUint32(8, true)
  }
  // 2^-64 · 2^-64 is tiny; a denormal bf16 is zero; a denormal C is zero; −tiny is −0, but +0 + −0 is +0.
  assert.is(one(0x1f80, 0x1f80, 0), 0)
  assert.is(one(0x007f, 0x4780, 0x3f800000), 0x3f800000)
  assert.is(one(0, 0, 0x807fffff), 0)
  assert.is(one(0x3f80, 0x3f80, 0x007fffff), 0x3f800000)
  // 2^-63 · 2^-63 is the least normal number.
  assert.is(one(0x2000, 0x2000, 0), 0x00800000)
  // Infinity, and what has no value.
  assert.is(one(0x7f80, 0x3f80, 0x3f800000), 0x7f800000)
  assert.is(one(0x7f80, 0, 0x3f800000), 0xffc00000)
  assert.is(one(0x7f80, 0x3f80, 0xff800000), 0xffc00000)
  assert.is(one(0x7fc1, 0x3f80, 0x3f800000), 0x7fc10000)
  assert.is(one(0x7f7f, 0x7f7f, 0), 0x7f800000)
})

amx('integer sums wrap', () => {
  const data = new Uint8Array(12).fill(255)
  new DataView(data.buffer).setInt32(8, 2 ** 31 - 1, true)
  const code = new Assembler().ldtilecfg(mem(rsi)).mov(rax, 4)
  code.tileloadd(tmm(1), mem(rdi, rax, 1, 0)).tileloadd(tmm(2), mem(rdi, rax, 1, 4))
  code.tileloadd(tmm(0), mem(rdi, rax, 1, 8)).tdpbuud(tmm(0), tmm(1), tmm(2))
  code.tilestored(mem(rdi, rax, 1, 8), tmm(0)).ret()
  const shapes = configuration([
    [1, 4],
    [1, 4],
    [1, 4],
  ])
  new Emulator(code.finish(), {
    regions: [
      { name: 'data', data },
      { name: 'configuration', data: shapes },
    ],
  }).call({ arguments: ['data', 'configuration'] })
  assert.is(new DataView(data.buffer).getInt32(8, true), (2 ** 31 - 1 + 4 * 255 * 255) | 0)
})

/** The fault of code that gets a configuration in rsi and 4 KiB in rdi. */
function faultOf(build: (a: Assembler) => Assembler, shapes: Uint8Array): Fault {
  const code = build(new Assembler().mov(rax, 64)).ret().finish()
  try {
    new Emulator(code, {
      regions: [
        { name: 'data', data: new Uint8Array(4096) },
        { name: 'configuration', data: shapes },
      ],
    }).call({ arguments: ['data', 'configuration'] })
  } catch (error) {
    if (error instanceof Fault) return error
    throw error
  }
  throw new Error('no fault')
}

const plain = (): Uint8Array => configuration(Array.from({ length: 8 }, () => [16, 64] as const))

amx('configurations that LDTILECFG refuses', () => {
  const wrong = (change: (bytes: Uint8Array) => void): Fault => {
    const bytes = plain()
    change(bytes)
    return faultOf((a) => a.ldtilecfg(mem(rsi)), bytes)
  }
  const set =
    (index: number, value: number) =>
    (bytes: Uint8Array): void => {
      bytes[index] = value
    }
  for (const index of [2, 15, 32, 47, 56, 63]) {
    const fault = wrong(set(index, 1))
    assert.is(fault.kind, '#GP')
    assert.match(fault.message, new RegExp(`reserved byte ${index} is 1`))
  }
  assert.match(wrong(set(0, 2)).message, /#GP: ldtilecfg .*palette is 2; allowed are 0 and 1/)
  assert.match(wrong(set(48, 17)).message, /#GP.*tmm0 has 17 rows; allowed are 0 to 16/)
  assert.match(wrong(set(16, 65)).message, /#GP.*tmm0 has 65 bytes a row; allowed are 0 to 64/)
  assert.match(wrong(set(17, 1)).message, /#GP.*tmm0 has 320 bytes a row/)
  assert.match(wrong(set(55, 0)).message, /#GP.*tmm7 has 0 rows of 64 bytes/)
  assert.match(wrong(set(30, 0)).message, /#GP.*tmm7 has 16 rows of 0 bytes/)
})

amx('tiles that may not be used', () => {
  const ud = (build: (a: Assembler) => Assembler, shapes: Uint8Array, reason: RegExp): void => {
    const fault = faultOf(build, shapes)
    assert.is(fault.kind, '#UD', fault.message)
    assert.match(fault.message, reason)
  }
  ud((a) => a.tilezero(tmm(0)), plain(), /the tiles are not configured/)
  ud((a) => a.ldtilecfg(mem(rsi)).tilerelease().tilezero(tmm(0)), plain(), /the tiles are not configured/)
  const one = configuration([[16, 64]])
  ud((a) => a.ldtilecfg(mem(rsi)).tilezero(tmm(1)), one, /tmm1 is not configured/)
  ud((a) => a.ldtilecfg(mem(rsi)).tileloadd(tmm(1), mem(rdi, rax, 1, 0)), one, /tmm1 is not configured/)
  const odd = configuration([
    [16, 62],
    [16, 64],
    [16, 62],
  ])
  ud((a) => a.ldtilecfg(mem(rsi)).tileloadd(tmm(0), mem(rdi, rax, 1, 0)), odd, /62 bytes a row/)
  ud((a) => a.ldtilecfg(mem(rsi)).tilestored(mem(rdi, rax, 1, 0), tmm(0)), odd, /62 bytes a row/)
  const multiply = (a: Assembler): Assembler => a.ldtilecfg(mem(rsi)).tdpbssd(tmm(0), tmm(1), tmm(2))
  ud(multiply, odd, /62 bytes a row/)
  const shapes = (c: [number, number], a: [number, number], b: [number, number]): Uint8Array =>
    configuration([c, a, b])
  ud(multiply, shapes([8, 64], [7, 32], [8, 64]), /C has 8 rows, A 7/)
  ud(multiply, shapes([8, 64], [8, 32], [8, 60]), /C has 64 bytes a row, B 60/)
  ud(multiply, shapes([8, 64], [8, 32], [9, 64]), /A has 8 groups a row, B 9 rows/)
  const started = plain()
  started[1] = 16
  ud((a) => a.ldtilecfg(mem(rsi)).tileloadd(tmm(0), mem(rdi, rax, 1, 0)), started, /start row 16 is none/)
})

amx('a load that faults says where to go on, and the configuration is stored as it is', () => {
  const bytes = plain()
  const data = new Uint8Array(64 * 5 + 10).fill(7)
  const stored = new Uint8Array(64)
  const code = new Assembler()
    .mov(rax, 64)
    .ldtilecfg(mem(rsi))
    .tileloadd(tmm(3), mem(rdi, rax, 1, 0))
  const emulator = new Emulator(code.sttilecfg(mem(rdx)).ret().finish(), {
    regions: [
      { name: 'data', data },
      { name: 'configuration', data: bytes },
      { name: 'stored', data: stored },
    ],
  })
  assert.throws(
    () => emulator.call({ arguments: ['data', 'configuration', 'stored'] }),
    /#PF: tileloadd .*reads 64 bytes .* 54 bytes past the end of data/,
  )
  assert.is(emulator.state.tiles.startRow, 5)
  assert.is(emulator.state.tiles.u8[3 * 1024 + 4 * 64], 7)
  const good = new Emulator(new Assembler().ldtilecfg(mem(rsi)).sttilecfg(mem(rdx)).ret().finish(), {
    regions: [
      { name: 'configuration', data: bytes },
      { name: 'stored', data: stored },
    ],
  })
  good.call({ arguments: [0, 'configuration', 'stored'] })
  assert.equal(stored, bytes)
})

amx('palette 0 releases; a load reads no byte beyond its columns; strides may be negative', () => {
  const data = Uint8Array.from({ length: 3 * 20 }, (_, i) => i)
  const shapes = configuration([[3, 20]])
  const out = new Uint8Array(3 * 20)
  const code = new Assembler().ldtilecfg(mem(rdx)).mov(rax, -20n)
  code
    .tileloadd(tmm(0), mem(rdi, rax, 1, 40))
    .mov(rax, 10)
    .tilestored(mem(rsi, rax, 2, 0), tmm(0))
  const emulator = new Emulator(code.ret().finish(), {
    regions: [
      { name: 'data', data, permissions: 'r' },
      { name: 'out', data: out },
      { name: 'configuration', data: shapes },
    ],
  })
  emulator.call({ arguments: ['data', 'out', 'configuration'] })
  for (let row = 0; row < 3; row++)
    assert.equal(out.subarray(20 * row, 20 * row + 20), data.subarray(40 - 20 * row, 60 - 20 * row))
  const released = new Emulator(new Assembler().ldtilecfg(mem(rdi)).ret().finish(), {
    regions: [{ name: 'zero', data: new Uint8Array(64) }],
  })
  released.call({ arguments: ['zero'] })
  assert.is(released.state.tiles.palette, 0)
})

amx.run()
