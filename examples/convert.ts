/** Half-width and 8-bit floats: arrays converted in generated code, rounded to nearest even. */
import { convert } from 'tilewright'

const weights = Float32Array.from({ length: 1000 }, (_, i) => Math.sin(i))
const half = convert(weights, 'f32', 'bf16') // a Uint16Array of bits
const back = convert(half, 'bf16', 'f32', { into: new Float32Array(1000) })
const eighth = convert(half, 'bf16', 'e4m3', { saturate: true })

const worst = weights.reduce((most, value, i) => Math.max(most, Math.abs(value - back[i]!)), 0)
console.log(`bf16: ${half.byteLength} bytes, off by at most ${worst}`)
console.log(`e4m3: ${eighth.byteLength} bytes, the first ${eighth.subarray(0, 4).join(' ')}`)
