/** What allocation gives out: fixed registers, copies, short encodings, spills of every bank, frames, errors. */
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { dword, mem, qword, word, xmmword, ymmword, zmmword } from '../src/encoder/operands.ts'
import { ah, cl, eax, edx, r12, rax, rcx, rdi, rdx, rsi, rsp } from '../src/encoder/registers.ts'
import { allocate } from '../src/regalloc/allocate.ts'
import { assemble } from '../src/regalloc/assemble.ts'
import { checkAllocation } from '../src/regalloc/checker.ts'
import { AllocationError } from '../src/regalloc/errors.ts'
import type { PFunction, VFunction } from '../src/regalloc/function.ts'
import { printFunction } from '../src/regalloc/print.ts'
import { Recorder } from '../src/regalloc/recorder.ts'

const allocation = suite('regalloc: allocate')

/** Allocates and proves it right. */
function allocated(f: Recorder): PFunction {
  const fn = f.finish()
  const result = allocate(fn)
  checkAllocation(fn, result)
  assemble(result)
  return result
}

/** The instructions of the allocated function, without labels and marks. */
function linesOf(f: Recorder): string[] {
  const fn = allocated(f)
  return printFunction({ ...fn, body: fn.body.filter((item) => item.kind === 'inst'), constants: [] })
    .split('\n')
    .slice(1, -1)
    .map((line) => line.trim())
}

function errorOf(f: Recorder): AllocationError {
  try {
    allocate(f.finish())
  } catch (error) {
    if (error instanceof AllocationError) return error
    throw error
  }
  assert.unreachable('allocated')
  throw new Error()
}

allocation('a leaf function that fits needs no frame, and its argument stays where it came', () => {
  const f = new Recorder('leaf', { params: ['p'] })
  const [p] = f.params
  const x = f.gp('x')
  f.mov(x, qword(p!))
  f.add(x, 1)
  f.mov(qword(p!), x)
  f.ret()
  assert.equal(linesOf(f), ['mov r8, qword ptr [rdi]', 'add r8, 1', 'mov qword ptr [rdi], r8', 'ret'])
})

allocation('copies vanish where the two sides can share a register', () => {
  const f = new Recorder('copies', { params: ['p'] })
  const [p] = f.params
  const [a, b, c] = [f.gp('a'), f.gp('b'), f.gp('c')]
  const [v, w] = [f.zmm('v'), f.zmm('w')]
  f.mov(a, p!)
  f.mov(b, a)
  f.mov(c, b)
  f.vmovups(v, zmmword(c))
  f.vmovaps(w, v)
  f.vmovups(zmmword(c), w)
  f.ret()
  assert.equal(linesOf(f), [
    'vmovups zmm16, zmmword ptr [rdi]',
    'vmovups zmmword ptr [rdi], zmm16',
    'vzeroupper',
    'ret',
  ])
})

allocation('a copy that clears upper bits stays', () => {
  const f = new Recorder('clears', { params: ['p'] })
  const [p] = f.params
  const [low, same] = [f.gp('low'), f.gp('same')]
  f.mov(low.as('r32'), p!.as('r32'))
  f.mov(same.as('r32'), low.as('r32'))
  f.add(low, same)
  f.mov(qword(low), low)
  f.ret()
  assert.ok(linesOf(f).includes('mov edi, edi'), String(linesOf(f)))
})

allocation('fixed operands: a count in cl, a quotient in rax, a value that must not be in either', () => {
  const f = new Recorder('fixed', { params: ['p', 'q', 'r', 's'] })
  const [p, q, , s] = f.params
  const kept = f.gp('kept')
  f.mov(kept, qword(p!))
  // By name …
  f.mov(rcx, q!)
  f.shl(kept, cl)
  f.mov(eax, qword(p!).sized(32))
  f.xor(edx, edx)
  f.div(s!.as('r32'))
  f.mov(qword(p!), rax)
  f.mov(qword(p!), rdx)
  // … and left to the allocator.
  f.shr(kept, s!.as('r8'))
  f.mov(qword(p!), kept)
  f.ret()
  const lines = linesOf(f)
  assert.equal(
    lines.filter((line) => /^sh/.test(line)).map((line) => line.slice(-4)),
    [', cl', ', cl'],
  )
})

