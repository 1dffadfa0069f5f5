/** Moves of vectors: whole, partial, masked, duplicated, and between vectors and other registers. */
import { Mem } from '../encoder/operands.ts'
import { Reg } from '../encoder/registers.ts'
import { compileAddress } from './address.ts'
import { placeOf } from './general-operand.ts'
import {
  type Instruction,
  NoSemantics,
  type Semantics,
  type SemanticsTable,
  sequence,
  withAndWithoutV,
} from './instruction.ts'
import { elementMover } from './integer-lanes.ts'
import { MEMORY_OPERAND, RESULT, type State, VECTOR_BYTES } from './state.ts'
import { type LaneTest, loadLanes, storeLanes } from './transfer.ts'
import { copyUpper, type LaneRun, packed, placeLowest, type VectorOperation } from './vector.ts'
import {
  clearAbove,
  copyVector,
  type ElementBytes,
  maskOf,
  vectorAt,
  vectorBytes,
  vectorSource,
} from './vector-operand.ts'

const copyLanes =
  (element: ElementBytes): ((state: State) => LaneRun) =>
  (state) => {
    const { i32 } = state.vectors
    return (d, a, _b, lanes) => {
      const words = (lanes * element) >> 2
      const to = d >> 2
      const from = a >> 2
      for (let i = 0; i < words; i++) i32[to + i] = i32[from + i]!
    }
  }

function whole(element: ElementBytes, more: Partial<VectorOperation> = {}): Semantics {
  return packed({ element, lanewise: true, make: copyLanes(element), ...more })
}

const ALIGNED = { aligned: true }
const UNALIGNED = { unaligned: true }

/**
 * vmovss and its kin between registers: the lowest element of the last operand, the others of the first source. From
 * memory the others become zero.
 */
function lowest(element: ElementBytes): Semantics {
  const move = packed({ element, lanewise: true, make: copyLowest(element) })
  return (state, instruction) => {
    const { operands } = instruction
    if (operands.some((operand) => operand instanceof Mem))
      return moveLowest(state, instruction, element, move)
    const to = vectorAt(instruction, 0)
    const mask = maskOf(to)
    const d = to.id * VECTOR_BYTES
    const from = vectorAt(instruction, operands.length - 1).id * VECTOR_BYTES
    const first = operands.length === 3 ? vectorAt(instruction, 1).id * VECTOR_BYTES : d
    const target = RESULT * VECTOR_BYTES
    return sequence(
      () => copyVector(state, target, from, 16),
      placeLowest(state, d, target, element, mask),
      () => copyUpper(state, d, first, element),
      clearAbove(state, instruction, to.id, 16),
    )
  }
}

const copyLowest =
  (element: ElementBytes): ((state: State) => LaneRun) =>
  (state) => {
    const move = elementMover(state, element)
    return (d, a) => move(d / element, a / element)
  }

/** Loads the lowest element and clears the others, or stores it. */
function moveLowest(
  state: State,
  instruction: Instruction,
  element: ElementBytes,
  store: Semantics,
): () => void {
  const to = instruction.operands[0]
  if (to instanceof Mem) return store(state, instruction)
  const reg = vectorAt(instruction, 0)
  const mask = maskOf(reg)
  const source = vectorSource(state, instruction, 1, element, element, mask)
  const d = reg.id * VECTOR_BYTES
  const { u8 } = state.vectors
  return sequence(
    source.before,
    placeLowest(state, d, source.at, element, mask),
    () => {
      u8.fill(0, d + element, d + 16)
    },
    clearAbove(state, instruction, reg.id, 16),
  )
}

/** movd, movq: the low bytes to or from a general register, memory or (movq) another vector. */
function low(element: ElementBytes): Semantics {
  const move = packed({ element, lanewise: true, make: copyLowest(element) })
  return (state, instruction) => {
    if (!(instruction.operands[0] instanceof Reg) || /^r\d/.test(instruction.operands[0].kind))
      return move(state, instruction)
    const to = vectorAt(instruction, 0)
    const source = vectorSource(state, instruction, 1, element, element, null)
    const d = to.id * VECTOR_BYTES
    const { u8 } = state.vectors
    const run = (): void => {
      u8.copyWithin(d, source.at, source.at + element)
      u8.fill(0, d + element, d + 16)
    }
    return sequence(source.before, run, clearAbove(state, instruction, to.id, 16))
  }
}

