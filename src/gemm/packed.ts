/** Operands packed once and used many times: B as the panels that kernels read, and the kernel that makes them. */

import type { MachineCode } from '../encoder/index.ts'
import { generatePacker } from '../microkernel/generate.ts'
import type { GemmPlan } from '../microkernel/plan.ts'
import { type CompleteProblem, storedShape } from '../microkernel/problem.ts'
import type { TargetName } from '../microkernel/targets/index.ts'
import { targetNamed } from '../microkernel/targets/index.ts'
import { MatrixOperand } from '../runtime/checks.ts'
import { type Located, locate } from '../runtime/located.ts'
import { ELEMENT_BYTES, type ElementType } from '../schedule/tile-program.ts'

/** What panels hold and how they are cut: equal layouts are interchangeable. */
export interface PackedLayout {
  readonly type: ElementType
  readonly target: TargetName
  /** Columns and rows of op(B). */
  readonly n: number
  readonly k: number
  /** Columns of a panel; narrower ones where n is cut evenly. */
  readonly width: number
}

/** The layout that a plan's kernel takes; null when its B is not packed beforehand. */
export function layoutOf({ problem, target, tile, packB }: GemmPlan): PackedLayout | null {
  if (packB !== 'beforehand') return null
  return { type: problem.type, target, n: problem.n as number, k: problem.k as number, width: tile.n }
}

/** Elements that the panels take: columns rounded up to whole vectors. */
export function packedElements({ type, target, n, k }: PackedLayout): number {
  const lanes = targetNamed(target).vectorBytes / ELEMENT_BYTES[type]
  return Math.ceil(n / lanes) * lanes * k
}

const LINE_BYTES = 64

/** B as panels. Made by `kernel.packB(b)`; later changes of b do not reach it. */
export class PackedB {
  readonly layout: PackedLayout
  /** The panels, from the begin of a cache line on. */
  readonly data: Float32Array | Float64Array

  constructor(layout: PackedLayout) {
    const bytes = ELEMENT_BYTES[layout.type]
    const length = packedElements(layout)
    const buffer = new ArrayBuffer(length * bytes + LINE_BYTES)
    const { pageOffset } = locate(new Uint8Array(buffer))
    const start = (LINE_BYTES - (pageOffset % LINE_BYTES)) % LINE_BYTES
    this.layout = Object.freeze({ ...layout })
    this.data =
      layout.type === 'f64'
        ? new Float64Array(buffer, start, length)
        : new Float32Array(buffer, start, length)
  }
}

function layoutText({ type, target, n, k, width }: PackedLayout): string {
  return `${type} ${k}×${n} for ${target} in panels of ${width}`
}

/** The panels of an operand that must fit a layout. TypeError for anything but a PackedB, RangeError for another layout. */
export function panelsOf(operand: unknown, layout: PackedLayout): Float32Array | Float64Array {
  if (!(operand instanceof PackedB)) {
    throw new TypeError(
      `b: expected a PackedB (this kernel's packB(b) makes one), got ${Object.prototype.toString.call(operand).slice(8, -1)}`,
    )
  }
  const given = operand.layout
  if ((Object.keys(layout) as (keyof PackedLayout)[]).some((key) => given[key] !== layout[key])) {
    throw new RangeError(`b: expected ${layoutText(layout)}, got ${layoutText(given)}`)
  }
  return operand.data
}

/** An array that code reads or writes so many bytes of. */
interface Packing {
  readonly array: ArrayBufferView
  readonly at: Located
  readonly bytes: number
}

/** Runs the code that packs, on an argument block with the addresses of b and (as workspace) of the panels. */
export type PackRun = (code: MachineCode, from: Packing, to: Packing) => void

/**
 * Packs b as a plan's kernel takes it.
 * @throws TypeError or RangeError when b is no matrix of the problem.
 */
export function packB(plan: GemmPlan, layout: PackedLayout, b: unknown, run: PackRun): PackedB {
  const problem = plan.problem as CompleteProblem & { readonly ldb: number }
  const { n, k } = layout
  const { lines, width } = storedShape('b', problem, { m: 0, n, k })
  if (typeof problem.ldb !== 'number') throw new RangeError('ldb must be known when compiling for packB')
  const operand = new MatrixOperand('b', layout.type).shape(lines, width, problem.ldb)
  const at = operand.check(b)
  const packed = new PackedB(layout)
  const { data } = packed
  run(
    generatePacker(plan),
    { array: b as ArrayBufferView, at, bytes: operand.bytes },
    { array: data, at: locate(data), bytes: data.byteLength },
  )
  return packed
}
