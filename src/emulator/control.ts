/** Jumps, conditions, calls, the stack, and instructions that do nothing that a program can see. */
import { Displacement, Mem } from '../encoder/operands.ts'
import { Reg } from '../encoder/registers.ts'
import { compileAddress } from './address.ts'
import { RaisedFault } from './fault.ts'
import { CF, DF, type Flags } from './flags.ts'
import { placeOf, reader, registerPlace, writer } from './general-operand.ts'
import {
  type ControlSemantics,
  type Instruction,
  NoSemantics,
  type Semantics,
  type SemanticsTable,
  type Step,
  sequence,
} from './instruction.ts'
import { copy } from './integer.ts'
import { SCRATCH_GENERAL, type State } from './state.ts'
import { loadGeneral, storeGeneral } from './transfer.ts'

const RSP = 4
const HIGH = 2 ** 32

type Condition = (flags: Flags) => boolean

/** The sixteen conditions by their names in mnemonics (SDM Vol. 1, appendix B). */
const CONDITIONS: Readonly<Record<string, Condition>> = {
  o: (f) => f.overflow(),
  no: (f) => !f.overflow(),
  b: (f) => f.carry() !== 0,
  ae: (f) => f.carry() === 0,
  e: (f) => f.zero(),
  ne: (f) => !f.zero(),
  be: (f) => f.carry() !== 0 || f.zero(),
  a: (f) => f.carry() === 0 && !f.zero(),
  s: (f) => f.sign(),
  ns: (f) => !f.sign(),
  p: (f) => f.parity(),
  np: (f) => !f.parity(),
  l: (f) => f.sign() !== f.overflow(),
  ge: (f) => f.sign() === f.overflow(),
  le: (f) => f.zero() || f.sign() !== f.overflow(),
  g: (f) => !f.zero() && f.sign() === f.overflow(),
}

/** A register as a number: addresses fit. */
function readAddress(state: State, register: number): number {
  const { i32, u32 } = state.general
  return i32[2 * register + 1]! * HIGH + u32[2 * register]!
}

function writeAddress(state: State, register: number, address: number): void {
  const { i32 } = state.general
  i32[2 * register] = address | 0
  i32[2 * register + 1] = Math.floor(address / HIGH)
}

/** rsp ← rsp − bytes, then [rsp] ← scratch register. Nothing changes when the store faults. */
function pushScratch(state: State, bytes: 2 | 8, register: number): Step {
  const store = storeGeneral(state, () => readAddress(state, RSP) - bytes, bytes, register)
  return () => {
    store()
    writeAddress(state, RSP, readAddress(state, RSP) - bytes)
  }
}

/** Scratch register ← [rsp], then rsp ← rsp + bytes. */
function popScratch(state: State, bytes: 2 | 8, register: number): Step {
  const load = loadGeneral(state, () => readAddress(state, RSP), bytes, register)
  return () => {
    load()
    writeAddress(state, RSP, readAddress(state, RSP) + bytes)
  }
}

const stackBytes = (bytes: number): 2 | 8 => (bytes === 2 ? 2 : 8)

const push: Semantics = (state, instruction) => {
  const from = placeOf(state, instruction, 0)
  const bytes = stackBytes(from.bytes)
  const scratch = { ...from, register: SCRATCH_GENERAL + 1, index: (8 / bytes) * (SCRATCH_GENERAL + 1) }
  return sequence(from.before, copy(state, scratch, from), pushScratch(state, bytes, scratch.register))
}

const pop: Semantics = (state, instruction) => {
  const to = placeOf(state, instruction, 0)
  const bytes = stackBytes(to.bytes)
  const scratch = { ...to, register: SCRATCH_GENERAL + 1, index: (8 / bytes) * (SCRATCH_GENERAL + 1) }
  return sequence(popScratch(state, bytes, scratch.register), to.before, copy(state, to, scratch), to.after)
}

const leave: Semantics = (state) => {
  const { i32 } = state.general
  const load = popScratch(state, 8, SCRATCH_GENERAL)
  return () => {
    i32[2 * RSP] = i32[2 * 5]!
    i32[2 * RSP + 1] = i32[2 * 5 + 1]!
    load()
    i32[2 * 5] = i32[2 * SCRATCH_GENERAL]!
    i32[2 * 5 + 1] = i32[2 * SCRATCH_GENERAL + 1]!
  }
}

/** dst ← src where the condition holds; a 32-bit destination loses its upper half in any case. */
function conditionalMove(condition: Condition): Semantics {
  return (state, instruction) => {
    const to = placeOf(state, instruction, 0)
    const from = placeOf(state, instruction, 1, { scratch: 1 })
    const { flags } = state
    const [moveIt, keepIt] = [copy(state, to, from), copy(state, to, to)]
    return sequence(from.before, () => {
      if (condition(flags)) moveIt()
      else keepIt()
    })
  }
}

function conditionalSet(condition: Condition): Semantics {
  return (state, instruction) => {
    const to = placeOf(state, instruction, 0)
    const { u8 } = state.general
    const run = (): void => {
      u8[to.index] = condition(state.flags) ? 1 : 0
    }
    return sequence(to.before, run, to.after)
  }
}

const nothing: Semantics = () => () => {}

const changeCarry =
  (carry: (old: number) => number): Semantics =>
  (state) =>
  () =>
    state.flags.change(CF, carry(state.flags.carry()))

const setDirection =
  (bits: number): Semantics =>
  (state) =>
  () => {
    state.flags.direction = bits
  }

