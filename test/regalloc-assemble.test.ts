/** Assembling, which keeps no instructions: the same code as with all of them, and all that is asked for later. */
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { EncodeError } from '../src/encoder/errors.ts'
import { Label, Mem, mem, type Operand } from '../src/encoder/operands.ts'
import { k, rcx } from '../src/encoder/registers.ts'
import { allocate, assemble, type PFunction, Recorder } from '../src/regalloc/index.ts'

const assembling = suite('regalloc: assemble')

/** Labels, constants, masks, addresses of all kinds, spills to slots of several sizes, a fixed register. */
function anything(): Recorder {
  const f = new Recorder('anything', { params: ['from', 'count'] })
  const [from, count] = [f.params[0]!, f.params[1]!]
  const constant = f.constant(new Uint8Array(64).fill(7))
  const vectors = Array.from({ length: 40 }, (_, i) => f.zmm(`v${i}`))
  for (const [i, vector] of vectors.entries()) f.vmovups(vector, mem(from, 64 * i))
  const mask = f.k('mask')
  f.kmovw(mask, count.as('r32'))
  const values = Array.from({ length: 20 }, (_, i) => f.gp(`x${i}`))
  for (const [i, value] of values.entries()) f.mov(value, mem(from, count, 8, 8 * i))
  const top = f.label('top')
  f.bind(top).align(16)
  for (const vector of vectors) f.vaddps(vector.mask(mask), vector, mem(constant).sized(512))
  for (const value of values) f.shl(value, count.as('r8'))
  for (const value of values) f.add(mem(from, value, 1), value)
  f.sub(count, 1).jne(top)
  for (const [i, vector] of vectors.entries()) f.vmovups(mem(from, 64 * i), vector)
  return f.ret()
}

/** The same function as plain data, which is assembled with all instructions kept. */
const copyOf = (fn: PFunction): PFunction => ({ ...fn, body: fn.body })

const textOf = (operand: Operand): string =>
  operand instanceof Mem ? JSON.stringify([operand, String(operand.label)]) : String(operand)

assembling('gives what the instructions one by one give, and those when asked', () => {
  const fn = allocate(anything().finish())
  const quick = assemble(fn)
  const kept = assemble(copyOf(fn))
  assert.equal(quick.bytes, kept.bytes)
  assert.equal(quick.symbols, kept.symbols)
  assert.equal(quick.features, kept.features)
  assert.is(quick.poolOffset, kept.poolOffset)
  assert.is(quick.instructions, quick.instructions)
  const lines = (code: typeof quick): unknown =>
    code.instructions.map(({ offset, length, inst }) => [
      offset,
      length,
      inst.form.text,
      ...inst.operands.map((operand) => (operand instanceof Label ? operand.name : textOf(operand))),
    ])
  assert.equal(lines(quick), lines(kept))
  assert.ok(quick.instructions.length > 200)
})

assembling('names the instruction that cannot be encoded', () => {
  const f = new Recorder('far')
  const end = f.label('end')
  f.mov(rcx, 0).jrcxz(end)
  for (let i = 0; i < 100; i++) f.kxnorw(k(1), k(1), k(1))
  f.bind(end).mov(rcx, 1).ret()
  const fn = f.finish()
  assert.throws(
    () => assemble(allocate(fn)),
    (error: unknown) =>
      error instanceof EncodeError && /^jrcxz end: the label is 400 bytes away/.test(error.message),
  )
})

assembling.run()
