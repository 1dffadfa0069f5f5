/** Products on several threads and off the event loop: how they are shared out, that they are right, and refusals. */

import { setTimeout as sleep } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { cpuModel } from '../src/gemm/cpu.ts'
import { type CompileOptions, compileGemm, type GemmKernel } from '../src/gemm/kernel.ts'
import { matmul } from '../src/gemm/matmul.ts'
import { chooseSlices, cut, type Extent, type Slice } from '../src/gemm/slices.ts'
import { fillRandom } from '../src/gemm/verify.ts'
import { timeKernel } from '../src/measure/repeat.ts'
import { decisionsOf, type PlanDecisions } from '../src/microkernel/decisions.ts'
import type { GemmProblem } from '../src/microkernel/problem.ts'
import { errorBound, referenceGemm } from '../src/microkernel/reference.ts'
import { mappedMemory } from '../src/runtime/index.ts'
import { setThreads } from '../src/runtime/thread-count.ts'
import { collectUntil, NATIVE, runChild } from './native-support.ts'
import { skip } from './skips.ts'

// As many threads as are asked for, on any machine.
process.env.TILEWRIGHT_CPUS ??= '4'

const parallel = suite('products on threads')

function native(name: string, body: () => void | Promise<void>): void {
  if (NATIVE) parallel(name, body)
  else skip('native code needs linux-x64')
}

/** A model for which threads are worth their dispatch however small the product. */
const EAGER = (): CompileOptions => ({ cpu: { ...cpuModel(), dispatchCycles: 0 } })

interface Operands {
  readonly a: Float32Array
  readonly b: Float32Array
  readonly c: Float32Array
}

function operands(m: number, n: number, k: number, seed = 1): Operands {
  const a = new Float32Array(m * k)
  const b = new Float32Array(k * n)
  fillRandom(a, seed)
  fillRandom(b, seed + 1)
  return { a, b, c: new Float32Array(m * n).fill(Number.NaN) }
}

/** Whether C is A·B, in rows spread over all of it. */
function check(m: number, n: number, k: number, { a, b, c }: Operands): void {
  const rows = Math.max(1, Math.min(m, Math.floor(2 ** 22 / (n * k + 1))))
  for (let index = 0; index < rows; index++) {
    const row = Math.floor((index * m) / rows)
    const expected = referenceGemm({
      ...{ m: 1, n, k, alpha: 1, beta: 0 },
      a: { data: a, offset: row * k, rowStride: k, columnStride: 1 },
      b: { data: b, rowStride: n, columnStride: 1 },
    })
    for (let j = 0; j < n; j++) {
      const error = Math.abs(c[row * n + j]! - expected.value[j]!)
      assert.ok(error <= errorBound('f32', k, expected.magnitude[j]!), `c[${row}, ${j}] is off by ${error}`)
    }
  }
}

parallel('runs cover a size without gaps, at multiples of a unit, as even as these allow', () => {
  assert.equal(cut(1024, 2, 64), [
    { start: 0, count: 512 },
    { start: 512, count: 512 },
  ])
  assert.equal(cut(1000, 3, 64), [
    { start: 0, count: 384 },
    { start: 384, count: 320 },
    { start: 704, count: 296 },
  ])
  assert.equal(cut(0, 4, 16), [{ start: 0, count: 0 }])
  const any = fc.integer({ min: 0, max: 5000 })
  const some = fc.integer({ min: 1, max: 70 })
  fc.assert(
    fc.property(any, some, some, (size, parts, unit) => {
      const runs = cut(size, parts, unit)
      assert.ok(runs.length >= 1 && runs.length <= parts)
      let at = 0
      for (const { start, count } of runs) {
        assert.is(start, at)
        assert.ok(start % unit === 0 && (count > 0 || size === 0) && count <= runs[0]!.count)
        at += count
      }
      assert.is(at, size)
      assert.ok(runs.length === 1 || runs[0]!.count - runs.at(-1)!.count < 2 * unit)
    }),
  )
})

const question = (extent: Extent, threads: number, dispatchCycles = 0) => ({
  extent,
  threads,
  dispatchCycles,
  cuttable: { m: true, n: true, batch: true },
  tile: { m: 6, n: 64 },
  vector: 16,
  cycles: ({ m, n, batch }: Extent) => m * Math.ceil(n / 16) * batch,
})

