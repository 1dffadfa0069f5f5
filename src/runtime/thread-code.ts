/** The pool's native code: the loop of its threads, the dispatch of a call's parts, and the end of it all. */
import { Assembler } from '../encoder/assembler.ts'
import type { MachineCode } from '../encoder/machine-code.ts'
import { dword, type Label, mem, qword } from '../encoder/operands.ts'
import {
  eax,
  ebx,
  ecx,
  edi,
  edx,
  esi,
  type P,
  r9,
  r12,
  r13,
  r14,
  r15,
  r32,
  rax,
  rbp,
  rbx,
  rcx,
  rdi,
  rdx,
  rsi,
  rsp,
} from '../encoder/registers.ts'
import { MAILBOX, POOL, RECORD } from './thread-memory.ts'

// Linux, x86-64: <asm/unistd_64.h>, <linux/futex.h>, <linux/prctl.h>, <asm/signal.h>.
const SYS_RT_SIGPROCMASK = 14
const SYS_PRCTL = 157
const SYS_FUTEX = 202
const FUTEX_WAIT_PRIVATE = 128
const FUTEX_WAKE_PRIVATE = 129
const PR_SET_NAME = 15
const SIG_SETMASK = 2

/** What the threads are called in /proc/self/task, top and gdb; at most 15 bytes. */
export const THREAD_NAME = 'tilewright'

/**
 * Signals that pool threads leave open: faults, which must kill, and 32 to 34, which libc sends to every
 * thread for setuid, cancellation and timers. All others are for Node's threads.
 */
const OPEN_SIGNALS: readonly number[] = [4, 5, 7, 8, 11, 31, 32, 33, 34]

const r8d = r32(8)
const r10d = r32(10)
const r12d = r32(12)
const r13d = r32(13)

/** Callee-saved registers: six pushes leave rsp 8 below a multiple of 16, as a call's entry finds it. */
const SAVED = [rbx, rbp, r12, r13, r14, r15] as const

/** Saves every callee-saved register and makes rsp a multiple of 16, with one free word at [rsp]. */
function enter(a: Assembler): void {
  for (const register of SAVED) a.push(register)
  a.sub(rsp, 8)
}

function leave(a: Assembler): void {
  a.add(rsp, 8)
  for (const register of SAVED.toReversed()) a.pop(register)
  a.ret()
}

/** The next instruction is atomic. */
function lock(a: Assembler): Assembler {
  return a.bytes([0xf0])
}

/** Sleeps while [base + offset] equals edx, or until a signal. Overwrites rax, rcx, rdi, rsi, r10, r11. */
function futexWait(a: Assembler, base: P<'r64'>, offset: number): void {
  a.lea(rdi, mem(base, offset))
  a.mov(esi, FUTEX_WAIT_PRIVATE)
  a.xor(r10d, r10d)
  a.mov(eax, SYS_FUTEX).syscall()
}

/** Wakes who sleeps on [base + offset]; it is one at most. Overwrites rax, rcx, rdx, rdi, rsi, r11. */
function futexWake(a: Assembler, base: P<'r64'>, offset: number): void {
  a.lea(rdi, mem(base, offset))
  a.mov(esi, FUTEX_WAKE_PRIVATE).mov(edx, 1)
  a.mov(eax, SYS_FUTEX).syscall()
}

/**
 * Offers the mailbox's next request, whose code and argument are written. xchg orders the number before the
 * reading of `parked`, as the thread's xchg orders `parked` before its reading of the number: one of the
 * two sees the other. Overwrites rax, rcx, rdx, rdi, rsi, r11.
 */
function offer(a: Assembler, mailbox: P<'r64'>): void {
  const awake = a.label()
  a.mov(eax, dword(mailbox, MAILBOX.request)).inc(eax)
  a.xchg(dword(mailbox, MAILBOX.request), eax)
  a.cmp(dword(mailbox, MAILBOX.parked), 0).je(awake)
  futexWake(a, mailbox, MAILBOX.request)
  a.bind(awake)
}

/** Claims the request whose number is in `request`; ZF says whether it was still to be had. Overwrites rax. */
function claim(a: Assembler, mailbox: P<'r64'>, request: P<'r32'>, wide: P<'r64'>): void {
  a.lea(eax, mem(wide, -1))
  lock(a).cmpxchg(dword(mailbox, MAILBOX.claimed), request)
}

/** The signals that pool threads block, as rt_sigprocmask takes them: bit n − 1 is signal n. */
function blockedSignals(): Uint8Array {
  const set = OPEN_SIGNALS.reduce((mask, signal) => mask & ~(1n << BigInt(signal - 1)), (1n << 64n) - 1n)
  return new Uint8Array(BigUint64Array.of(set).buffer)
}

