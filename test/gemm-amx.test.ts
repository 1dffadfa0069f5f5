/** Kernels for tile registers, in the emulator: bit for bit what the SDM's pseudocode gives, and no byte outside. */
import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { Emulator } from '../src/emulator/emulate.ts'
import { decode } from '../src/encoder/decode.ts'
import type { MachineCode } from '../src/encoder/machine-code.ts'
import { Displacement, type Operand } from '../src/encoder/operands.ts'
import { Reg } from '../src/encoder/registers.ts'
import { ARGUMENT_BLOCK_BYTES, ARGUMENTS, argumentOffset } from '../src/microkernel/argument-block.ts'
import { GENERIC_CPU } from '../src/microkernel/cpu-model.ts'
import { amxBf16, amxFp8, amxFp16, amxInt8 } from '../src/microkernel/targets/amx.ts'
import { decideTiles } from '../src/microkernel/tile-plan.ts'
import { allocate, assemble } from '../src/regalloc/index.ts'
import { compose } from '../src/schedule/compose.ts'
import { lowerTiles } from '../src/schedule/lower-tiles.ts'
import { block } from '../src/schedule/primitives/block.ts'
import { tilePack, tileRegions, tmulTiles } from '../src/schedule/primitives/tile-regions.ts'
import { PRODUCT_TYPES, type ProductType, STORAGE_BYTES, type Storage } from '../src/schedule/product-type.ts'
import type { TileProgram } from '../src/schedule/tile-program.ts'
import { elementValue, roundedSum, tileProduct } from './tile-reference.ts'

const amx = suite('gemm-amx')
const TARGET = {
  bf16: amxBf16,
  f16: amxFp16,
  u8s8: amxInt8,
  s8s8: amxInt8,
  u8u8: amxInt8,
  e4m3: amxFp8,
  e5m2: amxFp8,
}

interface Case {
  readonly m: number
  readonly n: number
  readonly k: number
  readonly transA: boolean
  readonly transB: boolean
  readonly ahead: boolean
  readonly pads: readonly [number, number, number]
  readonly alpha: number
  readonly beta: number
  readonly l2: number
  /** Parts in 16 of elements that may be any bits: NaN, infinities, denormals. */
  readonly special: number
  readonly seed: number
}

function compile(type: ProductType, { m, n, k, transA, transB, pads, alpha, beta, l2, ahead }: Case) {
  const { group: g, sum } = PRODUCT_TYPES[type]
  const packB = transB || ahead ? 'ahead' : 'on the way'
  const cpu = { ...GENERIC_CPU, l2: { ...GENERIC_CPU.l2, bytes: k % g === 0 ? l2 : 1 << 20 } }
  const isPlain = alpha === 1 && (beta === 0 || beta === 1)
  const d = decideTiles(
    { m, n, units: Math.ceil(k / g), rest: k % g, transposedA: transA, packB, isPlain },
    cpu,
  )
  const ld = { a: (transA ? m : k) + pads[0] || 1, b: (transB ? k : n) + pads[1] || 1, c: n + pads[2] || 1 }
  const initial: TileProgram = {
    name: 'amx',
    ...{ type: 'f32', output: 'f32', requantise: null, stages: { A: null, B: null } },
    sizes: { m, n, k },
    sizeParameters: { m: 'm', n: 'n', k: 'k' },
    matrices: {
      A: { name: 'A', argument: 'a', dims: transA ? ['k', 'm'] : ['m', 'k'], ld: ld.a },
      B: { name: 'B', argument: 'b', dims: transB ? ['n', 'k'] : ['k', 'n'], ld: ld.b },
      C: { name: 'C', argument: 'c', dims: ['m', 'n'], ld: ld.c },
    },
    ...{ alpha, beta, panels: d.tiles.panels, panelsOfA: d.placeOfA, parameters: ARGUMENTS },
    body: [{ kind: 'contract', b: 'in place' }],
  }
  const pass = { units: d.tiles.units, steps: d.tiles.steps, width: d.tile.n }
  const levels = [
    ...(d.block.k !== null ? [{ dim: 'k' as const, size: d.block.k, unit: 16 }] : []),
    ...(d.block.m !== null ? [{ dim: 'm' as const, size: d.block.m, unit: d.tile.m }] : []),
  ]
  const program = compose(
    initial,
    tileRegions(d.tiles),
    ...(packB === 'ahead' ? [tilePack({ what: 'B', ...pass })] : []),
    ...(d.tiles.packA !== null ? [tilePack({ what: d.tiles.packA, ...pass })] : []),
    ...(levels.length > 0 ? [block(...levels)] : []),
    tmulTiles({ b: packB === 'ahead' ? 'panel' : packB, scratch: d.tiles.scratch }),
  )
  const code = assemble(
    allocate(lowerTiles(program, TARGET[type as keyof typeof TARGET], { type, output: sum })),
  )
  return { code, decision: d, ld }
}

