/**
 * Plans found by measuring, in the user's cache folder: one small file a problem, in a folder for this CPU.
 *
 * A file is written beside its place and renamed, so readers see all of it or nothing, and processes that save
 * different problems do not meet. What is read may be anything: a file that is not exactly what was saved for this
 * CPU, format and problem counts as missing, and its decisions still go through planGemm's checks.
 */
import { DECISIONS_FORMAT, decisionsOf, type PlanDecisions, readDecisions } from '../microkernel/decisions.ts'
import type { GemmPlan } from '../microkernel/plan.ts'
import type { CompleteProblem } from '../microkernel/problem.ts'
import type { TargetName } from '../microkernel/targets/index.ts'
import { type CpuFeatures, cpuFeatures } from '../runtime/features.ts'
import { nodeFs, nodeOs, nodePath } from '../runtime/node-modules.ts'
import { PRODUCT_TYPES } from '../schedule/product-type.ts'

/** The environment variable that, set to `off`, keeps plans to the model. */
export const TUNED_SWITCH = 'TILEWRIGHT_TUNED'
/** What a saved plan takes is some hundred bytes. */
const MOST_BYTES = 1 << 14

/** Whether saved plans are looked for in this process. */
export function tunedPlansAreOn(): boolean {
  return process.env[TUNED_SWITCH]?.toLowerCase() !== 'off'
}

/** `AuthenticAMD-25-1-1-l32k-l512k-l32768k`: what must be equal for a measurement to hold. */
export function cpuIdentity({ vendor, family, model, stepping, caches }: CpuFeatures): string {
  const sizes = caches.filter(({ kind }) => kind !== 'instruction').map(({ bytes }) => `l${bytes >> 10}k`)
  return [vendor.replace(/\W+/g, '_'), family, model, stepping, ...sizes].join('-')
}

/** The folder as the environment last said it: every compilation asks. */
let last: {
  readonly base: string | undefined
  readonly home: string | undefined
  readonly folder: string
} | null = null

/** Where the plans of this CPU lie, whether or not there are any. */
export function tunedFolder(): string {
  const { HOME: home, XDG_CACHE_HOME: base } = process.env
  if (last !== null && last.base === base && last.home === home) return last.folder
  const { isAbsolute, join } = nodePath()
  const cache = base !== undefined && isAbsolute(base) ? base : join(nodeOs().homedir(), '.cache')
  const folder = join(cache, 'tilewright', `plans-${DECISIONS_FORMAT}`, cpuIdentity(cpuFeatures()))
  last = { base, home, folder }
  return folder
}

/** What a plan depends on, as a file name: other values of alpha and beta than 0 and 1 make no difference. */
export function problemKey(problem: CompleteProblem, target: TargetName): string {
  const { type, m, n, k, order, transA, transB, lda, ldb, ldc, alpha, beta, batch, requantise } = problem
  const factor = (value: number | 'runtime'): string => (value === 0 || value === 1 ? String(value) : 'x')
  const words = [
    `${target}-${type}-${order}-${transA ? 't' : 'n'}${transB ? 't' : 'n'}`,
    `${m}x${n}x${k}`,
    `ld${lda}-${ldb}-${ldc}`,
    `f${factor(alpha)}${factor(beta)}`,
  ]
  if (batch !== null) {
    const { count, kind, strideA, strideB, strideC } = batch
    words.push(`${kind}${count}-${strideA}-${strideB}-${strideC}`)
  }
  if (requantise === null && problem.out !== PRODUCT_TYPES[type].sum) words.push(problem.out)
  if (requantise !== null) {
    const { bias, scale, zeroA, zeroB, zeroC } = requantise
    const parts = Object.entries({ zeroA, zeroB, zeroC, bias }).filter(([, isThere]) => isThere)
    words.push([problem.out, scale, ...parts.map(([name]) => name)].join('-'))
  }
  return words.join('_')
}

/** The file names in a folder, read once a process: most problems have no plan saved, and that must cost nothing. */
const listings = new Map<string, Set<string>>()

function listing(folder: string): Set<string> {
  const known = listings.get(folder)
  if (known !== undefined) return known
  let names: Set<string>
  try {
    names = new Set(nodeFs().readdirSync(folder))
  } catch {
    names = new Set()
  }
  listings.set(folder, names)
  return names
}

/** Forgets what was seen of the folder, for plans that another process has saved meanwhile. */
export function rereadTunedPlans(): void {
  listings.clear()
}

/** Whether any plan is saved for this CPU: mostly none is, and then nothing need be looked for. */
export function hasTunedPlans(): boolean {
  return listing(tunedFolder()).size > 0
}

/** The decisions saved for a problem on this CPU; null when there are none, or none that can be read. */
export function tunedDecisions(problem: CompleteProblem, target: TargetName): PlanDecisions | null {
  const folder = tunedFolder()
  const key = problemKey(problem, target)
  const name = `${key}.json`
  if (!listing(folder).has(name)) return null
  try {
    const { readFileSync, statSync } = nodeFs()
    const file = nodePath().join(folder, name)
    const { size } = statSync(file)
    if (size > MOST_BYTES) return null
    const saved = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown> | null
    if (typeof saved !== 'object' || saved === null) return null
    const { format, cpu, problem: savedKey, decisions } = saved
    const isOurs = format === DECISIONS_FORMAT && cpu === cpuIdentity(cpuFeatures()) && savedKey === key
    return isOurs ? readDecisions(decisions) : null
  } catch {
    return null
  }
}

/**
 * Saves a plan for its problem, in the place of one saved before, and says where. What the file system refuses is thrown.
 */
export function saveTunedPlan(plan: GemmPlan, speedup: number): string {
  const decisions = decisionsOf(plan)
  if (decisions === null)
    throw new RangeError('plan: only one of known sizes, B not packed beforehand, can be saved')
  const folder = tunedFolder()
  const key = problemKey(plan.problem, plan.target)
  const { mkdirSync, renameSync, rmSync, writeFileSync } = nodeFs()
  mkdirSync(folder, { recursive: true })
  const file = nodePath().join(folder, `${key}.json`)
  const content = {
    format: DECISIONS_FORMAT,
    cpu: cpuIdentity(cpuFeatures()),
    problem: key,
    decisions,
    // For people: how much faster than the model's plan it was, and when.
    speedup: Number(speedup.toFixed(4)),
    found: new Date().toISOString(),
  }
  const beside = nodePath().join(folder, `.${key}.${process.pid}.${Math.random().toString(36).slice(2)}`)
  try {
    writeFileSync(beside, `${JSON.stringify(content, null, 1)}\n`, { flag: 'wx' })
    renameSync(beside, file)
  } catch (error) {
    rmSync(beside, { force: true })
    throw error
  }
  listing(folder).add(`${key}.json`)
  return file
}

/** Removes the plan saved for a problem, if there is one: the model's holds again. */
export function forgetTunedPlan(problem: CompleteProblem, target: TargetName): void {
  const folder = tunedFolder()
  const name = `${problemKey(problem, target)}.json`
  nodeFs().rmSync(nodePath().join(folder, name), { force: true })
  listing(folder).delete(name)
}
