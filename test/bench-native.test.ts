/** The bench's emitted loops: calls counted, arguments where the ABI wants them, every byte read, wrong results seen. */
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { type Contender, floatsOnly, offer, type Setting } from '../bench/contenders/contender.ts'
import { openJavaScriptLoop } from '../bench/contenders/javascript-loop.ts'
import { CallLoop, type Passing } from '../bench/native/call-loop.ts'
import { setsFor } from '../bench/native/operand-sets.ts'
import { createOperands, type Operands } from '../bench/native/operands.ts'
import { READ_PATTERNS, readBytes, readLoopCode, SUM_BYTES } from '../bench/native/read-loop.ts'
import { timeUndisturbed } from '../bench/processes/presence.ts'
import { Judge } from '../bench/verification.ts'
import { Assembler } from '../src/encoder/assembler.ts'
import { mem, qword } from '../src/encoder/operands.ts'
import { r64, rax, rcx, rdi, rdx, rsi, rsp, xmm } from '../src/encoder/registers.ts'
import { valuesOf } from '../src/gemm/elements.ts'
import { referenceGemm } from '../src/microkernel/reference.ts'
import { ArgumentBlock } from '../src/runtime/argument-block.ts'
import { cpuFeatures } from '../src/runtime/features.ts'
import { loadKernel, missingFeatures } from '../src/runtime/kernel.ts'
import { PRODUCT_TYPES, type ProductType, STORAGE_BYTES } from '../src/schedule/product-type.ts'
import { NATIVE } from './native-support.ts'
import { skip } from './skips.ts'

const native = suite('bench native')

function test(name: string, body: () => void | Promise<void>): void {
  if (NATIVE && cpuFeatures().features.has('AVX')) native(name, body)
  else skip('native code of the bench needs linux-x64 with AVX')
}

const INTEGERS = 9
const SCALARS = 2

/** A function that leaves its nine integers, two scalars, rsp modulo 16 and the number of its calls where the first one points. */
function witness() {
  const a = new Assembler()
  for (const [index, register] of [rdi, rsi, rdx, rcx, r64(8), r64(9)].entries()) {
    a.mov(qword(rdi, 8 * index), register)
  }
  for (let index = 6; index < INTEGERS; index++) {
    a.mov(rax, qword(rsp, 8 + 8 * (index - 6)))
    a.mov(qword(rdi, 8 * index), rax)
    // The callee owns its arguments in memory and may overwrite them.
    a.mov(qword(rsp, 8 + 8 * (index - 6)), -1)
  }
  for (let index = 0; index < SCALARS; index++) a.vmovsd(qword(rdi, 8 * (INTEGERS + index)), xmm(index))
  a.mov(rax, rsp)
  a.and(rax, 15)
  a.mov(qword(rdi, 8 * (INTEGERS + SCALARS)), rax)
  a.inc(qword(rdi, 8 * (INTEGERS + SCALARS + 1)))
  return loadKernel(a.ret().finish())
}

test('every argument arrives, at an aligned stack, in one record after another', () => {
  const kernel = witness()
  const records = 3
  const seen = Array.from({ length: records }, () => new ArgumentBlock(8 * (INTEGERS + SCALARS + 2)))
  const loop = new CallLoop({
    passing: { integers: INTEGERS, scalars: SCALARS },
    address: kernel.address,
    recordBytes: 8 * (INTEGERS + SCALARS),
    records,
    kept: [kernel, seen],
  })
  for (const [record, block] of seen.entries()) {
    loop.setInteger(record, 0, block.bits)
    for (let index = 1; index < INTEGERS; index++)
      loop.setInteger(record, index, BigInt(100 * record + index))
    loop.setScalar(record, INTEGERS, 'f64', record + 0.5)
    loop.setScalar(record, INTEGERS + 1, 'f32', record + 0.25)
  }
  assert.ok(loop.time(4) > 0)
  assert.ok(loop.time(3) > 0)
  for (const [record, { bits, u64, f64, f32 }] of seen.entries()) {
    assert.is(u64[0], bits)
    for (let index = 1; index < INTEGERS; index++) assert.is(u64[index], BigInt(100 * record + index))
    assert.is(f64[INTEGERS], record + 0.5)
    assert.is(f32[2 * (INTEGERS + 1)], record + 0.25)
    assert.is(u64[INTEGERS + SCALARS], 8n)
    // Seven calls over three records, the second run going on where the first one ended.
    assert.is(u64[INTEGERS + SCALARS + 1], record === 0 ? 3n : 2n)
  }
  loop.dispose()
  assert.throws(() => loop.time(1), /disposed/)
  kernel.dispose()
})

