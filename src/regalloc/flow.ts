/** The flow graph over a function's linear list: basic blocks, successors, loop depth, loop marks. */
import { Label } from '../encoder/operands.ts'
import type { Edit } from './draft.ts'
import { AllocationError } from './errors.ts'
import type { VInst, VItem } from './function.ts'
import { int32s, uint8s } from './scratch.ts'

/** A stretch of the body marked by enterLoop and exitLoop. */
export interface MarkedLoop {
  readonly name: string
  readonly hot: boolean
  /** Indices in the body: items from `start` up to, not including, `end`. */
  readonly start: number
  readonly end: number
}

/** Basic blocks in body order. Block b is the items start[b] … start[b + 1] − 1. */
export interface Flow {
  readonly blockCount: number
  /** One longer than blockCount. */
  readonly start: Int32Array
  /** Two a block; −1 where there is none. */
  readonly successors: Int32Array
  /** How many loops (found by their backward branches) are around each block. */
  readonly depth: Uint8Array
  /** Marked loops, inner ones after the ones around them. */
  readonly loops: readonly MarkedLoop[]
}

/** Loop depths are cut off here; weights are powers of ten of it. */
export const MAX_DEPTH = 9

export const loopNeverEnds = (functionName: string, loop: string): AllocationError =>
  new AllocationError(functionName, `loop ${loop} begins but never ends`)

export const neverBound = (functionName: string, label: Label): AllocationError =>
  new AllocationError(functionName, `label ${label.name} is a branch target but never bound`)

export const runsPastEnd = (functionName: string): AllocationError =>
  new AllocationError(
    functionName,
    'control runs past the end: the last instruction must be ret, jmp or a trap',
  )

/** True when control goes on to what follows an instruction. */
export function runsOn(inst: VInst | undefined): boolean {
  const control = inst === undefined ? 'next' : inst.form.control
  return control !== 'jump' && control !== 'return' && control !== 'trap'
}

/** The label a jump or branch goes to. */
export function targetOf(inst: VInst, functionName: string): Label {
  for (const operand of inst.operands) if (operand instanceof Label) return operand
  throw new AllocationError(
    functionName,
    `${inst.form.mnemonic} jumps to an address that is not a label: its successors cannot be known`,
  )
}

function findLoops(body: readonly VItem[], functionName: string): MarkedLoop[] {
  const loops: { name: string; hot: boolean; start: number; end: number }[] = []
  const open: { name: string; hot: boolean; start: number; end: number }[] = []
  for (let i = 0; i < body.length; i++) {
    const item = body[i]!
    if (item.kind === 'enter-loop') {
      const loop = { name: item.name, hot: item.hot, start: i, end: i }
      loops.push(loop)
      open.push(loop)
    } else if (item.kind === 'exit-loop') {
      const loop = open.pop()
      if (loop === undefined)
        throw new AllocationError(functionName, `loop ${item.name} ends but never began`)
      loop.end = i
    }
  }
  const left = open.pop()
  if (left !== undefined) throw loopNeverEnds(functionName, left.name)
  return loops
}

/** Finds the blocks; throws when control can run past the end or jump to a label that is not bound. */
export function findFlow(body: readonly VItem[], labelCount: number, functionName: string): Flow {
  const starts: number[] = []
  // Blocks end at control instructions and begin at labels; the last item of a block decides its successors.
  const blockOfLabel = int32s(labelCount, -1)
  let fresh = true
  let hasMarks = false
  for (let i = 0; i < body.length; i++) {
    const item = body[i]!
    const kind = item.kind
    if (kind === 'inst') {
      if (fresh) starts.push(i)
      const control = item.form.control
      fresh = control !== 'next' && control !== 'call'
    } else if (kind === 'label') {
      starts.push(i)
      blockOfLabel[item.label.id] = starts.length - 1
      fresh = false
    } else {
      if (kind === 'enter-loop' || kind === 'exit-loop') hasMarks = true
      if (i === 0) {
        starts.push(0)
        fresh = false
      }
    }
  }
  const blockCount = starts.length
  const start = int32s(blockCount + 1)
  start.set(starts)
  start[blockCount] = body.length
  const successors = int32s(2 * blockCount, -1)
  const depth = uint8s(blockCount)
  /** Of each loop head, the last block that branches back to it. */
  const lastOfLoop = int32s(blockCount, -1)

  for (let b = 0; b < blockCount; b++) {
    const last = lastInst(body, start[b]!, start[b + 1]!)
    if (runsOn(last)) {
      if (b + 1 === blockCount) throw runsPastEnd(functionName)
      successors[2 * b] = b + 1
    }
    const control = last?.form.control
    if (last !== undefined && (control === 'jump' || control === 'branch')) {
      const label = targetOf(last, functionName)
      const target = blockOfLabel[label.id] ?? -1
      if (target < 0) throw neverBound(functionName, label)
      successors[2 * b + 1] = target
      if (target <= b) lastOfLoop[target] = b
    }
  }
  for (let head = 0; head < blockCount; head++) {
    for (let b = head; b <= lastOfLoop[head]!; b++) if (depth[b]! < MAX_DEPTH) depth[b]!++
  }
  return { blockCount, start, successors, depth, loops: hasMarks ? findLoops(body, functionName) : [] }
}

/** The flow graph of a draft that spilling has made: no branch and no label is another. */
export function carryFlow(flow: Flow, { first }: Edit): Flow {
  return {
    ...flow,
    start: flow.start.map((item) => first[item]!),
    loops: flow.loops.map((loop) => ({ ...loop, start: first[loop.start]!, end: first[loop.end]! })),
  }
}

/** The last instruction among items from … to − 1, skipping marks behind it. */
export function lastInst(body: readonly VItem[], from: number, to: number): VInst | undefined {
  for (let i = to - 1; i >= from; i--) {
    const item = body[i]!
    if (item.kind === 'inst') return item
  }
  return undefined
}
