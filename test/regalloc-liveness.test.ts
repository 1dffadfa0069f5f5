/** Live ranges over straight lines, branches and loops; what may be read before it is written. */
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { mem, qword, zmmword } from '../src/encoder/operands.ts'
import { al, cl, eax, rax, rcx } from '../src/encoder/registers.ts'
import { systemV } from '../src/regalloc/abi.ts'
import { allocate } from '../src/regalloc/allocate.ts'
import { collectReferences } from '../src/regalloc/collect-references.ts'
import { startDraft } from '../src/regalloc/draft.ts'
import { AllocationError } from '../src/regalloc/errors.ts'
import { findFlow } from '../src/regalloc/flow.ts'
import type { VFunction } from '../src/regalloc/function.ts'
import { findLiveRanges } from '../src/regalloc/liveness.ts'
import { Recorder } from '../src/regalloc/recorder.ts'
import { FIRST_VIRTUAL_UNIT, physicalUnitName } from '../src/regalloc/units.ts'

const liveness = suite('regalloc: liveness')

/** Ranges of every register that is live, by name: `x: 1-5 8-9`, in positions (2 × item, + 1 for its results). */
function rangesOf(fn: VFunction): Record<string, string> {
  const draft = startDraft(fn, systemV)
  const references = collectReferences(draft, systemV)
  const { first, from, to, next } = findLiveRanges(findFlow(draft.body, fn.labelCount, fn.name), references)
  const found: Record<string, string> = {}
  for (let unit = 0; unit < references.unitCount; unit++) {
    const ranges: string[] = []
    for (let r = first[unit]!; r >= 0; r = next[r]!) ranges.push(`${from[r]}-${to[r]}`)
    const name = unit < FIRST_VIRTUAL_UNIT ? physicalUnitName(unit) : fn.names[unit - FIRST_VIRTUAL_UNIT]!
    if (ranges.length > 0) found[name] = ranges.join(' ')
  }
  return found
}

/** The AllocationError that allocating the function throws. */
function errorOf(build: (f: Recorder) => void): AllocationError {
  const f = new Recorder('wrong', { params: ['p'] })
  build(f)
  f.ret()
  try {
    allocate(f.finish())
  } catch (error) {
    if (error instanceof AllocationError) return error
    throw error
  }
  assert.unreachable('allocated')
  throw new Error()
}

liveness('a value lives from its definition to its last use; a register written again has a hole', () => {
  const f = new Recorder('line')
  const x = f.gp('x')
  const y = f.gp('y')
  f.mov(x, 1) // 0
  f.lea(y, mem(x, 8)) // 1: x dies, y begins
  f.mov(x, 2) // 2: x begins again
  f.add(x, y) // 3
  f.mov(x, x) // 4
  f.ret() // 5
  assert.equal(rangesOf(f.finish()), { x: '1-3 5-10', y: '3-7' })
})

liveness('a result that nobody reads takes its register for one position', () => {
  const f = new Recorder('dead')
  f.mov(f.gp('x'), 1)
  f.ret()
  assert.equal(rangesOf(f.finish()), { x: '1-2' })
})

liveness('a value used after a branch lives along both ways; one defined in each way only there', () => {
  const f = new Recorder('branch')
  const [a, b, c] = [f.gp('a'), f.gp('b'), f.gp('c')]
  const [other, end] = [f.label(), f.label()]
  f.mov(a, 1) // 0
  f.mov(b, 2) // 1
  f.cmp(a, b) // 2: a dies on one way
  f.jne(other) // 3
  f.mov(c, a) // 4
  f.jmp(end) // 5
  f.bind(other) // 6
  f.mov(c, 3) // 7
  f.bind(end) // 8
  f.add(c, b) // 9
  f.ret() // 10
  assert.equal(rangesOf(f.finish()), { a: '1-9', b: '3-19', c: '9-12 15-20' })
})

liveness('a value that a loop carries lives around the back edge; a temporary of the body does not', () => {
  const f = new Recorder('loop', { params: ['n'] })
  const [n] = f.params
  const [sum, t, next] = [f.gp('sum'), f.gp('t'), f.gp('next')]
  const top = f.label()
  // 0: mov n, rdi
  f.mov(sum, 0) // 1
  f.mov(next, 5) // 2
  f.bind(top) // 3
  f.mov(t, next) // 4: next dies, and is defined again below
  f.add(sum, t) // 5
  f.mov(next, t) // 6
  f.dec(n!) // 7
  f.jne(top) // 8
  f.mov(qword(sum), sum) // 9
  f.ret() // 10
  assert.equal(rangesOf(f.finish()), {
    rdi: '0-1',
    n: '1-18',
    sum: '3-19',
    t: '9-13',
    next: '5-9 13-18',
  })
})

liveness('nested loops, one of them left in the middle', () => {
  const f = new Recorder('nest', { params: ['n'] })
  const [n] = f.params
  const [outer, inner, kept] = [f.gp('outer'), f.gp('inner'), f.gp('kept')]
  const [top, middle, end] = [f.label(), f.label(), f.label()]
  f.mov(kept, 7) // 1
  f.mov(outer, 3) // 2
  f.bind(top) // 3
  f.mov(inner, 4) // 4
  f.bind(middle) // 5
  f.dec(n!) // 6
  f.je(end) // 7
  f.dec(inner) // 8
  f.jne(middle) // 9
  f.dec(outer) // 10
  f.jne(top) // 11
  f.bind(end) // 12
  f.add(kept, kept) // 13
  f.ret() // 14
  assert.equal(rangesOf(f.finish()), {
    rdi: '0-1',
    n: '1-24',
    kept: '3-28',
    outer: '5-24',
    inner: '9-20',
  })
})

