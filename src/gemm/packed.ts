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
import { PRODUCT_TYPES, type ProductType, STORAGE_BYTES } from '../schedule/product-type.ts'

/** What panels hold and how they are cut: equal layouts are interchangeable. */
export interface PackedLayout {
  readonly type: ProductType
  readonly target: TargetName
  /** Columns and rows of op(B). */
  readonly n: number
  readonly k: number
  /** Columns of a panel; narrower ones where n is cut evenly. Of rows, their columns. */
  readonly width: number
  /** Whether units of panels are those of kernels that take A in planes. */
  readonly planes: boolean
  /** Panels, or rows of B one behind the other, as they are. */
  readonly as: 'panels' | 'rows'
}

/** The layout that a plan's kernel takes; null when its B is not packed beforehand. */
export function layoutOf({ problem, target, tile, packB, planes, rowsOfB }: GemmPlan): PackedLayout | null {
  if (packB !== 'beforehand') return null
  const { type, n, k } = problem
  const as = rowsOfB === null ? 'panels' : 'rows'
  return { type, target, n: n as number, k: k as number, width: rowsOfB ?? tile.n, planes, as }
}

/** Bytes that a column takes in a plan's panels; null when it has none made beforehand. */
export function panelColumnBytes(plan: GemmPlan): number | null {
  if (plan.packB !== 'beforehand') return null
  if (plan.rowsOfB !== null) return STORAGE_BYTES[PRODUCT_TYPES[plan.problem.type].b]
  const { group, unitBytes } = productOfPlan(plan)
  return unitsOf(plan.target, plan.problem.k as number, group) * unitBytes
}

/** Units of a panel along k: tile registers take whole K-steps. */
function unitsOf(target: TargetName, k: number, group: number): number {
  return targetNamed(target).tiles === undefined ? Math.ceil(k / group) : panelUnits(k, group)
}

const WORD_BYTES = 4

/** What a packed B has in it, in elements. */
export interface PackedPlaces {
  readonly elements: number
  /** To the sums of its columns; null where there are none. */
  readonly sums: number | null
  /** To whether its bytes are small (areSmall); null where nobody asks. */
  readonly small: number | null
}

/** Elements, or units, that panels take, and what lies behind them. */
export function placesOf(layout: PackedLayout): PackedPlaces {
  if (layout.as === 'rows') {
    const bytes = layout.n * layout.k * STORAGE_BYTES[PRODUCT_TYPES[layout.type].b]
    return { elements: Math.ceil(bytes / WORD_BYTES), sums: null, small: null }
  }
  const panels = panelElements(layout)
  const sums = hasSumsBehindPanels(layout) ? panels : null
  const end = panels + (sums === null ? 0 : layout.n)
  return layout.planes ? { elements: end + 1, sums, small: end } : { elements: end, sums, small: null }
}

/**
 * Whether any unsigned byte's products with two neighbours in k fit a word: 255 · 128 = 32,640. Then the left operand need
 * not be taken in planes. So are weights of 7 bits.
 */
function areSmall(panels: Int8Array): boolean {
  for (let i = 0; i < panels.length; i += 2) {
    const [x, y] = [panels[i]!, panels[i + 1]!]
    if (Math.max(x, 0) + Math.max(y, 0) > 128 || Math.min(x, 0) + Math.min(y, 0) < -128) return false
  }
  return true
}

/** Columns rounded up to whole vectors. */
function panelElements({ type, target, n, k, planes }: PackedLayout): number {
  const machine = targetNamed(target)
  const { unitBytes, group } = productOf(machine, type, planes)
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
    const length = placesOf(layout).elements
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

function layoutText({ type, target, n, k, width, planes, as }: PackedLayout): string {
  return `${type} ${k}×${n} for ${target} in ${as} of ${width}${planes ? ', for A in planes' : ''}`
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

/** Rows of b, which are k lines of n elements. RangeError for lines that are columns. */
function copyRows(
  b: ArrayBufferView,
  to: Panels,
  { type, n, k }: PackedLayout,
  { ldb, transB }: { readonly ldb: number; readonly transB: boolean },
): void {
  if (transB) throw new RangeError('packB: a transposed b cannot be packed as rows; pack it as panels')
  const bytes = STORAGE_BYTES[PRODUCT_TYPES[type].b]
  const source = new Uint8Array(b.buffer, b.byteOffset, b.byteLength)
  const target = new Uint8Array(to.buffer, to.byteOffset, to.byteLength)
  for (let row = 0; row < k; row++)
    target.set(source.subarray(row * ldb * bytes, (row * ldb + n) * bytes), row * n * bytes)
}

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
  if (layout.as === 'rows') {
    copyRows(b as ArrayBufferView, data, layout, problem)
    return packed
  }
  run(
    generatePacker(plan),
    { array: b as ArrayBufferView, at, bytes: operand.bytes },
    { array: data, at: locate(data), bytes: data.byteLength },
  )
  const { small } = placesOf(layout)
  if (small !== null) {
    const panels = new Int8Array(data.buffer, data.byteOffset, panelElements(layout) * WORD_BYTES)
    data[small] = areSmall(panels) ? 1 : 0
  }
  return packed
}
