/** Reads CPUID leaves and XCR0 through a generated stub. */
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

// By hand, as the gate is (gate.ts), and held to the assembler by tests.

/**
 * Block: u32[0] leaf, u32[1] subleaf → u32[0…3] eax, ebx, ecx, edx.
 *
 * ```
 * push rbx; mov eax, [rdi]; mov ecx, [rdi + 4]; cpuid
 * mov [rdi], eax; mov [rdi + 4], ebx; mov [rdi + 8], ecx; mov [rdi + 12], edx; pop rbx; ret
 * ```
 */
export const CPUID_CODE: readonly number[] = [
  ...[0x53, 0x8b, 0x07, 0x8b, 0x4f, 0x04, 0x0f, 0xa2],
  ...[0x89, 0x07, 0x89, 0x5f, 0x04, 0x89, 0x4f, 0x08, 0x89, 0x57, 0x0c, 0x5b, 0xc3],
]

/** Block: → u32[0], u32[1] low and high half of XCR0. xor ecx, ecx; xgetbv; mov [rdi], eax; mov [rdi + 4], edx; ret */
export const XGETBV_CODE: readonly number[] = [
  ...[0x31, 0xc9, 0x0f, 0x01, 0xd0, 0x89, 0x07, 0x89, 0x57, 0x04, 0xc3],
]

/**
 * The CPU that this process runs on. Its stubs are placed directly: loadKernel asks for the features that
 * they find out.
 */
export function nativeCpuid(): CpuidSource & { readonly close: () => void } {
  const own = anyHost()
  const block = new ArgumentBlock(16)
  const place = (code: readonly number[]) => placeCode(own, code.length, () => Uint8Array.from(code))
  const cpuid = place(CPUID_CODE)
  const xgetbv = place(XGETBV_CODE)
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
