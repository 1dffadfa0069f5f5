/** Loading and running code: hosts, relocations, missing features, disposal, threads. */
import { Worker } from 'node:worker_threads'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { MachineCode } from '../src/encoder/machine-code.ts'
import {
  ArgumentBlock,
  cpuFeatures,
  defaultHostName,
  HostError,
  type HostName,
  host,
  loadKernel,
  mappedMemory,
  missingFeatures,
} from '../src/runtime/index.ts'
import { relocate } from '../src/runtime/relocate.ts'
import { requestTiles } from '../src/runtime/tile-permission.ts'
import { NATIVE, permissionsAt, rawCode, runChild, storeCode } from './native-support.ts'
import { skip } from './skips.ts'

const kernels = suite('runtime kernel')
const HOSTS: readonly HostName[] = ['koffi', 'ffi-rs']

function test(name: string, body: () => void | Promise<void>): void {
  if (NATIVE) kernels(name, body)
  else skip('native code needs linux-x64')
}

/** `mov rax, [rdi]; add rax, [rdi + 8]; mov [rdi + 16], rax; ret` */
const ADD = rawCode([0x48, 0x8b, 0x07, 0x48, 0x03, 0x47, 0x08, 0x48, 0x89, 0x47, 0x10, 0xc3])

test('both hosts run the same code with the same result', () => {
  for (const name of HOSTS) {
    const kernel = loadKernel(ADD, { host: name })
    for (const [x, y] of [
      [1n, 2n],
      [2n ** 63n, 2n ** 62n],
      [2n ** 64n - 1n, 1n],
    ] as const) {
      kernel.block.u64[0] = x
      kernel.block.u64[1] = y
      kernel.run()
      assert.is(kernel.block.u64[2], BigInt.asUintN(64, x + y), name)
    }
    kernel.dispose()
  }
})

test('both hosts agree on addresses, symbols and memory', () => {
  const [koffi, ffi] = HOSTS.map((name) => host(name))
  const view = new Float64Array(100).subarray(7)
  assert.is(koffi!.addressOf(view), ffi!.addressOf(view))
  assert.is(koffi!.symbol('memcpy'), ffi!.symbol('memcpy'))
  for (const each of [koffi!, ffi!]) {
    assert.throws(() => each.symbol('no_such_symbol'), /libc has no symbol 'no_such_symbol'/)
    const bytes = new Uint8Array(64)
    each.copyIn(each.addressOf(bytes), Uint8Array.of(1, 2, 3))
    assert.equal([...bytes.subarray(0, 4)], [1, 2, 3, 0])
    assert.ok(each.libc('munmap', 1, 4096).errno > 0)
  }
})

test('the host can be chosen by the environment', () => {
  const script = `
    import { defaultHostName, host } from '../src/runtime/index.ts'
    console.log(defaultHostName(), host().name)`
  assert.is(runChild(script, { TILEWRIGHT_HOST: 'ffi-rs' }).stdout, 'ffi-rs ffi-rs\n')
  assert.is(runChild(script, { TILEWRIGHT_HOST: '' }).stdout, 'koffi koffi\n')
  assert.match(
    runChild(script, { TILEWRIGHT_HOST: 'libffi' }).stderr,
    /TILEWRIGHT_HOST: 'libffi' is no host; allowed are koffi, ffi-rs/,
  )
  assert.throws(() => host('other' as HostName), /host: 'other' is no host/)
  assert.is(defaultHostName(), process.env.TILEWRIGHT_HOST || 'koffi')
})

test('importing the runtime loads no foreign-function library', () => {
  const script = `
    import '../src/runtime/index.ts'
    import { createRequire } from 'node:module'
    const loaded = Object.keys(createRequire(import.meta.url).cache).filter((file) => /koffi|ffi-rs/.test(file))
    console.log(loaded.length)`
  assert.is(runChild(script).stdout, '0\n')
})

test('another architecture is refused on use, not on import', () => {
  const script = `
    Object.defineProperty(process, 'arch', { value: 'arm64' })
    const { loadKernel } = await import('../src/runtime/index.ts')
    const { storeCode } = await import('./native-support.ts')
    try { loadKernel(storeCode(1)) } catch (error) { console.log(error.name, error.message) }`
  assert.match(runChild(script).stdout, /^HostError native code runs on linux-x64, this is linux-arm64;/)
})