allocation('what is in cl by name survives a shift whose count the allocator brings there', () => {
  const f = new Recorder('aside', { params: ['p', 'n'] })
  const [p, n] = f.params
  const x = f.gp('x')
  f.mov(rcx, qword(p!))
  f.mov(x, rcx)
  f.shl(x, n!.as('r8'))
  f.mov(qword(p!), rcx)
  f.mov(qword(p!), x)
  f.ret()
  const lines = linesOf(f)
  const shift = lines.findIndex((line) => line.startsWith('shl'))
  assert.match(
    lines.slice(shift - 2, shift + 2).join(', '),
    /^mov (\w+), rcx, mov rcx, rsi, shl \w+, cl, mov rcx, \1$/,
  )
})

allocation('a value that lives across a division keeps clear of rax and rdx', () => {
  const f = new Recorder('across', { params: ['p'] })
  const [p] = f.params
  const values = Array.from({ length: 8 }, (_, i) => f.gp(`v${i}`))
  for (const value of values) f.mov(value, qword(p!))
  f.mov(eax, 100)
  f.xor(edx, edx)
  f.div(values[0]!.as('r32'))
  for (const value of values) f.mov(qword(p!), value)
  f.ret()
  const stores = linesOf(f).filter((line) => line.startsWith('mov qword ptr [rdi]'))
  assert.is(stores.length, 8)
  assert.not.ok(
    stores.some((line) => /, (rax|rdx)$/.test(line)),
    stores.join('\n'),
  )
})

allocation('high byte registers keep REX away', () => {
  const f = new Recorder('high', { params: ['p'] })
  const many = Array.from({ length: 3 }, (_, i) => f.gp(`m${i}`))
  for (const reg of many) f.mov(reg.as('r32'), dword(f.params[0]!))
  const x = f.gp('x')
  f.mov(eax, dword(f.params[0]!))
  f.mov(x.as('r8'), ah)
  f.mov(f.params[0]!.as('r32'), x.as('r8h').as('r32'))
  for (const reg of many) f.add(reg, x)
  f.ret()
  allocated(f)
})

allocation(
  'short encodings: 32-bit operands below r8, no rbp or r13 as bases, VEX instructions below zmm16',
  () => {
    const f = new Recorder('short', { params: ['p'] })
    const [p] = f.params
    const count = f.gp('count')
    const [x, y, z] = [f.ymm('x'), f.ymm('y'), f.zmm('z')]
    f.mov(count.as('r32'), dword(p!))
    f.vmovups(x, ymmword(p!))
    f.vaddps(y, x, x)
    f.vmovups(z, zmmword(p!))
    f.vmovups(zmmword(p!), z)
    f.vmovups(ymmword(p!), y)
    f.dec(count.as('r32'))
    f.mov(dword(p!), count.as('r32'))
    f.ret()
    const text = linesOf(f).join('\n')
    assert.match(text, /dec eax/)
    assert.match(text, /vaddps ymm0, ymm0, ymm0/)
    assert.match(text, /vmovups zmm16, zmmword/)
  },
)

allocation('without AVX-512 in it a function never gets registers 16–31', () => {
  const f = new Recorder('avx2', { params: ['p'] })
  const values = Array.from({ length: 20 }, (_, i) => f.ymm(`v${i}`))
  for (const value of values) f.vmovups(value, ymmword(f.params[0]!))
  for (const value of values) f.vmovups(ymmword(f.params[0]!), value)
  f.ret()
  const fn = allocated(f)
  // 15 stay, and the sixteenth register takes the others to memory and back.
  assert.is(fn.spilled.length, 5)
  assert.equal(assemble(fn).features, ['AVX'])
})

