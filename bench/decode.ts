/** How many instructions a second the decoder reads, over a kernel's bytes and over one of each instruction; iced-x86 beside it. */
import * as iced from 'iced-x86'
import { Assembler, decode, format, mem, r64, rax, rcx, ymm, zmm } from '../src/encoder/index.ts'

const ROUNDS = 15
const REPEATS = 20_000

/** A block like that of a matrix kernel: loads, broadcasts, products, pointers, a branch. */
function kernelBytes(): Uint8Array {
  const a = new Assembler()
  const loop = a.label('loop')
  a.bind(loop)
  for (let j = 0; j < 3; j++) a.vmovups(zmm(29 + j), mem(rcx, 64 * j))
  for (let i = 0; i < 8; i++) {
    a.vbroadcastss(zmm(28), mem(rax, 4 * i))
    for (let j = 0; j < 3; j++) a.vfmadd231ps(zmm(3 * i + j), zmm(28), zmm(29 + j))
  }
  a.vfmadd231ps(zmm(1), zmm(2), mem(rax, 128).broadcast()).vaddps(ymm(3), ymm(4), ymm(5))
  a.prefetcht0(mem(rcx, 512))
    .lea(r64(9), mem(rax, rcx, 8, 256))
    .mov(r64(10), mem(rax, 24))
  a.add(rcx, 192).add(rax, 32).dec(r64(8)).jne(loop).ret()
  return a.finish().bytes
}

/** The bytes over and over, in one buffer. */
function repeated(bytes: Uint8Array): Uint8Array {
  const all = new Uint8Array(bytes.length * REPEATS)
  for (let i = 0; i < REPEATS; i++) all.set(bytes, i * bytes.length)
  return all
}

function decodeAll(bytes: Uint8Array): number {
  let count = 0
  for (let at = 0; at < bytes.length; count++) {
    const found = decode(bytes, at)
    at += found.form === null ? 1 : found.length
  }
  return count
}

function formatAll(bytes: Uint8Array): number {
  let letters = 0
  let count = 0
  for (let at = 0; at < bytes.length; count++) {
    const found = decode(bytes, at)
    if (found.form === null) throw new Error(found.message)
    letters += format(found).length
    at += found.length
  }
  return letters > 0 ? count : 0
}

function icedAll(bytes: Uint8Array): number {
  const decoder = new iced.Decoder(64, bytes, iced.DecoderOptions.None)
  const instruction = new iced.Instruction()
  let count = 0
  for (; decoder.canDecode; count++) decoder.decodeOut(instruction)
  instruction.free()
  decoder.free()
  return count
}

/** As icedAll, with an object for each instruction, as they are kept. */
function icedObjects(bytes: Uint8Array): number {
  const decoder = new iced.Decoder(64, bytes, iced.DecoderOptions.None)
  let count = 0
  for (; decoder.canDecode; count++) decoder.decode().free()
  decoder.free()
  return count
}

/** Millions of instructions a second: the best round, since other work on the machine only slows one. */
function best(round: () => number): number {
  let fastest = 0
  for (let i = 0; i < ROUNDS; i++) {
    const start = performance.now()
    const count = round()
    fastest = Math.max(fastest, count / (performance.now() - start) / 1000)
  }
  return fastest
}

const first = performance.now()
decode(Uint8Array.of(0x90))
const indexing = performance.now() - first
const kernel = repeated(kernelBytes())
const rows: [string, number][] = [
  ['decode', best(() => decodeAll(kernel))],
  ['decode and format', best(() => formatAll(kernel.subarray(0, kernel.length / 10)))],
  ['iced-x86 (wasm), decode into one object', best(() => icedAll(kernel))],
  ['iced-x86 (wasm), an object each', best(() => icedObjects(kernel))],
]
console.log(`first decode, which reads all the tables  ${indexing.toFixed(0).padStart(6)} ms`)
for (const [name, rate] of rows)
  console.log(`${name.padEnd(40)} ${rate.toFixed(1).padStart(6)} M instructions/s`)
