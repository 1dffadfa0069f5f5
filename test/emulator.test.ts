/** The emulator as a tool: whole kernels against the CPU, planted errors found and named, faults, limits. */
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { Emulator, emulate } from '../src/emulator/emulate.ts'
import { Fault, InstructionLimit, UnsupportedInstruction } from '../src/emulator/fault.ts'
import { Assembler } from '../src/encoder/assembler.ts'
import type { MachineCode } from '../src/encoder/machine-code.ts'
import { mem, qword, xmmword, ymmword, zmmword } from '../src/encoder/operands.ts'
import { ecx, k, r64, rax, rbx, rcx, rdi, rdx, rsi, rsp, xmm, ymm, zmm } from '../src/encoder/registers.ts'
import { argumentOffset } from '../src/microkernel/argument-block.ts'
import { generateGemm } from '../src/microkernel/generate.ts'
import { planGemm } from '../src/microkernel/plan.ts'

const emulator = suite('emulator')

/** The fault that code ends with. */
function faultOf(code: MachineCode, data: ArrayBufferView = new Uint8Array(64)): Fault {
  try {
    emulate(code, { regions: [{ name: 'a', data }], arguments: ['a'] })
  } catch (error) {
    if (error instanceof Fault) return error
    throw error
  }
  throw new Error('no fault')
}

emulator('a one-byte over-read is found, and the instruction named', () => {
  const code = new Assembler().mov(rax, rdi).vmovups(ymm(1), ymmword(rax, 33)).ret().finish()
  const fault = faultOf(code)
  assert.is(fault.kind, '#PF')
  assert.is(fault.instruction, 'vmovups ymm1, ymmword ptr [rax + 33]')
  assert.is(fault.offset, 3)
  assert.is(fault.access?.place, '1 byte past the end of a')
  assert.is(fault.access?.size, 32)
})

emulator('a write before a region, and one far behind it', () => {
  assert.is(
    faultOf(new Assembler().mov(qword(rdi, -3), rax).ret().finish()).access?.place,
    '3 bytes before a',
  )
  const far = faultOf(new Assembler().mov(qword(rdi, 80), rax).ret().finish())
  assert.is(far.access?.place, 'beginning 16 bytes past the end of a')
  assert.is(far.access?.kind, 'write')
})

emulator('read-only memory cannot be written, code neither', () => {
  const code = new Assembler().mov(qword(rdi), rax).ret().finish()
  const run = (): unknown =>
    emulate(code, { regions: [{ name: 'a', data: new Uint8Array(8), permissions: 'r' }], arguments: ['a'] })
  assert.throws(run, /inside a, which is not writable/)
  const a = new Assembler()
  const here = a.label()
  a.bind(here).lea(rax, mem(here)).mov(qword(rax), rax).ret()
  assert.throws(() => emulate(a.finish()), /inside code, which is not writable/)
})

emulator('masked-off elements are neither read nor written', () => {
  const a = new Assembler()
  a.mov(ecx, 0b0111).kmovw(k(1), ecx)
  a.vmovups(zmm(0).mask(k(1)).zero(), zmmword(rdi))
  a.vmovups(zmmword(rdi).mask(k(1)), zmm(0))
  a.vaddps(zmm(0).mask(k(1)), zmm(0), zmmword(rdi))
  a.ret()
  const code = a.finish()
  emulate(code, { regions: [{ name: 'a', data: new Float32Array(3) }], arguments: ['a'] })
  assert.throws(
    () => emulate(code, { regions: [{ name: 'a', data: new Float32Array(2) }], arguments: ['a'] }),
    /reads 4 bytes at 0x[0-9a-f]+ \(byte 8 of a, which has 8\), 4 bytes past the end of a/,
  )
})

emulator('a block that is repeated is read as far as the mask takes any of its copies', () => {
  const code = (bits: number): MachineCode =>
    new Assembler()
      .mov(ecx, bits)
      .kmovw(k(1), ecx)
      .vbroadcastf32x4(zmm(1).mask(k(1)).zero(), xmmword(rdi, 56))
      .ret()
      .finish()
  emulate(code(0b0011_0001_0010_0000), {
    regions: [{ name: 'a', data: new Uint8Array(64) }],
    arguments: ['a'],
  })
  assert.is(faultOf(code(0b0000_0100_0000_0000)).access?.size, 4)
})

