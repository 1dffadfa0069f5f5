/** Operands packed once and used many times: B as the panels that kernels read, and the kernel that makes them. */

import { type GeneratedPacker, generatePacker } from '../microkernel/generate.ts'
import type { GemmPlan } from '../microkernel/plan.ts'
import { panelUnits } from '../microkernel/plan-tiles.ts'
import { type CompleteProblem, storedShape } from '../microkernel/problem.ts'
import type { TargetName } from '../microkernel/targets/index.ts'
import { targetNamed } from '../microkernel/targets/index.ts'
import { hasSumsBehindPanels } from '../microkernel/terms.ts'
import { productOfPlan } from '../microkernel/unit-plan.ts'
import { MatrixOperand } from '../runtime/checks.ts'
import type { ElementType } from '../runtime/element-type.ts'
import { type Located, locate } from '../runtime/located.ts'
import { productOf } from '../schedule/machine.ts'
import { PRODUCT_TYPES, type ProductType } from '../schedule/product-type.ts'

/** What panels hold and how they are cut: equal layouts are interchangeable. */
export interface PackedLayout {
  readonly type: ProductType
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

/** Bytes that a column takes in a plan's panels; null when it has none made beforehand. */
export function panelColumnBytes(plan: GemmPlan): number | null {
  if (plan.packB !== 'beforehand') return null
  const { group, unitBytes } = productOfPlan(plan)
  return unitsOf(plan.target, plan.problem.k as number, group) * unitBytes
}

/** Units of a panel along k: tile registers take whole K-steps. */
function unitsOf(target: TargetName, k: number, group: number): number {
  return targetNamed(target).tiles === undefined ? Math.ceil(k / group) : panelUnits(k, group)
}

/** Elements, or units, that panels take, and sums of columns behind them. */
export function packedElements(layout: PackedLayout): number {
  return panelElements(layout) + (hasSumsBehindPanels(layout) ? layout.n : 0)
}

/** Columns rounded up to whole vectors. */
function panelElements({ type, target, n, k }: PackedLayout): number {
  const machine = targetNamed(target)
  const { unitBytes, group } = productOf(machine, type)
  const lanes = machine.vectorBytes / unitBytes
  return Math.ceil(n / lanes) * lanes * unitsOf(target, k, group)
}

/** What panels are checked as: floats of 32 and 64 bits as such, units of everything else as words. */
export function panelElement(type: ProductType): ElementType {
  return type === 'f32' || type === 'f64' ? type : 's32'
}

/** The arrays of panels. */
export type Panels = Float32Array | Float64Array | Int32Array

const LINE_BYTES = 64

/** B as panels. Made by `kernel.packB(b)`; later changes of b do not reach it. */
export class PackedB {
  readonly layout: PackedLayout
  /** The panels, from the begin of a cache line on. */
  readonly data: Panels

  constructor(layout: PackedLayout) {
    const length = packedElements(layout)
    const Elements = { f64: Float64Array, f32: Float32Array, s32: Int32Array }[
      panelElement(layout.type) as 'f64' | 'f32' | 's32'
    ]
    const buffer = new ArrayBuffer(length * Elements.BYTES_PER_ELEMENT + LINE_BYTES)
    const { pageOffset } = locate(new Uint8Array(buffer))
    const start = (LINE_BYTES - (pageOffset % LINE_BYTES)) % LINE_BYTES
    this.layout = Object.freeze({ ...layout })
    this.data = new Elements(buffer, start, length)
  }
}

function layoutText({ type, target, n, k, width }: PackedLayout): string {
  return `${type} ${k}×${n} for ${target} in panels of ${width}`
}

/** The panels of an operand that must fit a layout. TypeError for anything but a PackedB, RangeError for another layout. */
export function panelsOf(operand: unknown, layout: PackedLayout): Panels {
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

/** Runs the code that packs, on an argument block with the addresses of b, of the panels as c, and of a workspace. */
export type PackRun = (packer: GeneratedPacker, from: Packing, to: Packing) => void

/**
 * Packs b as a plan's kernel takes it.
 * @throws TypeError or RangeError when b is no matrix of the problem.
 */
export function packB(plan: GemmPlan, layout: PackedLayout, b: unknown, run: PackRun): PackedB {
  const problem = plan.problem as CompleteProblem & { readonly ldb: number }
  const { n, k } = layout
  const { lines, width } = storedShape('b', problem, { m: 0, n, k })
  if (typeof problem.ldb !== 'number') throw new RangeError('ldb must be known when compiling for packB')
  const operand = new MatrixOperand('b', PRODUCT_TYPES[layout.type].b).shape(lines, width, problem.ldb)
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
