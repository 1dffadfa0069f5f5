/** What one product on one core is expected to take: for comparing ways to share it out, not for predicting times. */
import { ELEMENT_BYTES, type Size } from '../schedule/tile-program.ts'
import type { CpuModel } from './cpu-model.ts'
import type { GemmPlan } from './plan.ts'
import { type CompleteProblem, rowMajorView } from './problem.ts'
import { productCycles } from './register-tile.ts'
import { targetNamed } from './targets/index.ts'

/** Cycles of the register tiles (register-tile.ts), of bringing both operands to the core once, and of packing B. */
export function expectedCycles(
  plan: Pick<GemmPlan, 'target' | 'tile' | 'packB'>,
  problem: CompleteProblem,
  cpu: CpuModel,
): number {
  const machine = targetNamed(plan.target)
  const elementBytes = ELEMENT_BYTES[problem.type]
  const view = rowMajorView(problem)
  const { m, n, k, transLeft, ldLeft, ldRight } = view
  const bytes = (ld: Size): number | null => (ld === 'runtime' ? null : ld * elementBytes)
  const question = {
    ...{ m, n, k, elementBytes },
    aStride: transLeft ? 0 : bytes(ldLeft),
    bStride: bytes(ldRight),
  }
  const multiply = productCycles(
    machine,
    cpu,
    question,
    plan.tile.m,
    (plan.tile.n * elementBytes) / machine.vectorBytes,
  )
  const size = (value: Size): number => (value === 'runtime' ? 1000 : value)
  const read = (size(k) * (size(m) + size(n)) * elementBytes) / cpu.streamBytesPerCycle
  const isCopied = plan.packB !== 'no' && plan.packB !== 'beforehand'
  const copy = isCopied ? (size(k) * size(n) * elementBytes) / cpu.l2BytesPerCycle : 0
  const count = problem.batch === null ? 1 : size(problem.batch.count)
  return count * (multiply + read + copy)
}
