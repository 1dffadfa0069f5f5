/** Random products of narrow types: operands between guard bytes, results against exact sums. */
import * as fc from 'fast-check'
import * as assert from 'uvu/assert'
import { newArray } from '../src/gemm/arrays.ts'
import { type CompileOptions, compileGemm } from '../src/gemm/kernel.ts'
import { widenBits } from '../src/microkernel/number-formats.ts'
import { type GemmProblem, storedShape } from '../src/microkernel/problem.ts'
import { productBound, referenceGemm } from '../src/microkernel/reference.ts'
import { featuresFor, type TargetName } from '../src/microkernel/targets/index.ts'
import { PRODUCT_TYPES, type ProductType, type Storage } from '../src/schedule/product-type.ts'

type Name = 'a' | 'b' | 'c'
export type Elements = ReturnType<typeof newArray>
type AnyKernel = ((a: unknown, b: unknown, c: unknown, open?: object) => void) & {
  packB(b: unknown): unknown
  readonly code: { readonly features: readonly string[] }
  dispose(): void
}

export interface NarrowCase {
  readonly m: number
  readonly n: number
  readonly k: number
  readonly order: 'row' | 'column'
  readonly transA: boolean
  readonly transB: boolean
  readonly pad: Readonly<Record<Name, number>>
  readonly alpha: number
  readonly beta: number
  readonly batch: { readonly count: number; readonly kind: 'strided' | 'pointers' } | undefined
  /** Whether sizes, factors and strides are given at the call. */
  readonly runtime: boolean
  readonly packedB: boolean
  readonly block: { readonly m: number; readonly n: number; readonly k: number } | undefined
  readonly threads: number
  readonly seed: number
}

const size = (most: number): fc.Arbitrary<number> =>
  fc.oneof(
    { weight: 5, arbitrary: fc.integer({ min: 1, max: Math.min(24, most) }) },
    { weight: 2, arbitrary: fc.integer({ min: 0, max: most }) },
  )
const pad = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 9 }))

/** `most`: the largest size. */
export const narrowCases = (most: number): fc.Arbitrary<NarrowCase> =>
  fc.record({
    ...{ m: size(most), n: size(most), k: size(most) },
    order: fc.constantFrom('row', 'column'),
    ...{ transA: fc.boolean(), transB: fc.boolean() },
    pad: fc.record({ a: pad, b: pad, c: pad }),
    alpha: fc.constantFrom(1, 1, 0, -2),
    beta: fc.constantFrom(0, 0, 1, -3),
    batch: fc.option(
      fc.record({ count: fc.integer({ min: 0, max: 3 }), kind: fc.constantFrom('strided', 'pointers') }),
      { nil: undefined, freq: 6 },
    ),
    runtime: fc.boolean(),
    packedB: fc.boolean(),
    block: fc.option(
      fc.record({
        m: fc.integer({ min: 1, max: 30 }),
        n: fc.constantFrom(16, 32, 48),
        k: fc.constantFrom(8, 16, 40),
      }),
      { nil: undefined, freq: 4 },
    ),
    threads: fc.integer({ min: 1, max: 2 }),
    seed: fc.integer(),
  })

const single = new DataView(new ArrayBuffer(4))

/** What an element stands for. */
export function numberOf(storage: Storage, element: number): number {
  if (storage === 'bf16' || storage === 'f16' || storage === 'e4m3' || storage === 'e5m2') {
    single.setUint32(0, widenBits(element, storage))
    return single.getFloat32(0)
  }
  return element
}

/** Values of an array, or of the part of it that is asked for. */
export const valuesOf = (storage: Storage, data: ArrayLike<number>): Float64Array =>
  Float64Array.from(data, (element) => numberOf(storage, element))

/** Elements of moderate size, so that nothing overflows and denormals are rare. */
function randomElement(storage: Storage, random: () => number): number {
  switch (storage) {
    case 's8':
      return (random() % 256) - 128
    case 'u8':
      return random() % 256
    case 's32':
      return (random() % 2001) - 1000
    case 'bf16':
      return ((random() & 1) << 15) | (0x3e00 + (random() % 0x280))
    case 'f16':
      return ((random() & 1) << 15) | (0x3000 + (random() % 0x1400))
    case 'e4m3':
      return random() % 128 === 127 ? 0 : (random() & 0x80) | (random() % 0x60)
    case 'e5m2':
      return (random() & 0x80) | (random() % 0x48)
    default:
      return (random() % 2 ** 20) / 2 ** 19 - 1
  }
}

/** What no kernel may read or leave changed: NaN, and for integers a pattern. */
const GUARD: Readonly<Record<Storage, number>> = {
  ...{ f64: Number.NaN, f32: Number.NaN, s32: 0x5a5a5a5a, bf16: 0x7fc1, f16: 0x7e01 },
  ...{ s8: 0x55, u8: 0xaa, e4m3: 0x7f, e5m2: 0x7f },
}

/** Compares bits, NaN's too. */
const bytesOf = (data: Elements): Uint8Array => new Uint8Array(data.buffer, data.byteOffset, data.byteLength)

