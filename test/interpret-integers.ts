/** Runs integer functions before and after allocation in plain JavaScript: the yardstick for allocation tests. */
import { Label, Mem, type Operand } from '../src/encoder/operands.ts'
import { Reg, rdi, rsp } from '../src/encoder/registers.ts'
import { systemV } from '../src/regalloc/abi.ts'
import type { PFunction, VFunction } from '../src/regalloc/function.ts'
import { bitsOf, unitOf } from '../src/regalloc/units.ts'

/** What a run left behind. */
export interface Outcome {
  /** The argument block's quadwords. */
  readonly block: readonly bigint[]
  /** What a System V function must restore and did not. */
  readonly violations: readonly string[]
}

/** The run came to no return: too long, outside its memory, or an instruction unknown here. */
export class InterpreterError extends Error {
  override readonly name = 'InterpreterError'
}

const MOST_STEPS = 100_000
const BLOCK_ADDRESS = 0x10000n
const STACK_TOP = 0x80008n
const STACK_BYTES = 8192n

interface Flags {
  zero: boolean
  sign: boolean
  overflow: boolean
}

class Machine {
  readonly units = new Map<number, bigint>()
  readonly memory = new Map<bigint, number>()
  readonly #seed: bigint
  flags: Flags = { zero: false, sign: false, overflow: false }

  constructor(block: readonly bigint[], seed: bigint) {
    this.#seed = seed
    for (const [i, word] of block.entries()) this.store(BLOCK_ADDRESS + 8n * BigInt(i), word, 64)
  }