emulator('faults as the CPU raises them', () => {
  assert.is(faultOf(new Assembler().movaps(xmm(0), xmmword(rdi, 4)).ret().finish()).kind, '#GP')
  assert.is(faultOf(new Assembler().addps(xmm(0), xmmword(rdi, 4)).ret().finish()).kind, '#GP')
  assert.is(faultOf(new Assembler().xor(rdx, rdx).xor(rcx, rcx).div(rcx).ret().finish()).kind, '#DE')
  assert.is(faultOf(new Assembler().ud2().finish()).kind, '#UD')
  assert.is(
    faultOf(
      new Assembler()
        .mov(rax, 1n << 60n)
        .mov(rax, qword(rax))
        .ret()
        .finish(),
    ).kind,
    '#GP',
  )
  assert.is(faultOf(new Assembler().nop().finish()).access?.kind, 'execute')
})

emulator('strings move on by the direction flag, and movsd without a vector is one of them', () => {
  const data = Uint8Array.from({ length: 16 }, (_, i) => i)
  const a = new Assembler()
  a.lea(rsi, mem(rdi, 4)).mov(ecx, 2).mov(rax, 0).movsd().std().lea(rdi, mem(rdi, 10)).rep_stosb().cld().ret()
  const { emulator: one } = emulate(a.finish(), { regions: [{ name: 'a', data }], arguments: ['a'] })
  assert.equal([...data], [4, 5, 6, 7, 4, 5, 6, 7, 8, 9, 10, 11, 12, 0, 0, 15])
  assert.is(one.state.general.u64[1], 0n)
  const over = new Assembler().mov(ecx, 65).rep_stosb().ret().finish()
  assert.is(faultOf(over).access?.place, '1 byte past the end of a')
})

emulator('the machine around the program is the caller’s to play', () => {
  const a = new Assembler()
  const again = a.label()
  a.mov(rax, 7).mov(rcx, 1).cpuid().mov(qword(rdi), rax).mov(qword(rdi, 8), rbx)
  a.mov(rax, 39).mov(rsi, 5).syscall().mov(qword(rdi, 16), rax)
  a.xor(rcx, rcx).xgetbv().mov(qword(rdi, 24), rax)
  a.rdtsc().mov(rsi, rax).rdtsc().sub(rax, rsi).mov(qword(rdi, 32), rax)
  a.mov(rcx, 3).bind(again).add(qword(rdi, 40), 2).loop(again).ret()
  const data = new BigInt64Array(6)
  const { violations } = emulate(a.finish(), {
    regions: [{ name: 'a', data }],
    arguments: ['a'],
    cpuid: (leaf, subleaf) => ({ eax: 10 * leaf + subleaf, ebx: -1, ecx: 0, edx: 0 }),
    syscall: (number, [, second]) => BigInt(-number) - second!,
  })
  assert.equal([...data], [71n, 0xffff_ffffn, -44n, 0x602e7n, 1n, 6n])
  assert.equal(violations, ['rbx'])
})

emulator('an exception that MXCSR does not mask', () => {
  const a = new Assembler()
  a.mov(qword(rdi), 0x1d80).ldmxcsr(mem(rdi)).vxorps(xmm(0), xmm(0), xmm(0)).vpcmpeqd(xmm(1), xmm(1), xmm(1))
  a.vpsrld(xmm(1), xmm(1), 25).vpslld(xmm(1), xmm(1), 23).vdivss(xmm(2), xmm(1), xmm(0)).ret()
  const fault = faultOf(a.finish())
  assert.is(fault.kind, '#XM')
  assert.match(fault.message, /division by zero/)
})

emulator('an instruction without semantics is named', () => {
  assert.throws(
    () => emulate(new Assembler().nop().cpuid().ret().finish()),
    (error: unknown) =>
      error instanceof UnsupportedInstruction && error.mnemonic === 'cpuid' && error.offset === 1,
  )
})

emulator('a loop without end is stopped', () => {
  const a = new Assembler()
  const again = a.label()
  a.bind(again).jmp(again)
  assert.throws(
    () => emulate(a.finish(), { maxInstructions: 1000 }),
    (error: unknown) => error instanceof InstructionLimit,
  )
})