const WHOLE: Case = {
  ...{ m: 32, n: 32, k: 64, transA: false, transB: false, ahead: true, pads: [0, 0, 0] },
  ...{ alpha: 1, beta: 0, l2: 1 << 20, special: 0, seed: 1 },
}

const exactly = (bytes: number): Uint8Array => new Uint8Array(bytes)

function check(type: ProductType, given: Case): void {
  const { m, n, k, transA, transB, seed, alpha, beta } = given
  const facts = PRODUCT_TYPES[type]
  const { code, decision, ld } = compile(type, given)
  let state = seed | 1
  const random = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0
    return (state >>> 8) / 2 ** 24
  }
  const matrix = (storage: Storage, lines: number, width: number, lead: number) => {
    const bytes = STORAGE_BYTES[storage]
    const data = exactly(Math.max(0, lines === 0 || width === 0 ? 0 : ((lines - 1) * lead + width) * bytes))
    const elements =
      bytes === 1 ? data : bytes === 2 ? new Uint16Array(data.buffer) : new Uint32Array(data.buffer)
    // Between the lines lie NaNs.
    data.fill(0xff)
    for (let i = 0; i < lines; i++)
      for (let j = 0; j < width; j++) elements[i * lead + j] = randomBits(storage, random, given.special)
    return { data, elements }
  }
  const A = matrix(facts.a, transA ? k : m, transA ? m : k, ld.a)
  const B = matrix(facts.b, transB ? n : k, transB ? k : n, ld.b)
  const C = matrix(facts.sum, m, n, ld.c)
  const old = C.elements.slice()
  const argblock = new Uint8Array(ARGUMENT_BLOCK_BYTES)
  const workspace = new Uint8Array(decision.workspaceBytes)
  workspace.fill(0xff)
  const emulator = new Emulator(code, {
    regions: [
      { name: 'argblock', data: argblock, permissions: 'r' },
      { name: 'a', data: A.data, permissions: 'r' },
      { name: 'b', data: B.data, permissions: 'r' },
      { name: 'c', data: C.data },
      { name: 'workspace', data: workspace },
    ],
  })
  const words = new DataView(argblock.buffer)
  for (const name of ['a', 'b', 'c', 'workspace'] as const)
    words.setBigUint64(argumentOffset(name), BigInt(emulator.addressOf(name)), true)
  const { violations } = emulator.call({ arguments: ['argblock'] })
  assert.equal(violations, [])
  // The reference.
  const { units } = decision.tiles
  const steps = Math.ceil(Math.ceil(k / facts.group) / units)
  const valuesOf = (storage: Storage, elements: Uint8Array | Uint16Array | Uint32Array): Float64Array => {
    const values = new Float64Array(elements.length)
    for (let at = 0; at < values.length; at++) values[at] = elementValue(storage, elements[at]!)
    return values
  }
  const aValues = valuesOf(facts.a, A.elements)
  const bValues = valuesOf(facts.b, B.elements)
  const result = facts.sum === 'f32' ? new Float32Array(C.data.buffer) : new Int32Array(C.data.buffer)
  const before = facts.sum === 'f32' ? new Float32Array(old.buffer) : new Int32Array(old.buffer)
  const expected = before.slice()
  // Values along k, padded with zeros as the kernel pads.
  const along = (values: Float64Array, start: number, stride: number): Float64Array => {
    const line = new Float64Array(steps * units * facts.group)
    for (let p = 0; p < k; p++) line[p] = values[start + p * stride]!
    return line
  }
  const rows = Array.from({ length: m }, (_, i) =>
    transA ? along(aValues, i, ld.a) : along(aValues, i * ld.a, 1),
  )
  const columns = Array.from({ length: n }, (_, j) =>
    transB ? along(bValues, j * ld.b, 1) : along(bValues, j, ld.b),
  )
  const product = { sum: facts.sum as 'f32' | 's32', group: facts.group, units }
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      let c = beta === 1 && alpha === 1 ? before[i * ld.c + j]! : 0
      for (let step = 0; step < steps; step++) {
        c = tileProduct({ ...product, a: rows[i]!, b: columns[j]!, from: step * units * facts.group }, c)
      }
      if (!(alpha === 1 && (beta === 0 || beta === 1))) {
        c = Math.fround(c * Math.fround(alpha))
        if (beta !== 0) {
          // One rounding.
          const o = before[i * ld.c + j]!
          c = roundedSum(c, Math.fround(beta) * o)
        }
      }
      expected[i * ld.c + j] = c
    }
  }
  const x = new Uint32Array(expected.buffer)
  const y = new Uint32Array(result.buffer)
  for (let i = 0; i < x.length; i++) {
    if (x[i] === y[i]) continue
    if (Number.isNaN(expected[i]!) && Number.isNaN(result[i]!)) continue
    assert.unreachable(
      `row ${Math.floor(i / ld.c)} column ${i % ld.c}: expected ${expected[i]}, got ${result[i]}; ${JSON.stringify({ type, ...given, tiles: decision.tiles, block: decision.block })}`,
    )
  }
}