  /** A register's value; one never written holds noise that depends on the seed alone. */
  unit(unit: number): bigint {
    return this.units.get(unit) ?? BigInt.asUintN(64, (this.#seed + BigInt(unit)) * 0x9e3779b97f4a7c15n)
  }

  load(address: bigint, bits: number): bigint {
    this.#check(address, bits)
    let value = 0n
    for (let byte = bits / 8 - 1; byte >= 0; byte--) {
      const at = address + BigInt(byte)
      value = (value << 8n) | BigInt(this.memory.get(at) ?? Number((at * 167n) & 0xffn))
    }
    return value
  }

  store(address: bigint, value: bigint, bits: number): void {
    this.#check(address, bits)
    for (let byte = 0; byte < bits / 8; byte++) {
      this.memory.set(address + BigInt(byte), Number((value >> BigInt(8 * byte)) & 0xffn))
    }
  }

  #check(address: bigint, bits: number): void {
    const end = address + BigInt(bits / 8)
    const inBlock = address >= BLOCK_ADDRESS && end <= BLOCK_ADDRESS + 64n
    const onStack = address >= STACK_TOP - STACK_BYTES && end <= STACK_TOP + 8n
    if (!inBlock && !onStack) throw new InterpreterError(`access to ${address.toString(16)}`)
  }

  address(mem: Mem): bigint {
    const base = mem.base === null ? 0n : this.read(mem.base)
    const index = mem.index === null ? 0n : this.read(mem.index) * BigInt(mem.scale)
    return BigInt.asUintN(64, base + index + BigInt(mem.disp))
  }

  read(operand: Operand | undefined, bits = 64): bigint {
    if (operand instanceof Reg) return BigInt.asUintN(bitsOf(operand.kind), this.unit(unitOf(operand)))
    if (operand instanceof Mem) return this.load(this.address(operand), operand.width || bits)
    if (operand instanceof Label || operand === undefined) throw new InterpreterError('not a value')
    return BigInt.asUintN(bits, BigInt(operand))
  }

  write(operand: Operand | undefined, value: bigint): void {
    if (operand instanceof Mem) {
      this.store(this.address(operand), value, operand.width)
      return
    }
    if (!(operand instanceof Reg)) throw new InterpreterError('not a place')
    const bits = bitsOf(operand.kind)
    const unit = unitOf(operand)
    const low = BigInt.asUintN(bits, value)
    const kept = bits < 32 ? (this.unit(unit) >> BigInt(bits)) << BigInt(bits) : 0n
    this.units.set(unit, kept | low)
  }
}

const widthOf = (operand: Operand | undefined): number =>
  operand instanceof Reg ? bitsOf(operand.kind) : operand instanceof Mem ? operand.width : 64

function setResult(machine: Machine, result: bigint, bits: number): void {
  machine.flags = {
    zero: BigInt.asUintN(bits, result) === 0n,
    sign: BigInt.asIntN(bits, result) < 0n,
    overflow: false,
  }
}

function compare(machine: Machine, a: Operand | undefined, b: Operand | undefined): bigint {
  const bits = widthOf(a)
  const [left, right] = [machine.read(a, bits), machine.read(b, bits)]
  setResult(machine, left - right, bits)
  const exact = BigInt.asIntN(bits, left) - BigInt.asIntN(bits, right)
  machine.flags.overflow = exact !== BigInt.asIntN(bits, exact)
  return left - right
}

const isLess = ({ flags }: Machine): boolean => flags.sign !== flags.overflow

type Execute = (m: Machine, operands: readonly Operand[]) => void

const arithmetic =
  (compute: (a: bigint, b: bigint) => bigint): Execute =>
  (m, [a, b]) => {
    const result = compute(m.read(a, widthOf(a)), m.read(b, widthOf(a)))
    m.write(a, result)
    setResult(m, result, widthOf(a))
  }

const RAX = 0
const RDX = 2
const RSP = unitOf(rsp)

const EXECUTE: Readonly<Record<string, Execute>> = {
  mov: (m, [a, b]) => m.write(a, m.read(b, widthOf(a))),
  add: arithmetic((a, b) => a + b),
  and: arithmetic((a, b) => a & b),
  xor: arithmetic((a, b) => a ^ b),
  sub: (m, [a, b]) => m.write(a, compare(m, a, b)),
  cmp: (m, [a, b]) => void compare(m, a, b),
  dec: (m, [a]) => m.write(a, compare(m, a, 1)),
  imul: (m, [a, b, c]) =>
    m.write(a, c === undefined ? m.read(a) * m.read(b, widthOf(a)) : m.read(b, widthOf(a)) * m.read(c)),
  mul: (m, [a]) => {
    const product = m.unit(RAX) * m.read(a)
    m.units.set(RAX, BigInt.asUintN(64, product))
    m.units.set(RDX, product >> 64n)
  },
  div: (m, [a]) => {
    const dividend = (BigInt.asUintN(32, m.unit(RDX)) << 32n) | BigInt.asUintN(32, m.unit(RAX))
    const divisor = m.read(a, 32)
    if (divisor === 0n || dividend / divisor >= 1n << 32n) throw new InterpreterError('#DE')
    m.units.set(RAX, dividend / divisor)
    m.units.set(RDX, dividend % divisor)
  },
  shl: (m, [a, b]) => m.write(a, m.read(a) << (m.read(b, 8) & (widthOf(a) === 64 ? 63n : 31n))),
  lea: (m, [a, b]) => m.write(a, m.address(b as Mem)),
  movzx: (m, [a, b]) => m.write(a, m.read(b)),
  xchg: (m, [a, b]) => {
    const [left, right] = [m.read(a), m.read(b)]
    m.write(a, right)
    m.write(b, left)
  },
  cmovl: (m, [a, b]) => m.write(a, m.read(isLess(m) ? b : a, widthOf(a))),
  setl: (m, [a]) => m.write(a, isLess(m) ? 1n : 0n),
  push: (m, [a]) => {
    m.units.set(RSP, m.unit(RSP) - 8n)
    m.store(m.unit(RSP), m.read(a), 64)
  },
  pop: (m, [a]) => {
    const value = m.load(m.unit(RSP), 64)
    m.units.set(RSP, m.unit(RSP) + 8n)
    m.write(a, value)
  },
}

const TAKEN: Readonly<Record<string, (m: Machine) => boolean>> = {
  jmp: () => true,
  je: ({ flags }) => flags.zero,
  jne: ({ flags }) => !flags.zero,
  jge: (m) => !isLess(m),
}

/** Runs a function of either kind on an argument block. InterpreterError when it does not end well. */
export function interpret(fn: VFunction | PFunction, block: readonly bigint[], seed = 1n): Outcome {
  const machine = new Machine(block, seed)
  machine.units.set(unitOf(rdi), BLOCK_ADDRESS)
  machine.units.set(RSP, STACK_TOP)
  if ('params' in fn) for (const param of fn.params) machine.units.set(unitOf(param), BLOCK_ADDRESS)
  const before = systemV.calleeSaved.map((reg) => machine.unit(unitOf(reg)))
  const labels = new Map<Label, number>()
  for (const [i, item] of fn.body.entries()) if (item.kind === 'label') labels.set(item.label, i)
  let at = 0
  for (let steps = 0; ; steps++, at++) {
    const item = fn.body[at]
    if (item === undefined || steps > MOST_STEPS) throw new InterpreterError(`no return, at item ${at}`)
    if (item.kind !== 'inst') continue
    const mnemonic = 'form' in item ? item.form.mnemonic : item.mnemonic
    if (mnemonic === 'ret') break
    const taken = TAKEN[mnemonic]
    if (taken !== undefined) {
      if (taken(machine)) at = labels.get(item.operands[0] as Label)!
      continue
    }
    const execute = EXECUTE[mnemonic]
    if (execute === undefined) throw new InterpreterError(`no ${mnemonic} here`)
    execute(machine, item.operands)
  }
  const violations = systemV.calleeSaved
    .filter((reg, i) => machine.unit(unitOf(reg)) !== before[i])
    .map(String)
  if (machine.unit(RSP) !== STACK_TOP) violations.push('rsp')
  return {
    block: block.map((_, i) => machine.load(BLOCK_ADDRESS + 8n * BigInt(i), 64)),
    violations,
  }
}