emulator('arguments, results, calls, and what System V asks to keep', () => {
  const a = new Assembler()
  const twice = a.label('twice')
  a.mov(rax, rdi).add(rax, rsi).call(twice).ret()
  a.bind(twice).add(rax, rax).ret()
  const code = a.finish()
  const { result, violations, instructions } = emulate(code, { arguments: [20n, 1] })
  assert.is(result, 42n)
  assert.equal(violations, [])
  assert.is(instructions, 6)
  assert.is(new Emulator(code).call({ entry: 'twice' }).result, 0n)
  assert.equal(emulate(new Assembler().inc(rbx).ret().finish()).violations, ['rbx'])
  assert.throws(() => emulate(new Assembler().push(rax).ret().finish()), /outside the code/)
})

emulator('the stack has exact bounds', () => {
  const a = new Assembler()
  const again = a.label()
  a.bind(again).push(rax).jmp(again)
  assert.throws(() => emulate(a.finish()), /8 bytes before stack/)
  const deep = new Assembler().mov(qword(rsp, 8), rax).ret().finish()
  assert.throws(() => emulate(deep), /past the end of stack/)
})

emulator('regions may not overlap, and names are known', () => {
  const { emulator: one } = emulate(new Assembler().ret().finish())
  const at = one.map({ name: 'a', data: new Uint8Array(100) })
  assert.throws(
    () => one.map({ name: 'b', data: new Uint8Array(4), address: at + 99 }),
    /region b: overlaps region a/,
  )
  assert.throws(() => one.map({ name: 'a', data: new Uint8Array(4) }), /one of that name already/)
  assert.throws(() => one.addressOf('c'), /no region 'c'; there are a/)
})

/** Runs a product emulated, with every operand exactly as long as it must be. */
function product(target: 'avx2' | 'avx512', m: number, n: number, depth: number, cut = 0): Float32Array {
  const plan = planGemm({ type: 'f32', m, n, k: depth }, { target })
  const { code } = generateGemm(plan)
  const block = new BigUint64Array(32)
  const fill = (length: number): Float32Array =>
    Float32Array.from({ length }, (_, i) => ((i * 7919) % 23) - 11)
  const c = new Float32Array(m * n)
  const run = new Emulator(code, {
    regions: [
      { name: 'a', data: fill(m * depth), permissions: 'r' },
      { name: 'b', data: fill(depth * n - cut), permissions: 'r' },
      { name: 'c', data: c },
      {
        name: 'workspace',
        data: new Uint8Array(plan.workspaceBytes === 'runtime' ? 0 : plan.workspaceBytes),
      },
      { name: 'block', data: block },
    ],
  })
  for (const name of ['a', 'b', 'c', 'workspace'] as const) {
    block[argumentOffset(name) / 8] = BigInt(run.addressOf(name))
  }
  assert.equal(run.call({ arguments: ['block'] }).violations, [])
  return c
}

emulator('products stay within their operands and are right', () => {
  for (const target of ['avx2', 'avx512'] as const) {
    for (const [m, n, depth] of [
      [1, 1, 1],
      [5, 7, 3],
      [17, 33, 20],
      [3, 100, 9],
    ] as const) {
      const c = product(target, m, n, depth)
      for (let i = 0; i < m; i++) {
        for (let j = 0; j < n; j++) {
          let sum = 0
          for (let p = 0; p < depth; p++) {
            sum += ((((i * depth + p) * 7919) % 23) - 11) * ((((p * n + j) * 7919) % 23) - 11)
          }
          assert.is(c[i * n + j], sum)
        }
      }
    }
  }
})

emulator('a kernel given one element too few says which instruction wanted it', () => {
  for (const target of ['avx2', 'avx512'] as const) {
    assert.throws(() => product(target, 17, 33, 20, 1), /#PF: v[a-z0-9]+ .*past the end of b/)
  }
})

emulator('registers hold 64 bits: addresses may wrap', () => {
  const a = new Assembler()
  a.mov(rax, -64n)
    .lea(rcx, mem(rdi, 64))
    .mov(rax, qword(rcx, rax, 1))
    .ret()
  const data = new BigUint64Array([7n])
  assert.is(emulate(a.finish(), { regions: [{ name: 'a', data }], arguments: ['a'] }).result, 7n)
  const large = new Assembler()
    .mov(rax, (1n << 63n) + 1n)
    .lea(r64(0), mem(rax, rax, 1, 5))
    .ret()
    .finish()
  assert.is(emulate(large).result, 7n)
})

emulator.run()
