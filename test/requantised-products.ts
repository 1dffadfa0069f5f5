/** Random requantised products: operands between guard bytes, every element of C against the reference, bit for bit. */
import * as fc from 'fast-check'
import * as assert from 'uvu/assert'
import { newArray } from '../src/gemm/arrays.ts'
import { type CompileOptions, compileGemm } from '../src/gemm/kernel.ts'
import { type GemmProblem, storedShape } from '../src/microkernel/problem.ts'
import { lineTerm, type RequantisedStorage, requantise } from '../src/microkernel/requantise.ts'
import { type TargetName, targetNamed } from '../src/microkernel/targets/index.ts'
import { PRODUCT_TYPES, type ProductType } from '../src/schedule/product-type.ts'
import { type Elements, type NarrowCase, narrowCases } from './narrow-products.ts'

type Name = 'a' | 'b' | 'c'
type AnyKernel = ((a: unknown, b: unknown, c: unknown, open?: object) => void) & {
  async(a: unknown, b: unknown, c: unknown, open?: object): Promise<void>
  packB(b: unknown): unknown
  dispose(): void
}

export interface RequantisedCase extends NarrowCase {
  readonly out: RequantisedStorage
  readonly scale: 'tensor' | 'column'
  readonly zeroA: boolean
  readonly zeroB: boolean
  readonly zeroC: boolean
  readonly bias: boolean
}

/** `most`: the largest size. */
export const requantisedCases = (most: number): fc.Arbitrary<RequantisedCase> =>
  fc
    .tuple(
      narrowCases(most),
      fc.record({
        out: fc.constantFrom<RequantisedStorage[]>('u8', 's8', 'f32', 'bf16'),
        scale: fc.constantFrom('tensor', 'column'),
        ...{ zeroA: fc.boolean(), zeroB: fc.boolean(), zeroC: fc.boolean(), bias: fc.boolean() },
      }),
    )
    .map(([narrow, own]) => ({
      ...narrow,
      ...own,
      zeroC: own.zeroC && (own.out === 'u8' || own.out === 's8'),
    }))

const RANGE = { s8: -128, u8: 0 } as const

