/** The emulator: a kernel for a CPU that this machine need not be, and an over-read of one byte found and named. */
import { Assembler, compileGemm, emulate, Fault, rdi, rsi, ymm, ymmword } from 'tilewright'

// The same call as a native kernel's, and the same bits as on a CPU that has AVX-512.
const kernel = compileGemm({ m: 3, n: 5, k: 4 }, { target: 'avx512', run: 'emulated' })
const c = new Float32Array(15)
kernel(new Float32Array(12).fill(2), new Float32Array(20).fill(3), c)
console.log('3×5×4 on avx512, emulated:', c[0])

// A kernel of one's own: the sum of 32 floats, whose last load begins one byte too late.
const a = new Assembler()
a.vmovups(ymm(0), ymmword(rdi))
for (const offset of [32, 64, 97]) a.vaddps(ymm(0), ymm(0), ymmword(rdi, offset))
a.vmovups(ymmword(rsi), ymm(0)).ret()

const numbers = new Float32Array(32)
const sums = new Float32Array(8)
try {
  emulate(a.finish(), {
    regions: [
      { name: 'numbers', data: numbers, permissions: 'r' },
      { name: 'sums', data: sums },
    ],
    arguments: ['numbers', 'sums'],
  })
} catch (error) {
  if (!(error instanceof Fault)) throw error
  console.log(error.message)
  console.log(error.instruction, '|', error.access?.place)
}