/** Runs one problem and holds every element of C to the reference, everything else to what it was. */
export function checkNarrow(
  type: ProductType,
  given: NarrowCase,
  options: Pick<CompileOptions, 'target' | 'run'>,
): void {
  const { m, n, k, order, transA, transB, alpha, beta } = given
  let state = given.seed | 1
  const random = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0
    return state >>> 8
  }
  const facts = PRODUCT_TYPES[type]
  const storage = { a: facts.a, b: facts.b, c: facts.sum }
  const packedB = given.packedB && !given.runtime && given.batch === undefined && order === 'row'
  const count = given.batch?.count ?? 1
  const pointers = given.batch?.kind === 'pointers'
  const shape = (name: Name) => {
    const { lines, width } = storedShape(name, { order, transA, transB }, { m, n, k })
    const ld = Math.max(1, width) + given.pad[name]
    const one = lines === 0 || width === 0 ? 0 : (lines - 1) * ld + width
    return { lines, width, ld, one, stride: one + given.pad[name] }
  }
  const shapes = { a: shape('a'), b: shape('b'), c: shape('c') }
  const make = (name: Name) => {
    const { lines, width, ld, one, stride } = shapes[name]
    const all = newArray(storage[name], Math.max(1, (count - 1) * stride + one))
    all.fill(GUARD[storage[name]])
    const own = new Uint8Array(all.length)
    const offsets = Array.from({ length: count }, (_, index) => index * stride)
    for (const offset of offsets) {
      for (let at = 0; at < lines * width; at++) {
        const place = offset + Math.floor(at / width) * ld + (at % width)
        all[place] = randomElement(storage[name], random)
        own[place] = 1
      }
    }
    return { all, offsets, own }
  }
  const operands = { a: make('a'), b: make('b'), c: make('c') }
  const { a, b, c } = operands
  if (beta === 0) for (const [at, own] of c.own.entries()) if (own === 1) c.all[at] = GUARD[storage.c]
  if (alpha === 0) a.all.fill(GUARD[storage.a])
  const before = { a: bytesOf(a.all).slice(), b: bytesOf(b.all).slice(), c: bytesOf(c.all).slice() }
  const old = c.all.slice()

  const ld = { lda: shapes.a.ld, ldb: shapes.b.ld, ldc: shapes.c.ld }
  const strides = { strideA: shapes.a.stride, strideB: shapes.b.stride, strideC: shapes.c.stride }
  const open = 'runtime' as const
  const sizes = { m, n, k, alpha, beta, ...ld }
  const fixed: GemmProblem = {
    ...{ type, order, transA, transB, ...sizes },
    batch: given.batch ? { count, kind: given.batch.kind, ...strides } : null,
  }
  const problem: GemmProblem = given.runtime
    ? {
        ...{ ...fixed, m: open, n: open, k: open, lda: open, ldb: open, ldc: open, alpha: open, beta: open },
        batch: given.batch
          ? { count: open, kind: given.batch.kind, strideA: open, strideB: open, strideC: open }
          : null,
      }
    : fixed
  const kernel = compileGemm(problem, {
    ...options,
    threads: given.threads,
    ...(packedB ? { packedB: true } : given.block === undefined ? {} : { block: given.block }),
  }) as unknown as AnyKernel
  const allowed = [...featuresFor(options.target as TargetName, type), 'SSE', 'AVX', 'AVX2', 'AVX512F']
  for (const feature of kernel.code.features)
    assert.ok(allowed.includes(feature), `the code needs ${feature}, which ${options.target} does not name`)
  const operand = ({ all, offsets }: typeof a, one: number): unknown =>
    pointers ? offsets.map((offset) => all.subarray(offset, offset + one)) : all
  const inB = operand(b, shapes.b.one)
  kernel(
    operand(a, shapes.a.one),
    packedB ? kernel.packB(inB) : inB,
    operand(c, shapes.c.one),
    ...(given.runtime ? [{ ...sizes, ...(given.batch ? { batch: count, ...strides } : {}) }] : []),
  )
  kernel.dispose()

  const values = { a: valuesOf(storage.a, a.all), b: valuesOf(storage.b, b.all), c: old }
  const view = (name: Name, data: ArrayLike<number>, offset: number) => {
    const byRows = (order === 'row') !== { a: transA, b: transB, c: false }[name]
    return {
      ...{ data, offset },
      rowStride: byRows ? shapes[name].ld : 1,
      columnStride: byRows ? 1 : shapes[name].ld,
    }
  }
  for (let index = 0; index < count; index++) {
    const inC = view('c', old, c.offsets[index]!)
    const expected = referenceGemm({
      ...{ m, n, k, alpha, beta },
      a: view('a', values.a, a.offsets[index]!),
      b: view('b', values.b, b.offsets[index]!),
      c: inC,
    })
    for (let at = 0; at < m * n; at++) {
      const place = inC.offset + Math.floor(at / n) * inC.rowStride + (at % n) * inC.columnStride
      const error = Math.abs(c.all[place]! - expected.value[at]!)
      const bound = productBound(type, k, expected.magnitude[at]!)
      assert.ok(
        error <= bound,
        `problem ${index}: c[${Math.floor(at / n)}, ${at % n}] is ${c.all[place]}, expected ${expected.value[at]}, off by ${error}, allowed ${bound}`,
      )
    }
  }
  assert.equal(bytesOf(a.all), before.a, 'A changed')
  assert.equal(bytesOf(b.all), before.b, 'B changed')
  for (const [at, own] of c.own.entries())
    if (own === 0 && !Object.is(c.all[at], old[at]))
      assert.unreachable(`C changed at ${at}, between its lines`)
}
