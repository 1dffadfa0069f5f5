/** Operand checks: every bad input is an error that names it, and nothing native runs. */
import { setTimeout as sleep } from 'node:timers/promises'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { host, loadKernel, locate, MatrixOperand } from '../src/runtime/index.ts'
import { lengthOf, recall } from '../src/runtime/located.ts'
import { collect, collectUntil, NATIVE, storeCode } from './native-support.ts'
import { skip } from './skips.ts'

/** The part of WebAssembly that is needed; the configured libraries do not declare it. */
interface Wasm {
  readonly Memory: new (
    limits: Readonly<Record<'initial' | 'maximum', number>>,
  ) => { readonly buffer: ArrayBuffer; grow(pages: number): number }
}
const wasm = (globalThis as unknown as { readonly WebAssembly: Wasm }).WebAssembly

const checks = suite('runtime checks')

function test(name: string, body: () => void | Promise<void>): void {
  if (NATIVE) checks(name, body)
  else skip('native code needs linux-x64')
}

function refused(body: () => unknown, type: new (message?: string) => Error, message: RegExp): void {
  try {
    body()
  } catch (error) {
    assert.instance(error, type)
    assert.match((error as Error).message, message)
    return
  }
  assert.unreachable(`expected ${message}`)
}

const operand = (): MatrixOperand => new MatrixOperand('a', 'f32').shape(8, 8, 8)

test('a matrix that fits is located where it lies', () => {
  const whole = new Float32Array(200)
  const part = whole.subarray(3, 3 + 64)
  const located = operand().check(part)
  assert.is(located.address, host().addressOf(part))
  assert.is(located.address, host().addressOf(whole) + 12)
  assert.is(located.bits, BigInt(located.address))
  assert.is(operand().check(part), located)
})

test('another class is a TypeError that says what was given', () => {
  const cases: readonly (readonly [unknown, RegExp])[] = [
    [new Float64Array(64), /^a: expected a Float32Array, got Float64Array\(64\)$/],
    [undefined, /got undefined$/],
    [null, /got null$/],
    [Array(64).fill(0), /got an Array of 64$/],
    [new ArrayBuffer(256), /got an object of class ArrayBuffer$/],
    [new DataView(new ArrayBuffer(256)), /got an object of class DataView$/],
    [7, /got a number$/],
    ['x', /got a string$/],
    [new Proxy(new Float32Array(64), {}), /got an object of class Object$/],
    [Object.create(Float32Array.prototype), /expected a Float32Array, got an object/],
    [Buffer.alloc(256), /got Uint8Array\(256\)$/],
  ]
  for (const [value, message] of cases) refused(() => operand().check(value), TypeError, message)
})

test('an array of the right class that was located as another operand is still checked', () => {
  const array = new Float64Array(64)
  new MatrixOperand('b', 'f64').shape(8, 8, 8).check(array)
  refused(() => operand().check(array), TypeError, /^a: expected a Float32Array, got Float64Array\(64\)$/)
})

test('too few elements is a RangeError with the shape', () => {
  refused(
    () => operand().check(new Float32Array(63)),
    RangeError,
    /^a: expected at least 64 elements \(8 × 8, leading dimension 8\), got Float32Array\(63\)$/,
  )
  refused(() => operand().check(new Float32Array(0)), RangeError, /got Float32Array\(0\)$/)
  const strided = new MatrixOperand('c', 'f32').shape(3, 5, 10)
  assert.is(strided.elements, 25)
  assert.ok(strided.check(new Float32Array(25)))
  refused(
    () => strided.check(new Float32Array(24)),
    RangeError,
    /25 elements \(3 × 5, leading dimension 10\)/,
  )
})

test('a detached array is a TypeError, also after it was seen attached', () => {
  const array = new Float32Array(64)
  const own = operand()
  own.check(array)
  structuredClone(array.buffer, { transfer: [array.buffer] })
  refused(() => own.check(array), TypeError, /^a: the Float32Array is detached .* expected 64 elements$/)
  const memory = new wasm.Memory({ initial: 1, maximum: 4 })
  const view = new Float32Array(memory.buffer)
  own.check(view)
  memory.grow(1)
  refused(() => own.check(view), TypeError, /detached/)
  assert.ok(own.check(new Float32Array(memory.buffer)))
})

