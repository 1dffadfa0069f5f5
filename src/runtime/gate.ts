/** The gates: the two stubs through which a host enters native code, at once or on another thread. */
import { Assembler } from '../encoder/assembler.ts'
import { dword, qword } from '../encoder/operands.ts'
import { eax, ecx, rbx, rdi } from '../encoder/registers.ts'

/** BigUint64Array indices of the mailbox: what to run, and its only argument. */
export const GATE_CODE = 0
export const GATE_ARGUMENT = 1
export const GATE_WORDS = 2

/**
 * mov r11, imm64; mov rdi, [r11 + 8]; jmp [r11]: by hand, as every process enters native code through it, and the
 * assembler would first have to make its forms, which takes longer than all else here. Tests hold it to the assembler.
 */
const GATE = [
  0x49,
  0xbb,
  0,
  0,
  0,
  0,
  0,
  0,
  0,
  0,
  0x49,
  0x8b,
  0x7b,
  8 * GATE_ARGUMENT,
  0x41,
  0xff,
  0x23,
] as const
/** Where in it the immediate is. */
const GATE_MAILBOX = 2

/**
 * A jump to what the mailbox says, so that the code returns to the host itself, with the stack as the
 * host left it. r11 is free at a call (System V ABI, 3.2.3).
 */
export function gateCode(mailboxAddress: number): Uint8Array {
  const bytes = Uint8Array.from(GATE)
  new DataView(bytes.buffer).setBigUint64(GATE_MAILBOX, BigInt(mailboxAddress), true)
  return bytes
}

/** BigUint64Array indices of a later call's record: what to run, its only argument, and how far it is. */
export const LATER_CODE = 0
export const LATER_ARGUMENT = 1
export const LATER_STATE = 2
export const LATER_WORDS = 3

/** The states of a later call; `cancelled` is for JavaScript to set, the other changes are the gate's. */
export const LATER = { queued: 0, running: 1, finished: 2, cancelled: 3 } as const

/** `void later(uint64_t record)`: runs what the record says, unless it was cancelled while it waited for a thread. */
export function laterGateCode(): Uint8Array {
  const a = new Assembler()
  const state = dword(rbx, 8 * LATER_STATE)
  const end = a.label('end')
  a.push(rbx).mov(rbx, rdi)
  a.mov(eax, LATER.queued).mov(ecx, LATER.running)
  a.bytes([0xf0]).cmpxchg(state, ecx).jne(end) // F0: lock
  a.mov(rdi, qword(rbx, 8 * LATER_ARGUMENT)).call(qword(rbx, 8 * LATER_CODE))
  a.mov(state, LATER.finished)
  a.bind(end).pop(rbx).ret()
  return a.finish().bytes
}
