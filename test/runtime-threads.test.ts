/** Native threads: dispatch without loss, sleep when idle, clean ends in every state, Workers at once. */
import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { Assembler } from '../src/encoder/assembler.ts'
import { qword } from '../src/encoder/operands.ts'
import { rax, rcx, rdi } from '../src/encoder/registers.ts'
import { ArgumentBlock, loadKernel } from '../src/runtime/index.ts'
import { runLater } from '../src/runtime/later.ts'
import { THREAD_NAME } from '../src/runtime/thread-code.ts'
import { availableCpus, defaultThreads, resolveThreads, setThreads } from '../src/runtime/thread-count.ts'
import { endThreads, poolThreads, threadPool } from '../src/runtime/threads.ts'
import { NATIVE, runChild } from './native-support.ts'
import { skip } from './skips.ts'
import { countingCall, moduleText, workerText } from './thread-work.ts'

const threads = suite('native threads')

function test(name: string, body: () => void | Promise<void>): void {
  if (NATIVE) threads(name, body)
  else skip('native code needs linux-x64')
}

interface Task {
  /** R, S, … of proc(5). */
  readonly state: string
  /** CPU time in ticks, mostly 10 ms. */
  readonly ticks: number
}

/** The pool threads of this process, as the system sees them. */
function tasks(): readonly Task[] {
  return readdirSync('/proc/self/task').flatMap((id) => {
    try {
      const stat = readFileSync(`/proc/self/task/${id}/stat`, 'utf8')
      if (!stat.includes(`(${THREAD_NAME})`)) return []
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      return [{ state: fields[0]!, ticks: Number(fields[11]) + Number(fields[12]) }]
    } catch {
      return [] // It ended meanwhile.
    }
  })
}

/** Waits until the system shows so many threads, and says how many there are then. */
async function tasksOnce(count: number): Promise<number> {
  for (let round = 0; round < 200 && tasks().length !== count; round++) await sleep(5)
  return tasks().length
}

test('every part of every call runs exactly once, for any number of parts', () => {
  for (const parts of [1, 2, 3, 4, 7]) {
    const call = countingCall(parts)
    for (let round = 0; round < 10_000; round++) call.run()
    assert.equal(call.counts(), Array(parts).fill(10_000n))
    call.dispatch.dispose()
  }
  assert.is(poolThreads(), 6)
})

test('calls that follow each other at any distance lose nothing', async () => {
  const call = countingCall(3, 2000)
  let rounds = 0n
  // From back to back, over the time when threads fall asleep, to long asleep.
  for (const microseconds of [0, 20, 80, 95, 100, 105, 120, 200, 400]) {
    for (let round = 0; round < 200; round++) {
      const until = process.hrtime.bigint() + BigInt(1000 * microseconds)
      while (process.hrtime.bigint() < until);
      call.run()
      rounds += 1n
    }
  }
  for (let round = 0; round < 20; round++) {
    await sleep(2)
    call.run()
    rounds += 1n
  }
  assert.equal(call.counts(), Array(3).fill(rounds))
})

test('the parts of a call run at the same time', () => {
  // Each part counts itself in and waits for the other: one after the other, the first would wait in vain.
  const a = new Assembler()
  const wait = a.label('wait')
  const end = a.label('end')
  a.mov(rax, qword(rdi)).bytes([0xf0]).inc(qword(rax))
  a.mov(rcx, 100_000_000)
  a.bind(wait).cmp(qword(rax), 2).jae(end)
  a.pause().dec(rcx).jne(wait)
  a.bind(end).mov(qword(rdi, 8), rcx)
  const rendezvous = loadKernel(a.ret().finish())
  const arrived = new ArgumentBlock(8)
  const call = countingCall(2)
  for (const [index, block] of call.blocks.entries()) {
    block.u64[0] = arrived.bits
    call.record.setPart(index, rendezvous.address, block.bits)
  }
  for (let round = 0; round < 20; round++) {
    arrived.u64[0] = 0n
    call.run()
    assert.ok(call.blocks.every((block) => block.u64[1]! > 0n))
  }
})

test('idle threads sleep: they use no CPU time', async () => {
  const call = countingCall(3)
  call.run()
  await sleep(50)
  const before = tasks()
  assert.is(before.length, poolThreads())
  assert.ok(before.every(({ state }) => state === 'S'))
  await sleep(300)
  const ticks = (list: readonly Task[]): number => list.reduce((sum, task) => sum + task.ticks, 0)
  assert.is(ticks(tasks()), ticks(before))
})