test('a resizable buffer may grow and shrink; what it holds at the call counts', () => {
  const buffer = new ArrayBuffer(256, { maxByteLength: 1024 })
  const fixed = new Float32Array(buffer, 0, 64)
  const tracking = new Float32Array(buffer)
  const late = new Float32Array(buffer, 128)
  const own = operand()
  const place = own.check(fixed)
  assert.is(own.check(tracking).address, place.address)
  buffer.resize(252)
  const shrunk = /got Float32Array\(\d+\) \(its resizable buffer now has 252 bytes\)$/
  refused(() => own.check(fixed), RangeError, shrunk)
  refused(() => own.check(tracking), RangeError, shrunk)
  buffer.resize(64)
  refused(() => own.check(late), RangeError, /got Float32Array\(0\)/)
  buffer.resize(1024)
  assert.is(own.check(fixed).address, place.address)
  assert.is(own.check(tracking).address, place.address)
  assert.is(own.check(late).address, place.address + 128)
})

test('an out-of-bounds view is not remembered at a wrong address', () => {
  const buffer = new ArrayBuffer(512, { maxByteLength: 512 })
  const late = new Float32Array(buffer, 256)
  buffer.resize(128)
  const empty = new MatrixOperand('e', 'f32').shape(0, 8, 8)
  empty.check(late)
  assert.is(recall(late), undefined)
  buffer.resize(512)
  const address = host().addressOf(new Uint8Array(buffer)) + 256
  assert.is(operand().check(late).address, address)
  assert.is(empty.shape(8, 8, 8).check(late).address, address)
})

test('nothing stands in for the elements of an array that passed before', () => {
  const own = operand()
  const array = new Float32Array(64)
  own.check(array)
  for (const prototype of [Float32Array.prototype, Object.prototype]) {
    Object.defineProperty(prototype, 63, { value: 1, configurable: true })
  }
  try {
    structuredClone(array.buffer, { transfer: [array.buffer] })
    refused(() => own.check(array), TypeError, /detached/)
  } finally {
    for (const prototype of [Float32Array.prototype, Object.prototype]) Reflect.deleteProperty(prototype, 63)
  }
})

test('an array is held from its first check on, until the next one or a full collection', async () => {
  // What an earlier collection has set off must not let go of this array.
  for (let round = 0; round < 2; round++) {
    collect()
    await sleep(20)
  }
  const own = operand()
  const first = (() => {
    const array = new Float32Array(64)
    own.check(array)
    return new WeakRef(array)
  })()
  await sleep(1)
  collect()
  assert.is.not(first.deref(), undefined)
  assert.ok(await collectUntil(() => first.deref() === undefined))
})

test('small arrays are located where they stay, whatever the collector does', () => {
  const arrays = Array.from({ length: 200 }, (_, index) => new Float32Array(4).fill(index))
  const places = arrays.map((array) => locate(array))
  let garbage: unknown[] = []
  for (let index = 0; index < 300_000; index++) {
    garbage.push(new Float32Array(4))
    if (garbage.length > 1000) garbage = []
  }
  const kernel = loadKernel(storeCode(0x42280000)) // the bits of 42
  for (const [index, array] of arrays.entries()) {
    assert.is(host().addressOf(array), places[index]!.address)
    kernel.call(places[index]!.bits, array)
    assert.equal([...array], [42, index, index, index])
  }
  kernel.dispose()
})

test('shared memory, growable too, is taken', () => {
  const shared = new Float32Array(new SharedArrayBuffer(256))
  assert.is(operand().check(shared).address, host().addressOf(shared))
  const growable = new SharedArrayBuffer(128, { maxByteLength: 512 })
  const view = new Float32Array(growable)
  refused(() => operand().check(view), RangeError, /got Float32Array\(32\)/)
  growable.grow(512)
  assert.ok(operand().check(view))
})

test('a length that lies is not believed', () => {
  class Boastful extends Float32Array {
    override get length(): number {
      return 1_000_000
    }
  }
  refused(() => operand().check(new Boastful(4)), RangeError, /got Float32Array\(4\)$/)
  const array = new Float32Array(4)
  Object.defineProperty(array, 'length', { value: 64 })
  refused(() => operand().check(array), RangeError, /got Float32Array\(4\)$/)
  assert.is(lengthOf(array), 4)
  Object.defineProperty(array, Symbol.toStringTag, { value: 'Float64Array' })
  refused(() => operand().check(array), RangeError, /got Float32Array\(4\)$/)
})

