/** Compiles and disposes kernels, thousands of them, and looks at what stays behind: mappings, memory, threads. */
import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { compileGemm } from '../src/gemm/kernel.ts'
import type { GemmProblem } from '../src/microkernel/problem.ts'

/** What this process holds. */
export interface Holdings {
  readonly mappings: number
  readonly threads: number
  /** Bytes of JavaScript objects, and of all memory. */
  readonly heap: number
  readonly resident: number
}

setFlagsFromString('--expose-gc')
const collect: () => void = runInNewContext('gc')

async function holdings(): Promise<Holdings> {
  // Finalizers run between collections.
  for (let round = 0; round < 4; round++) {
    collect()
    await sleep(2)
  }
  const { heapUsed, rss } = process.memoryUsage()
  return {
    mappings: readFileSync('/proc/self/maps', 'utf8').split('\n').length,
    threads: readdirSync('/proc/self/task').length,
    heap: heapUsed,
    resident: rss,
  }
}

/** The problems in turn: with and without a workspace, packing and threads, sizes known and not. */
const PROBLEMS: readonly { readonly problem: GemmProblem; readonly threads: number }[] = [
  { problem: { m: 8, n: 8, k: 8 }, threads: 1 },
  { problem: { m: 17, n: 31, k: 63, type: 'f64' }, threads: 1 },
  { problem: { m: 64, n: 48, k: 32, transB: true }, threads: 1 },
  { problem: { m: 200, n: 200, k: 200 }, threads: 2 },
  { problem: { m: 12, n: 12, k: 12, batch: { count: 5 } }, threads: 1 },
]

/** Rounds before memory is looked at first: by then the just-in-time compiler has done its work. */
const WARM = 300

/** Runs so many rounds of compile, call and dispose; what was held after the first few, and at the end. */
export async function compileAndDispose(
  rounds: number,
  progress: (round: number) => void = () => {},
): Promise<readonly [Holdings, Holdings]> {
  const floats = (type: GemmProblem['type'], length: number): Float32Array | Float64Array =>
    type === 'f64' ? new Float64Array(length) : new Float32Array(length)
  const operands = PROBLEMS.map(({ problem: { type, m, n, k, batch } }) => {
    const count = (batch?.count ?? 1) as number
    const [rows, columns, depth] = [m, n, k] as [number, number, number]
    return [rows * depth, depth * columns, rows * columns].map((one) => floats(type, one * count))
  })
  const round = (index: number): void => {
    const which = index % PROBLEMS.length
    const { problem, threads } = PROBLEMS[which]!
    const kernel = compileGemm(problem, { threads }) as unknown as ((...args: unknown[]) => void) & {
      dispose(): void
    }
    kernel(...operands[which]!)
    kernel.dispose()
  }
  for (let index = 0; index < WARM; index++) round(index)
  const before = await holdings()
  for (let index = 0; index < rounds; index++) {
    round(index)
    if (index % 100 === 0) {
      progress(index)
      await sleep(0)
    }
  }
  return [before, await holdings()]
}

/** Bytes that a heap may differ by between two moments without anything being kept. */
const SLACK = 6 << 20

/** What grew, in words; empty when nothing did. */
export function growth([before, after]: readonly [Holdings, Holdings]): readonly string[] {
  const grown: string[] = []
  const count = (name: 'mappings' | 'threads', slack: number): void => {
    if (after[name] > before[name] + slack) grown.push(`${before[name]} ${name} became ${after[name]}`)
  }
  count('mappings', 40)
  count('threads', 0)
  for (const name of ['heap', 'resident'] as const) {
    const slack = name === 'heap' ? SLACK : 4 * SLACK
    if (after[name] > before[name] + slack)
      grown.push(`${before[name]} bytes (${name}) became ${after[name]}`)
  }
  return grown
}
