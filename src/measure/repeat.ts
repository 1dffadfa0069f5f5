/** Kernel time: one kernel repeated inside one native call, as a benchmark in C would loop. */
import { Assembler } from '../encoder/assembler.ts'
import type { MachineCode } from '../encoder/machine-code.ts'
import { qword } from '../encoder/operands.ts'
import { r12, r13, r14, rbx, rdi, rsp } from '../encoder/registers.ts'
import type { HostName } from '../runtime/hosts/host.ts'
import { loadKernel, type NativeKernel } from '../runtime/kernel.ts'
import { nanosecondsPerTick, storeTicks } from './ticks.ts'

/** The argument block of the repeat stub, in bytes. */
const BLOCK = { kernel: 0, argument: 8, count: 16, start: 24, end: 32 } as const
const word = (offset: number): number => offset / 8

/**
 * A stub that calls `kernel(argument)` `count` times, at least once, between two readings of the time-stamp
 * counter. The loop adds a call, a decrement and two predicted branches, about two cycles, to each.
 */
export function repeatCode(): MachineCode {
  const a = new Assembler()
  const loop = a.label('repeat')
  a.push(rbx).push(r12).push(r13).push(r14)
  // A call wants rsp at a multiple of 16: eight bytes of return address, four registers, and eight more.
  a.sub(rsp, 8)
  a.mov(rbx, rdi)
  a.mov(r12, qword(rdi, BLOCK.kernel))
  a.mov(r13, qword(rdi, BLOCK.argument))
  a.mov(r14, qword(rdi, BLOCK.count))
  storeTicks(a, rbx, BLOCK.start)
  a.align(32).bind(loop)
  a.mov(rdi, r13)
  a.call(r12)
  a.dec(r14)
  a.jne(loop)
  storeTicks(a, rbx, BLOCK.end)
  a.add(rsp, 8)
  a.pop(r14).pop(r13).pop(r12).pop(rbx)
  a.ret()
  return a.finish()
}

const stubs = new Map<HostName | undefined, NativeKernel>()

/**
 * Nanoseconds that one call of the kernel takes, averaged over `count` calls from native code with the
 * argument block as it is. The arrays that the block points to stay alive when given.
 * RangeError when count is no positive integer.
 */
export function timeKernel(kernel: NativeKernel, count: number, ...arrays: readonly unknown[]): number {
  if (!Number.isSafeInteger(count) || count < 1) {
    throw new RangeError(`count: expected a whole number of at least 1, got ${count}`)
  }
  let stub = stubs.get(kernel.hostName)
  if (stub === undefined) {
    stub = loadKernel(repeatCode(), { host: kernel.hostName })
    stubs.set(kernel.hostName, stub)
  }
  const { u64 } = stub.block
  u64[word(BLOCK.kernel)] = BigInt(kernel.address)
  u64[word(BLOCK.argument)] = kernel.block.bits
  u64[word(BLOCK.count)] = BigInt(count)
  stub.run(kernel, arrays)
  return (Number(u64[word(BLOCK.end)]! - u64[word(BLOCK.start)]!) * nanosecondsPerTick()) / count
}
