/** One kernel for every size: sizes are given at the call. */
import { compileGemm } from 'tilewright'

const kernel = compileGemm({ m: 'runtime', n: 'runtime', k: 'runtime' })
for (const size of [3, 17, 64]) {
  const identity = new Float32Array(size * size)
  for (let i = 0; i < size; i++) identity[i * size + i] = 1
  const b = Float32Array.from({ length: size * size }, (_, i) => i)
  const c = new Float32Array(size * size)
  kernel(identity, b, c, { m: size, n: size, k: size })
  console.log(`${size}×${size}: ${c.every((value, i) => value === b[i]) ? 'I·B = B' : 'wrong'}`)
}
kernel.dispose()
