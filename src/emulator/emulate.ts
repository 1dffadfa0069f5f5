/** Runs machine code: regions and arguments in, results in the caller's own arrays, faults as errors. */
import type { MachineCode } from '../encoder/machine-code.ts'
import { hex, Memory, type Permissions, type Region } from './memory.ts'
import { Program } from './program.ts'
import { State } from './state.ts'
import type { Surroundings } from './surroundings.ts'

/** Memory that the code may touch, by name. */
export interface RegionOptions {
  /** In faults. */
  readonly name: string
  /** The very bytes that the code sees: no copy, no byte more. */
  readonly data: ArrayBufferView
  /** 'rw' unless said. */
  readonly permissions?: Permissions
  /** Where it lies; by default at a page of its own, as aligned as the array is in its buffer. */
  readonly address?: number
}

/** An integer argument, or a region by its name or as an array, whose address is passed. */
export type Argument = number | bigint | string | ArrayBufferView

export interface EmulatorOptions extends Surroundings {
  readonly regions?: readonly RegionOptions[]
  /** Bytes of stack below the return address. 64 KiB unless said. */
  readonly stackBytes?: number
  /** Addresses of symbols that relocations name and the code does not define. */
  readonly symbols?: Readonly<Record<string, number>>
}

export interface CallOptions {
  /** System V integer arguments, in order: rdi, rsi, rdx, rcx, r8, r9. */
  readonly arguments?: readonly Argument[]
  /** Instructions after which InstructionLimit is thrown. 2³¹ unless said. */
  readonly maxInstructions?: number
  /** Where to begin: bytes from the start of the code, or a symbol. The start unless said. */
  readonly entry?: number | string
}

/** What a call did. */
export interface CallResult {
  readonly instructions: number
  /** rax. */
  readonly result: bigint
  /** What System V asks of a function and this one did not keep: callee-saved registers, rsp, DF, MXCSR's control bits. */
  readonly violations: readonly string[]
}

const CODE_ADDRESS = 2 ** 46
const STACK_END = 2 ** 46 + 2 ** 40
/** Where the outermost return goes; nothing is mapped there. */
const RETURN_ADDRESS = 2 ** 46 + 2 ** 41
const DEFAULT_STACK = 65_536
const DEFAULT_LIMIT = 2 ** 31
const ARGUMENT_REGISTERS = [7, 6, 2, 1, 8, 9] as const
/** rbx, rbp, r12–r15 (System V ABI, 3.2.1). */
const CALLEE_SAVED: Readonly<Record<number, string>> = {
  3: 'rbx',
  5: 'rbp',
  12: 'r12',
  13: 'r13',
  14: 'r14',
  15: 'r15',
}
const RSP = 4
const MXCSR_CONTROL = 0xffc0

/** A CPU of its own with the code loaded; state and memory last from call to call. */
export class Emulator {
  readonly code: MachineCode
  readonly memory: Memory = new Memory()
  readonly state: State
  readonly #program: Program
  readonly #regions: Map<string, Region> = new Map()
  readonly #places: Map<ArrayBufferView, Region> = new Map()

  constructor(
    code: MachineCode,
    { regions = [], stackBytes = DEFAULT_STACK, symbols = {}, ...surroundings }: EmulatorOptions = {},
  ) {
    this.code = code
    // Every instruction has at least one byte, and at most two immediates.
    this.state = new State(this.memory, 2 * code.bytes.length + 16, surroundings)
    const bytes = relocated(code, CODE_ADDRESS, symbols)
    this.memory.map('code', bytes, 'rx', CODE_ADDRESS)
    const stack = new Uint8Array(Math.ceil(stackBytes / 16) * 16 + 16)
    this.memory.map('stack', stack, 'rw', STACK_END - stack.length)
    this.#program = new Program(this.state, bytes, CODE_ADDRESS)
    for (const region of regions) this.map(region)
  }

  /** Instructions executed so far. */
  get executed(): number {
    return this.#program.executed
  }

