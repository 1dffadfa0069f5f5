/** Which plan a kernel is compiled from: the caller's, one found by measuring on this CPU, or the model's. */
import { DECISIONS } from '../microkernel/decisions.ts'
import { type GemmPlan, type PlanOptions, planGemm } from '../microkernel/plan.ts'
import { completeProblem, type GemmProblem } from '../microkernel/problem.ts'
import type { TargetName } from '../microkernel/targets/index.ts'
import { runsNative } from '../runtime/hosts/select.ts'
import { cpuModel } from './cpu.ts'
import { hasTunedPlans, tunedDecisions, tunedPlansAreOn } from './tuned-plans.ts'

/** Where a plan comes from. `given` also when the caller has taken any decision: then the model takes the others. */
export type PlanSource = 'given' | 'tuned' | 'model'

export interface ChosenPlan {
  readonly plan: GemmPlan
  readonly source: PlanSource
}

/** What settles something about the plan, so that one found for the problem as such is not what was asked for. */
const SETTLING = [...DECISIONS, 'cpu', 'panelWidth'] as const

export function choosePlan(
  problem: GemmProblem,
  options: PlanOptions,
  tuned: boolean | undefined,
): ChosenPlan {
  const isDecided = SETTLING.some((name) => options[name] !== undefined)
  const cpu = options.cpu ?? cpuModel()
  if (!isDecided && runsNative() && (tuned ?? tunedPlansAreOn()) && hasTunedPlans()) {
    const plan = tunedPlan(problem, options.target)
    if (plan !== null) return { plan, source: 'tuned' }
  }
  return { plan: planGemm(problem, { ...options, cpu }), source: isDecided ? 'given' : 'model' }
}

/** The plan saved for a problem on this CPU, through all checks; null when there is none that can be kept. */
export function tunedPlan(problem: GemmProblem, target: TargetName): GemmPlan | null {
  const decisions = tunedDecisions(completeProblem(problem), target)
  if (decisions === null) return null
  try {
    return planGemm(problem, { ...decisions, target, cpu: cpuModel() })
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}
