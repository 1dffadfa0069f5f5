/** Random functions under high pressure are allocated rightly, as the checker proves; the checker finds planted mistakes. */
import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { EncodeError } from '../src/encoder/errors.ts'
import { Mem, type Operand } from '../src/encoder/operands.ts'
import { physical, Reg } from '../src/encoder/registers.ts'
import { allocate } from '../src/regalloc/allocate.ts'
import { assemble } from '../src/regalloc/assemble.ts'
import { checkAllocation } from '../src/regalloc/checker.ts'
import { CheckError } from '../src/regalloc/errors.ts'
import type { PFunction, PInst, PItem, VFunction } from '../src/regalloc/function.ts'
import { loadKernel, missingFeatures } from '../src/runtime/index.ts'
import { InterpreterError, interpret, type Outcome } from './interpret-integers.ts'
import { NATIVE } from './native-support.ts'
import { INTEGER_ONLY, recipes, record, STATEMENTS } from './random-functions.ts'
import { skip } from './skips.ts'

const checker = suite('regalloc: checker')

const ALL_BANKS = recipes({ general: 22, vectors: 40, opmasks: 11, tiles: 11 }, 60)
const INTEGERS = recipes({ general: 22, vectors: 0, opmasks: 0, tiles: 0 }, 50)
const BLOCK = fc.array(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), { minLength: 8, maxLength: 8 })

checker('random functions of all banks are allocated rightly', () => {
  fc.assert(
    fc.property(ALL_BANKS, (recipe) => {
      const fn = record(recipe, STATEMENTS)
      const allocated = allocate(fn)
      checkAllocation(fn, allocated)
      // What was proved are the items; bytes are mostly made without them.
      assert.equal(assemble(allocated).bytes, assemble({ ...allocated }).bytes)
    }),
    { numRuns: 400 },
  )
})

checker('random integer functions do after allocation what they did before', () => {
  fc.assert(
    fc.property(INTEGERS, BLOCK, (recipe, block) => {
      const fn = record(recipe, INTEGER_ONLY)
      const allocated = allocate(fn)
      checkAllocation(fn, allocated)
      const outcome = interpret(allocated, block, 7n)
      assert.equal(outcome.block, interpret(fn, block).block)
      assert.equal(outcome.violations, [])
    }),
    { numRuns: 300 },
  )
})

checker('random integer functions do on the CPU what they do before allocation', () => {
  if (!NATIVE) return skip('native code needs linux-x64')
  fc.assert(
    fc.property(INTEGERS, BLOCK, (recipe, block) => {
      const fn = record(recipe, INTEGER_ONLY)
      const code = assemble(allocate(fn))
      assert.equal(missingFeatures(code), [])
      const kernel = loadKernel(code)
      kernel.block.u64.set(block)
      kernel.run()
      const result = [...kernel.block.u64]
      kernel.dispose()
      assert.equal(result, interpret(fn, block).block)
    }),
    { numRuns: 200 },
  )
})

/** The function with one item of its body replaced, or left out. */
function altered(fn: PFunction, at: number, replacement: PItem | null): PFunction {
  return {
    ...fn,
    body: fn.body.flatMap((item, i) => (i !== at ? [item] : replacement === null ? [] : [replacement])),
  }
}

/** One operand changed: another register of its kind, or eight bytes further. */
function spoiled(operand: Operand, by: number): Operand {
  if (operand instanceof Reg) return physical(operand.kind, (operand.id + 1 + (by % 15)) % 16)
  return operand instanceof Mem ? operand.plus(by % 2 === 0 ? 8 : -8) : operand
}

/** Some mistake of an allocator: a wrong register or slot, a load, store, copy or part of the frame left out. */
function mistaken(fn: PFunction, where: number, how: number): PFunction | null {
  const instructions = fn.body.flatMap((item, i) =>
    item.kind === 'inst' && item.mnemonic !== 'ret' ? [i] : [],
  )
  const at = instructions[where % instructions.length]!
  const inst = fn.body[at] as PInst
  if (inst.origin < 0 && how % 3 === 0) return altered(fn, at, null)
  const places = inst.operands.flatMap((operand, i) =>
    operand instanceof Reg || operand instanceof Mem ? [i] : [],
  )
  const place = places[how % Math.max(1, places.length)]
  if (place === undefined) return null
  return altered(fn, at, {
    ...inst,
    operands: inst.operands.with(place, spoiled(inst.operands[place]!, how)),
  })
}

/** What a function does, or why it does nothing. */
function outcomeOf(fn: VFunction | PFunction, block: readonly bigint[]): Outcome | string {
  try {
    return interpret(fn, block, 11n)
  } catch (error) {
    if (error instanceof InterpreterError) return error.message
    throw error
  }
}

function isAccepted(fn: VFunction, allocated: PFunction): boolean {
  try {
    checkAllocation(fn, allocated)
    return true
  } catch (error) {
    if (error instanceof CheckError || error instanceof EncodeError) return false
    throw error
  }
}

checker('what the checker accepts does the same, whatever mistake was planted', () => {
  let planted = 0
  let rejected = 0
  fc.assert(
    fc.property(INTEGERS, BLOCK, fc.nat(10_000), fc.nat(1000), (recipe, block, where, how) => {
      const fn = record(recipe, INTEGER_ONLY)
      const wrong = mistaken(allocate(fn), where, how)
      if (wrong === null) return
      planted++
      if (!isAccepted(fn, wrong)) {
        rejected++
        return
      }
      const expected = interpret(fn, block).block
      const outcome = outcomeOf(wrong, block)
      assert.equal(outcome, { block: expected, violations: [] })
    }),
    { numRuns: 600 },
  )
  assert.ok(rejected > 0.8 * planted, `${rejected} of ${planted} planted mistakes rejected`)
})

checker.run()