allocation(
  'exact fit: 31 zmm alive and one temporary, 7 write masks, 8 tiles, 14 general registers and a temporary',
  () => {
    const f = new Recorder('exact', { params: ['p'] })
    const [p] = f.params
    const sums = Array.from({ length: 31 }, (_, i) => f.zmm(`sum${i}`))
    const masks = Array.from({ length: 7 }, (_, i) => f.k(`mask${i}`))
    const tiles = Array.from({ length: 8 }, (_, i) => f.tmm(`tile${i}`))
    const general = Array.from({ length: 13 }, (_, i) => f.gp(`g${i}`))
    for (const sum of sums) f.vpxord(sum, sum, sum)
    for (const mask of masks) f.kmovw(mask, word(p!))
    for (const tile of tiles) f.tilezero(tile)
    for (const reg of general) f.mov(reg, qword(p!))
    const top = f.label('top')
    f.bind(top).enterLoop('k', { hot: true })
    for (const [i, sum] of sums.entries()) {
      const element = f.zmm()
      f.vbroadcastss(element, dword(p!, 4 * i))
      f.vfmadd231ps(sum.mask(masks[i % 7]!), element, element)
    }
    for (const reg of general) {
      const t = f.gp()
      f.lea(t, mem(reg, 1))
      f.add(reg, t)
    }
    f.tdpbssd(tiles[0]!, tiles[1]!, tiles[2]!)
    f.cmp(general[0]!, 0)
    f.jne(top)
    f.exitLoop()
    for (const sum of sums) f.vmovups(zmmword(p!), sum)
    for (const mask of masks) f.kmovw(word(p!), mask)
    for (const tile of tiles) f.tilestored(mem(p!, general[0]!, 1), tile)
    for (const reg of general) f.mov(qword(p!), reg)
    f.ret()
    const fn = allocated(f)
    assert.equal(fn.spilled, [])
    assert.is(fn.frameBytes, 0)
    assert.equal(fn.saved, ['rbx', 'r14', 'r15', 'rbp', 'r12', 'r13'])
  },
)

allocation(
  'exact fit: values that are loaded for the next round of the loop share registers with its temporaries',
  () => {
    const f = new Recorder('pipelined', { params: ['p', 'n'] })
    const [p, n] = f.params
    const sums = Array.from({ length: 24 }, (_, i) => f.zmm(`sum${i}`))
    const next = Array.from({ length: 8 }, (_, i) => f.zmm(`next${i}`))
    for (const reg of [...sums, ...next]) f.vmovups(reg, zmmword(p!))
    const top = f.label('top')
    f.bind(top).enterLoop('k', { hot: true })
    for (const [i, reg] of next.entries()) {
      f.vaddps(sums[i]!, sums[i]!, reg)
      // The value is spent: its register is free until the load below.
      const t = f.zmm()
      f.vbroadcastss(t, dword(p!))
      f.vfmadd231ps(sums[i + 8]!, t, t)
    }
    for (const reg of next) f.vmovups(reg, zmmword(p!))
    f.dec(n!)
    f.jne(top)
    f.exitLoop()
    for (const sum of sums) f.vmovups(zmmword(p!), sum)
    f.ret()
    assert.equal(allocated(f).spilled, [])
  },
)