test('koffi finds its binary where it is not beside it', () => {
  const script = `
    import Module from 'node:module'
    const resolve = Module._resolveFilename
    Module._resolveFilename = (request, ...rest) => {
      if (request.endsWith('koffi.node') && request.startsWith('@')) throw new Error('Cannot find module ' + request)
      return resolve(request, ...rest)
    }
    const { loadKernel } = await import('../src/runtime/index.ts')
    const { storeCode } = await import('./native-support.ts')
    const kernel = loadKernel(storeCode(7), { host: 'koffi' })
    kernel.run()
    console.log(kernel.block.i32[0])`
  assert.is(runChild(script).stdout, '7\n')
})

test('a missing koffi is an error that says what to install', () => {
  const script = `
    import Module from 'node:module'
    const resolve = Module._resolveFilename
    Module._resolveFilename = (request, ...rest) => {
      if (/koffi/.test(request)) throw new Error('Cannot find module koffi')
      return resolve(request, ...rest)
    }
    const { host, loadKernel } = await import('../src/runtime/index.ts')
    try { host('koffi') } catch (error) { console.log(error.name, error.message) }
    const { storeCode } = await import('./native-support.ts')
    const kernel = loadKernel(storeCode(7), { host: 'ffi-rs' })
    kernel.run()
    console.log(kernel.block.i32[0])`
  assert.match(runChild(script).stdout, /^HostError koffi cannot be loaded: install it .*\n7\n$/)
  assert.ok(new HostError('x') instanceof Error)
})

test('code for another CPU is refused with what is missing', () => {
  const alien = rawCode([0xc3], { features: ['ALIEN1', 'CMOV', 'ZORK'] })
  assert.equal(missingFeatures(alien), ['ALIEN1', 'ZORK'])
  const before = mappedMemory()
  try {
    loadKernel(alien)
    assert.unreachable()
  } catch (error) {
    assert.instance(error, RangeError)
    assert.ok((error as Error).message.includes(cpuFeatures().brand))
    assert.match((error as Error).message, /needs ALIEN1, ZORK; emulate\(\) runs it on any$/)
  }
  assert.equal(mappedMemory(), before)
})

test('code that cannot be placed is refused', () => {
  assert.throws(() => loadKernel(rawCode([])), /expected at least one instruction/)
  assert.throws(() => loadKernel(rawCode([0xc3], { alignment: 8192 })), /alignment of at most 4096 bytes/)
  assert.throws(() => loadKernel(ADD, { argumentBytes: 12 }), /positive multiple of 8 bytes, got 12/)
})

test('argument blocks start on a cache line and are zeroed', () => {
  for (const bytes of [8, 24, 64, 640]) {
    const block = new ArgumentBlock(bytes)
    assert.is(block.address % 64, 0)
    assert.is(block.address, host().addressOf(block.u64))
    assert.is(block.u64.length * 8, bytes)
    assert.ok(block.u64.every((word) => word === 0n))
    block.f64[0] = 1
    assert.is(block.u64[0], 0x3ff0000000000000n)
  }
})

test('relocations are filled for the address where the code lies', () => {
  // mov rax, imm64(value); add rax, [rip + rel32(pool)]; mov [rdi], rax; ret; pool: dq 5
  const bytes = [0x48, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0x48, 0x03, 0x05, 0, 0, 0, 0, 0x48, 0x89, 0x07, 0xc3]
  const code: MachineCode = rawCode([...bytes, 5, 0, 0, 0, 0, 0, 0, 0], {
    symbols: [{ name: 'pool', offset: 21 }],
    relocations: [
      { offset: 2, kind: 'abs64', symbol: 'value', addend: 1 },
      { offset: 13, kind: 'rel32', symbol: 'pool', addend: -4 },
    ],
  })
  const kernel = loadKernel(code, { symbols: { value: 0x1234_5678_9abc } })
  kernel.run()
  assert.is(kernel.block.u64[0], 0x1234_5678_9abdn + 5n)
  assert.equal([...code.bytes.subarray(2, 10)], [0, 0, 0, 0, 0, 0, 0, 0])
  kernel.dispose()
  assert.throws(() => loadKernel(code), /symbol 'value' is not defined/)
  assert.throws(
    () => relocate(code, 2 ** 40, { value: 0, pool: 0 }),
    /symbol 'pool' is -\d+ bytes away; a rel32 field reaches 2 GiB/,
  )
  const negative = relocate({ ...code, relocations: [code.relocations[0]!] }, 0, { value: -2 })
  assert.is(new DataView(negative.buffer).getBigInt64(2, true), -1n)
})

