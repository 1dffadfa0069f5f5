/** Random products between guard pages, as `npm run fuzz -- gemm` makes more of. */
import { suite } from 'uvu'
import { checkProducts, runsHere } from '../fuzz/products.ts'
import { TARGET_NAMES } from '../src/microkernel/targets/index.ts'
import { skip } from './skips.ts'

const RUNS = Number(process.env.TILEWRIGHT_RUNS ?? 2000)
const random = suite('random products between guard pages')

for (const target of TARGET_NAMES) {
  random(`${target}: ${RUNS} problems`, () => {
    if (!runsHere(target)) return skip(`this CPU has no ${target}`)
    checkProducts(target, RUNS)
  })
}

random.run()