  /**
   * Adds memory that the code may touch, and returns its address.
   * @throws RangeError when it overlaps another region.
   */
  map({ name, data, permissions = 'rw', address }: RegionOptions): number {
    if (this.#regions.has(name)) throw new RangeError(`region ${name}: there is one of that name already`)
    const region = this.memory.map(name, data, permissions, address)
    this.#regions.set(name, region)
    this.#places.set(data, region)
    return region.start
  }

  /** The address of a region. RangeError when there is none of that name. */
  addressOf(name: string): number {
    const region = this.#regions.get(name)
    if (region === undefined) {
      throw new RangeError(`no region '${name}'; there are ${[...this.#regions.keys()].join(', ') || 'none'}`)
    }
    return region.start
  }

  /**
   * Calls the code as a System V function, and returns when it does.
   * @throws Fault, UnsupportedInstruction, InstructionLimit.
   */
  call({ arguments: values = [], entry = 0, maxInstructions = DEFAULT_LIMIT }: CallOptions = {}): CallResult {
    if (values.length > ARGUMENT_REGISTERS.length) {
      throw new RangeError(`arguments: expected at most ${ARGUMENT_REGISTERS.length}, got ${values.length}`)
    }
    const { u64 } = this.state.general
    for (const [index, value] of values.entries()) {
      u64[ARGUMENT_REGISTERS[index]!] = BigInt.asUintN(64, this.#argument(value, index))
    }
    // rsp + 8 is a multiple of 16 at the entry (System V ABI, 3.2.2); nothing lies above the return address.
    const top = STACK_END
    u64[RSP] = BigInt(top - 8)
    const { view, bias } = this.memory.find(top - 8, 8, 'write')
    view.setBigUint64(top - 8 - bias, BigInt(RETURN_ADDRESS), true)
    const saved = Object.keys(CALLEE_SAVED).map((id) => u64[Number(id)])
    const control = this.state.float.mxcsr & MXCSR_CONTROL
    const before = this.executed
    this.#program.run(this.#entry(entry), RETURN_ADDRESS, maxInstructions)
    const violations = Object.entries(CALLEE_SAVED)
      .filter(([id], index) => u64[Number(id)] !== saved[index])
      .map(([, name]) => name)
    if (u64[RSP] !== BigInt(top)) violations.push('rsp')
    if (this.state.flags.direction !== 0) violations.push('DF')
    if ((this.state.float.mxcsr & MXCSR_CONTROL) !== control) violations.push('mxcsr')
    return { instructions: this.executed - before, result: u64[0]!, violations }
  }

  #entry(entry: number | string): number {
    if (typeof entry === 'number') return entry
    const symbol = this.code.symbols.find(({ name }) => name === entry)
    if (symbol === undefined) throw new RangeError(`entry: the code has no symbol '${entry}'`)
    return symbol.offset
  }

  #argument(value: Argument, index: number): bigint {
    if (typeof value === 'number' || typeof value === 'bigint') return BigInt(value)
    if (typeof value === 'string') return BigInt(this.addressOf(value))
    const region = this.#places.get(value) ?? [...this.#places.values()].find((other) => holds(other, value))
    if (region === undefined) {
      throw new RangeError(`arguments[${index}]: the array lies in no region; map it first`)
    }
    return BigInt(region.bias + value.byteOffset)
  }
}

const holds = (region: Region, { buffer, byteLength, byteOffset }: ArrayBufferView): boolean =>
  region.u8.buffer === buffer &&
  region.bias + byteOffset >= region.start &&
  region.bias + byteOffset + byteLength <= region.end

/** The code's bytes as they are when it lies at an address. */
function relocated(
  code: MachineCode,
  address: number,
  symbols: Readonly<Record<string, number>>,
): Uint8Array {
  const bytes = code.bytes.slice()
  const fields = new DataView(bytes.buffer)
  const own = new Map(code.symbols.map((symbol) => [symbol.name, address + symbol.offset]))
  for (const { addend, kind, offset, symbol } of code.relocations) {
    const target = Object.hasOwn(symbols, symbol) ? symbols[symbol] : own.get(symbol)
    if (target === undefined)
      throw new RangeError(`symbol '${symbol}' is not defined; give its address in symbols`)
    if (kind === 'abs64')
      fields.setBigUint64(offset, BigInt.asUintN(64, BigInt(target) + BigInt(addend)), true)
    else {
      const distance = target + addend - (address + offset)
      if ((distance | 0) !== distance)
        throw new RangeError(`symbol '${symbol}' at ${hex(target)} is out of reach`)
      fields.setInt32(offset, distance, true)
    }
  }
  return bytes
}

/** Loads code into a fresh Emulator and calls it once. */
export function emulate(
  code: MachineCode,
  options: EmulatorOptions & CallOptions = {},
): CallResult & { readonly emulator: Emulator } {
  const emulator = new Emulator(code, options)
  return { ...emulator.call(options), emulator }
}
