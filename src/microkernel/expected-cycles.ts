/** What one product on one core is expected to take: for comparing ways to share it out, not for predicting times. */
import { productOf } from '../schedule/machine.ts'
import { PRODUCT_TYPES, STORAGE_BYTES } from '../schedule/product-type.ts'
import type { Size } from '../schedule/tile-program.ts'
import type { CpuModel } from './cpu-model.ts'
import type { GemmPlan } from './plan.ts'
import { expectedTileCycles } from './plan-tiles.ts'
import { type CompleteProblem, rowMajorView } from './problem.ts'
import { productCycles } from './register-tile.ts'
import { targetNamed } from './targets/index.ts'
import { unitQuestion } from './unit-plan.ts'

/** Cycles of the register tiles (register-tile.ts), of bringing both operands to the core once, and of packing B. */
export function expectedCycles(
  plan: Pick<GemmPlan, 'target' | 'tile' | 'packB' | 'planes'>,
  problem: CompleteProblem,
  cpu: CpuModel,
): number {
  const machine = targetNamed(plan.target)
  const product = productOf(machine, problem.type, plan.planes)
  const view = rowMajorView(problem)
  const facts = PRODUCT_TYPES[problem.type]
  const leftBytes = STORAGE_BYTES[facts[view.left]]
  const rightBytes = STORAGE_BYTES[facts[view.right]]
  const { m, n, k } = view
  const multiply =
    machine.tiles === undefined
      ? registerTileCycles(plan, problem, cpu)
      : expectedTileCycles(problem, plan.tile, cpu)
  const size = (value: Size): number => (value === 'runtime' ? 1000 : value)
  const read = (size(k) * (size(m) * leftBytes + size(n) * rightBytes)) / cpu.streamBytesPerCycle
  const isCopied = plan.packB !== 'no' && plan.packB !== 'beforehand'
  const copy = isCopied ? (size(k) * size(n) * product.unitBytes) / product.group / cpu.l2BytesPerCycle : 0
  const count = problem.batch === null ? 1 : size(problem.batch.count)
  return count * (multiply + read + copy)
}

function registerTileCycles(
  { target, tile, planes }: Pick<GemmPlan, 'target' | 'tile' | 'planes'>,
  problem: CompleteProblem,
  cpu: CpuModel,
): number {
  const machine = targetNamed(target)
  const product = productOf(machine, problem.type, planes)
  const view = rowMajorView(problem)
  const facts = PRODUCT_TYPES[problem.type]
  const { m, n, k, transLeft, ldLeft, ldRight } = view
  const bytes = (ld: Size, of: 'a' | 'b'): number | null =>
    ld === 'runtime' ? null : ld * STORAGE_BYTES[facts[of]]
  const model =
    product.parts === null
      ? {
          ...{ machine, cpu },
          question: {
            ...{ m, n, k, elementBytes: product.unitBytes },
            aStride: transLeft ? 0 : bytes(ldLeft, view.left),
            bStride: bytes(ldRight, view.right),
          },
        }
      : unitQuestion(problem, product, machine, cpu)
  const vectors = (tile.n * product.unitBytes) / machine.vectorBytes
  return productCycles(model.machine, model.cpu, model.question, tile.m, vectors)
}