parallel('slices cover everything exactly once, and no more of them than threads', () => {
  const size = fc.integer({ min: 0, max: 60 })
  fc.assert(
    fc.property(
      size,
      size,
      fc.integer({ min: 0, max: 5 }),
      fc.integer({ min: 1, max: 9 }),
      (m, n, batch, threads) => {
        const slices = chooseSlices(question({ m, n, batch }, threads))
        assert.ok(slices.length <= threads)
        const times = new Uint8Array(m * n * batch)
        for (const slice of slices) {
          for (let p = 0; p < slice.batch.count; p++) {
            for (let i = 0; i < slice.m.count; i++) {
              for (let j = 0; j < slice.n.count; j++) {
                times[((slice.batch.start + p) * m + slice.m.start + i) * n + slice.n.start + j]! += 1
              }
            }
          }
        }
        assert.ok(times.every((count) => count === 1))
      },
    ),
  )
})

parallel('what is cut: columns if they balance, else rows; the batch first; nothing if small', () => {
  const counts = (slices: readonly Slice[]): readonly string[] =>
    slices.map(({ m, n, batch }) => `${m.count}×${n.count}×${batch.count}`)
  assert.equal(counts(chooseSlices(question({ m: 1024, n: 1024, batch: 1 }, 2))), [
    '1024×512×1',
    '1024×512×1',
  ])
  assert.equal(counts(chooseSlices(question({ m: 100, n: 40, batch: 1 }, 2))), ['50×40×1', '50×40×1'])
  assert.equal(counts(chooseSlices(question({ m: 8, n: 8, batch: 10 }, 2))), ['8×8×5', '8×8×5'])
  assert.equal(counts(chooseSlices(question({ m: 1, n: 16, batch: 1 }, 2))), ['1×16×1'])
  assert.equal(counts(chooseSlices(question({ m: 60, n: 64, batch: 1 }, 2, 1000))), ['60×64×1'])
  assert.is(chooseSlices(question({ m: 1200, n: 1280, batch: 1 }, 6)).length, 6)
  const rowsOnly = {
    ...question({ m: 1024, n: 1024, batch: 1 }, 2),
    cuttable: { m: true, n: false, batch: false },
  }
  assert.equal(counts(chooseSlices(rowsOnly)), ['512×1024×1', '512×1024×1'])
})

native('equal slices share one kernel; plan, code and listing are there', () => {
  const kernel = compileGemm({ m: 96, n: 256, k: 64 }, { ...EAGER(), threads: 4 })
  assert.is(kernel.threads, 4)
  assert.is(kernel.parts.length, 4)
  assert.is(new Set(kernel.parts.map(({ generated }) => generated)).size, 1)
  assert.is(kernel.plan.problem.n, 256)
  assert.ok(kernel.code.bytes.length > 0)
  assert.match(kernel.listing, /^; rows 0–\d+, columns 0–\d+; rows .*\n/)
  const uneven = compileGemm({ m: 7, n: 48, k: 64 }, { ...EAGER(), threads: 2 })
  assert.is(uneven.threads, 2)
  kernel.dispose()
  uneven.dispose()
})

native('large and odd products on one to four threads', () => {
  for (const [m, n, k] of [
    [512, 512, 512],
    [333, 77, 501],
    [1, 2000, 300],
    [2000, 3, 300],
    [640, 1000, 256],
  ] as const) {
    for (const threads of [1, 2, 3, 4]) {
      const kernel = compileGemm({ m, n, k }, { ...EAGER(), threads })
      const given = operands(m, n, k, threads)
      kernel(given.a, given.b, given.c)
      check(m, n, k, given)
      kernel.dispose()
    }
  }
})

native('one kernel for all sizes shares out what each call gives', () => {
  const kernel = compileGemm({ m: 'runtime', n: 'runtime', k: 'runtime' }, { ...EAGER(), threads: 3 })
  assert.is(kernel.threads, 3)
  for (const [m, n, k] of [
    [300, 200, 100],
    [1, 1, 1],
    [5, 700, 33],
    [700, 5, 33],
    [300, 200, 100],
    [513, 511, 256],
  ] as const) {
    const given = operands(m, n, k)
    kernel(given.a, given.b, given.c, { m, n, k })
    check(m, n, k, given)
  }
  kernel.dispose()
})

