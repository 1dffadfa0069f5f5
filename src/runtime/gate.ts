/** The gate: the one stub through which a host enters native code. */
import { Assembler } from '../encoder/assembler.ts'
import { mem, qword } from '../encoder/operands.ts'
import { r11, rdi } from '../encoder/registers.ts'

/** BigUint64Array indices of the mailbox: what to run, and its only argument. */
export const GATE_CODE = 0
export const GATE_ARGUMENT = 1
export const GATE_WORDS = 2

/**
 * A jump to what the mailbox says, so that the code returns to the host itself, with the stack as the
 * host left it. r11 is free at a call (System V ABI, 3.2.3).
 */
export function gateCode(mailboxAddress: number): Uint8Array {
  const a = new Assembler()
  a.mov(r11, BigInt(mailboxAddress))
  a.mov(rdi, mem(r11, 8 * GATE_ARGUMENT))
  a.jmp(qword(r11, 8 * GATE_CODE))
  return a.finish().bytes
}
