/** The gate: the one stub through which a host enters native code. */

/** BigUint64Array indices of the mailbox: what to run, and its only argument. */
export const GATE_CODE = 0
export const GATE_ARGUMENT = 1
export const GATE_WORDS = 2

/**
 * `mov r11, mailbox; mov rdi, [r11 + 8]; jmp [r11]`: a tail call, so the code returns to the host
 * itself, with the stack as the host left it. r11 is free at a call (System V ABI, 3.2.3).
 */
export function gateCode(mailboxAddress: number): Uint8Array {
  const code = Uint8Array.of(0x49, 0xbb, 0, 0, 0, 0, 0, 0, 0, 0, 0x49, 0x8b, 0x7b, 8, 0x41, 0xff, 0x23)
  new DataView(code.buffer).setBigUint64(2, BigInt(mailboxAddress), true)
  return code
}