/** `void *thread(void *mailbox)`: runs requests until one has no code. */
export function threadCode(): MachineCode {
  const a = new Assembler()
  const mailbox = rbx
  const [request, wideRequest] = [r12d, r12]
  const idle = a.label('idle')
  const spin = a.label('spin')
  const park = a.label('park')
  const unpark = a.label('unpark')
  const offered = a.label('offered')
  const end = a.label('end')

  enter(a)
  a.mov(mailbox, rdi)
  a.mov(edi, PR_SET_NAME)
  a.lea(rsi, mem(a.constant(new TextEncoder().encode(`${THREAD_NAME}\0`))))
  a.mov(eax, SYS_PRCTL).syscall()
  a.mov(edi, SIG_SETMASK)
  a.lea(rsi, mem(a.constant(blockedSignals())))
  a.xor(edx, edx).mov(r10d, 8)
  a.mov(eax, SYS_RT_SIGPROCMASK).syscall()
  a.mov(request, dword(mailbox, MAILBOX.claimed))

  a.bind(idle)
  a.mov(ecx, dword(mailbox, MAILBOX.idleSpins))
  a.bind(spin)
  a.mov(eax, dword(mailbox, MAILBOX.request))
  a.cmp(eax, request).jne(offered)
  a.pause()
  a.dec(ecx).jne(spin)
  a.bind(park)
  a.mov(eax, 1).xchg(dword(mailbox, MAILBOX.parked), eax)
  a.cmp(dword(mailbox, MAILBOX.request), request).jne(unpark)
  a.mov(edx, request)
  futexWait(a, mailbox, MAILBOX.request)
  // After a signal the number is the same, and sleep goes on.
  a.cmp(dword(mailbox, MAILBOX.request), request).je(park)
  a.bind(unpark)
  a.mov(dword(mailbox, MAILBOX.parked), 0)
  a.mov(eax, dword(mailbox, MAILBOX.request))

  a.bind(offered)
  a.mov(request, eax)
  claim(a, mailbox, request, wideRequest)
  a.jne(idle)
  a.mov(rax, qword(mailbox, MAILBOX.code))
  a.test(rax, rax).je(end)
  a.mov(rdi, qword(mailbox, MAILBOX.argument))
  a.call(rax)
  a.mov(eax, request).xchg(dword(mailbox, MAILBOX.done), eax)
  a.cmp(dword(mailbox, MAILBOX.waiting), 0).je(idle)
  futexWake(a, mailbox, MAILBOX.done)
  a.jmp(idle)

  a.bind(end)
  a.xor(eax, eax)
  leave(a)
  return a.finish()
}

/**
 * `void dispatch(uint64_t record)`: offers the last parts to the threads, one each, runs the others itself, then those
 * that no thread has begun, and waits for the rest. When another call has the threads it runs all parts
 * itself: the CPUs are busy then, and waiting for each other is how deadlocks begin.
 */
export function dispatchCode(): MachineCode {
  const a = new Assembler()
  const pool = rbp
  const mailbox = r14
  const part = r15
  const [request, wideRequest] = [ebx, rbx]
  const offered = r13d
  const count = r12d
  const busy = dword(rsp)
  const own = a.label('own')
  const finish = a.label('finish')
  const exit = a.label('exit')
  const runPart = (): void => {
    a.mov(rdi, qword(part, 8)).call(qword(part))
  }
  const eachMailbox = (name: string, body: (next: Label) => void): void => {
    const loop = a.label(name)
    const next = a.label(`${name}_next`)
    a.lea(mailbox, mem(pool, POOL.mailboxes)).mov(count, offered)
    a.bind(loop)
    body(next)
    a.bind(next)
    a.add(mailbox, MAILBOX.bytes).dec(count).jne(loop)
  }

  enter(a)
  a.mov(pool, qword(rdi, RECORD.pool)).mov(count, dword(rdi, RECORD.parts))
  a.lea(part, mem(rdi, RECORD.first))
  a.xor(offered, offered)
  a.mov(eax, 1).xchg(dword(pool, POOL.busy), eax)
  a.mov(busy, eax).test(eax, eax).jne(own)
  a.mov(offered, count).dec(offered)
  a.mov(ecx, dword(pool, POOL.threads))
  a.cmp(offered, ecx).cmova(offered, ecx)
  a.test(offered, offered).je(own)

  // Parts are written from the last to the first, so that `own` is left with those before.
  a.sub(count, offered)
  a.mov(eax, count).shl(rax, Math.log2(RECORD.partBytes))
  const source = r9
  a.lea(source, mem(part, rax, 1))
  a.lea(mailbox, mem(pool, POOL.mailboxes)).mov(r8d, offered)
  const offering = a.label('offering')
  a.bind(offering)
  a.mov(rax, qword(source)).mov(qword(mailbox, MAILBOX.code), rax)
  a.mov(rax, qword(source, 8)).mov(qword(mailbox, MAILBOX.argument), rax)
  offer(a, mailbox)
  a.add(source, RECORD.partBytes).add(mailbox, MAILBOX.bytes)
  a.dec(r8d).jne(offering)

  a.bind(own)
  runPart()
  a.add(part, RECORD.partBytes)
  a.dec(count).jne(own)
  a.test(offered, offered).je(finish)

  eachMailbox('take_back', (next) => {
    const begun = a.label('begun')
    a.mov(request, dword(mailbox, MAILBOX.request))
    a.cmp(dword(mailbox, MAILBOX.claimed), request).je(begun)
    claim(a, mailbox, request, wideRequest)
    a.jne(begun)
    runPart()
    a.mov(dword(mailbox, MAILBOX.done), request)
    a.bind(begun)
    a.add(part, RECORD.partBytes).jmp(next)
  })

  eachMailbox('join', (next) => {
    const spin = a.label('spin')
    const sleep = a.label('sleep')
    const awake = a.label('awake')
    a.mov(request, dword(mailbox, MAILBOX.request))
    a.mov(ecx, dword(pool, POOL.joinSpins))
    a.bind(spin)
    a.cmp(dword(mailbox, MAILBOX.done), request).je(next)
    a.pause().dec(ecx).jne(spin)
    a.mov(eax, 1).xchg(dword(mailbox, MAILBOX.waiting), eax)
    a.bind(sleep)
    a.mov(edx, dword(mailbox, MAILBOX.done))
    a.cmp(edx, request).je(awake)
    futexWait(a, mailbox, MAILBOX.done)
    a.jmp(sleep)
    a.bind(awake)
    a.mov(dword(mailbox, MAILBOX.waiting), 0)
  })

  a.bind(finish)
  a.cmp(busy, 0).jne(exit)
  a.mov(dword(pool, POOL.busy), 0)
  a.bind(exit)
  leave(a)
  return a.finish()
}