function randomBits(storage: Storage, random: () => number, special: number): number {
  const any = Math.floor(random() * 2 ** 32)
  if (random() * 16 < special)
    return storage === 'f32' || storage === 's32' ? any : any >>> (32 - 8 * STORAGE_BYTES[storage])
  const f = new Float32Array(1)
  const u = new Uint32Array(f.buffer)
  switch (storage) {
    case 'bf16':
      f[0] = random() * 2 - 1
      return u[0]! >>> 16
    case 'f32':
      f[0] = random() * 2 - 1
      return u[0]!
    case 'f16':
      return (any & 0x83ff) | ((10 + ((any >>> 20) % 6)) << 10)
    case 's32':
      return any
    case 'e4m3':
      return (any & 0x87) | ((4 + ((any >>> 20) % 5)) << 3)
    case 'e5m2':
      return (any & 0x83) | ((12 + ((any >>> 20) % 5)) << 2)
    default:
      return any & 0xff
  }
}

const size = (most: number) => fc.oneof(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: most }))
const cases = fc.record<Case>({
  m: size(90),
  n: size(80),
  k: size(200),
  transA: fc.boolean(),
  transB: fc.boolean(),
  ahead: fc.boolean(),
  pads: fc.tuple(fc.nat(5), fc.nat(5), fc.nat(5)),
  alpha: fc.constantFrom(1, 1, 0.75),
  beta: fc.constantFrom(0, 1, -0.5),
  l2: fc.constantFrom(1 << 20, 1 << 14, 1 << 12),
  special: fc.constantFrom(0, 0, 1, 16),
  seed: fc.nat(),
})

for (const type of Object.keys(TARGET) as (keyof typeof TARGET)[]) {
  amx(`${type}: random shapes`, () => {
    // Factors of integers need rounding that is not there yet.
    const plain = (given: Case): Case =>
      PRODUCT_TYPES[type].sum === 'f32'
        ? given
        : { ...given, alpha: 1, beta: given.beta < 0 ? 1 : given.beta }
    fc.assert(
      fc.property(cases, (given) => check(type, plain(given))),
      { numRuns: Number(process.env.N ?? 20) },
    )
  })
}

/** Mnemonics and operands of the innermost loop that has tile products, from its first instruction to its branch. */
function hotLoop(
  code: MachineCode,
): readonly { readonly mnemonic: string; readonly operands: readonly Operand[] }[] {
  const instructions: { offset: number; end: number; mnemonic: string; operands: readonly Operand[] }[] = []
  for (let offset = 0; offset < code.poolOffset; ) {
    const found = decode(code.bytes, offset)
    if (found.form === null) break
    const end = offset + found.length
    instructions.push({ offset, end, mnemonic: found.form.mnemonic, operands: found.operands })
    offset = end
  }
  for (const [at, { offset, end, operands }] of instructions.entries()) {
    const [to] = operands
    const target = to instanceof Displacement ? end + to.value : offset
    if (target >= offset) continue
    const body = instructions.filter((each) => each.offset >= target && each.offset <= offset)
    if (body.some((each) => each.mnemonic.startsWith('tdp')))
      return instructions.slice(at - body.length + 1, at + 1)
  }
  return []
}

const tileOf = (operand: Operand | undefined): number => (operand instanceof Reg ? operand.id : -1)

amx(
  'the hot loop of 32×32 loads four tiles for four products, none of which waits for the load before it',
  () => {
    for (const type of Object.keys(TARGET) as (keyof typeof TARGET)[]) {
      const { code } = compile(type, { ...WHOLE, m: 64, n: 64, k: 1024 * PRODUCT_TYPES[type].group })
      const loop = hotLoop(code)
      const tiles = loop.filter(({ mnemonic }) => mnemonic.startsWith('t'))
      const products = tiles.filter(({ mnemonic }) => mnemonic.startsWith('tdp'))
      assert.is(products.length, 4)
      assert.is(tiles.filter(({ mnemonic }) => mnemonic === 'tileloadd').length, 4)
      // Beside them, pointers and the counter move.
      assert.is(tiles.length, 8)
      assert.ok(loop.length - tiles.length <= 4, loop.map(({ mnemonic }) => mnemonic).join(' '))
      // Once around: what was loaded since the last product is read by none before the next.
      const fresh = new Set<number>()
      for (const { mnemonic, operands } of [...tiles, ...tiles]) {
        if (mnemonic === 'tileloadd') fresh.add(tileOf(operands[0]))
        else {
          assert.not.ok(fresh.has(tileOf(operands[1])) || fresh.has(tileOf(operands[2])))
          fresh.clear()
        }
      }
      // No tile of C comes again before three others.
      assert.is(new Set(products.map(({ operands }) => tileOf(operands[0]))).size, 4)
    }
  },
)

amx.run()
