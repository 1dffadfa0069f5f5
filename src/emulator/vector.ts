/** Compiles vector operations: an operation says what one run of lanes computes, everything around it is here. */
import { Mem } from '../encoder/operands.ts'
import { Reg } from '../encoder/registers.ts'
import { compileAddress, requireAligned } from './address.ts'
import { operandBytes, registerPlace } from './general-operand.ts'
import { type Instruction, NoSemantics, type Semantics, type Step, sequence } from './instruction.ts'
import { MEMORY_OPERAND, RESULT, type State, VECTOR_BYTES } from './state.ts'
import { storeLanes, storeVector } from './transfer.ts'
import {
  activeBits,
  clearAbove,
  copyVector,
  type ElementBytes,
  inFloatUnit,
  isVector,
  type Mask,
  maskOf,
  mergeMasked,
  opmaskTest,
  vectorAt,
  vectorBytes,
  vectorSource,
} from './vector-operand.ts'

/**
 * Computes `lanes` elements of `d` from `a`, `b` and `c`, all given as byte offsets into the vector file. `d` holds the
 * destination's old value where the operation accumulates. Bit i of `active` says whether lane i is wanted at all
 * (only what can raise exceptions needs to look); `immediate` is the instruction's, or 0.
 */
export type LaneRun = (
  d: number,
  a: number,
  b: number,
  lanes: number,
  active: number,
  immediate: number,
  c: number,
) => void

/** An operation on vectors. */
export interface VectorOperation {
  /** Bytes of an element of the result: what a mask bit stands for. */
  readonly element: ElementBytes
  /** Bytes of an element of the sources, where it is not the same: an embedded broadcast repeats one of these. */
  readonly sourceElement?: ElementBytes
  /** Each element depends on those at its own place only: the result may be built in place of a source. */
  readonly lanewise?: boolean
  /** The result repeats its source: a lane in memory is read when the mask takes any of its copies. */
  readonly repeats?: boolean
  /** Rounds, and raises floating-point exceptions. */
  readonly floating?: boolean
  /** The destination's old value is a source. */
  readonly accumulates?: boolean
  /** Memory operands of 16 bytes must be aligned, whatever the encoding says (vmovaps). */
  readonly aligned?: boolean
  /** No alignment is asked even of legacy SSE (movups). */
  readonly unaligned?: boolean
  readonly make: (state: State) => LaneRun
}

/** The instruction's immediate byte, or 0. */
export function immediateOf({ operands }: Instruction): number {
  const last = operands.at(-1)
  return typeof last === 'number' ? last & 0xff : 0
}

const isValue = (operand: unknown): operand is Reg | Mem => operand instanceof Reg || operand instanceof Mem

/** Indices of the operands that are sources: with legacy SSE, the destination where it is read and written. */
function sourceIndices({ form, operands }: Instruction, accumulates: boolean): readonly number[] {
  const values = operands.flatMap((operand, index) => (isValue(operand) ? [index] : []))
  const readsFirst = form.scheme === 'legacy' && form.operands[0]!.access === 'rw' && !accumulates
  return readsFirst ? values : values.slice(1)
}

/** Bytes of the destination, whatever it is. */
function destinationBytes(instruction: Instruction): number {
  const to = instruction.operands[0]
  if (isVector(to)) return vectorBytes(to)
  return to instanceof Mem ? to.width / 8 : operandBytes(instruction, 0)
}

/** Bytes of a source operand, all of the repetitions when it is a broadcast. */
function sourceBytes(instruction: Instruction, index: number, element: number): number {
  const operand = instruction.operands[index]
  if (isVector(operand)) return vectorBytes(operand)
  if (operand instanceof Mem && operand.isBroadcast) return instruction.form.broadcastCount * element
  return operand instanceof Mem ? operand.width / 8 : operandBytes(instruction, index)
}

