/** How many instructions a second the decoder reads, over a kernel's bytes; iced-x86 beside it. */
import * as iced from 'iced-x86'
import { Assembler, decode, format, mem, r64, rax, rcx, ymm, zmm } from '../src/encoder/index.ts'
import { fastest, type Rate } from './rate.ts'

/** Of the block, in a round. */
const REPEATS = 400

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

/** The decoder and iced, in instructions a second. */
export function decodeRates(): Rate[] {
  const kernel = repeated(kernelBytes())
  const rate = (name: string, round: () => number): Rate => ({ name, rate: fastest(round) })
  return [
    rate('decode', () => decodeAll(kernel)),
    rate('decode and format', () => formatAll(kernel.subarray(0, kernel.length / 4))),
    rate('iced-x86 (wasm), decode into one object', () => icedAll(kernel)),
    rate('iced-x86 (wasm), decode to an object each', () => icedObjects(kernel)),
  ]
}
