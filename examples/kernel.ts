/** A kernel for one shape, compiled once and called many times; its plan, its schedule and its code. */
import { compileGemm, printPlan, printProgram } from 'tilewright'

const kernel = compileGemm({ m: 64, n: 64, k: 64, beta: 1 })
console.log(printPlan(kernel.plan))
console.log(printProgram(kernel.program))
console.log(kernel.listing.split('\n').slice(0, 24).join('\n'))

const a = new Float32Array(64 * 64).fill(0.5)
const b = new Float32Array(64 * 64).fill(0.25)
const c = new Float32Array(64 * 64).fill(1)
for (let call = 0; call < 10; call++) kernel(a, b, c)
console.log(`\nc[0] = ${c[0]}`) // 1 + 10 · 64 · 0.125 = 81
kernel.dispose()
