/** The core's clock now: how many one-cycle additions fit into a tick of the time-stamp counter. */
import { Assembler } from '../encoder/assembler.ts'
import type { MachineCode } from '../encoder/machine-code.ts'
import { qword } from '../encoder/operands.ts'
import { rax, rcx, rdi, rsi } from '../encoder/registers.ts'
import { loadKernel, type NativeKernel } from '../runtime/kernel.ts'
import { spreadOf } from './spread.ts'
import { nanosecondsPerTick, storeTicks } from './ticks.ts'

const CHAIN = 64
const BLOCK = { iterations: 0, start: 8, end: 16 } as const
/** About 50 µs at 4 GHz. */
const ITERATIONS = 3000
const SAMPLES = 5

/**
 * A chain of `add rax, rsi`, one cycle each on every x86-64 core: register by register, because adding an
 * immediate is folded away by some renamers (Golden Cove and later). The block holds iterations → start and end.
 */
export function clockCode(): MachineCode {
  const a = new Assembler()
  const loop = a.label('loop')
  a.mov(rcx, qword(rdi, BLOCK.iterations))
  a.mov(rsi, 1)
  storeTicks(a, rdi, BLOCK.start)
  a.align(64).bind(loop)
  for (let index = 0; index < CHAIN; index++) a.add(rax, rsi)
  a.dec(rcx)
  a.jne(loop)
  storeTicks(a, rdi, BLOCK.end)
  a.ret()
  return a.finish()
}

let kernel: NativeKernel | undefined

/** Cycles of the core for each tick of the time-stamp counter: turns ticks into core cycles. 0.3 ms. */
export function cyclesPerTick(): number {
  kernel ??= loadKernel(clockCode())
  const { u64 } = kernel.block
  const samples: number[] = []
  for (let sample = 0; sample < SAMPLES; sample++) {
    u64[0] = BigInt(ITERATIONS)
    kernel.run()
    samples.push((ITERATIONS * CHAIN) / Number(u64[2]! - u64[1]!))
  }
  return spreadOf(samples).median
}

/** The core's clock in GHz, now. */
export function coreGigahertz(): number {
  return cyclesPerTick() / nanosecondsPerTick()
}
