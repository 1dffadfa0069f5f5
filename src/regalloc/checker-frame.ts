/** Runs the instructions that allocation adds (frame, loads, stores, copies) on the checker's state. */
import { Mem, type Operand } from '../encoder/operands.ts'
import { Reg } from '../encoder/registers.ts'
import { ALL_BITS, type Place, type StackRange, type State, slotAt, type Value } from './checker-state.ts'
import type { PInst } from './function.ts'
import { isWholeMove } from './moves.ts'
import { TILE_BYTES, TILE_ROW_BYTES } from './slot-access.ts'
import { bitsOfReg, RSP_UNIT, unitOf } from './units.ts'

type Fail = (reason: string) => never
type Handler = (operands: readonly Operand[], state: State, fail: Fail) => void

/** rsp is `offset` bytes from its value on entry. */
const stackPointerValue = (offset: number): Value => `rsp on entry ${offset}`
const constantValue = (constant: Operand): Value => `= ${constant}`

const isRsp = (operand: Operand | undefined): boolean =>
  operand instanceof Reg && !operand.isVirtual && unitOf(operand) === RSP_UNIT

/** A slot that may be accessed: within the frame, and aligned as vector moves need it. */
function checkSlot(state: State, range: StackRange, fail: Fail): StackRange {
  const { base, offset, bytes } = range
  const end = base === 'entry' ? 0 : state.room
  if (offset < state.stackPointer.offset || offset + bytes > end) {
    fail(`the ${bytes} bytes of stack at ${base} + ${offset} are not the frame's`)
  }
  // On entry rsp is 8 modulo 16: the return address has been pushed.
  const known = base === 'entry' ? 16 : state.alignment
  const address = base === 'entry' ? offset + 8 : offset
  const needed = Math.min(bytes, 64)
  if (bytes > 8 && (needed > known || address % needed !== 0)) {
    fail(`the ${bytes} bytes of stack at ${base} + ${offset} are not aligned`)
  }
  return range
}

function placeOf(operand: Operand | undefined, state: State, fail: Fail): Place {
  if (operand instanceof Reg && operand.opmask === null && operand.rounding === null) return unitOf(operand)
  const slot = operand instanceof Mem ? slotAt(state, operand) : null
  return slot === null ? fail(`an added move uses ${operand}`) : checkSlot(state, slot, fail)
}

const widthOf = (operand: Operand): number =>
  operand instanceof Mem ? operand.width : operand instanceof Reg ? bitsOfReg(operand) : ALL_BITS

/** The values at a place, as far as a move of `bits` takes them. */
function carried(state: State, from: Place, bits: number): Map<Value, number> {
  return new Map([...state.at(from)].map(([value, known]) => [value, Math.min(known, bits)]))
}

const move: Handler = (operands, state, fail) => {
  const [to, from] = operands
  const bits = Math.min(...operands.map(widthOf))
  if (isRsp(to)) {
    const values = state.at(placeOf(from, state, fail))
    const saved = [...values.keys()].find((value) => value.startsWith(stackPointerValue(0).slice(0, -1)))
    if (saved === undefined || bits < 64) return fail('rsp is loaded from where it was not saved')
    state.moveStackPointer({ base: 'entry', offset: Number(saved.split(' ').at(-1)) })
  } else if (isRsp(from) && to instanceof Reg && bits === 64) {
    const { base, offset } = state.stackPointer
    if (base !== 'entry') fail('rsp is saved after it was aligned')
    state.put(unitOf(to), new Map([[stackPointerValue(offset), ALL_BITS]]))
  } else if (to instanceof Reg && typeof from === 'number') {
    state.put(unitOf(to), new Map([[constantValue(from), ALL_BITS]]))
  } else {
    state.put(placeOf(to, state, fail), carried(state, placeOf(from, state, fail), bits))
  }
}

/** The slot of a tile, whose address has the stride between rows in a register. */
function tileSlot(mem: Operand | undefined, state: State, fail: Fail): StackRange {
  if (!(mem instanceof Mem) || mem.index === null || mem.scale !== 1) return fail('a tile has no slot')
  if (!state.at(unitOf(mem.index)).has(constantValue(TILE_ROW_BYTES)))
    fail(`${mem.index} is not the rows' distance`)
  const start = slotAt(state, new Mem(64, mem.base, null, 1, mem.disp, null, false, null))
  return start === null ? fail('a tile has no slot') : checkSlot(state, { ...start, bytes: TILE_BYTES }, fail)
}

const amount = (operand: Operand | undefined, fail: Fail): number =>
  typeof operand === 'number' ? operand : fail('rsp moves by what is no number')

/** The vocabulary of frame.ts and spill.ts. */
const HANDLERS: Readonly<Record<string, Handler>> = {
  push: ([reg], state, fail) => {
    const { base, offset } = state.stackPointer
    const values = carried(state, placeOf(reg, state, fail), 64)
    state.moveStackPointer({ base, offset: offset - 8 })
    state.put({ base, offset: offset - 8, bytes: 8 }, values)
  },
  pop: ([reg], state, fail) => {
    if (isRsp(reg)) fail('an added pop is into rsp')
    const { base, offset } = state.stackPointer
    state.put(placeOf(reg, state, fail), carried(state, { base, offset, bytes: 8 }, 64))
    state.moveStackPointer({ base, offset: offset + 8 })
  },
  sub: ([to, bytes], state, fail) => {
    if (!isRsp(to)) fail('an added sub is not on rsp')
    const { base, offset } = state.stackPointer
    state.moveStackPointer({ base, offset: offset - amount(bytes, fail) })
    state.room = amount(bytes, fail)
  },
  and: ([to, mask], state, fail) => {
    if (!isRsp(to) || state.stackPointer.base !== 'entry') fail('an added and is not on rsp')
    // rsp only goes down: what was reserved before lies at or above it.
    state.alignment = -amount(mask, fail)
    state.moveStackPointer({ base: 'aligned', offset: 0 })
  },
  lea: ([to, from], state, fail) => {
    const slot = from instanceof Mem ? slotAt(state, from) : null
    if (!isRsp(to) || slot === null) return fail('an added lea is not on rsp')
    state.moveStackPointer({ base: slot.base, offset: slot.offset })
  },
  tileloadd: ([tile, from], state, fail) =>
    state.put(placeOf(tile, state, fail), carried(state, tileSlot(from, state, fail), ALL_BITS)),
  tilestored: ([to, tile], state, fail) =>
    state.put(tileSlot(to, state, fail), carried(state, placeOf(tile, state, fail), ALL_BITS)),
  vzeroupper: (_, state) => state.clearUppers(),
}

/** Runs one added instruction. */
export function runAdded(inst: PInst, state: State, fail: Fail): void {
  const handler = HANDLERS[inst.mnemonic] ?? (isWholeMove(inst.mnemonic) ? move : null)
  if (handler === null) fail(`nothing adds ${inst.mnemonic}`)
  else handler(inst.operands, state, fail)
}