test('a record by address is the record itself', () => {
  const a = new Assembler()
  a.inc(qword(rdi, 8))
  a.mov(rax, mem(rdi))
  a.mov(rax, qword(rdi))
  a.mov(rcx, qword(rdi, 8))
  a.mov(qword(rax), rcx)
  const kernel = loadKernel(a.ret().finish())
  const count = new ArgumentBlock(8)
  const passing: Passing = 'address'
  const loop = new CallLoop({ passing, address: kernel.address, recordBytes: 16, records: 2, kept: [count] })
  for (const record of [0, 1]) {
    loop.setInteger(record, 0, count.bits)
    loop.setInteger(record, 1, 10n)
  }
  loop.time(5)
  // Calls 1, 3 and 5 were on the first record.
  assert.is(count.u64[0], 13n)
  loop.dispose()
  kernel.dispose()
})

test('read loops add up every word that they say they read', () => {
  const vectors = (['ymm', 'zmm'] as const).filter(
    (vector) => missingFeatures(readLoopCode(vector, READ_PATTERNS[0]!)).length === 0,
  )
  if (vectors.length < 2) skip('this CPU lacks vectors of the read loops')
  for (const vector of vectors) {
    for (const pattern of READ_PATTERNS) {
      const kernel = loadKernel(readLoopCode(vector, pattern))
      const region = new ArgumentBlock(3 * 4096 + 64)
      region.u32.forEach((_, index) => {
        region.u32[index] = Math.imul(index + 1, 0x9e37_79b1)
      })
      const sum = new ArgumentBlock(SUM_BYTES)
      const bytes = readBytes(pattern, region.byteLength)
      assert.is(bytes % (512 * pattern.streams), 0)
      assert.ok(bytes <= region.byteLength && bytes > region.byteLength - 512 * pattern.streams)
      const passing = { integers: 3, scalars: 0 }
      const kept = [region, sum, kernel]
      const loop = new CallLoop({ passing, address: kernel.address, recordBytes: 24, records: 1, kept })
      loop.setInteger(0, 0, region.bits)
      loop.setInteger(0, 1, BigInt(bytes / pattern.streams))
      loop.setInteger(0, 2, sum.bits)
      loop.time(1)
      const total = (words: Uint32Array): number => words.reduce((all, word) => (all + word) >>> 0, 0)
      assert.is(
        total(sum.u32),
        total(region.u32.subarray(0, bytes / 4)),
        `${vector} ${JSON.stringify(pattern)}`,
      )
      loop.dispose()
      kernel.dispose()
    }
  }
})

const shape = { m: 5, n: 7, k: 3, batch: 1 }
const plain = { type: 'f32', transA: false, transB: false, sets: 1, alignment: 64 } as const

test('operands lie where they are said to, apart within pages', () => {
  for (const alignment of [16, 64]) {
    const { a, b, c, problems } = createOperands({ ...shape, batch: 2 }, { ...plain, sets: 3, alignment })
    assert.is(problems, 6)
    for (const operand of [a, b, c]) {
      // On no larger boundary than asked for below a cache line: as JavaScript's own arrays lie.
      assert.is(operand.addressOf(0) % 64n, alignment === 64 ? 0n : 16n)
      for (const set of [0, 1, 2]) {
        const start = operand.addressOf(2 * set)
        assert.is(start % BigInt(alignment), 0n)
        // Within a batch one problem follows the other.
        assert.is(
          operand.addressOf(2 * set + 1) - start,
          BigInt(operand.lines * operand.width * STORAGE_BYTES.f32),
        )
      }
    }
    assert.is(new Set([a, b, c].map((operand) => operand.addressOf(0) % 4096n)).size, 3)
    assert.not.equal(a.problem(0), a.problem(1))
    assert.equal(a.set(1), Float32Array.of(...a.problem(2), ...a.problem(3)))
    assert.ok(c.problem(5).every(Number.isNaN))
  }
})

test('enough sets to leave no operand in the caches', () => {
  assert.is(setsFor(shape, 'f32', 0), 1)
  const bytes = (15 + 21 + 35) * 8
  assert.is(setsFor(shape, 'f64', 10 * bytes), 10)
  assert.is(setsFor(shape, 'f64', 10 * bytes + 1), 11)
  assert.is(setsFor(shape, 'f64', 1), 2)
})

/** op(A)·op(B) by the plainest loop. */
function multiply({ shape: { m, n, k }, a, b, c, transA, transB, problems }: Operands): void {
  for (let problem = 0; problem < problems; problem++) {
    const [x, y, z] = [a.problem(problem), b.problem(problem), c.problem(problem)]
    for (let i = 0; i < m; i++) {
      for (let j = 0; j < n; j++) {
        let sum = 0
        for (let p = 0; p < k; p++)
          sum += x[transA ? p * m + i : i * k + p]! * y[transB ? j * k + p : p * n + j]!
        z[i * n + j] = sum
      }
    }
  }
}