/** The symbol of endCode() that is pthread_key_create's destructor. */
export const DESTRUCTOR = 'destructor'

/**
 * `void end(void *pool)`: asks every thread to end and joins them, once no call has them any more. It is what
 * closes a pool; and, entered at `destructor`, what libc calls when a JavaScript thread is gone that had no
 * chance to close its own (worker.terminate()), so it may use nothing but the header.
 */
export function endCode(): MachineCode {
  const a = new Assembler()
  const pool = rbp
  const mailbox = rbx
  const count = r12d
  const take = a.label('take')
  const taken = a.label('taken')
  const none = a.label('none')
  const eachMailbox = (name: string, body: () => void): void => {
    const loop = a.label(name)
    a.lea(mailbox, mem(pool, POOL.mailboxes)).mov(count, dword(pool, POOL.threads))
    a.bind(loop)
    body()
    a.add(mailbox, MAILBOX.bytes).dec(count).jne(loop)
  }

  const end = a.label('end')
  a.bind(end)
  enter(a)
  a.mov(pool, rdi)
  a.bind(take)
  a.mov(eax, 1).xchg(dword(pool, POOL.busy), eax)
  a.test(eax, eax).je(taken)
  a.pause().jmp(take)
  a.bind(taken)
  a.cmp(dword(pool, POOL.threads), 0).je(none)
  eachMailbox('ask', () => {
    a.mov(qword(mailbox, MAILBOX.code), 0)
    offer(a, mailbox)
  })
  eachMailbox('join', () => {
    a.mov(rdi, qword(mailbox, MAILBOX.thread)).xor(esi, esi)
    a.call(qword(pool, POOL.join))
  })
  a.bind(none)
  a.mov(dword(pool, POOL.threads), 0)
  a.mov(dword(pool, POOL.busy), 0)
  leave(a)

  a.bind(a.label(DESTRUCTOR))
  a.push(rdi)
  a.mov(rax, qword(rdi, POOL.deleteKey)).mov(edi, dword(rdi, POOL.key)).call(rax)
  a.pop(rdi).jmp(end)
  return a.finish()
}

/** Words of the block of callCode(): a function's address, its arguments, what it returned, a word for it to write to. */
export const CALL = { target: 0, first: 1, result: 5, scratch: 6, words: 7 } as const

/** Calls a C function of up to four integer arguments. */
export function callCode(): MachineCode {
  const a = new Assembler()
  a.push(rbx).mov(rbx, rdi)
  for (const [index, register] of [rdi, rsi, rdx, rcx].entries()) {
    a.mov(register, qword(rbx, 8 * (CALL.first + index)))
  }
  a.call(qword(rbx, 8 * CALL.target))
  a.mov(qword(rbx, 8 * CALL.result), rax)
  a.pop(rbx).ret()
  return a.finish()
}

/** Pauses as often as the block's first word says, at least once, as a waiting thread does. */
export function pauseCode(): MachineCode {
  const a = new Assembler()
  const loop = a.label('pause')
  a.mov(ecx, dword(rdi))
  a.bind(loop).cmp(dword(rdi, 8), eax)
  a.pause().dec(ecx).jne(loop)
  return a.ret().finish()
}
