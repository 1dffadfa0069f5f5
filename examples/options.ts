/** The full operation: transposes, factors, batches, threads, and work that leaves the event loop alone. */
import { compileGemm, sgemm } from 'tilewright'

// C = 2·Aᵀ·B − C, for eight problems that follow one another in memory.
const batch = compileGemm({ m: 4, n: 4, k: 3, transA: true, alpha: 2, beta: -1, batch: { count: 8 } })
const a = new Float32Array(8 * 12).fill(1)
const b = new Float32Array(8 * 12).fill(1)
const c = new Float32Array(8 * 16).fill(1)
batch(a, b, c)
console.log(`batch: c[0] = ${c[0]}`) // 2 · 3 − 1 = 5

// Two threads, and a promise.
const large = compileGemm({ m: 256, n: 256, k: 256 }, { threads: 2 })
const [x, y, z] = [1, 1, 0].map((value) => new Float32Array(256 * 256).fill(value)) as [
  Float32Array,
  Float32Array,
  Float32Array,
]
await large.async(x, y, z)
console.log(`threads: ${large.threads}, z[0] = ${z[0]}`) // 256

// The BLAS's argument order, column-major.
const out = new Float32Array(4)
sgemm('N', 'T', 2, 2, 1, 1, Float32Array.of(1, 2), 2, Float32Array.of(3, 4), 2, 0, out, 2)
console.log(`sgemm: ${out.join(', ')}`) // 3, 6, 4, 8

batch.dispose()
large.dispose()
