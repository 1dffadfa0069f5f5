/** Calling conventions as data: which registers carry arguments, which survive a call, how the stack is kept. */
import {
  k,
  type P,
  type Reg,
  r8_,
  r9,
  r10,
  r11,
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
  tmm,
  zmm,
} from '../encoder/registers.ts'

/** One calling convention. Every register that is neither callee-saved nor rsp may be clobbered by a call. */
export interface Abi {
  readonly name: string
  /** Where integer arguments arrive, in order. */
  readonly params: readonly P<'r64'>[]
  /** Registers that a return may carry a result in. */
  readonly results: readonly Reg[]
  /** Registers whose value a function must restore, in the order in which they are taken into use and pushed. */
  readonly calleeSaved: readonly P<'r64'>[]
  /** Registers that a call may change. */
  readonly callClobbers: readonly Reg[]
  /** A register that holds nothing on entry and survives no call: the prologue may use it. */
  readonly scratch: P<'r64'>
  /** rsp before a call is a multiple of this many bytes. */
  readonly stackAlignment: number
  /** Bytes that a caller leaves free above the return address for its callee (Win64's home space). */
  readonly homeBytes: number
}

const vectors = (from: number, to: number): Reg[] =>
  Array.from({ length: to - from }, (_, i) => zmm(from + i))
const opmasksAndTiles: readonly Reg[] = Array.from({ length: 8 }, (_, i) => [k(i), tmm(i)]).flat()

/**
 * System V AMD64, psABI 1.0 section 3.2: every vector, opmask and tile register is caller-saved. The
 * red zone is not used, so that signal handlers and debuggers need not know of it.
 */
export const systemV: Abi = {
  name: 'System V',
  params: [rdi, rsi, rdx, rcx, r8_, r9],
  results: [rax, rdx, zmm(0), zmm(1)],
  calleeSaved: [rbx, r14, r15, rbp, r12, r13],
  callClobbers: [rax, rcx, rdx, rsi, rdi, r8_, r9, r10, r11, ...vectors(0, 32), ...opmasksAndTiles],
  scratch: r11,
  stackAlignment: 16,
  homeBytes: 0,
}
