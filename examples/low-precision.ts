/** Products of integers and half-width floats, and a layer whose result is requantised. */
import { compileGemm, matmul } from 'tilewright'

const sums = matmul(new Uint8Array(6), new Int8Array(6), { m: 2, n: 2, k: 3, type: 'u8s8' })
const halves = compileGemm({ type: 'bf16', out: 'bf16', m: 8, n: 8, k: 7 })
halves(new Uint16Array(56), new Uint16Array(56), new Uint16Array(64))
const layer = compileGemm({
  ...{ type: 'u8s8', out: 'u8', m: 4, n: 16, k: 64 },
  requantise: { scale: 'column', zeroA: true, zeroC: true },
})
const scale = new Float32Array(16).fill(0.01)
layer(new Uint8Array(256), new Int8Array(1024), new Uint8Array(64), { scale, zeroA: 128, zeroC: 3 })

console.log(
  `${sums.length} sums of type ${sums.constructor.name}; ${halves.plan.target}, ${layer.plan.target}`,
)