test('misalignment is a RangeError where alignment is asked', () => {
  const aligned = new MatrixOperand('a', 'f32', 64).shape(1, 4, 4)
  const buffer = new ArrayBuffer(256)
  const start = host().addressOf(new Uint8Array(buffer)) % 64
  const good = new Float32Array(buffer, 64 - start, 4)
  assert.is(aligned.check(good).address % 64, 0)
  const bad = new Float32Array(buffer, 64 - start + 8, 4)
  refused(
    () => aligned.check(bad),
    RangeError,
    /^a: expected an address that is a multiple of 64 bytes, got one with remainder 8$/,
  )
  refused(() => aligned.check(bad), RangeError, /remainder 8/)
  assert.throws(() => new MatrixOperand('a', 'f32', 3), /a: expected an alignment/)
  assert.throws(() => new MatrixOperand('a', 'f32', 8192), /a: expected an alignment/)
})

test('operands that share memory are refused, whoever comes first', () => {
  const memory = new Float32Array(200)
  const c = new MatrixOperand('c', 'f32').shape(8, 8, 8)
  const a = operand()
  const place = (from: number): Float32Array => memory.subarray(from, from + 64)
  const overlap = (cFrom: number, aFrom: number): void =>
    c.refuseOverlap(c.check(place(cFrom)), a, a.check(place(aFrom)))
  const message = /^c: expected memory apart from a's, got arrays that share (\d+) bytes$/
  refused(() => overlap(0, 0), RangeError, message)
  refused(() => overlap(63, 0), RangeError, /share 4 bytes$/)
  refused(() => overlap(0, 63), RangeError, /share 4 bytes$/)
  overlap(64, 0)
  overlap(0, 64)
})

test('blocks of one matrix may interleave when their columns are apart', () => {
  const memory = new Float32Array(32 * 32)
  const c = new MatrixOperand('c', 'f32').shape(32, 8, 32)
  const a = new MatrixOperand('a', 'f32').shape(32, 16, 32)
  const at = (operandIn: MatrixOperand, from: number) => operandIn.check(memory.subarray(from))
  c.refuseOverlap(at(c, 0), a, at(a, 8))
  c.refuseOverlap(at(c, 16), a, at(a, 0))
  c.refuseOverlap(at(c, 24), a, at(a, 8))
  refused(() => c.refuseOverlap(at(c, 15), a, at(a, 0)), RangeError, /apart from a's/)
  refused(() => c.refuseOverlap(at(c, 0), a, at(a, 7)), RangeError, /apart from a's/)
  // The last columns of one wrap into the next line of the other.
  const shifted = new MatrixOperand('a', 'f32').shape(31, 16, 32)
  refused(() => c.refuseOverlap(at(c, 0), shifted, at(shifted, 20)), RangeError, /apart from a's/)
  // With unequal leading dimensions the ranges decide.
  const other = new MatrixOperand('a', 'f32').shape(4, 4, 31)
  refused(() => c.refuseOverlap(at(c, 0), other, at(other, 8)), RangeError, /apart from a's/)
})

test('an operand remembers its last array for speed, and keeps none alive', async () => {
  const own = operand()
  const gone = (() => {
    const array = new Float32Array(64)
    own.check(array)
    assert.is(own.check(array).address, host().addressOf(array))
    return new WeakRef(array)
  })()
  assert.ok(await collectUntil(() => gone.deref() === undefined))
  refused(() => own.check(undefined), TypeError, /got undefined$/)
  const array = new Float32Array(64)
  assert.is(own.check(array), own.check(array))
  own.shape(9, 8, 8)
  refused(() => own.check(array), RangeError, /at least 72 elements/)
})

test('an empty operand overlaps nothing', () => {
  const memory = new Float32Array(64)
  const c = new MatrixOperand('c', 'f32').shape(0, 8, 8)
  const a = operand()
  c.refuseOverlap(c.check(memory), a, a.check(memory))
})

test('shapes that make no sense are refused by name', () => {
  const own = new MatrixOperand('b', 'f64')
  refused(() => own.shape(-1, 1, 1), RangeError, /^b: rows: expected a whole number of at least 0, got -1$/)
  refused(() => own.shape(1, 1.5, 2), RangeError, /^b: columns: .* got 1.5$/)
  refused(
    () => own.shape(2, 8, 7),
    RangeError,
    /^b: the leading dimension must be at least the 8 elements of a line, got 7$/,
  )
  refused(() => own.shape(2 ** 40, 1, 2 ** 20), RangeError, /^b: bytes/)
  refused(
    () => own.shape('3' as unknown as number, 1, 1),
    TypeError,
    /^b: rows: expected a number, got a string$/,
  )
})

checks.run()
