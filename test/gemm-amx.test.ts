/** Kernels for tile registers, in the emulator: bit for bit what the SDM's pseudocode gives, and no byte outside. */
import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { newArray } from '../src/gemm/arrays.ts'
import { type CompileOptions, compileGemm } from '../src/gemm/kernel.ts'
import { GENERIC_CPU } from '../src/microkernel/cpu-model.ts'
import { storedShape } from '../src/microkernel/problem.ts'
import { evenBlock } from '../src/schedule/lower/block-loop.ts'
import { PRODUCT_TYPES, STORAGE_BYTES, type Storage } from '../src/schedule/product-type.ts'
import { AMX_TARGETS, AMX_TYPES, type AmxType } from './amx-types.ts'
import { elementValue, roundedSum, tileProduct } from './tile-reference.ts'

const amx = suite('gemm-amx')

/** Random products a type; more of them with TILEWRIGHT_AMX_RUNS=500. */
const RUNS = Number(process.env.TILEWRIGHT_AMX_RUNS ?? 60)

interface Case {
  readonly m: number
  readonly n: number
  readonly k: number
  readonly order: 'row' | 'column'
  readonly transA: boolean
  readonly transB: boolean
  readonly pads: readonly [number, number, number]
  readonly alpha: number
  readonly beta: number
  /** Whether leading dimensions and factors are given at the call. */
  readonly open: boolean
  readonly batch: number
  readonly packB: 'on the way' | 'ahead' | 'beforehand' | undefined
  readonly block: { readonly m?: number; readonly k?: number }
  /** Bytes of L2: small ones make the plan cut rows and k. */
  readonly l2: number
  /** Parts in 16 of elements that may be any bits: NaN, infinities, denormals. */
  readonly special: number
  readonly seed: number
}

type Elements = ReturnType<typeof newArray>
type AnyKernel = ((...operands: readonly unknown[]) => void) & ReturnType<typeof compileGemm>

