/** The stubs that are written as bytes are what the assembler makes of them. */
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { Assembler } from '../src/encoder/assembler.ts'
import { mem, qword } from '../src/encoder/operands.ts'
import { eax, ebx, ecx, edx, r11, rbx, rdi } from '../src/encoder/registers.ts'
import { CPUID_CODE, XGETBV_CODE } from '../src/runtime/cpuid.ts'
import { GATE_ARGUMENT, GATE_CODE, gateCode } from '../src/runtime/gate.ts'

const stubs = suite('runtime stubs')

stubs('the gate', () => {
  for (const mailbox of [0x7f12_3456_7890, 2 ** 47 - 8, 2 ** 32]) {
    const a = new Assembler()
    a.mov(r11, BigInt(mailbox))
    a.mov(rdi, mem(r11, 8 * GATE_ARGUMENT))
    a.jmp(qword(r11, 8 * GATE_CODE))
    assert.equal(gateCode(mailbox), a.finish().bytes)
  }
  // Where the assembler would find a shorter mov, the gate's is as right.
  assert.equal(gateCode(0x1000).subarray(2, 10), Uint8Array.of(0, 0x10, 0, 0, 0, 0, 0, 0))
})

stubs('cpuid', () => {
  const a = new Assembler()
  a.push(rbx).mov(eax, mem(rdi)).mov(ecx, mem(rdi, 4)).cpuid()
  a.mov(mem(rdi), eax).mov(mem(rdi, 4), ebx).mov(mem(rdi, 8), ecx).mov(mem(rdi, 12), edx)
  assert.equal([...a.pop(rbx).ret().finish().bytes], CPUID_CODE)
})

stubs('xgetbv', () => {
  const a = new Assembler()
  a.xor(ecx, ecx).xgetbv().mov(mem(rdi), eax).mov(mem(rdi, 4), edx)
  assert.equal([...a.ret().finish().bytes], XGETBV_CODE)
})

stubs.run()