/** movlps and the like: one half of 128 bits from memory or a register, the other from the first source; or stored. */
function half(toHigh: boolean, fromHigh: boolean): Semantics {
  return (state, instruction) => {
    const { operands } = instruction
    const target = RESULT * VECTOR_BYTES
    const { u8 } = state.vectors
    if (operands[0] instanceof Mem) {
      const from = vectorAt(instruction, 1).id * VECTOR_BYTES + (toHigh ? 8 : 0)
      const make = (): LaneRun => (d) => u8.copyWithin(d, from, from + 8)
      return packed({ element: 8, make })(state, instruction)
    }
    const to = vectorAt(instruction, 0)
    const isThree = operands.length === 3
    const first = (isThree ? vectorAt(instruction, 1).id : to.id) * VECTOR_BYTES
    const source = vectorSource(state, instruction, isThree ? 2 : 1, 8, 8, null)
    const from = source.at + (fromHigh ? 8 : 0)
    const d = to.id * VECTOR_BYTES
    const run = (): void => {
      copyVector(state, target, first, 16)
      u8.copyWithin(target + (toHigh ? 8 : 0), from, from + 8)
      copyVector(state, d, target, 16)
    }
    return sequence(source.before, run, clearAbove(state, instruction, to.id, 16))
  }
}

/** Each element from the one that `index` says. */
function duplicate(
  element: ElementBytes,
  index: (lane: number) => number,
  sourceElement = element,
): Semantics {
  const make = (state: State): LaneRun => {
    const move = elementMover(state, element)
    return (d, a, _b, lanes) => {
      for (let i = 0; i < lanes; i++) move(d / element + i, a / element + index(i))
    }
  }
  return packed({ element, sourceElement, make })
}

/** Lanes whose sign bit in a vector is set take part. */
function signTest(state: State, at: number, element: ElementBytes): LaneTest {
  const { u8 } = state.vectors
  return (lane) => u8[at + (lane + 1) * element - 1]! >= 128
}

/** vmaskmovps, vpmaskmovd …: the mask is a vector; what it leaves out is not touched, and loads as zero. */
function vectorMasked(element: ElementBytes): Semantics {
  return (state, instruction) => {
    const [to, , last] = instruction.operands
    const mask = vectorAt(instruction, 1).id * VECTOR_BYTES
    const takesPart = signTest(state, mask, element)
    if (to instanceof Mem) {
      const from = vectorAt(instruction, 2)
      const address = compileAddress(state, to, instruction)
      return storeLanes(state, address, element, vectorBytes(from) / element, takesPart, from.id)
    }
    if (!(last instanceof Mem)) throw new NoSemantics('no memory operand')
    const reg = vectorAt(instruction, 0)
    const bytes = vectorBytes(reg)
    const address = compileAddress(state, last, instruction)
    return sequence(
      loadLanes(state, address, element, bytes / element, takesPart, MEMORY_OPERAND),
      () => copyVector(state, reg.id * VECTOR_BYTES, MEMORY_OPERAND * VECTOR_BYTES, bytes),
      clearAbove(state, instruction, reg.id, bytes),
    )
  }
}

/** maskmovdqu: bytes of the first operand whose sign bit in the second is set, to [rdi]. */
const maskedBytes: Semantics = (state, instruction) => {
  const from = vectorAt(instruction, 0)
  const mask = vectorAt(instruction, 1).id * VECTOR_BYTES
  const rdi = new Reg('r64', 7, null, false, null) as Reg<'r64', 'physical', 'plain'>
  const address = compileAddress(state, new Mem(0, rdi, null, 1, 0, null, false, null), instruction)
  return storeLanes(state, address, 1, 16, signTest(state, mask, 1), from.id)
}

