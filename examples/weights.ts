/** Weights packed once and used many times, in batches of any height. */
import { compileGemm } from 'tilewright'

const [n, k] = [512, 256]
const kernel = compileGemm({ m: 'runtime', n, k }, { packedB: true })
const weights = kernel.packB(new Float32Array(k * n).fill(0.5))

for (const m of [1, 7, 64]) {
  const a = new Float32Array(m * k).fill(2)
  const c = new Float32Array(m * n)
  kernel(a, weights, c, { m })
  console.log(`${m} × ${n}: c[0] = ${c[0]}`) // 256 · 2 · 0.5 = 256
}
kernel.dispose()