test('a wrong element anywhere is seen, and so is one that was never written', () => {
  for (const type of ['f32', 'f64'] as const) {
    for (const transA of [false, true]) {
      for (const transB of [false, true]) {
        const operands = createOperands({ ...shape, batch: 2 }, { ...plain, type, transA, transB })
        const judge = new Judge(operands)
        assert.not(judge.judge(null).ok)
        multiply(operands)
        const { ok, checked, wrong } = judge.judge(null)
        assert.equal({ ok, checked, wrong }, { ok: true, checked: 70, wrong: 0 })
        for (const problem of [0, 1]) {
          for (const index of [0, 17, 34]) {
            const c = operands.c.problem(problem)
            const right = c[index]!
            for (const bad of [right + 1e-3, Number.NaN]) {
              c[index] = bad
              assert.is(judge.judge(null).wrong, 1)
            }
            c[index] = right
          }
        }
      }
    }
  }
})

test('every type is judged, by elements as they are stored', () => {
  for (const type of Object.keys(PRODUCT_TYPES) as ProductType[]) {
    const operands = createOperands({ ...shape, batch: 2 }, { ...plain, type })
    const judge = new Judge(operands)
    assert.not(judge.judge(null).ok, type)
    const { a, b, c } = operands
    for (const problem of [0, 1]) {
      const { value } = referenceGemm({
        ...shape,
        a: { data: valuesOf(a.storage, a.problem(problem)), rowStride: shape.k, columnStride: 1 },
        b: { data: valuesOf(b.storage, b.problem(problem)), rowStride: shape.n, columnStride: 1 },
      })
      c.problem(problem).set(value)
    }
    assert.ok(judge.judge(null).ok, type)
    c.problem(1)[34]! += 1
    assert.is(judge.judge(null).wrong, 1, type)
  }
  const bytes = createOperands(shape, { ...plain, type: 'u8s8' })
  assert.is(bytes.b.addressOf(0) % 64n, 0n)
  assert.is(setsFor(shape, 'u8s8', 10 * (15 + 21 + 4 * 35)), 10)
  assert.throws(() => floatsOnly(bytes), /f32 and f64 only/)
})

test('of a large product, rows at all places within tiles are checked', () => {
  const operands = createOperands({ m: 512, n: 512, k: 512, batch: 1 }, plain)
  const judge = new Judge(operands)
  const places = new Set<number>()
  for (let row = 0; row < 512; row++) {
    const c = operands.c.problem(0)
    c.fill(0)
    c.fill(Number.NaN, row * 512, row * 512 + 512)
    if (Number.isNaN(judge.judge(null).maxError)) places.add(row % 16)
    if (places.size === 16) return
  }
  assert.unreachable(`only rows at ${[...places]} modulo 16 are checked`)
})

test('the plain JavaScript loop is right, ragged sizes too', async () => {
  const setting: Setting = {
    threads: 1,
    target: 'avx2',
    timing: 'javascript',
    packed: false,
    openSizes: false,
  }
  const loop: Contender = openJavaScriptLoop(setting)
  for (const [m, n, k] of [
    [8, 8, 8],
    [1, 1, 1],
    [5, 7, 3],
    [4, 9, 2],
    [9, 4, 5],
  ] as const) {
    const operands = createOperands({ m, n, k, batch: 1 }, { ...plain, type: 'f64' })
    const prepared = await loop.prepare(operands)
    assert.ok((await prepared.time(5)) > 0)
    assert.ok(new Judge(operands).judge(null).ok, `${m}×${n}×${k}`)
    prepared.dispose()
  }
  const transposed = createOperands(shape, { ...plain, transB: true })
  assert.throws(() => offer(setting, transposed, {}), /no transposed operands/)
  assert.throws(() => offer({ ...setting, threads: 2 }, createOperands(shape, plain), {}), /one thread only/)
})

test('pieces of a sample cover the calls asked for, in whole passes', () => {
  const counts: number[] = []
  const spin = (calls: number): number => {
    counts.push(calls)
    const start = performance.now()
    while (performance.now() - start < 1);
    return 1e6 / calls
  }
  const { nanoseconds, presence } = timeUndisturbed(spin, 50, 5)
  assert.ok(counts.length >= 5 && counts.every((count) => count === 10))
  assert.ok(presence > 0 && presence <= 1)
  assert.ok(nanoseconds > 0 && nanoseconds <= 1e5 * 1.01)
})

native.run()
