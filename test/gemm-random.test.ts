/** Random products between guard pages, as `npm run fuzz -- gemm` makes more of. */
import { suite } from 'uvu'
import { checkProducts, runOf, runsFor } from '../fuzz/products.ts'
import { PREFERENCES } from '../src/microkernel/targets/index.ts'

const RUNS = Number(process.env.TILEWRIGHT_RUNS ?? 2000)
const random = suite('random products between guard pages')

for (const target of PREFERENCES.f32) {
  const runs = runsFor(target, RUNS)
  random(`${target}: ${runs} problems, ${runOf(target)}`, () => checkProducts(target, runs))
}

random.run()
