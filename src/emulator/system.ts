/** Instructions that ask the machine around the program: CPUID, system calls, XCR0, the time-stamp counter. */
import { NoSemantics, type SemanticsTable, type Step } from './instruction.ts'
import type { State } from './state.ts'

const [RAX, RCX, RDX, RBX, R11] = [0, 1, 2, 3, 11] as const
/** rdi, rsi, rdx, r10, r8, r9 (System V ABI, A.2.1). */
const SYSCALL_ARGUMENTS = [7, 6, 2, 10, 8, 9] as const
/** x87, SSE, AVX, the three states of AVX-512, the two of AMX: what the emulator has. */
const XCR0 = 0x602e7

function setWords(state: State, low: number, high: number): void {
  const { u64 } = state.general
  u64[RAX] = BigInt(low >>> 0)
  u64[RDX] = BigInt(high >>> 0)
}

/** The counter goes on by one whenever somebody looks: it never goes back, and measures nothing. */
const readCounter =
  (state: State): Step =>
  () => {
    state.counter += 1
    setWords(state, state.counter, state.counter / 2 ** 32)
  }

export const systemSemantics: SemanticsTable = {
  cpuid: (state) => {
    const { cpuid } = state.surroundings
    if (cpuid === undefined) throw new NoSemantics('cpuid without somebody who answers')
    const { u32, u64 } = state.general
    return () => {
      const leaf = cpuid(u32[2 * RAX]!, u32[2 * RCX]!)
      setWords(state, leaf.eax, leaf.edx)
      u64[RBX] = BigInt(leaf.ebx >>> 0)
      u64[RCX] = BigInt(leaf.ecx >>> 0)
    }
  },
  xgetbv: (state) => () => setWords(state, XCR0, 0),
  rdtsc: readCounter,
  rdtscp: (state) => {
    const read = readCounter(state)
    return () => {
      read()
      state.general.u64[RCX] = 0n
    }
  },
  syscall: (state, instruction) => {
    const { syscall } = state.surroundings
    if (syscall === undefined) throw new NoSemantics('a system call without somebody who answers')
    const { i64, u64 } = state.general
    return () => {
      const result = syscall(
        state.general.u32[2 * RAX]!,
        SYSCALL_ARGUMENTS.map((register) => i64[register]!),
      )
      u64[RAX] = BigInt.asUintN(64, result)
      u64[RCX] = BigInt(instruction.next)
      u64[R11] = BigInt(state.flags.value)
    }
  },
}
