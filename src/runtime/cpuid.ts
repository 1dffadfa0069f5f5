/** Reads CPUID leaves and XCR0 through a generated stub. */
import { Assembler } from '../encoder/assembler.ts'
import { mem } from '../encoder/operands.ts'
import { eax, ebx, ecx, edx, rbx, rdi } from '../encoder/registers.ts'
import { ArgumentBlock } from './argument-block.ts'
import { placeCode } from './executable-memory.ts'
import type { CpuidRegister } from './feature-bits.ts'
import { anyHost } from './hosts/select.ts'

export type CpuidResult = Readonly<Record<CpuidRegister, number>>

/** What a description of a CPU is read from; a recording serves as well as the CPU itself. */
export interface CpuidSource {
  /** One leaf and subleaf; registers as unsigned 32-bit numbers. */
  leaf(leaf: number, subleaf: number): CpuidResult
  /** XCR0: the register state that the operating system saves. Only asked when CPUID shows OSXSAVE. */
  xcr0(): number
}

/** Block: u32[0] leaf, u32[1] subleaf → u32[0…3] eax, ebx, ecx, edx. */
function cpuidCode(): Uint8Array {
  const a = new Assembler()
  a.push(rbx)
  a.mov(eax, mem(rdi)).mov(ecx, mem(rdi, 4))
  a.cpuid()
  a.mov(mem(rdi), eax).mov(mem(rdi, 4), ebx).mov(mem(rdi, 8), ecx).mov(mem(rdi, 12), edx)
  a.pop(rbx)
  return a.ret().finish().bytes
}

/** Block: → u32[0], u32[1] low and high half of XCR0. */
function xgetbvCode(): Uint8Array {
  const a = new Assembler()
  a.xor(ecx, ecx)
  a.xgetbv()
  a.mov(mem(rdi), eax).mov(mem(rdi, 4), edx)
  return a.ret().finish().bytes
}

/**
 * The CPU that this process runs on. Its stubs are placed directly: loadKernel asks for the features that
 * they find out.
 */
export function nativeCpuid(): CpuidSource & { readonly close: () => void } {
  const own = anyHost()
  const block = new ArgumentBlock(16)
  const place = (code: Uint8Array) => placeCode(own, code.length, () => code)
  const cpuid = place(cpuidCode())
  const xgetbv = place(xgetbvCode())
  const { u32 } = block
  return {
    leaf(leaf, subleaf) {
      u32[0] = leaf
      u32[1] = subleaf
      own.enter(BigInt(cpuid.address), block.bits)
      return { eax: u32[0]!, ebx: u32[1]!, ecx: u32[2]!, edx: u32[3]! }
    },
    xcr0() {
      own.enter(BigInt(xgetbv.address), block.bits)
      return u32[0]! + u32[1]! * 2 ** 32
    },
    close() {
      cpuid.dispose()
      xgetbv.dispose()
    },
  }
}