test('a disposed kernel refuses to run, and can be disposed again', () => {
  for (const name of HOSTS) {
    const kernel = loadKernel(storeCode(7), { host: name })
    const { address } = kernel
    kernel.run()
    assert.is(kernel.block.i32[0], 7)
    assert.not(kernel.disposed)
    kernel.dispose()
    kernel.dispose()
    assert.ok(kernel.disposed)
    assert.is(permissionsAt(address), null)
    assert.throws(() => kernel.run(), /this kernel has been disposed/)
    assert.throws(() => kernel.call(0n), /this kernel has been disposed/)
    assert.throws(() => kernel.address, /this kernel has been disposed/)
  }
})

test('calls may nest: code of one kernel calls another', () => {
  // push rdi; mov rax, [rdi]; mov rdi, [rdi + 8]; call rax; pop rdi; mov dword ptr [rdi + 16], 9; ret
  const outer = loadKernel(
    rawCode([
      ...[0x57, 0x48, 0x8b, 0x07, 0x48, 0x8b, 0x7f, 0x08, 0xff, 0xd0, 0x5f],
      ...[0xc7, 0x47, 0x10, 9, 0, 0, 0, 0xc3],
    ]),
  )
  const inner = loadKernel(storeCode(5))
  outer.block.u64[0] = BigInt(inner.address)
  outer.block.u64[1] = inner.block.bits
  outer.run()
  assert.is(inner.block.i32[0], 5)
  assert.is(outer.block.i32[4], 9)
  inner.dispose()
  outer.dispose()
})

const url = (path: string): string => new URL(path, import.meta.url).href

/** Runs the body in a Worker, which has `runtime` and the native support, and resolves to what it posts. */
function inWorker(body: string): Promise<unknown> {
  const script = `(async () => {
    const { parentPort } = require('node:worker_threads')
    const { register } = await import('${import.meta.resolve('tsx/esm/api')}')
    register()
    const runtime = await import('${url('../src/runtime/index.ts')}')
    const { rawCode, storeCode } = await import('${url('./native-support.ts')}')
    ${body}
  })()`
  return new Promise((resolve, reject) => {
    const worker = new Worker(script, { eval: true })
    let answer: unknown
    worker.on('message', (message) => {
      answer = message
    })
    worker.on('error', reject)
    worker.on('exit', () => resolve(answer))
  })
}

test('kernels work in Workers, several at once', async () => {
  const results = await Promise.all(
    [1, 2, 3].map((value) =>
      inWorker(`
        const kernel = runtime.loadKernel(storeCode(${value}))
        let sum = 0
        for (let i = 0; i < 20000; i++) { kernel.block.i32[0] = 0; kernel.run(); sum += kernel.block.i32[0] }
        parentPort.postMessage(sum)`),
    ),
  )
  assert.equal(results, [20_000, 40_000, 60_000])
})

test('what a Worker mapped goes with it; its kernels throw at the very end', async () => {
  const result = await inWorker(`
    const kernel = runtime.loadKernel(storeCode(1))
    const gate = runtime.host()
    process.on('exit', () => {
      let message = 'ran'
      try { kernel.run() } catch (error) { message = error.message }
      let entered = 'entered'
      try { gate.enter(0n, 0n) } catch (error) { entered = error.message }
      parentPort.postMessage({ message, entered, address, left: runtime.mappedMemory() })
    })
    const address = kernel.address`)
  const { message, entered, address, left } = result as {
    message: string
    entered: string
    address: number
    left: { regions: number }
  }
  assert.is(message, 'this kernel has been disposed')
  assert.is(entered, 'this thread is ending: native code can no longer be entered')
  assert.is(left.regions, 0)
  assert.is.not(permissionsAt(address), 'r-xp')
})

kernels(
  'tile registers are asked for, and refused with a pointer to the emulator where there are none',
  () => {
    if (!NATIVE) return skip('native code needs linux-x64')
    if (cpuFeatures().features.has('AMX_TILE')) requestTiles(host())
    else {
      assert.throws(() => requestTiles(host()), /refused arch_prctl.*errno \d+; the emulator/)
      const code = rawCode([0xc3], { features: ['AMX_TILE'] })
      assert.throws(() => loadKernel(code), /also needs AMX_TILE; emulate\(\) runs it on any/)
    }
  },
)

kernels.run()