/** All elements of a vector: `dst {k}{z} ← operation(sources)`. */
export function packed(operation: VectorOperation): Semantics {
  const {
    accumulates = false,
    element,
    floating = false,
    lanewise = false,
    repeats = false,
    sourceElement = element,
  } = operation
  return (state, instruction) => {
    const to = instruction.operands[0]
    const mask = maskOf(to)
    const indices = sourceIndices(instruction, accumulates)
    const widths = indices.map((index) => sourceBytes(instruction, index, sourceElement))
    const written = destinationBytes(instruction)
    const ratio = sourceElement / element
    // A conversion to narrower elements fills only part of a register, one to wider ones reads only part.
    const lanes =
      lanewise && ratio !== 1
        ? Math.min(written / element, Math.max(...widths) / sourceElement)
        : written / element
    const alignment = { aligned: operation.aligned ?? false, unaligned: operation.unaligned ?? false }
    const readMask = lanewise || repeats ? mask : null
    const sources = indices.map((index, i) => {
      const use = repeats ? { ...alignment, copies: written / widths[i]! } : alignment
      return vectorSource(state, instruction, index, widths[i]!, sourceElement, readMask, use)
    })
    const isPlace = isVector(to)
    const d = isPlace ? to.id * VECTOR_BYTES : RESULT * VECTOR_BYTES
    // In place where no source is overwritten before it is read.
    const isApart = !accumulates && sources.every(({ at }) => at === MEMORY_OPERAND * VECTOR_BYTES)
    const inPlace = mask === null && isPlace && ((lanewise && ratio === 1) || isApart)
    const target = inPlace ? d : RESULT * VECTOR_BYTES
    const [a = d, b = a, c = b] = sources.map((source) => source.at)
    const run = operation.make(state)
    const active = activeBits(state, mask)
    const immediate = immediateOf(instruction)
    const copyOld = accumulates && target !== d ? () => copyVector(state, target, d, written) : null
    const compute =
      mask === null
        ? () => run(target, a, b, lanes, -1, immediate, c)
        : () => run(target, a, b, lanes, active(), immediate, c)
    return sequence(
      ...sources.map((source) => source.before),
      copyOld,
      isPlace ? null : () => state.vectors.i32.fill(0, target >> 2, (target >> 2) + 4),
      floating ? inFloatUnit(state, instruction, compute) : compute,
      deliver(state, instruction, target, element, lanes, mask, operation.aligned ?? false),
    )
  }
}

/** Brings a result from `target` to the destination: a vector, memory or a general register. */
export function deliver(
  state: State,
  instruction: Instruction,
  target: number,
  element: ElementBytes,
  lanes: number,
  mask: Mask | null,
  aligned = false,
): Step {
  const to = instruction.operands[0]
  const bytes = lanes * element
  if (isVector(to)) {
    const d = to.id * VECTOR_BYTES
    const bring =
      mask !== null
        ? mergeMasked(state, d, target, element, lanes, mask)
        : target === d
          ? null
          : bytes % 4 === 0
            ? () => copyVector(state, d, target, bytes)
            : () => state.vectors.u8.copyWithin(d, target, target + bytes)
    // A result of less than 128 bits leaves zeros above it, with every encoding.
    const fill = bytes < 16 ? () => state.vectors.u8.fill(0, d + bytes, d + 16) : null
    return sequence(bring, fill as Step | null, clearAbove(state, instruction, to.id, Math.max(bytes, 16)))
  }
  if (to instanceof Mem) {
    const address = compileAddress(state, to, instruction)
    const store =
      mask === null
        ? storeVector(state, address, bytes, RESULT)
        : storeLanes(state, address, element, lanes, opmaskTest(state, mask), RESULT)
    return aligned ? sequence(() => requireAligned(address(), bytes), store) : store
  }
  if (!(to instanceof Reg)) throw new NoSemantics('a destination of this kind')
  const { register, bytes: width } = registerPlace(to)
  const { i32 } = state.general
  const { i32: words } = state.vectors
  return () => {
    i32[2 * register] = words[target >> 2]!
    i32[2 * register + 1] = width === 8 ? words[(target >> 2) + 1]! : 0
  }
}

const SCALAR_BYTES = 16

/**
 * The lowest element; the others of the 128 bits come from the first source (VEX, EVEX) or stay (legacy SSE, and
 * operations that accumulate). A unary operation has its operand in `b` and `a`.
 */
