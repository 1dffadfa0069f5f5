/** A layer of 8-bit integers: activations in u8, weights in s8 with a scale a column, packed once, results in u8. */
import { compileGemm } from 'tilewright'

const [m, n, k] = [4, 32, 64]
const layer = compileGemm(
  {
    ...{ type: 'u8s8', out: 'u8', m, n, k },
    requantise: { scale: 'column', zeroA: true, zeroC: true, bias: true },
  },
  { packedB: true },
)

const activations = new Uint8Array(m * k).map((_, i) => (i * 37) % 256)
const weights = layer.packB(new Int8Array(k * n).map((_, i) => ((i * 91) % 255) - 127))
const results = new Uint8Array(m * n)
layer(activations, weights, results, {
  // scaleA·scaleB / scaleC, a column of C each.
  scale: new Float32Array(n).fill(0.001),
  zeroA: 128,
  zeroC: 100,
  // In units of the sums, that is of scaleA·scaleB.
  bias: new Int32Array(n).map((_, j) => 100 * j),
})

console.log(`results from ${Math.min(...results)} to ${Math.max(...results)}, zero point 100`)