test('threads can be ended, and come back when needed', async () => {
  const call = countingCall(4)
  call.run()
  assert.ok(poolThreads() >= 3)
  endThreads()
  assert.is(poolThreads(), 0)
  assert.is(await tasksOnce(0), 0)
  endThreads()
  // Without threads the caller does everything itself.
  call.dispatch.run()
  assert.is(poolThreads(), 0)
  for (let round = 0; round < 100; round++) {
    call.run()
    if (round % 10 === 0) endThreads()
  }
  assert.equal(call.counts(), Array(4).fill(102n))
  assert.is(poolThreads(), 3)
})

test('a call that finds the threads taken runs its parts itself', async () => {
  const long = countingCall(2, 30_000_000)
  const short = countingCall(2)
  long.record.summonThreads()
  const done = runLater(long.dispatch, () => long.record.argument)
  let rounds = 0n
  for (const start = performance.now(); performance.now() - start < 10; rounds++) short.run()
  assert.equal(short.counts(), [rounds, rounds])
  // Ending the threads waits for the call that has them.
  endThreads()
  await done
  assert.equal(long.counts(), [1n, 1n])
})

test('more threads than a pool has mailboxes are refused', () => {
  assert.throws(() => threadPool().grow(5000), /threads: expected at most 1024, got 5000/)
})

test('when the system refuses a thread, the error says why', () => {
  const script = `
    import { spawnSync } from 'node:child_process'
    import { readFileSync } from 'node:fs'
    import { threadPool } from '../src/runtime/threads.ts'
    const pool = threadPool()
    // Room for what Node needs, not for another stack of 8 MiB.
    const used = 1024 * Number(/VmSize:\\s*(\\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1])
    const { status } = spawnSync('prlimit', ['--pid', String(process.pid), '--as=' + (used + 6_000_000)])
    if (status !== 0) console.log('skipped')
    else try { pool.grow(1) } catch (error) { console.log(error.name, error.message) }
    process.exit()`
  const { stdout } = runChild(script)
  if (stdout === 'skipped\n') skip('prlimit is not installed')
  else assert.match(stdout, /^ThreadError pthread_create failed with 0 native threads running: EAGAIN /)
})

test('how many threads: a number up to the CPUs, or all', () => {
  const cpus = availableCpus()
  assert.is(defaultThreads(), 1)
  assert.is(resolveThreads('all'), cpus)
  assert.is(resolveThreads(1), 1)
  assert.is(resolveThreads(100_000), cpus)
  setThreads('all')
  assert.is(defaultThreads(), cpus)
  setThreads(1)
  assert.is(defaultThreads(), 1)
  for (const wrong of [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY]) {
    assert.throws(() => setThreads(wrong), /threads: expected a whole number of at least 1, got/)
  }
  assert.throws(
    () => setThreads('many' as 'all'),
    /expected a whole number of at least 1 or 'all', got 'many'/,
  )
  assert.throws(() => setThreads(undefined as unknown as 1), /threads: expected a number, got undefined/)
  assert.is(defaultThreads(), 1)
})

test('TILEWRIGHT_CPUS says how many CPUs there are', () => {
  const script = `
    import { availableCpus } from '../src/runtime/thread-count.ts'
    for (const cpus of ['7', '0', 'two', '']) {
      process.env.TILEWRIGHT_CPUS = cpus
      try { console.log(availableCpus()) } catch (error) { console.log(error.message) }
    }`
  const lines = runChild(script).stdout.split('\n')
  assert.is(lines[0], '7')
  assert.is(lines[1], "TILEWRIGHT_CPUS: expected a whole number from 1 to 1024, got '0'")
  assert.is(lines[2], "TILEWRIGHT_CPUS: expected a whole number from 1 to 1024, got 'two'")
  assert.match(lines[3]!, /^\d+$/)
})

/** A Worker that runs the body with a counting call. */
const worker = (body: string, parts = 3, turns = 0): Worker =>
  new Worker(workerText(parts, turns, body), { eval: true })
const message = (from: Worker): Promise<unknown> =>
  new Promise((resolve, reject) => from.once('message', resolve).once('error', reject))
const exit = (from: Worker): Promise<unknown> => new Promise((resolve) => from.once('exit', resolve))