native('threads: at most the CPUs, fewer where they do not pay, the preset unless said', () => {
  const threads = (problem: GemmProblem, options?: CompileOptions): number => {
    const kernel = compileGemm(problem, options)
    kernel.dispose()
    return kernel.threads
  }
  const large = { m: 512, n: 512, k: 512 }
  assert.is(threads(large), 1)
  assert.is(threads(large, { threads: 2 }), 2)
  assert.is(threads(large, { threads: 'all' }), 4)
  assert.is(threads(large, { threads: 99 }), 4)
  assert.is(threads({ m: 8, n: 8, k: 8 }, { threads: 4 }), 1)
  setThreads(2)
  assert.is(threads(large), 2)
  assert.is(threads(large, { threads: 1 }), 1)
  const { a, b } = operands(256, 256, 256)
  const two = matmul(a, b, { m: 256, n: 256, k: 256 })
  setThreads(1)
  assert.equal(matmul(a, b, { m: 256, n: 256, k: 256 }), two)
  assert.throws(
    () => compileGemm(large, { threads: 0 }),
    /threads: expected a whole number of at least 1, got 0/,
  )
  assert.throws(() => compileGemm(large, { threads: '2' as 'all' }), /threads: .* or 'all', got '2'/)
})

native('a plan given shapes the parts', () => {
  const { plan } = compileGemm({ m: 256, n: 256, k: 300 }, { tile: { m: 4, n: 16 }, unroll: 2 })
  const kernel = compileGemm({ m: 256, n: 256, k: 300 }, { plan, threads: 2 })
  for (const { generated } of kernel.parts) {
    assert.equal(generated.plan.tile, { m: 4, n: 16 })
    assert.is(generated.plan.unroll, 2)
  }
  const given = operands(256, 256, 300)
  kernel(given.a, given.b, given.c)
  check(256, 256, 300, given)
})

native('decisions given shape the parts', () => {
  for (const [m, decisions] of [
    [64, { stageA: true, prefetchB: true, block: { k: 64 }, packB: 'ahead' }],
    [64, { stageA: false, prefetchB: false, packB: 'ahead' }],
    [256, { packA: true }],
    [256, { packA: false }],
  ] as const) {
    const transA = 'packA' in decisions
    const kernel = compileGemm({ m, n: 512, k: 256, transA }, { ...EAGER(), ...decisions, threads: 2 })
    assert.ok(kernel.threads > 1)
    for (const { generated } of kernel.parts) {
      for (const [name, value] of Object.entries(decisionsOf(generated.plan) as PlanDecisions)) {
        if (name in decisions && name !== 'block')
          assert.equal(value, decisions[name as keyof typeof decisions], name)
      }
    }
    const given = operands(m, 512, 256)
    kernel(given.a, given.b, given.c)
    if (!transA) check(m, 512, 256, given)
    kernel.dispose()
  }
})

native('B packed beforehand: parts read their own panels of it', () => {
  for (const [m, n, k] of [
    [3, 512, 100],
    [40, 500, 64],
    [200, 36, 50],
    [64, 208, 33],
  ] as const) {
    const given = operands(m, n, k)
    const packed = compileGemm({ m, n, k }, { packedB: true }).packB(given.b)
    for (const threads of [2, 3]) {
      const kernel = compileGemm({ m, n, k }, { ...EAGER(), packedB: packed.layout, threads })
      assert.ok(kernel.threads > 1)
      given.c.fill(Number.NaN)
      kernel(given.a, packed, given.c)
      check(m, n, k, given)
      kernel.dispose()
    }
  }
})

