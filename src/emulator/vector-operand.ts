/** What vector instructions share: sources in the vector file, masks, broadcasts, and the bits above the result. */
import { Mem } from '../encoder/operands.ts'
import { Reg } from '../encoder/registers.ts'
import { compileAddress, requireAligned } from './address.ts'
import type { RoundingMode } from './float-unit.ts'
import { registerPlace } from './general-operand.ts'
import { type Instruction, NoSemantics, type Step, sequence } from './instruction.ts'
import { MEMORY_OPERAND, type State, VECTOR_BYTES } from './state.ts'
import { type LaneTest, loadLanes, loadVector } from './transfer.ts'

export type ElementBytes = 1 | 2 | 4 | 8

const REGISTER_BYTES: Partial<Record<string, number>> = { xmm: 16, ymm: 32, zmm: 64 }

/** Bytes of a vector register. */
export function vectorBytes(reg: Reg): number {
  const bytes = REGISTER_BYTES[reg.kind]
  if (bytes === undefined) throw new NoSemantics(`${reg} is no vector`)
  return bytes
}

export function isVector(operand: unknown): operand is Reg {
  return operand instanceof Reg && operand.kind in REGISTER_BYTES
}

/** The operand at an index, which must be a vector register. */
export function vectorAt(instruction: Instruction, index: number): Reg {
  const operand = instruction.operands[index]
  if (!isVector(operand)) throw new NoSemantics(`operand ${index + 1} is no vector`)
  return operand
}

/** The mask on an instruction's destination: which bits of the opmask, and what becomes of the other elements. */
export interface Mask {
  readonly register: number
  readonly zeroing: boolean
}

export function maskOf(operand: unknown): Mask | null {
  if (!(operand instanceof Reg || operand instanceof Mem) || operand.opmask === null) return null
  return { register: operand.opmask.id, zeroing: operand instanceof Reg && operand.zeroing }
}

/** Tests a lane's bit of an opmask. */
export function opmaskTest(state: State, { register }: Mask): LaneTest {
  const { opmasks } = state
  return (lane) => ((opmasks[2 * register + (lane >> 5)]! >>> (lane & 31)) & 1) === 1
}

/** The low 32 bits of an opmask, or all ones without one. */
export function activeBits(state: State, mask: Mask | null): () => number {
  if (mask === null) return () => -1
  const { opmasks } = state
  const word = 2 * mask.register
  return () => opmasks[word]!
}

/** The embedded rounding of an instruction: a mode, `sae`, or null where there is none. */
export function embeddedRounding({ operands }: Instruction): RoundingMode | 'sae' | null {
  for (const operand of operands) {
    if (!(operand instanceof Reg) || operand.rounding === null) continue
    return ({ sae: 'sae', 'rn-sae': 0, 'rd-sae': 1, 'ru-sae': 2, 'rz-sae': 3 } as const)[operand.rounding]
  }
  return null
}

/** Floating-point arithmetic under the instruction's rounding; faults when an exception is not masked. */
export function inFloatUnit(state: State, instruction: Instruction, run: Step): Step {
  const unit = state.float
  const rounding = embeddedRounding(instruction)
  if (rounding !== null) {
    const mode = rounding === 'sae' ? null : rounding
    return () => unit.quietly(mode, run)
  }
  return () => {
    if (unit.unmasked === 0) run()
    else unit.checked(run)
  }
}

/** Where a source's first byte is in the vector file, and what brings it there. */
export interface VectorSource {
  readonly at: number
  readonly before: Step | null
}

/** What an instruction says about its memory operand: its alignment, against its encoding's rule, and how it is used. */
export interface MemoryUse {
  readonly aligned?: boolean
  readonly unaligned?: boolean
  /** How often the result repeats the operand's lanes: one is read when any of its copies is wanted. Default 1. */
  readonly copies?: number
}

/**
 * A vector register, memory of `bytes` bytes or a general register, the latter two brought into a scratch register.
 * `mask`: lanes that it leaves out are not read. Legacy SSE wants its 16-byte operands aligned (SDM Vol. 1, 10.4.6).
 */
