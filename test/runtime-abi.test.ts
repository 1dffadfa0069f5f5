/** The calling convention: hosts call as System V says, and our stubs give back what they must preserve. */
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { Assembler } from '../src/encoder/assembler.ts'
import type { MachineCode } from '../src/encoder/machine-code.ts'
import { dword, mem, qword } from '../src/encoder/operands.ts'
import {
  physical,
  r8_,
  r12,
  r13,
  r14,
  r15,
  rax,
  rbp,
  rbx,
  rcx,
  rdi,
  rdx,
  rsi,
  rsp,
} from '../src/encoder/registers.ts'
import { clockCode, peakCode, repeatCode } from '../src/measure/index.ts'
import { type HostName, loadKernel, missingFeatures, type NativeKernel } from '../src/runtime/index.ts'
import { NATIVE, rawCode } from './native-support.ts'
import { skip } from './skips.ts'

const abi = suite('runtime abi')
const HOSTS: readonly HostName[] = ['koffi', 'ffi-rs']
const SAVED = [rbx, rbp, r12, r13, r14, r15] as const

function test(name: string, body: () => void | Promise<void>): void {
  if (NATIVE) abi(name, body)
  else skip('native code needs linux-x64')
}

/** Where the harness keeps things in its block, in bytes. */
const AT = { code: 0, argument: 8, saved: 16, stack: 64, flags: 72, mxcsrAfter: 80 } as const

const PATTERN = 0x0101_0101_0101_0101n
/** MXCSR with all exceptions masked and rounding down; the bits that a call must preserve. */
const ROUND_DOWN = 0x3f80
const MXCSR_CONTROL = 0xffc0
const DIRECTION_FLAG = 0x400n

/** Calls [code]([argument]) with a pattern in every callee-saved register, and notes what came back. */
function harness(): MachineCode {
  const a = new Assembler()
  for (const register of SAVED) a.push(register)
  a.push(rdi)
  a.sub(rsp, 16)
  a.stmxcsr(dword(rsp))
  a.mov(dword(rsp, 4), ROUND_DOWN)
  a.ldmxcsr(dword(rsp, 4))
  a.mov(qword(rsp, 8), rdi)
  SAVED.forEach((register, index) => {
    a.mov(register, PATTERN * BigInt(index + 1))
  })
  a.mov(rax, qword(rdi, AT.code))
  a.mov(rsi, rsp)
  a.mov(qword(rdi, AT.stack), rsi)
  a.mov(rdi, qword(rdi, AT.argument))
  a.call(rax)
  a.mov(rdx, qword(rsp, 8))
  SAVED.forEach((register, index) => {
    a.mov(qword(rdx, AT.saved + 8 * index), register)
  })
  a.sub(qword(rdx, AT.stack), rsp)
  a.stmxcsr(dword(rdx, AT.mxcsrAfter))
  a.ldmxcsr(dword(rsp))
  a.bytes([0x9c]).cld() // pushfq
  a.pop(rcx)
  a.mov(qword(rdx, AT.flags), rcx)
  a.add(rsp, 16)
  a.pop(rdi)
  for (const register of [...SAVED].reverse()) a.pop(register)
  return a.ret().finish()
}

/** What the code, run with a prepared block, fails to preserve. */
function violations(code: MachineCode, prepare: (kernel: NativeKernel) => void = () => {}): string[] {
  const outer = loadKernel(harness(), { argumentBytes: 128 })
  const kernel = loadKernel(code)
  prepare(kernel)
  const { u64, u32 } = outer.block
  u64[AT.code / 8] = BigInt(kernel.address)
  u64[AT.argument / 8] = kernel.block.bits
  outer.run()
  const wrong = SAVED.filter((_, index) => u64[AT.saved / 8 + index] !== PATTERN * BigInt(index + 1)).map(
    String,
  )
  if (u64[AT.stack / 8] !== 0n) wrong.push('rsp')
  if ((u32[AT.mxcsrAfter / 4]! & MXCSR_CONTROL) !== ROUND_DOWN) wrong.push('mxcsr')
  if ((u64[AT.flags / 8]! & DIRECTION_FLAG) !== 0n) wrong.push('df')
  kernel.dispose()
  outer.dispose()
  return wrong
}

test('the stubs preserve what System V says', () => {
  const nothing = loadKernel(rawCode([0xc3]))
  assert.equal(violations(rawCode([0xc3])), [])
  const repeat = violations(repeatCode(), ({ block }) => {
    block.u64[0] = BigInt(nothing.address)
    block.u64[2] = 3n
  })
  assert.equal(repeat, [])
  const thrice = ({ block }: NativeKernel): void => {
    block.u64[0] = 3n
  }
  assert.equal(violations(clockCode(), thrice), [])
  for (const vector of ['ymm', 'zmm'] as const) {
    for (const type of ['f32', 'f64'] as const) {
      const code = peakCode(vector, type)
      if (missingFeatures(code).length > 0) skip(`this CPU lacks ${vector} FMA`)
      else assert.equal(violations(code, thrice), [], `${vector} ${type}`)
    }
  }
  nothing.dispose()
})

test('the harness notices what is not preserved', () => {
  const spoil = (build: (a: Assembler) => void): string[] => {
    const a = new Assembler()
    build(a)
    return violations(a.ret().finish())
  }
  for (const register of SAVED)
    assert.equal(
      spoil((a) => a.xor(register, register)),
      [String(register)],
    )
  assert.equal(
    spoil((a) => a.mov(dword(rsp, -8), 0x1f80).ldmxcsr(dword(rsp, -8))),
    ['mxcsr'],
  )
  assert.equal(
    spoil((a) => a.std()),
    ['df'],
  )
})

test('a host enters with the argument in rdi and the stack as after a call', () => {
  for (const name of HOSTS) {
    const a = new Assembler()
    a.mov(qword(rdi, 0), rdi)
    a.mov(qword(rdi, 8), rsp)
    a.stmxcsr(dword(rdi, 16))
    const kernel = loadKernel(a.ret().finish(), { host: name })
    kernel.run()
    assert.is(kernel.block.u64[0], kernel.block.bits, name)
    assert.is(kernel.block.u64[1]! % 16n, 8n, name)
    assert.is(kernel.block.u32[4]! & 0xffc0, 0x1f80, name)
    kernel.dispose()
  }
})

test('whatever a kernel leaves in caller-saved registers harms nobody', () => {
  for (const name of HOSTS) {
    const a = new Assembler()
    for (const register of [rax, rcx, rdx, rsi, r8_]) a.mov(register, -1)
    for (let id = 9; id <= 11; id++) a.mov(physical('r64', id), -1)
    for (let id = 0; id < 16; id++) a.pcmpeqd(physical('xmm', id), physical('xmm', id))
    a.mov(mem(rdi).sized(64), 1)
    const kernel = loadKernel(a.ret().finish(), { host: name })
    let sum = 0.5
    for (let round = 0; round < 1000; round++) {
      kernel.block.u64[0] = 0n
      kernel.run()
      sum += Number(kernel.block.u64[0]) * 1.25
    }
    assert.is(sum, 1250.5, name)
    kernel.dispose()
  }
})

abi.run()