/** A product on random elements, compared bit for bit with the reference. Returns C. */
function check(type: AmxType, given: Case, fill = randomBits): Elements {
  const { m, n, k, order, transA, transB, alpha, beta, batch, special, pads } = given
  const facts = PRODUCT_TYPES[type]
  let state = given.seed | 1
  const random = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0
    return (state >>> 8) / 2 ** 24
  }
  const matrix = (name: 'a' | 'b' | 'c', storage: Storage, pad: number) => {
    const { lines, width } = storedShape(name, { order, transA, transB }, { m, n, k })
    const ld = Math.max(1, width) + pad
    const stride = lines * ld
    const length = lines === 0 || width === 0 ? 0 : (batch - 1) * stride + (lines - 1) * ld + width
    const elements = newArray(storage, length)
    const bits = unsigned(elements)
    // Between the lines lie NaNs.
    bits.fill(2 ** (8 * bits.BYTES_PER_ELEMENT) - 1)
    for (let at = 0; length > 0 && at < batch * lines * width; at++) {
      const [product, line] = [Math.floor(at / (lines * width)), Math.floor(at / width) % lines]
      bits[product * stride + line * ld + (at % width)] = fill(storage, random, special)
    }
    // Steps down and across op(X), whichever way it is stored.
    const isFlat = (order === 'row') !== { a: transA, b: transB, c: false }[name]
    return { elements, bits, ld, stride, down: isFlat ? ld : 1, across: isFlat ? 1 : ld, storage }
  }
  const A = matrix('a', facts.a, pads[0])
  const B = matrix('b', facts.b, pads[1])
  const C = matrix('c', facts.sum, pads[2])
  const before = C.elements.slice() as Float32Array | Int32Array
  const open = { lda: A.ld, ldb: B.ld, ldc: C.ld, alpha, beta }
  const isPacked = given.packB === 'beforehand'
  const isOpen = given.open && !isPacked
  const cpu = { ...GENERIC_CPU, l2: { ...GENERIC_CPU.l2, bytes: given.l2 } }
  const options: CompileOptions = {
    ...{ target: AMX_TARGETS[type], run: 'emulated', cpu },
    ...(isPacked ? { packedB: true } : { block: given.block }),
    ...(isPacked || given.packB === undefined ? {} : { packB: given.packB }),
  }
  const kernel = compileGemm(
    {
      ...{ type, m, n, k, order, transA, transB },
      ...(isOpen ? Object.fromEntries(Object.keys(open).map((name) => [name, 'runtime'])) : open),
      batch: batch === 1 ? null : { count: batch, strideA: A.stride, strideB: B.stride, strideC: C.stride },
    },
    options,
  ) as unknown as AnyKernel
  const b = isPacked ? kernel.packB(B.elements as never) : B.elements
  if (isOpen) kernel(A.elements, b, C.elements, open)
  else kernel(A.elements, b, C.elements)
  kernel.dispose()

  // The reference cuts k as the kernel does: into steps, and blocks of them, each of which is added to C.
  const tiles = kernel.plan.tiles!
  const allUnits = Math.ceil(k / facts.group)
  const steps = Math.ceil(allUnits / tiles.units)
  const kc = kernel.plan.block.k as number | null
  const blockSteps =
    kc === null ? Math.max(1, steps) : evenBlock(allUnits, kc / facts.group, tiles.units) / tiles.units
  const along = ({ bits, storage }: typeof A, start: number, stride: number): Float64Array => {
    const line = new Float64Array(steps * tiles.units * facts.group)
    for (let p = 0; p < k; p++) line[p] = elementValue(storage, bits[start + p * stride]!)
    return line
  }
  const product = { sum: facts.sum as 'f32' | 's32', group: facts.group, units: tiles.units }
  const expected = before.slice()
  for (let index = 0; index < batch; index++) {
    const rows = Array.from({ length: m }, (_, i) => along(A, index * A.stride + i * A.down, A.across))
    const columns = Array.from({ length: n }, (_, j) => along(B, index * B.stride + j * B.across, B.down))
    for (let i = 0; i < m; i++) {
      for (let j = 0; j < n; j++) {
        const at = index * C.stride + i * C.down + j * C.across
        let c = before[at]!
        for (let first = 0; first < Math.max(1, steps); first += blockSteps) {
          const factor = first === 0 ? beta : 1
          const isPlain = !isOpen && alpha === 1 && (factor === 0 || factor === 1)
          let sum = isPlain && factor === 1 ? c : 0
          for (let step = first; step < Math.min(steps, first + blockSteps); step++) {
            const from = step * tiles.units * facts.group
            sum = tileProduct({ ...product, a: rows[i]!, b: columns[j]!, from }, sum)
          }
          c = isPlain ? sum : finished(facts.sum === 's32', sum, c, alpha, factor)
        }
        expected[at] = c
      }
    }
  }
  const x = unsigned(expected)
  for (let at = 0; at < x.length; at++) {
    if (x[at] === C.bits[at] || (Number.isNaN(expected[at]!) && Number.isNaN(C.elements[at]!))) continue
    const { block, tile } = kernel.plan
    assert.unreachable(
      `element ${at}: expected ${expected[at]}, got ${C.elements[at]}; ${JSON.stringify({ type, ...given, tiles, tile, block })}`,
    )
  }
  return C.elements
}

/** alpha·sum + beta·old as vectors compute it: a product, then a multiply-add with one rounding; integers wrap. */
function finished(isInteger: boolean, sum: number, old: number, alpha: number, beta: number): number {
  if (isInteger) return (Math.imul(sum, alpha) + (beta === 0 ? 0 : Math.imul(old, beta))) | 0
  const scaled = Math.fround(sum * Math.fround(alpha))
  if (beta === 0) return scaled
  return roundedSum(scaled, Math.fround(beta) * old)
}