export function vectorSource(
  state: State,
  instruction: Instruction,
  index: number,
  bytes: number,
  element: ElementBytes,
  mask: Mask | null,
  { aligned = false, unaligned = false, copies = 1 }: MemoryUse = {},
): VectorSource {
  const operand = instruction.operands[index]
  if (isVector(operand)) return { at: operand.id * VECTOR_BYTES, before: null }
  const at = MEMORY_OPERAND * VECTOR_BYTES
  if (operand instanceof Reg) return { at, before: copyGeneral(state, registerPlace(operand).register, at) }
  if (!(operand instanceof Mem)) throw new NoSemantics(`operand ${index + 1} is neither register nor memory`)
  const address = compileAddress(state, operand, instruction)
  if (operand.isBroadcast) {
    return { at, before: broadcastLoad(state, address, element, bytes, mask) }
  }
  const load =
    mask === null
      ? loadVector(state, address, bytes, MEMORY_OPERAND)
      : loadLanes(
          state,
          address,
          element,
          bytes / element,
          anyCopy(opmaskTest(state, mask), bytes / element, copies),
          MEMORY_OPERAND,
        )
  const isAligned = aligned || (instruction.form.scheme === 'legacy' && bytes === 16 && !unaligned)
  return { at, before: isAligned ? sequence(() => requireAligned(address(), bytes), load) : load }
}

/** Whether a mask takes a lane at any of the places where the result has it. */
function anyCopy(takes: LaneTest, lanes: number, copies: number): LaneTest {
  if (copies === 1) return takes
  return (lane) => {
    for (let copy = 0; copy < copies; copy++) if (takes(copy * lanes + lane)) return true
    return false
  }
}

/** A general register into the low 8 bytes of a place. */
function copyGeneral(state: State, register: number, at: number): Step {
  const { i32 } = state.general
  const { i32: words } = state.vectors
  const to = at >> 2
  return () => {
    words[to] = i32[2 * register]!
    words[to + 1] = i32[2 * register + 1]!
  }
}

/** One element into every lane; not read when the mask leaves every lane out. */
function broadcastLoad(
  state: State,
  address: () => number,
  element: ElementBytes,
  bytes: number,
  mask: Mask | null,
): Step {
  const load = loadVector(state, address, element, MEMORY_OPERAND)
  const repeat = repeatElement(state, MEMORY_OPERAND * VECTOR_BYTES, element, bytes)
  if (mask === null) return sequence(load, repeat)
  const takesPart = opmaskTest(state, mask)
  const lanes = bytes / element
  return () => {
    for (let lane = 0; lane < lanes; lane++) {
      if (!takesPart(lane)) continue
      load()
      repeat()
      return
    }
  }
}

/** Copies the first element of a place over all of it. */
export function repeatElement(state: State, at: number, element: number, bytes: number): Step {
  const { i32, u8 } = state.vectors
  if (element < 4) {
    return () => {
      for (let i = element; i < bytes; i++) u8[at + i] = u8[at + i - element]!
    }
  }
  const first = at >> 2
  const step = element >> 2
  const words = bytes >> 2
  return () => {
    for (let i = step; i < words; i++) i32[first + i] = i32[first + i - step]!
  }
}

/** Copies bytes within the vector file; a multiple of 4. */
export function copyVector(state: State, to: number, from: number, bytes: number): void {
  const { i32 } = state.vectors
  const d = to >> 2
  const s = from >> 2
  for (let i = 0; i < bytes >> 2; i++) i32[d + i] = i32[s + i]!
}

/** Clears a register above its first `bytes` bytes, as VEX and EVEX do. Legacy SSE leaves them. */
export function clearAbove(
  state: State,
  instruction: Instruction,
  register: number,
  bytes: number,
): Step | null {
  if (instruction.form.scheme === 'legacy' || bytes === VECTOR_BYTES) return null
  const { i32 } = state.vectors
  const from = (register * VECTOR_BYTES + bytes) >> 2
  const to = ((register + 1) * VECTOR_BYTES) >> 2
  return () => {
    for (let i = from; i < to; i++) i32[i] = 0
  }
}

/** Moves the elements that the mask takes from `from` to `to`; the others become zero, or stay. */
export function mergeMasked(
  state: State,
  to: number,
  from: number,
  element: ElementBytes,
  lanes: number,
  { register, zeroing }: Mask,
): Step {
  const { opmasks } = state
  const { u8, u16, i32 } = state.vectors
  if (element === 8) {
    const d = to >> 2
    const s = from >> 2
    return () => {
      const bits = opmasks[2 * register]!
      for (let i = 0; i < lanes; i++) {
        if (((bits >>> i) & 1) === 1) {
          i32[d + 2 * i] = i32[s + 2 * i]!
          i32[d + 2 * i + 1] = i32[s + 2 * i + 1]!
        } else if (zeroing) {
          i32[d + 2 * i] = 0
          i32[d + 2 * i + 1] = 0
        }
      }
    }
  }
  const view = element === 4 ? i32 : element === 2 ? u16 : u8
  const d = to / element
  const s = from / element
  return () => {
    for (let i = 0; i < lanes; i++) {
      const bits = opmasks[2 * register + (i >> 5)]!
      if (((bits >>> (i & 31)) & 1) === 1) view[d + i] = view[s + i]!
      else if (zeroing) view[d + i] = 0
    }
  }
}
