/**
 * Kernel time of any native function: an emitted loop calls it again and again between two readings of the
 * time-stamp counter, as a benchmark in C would. One loop for every contender, so that neither the cost of a
 * foreign call nor that of the loop is charged to one and not to another.
 */
import { Assembler } from '../../src/encoder/assembler.ts'
import type { MachineCode } from '../../src/encoder/machine-code.ts'
import { qword } from '../../src/encoder/operands.ts'
import {
  r12,
  r13,
  r14,
  r15,
  r64,
  rax,
  rbp,
  rbx,
  rcx,
  rdi,
  rdx,
  rsi,
  rsp,
  xmm,
} from '../../src/encoder/registers.ts'
import { nanosecondsPerTick, storeTicks } from '../../src/measure/ticks.ts'
import { ArgumentBlock } from '../../src/runtime/argument-block.ts'
import { loadKernel, type NativeKernel } from '../../src/runtime/kernel.ts'

/**
 * How a function takes a record. `'address'`: the record's address is its only argument, as with our kernels.
 * Otherwise the record holds that many integers or pointers, then that many floating-point scalars, 8 bytes
 * each, and they are passed by value (System V AMD64 ABI, 3.2.3).
 */
export type Passing = 'address' | { readonly integers: number; readonly scalars: number }

const BLOCK = { function: 0, first: 8, end: 16, count: 24, start: 32, stop: 40, next: 48 } as const
const INTEGER_REGISTERS = [rdi, rsi, rdx, rcx, r64(8), r64(9)] as const
const LINE_BYTES = 64

/** Bytes from one record to the next: whole cache lines. */
export function recordStride(bytes: number): number {
  return Math.ceil(bytes / LINE_BYTES) * LINE_BYTES
}

/**
 * Code that makes `count` calls with one record after another, starting over behind the last, and says
 * where it would go on.
 */
export function callLoopCode(passing: Passing, strideBytes: number): MachineCode {
  const a = new Assembler()
  const loop = a.label('call')
  const inMemory = passing === 'address' ? 0 : Math.max(0, passing.integers - INTEGER_REGISTERS.length)
  a.push(rbx).push(rbp).push(r12).push(r13).push(r14).push(r15)
  // A call wants rsp at a multiple of 16: the return address and six registers leave it 8 bytes off.
  const frame = 8 + 16 * Math.ceil(inMemory / 2)
  a.sub(rsp, frame)
  a.mov(rbx, rdi)
  a.mov(r12, qword(rdi, BLOCK.function))
  a.mov(r13, qword(rdi, BLOCK.next))
  a.mov(r14, qword(rdi, BLOCK.count))
  a.mov(r15, qword(rdi, BLOCK.end))
  a.mov(rbp, qword(rdi, BLOCK.first))
  storeTicks(a, rbx, BLOCK.start)
  a.align(32).bind(loop)
  if (passing === 'address') a.mov(rdi, r13)
  else {
    // The callee owns its arguments in memory, so they are written for every call.
    for (let index = 0; index < inMemory; index++) {
      a.mov(rax, qword(r13, 8 * (INTEGER_REGISTERS.length + index)))
      a.mov(qword(rsp, 8 * index), rax)
    }
    for (let index = 0; index < Math.min(passing.integers, INTEGER_REGISTERS.length); index++) {
      a.mov(INTEGER_REGISTERS[index]!, qword(r13, 8 * index))
    }
    for (let index = 0; index < passing.scalars; index++) {
      a.vmovsd(xmm(index), qword(r13, 8 * (passing.integers + index)))
    }
  }
  a.call(r12)
  a.add(r13, strideBytes)
  a.cmp(r13, r15)
  a.cmove(r13, rbp)
  a.dec(r14)
  a.jne(loop)
  storeTicks(a, rbx, BLOCK.stop)
  a.mov(qword(rbx, BLOCK.next), r13)
  a.add(rsp, frame)
  a.pop(r15).pop(r14).pop(r13).pop(r12).pop(rbp).pop(rbx)
  return a.ret().finish()
}

const loops = new Map<string, MachineCode>()

function loopCode(passing: Passing, strideBytes: number): MachineCode {
  const key = JSON.stringify([passing, strideBytes])
  const known = loops.get(key) ?? callLoopCode(passing, strideBytes)
  loops.set(key, known)
  return known
}

export interface CallLoopOptions {
  readonly passing: Passing
  /** The function's. */
  readonly address: number
  readonly recordBytes: number
  readonly records: number
  /** Whatever the function and the addresses in the records belong to: the loop keeps it alive. */
  readonly kept: readonly unknown[]
}

/** One function and the records that it is called with in turn. */
export class CallLoop {
  readonly kept: readonly unknown[]
  readonly #block: ArgumentBlock
  readonly #loop: NativeKernel
  readonly #words: number

  constructor({ passing, address, recordBytes, records, kept }: CallLoopOptions) {
    const stride = recordStride(recordBytes)
    this.kept = kept
    this.#words = stride / 8
    this.#block = new ArgumentBlock(stride * records)
    this.#loop = loadKernel(loopCode(passing, stride))
    const { u64 } = this.#loop.block
    u64[BLOCK.function / 8] = BigInt(address)
    u64[BLOCK.first / 8] = this.#block.bits
    u64[BLOCK.next / 8] = this.#block.bits
    u64[BLOCK.end / 8] = BigInt(this.#block.address + stride * records)
  }

  /** Writes one word of a record: an integer or an address. */
  setInteger(record: number, word: number, value: bigint): void {
    this.#block.u64[record * this.#words + word] = value
  }

  /** Writes one word of a record: a floating-point scalar of the type, in the word's low bytes. */
  setScalar(record: number, word: number, type: 'f32' | 'f64', value: number): void {
    const at = record * this.#words + word
    if (type === 'f64') this.#block.f64[at] = value
    else this.#block.f32[2 * at] = value
  }

  /** Makes that many calls, going on behind the last one's record; nanoseconds for each. */
  time(calls: number): number {
    const { u64 } = this.#loop.block
    u64[BLOCK.count / 8] = BigInt(calls)
    this.#loop.run(this)
    const ticks = Number(u64[BLOCK.stop / 8]! - u64[BLOCK.start / 8]!)
    return (ticks * nanosecondsPerTick()) / calls
  }

  dispose(): void {
    this.#loop.dispose()
  }
}