/** The bits of elements. */
function unsigned(elements: Elements): Uint8Array | Uint16Array | Uint32Array {
  const { buffer, byteOffset, length, BYTES_PER_ELEMENT } = elements
  const Bits = BYTES_PER_ELEMENT === 1 ? Uint8Array : BYTES_PER_ELEMENT === 2 ? Uint16Array : Uint32Array
  return new Bits(buffer as ArrayBuffer, byteOffset, length)
}

/** Numbers around 1, or any bits. */
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

const size = (most: number) =>
  fc.oneof(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: most }), fc.nat(3))

function cases(type: AmxType): fc.Arbitrary<Case> {
  const { group, sum } = PRODUCT_TYPES[type]
  return fc.record<Case>({
    ...{ m: size(90), n: size(80), k: size(200) },
    order: fc.constantFrom('row', 'column'),
    ...{ transA: fc.boolean(), transB: fc.boolean(), open: fc.boolean() },
    pads: fc.tuple(fc.nat(5), fc.nat(5), fc.nat(5)),
    alpha: sum === 's32' ? fc.constantFrom(1, 1, 3, -2) : fc.constantFrom(1, 1, 0.75),
    beta: sum === 's32' ? fc.constantFrom(0, 1, 2) : fc.constantFrom(0, 1, -0.5),
    batch: fc.constantFrom(1, 1, 1, 3),
    packB: fc.constantFrom(undefined, undefined, 'on the way', 'ahead', 'beforehand'),
    block: fc.record(
      {
        m: fc.integer({ min: 1, max: 70 }),
        k: fc.integer({ min: 1, max: 3 }).map((count) => count * 16 * group),
      },
      { requiredKeys: [] },
    ),
    l2: fc.constantFrom(1 << 20, 1 << 20, 1 << 14, 1 << 12),
    special: fc.constantFrom(0, 0, 1, 16),
    seed: fc.nat(),
  })
}

/** What cannot be had together is left to the plan. */
function possible(given: Case): Case {
  const { packB, order, batch, transA, transB } = given
  const isTransposed = order === 'row' ? transB : transA
  const isUnpackable = packB === 'beforehand' && (order === 'column' || batch > 1)
  return { ...given, packB: isUnpackable || (packB === 'on the way' && isTransposed) ? undefined : packB }
}

for (const type of AMX_TYPES) {
  amx(`${type}: random products`, () => {
    fc.assert(
      fc.property(cases(type), (given) => {
        check(type, possible(given))
      }),
      { numRuns: RUNS },
    )
  })
}

const PLAIN: Case = {
  ...{ m: 3, n: 5, k: 64, order: 'row', transA: false, transB: false, pads: [0, 0, 0] },
  ...{
    alpha: 1,
    beta: 0,
    open: false,
    batch: 1,
    packB: undefined,
    block: {},
    l2: 1 << 20,
    special: 0,
    seed: 1,
  },
}

amx('u8s8: sums at k = 65,536 of 255·127 are exact, and beyond 32 bits they wrap', () => {
  const most = (storage: Storage): number => (storage === 'u8' ? 255 : storage === 's8' ? 127 : 0)
  const at = (k: number): number => check('u8s8', { ...PLAIN, k }, most)[0]!
  assert.is(at(65_536), 65_536 * 255 * 127)
  assert.is(at(66_400), (66_400 * 255 * 127) | 0)
})

amx('odd tails: k that fills no unit, in every type', () => {
  for (const type of AMX_TYPES)
    for (const k of [1, 2, 3, 5, 31, 33, 63, 65, 127]) check(type, { ...PLAIN, k })
})

amx('no k, no rows, no columns', () => {
  for (const type of AMX_TYPES) {
    for (const beta of [0, 1]) check(type, { ...PLAIN, k: 0, beta })
    check(type, { ...PLAIN, m: 0 })
    check(type, { ...PLAIN, n: 0 })
  }
})

amx.run()