/** Runs one problem; C must be the reference's, and nothing else may change. */
export function checkRequantised(
  type: 'u8s8' | 's8s8' | 'u8u8',
  drawn: RequantisedCase,
  options: Pick<CompileOptions, 'run'> & { readonly target: TargetName },
): void {
  // Tile registers are configured for known sizes, and n is not cut.
  const isTiled = targetNamed(options.target).tiles !== undefined
  const given = isTiled ? { ...drawn, runtime: false, block: undefined } : drawn
  const { m, n, k, order, transA, transB, out, scale, zeroA, zeroB, zeroC, bias } = given
  let state = given.seed | 1
  const random = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0
    return state >>> 8
  }
  const facts = PRODUCT_TYPES[type as ProductType]
  const storage = { a: facts.a as 'u8' | 's8', b: facts.b as 'u8' | 's8', c: out }
  const packedB = given.packedB && given.batch === undefined && order === 'row'
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
    const { stride, one } = shapes[name]
    const all = newArray(storage[name], Math.max(1, (count - 1) * stride + one))
    const bytes = new Uint8Array(all.buffer)
    for (let i = 0; i < bytes.length; i++) bytes[i] = random()
    return { all, offsets: Array.from({ length: count }, (_, index) => index * stride) }
  }
  const [a, b, c] = [make('a'), make('b'), make('c')]
  const before = { a: a.all.slice(), b: b.all.slice(), c: c.all.slice() }
  const zero = (name: Name, isThere: boolean): number =>
    isThere ? RANGE[storage[name] as 's8' | 'u8'] + (random() % 256) : 0
  // Results of moderate size, and some that saturate.
  const scaleOf = (): number => Math.fround(((random() % 1000) - 300) * 2 ** -(15 + (random() % 4)))
  const scales = Float32Array.from({ length: scale === 'column' ? n : 1 }, scaleOf)
  const biases = Int32Array.from({ length: n }, () => (random() % 20001) - 10000)
  const values = {
    ...{ scale: scale === 'column' ? scales : scales[0]! },
    ...(zeroA ? { zeroA: zero('a', true) } : {}),
    ...(zeroB ? { zeroB: zero('b', true) } : {}),
    ...(zeroC ? { zeroC: zero('c', true) } : {}),
    ...(bias ? { bias: biases } : {}),
  }
  const open = 'runtime' as const
  const ld = { lda: shapes.a.ld, ldb: shapes.b.ld, ldc: shapes.c.ld }
  const strides = { strideA: shapes.a.stride, strideB: shapes.b.stride, strideC: shapes.c.stride }
  const sizes = { m, n, k, ...ld }
  const openSizes = packedB
    ? { m: open, lda: open, ldc: open }
    : { m: open, n: open, k: open, lda: open, ldb: open, ldc: open }
  const problem: GemmProblem = {
    ...{ type, out, order, transA, transB, ...sizes },
    requantise: { scale, zeroA, zeroB, zeroC, bias },
    ...(given.runtime ? openSizes : {}),
    batch: given.batch
      ? given.runtime
        ? { count: open, kind: given.batch.kind, strideA: open, strideB: open, strideC: open }
        : { count, kind: given.batch.kind, ...strides }
      : null,
  }
  const block = given.block === undefined ? {} : { block: { m: given.block.m, n: given.block.n } }
  const kernel = compileGemm(problem, {
    ...options,
    threads: given.threads,
    ...(packedB ? { packedB: true } : given.runtime ? {} : block),
  }) as unknown as AnyKernel
  const operand = ({ all, offsets }: typeof a, one: number): unknown =>
    pointers ? offsets.map((offset) => all.subarray(offset, offset + one)) : all
  const inB = operand(b, shapes.b.one)
  kernel(operand(a, shapes.a.one), packedB ? kernel.packB(inB) : inB, operand(c, shapes.c.one), {
    ...values,
    ...(given.runtime ? { ...sizes, ...(given.batch ? { batch: count, ...strides } : {}) } : {}),
  })
  kernel.dispose()

  const at = (name: Name, i: number, j: number): number => {
    const byRows = (order === 'row') !== { a: transA, b: transB, c: false }[name]
    return byRows ? i * shapes[name].ld + j : j * shapes[name].ld + i
  }
  const expected = before.c.slice()
  const line = (length: number, element: (p: number) => number): number[] =>
    Array.from({ length }, (_, p) => element(p))
  for (let index = 0; index < count; index++) {
    const [inA, inB, inC] = [a.offsets[index]!, b.offsets[index]!, c.offsets[index]!]
    const rows = line(m, (i) =>
      lineTerm(
        line(k, (p) => a.all[inA + at('a', i, p)]!),
        -(values.zeroB ?? 0),
      ),
    )
    const columns = line(
      n,
      (j) =>
        lineTerm(
          line(k, (p) => b.all[inB + at('b', p, j)]!),
          -(values.zeroA ?? 0),
          k * (values.zeroA ?? 0) * (values.zeroB ?? 0),
        ) + (bias ? biases[j]! : 0),
    )
    for (let i = 0; i < m; i++) {
      for (let j = 0; j < n; j++) {
        let sum = 0
        for (let p = 0; p < k; p++) sum += a.all[inA + at('a', i, p)]! * b.all[inB + at('b', p, j)]!
        expected[inC + at('c', i, j)] = requantise(
          {
            sum,
            row: rows[i]!,
            column: columns[j]!,
            scale: scales[scale === 'column' ? j : 0]!,
            zero: values.zeroC ?? 0,
          },
          out,
        )
      }
    }
  }
  const bytesOf = (data: Elements): Uint8Array => new Uint8Array(data.buffer)
  const [got, wanted] = [bytesOf(c.all), bytesOf(expected)]
  for (let byte = 0; byte < got.length; byte++) {
    if (got[byte] === wanted[byte]) continue
    const element = Math.floor(byte / c.all.BYTES_PER_ELEMENT)
    assert.unreachable(
      `c[${element}] is ${c.all[element]}, expected ${expected[element]}; was ${before.c[element]}, lines of ${shapes.c.width} every ${shapes.c.ld}`,
    )
  }
  assert.equal(bytesOf(a.all), bytesOf(before.a), 'A changed')
  assert.equal(bytesOf(b.all), bytesOf(before.b), 'B changed')
}
