/** Reads CPUID leaves and XCR0 through a generated stub. */
import { ArgumentBlock } from './argument-block.ts'
import { placeCode } from './executable-memory.ts'
import type { CpuidRegister } from './feature-bits.ts'
import { host } from './hosts/select.ts'

export type CpuidResult = Readonly<Record<CpuidRegister, number>>

/** What a description of a CPU is read from; a recording serves as well as the CPU itself. */
export interface CpuidSource {
  /** One leaf and subleaf; registers as unsigned 32-bit numbers. */
  leaf(leaf: number, subleaf: number): CpuidResult
  /** XCR0: the register state that the operating system saves. Only asked when CPUID shows OSXSAVE. */
  xcr0(): number
}

// Block: u32[0] leaf, u32[1] subleaf → u32[0…3] eax, ebx, ecx, edx.
const CPUID_STUB = Uint8Array.of(
  ...[0x53], // push rbx
  ...[0x8b, 0x07], // mov eax, [rdi]
  ...[0x8b, 0x4f, 0x04], // mov ecx, [rdi + 4]
  ...[0x0f, 0xa2], // cpuid
  ...[0x89, 0x07], // mov [rdi], eax
  ...[0x89, 0x5f, 0x04], // mov [rdi + 4], ebx
  ...[0x89, 0x4f, 0x08], // mov [rdi + 8], ecx
  ...[0x89, 0x57, 0x0c], // mov [rdi + 12], edx
  ...[0x5b], // pop rbx
  ...[0xc3], // ret
)
// Block: → u32[0], u32[1] low and high half of XCR0.
const XGETBV_STUB = Uint8Array.of(
  ...[0x31, 0xc9], // xor ecx, ecx
  ...[0x0f, 0x01, 0xd0], // xgetbv
  ...[0x89, 0x07], // mov [rdi], eax
  ...[0x89, 0x57, 0x04], // mov [rdi + 4], edx
  ...[0xc3], // ret
)

/** The CPU that this process runs on. */
export function nativeCpuid(): CpuidSource & { readonly close: () => void } {
  const own = host()
  const block = new ArgumentBlock(16)
  const cpuid = placeCode(own, CPUID_STUB.length, () => CPUID_STUB)
  const xgetbv = placeCode(own, XGETBV_STUB.length, () => XGETBV_STUB)
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
