/** Memory: W^X, guard pages, accounting, disposal and collection. */
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { placeCode } from '../src/runtime/executable-memory.ts'
import { guardedArray, host, loadKernel, MemoryError, mappedMemory, Workspace } from '../src/runtime/index.ts'
import { MappedRegion, PAGE_BYTES } from '../src/runtime/mapped-region.ts'
import { collectUntil, NATIVE, permissionsAt, runChild, storeCode } from './native-support.ts'
import { skip } from './skips.ts'

const memory = suite('runtime memory')

function test(name: string, body: () => void | Promise<void>): void {
  if (NATIVE) memory(name, body)
  else skip('native code needs linux-x64')
}

test('code is writable, then executable, and never both', () => {
  let during: string | null = null
  const region = placeCode(host(), 5000, (address) => {
    during = permissionsAt(address)
    return new Uint8Array(5000).fill(0x90)
  })
  assert.is(during, 'rw-p')
  assert.is(permissionsAt(region.address), 'r-xp')
  assert.is(permissionsAt(region.address + 4999), 'r-xp')
  region.dispose()
  assert.is(permissionsAt(region.address), null)
})

test('each region lies between two inaccessible pages', () => {
  for (const bytes of [1, PAGE_BYTES, PAGE_BYTES + 1, 10 * PAGE_BYTES]) {
    const region = new MappedRegion(host(), bytes, 'workspace')
    assert.is(region.byteLength, Math.ceil(bytes / PAGE_BYTES) * PAGE_BYTES)
    assert.is(permissionsAt(region.address - 1), '---p')
    assert.is(permissionsAt(region.address), 'rw-p')
    assert.is(permissionsAt(region.address + region.byteLength - 1), 'rw-p')
    assert.is(permissionsAt(region.address + region.byteLength), '---p')
    region.dispose()
  }
})

test('running off the end of the code meets traps, then a guard page', () => {
  const region = placeCode(host(), 1, () => Uint8Array.of(0xc3))
  const bytes = new Uint8Array(host().view(region.address, PAGE_BYTES)).slice()
  assert.is(bytes[0], 0xc3)
  assert.ok(bytes.subarray(1).every((byte) => byte === 0xcc))
  region.dispose()
})

test('what is mapped is counted, by purpose', () => {
  const before = mappedMemory()
  const code = mappedMemory('code')
  const region = new MappedRegion(host(), 3 * PAGE_BYTES, 'code')
  assert.is(mappedMemory('code').regions, code.regions + 1)
  assert.is(mappedMemory('code').bytes, code.bytes + 3 * PAGE_BYTES)
  region.dispose()
  region.dispose()
  assert.equal(mappedMemory(), before)
})

test('a size that is none is refused', () => {
  for (const bytes of [0, -1, 1.5, Number.NaN]) {
    assert.throws(() => new MappedRegion(host(), bytes, 'code'), /expected a positive integer/)
  }
})

test('a refusal of the system is an error with its errno, and leaves nothing mapped', () => {
  const before = mappedMemory()
  try {
    new MappedRegion(host(), 2 ** 50, 'workspace')
    assert.unreachable()
  } catch (error) {
    assert.instance(error, MemoryError)
    assert.is((error as MemoryError).errno, 12)
    assert.match((error as MemoryError).message, /mmap.*ENOMEM/)
  }
  assert.equal(mappedMemory(), before)
})

test('code that throws while it is made leaves nothing mapped', () => {
  const before = mappedMemory()
  assert.throws(
    () =>
      placeCode(host(), 16, () => {
        throw new Error('no code')
      }),
    /no code/,
  )
  assert.equal(mappedMemory(), before)
})

test('kernels and workspaces that nobody holds are freed', async () => {
  const before = mappedMemory()
  const addresses = (() => {
    const kernels = Array.from({ length: 20 }, (_, index) => loadKernel(storeCode(index)))
    const workspace = new Workspace()
    return [...kernels.map((kernel) => kernel.address), workspace.reserve(1 << 20)]
  })()
  assert.ok(mappedMemory().regions > before.regions)
  assert.ok(await collectUntil(() => mappedMemory().regions <= before.regions))
  for (const address of addresses) assert.is.not(permissionsAt(address), 'r-xp')
})

test('10,000 kernels made, run and disposed leave nothing behind', () => {
  const before = mappedMemory('code')
  const block = new Int32Array(16)
  for (let round = 0; round < 10_000; round++) {
    const kernel = loadKernel(storeCode(round), { argumentBytes: 8 })
    kernel.run()
    block[0] = kernel.block.i32[0]!
    kernel.dispose()
  }
  assert.is(block[0], 9999)
  assert.equal(mappedMemory('code'), before)
})

test('a workspace grows, keeps its place otherwise, and can be disposed', () => {
  const workspace = new Workspace()
  assert.is(workspace.byteLength, 0)
  const small = workspace.reserve(100)
  assert.is(small % PAGE_BYTES, 0)
  assert.is(workspace.reserve(PAGE_BYTES), small)
  const large = workspace.reserve(5 << 20)
  assert.is(large % (2 << 20), 0)
  assert.is(permissionsAt(large + (5 << 20) - 1), 'rw-p')
  assert.is(workspace.reserve(1), large)
  workspace.dispose()
  workspace.dispose()
  assert.is(workspace.byteLength, 0)
  assert.is(permissionsAt(large), null)
  assert.ok(workspace.reserve(8) > 0)
  workspace.dispose()
  assert.throws(() => workspace.reserve(-1), /workspace: expected a byte count/)
})

test('a guarded array touches an inaccessible page', () => {
  const end = guardedArray('f32', 7, 'end')
  const endAddress = host().addressOf(end)
  assert.is(end.length, 7)
  assert.is((endAddress + 28) % PAGE_BYTES, 0)
  assert.is(permissionsAt(endAddress + 28), '---p')
  const start = guardedArray('f64', 1000, 'start')
  const startAddress = host().addressOf(start)
  assert.is(startAddress % PAGE_BYTES, 0)
  assert.is(permissionsAt(startAddress - 1), '---p')
  start[999] = 4.5
  end[6] = 1
  assert.is(start[999], 4.5)
  assert.throws(() => guardedArray('f32', 0, 'end'), /positive number of elements/)
})

test('one byte outside a guarded array kills a process, the last inside does not', () => {
  const script = (offset: number, edge: string): string => `
    import { guardedArray, host, loadKernel } from '../src/runtime/index.ts'
    import { rawCode } from './native-support.ts'
    const array = guardedArray('f32', 5, '${edge}')
    const kernel = loadKernel(rawCode([0x8a, 0x07, 0xc3])) // mov al, [rdi]; ret
    kernel.call(BigInt(host().addressOf(array) + ${offset}))
    console.log('alive')`
  assert.is(runChild(script(19, 'end')).stdout, 'alive\n')
  assert.is(runChild(script(20, 'end')).signal, 'SIGSEGV')
  assert.is(runChild(script(-1, 'start')).signal, 'SIGSEGV')
})

test('guarded memory goes when no view of it is left', async () => {
  const before = mappedMemory('guarded').regions
  const make = (): number => {
    for (let index = 0; index < 10; index++) guardedArray('f32', 1024, 'end').fill(1)
    return mappedMemory('guarded').regions
  }
  assert.ok(make() >= before + 1)
  assert.ok(await collectUntil(() => mappedMemory('guarded').regions <= before))
})

memory.run()