/** The sign bits of all elements as a number. */
function signBits(element: ElementBytes): Semantics {
  return (state, instruction) => {
    const to = placeOf(state, instruction, 0)
    const from = vectorAt(instruction, 1)
    const at = from.id * VECTOR_BYTES
    const lanes = vectorBytes(from) / element
    const { i32 } = state.general
    const test = signTest(state, at, element)
    return () => {
      let bits = 0
      for (let lane = 0; lane < lanes; lane++) if (test(lane)) bits |= 1 << lane
      i32[2 * to.register] = bits
      i32[2 * to.register + 1] = 0
    }
  }
}

const clearVectors =
  (from: number): Semantics =>
  (state) => {
    const { u8 } = state.vectors
    // In 64-bit mode the first sixteen registers (SDM Vol. 2, VZEROUPPER).
    return () => {
      for (let i = 0; i < 16; i++) u8.fill(0, i * VECTOR_BYTES + from, (i + 1) * VECTOR_BYTES)
    }
  }

const loadControl: Semantics = (state, instruction) => {
  const from = placeOf(state, instruction, 0)
  const { u32 } = state.general
  return sequence(from.before, () => {
    state.float.mxcsr = u32[from.index]!
  })
}

const storeControl: Semantics = (state, instruction) => {
  const to = placeOf(state, instruction, 0)
  const { i32 } = state.general
  const run = (): void => {
    i32[2 * to.register] = state.float.mxcsr
  }
  return sequence(to.before, run, to.after)
}

export const vectorMoveSemantics: SemanticsTable = {
  ...withAndWithoutV('movaps', whole(4, ALIGNED)),
  ...withAndWithoutV('movapd', whole(8, ALIGNED)),
  ...withAndWithoutV('movups', whole(4, UNALIGNED)),
  ...withAndWithoutV('movupd', whole(8, UNALIGNED)),
  ...withAndWithoutV('movdqa', whole(4, ALIGNED)),
  ...withAndWithoutV('movdqu', whole(4, UNALIGNED)),
  ...withAndWithoutV('lddqu', whole(4, UNALIGNED)),
  ...withAndWithoutV('movntps', whole(4, ALIGNED)),
  ...withAndWithoutV('movntpd', whole(8, ALIGNED)),
  ...withAndWithoutV('movntdq', whole(4, ALIGNED)),
  ...withAndWithoutV('movntdqa', whole(4, ALIGNED)),
  vmovdqa32: whole(4, ALIGNED),
  vmovdqa64: whole(8, ALIGNED),
  vmovdqu8: whole(1),
  vmovdqu16: whole(2),
  vmovdqu32: whole(4),
  vmovdqu64: whole(8),
  ...withAndWithoutV('movss', lowest(4)),
  ...withAndWithoutV('movsd', lowest(8)),
  vmovsh: lowest(2),
  ...withAndWithoutV('movd', low(4)),
  ...withAndWithoutV('movq', low(8)),
  vmovw: low(2),
  ...withAndWithoutV('movlps', half(false, false)),
  ...withAndWithoutV('movlpd', half(false, false)),
  ...withAndWithoutV('movhps', half(true, false)),
  ...withAndWithoutV('movhpd', half(true, false)),
  ...withAndWithoutV('movhlps', half(false, true)),
  ...withAndWithoutV('movlhps', half(true, false)),
  ...withAndWithoutV(
    'movshdup',
    duplicate(4, (lane) => lane | 1),
  ),
  ...withAndWithoutV(
    'movsldup',
    duplicate(4, (lane) => lane & ~1),
  ),
  ...withAndWithoutV(
    'movddup',
    duplicate(8, (lane) => lane & ~1),
  ),
  vmaskmovps: vectorMasked(4),
  vmaskmovpd: vectorMasked(8),
  vpmaskmovd: vectorMasked(4),
  vpmaskmovq: vectorMasked(8),
  ...withAndWithoutV('maskmovdqu', maskedBytes),
  ...withAndWithoutV('movmskps', signBits(4)),
  ...withAndWithoutV('movmskpd', signBits(8)),
  ...withAndWithoutV('pmovmskb', signBits(1)),
  vzeroupper: clearVectors(16),
  vzeroall: clearVectors(0),
  ...withAndWithoutV('ldmxcsr', loadControl),
  ...withAndWithoutV('stmxcsr', storeControl),
}
