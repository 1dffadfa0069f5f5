/** The product of two matrices, in three lines. */
import { matmul } from 'tilewright'

const a = Float32Array.of(1, 2, 3, 4, 5, 6) // 2 × 3, row-major
const b = Float32Array.of(7, 8, 9, 10, 11, 12) // 3 × 2
const c = matmul(a, b, { m: 2, n: 2, k: 3 })

console.log(c) // 58, 64, 139, 154
