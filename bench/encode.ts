/** How many instructions a second the assembler encodes through its typed methods, with all checks; iced-x86 beside it. */
import * as iced from 'iced-x86'
import { Assembler, mem, r64, rax, rcx, ymm, zmm } from '../src/encoder/index.ts'
import { fastest, type Rate } from './rate.ts'

/** In a round. */
const INSTRUCTIONS = 16_000

const z = Array.from({ length: 32 }, (_, id) => zmm(id))
const y = Array.from({ length: 16 }, (_, id) => ymm(id))
const g = Array.from({ length: 16 }, (_, id) => r64(id))
const near = mem(rax, 64)
const far = mem(rcx, rax, 8, 256)
const element = mem(rax, 4).broadcast()

/** A mix like that of kernels: half EVEX, some VEX, some integer; registers and memory. */
function emitMix(a: Assembler, count: number): void {
  for (let i = 0; i < count; i += 8) {
    const j = i & 15
    a.vfmadd231ps(z[j]!, z[j + 1]!, element)
    a.vfmadd231ps(z[j + 2]!, z[j + 1]!, z[j + 7]!)
    a.vmovups(z[j]!, near)
    a.vaddps(y[j]!, y[(j + 3) & 15]!, y[1]!)
    a.add(g[j]!, 64)
    a.mov(g[j]!, far)
    a.lea(rax, far)
    a.vmovups(near, z[j]!)
  }
}

/** The same mix made of fresh memory operands, as generators write it. */
function emitFresh(a: Assembler, count: number): void {
  for (let i = 0; i < count; i += 8) {
    const j = i & 15
    a.vfmadd231ps(z[j]!, z[j + 1]!, mem(rax, j).broadcast())
    a.vfmadd231ps(z[j + 2]!, z[j + 1]!, z[j + 7]!)
    a.vmovups(z[j]!, mem(rax, 64 * j))
    a.vaddps(y[j]!, y[(j + 3) & 15]!, y[1]!)
    a.add(g[j]!, j)
    a.mov(g[j]!, mem(rcx, rax, 8, i))
    a.lea(rax, mem(rcx, rax, 8, i))
    a.vmovups(mem(rax, 64 * j), z[j]!)
  }
}

function emitIced(count: number): number {
  const { Code, Encoder, Instruction, MemoryOperand, Register } = iced
  const encoder = new Encoder(64)
  let bytes = 0
  for (let i = 0; i < count; i += 4) {
    const j = i & 15
    const memory = new MemoryOperand(Register.RAX, Register.None, 1, 64n, 1, false, Register.None)
    const list = [
      Instruction.createRegRegReg(
        Code.EVEX_Vfmadd231ps_zmm_k1z_zmm_zmmm512b32_er,
        Register.ZMM0 + j,
        Register.ZMM1 + j,
        Register.ZMM7 + j,
      ),
      Instruction.createRegMem(Code.EVEX_Vmovups_zmm_k1z_zmmm512, Register.ZMM0 + j, memory),
      Instruction.createRegRegReg(
        Code.VEX_Vaddps_ymm_ymm_ymmm256,
        Register.YMM0 + j,
        Register.YMM1 + (j & 7),
        Register.YMM1,
      ),
      Instruction.createRegI32(Code.Add_rm64_imm8, Register.RAX + j, 64),
    ]
    for (const instruction of list) {
      bytes += encoder.encode(instruction, 0n)
      instruction.free()
    }
  }
  encoder.free()
  return bytes
}

/** Typed methods and iced, in instructions a second. */
export function encodeRates(): Rate[] {
  const rate = (name: string, round: () => unknown): Rate => ({
    name,
    rate: fastest(() => {
      round()
      return INSTRUCTIONS
    }),
  })
  return [
    rate('typed methods', () => emitMix(new Assembler(), INSTRUCTIONS)),
    rate('typed methods and finish()', () => {
      const a = new Assembler()
      emitMix(a, INSTRUCTIONS)
      a.finish()
    }),
    rate('typed methods, fresh memory operands', () => emitFresh(new Assembler(), INSTRUCTIONS)),
    rate('iced-x86 (wasm), create and encode', () => emitIced(INSTRUCTIONS)),
  ]
}