allocation('general registers spill to the stack, and instructions take the slot as their operand', () => {
  const f = new Recorder('pressure', { params: ['p'] })
  const values = Array.from({ length: 17 }, (_, i) => f.gp(`v${i}`))
  for (const value of values) f.mov(value, qword(f.params[0]!))
  const sum = f.gp('sum')
  f.mov(sum, 0)
  for (const value of values) f.add(sum, value)
  f.mov(qword(f.params[0]!), sum)
  f.ret()
  const fn = allocated(f)
  assert.ok(fn.spilled.length >= 3 && fn.spilled.length <= 5, String(fn.spilled))
  assert.is(fn.frameBytes, 8 * fn.spilled.length)
  assert.match(printFunction(fn), /add \w+, qword ptr \[rsp/)
})

allocation('vectors spill to slots aligned for them; rsp is aligned by hand and found again', () => {
  const f = new Recorder('vectors', { params: ['p'] })
  const values = Array.from({ length: 35 }, (_, i) => f.zmm(`v${i}`))
  for (const value of values) f.vmovups(value, zmmword(f.params[0]!))
  for (const value of values) f.vaddps(values[0]!, values[0]!, value)
  f.vmovups(zmmword(f.params[0]!), values[0]!)
  f.ret()
  const fn = allocated(f)
  assert.ok(fn.spilled.length >= 3, String(fn.spilled))
  const text = printFunction(fn)
  assert.match(text, /mov r11, rsp\n {2}sub rsp, \d+\n {2}and rsp, -64/)
  assert.match(text, /vaddps zmm\d+, zmm\d+, zmmword ptr \[rsp/)
  assert.match(text, /vzeroupper\n {2}mov rsp, qword ptr \[rsp \+ \d+\]\n {2}ret/)
})

allocation('xmm slots need no more than the stack has, and SSE functions stay SSE', () => {
  const f = new Recorder('sse', { params: ['p'] })
  const values = Array.from({ length: 18 }, (_, i) => f.xmm(`v${i}`))
  for (const value of values) f.movups(value, xmmword(f.params[0]!))
  for (const value of values) f.movups(xmmword(f.params[0]!), value)
  f.ret()
  const fn = allocated(f)
  const text = printFunction(fn)
  assert.match(text, /sub rsp, 56\n/)
  assert.match(text, /movaps xmmword ptr \[rsp/)
  assert.not.match(text, /vzeroupper|and rsp/)
  assert.equal(assemble(fn).features, ['SSE'])
})

allocation('opmasks spill through kmovw, or kmovq when all 64 bits count', () => {
  for (const [isWide, store] of [
    [false, 'kmovw word ptr [rsp'],
    [true, 'kmovq qword ptr [rsp'],
  ] as const) {
    const f = new Recorder('opmasks', { params: ['p'] })
    const z = f.zmm('z')
    const masks = Array.from({ length: 10 }, (_, i) => f.k(`m${i}`))
    f.vpxord(z, z, z)
    for (const mask of masks) f.kmovw(mask, word(f.params[0]!))
    if (isWide) f.kaddq(masks[0]!, masks[0]!, masks[1]!)
    for (const mask of masks) f.vmovups(zmmword(f.params[0]!).mask(mask), z)
    f.ret()
    assert.ok(printFunction(allocated(f)).includes(store), store)
  }
})

allocation('tiles spill row by row', () => {
  const f = new Recorder('tiles', { params: ['p'] })
  const tiles = Array.from({ length: 10 }, (_, i) => f.tmm(`t${i}`))
  for (const tile of tiles) f.tilezero(tile)
  for (let i = 2; i < 10; i++) f.tdpbssd(tiles[0]!, tiles[i - 1]!, tiles[i]!)
  for (const tile of tiles) f.tilestored(mem(f.params[0]!, f.params[0]!, 1), tile)
  f.ret()
  const text = printFunction(allocated(f))
  assert.match(text, /mov \w+, 64\n {2}tilestored \[rsp \+ \w+( \+ \d+)?\], tmm/)
})

allocation('constants are computed again rather than stored', () => {
  const f = new Recorder('constants', { params: ['p'] })
  const pool = f.constant(Uint8Array.from({ length: 64 }, (_, i) => i))
  const [small, address, zero, vector] = [f.gp('small'), f.gp('address'), f.gp('zero'), f.zmm('vector')]
  f.mov(small, 7)
  f.lea(address, mem(pool))
  f.xor(zero.as('r32'), zero.as('r32'))
  f.vmovups(vector, zmmword(pool))
  const many = Array.from({ length: 15 }, (_, i) => f.gp(`g${i}`))
  const vectors = Array.from({ length: 32 }, (_, i) => f.zmm(`z${i}`))
  for (const reg of many) f.mov(reg, qword(f.params[0]!))
  for (const reg of vectors) f.vmovups(reg, zmmword(f.params[0]!))
  for (const reg of many) f.mov(qword(f.params[0]!), reg)
  for (const reg of vectors) f.vmovups(zmmword(f.params[0]!), reg)
  f.cmp(many[0]!, many[0]!)
  f.mov(qword(f.params[0]!), small)
  f.mov(qword(f.params[0]!), address)
  f.mov(qword(f.params[0]!), zero)
  f.vmovups(zmmword(f.params[0]!), vector)
  f.ret()
  const fn = allocated(f)
  assert.equal(
    fn.spilled
      .slice(0, 4)
      .filter((name) => /small|address|zero|vector/.test(name))
      .sort(),
    ['%address', '%small', '%vector', '%zero'],
  )
  const text = printFunction(fn)
  assert.match(text, /mov \w+, 7\n {2}mov qword ptr \[rdi\]/)
  assert.match(text, /lea \w+, \[rip \+ constant0\]\n {2}mov qword ptr \[rdi\]/)
  assert.match(text, /mov \w+, 0\n {2}mov qword ptr \[rdi\]/)
  assert.match(text, /vmovups zmm\d+, zmmword ptr \[rip \+ constant0\]\n {2}vmovups zmmword ptr \[rdi\]/)
})

allocation('slots are shared by values that are never alive together', () => {
  const f = new Recorder('shared', { params: ['p'] })
  for (let round = 0; round < 3; round++) {
    const values = Array.from({ length: 16 }, (_, i) => f.gp(`r${round}v${i}`))
    for (const value of values) f.mov(value, qword(f.params[0]!))
    for (const value of values) f.mov(qword(f.params[0]!), value)
  }
  f.ret()
  const fn = allocated(f)
  assert.ok(fn.spilled.length >= 6, String(fn.spilled))
  assert.ok(fn.frameBytes <= 8 * (fn.spilled.length / 3 + 1), `${fn.frameBytes} bytes for ${fn.spilled}`)
})

allocation('what a loop uses stays in registers; what only its surroundings use is spilled', () => {
  const f = new Recorder('weights', { params: ['p', 'n'] })
  const [p, n] = f.params
  const around = Array.from({ length: 8 }, (_, i) => f.gp(`around${i}`))
  const inside = Array.from({ length: 10 }, (_, i) => f.gp(`inside${i}`))
  for (const reg of [...around, ...inside]) f.mov(reg, qword(p!))
  const top = f.label('top')
  f.bind(top).enterLoop('k', { hot: true })
  for (const reg of inside) f.add(reg, reg)
  f.dec(n!)
  f.jne(top)
  f.exitLoop()
  for (const reg of [...around, ...inside]) f.mov(qword(p!), reg)
  f.ret()
  const { spilled } = allocated(f)
  assert.ok(spilled.length >= 4, String(spilled))
  assert.not.ok(
    spilled.some((name) => name.startsWith('%inside') || name === '%n'),
    String(spilled),
  )
})

allocation('too much in a hot loop is an error that says what is alive, how many fit, and where', () => {
  const f = new Recorder('hot', { params: ['p'] })
  const sums = Array.from({ length: 33 }, (_, i) => f.zmm(`sum${i}`))
  for (const sum of sums) f.vpxord(sum, sum, sum)
  const top = f.label('top')
  f.bind(top).enterLoop('k', { hot: true })
  for (const sum of sums) f.vaddps(sum, sum, zmmword(f.params[0]!))
  f.jmp(top)
  f.exitLoop()
  const error = errorOf(f)
  assert.match(error.message, /^hot: no vector register is left for %sum\d+/)
  assert.match(error.message, /in hot loop 'k'/)
  assert.match(error.message, /33 vector values are live there and 32 registers exist/)
  assert.match(error.message, /nothing may be spilled in a hot loop\. Live: %sum0, %sum1, .*%sum32$/)
  assert.is(error.registers.length, 33)
})

allocation('the same for opmasks that guard writes: k0 cannot', () => {
  const f = new Recorder('masks', { params: ['p'] })
  const z = f.zmm('z')
  const masks = Array.from({ length: 8 }, (_, i) => f.k(`m${i}`))
  f.vpxord(z, z, z)
  for (const mask of masks) f.kmovw(mask, word(f.params[0]!))
  const top = f.label('top')
  f.bind(top).enterLoop('k', { hot: true })
  for (const mask of masks) f.vmovups(zmmword(f.params[0]!).mask(mask), z)
  f.jmp(top)
  f.exitLoop()
  assert.match(errorOf(f).message, /8 opmask values are live there and 7 registers exist/)
})

allocation(
  'values that live across a call are in callee-saved registers or on the stack, and the stack is aligned',
  () => {
    const f = new Recorder('caller', { params: ['p', 'callee'] })
    const [p, callee] = f.params
    const kept = Array.from({ length: 4 }, (_, i) => f.gp(`kept${i}`))
    const vector = f.zmm('vector')
    for (const reg of kept) f.mov(reg, qword(p!))
    f.vmovups(vector, zmmword(p!))
    f.mov(rdi, kept[0]!)
    f.mov(rsi, kept[1]!)
    f.call(callee!)
    const result = f.gp('result')
    f.mov(result, rax)
    for (const reg of kept) f.mov(qword(p!), reg)
    f.vmovups(zmmword(p!), vector)
    f.mov(rax, result)
    f.ret()
    const fn = allocated(f)
    assert.ok(fn.spilled.includes('%vector'), String(fn.spilled))
    assert.is(fn.saved.length, 5)
  },
)

allocation('a callee-saved register used by name is saved', () => {
  const f = new Recorder('named')
  f.mov(r12, 1)
  f.ret()
  assert.equal(allocated(f).saved, ['r12'])
})

allocation('the stack pointer is not for the body', () => {
  const f = new Recorder('rsp')
  f.sub(rsp, 8)
  f.ret()
  assert.match(errorOf(f).message, /the body uses rsp/)
  const g = new Recorder('push', { params: ['p'] })
  g.push(g.params[0]!)
  g.ret()
  assert.match(errorOf(g).message, /the body uses rsp/)
})

allocation('more parameters than registers, and registers of another function, are refused by name', () => {
  const many = new Recorder('many', { params: ['a', 'b', 'c', 'd', 'e', 'f', 'g'] })
  many.ret()
  assert.match(errorOf(many).message, /7 parameters, but System V passes 6 in registers/)
  const other = new Recorder('other')
  for (let i = 0; i < 5; i++) other.gp()
  const foreign = other.gp('foreign')
  const f = new Recorder('mine')
  f.mov(foreign, 1)
  f.ret()
  assert.match(errorOf(f).message, /%r645 is not a register of this function/)
})

allocation('every return gets the whole epilogue', () => {
  const f = new Recorder('returns', { params: ['p'] })
  const values = Array.from({ length: 33 }, (_, i) => f.zmm(`v${i}`))
  for (const value of values) f.vmovups(value, zmmword(f.params[0]!))
  const early = f.label('early')
  f.cmp(f.params[0]!, 0)
  f.je(early)
  for (const value of values) f.vmovups(zmmword(f.params[0]!), value)
  f.ret()
  f.bind(early)
  f.ret()
  assert.is(printFunction(allocated(f)).match(/vzeroupper\n {2}mov rsp/g)?.length, 2)
})

allocation('the same function gives the same bytes', () => {
  const build = (): VFunction => {
    const f = new Recorder('same', { params: ['p'] })
    const values = Array.from({ length: 40 }, (_, i) => f.zmm(`v${i}`))
    for (const value of values) f.vmovups(value, zmmword(f.params[0]!))
    for (const value of values) f.vmovups(zmmword(f.params[0]!), value)
    f.ret()
    return f.finish()
  }
  const fn = build()
  assert.equal(assemble(allocate(fn)).bytes, assemble(allocate(fn)).bytes)
  assert.equal(assemble(allocate(fn)).bytes, assemble(allocate(build())).bytes)
})

allocation('functions print with the names they were given', () => {
  const f = new Recorder('print', { params: ['p'] })
  const count = f.gp('count')
  const [sum, unnamed] = [f.zmm('sum'), f.zmm()]
  f.mov(count.as('r32'), 4)
  f.comment('once')
  const top = f.label('top')
  f.align(16).bind(top).enterLoop('k', { hot: true })
  f.vmovups(unnamed, zmmword(f.params[0]!))
  f.vaddps(sum.as('xmm'), unnamed.as('xmm'), xmmword(f.constant(new Uint8Array(16))))
  f.dec(count)
  f.jne(top)
  f.exitLoop()
  f.ret()
  assert.is(
    printFunction(f.finish()),
    [
      'print(%p):',
      '  mov %count.r32, 4',
      '  ; once',
      '  align 16',
      'top:',
      '  loop k (hot) {',
      '    vmovups %zmm3, zmmword ptr [%p]',
      '    vaddps %sum.xmm, %zmm3.xmm, xmmword ptr [rip + constant0]',
      '    dec %count',
      '    jne top',
      '  }',
      '  ret',
      'constant0: 16 bytes, alignment 16',
    ].join('\n'),
  )
})

allocation.run()
