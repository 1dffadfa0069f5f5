/** What compilations make is of hidden classes that they share: a class of its own keeps an object alive for long. */
import { setFlagsFromString } from 'node:v8'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { compileGemm } from '../src/gemm/kernel.ts'
import { generateGemm } from '../src/microkernel/generate.ts'
import { planGemm } from '../src/microkernel/plan.ts'
import { targetNamed } from '../src/microkernel/targets/index.ts'
import { allocate } from '../src/regalloc/index.ts'
import { lower } from '../src/schedule/lower.ts'
import { NATIVE } from './native-support.ts'
import { skip } from './skips.ts'

const classes = suite('hidden classes')

// It stays allowed: V8 may forget the function's code and read it anew at a later call.
setFlagsFromString('--allow-natives-syntax')
const sameClass = new Function('a', 'b', 'return %HaveSameMap(a, b)') as (a: unknown, b: unknown) => boolean

const generated = () => generateGemm(planGemm({ m: 24, n: 32, k: 8 }, { target: 'avx2' }))

classes('generated products, their code and functions on physical registers', () => {
  const [first, second] = [generated(), generated()]
  assert.ok(sameClass(first, second))
  assert.ok(sameClass(first.code, second.code))
  const physical = () => allocate(lower(first.program, targetNamed('avx2')))
  assert.ok(sameClass(physical(), physical()))
})

classes('kernels', () => {
  if (!NATIVE) return skip('native code needs linux-x64')
  const [first, second] = [0, 0].map(() => compileGemm({ m: 24, n: 32, k: 8 }))
  assert.ok(sameClass(first, second))
  assert.is(first!.listing, second!.listing)
  first!.dispose()
  second!.dispose()
})

classes('what is made late is made once, and is there for those who copy an object', () => {
  const { code } = generated()
  assert.is(code.instructions, code.instructions)
  assert.is({ ...code }.instructions, code.instructions)
  const { program, listing } = generated()
  assert.ok(listing.includes('vfmadd231ps'))
  const fn = allocate(lower(program, targetNamed('avx2')))
  assert.is({ ...fn }.body, fn.body)
  assert.ok(Object.isFrozen(fn.body))
})

classes.run()