liveness('physical and implicit registers have ranges, too', () => {
  const f = new Recorder('fixed', { params: ['p'] })
  const [p] = f.params
  const end = f.label()
  f.mov(rcx, p!) // 1
  f.shl(p!, cl) // 2
  f.mov(eax, 3) // 3
  f.mul(p!) // 4: rdx:rax
  f.mov(p!, rax) // 5
  f.jmp(end) // 6: a return in the same block might return what rax and rdx hold
  f.bind(end) // 7
  f.ret() // 8
  assert.equal(rangesOf(f.finish()), { rax: '7-11', rcx: '3-5', rdx: '9-10', rdi: '0-1', p: '1-9 11-12' })
})

liveness('a return reads the result registers that its block has written', () => {
  const f = new Recorder('result')
  f.mov(rax, 1) // 0
  f.mov(f.gp('x'), 2) // 1
  f.ret() // 2
  assert.equal(rangesOf(f.finish()), { rax: '1-5', x: '3-4' })
})

liveness('a zero idiom reads nothing; a merging mask reads its destination; a zeroing one does not', () => {
  const f = new Recorder('masks', { params: ['p'] })
  const [p] = f.params
  const [z, merged, zeroed] = [f.zmm('z'), f.zmm('merged'), f.zmm('zeroed')]
  const k = f.k('k')
  f.kxnorw(k, k, k) // 1
  f.vpxord(z, z, z) // 2
  f.vpxord(merged, merged, merged) // 3
  f.vmovups(merged.mask(k), z) // 4
  f.vmovups(zeroed.mask(k).zero(), z) // 5
  f.vmovups(zmmword(p!), merged) // 6
  f.vmovups(zmmword(p!), zeroed) // 7
  f.ret()
  const ranges = rangesOf(f.finish())
  assert.is(ranges.merged, '7-13')
  assert.is(ranges.zeroed, '11-15')
  assert.is(ranges.z, '5-11')
})

liveness('writing a byte keeps the rest of a wider register, but defines a byte register whole', () => {
  const f = new Recorder('bytes')
  const wide = f.gp('wide')
  const byte = f.reg('r8', 'byte')
  f.mov(wide, 1) // 0
  f.sete(wide.as('r8')) // 1
  f.mov(byte, 2) // 2
  f.sete(byte) // 3
  f.add(byte, wide.as('r8')) // 4
  f.mov(wide, wide) // 5
  f.ret()
  assert.equal(rangesOf(f.finish()), { wide: '1-12', byte: '5-6 7-10' })
})

liveness('reading what was never written is an error that names the register and the place', () => {
  const error = errorOf((f) => {
    const sum = f.zmm('sum')
    f.vaddps(sum, sum, zmmword(f.params[0]!))
  })
  assert.is(
    error.message,
    'wrong: %sum is read at item 0 (vaddps %sum, %sum, zmmword ptr [%p]) before it is written, on some path from the entry',
  )
  assert.equal(error.registers, ['%sum'])
})

liveness('so is reading what only one of two ways wrote, and an unnamed physical register', () => {
  const error = errorOf((f) => {
    const x = f.gp('x')
    const skip = f.label()
    f.cmp(f.params[0]!, 1)
    f.je(skip)
    f.mov(x, 1)
    f.bind(skip)
    f.add(f.params[0]!, x)
  })
  assert.match(error.message, /%x is read at item 4 \(add %p, %x\) before it is written/)
  assert.match(errorOf((f) => f.add(f.params[0]!, rax)).message, /rax is read at item 0 \(add %p, rax\)/)
})

liveness('merging a byte into a register that holds nothing yet is no error', () => {
  const f = new Recorder('merge', { params: ['p'] })
  const flag = f.gp('flag')
  f.cmp(f.params[0]!, 1)
  f.sete(flag.as('r8'))
  f.mov(al, flag.as('r8'))
  f.ret()
  allocate(f.finish())
})

liveness('control flow that cannot be followed is an error', () => {
  const finishing = (build: (f: Recorder) => void): (() => void) => {
    const f = new Recorder('flow')
    build(f)
    return () => f.finish()
  }
  assert.throws(
    finishing((f) => f.mov(rax, 1)),
    /flow: control runs past the end/,
  )
  assert.throws(
    finishing((f) => f.jmp(f.label('away')).ret()),
    /label away is a branch target but never bound/,
  )
  assert.throws(
    finishing((f) => f.jmp(rax).ret()),
    /jmp jumps to an address that is not a label/,
  )
  assert.throws(
    finishing((f) => f.enterLoop('k').ret()),
    /loop k begins but never ends/,
  )
  assert.throws(() => new Recorder('flow').exitLoop(), /exitLoop without enterLoop/)
  const f = new Recorder('flow')
  const twice = f.label('twice')
  assert.throws(() => f.bind(twice).bind(twice), /label twice is bound twice/)
})

liveness.run()
