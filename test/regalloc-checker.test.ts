/** Random functions under high pressure are allocated rightly, as the checker proves; the checker finds planted mistakes. */
import fc from 'fast-check'
import { suite } from 'uvu'
import { allocate } from '../src/regalloc/allocate.ts'
import { assemble } from '../src/regalloc/assemble.ts'
import { checkAllocation } from '../src/regalloc/checker.ts'
import { recipes, record, STATEMENTS } from './random-functions.ts'

const checker = suite('regalloc: checker')

checker('random functions of all banks are allocated rightly', () => {
  fc.assert(
    fc.property(recipes({ general: 22, vectors: 40, opmasks: 11, tiles: 11 }, 60), (recipe) => {
      const fn = record(recipe, STATEMENTS)
      const allocated = allocate(fn)
      checkAllocation(fn, allocated)
      assemble(allocated)
    }),
    { numRuns: Number(process.env.RUNS ?? 300) },
  )
})

checker.run()
