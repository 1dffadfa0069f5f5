/** Times recording, allocating and assembling a GEMM-like microkernel: `node --import tsx bench/allocate.ts`. */
import { dword, mem, zmmword } from '../src/encoder/operands.ts'
import { allocate } from '../src/regalloc/allocate.ts'
import { assemble } from '../src/regalloc/assemble.ts'
import type { VFunction } from '../src/regalloc/function.ts'
import { Recorder } from '../src/regalloc/recorder.ts'

const ROWS = 6
const COLUMNS = 4

/** A 6 × 64 register tile whose K loop is unrolled until there are about `size` instructions, all temporaries fresh. */
function record(size: number): VFunction {
  const f = new Recorder('gemm6x64', { params: ['argblock'] })
  const a = f.gp('a')
  const b = f.gp('b')
  const c = f.gp('c')
  const lda = f.gp('lda')
  const count = f.gp('count')
  for (const [i, reg] of [a, b, c, lda, count].entries()) f.mov(reg, mem(f.params[0]!, 8 * i))
  const rows = [a]
  for (let row = 1; row < ROWS; row++) {
    const address = f.gp(`a${row}`)
    f.lea(address, mem(rows[row - 1]!, lda, 1))
    rows.push(address)
  }
  const sums = Array.from({ length: ROWS * COLUMNS }, (_, i) => f.zmm(`sum${i}`))
  for (const sum of sums) f.vpxord(sum, sum, sum)
  const top = f.label('k')
  f.bind(top).enterLoop('k', { hot: true })
  const perStep = COLUMNS + ROWS * (1 + COLUMNS)
  const steps = Math.max(1, Math.round((size - 120) / perStep))
  for (let step = 0; step < steps; step++) {
    const loads = Array.from({ length: COLUMNS }, () => f.zmm())
    for (const [column, load] of loads.entries()) f.vmovups(load, zmmword(b, 64 * (COLUMNS * step + column)))
    for (let row = 0; row < ROWS; row++) {
      const element = f.zmm()
      f.vbroadcastss(element, dword(rows[row]!, 4 * step))
      for (const [column, load] of loads.entries())
        f.vfmadd231ps(sums[row * COLUMNS + column]!, element, load)
    }
  }
  for (const row of rows) f.add(row, 4 * steps)
  f.add(b, 256 * steps)
  f.dec(count)
  f.jne(top)
  f.exitLoop()
  for (const [i, sum] of sums.entries()) f.vmovups(zmmword(c, 64 * i), sum)
  f.ret()
  return f.finish()
}

const median = (times: number[]): number => times.sort((x, y) => x - y)[times.length >> 1]!

for (const size of [500, 6000]) {
  const times = {
    record: [] as number[],
    allocate: [] as number[],
    assemble: [] as number[],
    all: [] as number[],
  }
  let instructions = 0
  for (let round = 0; round < 400_000 / size; round++) {
    const start = performance.now()
    const virtual = record(size)
    const recorded = performance.now()
    const physical = allocate(virtual)
    const allocated = performance.now()
    const code = assemble(physical)
    const end = performance.now()
    // Listing the instructions is not part of the work; asking once is enough.
    if (round === 0) instructions = code.instructions.length
    times.record.push(recorded - start)
    times.allocate.push(allocated - recorded)
    times.assemble.push(end - allocated)
    times.all.push(end - start)
  }
  const warm = (all: number[]) => `${(1000 * median(all.slice(all.length >> 1))).toFixed(0)} µs`
  console.log(
    `${instructions} instructions: record ${warm(times.record)}, allocate ${warm(times.allocate)}, ` +
      `assemble ${warm(times.assemble)}, together ${warm(times.all)}`,
  )
}