test('Workers use threads at once, each its own, and take them along when they end', async () => {
  endThreads()
  const own = countingCall(2)
  const workers = [1, 2, 3].map(() =>
    worker('for (let i = 0; i < 5000; i++) call.run(); parentPort.postMessage(call.counts())'),
  )
  const answers = Promise.all(workers.map(message))
  const ends = Promise.all(workers.map(exit))
  for (let round = 0; round < 5000; round++) own.run()
  assert.equal(await answers, Array(3).fill(Array(3).fill(5000n)))
  await ends
  assert.is(await tasksOnce(1), 1)
  own.run()
  assert.equal(own.counts(), [5001n, 5001n])
})

test('terminated Workers leave no threads, asleep or awake', async () => {
  endThreads()
  for (const next of ['setInterval(() => {}, 1000)', 'for (;;) call.run()']) {
    const one = worker(`call.run(); parentPort.postMessage(0); ${next}`)
    const ended = exit(one)
    await message(one)
    assert.is(await tasksOnce(2), 2)
    await one.terminate()
    await ended
    assert.is(await tasksOnce(0), 0)
  }
})

test('a Worker may end, or be terminated, while later calls run and wait', async () => {
  for (const byItself of [true, false]) {
    const one = worker(
      `call.record.summonThreads()
      for (let i = 0; i < 10; i++) runLater(call.dispatch, () => call.record.argument)
      setTimeout(() => { parentPort.postMessage(0); ${byItself ? 'process.exit()' : ''} }, 10)`,
      2,
      20_000_000,
    )
    const ended = exit(one)
    await message(one)
    if (!byItself) await one.terminate()
    await ended
    assert.is(await tasksOnce(0), 0)
  }
})

const ENDINGS: Readonly<Record<string, string>> = {
  asleep: 'call.run(); setTimeout(() => process.exit(7), 20)',
  awake: 'call.run(); process.exit(7)',
  'asleep, at the natural end': 'call.run(); setTimeout(() => { process.exitCode = 7 }, 20)',
  'awake, at the natural end': 'call.run(); process.exitCode = 7',
  'in a later call':
    'runLater(call.dispatch, () => call.record.argument); setTimeout(() => process.exit(7), 2)',
  'in a Worker that calls and calls': `
    const { Worker } = await import('node:worker_threads')
    const looping = "call.run(); parentPort.postMessage(0); for (;;) call.run()"
    const other = new Worker(workerText(3, 200_000, looping), { eval: true })
    other.once('message', () => process.exit(7))`,
}

for (const [state, body] of Object.entries(ENDINGS)) {
  test(`a process exits cleanly and at once with threads ${state}`, () => {
    const script = moduleText(
      3,
      200_000,
      `process.on('exit', () => console.log(String(process.hrtime.bigint()))); ${body}`,
    )
    const { stdout, stderr, status, signal } = runChild(script)
    const ended = process.hrtime.bigint()
    assert.is(signal, null, stderr)
    assert.is(status, 7, stderr)
    assert.ok(ended - BigInt(stdout.trim()) < 1_000_000_000n, 'the exit took more than a second')
  })
}

test('ffi-rs runs parts on threads too; later calls need koffi', () => {
  const body = `
    for (let i = 0; i < 100; i++) call.run()
    console.log(call.dispatch.hostName, call.counts().join())
    runLater(call.dispatch, () => call.record.argument).catch((error) => console.log(error.name, error.message))`
  assert.is(
    runChild(moduleText(3, 0, body), { TILEWRIGHT_HOST: 'ffi-rs' }).stdout,
    'ffi-rs 100,100,100\nHostError asynchronous calls need koffi; this kernel was loaded with the host ffi-rs\n',
  )
})

test('later calls begin in order, a few at a time, and what start() throws rejects', async () => {
  const call = countingCall(1, 1000)
  const begun: number[] = []
  const calls = Array.from({ length: 600 }, (_, index) =>
    runLater(call.dispatch, () => {
      begun.push(index)
      return call.record.argument
    }),
  )
  assert.ok(begun.length <= 3)
  const wrong = runLater(call.dispatch, () => {
    throw new Error('not today')
  })
  const reason = await wrong.catch((error: Error) => error.message)
  assert.is(reason, 'not today')
  await Promise.all(calls)
  assert.equal(begun, [...Array(600).keys()])
})

threads.run()