native('bad operands are refused before anything is written', () => {
  const kernel = compileGemm({ m: 64, n: 64, k: 64 }, { ...EAGER(), threads: 2 })
  const { a, b, c } = operands(64, 64, 64)
  assert.throws(() => kernel(a.subarray(1), b, c), /a: expected at least 4096 elements/)
  assert.throws(() => kernel(a, b, b), /c: expected memory apart from b's/)
  assert.ok(c.every(Number.isNaN))
  kernel.dispose()
  assert.throws(() => kernel(a, b, c), /this kernel has been disposed/)
  kernel.dispose()
})

native('kernel time can be taken of several threads', () => {
  const kernel = compileGemm({ m: 128, n: 128, k: 128 }, { ...EAGER(), threads: 2 })
  const given = operands(128, 128, 128)
  kernel(given.a, given.b, given.c)
  given.c.fill(Number.NaN)
  assert.ok(timeKernel(kernel.native, 3, given) > 0)
  check(128, 128, 128, given)
  kernel.dispose()
})

native('compiling and disposing again and again leaves nothing mapped', () => {
  const before = mappedMemory('code')
  for (let round = 0; round < 50; round++)
    compileGemm({ m: 40, n: 64, k: 8 + round }, { ...EAGER(), threads: 3 }).dispose()
  assert.equal(mappedMemory('code'), before)
})

native('kernels on threads in several Workers at once', async () => {
  const here = (path: string): string => new URL(path, import.meta.url).href
  const script = `(async () => {
    const { parentPort } = await import('node:worker_threads')
    const { register } = await import('${import.meta.resolve('tsx/esm/api')}')
    register()
    const { compileGemm } = await import('${here('../src/gemm/kernel.ts')}')
    const kernel = compileGemm({ m: 96, n: 96, k: 96 }, { threads: 2 })
    const a = new Float32Array(96 * 96).fill(1), c = new Float32Array(96 * 96)
    let wrong = 0
    for (let round = 1; round <= 500; round++) {
      const b = new Float32Array(96 * 96).fill(round)
      kernel(a, b, c)
      if (!c.every((value) => value === 96 * round)) wrong += 1
    }
    parentPort.postMessage([kernel.threads, wrong])
  })()`
  const answers = [1, 2, 3].map(
    () =>
      new Promise((resolve, reject) => {
        new Worker(script, { eval: true }).once('message', resolve).once('error', reject)
      }),
  )
  assert.equal(await Promise.all(answers), Array(3).fill([2, 0]))
})

native('threads work with the host ffi-rs; asynchronous calls are refused there', () => {
  const script = `
    import { compileGemm } from '../src/gemm/kernel.ts'
    const kernel = compileGemm({ m: 128, n: 128, k: 128 }, { threads: 2 })
    const ones = new Float32Array(128 * 128).fill(1)
    const c = new Float32Array(128 * 128)
    kernel(ones, ones, c)
    console.log(kernel.native.hostName, kernel.threads, c.every((value) => value === 128))
    kernel.async(ones, ones, c).catch((error) => console.log(error.message))`
  assert.is(
    runChild(script, { TILEWRIGHT_HOST: 'ffi-rs' }).stdout,
    'ffi-rs 2 true\nasynchronous calls need koffi; this kernel was loaded with the host ffi-rs\n',
  )
})

/** What a promise rejects with. */
const rejection = (promise: Promise<unknown>): Promise<Error> =>
  promise.then(
    () => assert.unreachable('it was fulfilled') as never,
    (error: Error) => error,
  )

native('asynchronous calls, many at once, on one thread and two, fixed sizes and open ones', async () => {
  const sizes = [
    [64, 64, 64],
    [200, 100, 150],
    [33, 257, 90],
  ] as const
  const open = compileGemm({ m: 'runtime', n: 'runtime', k: 'runtime' }, { ...EAGER(), threads: 2 })
  for (const threads of [1, 2]) {
    const calls: Promise<void>[] = []
    const given: (readonly [number, number, number, Operands])[] = []
    for (const [m, n, k] of sizes) {
      const kernel = compileGemm({ m, n, k }, { ...EAGER(), threads })
      for (let round = 0; round < 10; round++) {
        const fixed = operands(m, n, k, round)
        const other = operands(m, n, k, 100 + round)
        calls.push(
          kernel.async(fixed.a, fixed.b, fixed.c),
          open.async(other.a, other.b, other.c, { m, n, k }),
        )
        given.push([m, n, k, fixed], [m, n, k, other])
      }
      // Synchronous calls go on meanwhile.
      const now = operands(m, n, k)
      kernel(now.a, now.b, now.c)
      check(m, n, k, now)
    }
    await Promise.all(calls)
    for (const [m, n, k, each] of given) check(m, n, k, each)
  }
  open.dispose()
})

native('asynchronous batches by pointers', async () => {
  const kernel = compileGemm(
    { m: 20, n: 30, k: 40, batch: { count: 5, kind: 'pointers' } },
    { ...EAGER(), threads: 2 },
  )
  assert.is(kernel.threads, 2)
  const problems = Array.from({ length: 5 }, (_, index) => operands(20, 30, 40, index))
  const a = problems.map((each) => each.a)
  const b = problems.map((each) => each.b)
  const c = problems.map((each) => each.c)
  const done = kernel.async(a, b, c)
  const clash = await rejection(kernel.async(a, b, [...c.slice(1), new Float32Array(600)]))
  assert.match(clash.message, /an asynchronous call that has not finished writes it/)
  a.length = 0
  c.length = 0
  await done
  for (const each of problems) check(20, 30, 40, each)
})

native('asynchronous calls do not block the event loop', async () => {
  const kernel = compileGemm({ m: 512, n: 512, k: 512 })
  const { a, b, c } = operands(512, 512, 512)
  const others = Array.from({ length: 12 }, () => kernel.async(a, b, new Float32Array(512 * 512)))
  let done = false
  const all = Promise.all(others).then(() => {
    done = true
  })
  let turns = 0
  for (; !done; turns++) await new Promise((resolve) => setImmediate(resolve))
  // Computed at once, they would all be done in the first.
  assert.ok(turns >= 3, `only ${turns} turns of the event loop`)
  await all
  await kernel.async(a, b, c)
  check(512, 512, 512, { a, b, c })
})

native('bad operands of asynchronous calls reject, and the kernel goes on', async () => {
  const kernel = compileGemm({ m: 64, n: 64, k: 64 })
  const { a, b, c } = operands(64, 64, 64)
  assert.match(
    (await rejection(kernel.async(a.subarray(1), b, c))).message,
    /a: expected at least 4096 elements/,
  )
  assert.match((await rejection(kernel.async(a, b, a))).message, /c: expected memory apart from a's/)
  assert.instance(await rejection((kernel.async as (...all: unknown[]) => Promise<void>)()), TypeError)
  await kernel.async(a, b, c)
  check(64, 64, 64, { a, b, c })
  kernel.dispose()
  assert.match((await rejection(kernel.async(a, b, c))).message, /this kernel has been disposed/)
})

native('memory of unfinished calls is refused, and free again afterwards', async () => {
  const kernel = compileGemm({ m: 256, n: 256, k: 256 })
  const small = compileGemm({ m: 8, n: 8, k: 8 })
  const { a, b, c } = operands(256, 256, 256)
  const spare = new Float32Array(256 * 256)
  const done = kernel.async(a, b, c)
  for (const [x, y, z, reason] of [
    [a, b, c, 'writes'],
    [c, b, spare, 'writes'],
    [spare, c, a, 'writes|reads'],
    [spare, spare, b, 'reads'],
  ] as const) {
    const expected = new RegExp(
      `an asynchronous call that has not finished (${reason}) it: await that call first`,
    )
    assert.throws(() => kernel(x, y, z as Float32Array), expected)
    assert.match((await rejection(kernel.async(x, y, z as Float32Array))).message, expected)
  }
  assert.throws(() => small(spare, spare, c.subarray(100)), /has not finished writes it/)
  // Reading what it reads is fine.
  kernel(a, b, spare)
  await done
  assert.equal(c, spare)
  kernel(a, b, c)
  await kernel.async(a, b, c)
})

native('a kernel is not disposed under its own calls', async () => {
  const kernel = compileGemm({ m: 128, n: 128, k: 128 })
  const { a, b, c } = operands(128, 128, 128)
  const calls = [kernel.async(a, b, c), kernel.async(a, b, new Float32Array(128 * 128))]
  assert.throws(() => kernel.dispose(), /cannot be disposed while 2 of its asynchronous calls run/)
  await Promise.all(calls)
  kernel.dispose()
})

native('arrays and kernel stay alive while an asynchronous call runs, and not longer', async () => {
  const references: WeakRef<object>[] = []
  let results: Float32Array[] = []
  const start = (): Promise<unknown> => {
    const kernel = compileGemm({ m: 300, n: 300, k: 300 }) as GemmKernel & object
    references.push(new WeakRef(kernel))
    return Promise.all(
      Array.from({ length: 12 }, () => {
        const a = new Float32Array(300 * 300).fill(1)
        const b = new Float32Array(300 * 300).fill(2)
        const c = new Float32Array(300 * 300)
        references.push(new WeakRef(a), new WeakRef(b))
        results.push(c)
        return kernel.async(a, b, c)
      }),
    )
  }
  const all = start()
  await collectUntil(() => false)
  await all
  assert.ok(results.every((c) => c.every((value) => value === 600)))
  results = []
  await sleep(1)
  assert.ok(await collectUntil(() => references.every((each) => each.deref() === undefined)))
})

parallel.run()