/** vzeroupper and the like live with the vectors; here is what has no operands worth the name. */
const DO_NOTHING =
  'nop pause endbr64 lfence mfence sfence prefetchnta prefetcht0 prefetcht1 prefetcht2 prefetchw prefetchwt1 ' +
  'clflush clflushopt clwb cldemote serialize emms'

function byCondition(prefix: string, make: (condition: Condition) => Semantics): [string, Semantics][] {
  return Object.entries(CONDITIONS).map(([name, condition]) => [prefix + name, make(condition)])
}

const pushFlags =
  (bytes: 2 | 8): Semantics =>
  (state) => {
    const write = writer(state, registerPlace(new Reg('r64', SCRATCH_GENERAL, null, false, null)))
    const store = pushScratch(state, bytes, SCRATCH_GENERAL)
    return () => {
      write(BigInt(state.flags.value))
      store()
    }
  }

const popFlags =
  (bytes: 2 | 8): Semantics =>
  (state) => {
    const load = popScratch(state, bytes, SCRATCH_GENERAL)
    const read = reader(state, registerPlace(new Reg('r16', SCRATCH_GENERAL, null, false, null)))
    return () => {
      load()
      state.flags.value = Number(read())
    }
  }

export const plainControlSemantics: SemanticsTable = {
  push,
  pop,
  leave,
  pushf: pushFlags(2),
  pushfq: pushFlags(8),
  popf: popFlags(2),
  popfq: popFlags(8),
  clc: changeCarry(() => 0),
  stc: changeCarry(() => CF),
  cmc: changeCarry((old) => old ^ CF),
  cld: setDirection(0),
  std: setDirection(DF),
  ...Object.fromEntries(byCondition('cmov', conditionalMove)),
  ...Object.fromEntries(byCondition('set', conditionalSet)),
  ...Object.fromEntries(DO_NOTHING.split(' ').map((name) => [name, nothing])),
}

/** Where a jump or call goes: a distance from the next instruction, or an address in a register or memory. */
function targetOf(state: State, instruction: Instruction): () => number {
  const [operand] = instruction.operands
  if (operand instanceof Displacement) {
    const target = instruction.next + operand.value
    return () => target
  }
  if (operand instanceof Reg && operand.kind === 'r64') return () => readAddress(state, operand.id)
  if (operand instanceof Mem && operand.width === 64) {
    const load = loadGeneral(state, compileAddress(state, operand, instruction), 8, SCRATCH_GENERAL)
    return () => {
      load()
      return readAddress(state, SCRATCH_GENERAL)
    }
  }
  throw new NoSemantics('a target of this kind')
}

const branch =
  (condition: Condition): ControlSemantics =>
  (state, instruction) => {
    const [operand] = instruction.operands
    if (!(operand instanceof Displacement)) throw new NoSemantics('a target of this kind')
    const { flags } = state
    const { next } = instruction
    const target = next + operand.value
    return () => (condition(flags) ? target : next)
  }

/** jrcxz and jecxz. */
const branchOnCount =
  (wide: boolean): ControlSemantics =>
  (state, instruction) => {
    const [operand] = instruction.operands
    if (!(operand instanceof Displacement)) throw new NoSemantics('a target of this kind')
    const { i32 } = state.general
    const target = instruction.next + operand.value
    return () => (i32[2] === 0 && (!wide || i32[3] === 0) ? target : instruction.next)
  }

/** loop, loope and loopne: rcx counts down, flags stay. */
const loop =
  (holds: Condition): ControlSemantics =>
  (state, instruction) => {
    const [operand] = instruction.operands
    if (!(operand instanceof Displacement)) throw new NoSemantics('a target of this kind')
    const { u64 } = state.general
    const target = instruction.next + operand.value
    return () => {
      u64[1] = u64[1]! - 1n
      return u64[1] !== 0n && holds(state.flags) ? target : instruction.next
    }
  }

const call: ControlSemantics = (state, instruction) => {
  const target = targetOf(state, instruction)
  const store = pushScratch(state, 8, SCRATCH_GENERAL + 1)
  return () => {
    const to = target()
    writeAddress(state, SCRATCH_GENERAL + 1, instruction.next)
    store()
    return to
  }
}

/** ret, with the bytes of arguments that it takes off the stack. */
const ret: ControlSemantics = (state, instruction) => {
  const load = popScratch(state, 8, SCRATCH_GENERAL)
  const [operand] = instruction.operands
  const extra = typeof operand === 'number' ? operand : 0
  return () => {
    load()
    if (extra !== 0) writeAddress(state, RSP, readAddress(state, RSP) + extra)
    return readAddress(state, SCRATCH_GENERAL)
  }
}

const raise =
  (kind: '#UD' | '#BP', reason: string): ControlSemantics =>
  () =>
  () => {
    throw new RaisedFault(kind, reason)
  }

export const controlSemantics: Readonly<Record<string, ControlSemantics>> = {
  jmp: (state, instruction) => targetOf(state, instruction),
  call,
  ret,
  ud2: raise('#UD', 'the instruction that is undefined on purpose'),
  int3: raise('#BP', 'a breakpoint'),
  jrcxz: branchOnCount(true),
  jecxz: branchOnCount(false),
  loop: loop(() => true),
  loope: loop((f) => f.zero()),
  loopne: loop((f) => !f.zero()),
  ...Object.fromEntries(
    Object.entries(CONDITIONS).map(([name, condition]) => [`j${name}`, branch(condition)]),
  ),
}