export function scalar(operation: VectorOperation & { readonly isUnary?: boolean }): Semantics {
  const {
    accumulates = false,
    element,
    floating = false,
    isUnary = false,
    sourceElement = element,
  } = operation
  return (state, instruction) => {
    const to = vectorAt(instruction, 0)
    const mask = maskOf(to)
    const isThree = instruction.operands.filter(isValue).length === 3
    const first = isThree ? vectorAt(instruction, 1).id : to.id
    const source = vectorSource(state, instruction, isThree ? 2 : 1, sourceElement, sourceElement, mask)
    const d = to.id * VECTOR_BYTES
    const target = RESULT * VECTOR_BYTES
    const run = operation.make(state)
    const immediate = immediateOf(instruction)
    const active = activeBits(state, mask)
    const a = first * VECTOR_BYTES
    const left = isUnary ? source.at : a
    const compute = (): void => run(target, left, source.at, 1, active() & 1, immediate, a)
    return sequence(
      source.before,
      accumulates ? () => copyVector(state, target, d, SCALAR_BYTES) : null,
      floating ? inFloatUnit(state, instruction, compute) : compute,
      placeLowest(state, d, target, element, mask),
      accumulates || !isThree ? null : () => copyUpper(state, d, a, element),
      clearAbove(state, instruction, to.id, SCALAR_BYTES),
    )
  }
}

/** Copies all but the lowest element of 128 bits. */
export function copyUpper(state: State, to: number, from: number, element: ElementBytes): void {
  if (to !== from) state.vectors.u8.copyWithin(to + element, from + element, from + SCALAR_BYTES)
}

/** The lowest element into its place, where the mask's lowest bit says so. */
export function placeLowest(
  state: State,
  d: number,
  from: number,
  element: ElementBytes,
  mask: Mask | null,
): Step {
  const { u8 } = state.vectors
  if (mask === null) {
    return () => {
      u8.copyWithin(d, from, from + element)
    }
  }
  return mergeMasked(state, d, from, element, 1, mask)
}

/** Elements for which something holds, as the words of an opmask. */
export type LaneMaskRun = (
  a: number,
  b: number,
  lanes: number,
  active: number,
  immediate: number,
) => readonly [low: number, high: number]

/** An operation whose results are bits of an opmask. */
export interface MaskOperation {
  readonly element: ElementBytes
  readonly floating?: boolean
  /** Only the lowest element counts. */
  readonly isScalar?: boolean
  readonly make: (state: State) => LaneMaskRun
}

/** `k {k} ← operation(a, b)`, lanes of vectors into bits of an opmask. */
export function intoOpmask(operation: MaskOperation): Semantics {
  const { element, floating = false, isScalar = false } = operation
  return (state, instruction) => {
    const to = instruction.operands[0]
    if (!(to instanceof Reg) || to.kind !== 'k') throw new NoSemantics('the destination is no opmask')
    const mask = maskOf(to)
    const indices = sourceIndices(instruction, false)
    const bytes = isScalar ? element : 16 << instruction.form.length
    const sources = indices.map((index) => vectorSource(state, instruction, index, bytes, element, mask))
    const [a, b = a] = sources.map((source) => source.at)
    if (a === undefined || b === undefined) throw new NoSemantics('no source')
    const run = operation.make(state)
    const active = activeBits(state, mask)
    const immediate = immediateOf(instruction)
    const { opmasks } = state
    const k = 2 * to.id
    const maskAt = mask === null ? -1 : 2 * mask.register
    const lanes = bytes / element
    const compute = (): void => {
      const [low, high] = run(a, b, lanes, active(), immediate)
      const maskLow = maskAt < 0 ? -1 : opmasks[maskAt]!
      const maskHigh = maskAt < 0 ? -1 : opmasks[maskAt + 1]!
      opmasks[k] = low & maskLow
      opmasks[k + 1] = high & maskHigh
    }
    return sequence(
      ...sources.map((source) => source.before),
      floating ? inFloatUnit(state, instruction, compute) : compute,
    )
  }
}

/** The words of an opmask whose bit i says whether `test(i)`. */
export function laneBits(lanes: number, test: (lane: number) => boolean): readonly [number, number] {
  let low = 0
  let high = 0
  for (let i = 0; i < lanes; i++) {
    if (!test(i)) continue
    if (i < 32) low |= 1 << i
    else high |= 1 << (i - 32)
  }
  return [low, high]
}
