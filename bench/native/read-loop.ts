/** Read bandwidth: emitted loops that read a region of memory once, every byte of it, and sum it up. */
import { Assembler } from '../../src/encoder/assembler.ts'
import type { MachineCode } from '../../src/encoder/machine-code.ts'
import { mem } from '../../src/encoder/operands.ts'
import { physical, r10, r11, rcx, rdi, rdx, rsi } from '../../src/encoder/registers.ts'
import type { PeakVector } from '../../src/measure/fma-peak.ts'

/** How a region is walked: in so many places at once, each some vectors a turn. */
export interface ReadPattern {
  readonly streams: 1 | 2 | 4 | 8
  /** Bytes that software prefetches run ahead of each stream, or 0 for none. */
  readonly prefetchBytes: number
}

/** Patterns worth trying: which one is fastest depends on the prefetchers of the CPU. */
export const READ_PATTERNS: readonly ReadPattern[] = [
  { streams: 1, prefetchBytes: 0 },
  { streams: 1, prefetchBytes: 2048 },
  { streams: 2, prefetchBytes: 0 },
  { streams: 4, prefetchBytes: 0 },
  { streams: 4, prefetchBytes: 1024 },
  { streams: 8, prefetchBytes: 0 },
]

const VECTOR_BYTES = { ymm: 32, zmm: 64 } as const
const LINE_BYTES = 64
/** Bytes of one stream in one turn of the loop. */
const TURN_BYTES = 512
const ACCUMULATORS = 8

/** The bytes of a region that a pattern reads: whole turns of all streams. */
export function readBytes({ streams }: ReadPattern, regionBytes: number): number {
  return Math.floor(regionBytes / streams / TURN_BYTES) * TURN_BYTES * streams
}

/**
 * `void read(const void *region, size_t bytesOfOneStream, uint32_t *sum)`: adds all 32-bit words up, lane by
 * lane, so that no load can be left out; the sum's lanes go to `sum`.
 */
export function readLoopCode(vector: PeakVector, { streams, prefetchBytes }: ReadPattern): MachineCode {
  const a = new Assembler()
  const loop = a.label('read')
  const register = (id: number) => physical(vector, id)
  const bytes = VECTOR_BYTES[vector]
  const xor = vector === 'zmm' ? 'vpxord' : 'vpxor'
  for (let id = 0; id < ACCUMULATORS; id++) a.emit(xor, [register(id), register(id), register(id)])
  // Streams 0 to 3 from rdi and 4 to 7 from r11, with the distance in rsi and three times it in r10.
  a.lea(r10, mem(rsi, rsi, 2))
  a.lea(r11, mem(rdi, rsi, 4))
  a.mov(rcx, rsi)
  const stream = (index: number, at: number) => {
    const base = index < 4 ? rdi : r11
    const step = index % 4
    if (step === 0) return mem(base, at)
    return step === 3 ? mem(base, r10, 1, at) : mem(base, rsi, step === 2 ? 2 : 1, at)
  }
  a.align(64).bind(loop)
  for (let index = 0; index < streams; index++) {
    for (let at = 0; at < TURN_BYTES; at += bytes) {
      if (prefetchBytes > 0 && at % LINE_BYTES === 0) a.prefetcht0(stream(index, at + prefetchBytes))
      const sum = register((at / bytes) % ACCUMULATORS)
      a.emit('vpaddd', [sum, sum, stream(index, at)])
    }
  }
  a.add(rdi, TURN_BYTES)
  if (streams > 4) a.add(r11, TURN_BYTES)
  a.sub(rcx, TURN_BYTES)
  a.jne(loop)
  for (let id = 1; id < ACCUMULATORS; id++) a.emit('vpaddd', [register(0), register(0), register(id)])
  a.emit(vector === 'zmm' ? 'vmovdqu32' : 'vmovdqu', [mem(rdx), register(0)])
  a.vzeroupper()
  return a.ret().finish()
}

/** Where the sum goes: as many 32-bit words as a vector has. */
export const SUM_BYTES: number = LINE_BYTES
